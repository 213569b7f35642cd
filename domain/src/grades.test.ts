import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { entryYearOf, gradeLabel, gradeOn, readGradeClass, stageOf, stageOfSchool, type Grade } from './grades.ts'

const grades: readonly Grade[] = ['k1', 'k2', 'k3', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12']

describe('grade and class as schools write them', () => {
  test.each([
    ['三(2)班', '3', '2'],
    ['三（2）班', '3', '2'],
    ['三2班', '3', '2'],
    ['六三班', '6', '3'],
    ['3.2', '3', '2'],
    ['302', '3', '2'],
    ['312班', '3', '12'],
    ['三年级二班', '3', '2'],
    ['五年级2班', '5', '2'],
    ['七年级', '7', null],
    ['初一(3)班', '7', '3'],
    ['初三', '9', null],
    ['高一3班', '10', '3'],
    ['大班', 'k3', null],
    ['大二班', 'k3', '2'],
    ['小一班', 'k1', '1'],
    ['小一', '1', null],
    ['(1)班', null, '1'],
    ['十二班', null, '12'],
    ['三班', null, '3'],
  ])('%s', (text, grade, number) => {
    expect(readGradeClass(text)).toMatchObject({ grade, class: number })
  })

  test('a number alone is what the head says', () => {
    expect(readGradeClass('3', 'grade')).toMatchObject({ grade: '3', class: null })
    expect(readGradeClass('3', 'class')).toMatchObject({ grade: null, class: '3' })
  })

  test('a year of entry is no grade by itself', () => {
    expect(readGradeClass('2022级2班')).toEqual({ grade: null, class: '2', entry_year: 2022 })
    expect(readGradeClass('22级(2)班')).toEqual({ grade: null, class: '2', entry_year: 2022 })
  })

  test.each(['学前班', '张三', '白岩小学', '2015-03', '0', '13年级', ''])('%s is none', (text) => {
    expect(readGradeClass(text)).toBeNull()
  })

  test('every grade reads back from its label', () => {
    for (const grade of grades) expect(readGradeClass(gradeLabel(grade))?.grade).toBe(grade)
  })
})

describe('grades and the school year', () => {
  test('1 September is graduation only', () => {
    expect(gradeOn('primary', 2022, '2026-08-31')).toBe('4')
    expect(gradeOn('primary', 2022, '2026-09-01')).toBe('5')
    expect(gradeOn('primary', 2020, '2026-09-01')).toBeNull()
    expect(gradeOn('kindergarten', 2024, '2026-09')).toBe('k3')
  })

  test('entry year and grade are each other’s inverse on any day', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...grades),
        fc.integer({ min: 2015, max: 2035 }),
        fc.integer({ min: 1, max: 12 }),
        (grade, year, month) => {
          const on = `${year}-${String(month).padStart(2, '0')}-15`
          expect(gradeOn(stageOf(grade), entryYearOf(grade, on), on)).toBe(grade)
        },
      ),
    )
  })

  test('a school’s name tells its stage, unless it has several', () => {
    expect(stageOfSchool('青石镇中心小学')).toBe('primary')
    expect(stageOfSchool('白岩幼儿园')).toBe('kindergarten')
    expect(stageOfSchool('青石镇中小学')).toBeNull()
  })
})
