// Opens a roster file of any kind into the neutral workbook. The format is decided by the content: extensions lie
// (.et is BIFF, .xls is often HTML, "Excel" exports are often GBK text).

import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Sheet, Workbook, WorkbookFormat, WorkbookNote } from '@nuanyang/domain/rosters/workbook.ts'
import { ReadRefusal } from './refusal.ts'
import { readTextTable, decodeText } from './workbook.csv.ts'
import { linesAbove, readDocx } from './workbook.docx.ts'
import { readInWorker } from './workbook.legacy.ts'
import { readXlsx } from './workbook.xlsx.ts'
import { openZip } from './zip.ts'

/** Larger files are refused before they are read. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024

/** What a reader of one format gives back; name, hash and format are added here. */
export interface ReadSheets {
  readonly sheets: readonly Sheet[]
  readonly date1904?: boolean
  readonly notes?: readonly WorkbookNote[]
}

/** Bytes or the path of a file → workbook. Throws `ReadRefusal` with a sentence for people, and nothing else that is expected. */
export async function openWorkbook(source: Uint8Array | string, name?: string): Promise<Workbook> {
  const bytes = typeof source === 'string' ? await readBounded(source) : source
  if (bytes.length > MAX_FILE_BYTES) throw new ReadRefusal('too_large')
  if (bytes.length === 0) throw new ReadRefusal('empty_file')
  const format = sniff(bytes)
  const read = await readAs(format, bytes)
  if (read.sheets.every((sheet) => sheet.rows.length === 0)) throw new ReadRefusal('empty_file')
  return {
    name: name ?? (typeof source === 'string' ? basename(source) : 'roster'),
    format: PUBLIC_FORMAT[format],
    sha256: createHash('sha256').update(bytes).digest('hex'),
    date1904: read.date1904 ?? false,
    sheets: read.sheets,
    notes: read.notes ?? [],
  }
}

type Kind = 'xlsx' | 'xlsb' | 'xls' | 'ods' | 'docx' | 'text' | 'html' | 'spreadsheetml'
const PUBLIC_FORMAT: Readonly<Record<Kind, WorkbookFormat>> = {
  xlsx: 'xlsx',
  xlsb: 'xlsx',
  xls: 'xls',
  ods: 'ods',
  docx: 'docx',
  text: 'csv',
  html: 'html',
  spreadsheetml: 'spreadsheetml',
}

async function readBounded(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw new ReadRefusal('not_found', { cause })
  })
  try {
    const { size } = await file.stat()
    if (size > MAX_FILE_BYTES) throw new ReadRefusal('too_large')
    return await file.readFile()
  } finally {
    await file.close()
  }
}

async function readAs(kind: Kind, bytes: Uint8Array): Promise<ReadSheets> {
  if (kind === 'xlsx') return readXlsx(bytes)
  if (kind === 'docx') return readDocx(bytes)
  if (kind === 'text') return readTextTable(bytes)
  if (kind === 'html') return readHtml(decodeText(bytes))
  return readInWorker(kind, kind === 'spreadsheetml' ? decodeText(bytes) : bytes)
}

/** Web pages keep title and date in headings above the table, where a table reader does not look. */
async function readHtml(html: string): Promise<ReadSheets> {
  const read = await readInWorker('html', html)
  const before = html.slice(0, Math.max(0, html.search(/<table[\s>]/i))).slice(-20_000)
  const lines = before
    .replace(/<(style|script|head|title)[\s>][\s\S]*?<\/\1>|<!--[\s\S]*?-->/gi, ' ')
    .replace(/<(?:br|\/p|\/div|\/h\d|\/tr)[^>]*>/gi, '\n')
    .replace(/<[^>]+>/g, '')
    .replace(/&nbsp;/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && line.length < 200)
  const [first, ...others] = read.sheets
  return first && lines.length > 0
    ? { ...read, sheets: [{ ...first, rows: [...linesAbove(lines), ...first.rows] }, ...others] }
    : read
}

function sniff(bytes: Uint8Array): Kind {
  const starts = (...signature: number[]) => signature.every((byte, place) => bytes[place] === byte)
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) return sniffOle(bytes)
  if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0x50, 0x4b, 0x05, 0x06)) return sniffZip(bytes)
  if (starts(0x25, 0x50, 0x44, 0x46) || isPicture(bytes, starts)) throw new ReadRefusal('scanned')
  if (starts(0x52, 0x61, 0x72, 0x21) || starts(0x37, 0x7a, 0xbc, 0xaf) || starts(0x1f, 0x8b))
    throw new ReadRefusal('compressed_package')
  // A worksheet without container, as Excel 2 to 4 and some exporters write it.
  if (
    bytes[0] === 0x09 &&
    (bytes[1] === 0x08 || bytes[1] === 0x04 || bytes[1] === 0x02 || bytes[1] === 0x00) &&
    bytes[3] === 0x00
  )
    return 'xls'
  return sniffText(bytes)
}

function isPicture(bytes: Uint8Array, starts: (...signature: number[]) => boolean): boolean {
  const tag = Buffer.from(bytes.subarray(0, 16)).toString('latin1')
  return (
    starts(0xff, 0xd8, 0xff) ||
    starts(0x89, 0x50, 0x4e, 0x47) ||
    starts(0x47, 0x49, 0x46, 0x38) ||
    (tag.startsWith('BM') && bytes[5] === 0 && bytes[14] === 40) ||
    starts(0x49, 0x49, 0x2a, 0x00) ||
    starts(0x4d, 0x4d, 0x00, 0x2a) ||
    tag.slice(4, 8) === 'ftyp' ||
    (tag.startsWith('RIFF') && tag.slice(8, 12) === 'WEBP')
  )
}

// The directory of an OLE file holds the names of its streams in UTF-16: enough to tell what is inside.
function sniffOle(bytes: Uint8Array): Kind {
  const has = (stream: string) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(Buffer.from(stream, 'utf16le'))
  if (has('EncryptedPackage')) throw new ReadRefusal('password_protected')
  if (has('WordDocument')) throw new ReadRefusal('legacy_doc')
  if (has('Workbook') || has('Book') || has('ETExtData')) return 'xls'
  throw new ReadRefusal('not_a_table')
}

function sniffZip(bytes: Uint8Array): Kind {
  const names = new Set(openZip(bytes).names)
  const has = (path: string) => names.has(path) || names.has(`/${path}`)
  if (has('xl/workbook.bin')) return 'xlsb'
  if (has('xl/workbook.xml') || [...names].some((name) => /(^|\/)xl\/workbook\d*\.xml$/i.test(name))) return 'xlsx'
  if (has('word/document.xml')) return 'docx'
  if (has('content.xml') && has('mimetype')) return 'ods'
  throw new ReadRefusal(has('[Content_Types].xml') ? 'not_a_table' : 'compressed_package')
}

function sniffText(bytes: Uint8Array): Kind {
  const head = decodeText(bytes.subarray(0, 8192), true)
  if (/<\?mso-application|urn:schemas-microsoft-com:office:spreadsheet/i.test(head) && /<(?:\w+:)?Workbook/i.test(head))
    return 'spreadsheetml'
  if (/^\s*(?:<!doctype html|<html|<head|<meta|<style|<body|<table|<div|<!--)/i.test(head) || /<table[\s>]/i.test(head))
    return 'html'
  if (/^\s*\{\\rtf/.test(head)) throw new ReadRefusal('not_a_table')
  return 'text'
}
