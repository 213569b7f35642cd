import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanText, foldText, readChineseNumber, saysDitto, saysNothing } from './chinese_text.ts'
import { readPhones } from './phones.ts'
import { initialsOf, pinyinOf } from './pinyin.ts'
import { isRelationWord, readRelation } from './relations.ts'

describe('telephone numbers in cells', () => {
  test.each([
    ['19100006456/19800003425', ['19100006456', '19800003425']],
    ['191-0000-7697', ['19100007697']],
    ['191 0000 7697 198 0000 3425', ['19100007697', '19800003425']],
    ['+86 19900005543', ['19900005543']],
    ['19100002453\n19000005545', ['19100002453', '19000005545']],
    ['１９１００００７６９７（微信同号）', ['19100007697']],
    ['0858-1234567', ['08581234567']],
    ['手机：19100007697', ['19100007697']],
    ['19100007697、19100007697', ['19100007697']],
  ])('%s', (raw, phones) => {
    expect(readPhones(raw)).toEqual({ phones, state: 'ok' })
  })

  test.each([
    ['19000008826（孩子爷爷19900002686）', ['19000008826']],
    ['父19000008826', ['19000008826']],
    ['199000012', []],
    ['1990000123', []],
    ['无手机', []],
  ])('%s is asked about', (raw, phones) => {
    expect(readPhones(raw)).toEqual({ phones, state: 'unreadable' })
  })

  test('the person of the column may be named beside the number', () => {
    expect(readPhones('19000008826(父)', false, '父|爸').state).toBe('ok')
    expect(readPhones('19000008826(父)', false, '母|妈').state).toBe('unreadable')
  })

  test('digits that a spreadsheet dropped are not invented', () => {
    expect(readPhones('1.99E+10').state).toBe('precision_lost')
    expect(readPhones('19900000000', true).state).toBe('precision_lost')
    expect(readPhones('19900001549', true)).toEqual({ phones: ['19900001549'], state: 'ok' })
  })

  test('whatever is typed, phones are digits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(readPhones(text).phones.every((phone) => /^\d{7,12}$/.test(phone))).toBe(true)
      }),
    )
  })
})

describe('relation words', () => {
  test.each([
    ['爷爷', 'paternal_grandfather'],
    ['爺爺', 'paternal_grandfather'],
    ['奶', 'paternal_grandmother'],
    ['姥爷', 'maternal_grandfather'],
    ['孩子的外婆', 'maternal_grandmother'],
    ['大伯', 'aunt_uncle'],
    ['母子', 'mother'],
    ['其他', 'other'],
    ['班主任', 'teacher'],
  ])('%s', (word, relation) => {
    expect(readRelation(word)).toEqual({ state: 'ok', relation })
  })

  test.each(['祖孙', '公公', '婆婆', '爹爹', '家公', '祖父母', '监护'])('%s is asked', (word) => {
    expect(readRelation(word).state).toBe('unreadable')
  })

  test('names are no relation words', () => {
    expect(isRelationWord('祖孙')).toBe(true)
    expect(isRelationWord('张三')).toBe(false)
    expect(isRelationWord('')).toBe(false)
  })
})

describe('text of cells', () => {
  test('invisible characters, control codes and outer spaces go, words stay', () => {
    expect(cleanText('\ufeff　张 三\u200b_x000D_\n')).toBe('张 三')
    expect(cleanText('白岩村\n一组')).toBe('白岩村 一组')
    expect(cleanText('𠮷\ue863😀')).toBe('𠮷\ue863😀')
  })

  test('folding forgets width, script and spaces', () => {
    expect(foldText(' 與學生 關係（Ａ）')).toBe('与学生关系(a)')
  })

  test('folding twice is folding once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text))
      }),
    )
  })

  test.each([
    ['十二', 12],
    ['二十', 20],
    ['三', 3],
    ['二〇一二', 2012],
    ['两', 2],
    ['十', 10],
    ['15', 15],
    ['张', null],
    ['', null],
  ])('%s is %s', (text, number) => {
    expect(readChineseNumber(text)).toBe(number)
  })

  test.each(['', '无', '—', '-', '/', '不详', '未采集', '　'])('%s says nothing', (text) => {
    expect(saysNothing(text)).toBe(true)
  })

  test('no and unknown are not nothing', () => {
    for (const text of ['否', '不清楚', '0', '×']) expect(saysNothing(text)).toBe(false)
  })

  test.each(['同上', '〃', '"', '″'])('%s means the row above', (text) => {
    expect(saysDitto(text)).toBe(true)
  })
})

describe('names in pinyin', () => {
  test('surnames are read as surnames', () => {
    expect(pinyinOf('曾小贤')).toBe('zeng xiao xian')
    expect(initialsOf('单雄信')).toBe('sxx')
    expect(pinyinOf('阿依古丽·买买提')).toContain('gu li')
  })
})
