import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ageOn, dayOfSerial, mayBeSame, readBirth, readPartialDate, spanOf } from './dates.ts'

const reading = { until: '2026-09-15' }

describe('birth days as they are written', () => {
  test.each([
    ['2012.03', '2012-03'],
    ['2012.3', '2012-03'],
    ['2012.10', '2012-10'],
    ['2012.03.5', '2012-03-05'],
    ['201203', '2012-03'],
    ['20120305', '2012-03-05'],
    ['2012年3月', '2012-03'],
    ['2012年3月5日', '2012-03-05'],
    ['12年3月', '2012-03'],
    ['2012/3/5', '2012-03-05'],
    ['２０２２年０８月０８日', '2022-08-08'],
    ['二〇一二年三月五日', '2012-03-05'],
    ['2012-03-05 00:00:00', '2012-03-05'],
    ['5-Mar-12', '2012-03-05'],
    ['13/5/2012', '2012-05-13'],
    ['42070', '2015-03-07'],
    ['1951-01-13', '1951-01-13'],
  ])('%s is %s', (raw, value) => {
    expect(readBirth(raw, reading)).toMatchObject({ state: 'ok', value })
  })

  test.each([
    ['2014.1', ['2014-01', '2014-10']],
    ['3/5/2012', ['2012-03-05', '2012-05-03']],
  ])('%s may be two days, and is asked', (raw, choices) => {
    expect(readBirth(raw, reading)).toEqual({ state: 'ambiguous', value: null, choices })
  })

  test.each([
    '农历八月十五',
    '属马',
    '9岁',
    '9',
    '2020-13-0',
    '2012-3-0',
    '12年',
    '2031-01-01',
    '不清楚',
    '2016-02-30',
    '1066.5',
  ])('%s is kept unread', (raw) => {
    expect(readBirth(raw, reading)).toMatchObject({ state: 'unreadable', value: null })
  })

  test('every day reads back in every common notation', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('2026-09-15T00:00:00Z'), noInvalidDate: true }),
        (date) => {
          const day = date.toISOString().slice(0, 10)
          const [year = '', month = '', number = ''] = day.split('-')
          for (const text of [
            day,
            day.replaceAll('-', '/'),
            day.replaceAll('-', ''),
            `${year}年${Number(month)}月${Number(number)}日`,
            `${year}.${month}.${number}`,
          ]) {
            expect(readBirth(text, reading).value).toBe(day)
          }
        },
      ),
    )
  })

  test('serials of 1904 are 1462 days later', () => {
    expect(dayOfSerial(42070)).toBe('2015-03-07')
    expect(dayOfSerial(42070, true)).toBe('2019-03-08')
    expect(readBirth('41210', { ...reading, date1904: true }).value).toBe('2016-10-29')
  })

  test('days of other things may be years alone', () => {
    expect(readPartialDate('2023', reading)).toBe('2023')
    expect(readPartialDate('2023年9月', reading)).toBe('2023-09')
    expect(readPartialDate('去年', reading)).toBeNull()
  })
})

describe('days known in part', () => {
  test('span all they may be', () => {
    expect(spanOf('2024-02')).toEqual({ from: '2024-02-01', until: '2024-02-29' })
    expect(spanOf('2024')).toEqual({ from: '2024-01-01', until: '2024-12-31' })
    expect(mayBeSame('2015-03', '2015-03-07')).toBe(true)
    expect(mayBeSame('2015-03', '2015-04-07')).toBe(false)
  })

  test('give the least and the most an age may be', () => {
    expect(ageOn('2008-09', '2026-09-15')).toEqual({ least: 17, most: 18 })
    expect(ageOn('2008-09-16', '2026-09-15')).toEqual({ least: 17, most: 17 })
    expect(ageOn('2008-09-15', '2026-09-15')).toEqual({ least: 18, most: 18 })
  })
})
