import { readFestivals } from './festival_words.ts'
import { NUMBER, readNumber } from './numerals.ts'
import type { Every, Rhythm } from './types.ts'

/**
 * How often something is owed, as a clause says it. `strict`: a rate, a festival or a month was named; otherwise the words
 * only say “regularly” or “always”. `soft` marks words of manner (及时, 不断) that hardly are a time at all. A plan's own count wins over words: 定期(每月一次) is monthly.
 */
export type RhythmRead = {
  rhythm: Rhythm
  strict: boolean
  soft?: true
  period: { every: Every; interval: number } | null
}

const UNIT =
  '(?:工作日|教学周|周末|星期|礼拜|季度|学期|学年|年度|双周|双月|半学期|半年|半个?月|天|日|晚|周|旬|月|季|年)(?![级轮节])'
const COUNTER = '(?:次|回|场|期|堂|课时|节(?!日)|遍|轮|趟|封|通|部(?!分|份|门)|谈|访|会(?!议)|练|报|讲|聊|见)'
const EACH = new RegExp(`(?:每逢|每到|每隔|每|逐|按|隔)(?:个)?(${NUMBER})?(?:个)?(${UNIT})`, 'g')
const DOUBLED = /周周|月月|天天|日日|年年|季季/
/** “一周两次”, “半年一次”, “一学期一谈”: a period without 每. */
const BARE = new RegExp(
  `(?<![第\\d十])(${NUMBER}|半)(?:个)?(周|星期|礼拜|月|季度|季|学期|学年|年|天|日)(?:内)?(?:至少|不少于|不低于|最少)?(?:开展|进行|组织)?(${NUMBER})(?:${COUNTER}|(?:个)?(?:晚上|下午|上午|中午|半天))`,
)
/** “两周和每个孩子聊一次天”, “半个月去看一回”: the act stands between the period and its count. */
const BARE_ACT = new RegExp(
  `(?<![第\\d十前后近头这利用])(两|三|四|半|2|3|4)(?:个)?(周|星期|礼拜|月|年)(?![的来后前之内以间末底初份])[^,;。]{1,16}?(${NUMBER})${COUNTER}`,
)
/** “每周至少开放3天” */
const OPEN_DAYS = new RegExp(
  `(?:开放|值班|值守|服务)(?:不少于|不低于|至少)?(${NUMBER})(?:个)?(?:天|半天|下午|上午|晚上)`,
)
/** “双周的周五” without 每. */
const OTHER_WEEK = /(?<![每一两\d])(?:双周|单周|隔周)/
const WITHIN = new RegExp(
  `(全年|年内|本年度|本年|一年内|今年|年度内|全学期|本学期|学期内|整个学期|学年内|本学年|全学年)[^,;。]{0,24}?(${NUMBER})(?:-|~|至|到)?(?:${NUMBER})?${COUNTER}`,
)
const COUNT = new RegExp(`(${NUMBER})(?:(?:-|~|至|到)${NUMBER})?(?:余)?${COUNTER}`, 'g')
const WEEKDAYS =
  /^([一二三四五六日天])(?!次|回|节|场|堂|封|通|期|访|谈|练|至两)(?:(?:至|到|-)(?:周|星期)?([一二三四五六日天])|((?:[、和及](?:周|星期)?[一二三四五六日天])+))?/
/** “周六、周日”, “周一至周五” without 每. */
const BARE_DAYS =
  /(?<![本下上第每一两双隔\d])(?:周|星期)([一二三四五六日天])(?!次|回|节|场|堂|封|通|期|访|谈|练|岁|年)(?:(?:至|到|-)(?:周|星期)?([一二三四五六日天])|((?:[、和及](?:周|星期)?[一二三四五六日天])+))?/
const EVENTS: [RegExp, 'new_child' | 'parents_left' | 'parents_returned' | 'carer_changed'][] = [
  [/新(?:增|发现|排查|纳入|转入|摸排)|首次/, 'new_child'],
  [/外出(?:后|之日|务工后)|离家后|委托后/, 'parents_left'],
  [/返乡后|返回后|回乡后/, 'parents_returned'],
  [/监护人(?:变更|变化|更换)/, 'carer_changed'],
]
const DAYS = new RegExp(`(${NUMBER})(?:个)?(工作日|日|天)(?:之)?内`)
const ALWAYS = /经常|随时|全天(?!教)|全年|常年|长年|长期|时刻|日常|24小时|常态化|时时|每时每刻|一年四季|始终/
const SOFT_ALWAYS = /及时|不断|持续|坚持|动态|平时|第一时间|不间断|不定时/
const SOMETIMES =
  /定期|不定期|按时|适时|分批|分期|寒暑假|寒假|暑假|假期|节假日|双休日|周末|课余|课外活动时间|业余|重大节日|佳节|传统节日|重要节日|法定节日|节日|放学后|择机|适当时候|分阶段|按期|农闲|腊月|正月|汛期|返乡高峰/

/** Reads the rhythm of one clause; null when it says nothing about time. Several festivals give several rhythms. */
export function readRhythms(clause: string): RhythmRead[] {
  const event = readEvent(clause)
  if (event) return [event]
  const several = readSeveralMonths(clause)
  if (several.length > 1) return several.map((month) => strict({ month }))
  const rate = readRate(clause)
  if (rate) return [rate]
  const festivals = readFestivals(clause)
  if (festivals.length > 0) return festivals.map(({ festival }) => strict({ festival }))
  const month = readMonth(clause)
  if (month) return [strict({ month })]
  const point = readTermPoint(clause)
  if (point) return [point]
  if (ALWAYS.test(clause)) return [loose({ continuous: true })]
  if (SOMETIMES.test(clause)) return [loose({ unspecified: true })]
  if (SOFT_ALWAYS.test(clause)) return [{ ...loose({ continuous: true }), soft: true }]
  return []
}

function strict(rhythm: Rhythm): RhythmRead {
  return { rhythm, strict: true, period: null }
}

function loose(rhythm: Rhythm): RhythmRead {
  return { rhythm, strict: false, period: null }
}

/** A count of times said anywhere in a clause (“各两次”, “不少于3次”): the number nearest after `from`, else the last before it. */
export function readCount(clause: string, from = 0): number | null {
  COUNT.lastIndex = 0
  let before: number | null = null
  for (let hit = COUNT.exec(clause); hit; hit = COUNT.exec(clause)) {
    const previous = clause.charAt(hit.index - 1)
    if (
      '第初对帮带'.includes(previous || ' ') ||
      (previous === '周' && /^[一二三四五六]/.test(hit[0]) && !/次|回|节|场|堂/.test(hit[0]))
    )
      continue
    const n = readNumber(hit[1] ?? '')
    if (!(n >= 1 && n <= 366)) continue
    if (hit.index >= from) return n
    before = n
  }
  return before
}

export function withCount(period: { every: Every; interval: number }, count: number): Rhythm {
  return period.interval === 1
    ? { every: period.every, count }
    : { every: period.every, count, interval: period.interval }
}

function rate(every: Every, interval: number, count: number): RhythmRead {
  return { rhythm: withCount({ every, interval }, count), strict: true, period: { every, interval } }
}

function readRate(clause: string): RhythmRead | null {
  const within = WITHIN.exec(clause)
  if (within?.[1] && within[2]) return rate(/学期/.test(within[1]) ? 'term' : 'year', 1, readNumber(within[2]))
  EACH.lastIndex = 0
  for (let hit = EACH.exec(clause); hit; hit = EACH.exec(clause)) {
    const read = readEach(clause, hit)
    if (read) return read
  }
  if (OTHER_WEEK.test(clause)) return rate('week', 2, 1)
  const days = BARE_DAYS.exec(clause)
  if (days) return rate('week', 1, countOfDays(days))
  const doubled = DOUBLED.exec(clause)
  if (doubled) {
    const unit = unitOf(doubled[0].charAt(0))
    if (unit) return rate(unit.every, unit.interval, 1)
  }
  const bare = BARE.exec(clause) ?? BARE_ACT.exec(clause)
  if (bare?.[1] && bare[2] && bare[3]) {
    const half = bare[1] === '半'
    const unit = unitOf(half ? `半${bare[2]}` : bare[2])
    const n = half ? 1 : readNumber(bare[1])
    // half a month is twice a month, as in readEach
    if (unit && n > 0)
      return rate(unit.every, unit.interval * n, readNumber(bare[3]) * (half && bare[2] === '月' ? 2 : 1))
  }
  return readHolidays(clause)
}

function readEach(clause: string, hit: RegExpExecArray): RhythmRead | null {
  const written = hit[2] ?? ''
  const after = clause.slice(hit.index + hit[0].length)
  if (written.startsWith('年') && /^级|^龄/.test(after)) return null
  if (hit[0].startsWith('按') && !/^(?:按)(?:月|季|周|学期|年|季度|半年)$/.test(hit[0])) return null
  if (written === '日' && /^(?:子|常)/.test(after)) return null
  if (hit[0].startsWith('每') && /^年$/.test(written)) {
    const yearly = readYearly(after)
    if (yearly) return yearly
  }
  const unit = unitOf(written)
  if (!unit) return null
  let interval = unit.interval * (hit[1] ? readNumber(hit[1]) : 1)
  if (/隔/.test(hit[0])) interval = unit.interval * (hit[1] && readNumber(hit[1]) > 1 ? readNumber(hit[1]) : 2)
  if (!(interval >= 1 && interval <= 60)) return null
  if (unit.every === 'week') {
    const days = WEEKDAYS.exec(after)
    if (days) return rate('week', interval, countOfDays(days))
  }
  // half a month is twice a month: the duty engine counts whole periods only
  if (/半个?月/.test(written)) return rate('month', 1, 2)
  const open = unit.every === 'day' ? null : OPEN_DAYS.exec(after)
  return rate(
    unit.every,
    interval,
    open?.[1] ? readNumber(open[1]) : (readCount(clause, hit.index + hit[0].length) ?? 1),
  )
}

/** 每年3月, 每年六一, 每年寒暑假各一次. */
function readYearly(after: string): RhythmRead | null {
  const near = after.slice(0, 16)
  const month = readMonth(near)
  if (month && /^(?:的)?(?:\d{1,2}|[元一二三四五六七八九十]{1,3})月/.test(near)) return strict({ month })
  const festival = readFestivals(near.slice(0, 10))[0]
  return festival && festival.start <= 3 ? strict({ festival: festival.festival }) : null
}

function readHolidays(clause: string): RhythmRead | null {
  const holidays = /寒暑假|寒假和暑假|寒、暑假|寒假、暑假/.exec(clause)
  const one = holidays ? null : /(?:每个?|整个)?(?:寒假|暑假)/.exec(clause)
  const count = readCount(clause)
  if (count === null) return null
  if (holidays) return rate('year', 1, /各/.test(clause) || /每个/.test(clause) ? count * 2 : count)
  return one ? rate('year', 1, count) : null
}

function countOfDays(days: RegExpExecArray): number {
  const order = '一二三四五六日'
  const at = (c: string): number => order.indexOf(c === '天' ? '日' : c)
  if (days[1] && days[2]) return Math.max(1, at(days[2]) - at(days[1]) + 1)
  return 1 + (days[3]?.match(/[一二三四五六日天]/g)?.length ?? 0)
}

function unitOf(written: string): { every: Every; interval: number } | null {
  if (written.startsWith('半学期')) return null
  if (/双周/.test(written)) return { every: 'week', interval: 2 }
  if (/双月/.test(written)) return { every: 'month', interval: 2 }
  if (/半年/.test(written)) return { every: 'month', interval: 6 }
  if (/半个?月/.test(written)) return { every: 'month', interval: 1 }
  if (/周|星期|礼拜/.test(written)) return { every: 'week', interval: 1 }
  if (/季/.test(written)) return { every: 'quarter', interval: 1 }
  if (/学期/.test(written)) return { every: 'term', interval: 1 }
  if (/年/.test(written)) return { every: 'year', interval: 1 }
  if (/月/.test(written)) return { every: 'month', interval: 1 }
  if (/天|日|晚/.test(written)) return { every: 'day', interval: 1 }
  return null
}

function readMonth(clause: string): number | null {
  const hit =
    /(?<![\d个第零一二三四五六七八九十])(\d{1,2}|元|[一二三四五六七八九十]{1,2})月(?:份|底|初|末|中旬|上旬|下旬)?(?!以来|以后的|\d)/.exec(
      clause,
    )
  if (!hit?.[1]) return null
  const month = hit[1] === '元' ? 1 : readNumber(hit[1])
  return month >= 1 && month <= 12 ? month : null
}

const MONTH = '(\\d{1,2}|元|[一二三四五六七八九十]{1,2})'
const MONTHS = new RegExp(
  `(?<![\\d个第零一二三四五六七八九十])${MONTH}(?:月份?)?(?:[、和及与](?:${MONTH})(?:月份?)?){1,5}(?<=月份?)`,
)
const PARTS_OF_YEAR: [RegExp, number][] = [
  [/年初/, 1],
  [/年中/, 6],
  [/年底|年末|年终/, 12],
]

/** 每年3月、9月各一次; 年中、年底各一次. One month alone is readMonth's. */
function readSeveralMonths(clause: string): number[] {
  const named = MONTHS.exec(clause)?.[0]
  const months = named
    ? named.split(/[、和及与]/).map((each) => {
        const written = each.replace(/月份?$/, '')
        return written === '元' ? 1 : readNumber(written)
      })
    : PARTS_OF_YEAR.filter(([sign]) => sign.test(clause)).map(([, month]) => month)
  return months.every((month) => month >= 1 && month <= 12) ? [...new Set(months)] : []
}

/** 期初, 期末: once a term; 期中、期末: twice; 年底: December. */
function readTermPoint(clause: string): RhythmRead | null {
  const points = new Set(
    clause
      .match(/(?:学)?期初|开学(?:初|前|时|之际)|期中|(?:学)?期末/g)
      ?.map((p) => (p.startsWith('开学') ? '初' : p.slice(-1))),
  )
  if (points.size > 0) return rate('term', 1, points.size)
  if (/年底|年末|年终/.test(clause)) return strict({ month: 12 })
  return null
}

function readEvent(clause: string): RhythmRead | null {
  const days = DAYS.exec(clause)
  if (!days?.[1]) return null
  const of = EVENTS.find(([sign]) => sign.test(clause))?.[1]
  if (!of) return null
  return strict({ within_days: readNumber(days[1]), working_days: days[2] === '工作日', of })
}
