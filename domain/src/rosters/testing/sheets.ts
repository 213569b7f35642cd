// Workbooks for tests, written as they look: one string per row, cells parted by |. `n:12` is a number, `d:2015-03-07` a date cell,
// `e:#REF!` an error, `~text` struck out; a range such as A1:C1 in `merges` is merged.

import { readRoster, type ReadOptions } from '../read.ts'
import type { ImportReport } from '../report.ts'
import { columnNumber, type Cell, type Merge, type Row, type Sheet, type Workbook } from '../workbook.ts'

export interface SheetSpec {
  readonly name?: string
  readonly rows: readonly string[]
  readonly merges?: readonly string[]
  readonly hidden?: boolean
  /** Numbers of hidden rows. */
  readonly hiddenRows?: readonly number[]
  readonly comments?: Readonly<Record<string, string>>
}

export function sheetOf(spec: SheetSpec): Sheet {
  const rows = spec.rows.map((line, place): Row => ({
    number: place + 1,
    hidden: spec.hiddenRows?.includes(place + 1) ?? false,
    cells: cellsOf(line, place + 1, spec.comments ?? {}),
  }))
  return {
    name: spec.name ?? 'Sheet1',
    hidden: spec.hidden ?? false,
    rows: rows.filter((row) => row.cells.size > 0),
    merges: (spec.merges ?? []).map(mergeOf),
  }
}

function cellsOf(line: string, row: number, comments: Readonly<Record<string, string>>): Map<number, Cell> {
  const cells = new Map<number, Cell>()
  line.split('|').forEach((field, column) => {
    const cell = cellOf(field.trim().replace(/\\n/g, '\n'))
    const address = Object.keys(comments).find((key) => addressOf(key)[0] === column && addressOf(key)[1] === row)
    if (cell) cells.set(column, address ? { ...cell, comment: comments[address] ?? '' } : cell)
  })
  return cells
}

function cellOf(text: string): Cell | null {
  if (text === '') return null
  if (text.startsWith('n:')) return { kind: 'number', text: text.slice(2) }
  if (text.startsWith('d:')) return { kind: 'date', text: text.slice(2) }
  if (text === 'e:') return { kind: 'error', text: '', unset: true }
  if (text.startsWith('e:')) return { kind: 'error', text: text.slice(2) }
  return text.startsWith('~') ? { kind: 'text', text: text.slice(1), struck: true } : { kind: 'text', text }
}

function addressOf(address: string): [number, number] {
  const match = /^([A-Z]+)(\d+)$/.exec(address)
  return [columnNumber(match?.[1] ?? ''), Number(match?.[2])]
}

function mergeOf(range: string): Merge {
  const [from = '', to = ''] = range.split(':')
  const [left, top] = addressOf(from)
  const [right, bottom] = addressOf(to)
  return { left, top, right, bottom }
}

export function workbookOf(...sheets: readonly SheetSpec[]): Workbook {
  return {
    name: 'roster.xlsx',
    format: 'xlsx',
    sha256: '0'.repeat(64),
    date1904: false,
    sheets: sheets.map(sheetOf),
    notes: [],
  }
}

export function readSheets(sheets: readonly SheetSpec[], options: Partial<ReadOptions> = {}): ImportReport {
  return readRoster(workbookOf(...sheets), { today: '2026-09-15', as_of: '2026-09', ...options })
}

/** The report of one sheet. */
export function readRows(
  rows: readonly string[],
  more: Partial<SheetSpec> & { options?: Partial<ReadOptions> } = {},
): ImportReport {
  const { options, ...spec } = more
  return readSheets([{ rows, ...spec }], options)
}

/** What a child has, without what it lacks: nulls, empty lists and empty objects are left out. */
export function stated(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stated)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
    const kept = stated(inner)
    const empty =
      kept === null ||
      kept === undefined ||
      (Array.isArray(kept) && kept.length === 0) ||
      (typeof kept === 'object' && !Array.isArray(kept) && Object.keys(kept as object).length === 0)
    return empty ? [] : [[key, kept]]
  })
  return Object.fromEntries(entries)
}
