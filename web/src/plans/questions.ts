// What the reader could not know, asked one at a time: how often “定期” is, a target that cannot be, two targets for one rate, months
// that the text does not name. Then what somebody should have seen. Pure.
import { planCan, type Plan } from '@nuanyang/contract/plans.ts'
import type { PlanDuty, PlanGoal, Rhythm } from '@nuanyang/contract/plans.items.ts'

export type Question =
  | { key: string; kind: 'rhythm'; item: PlanDuty }
  | { key: string; kind: 'who'; item: PlanDuty }
  | { key: string; kind: 'target'; item: PlanGoal; zh: string; en: string }
  | { key: string; kind: 'contradiction'; items: readonly [PlanGoal, PlanGoal] }
  | { key: string; kind: 'period' }
  | { key: string; kind: 'remark'; problem: number; zh: string; en: string; span: readonly [number, number] }

/** In the order in which they matter; a plan that can no longer be edited is asked nothing. */
export function questionsOf(plan: Plan): Question[] {
  if (!planCan.edit(plan) || !plan.mine) return []
  const { goals, duties } = plan.items
  const found: Question[] = []
  if (plan.period_unread) found.push({ key: 'period', kind: 'period' })
  for (const item of duties)
    if ('unspecified' in item.rhythm) found.push({ key: `rhythm ${item.id}`, kind: 'rhythm', item })
  plan.problems.forEach((problem, n) => {
    if (plan.aside.includes(n)) return
    if (problem.code === 'target_over_100') {
      const item = goals.find((goal) => goal.target === null && goal.span?.[0] === problem.span[0])
      if (item) found.push({ key: `target ${item.id}`, kind: 'target', item, zh: problem.zh, en: problem.en })
    } else if (problem.code !== 'goals_contradict' && problem.code !== 'nothing_to_do')
      found.push({ key: `remark ${n}`, kind: 'remark', problem: n, zh: problem.zh, en: problem.en, span: problem.span })
  })
  goals.forEach((goal, n) => {
    const twin = goals.slice(0, n).find((each) => each.indicator !== null && each.indicator === goal.indicator && each.target !== null && goal.target !== null && each.target !== goal.target) // prettier-ignore
    if (twin) found.push({ key: `contradiction ${goal.id}`, kind: 'contradiction', items: [twin, goal] })
  })
  for (const item of duties)
    if (item.responsible === null && item.account_id === null && !('unspecified' in item.rhythm))
      found.push({ key: `who ${item.id}`, kind: 'who', item })
  const order = ['period', 'rhythm', 'target', 'contradiction', 'remark', 'who']
  return found.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
}

/** The first answers offered for “how often”, and the others behind 别的. */
export const usualRhythms: readonly Rhythm[] = [
  { every: 'week', count: 1 },
  { every: 'week', count: 1, interval: 2 },
  { every: 'month', count: 1 },
  { every: 'term', count: 1 },
]
export const otherRhythms: readonly Rhythm[] = [
  { every: 'week', count: 2 },
  { every: 'month', count: 2 },
  { every: 'quarter', count: 1 },
  { every: 'term', count: 2 },
  { every: 'month', count: 1, interval: 6 },
  { every: 'year', count: 1 },
  { continuous: true },
]
