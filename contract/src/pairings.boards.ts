// Boards 分类分组: children sorted by what they need, and each group given to one person (落实到人) with plan, times, content and what came
// of it, stage by stage. Sorting is not pairing: a board lets nobody see a child whom they did not see before.
//
// A group that helps with the mind is kept close: plan, content and effects are read and written by the person in charge and by
// counsellors; everybody else sees who answers for it and when it meets.
import { Codes, Day, File, Id, Moment, operations, Text, Type, Unknown, type Static } from './kernel.ts'

export const boardNeeds = {
  study: { zh: '学习', en: 'study' },
  life: { zh: '生活', en: 'daily life' },
  mind: { zh: '心理', en: 'mind' },
  safety: { zh: '安全', en: 'safety' },
  family: { zh: '家庭沟通', en: 'family ties' },
  other: { zh: '其他', en: 'other' },
} as const
export type BoardNeed = keyof typeof boardNeeds
export const boardNeedCodes = Object.keys(boardNeeds) as BoardNeed[]

export const boardStates = {
  draft: { zh: '正在分', en: 'draft' },
  applied: { zh: '已经落实', en: 'in effect' },
  put_away: { zh: '收起来了', en: 'put away' },
} as const
export type BoardState = keyof typeof boardStates

export const boardCan = {
  save: (board: { state: BoardState }) => board.state !== 'put_away',
  apply: (board: { state: BoardState }) => board.state === 'draft',
}

/** Whose group it is: a signed-in person of the unit, or somebody of the register who has no account. */
export const GroupOwner = Type.Object({ account_id: Unknown(Id), helper_id: Unknown(Id) })

const BoardChild = Type.Object({
  id: Id,
  name: Type.String(),
  grade: Unknown(Type.String()),
  goals: Type.Array(Type.String()),
})

export const BoardGroup = Type.Object({
  id: Id,
  name: Type.String(),
  need: Codes(boardNeedCodes),
  owner: Unknown(Type.Object({ account_id: Unknown(Id), helper_id: Unknown(Id), name: Type.String() })),
  times: Unknown(Type.String()),
  plan: Unknown(Type.String()),
  content: Unknown(Type.String()),
  /** Plan, content and stages are not the reader's; they are there or not, nobody is told. */
  closed: Type.Boolean(),
  /** The reader is in charge of it. */
  own: Type.Boolean(),
  children: Type.Array(BoardChild),
  /** Children of the group whom the reader does not see. */
  others: Type.Integer(),
  stages: Type.Array(Type.Object({ on: Day, effect: Type.String(), by_name: Type.String() })),
})
export type BoardGroup = Static<typeof BoardGroup>

const head = {
  id: Id,
  name: Type.String(),
  state: Codes(Object.keys(boardStates) as BoardState[]),
  unit_name: Type.String(),
  created_at: Moment,
  applied_on: Unknown(Day),
  version: Type.Integer(),
}
export const BoardLine = Type.Object({ ...head, groups: Type.Integer(), children: Type.Integer() })
export type BoardLine = Static<typeof BoardLine>
export const Board = Type.Object({
  ...head,
  groups: Type.Array(BoardGroup),
  /** In sight and in no group; the first 300. */
  unsorted: Type.Array(BoardChild),
})
export type Board = Static<typeof Board>

export const boardOps = operations('boards', {
  list: { get: '/boards', may: 'pairings.read', ok: Type.Object({ items: Type.Array(BoardLine) }) },
  get: { get: '/boards/:id', may: 'pairings.read', names: true, ok: Board },
  /** Who can answer for a group: staff of the actor's units and helpers of the register. */
  people: {
    get: '/boards/people',
    may: 'pairings.write',
    query: Type.Object({ q: Type.Optional(Type.String({ maxLength: 60 })) }),
    ok: Type.Object({
      items: Type.Array(
        Type.Object({ account_id: Unknown(Id), helper_id: Unknown(Id), name: Type.String(), part: Type.String() }),
      ),
    }),
  },
  /** A new board; `sorted` begins with a group for each need that the children's wishes name. */
  create: {
    post: '/boards',
    may: 'pairings.write',
    body: Type.Object({ id: Id, name: Text(100), sorted: Type.Boolean() }),
    ok: Board,
    queued: true,
    replay: 'get',
  },
  save: {
    post: '/boards/:id/save',
    may: 'pairings.write',
    body: Type.Object({
      version: Type.Integer(),
      name: Text(100),
      groups: Type.Array(
        Type.Object({
          id: Id,
          name: Text(60),
          need: Codes(boardNeedCodes),
          owner: Unknown(GroupOwner),
          times: Unknown(Text(200)),
          plan: Unknown(Text(2000)),
          content: Unknown(Text(2000)),
          child_ids: Type.Array(Id, { maxItems: 500, uniqueItems: true }),
        }),
        { maxItems: 40 },
      ),
    }),
    ok: Board,
    errors: ['board_put_away', 'child_in_two_groups', 'owner_unknown', 'not_own_group'],
    replay: 'get',
  },
  /** 落实到人: every group with children has somebody in charge, and times. */
  apply: {
    post: '/boards/:id/apply',
    may: 'pairings.write',
    body: Type.Object({ version: Type.Integer() }),
    ok: Board,
    errors: ['board_put_away', 'board_incomplete', 'not_own_group'],
    replay: 'get',
  },
  put_away: {
    post: '/boards/:id/put-away',
    may: 'pairings.write',
    body: Type.Object({ version: Type.Integer() }),
    ok: Board,
    errors: ['board_put_away', 'not_own_group'],
    replay: 'get',
  },
  /** By the person in charge: the plan of the group, and what came of a stage. */
  note: {
    post: '/boards/:id/note',
    may: 'pairings.read',
    names: true,
    body: Type.Object({
      version: Type.Integer(),
      group_id: Id,
      plan: Type.Optional(Text(2000)),
      content: Type.Optional(Text(2000)),
      stage: Type.Optional(Type.Object({ on: Day, effect: Text(1000) })),
    }),
    ok: Board,
    errors: ['board_put_away', 'not_own_group', 'stage_in_future'],
    replay: 'get',
  },
  /** 分工表 with the plan of each group, as the reader sees it. */
  print: {
    post: '/boards/:id/print',
    may: 'children.export',
    body: Type.Object({ format: Codes(['pdf', 'docx']), purpose: Text(100) }),
    ok: File('application/octet-stream'),
    logs: 'opening',
    replay: 'run',
  },
})
