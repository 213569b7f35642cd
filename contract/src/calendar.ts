// Calendar 校历: terms, days off and festivals. A county has one set of terms; a school may have its own, which stands above the county's for
// the same school year and term. Breaks (寒暑假) are the days between two terms: duties that pause in them pause there. Days off are the
// State Council's as far as this version knows them; a county may paste a newer notice or change days. They serve working days alone.
// A school year without terms, or a year whose notice is not out yet, is said in words: nothing is guessed.
import { festivals } from '@nuanyang/domain/values/festivals.ts'
import { Codes, Day, Id, Nothing, operations, Text, Type, Unknown, type Static } from './kernel.ts'

export const termNumbers = {
  1: { zh: '秋季学期', en: 'autumn term' },
  2: { zh: '春季学期', en: 'spring term' },
} as const
const SchoolYear = Type.Integer({ minimum: 2000, maximum: 2100 })
const TermNumber = Type.Unsafe<1 | 2>(Type.Integer({ minimum: 1, maximum: 2 }))
const DayKind = Codes(['holiday', 'working'])

export const Term = Type.Object({
  id: Id,
  /** Null: the county's. */
  unit_id: Unknown(Id),
  school_year: SchoolYear,
  number: TermNumber,
  from_on: Day,
  until_on: Day,
  version: Type.Integer(),
})
export type Term = Static<typeof Term>

export const LegalDay = Type.Object({ on_day: Day, kind: DayKind, name: Type.String() })
export type LegalDay = Static<typeof LegalDay>

export const Calendar = Type.Object({
  /** The school whose calendar this is; null: the county's. */
  unit_id: Unknown(Id),
  unit_name: Type.String(),
  school_years: Type.Array(
    Type.Object({
      school_year: SchoolYear,
      terms: Type.Array(Type.Object({ number: TermNumber, county: Unknown(Term), own: Unknown(Term) })),
    }),
  ),
  /** official: the State Council's as this version knows them · county: entered here · null: not known yet. */
  years: Type.Array(
    Type.Object({
      year: Type.Integer(),
      source: Unknown(Codes(['official', 'county'])),
      days: Type.Array(LegalDay),
      festivals: Type.Array(Type.Object({ festival: Codes(festivals.map(({ code }) => code)), on_day: Day })),
    }),
  ),
  may_county: Type.Boolean(),
  may_own: Type.Boolean(),
})
export type Calendar = Static<typeof Calendar>

export const calendarOps = operations('calendar', {
  /** Of the actor's own school, of another unit's nearest school, or of the county. */
  get: { get: '/calendar', may: 'units.read', query: Type.Object({ unit_id: Type.Optional(Id) }), ok: Calendar },
  /** A new term, or other days of the one there is. Without `unit_id` the county's. */
  set_term: {
    post: '/terms',
    may: 'calendar.write',
    body: Type.Object({ id: Id, unit_id: Unknown(Id), school_year: SchoolYear, number: TermNumber, from_on: Day, until_on: Day, version: Type.Optional(Type.Integer()) }),
    ok: Term,
    errors: ['term_days', 'term_there'],
    replay: 'term',
  },
  term: { get: '/terms/:id', may: 'units.read', ok: Term },
  /** A school goes back to the county's days. The county's own term can only be changed. */
  remove_term: { post: '/terms/:id/remove', may: 'calendar.write', body: Type.Object({ version: Type.Integer() }), ok: Nothing, errors: ['term_of_county'] },
  /** The days off of one year as the county has them; an empty list goes back to what this version knows. */
  set_days: {
    post: '/legal_days',
    may: 'calendar.write',
    body: Type.Object({ year: Type.Integer({ minimum: 2020, maximum: 2100 }), source: Type.Optional(Text(200)), days: Type.Array(LegalDay, { maxItems: 120 }) }),
    ok: Nothing,
    errors: ['legal_days_year'],
    replay: 'run',
  },
}) // prettier-ignore
