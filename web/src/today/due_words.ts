// What waits, in words: the chip, the window, and why this child stands here.
import type { DueChild, DueItem, UnitLine } from '@nuanyang/contract/today.ts'
import type { Kind } from '@nuanyang/domain/values/kinds.ts'
import { plainDay } from '../ui/dates.ts'
import { fill, type Language } from '../ui/language.ts'
import type { StateKind } from '../ui/state.tsx'
import { dueText } from './due.text.ts'

/** 谈心, 家访: short enough for a chip; the duty's own words are its title. */
const short: Record<Kind, { zh: string; en: string }> = {
  organise: { zh: '定分工', en: 'Organise' },
  planning: { zh: '定计划', en: 'Planning' },
  survey: { zh: '摸底', en: 'Survey' },
  dossier: { zh: '建档', en: 'File' },
  update: { zh: '更新', en: 'Update' },
  pairing: { zh: '结对', en: 'Pairing' },
  talk: { zh: '谈心', en: 'Talk' },
  visit: { zh: '家访', en: 'Visit' },
  counselling: { zh: '辅导', en: 'Counsel' },
  study: { zh: '帮学习', en: 'Lessons' },
  progress: { zh: '看进步', en: 'Progress' },
  diary: { zh: '日记', en: 'Diary' },
  call: { zh: '视频', en: 'Call' },
  activity: { zh: '活动', en: 'Activity' },
  archiving: { zh: '理档案', en: 'Archive' },
  film: { zh: '观影', en: 'Film' },
  lecture: { zh: '讲座', en: 'Lecture' },
  reading: { zh: '书屋', en: 'Reading' },
  station: { zh: '驿站', en: 'Station' },
  aid: { zh: '物资', en: 'Aid' },
  welfare: { zh: '办低保', en: 'Welfare' },
  meeting: { zh: '开会', en: 'Meeting' },
  publicity: { zh: '宣传', en: 'Publicity' },
  guidance: { zh: '教家长', en: 'Guide parents' },
  health: { zh: '看身体', en: 'Health' },
  meals: { zh: '营养餐', en: 'Meals' },
  self_care: { zh: '教自理', en: 'Self-care' },
  individual_plan: { zh: '定方案', en: 'Own plan' },
  assessment: { zh: '考评', en: 'Review' },
  summary: { zh: '总结', en: 'Summary' },
}

export function kindWord(kind: Kind, language: Language): string {
  return short[kind][language]
}

const dayMs = 86_400_000
const daysTo = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / dayMs)
const sundayOf = (day: string) => (7 - new Date(`${day}T00:00:00Z`).getUTCDay()) % 7

export interface Said {
  mark: StateKind
  words: string
}

/** 今天到期, 明天到期, 本周内, 本月内, 12月31日前: what ends soon is marked, a window is not. */
export function windowWords(item: Pick<DueItem | UnitLine, 'until_on' | 'overdue'>, today: string, language: Language): Said {
  const say = (key: keyof typeof dueText, values = {}) => fill(dueText[key], values, language)
  const days = daysTo(today, item.until_on)
  if (item.overdue || days < 0) return { mark: 'late', words: say('over_since', { day: plainDay(item.until_on, language, today) }) }
  if (days === 0) return { mark: 'soon', words: say('ends_today') }
  if (days === 1) return { mark: 'soon', words: say('ends_tomorrow') }
  if (days <= sundayOf(today)) return { mark: 'plain', words: say('this_week') }
  if (item.until_on.slice(0, 7) === today.slice(0, 7)) return { mark: 'plain', words: say('this_month') }
  return { mark: 'plain', words: say('until', { day: plainDay(item.until_on, language, today) }) }
} // prettier-ignore

const quietFrom = 14

/** Of several children under one roof the most urgent speaks. */
export function groupState(children: readonly DueChild[], today: string, language: Language): Said {
  const items = children.flatMap((child) => child.items).toSorted((a, b) => (a.until_on < b.until_on ? -1 : 1))
  const soonest = windowWords(items[0]!, today, language)
  if (soonest.mark === 'late' || soonest.mark === 'soon') return soonest
  const quiet = children.toSorted((a, b) => b.quiet_days - a.quiet_days)[0]!
  if (quiet.quiet_days < quietFrom) return soonest
  const words = quiet.last_contact
    ? fill(dueText.quiet_days, { n: quiet.quiet_days }, language)
    : fill(dueText.never, {}, language)
  return { mark: 'late', words }
}

/** One reason, the one that helps most today. */
export function whyWords(child: DueChild, today: string, language: Language): string {
  const say = (key: keyof typeof dueText, values = {}) => fill(dueText[key], values, language)
  const day = (on: string) => plainDay(on, language, today)
  if (child.tried) return say(child.tried.kind === 'call' ? 'tried_call' : 'tried', { day: day(child.tried.on) })
  if (child.returns) return say(child.returns.parent === 'father' ? 'father_returns' : 'mother_returns', { day: day(child.returns.on) }) // prettier-ignore
  const missed = Math.max(...child.items.map((item) => item.missed))
  if (missed > 1) return say('missed', { n: missed })
  if (child.last_contact)
    return say('last', { day: day(child.last_contact.on), what: kindWord(child.last_contact.kind, language) })
  return child.quiet_days >= quietFrom ? '' : say('never')
}

/** Children under one roof stand together, in the place of the first of them. */
export function byHome(children: readonly DueChild[]): DueChild[][] {
  const groups = new Map<string, DueChild[]>()
  for (const child of children) {
    const key = child.home ?? child.id
    groups.set(key, [...(groups.get(key) ?? []), child])
  }
  return [...groups.values()]
}

/** In a school the children stand by class, in the order in which each class first comes up; elsewhere they are one list. */
export function byClass(children: readonly DueChild[]): { name: string | null; children: DueChild[] }[] {
  const groups = new Map<string, { name: string | null; children: DueChild[] }>()
  for (const child of children) {
    const key = child.class_id ?? ''
    const group = groups.get(key) ?? { name: child.class_name, children: [] }
    group.children.push(child)
    groups.set(key, group)
  }
  return [...groups.values()]
}

/** 陈家: when they bear one family name and the reader sees it. */
export function familyName(children: readonly DueChild[]): string | null {
  const names = new Set(
    children.map(({ name, given_name }) =>
      name.endsWith(given_name) ? name.slice(0, name.length - given_name.length) : '',
    ),
  )
  const [name] = names
  return names.size === 1 && name ? name : null
}
