import type { Archetype } from '../values/archetypes.ts'
import type { Festival } from '../values/festivals.ts'
import type { Indicator } from '../values/indicators.ts'
import type { Kind } from '../values/kinds.ts'
import type { Responsible } from '../values/responsible.ts'
import type { Subject } from '../values/subjects.ts'

/** UTF-16 offsets into the text as it was given: `text.slice(span[0], span[1])` is the quote. */
export type Span = [number, number]

export type Every = 'day' | 'week' | 'month' | 'quarter' | 'term' | 'year'

export type PlanEvent = 'new_child' | 'parents_left' | 'parents_returned' | 'carer_changed'

export type Rhythm =
  | { every: Every; count: number; interval?: number }
  | { festival: Festival }
  | { month: number }
  | { continuous: true }
  | { unspecified: true }
  | { within_days: number; working_days: boolean; of: PlanEvent }

export type PlanGoal = {
  text: string
  indicator: Indicator | null
  /** A share: 1 is 100 %. Null when the goal names no number, or one that cannot be. */
  target: number | null
  quote: string
  span: Span
}

export type PlanMeasure = { path: string; title: string; text: string; span: Span }

export type PlanDuty = {
  title: string
  kind: Kind
  measure: string | null
  subject: Subject
  rhythm: Rhythm
  responsible: Responsible | null
  quote: string
  span: Span
}

export type PlanTask = {
  title: string
  kind: Kind
  month: number
  year_offset: number
  festival: Festival | null
  quote: string
  span: Span
}

export type PlanProblemCode =
  | 'nothing_to_do'
  | 'goals_contradict'
  | 'target_over_100'
  | 'month_unknown'
  | 'owed_daily'
  | 'festival_elsewhere'
  | 'kind_unread'
  | 'text_cut'

/** Something a person should look at before confirming: a sentence in both languages, and where it is. */
export type PlanProblem = { code: PlanProblemCode; zh: string; en: string; span: Span }

export type PlanRead = {
  title: string
  span: Span
  archetype: Archetype | null
  /** First and last month, YYYY-MM; null if the text names none. */
  from: string | null
  until: string | null
  goals: PlanGoal[]
  measures: PlanMeasure[]
  duties: PlanDuty[]
  tasks: PlanTask[]
  problems: PlanProblem[]
}

export type PlanReading = { plans: PlanRead[]; problems: PlanProblem[] }

export type ReadOptions = {
  /** Today in Asia/Shanghai, YYYY-MM-DD: decides the year when neither the caller nor the text says it. */
  today: string
  /** The calendar year of the plan's first month, if the person knows it. */
  year?: number
}
