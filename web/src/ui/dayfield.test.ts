import { expect, it } from 'vitest'
import { readTypedDay } from './dayfield.tsx'

it.each([
  ['2017-08-21', '2017-08-21'],
  ['2017.8.21', '2017-08-21'],
  ['2017/8/1', '2017-08-01'],
  ['2017年8月21日', '2017-08-21'],
  ['2017年8月', '2017-08'],
  ['2017 8', '2017-08'],
  ['２０１７．８'.replace('．', '.'), '2017-08'],
  ['20170821', '2017-08-21'],
  ['201708', '2017-08'],
  ['2017', '2017'],
  [' 2017年 ', '2017'],
])('reads %s as %s', (typed, day) => expect(readTypedDay(typed)).toBe(day))

it.each(['', '8月21日', '2017-02-29', '2017-13', '2017-00-10', '17-8-21', '去年'])('does not believe %s', (typed) =>
  expect(readTypedDay(typed)).toBeNull(),
)
