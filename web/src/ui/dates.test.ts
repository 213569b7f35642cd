import { expect, it } from 'vitest'
import { dayOf, plainDay, saidDay, saidMoment, timeOf, weekday } from './dates.ts'

const today = '2026-11-25'

it.each([
  ['2026-11-25', '今天', 'today'],
  ['2026-11-24', '昨天', 'yesterday'],
  ['2026-11-26', '明天', 'tomorrow'],
  ['2026-11-28', '周六', 'Sat'],
  ['2026-12-01', '周二', 'Tue'],
  ['2026-12-02', '12月2日', '2 Dec'],
  ['2026-11-09', '11月9日', '9 Nov'],
  ['2025-11-25', '2025年11月25日', '25 Nov 2025'],
  ['2017-08', '2017年8月', 'Aug 2017'],
  ['2017', '2017年', '2017'],
])('%s is said as %s and %s', (day, zh, en) => {
  expect(saidDay(day, 'zh', today)).toBe(zh)
  expect(saidDay(day, 'en', today)).toBe(en)
})

it('takes the day and the hour of Shanghai, whatever the clock of the phone', () => {
  expect(dayOf('2026-11-24T16:00:00Z')).toBe('2026-11-25')
  expect(dayOf('2026-11-24T15:59:59Z')).toBe('2026-11-24')
  expect(timeOf('2026-11-25T08:40:00Z')).toBe('16:40')
  expect(saidMoment('2026-11-25T08:40:00Z', 'zh', today)).toBe('今天 16:40')
})

it('names the weekday of a day, not of a moment before it', () => {
  expect(weekday('2026-11-25', 'zh')).toBe('周三')
  expect(plainDay('2026-03-01', 'zh', today)).toBe('3月1日')
})
