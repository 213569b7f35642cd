// Plans 工作计划: what a unit set itself to do. A plan goes in as people write it (plans.reading.ts), is looked through item by item,
// talked over, adopted; from that day its duties are owed, and when it closes its numbers are kept.
//
// draft → in_discussion → adopted → closed; a draft goes back from discussion; any but a closed one can be withdrawn with a reason.
// Nothing is owed before adoption. What was adopted is never edited: a change ends the old duty on a day and opens its successor
// (`replaces_id`), so September's rate can't change in November. Items leave a draft by `drop` and can be put back.
//
// A township or county issues an adopted plan down; a village or school takes it up as its own draft, may add, and may not remove or
// weaken what came from above while that plan holds. People of a unit see its plans and, once they are talked over, those of the units
// above and of linked ones. Writing (plans.write) and adopting (plans.adopt) are for the own unit and those below.
import { archetypes, type Archetype } from '@nuanyang/domain/values/archetypes.ts'
import {
  Codes,
  Day,
  File,
  Id,
  Moment,
  Nothing,
  operations,
  Page,
  PageQuery,
  Text,
  Type,
  Unknown,
  type Static,
} from './kernel.ts'
import { DutyFields, itemTypes, PlanEdit, PlanItems, PlanTask, Responsible, TaskFields } from './plans.items.ts'
import { ReadProblem } from './plans.reading.ts'

export const planStates = {
  draft: { zh: '草稿', en: 'draft' },
  in_discussion: { zh: '讨论中', en: 'in discussion' },
  adopted: { zh: '在做', en: 'under way' },
  closed: { zh: '已结束', en: 'closed' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
} as const
export type PlanState = keyof typeof planStates
const planStateCodes = Object.keys(planStates) as PlanState[]

type InState = { state: PlanState }
/** What may be done in which state: the same rules grey the buttons out. */
export const planCan = {
  edit: ({ state }: InState) => state === 'draft' || state === 'in_discussion',
  discuss: ({ state, confirmed_at }: InState & { confirmed_at: string | null }) =>
    state === 'draft' && confirmed_at !== null,
  return_to_draft: ({ state }: InState) => state === 'in_discussion',
  comment: ({ state }: InState) => state === 'draft' || state === 'in_discussion' || state === 'adopted',
  agree: ({ state }: InState) => state === 'in_discussion',
  adopt: ({ state, confirmed_at }: InState & { confirmed_at: string | null }) =>
    (state === 'draft' || state === 'in_discussion') && confirmed_at !== null,
  /** End a duty, open its successor, add one: after adoption. */
  change_duty: ({ state }: InState) => state === 'adopted',
  issue: ({ state }: InState) => state === 'adopted',
  close: ({ state }: InState) => state === 'adopted',
  withdraw: ({ state }: InState) => state !== 'closed' && state !== 'withdrawn',
}

/** A task's life: open → done (and back) or dropped with a reason (and back). */
export const taskCan = {
  finish: ({ state }: { state: PlanTask['state'] }) => state === 'open',
  drop: ({ state }: { state: PlanTask['state'] }) => state === 'open',
  reopen: ({ state }: { state: PlanTask['state'] }) => state !== 'open',
}

/** Civil affairs count for villages, communities and committees; schools and offices count as the school register does. */
export const definitionOfArchetype: Readonly<Record<Archetype, string>> = {
  village: 'mca', community: 'mca', committee: 'mca', school: 'moe', agency: 'moe',
} // prettier-ignore

const ArchetypeCode = Codes(archetypes.map(({ code }) => code))
const Definition = Type.String({ pattern: '^[a-z_]{1,40}$' })
const Version = Type.Integer({ minimum: 1 })
const Count = Type.Integer({ minimum: 0 })

/** Children whom the plan is for, counted by its definition over the unit's links of one kind. */
export const PlanMembers = Type.Object({
  definition: Type.String(),
  /** Which link counts: school and class by `class`, office by `partner`, committee and station by `station`, else `residence`. */
  as: Codes(['residence', 'villager_group', 'grid', 'class', 'partner', 'station']),
  /** Registered children of the unit. */
  registered: Count,
  /** Yes by the definition. */
  members: Count,
  /** Facts are missing to say; counted as members until they are known. */
  cannot_say: Count,
  /** Of the members, those in focus. */
  priority: Count,
  pairs: Count,
})
export type PlanMembers = Static<typeof PlanMembers>

export const PlanHead = Type.Object({
  id: Id,
  title: Type.String(),
  unit_id: Id,
  unit_name: Type.String(),
  archetype: Unknown(ArchetypeCode),
  state: Codes(planStateCodes),
  from_on: Day,
  until_on: Day,
  confirmed_at: Unknown(Moment),
  adopted_on: Unknown(Day),
  closed_on: Unknown(Day),
  /** The actor's own unit or one below. */
  mine: Type.Boolean(),
  goals: Count,
  duties: Count,
  tasks: Count,
  tasks_done: Count,
})
export type PlanHead = Static<typeof PlanHead>

export const Plan = Type.Object({
  id: Id,
  title: Type.String(),
  unit_id: Id,
  unit_name: Type.String(),
  unit_kind: Type.String(),
  archetype: Unknown(ArchetypeCode),
  state: Codes(planStateCodes),
  definition: Definition,
  from_on: Day,
  until_on: Day,
  /** As it came in, to the letter; null for a plan made from a template or by hand. */
  text: Unknown(Type.String()),
  reading_id: Unknown(Id),
  /** Remarks of the reader; `aside` holds the numbers of those that were seen and left. */
  problems: Type.Array(ReadProblem),
  aside: Type.Array(Type.Integer()),
  /** The text names no months: from_on and until_on are a guess. */
  period_unread: Type.Boolean(),
  template: Unknown(Type.String()),
  replaces_id: Unknown(Id),
  issued_from: Unknown(
    Type.Object({ id: Id, title: Type.String(), unit_name: Type.String(), state: Codes(planStateCodes), withdrawn_reason: Unknown(Type.String()) }),
  ),
  confirmed_at: Unknown(Moment),
  changed_at: Unknown(Moment),
  discussion_on: Unknown(Day),
  adopted_on: Unknown(Day),
  adopted_by_name: Unknown(Type.String()),
  adoption: Unknown(PlanMembers),
  closed_on: Unknown(Day),
  /** The numbers of the day it closed. */
  closing: Unknown(Type.Unknown()),
  withdrawn_at: Unknown(Moment),
  withdrawn_reason: Unknown(Type.String()),
  mine: Type.Boolean(),
  version: Version,
  items: PlanItems,
  dropped: Type.Array(Type.Object({ type: Codes(itemTypes), id: Id, title: Type.String() })),
}) // prettier-ignore
export type Plan = Static<typeof Plan>

/** What stands between a plan and its adoption, in words, with the item it is about. */
export const AdoptionHindrance = Type.Object({
  code: Codes(['nothing_to_do', 'rhythm_open', 'target_over_100', 'goals_contradict', 'period_unread', 'over', 'not_confirmed']),
  item_id: Unknown(Id),
  zh: Type.String(),
  en: Type.String(),
}) // prettier-ignore
export type AdoptionHindrance = Static<typeof AdoptionHindrance>

export const PlanReadingAnswer = Type.Object({
  id: Id,
  plans: Type.Array(Type.Object({ id: Id, title: Type.String(), state: Codes(planStateCodes) })),
  /** About the file itself: pictures passed over, text cut. */
  notes: Type.Array(Type.Object({ code: Type.String(), zh: Type.String(), en: Type.String() })),
})

export const PlanComment = Type.Object({
  id: Id,
  target_type: Codes(['plan', ...itemTypes]),
  target_id: Unknown(Id),
  stance: Codes(['comment', 'agree']),
  text: Type.String(),
  by_name: Type.String(),
  by_me: Type.Boolean(),
  at: Moment,
  /** Agreed to an earlier state: items changed since. */
  outdated: Type.Boolean(),
  answer: Unknown(Type.String()),
  answered_by_name: Unknown(Type.String()),
})
export type PlanComment = Static<typeof PlanComment>

/** A duty that a rule asks for: what, for whom, how often, and where it is written. */
export const PolicyDuty = Type.Object({
  code: Type.String({ pattern: '^[a-z0-9_]{1,40}$' }),
  title: Text(200),
  kind: DutyFields.kind,
  subject: DutyFields.subject,
  rhythm: DutyFields.rhythm,
  responsible: DutyFields.responsible,
  source: Text(200),
  archetypes: Type.Array(ArchetypeCode),
  /** No longer offered from this day on; it stays in the list so that it can be looked at and put back. */
  ended_on: Type.Optional(Unknown(Day)),
})
export type PolicyDuty = Static<typeof PolicyDuty>

export const PlanVersionHead = Type.Object({
  id: Id,
  number: Type.Integer(),
  why: Codes(['confirmed', 'discussed', 'saved', 'adopted', 'changed']),
  made_at: Moment,
  made_by_name: Unknown(Type.String()),
})
export type PlanVersionHead = Static<typeof PlanVersionHead>

/** To whom a plan was issued, and what became of it there. */
export const PlanIssue = Type.Object({
  id: Id,
  unit_id: Id,
  unit_name: Type.String(),
  issued_at: Moment,
  taken_plan_id: Unknown(Id),
  taken_state: Unknown(Codes(planStateCodes)),
})
export type PlanIssue = Static<typeof PlanIssue>

export const WaitingIssue = Type.Object({
  id: Id,
  plan_id: Id,
  title: Type.String(),
  from_name: Type.String(),
  unit_name: Type.String(),
  issued_at: Moment,
})
export type WaitingIssue = Static<typeof WaitingIssue>

const reads = ['plan_unread', 'plan_file_unreadable'] as const
const wrong = ['plan_state'] as const
const ReadingFields = { id: Id, unit_id: Type.Optional(Id) }

export const planOps = operations('plans', {
  list: {
    get: '/plans',
    may: 'plans.read',
    query: Type.Object({
      unit_id: Type.Optional(Id),
      /** `open`: what is not closed or withdrawn. */
      state: Type.Optional(Codes(['open', ...planStateCodes, 'all'])),
      ...PageQuery,
    }),
    ok: Page(PlanHead),
  },
  get: { get: '/plans/:id', may: 'plans.read', ok: Plan },
  /** Pasted text becomes one draft for each plan in it. `year`: the calendar year of the first month, when the text leaves it open. */
  read: {
    post: '/plans/read',
    may: 'plans.write',
    body: Type.Object({
      ...ReadingFields,
      text: Type.String({ minLength: 1, maxLength: 600_000 }),
      year: Type.Optional(Type.Integer({ minimum: 1990, maximum: 2100 })),
    }),
    ok: PlanReadingAnswer,
    errors: reads,
    replay: 'get_reading',
  },
  /** The same from a .txt, .md or .docx file. */
  read_file: {
    post: '/plans/read-file',
    may: 'plans.write',
    upload: true,
    body: Type.Object(ReadingFields),
    ok: PlanReadingAnswer,
    errors: reads,
    replay: 'get_reading',
  },
  get_reading: { get: '/plan_readings/:id', may: 'plans.read', ok: PlanReadingAnswer },
  /** An empty plan, a template's items, or last year's plan carried over: its items with their months moved by as many months as the plan begins later. */
  create: {
    post: '/plans',
    may: 'plans.write',
    body: Type.Object({
      id: Id,
      unit_id: Type.Optional(Id),
      title: Text(200),
      archetype: Type.Optional(ArchetypeCode),
      from_on: Day,
      until_on: Day,
      /** Begins with the items of this template. */
      template: Type.Optional(ArchetypeCode),
      carry_from_id: Type.Optional(Id),
    }),
    ok: Plan,
    errors: ['plan_days'],
    replay: 'get',
  },
  /** Title, days, definition: while it is a draft. */
  change: {
    post: '/plans/:id/change',
    may: 'plans.write',
    body: Type.Object({
      version: Version,
      title: Type.Optional(Text(200)),
      archetype: Type.Optional(ArchetypeCode),
      from_on: Type.Optional(Day),
      until_on: Type.Optional(Day),
      definition: Type.Optional(Definition),
    }),
    ok: Plan,
    errors: ['plan_state', 'plan_days', 'plan_definition'],
    replay: 'get',
  },
  /** Items: added, changed, dropped, put back, split, merged, linked. All of them, or none. */
  edit: {
    post: '/plans/:id/edit',
    may: 'plans.write',
    body: Type.Object({ version: Version, edits: Type.Array(PlanEdit, { minItems: 1, maxItems: 500 }) }),
    ok: Plan,
    errors: ['plan_state', 'plan_item_gone', 'plan_item_issued', 'plan_target_over', 'plan_month_outside', 'plan_person'],
    replay: 'get',
  },
  /** Looked through: 存成草稿. */
  confirm: { post: '/plans/:id/confirm', may: 'plans.write', body: Type.Object({ version: Version }), ok: Plan, errors: wrong, replay: 'get' },

  start_discussion: { post: '/plans/:id/discuss', may: 'plans.write', body: Type.Object({ version: Version }), ok: Plan, errors: wrong, replay: 'get' },
  return_to_draft: { post: '/plans/:id/return', may: 'plans.write', body: Type.Object({ version: Version }), ok: Plan, errors: wrong, replay: 'get' },
  comments: { get: '/plans/:id/comments', may: 'plans.read', ok: Type.Object({ items: Type.Array(PlanComment) }) },
  comment: {
    post: '/plans/:id/comments',
    may: 'plans.read',
    body: Type.Object({ id: Id, target_type: Codes(['plan', ...itemTypes]), target_id: Unknown(Id), text: Text(2000) }),
    ok: Nothing,
    errors: ['plan_state', 'plan_item_gone'],
    replay: 'run',
  },
  /** Once for each person and state of the plan. */
  agree: { post: '/plans/:id/agree', may: 'plans.read', body: Type.Object({ id: Id, text: Type.Optional(Text(2000)) }), ok: Nothing, errors: wrong, replay: 'run' },
  answer_comment: { post: '/plan_comments/:id/answer', may: 'plans.write', body: Type.Object({ answer: Text(2000) }), ok: Nothing, replay: 'run' },

  /** For how many children, and what still stands in the way. */
  adoption: { get: '/plans/:id/adoption', may: 'plans.read', ok: Type.Object({ members: PlanMembers, hindrances: Type.Array(AdoptionHindrance) }) },
  adopt: {
    post: '/plans/:id/adopt',
    may: 'plans.adopt',
    body: Type.Object({ version: Version, adopted_on: Day }),
    ok: Plan,
    errors: ['plan_state', 'plan_adopted_already', 'plan_not_ready', 'plan_days'],
    replay: 'get',
  },
  close: { post: '/plans/:id/close', may: 'plans.adopt', body: Type.Object({ version: Version, closed_on: Day }), ok: Plan, errors: ['plan_state', 'plan_days'], replay: 'get' },
  withdraw: { post: '/plans/:id/withdraw', may: 'plans.write', body: Type.Object({ version: Version, reason: Text(300) }), ok: Plan, errors: ['plan_state', 'plan_item_issued'], replay: 'get' },
  /** After adoption: the duty ends the day before, its successor begins on `from_on`; without `duty_id` one is added. */
  change_duty: {
    post: '/plans/:id/duties',
    may: 'plans.adopt',
    body: Type.Object({ version: Version, id: Id, duty_id: Unknown(Id), from_on: Day, reason: Text(300), to: Type.Object(DutyFields) }),
    ok: Plan,
    errors: ['plan_state', 'plan_item_gone', 'plan_item_issued', 'plan_days', 'plan_rhythm_open', 'plan_person'],
    replay: 'get',
  },
  stop_duty: {
    post: '/plans/:id/duties/stop',
    may: 'plans.adopt',
    body: Type.Object({ version: Version, duty_id: Id, until_on: Day, reason: Text(300) }),
    ok: Plan,
    errors: ['plan_state', 'plan_item_gone', 'plan_item_issued', 'plan_days'],
    replay: 'get',
  },

  /** Duties that rules ask for, each with its source: the county's own list, else the one that comes with the product. */
  policies: { get: '/plan_policies', may: 'plans.read', ok: Type.Object({ own: Type.Boolean(), items: Type.Array(PolicyDuty) }) },
  /** Replaces the county's list; null: back to the one that comes with the product. */
  set_policies: {
    post: '/plan_policies',
    may: 'plans.adopt',
    body: Type.Object({ items: Type.Union([Type.Array(PolicyDuty, { maxItems: 100 }), Type.Null()]) }),
    ok: Type.Object({ own: Type.Boolean(), items: Type.Array(PolicyDuty) }),
    errors: ['plan_policies_county'],
    replay: 'policies',
  },

  /** The text as it came (`text`), the plan made from its items (`plan`, with 责任分工表 as its attachment), or that table alone. */
  print: {
    get: '/plans/:id/print',
    may: 'plans.read',
    query: Type.Object({ what: Codes(['plan', 'text', 'division']), format: Codes(['docx', 'pdf']) }),
    ok: File('application/octet-stream'),
  },
  versions: { get: '/plans/:id/versions', may: 'plans.read', ok: Type.Object({ items: Type.Array(PlanVersionHead) }) },
  version: { get: '/plan_versions/:id', may: 'plans.read', ok: Type.Object({ ...PlanVersionHead.properties, items: PlanItems }) },
  /** Keeps the items as they are now, to compare with later. */
  save_version: { post: '/plans/:id/versions', may: 'plans.write', ok: Nothing, errors: wrong, replay: 'run' },

  /** To units below, each once; whom it was issued to before is left as it is. */
  issue: {
    post: '/plans/:id/issue',
    may: 'plans.adopt',
    body: Type.Object({ unit_ids: Type.Array(Id, { minItems: 1, maxItems: 500 }) }),
    ok: Type.Object({ items: Type.Array(PlanIssue) }),
    errors: ['plan_state', 'plan_issue_unit'],
    replay: 'run',
  },
  issues: { get: '/plans/:id/issues', may: 'plans.read', ok: Type.Object({ items: Type.Array(PlanIssue) }) },
  /** What was issued to the actor's units and waits to be taken up. */
  waiting: { get: '/plan_issues', may: 'plans.read', ok: Type.Object({ items: Type.Array(WaitingIssue) }) },
  take_up: {
    post: '/plan_issues/:id/take-up',
    may: 'plans.write',
    body: Type.Object({ id: Id }),
    ok: Plan,
    errors: ['plan_issue_taken', 'plan_state'],
    replay: 'get',
  },

  task: { get: '/tasks/:id', may: 'plans.read', ok: PlanTask },
  /** What became of a meeting's resolutions: the tasks made of them. */
  tasks_of_record: {
    get: '/tasks/of-record/:id',
    may: 'plans.read',
    ok: Type.Object({ items: Type.Array(PlanTask) }),
  },
  /** Tasks of an adopted plan, or without a plan: the resolutions of a meeting (`record_id`). */
  add_tasks: {
    post: '/tasks',
    may: 'plans.write',
    body: Type.Object({
      plan_id: Unknown(Id),
      unit_id: Type.Optional(Id),
      record_id: Unknown(Id),
      tasks: Type.Array(
        Type.Object({ id: Id, title: Text(200), kind: TaskFields.kind, due_from: Day, due_until: Day, responsible: Unknown(Responsible), account_id: Unknown(Id) }),
        { minItems: 1, maxItems: 50 },
      ),
    }),
    ok: Type.Object({ items: Type.Array(PlanTask) }),
    errors: ['plan_state', 'plan_days', 'plan_person'],
    replay: 'run',
  },
  /** Who does it, and when. */
  assign_task: {
    post: '/tasks/:id/assign',
    may: 'plans.write',
    body: Type.Object({ version: Version, responsible: Unknown(Responsible), account_id: Unknown(Id), due_from: Day, due_until: Day }),
    ok: PlanTask,
    errors: ['task_state', 'plan_days', 'plan_person'],
    replay: 'task',
  },
  finish_task: {
    post: '/tasks/:id/finish',
    may: 'plans.do',
    body: Type.Object({ version: Version, done_on: Day, record_id: Unknown(Id), note: Type.Optional(Text(300)) }),
    ok: PlanTask,
    errors: ['task_state', 'task_day'],
    replay: 'task',
  },
  drop_task: { post: '/tasks/:id/drop', may: 'plans.write', body: Type.Object({ version: Version, reason: Text(300) }), ok: PlanTask, errors: ['task_state', 'plan_item_issued'], replay: 'task' },
  reopen_task: { post: '/tasks/:id/reopen', may: 'plans.write', body: Type.Object({ version: Version }), ok: PlanTask, errors: ['task_state'], replay: 'task' },

  /** Who can be named for a duty or a task: people with an account in the plan's unit or below. */
  people: {
    get: '/plans/:id/people',
    may: 'plans.read',
    ok: Type.Object({ items: Type.Array(Type.Object({ account_id: Id, name: Type.String(), role: Type.String(), unit_name: Type.String() })) }),
  },
}) // prettier-ignore
