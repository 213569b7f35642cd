// Survey rounds 摸底: once through a whole unit, every household seen, within set days. A round lists the registered children of the unit
// with their households; at the door one tap says 无变化, or what was learnt is written down. Each visit is also a record (`survey`) of the
// children it was about, so it stands in their files, counts for duties and prints in ledgers; here it only says who is still to be seen.
//
// waiting → no_change · changed · not_home · refused · moved. What was said can be said anew while the round is open: the record before is
// withdrawn, the new one takes its place. A child found at the door is given a file and joins the round. Closing keeps the numbers.
// Reasons and requests are codes, so that they can be counted against one another; who they are about stays in the file.
import { Codes, Day, File, Id, operations, Page, PageQuery, Text, Type, Unknown, type Static } from './kernel.ts'

export const visitStates = {
  waiting: { zh: '还没去', en: 'not seen yet' },
  no_change: { zh: '无变化', en: 'no change' },
  changed: { zh: '有变化', en: 'changed' },
  not_home: { zh: '没有人在', en: 'nobody home' },
  refused: { zh: '不愿意说', en: 'would not answer' },
  moved: { zh: '搬走了', en: 'moved away' },
} as const
export type VisitState = keyof typeof visitStates
export const visitStateCodes = Object.keys(visitStates) as VisitState[]
/** What can be said at the door. */
export const saidStates = visitStateCodes.filter((state) => state !== 'waiting')
/** Seen: somebody spoke for the child. */
export const seenStates: readonly VisitState[] = ['no_change', 'changed', 'moved']

/** What a round's children are listed by: the classes of a school, the villages of a township or county, else groups and grids. */
export const roundParts = ['class', 'village', 'group'] as const
export type RoundPart = (typeof roundParts)[number]

export const surveyCan = {
  visit: (round: { state: string }) => round.state === 'open',
  close: (round: { state: string }) => round.state === 'open',
}

const Count = Type.Integer({ minimum: 0 })
export const Round = Type.Object({
  id: Id,
  unit_id: Id,
  unit_name: Type.String(),
  title: Type.String(),
  from_on: Day,
  until_on: Day,
  state: Codes(['open', 'closed']),
  by: Codes(roundParts),
  /** Of the children the reader sees. */
  children: Count,
  counts: Type.Unsafe<Record<VisitState, number>>(Type.Record(Codes(visitStateCodes), Count)),
  may_lead: Type.Boolean(),
  version: Type.Integer(),
})
export type Round = Static<typeof Round>

/** One part of the board; `key` is what the list is asked for by. Both null: the reader does not know, or nobody wrote it down. */
const Board = Type.Object({
  key: Unknown(Type.String()),
  name: Unknown(Type.String()),
  children: Count,
  seen: Count,
  not_home: Count,
})

export const Visit = Type.Object({
  id: Id,
  child_id: Id,
  name: Type.String(),
  /** Children of one household share it; null: no household is known. */
  household_id: Unknown(Id),
  /** The part of the round the child belongs to, by name: class, village, villager group or grid. */
  group: Unknown(Type.String()),
  address: Unknown(Type.String()),
  carer: Unknown(Type.String()),
  /** The facts the file still lacks: what to ask about. */
  missing: Count,
  state: Codes(visitStateCodes),
  visited_on: Unknown(Day),
  by_name: Unknown(Type.String()),
  record_id: Unknown(Id),
  note: Unknown(Type.String()),
  version: Type.Integer(),
})
export type Visit = Static<typeof Visit>

/** Counted codes of the round's records; one row for each pair that occurs. */
const Cross = Type.Object({
  reasons: Type.Array(Type.Object({ code: Type.String(), children: Count })),
  requests: Type.Array(Type.Object({ code: Type.String(), children: Count })),
  pairs: Type.Array(Type.Object({ reason: Type.String(), request: Type.String(), children: Count })),
})

/** Against the round before it in the same unit. */
const Differences = Type.Object({
  before_title: Type.String(),
  joined: Count,
  left: Count,
  newly_not_home: Count,
})

export const surveyOps = operations('surveys', {
  list: {
    get: '/surveys',
    may: 'children.read',
    query: Type.Object({ state: Type.Optional(Codes(['open', 'closed'])), ...PageQuery }),
    ok: Page(Round),
  },
  get: {
    get: '/surveys/:id',
    may: 'children.read',
    ok: Type.Intersect([
      Round,
      Type.Object({ boards: Type.Array(Board), cross: Cross, differences: Unknown(Differences) }),
    ]),
  },
  /** Begins at once, with everybody registered in the unit. */
  open: {
    post: '/surveys',
    may: 'surveys.lead',
    body: Type.Object({
      id: Id,
      title: Text(100),
      /** Left out: the actor's own unit. */
      unit_id: Type.Optional(Id),
      from_on: Day,
      until_on: Day,
    }),
    ok: Round,
    errors: ['survey_days', 'survey_nobody'],
    replay: 'get',
  },
  visits: {
    get: '/surveys/:id/visits',
    may: 'children.read',
    names: true,
    query: Type.Object({
      state: Type.Optional(Codes([...visitStateCodes, 'seen'] as const)),
      /** The `key` of a part of the board. */
      group: Type.Optional(Type.String({ maxLength: 50 })),
      q: Type.Optional(Type.String({ maxLength: 60 })),
      ...PageQuery,
    }),
    ok: Page(Visit),
  },
  /** One household is one call: what is said holds for all the children named. */
  say: {
    post: '/surveys/:id/say',
    may: 'records.write',
    body: Type.Object({
      /** Id of the record that is written. */
      id: Id,
      visit_ids: Type.Array(Id, { minItems: 1, maxItems: 20, uniqueItems: true }),
      state: Codes(saidStates),
      visited_on: Day,
      note: Type.Optional(Text(2000)),
      /** Why the parents are away: codes of the record's own list. */
      reasons: Type.Optional(Type.Array(Type.String({ maxLength: 30 }), { maxItems: 10 })),
      /** What the family asks for; the request then has an owner and is answered as a thread of records. */
      request_about: Type.Optional(Type.String({ maxLength: 30 })),
      /** Who of the family confirmed it. */
      confirmed_by: Type.Optional(Text(60)),
    }),
    ok: Type.Object({ id: Id, items: Type.Array(Visit) }),
    errors: ['survey_closed', 'survey_day'],
    queued: true,
    replay: 'said',
  },
  /** What a `say` left. */
  said: {
    get: '/surveys/said/:id',
    may: 'records.write',
    names: true,
    ok: Type.Object({ id: Id, items: Type.Array(Visit) }),
  },
  /** Takes back what was said: the household is waited for again, the record is withdrawn. */
  unsay: {
    post: '/surveys/:id/unsay',
    may: 'records.write',
    body: Type.Object({ record_id: Id }),
    ok: Type.Object({ items: Type.Array(Visit) }),
    errors: ['survey_closed', 'record_not_yours', 'record_withdrawn'],
    replay: 'run',
  },
  /** Children with a file who are not in the round yet: those found at the door, and newcomers. Without ids: all of them. */
  join: {
    post: '/surveys/:id/join',
    may: 'records.write',
    body: Type.Object({ child_ids: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 200 })) }),
    ok: Type.Object({ joined: Count }),
    errors: ['survey_closed'],
    replay: 'run',
  },
  close: {
    post: '/surveys/:id/close',
    may: 'surveys.lead',
    body: Type.Object({ version: Type.Integer() }),
    ok: Round,
    errors: ['survey_closed'],
    replay: 'get',
  },
  /** 摸底报告, as Word: numbers, reasons, requests, differences; no child's name. */
  report: {
    get: '/surveys/:id/report',
    may: 'children.export',
    ok: File('application/vnd.openxmlformats-officedocument.wordprocessingml.document'),
    logs: 'opening',
  },
})
