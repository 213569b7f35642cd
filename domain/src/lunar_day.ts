import { SolarDay } from 'tyme4ts'
import { festivalsOf } from './festivals.ts'
import { festivals, type Festival } from './values/festivals.ts'

/**
 * The day of the Chinese calendar as people say it: 农历十月十七, with 闰 before a leap month.
 * @param day YYYY-MM-DD of Asia/Shanghai
 */
export function lunarDay(day: string): { zh: string; en: string } {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const lunar = SolarDay.fromYmd(year, month, date).getLunarDay()
  const of = lunar.getLunarMonth()
  const leap = of.isLeap()
  return {
    zh: `农历${of.getName()}${lunar.getName()}`,
    en: `lunar ${leap ? 'leap ' : ''}month ${Math.abs(of.getMonth())}, day ${lunar.getDay()}`,
  }
}

/** The next festival within so many days, the same day included; null when none is near. */
export function festivalNear(
  day: string,
  within: number,
): { festival: Festival; zh: string; en: string; day: string; in_days: number } | null {
  const year = Number(day.slice(0, 4))
  for (const { festival, day: on } of [...festivalsOf(year), ...festivalsOf(year + 1)]) {
    const in_days = Math.round((Date.parse(on) - Date.parse(day)) / 86_400_000)
    if (in_days < 0) continue
    if (in_days > within) return null
    const { zh, en } = festivals.find((known) => known.code === festival)!
    return { festival, zh, en, day: on, in_days }
  }
  return null
}
