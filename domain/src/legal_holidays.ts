import { LegalHoliday } from 'tyme4ts'
import { daysIn } from './dates.ts'

/** A day off, or a weekend day on which people work instead. */
export interface LegalDay {
  readonly on_day: string
  readonly kind: 'holiday' | 'working'
  readonly name: string
}

/**
 * The days off and the shifted working days of a calendar year, as the State Council announced them and tyme4ts keeps them.
 * @returns null for a year that is not announced or not known here: unknown, which is not “no holidays”
 */
export function legalHolidaysOf(year: number): LegalDay[] | null {
  const days: LegalDay[] = []
  for (let month = 1; month <= 12; month++)
    for (let day = 1; day <= daysIn(year, month); day++) {
      const found = LegalHoliday.fromYmd(year, month, day)
      if (found)
        days.push({
          on_day: `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
          kind: found.isWork() ? 'working' : 'holiday',
          name: found.getName(),
        })
    }
  return days.length > 0 ? days : null
}
