// Suggesting pairings for 2,000 children and 1,200 helpers, as the thread does it: weights of all pairs, the linear programme, the proof.
// Two shapes: villages with their groups, and one school where most are alike.
import { scoreOf, weights, type MatchChild, type MatchHelper } from '../server/src/pairings/pairings.scoring.ts'
import { loadHighs, solveMatching } from '../server/src/pairings/pairings.solving.ts'
import { randomOf } from '../server/src/demo/people.ts'
import type { Bench, Result } from './harness.ts'

const subjects = ['语文', '数学', '英语', '物理']

function someCounty(children: number, helpers: number, villages: number) {
  const random = randomOf(20_261_125)
  const pick = (below: number) => Math.floor(random() * below)
  const group = () => (villages > 1 ? `${pick(villages)} ${pick(5)}` : null)
  const lessons = () => (pick(3) === 0 ? [subjects[pick(4)]!] : [])
  const dialects = () => (pick(10) === 0 ? ['苏州话'] : [])
  return {
    children: Array.from({ length: children }, (_, n): MatchChild => ({
      id: `c${n}`,
      focus: n % 10 === 0,
      wants_sex: pick(10) === 0 ? 'female' : null,
      group: group(),
      group_name: null,
      class: `k${pick(40)}`,
      places: [`v${pick(villages)}`],
      regions: ['t'],
      subjects: lessons(),
      languages: dialects(),
      hobbies: pick(3) === 0 ? '打球' : null,
      known: [],
    })),
    helpers: Array.from({ length: helpers }, (_, n): MatchHelper => ({
      id: `h${n}`,
      sex: pick(2) === 0 ? 'male' : 'female',
      room: 1 + pick(2),
      load: pick(2),
      group: group(),
      places: [`v${pick(villages)}`],
      regions: ['t'],
      classes: pick(20) === 0 ? [`k${pick(40)}`] : [],
      subjects: lessons(),
      languages: dialects(),
      skills: pick(5) === 0 ? ['打球'] : [],
      free_times: null,
    })),
  }
}

export async function benchPairings(bench: Bench): Promise<Result[]> {
  const highs = await loadHighs()
  const share = bench.small ? 0.02 : 1
  return [60, 1].map((villages) => {
    const { children, helpers } = someCounty(2000 * share, 1200 * share, villages)
    const times = Array.from({ length: 3 }, () => {
      const begun = performance.now()
      const { objective, bound } = solveMatching(highs, {
        children: children.length,
        room: helpers.map((helper) => helper.room),
        begun: helpers.map(() => false),
        spread: weights.spread,
        score: (child, helper) => scoreOf(children[child]!, helpers[helper]!),
      })
      if (Math.abs(objective - bound) > 1e-3) throw new Error('the suggestion is not the best there is')
      return performance.now() - begun
    }).toSorted((a, b) => a - b)
    const name = villages === 1 ? 'pairings.suggest_school_ms' : 'pairings.suggest_villages_ms'
    return bench.result(name, { value: times[1]!, unit: 'ms', p95_ms: times[2]! })
  })
}
