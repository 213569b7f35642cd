// One child while a row is read: values, people named in the row, issues with the field they concern.

import { issue, type Questions } from './questions.ts'
import { emptyChild, type ImportedChild, type ImportIssue, type IssueCode, type Severity } from './report.ts'
import type { Relation } from '../values/relation.ts'
import type { Column } from './column.ts'
import type { Owner } from './heads.ts'

/** A cell as one row sees it, through merges and 同上. */
export interface Value {
  /** Cleaned text; empty when there is nothing. */
  readonly text: string
  readonly kind: 'text' | 'number' | 'date' | 'boolean' | 'error'
  readonly unset: boolean
  readonly struck: boolean
  /** How the cell was filled when it is not its own. */
  readonly filled: { readonly code: 'merged_cell_filled' | 'ditto_resolved'; readonly raw: string } | null
}

export interface Person {
  readonly owner: Owner
  readonly member: number | null
  name: string | null
  phones: string[]
  work_place: string | null
  id_no: string | null
  relation: Relation | null
  /** The relation as said. */
  said: string | null
  age: number | null
  health: string | null
  occupation: string | null
  address: string | null
  born_on: string | null
  /** Which parent the cell itself names. */
  named: 'father' | 'mother' | null
  /** Column of the name, for the question whose person it is. */
  column: Column | null
  /** Issues under the person's own field names; they get their prefix when it is settled who it is. */
  issues: { field: string; code: IssueCode; severity: Severity; raw: string }[]
}

/** What is the same for all rows of a table. */
export interface TableContext {
  readonly sheet: string
  readonly sheetHidden: boolean
  /** Distinguishes the tables of a sheet in the ids of questions. */
  readonly place: string
  readonly columns: readonly Column[]
  readonly date1904: boolean
  /** YYYY-MM-DD: no birth after it. */
  readonly today: string
  /** The day grades and ages refer to. */
  readonly asOf: string
  readonly questions: Questions
  /** Explained codes by column letters. */
  readonly legends: ReadonlyMap<string, ReadonlyMap<string, string>>
  /** Codes 0, 1, 2 that stand in a column without explanation. */
  readonly codes: ReadonlyMap<string, readonly string[]>
}

export interface Draft {
  readonly row: number
  readonly table: TableContext
  readonly child: ImportedChild
  readonly issues: ImportIssue[]
  readonly people: Person[]
  /** Yes and no of columns that ask one answer each: 双方外出, 一方外出. */
  readonly answers: { attribute: string; tick: string; yes: boolean }[]
  ageStated: { years: number; header: string; raw: string } | null
  adult: boolean
  sexRaw: string
  bornRaw: string
  isAway: { father: boolean | null; mother: boolean | null }
}

export function startDraft(row: number, table: TableContext): Draft {
  return {
    row,
    table,
    child: emptyChild(),
    issues: [],
    people: [],
    answers: [],
    ageStated: null,
    adult: false,
    sexRaw: '',
    bornRaw: '',
    isAway: { father: null, mother: null },
  }
}

export function personOf(draft: Draft, owner: Owner, member: number | null): Person {
  let person = draft.people.find((known) => known.owner === owner && known.member === member)
  if (!person) {
    person = {
      owner,
      member,
      name: null,
      phones: [],
      work_place: null,
      id_no: null,
      relation: null,
      said: null,
      age: null,
      health: null,
      occupation: null,
      address: null,
      born_on: null,
      named: null,
      column: null,
      issues: [],
    }
    draft.people.push(person)
  }
  return person
}

export function isEmptyPerson(person: Person): boolean {
  return (
    person.name === null &&
    person.phones.length === 0 &&
    person.work_place === null &&
    person.id_no === null &&
    person.relation === null &&
    person.age === null &&
    person.health === null &&
    person.occupation === null &&
    person.address === null
  )
}

export function report(draft: Draft, field: string | null, code: IssueCode, severity: Severity, raw: string): void {
  if (!draft.issues.some((known) => known.code === code && known.field === field))
    draft.issues.push(issue(field, code, severity, raw))
}

/** Asks once for the column; returns the choice taken, and the severity the row's issue then has. */
export function ask(
  draft: Draft,
  column: Column | null,
  code: IssueCode,
  raw: string,
  proposed: string | null,
  choices: readonly string[],
  word = '',
): { choice: string | null; index: number; severity: Severity } {
  // A row that is no child asks nothing.
  if (draft.adult) return { choice: null, index: -1, severity: 'warning' }
  const { choice, index } = draft.table.questions.ask({
    sheet: draft.table.sheet,
    column: column?.letters ?? null,
    place: `${draft.table.place}${word === '' ? '' : `:${word}`}`,
    code,
    row: draft.row,
    raw,
    proposed,
    choices,
  })
  return { choice, index, severity: choice === null ? 'question' : 'warning' }
}

export function addRemark(draft: Draft, text: string): void {
  const { child } = draft
  if (child.remark === null) child.remark = text
  else if (!child.remark.includes(text)) child.remark = `${child.remark}；${text}`
}

export function addExtra(draft: Draft, header: string, text: string): void {
  const { extra } = draft.child
  let key = header
  for (let again = 2; key in extra; again++) key = `${header} ${again}`
  extra[key] = text
}

/** Facts of a parent beyond the canonical fields, under `facts.father` and `facts.mother`. */
export function addParentFacts(
  draft: Draft,
  which: 'father' | 'mother',
  facts: Readonly<Record<string, unknown>>,
): void {
  const said = Object.entries(facts).filter(([, value]) => value !== null && value !== undefined)
  if (said.length === 0) return
  draft.child.facts[which] = {
    ...(draft.child.facts[which] as Record<string, unknown> | undefined),
    ...Object.fromEntries(said),
  }
}
