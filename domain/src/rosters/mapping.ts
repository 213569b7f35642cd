// Mappings remembered from earlier files and set by hand, over what the heads say.

import { foldText } from '../chinese_text.ts'
import type { Column } from './column.ts'
import type { Assigned } from './columns.ts'
import type { Attribute, Owner } from './heads.ts'
import type { Table, TableColumn } from './tables.ts'
import { columnLetters } from './workbook.ts'

const OWNER_OF: Readonly<Record<string, Owner>> = {
  father: 'father',
  mother: 'mother',
  carer: 'carer',
  parent: 'parents',
  member: 'member',
}
const ATTRIBUTE_OF: Readonly<Record<string, Attribute>> = { phones: 'phone', address: 'residence' }

/** The same for the same heads in the same order, whatever the file, sheet and rows: FNV-1a over the folded heads, twice. */
export function headerSignature(columns: readonly TableColumn[]): string {
  const text = columns.map(({ path }) => foldText(path.join('/'))).join('|')
  return `${hash(text, 0x811c9dc5)}${hash(text, 0x9e3779b1)}`
}

function hash(text: string, seed: number): string {
  let value = seed
  for (let place = 0; place < text.length; place++) value = Math.imul(value ^ text.charCodeAt(place), 0x01000193) >>> 0
  return value.toString(16).padStart(8, '0')
}

interface MappingOptions {
  readonly mapping?: Readonly<Record<string, Readonly<Record<string, string | null>>>>
  readonly columns?: Readonly<Record<string, string | null>>
}

export function applyMapping(sheet: string, table: Table, assigned: Assigned, options: MappingOptions): Assigned {
  const remembered = options.mapping?.[headerSignature(table.columns)] ?? {}
  const first = table.header_rows[0] ?? 0
  let changed = false
  for (const column of assigned.columns) {
    const letters = columnLetters(column.column)
    const given = options.columns?.[`${sheet}!${letters}:${first}`] ?? options.columns?.[`${sheet}!${letters}`]
    const field = given !== undefined ? given : letters in remembered ? remembered[letters] : remembered[column.header]
    if (field === undefined || field === column.field) continue
    setField(column, field)
    changed = true
  }
  if (!changed) return assigned
  return {
    columns: assigned.columns,
    name: assigned.columns.find((column) => column.field?.split('+').includes('name')) ?? null,
  }
}

function setField(column: Column, field: string | null): void {
  column.field = field
  column.confidence = 1
  column.serial = false
  column.tick = null
  if (field === null) {
    column.attributes = ['other']
    return
  }
  const [head = '', tail] = (field.split('+')[0] ?? '').split('.')
  column.owner = tail === undefined ? null : (OWNER_OF[head] ?? null)
  const name = tail ?? head
  column.attributes =
    field === 'grade+class'
      ? ['class']
      : field.startsWith('school+')
        ? ['school', 'class']
        : [ATTRIBUTE_OF[name] ?? (name as Attribute)]
}
