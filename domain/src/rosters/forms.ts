// Forms: one child per sheet (or several below each other), a label beside each value, family members in a small table; and
// lists turned on their side, with the labels in one column and a child in each column after it.

import { foldText } from '../chinese_text.ts'
import { isRelationWord } from '../relations.ts'
import { guardianshipTypes } from '../values/guardianship_type.ts'
import { healths } from '../values/health.ts'
import { parentStates } from '../values/parent_state.ts'
import { schoolingWords } from '../values/schooling.ts'
import { readValue } from '../values/value.ts'
import { yesNo } from '../values/yes_no.ts'
import type { Column } from './column.ts'
import { assignColumns } from './columns.ts'
import type { TableContext } from './draft.ts'
import { isHead, looksLikeData, looksLikeName, textOf, type Grid } from './grid.ts'
import { understandHead, type Attribute } from './heads.ts'
import type { ImportedRow } from './report.ts'
import { readSingle } from './roster_table.ts'
import type { TableColumn } from './tables.ts'
import type { Cell, Row } from './workbook.ts'

export interface ReadForm {
  readonly row: ImportedRow
  readonly first: number
  readonly last: number
}

/** A cell as it lies in one row, with the columns its merge covers. */
interface Item {
  readonly left: number
  readonly right: number
  readonly text: string
  readonly cell: Cell
  /** Merged down from this row or from above. */
  readonly tall: boolean
}

interface Pair {
  readonly row: number
  /** Column of the label. */
  readonly left: number
  readonly path: readonly string[]
  readonly cell: Cell
}

/** Attributes a form states of the child itself; three of them beside the name make a form. */
const OWN: ReadonlySet<Attribute> = new Set<Attribute>([
  'sex',
  'born_on',
  'id_no',
  'ethnicity',
  'residence',
  'household_place',
  'school',
  'grade',
  'class',
  'health',
  'boarding',
  'away',
  'schooling',
  'age',
  'villager_group',
])
const ENOUGH = 3
/** Rows of the longest form, and lines of the largest family; more is a list. */
const MAX_ROWS = 80
const MAX_FAMILY = 12

/** The children of a sheet of forms; none when the sheet is a list. */
export function readForms(
  grid: Grid,
  context: (columns: readonly Column[], place: string) => TableContext,
): ReadForm[] {
  const turned = readTurned(grid, context)
  if (turned.length > 0) return turned
  const forms: ReadForm[] = []
  for (const region of splitRegions(grid)) {
    if (region.length > MAX_ROWS) continue
    const pairs = collectPairs(grid, region)
    const name = pairs.find(isChildName)
    if (!name || !looksLikeName(textOf(name.cell)) || countOwn(pairs) < ENOUGH || !standsInForm(name, pairs)) continue
    forms.push(...readPairs(pairs, name.row, region, context))
  }
  return forms
}

function isChildName({ path, cell }: Pair): boolean {
  const meanings = path.map((text) => understandHead(text))
  return (
    meanings.at(-1)?.attributes[0] === 'name' &&
    meanings.every(({ owner }) => owner === null || owner === 'child') &&
    textOf(cell) !== ''
  )
}

/** Beside the name stands another label with its value, or labels go on below it: a head over a column of names has neither. */
function standsInForm(name: Pair, pairs: readonly Pair[]): boolean {
  return (
    pairs.filter(({ row }) => row === name.row).length >= 2 ||
    new Set(pairs.filter(({ left }) => left === name.left).map(({ row }) => row)).size >= ENOUGH
  )
}

function countOwn(pairs: readonly Pair[]): number {
  const own = new Set<Attribute>()
  for (const { path } of pairs) {
    const meanings = path.map((text) => understandHead(text))
    const attribute = meanings.at(-1)?.attributes[0]
    if (attribute && OWN.has(attribute) && meanings.every(({ owner }) => owner === null || owner === 'child'))
      own.add(attribute)
  }
  return own.size
}

function readPairs(
  pairs: readonly Pair[],
  nameRow: number,
  region: readonly Row[],
  context: (columns: readonly Column[], place: string) => TableContext,
): ReadForm[] {
  const columns: TableColumn[] = pairs.map(({ path }, column) => ({ column, path }))
  const { columns: assigned } = assignColumns(columns, (column) => {
    const text = textOf(pairs[column]?.cell)
    return text === '' ? [] : [text]
  })
  const values = new Map(pairs.map(({ cell }, column) => [column, cell]))
  const row = readSingle(context(assigned, String(nameRow)), nameRow, values)
  if (row === null) return []
  return [{ row, first: region[0]?.number ?? nameRow, last: region.at(-1)?.number ?? nameRow }]
}

/** Rows from one child's name to the next child's name in the same column, with the title lines above each. */
function splitRegions(grid: Grid): Row[][] {
  const starts: number[] = []
  let column: number | null = null
  for (const row of grid.rows) {
    const items = itemsOf(grid, row)
    const at = items.findIndex(
      (item, place) =>
        isLabel(item, null) &&
        isNameLabel(item.text) &&
        !(items[place - 1] && isGroupLabel(items[place - 1] as Item, item)),
    )
    const item = items[at]
    if (!item || (column !== null && item.left !== column)) continue
    column ??= item.left
    starts.push(row.number)
  }
  return starts.map((start, place) => {
    const until = starts[place + 1] ?? Number.POSITIVE_INFINITY
    const from = place === 0 ? 0 : start
    return grid.rows.filter((row) => row.number >= from && row.number < until)
  })
}

/** Cheap enough to ask of every row of a long list. */
function mayNameSomebody(row: Row): boolean {
  for (const cell of row.cells.values()) if (cell.text.length < 40 && /[名叫姓]/.test(cell.text)) return true
  return false
}

function isNameLabel(text: string): boolean {
  const { attributes, owner } = understandHead(bare(text))
  return attributes[0] === 'name' && attributes.length === 1 && (owner === null || owner === 'child')
}

function bare(text: string): string {
  return text.replace(/[:：]\s*$/, '')
}

function itemsOf(grid: Grid, row: Row): Item[] {
  const items: Item[] = []
  const seen = new Set<number>()
  const columns = new Set(row.cells.keys())
  for (const merge of grid.sheet.merges)
    if (merge.top < row.number && merge.bottom >= row.number) columns.add(merge.left)
  for (const column of [...columns].sort((a, b) => a - b)) {
    const merge = grid.merge(row.number, column)
    const left = merge?.left ?? column
    const cell = merge ? grid.cell(merge.top, merge.left) : row.cells.get(column)
    const text = textOf(cell)
    if (!cell || text === '' || seen.has(left)) continue
    seen.add(left)
    items.push({
      left,
      right: merge?.right ?? column,
      text,
      cell,
      tall: merge !== undefined && merge.bottom > merge.top,
    })
  }
  return items
}

const VALUE_LISTS = {
  health: healths,
  schooling: schoolingWords,
  guardianship_type: guardianshipTypes,
  state: parentStates,
  work_place: parentStates,
  occupation: parentStates,
  hukou_registered: yesNo,
  entrusted: yesNo,
} as const

/** A cell that names what stands beside it. After a label, an answer to that label is a value even when it could be a label: 关系 | 父亲. */
function isLabel(item: Item, before: Item | null): boolean {
  const text = bare(item.text)
  if (item.cell.kind !== 'text' || text.length > 24 || /[□☐☑√✓]/.test(text)) return false
  if (!isHead(text) || (looksLikeData(item.cell, text) && !/[:：]\s*$/.test(item.text))) return false
  if (before === null) return true
  const attribute = understandHead(bare(before.text)).attributes[0]
  if (attribute === 'relation' && isRelationWord(text)) return false
  // A label is not followed by a label of the same thing: 留守类型 | 父母双方外出, 身体情况 | 健康.
  const own = understandHead(text)
  if (
    attribute !== undefined &&
    own.attributes[0] === attribute &&
    own.owner === understandHead(bare(before.text)).owner
  )
    return false
  const list =
    attribute !== undefined && attribute in VALUE_LISTS ? VALUE_LISTS[attribute as keyof typeof VALUE_LISTS] : null
  if (list && readValue(list, text) !== null) return false
  return !(attribute === 'occupation' && /^(?:务工|打工|务农|工人|农民|经商)$/.test(foldText(text)))
}

/** 父亲 before 姓名: the label of a group, not of a value. */
function isGroupLabel(item: Item, next: Item): boolean {
  if (!isLabel(item, null) || !isLabel(next, item) || next.left > item.right + 1) return false
  const { owner, attributes } = understandHead(bare(item.text))
  return owner !== null ? attributes.length === 0 || attributes[0] === 'state' || attributes[0] === 'other' : item.tall
}

function collectPairs(grid: Grid, region: readonly Row[]): Pair[] {
  const pairs: Pair[] = []
  for (let place = 0; place < region.length; place++) {
    const row = region[place] as Row
    const items = itemsOf(grid, row)
    const used = readFamily(grid, region, place, items, pairs)
    if (used > 0) {
      place += used
      continue
    }
    collectRow(row, items, pairs)
  }
  return pairs
}

function collectRow(row: Row, items: readonly Item[], pairs: Pair[]): void {
  let group: string | null = null
  for (let at = 0; at < items.length; at++) {
    const item = items[at] as Item
    const inline = /^([^:：]{2,16})[:：]\s*(\S.*)$/.exec(item.text)
    if (inline && isHead(inline[1] ?? '')) {
      if (row.cells.get(item.left) === item.cell)
        pairs.push({
          row: row.number,
          left: item.left,
          path: path(group, inline[1] ?? ''),
          cell: { kind: 'text', text: inline[2] ?? '' },
        })
      continue
    }
    const next = items[at + 1]
    const label = isLabel(item, null)
    if (label && next && isGroupLabel(item, next)) {
      group = bare(item.text)
      continue
    }
    if (!label || !next || isLabel(next, item) || next.left > item.right + 1) continue
    // A value merged down belongs to the row where it begins.
    if (row.cells.get(next.left) === next.cell)
      pairs.push({ row: row.number, left: item.left, path: path(group, bare(item.text)), cell: next.cell })
    at++
  }
}

function path(group: string | null, label: string): string[] {
  const text = label.replace(/\s+/g, '')
  return group === null ? [text] : [group.replace(/\s+/g, ''), text]
}

/** 称谓 | 姓名 | 年龄 | 电话 over lines of people; returns how many further rows were used. */
function readFamily(grid: Grid, region: readonly Row[], place: number, items: readonly Item[], pairs: Pair[]): number {
  const heads = items.filter((item, at) => isLabel(item, null) && !(at === 0 && item.tall && items.length > 2))
  const plain = items.filter((item) => !isLabel(item, null)).length
  const attributes = heads.map((item) => understandHead(bare(item.text)))
  const hasName = attributes.some(
    (meaning) => meaning.attributes[0] === 'name' && (meaning.owner === null || meaning.owner === 'member'),
  )
  // The family stands below the child it belongs to; the same heads without a child above them are a list.
  if (heads.length < 3 || plain > 0 || !hasName || !pairs.some(isChildName)) return 0
  const adjacent = heads.every((item, at) => at === 0 || item.left <= (heads[at - 1] as Item).right + 1)
  if (!adjacent) return 0
  let used = 0
  const lines: Pair[] = []
  for (let line = place + 1; line < region.length; line++) {
    const row = region[line] as Row
    const cells = itemsOf(grid, row).filter((item) => row.cells.get(item.left) === item.cell)
    const first = cells[0]
    const labels = cells.filter((item) => isLabel(item, null) && !isRelationWord(item.text)).length
    if (!first || labels >= Math.max(1, cells.length * 0.5)) break
    used++
    const relation = cells.find((item) => isRelationWord(item.text))
    for (const item of cells) {
      const head = heads.find((label) => label.left <= item.left && item.left <= label.right)
      if (!head) continue
      const who = relation && (readsParent(relation.text) ?? null)
      lines.push({
        row: row.number,
        left: item.left,
        path: [who ?? `成员${used}`, bare(head.text).replace(/\s+/g, '')],
        cell: item.cell,
      })
    }
    // 父亲 as a row label with no head of its own.
    if (relation && !heads.some((label) => label.left <= relation.left && relation.left <= label.right))
      lines.push({
        row: row.number,
        left: relation.left,
        path: [readsParent(relation.text) ?? `成员${used}`, '关系'],
        cell: relation.cell,
      })
  }
  // Longer than a family: a list of children.
  if (used > MAX_FAMILY) return 0
  pairs.push(...lines)
  return used
}

function readsParent(text: string): string | null {
  const folded = foldText(text)
  return /^(?:父亲?|爸爸?)$/.test(folded) ? '父亲' : /^(?:母亲?|妈妈?)$/.test(folded) ? '母亲' : null
}

/** Labels down the first column, one child in each further column. */
function readTurned(grid: Grid, context: (columns: readonly Column[], place: string) => TableContext): ReadForm[] {
  for (const row of grid.rows) {
    if (!mayNameSomebody(row)) continue
    const items = itemsOf(grid, row)
    const at = items.findIndex((item) => isLabel(item, null) && isNameLabel(item.text))
    const label = items[at]
    const names = items.slice(at + 1)
    if (!label || names.length < 2 || !names.every((item) => looksLikeName(item.text) && !isLabel(item, label)))
      continue
    const labelled = grid.rows.filter((other) => {
      const cell = other.cells.get(label.left)
      return cell !== undefined && isHead(bare(textOf(cell))) && other.cells.size >= 2
    })
    if (labelled.length < ENOUGH + 1) continue
    return names.flatMap((item) => {
      const pairs = labelled.flatMap((other): Pair[] => {
        const cell = grid.seen(other.number, item.left)
        return cell && textOf(cell) !== ''
          ? [
              {
                row: other.number,
                left: label.left,
                path: [bare(textOf(other.cells.get(label.left))).replace(/\s+/g, '')],
                cell,
              },
            ]
          : []
      })
      return readPairs(pairs, row.number, labelled, context)
    })
  }
  return []
}
