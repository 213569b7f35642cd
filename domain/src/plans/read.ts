import { readArchetype } from './archetype.ts'
import { readDuties } from './duties.ts'
import { readGoals } from './goals.ts'
import { measuresOf } from './measures.ts'
import type { TermSide } from './months.ts'
import type { Block } from './outline.ts'
import { blocksOf, treeOf } from './outline.ts'
import { passagesOf } from './passages.ts'
import { problemsOf } from './problems.ts'
import { fold, spanOf } from './script.ts'
import { readTasks, withYears } from './tasks.ts'
import { splitPlans } from './titles.ts'
import type { PlanRead, PlanReading, ReadOptions } from './types.ts'
import { readYears } from './years.ts'

/** Longer texts are read up to here: a plan of two hundred pages is a book, and a person is told where reading stopped. */
const LONGEST = 400_000

/**
 * Reads the work plans in a text: aims, measures, duties and dated tasks, each with its exact quote and UTF-16 span.
 *
 * Pure and bounded: time grows with the length of the text. Nothing is made up: a word not understood yields a problem or
 * nothing, never a guess. `plans` is empty when the text holds no plan.
 */
export function readPlans(text: string, options: ReadOptions): PlanReading {
  const source = text.length > LONGEST ? text.slice(0, LONGEST) : text
  const folded = fold(source)
  const plans = splitPlans(blocksOf(folded))
    .map(({ title, blocks }) => readPlan(title, blocks, source, folded, options))
    .filter((plan) => plan !== null)
  const problems: PlanReading['problems'] =
    text.length > LONGEST
      ? [
          {
            code: 'text_cut',
            zh: `文字太长，只读了前 ${LONGEST} 个字；请把计划拆成几份再读。`,
            en: `The text is too long: only its first ${LONGEST} characters were read. Split it into several plans.`,
            span: [LONGEST, text.length],
          },
        ]
      : []
  return { plans, problems }
}

function readPlan(
  title: Block[],
  blocks: Block[],
  source: string,
  folded: string,
  options: ReadOptions,
): PlanRead | null {
  const all = [...title, ...blocks]
  const edges = all.map((b) => (b.type === 'row' ? b.row.span : spanOf(b.piece)))
  const [first, last] = [edges[0], edges.at(-1)]
  if (!first || !last) return null
  const span: [number, number] = [first[0], edges.reduce((end, e) => Math.max(end, e[1]), last[1])]
  const words = folded.slice(span[0], span[1])
  const titleText = title.map((b) => (b.type === 'text' ? original(source, spanOf(b.piece)) : '')).join('')
  const foldedTitle = title.map((b) => (b.type === 'text' ? b.piece.text : '')).join('')
  const side: TermSide = /春季|春期|第二学期|下学期|下半年学期/.test(foldedTitle + words.slice(0, 400))
    ? 'spring'
    : 'autumn'
  const tree = treeOf(blocks, side, span, source)
  const passages = passagesOf(tree, side)
  const { tasks: dated, unread, rest } = readTasks(passages, source, side)
  const tasks = withYears(dated)
  const goals = readGoals(passages, source)
  const duties = readDuties(rest, source)
  // a covering letter or an invitation reads as nothing: only something that calls itself a plan is shown empty
  if (goals.length + duties.length + tasks.length === 0 && !/计划|方案|规划|要点|安排|打算/.test(foldedTitle))
    return null
  const years = readYears(foldedTitle, words, dated, tasks, options)
  return {
    title: titleText,
    span,
    archetype: readArchetype(foldedTitle, words),
    from: years.from,
    until: years.until,
    goals,
    measures: measuresOf(tree, passages, source),
    duties,
    tasks,
    problems: problemsOf({ goals, duties, tasks, unread, tree, year: years.year, span, side }),
  }
}

function original(source: string, span: [number, number]): string {
  return source
    .slice(span[0], span[1])
    .replace(/[*_`#]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}
