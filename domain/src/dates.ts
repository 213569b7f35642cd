// Days known fully or only to month or year, `YYYY[-MM[-DD]]`, and the ways in which they are written.

import { foldText, readChineseNumber } from './chinese_text.ts'

export interface DateText {
  /** The day as far as it is known, or null. */
  readonly value: string | null
  readonly state: 'empty' | 'ok' | 'ambiguous' | 'unreadable'
  /** What an ambiguous text may mean, the likelier first. */
  readonly choices: readonly string[]
}

export interface DateReading {
  /** Dates counted from 1904, as some spreadsheets made on a Mac are. */
  readonly date1904?: boolean
  /** No day after this one is believed, YYYY-MM-DD. */
  readonly until: string
  /** No year before this one is believed; 1900 unless told. */
  readonly fromYear?: number
}

const EMPTY: DateText = { value: null, state: 'empty', choices: [] }
const UNREADABLE: DateText = { value: null, state: 'unreadable', choices: [] }
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** The last day of a month, 1 to 31. */
export function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

export function isDay(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!match) return false
  const [year = 0, month = 0, day = 0] = match.slice(1).map(Number)
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

/** The first and the last day that a partial date may be. */
export function spanOf(partial: string): { from: string; until: string } {
  const [year = '', month, day] = partial.split('-')
  if (day) return { from: partial, until: partial }
  if (month)
    return {
      from: `${partial}-01`,
      until: `${partial}-${String(daysIn(Number(year), Number(month))).padStart(2, '0')}`,
    }
  return { from: `${year}-01-01`, until: `${year}-12-31` }
}

/** True when both may be the same day. */
export function mayBeSame(a: string, b: string): boolean {
  const [x, y] = [spanOf(a), spanOf(b)]
  return x.from <= y.until && y.from <= x.until
}

/** Whole years completed on a day; for partial dates the least and the most they may be. */
export function ageOn(born: string, on: string): { least: number; most: number } {
  const [birth, day] = [spanOf(born), spanOf(on)]
  return { least: years(birth.until, day.from), most: years(birth.from, day.until) }
}

function years(from: string, to: string): number {
  return Number(to.slice(0, 4)) - Number(from.slice(0, 4)) - (to.slice(5) < from.slice(5) ? 1 : 0)
}

/** Spreadsheet serial → YYYY-MM-DD. Day 60 of the 1900 system never was; days before it are one off, as Excel counts. */
export function dayOfSerial(serial: number, date1904 = false): string {
  const whole = Math.floor(serial)
  const days = date1904 ? whole + 1462 : whole
  const epoch = Date.UTC(1899, 11, days < 60 ? 31 : 30)
  return new Date(epoch + days * 86_400_000).toISOString().slice(0, 10)
}

/**
 * A birth day or month. `2014.1` is ambiguous (a spreadsheet shows October, typed as 2014.10, in the same way); `2014.01`, `2014.10`
 * and `2014.3` are not. Two-digit years are of this century. A year alone comes back as `YYYY` in `choices`, unreadable.
 */
export function readBirth(raw: string, reading: DateReading): DateText {
  const text = foldText(raw).replace(/^['"‘’]+|['"‘’]+$/g, '')
  if (text === '') return EMPTY
  if (/农历|阴历|旧历|闰|[属鼠牛虎兔龙蛇马羊猴鸡狗猪]$|^属/.test(text)) return UNREADABLE
  const parts = parseParts(text, reading)
  if (!parts) return UNREADABLE
  if (parts.choices) return parts
  return believable(parts, reading)
}

type Parts = { year: number; month: number | null; day: number | null; choices?: undefined } | DateText

function parseParts(text: string, reading: DateReading): Parts | null {
  const bare = text.replace(/(?:t|日|号|\s)?(?:0?0:00(?::00(?:\.0+)?)?)(?:z|[ap]m)?$/, '').replace(/(?:出生|生)$/, '')
  let match = /^(\d{4})\.1$/.exec(bare)
  if (match) return { value: null, state: 'ambiguous', choices: [`${match[1]}-01`, `${match[1]}-10`] }
  match = /^(\d{4})(\d{2})(\d{2})$/.exec(bare)
  if (match) return numbers(match)
  match = /^((?:19|20)\d{2})(\d{2})$/.exec(bare)
  if (match && Number(match[2]) >= 1 && Number(match[2]) <= 12) return numbers(match)
  match = /^(\d{2})(\d{2})(\d{2})$/.exec(bare)
  if (match) return { ...numbers(match), year: 2000 + Number(match[1]) }
  match = /^(\d{4})[-./年、,](\d{1,2})(?:[-./月、,](\d{1,2})?[日号]?)?$/.exec(bare)
  if (match) return numbers(match)
  match = /^(\d{2})(?:年|[-./])(\d{1,2})(?:[-./月](\d{1,2})?[日号]?)?$/.exec(bare)
  if (match) return bare.includes('年') || match[3] || bare.endsWith('月') ? twoDigitYear(match, bare) : null
  match = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(bare)
  if (match) return americanOrNot(Number(match[1]), Number(match[2]), Number(match[3]))
  if (/^[12]\d{4}$|^[3-5]\d{4}$/.test(bare)) return serialParts(Number(bare), reading)
  return namedMonth(bare) ?? chineseDate(bare)
}

function numbers(match: RegExpExecArray): { year: number; month: number | null; day: number | null } {
  return { year: Number(match[1]), month: match[2] ? Number(match[2]) : null, day: match[3] ? Number(match[3]) : null }
}

function twoDigitYear(match: RegExpExecArray, text: string): Parts {
  const parts = numbers(match)
  // 05/03/12 may begin with the month: a year is sure only with 年 or when the rest can't be one.
  if (text.includes('年') || parts.year > 12) return { ...parts, year: 2000 + parts.year }
  const american = `20${match[3]}-${pad(parts.year)}-${pad(parts.month ?? 1)}`
  const first = `20${pad(parts.year)}-${pad(parts.month ?? 1)}-${pad(parts.day ?? 1)}`
  return { value: null, state: 'ambiguous', choices: [first, american].filter(isDay) }
}

function americanOrNot(a: number, b: number, year: number): Parts {
  const monthFirst = `${year}-${pad(a)}-${pad(b)}`
  const dayFirst = `${year}-${pad(b)}-${pad(a)}`
  const choices = [...new Set([monthFirst, dayFirst])].filter(isDay)
  if (choices.length === 2) return { value: null, state: 'ambiguous', choices }
  const [year_ = '', month = '', day = ''] = (choices[0] ?? '').split('-')
  return { year: Number(year_), month: Number(month), day: Number(day) }
}

function serialParts(serial: number, reading: DateReading): Parts {
  const [year = '', month = '', day = ''] = dayOfSerial(serial, reading.date1904).split('-')
  return { year: Number(year), month: Number(month), day: Number(day) }
}

function namedMonth(text: string): Parts | null {
  const match = /^(?:(\d{1,2})-)?([a-z]{3})-(\d{2}|\d{4})$/.exec(text)
  const month = MONTHS.indexOf(match?.[2] ?? '') + 1
  if (!match || month === 0) return null
  const year = Number(match[3])
  return { year: year < 100 ? 2000 + year : year, month, day: match[1] ? Number(match[1]) : null }
}

function chineseDate(text: string): Parts | null {
  const match =
    /^([〇零○o一二三四五六七八九]{2,4})年(?:([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})[日号]?)?)?$/.exec(
      text,
    )
  if (!match) {
    const alone = /^(\d{4})年?$/.exec(text) ?? /^(\d{2})年$/.exec(text)
    if (!alone) return null
    const year = Number(alone[1])
    return year > 99 && year < 1900 ? null : { year: year < 100 ? 2000 + year : year, month: null, day: null }
  }
  const year = readChineseNumber(match[1] ?? '') ?? 0
  return {
    year: year < 100 ? 2000 + year : year,
    month: match[2] ? readChineseNumber(match[2]) : null,
    day: match[3] ? readChineseNumber(match[3]) : null,
  }
}

function believable(parts: { year: number; month: number | null; day: number | null }, reading: DateReading): DateText {
  const { year, month, day } = parts
  if (year < (reading.fromYear ?? 1900) || year > Number(reading.until.slice(0, 4))) return UNREADABLE
  if (month === null) return { value: null, state: 'unreadable', choices: [String(year)] }
  if (month < 1 || month > 12) return UNREADABLE
  const monthText = `${year}-${pad(month)}`
  if (day !== null && (day < 1 || day > daysIn(year, month)))
    return { value: null, state: 'unreadable', choices: [monthText] }
  const value = day === null ? monthText : `${monthText}-${pad(day)}`
  return spanOf(value).from > reading.until ? UNREADABLE : { value, state: 'ok', choices: [] }
}

/** Any past day of a table (a visit, the day somebody left): partial allowed, years alone too; null when it can't be read. */
export function readPartialDate(raw: string, reading: DateReading): string | null {
  const read = readBirth(raw, reading)
  if (read.state === 'ok') return read.value
  return read.state === 'unreadable' && /^\d{4}年?$/.test(foldText(raw)) ? (read.choices[0] ?? null) : null
}

function pad(number: number): string {
  return String(number).padStart(2, '0')
}
