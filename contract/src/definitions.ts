// Definitions 口径: who counts as 留守儿童 or 流动儿童 on a day. The answer is worked out from dated facts and never stored: 民政 (both
// parents away, or one away and the other unable, six months on end, across a county), 教育 (非/单亲/双亲留守), 流动, and a county's own.
// A definition is a row with the days it holds; a new version ends the one before, so last year's numbers stay what they were.
//
// An answer is yes, no or cannot say; cannot say names the facts that would settle it, and never counts as no. On any two days the
// answers can be compared: who came in, who went out, who grew out of it. Those lists propose an act (退出, 恢复); a person does it.
import { answerCodes, categoryCodes } from './definitions.codes.ts'
import { Codes, Day, Id, operations, Page, PageQuery, Text, Type, Unknown, type Static } from './kernel.ts'

export const definitionRules = {
  mca: { zh: '父母都外出，或一方外出、另一方无监护能力', en: 'both parents away, or one away and the other unable' },
  moe: { zh: '父母至少一方外出', en: 'at least one parent away' },
  migrant: { zh: '跟着父母或监护人离开户籍地居住', en: 'living with a parent or guardian away from the place of registration' },
} as const // prettier-ignore
export type DefinitionRule = keyof typeof definitionRules
export const definitionRuleCodes = Object.keys(definitionRules) as DefinitionRule[]

const DefinitionBody = {
  name: Text(40),
  rule: Codes(definitionRuleCodes),
  /** Not counted from this birthday on; null: any age. */
  under_age: Unknown(Type.Integer({ minimum: 1, maximum: 20 })),
  /** Months on end; null: as stated, however long. */
  months: Unknown(Type.Integer({ minimum: 1, maximum: 24 })),
  /** The border that must be crossed; null: none. */
  across: Unknown(Codes(['county', 'township'])),
  /** A stay at home of at most so many days does not end an absence. */
  visit_days: Type.Integer({ minimum: 0, maximum: 120 }),
  source: Text(300),
}

export const DefinitionRow = Type.Object({
  id: Id,
  code: Type.String(),
  name_en: Unknown(Type.String()),
  ...DefinitionBody,
  from_on: Day,
  until_on: Unknown(Day),
  /** The version that holds today. */
  in_force: Type.Boolean(),
  version: Type.Integer(),
})
export type DefinitionRow = Static<typeof DefinitionRow>

/** Why somebody does not count: the first piece of the definition that does not hold. */
export const notBecauseCodes = ['too_old', 'nobody_away', 'other_parent_there', 'not_far', 'not_long', 'not_elsewhere', 'not_long_here', 'no_parent_here'] as const // prettier-ignore

export const DefinitionAnswer = Type.Object({
  definition_id: Id,
  code: Type.String(),
  name: Type.String(),
  name_en: Unknown(Type.String()),
  source: Type.String(),
  answer: Codes(answerCodes),
  category: Unknown(Codes(categoryCodes)),
  /** What to ask, by the codes of `missingFacts`. */
  missing: Type.Array(Type.String()),
  because: Unknown(Codes(notBecauseCodes)),
})
export type DefinitionAnswer = Static<typeof DefinitionAnswer>

export const turnKinds = ['enters', 'leaves', 'ages_out', 'unclear'] as const
export const Turn = Type.Object({
  child_id: Id,
  child_name: Type.String(),
  version: Type.Integer(),
  status: Codes(['registered', 'exited']),
  kind: Codes(turnKinds),
  /** The day the answer turned, and what it was before and is since. */
  on: Day,
  before: Unknown(Codes(answerCodes)),
  now: Codes(answerCodes),
  missing: Type.Array(Type.String()),
  /** What the list proposes; null where the file stands right already. */
  proposes: Unknown(Codes(['exit', 'restore', 'ask'])),
})
export type Turn = Static<typeof Turn>

export const definitionOps = operations('definitions', {
  /** The versions of every definition, those in force first. */
  list: { get: '/definitions', may: 'signed_in', ok: Type.Object({ items: Type.Array(DefinitionRow) }) },
  /** Another version of a definition (`code`), or a county's own (no code). */
  add: {
    post: '/definitions',
    may: 'definitions.write',
    body: Type.Object({ id: Id, code: Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9_]{1,39}$' })), ...DefinitionBody, from_on: Day }),
    ok: DefinitionRow,
    errors: ['definition_before', 'definition_name_taken'],
    replay: 'get',
  },
  get: { get: '/definitions/:id', may: 'signed_in', ok: DefinitionRow },
  /** From that day on it holds no longer. */
  end: {
    post: '/definitions/:id/end',
    may: 'definitions.write',
    body: Type.Object({ version: Type.Integer(), until_on: Day }),
    ok: DefinitionRow,
    errors: ['definition_ended', 'definition_days'],
    replay: 'get',
  },
  /** What one child is by every definition in force on a day, and why. */
  of_child: {
    get: '/children/:child_id/definitions',
    may: 'children.read',
    names: true,
    query: Type.Object({ on: Type.Optional(Day) }),
    ok: Type.Object({ on: Day, hidden: Type.Boolean(), items: Type.Array(DefinitionAnswer) }),
  },
  /** Of the children the reader sees: whose answer turned between two days. */
  turns: {
    get: '/definitions/turns/:code',
    may: 'children.read',
    names: true,
    query: Type.Object({ from: Day, until: Day, kind: Type.Optional(Codes(turnKinds)), ...PageQuery }),
    ok: Page(Turn),
    errors: ['no_definition_then', 'turns_days'],
  },
  /** How many count, on one day, of the registered children the reader sees. */
  tally: {
    get: '/definitions/tally/:code',
    may: 'children.read',
    query: Type.Object({ on: Day }),
    ok: Type.Object({
      on: Day,
      definition_id: Id,
      yes: Type.Integer(),
      no: Type.Integer(),
      cannot_say: Type.Integer(),
      /** Of those who count. */
      categories: Type.Record(Type.String(), Type.Integer()),
      /** Facts that keep answers open, the most frequent first. */
      missing: Type.Array(Type.Object({ fact: Type.String(), count: Type.Integer() })),
    }),
    errors: ['no_definition_then'],
  },
}) // prettier-ignore
