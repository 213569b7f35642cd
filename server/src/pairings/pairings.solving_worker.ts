// The thread in which one matching is solved: HiGHS keeps its thread busy, and requests must not wait for it.
import { parentPort, workerData } from 'node:worker_threads'
import { scoreOf, weights, type MatchChild, type MatchHelper } from './pairings.scoring.ts'
import { loadHighs, solveMatching } from './pairings.solving.ts'

export interface MatchOrder {
  readonly children: readonly MatchChild[]
  readonly helpers: readonly MatchHelper[]
  /** By child, then helper. */
  readonly apart: readonly (readonly [string, string])[]
  /** Helpers to whom a child is locked in this suggestion. */
  readonly begun: readonly string[]
}

const { children, helpers, apart, begun } = workerData as MatchOrder
const parted = new Set(apart.map((pair) => pair.join(' ')))
const taken = new Set(begun)
const score = (child: number, helper: number) => {
  const [one, other] = [children[child]!, helpers[helper]!]
  return parted.size > 0 && parted.has(`${one.id} ${other.id}`) ? 0 : scoreOf(one, other)
}
const { helperOf, objective, bound, rounds } = solveMatching(await loadHighs(), {
  children: children.length,
  room: helpers.map((helper) => helper.room),
  score,
  spread: weights.spread,
  begun: helpers.map((helper) => taken.has(helper.id)),
})
parentPort!.postMessage({ helper_of: [...helperOf], objective, bound, rounds })
