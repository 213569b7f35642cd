// Templates of work plans: what a unit of each kind usually sets itself to do, in our own words, to begin from. Each item names the rows
// of docs/measures.md that it serves (`for`), and a test holds that every row of the plan has one.
import type { Archetype } from '../../values/archetypes.ts'
import type { Festival } from '../../values/festivals.ts'
import type { Indicator } from '../../values/indicators.ts'
import type { Kind } from '../../values/kinds.ts'
import type { Responsible } from '../../values/responsible.ts'
import type { Subject } from '../../values/subjects.ts'
import type { Rhythm } from '../types.ts'

export interface PlanTemplate {
  readonly archetype: Archetype
  readonly zh: string
  readonly en: string
  /** First month of the plan and how many it has: 8 and 6 run from August to 元月 of the next year. */
  readonly first_month: number
  readonly months: number
  readonly goals: readonly { readonly text: string; readonly indicator: Indicator | null; readonly target: number | null; readonly for: readonly string[] }[]
  readonly measures: readonly { readonly path: string; readonly title: string; readonly text: string; readonly for: readonly string[] }[]
  readonly duties: readonly {
    readonly measure: string
    readonly title: string
    readonly kind: Kind
    readonly subject: Subject
    readonly rhythm: Rhythm
    readonly responsible: Responsible | null
    readonly for: readonly string[]
  }[]
  readonly tasks: readonly {
    readonly month: number
    readonly title: string
    readonly kind: Kind
    readonly festival?: Festival
    readonly responsible: Responsible | null
    readonly for: readonly string[]
  }[]
} // prettier-ignore

type Rows = string
const rows = (text: Rows): string[] => (text === '' ? [] : text.split(' '))

/** One line each, so that a template reads like the plan it becomes. */
export const goal = (text: string, indicator: Indicator | null, target: number | null, of: Rows) => ({
  text,
  indicator,
  target,
  for: rows(of),
})
export const measure = (path: string, title: string, text: string, of: Rows = '') => ({
  path,
  title,
  text,
  for: rows(of),
})
export const duty = (
  at: string,
  title: string,
  kind: Kind,
  subject: Subject,
  rhythm: Rhythm,
  responsible: Responsible | null,
  of: Rows = '',
) => ({ measure: at, title, kind, subject, rhythm, responsible, for: rows(of) })
export const task = (
  month: number,
  title: string,
  kind: Kind,
  responsible: Responsible | null,
  of: Rows = '',
  festival?: Festival,
) => ({ month, title, kind, responsible, for: rows(of), ...(festival ? { festival } : {}) })

export const every = (unit: 'week' | 'month' | 'quarter' | 'term' | 'year', count = 1, interval?: number): Rhythm =>
  interval ? { every: unit, count, interval } : { every: unit, count }
export const always: Rhythm = { continuous: true }
export const on = (festival: Festival): Rhythm => ({ festival })
