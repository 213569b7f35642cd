// What the sheet of a roster shows, worked out from the import and its lines. Pure.
import { fileFields } from '@nuanyang/contract/children.fields.ts'
import type { Import, ImportRow } from '@nuanyang/contract/imports.ts'
import { columnWords } from '@nuanyang/contract/imports.words.ts'
import type { Words } from '../ui/language.ts'

export type Sheet = Import['sheets'][number]
export type Column = Sheet['tables'][number]['columns'][number]
export type Question = Import['questions'][number]
export type Issue = ImportRow['issues'][number]
export type Difference = ImportRow['differences'][number]
export const fates = ['create', 'update', 'unchanged', 'duplicate', 'reject'] as const
export type Fate = (typeof fates)[number]

/** What will happen to a line: the person's decision before what was proposed. Null: a title, head or blank line. */
export function fateOf(row: Pick<ImportRow, 'action' | 'decision' | 'skipped' | 'child'>): Fate | null {
  if (row.action === null) return row.skipped && !['title', 'header', 'blank'].includes(row.skipped) ? 'reject' : null
  if (row.decision === 'skip') return 'reject'
  if (row.decision === 'create' || (row.decision === 'update' && !row.child)) return 'create'
  return row.decision ?? row.action
}

/** A, B … Z, AA: as numbers from 0. */
export function columnNumber(letters: string): number {
  return Array.from(letters).reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

/** The columns of a sheet by letter: those of its first table, then what only later tables or loose lines have. */
export function columnsOf(sheet: Sheet, lines: readonly ImportRow[]): Column[] {
  const known = new Map<string, Column>()
  for (const table of sheet.tables)
    for (const column of table.columns) if (!known.has(column.column)) known.set(column.column, column)
  // A form of one child has no heads: then the letters that hold something are the columns.
  if (known.size === 0)
    for (const line of lines)
      for (const column of Object.keys(line.cells))
        if (!known.has(column)) known.set(column, { column, header: '', field: null, confidence: 1 })
  return [...known.values()].toSorted((a, b) => columnNumber(a.column) - columnNumber(b.column))
}

/** Kept beside the file's own fields: such a column is understood, although no field of a roster takes it. */
const understood =
  /^(age|grid|schooling|hukou_\w+|household_no|disability_level|hobby|income_sources|economy|aid_kinds|guardianship_type|entrusted|away_\w+|(father|mother)[._](born_on|state|away_since|age))$/

/** Whether the head, in the words of this application, holds what it was taken for: 父亲/联系电话 is 爸爸电话. */
function saysItself(header: string, field: string): boolean {
  const words = columnWords[field]?.zh
  const said = header
    .replace(/[\s/（）()]|当前|本人/g, '')
    .replace(/父亲/g, '爸爸')
    .replace(/母亲/g, '妈妈')
    .replace(/监护人|抚养人/g, '照护人')
    .replace(/联系电话|联系方式|手机号码?|电话号码/g, '电话')
  return words !== undefined && said.includes(words)
}

/** Heads that everybody reads the same need no chip: known words, and what is only counted off. */
export function isPlain(column: Column): boolean {
  if (column.field !== null) return column.confidence >= 0.95 || saysItself(column.header, column.field)
  return (
    (column.fact !== undefined && understood.test(column.fact)) || /^(序号|编号|序|号|行号)$/.test(column.header.trim())
  )
}

export function fieldWords(column: Pick<Column, 'field'>): Words | null {
  if (column.field === null) return null
  return columnWords[column.field] ?? { zh: column.field, en: column.field }
}

/** The canonical field of a roster → the facts of a file that it feeds. */
const factsOfField: Readonly<Record<string, readonly string[]>> = {
  id_no: ['identity_no'],
  residence: ['address'],
  school: ['school_name'],
  class: ['class_number'],
  away: ['father.state', 'mother.state', 'father.able', 'mother.able'],
}

function fedBy(field: string): string[] {
  return field
    .split('+')
    .flatMap((part) => factsOfField[part] ?? [part])
    .flatMap((part) => {
      const [owner, name] = part.split('.')
      if (name === undefined) return [part]
      const fact = name === 'id_no' ? 'identity_no' : name
      const owners =
        owner === 'parent' ? ['father', 'mother'] : owner === 'member' ? ['father', 'mother', 'carer'] : [owner]
      return owners.map((each) => `${each}.${fact}`)
    })
}

/** Whether a fact that changes stands in this column. */
export function feeds(column: Column, fact: string): boolean {
  if (column.field !== null) return fedBy(column.field).includes(fact)
  return column.fact !== undefined && (column.fact === fact || column.fact.replace(/_/g, '.') === fact)
}

/** Whether a mark of the reading is about this column. */
export function concerns(column: Column, issue: Pick<Issue, 'field'>): boolean {
  if (issue.field === null) return false
  if (issue.field === `extra.${column.header}`) return true
  if (column.field === null) return false
  const parts = column.field.split('+')
  if (parts.includes(issue.field)) return true
  const [owner, name] = issue.field.split('.')
  return (
    name !== undefined &&
    parts.some((part) => {
      const [of, what] = part.split('.')
      return what === name && ((of === 'parent' && owner !== 'carer') || of === 'member')
    })
  )
}

const severities = { error: 3, question: 2, warning: 1 } as const

/** The gravest mark of a cell. What is said of the whole line, such as an age over 18, stands at the name. */
export function issueOf(row: ImportRow, column: Column): Issue | undefined {
  return row.issues
    .filter((issue) => concerns(column, issue) || (issue.field === null && column.field === 'name'))
    .toSorted((a, b) => severities[b.severity] - severities[a.severity])[0]
}

export function differenceOf(row: ImportRow, column: Column): Difference | undefined {
  return row.differences.find((difference) => feeds(column, difference.field))
}

const wholeNumber = /(?<![0-9A-Za-z])([0-9A-Za-z]{3})[0-9A-Za-z]{8,11}([0-9A-Za-z]{3}[0-9A-Za-z*])(?![0-9A-Za-z])/g
const spacedNumber = /(?<!\d)(\d{3})\d{3}[ -]\d{8}[ -](\d{3}[\dXx])(?!\d)/g

/** Identity numbers are looked at by their ends: 520•••0945, also typed in full width or parted. Other text stays. */
export function veiled(text: string): string {
  return text
    .replace(/[！-～]+/g, (wide) => (/[０-９]{14}/.test(wide) ? wide.normalize('NFKC') : wide))
    .replace(spacedNumber, '$1•••$2')
    .replace(wholeNumber, (whole, from: string, to: string) =>
      (whole.match(/\d/g)?.length ?? 0) >= 14 ? `${from}•••${to}` : whole,
    )
}

/** Facts whose absence is worth a word in the cell. */
const missed =
  /^(name|sex|born_on|id_no|school|grade|grade\+class|class|carer\.(name|relation|phones)|(father|mother|parent)\.phones)$/

export function isMissed(column: Column): boolean {
  return column.field !== null && missed.test(column.field)
}

/** Pixels a column needs: the widest of its head and the texts seen, between a narrow and a broad one. */
export function widthOf(column: Column, lines: readonly ImportRow[], extra: number): number {
  let widest = textWidth(`${column.column} ${column.header}`, 14)
  for (const line of lines) {
    if (line.action === null) continue
    const text = line.cells[column.column]
    if (text) widest = Math.max(widest, textWidth(veiled(text), 15))
  }
  return Math.min(264, Math.max(60, Math.ceil(widest) + 24 + extra))
}

function textWidth(text: string, size: number): number {
  let width = 0
  for (const letter of text) width += letter.charCodeAt(0) > 0x2e7f ? size : letter === '•' ? 8 : size * 0.58
  return width
}

/** A fact by its words; what no list names stays as it came. */
export function factWords(field: string): Words {
  return (fileFields as Record<string, Words | undefined>)[field] ?? { zh: field, en: field }
}
