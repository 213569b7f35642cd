// Tables of a Word document. Each table becomes a sheet; the paragraphs before it become rows above it, because titles,
// units and dates stand there.

import type { Cell, Merge, Row, Sheet } from '@nuanyang/domain/rosters/workbook.ts'
import { ReadRefusal } from './refusal.ts'
import type { ReadSheets } from './workbook.ts'
import { attribute, parseXml } from './xml.ts'
import { openZip } from './zip.ts'

interface Building {
  above: Row[]
  rows: Row[]
  merges: Merge[]
  /** Column → the merge that still runs down. */
  running: Map<number, { top: number; left: number; right: number; bottom: number }>
}

export function readDocx(bytes: Uint8Array): ReadSheets {
  const xml = openZip(bytes).text('word/document.xml', 256 * 1024 * 1024)
  if (!xml) throw new ReadRefusal('corrupted')
  const sheets = readTables(xml)
  if (sheets.length === 0) throw new ReadRefusal('not_a_table')
  return { sheets }
}

function readTables(xml: string): Sheet[] {
  const sheets: Sheet[] = []
  let before: { text: string }[] = []
  let table: Building | null = null
  let depth = 0
  let column = 0
  let cells = new Map<number, Cell>()
  let cell = { text: '', span: 1, vertical: null as 'start' | 'continue' | null, struck: 0 }
  let text = ''
  let inText = false
  let runStruck = false
  parseXml(xml, {
    open(name, attributes) {
      if (name === 'tbl' && ++depth === 1) table = startTable(before)
      else if (name === 'tr' && depth === 1) [column, cells] = [0, new Map()]
      else if (name === 'tc' && depth === 1) cell = { text: '', span: 1, vertical: null, struck: 0 }
      else if (name === 'gridSpan' && depth === 1) cell.span = Math.max(1, Number(attribute(attributes, 'val') ?? 1))
      else if (name === 'vMerge' && depth === 1)
        cell.vertical = attribute(attributes, 'val') === 'restart' ? 'start' : 'continue'
      else if (name === 'gridBefore' && depth === 1) column += Number(attribute(attributes, 'val') ?? 0)
      else if (name === 'r') runStruck = false
      else if (name === 'strike' || name === 'dstrike')
        runStruck = !['0', 'false', 'off'].includes(attribute(attributes, 'val') ?? '1')
      else if (name === 't') inText = true
      else if (name === 'tab') text += ' '
      else if (name === 'br' || name === 'cr') text += '\n'
      // Check boxes of content controls and symbols from Wingdings, where filled forms tick.
      else if (name === 'sym')
        text += ['F052', 'F0FE', 'F0FC'].includes((attribute(attributes, 'char') ?? '').toUpperCase()) ? '☑' : '□'
    },
    text(part) {
      if (!inText) return
      text += part
      if (runStruck) cell.struck += part.trim().length
    },
    close(name) {
      if (name === 't') inText = false
      else if (name === 'p') {
        if (depth === 0) {
          if (text.trim()) before.push({ text })
        } else cell.text += cell.text && text ? `\n${text}` : text
        text = ''
      } else if (name === 'tc' && depth === 1 && table) {
        addCell(table, cells, column, cell)
        column += cell.span
      } else if (name === 'tr' && depth === 1 && table)
        table.rows.push({ number: table.rows.length + 1, hidden: false, cells })
      else if (name === 'tbl' && depth-- === 1 && table) {
        sheets.push({
          name: `表${sheets.length + 1}`,
          hidden: false,
          rows: [...table.above, ...table.rows.filter((row) => row.cells.size > 0)],
          merges: [...table.merges, ...table.running.values()].filter(
            (merge) => merge.bottom > merge.top || merge.right > merge.left,
          ),
        })
        ;[table, before] = [null, []]
      }
    },
  })
  return sheets
}

/** Rows of the table count from 1 as Word counts them; the lines above it come before row 1. */
function startTable(before: readonly { text: string }[]): Building {
  return { above: linesAbove(before.map(({ text }) => text)), rows: [], merges: [], running: new Map() }
}

/** Lines of text before a table as rows numbered up to 0: titles, units and dates stand there. */
export function linesAbove(lines: readonly string[]): Row[] {
  const last = lines.slice(-6)
  return last.map((text, place): Row => ({
    number: place - last.length + 1,
    hidden: false,
    cells: new Map([[0, { kind: 'text', text }]]),
  }))
}

function addCell(
  table: Building,
  cells: Map<number, Cell>,
  column: number,
  cell: { text: string; span: number; vertical: 'start' | 'continue' | null; struck: number },
): void {
  const number = table.rows.length + 1
  const right = column + cell.span - 1
  const running = table.running.get(column)
  if (cell.vertical === 'continue' && running) {
    running.bottom = number
    return
  }
  if (running) {
    table.merges.push(running)
    table.running.delete(column)
  }
  if (cell.vertical === 'start') table.running.set(column, { top: number, left: column, right, bottom: number })
  else if (cell.span > 1) table.merges.push({ top: number, left: column, right, bottom: number })
  if (cell.text.trim() === '') return
  const struck = cell.struck > 0 && cell.struck >= cell.text.trim().length
  cells.set(column, struck ? { kind: 'text', text: cell.text, struck: true } : { kind: 'text', text: cell.text })
}
