// Suggested pairings 推荐结对: who has nobody and why, who could help, and the best way to bring them together, each pair with its
// reasons in words. A suggestion is nothing but an answer: somebody moves, locks, leaves out and asks again, and only what is confirmed
// becomes a pairing, under the same rules as one typed by hand.
import { Codes, Day, Id, Nothing, operations, Text, Type, Unknown, type Static } from './kernel.ts'
import { helperKindCodes, pairingGoalCodes } from './pairings.ts'

/** Why a child is on the list: in focus · the helper left · the term ended · another end · nobody so far. */
export const waitingReasons = {
  focus: { zh: '重点关爱', en: 'in focus' },
  helper_left: { zh: '原来的帮扶人不帮了', en: 'the helper left' },
  term_over: { zh: '约定的时间到了', en: 'the term is over' },
  ended: { zh: '上一对结束了', en: 'the last pairing ended' },
  never: { zh: '还没有过帮扶人', en: 'nobody so far' },
} as const
export type WaitingReason = keyof typeof waitingReasons

export const matchReasons = {
  chosen: { zh: '自己选的', en: 'chosen by hand' },
  teacher: { zh: '就是孩子的老师', en: 'is the child’s teacher' },
  known: { zh: '以前帮过', en: 'helped before' },
  same_group: { zh: '同在{words}', en: 'both in {words}' },
  subject: { zh: '能辅导{words}', en: 'can teach {words}' },
  language: { zh: '会说{words}', en: 'speaks {words}' },
  skill: { zh: '会{words}', en: 'good at {words}' },
  woman: { zh: '是女性', en: 'a woman' },
  man: { zh: '是男性', en: 'a man' },
  free_times: { zh: '{words}有空', en: 'free: {words}' },
  same_place: { zh: '同村同校', en: 'same village or school' },
  same_region: { zh: '同一个乡镇', en: 'same township' },
  nobody_yet: { zh: '还没带人', en: 'helps nobody yet' },
} as const
export type MatchReasonCode = keyof typeof matchReasons

export const MatchReason = Type.Object({
  code: Codes(Object.keys(matchReasons) as MatchReasonCode[]),
  words: Unknown(Type.String()),
})
export type MatchReason = Static<typeof MatchReason>

/** left_out: somebody said not now · nobody_near · wished_sex · no_room. */
export const unmatchedReasons = {
  left_out: { zh: '先不结对', en: 'not now' },
  nobody_near: { zh: '附近没有合适的人', en: 'nobody near fits' },
  wished_sex: { zh: '没有孩子希望的那样的人', en: 'nobody as the child wishes' },
  no_room: { zh: '合适的人都带满了', en: 'those who fit have no room' },
} as const
export type UnmatchedReason = keyof typeof unmatchedReasons

export const WaitingChild = Type.Object({
  id: Id,
  name: Type.String(),
  sex: Unknown(Codes(['male', 'female'])),
  grade: Unknown(Type.String()),
  villager_group: Unknown(Type.String()),
  focus: Type.Boolean(),
  why: Type.Object({
    code: Codes(Object.keys(waitingReasons) as WaitingReason[]),
    on: Unknown(Day),
    helper_name: Unknown(Type.String()),
    words: Unknown(Type.String()),
  }),
  goals: Type.Array(Codes(pairingGoalCodes)),
  subjects: Type.Array(Type.String()),
  languages: Type.Array(Type.String()),
  helper_sex: Unknown(Codes(['male', 'female'])),
  needs: Unknown(Type.String()),
})
export type WaitingChild = Static<typeof WaitingChild>

export const FreeHelper = Type.Object({
  id: Id,
  name: Type.String(),
  kind: Codes(helperKindCodes),
  kind_words: Unknown(Type.String()),
  villager_group: Unknown(Type.String()),
  unit_name: Type.String(),
  children: Type.Integer(),
  max_children: Type.Integer(),
})
export type FreeHelper = Static<typeof FreeHelper>

const Pair = Type.Object({ child_id: Id, helper_id: Id })
export const matchLimit = 2000

export const matchOps = operations('pairings', {
  /** Children of the actor's units without a helper, whoever waits longest for the strongest reason first. */
  waiting: {
    get: '/pairings/waiting',
    may: 'pairings.write',
    query: Type.Object({
      /** Those whom this helper leaves behind. */
      helper_id: Type.Optional(Id),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: matchLimit })),
    }),
    ok: Type.Object({ items: Type.Array(WaitingChild), total: Type.Integer() }),
  },
  suggest: {
    post: '/pairings/suggest',
    may: 'pairings.write',
    body: Type.Object({
      /** Pairs that stay as they are. */
      locked: Type.Array(Pair, { maxItems: matchLimit }),
      /** Pairs that are not to be suggested. */
      apart: Type.Array(Pair, { maxItems: matchLimit }),
      /** Children that wait. */
      left_out: Type.Array(Id, { maxItems: matchLimit }),
    }),
    ok: Type.Object({
      children: Type.Array(WaitingChild),
      helpers: Type.Array(FreeHelper),
      pairs: Type.Array(Type.Object({ child_id: Id, helper_id: Id, reasons: Type.Array(MatchReason) })),
      without: Type.Array(
        Type.Object({ child_id: Id, why: Codes(Object.keys(unmatchedReasons) as UnmatchedReason[]) }),
      ),
      /** Children without a helper; more than `children` when there are too many for one suggestion. */
      total: Type.Integer(),
    }),
    errors: ['helper_full', 'solver_away'],
    replay: 'run',
  },
  /** Why these two, for a pair moved by hand. */
  explain: {
    get: '/pairings/explain',
    may: 'pairings.write',
    query: Type.Object({ child_id: Id, helper_id: Id }),
    ok: Type.Object({ reasons: Type.Array(MatchReason), fits: Type.Boolean() }),
  },
  /** All of them or none. */
  confirm: {
    post: '/pairings/confirm',
    may: 'pairings.write',
    body: Type.Object({
      pairs: Type.Array(Type.Object({ id: Id, child_id: Id, helper_id: Id }), { minItems: 1, maxItems: matchLimit }),
      from_on: Day,
      term: Type.Optional(Text(50)),
      planned_until_on: Type.Optional(Day),
    }),
    ok: Nothing,
    errors: ['helper_full', 'not_vetted', 'already_paired', 'pairing_child_exited', 'child_has_helper', 'pairing_days'],
    queued: true,
  },
})
