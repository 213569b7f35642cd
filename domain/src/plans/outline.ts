import type { When } from './months.ts'
import type { TermSide } from './months.ts'
import { readWhen } from './months.ts'
import { readNumber } from './numerals.ts'
import type { Piece } from './script.ts'
import { cut, pieceOf, spanOf } from './script.ts'
import type { Role } from './sections.ts'
import { isPlainHeading, roleOf } from './sections.ts'
import type { Span } from './types.ts'

export type Row = { cells: Piece[]; span: Span }
export type Block =
  | { type: 'text'; piece: Piece; heading: number; bullet: boolean; indented: boolean; end: number }
  | { type: 'row'; row: Row }

/** A numbered, headed or dated part of a plan. `line` is what stands beside the numeral, `content` what follows before the first child. */
export type Node = {
  style: string
  numeral: string | null
  line: Piece
  content: (Piece | Row)[]
  children: Node[]
  parent: Node | null
  /** Its place among the children of its parent. */
  place: number
  role: Role | null
  when: When | null
  span: Span
}

const SKIP = /^[-=*_~+\s|:]*$/
const BULLET = /^(?:[-*+•·●○■□◆◇▪►✓√➢※►▲△★☆]|\[[ xX]\])\s*(?:\[[ xX]\]\s*)?(?=\S)/

/** Cuts a folded text into paragraphs and table rows. Lines broken at a fixed width (text copied from a PDF) are joined again. */
export function blocksOf(folded: string): Block[] {
  const lines = linesOf(folded)
  const wrap = wrapWidth(lines)
  const blocks: Block[] = []
  let open: { block: Extract<Block, { type: 'text' }>; length: number } | null = null
  for (const { from, to } of lines) {
    const raw = folded.slice(from, to)
    const trimmed = raw.trim()
    if (trimmed === '' || SKIP.test(trimmed)) {
      open = null
      continue
    }
    const cells = cellsOf(folded, from, to)
    if (cells) {
      open = null
      const texts = cells.filter((c) => c.text.length > 0)
      const first = texts[0]
      const last = texts.at(-1)
      if (first && last) blocks.push({ type: 'row', row: { cells, span: [spanOf(first)[0], spanOf(last)[1]] } })
      continue
    }
    const { start, heading, bullet } = lead(raw, from)
    const piece = pieceOf(folded, start, to)
    if (piece.text === '') continue
    const indented = /^[ \t]/.test(raw)
    if (open && wrap > 0 && open.length >= wrap - 3 && !indented && !heading && !bullet && !readMarker(piece.text)) {
      open.block.piece = { text: open.block.piece.text + piece.text, at: [...open.block.piece.at, ...piece.at] }
      open.block.end = to
      open.length = piece.text.length
    } else {
      const block: Extract<Block, { type: 'text' }> = { type: 'text', piece, heading, bullet, indented, end: to }
      blocks.push(block)
      open = { block, length: piece.text.length }
    }
    if (/[。!?;:]$/.test(piece.text) || heading) open = null
  }
  return blocks.flatMap(expand)
}

function linesOf(folded: string): { from: number; to: number }[] {
  const lines: { from: number; to: number }[] = []
  let from = 0
  for (let i = 0; i <= folded.length; i++) {
    if (i < folded.length && folded[i] !== '\n' && folded[i] !== '\r' && folded[i] !== '\f') continue
    lines.push({ from, to: i })
    from = i + 1
  }
  return lines
}

/** The width at which lines were broken, 0 when they were not: many unfinished lines of nearly the same length. */
function wrapWidth(lines: { from: number; to: number }[]): number {
  const lengths = lines.map(({ from, to }) => to - from).filter((n) => n >= 20)
  const widest = lengths.reduce((a, b) => Math.max(a, b), 0)
  if (widest > 80) return 0
  const near = lengths.filter((n) => n >= widest - 3).length
  return near >= 4 && near >= lengths.length * 0.4 ? widest - 1 : 0
}

function lead(raw: string, from: number): { start: number; heading: number; bullet: boolean } {
  let start = from + (raw.length - raw.trimStart().length)
  let rest = raw.trimStart()
  const quote = /^(?:>\s*)+/.exec(rest)
  if (quote) {
    start += quote[0].length
    rest = rest.slice(quote[0].length)
  }
  const heading = /^(#{1,6})\s*/.exec(rest)
  if (heading?.[1]) return { start: start + heading[0].length, heading: heading[1].length, bullet: false }
  const bullet = rest.startsWith('**') ? null : BULLET.exec(rest)
  return bullet ? { start: start + bullet[0].length, heading: 0, bullet: true } : { start, heading: 0, bullet: false }
}

/** Cells of a table row: between bars (markdown) or tabs (flattened documents and pasted sheets). Null for a line that is no row. */
function cellsOf(folded: string, from: number, to: number): Piece[] | null {
  const raw = folded.slice(from, to)
  const bars = (raw.match(/\|/g) ?? []).length
  const bar = bars >= 2 ? '|' : /\S\t+\s*\S/.test(raw) || /^\t\s*\S/.test(raw) ? '\t' : null
  if (!bar) return null
  const cells: Piece[] = []
  let start = from
  for (let i = from; i <= to; i++) {
    if (i < to && folded[i] !== bar) continue
    cells.push(pieceOf(folded, start, i))
    start = i + 1
  }
  if (bar === '|') {
    if (cells[0]?.text === '') cells.shift()
    if (cells.at(-1)?.text === '') cells.pop()
  }
  return cells
}

export type Marker = { style: string; numeral: string; ordinal: number; length: number }

const HAN = '[一二三四五六七八九十]{1,3}'
const MARKERS: [string, RegExp][] = [
  ['han', new RegExp(`^(${HAN})[、,.:](?!${HAN}[、,])`)],
  ['legal', /^([壹贰叁参肆伍陆柒捌玖拾])[、,.:]/],
  ['han_paren', new RegExp(`^\\((${HAN})\\)[、,.:]?`)],
  ['step', new RegExp(`^第(${HAN}|\\d{1,2})(?:步骤?|项|条|节|阶段|个?方面|点)[、,:.]?`)],
  ['part', new RegExp(`^第(${HAN}|\\d{1,2})(?:部分|章|编|篇)[、,:.]?`)],
  ['step', new RegExp(`^第(${HAN}|\\d{1,2})[、,:]`)],
  ['dotted', /^(\d{1,2}(?:\.\d{1,2}){1,3})(?![\d%月日年])[、.:]?/],
  ['num', /^(\d{1,2})[、.:,](?![\d])/],
  ['num_paren', /^\((\d{1,2})\)[、,.:]?/],
  ['num_half', /^(\d{1,2})\)[、,.:]?/],
  ['circle', /^([①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳])[、,.:]?/],
  ['letter', /^([A-Za-z])[、.)](?![A-Za-z])/],
]

/** The numeral a text begins with, in any of the habits of numbering. */
export function readMarker(text: string): Marker | null {
  for (const [style, sign] of MARKERS) {
    const hit = sign.exec(text)
    if (!hit?.[1]) continue
    const circle = style === 'circle' ? '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳'.indexOf(hit[1]) + 1 : 0
    const numeral = circle ? String(circle) : hit[1]
    const ordinal = circle || (style === 'letter' ? hit[1].toLowerCase().charCodeAt(0) - 96 : readNumber(numeral))
    if (style === 'dotted')
      return { style: `dotted${numeral.split('.').length}`, numeral, ordinal: 0, length: hit[0].length }
    return { style, numeral, ordinal, length: hit[0].length }
  }
  return null
}

/** A paragraph that holds a whole numbered list (“目标:1.…;2.…”) becomes one block per item, when the numerals really count up. */
function expand(block: Block): Block[] {
  if (block.type === 'row') return [block]
  const { text } = block.piece
  const found: { at: number; style: string; ordinal: number }[] = []
  for (let i = 0; i < text.length; i++) {
    const before = i === 0 ? '。' : text.charAt(i - 1)
    // “1.手抄报比赛 2.成绩分析会”: nothing but a space stands between the items
    const spaced = i > 0 && block.piece.at[i]! - block.piece.at[i - 1]! > 1
    if (!spaced && !'。;:!?,)'.includes(before)) continue
    const marker = readMarker(text.slice(i, i + 8))
    if (!marker || marker.style.startsWith('dotted') || marker.style === 'letter' || marker.style === 'step') continue
    if (',)'.includes(before) && i > 0 && (marker.style === 'num' || marker.style === 'han')) continue
    found.push({ at: i, style: marker.style, ordinal: marker.ordinal })
  }
  const cuts = counting(found)
  if (cuts.filter((c) => c.at > 0).length === 0) return [block]
  const edges = [...new Set([0, ...cuts.map((c) => c.at), text.length])]
  return edges.slice(0, -1).map((from, k) => {
    const piece = cut(block.piece, from, edges[k + 1])
    return { ...block, piece, heading: k === 0 ? block.heading : 0, bullet: k === 0 && block.bullet }
  })
}

type Found = { at: number; style: string; ordinal: number }

/** Those numerals that follow one another (1, 2, 3) in a style that begins at one: a lone “3、” in running text is no list. */
function counting(found: Found[]): Found[] {
  const styles = Map.groupBy(found, (f) => f.style)
  const cuts: Found[] = []
  for (const same of styles.values()) {
    if (!same.some((f) => f.ordinal === 1 || f.at === 0)) continue
    same.forEach((f, i) => {
      const follows = same[i + 1]?.ordinal === f.ordinal + 1
      const followed = same[i - 1]?.ordinal === f.ordinal - 1 && f.ordinal > 1
      if (follows || followed) cuts.push(f)
    })
  }
  return cuts.sort((a, b) => a.at - b.at)
}

/** Builds the tree of a plan's blocks. A style of numeral already open is a sibling, a new one is a child: so every habit of nesting works. */
export function treeOf(blocks: Block[], side: TermSide, span: Span, source: string): Node {
  const spaced = spacedStyles(blocks)
  const root = newNode('root', null, { text: '', at: [] }, span)
  const stack: Node[] = []
  const top = (): Node => stack.at(-1) ?? root
  const open = (node: Node): void => {
    node.parent = top()
    node.place = node.parent.children.length
    node.parent.children.push(node)
    stack.push(node)
  }
  for (const block of blocks) {
    if (block.type === 'row') {
      top().content.push(block.row)
      continue
    }
    const marker = readMarker(block.piece.text) ?? spacedMarker(block.piece, spaced)
    const line = marker ? cut(block.piece, marker.length) : block.piece
    const numeral = marker ? numeralAsWritten(marker, block.piece, source) : null
    const whole = spanOf(block.piece)
    if (block.heading > 0) {
      while (stack.length > 0 && !(top().style.startsWith('#') && top().style.length < block.heading)) stack.pop()
      open(newNode('#'.repeat(block.heading), numeral, line, whole))
    } else if (marker && line.text !== '') {
      const i = stack.findIndex((n) => n.style === marker.style)
      if (i >= 0) stack.length = i
      else if (marker.style === 'part' || marker.style === 'legal')
        while (stack.length > 0 && !top().style.startsWith('#')) stack.pop()
      else if (marker.style === 'han') while (stack.length > 0 && !/^#|^legal|^part/.test(top().style)) stack.pop()
      open(newNode(marker.style, numeral, line, whole))
    } else if (!marker && headsMonth(line.text, side)) {
      closeToSection(stack)
      open(newNode('month', null, line, whole))
    } else if (!block.bullet && plainHeading(line.text)) {
      const label = /^[^:]*/.exec(line.text)?.[0].length ?? 0
      while (stack.length > 0 && !top().style.startsWith('#')) stack.pop()
      open(newNode('plain', null, cut(line, 0, label), whole))
      if (line.text.length > label + 1) addLine(top(), cut(line, label + 1), side, open)
    } else if (line.text !== '') addLine(top(), line, side, open)
  }
  finish(root, side)
  return root
}

const SPACED: [string, RegExp][] = [
  ['han', new RegExp(`^(${HAN})(?=[^一二三四五六七八九十])`)],
  ['num', /^(\d{1,2})(?=[^\d])/],
]

/** “1 各班主任每周…”: nothing but a space stands behind the numeral. Only in the styles that count up in this text. */
function spacedMarker({ text, at }: Piece, styles: ReadonlySet<string>): Marker | null {
  for (const [style, sign] of SPACED) {
    const numeral = styles.has(style) ? sign.exec(text)?.[1] : undefined
    if (numeral && at[numeral.length]! - at[numeral.length - 1]! > 1)
      return { style, numeral, ordinal: readNumber(numeral), length: numeral.length }
  }
  return null
}

/** The styles whose spaced numerals count 1, 2 at least: “5 名教师” alone is no list. */
function spacedStyles(blocks: readonly Block[]): Set<string> {
  const styles = new Set<string>()
  for (const [style] of SPACED) {
    const numbers = blocks.flatMap((b) =>
      b.type === 'text' ? (spacedMarker(b.piece, new Set([style]))?.ordinal ?? []) : [],
    )
    if (numbers.some((n, i) => n === 1 && numbers[i + 1] === 2)) styles.add(style)
  }
  return styles
}

/** Paths are made of the plan's own numerals: 貳 stays 貳; only ② becomes 2. */
function numeralAsWritten(marker: Marker, piece: Piece, source: string): string {
  const at = piece.text.indexOf(marker.numeral)
  if (at < 0 || at >= marker.length) return marker.numeral
  return source.slice(...spanOf(piece, at, at + marker.numeral.length))
}

function addLine(parent: Node, line: Piece, side: TermSide, open: (node: Node) => void): void {
  if (headsMonth(line.text, side)) open(newNode('month', null, line, spanOf(line)))
  else parent.content.push(line)
}

function newNode(style: string, numeral: string | null, line: Piece, span: Span): Node {
  return { style, numeral, line, content: [], children: [], parent: null, place: 0, role: null, when: null, span }
}

/** A month heading belongs to the section, not to the last small item before it. */
function closeToSection(stack: Node[]): void {
  const month = stack.findIndex((n) => n.style === 'month')
  if (month >= 0) stack.length = month
  else
    while (
      stack.length > 1 &&
      !stack.at(-1)?.style.startsWith('#') &&
      stack.at(-1)?.style !== 'plain' &&
      roleOf(stack.at(-1)?.line.text ?? '') !== 'schedule'
    )
      stack.pop()
}

function headsMonth(text: string, side: TermSide): boolean {
  const time = readWhen(text, side)
  if (!time) return false
  const rest = text.slice(time.length)
  if (time.point) return /^(?:\([^)]{0,20}\))?(?:$|:)/.test(rest)
  return (
    /^(?:\([^)]{0,20}\))?(?:$|[:,、。.\-(])/.test(rest) ||
    (rest.length > 0 && text.length <= 60 && !/^(?:前|内|以来)/.test(rest))
  )
}

function plainHeading(text: string): boolean {
  const label = /^([^,。;:]{2,16}):?$/.exec(text)?.[1] ?? /^([^,。;:、]{4,10}):/.exec(text)?.[1]
  return label !== undefined && isPlainHeading(label)
}

/** Settles roles, months and full spans from the leaves up. */
function finish(node: Node, side: TermSide): void {
  if (node.line.text !== '') {
    node.role = roleOf(headingText(node))
    const own = readWhen(node.line.text, side)
    node.when = own ?? readBracketed(node, side)
    if (own === null && node.when === null && node.style === 'month') node.style = 'plain'
  }
  for (const child of node.children) finish(child, side)
  let [from, to] = node.span
  const cover = (span: Span): void => void ([from, to] = [Math.min(from, span[0]), Math.max(to, span[1])])
  for (const item of node.content) cover('cells' in item ? item.span : spanOf(item))
  for (const child of node.children) cover(child.span)
  node.span = [from, to]
}

/** “准备阶段(9月)”: a stage named first, dated in brackets. */
function readBracketed(node: Node, side: TermSide): When | null {
  const inside = /\((?:时间[:为]?)?([^()]{2,24})\)/.exec(node.line.text)
  if (!inside?.[1] || inside.index > 24) return null
  const time = readWhen(inside[1], side)
  return time && time.length >= inside[1].length - 6 ? { ...time, length: inside.index + inside[0].length } : null
}

/** The words of a node that serve as its heading: the whole line when it is short, else its first sentence. */
export function headingText(node: Node): string {
  const first = /^[^。;!?]*/.exec(node.line.text)?.[0] ?? ''
  const label = /^([^:,、]{2,12}):./.exec(first)?.[1]
  return (label ?? first).replace(/[:,]$/, '')
}

/** Path of numerals from the top: 三/一/2. Headings without a numeral count only where nothing above or below is numbered. */
export function pathOf(node: Node): string | null {
  const parts: string[] = []
  for (let n: Node | null = node; n && n.style !== 'root'; n = n.parent) if (n.numeral) parts.unshift(n.numeral)
  return parts.length > 0 ? parts.join('/') : null
}
