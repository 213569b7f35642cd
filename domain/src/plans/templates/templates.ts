import type { Archetype } from '../../values/archetypes.ts'
import { agency } from './agency.ts'
import { committee } from './committee.ts'
import { community } from './community.ts'
import { school } from './school.ts'
import type { PlanTemplate } from './template.ts'
import { village } from './village.ts'

export type { PlanTemplate } from './template.ts'
export const planTemplates: Readonly<Record<Archetype, PlanTemplate>> = {
  village,
  agency,
  school,
  community,
  committee,
}

/**
 * The months a new plan of this template runs over: the period under way on `today`, or the next to begin when it is nearly over.
 * @returns first and last day, YYYY-MM-DD
 */
export function templatePeriod(template: PlanTemplate, today: string): { from_on: string; until_on: string } {
  const now = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1
  const year = Number(today.slice(0, 4))
  const starts = [year - 1, year, year + 1].map((each) => each * 12 + template.first_month - 1)
  // A plan that ends this month is over before it is adopted: the next one is wanted.
  const start = starts.find((each) => each + template.months - 1 > now) ?? starts.at(-1)!
  const end = start + template.months
  const lastDay = new Date(Date.UTC(Math.floor(end / 12), end % 12, 0)).toISOString().slice(0, 10)
  return { from_on: `${monthText(start)}-01`, until_on: lastDay }
}

/** The calendar month (YYYY-MM) of a template's month number in a plan that begins on `from_on`: 元月 of a plan from September is next year's. */
export function monthOf(number: number, from_on: string): string {
  const start = Number(from_on.slice(0, 4)) * 12 + Number(from_on.slice(5, 7)) - 1
  const first = start % 12
  return monthText(start + ((number - 1 - first + 12) % 12))
}

function monthText(number: number): string {
  return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`
}
