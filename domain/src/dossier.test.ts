import { describe, expect, test } from 'vitest'
import {
  askWhom,
  contradictionsOf,
  missingOf,
  requirementCodes,
  type DossierFacts,
  type Requirement,
} from './dossier.ts'

const whole: DossierFacts = {
  name: '林小满',
  sex: 'female',
  born_on: '2016-05-06',
  has_residence: true,
  enrolment_status: 'in_school',
  school_name: '芦溪镇中心小学',
  grade: '4',
  health: 'healthy',
  father: { name: '林大江', state: 'away', phones: ['13900000001'] },
  mother: { name: '周兰', state: 'home', phones: ['13900000002'] },
  carer: { name: '陈桂香', relation: 'paternal_grandmother', age: 66, phones: ['13900000003'] },
}

describe('what a file lacks', () => {
  test('a whole file lacks nothing, an empty one everything', () => {
    expect(missingOf(whole)).toEqual([])
    expect(missingOf({})).toEqual([...requirementCodes])
  })

  test.each<[string, Partial<DossierFacts>, Requirement[]]>([
    [
      'a state written as unknown is missing',
      { father: { state: 'unknown', phones: ['13900000001'] } },
      ['father_state'],
    ],
    ['the dead owe no number', { mother: { state: 'deceased' } }, []],
    ['those away do', { father: { state: 'away', phones: [] } }, ['father_phone']],
    ['one out of school has no class', { enrolment_status: 'dropped_out', school_name: null, grade: null }, []],
    ['a school without a grade is half an answer', { grade: null }, ['schooling']],
    ['an address is as good as a village', { has_residence: false, address: '芦溪镇小暑村三组' }, []],
  ])('%s', (_, facts, missing) => {
    expect(missingOf({ ...whole, ...facts })).toEqual(missing)
  })

  test('a county asks for less', () => {
    expect(missingOf({}, ['name', 'carer_phone'])).toEqual(['name', 'carer_phone'])
  })
})

describe('who may know', () => {
  test.each<[Requirement, Partial<DossierFacts>, string]>([
    ['mother_phone', {}, '奶奶可能知道'],
    ['mother_phone', { carer: null }, '打电话问爸爸'],
    ['father_phone', { carer: null }, '妈妈在家，可能知道'],
    ['father_phone', { carer: { relation: 'father' } }, '妈妈在家，可能知道'],
    ['father_state', { carer: { relation: 'mother' } }, '妈妈可能知道'],
    ['mother_state', { carer: null, father: null }, '照护人知道'],
    ['carer_phone', {}, '问陈桂香本人'],
    ['carer_phone', { carer: { relation: 'paternal_grandmother' } }, '妈妈在家，可能知道'],
    ['carer_name', { carer: null, mother: null }, '打电话问爸爸'],
    ['carer_name', { carer: null, mother: null, father: null }, '问孩子或邻居'],
    ['health', { carer: { relation: 'other' } }, '妈妈在家，可能知道'],
    ['born_on', {}, '看户口本'],
    ['schooling', {}, '学校知道'],
  ])('%s, given %j: %s', (code, facts, answer) => {
    expect(askWhom(code, { ...whole, ...facts }).zh).toBe(answer)
  })

  test('there is an answer in both languages for everything, even for an empty file', () => {
    for (const code of requirementCodes) {
      const { zh, en } = askWhom(code, {})
      expect(zh).toMatch(/\p{Script=Han}/u)
      expect(en).toMatch(/^[\x20-\x7e’]+$/)
    }
  })
})

describe('facts that cannot all be true', () => {
  const on = '2026-11-23'
  test.each<[string, Partial<DossierFacts>, string[]]>([
    ['nothing wrong', {}, []],
    ['the carer is away', { carer: { relation: 'father', age: 40 } }, ['carer_is_away']],
    ['a carer of fifteen', { carer: { relation: 'sibling', age: 15 } }, ['carer_too_young']],
    ['a child of ten in grade one', { grade: '1' }, []],
    ['a child of ten in grade nine', { grade: '9' }, ['grade_and_age']],
    ['born in 2005', { born_on: '2005-05-06', grade: null }, ['too_old']],
  ])('%s', (_, facts, found) => {
    expect(contradictionsOf({ ...whole, ...facts }, on)).toEqual(found)
  })

  test('unknown facts contradict nothing', () => {
    expect(contradictionsOf({}, on)).toEqual([])
  })
})
