import { expect, test } from 'vitest'
import { festivalNear, lunarDay } from './lunar_day.ts'

test('days of the Chinese calendar as people say them', () => {
  expect(lunarDay('2026-02-17').zh).toBe('农历正月初一')
  expect(lunarDay('2026-11-25').zh).toBe('农历十月十七')
  // 2025 had a second sixth month.
  expect(lunarDay('2025-07-25')).toEqual({ zh: '农历闰六月初一', en: 'lunar leap month 6, day 1' })
})

test('the next festival is named when it is near, also over the turn of the year', () => {
  expect(festivalNear('2026-10-10', 14)).toMatchObject({ festival: 'double_ninth', day: '2026-10-18', in_days: 8 })
  expect(festivalNear('2026-02-17', 14)).toMatchObject({ festival: 'spring_festival', in_days: 0 })
  expect(festivalNear('2026-12-28', 14)?.day.slice(0, 4)).toBe('2027')
  expect(festivalNear('2026-11-25', 14)).toBeNull()
})
