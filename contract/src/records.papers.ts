// What records are printed as, and the ledgers they fill.
import type { Kind } from '@nuanyang/domain/values/kinds.ts'

export const papers = {
  card: { zh: '记录卡', en: 'card' },
  series: { zh: '按时间列表', en: 'list by day' },
  slip: { zh: '反馈单', en: 'slip for the family' },
  receipt: { zh: '签领表', en: 'receipt list' },
  attendance: { zh: '签到表', en: 'attendance list' },
  bag: { zh: '成长记录袋', en: 'growth portfolio' },
} as const
export type PaperCode = keyof typeof papers
export const paperCodes = Object.keys(papers) as PaperCode[]

/** Papers that fit: of one record, or of many. `kind` null: of all kinds. */
export function papersFor(kind: Kind | null, one: boolean): PaperCode[] {
  const own: Partial<Record<Kind, PaperCode>> = { aid: 'receipt', visit: 'slip', meeting: 'attendance', diary: 'bag' }
  const special = kind ? own[kind] : 'bag'
  const first: PaperCode[] = one ? ['card'] : ['series', 'card']
  return special && !(one && special === 'bag') ? [...first, special] : first
}

export const ledgers = {
  all: { zh: '服务记录总台账', en: 'all records', kinds: [] },
  visits: { zh: '走访台账', en: 'visits', kinds: ['visit', 'survey'] },
  talks: { zh: '谈心台账', en: 'talks', kinds: ['talk'] },
  calls: { zh: '亲情联系登记', en: 'family calls', kinds: ['call'] },
  activities: { zh: '活动台账', en: 'activities', kinds: ['activity', 'film', 'lecture', 'reading', 'station'] },
  aid: { zh: '物资资助台账', en: 'aid', kinds: ['aid'] },
  welfare: { zh: '政策救助台账', en: 'welfare', kinds: ['welfare'] },
  meetings: { zh: '会议台账', en: 'meetings', kinds: ['meeting'] },
  publicity: { zh: '宣传台账', en: 'publicity', kinds: ['publicity'] },
  guidance: { zh: '家庭教育指导与沟通台账', en: 'parenting guidance', kinds: ['guidance'] },
  learning: { zh: '学习帮扶台账', en: 'help with learning', kinds: ['study', 'progress'] },
  health: { zh: '就医台账', en: 'health', kinds: ['health'] },
  requests: { zh: '诉求台账', en: 'requests', kinds: ['survey'] },
} as const satisfies Record<string, { zh: string; en: string; kinds: readonly Kind[] }>
export type LedgerCode = keyof typeof ledgers
export const recordLedgerCodes = Object.keys(ledgers) as LedgerCode[]
