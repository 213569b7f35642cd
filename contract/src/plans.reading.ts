// Reading a plan 读计划: what a plan's text says, before a person confirms it. Everything carries the quote it was read from and
// the UTF-16 offsets of that quote in `source.text`; nothing here is stored until it is confirmed.
import { archetypes } from '@nuanyang/domain/values/archetypes.ts'
import { festivals } from '@nuanyang/domain/values/festivals.ts'
import { indicators } from '@nuanyang/domain/values/indicators.ts'
import { kinds } from '@nuanyang/domain/values/kinds.ts'
import { responsibles } from '@nuanyang/domain/values/responsible.ts'
import { subjects } from '@nuanyang/domain/values/subjects.ts'
import { Type, type Static } from 'typebox'

function codes<const Code extends string>(list: readonly { readonly code: Code }[]) {
  return Type.Enum(list.map(({ code }) => code))
}

function orNull<T extends Type.TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()])
}

/** Start and end of a quote in UTF-16 units of the source text. */
// an array of two, not a tuple: the two drafts of JSON Schema in use write tuples differently
export const QuoteSpan = Type.Unsafe<[number, number]>(
  Type.Array(Type.Integer({ minimum: 0 }), { minItems: 2, maxItems: 2 }),
)
const Quote = Type.String({ minLength: 1 })

/** How often: a rate, a festival, a month, always, or left open (定期), which the person is asked about. */
export const ReadRhythm = Type.Union([
  Type.Object(
    {
      every: Type.Enum(['day', 'week', 'month', 'quarter', 'term', 'year']),
      count: Type.Integer({ minimum: 1 }),
      interval: Type.Optional(Type.Integer({ minimum: 2 })),
    },
    { additionalProperties: false },
  ),
  Type.Object({ festival: codes(festivals) }, { additionalProperties: false }),
  Type.Object({ month: Type.Integer({ minimum: 1, maximum: 12 }) }, { additionalProperties: false }),
  Type.Object({ continuous: Type.Literal(true) }, { additionalProperties: false }),
  Type.Object({ unspecified: Type.Literal(true) }, { additionalProperties: false }),
  Type.Object(
    {
      within_days: Type.Integer({ minimum: 1 }),
      working_days: Type.Boolean(),
      of: Type.Enum(['new_child', 'parents_left', 'parents_returned', 'carer_changed']),
    },
    { additionalProperties: false },
  ),
])

export const ReadGoal = Type.Object({
  text: Type.String(),
  indicator: orNull(codes(indicators)),
  /** A share: 1 is 100 %. */
  target: orNull(Type.Number({ minimum: 0, maximum: 1 })),
  quote: Quote,
  span: QuoteSpan,
})

export const ReadMeasure = Type.Object({
  path: Type.String(),
  title: Type.String(),
  text: Type.String(),
  span: QuoteSpan,
})

export const ReadDuty = Type.Object({
  title: Type.String({ minLength: 1 }),
  kind: codes(kinds),
  measure: orNull(Type.String()),
  subject: codes(subjects),
  rhythm: ReadRhythm,
  responsible: orNull(codes(responsibles)),
  quote: Quote,
  span: QuoteSpan,
})

export const ReadTask = Type.Object({
  title: Type.String({ minLength: 1 }),
  kind: codes(kinds),
  month: Type.Integer({ minimum: 1, maximum: 12 }),
  /** 1 when the month belongs to the calendar year after the plan's first month. */
  year_offset: Type.Integer({ minimum: 0 }),
  festival: orNull(codes(festivals)),
  quote: Quote,
  span: QuoteSpan,
})

/** Something to look at before confirming. */
export const ReadProblem = Type.Object({
  code: Type.Enum([
    'nothing_to_do',
    'goals_contradict',
    'target_over_100',
    'month_unknown',
    'owed_daily',
    'festival_elsewhere',
    'kind_unread',
    'text_cut',
  ]),
  zh: Type.String(),
  en: Type.String(),
  span: QuoteSpan,
})

const YearMonth = Type.String({ pattern: '^\\d{4}-\\d{2}$' })

export const ReadPlan = Type.Object({
  title: Type.String(),
  span: QuoteSpan,
  archetype: orNull(codes(archetypes)),
  from: orNull(YearMonth),
  until: orNull(YearMonth),
  goals: Type.Array(ReadGoal),
  measures: Type.Array(ReadMeasure),
  duties: Type.Array(ReadDuty),
  tasks: Type.Array(ReadTask),
  problems: Type.Array(ReadProblem),
})

/** What `nuanyang plan parse --json` prints and the page of reading shows. */
export const PlanReading = Type.Object({
  source: Type.Object({
    name: Type.String(),
    format: Type.Enum(['txt', 'md', 'docx']),
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    text: Type.String(),
  }),
  plans: Type.Array(ReadPlan),
  problems: Type.Array(ReadProblem),
  /** About the file itself, such as pictures that were passed over. */
  notes: Type.Array(Type.Object({ code: Type.String(), zh: Type.String(), en: Type.String() })),
})
export type PlanReading = Static<typeof PlanReading>
