// Items in the order of the text, numbered as the page calls them (目标 1, 长期 2, 任务 3), and the text cut into stretches that are
// marked or not. Pure: the same text and items always give the same page.
import type { PlanDuty, PlanGoal, PlanItems, PlanTask } from '@nuanyang/contract/plans.items.ts'

export type Entry =
  | { type: 'goal'; n: number; item: PlanGoal }
  | { type: 'duty'; n: number; item: PlanDuty }
  | { type: 'task'; n: number; item: PlanTask }

/** Goals, duties and tasks as they stand in the text; what a person added comes after those of its kind. */
export function inOrder(items: PlanItems): Entry[] {
  const all: Entry[] = [
    ...items.goals.map((item) => ({ type: 'goal' as const, n: 0, item })),
    ...items.duties.map((item) => ({ type: 'duty' as const, n: 0, item })),
    ...items.tasks.map((item) => ({ type: 'task' as const, n: 0, item })),
  ]
  const at = all.map((entry, n) => entry.item.span?.[0] ?? lastOf(all, entry.type) + n / 1e6 + 0.5)
  const sorted = all.map((entry, n) => ({ entry, at: at[n]!, n })).sort((a, b) => a.at - b.at || a.n - b.n)
  const counts = { goal: 0, duty: 0, task: 0 }
  return sorted.map(({ entry }) => ({ ...entry, n: ++counts[entry.type] }))
}

/** Where the last read item of this kind begins; a kind of which nothing was read comes in the usual order, at the end. */
function lastOf(all: readonly Entry[], type: Entry['type']): number {
  const starts = all.flatMap((each) => (each.type === type && each.item.span ? [each.item.span[0]] : []))
  if (starts.length > 0) return Math.max(...starts)
  return 1e9 + ['goal', 'duty', 'task'].indexOf(type) * 1e6
}

/** A stretch of one line: plain, or the words of items; `starts` are those that begin here. */
export interface Stretch {
  from: number
  text: string
  of: readonly Entry[]
  starts: readonly Entry[]
}

export interface Line {
  from: number
  kind: 'title' | 'heading' | 'text'
  stretches: readonly Stretch[]
}

const heading = /^\s*(?:#{1,6}\s|[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十]{1,3}[章节部分])/

/** The text by lines, each cut where an item begins or ends. Blank lines are left out. */
export function linesOf(text: string, entries: readonly Entry[]): Line[] {
  const lines: Line[] = []
  const marked = entries.filter((entry) => entry.item.span)
  let from = 0
  for (const raw of text.split('\n')) {
    const until = from + raw.length
    if (raw.trim() !== '') {
      const here = marked.filter(({ item }) => item.span![0] < until && item.span![1] > from)
      const kind = lines.length === 0 && raw.trim().length <= 40 ? 'title' : heading.test(raw) && raw.trim().length <= 30 ? 'heading' : 'text' // prettier-ignore
      lines.push({ from, kind, stretches: cut(text, from, until, here) })
    }
    from = until + 1
  }
  return lines
}

function cut(text: string, from: number, until: number, here: readonly Entry[]): Stretch[] {
  const edges = new Set([from, until])
  for (const { item } of here) for (const edge of item.span!) if (edge > from && edge < until) edges.add(edge)
  const at = [...edges].sort((a, b) => a - b)
  return at.slice(0, -1).map((start, n) => {
    const end = at[n + 1]!
    const of = here.filter(({ item }) => item.span![0] <= start && item.span![1] >= end)
    return { from: start, text: text.slice(start, end), of, starts: of.filter(({ item }) => item.span![0] === start) }
  })
}
