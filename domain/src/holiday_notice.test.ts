import { expect, test } from 'vitest'
import { readHolidayNotice } from './holiday_notice.ts'
import { legalHolidaysOf } from './legal_holidays.ts'

const of = (text: string, year: number) =>
  readHolidayNotice(text, year).map(({ on_day, kind, name }) => `${on_day.slice(5)} ${kind === 'working' ? '班' : '休'} ${name}`) // prettier-ignore

test('a pasted notice becomes days off and days of work', () => {
  const text = `现将2027年元旦、春节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历除夕、周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月13日（周六）上班。
三、劳动节：4月30日至5月2日放假调休，共3天。4月25日（周日）上班。`
  expect(of(text, 2027)).toEqual([
    '01-01 休 元旦', '01-02 休 元旦', '01-03 休 元旦', '01-31 班 春节', '02-05 休 春节', '02-06 休 春节', '02-07 休 春节', '02-08 休 春节',
    '02-09 休 春节', '02-10 休 春节', '02-11 休 春节', '02-13 班 春节', '04-25 班 劳动节', '04-30 休 劳动节', '05-01 休 劳动节', '05-02 休 劳动节',
  ]) // prettier-ignore
})

test('month 13, 31 April and text without days are left out', () => {
  expect(of('元旦：13月1日放假。清明节：4月31日放假。', 2027)).toEqual([])
  expect(of('各单位要妥善安排值班。', 2027)).toEqual([])
  expect(of('', 2027)).toEqual([])
})

test('2025 and 2026 are known, a year that is not announced yet is not', () => {
  const days = legalHolidaysOf(2026)!
  expect(days.find(({ on_day }) => on_day === '2026-10-01')).toEqual({ on_day: '2026-10-01', kind: 'holiday', name: '国庆节' }) // prettier-ignore
  expect(days.find(({ on_day }) => on_day === '2026-02-14')?.kind).toBe('working')
  expect(legalHolidaysOf(2025)).not.toBeNull()
  expect(legalHolidaysOf(2059)).toBeNull()
})
