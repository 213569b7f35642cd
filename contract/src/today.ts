// Today 今天: what is asked of this person now. It stores nothing: every number is counted from what the other features keep, by the
// same predicate as the list it opens, so a number and its list can't differ.
//
// 档案待办: facts that files still lack, grouped by what is missing; facts that contradict each other; changes proposed by the other
// side that wait for this one; rosters put in and not finished. 在册: registered children this person sees. 建档率: of those, files
// that lack nothing the county asks for.
//
// 等着联系: children for whom this person owes something of an adopted plan now (`due_items`): the current item of each duty, and items of
// festivals, months and events that are over and may still be done. Missed weeks and months before are only counted (“已连续错过 n 次”);
// the plan's page has them. Whoever is nearest owes (`due_owners`); what nobody owes is shown to whoever answers for the unit.
// 没联系: days since the last talk, visit or call that counted; a call that nobody answered is no contact.
// 落下的: what is over and not done, by the people who owed it, for whoever answers for their units; they can be reminded.
import { Codes, Day, File, Id, Moment, operations, Page, PageQuery, Type, Unknown, type Static } from './kernel.ts'
import { Kind } from './plans.items.ts'
import { importStates } from './imports.ts'
import { roleCodes } from './roles.ts'

/** What counts as being in touch with a child. */
export const contactKinds = ['talk', 'visit', 'call'] as const
/** Days without contact at which somebody should look. */
export const quietDays = [14, 30, 60] as const

/** One thing owed: a chip. Several duties of one kind for one child stand side by side; each is settled by its own rule. */
export const DueItem = Type.Object({
  duty_id: Id,
  title: Type.String(),
  kind: Kind,
  pairing_id: Unknown(Id),
  /** How many of the period are still open. */
  left: Type.Integer({ minimum: 1 }),
  /** The first of those that are open: what a waiver lets off. */
  ordinal: Type.Integer({ minimum: 1 }),
  /** The plan is of the reader's unit or below, and the reader writes plans: may let it off. */
  may_waive: Type.Boolean(),
  from_on: Day,
  until_on: Day,
  overdue: Type.Boolean(),
  /** Periods missed in a row just before this one. */
  missed: Type.Integer({ minimum: 0 }),
})
export type DueItem = Static<typeof DueItem>

const Act = Type.Object({ kind: Kind, on: Day })
/** A child for whom something is owed, with why it matters now. Facts of parts that the reader does not see are null. */
export const DueChild = Type.Object({
  id: Id,
  name: Type.String(),
  given_name: Type.String(),
  grade: Unknown(Type.String()),
  class_id: Unknown(Id),
  class_name: Unknown(Type.String()),
  /** Children of one household, or under one carer, have the same. */
  home: Unknown(Type.String()),
  carer_relation: Unknown(Type.String()),
  last_contact: Unknown(Act),
  /** A try after it that did not succeed. */
  tried: Unknown(Act),
  /** Since the last contact, or since the file was opened. */
  quiet_days: Type.Integer({ minimum: 0 }),
  /** The parent who comes home within two weeks. */
  returns: Unknown(Type.Object({ parent: Codes(['father', 'mother']), on: Day })),
  items: Type.Array(DueItem),
})
export type DueChild = Static<typeof DueChild>

export const dueWhen = ['today', 'week', 'all', 'overdue'] as const
export type DueWhen = (typeof dueWhen)[number]

/** Something of the unit itself: a task, or a duty whose subject is the unit. */
export const UnitLine = Type.Object({
  type: Codes(['task', 'duty']),
  id: Id,
  plan_id: Unknown(Id),
  title: Type.String(),
  kind: Kind,
  unit_name: Type.String(),
  from_on: Day,
  until_on: Day,
  overdue: Type.Boolean(),
  left: Type.Integer(),
  /** Who does it, when somebody is named. */
  account_name: Unknown(Type.String()),
  mine: Type.Boolean(),
})
export type UnitLine = Static<typeof UnitLine>

/** So many children within sight that they are not listed one by one: those below who do it have the list. Null: they are listed. */
const Beyond = Unknown(Type.Integer({ minimum: 0 }))

const DueNow = Type.Object({
  /** The most neglected and the soonest first; the rest by `today.due`. */
  children: Type.Array(DueChild),
  counts: Type.Object(
    Object.fromEntries(dueWhen.map((when) => [when, Type.Integer({ minimum: 0 })])) as Record<DueWhen, ReturnType<typeof Type.Integer>>,
  ),
  units: Type.Array(UnitLine),
  /** Children whose items nobody owes, for whoever answers for the unit; null for others. */
  nobody: Unknown(Type.Integer({ minimum: 0 })),
  beyond: Beyond,
}) // prettier-ignore

/** Somebody below this person's unit, and what of theirs is over and not done. */
export const Laggard = Type.Object({
  /** Null: helpers without an account, or nobody. */
  account_id: Unknown(Id),
  /** False: nobody is. */
  assigned: Type.Boolean(),
  name: Unknown(Type.String()),
  unit_id: Id,
  unit_name: Type.String(),
  children: Type.Integer(),
  items: Type.Integer(),
  /** The end of the oldest item of theirs that is over. */
  since_on: Day,
  /** Reminded by me today already. */
  reminded: Type.Boolean(),
})
export type Laggard = Static<typeof Laggard>

export const QuietUnit = Type.Object({
  unit_id: Id,
  unit_name: Type.String(),
  d14: Type.Integer(),
  d30: Type.Integer(),
  d60: Type.Integer(),
})
export type QuietUnit = Static<typeof QuietUnit>

export const QuietChild = Type.Object({
  id: Id,
  name: Type.String(),
  unit_name: Unknown(Type.String()),
  last_contact: Unknown(Act),
  quiet_days: Type.Integer(),
})
export type QuietChild = Static<typeof QuietChild>

/** A number and the query of the list of children behind it. */
const Counted = Type.Object({
  count: Type.Integer({ minimum: 0 }),
  filter: Type.Record(Type.String(), Type.String()),
})

const CalendarAddress = Type.Object({
  address: Unknown(Type.String()),
  made_at: Unknown(Moment),
})

export const Today = Type.Object({
  day: Day,
  /** 农历十月十七 */
  lunar: Type.Object({ zh: Type.String(), en: Type.String() }),
  /** The next one within two weeks. */
  festival: Unknown(
    Type.Object({ zh: Type.String(), en: Type.String(), day: Day, in_days: Type.Integer({ minimum: 0 }) }),
  ),
  /** What plans ask of this person; null while no adopted plan concerns the children or the unit. */
  due: Unknown(DueNow),
  /** Answers for people below: 落下的 and 没联系 have something to say. */
  supervises: Type.Boolean(),
  /** Null for those who see no children. */
  numbers: Unknown(Type.Object({ registered: Counted, complete: Counted })),
  /** The most frequent first. Empty for those who neither write files nor answer for them. */
  missing: Type.Array(
    Type.Object({
      requirement: Type.String(),
      count: Type.Integer(),
      filter: Type.Record(Type.String(), Type.String()),
    }),
  ),
  contradictory: Unknown(Counted),
  /** Children whose parent's place of work is in words only, so that no definition can say how far it is; null for those who write no files. */
  open_places: Unknown(Type.Integer({ minimum: 0 })),
  /** Proposals of the other side that this person may decide. */
  proposals: Unknown(Type.Object({ count: Type.Integer() })),
  /** My own rosters on their way, the newest first. */
  imports: Type.Array(
    Type.Object({
      id: Id,
      file_name: Type.String(),
      state: Codes(importStates),
      failure: Unknown(Type.String()),
      /** Children that could be written, once it is read. */
      writes: Type.Integer(),
      questions: Type.Integer(),
    }),
  ),
  /** What waits where this person also works, in the same county. Units with nothing waiting are not named. */
  elsewhere: Type.Array(
    Type.Object({
      membership_id: Id,
      unit_name: Type.String(),
      role: Codes(roleCodes),
      incomplete: Type.Integer(),
      proposals: Type.Integer(),
    }),
  ),
})
export type Today = Static<typeof Today>

export const todayOps = operations('today', {
  get: { get: '/today', may: 'signed_in', ok: Today },
  /** Every child with something owed, in the order of the page; `owner=nobody`: what nobody owes. */
  due: {
    get: '/today/due',
    may: 'children.read',
    names: true,
    query: Type.Object({
      when: Type.Optional(Codes(dueWhen)),
      owner: Type.Optional(Codes(['me', 'nobody'])),
      child_id: Type.Optional(Id),
      offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 5000 })),
      limit: PageQuery.limit,
    }),
    ok: Type.Object({ items: Type.Array(DueChild), total: Type.Integer(), beyond: Beyond }),
  },
  lagging: {
    get: '/today/lagging',
    may: 'notices.remind',
    ok: Type.Object({ items: Type.Array(Laggard), total: Type.Integer() }),
  },
  /** Those who lag (`all`, or these accounts), or who still owe an item of this duty: a notice each, once a day from each supervisor. */
  remind: {
    post: '/today/remind',
    may: 'notices.remind',
    body: Type.Union([
      Type.Object({ all: Type.Literal(true) }),
      Type.Object({ account_ids: Type.Array(Id, { minItems: 1, maxItems: 200 }) }),
      Type.Object({ duty_id: Id }),
    ]),
    ok: Type.Object({
      /** Told now. */
      told: Type.Array(Type.String()),
      /** Told before today by the same person: not told twice. */
      already: Type.Array(Type.String()),
      /** Without an account, or nobody: they hear of it only from people. */
      unreachable: Type.Integer(),
    }),
    errors: ['nobody_owes'],
    replay: 'run',
  },
  quiet: {
    get: '/today/quiet',
    may: 'notices.remind',
    ok: Type.Object({
      d14: Type.Integer(),
      d30: Type.Integer(),
      d60: Type.Integer(),
      units: Type.Array(QuietUnit),
    }),
  },
  quiet_children: {
    get: '/today/quiet/children',
    may: 'children.read',
    names: true,
    query: Type.Object({
      days: Type.Integer({ minimum: 1, maximum: 3650 }),
      unit_id: Type.Optional(Id),
      ...PageQuery,
    }),
    ok: Page(QuietChild),
  },
  /** The own address for the telephone's calendar; null: none is made. Nobody else gets to see it. */
  get_calendar: { get: '/today/calendar', may: 'plans.read', ok: CalendarAddress },
  /** Makes one, or another: the one before is void at once. */
  make_calendar: { post: '/today/calendar', may: 'plans.read', ok: CalendarAddress, replay: 'get_calendar' },
  revoke_calendar: { post: '/today/calendar/revoke', may: 'plans.read', ok: CalendarAddress, replay: 'get_calendar' },
  /** What the calendar fetches, without a session: tasks, festivals and how many items of each duty end when. No child is named. */
  calendar: { get: '/calendars/:code/:token', may: 'anyone', ok: File('text/calendar; charset=utf-8') },
})
