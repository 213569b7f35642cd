// .xlsx, .xlsm and Strict .xlsx. Sheets are read as a stream: 20,000 rows need no second copy of their XML in memory.
// exceljs was tried first: it fails on Strict files, and its stream reader knows neither merges nor struck-out text.

import type { Cell, Merge, Row, Sheet, WorkbookNote } from '@nuanyang/domain/rosters/workbook.ts'
import { columnNumber } from '@nuanyang/domain/rosters/workbook.ts'
import { builtInFormat, numberCell } from './number_formats.ts'
import { ReadRefusal } from './refusal.ts'
import type { ReadSheets } from './workbook.ts'
import { attribute, parseXml, parseXmlChunks, type Attributes } from './xml.ts'
import { openZip, type Zip } from './zip.ts'

/** No roster has more; a sheet formatted to its last row has no cells in those rows and does not count. */
const MAX_CELLS = 6_000_000

interface Style {
  readonly format: string
  readonly struck: boolean
}

interface SharedString {
  readonly text: string
  readonly struck: boolean
}

interface Book {
  readonly zip: Zip
  readonly styles: readonly Style[]
  /** One cell per shared string: a column of 男 and 女 costs two objects, not twenty thousand. */
  readonly strings: readonly (Cell | null)[]
  /** The same for text written into the cells themselves, as many programs do. */
  readonly written: Map<string, Cell>
  readonly date1904: boolean
}

export async function readXlsx(bytes: Uint8Array): Promise<ReadSheets> {
  const zip = openZip(bytes)
  const bookPath = findBook(zip)
  const folder = bookPath.slice(0, bookPath.lastIndexOf('/') + 1)
  const targets = readRelations(zip, bookPath)
  const { sheets, date1904 } = readBook(zip.text(bookPath) ?? '')
  const book: Book = {
    zip,
    styles: readStyles(zip.text(targets.byType.get('styles') ?? `${folder}styles.xml`) ?? ''),
    strings: await readStrings(zip, targets.byType.get('sharedStrings') ?? `${folder}sharedStrings.xml`),
    written: new Map(),
    date1904,
  }
  const read: Sheet[] = []
  for (const sheet of sheets) {
    const target = targets.byId.get(sheet.relation)
    if (target?.type === 'worksheet' && zip.find(target.path))
      read.push({ name: sheet.name, hidden: sheet.hidden, ...(await readSheet(book, target.path)) })
  }
  if (read.length === 0) throw new ReadRefusal('corrupted')
  return { sheets: read, date1904, notes: macroNote(zip) }
}

function macroNote(zip: Zip): WorkbookNote[] {
  if (!zip.names.some((name) => /vbaproject\.bin$/i.test(name))) return []
  return [
    {
      code: 'macros_ignored',
      zh: '文件带有宏，宏没有运行，只读取了数据。',
      en: 'The file contains macros. They were not run; only its data was read.',
    },
  ]
}

function findBook(zip: Zip): string {
  let path: string | undefined
  const root = zip.text('_rels/.rels')
  if (root) {
    parseXml(root, {
      open(name, attributes) {
        if (name === 'Relationship' && (attributes['Type'] ?? '').endsWith('/officeDocument'))
          path ??= attributes['Target']
      },
    })
  }
  const found = (path ? zip.find(path) : null) ?? zip.find('xl/workbook.xml')
  if (!found) throw new ReadRefusal('corrupted')
  return found
}

interface Relations {
  readonly byId: ReadonlyMap<string, { type: string; path: string }>
  readonly byType: ReadonlyMap<string, string>
}

/** Targets of a part's relations as full paths; `type` is the last word of the relation type, the same in Strict and Transitional. */
function readRelations(zip: Zip, part: string): Relations {
  const slash = part.lastIndexOf('/') + 1
  const byId = new Map<string, { type: string; path: string }>()
  const byType = new Map<string, string>()
  const xml = zip.text(`${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`)
  if (xml) {
    parseXml(xml, {
      open(name, attributes) {
        if (name !== 'Relationship') return
        const type = (attributes['Type'] ?? '').split('/').pop() ?? ''
        const path = resolvePath(part.slice(0, slash), attributes['Target'] ?? '')
        byId.set(attributes['Id'] ?? '', { type, path })
        byType.set(type, path)
      },
    })
  }
  return { byId, byType }
}

function resolvePath(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1)
  const parts: string[] = []
  for (const part of `${folder}${target}`.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

function readBook(xml: string): { sheets: { name: string; hidden: boolean; relation: string }[]; date1904: boolean } {
  const sheets: { name: string; hidden: boolean; relation: string }[] = []
  let date1904 = false
  parseXml(xml, {
    open(name, attributes) {
      if (name === 'workbookPr') date1904 = isOn(attributes['date1904'])
      if (name === 'sheet')
        sheets.push({
          name: attributes['name'] ?? '',
          hidden: (attributes['state'] ?? 'visible') !== 'visible',
          relation: attribute(attributes, 'id') ?? '',
        })
    },
  })
  return { sheets, date1904 }
}

function isOn(value: string | undefined): boolean {
  return value === '1' || value === 'true' || value === 'on'
}

function readStyles(xml: string): Style[] {
  const codes = new Map<number, string>()
  const struckFonts: boolean[] = []
  const styles: Style[] = []
  if (xml === '') return styles
  const within: string[] = []
  parseXml(xml, {
    open(name, attributes) {
      within.push(name)
      const parent = within[within.length - 2]
      if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '')
      else if (name === 'font' && parent === 'fonts') struckFonts.push(false)
      else if (name === 'strike' && parent === 'font' && within[within.length - 3] === 'fonts')
        struckFonts[struckFonts.length - 1] = (attributes['val'] ?? '1') !== '0' && attributes['val'] !== 'false'
      else if (name === 'xf' && parent === 'cellXfs') {
        const id = Number(attributes['numFmtId'] ?? 0)
        styles.push({
          format: codes.get(id) ?? builtInFormat(id),
          struck: struckFonts[Number(attributes['fontId'] ?? 0)] ?? false,
        })
      }
    },
    close() {
      within.pop()
    },
  })
  return styles
}

async function readStrings(zip: Zip, path: string): Promise<(Cell | null)[]> {
  const strings: (Cell | null)[] = []
  if (!zip.find(path)) return strings
  const rich = richText()
  await parseXmlChunks(zip.chunks(path), {
    open(name, attributes) {
      if (name === 'si') rich.reset()
      else rich.open(name, attributes)
    },
    close(name) {
      if (name === 'si') strings.push(textCell(rich.take()))
      else rich.close(name)
    },
    text: (text) => rich.text(text),
  })
  return strings
}

// Runs of one string. Phonetic guides (rPh) are not text; a string is struck out when every run with words is.
function richText() {
  let all = ''
  let struckLength = 0
  let inText = false
  let inGuide = false
  let runStruck = false
  return {
    reset() {
      all = ''
      struckLength = 0
      inText = inGuide = runStruck = false
    },
    open(name: string, attributes: Attributes) {
      if (name === 'rPh') inGuide = true
      else if (name === 'r') runStruck = false
      else if (name === 'strike') runStruck = (attributes['val'] ?? '1') !== '0' && attributes['val'] !== 'false'
      else if (name === 't' && !inGuide) inText = true
    },
    close(name: string) {
      if (name === 'rPh') inGuide = false
      else if (name === 't') inText = false
      else if (name === 'r') runStruck = false
    },
    text(text: string) {
      if (!inText) return
      all += text
      if (runStruck) struckLength += text.trim().length
    },
    take(): SharedString {
      return { text: all, struck: struckLength > 0 && struckLength >= all.trim().length - 1 }
    },
  }
}

interface Raw {
  column: number
  type: string
  style: number
  value: string
  hasValue: boolean
  hasFormula: boolean
}

async function readSheet(book: Book, path: string): Promise<Pick<Sheet, 'rows' | 'merges'>> {
  const rows: Row[] = []
  const merges: Merge[] = []
  const comments = readComments(book.zip, path)
  const rich = richText()
  let row: { number: number; hidden: boolean; cells: Map<number, Cell> } = {
    number: 0,
    hidden: false,
    cells: new Map(),
  }
  let raw: Raw | null = null
  let nextColumn = 0
  let count = 0
  let collecting = false
  await parseXmlChunks(book.zip.chunks(path), {
    open(name, attributes) {
      if (name === 'c') {
        const column = attributes['r'] ? columnNumber(attributes['r'].replace(/\d+$/, '')) : nextColumn
        nextColumn = column + 1
        raw = {
          column,
          type: attributes['t'] ?? 'n',
          style: Number(attributes['s'] ?? 0),
          value: '',
          hasValue: false,
          hasFormula: false,
        }
      } else if (name === 'v') {
        collecting = true
        if (raw) raw.hasValue = true
      } else if (name === 'row') {
        row = {
          number: attributes['r'] ? Number(attributes['r']) : row.number + 1,
          hidden: isOn(attributes['hidden']) || attributes['zeroHeight'] === '1',
          cells: new Map(),
        }
        nextColumn = 0
      } else if (name === 'f') {
        if (raw) raw.hasFormula = true
      } else if (name === 'is') rich.reset()
      else if (name === 'mergeCell') merges.push(...readRange(attributes['ref'] ?? ''))
      else if (raw?.type === 'inlineStr') rich.open(name, attributes)
    },
    close(name) {
      if (name === 'v') collecting = false
      else if (name === 'c' && raw) {
        const cell = toCell(book, raw, raw.type === 'inlineStr' ? rich.take() : null)
        const comment = comments.get(`${raw.column}:${row.number}`)
        if (cell || comment) {
          row.cells.set(raw.column, comment ? { ...(cell ?? { kind: 'text', text: '' }), comment } : (cell as Cell))
          if (++count > MAX_CELLS) throw new ReadRefusal('too_large_inside')
        }
        raw = null
      } else if (name === 'row') {
        if (row.cells.size > 0) rows.push(row)
      } else if (raw?.type === 'inlineStr') rich.close(name)
    },
    text(text) {
      if (collecting && raw) raw.value += text
      else if (raw?.type === 'inlineStr') rich.text(text)
    },
  })
  // Rows may come out of order from careless writers; readers below rely on the order of the sheet.
  return { rows: rows.sort((a, b) => a.number - b.number), merges }
}

function readRange(ref: string): Merge[] {
  const match = /^\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)$/i.exec(ref)
  return match
    ? [
        {
          left: columnNumber(match[1] ?? ''),
          top: Number(match[2]),
          right: columnNumber(match[3] ?? ''),
          bottom: Number(match[4]),
        },
      ]
    : []
}

function toCell(book: Book, raw: Raw, inline: SharedString | null): Cell | null {
  const style = book.styles[raw.style]
  const struck = style?.struck === true
  if (inline) return writtenCell(book, { text: inline.text, struck: inline.struck || struck })
  if (!raw.hasValue || raw.value === '') return raw.hasFormula ? { kind: 'error', text: '', unset: true } : null
  switch (raw.type) {
    case 's': {
      const shared = book.strings[Number(raw.value)] ?? null
      return shared && struck ? { ...shared, struck } : shared
    }
    case 'str':
      return writtenCell(book, { text: raw.value, struck })
    case 'b':
      return { kind: 'boolean', text: raw.value === '1' ? 'TRUE' : 'FALSE' }
    case 'e':
      return { kind: 'error', text: raw.value }
    case 'd':
      return { kind: 'date', text: raw.value.slice(0, 10) }
    default: {
      const number = Number(raw.value)
      if (!Number.isFinite(number)) return textCell({ text: raw.value, struck })
      const cell = numberCell(number, style?.format ?? 'General', book.date1904)
      return struck ? { ...cell, struck } : cell
    }
  }
}

/** The first ten thousand different texts are kept to be met again: names and addresses of a county need no entry each. */
function writtenCell(book: Book, said: SharedString): Cell | null {
  if (said.struck || said.text === '') return textCell(said)
  const known = book.written.get(said.text)
  if (known) return known
  const cell: Cell = { kind: 'text', text: said.text }
  if (book.written.size < 10_000) book.written.set(said.text, cell)
  return cell
}

function textCell({ text, struck }: SharedString): Cell | null {
  if (text === '') return null
  return struck ? { kind: 'text', text, struck } : { kind: 'text', text }
}

function readComments(zip: Zip, sheetPath: string): Map<string, string> {
  const comments = new Map<string, string>()
  const path = readRelations(zip, sheetPath).byType.get('comments')
  const xml = path ? zip.text(path) : null
  if (!xml) return comments
  const rich = richText()
  let key = ''
  parseXml(xml, {
    open(name, attributes) {
      if (name === 'comment') {
        const match = /^([A-Z]+)(\d+)$/.exec(attributes['ref'] ?? '')
        key = match ? `${columnNumber(match[1] ?? '')}:${match[2]}` : ''
        rich.reset()
      } else rich.open(name, attributes)
    },
    close(name) {
      // The author's name stands before the text, as "周某:\n".
      if (name === 'comment' && key)
        comments.set(
          key,
          rich
            .take()
            .text.replace(/^[^:：\n]{1,20}[:：]\s*\n/, '')
            .trim(),
        )
      else rich.close(name)
    },
    text: (text) => rich.text(text),
  })
  return comments
}
