import { expect, test } from 'vitest'
import { festivalDay, festivalsOf } from './festivals.ts'

test.each([
  [2025, '01-29', '02-12', '05-31', '10-06', '10-29'],
  [2026, '02-17', '03-03', '06-19', '09-25', '10-18'],
  [2027, '02-06', '02-20', '06-09', '09-15', '10-08'],
  [2028, '01-26', '02-09', '05-28', '10-03', '10-26'],
])('lunar festivals of %i', (year, spring, lantern, dragon, moon, ninth) => {
  expect(
    (['spring_festival', 'lantern', 'dragon_boat', 'mid_autumn', 'double_ninth'] as const).map((f) =>
      festivalDay(f, year),
    ),
  ).toEqual([spring, lantern, dragon, moon, ninth].map((day) => `${year}-${day}`))
})

test('a year holds each festival once, in order', () => {
  for (let year = 1990; year <= 2060; year++) {
    const list = festivalsOf(year)
    expect(list).toHaveLength(13)
    expect(list.every(({ day }) => day.startsWith(`${year}-`))).toBe(true)
    expect([...list].sort((a, b) => a.day.localeCompare(b.day))).toEqual(list)
  }
})

test('solar festivals and Qingming', () => {
  expect(festivalDay('childrens_day', 2026)).toBe('2026-06-01')
  expect(festivalDay('qingming', 2026)).toBe('2026-04-05')
  expect(festivalDay('qingming', 2024)).toBe('2024-04-04')
})

test('a year outside the tables is refused', () => {
  expect(() => festivalDay('mid_autumn', 3000)).toThrow(RangeError)
})
