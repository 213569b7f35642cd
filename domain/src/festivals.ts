import type { SolarDay } from 'tyme4ts'
import { LunarDay, SolarTerm } from 'tyme4ts'
import type { Festival } from './values/festivals.ts'
import { festivals } from './values/festivals.ts'

/**
 * Every festival that falls in a calendar year, in the order of its days.
 *
 * Lunar festivals come from tyme4ts: Node's own Chinese calendar is a day off in 2027. A lunar year begins in January or
 * February, so each lunar festival used here falls exactly once in each solar year of the same number.
 *
 * @param year calendar year, 1900–2100
 * @returns `day` as YYYY-MM-DD
 * @throws RangeError for a year outside the tables
 */
export function festivalsOf(year: number): { festival: Festival; day: string }[] {
  return festivals
    .map(({ code }) => ({ festival: code, day: festivalDay(code, year) }))
    .sort((a, b) => (a.day < b.day ? -1 : 1))
}

/** The day (YYYY-MM-DD) of one festival in a calendar year, 1900–2100. */
export function festivalDay(festival: Festival, year: number): string {
  if (!Number.isInteger(year) || year < 1900 || year > 2100)
    throw new RangeError(`no festivals known for the year ${year}`)
  switch (festival) {
    case 'spring_festival':
      return lunar(year, 1, 1)
    case 'lantern':
      return lunar(year, 1, 15)
    case 'dragon_boat':
      return lunar(year, 5, 5)
    case 'mid_autumn':
      return lunar(year, 8, 15)
    case 'double_ninth':
      return lunar(year, 9, 9)
    case 'qingming':
      return iso(SolarTerm.fromName(year, '清明').getSolarDay())
    default: {
      const fixed = festivals.find((f) => f.code === festival)
      if (!fixed?.month) throw new RangeError(`no day known for ${festival}`)
      return `${year}-${two(fixed.month)}-${two(fixed.day)}`
    }
  }
}

function lunar(year: number, month: number, day: number): string {
  return iso(LunarDay.fromYmd(year, month, day).getSolarDay())
}

function iso(day: SolarDay): string {
  return `${day.getYear()}-${two(day.getMonth())}-${two(day.getDay())}`
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}
