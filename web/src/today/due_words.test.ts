import { describe, expect, it } from 'vitest'
import type { DueChild, DueItem } from '@nuanyang/contract/today.ts'
import { kinds } from '@nuanyang/domain/values/kinds.ts'
import { byClass, byHome, familyName, groupState, kindWord, whyWords, windowWords } from './due_words.ts'

const today = '2026-11-25'
const item = (given: Partial<DueItem> = {}): DueItem => ({
  duty_id: 'd', title: '谈心', kind: 'talk', pairing_id: null, left: 1, ordinal: 1, may_waive: false, from_on: '2026-11-01', until_on: '2026-11-30', overdue: false, missed: 0, ...given,
}) // prettier-ignore
const child = (given: Partial<DueChild> = {}): DueChild => ({
  id: given.name ?? 'c', name: '陈小雨', given_name: '小雨', grade: null, class_id: null, class_name: null, home: null, carer_relation: null,
  last_contact: { kind: 'visit', on: '2026-11-20' }, tried: null, quiet_days: 5, returns: null, items: [item()], ...given,
}) // prettier-ignore

describe('a window is said as a window, and only what ends soon is marked', () => {
  it.each([
    ['2026-11-25', false, 'soon', '今天到期'],
    ['2026-11-26', false, 'soon', '明天到期'],
    ['2026-11-29', false, 'plain', '本周内'],
    ['2026-11-30', false, 'plain', '本月内'],
    ['2027-01-31', false, 'plain', '2027年1月31日前'],
    ['2026-11-20', true, 'late', '11月20日就该做完'],
  ] as const)('%s', (until_on, overdue, mark, words) => {
    expect(windowWords({ until_on, overdue }, today, 'zh')).toEqual({ mark, words })
  })
})

describe('why this child stands here', () => {
  it('two weeks without contact are said, and never is said as never', () => {
    expect(groupState([child({ quiet_days: 16 })], today, 'zh')).toEqual({ mark: 'late', words: '16 天没联系上' })
    expect(groupState([child({ quiet_days: 60, last_contact: null })], today, 'zh').words).toBe('还没有联系过')
    expect(groupState([child({ quiet_days: 16, items: [item({ until_on: today })] })], today, 'zh').words).toBe('今天到期') // prettier-ignore
  })
  it.each([
    [{ tried: { kind: 'call', on: '2026-11-09' } as const }, '11月9日打过电话，没接通'],
    [{ returns: { parent: 'father', on: '2026-11-28' } as const }, '爸爸11月28日回来，可以一起见'],
    [{ items: [item({ missed: 3 })] }, '已连续错过 3 次'],
    [{}, '上次家访是11月20日'],
    [{ last_contact: null }, '还没有联系过'],
  ])('%o', (given, words) => expect(whyWords(child(given), today, 'zh')).toBe(words))
})

it('children under one roof stand together, by the name they share', () => {
  const home = [child({ name: '陈小雨', home: 'h' }), child({ name: '陈小晨', given_name: '小晨', home: 'h' })]
  const other = child({ name: '李想', given_name: '想' })
  expect(byHome([home[0]!, other, home[1]!]).map((group) => group.map(({ name }) => name))).toEqual([['陈小雨', '陈小晨'], ['李想']]) // prettier-ignore
  expect([familyName(home), familyName([home[0]!, other])]).toEqual(['陈', null])
  expect(familyName([child({ name: '小雨' }), child({ name: '小雨' })])).toBeNull()
})

it('every kind has a word short enough for a chip', () => {
  for (const { code } of kinds) expect([code, kindWord(code, 'zh').length <= 3 && kindWord(code, 'en').length <= 13]).toEqual([code, true]) // prettier-ignore
})

it('in a school children stand by class, the class that comes up first on top', () => {
  const of = (name: string, class_id: string | null) => child({ name, id: name, class_id, class_name: class_id })
  const groups = byClass([of('甲', '三年级1班'), of('乙', '一年级2班'), of('丙', '三年级1班'), of('丁', null)])
  expect(groups.map((group) => [group.name, group.children.map((each) => each.name).join('')])).toEqual([
    ['三年级1班', '甲丙'],
    ['一年级2班', '乙'],
    [null, '丁'],
  ])
})
