// Text tables: commas, tabs or semicolons, in UTF-8, UTF-16, GBK or GB18030.

import { CsvError, parse } from 'csv-parse/sync'
import type { Cell, Row } from '@nuanyang/domain/rosters/workbook.ts'
import { ReadRefusal } from './refusal.ts'
import type { ReadSheets } from './workbook.ts'

const DELIMITERS = ['\t', ',', ';', '|', '，', '、'] as const

/** Text in whichever encoding it is. `part` allows a character cut in two at the end. GB18030 contains GBK and GB2312. */
export function decodeText(bytes: Uint8Array, part = false): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  const zeros = countZeros(bytes.subarray(0, 4096))
  if (zeros.odd > 8 && zeros.even === 0) return new TextDecoder('utf-16le').decode(bytes)
  if (zeros.even > 8 && zeros.odd === 0) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: part })
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    return new TextDecoder('gb18030').decode(bytes)
  }
}

function countZeros(bytes: Uint8Array): { even: number; odd: number } {
  const counts = { even: 0, odd: 0 }
  bytes.forEach((byte, place) => {
    if (byte === 0) counts[place % 2 === 0 ? 'even' : 'odd']++
  })
  return counts
}

export function readTextTable(bytes: Uint8Array): ReadSheets {
  const text = decodeText(bytes)
  if (text.trim() === '') throw new ReadRefusal('empty_file')
  if (looksBinary(text)) throw new ReadRefusal('not_a_table')
  const delimiter = chooseDelimiter(text)
  if (!delimiter) throw new ReadRefusal('not_a_table')
  return { sheets: [{ name: 'Sheet1', hidden: false, merges: [], rows: toRows(split(text, delimiter)) }] }
}

function looksBinary(text: string): boolean {
  const head = text.slice(0, 4096)
  // oxlint-disable-next-line no-control-regex -- control characters are what tells text from anything else
  const odd = head.match(/[\u0000-\u0008\u000e-\u001f\ufffd]/g)?.length ?? 0
  return odd > head.length / 100 + 1
}

function split(text: string, delimiter: string, to?: number): string[][] {
  const options = {
    delimiter,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: false,
    bom: true,
    trim: false,
    ...(to ? { to } : {}),
  }
  try {
    return parse(text, options)
  } catch (error) {
    if (!(error instanceof CsvError) || error.code !== 'CSV_QUOTE_NOT_CLOSED') throw error
    // A quote that nobody closed would swallow all lines behind it: then quotes are letters, but for the pair around a cell.
    return parse(text, { ...options, quote: null }).map((record) => record.map(unquote))
  }
}

function unquote(field: string): string {
  const inside = /^"(.*)"$/s.exec(field)?.[1]
  return inside === undefined ? field : inside.replaceAll('""', '"')
}

/** The separator under which most lines have the same number of columns, more than one. */
function chooseDelimiter(text: string): string | null {
  const declared = /^\ufeff?sep=(.)\r?\n/.exec(text)?.[1]
  if (declared) return declared
  const head = text.slice(0, 64_000)
  let best: { delimiter: string; score: number } | null = null
  for (const delimiter of DELIMITERS) {
    if (!head.includes(delimiter)) continue
    const widths = split(head, delimiter, 60)
      .map((record) => record.length)
      .filter((width) => width > 1)
    const common = mostCommon(widths)
    const score = common.count * Math.min(common.value, 12)
    if (common.value > 1 && (!best || score > best.score)) best = { delimiter, score }
  }
  return best?.delimiter ?? null
}

function mostCommon(numbers: readonly number[]): { value: number; count: number } {
  const counts = new Map<number, number>()
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1)
  let best = { value: 0, count: 0 }
  for (const [value, count] of counts)
    if (count > best.count || (count === best.count && value > best.value)) best = { value, count }
  return best
}

function toRows(records: readonly string[][]): Row[] {
  return records.flatMap((record, place) => {
    const cells = new Map<number, Cell>()
    record.forEach((field, column) => {
      const text = unwrap(field)
      if (text.trim() !== '')
        cells.set(column, {
          kind: /^#(?:REF!|N\/A|NAME\?|VALUE!|DIV\/0!|NULL!|NUM!)$/.test(text.trim()) ? 'error' : 'text',
          text,
        })
    })
    return cells.size > 0 ? [{ number: place + 1, hidden: false, cells }] : []
  })
}

// ="0123" is how exporters keep a spreadsheet from reading a text as a number; anything else that begins with = stays text.
function unwrap(field: string): string {
  return /^="(.*)"$/s.exec(field)?.[1] ?? field
}
