// Finding the tables of a sheet: where heads stand (one to four rows of them), which columns they head, where the table ends.
// Several tables may be stacked or stand side by side; a page header repeated inside a table does not end it.

import { foldText } from '../chinese_text.ts'
import { classInTitle } from './context.ts'
import { filledCells, isHead, isPlainlyData, looksLikeData, textOf, type Grid } from './grid.ts'
import { understandHead } from './heads.ts'
import type { Row } from './workbook.ts'

export interface TableColumn {
  readonly column: number
  /** Heads from top to bottom, each once; empty for a column that has values and no head. */
  readonly path: readonly string[]
}

export interface Table {
  readonly header_rows: readonly number[]
  readonly columns: readonly TableColumn[]
  /** Rows under the heads up to the next table or the end of the sheet, page headers included. */
  readonly body: readonly Row[]
  /** Rows between the table before (or the top of the sheet) and the heads: titles, unit and date lines. */
  readonly above: readonly Row[]
}

/** Most rows of heads a table has; more in a row are a form whose labels stand between its values. */
const MAX_HEADER_ROWS = 4

interface Block {
  readonly first: number
  readonly last: number
  readonly rows: readonly Row[]
}

export function findTables(grid: Grid): Table[] {
  const blocks = findBlocks(grid)
  const tables: Table[] = []
  let previousEnd = Number.NEGATIVE_INFINITY
  for (const [place, block] of blocks.entries()) {
    const next = blocks[place + 1]
    const rest = grid.rows.filter((row) => row.number > block.last && (!next || row.number < next.first))
    if (next) while (rest.length > 0 && isTitleLine(rest.at(-1) as Row)) rest.pop()
    const columns = readColumns(grid, block, rest)
    const above = grid.rows.filter((row) => row.number > previousEnd && row.number < block.first)
    const parts = splitSideBySide(columns)
    for (const part of parts)
      tables.push({ header_rows: block.rows.map((row) => row.number), columns: part, body: rest, above })
    previousEnd = rest.at(-1)?.number ?? block.last
  }
  return tables
}

/** One cell alone, or labels with colons: a title that belongs to the table below it. */
function isTitleLine(row: Row): boolean {
  const cells = filledCells(row)
  return cells.length === 1 || cells.every(({ text }) => /[:：]/.test(text))
}

function findBlocks(grid: Grid): Block[] {
  const blocks: Block[] = []
  let known: ReadonlySet<string> | null = null
  for (let index = 0; index < grid.rows.length; index++) {
    const row = grid.rows[index]
    if (!row || !isHeaderRow(row)) continue
    const block = growBlock(grid, index)
    index += block.rows.filter((member) => member.number > row.number).length
    const texts = new Set(block.rows.flatMap((member) => filledCells(member).map(({ text }) => foldText(text))))
    // The same heads again are a page header, not a new table.
    if (known && overlap(known, texts) >= 0.8 && !hasNewTitle(grid, block, blocks.at(-1))) continue
    if (block.rows.length > MAX_HEADER_ROWS) continue
    blocks.push(block)
    known = texts
  }
  return blocks
}

/** A title of its own over the same heads: the next class or village, not the next page. */
function hasNewTitle(grid: Grid, block: Block, before: Block | undefined): boolean {
  const above = grid.rows.findLast((row) => row.number < block.first)
  const cells = above ? filledCells(above) : []
  const text = cells.length === 1 ? foldText(cells[0]?.text ?? '') : ''
  if (text === '' || /第.{1,4}页|续表|^以[下上]/.test(text) || /(?:小计|合计|总计)/.test(text)) return false
  if (classInTitle(text) === null && !/[村校园班组镇区]/.test(text)) return false
  // Printed titles are repeated with the heads.
  return !grid.rows.some(
    (row) =>
      before !== undefined &&
      row.number < before.first &&
      filledCells(row).some((cell) => foldText(cell.text) === text),
  )
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let same = 0
  for (const text of b) if (a.has(text)) same++
  return same / Math.max(a.size, b.size, 1)
}

export function isHeaderRow(row: Row): boolean {
  const all = filledCells(row)
  // 男 and 女 once each are two heads to be ticked, and no values.
  const once = (word: string) => all.filter(({ text }) => foldText(text) === word).length === 1
  const cells = once('男') && once('女') ? all.filter(({ text }) => !/^[男女]$/.test(foldText(text))) : all
  if (cells.length < 2) return false
  if (cells.filter(({ cell, text }) => isPlainlyData(cell, text)).length > cells.length * 0.2) return false
  let heads = 0
  let data = 0
  let named = 0
  const distinct = new Set<string>()
  for (const { cell, text } of cells) {
    distinct.add(foldText(text))
    // 班主任签字： is a place to sign, not a head.
    if (looksLikeData(cell, text) || /[:：]$/.test(text)) data++
    else if (isHead(text)) {
      heads++
      if (understandHead(text).attributes.length > 0) named++
    }
  }
  return heads >= 2 && named >= 1 && distinct.size >= 2 && heads >= cells.length * 0.5 && data <= cells.length * 0.2
}

/** From one row that is certainly heads to all rows that belong to them, above and below. */
function growBlock(grid: Grid, index: number): Block {
  const rows: Row[] = [grid.rows[index] as Row]
  for (let below = index + 1; below < grid.rows.length; below++) {
    const row = grid.rows[below] as Row
    const last = rows.at(-1) as Row
    const inside = grid.sheet.merges.some(
      (merge) =>
        merge.top <= last.number &&
        merge.bottom >= row.number &&
        merge.top >= (rows[0] as Row).number &&
        textOf(grid.cell(merge.top, merge.left)) !== '' &&
        isHead(textOf(grid.cell(merge.top, merge.left))),
    )
    const adjacent = row.number === last.number + 1
    const under = isSubHeaderRow(grid, row, rows)
    if (!adjacent || !(inside || isHeaderRow(row) || under)) break
    // A row that is full of data is no head, whatever is merged beside it; 双方 | 父 | 母 under one wide head look like names.
    const cells = filledCells(row)
    if (!under && cells.filter(({ cell, text }) => looksLikeData(cell, text)).length > cells.length * 0.3) break
    rows.push(row)
  }
  for (let above = index - 1; above >= 0 && rows.length < MAX_HEADER_ROWS; above--) {
    const row = grid.rows[above] as Row
    if (row.number !== (rows[0] as Row).number - 1 || !isGroupRow(grid, row)) break
    rows.unshift(row)
  }
  return { first: (rows[0] as Row).number, last: (rows.at(-1) as Row).number, rows }
}

/** 健康 | 残疾 | 患病 under 身体情况: answers as heads, each below a wider head. */
function isSubHeaderRow(grid: Grid, row: Row, above: readonly Row[]): boolean {
  const cells = filledCells(row)
  const last = above.at(-1) as Row
  return (
    cells.length >= 2 &&
    cells.every(({ cell, text, column }) => {
      if (cell.kind !== 'text' || text.length > 12 || /\d{3,}/.test(text)) return false
      const merge = grid.merge(last.number, column)
      return merge !== undefined && merge.right > merge.left && merge.bottom < row.number
    })
  )
}

/** A row of group labels over the heads: several short cells, at least one of them wide. */
function isGroupRow(grid: Grid, row: Row): boolean {
  const cells = filledCells(row)
  if (
    cells.length < 2 ||
    cells.some(({ cell, text }) => looksLikeData(cell, text) || text.length > 16 || /[:：]|年.*月/.test(text))
  )
    return false
  return cells.some(({ column }) => {
    const merge = grid.merge(row.number, column)
    return merge !== undefined && merge.right > merge.left
  })
}

function readColumns(grid: Grid, block: Block, body: readonly Row[]): TableColumn[] {
  const used = new Set<number>()
  for (const row of block.rows) {
    for (const { column } of filledCells(row)) {
      const merge = grid.merge(row.number, column)
      for (let at = column; at <= Math.min(merge?.right ?? column, column + 60); at++) used.add(at)
    }
  }
  const [left, right] = [Math.min(...used), Math.max(...used)]
  for (const row of body)
    for (const { column } of filledCells(row)) if (column > left && column < right) used.add(column)
  const columns = [...used].sort((a, b) => a - b)
  return dropEmptyHalves(
    body,
    columns.map((column) => ({ column, path: headPath(grid, block, column) })),
  )
}

/** A head merged over two columns of which only one is ever filled is one column. */
function dropEmptyHalves(body: readonly Row[], columns: TableColumn[]): TableColumn[] {
  const filled = new Set<number>()
  for (const row of body) for (const { column } of filledCells(row)) filled.add(column)
  return columns.filter(({ column, path }, place) => {
    const before = columns[place - 1]
    const same = before !== undefined && path.length > 0 && before.path.join('/') === path.join('/')
    return path.length > 0 ? !same || filled.has(column) : filled.has(column)
  })
}

function headPath(grid: Grid, block: Block, column: number): string[] {
  const path: string[] = []
  for (const row of block.rows) {
    const text = textOf(grid.seen(row.number, column)).replace(/\s+/g, '') || groupToTheLeft(grid, block, row, column)
    if (text !== '' && path.at(-1) !== text) path.push(text)
  }
  return path
}

/** An unmerged group label: 父亲 | (blank) | (blank) over 姓名 | 电话 | 务工地. It reaches right while the cells beside it are blank and those below are not. */
function groupToTheLeft(grid: Grid, block: Block, row: Row, column: number): string {
  const below = block.rows[block.rows.indexOf(row) + 1]
  if (!below || grid.merge(row.number, column) || textOf(grid.seen(below.number, column)) === '') return ''
  for (let at = column - 1; at >= 0 && column - at < 15; at--) {
    if (textOf(grid.seen(below.number, at)) === '') return ''
    const merge = grid.merge(row.number, at)
    const text = textOf(grid.seen(row.number, at)).replace(/\s+/g, '')
    if (text === '') continue
    // A label merged over its own columns, or down over the row below, ends where its merge ends.
    return merge ? '' : text
  }
  return ''
}

/** 序号 姓名 性别 | 序号 姓名 性别: the same heads again to the right are a second table with the same rows. */
function splitSideBySide(columns: readonly TableColumn[]): TableColumn[][] {
  const keys = columns.map(({ path }) => foldText(path.join('/')))
  const first = keys.findIndex((key) => key !== '')
  const starts = keys.flatMap((key, place) => (key !== '' && key === keys[first] ? [place] : []))
  if (starts.length < 2) return [[...columns]]
  const pieces = starts.map((start, place) =>
    columns.slice(start, starts[place + 1]).filter(({ path }) => path.length > 0),
  )
  const [model, ...others] = pieces as [TableColumn[], ...TableColumn[][]]
  const sameHeads = (piece: readonly TableColumn[]) => {
    const heads = new Set(model.map(({ path }) => foldText(path.join('/'))))
    const same = piece.filter(({ path }) => heads.has(foldText(path.join('/')))).length
    return same >= 2 && same >= piece.length * 0.7 && same >= model.length * 0.5
  }
  const hasName = (piece: readonly TableColumn[]) =>
    piece.some(({ path }) => path.some((text) => understandHead(text).attributes.includes('name')))
  return model.length >= 2 && others.every(sameHeads) && pieces.every(hasName)
    ? starts.map((start, place) => columns.slice(start, starts[place + 1]))
    : [[...columns]]
}
