import type { Block } from './outline.ts'
import { readMarker } from './outline.ts'
import { isPlainHeading, roleOf } from './sections.ts'

const NAMES_PLAN =
  /(?:计划|方案|规划|要点|打算|设想|安排)(?:书|表|稿)?(?:(?:[-(《]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)》]?)|\([^)]{1,16}\))?$/
const ABOUT = /留守|儿童|关爱|关工|学生|学年|学期|年度|20\d\d年|帮扶|工作|少年|青少年/
/** “附件1” above a title belongs to neither plan. */
const ENCLOSURE = /^附(?:件|录|表)?[一二三四五六七八九十\d]{0,2}[:.]?$/
const NUMBERED = /^(?:篇|第[一二三四五六七八九十\d]+篇|范文|计划[一二三四五六七八九十\d]+|附件?\d*)[:、.]?/

/**
 * Splits a text into its plans: a new one begins at a line that names a plan, stands without a numeral of its own, and comes
 * after some text of the plan before. Lines directly under a title (organisation, date) still belong to it.
 */
export function splitPlans(blocks: Block[]): { title: Block[]; blocks: Block[] }[] {
  const plans: { title: Block[]; blocks: Block[] }[] = []
  let current: { title: Block[]; blocks: Block[] } = { title: [], blocks: [] }
  let written = 0
  blocks.forEach((block, i) => {
    if (block.type === 'text' && ENCLOSURE.test(block.piece.text)) return
    if (isTitle(block) && (plans.length > 0 || current.blocks.length > 0 || current.title.length > 0)) {
      if (written >= 40 && startsAnew(blocks, i)) {
        plans.push(current)
        current = { title: [block], blocks: [] }
        written = 0
        return
      }
      if (
        current.blocks.every((b) => b.type === 'text' && b.piece.text.length <= 24 && !readMarker(b.piece.text)) &&
        written < 60
      ) {
        current.title = [...current.title, ...current.blocks, block]
        current.blocks = []
        return
      }
    } else if (isTitle(block)) {
      current.title.push(block)
      return
    }
    current.blocks.push(block)
    written += block.type === 'text' ? block.piece.text.length : 20
  })
  plans.push(current)
  return plans.filter((p) => p.blocks.length > 0).map(withFirstLine)
}

function isTitle(block: Block): boolean {
  if (block.type !== 'text' || block.bullet) return false
  const text = block.piece.text.replace(NUMBERED, '')
  if (text.length < 4 || text.length > 44 || /[。;,!?:]/.test(text)) return false
  if (readMarker(block.piece.text) || block.heading > 2) return false
  return NAMES_PLAN.test(text) && ABOUT.test(text) && !isPlainHeading(text)
}

/** After a real title the numbering begins again: whatever numeral comes first must be the first of its kind. */
function startsAnew(blocks: Block[], at: number): boolean {
  for (const block of blocks.slice(at + 1, at + 12)) {
    if (block.type === 'row') continue
    const marker = readMarker(block.piece.text)
    if (marker) return marker.ordinal <= 1
  }
  return true
}

/** Without a line that names a plan, a short first line still is the title, unless it is a part's heading. */
function withFirstLine(plan: { title: Block[]; blocks: Block[] }): { title: Block[]; blocks: Block[] } {
  const first = plan.blocks[0]
  if (plan.title.length > 0 || !first || first.type === 'row' || plan.blocks.length < 2) return plan
  const { text } = first.piece
  const title =
    text.length <= 36 &&
    !/[。;,:]/.test(text) &&
    !readMarker(text) &&
    !isPlainHeading(text) &&
    (first.heading === 1 || roleOf(text) === null || ABOUT.test(text))
  return title ? { title: [first], blocks: plan.blocks.slice(1) } : plan
}
