// How a table lies on paper: widths in millimetres, sizes in points, heads over one another. PDF and Word take their measures from here,
// so that both look the same and nothing has to be measured twice.
import type { PrintedTable } from '@nuanyang/contract/documents.printed.ts'
import { lineWidth } from './docx.ts'
import { charactersOf, printedDay } from './printed_words.ts'

export interface LaidHead {
  readonly text: string
  readonly column: number
  readonly row: 0 | 1
  readonly across: number
  readonly down: number
  readonly size: number
}

export interface LaidCell {
  readonly text: string
  readonly size: number
  readonly set: 'left' | 'centre'
}

/** All of it is plain data. */
export interface LaidTable {
  readonly title: string
  readonly unit: string
  readonly day: string
  readonly page: { readonly width: number; readonly height: number; readonly margin: number }
  readonly widths: readonly number[]
  readonly size: number
  readonly levels: 1 | 2
  readonly head: readonly LaidHead[]
  readonly rows: readonly (readonly LaidCell[])[]
  readonly sums: number
  readonly notes: readonly string[]
  readonly beside: PrintedTable['beside']
  readonly signatures: readonly string[]
  readonly footer: string
}

const sheets = { a4: { width: 297, height: 210 }, a3: { width: 420, height: 297 } } as const
const margin = 12
const fullSize = 10.5
/** Half a Chinese character of 10.5 pt, in mm. */
const characterMm = (fullSize / 2) * (25.4 / 72)
/** Below this nobody reads without glasses; then cells break over lines instead. */
const leastSize = 7

/** Wider than A4 can bear goes on A3, whatever the preset says: a smaller face would not be read. */
export function layTable(table: PrintedTable): LaidTable {
  const characters = table.columns.reduce((sum, column) => sum + column.width, 0)
  const fits = (paper: 'a4' | 'a3') => (sheets[paper].width - 2 * margin) / (characters * characterMm)
  const paper = table.paper === 'a4' && fits('a4') < 0.72 ? 'a3' : table.paper
  const page = sheets[paper]
  // A narrow table is widened at most half again: six columns should not huddle in a corner, nor stand a hand apart.
  const scale = Math.min(1.6, fits(paper))
  const widths = table.columns.map((column) => column.width * characterMm * scale)
  const size = Math.max(leastSize, Math.min(fullSize, Math.floor(fullSize * scale * 2) / 2))
  const levels = table.columns.some((column) => column.header.includes('/')) ? 2 : 1
  return {
    title: table.title,
    unit: `填报单位：${table.unit}`,
    day: `截至日期：${printedDay(table.as_of)}`,
    page: { ...page, margin },
    widths,
    size,
    levels,
    head: headOf(table, widths, size, levels),
    rows: table.rows.map((row) =>
      table.columns.map((column, index): LaidCell => {
        const text = printable(row[index] ?? null)
        const wraps = column.wrap === true && column.kind !== 'number'
        // What breaks over lines still must not cut a number in two.
        const whole = wraps ? longestRun(text) : longestLine(text)
        const wide = runWidth(whole, size) > (widths[index] ?? 0) - 2
        return {
          text,
          size: wide ? onOneLine(whole, widths[index] ?? 0, size) : size,
          set: wraps ? 'left' : 'centre',
        }
      }),
    ),
    sums: table.sums,
    notes: table.notes.map((note) => `注：${note}`),
    beside: table.beside,
    signatures: table.signature_lines,
    footer: `导出人：${table.issued_by}　时间：${table.issued_at}　用途：${table.purpose}`,
  }
}

const printable = (value: string | number | null) => (value === null ? '' : String(value))
const longestRun = (text: string) => longest(text.split(/[^\x21-\x7e•]+/))
const longestLine = (text: string) => longest(text.split('\n'))
const longest = (parts: readonly string[]) =>
  parts.reduce((most, part) => (charactersOf(part).length > charactersOf(most).length ? part : most), '')
/** Figures of the hand-like face are wider than half a character. */
const runWidth = (text: string, size: number) => lineWidth(text, size) * (/^[\x21-\x7e]+$/.test(text) ? 1.14 : 1.02)
/** The largest size at which a name or number stays on one line; 5.5 pt at least, and then it breaks. */
function onOneLine(text: string, width: number, size: number): number {
  const steps = [0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65].map((step) => Math.max(5.5, Math.round(size * step * 10) / 10))
  return steps.find((step) => runWidth(text, step) <= width - 2) ?? 5.5
}

function headOf(table: PrintedTable, widths: readonly number[], size: number, levels: 1 | 2): LaidHead[] {
  const parts = table.columns.map(({ header }) => {
    const [group = '', ...rest] = header.split('/')
    return { group, name: rest.join('/') }
  })
  const head: LaidHead[] = []
  const put = (text: string, column: number, row: 0 | 1, across: number, down: number) => {
    const width = widths.slice(column, column + across).reduce((sum, each) => sum + each, 0)
    const longestWord = Math.min(charactersOf(text).length, 4)
    // A head may break, but four characters of it should stand together.
    const together = charactersOf(text).slice(0, longestWord).join('')
    head.push({
      text,
      column,
      row,
      across,
      down,
      size: Math.max(6, Math.min(size, (size * (width - 1.2)) / Math.max(0.1, lineWidth(together, size)))),
    })
  }
  for (let start = 0; start < parts.length;) {
    const { group, name } = parts[start]!
    let end = start
    while (name !== '' && parts[end + 1]?.group === group && parts[end + 1]?.name !== '') end++
    put(group, start, 0, end - start + 1, name === '' ? levels : 1)
    for (let at = start; at <= end; at++) if (parts[at]!.name !== '') put(parts[at]!.name, at, 1, 1, 1)
    start = end + 1
  }
  return head
}
