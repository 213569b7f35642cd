// What adopted plans ask for, as it stands: items owed (`due_items`), let off, counted by month, by unit; and the rates.
//
// An item is duty × period × subject × ordinal. It is derived from facts and records, never stored: settled when a record of its kind
// exists, waived with a reason, otherwise due while its period is open and overdue after. `late`: settled after its period, counted apart.
// `certain: false`: facts are missing to say whether the child counts; it is owed all the same, and marked.
//
// Numbers of a plan count every subject of it, whoever asks. Lists name the children whom the reader may see and say how many others there
// are, so a number is always its list and the others.
import { indicators } from '@nuanyang/domain/values/indicators.ts'
import { Codes, Day, Id, Moment, operations, Page, PageQuery, Text, Type, Unknown, type Static } from './kernel.ts'
import { Festival, Indicator, Kind } from './plans.items.ts'

export const dueStates = {
  settled: { zh: '做了', en: 'done' },
  waived: { zh: '免做', en: 'let off' },
  due: { zh: '还没到期', en: 'still open' },
  overdue: { zh: '过期没做', en: 'overdue' },
} as const
export type DueState = keyof typeof dueStates
const DueStateCode = Codes(Object.keys(dueStates) as DueState[])
const SubjectType = Codes(['child', 'pairing', 'unit'])
const Month = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$', description: 'YYYY-MM' })
const Count = Type.Integer({ minimum: 0 })

/** May this item be let off? What was done needs no waiver. */
export const dueCan = { waive: ({ state }: { state: DueState }) => state === 'due' || state === 'overdue' }

export const DueItemRow = Type.Object({
  duty_id: Id,
  plan_id: Id,
  title: Type.String(),
  kind: Kind,
  subject_type: SubjectType,
  subject_id: Id,
  /** The child, or the child of the pairing; null for the unit's own. */
  child_id: Unknown(Id),
  /** The child's name as the reader may see it, or the unit's. */
  name: Type.String(),
  unit_name: Type.String(),
  period_from: Day,
  period_until: Day,
  ordinal: Type.Integer({ minimum: 1 }),
  state: DueStateCode,
  late: Type.Boolean(),
  settled_on: Unknown(Day),
  certain: Type.Boolean(),
  waiver: Unknown(Type.Object({ id: Id, reason: Type.String(), by_name: Type.String(), on: Day })),
  /** named: on the duty · helper: of the pairing · role: nearest member · nobody. */
  owner_how: Codes(['named', 'helper', 'role', 'nobody']),
  owners: Type.Array(Type.String()),
})
export type DueItemRow = Static<typeof DueItemRow>

/** Numbers of one cell. owed = on_time + late + waived + due + overdue. */
const cell = { owed: Count, on_time: Count, late: Count, waived: Count, due: Count, overdue: Count }
export const DueNumbers = Type.Object(cell)
export type DueNumbers = Static<typeof DueNumbers>

/** A rate as it is printed: never without its definition, its two numbers and its day. */
export const Rate = Type.Object({
  code: Indicator,
  numerator: Count,
  denominator: Count,
  /** Children of whom the facts do not say; in neither number. */
  unknown: Count,
  /** The unit's children about whom the rate says nothing (not of school age, nothing owed). */
  outside: Count,
  definition: Type.Object({ zh: Type.String(), en: Type.String() }),
  footnote: Type.Object({ zh: Type.String(), en: Type.String() }),
  from_on: Day,
  until_on: Day,
  as_of: Day,
  /** false: what the list would tell is not the reader's to see. */
  opens: Type.Boolean(),
})
export type Rate = Static<typeof Rate>

export const ratePopulations = ['all', 'mca', 'moe'] as const
export const aidDenominators = ['all', 'in_need'] as const
export const rateParts = ['yes', 'no', 'unknown', 'outside'] as const
export type RatePart = (typeof rateParts)[number]
const RateQuery = {
  unit_id: Type.Optional(Id),
  /** As this plan's goals are counted: its children, its days, how often its own duties ask; unit, days and population are then the plan's. */
  plan_id: Type.Optional(Id),
  /** Left out: the present school year until today. */
  from: Type.Optional(Day),
  until: Type.Optional(Day),
  /** Whose children count: all in the register, or those of a definition (“cannot say” counts). */
  population: Type.Optional(Codes(ratePopulations)),
  /** 物质帮助率: of all children, or of those who need it. */
  aid_of: Type.Optional(Codes(aidDenominators)),
}

const CompletionUnit = Type.Object({
  unit_id: Id,
  unit_name: Type.String(),
  unit_kind: Type.String(),
  plan_id: Id,
  cells: Type.Array(Type.Object({ kind: Kind, ...cell })),
  ...cell,
  /** The end of the oldest period that is over and not done; by month when the numbers come from closed months. */
  overdue_since: Unknown(Type.String()),
})

export const Waiver = Type.Object({
  id: Id,
  duty_id: Id,
  subject_type: SubjectType,
  subject_id: Id,
  period_from: Day,
  ordinal: Type.Integer(),
  reason: Type.String(),
  by_name: Type.String(),
  at: Moment,
  lifted_at: Unknown(Moment),
})
export type Waiver = Static<typeof Waiver>

export const dueOps = operations('plans', {
  /** The names behind a number: items of a plan, a unit's plans, or one child, in a month or a span (left out: this month). */
  due: {
    get: '/due_items',
    may: 'plans.read',
    names: true,
    query: Type.Object({
      plan_id: Type.Optional(Id),
      unit_id: Type.Optional(Id),
      child_id: Type.Optional(Id),
      duty_id: Type.Optional(Id),
      kind: Type.Optional(Kind),
      month: Type.Optional(Month),
      from: Type.Optional(Day),
      until: Type.Optional(Day),
      state: Type.Optional(Type.Array(DueStateCode, { maxItems: 4 })),
      late: Type.Optional(Codes(['yes', 'no'])),
      /** Names that hold this, or whose pinyin begins with it; `total` is then what was found among those the reader sees. */
      q: Type.Optional(Text(40)),
      ...PageQuery,
    }),
    ok: Type.Object({
      items: Type.Array(DueItemRow),
      next: Unknown(Type.String()),
      /** All items of the number, and of them those of children whom the reader does not see. */
      total: Count,
      others: Count,
      as_of: Day,
    }),
    errors: ['due_span'],
  },
  /** Duties × months of one plan, and its goals' rates. */
  progress: {
    get: '/plans/:id/progress',
    may: 'plans.read',
    ok: Type.Object({
      as_of: Day,
      months: Type.Array(Type.Object({ month: Month, festivals: Type.Array(Type.Object({ festival: Festival, on_day: Day })) })),
      duties: Type.Array(
        Type.Object({
          duty_id: Id,
          ...cell,
          /** Of a duty that goes on all the time: when it was last done. */
          last_on: Unknown(Day),
          months: Type.Array(Type.Object({ month: Month, subjects: Count, ...cell })),
        }),
      ),
      goals: Type.Array(Type.Object({ goal_id: Id, target: Unknown(Type.Number()), rate: Unknown(Rate) })),
      /** The last school year whose terms are known ends before the plan does. */
      calendar_missing: Unknown(Type.String()),
    }),
  },
  /** Units × kinds: what the plans of a unit and everything below it asked for in some months. */
  completion: {
    get: '/completion',
    may: 'plans.read',
    query: Type.Object({ unit_id: Type.Optional(Id), from_month: Month, until_month: Month }),
    ok: Type.Object({
      as_of: Day,
      /** Of many children the months that are over are counted at night: as of this day. */
      kept_on: Unknown(Day),
      units: Type.Array(CompletionUnit),
    }),
    errors: ['due_span'],
  },
  waiver: { get: '/waivers/:id', may: 'plans.read', ok: Waiver },
  waive: {
    post: '/waivers',
    may: 'plans.write',
    body: Type.Object({ id: Id, duty_id: Id, subject_type: SubjectType, subject_id: Id, period_from: Day, ordinal: Type.Integer({ minimum: 1, maximum: 100 }), reason: Text(300) }),
    ok: Waiver,
    errors: ['nothing_owed', 'waived_already'],
    queued: true,
    replay: 'waiver',
  },
  lift_waiver: { post: '/waivers/:id/lift', may: 'plans.write', body: Type.Object({}), ok: Waiver, errors: ['waiver_lifted'], queued: true, replay: 'waiver' },

  rates: {
    get: '/rates',
    may: 'plans.read',
    query: Type.Object(RateQuery),
    ok: Type.Object({ unit_id: Id, unit_name: Type.String(), children: Count, items: Type.Array(Rate) }),
    errors: ['due_span'],
  },
  /** The very children behind a rate. */
  rate_children: {
    get: '/rates/:code/children',
    may: 'plans.read',
    names: true,
    query: Type.Object({ ...RateQuery, part: Codes(rateParts), ...PageQuery }),
    ok: Page(Type.Object({ id: Id, name: Type.String(), grade: Unknown(Type.String()), unit_name: Unknown(Type.String()), note: Unknown(Type.String()) })),
    errors: ['due_span', 'rate_closed'],
  },
}) // prettier-ignore

export const rateCodes = indicators.map(({ code }) => code)
