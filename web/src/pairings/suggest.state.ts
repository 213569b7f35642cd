// A suggestion while somebody works on it: pairs with their locks, and who waits. Nothing here is sent before it is confirmed.
import type { Answer } from '@nuanyang/contract/kernel.ts'
import type { matchOps, MatchReason, UnmatchedReason } from '@nuanyang/contract/pairings.matching.ts'

export type Suggestion = Answer<typeof matchOps.suggest>

export interface DraftPair {
  child_id: string
  helper_id: string
  reasons: readonly MatchReason[]
  locked: boolean
}
export interface Draft {
  pairs: readonly DraftPair[]
  without: Readonly<Record<string, UnmatchedReason>>
  /** Child and helper that were taken apart: not suggested again. */
  apart: readonly { child_id: string; helper_id: string }[]
}

export const emptyDraft: Draft = { pairs: [], without: {}, apart: [] }

/** A fresh answer; what was locked stays so. */
export function received(answer: Suggestion, before: Draft): Draft {
  const locked = new Set(before.pairs.filter((pair) => pair.locked).map((pair) => pair.child_id))
  return {
    pairs: answer.pairs.map((pair) => ({ ...pair, locked: locked.has(pair.child_id) })),
    without: Object.fromEntries(answer.without.map((one) => [one.child_id, one.why])),
    apart: before.apart,
  }
}

/** What the next question to the server says. */
export function question(draft: Draft) {
  return {
    locked: draft.pairs.filter((pair) => pair.locked).map(({ child_id, helper_id }) => ({ child_id, helper_id })),
    apart: [...draft.apart],
    left_out: Object.entries(draft.without).flatMap(([id, why]) => (why === 'left_out' ? [id] : [])),
  }
}

/** Moves a child to a helper and locks the pair. A full helper gives up a child whose pair is not locked; null when all are. */
export function moved(
  draft: Draft,
  to: { child_id: string; helper_id: string; reasons: readonly MatchReason[] },
  room: number,
): Draft | null {
  const others = draft.pairs.filter((pair) => pair.child_id !== to.child_id)
  const there = others.filter((pair) => pair.helper_id === to.helper_id)
  const yields = there.length >= room ? there.findLast((pair) => !pair.locked) : undefined
  if (there.length >= room && !yields) return null
  const { [to.child_id]: _back, ...without } = draft.without
  return {
    pairs: [...others.filter((pair) => pair !== yields), { ...to, locked: true }],
    without: yields ? { ...without, [yields.child_id]: 'no_room' } : without,
    apart: draft.apart,
  }
}

export function locked(draft: Draft, child_id: string, lock: boolean): Draft {
  return { ...draft, pairs: draft.pairs.map((pair) => (pair.child_id === child_id ? { ...pair, locked: lock } : pair)) }
}

export function leftOut(draft: Draft, child_id: string): Draft {
  return {
    ...draft,
    pairs: draft.pairs.filter((pair) => pair.child_id !== child_id),
    without: { ...draft.without, [child_id]: 'left_out' },
  }
}

/** The child waits for the next suggestion, which will not be this helper. */
export function takenApart(draft: Draft, child_id: string): Draft {
  const pair = draft.pairs.find((each) => each.child_id === child_id)
  if (!pair) return draft
  return {
    pairs: draft.pairs.filter((each) => each !== pair),
    without: { ...draft.without, [child_id]: 'nobody_near' },
    apart: [...draft.apart, { child_id, helper_id: pair.helper_id }],
  }
}

/** Somebody who was to wait may be suggested again. */
export function backIn(draft: Draft, child_id: string): Draft {
  const { [child_id]: _why, ...without } = draft.without
  return { ...draft, without }
}
