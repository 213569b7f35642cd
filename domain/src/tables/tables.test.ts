import { describe, expect, test } from 'vitest'
import { ageBandOf, awayOf, dimensions, schoolingOf, type CountedChild } from './counted.ts'
import { crossTable } from './cross.ts'
import { hiddenCells } from './small_cells.ts'
import { brokenRules, crossFoots, placeInSummary, summarise, summaryColumns } from './summary.ts'

const whole: CountedChild = {
  id: '1',
  name: '陈小雨',
  unit: '',
  sex: 'female',
  age_least: 9,
  age_most: 9,
  enrolment_status: 'in_school',
  grade: '3',
  school: '芦溪镇中心小学',
  boarding: false,
  father_state: 'away',
  mother_state: 'away',
  father_able: null,
  mother_able: null,
  father_place_code: '441900',
  mother_place_code: '330200',
  relation: 'paternal_grandmother',
  guardianship_type: 'good',
  health: 'healthy',
  income_sources: ['wage_work', 'farming'],
  aid_kinds: [],
  causes: ['low_income'],
  need_kinds: null,
  answer: 'yes',
  category: 'both_parents',
  missing: [],
}
const child = (more: Partial<CountedChild> = {}): CountedChild => ({ ...whole, ...more })

describe('the summary of 32 columns', () => {
  test('has its columns once each, in the order of the form', () => {
    expect(summaryColumns.map(({ n }) => n)).toEqual(Array.from({ length: 32 }, (_, at) => at + 1))
  })

  test('a child whose file is full stands in one column of every block, and every rule holds', () => {
    const { columns, lacks } = placeInSummary(child())
    expect(columns).toEqual([1, 5, 7, 13, 19, 25, 26, 30])
    expect(lacks).toEqual([])
    const children = [
      child(),
      child({ sex: 'male', age_least: 4, age_most: 4, grade: 'k2', boarding: null, relation: 'aunt_uncle', guardianship_type: 'fair' }),
      child({ age_least: 15, age_most: 15, grade: '10', boarding: null, guardianship_type: 'nobody' }),
      child({ age_least: 14, age_most: 14, grade: null, enrolment_status: 'dropped_out', boarding: null, relation: 'mother', category: 'one_parent_other_unable', guardianship_type: 'parent_unable' }),
      child({ age_least: 3, age_most: 3, grade: null, enrolment_status: 'not_enrolled', boarding: null }),
      child({ grade: '8', age_least: 13, age_most: 13, boarding: true }),
    ] // prettier-ignore
    const cells = summarise(children.map(placeInSummary))
    expect(brokenRules(cells)).toEqual([])
    expect(cells.slice(1)).toEqual([6, 2, 1, 1, 2, 0, 2, 2, 0, 2, 1, 1, 1, 1, 1, 0, 1, 0, 5, 1, 2, 1, 1, 1, 1, 3, 1, 1, 1, 3, 1, 2]) // prettier-ignore
  })

  test('what is not collected has no column: the rule says by how many, and the child says what it lacks', () => {
    const unknown = child({ sex: null, guardianship_type: null, boarding: null, relation: null, category: null })
    expect(placeInSummary(unknown).lacks).toEqual(['性别', '父母外出', '是否寄宿', '照护人', '监护情况'])
    const cells = summarise([child(), unknown].map(placeInSummary))
    expect(brokenRules(cells)).toEqual([
      { rule: '1=19+20', left: 2, right: 1 },
      { rule: '1=21+22+23+24+25', left: 2, right: 1 },
      { rule: '1=26+27+28+29', left: 2, right: 1 },
      { rule: '1=30+31+32', left: 2, right: 1 },
      { rule: '5=6+7', left: 2, right: 1 },
      { rule: '13+14=24+25', left: 2, right: 1 },
    ])
    expect(placeInSummary(child({ age_least: 5, age_most: 6 })).lacks).toEqual(['年龄'])
  })

  test('every rule can break: a number moved out of any column is noticed', () => {
    const cells = summarise([placeInSummary(child())])
    for (const { n } of summaryColumns) {
      const wrong = cells.map((value, at) => (at === n ? value + 1 : value))
      // 11…12, 15…18 and 21…23 stand in sums with 合计; each column is in some rule.
      expect([n, brokenRules(wrong).length > 0]).toEqual([n, true])
    }
    expect(crossFoots).toHaveLength(10)
  })
})

describe('what can be counted', () => {
  test('a band is left open while the birth leaves it open', () => {
    expect(ageBandOf({ age_least: 13, age_most: 13 })).toBe('6-13')
    expect(ageBandOf({ age_least: 13, age_most: 14 })).toBeNull()
    expect(ageBandOf({ age_least: 16, age_most: 16 })).toBe('14-16')
    expect(ageBandOf({ age_least: null, age_most: null })).toBeNull()
  })

  test('not enrolled is 未入园 under six and 不在学 above; a vocational school says so by its name', () => {
    const none = { enrolment_status: 'not_enrolled', grade: null }
    expect(schoolingOf(child({ ...none, age_least: 5, age_most: 5 }))).toBe('not_in_kindergarten')
    expect(schoolingOf(child({ ...none, age_least: 15, age_most: 15 }))).toBe('not_in_school')
    expect(schoolingOf(child({ ...none, age_least: 5, age_most: 6 }))).toBeNull()
    expect(schoolingOf(child({ grade: '10', school: '青禾县职业高中' }))).toBe('vocational')
    expect(schoolingOf(child({ grade: null, enrolment_status: null }))).toBeNull()
  })

  test('one unknown parent makes the whereabouts unknown, never “one away”', () => {
    expect(awayOf(child({ mother_state: null }))).toBeNull()
    expect(awayOf(child({ mother_state: 'home' }))).toBe('one')
    expect(awayOf(child({ mother_state: 'home', mother_able: false }))).toBe('one_unable')
    expect(awayOf(child({ mother_state: 'deceased' }))).toBe('one_unable')
    expect(awayOf(child({ father_state: 'home', mother_state: 'home' }))).toBe('none')
  })

  test('where they work is the farther of the two, and unknown as long as one place is', () => {
    const region = (father: string | null, mother: string | null) =>
      dimensions.work_region.of(child({ father_place_code: father, mother_place_code: mother }), '431201')
    expect(region('431201', '431202')).toBe('province')
    expect(region('431201', '441900')).toBe('elsewhere')
    expect(region('431201', '4312')).toBeNull()
    expect(region('431201', null)).toBeNull()
    expect(dimensions.work_region.of(child({ father_state: 'home', mother_state: 'home' }), '431201')).toBe('nobody')
  })

  test('a cross table leaves out what nobody has, keeps 未采集, and counts each child once in the sums', () => {
    const children = [child(), child({ relation: null }), child({ age_least: 4, age_most: 4 })]
    const { rows, across, cells } = crossTable(children, dimensions.carer, dimensions.age_band, '431201')
    expect(rows.map(({ zh }) => zh)).toEqual(['祖父母', '未采集'])
    expect(across.map(({ zh }) => zh)).toEqual(['0–5岁', '6–13岁'])
    expect(cells).toEqual([
      [1, 1, 2],
      [0, 1, 1],
      [1, 2, 3],
    ])
    const several = crossTable(children, dimensions.income, dimensions.sex, '431201')
    expect(several.cells.at(-1)).toEqual([3, 3])
    expect(several.cells.map((row) => row.at(-1))).toEqual([3, 3, 3])
  })
})

describe('small cells of public tables', () => {
  const sums = [{ total: 3, parts: [0, 1, 2] }]
  test('one to four are not written, zero is', () => {
    expect([...hiddenCells([0, 6, 7, 13], sums)]).toEqual([])
    expect([...hiddenCells([3, 0, 2, 5], sums)].toSorted((a, b) => a - b)).toEqual([0, 2])
  })
  test('a single hidden cell would be the difference: the next smallest goes too', () => {
    expect([...hiddenCells([3, 9, 20, 32], sums)].toSorted((a, b) => a - b)).toEqual([0, 1])
    // Nothing else there to hide: then the sum itself.
    expect([...hiddenCells([3, 0, 0, 3], sums)].toSorted((a, b) => a - b)).toEqual([0, 3])
  })
  test('in both directions: no sum is left with exactly one cell hidden', () => {
    // Three rows of three with sums at the end of each row and column.
    const cells = [2, 8, 10, 20, 9, 7, 16, 11, 15, 26, 22, 30]
    const groups = [
      { total: 2, parts: [0, 1] }, { total: 6, parts: [4, 5] }, { total: 9, parts: [7, 8] },
      { total: 11, parts: [0, 4, 7] }, { total: 3, parts: [1, 5, 8] }, { total: 10, parts: [2, 6, 9] },
    ] // prettier-ignore
    const hidden = hiddenCells(cells, groups)
    for (const { total, parts } of groups) expect([total, ...parts].filter((at) => hidden.has(at)).length).not.toBe(1)
    expect(hidden.has(0)).toBe(true)
  })
})
