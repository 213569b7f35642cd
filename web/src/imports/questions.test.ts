import { expect, test } from 'vitest'
import { asked } from './questions.ts'
import type { Column, Question } from './sheet.ts'

const question = (code: string, choices: string[], more: Partial<Question> = {}): Question => ({
  id: `台账!F4:${code}`,
  sheet: '台账',
  column: 'F',
  code,
  rows: [10, 11, 14],
  examples: ['2019.1'],
  proposed: choices[1] ?? null,
  choices,
  aside: false,
  ...more,
})
const column: Column = { column: 'F', header: '出生', field: 'born_on', confidence: 0.9 }

test('a month of one digit is asked about once, the proposal first', () => {
  const told = asked(question('born_on_ambiguous', ['2019-01', '2019-10', 'leave_empty']), column, 'zh')
  expect(told.title).toBe('“2019.1”是 1 月，还是 10 月？')
  expect(told.help).toContain('“出生”这一列有 3 格')
  expect(told.options.map((option) => option.label)).toEqual(['都是 10 月', '都是 1 月', '先空着，以后补'])
})

test('relations, parents, stages and codes have words', () => {
  const labels = (code: string, choices: string[], more: Partial<Question> = {}) =>
    asked(question(code, choices, { proposed: null, ...more }), column, 'zh').options.map((option) => option.label)
  expect(labels('relation_unreadable', ['paternal_grandfather', 'maternal_grandfather', 'leave_empty'])).toEqual([
    '爷爷',
    '外公',
    '先空着，以后补',
  ])
  expect(labels('relation_unreadable', ['father', 'mother', 'leave_empty'])).toEqual([
    '都是爸爸',
    '都是妈妈',
    '先空着，以后补',
  ])
  expect(labels('grade_unreadable', ['primary', 'leave_empty'])).toEqual(['小学', '先空着，以后补'])
  const [codes] = labels('away_code_needs_label', ['0=none,1=one_parent'])
  expect(codes).toMatch(/^0 .*，1 .*一方/)
  expect(codes).not.toMatch(/[a-z]/)
})

test('every code the reader can ask has a title of its own, in both languages', () => {
  const codes: [string, string[]][] = [
    ['born_on_ambiguous', ['2016-03-04', '2016-04-03', 'leave_empty']],
    ['born_on_unreadable', ['use_id_no', 'leave_empty']],
    ['born_on_conflicts_id_no', ['keep_cell', 'use_id_no']],
    ['sex_conflicts_id_no', ['keep_cell', 'use_id_no']],
    ['sex_unreadable', ['use_id_no', 'leave_empty']],
    ['id_no_checksum', ['keep', 'leave_empty']],
    ['phone_unreadable', ['keep_readable', 'leave_empty']],
    ['grade_unreadable', ['leave_empty']],
    ['away_code_needs_label', ['both_parents', 'leave_empty']],
    ['looks_struck_out', ['include', 'leave_out']],
    ['row_hidden', ['include', 'leave_out']],
    ['sheet_hidden', ['include', 'leave_out']],
    ['possible_duplicate', ['keep_both', 'same_child']],
    ['id_no_duplicate_in_file', ['keep_without_number', 'same_child']],
    ['as_of_unknown', ['2026-11']],
  ]
  const titles = codes.map(([code, choices]) => asked(question(code, choices), column, 'zh').title)
  expect(new Set(titles).size).toBe(codes.length)
  for (const [code, choices] of codes) {
    const told = asked(question(code, choices), column, 'zh')
    expect(told.title).not.toContain('怎么办？“')
    if (!told.month) for (const { label } of told.options) expect(label).not.toMatch(/[a-z_]{3,}/)
    expect(asked(question(code, choices), column, 'en').title).not.toMatch(/[\u4e00-\u9fff]/)
  }
})
