import { expect, test } from 'vitest'
import type { ImportRow } from '@nuanyang/contract/imports.ts'
import { columnNumber, columnsOf, concerns, fateOf, feeds, isPlain, issueOf, veiled, type Column } from './sheet.ts'

const column = (field: string | null, more: Partial<Column> = {}): Column => ({
  column: 'C',
  header: '某列',
  field,
  confidence: 0.99,
  ...more,
})
const row = (more: Partial<ImportRow>): ImportRow => ({
  id: '',
  sheet: '台账',
  row: 5,
  place: 4,
  cells: {},
  action: 'create',
  skipped: null,
  decision: null,
  name: null,
  issues: [],
  differences: [],
  child: null,
  ...more,
})

test('the person’s decision counts before what was proposed', () => {
  const child = { id: null, name: '陈小雨', why: 'name_alone', unit_name: null }
  expect(fateOf(row({}))).toBe('create')
  expect(fateOf(row({ decision: 'skip' }))).toBe('reject')
  expect(fateOf(row({ action: 'duplicate', child }))).toBe('duplicate')
  expect(fateOf(row({ action: 'duplicate', decision: 'update', child }))).toBe('update')
  expect(fateOf(row({ action: 'duplicate', decision: 'create', child }))).toBe('create')
  expect(fateOf(row({ action: null, skipped: 'subtotal' }))).toBe('reject')
  expect(fateOf(row({ action: null, skipped: 'header' }))).toBeNull()
})

test('identity numbers show their ends, also mistyped ones; phones and names stay', () => {
  expect(veiled('990123201708210945')).toBe('990•••0945')
  expect(veiled('99O12320180409097X')).toBe('99O•••097X')
  expect(veiled('990123800101001')).toBe('990•••1001')
  expect(veiled('９９０１２３２０１７０８２１０９４５')).toBe('990•••0945')
  expect(veiled('990123 20170821 0945')).toBe('990•••0945')
  expect(veiled('138 0000 1234 139 0000 1111')).toBe('138 0000 1234 139 0000 1111')
  expect(veiled('13800001234')).toBe('13800001234')
  expect(veiled('2016.05.14')).toBe('2016.05.14')
})

test('a changed fact and a mark find their column', () => {
  expect(feeds(column('grade+class'), 'grade')).toBe(true)
  expect(feeds(column('grade+class'), 'class_number')).toBe(true)
  expect(feeds(column('parent.work_place'), 'mother.work_place')).toBe(true)
  expect(feeds(column('father.id_no'), 'father.identity_no')).toBe(true)
  expect(feeds(column('father.phones'), 'mother.phones')).toBe(false)
  expect(feeds(column(null, { fact: 'household_no' }), 'household_no')).toBe(true)
  expect(concerns(column('born_on'), { field: 'born_on' })).toBe(true)
  expect(concerns(column('parent.phones'), { field: 'father.phones' })).toBe(true)
  expect(concerns(column(null, { header: '关爱级别' }), { field: 'extra.关爱级别' })).toBe(true)
  expect(concerns(column('name'), { field: null })).toBe(false)
})

test('a cell shows the gravest mark; what is said of the whole line stands at the name', () => {
  const issue = (code: string, field: string | null, severity: 'warning' | 'question') => ({
    code,
    field,
    severity,
    raw: '',
  })
  const line = row({
    issues: [
      issue('over_age', null, 'warning'),
      issue('id_no_region_unknown', 'id_no', 'warning'),
      issue('id_no_checksum', 'id_no', 'question'),
    ],
  })
  expect(issueOf(line, column('name'))?.code).toBe('over_age')
  expect(issueOf(line, column('id_no'))?.code).toBe('id_no_checksum')
  expect(issueOf(line, column('born_on'))).toBeUndefined()
})

test('only odd heads ask for a look', () => {
  expect(isPlain(column('name'))).toBe(true)
  expect(isPlain(column('carer.name', { confidence: 0.8, header: '带娃的人' }))).toBe(false)
  expect(isPlain(column('father.phones', { confidence: 0.8, header: '父亲/联系电话' }))).toBe(true)
  expect(isPlain(column(null, { header: '关爱级别' }))).toBe(false)
  expect(isPlain(column(null, { header: '序号' }))).toBe(true)
  expect(isPlain(column(null, { fact: 'household_no' }))).toBe(true)
  expect(isPlain(column(null, { fact: 'visit_note' }))).toBe(false)
})

test('columns stand in the order of their letters, and a form without heads has those that hold something', () => {
  expect(columnNumber('AA')).toBe(26)
  const sheet = {
    name: '表',
    hidden: false,
    rows: 2,
    counts: { all: 2, head: 0, create: 1, update: 0, unchanged: 0, duplicate: 0, reject: 0 },
    tables: [
      {
        header_rows: [],
        first_row: 1,
        last_row: 2,
        signature: '',
        columns: [column('name', { column: 'AA' }), column('sex', { column: 'B' })],
      },
    ],
  }
  expect(columnsOf(sheet, []).map((each) => each.column)).toEqual(['B', 'AA'])
  expect(
    columnsOf({ ...sheet, tables: [] }, [row({ cells: { C: '姓名', A: '登记表' } })]).map((each) => each.column),
  ).toEqual(['A', 'C'])
})
