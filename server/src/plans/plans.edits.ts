// What an edit does to a plan's items: pure, so that every rule is a line of a test. `plans.edit` loads the lists, calls this and writes
// the difference.
import type { ItemType, PlanDuty, PlanEdit, PlanItems, PlanTask } from '@nuanyang/contract/plans.items.ts'
import { problem, type Refusal } from '../kernel/problem.ts'
import { taskDays, taskMonth } from './plans.rows.ts'

/** An item taken out of a draft: as it was, and where it stood. */
export interface Dropped {
  type: ItemType
  id: string
  title: string
  at: number
  item: unknown
  /** Items that were tied to it: they are tied again when it comes back. */
  tied: string[]
}

export interface Draft {
  from_on: string
  until_on: string
  items: PlanItems
  dropped: Dropped[]
  aside: number[]
  /** The office above whose plan still holds; null: nothing here is bound. */
  bound_by: string | null
}

const listOf = { goal: 'goals', measure: 'measures', duty: 'duties', task: 'tasks' } as const
type Named = { id: string; issued: boolean; title?: string; text?: string }

/** Applies edits in order to a copy. @throws the refusals that `plans.edit` declares */
export function applyEdits(given: Draft, edits: readonly PlanEdit[]): Draft {
  const draft = structuredClone(given)
  for (const edit of edits) apply(draft, edit)
  return draft
}

function apply(draft: Draft, edit: PlanEdit): void {
  switch (edit.do) {
    case 'add_goal':
      return void draft.items.goals.push({ id: edit.id, text: edit.text, indicator: edit.indicator, target: share(edit.target), ...added })
    case 'add_measure':
      return void draft.items.measures.push({ id: edit.id, path: edit.path, title: edit.title, text: edit.text, span: null, issued: false })
    case 'add_duty':
      return addDuty(draft, edit)
    case 'add_task':
      return addTask(draft, edit)
    case 'change_goal': {
      const goal = own(draft, 'goal', edit.id)
      if (edit.to.target !== undefined && edit.to.target !== null) share(edit.to.target)
      return void Object.assign(goal, edit.to)
    }
    case 'change_measure':
      return void Object.assign(own(draft, 'measure', edit.id), edit.to)
    case 'change_duty':
      return changeDuty(draft, edit)
    case 'change_task':
      return changeTask(draft, edit)
    case 'drop':
      return drop(draft, edit.type, edit.id)
    case 'restore':
      return restore(draft, edit.id)
    case 'split':
      return split(draft, edit)
    case 'merge':
      return merge(draft, edit)
    case 'link': {
      if (edit.duty_id !== null) find(draft, 'duty', edit.duty_id)
      find(draft, 'task', edit.task_id).duty_id = edit.duty_id
      return
    }
    case 'put_aside':
      if (!draft.aside.includes(edit.problem)) draft.aside.push(edit.problem)
  }
} // prettier-ignore

const added = { quote: null, span: null, issued: false } as const

function find<T extends ItemType>(draft: Draft, type: T, id: string): PlanItems[(typeof listOf)[T]][number] {
  const found = (draft.items[listOf[type]] as { id: string }[]).find((item) => item.id === id)
  if (!found) throw problem('plan_item_gone')
  return found as never
}

/** The item, when it is this plan's to change. */
function own<T extends ItemType>(draft: Draft, type: T, id: string): PlanItems[(typeof listOf)[T]][number] {
  const item = find(draft, type, id)
  if (isBound(draft, item)) throw bound(draft, item)
  return item
}

function isBound(draft: Draft, item: Named): boolean {
  return item.issued && draft.bound_by !== null
}

function bound(draft: Draft, item: Named): Refusal {
  return problem('plan_item_issued', { values: { title: item.title ?? item.text ?? '', unit: draft.bound_by ?? '' } })
}

/** @throws plan_target_over */
function share(target: number | null): number | null {
  if (target !== null && target > 1)
    throw problem('plan_target_over', { values: { percent: Math.round(target * 1000) / 10 } })
  return target
}

function measureOf(draft: Draft, id: string | null | undefined): void {
  if (id) find(draft, 'measure', id)
}

function addDuty(draft: Draft, edit: Extract<PlanEdit, { do: 'add_duty' }>): void {
  measureOf(draft, edit.measure_id)
  const { do: _do, source, ...rest } = edit
  draft.items.duties.push({
    ...rest, account_name: null, from_on: draft.from_on, until_on: draft.until_on, source: source ?? null, replaces_id: null, ended_reason: null, ...added,
  }) // prettier-ignore
}

function addTask(draft: Draft, edit: Extract<PlanEdit, { do: 'add_task' }>): void {
  measureOf(draft, edit.measure_id)
  const { do: _do, month, ...rest } = edit
  inside(draft, edit.title, month)
  draft.items.tasks.push({
    ...rest, ...taskDays(month, edit.festival), duty_id: null, account_name: null, state: 'open', done_on: null, done_note: null,
    done_record_id: null, dropped_reason: null, record_id: null, version: 1, ...added,
  }) // prettier-ignore
}

/** Who does it is named where it is done; what, for whom and how often was said above. */
const ownWords = new Set(['responsible', 'account_id', 'pauses_in_holidays', 'measure_id'])

function changeDuty(draft: Draft, edit: Extract<PlanEdit, { do: 'change_duty' }>): void {
  const duty = find(draft, 'duty', edit.id)
  if (isBound(draft, duty) && Object.keys(edit.to).some((key) => !ownWords.has(key))) throw bound(draft, duty)
  measureOf(draft, edit.to.measure_id)
  Object.assign(duty, edit.to)
}

function changeTask(draft: Draft, edit: Extract<PlanEdit, { do: 'change_task' }>): void {
  const task = find(draft, 'task', edit.id)
  if (isBound(draft, task) && Object.keys(edit.to).some((key) => !ownWords.has(key))) throw bound(draft, task)
  measureOf(draft, edit.to.measure_id)
  const { month, ...rest } = edit.to
  const said = month ?? taskMonth(task)
  Object.assign(task, rest)
  if (month !== undefined) inside(draft, task.title, month)
  if (month !== undefined || edit.to.festival !== undefined) Object.assign(task, taskDays(said, task.festival))
}

/** @throws plan_month_outside: a task in a month that the plan does not reach would never be seen */
function inside(draft: Draft, title: string, month: string): void {
  if (month >= draft.from_on.slice(0, 7) && month <= draft.until_on.slice(0, 7)) return
  throw problem('plan_month_outside', {
    values: { title, month: `${month.slice(0, 4)}年${Number(month.slice(5))}月`, until: draft.until_on },
  })
}

function drop(draft: Draft, type: ItemType, id: string): void {
  const item = own(draft, type, id)
  const list = draft.items[listOf[type]] as { id: string }[]
  const at = list.indexOf(item)
  const tied = tiedTo(draft, type, id)
  for (const each of tied) each.item[each.by] = null
  list.splice(at, 1)
  draft.dropped.push({
    type, id, at, title: 'title' in item ? item.title : item.text, item: structuredClone(item), tied: tied.map((each) => each.item.id),
  }) // prettier-ignore
}

type Tie = { item: PlanDuty | PlanTask; by: 'measure_id' } | { item: PlanTask; by: 'duty_id' }

function tiedTo(
  draft: Draft,
  type: ItemType,
  id: string,
): { item: { id: string } & Record<string, unknown>; by: string }[] {
  const ties: Tie[] =
    type === 'measure'
      ? [...draft.items.duties, ...draft.items.tasks]
          .filter((item) => item.measure_id === id)
          .map((item) => ({ item, by: 'measure_id' as const }))
      : type === 'duty'
        ? draft.items.tasks.filter((task) => task.duty_id === id).map((item) => ({ item, by: 'duty_id' as const }))
        : []
  return ties as never
}

function restore(draft: Draft, id: string): void {
  const at = draft.dropped.findIndex((each) => each.id === id)
  const gone = draft.dropped[at]
  if (!gone) throw problem('plan_item_gone')
  draft.dropped.splice(at, 1)
  const item = gone.item as { id: string; measure_id?: string | null; duty_id?: string | null }
  // What it was tied to may be gone meanwhile.
  if (item.measure_id && !draft.items.measures.some((each) => each.id === item.measure_id)) item.measure_id = null
  if (item.duty_id && !draft.items.duties.some((each) => each.id === item.duty_id)) item.duty_id = null
  ;(draft.items[listOf[gone.type]] as unknown[]).splice(gone.at, 0, item)
  for (const other of [...draft.items.duties, ...draft.items.tasks])
    if (gone.tied.includes(other.id)) {
      if (gone.type === 'measure') other.measure_id ??= id
      else if ('duty_id' in other) other.duty_id ??= id
    }
}

function split(draft: Draft, { type, id, into }: Extract<PlanEdit, { do: 'split' }>): void {
  const item = own(draft, type, id)
  const list = draft.items[listOf[type]] as (PlanDuty | PlanTask)[]
  const parts = into.map((part, n) => ({ ...structuredClone(item), id: n === 0 ? id : part.id, title: part.title }))
  list.splice(list.indexOf(item), 1, ...parts)
}

function merge(draft: Draft, { type, ids }: Extract<PlanEdit, { do: 'merge' }>): void {
  const items = ids.map((id) => own(draft, type, id))
  const [first, ...others] = items as [PlanDuty | PlanTask, ...(PlanDuty | PlanTask)[]]
  // The quote that stays is the stretch of text that holds them all, when they stand close together; else the first one's.
  const spans = items.flatMap((item) => (item.span ? [item.span] : []))
  for (const other of others) drop(draft, type, other.id)
  if (spans.length === items.length && spans.length > 0) {
    const span: [number, number] = [Math.min(...spans.map(([a]) => a)), Math.max(...spans.map(([, b]) => b))]
    if (span[1] - span[0] <= 400) first.span = span
  }
}
