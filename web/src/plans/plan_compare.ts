// Two states of a plan side by side: what came, what went, what says something else. Pure.
import type { PlanItems } from '@nuanyang/contract/plans.items.ts'
import type { Language } from '../ui/language.ts'
import {
  goalName,
  monthOfTask,
  monthWords,
  rhythmWords,
  shareWords,
  subjectWords,
  taskWords,
  whoWords,
} from './plan_words.ts'

export interface Row {
  id: string
  type: 'goal' | 'measure' | 'duty' | 'task'
  /** null: not there in this state. */
  before: string | null
  after: string | null
}

/** Every item of either state, changed ones told by their words differing; in the order of the later state. */
export function compared(before: PlanItems, after: PlanItems, as: Language): Row[] {
  const types = ['goal', 'measure', 'duty', 'task'] as const
  const of = (items: PlanItems, type: Row['type']): Map<string, string> =>
    new Map(
      type === 'goal'
        ? items.goals.map((each) => [each.id, `${goalName(each, as)}${each.target === null ? '' : ` ${shareWords(each.target)}`}`])
        : type === 'measure'
          ? items.measures.map((each) => [each.id, each.text && each.text !== each.title ? `${each.title}：${each.text}` : each.title])
          : type === 'duty'
            ? items.duties.map((each) => [each.id, [each.title, rhythmWords(each.rhythm, as), subjectWords(each.subject, as), whoWords(each, as)].filter(Boolean).join('，')])
            : items.tasks.map((each) => [each.id, [each.festival ? taskWords(each, as, '') : monthWords(monthOfTask(each), as, ''), each.title, whoWords(each, as)].filter(Boolean).join('，')]),
    ) // prettier-ignore
  return types.flatMap((type) => {
    const [old, now] = [of(before, type), of(after, type)]
    const gone = [...old.keys()].filter((id) => !now.has(id))
    return [...now.keys(), ...gone].map((id) => ({ id, type, before: old.get(id) ?? null, after: now.get(id) ?? null }))
  })
}
