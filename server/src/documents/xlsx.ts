// Excel sheets as they are handed in: title, unit and day, a head that stays on screen and repeats on every printed page, borders,
// note, signature line, page numbers, and a footer that says who took the data out, when and what for.
//
// Every text is written as a string cell in the format "text" (@). A value that begins with = + - @ tab or CR is therefore never a
// formula, neither when the file opens nor when somebody edits the cell, and 18 digits stay 18 digits. No apostrophe is put in
// front: it would be part of the value when the sheet is read back.
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Borders, PaperSize, Worksheet } from 'exceljs'
import type { PrintedColumn, PrintedTable, PrintedValue } from '@nuanyang/contract/documents.printed.ts'
import { charactersOf, printedDay } from './printed_words.ts'

export type SheetRows = Iterable<readonly PrintedValue[]> | AsyncIterable<readonly PrintedValue[]>

/** A table whose rows may come one by one. */
export type Sheet = Omit<PrintedTable, 'rows'> & { readonly rows: SheetRows }

const thin: Partial<Borders> = {
  top: { style: 'thin' },
  bottom: { style: 'thin' },
  left: { style: 'thin' },
  right: { style: 'thin' },
}
const song = { name: '宋体', family: 3, size: 10.5 }
const TEXT = '@'
/** Excel's number of the paper, and how many characters of 10.5 pt lie side by side on it. */
const papers = {
  a4: { code: 9 as PaperSize, characters: 140 },
  a3: { code: 8 as PaperSize, characters: 204 },
} as const
/** After this long the server's other work gets its turn. */
const TURN_MS = 8

/**
 * The workbook as a stream of bytes; rows are taken one by one and never held together. An error while writing, or in `rows`,
 * surfaces in the reader's loop. Throws at once when there is no column.
 */
export function sheetStream(sheet: Sheet): AsyncIterable<Uint8Array> {
  if (sheet.columns.length === 0) throw new Error('表里没有列：请至少选一列再导出')
  const stream = new PassThrough({ highWaterMark: 256 * 1024 })
  writeWorkbook(sheet, stream).catch((error: unknown) => {
    stream.destroy(error instanceof Error ? error : new Error(String(error)))
  })
  return stream
}

/** The whole workbook in memory, for small sheets. */
export async function writeSheet(sheet: Sheet): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of sheetStream(sheet)) chunks.push(chunk)
  return new Uint8Array(Buffer.concat(chunks))
}

async function writeWorkbook(sheet: Sheet, stream: PassThrough): Promise<void> {
  const { default: excel } = await import('exceljs')
  const workbook = new excel.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false })
  workbook.creator = '暖阳'
  const { pages_across: across, frozen_columns: frozen } = sheet
  const columns = fillPaper(sheet.columns, papers[sheet.paper].characters * across)
  const levels = columns.some((column) => column.header.includes('/')) ? 2 : 1
  const headTop = 3
  const headBottom = headTop + levels - 1
  const worksheet = workbook.addWorksheet(sheetName(sheet.title), {
    views: [{ state: 'frozen', ySplit: headBottom, xSplit: frozen, showGridLines: false }],
    pageSetup: {
      paperSize: papers[sheet.paper].code,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: across,
      fitToHeight: 0,
      printTitlesRow: `${headTop}:${headBottom}`,
      ...(across > 1 && frozen > 0 && { printTitlesColumn: `A:${String.fromCodePoint(64 + frozen)}` }),
      margins: { left: 0.47, right: 0.47, top: 0.59, bottom: 0.67, header: 0.3, footer: 0.3 },
    },
    headerFooter: { oddFooter: footer(sheet) },
  })
  worksheet.columns = columns.map((column) => ({ width: column.width }))
  writeTop(worksheet, sheet)
  writeHead(worksheet, columns, headTop, levels)
  let turn = performance.now()
  const sums = Array.isArray(sheet.rows) ? sheet.rows.length - sheet.sums : Infinity
  let at = 0
  for await (const values of sheet.rows) {
    writeRow(worksheet, columns, values, at++ >= sums)
    if (performance.now() - turn < TURN_MS) continue
    await nextTurn()
    // exceljs does not wait for a slow reader; without this a phone on a thin line would fill the server's memory.
    if (stream.writableNeedDrain) await once(stream, 'drain')
    turn = performance.now()
  }
  writeBottom(worksheet, sheet)
  worksheet.commit()
  await workbook.commit()
}

/** Widens a narrow table to the paper, at most half again: a list of six columns should not huddle in the left corner. */
function fillPaper(columns: readonly PrintedColumn[], characters: number): PrintedColumn[] {
  const width = columns.reduce((sum, column) => sum + column.width, 0)
  const factor = Math.max(1, Math.min(1.6, characters / width))
  return columns.map((column) => ({ ...column, width: Math.floor(column.width * factor * 10) / 10 }))
}

/** Excel allows 31 characters and none of : \ / ? * [ ]. */
function sheetName(title: string): string {
  const allowed = title.replaceAll(/[:\\/?*[\]\s]/g, '').replaceAll(/^'+|'+$/g, '')
  return charactersOf(allowed).slice(0, 30).join('') || '台账'
}

/** Who, when, what for on the left, page numbers on the right. Excel cuts a footer at 255 characters and reads & as a command. */
function footer({ issued_by, issued_at, purpose }: Sheet): string {
  const words = `导出人：${issued_by}　导出时间：${issued_at}　用途：${purpose}`
  const safe = charactersOf(words)
    .slice(0, 150)
    .join('')
    .replaceAll('&', '&&')
    .replaceAll(/[\r\n]+/g, ' ')
  return `&L&"宋体,常规"&9 ${safe}&R&"宋体,常规"&9 第 &P 页 共 &N 页`
}

/** The columns that certainly lie on the first sheet of paper: the title is printed there, whole. */
function firstSheet(columns: readonly PrintedColumn[], across: number): number {
  if (across === 1) return columns.length
  const total = columns.reduce((sum, column) => sum + column.width, 0)
  let width = 0
  const beyond = columns.findIndex((column) => (width += column.width) > (total / across) * 0.95)
  return Math.max(1, beyond)
}

function writeTop(worksheet: Worksheet, sheet: Sheet): void {
  const last = firstSheet(sheet.columns, sheet.pages_across)
  const title = worksheet.getRow(1)
  title.height = 34
  title.getCell(1).value = plain(sheet.title)
  title.getCell(1).style = {
    numFmt: TEXT,
    font: { name: '方正小标宋简体', family: 3, size: 20 },
    alignment: { horizontal: 'center', vertical: 'middle', shrinkToFit: true },
  }
  if (last > 1) worksheet.mergeCells(1, 1, 1, last)
  title.commit()
  const unitRow = worksheet.getRow(2)
  unitRow.height = 20
  const middle = Math.ceil(last / 2)
  const unit = `填报单位：${sheet.unit}`
  const day = `截至日期：${printedDay(sheet.as_of)}`
  unitRow.getCell(1).value = plain(last > 1 ? unit : `${unit}　${day}`)
  unitRow.getCell(1).style = { numFmt: TEXT, font: song, alignment: { horizontal: 'left', vertical: 'middle' } }
  if (last > 1) {
    const right = unitRow.getCell(middle + 1)
    right.value = day
    right.style = { numFmt: TEXT, font: song, alignment: { horizontal: 'right', vertical: 'middle' } }
    if (middle > 1) worksheet.mergeCells(2, 1, 2, middle)
    if (last > middle + 1) worksheet.mergeCells(2, middle + 1, 2, last)
  }
  unitRow.commit()
}

function writeHead(worksheet: Worksheet, columns: readonly PrintedColumn[], top: number, levels: number): void {
  const style = {
    numFmt: TEXT,
    font: { name: '黑体', family: 3, size: 10.5 },
    border: thin,
    alignment: { horizontal: 'center', vertical: 'middle', wrapText: true },
  } as const
  const parts = columns.map((column) => {
    const [group = '', ...rest] = column.header.split('/')
    return { group, name: rest.join('/') }
  })
  const heads = Array.from({ length: levels }, (_, level) => worksheet.getRow(top + level))
  parts.forEach(({ group, name }, index) => {
    const cells = heads.map((row) => row.getCell(index + 1))
    for (const cell of cells) cell.style = style
    if (cells[0]) cells[0].value = plain(group)
    if (cells[1] && name !== '') cells[1].value = plain(name)
  })
  for (let start = 0; start < parts.length;) {
    const { group, name } = parts[start] ?? { group: '', name: '' }
    let end = start
    while (name !== '' && parts[end + 1]?.group === group && parts[end + 1]?.name !== '') end++
    if (name === '' && levels === 2) worksheet.mergeCells(top, start + 1, top + 1, start + 1)
    if (end > start) worksheet.mergeCells(top, start + 1, top, end + 1)
    start = end + 1
  }
  heads.forEach((row, level) => {
    row.height = Math.max(
      22,
      ...columns.map((column, index) => {
        const words = levels === 1 ? column.header : level === 0 ? '' : (parts[index]?.name ?? '')
        // A head over both rows has two of them to break in.
        const both =
          levels === 2 && level === 1 && parts[index]?.name === ''
            ? linesOf(parts[index].group, column.width) - 1
            : linesOf(words, column.width)
        return both * 14 + 6
      }),
    )
    row.commit()
  })
}

function writeRow(
  worksheet: Worksheet,
  columns: readonly PrintedColumn[],
  values: readonly PrintedValue[],
  bold: boolean,
): void {
  const row = worksheet.addRow([])
  let lines = 1
  columns.forEach((column, index) => {
    const cell = row.getCell(index + 1)
    const value = values[index] ?? null
    if (typeof value === 'number') {
      cell.value = value
      cell.style = bold ? boldStyle : numberStyle
      return
    }
    cell.style = bold ? boldStyle : column.wrap ? wrappedStyle : lineStyle
    if (value === null || value === '') return
    cell.value = plain(value)
    if (column.wrap) lines = Math.max(lines, linesOf(value, column.width))
  })
  row.height = Math.max(20, lines * 14 + 6)
  row.commit()
}

// One object each: exceljs finds a style it has seen by identity, which is most of the time of a large sheet.
const numberStyle = {
  font: song,
  border: thin,
  alignment: { horizontal: 'center', vertical: 'middle', shrinkToFit: true },
} as const
const boldStyle = { ...numberStyle, font: { ...song, bold: true } } as const
const lineStyle = { ...numberStyle, numFmt: TEXT } as const
const wrappedStyle = { ...lineStyle, alignment: { horizontal: 'left', vertical: 'middle', wrapText: true } } as const

function writeBottom(worksheet: Worksheet, sheet: Sheet): void {
  const last = sheet.columns.length
  const width = sheet.columns.reduce((sum, column) => sum + column.width, 0)
  const across = (text: string, height: number) => {
    const row = worksheet.addRow([])
    const cell = row.getCell(1)
    cell.value = plain(text)
    cell.style = { numFmt: TEXT, font: song, alignment: { horizontal: 'left', vertical: 'middle', wrapText: true } }
    row.height = height
    if (last > 1) worksheet.mergeCells(row.number, 1, row.number, last)
    row.commit()
  }
  for (const note of sheet.notes) across(`注：${note}`, linesOf(`注：${note}`, width) * 14 + 8)
  for (const { title, lines } of sheet.beside)
    for (const line of [`${title}：`, ...lines]) across(line, linesOf(line, width) * 14 + 6)
  if (sheet.signature_lines.length > 0) across(sheet.signature_lines.join('　　　　　　　　　　'), 30)
}

/** How many lines a text takes in a column of this width, counted a little too high so that nothing is cut. */
function linesOf(text: string, width: number): number {
  const room = Math.max(2, width - 1.5)
  return text
    .split('\n')
    .map((line) => charactersOf(line).reduce((sum, character) => sum + (character.charCodeAt(0) < 0x80 ? 1.05 : 2), 0))
    .reduce((sum, length) => sum + Math.max(1, Math.ceil(length / room)), 0)
}

/** XML has no control characters, and turns CR into LF when read: a line break is LF from the start. */
function plain(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replaceAll(/\r\n?/g, '\n').replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
}
