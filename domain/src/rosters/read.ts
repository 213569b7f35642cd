// The entry: a workbook becomes a report. Pure: the same workbook, day and answers give the same report.

import { foldText } from '../chinese_text.ts'
import { sexes } from '../values/sex.ts'
import { yesNo } from '../values/yes_no.ts'
import { asOfIn } from './as_of.ts'
import type { Column } from './column.ts'
import { assignColumns, sampleValues, type Assigned } from './columns.ts'
import type { TableContext } from './draft.ts'
import { markDuplicates } from './duplicates.ts'
import { listOf } from './fields.ts'
import { readForms } from './forms.ts'
import { filledCells, makeGrid, textOf, type Grid } from './grid.ts'
import { legendTextFor, readLegend } from './legends.ts'
import { collectQuestions, type Questions } from './questions.ts'
import { applyMapping, headerSignature } from './mapping.ts'
import type { ImportedRow, ImportedTable, ImportReport, SkipReason } from './report.ts'
import { readTable } from './roster_table.ts'
import { findTables, type Table } from './tables.ts'
import type { Sheet, Workbook } from './workbook.ts'

export interface ReadOptions {
  /** YYYY-MM-DD: nothing is believed to have happened after it. */
  readonly today: string
  /** The day the file speaks of, YYYY-MM or YYYY-MM-DD, over what the file says. */
  readonly as_of?: string
  /** Choices by the ids of questions of an earlier reading. */
  readonly answers?: Readonly<Record<string, string>>
  /** Take the proposal of every open question. */
  readonly accept_proposals?: boolean
  /** Fields of columns by header signature, then by column letters or head: mappings remembered from earlier files. */
  readonly mapping?: Readonly<Record<string, Readonly<Record<string, string | null>>>>
  /** Fields of single columns as the user set them, by `sheet!letters` (of every table of the sheet) or `sheet!letters:first header row`. */
  readonly columns?: Readonly<Record<string, string | null>>
}

interface SheetReading {
  readonly tables: ImportedTable[]
  readonly rows: ImportedRow[]
  readonly skipped: { sheet: string; row: number; reason: SkipReason }[]
}

export function readRoster(workbook: Workbook, options: ReadOptions): ImportReport {
  const questions = collectQuestions(options.answers ?? {}, options.accept_proposals ?? false)
  const asOf = options.as_of ?? findAsOf(workbook) ?? askAsOf(questions, options.today)
  const notes = collectNotes(workbook)
  const shared: Shared = { workbook, options, questions, asOf: asOf ?? options.today, notes }
  const readings = workbook.sheets.map((sheet) => readSheet(sheet, shared))
  const rows = readings.flatMap((reading) => reading.rows)
  markDuplicates(rows, questions)
  return {
    file: { name: workbook.name, format: workbook.format, sha256: workbook.sha256 },
    sheets: workbook.sheets.map((sheet, place) => ({
      name: sheet.name,
      hidden: sheet.hidden,
      tables: readings[place]?.tables ?? [],
    })),
    rows,
    skipped: readings.flatMap((reading) => reading.skipped),
    as_of: asOf,
    questions: questions.list(),
    totals: countTotals(rows),
    notes: workbook.notes,
  }
}

interface Shared {
  readonly workbook: Workbook
  readonly options: ReadOptions
  readonly questions: Questions
  readonly asOf: string
  readonly notes: readonly string[]
}

function askAsOf(questions: Questions, today: string): string | null {
  const month = today.slice(0, 7)
  return questions.ask({
    sheet: '',
    column: null,
    place: '',
    code: 'as_of_unknown',
    row: null,
    raw: '',
    proposed: month,
    choices: [month],
  }).choice
}

/** Date lines and titles first, then note lines, sheet names and the name of the file. */
function findAsOf(workbook: Workbook): string | null {
  const lines: string[] = []
  for (const sheet of workbook.sheets) {
    if (sheet.hidden) continue
    const edge = [...sheet.rows.slice(0, 6), ...sheet.rows.slice(-4)]
    for (const row of edge) {
      const cells = filledCells(row)
      // A row of data speaks of a child, not of the file; a bare date is one only beside words that say so.
      if (cells.length > 5) continue
      const says = cells.some(({ text }) => /日期|时间|截[至止]|填报|填表|更新|制表/.test(text) && !/出生/.test(text))
      for (const { text } of cells) if (!/出生|生于/.test(text) && (says || /年|学期/.test(text))) lines.push(text)
    }
  }
  const labelled = lines.filter((line) => /填报|填表|制表|更新|统计|截至|截止|上报|登记|采集/.test(line))
  for (const line of [...labelled, ...lines, ...workbook.sheets.map((sheet) => sheet.name), workbook.name]) {
    const found = asOfIn(line)
    if (found) return found
  }
  return null
}

/** Sentences that may explain codes: lines with few cells, and comments on heads. */
function collectNotes(workbook: Workbook): string[] {
  const notes: string[] = []
  for (const sheet of workbook.sheets) {
    for (const row of sheet.rows) {
      const cells = filledCells(row)
      if (cells.length <= 3)
        for (const { text } of cells) if (text.length >= 6 && /\d|[A-Ha-h][.、:：=]/.test(text)) notes.push(text)
      for (const { cell } of cells) if (cell.comment) notes.push(`${textOf(cell)}：${cell.comment}`)
      if (notes.length > 500) return notes
    }
  }
  return notes
}

function readSheet(sheet: Sheet, shared: Shared): SheetReading {
  const grid = makeGrid(sheet)
  const reading: SheetReading = { tables: [], rows: [], skipped: [] }
  const seen = new Map<number, SkipReason>()
  // A form may hold a small table of the family, which is no list of children: forms are looked for first.
  readAsForms(grid, reading, shared)
  const tables = reading.rows.length > 0 ? [] : findTables(grid)
  const assigned = tables.map((table) => assign(sheet, table, shared.options))
  const usable = tables.flatMap((table, place) => {
    const { columns, name } = assigned[place] as Assigned
    return name ? [{ table, columns, name }] : []
  })
  for (const { table, columns, name } of usable) {
    const context = tableContext(sheet, table, columns, shared)
    const read = readTable(grid, table, name, context, usable.length === 1)
    if (read.rows.length === 0) continue
    reading.rows.push(...read.rows)
    reading.tables.push({
      header_rows: table.header_rows,
      first_row: read.first,
      last_row: read.last,
      columns: reportColumns(columns),
      signature: headerSignature(table.columns),
    })
    for (const row of table.above) seen.set(row.number, 'title')
    for (const row of table.header_rows) seen.set(row, 'header')
    for (const { row, reason } of read.skipped) if (!seen.has(row) || seen.get(row) === 'blank') seen.set(row, reason)
  }
  reading.rows.sort((a, b) => a.row - b.row)
  const taken = new Set(reading.rows.map(({ row }) => row))
  for (const row of sheet.rows)
    if (!taken.has(row.number) && !seen.has(row.number) && reading.rows.length === 0)
      seen.set(row.number, sheet.hidden ? 'hidden' : 'note')
  for (const [row, reason] of [...seen].sort((a, b) => a[0] - b[0]))
    if (!taken.has(row) && row > 0)
      reading.skipped.push({
        sheet: sheet.name,
        row,
        reason: sheet.hidden && reading.rows.length === 0 ? 'hidden' : reason,
      })
  return reading
}

function readAsForms(grid: Grid, reading: SheetReading, shared: Shared): void {
  const forms = readForms(grid, (columns, place) => ({
    ...baseContext(grid.sheet, shared),
    place,
    columns,
    legends: new Map(),
    codes: new Map(),
  }))
  for (const { row, first, last } of forms) {
    reading.rows.push(row)
    reading.tables.push({ header_rows: [], first_row: first, last_row: last, columns: [], signature: '' })
  }
}

function baseContext(sheet: Sheet, shared: Shared) {
  return {
    sheet: sheet.name,
    sheetHidden: sheet.hidden,
    date1904: shared.workbook.date1904,
    today: shared.options.today,
    asOf: shared.asOf,
    questions: shared.questions,
  }
}

function assign(sheet: Sheet, table: Table, options: ReadOptions): Assigned {
  const texts = (column: number) => {
    const values: string[] = []
    for (const row of table.body) {
      const cell = row.cells.get(column)
      if (cell && cell.kind !== 'error') values.push(textOf(cell))
      if (values.length >= 400) break
    }
    return sampleValues(values)
  }
  const assigned = assignColumns(table.columns, texts)
  return applyMapping(sheet.name, table, assigned, options)
}

function tableContext(sheet: Sheet, table: Table, columns: readonly Column[], shared: Shared): TableContext {
  const legends = new Map<string, ReadonlyMap<string, string>>()
  const codes = new Map<string, readonly string[]>()
  // 1=是 2=不是 above the table holds for every column of yes and no.
  const general = shared.notes.map((note) => readLegend(note, yesNo)).find((legend) => legend.size > 0)
  for (const column of columns) {
    const list = column.serial ? null : listOf(column.attributes[0] ?? 'other')
    if (!list) continue
    const own = [column.header, ...legendTextFor(column.header, shared.notes)]
      .map((text) => readLegend(text, list))
      .find((legend) => legend.size > 0)
    const legend = own ?? (list === sexes ? undefined : general)
    if (legend) legends.set(column.letters, legend)
    else if (column.tick === null) {
      const found = plainCodes(table, column.column)
      if (found.length > 0) codes.set(column.letters, found)
    }
  }
  return { ...baseContext(sheet, shared), place: String(table.header_rows[0] ?? ''), columns, legends, codes }
}

function plainCodes(table: Table, column: number): string[] {
  const codes = new Set<string>()
  for (const row of table.body) {
    const text = foldText(textOf(row.cells.get(column)))
    if (/^\d$/.test(text)) codes.add(text)
  }
  return [...codes].sort()
}

function reportColumns(columns: readonly Column[]): ImportedTable['columns'] {
  return columns
    .filter(({ header }) => header !== '')
    .map(({ letters, header, field, confidence, attributes, owner, serial }) => {
      const attribute = attributes[0]
      const fact =
        field === null && attribute !== undefined && attribute !== 'other' && !serial
          ? { fact: owner !== null && owner !== 'child' ? `${owner}.${attribute}` : attribute }
          : {}
      return {
        column: letters,
        header,
        field,
        confidence: field === null ? Math.min(confidence, 0.9) : confidence,
        ...fact,
      }
    })
}

function countTotals(rows: readonly ImportedRow[]): ImportReport['totals'] {
  const totals = { rows: rows.length, create: 0, update: 0, unchanged: 0, duplicate: 0, reject: 0, issues: 0 }
  for (const row of rows) {
    totals[row.action]++
    totals.issues += row.issues.length
  }
  return totals
}

export { headerSignature }
