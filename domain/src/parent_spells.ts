// Where a parent was when: absences, visits home, and how long they last. Read by definitions.ts.

import { daysIn, spanOf } from './dates.ts'
import type { ParentState } from './values/parent_state.ts'

/** One stretch of a parent's whereabouts. Days are YYYY[-MM[-DD]]; `until_on` is the first day it is over. null = 未采集. */
export interface ParentSpell {
  readonly state: ParentState | null
  /** able to care for the child, asked of a parent who is there */
  readonly able: boolean | null
  /** division code of the place of work, as far as known */
  readonly place_code: string | null
  readonly from_on: string | null
  readonly until_on: string | null
  /** the day somebody said so: whoever was away then had left by then */
  readonly stated_on: string
}

const BEFORE_ALL = '0000-00-00'
const AFTER_ALL = '9999-99-99'

export function inTime(spells: readonly ParentSpell[]): readonly ParentSpell[] {
  return spells.toSorted((a, b) => ((a.from_on ?? '') < (b.from_on ?? '') ? -1 : 1))
}

/** The spell in force on a day; during a visit home the absence it interrupts. −1: none. */
export function spellAt(spells: readonly ParentSpell[], on: string, visitDays: number): number {
  const at = spells.findLastIndex(
    (spell) => firstDay(spell.from_on) <= on && (spell.until_on === null || on < firstDay(spell.until_on)),
  )
  return at > 0 && isVisit(spells, at, visitDays) ? at - 1 : at
}

/** At home for some days between two absences. One that is still open is no visit: nobody knows yet. */
export function isVisit(spells: readonly ParentSpell[], at: number, visitDays: number): boolean {
  const spell = spells[at]
  const over = spell?.until_on ?? spells[at + 1]?.from_on
  if (spell?.state !== 'home' || spell.from_on === null || over === null || over === undefined) return false
  return (
    spells[at - 1]?.state === 'away' &&
    spells[at + 1]?.state === 'away' &&
    daysBetween(firstDay(spell.from_on), firstDay(over)) <= visitDays
  )
}

/** No more than a visit's days lie unrecorded between two spells. */
export function isNear(spell: ParentSpell, next: ParentSpell, visitDays: number): boolean {
  if (spell.until_on === null || next.from_on === null) return true
  return daysBetween(firstDay(spell.until_on), firstDay(next.from_on)) <= visitDays
}

/** The first and the last day on which it may have begun: whoever said so on a day knew it had. */
export function startOf(from: string | null, statedOn: string | null): { earliest: string; latest: string } {
  const span = from === null ? { from: BEFORE_ALL, until: AFTER_ALL } : spanOf(from)
  const latest = statedOn !== null && statedOn < span.until && statedOn >= span.from ? statedOn : span.until
  return { earliest: span.from, latest }
}

function firstDay(partial: string | null): string {
  return partial === null ? BEFORE_ALL : spanOf(partial).from
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
}

/** The same day some months earlier, or the last day of that month: six months before 31 August is 28 February. */
export function monthsBefore(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const count = year * 12 + month - 1 - months
  const [y, m] = [Math.floor(count / 12), (count % 12) + 1]
  return `${y}-${String(m).padStart(2, '0')}-${String(Math.min(date, daysIn(y, m))).padStart(2, '0')}`
}
