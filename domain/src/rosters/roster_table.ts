// Reading the rows of one table to children.

import { foldText, saysDitto, saysNothing } from '../chinese_text.ts'
import { ageOn } from '../dates.ts'
import type { Column } from './column.ts'
import { surroundings, withSection, type Surroundings } from './context.ts'
import { addExtra, ask, personOf, report, startDraft, type Draft, type TableContext, type Value } from './draft.ts'
import { applyGrade, childReaders, settleAnswers } from './fields.ts'
import { compareWithIdentity } from './identity_check.ts'
import { readFact } from './facts.ts'
import { textOf, type Grid } from './grid.ts'
import type { Owner } from './heads.ts'
import { readPersonCell, settlePeople } from './people.ts'
import type { ImportedRow, SkipReason } from './report.ts'
import { classifyRow, type RowFacts } from './row_kinds.ts'
import type { Table } from './tables.ts'
import type { Cell, Row } from './workbook.ts'

const PEOPLE: ReadonlySet<Owner> = new Set<Owner>(['father', 'mother', 'parents', 'carer', 'member'])
/** Years by which a stated age may lag behind: rosters are copied from year to year. */
const AGE_TOLERANCE = 4

export interface ReadTable {
  readonly rows: ImportedRow[]
  readonly skipped: { row: number; reason: SkipReason }[]
  readonly first: number
  readonly last: number
}

export function readTable(
  grid: Grid,
  table: Table,
  name: Column,
  context: TableContext,
  isOnlyTable: boolean,
): ReadTable {
  const facts = rowFacts(grid, table, name, context.columns)
  const around = surroundings(grid.sheet, table.above, isOnlyTable)
  const skipped: { row: number; reason: SkipReason }[] = []
  const drafts: { draft: Draft; row: Row; around: Surroundings }[] = []
  let section = around
  const above = new Map<number, Value>()
  let continued = 0
  for (const row of table.body) {
    const kind = classifyRow(row, facts)
    if (kind.kind === 'skip') {
      if (kind.reason !== 'blank' || row.cells.size > 0) skipped.push({ row: row.number, reason: kind.reason })
      continue
    }
    if (kind.kind === 'section') {
      section = withSection(around, section, kind.text)
      skipped.push({ row: row.number, reason: 'title' })
      continue
    }
    const last = drafts.at(-1)
    if (kind.kind === 'continuation' && last) readContinuation(grid, last.draft, row, context.columns, ++continued)
    else {
      continued = 0
      const draft = startDraft(row.number, context)
      readRow(grid, table, draft, row, above)
      drafts.push({ draft, row, around: section })
    }
  }
  const rows = drafts.map(({ draft, row, around: near }) => finishRow(grid, draft, row, name, near))
  return { rows, skipped, first: drafts[0]?.row.number ?? 0, last: drafts.at(-1)?.row.number ?? 0 }
}

/** One child whose cells are known by synthetic columns: a form, or a column of a table on its side. Null without anything but a name label. */
export function readSingle(context: TableContext, row: number, values: ReadonlyMap<number, Cell>): ImportedRow | null {
  const draft = startDraft(row, context)
  for (const column of context.columns) {
    const cell = values.get(column.column)
    if (cell && (textOf(cell) !== '' || cell.kind === 'error')) readCell(draft, column, ownValue(cell))
  }
  settleAnswers(draft)
  settlePeople(draft)
  compareWithIdentity(draft, context.columns)
  checkAge(draft)
  if (draft.child.name === null) return null
  if (context.sheetHidden)
    report(
      draft,
      null,
      'sheet_hidden',
      ask(draft, null, 'sheet_hidden', context.sheet, 'include', ['include', 'leave_out']).severity,
      '',
    )
  return {
    sheet: context.sheet,
    row,
    action: skippedByAnswer(draft) ? 'reject' : 'create',
    child: draft.child,
    issues: draft.issues,
  }
}

function rowFacts(grid: Grid, table: Table, name: Column, columns: readonly Column[]): RowFacts {
  const numbers = columns.map(({ column }) => column)
  const headTexts = new Set<string>()
  for (const row of table.header_rows)
    for (const { column } of columns) headTexts.add(foldText(textOf(grid.seen(row, column))))
  headTexts.delete('')
  return {
    grid,
    left: Math.min(...numbers),
    right: Math.max(...numbers),
    nameColumn: name.column,
    headTexts,
    serialColumns: new Set(columns.filter(({ serial }) => serial).map(({ column }) => column)),
    mapped: new Set(columns.filter(({ field }) => field !== null).map(({ column }) => column)),
    people: new Set(columns.filter(({ owner }) => owner !== null && PEOPLE.has(owner)).map(({ column }) => column)),
  }
}

function ownValue(cell: Cell): Value {
  return { text: textOf(cell), kind: cell.kind, unset: cell.unset === true, struck: cell.struck === true, filled: null }
}

/** The cell of a column as this row means it: its own, that of the merged range over it, or that of the row above for 同上. */
function valueAt(
  grid: Grid,
  firstBodyRow: number,
  row: Row,
  column: number,
  above: ReadonlyMap<number, Value>,
): Value | null {
  const cell = row.cells.get(column)
  if (cell && (textOf(cell) !== '' || cell.kind === 'error')) {
    const own = ownValue(cell)
    if (cell.kind !== 'text' || !saysDitto(own.text)) return own
    const before = above.get(column)
    // Nothing stands above: the words are kept and shown, nobody guesses what they mean.
    return before ? { ...before, filled: { code: 'ditto_resolved', raw: own.text } } : own
  }
  const merge = grid.merge(row.number, column)
  if (!merge || merge.top >= row.number || merge.left !== column || merge.top < firstBodyRow) return null
  const anchor = grid.cell(merge.top, merge.left)
  if (!anchor || (textOf(anchor) === '' && anchor.kind !== 'error')) return null
  const value = ownValue(anchor)
  // A merged range whose first row says 同上 itself speaks with what that row was filled with.
  const resolved = saysDitto(value.text) ? (above.get(column) ?? value) : value
  return { ...resolved, filled: { code: 'merged_cell_filled', raw: '' } }
}

function readRow(grid: Grid, table: Table, draft: Draft, row: Row, above: Map<number, Value>): void {
  const firstBodyRow = table.body[0]?.number ?? row.number
  draft.adult = isAdult(draft.table.columns, row)
  for (const column of draft.table.columns) {
    const value = valueAt(grid, firstBodyRow, row, column.column, above)
    if (!value) {
      above.delete(column.column)
      continue
    }
    if (!saysDitto(value.text)) above.set(column.column, value)
    readCell(draft, column, column.goesOnIn ? joined(row, value, column.goesOnIn) : value)
    const comment = row.cells.get(column.column)?.comment
    if (comment) addExtra(draft, `${column.header || column.letters}（批注）`, comment)
  }
}

/** 2016 | 8 | 15 as one day. */
function joined(row: Row, year: Value, rest: readonly number[]): Value {
  const parts = rest.map((column) => textOf(row.cells.get(column))).filter((text) => /^\d{1,2}[月日号]?$/.test(text))
  return { ...year, kind: 'text', text: [year.text, ...parts].map((text) => text.replace(/[年月日号]$/, '')).join('.') }
}

/** Named an adult by the ledger: 01老人, 02妇女; 户主 and 配偶 unless an age says otherwise. */
function isAdult(columns: readonly Column[], row: Row): boolean {
  const textIn = (column: Column) => foldText(textOf(row.cells.get(column.column)))
  const age = columns.find(
    (column) => column.attributes[0] === 'age' && (column.owner === null || column.owner === 'child'),
  )
  const years = age ? Number.parseInt(textIn(age), 10) : Number.NaN
  return columns.some((column) => {
    if (/类[型别]|人员|对象/.test(column.header) && ADULT.test(textIn(column))) return true
    return (
      column.owner === 'householder' &&
      column.attributes[0] === 'relation' &&
      HEAD_OF_HOUSE.test(textIn(column)) &&
      !(years < 18)
    )
  })
}

function readCell(draft: Draft, column: Column, value: Value): void {
  if (column.serial || (column.header === '' && column.field === null && value.text === '')) return
  const isPerson = column.owner !== null && PEOPLE.has(column.owner)
  if (value.kind === 'error') {
    flag(draft, column, 'formula_without_value', 'error', value.text)
    return
  }
  if (saysNothing(value.text)) return
  if (saysDitto(value.text)) {
    addExtra(draft, column.header || `列${column.letters}`, value.text)
    flag(draft, column, 'value_unreadable', 'error', value.text)
    return
  }
  if (value.filled) flag(draft, column, value.filled.code, 'warning', value.filled.raw)
  if (column.field === null) {
    addExtra(draft, column.header || `列${column.letters}`, value.text)
    readFact(draft, column, value)
    if (isPerson && ['born_on', 'occupation', 'health', 'work_place'].includes(column.attributes[0] ?? ''))
      readPersonCell(draft, column, value)
    return
  }
  if (isPerson) readPersonCell(draft, column, value)
  else childReaders[column.attributes[0] ?? 'other']?.(draft, column, value)
}

/** An issue about a cell: under the child's field, the person's field, or the head of an unmapped column. */
function flag(
  draft: Draft,
  column: Column,
  code: 'formula_without_value' | 'merged_cell_filled' | 'ditto_resolved' | 'looks_struck_out' | 'value_unreadable',
  severity: 'error' | 'warning',
  raw: string,
): void {
  if (column.field === null) {
    if (code === 'formula_without_value') report(draft, `extra.${column.header || column.letters}`, code, severity, raw)
    return
  }
  if (column.owner !== null && PEOPLE.has(column.owner)) {
    const field = column.field.split('+')[0]?.split('.')[1] ?? 'name'
    personOf(draft, column.owner, column.member).issues.push({ field, code, severity, raw })
  } else report(draft, column.field.split('+')[0] ?? null, code, severity, raw)
}

/** Further lines of the same child, the name merged over them or left blank: more family members, more numbers. */
function readContinuation(grid: Grid, draft: Draft, row: Row, columns: readonly Column[], line: number): void {
  for (const column of columns) {
    const cell = row.cells.get(column.column)
    if (!cell || column.serial || textOf(cell) === '' || cell.kind === 'error' || saysNothing(textOf(cell))) continue
    const several = column.owner === 'member' || column.owner === 'parents'
    if (several) readPersonCell(draft, { ...column, member: (column.member ?? 0) + line * 100 }, ownValue(cell))
    else if (column.owner !== null && PEOPLE.has(column.owner) && column.field !== null)
      readPersonCell(draft, column, ownValue(cell))
    else if (grid.merge(row.number, column.column) === undefined || column.field === null)
      addExtra(draft, column.header || `列${column.letters}`, textOf(cell))
  }
}

const HEAD_OF_HOUSE = /^(?:户主|配偶|妻子?|丈夫|夫|父亲?|母亲?|岳父|岳母|公公|婆婆|儿媳|女婿)$/
const ADULT = /^(?:0?[12][.、-]?)?(?:农村)?(?:留守|空巢|独居|孤寡)?(?:老人|老年人|妇女|老年|成人|成年人)$/

function finishRow(grid: Grid, draft: Draft, row: Row, name: Column, around: Surroundings): ImportedRow {
  const { child, table } = draft
  settleAnswers(draft)
  fillFromSurroundings(draft, around)
  settlePeople(draft)
  compareWithIdentity(draft, table.columns)
  checkAge(draft)
  checkVisibility(grid, draft, row, name)
  let action: ImportedRow['action'] = 'create'
  if (draft.adult) {
    draft.issues.length = 0
    report(draft, null, 'not_a_child_row', 'error', '')
    action = 'reject'
  } else if (child.name === null) {
    report(draft, 'name', 'name_missing', 'error', '')
    action = 'reject'
  }
  if (action === 'create' && skippedByAnswer(draft)) action = 'reject'
  return { sheet: table.sheet, row: row.number, action, child, issues: draft.issues }
}

function fillFromSurroundings(draft: Draft, around: Surroundings): void {
  const { child, table } = draft
  const has = (field: string) => table.columns.some((column) => column.field?.split('+').includes(field))
  if (!has('school')) child.school ??= around.school
  if (!has('villager_group')) child.villager_group ??= around.villagerGroup
  const said = around.gradeClass
  if (!said) return
  if (!has('grade') && said.grade !== null) child.grade ??= said.grade
  else if (!has('grade') && said.entry_year !== null && child.grade === null)
    applyGrade(draft, null, `${said.entry_year}级`, 'grade')
  if (!has('class') && said.class !== null && (said.grade === null || said.grade === child.grade))
    child.class ??= said.class
}

function checkAge(draft: Draft): void {
  const { child, table, ageStated } = draft
  if (child.born_on === null) {
    if (ageStated && ageStated.years >= 18 && !draft.adult) report(draft, null, 'over_age', 'warning', ageStated.raw)
    return
  }
  const age = ageOn(child.born_on, table.asOf)
  if (age.least >= 18 && !draft.adult) report(draft, null, 'over_age', 'warning', '')
  if (
    ageStated &&
    (ageStated.years <= age.least - AGE_TOLERANCE + 1 || ageStated.years >= age.most + AGE_TOLERANCE) &&
    Math.min(Math.abs(ageStated.years - age.least), Math.abs(ageStated.years - age.most)) >= AGE_TOLERANCE
  ) {
    report(draft, `extra.${ageStated.header}`, 'age_conflicts_born_on', 'warning', ageStated.raw)
  }
}

function checkVisibility(grid: Grid, draft: Draft, row: Row, name: Column): void {
  if (grid.sheet.hidden)
    report(
      draft,
      null,
      'sheet_hidden',
      ask(draft, null, 'sheet_hidden', grid.sheet.name, 'include', ['include', 'leave_out']).severity,
      '',
    )
  if (row.hidden)
    report(
      draft,
      null,
      'row_hidden',
      ask(draft, null, 'row_hidden', draft.child.name ?? '', 'include', ['include', 'leave_out']).severity,
      '',
    )
  const columns = new Set(draft.table.columns.map(({ column }) => column))
  const cells = [...row.cells].filter(([column, cell]) => columns.has(column) && textOf(cell) !== '')
  const struck = cells.filter(([, cell]) => cell.struck)
  if (struck.length > 0 && (struck.some(([column]) => column === name.column) || struck.length >= cells.length * 0.6)) {
    report(
      draft,
      null,
      'looks_struck_out',
      ask(draft, null, 'looks_struck_out', draft.child.name ?? '', 'include', ['include', 'leave_out']).severity,
      '',
    )
  } else
    for (const [column] of struck)
      flag(
        draft,
        draft.table.columns.find((known) => known.column === column) ?? name,
        'looks_struck_out',
        'warning',
        textOf(row.cells.get(column)),
      )
}

/** Rows the user decided to leave out are kept in the report, as rejected. */
function skippedByAnswer(draft: Draft): boolean {
  const codes = ['sheet_hidden', 'row_hidden', 'looks_struck_out'] as const
  return codes.some(
    (code) =>
      draft.issues.some((known) => known.code === code && known.field === null) &&
      ask(draft, null, code, '', 'include', ['include', 'leave_out']).choice === 'leave_out',
  )
}
