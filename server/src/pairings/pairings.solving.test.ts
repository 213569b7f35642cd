// The matching is the best there is: proven by the bound of the linear programme at size, by trying everything when it is small.
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { Highs } from 'highs'
import { loadHighs, solveMatching, type MatchProblem } from './pairings.solving.ts'

let highs: Highs
beforeAll(async () => {
  highs = await loadHighs()
})

/** Every way to give each child nobody or a helper with room. */
function bruteForce({ children, room, score, spread, begun }: MatchProblem): number {
  const left = [...room]
  const taken = begun.map((each) => (each ? 1 : 0))
  const best = (child: number): number => {
    if (child === children) return 0
    let most = best(child + 1)
    for (let helper = 0; helper < room.length; helper++) {
      const weight = score(child, helper)
      if (left[helper] === 0 || weight <= 0) continue
      left[helper]!--
      const off = taken[helper]! > 0 ? spread : 0
      taken[helper]!++
      most = Math.max(most, weight - off + best(child + 1))
      taken[helper]!--
      left[helper]!++
    }
    return most
  }
  return best(0)
}

const small = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 4 })).chain(([children, helpers]) =>
  fc.record({
    children: fc.constant(children),
    room: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: helpers, maxLength: helpers }),
    begun: fc.array(fc.boolean(), { minLength: helpers, maxLength: helpers }),
    table: fc.array(fc.constantFrom(0, 0, 5, 8, 20, 40, 208, 220, 1040), {
      minLength: children * helpers,
      maxLength: children * helpers,
    }),
  }),
)

test('small matchings are as good as the best of all ways, and the bound says so', () => {
  fc.assert(
    fc.property(small, ({ children, room, begun, table }) => {
      const problem: MatchProblem = {
        children,
        room,
        begun,
        spread: 4,
        score: (child, helper) => table[child * room.length + helper]!,
      }
      const { helperOf, objective, bound } = solveMatching(highs, problem)
      const counts = room.map((_, helper) => helperOf.filter((each) => each === helper).length)
      counts.forEach((count, helper) => expect(count).toBeLessThanOrEqual(room[helper]!))
      helperOf.forEach((helper, child) => helper >= 0 && expect(problem.score(child, helper)).toBeGreaterThan(0))
      expect(objective).toBeCloseTo(bruteForce(problem), 6)
      expect(bound).toBeCloseTo(objective, 6)
    }),
    { numRuns: 300 },
  )
})

test('three hundred children of one school, all helpers alike for most: every pair is priced, the objective is the bound', () => {
  const [children, helpers] = [300, 180]
  const problem: MatchProblem = {
    children,
    room: Array.from({ length: helpers }, (_, helper) => helper % 3),
    begun: Array.from({ length: helpers }, (_, helper) => helper % 11 === 0),
    spread: 4,
    // Deterministic and crowded: the same few helpers look best to everybody.
    score: (child, helper) =>
      (child * 31 + helper * 17) % 23 === 0
        ? 0
        : 200 + (child % 9 === 0 ? 800 : 0) + (helper < 25 ? 40 : 0) + ((child * helper) % 7),
  }
  const { objective, bound, helperOf } = solveMatching(highs, problem)
  expect(objective).toBeCloseTo(bound, 4)
  // Room for 180 of 300: those in focus come first.
  for (let child = 0; child < children; child += 9) expect(helperOf[child]).toBeGreaterThanOrEqual(0)
  expect(helperOf.filter((helper) => helper >= 0)).toHaveLength(problem.room.reduce((sum, room) => sum + room, 0))
})
