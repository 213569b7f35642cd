// Runs in a worker thread of workbook.legacy.ts.

import { parentPort, workerData } from 'node:worker_threads'
import * as xlsx from '@e965/xlsx'
import * as codepages from '@e965/xlsx/dist/cpexcel.full.mjs'
import { struckCells } from './biff_strike.ts'
import type { Cell, Merge, Row, Sheet } from '@nuanyang/domain/rosters/workbook.ts'
import { numberCell } from './number_formats.ts'
import type { LegacyAnswer, LegacyKind } from './workbook.legacy.ts'

/** A sheet of the old format has at most 65,536 × 256 cells, nearly all empty. */
const MAX_CELLS = 3_000_000

// Files older than Excel 97 hold text in code page 936.
xlsx.set_cptable(codepages)

function read(kind: LegacyKind, content: Uint8Array | string): LegacyAnswer {
  let book: xlsx.WorkBook
  try {
    book = xlsx.read(content, {
      type: typeof content === 'string' ? 'string' : 'array',
      cellDates: false,
      cellNF: true,
      cellStyles: true,
      cellText: true,
      codepage: 936,
      ...(kind === 'html' ? { raw: true } : {}),
    })
  } catch (cause) {
    return {
      refused:
        /password|encrypt/i.test(String(cause)) && !/ZIP encryption/.test(String(cause))
          ? 'password_protected'
          : 'corrupted',
    }
  }
  const date1904 = book.Workbook?.WBProps?.date1904 === true
  const struck = kind === 'xls' && typeof content !== 'string' ? struckOf(content) : []
  const sheets = book.SheetNames.map((name, place) =>
    readSheet(
      name,
      (book.Workbook?.Sheets?.[place]?.Hidden ?? 0) !== 0,
      book.Sheets[name],
      date1904,
      kind,
      struck[place],
    ),
  )
  return { read: { sheets, date1904 } }
}

function struckOf(content: Uint8Array): Set<string>[] {
  // A file without container is its own stream.
  if (content[0] !== 0xd0) return struckCells(content)
  const container = xlsx.CFB.read(Buffer.from(content), { type: 'buffer' })
  const stream = xlsx.CFB.find(container, 'Workbook') ?? xlsx.CFB.find(container, 'Book')
  return stream ? struckCells(Uint8Array.from(stream.content)) : []
}

function readSheet(
  name: string,
  hidden: boolean,
  sheet: xlsx.WorkSheet | undefined,
  date1904: boolean,
  kind: LegacyKind,
  struck: ReadonlySet<string> | undefined,
): Sheet {
  const rows = new Map<number, { number: number; hidden: boolean; cells: Map<number, Cell> }>()
  let count = 0
  for (const [address, value] of Object.entries(sheet ?? {})) {
    if (address.startsWith('!')) continue
    const cell = toCell(value as xlsx.CellObject, date1904, kind)
    if (!cell || ++count > MAX_CELLS) continue
    const { r, c } = xlsx.utils.decode_cell(address)
    let row = rows.get(r)
    if (!row) rows.set(r, (row = { number: r + 1, hidden: sheet?.['!rows']?.[r]?.hidden === true, cells: new Map() }))
    row.cells.set(c, struck?.has(`${r}:${c}`) ? { ...cell, struck: true } : cell)
  }
  const merges = (sheet?.['!merges'] ?? []).map((range): Merge => ({
    top: range.s.r + 1,
    left: range.s.c,
    bottom: range.e.r + 1,
    right: range.e.c,
  }))
  const ordered: Row[] = [...rows.values()]
    .sort((a, b) => a.number - b.number)
    .map((row) => ({ ...row, cells: new Map([...row.cells].sort((a, b) => a[0] - b[0])) }))
  return { name, hidden, rows: ordered, merges }
}

function toCell(value: xlsx.CellObject, date1904: boolean, kind: LegacyKind): Cell | null {
  const comment = value.c
    ?.map((note) => note.t)
    .join('\n')
    .trim()
  const cell = bareCell(value, date1904, kind)
  return comment ? { ...(cell ?? { kind: 'text', text: '' }), comment } : cell
}

function bareCell(value: xlsx.CellObject, date1904: boolean, kind: LegacyKind): Cell | null {
  switch (value.t) {
    case 's': {
      // A spreadsheet's quote prefix is not part of the text, but HTML tables keep non-breaking spaces in empty cells.
      const text = String(value.v ?? '')
      return text.trim() === '' ? (value.f ? { kind: 'error', text: '', unset: true } : null) : { kind: 'text', text }
    }
    case 'n':
      return typeof value.v === 'number' ? numberCell(value.v, String(value.z ?? 'General'), date1904) : null
    case 'd':
      return {
        kind: 'date',
        text: value.v instanceof Date ? value.v.toISOString().slice(0, 10) : String(value.v).slice(0, 10),
      }
    case 'b':
      return { kind: 'boolean', text: value.v ? 'TRUE' : 'FALSE' }
    case 'e':
      return { kind: 'error', text: value.w ?? '#N/A' }
    default:
      return value.f && kind !== 'html' ? { kind: 'error', text: '', unset: true } : null
  }
}

const { kind, content } = workerData as { kind: LegacyKind; content: Uint8Array | string }
parentPort?.postMessage(read(kind, content))
