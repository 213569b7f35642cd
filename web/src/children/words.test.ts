import { describe, expect, it } from 'vitest'
import type { ChildRow } from '@nuanyang/contract/children.ts'
import { awayWords, classWords, kin, saidValue, unitWords } from './words.ts'

const row = (facts: Partial<ChildRow>) =>
  ({ father_state: null, father_place: null, mother_state: null, mother_place: null, ...facts }) as ChildRow

describe('facts in words', () => {
  it.each([
    [{ school_name: '荷塘小学', grade: '3', class_number: '2' }, '荷塘小学三年级（2）班', '荷塘小学三（2）班'],
    [{ school_name: '荷塘小学', grade: '3', class_number: null }, '荷塘小学三年级', '荷塘小学三年级'],
    [{ school_name: null, grade: 'k3', class_number: null }, '大班', '大班'],
    [{ school_name: null, grade: 'k3', class_number: '1' }, '大（1）班', '大（1）班'],
    [{ school_name: null, grade: null, class_number: null }, null, null],
  ])('%j', (at, whole, short) => {
    expect(classWords(at, 'zh')).toBe(whole)
    expect(classWords(at, 'zh', true)).toBe(short)
  })

  it.each([
    [{}, null],
    [{ father_state: 'unknown', mother_state: 'unknown' }, null],
    [{ father_state: 'home', mother_state: 'deceased' }, '都没有外出'],
    [{ father_state: 'away', mother_state: 'away', father_place: '东莞', mother_place: '东莞' }, '双方，东莞'],
    [{ father_state: 'away', mother_state: 'away' }, '双方，地点未采集'],
    [{ father_state: 'away', father_place: '东莞' }, '爸爸在东莞；妈妈未采集'],
    [{ mother_state: 'away', father_state: 'home' }, '妈妈外出；爸爸在家'],
    [{ father_state: 'home' }, '爸爸在家；妈妈未采集'],
  ] as [Partial<ChildRow>, string | null][])('where the parents are: %j', (facts, words) => {
    expect(awayWords(row(facts), 'zh')).toBe(words)
  })

  it('unknown is never said as no, and no is never left out', () => {
    expect(saidValue('boarding', null, 'zh')).toBeNull()
    expect(saidValue('boarding', false, 'zh')).toBe('走读')
    expect(saidValue('father.able', false, 'zh')).toBe('没有')
    expect(saidValue('hukou_registered', false, 'zh')).toBe('否')
    expect(saidValue('father.phones', [], 'zh')).toBeNull()
    expect(saidValue('father.phones', ['13800138000', '66012'], 'zh')).toBe('138 0013 8000、66012')
    expect(saidValue('born_on', '2017-08', 'zh')).toBe('2017年8月')
  })

  it('the family’s own word stands in where a code says little', () => {
    expect(kin('other', '干妈', 'zh')).toBe('干妈')
    expect(kin('paternal_grandmother', '阿婆', 'zh')).toBe('奶奶')
    expect(kin('father', null, 'zh')).toBe('爸爸')
  })

  it('a class is said as it is called on the day', () => {
    expect(unitWords('小学2024级2班', 'zh', '2026-11-25')).toBe('三年级（2）班')
    expect(unitWords('小学2024级2班', 'zh', '2027-09-01')).toBe('四年级（2）班')
    expect(unitWords('小暑村', 'zh', '2026-11-25')).toBe('小暑村')
  })
})
