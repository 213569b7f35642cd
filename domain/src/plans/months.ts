import { NUMBER, readNumber } from './numerals.ts'

/** A time an arrangement is ordered by: a month, or something that ends in one. `length` is how much of the text says it. */
export type When = {
  month: number
  /** First month where a span was written (9—10月): the plan begins there, though the work is due in the last. */
  first: number
  year: number | null
  nextYear: boolean
  length: number
  /** A month such as 13: read, and complained about. */
  impossible: boolean
  weeks: boolean
  /** Named by a point of the term or year (期末): a month only where such points order an arrangement. */
  point: boolean
}

const HAN = '[一二三四五六七八九十]{1,3}'
const MONTH = `(?:元|${HAN}|\\d{1,2})`
const PART = '(?:份|初|底|末|中旬|上旬|下旬|中下旬|上中旬)?(?:之?前(?!后))?'
const DAY = '(?:\\d{1,2}(?:日|号)?|[一二三四五六七八九十]{1,3}(?:日|号))?(?:之前|以前|前(?!后))?'
const TO = '(?:-{1,2}|~|至|到|、|和|及)'
const YEAR = '(?:(20\\d\\d)年|(次年|明年|来年|翌年|第二年))?'
const SINGLE = new RegExp(
  `^${YEAR}(${MONTH})月(?!末)${PART}${DAY}(?:${TO}(?:20\\d\\d年|次年|明年)?(?:(${MONTH})月)?${PART}${DAY})?(?:前后|左右|期间)?`,
)
const RANGE = new RegExp(`^${YEAR}(${MONTH})${TO}(${MONTH})月${PART}`)
const QUARTER = /^(?:(20\d\d)年)?第?([一二三四1-4])(?:(?:、|-|和|至)([一二三四1-4]))?季度/
const WEEKS = new RegExp(`^第(${NUMBER})(?:周)?(?:(?:${TO})第?(${NUMBER}))?(?:教学)?周`)
const BARE_WEEKS = new RegExp(`^(\\d{1,2})${TO}(\\d{1,2})(?:教学)?周`)

/** Points of a term and of a year that stand for a month when they head a part of the arrangement. */
const POINTS: [RegExp, { autumn: number; spring: number }][] = [
  [/^(?:学期初|开学初|期初|开学前后|开学第一周|开学季)/, { autumn: 9, spring: 3 }],
  [/^(?:学期中|期中)/, { autumn: 11, spring: 5 }],
  [/^(?:学期末|期末|学期结束)/, { autumn: 1, spring: 7 }],
  [/^(?:年初)/, { autumn: 1, spring: 1 }],
  [/^(?:上半年|年中)/, { autumn: 6, spring: 6 }],
  [/^(?:下半年|年底|年末|年终)/, { autumn: 12, spring: 12 }],
]

export type TermSide = 'autumn' | 'spring'

/**
 * Reads a month (or quarter, weeks of term, half-year) at the beginning of a text.
 * A span of months is due in its last month; a quarter likewise.
 */
export function readWhen(text: string, side: TermSide): When | null {
  return readRange(text) ?? readQuarter(text) ?? readSingle(text) ?? readWeeks(text, side) ?? readPoint(text, side)
}

function when(month: number, length: number, rest: Partial<When> = {}): When {
  return {
    month,
    first: month,
    year: null,
    nextYear: false,
    length,
    impossible: !(month >= 1 && month <= 12),
    weeks: false,
    point: false,
    ...rest,
  }
}

function monthNumber(written: string): number {
  return written === '元' ? 1 : readNumber(written)
}

function readSingle(text: string): When | null {
  const hit = SINGLE.exec(text)
  if (!hit?.[3]) return null
  if (hit[0].endsWith('八月') && /^十五(?![日号])/.test(text.slice(hit[0].length))) return null // the festival, not the month
  const first = monthNumber(hit[3])
  const last = hit[4] ? monthNumber(hit[4]) : first
  let length = hit[0].length
  while (/[、和及至到~-]$/.test(text.slice(0, length))) length--
  return when(last, length, {
    first,
    year: hit[1] ? Number(hit[1]) : null,
    nextYear: Boolean(hit[2]) || /次年|明年/.test(hit[0]),
  })
}

function readRange(text: string): When | null {
  const hit = RANGE.exec(text)
  if (!hit?.[3] || !hit[4]) return null
  return when(monthNumber(hit[4]), hit[0].length, {
    first: monthNumber(hit[3]),
    year: hit[1] ? Number(hit[1]) : null,
    nextYear: Boolean(hit[2]),
  })
}

function readQuarter(text: string): When | null {
  const hit = QUARTER.exec(text)
  if (!hit?.[2]) return null
  const first = readNumber(hit[2])
  const last = hit[3] ? readNumber(hit[3]) : first
  return when(last * 3, hit[0].length, { first: first * 3 - 2, year: hit[1] ? Number(hit[1]) : null })
}

/** The month in which a week of term lies, taking 1 September or 1 March for the first day of week one. */
function monthOfWeek(week: number, side: TermSide): number {
  const start = side === 'autumn' ? Date.UTC(2026, 8, 1) : Date.UTC(2027, 2, 1)
  return new Date(start + ((week - 1) * 7 + 2) * 86_400_000).getUTCMonth() + 1
}

function readWeeks(text: string, side: TermSide): When | null {
  const hit = WEEKS.exec(text) ?? BARE_WEEKS.exec(text)
  if (!hit?.[1]) return null
  const first = readNumber(hit[1])
  const last = hit[2] ? readNumber(hit[2]) : first
  if (!(first >= 1 && last >= first && last <= 26)) return null
  return when(monthOfWeek(last, side), hit[0].length, { first: monthOfWeek(first, side), weeks: true })
}

function readPoint(text: string, side: TermSide): When | null {
  for (const [sign, month] of POINTS) {
    const hit = sign.exec(text)
    if (hit) return when(month[side], hit[0].length, { point: true })
  }
  return null
}
