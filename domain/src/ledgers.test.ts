import { describe, expect, test } from 'vitest'
import { readGradeClass } from './grades.ts'
import { ledgerPresets } from './ledger_presets.ts'
import { chooseFields, fieldText, listFields, type LedgerChild } from './ledgers.ts'
import { readPhones } from './phones.ts'
import { readRelation } from './relations.ts'
import { aways } from './values/away.ts'
import { healths } from './values/health.ts'
import { relations } from './values/relation.ts'
import { sexes } from './values/sex.ts'
import { readValue } from './values/value.ts'

const unknown: LedgerChild = {
  name: '陈小雨',
  sex: null,
  born_on: null,
  id_no: null,
  ethnicity: null,
  household_place: null,
  residence: null,
  villager_group: null,
  school: null,
  grade: null,
  class: null,
  boarding: null,
  health: null,
  illness: null,
  disability: null,
  away: null,
  remark: null,
  father: null,
  mother: null,
  carer: null,
}
const carer = {
  name: '王桂英',
  phones: [],
  id_no: null,
  relation: null,
  age: null,
  health: null,
  occupation: null,
  address: null,
}

const text = (child: LedgerChild, field: string) => fieldText(child, field, '2026-11-25')

describe('what is printed is what is read back', () => {
  test.each(['k1', 'k2', 'k3', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'])(
    'grade %s, class 2',
    (grade) => {
      const both = text({ ...unknown, grade, class: '2' }, 'grade+class')
      expect(readGradeClass(both ?? '')).toMatchObject({ grade, class: '2' })
      expect(readGradeClass(text({ ...unknown, grade }, 'grade+class') ?? '')).toMatchObject({
        grade,
        class: null,
      })
      expect(readGradeClass(text({ ...unknown, grade }, 'grade') ?? '', 'grade')).toMatchObject({ grade })
    },
  )
  test('class alone', () => {
    expect(readGradeClass(text({ ...unknown, class: '12' }, 'class') ?? '', 'class')).toMatchObject({
      class: '12',
    })
    expect(readGradeClass(text({ ...unknown, class: '2' }, 'grade+class') ?? '')).toMatchObject({
      grade: null,
      class: '2',
    })
  })
  test.each(relations.map((entry) => entry.code))('relation %s', (relation) => {
    const said = text({ ...unknown, carer: { ...carer, relation } }, 'carer.relation')
    expect(readRelation(said ?? '')).toEqual({ state: 'ok', relation })
  })
  test("the family's own word for the carer, unless it would be asked about again", () => {
    const grandmother = { ...unknown, carer: { ...carer, relation: 'maternal_grandmother' } }
    expect(text({ ...grandmother, facts: { carer_relation_words: '姥姥' } }, 'carer.relation')).toBe('姥姥')
    expect(text({ ...grandmother, facts: { carer_relation_words: '婆婆' } }, 'carer.relation')).toBe('外婆')
  })
  test('coded values', () => {
    for (const { code } of sexes) expect(readValue(sexes, text({ ...unknown, sex: code }, 'sex') ?? '')).toBe(code)
    for (const { code } of aways) expect(readValue(aways, text({ ...unknown, away: code }, 'away') ?? '')).toBe(code)
    for (const { code } of healths)
      expect(readValue(healths, text({ ...unknown, health: code }, 'health') ?? '')).toBe(code)
  })
  test('several phones in one cell', () => {
    const phones = ['19900000216', '07698555000']
    const said = text({ ...unknown, carer: { ...carer, phones } }, 'carer.phones')
    expect(readPhones(said ?? '')).toEqual({ phones, state: 'ok' })
  })
})

test('unknown is null everywhere, never 否 and never 0', () => {
  for (const { field } of [...ledgerPresets.flatMap((preset) => preset.columns), ...listFields])
    if (field !== 'name') expect([field, text(unknown, field)]).toEqual([field, null])
})

test('an age is said when the birth settles it, and follows the day of the sheet', () => {
  expect(text({ ...unknown, born_on: '2017-08-21' }, 'age')).toBe('9')
  expect(fieldText({ ...unknown, born_on: '2017-08-21' }, 'age', '2026-08-20')).toBe('8')
  expect(text({ ...unknown, born_on: '2017-11' }, 'age')).toBeNull()
  expect(text({ ...unknown, born_on: '2017••••' }, 'age')).toBeNull()
})

test('a known no is 否', () => {
  expect(text({ ...unknown, boarding: false }, 'boarding')).toBe('否')
  expect(text({ ...unknown, away: 'both_parents' }, 'away=both_parents')).toBe('是')
  expect(text({ ...unknown, away: 'both_parents' }, 'away=one_parent_other_unable')).toBe('否')
  expect(
    text({ ...unknown, facts: { aid_kinds: ['temporary', 'housing'], hukou_registered: false } }, 'facts.aid_kinds'),
  ).toBe('临时救助、住房救助')
})

test('every header order met in the field can be printed', () => {
  // The registration form, the school register, kindergartens, village, community, county grid, children's home, county list, the three of
  // schools, six blocks, children in difficulty, members of a family.
  const codes = ledgerPresets.map((preset) => preset.code)
  for (const code of ['official_43', 'enrolment_register', 'kindergarten', 'village_ledger', 'community_ledger', 'county_grid', 'childrens_home', 'county_list', 'school_archive', 'term_registration', 'school_roster', 'six_blocks', 'difficulty', 'family_members'])
    expect(codes).toContain(code) // prettier-ignore
  const members = ledgerPresets.find((preset) => preset.code === 'family_members')!.columns.map(({ header }) => header)
  for (const head of ['性别', '年龄', '重病病种', '残疾类型', '残疾等级', '社保金', '其他收入', '月收入'])
    expect(members).toContain(head)
})

test('the official form has its 43 fields, and no ledger has a head twice', () => {
  expect(ledgerPresets.find((preset) => preset.code === 'official_43')?.columns).toHaveLength(43)
  for (const preset of ledgerPresets)
    expect(new Set(preset.columns.map((column) => column.header)).size, preset.code).toBe(preset.columns.length)
})

test('a list is exported with the columns chosen, in one order, and an unknown column is refused in words', () => {
  expect(chooseFields(['born_on', 'name']).map((column) => column.header)).toEqual(['姓名', '出生日期'])
  expect(() => chooseFields(['salary'])).toThrow('没有“salary”这一列')
})
