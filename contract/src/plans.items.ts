// What a plan is made of: goals, measures, duties and tasks, as they are stored, and the edits that a draft takes. An edit names one
// item and says one thing, so that several people can be told what changed; a page sends as many as it likes in one `plans.edit`.
import { festivals } from '@nuanyang/domain/values/festivals.ts'
import { indicators } from '@nuanyang/domain/values/indicators.ts'
import { kinds } from '@nuanyang/domain/values/kinds.ts'
import { responsibles } from '@nuanyang/domain/values/responsible.ts'
import { subjects } from '@nuanyang/domain/values/subjects.ts'
import { Codes, Day, Id, Text, Type, Unknown, type Static } from './kernel.ts'
import { QuoteSpan, ReadRhythm } from './plans.reading.ts'

const codesOf = <const Code extends string>(list: readonly { readonly code: Code }[]) =>
  Codes(list.map(({ code }) => code) as Code[])
export const Indicator = codesOf(indicators)
export const Kind = codesOf(kinds)
export const Subject = codesOf(subjects)
export const Responsible = codesOf(responsibles)
export const Festival = codesOf(festivals)
export const Rhythm = ReadRhythm
export type Rhythm = Static<typeof Rhythm>

/** Where it was read: the very words and their UTF-16 offsets in `plans.text`; null for what a person added. */
const Read = { quote: Unknown(Type.String()), span: Unknown(QuoteSpan) }
/** Handed down by the township or county: may not be removed or weakened here while that plan holds. */
const Issued = { issued: Type.Boolean() }

export const PlanGoal = Type.Object({
  id: Id,
  text: Type.String(),
  indicator: Unknown(Indicator),
  /** A share: 1 is 100 %. */
  target: Unknown(Type.Number()),
  ...Read,
  ...Issued,
})
export type PlanGoal = Static<typeof PlanGoal>

export const PlanMeasure = Type.Object({
  id: Id,
  path: Type.String(),
  title: Type.String(),
  text: Type.String(),
  span: Unknown(QuoteSpan),
  ...Issued,
})
export type PlanMeasure = Static<typeof PlanMeasure>

export const PlanDuty = Type.Object({
  id: Id,
  measure_id: Unknown(Id),
  title: Type.String(),
  kind: Kind,
  subject: Subject,
  rhythm: Rhythm,
  responsible: Unknown(Responsible),
  /** The person named for it; null: found by `responsible`. */
  account_id: Unknown(Id),
  account_name: Unknown(Type.String()),
  from_on: Day,
  until_on: Day,
  pauses_in_holidays: Type.Boolean(),
  /** Which document asks for it, for a duty taken from the list of rules. */
  source: Unknown(Type.String()),
  replaces_id: Unknown(Id),
  ended_reason: Unknown(Type.String()),
  ...Read,
  ...Issued,
})
export type PlanDuty = Static<typeof PlanDuty>

export const PlanTask = Type.Object({
  id: Id,
  measure_id: Unknown(Id),
  /** The duty that says the same. */
  duty_id: Unknown(Id),
  title: Type.String(),
  kind: Kind,
  due_from: Day,
  due_until: Day,
  festival: Unknown(Festival),
  responsible: Unknown(Responsible),
  account_id: Unknown(Id),
  account_name: Unknown(Type.String()),
  state: Codes(['open', 'done', 'dropped']),
  done_on: Unknown(Day),
  done_note: Unknown(Type.String()),
  done_record_id: Unknown(Id),
  dropped_reason: Unknown(Type.String()),
  /** The meeting at which it was resolved. */
  record_id: Unknown(Id),
  version: Type.Integer(),
  ...Read,
  ...Issued,
})
export type PlanTask = Static<typeof PlanTask>

export const PlanItems = Type.Object({
  goals: Type.Array(PlanGoal),
  measures: Type.Array(PlanMeasure),
  duties: Type.Array(PlanDuty),
  tasks: Type.Array(PlanTask),
})
export type PlanItems = Static<typeof PlanItems>

export const itemTypes = ['goal', 'measure', 'duty', 'task'] as const
export type ItemType = (typeof itemTypes)[number]

const Month = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' })
const optional = Type.Optional
/** 120 % gets a sentence of its own, so the schema lets it come. */
const Share = Type.Number({ minimum: 0, maximum: 100 })

/** What a person may say of each kind of item. */
const GoalFields = { text: Text(500), indicator: Unknown(Indicator), target: Unknown(Share) }
const MeasureFields = { path: Text(30), title: Text(200), text: Type.String({ maxLength: 5000 }) }
export const DutyFields = {
  measure_id: Unknown(Id),
  title: Text(200),
  kind: Kind,
  subject: Subject,
  rhythm: Rhythm,
  responsible: Unknown(Responsible),
  account_id: Unknown(Id),
  pauses_in_holidays: Type.Boolean(),
}
/** Either a month or a festival says when; a festival is owed from 14 days before it to 7 after, whatever month that is. */
export const TaskFields = {
  measure_id: Unknown(Id),
  title: Text(200),
  kind: Kind,
  month: Month,
  festival: Unknown(Festival),
  responsible: Unknown(Responsible),
  account_id: Unknown(Id),
}
const some = <T extends Record<string, Type.TSchema>>(fields: T) => Type.Partial(Type.Object(fields))
const ItemTypeCode = Codes(itemTypes)

export const PlanEdit = Type.Union([
  Type.Object({ do: Type.Literal('add_goal'), id: Id, ...GoalFields }),
  Type.Object({ do: Type.Literal('add_measure'), id: Id, ...MeasureFields }),
  Type.Object({ do: Type.Literal('add_duty'), id: Id, ...DutyFields, source: optional(Text(200)) }),
  Type.Object({ do: Type.Literal('add_task'), id: Id, ...TaskFields }),
  Type.Object({ do: Type.Literal('change_goal'), id: Id, to: some(GoalFields) }),
  Type.Object({ do: Type.Literal('change_measure'), id: Id, to: some(MeasureFields) }),
  Type.Object({ do: Type.Literal('change_duty'), id: Id, to: some(DutyFields) }),
  Type.Object({ do: Type.Literal('change_task'), id: Id, to: some(TaskFields) }),
  /** Taken out of the draft, kept as it was: `restore` puts it back. */
  Type.Object({ do: Type.Literal('drop'), type: ItemTypeCode, id: Id }),
  Type.Object({ do: Type.Literal('restore'), id: Id }),
  /** One duty or task that is really several: the first keeps the id. */
  Type.Object({
    do: Type.Literal('split'),
    type: Codes(['duty', 'task']),
    id: Id,
    into: Type.Array(Type.Object({ id: Id, title: Text(200) }), { minItems: 2, maxItems: 10 }),
  }),
  /** Several that are really one: the first stays, the others are dropped and can be restored. */
  Type.Object({
    do: Type.Literal('merge'),
    type: Codes(['duty', 'task']),
    ids: Type.Array(Id, { minItems: 2, maxItems: 10 }),
  }),
  Type.Object({ do: Type.Literal('link'), task_id: Id, duty_id: Unknown(Id) }),
  /** A remark of the reader that the person has seen and leaves as it is. */
  Type.Object({ do: Type.Literal('put_aside'), problem: Type.Integer({ minimum: 0 }) }),
])
export type PlanEdit = Static<typeof PlanEdit>
