import type { Responsible } from '../values/responsible.ts'
import type { When } from './months.ts'
import type { Node, Row } from './outline.ts'
import { headingText, pathOf } from './outline.ts'
import { firstActor } from './responsible.ts'
import type { RhythmRead } from './rhythm.ts'
import { readRhythms } from './rhythm.ts'
import type { Piece } from './script.ts'
import { cut } from './script.ts'
import { sentencesOf, trimmed } from './clauses.ts'
import type { Role } from './sections.ts'
import { readRow, readHeader } from './tables.ts'
import type { TermSide } from './months.ts'

/** A paragraph, cell or line of a plan with everything its place says about it: what it is for, its month, rhythm and people. */
export type Passage = {
  piece: Piece
  role: Role
  /** Set when the arrangement puts it into a month: then it is read as tasks. */
  when: When | null
  path: string | null
  /** A rhythm the heading or another column of the table gives to everything in it. */
  hint: RhythmRead[]
  who: Responsible | null
  owner: Node
  /** A line with more text below it: it announces, and is an act only if nothing below is. */
  announces: boolean
  /** The line beside a numeral, not a paragraph under it. */
  line: boolean
  /** A numbered item by itself, which in a section of goals makes it an aim. */
  numbered: boolean
  /** Row of a table: cells of one row are read as one. */
  row: Row | null
}

type Context = { role: Role; when: When | null; path: string | null; hint: RhythmRead[]; who: Responsible | null }

/** Lays the tree of a plan out as passages, in the order of the text. */
export function passagesOf(root: Node, side: TermSide): Passage[] {
  const passages: Passage[] = []
  const numbered = root.children.length > 0
  const paragraphs = root.content.filter((c): c is Piece => !('cells' in c))
  const start: Context = { role: 'measures', when: null, path: null, hint: [], who: null }
  if (!numbered) layUnnumbered(root, paragraphs, start, passages)
  else {
    // a preamble only tells why; but from a paragraph that states a rate on, the plan has begun without a heading
    const begun = paragraphs.findIndex((piece) => statesRate(piece))
    paragraphs.forEach((piece, i) =>
      passages.push(
        passage(root, piece, { ...start, role: begun >= 0 && i >= begun ? 'measures' : preambleRole(piece) }),
      ),
    )
  }
  layTable(root, start, passages, side)
  for (const child of root.children) lay(child, start, passages, side)
  return passages.filter((p) => p.piece.text !== '')
}

function passage(owner: Node, piece: Piece, context: Context, rest: Partial<Passage> = {}): Passage {
  return { piece, owner, announces: false, line: false, numbered: false, row: null, ...context, ...rest }
}

/** A plan without numerals: each paragraph after the opening one is a measure, counted 1, 2, 3. */
function layUnnumbered(root: Node, paragraphs: Piece[], start: Context, into: Passage[]): void {
  const opens = paragraphs.length > 1 && isOpening(paragraphs[0]?.text ?? '')
  paragraphs.forEach((piece, i) => {
    if (opens && i === 0) into.push(passage(root, piece, { ...start, role: 'background' }))
    else into.push(passage(root, piece, { ...start, path: paragraphs.length > 1 ? String(opens ? i : i + 1) : null }))
  })
}

function isOpening(text: string): boolean {
  return (
    /^(?:为|根据|按照|结合|随着|近年|在|本|我|当前|目前)|特制定|现制定|制定本|制订|如下|措施/.test(text) &&
    !/[二三]是|每(?:月|周|学期)/.test(text)
  )
}

function statesRate(piece: Piece): boolean {
  return sentencesOf(piece).some((s) => s.clauses.some((c) => !c.past && readRhythms(c.text).some((r) => r.period)))
}

function preambleRole(piece: Piece): Role {
  return /目标(?:是|为|:)/.test(piece.text) ? 'goals' : 'background'
}

function lay(node: Node, outer: Context, into: Passage[], side: TermSide): void {
  const dated = node.when !== null && isArrangement(node)
  const heading = headingText(node)
  const role = dated ? 'schedule' : isPart(node, outer) ? (node.role ?? outer.role) : outer.role
  const path = pathOf(node)
  const hasMore = node.content.length > 0 || node.children.length > 0
  const time = dated ? node.when : outer.when
  const rhythms = hasMore && heading.length <= 24 ? readRhythms(heading).filter((r) => r.strict && r.period) : []
  const context: Context = {
    role,
    when: time,
    path,
    hint: rhythms.length > 0 ? rhythms : outer.hint,
    who: hasMore && heading.length <= 8 ? (firstActor(heading) ?? outer.who) : outer.who,
  }
  const line = dated && node.when ? afterWhen(node.line, node.when) : node.line
  if (line.text !== '')
    into.push(
      passage(node, line, context, {
        announces: hasMore,
        line: true,
        numbered: node.children.length === 0 && node.style !== 'plain',
      }),
    )
  for (const item of node.content) if (!('cells' in item)) into.push(passage(node, item, context, { numbered: false }))
  layTable(node, context, into, side)
  for (const child of node.children) lay(child, context, into, side)
}

/** Words such as 工作 or 帮扶 in a small item say nothing about a part; only the upper levels open one. */
function isPart(node: Node, outer: Context): boolean {
  if (node.role === null) return false
  const top =
    node.parent?.style === 'root' || node.style === 'plain' || node.style.startsWith('#') || node.style === 'han'
  if (top) return true
  return (
    outer.role !== 'schedule' && node.role !== 'measures' && node.role !== 'schedule' && headingText(node).length <= 10
  )
}

/** A date orders an arrangement when it heads something, when its neighbours are dated too, or in a section that says so. */
function isArrangement(node: Node): boolean {
  if (!node.when) return false
  for (let n = node.parent; n; n = n.parent) if (n.role === 'schedule') return true
  const rest = node.line.text.slice(node.when.length)
  const alone = /^(?:\([^)]*\))?[:。.]?$/.test(rest)
  if (alone && (node.content.length > 0 || node.children.length > 0)) return true
  const dated = neighbours(node)
  return !node.when.point && dated.length >= 2 && (new Set(dated.map((c) => c.when?.month)).size >= 2 || alone)
}

/** Dated parts beside this one, itself included; a window is enough to see that they follow one another. */
function neighbours(node: Node): Node[] {
  const siblings = node.parent?.children ?? []
  const at = node.place
  return siblings.slice(Math.max(0, at - 14), at + 15).filter((c) => c.when !== null && !c.when.point)
}

function afterWhen(line: Piece, when: When): Piece {
  return trimmed(cut(line, Math.min(when.length, line.text.length)))
}

function layTable(node: Node, context: Context, into: Passage[], side: TermSide): void {
  const rows = node.content.filter((c): c is Row => 'cells' in c)
  let columns = rows[0] ? readHeader(rows[0], side) : null
  let last: { when: When | null; hint: RhythmRead[] } = { when: context.when, hint: [] }
  rows.forEach((row, i) => {
    if (i === 0 && columns?.isHeader) return
    const header = readHeader(row, side)
    if (header.isHeader) {
      columns = header
      return
    }
    const read = readRow(row, columns ?? header, side, last)
    last = { when: read.when, hint: read.timeHint }
    const hint = read.rhythms.length > 0 ? read.rhythms : read.timeHint
    for (const piece of read.acts)
      into.push(
        passage(
          node,
          piece,
          {
            ...context,
            role: read.when ? 'schedule' : context.role,
            when: read.when,
            hint: hint.length > 0 ? hint : context.hint,
            who: read.who ?? context.who,
          },
          { row },
        ),
      )
    for (const piece of read.goals) into.push(passage(node, piece, { ...context, role: 'goals', when: null }, { row }))
  })
}
