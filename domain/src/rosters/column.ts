// What is decided about a column, shared by the steps that decide it.

import type { Attribute, Owner } from './heads.ts'

/** A column as it will be read. */
export interface Column {
  readonly column: number
  readonly letters: string
  /** Levels joined with `/`, as reported and as key of `extra`. */
  readonly header: string
  /** The levels above the lowest. */
  readonly group: string
  owner: Owner | null
  attributes: Attribute[]
  member: number | null
  /** The answer a tick in this column gives. */
  tick: string | null
  negated: boolean
  /** Contract field, `grade+class` for two, null for none. */
  field: string | null
  confidence: number
  /** Serial numbers are kept nowhere. */
  serial: boolean
  /** 出生年 | 出生月 | 出生日: the columns that go on with the day this one begins. */
  goesOnIn?: readonly number[]
}

export const CHILD_FIELDS: ReadonlySet<Attribute> = new Set<Attribute>([
  'name',
  'sex',
  'born_on',
  'id_no',
  'ethnicity',
  'household_place',
  'residence',
  'villager_group',
  'school',
  'grade',
  'class',
  'boarding',
  'health',
  'illness',
  'disability',
  'away',
  'remark',
])
export const PEOPLE: ReadonlySet<Owner> = new Set<Owner>(['father', 'mother', 'parents', 'carer', 'member'])

/** 务工省, 务工市, 务工县: one place written in several columns. */
export const isPartOfPlace = ({ header }: Column): boolean =>
  /(?<![省城])[省市县区](?:份|名称?)?$/.test(header.split('/').at(-1) ?? '')

/** Values of a column worth looking at. */
export type Samples = (column: number) => readonly string[]
