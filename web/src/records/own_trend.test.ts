import { expect, test } from 'vitest'
import type { RecordRow } from '@nuanyang/contract/records.ts'
import { ownTrends } from './own_trend.ts'

const record = (id: string, happened_on: string, marks: object[]) =>
  ({ id, happened_on, kind: 'progress', fields: { marks } }) as unknown as RecordRow

test('marks stand in the order of their days, each against the one before', () => {
  const trends = ownTrends([
    record('b', '2026-11-15', [
      { subject: 'maths', score: 83, full: 100 },
      { subject: 'chinese', level: '乙' },
    ]),
    record('a', '2026-10-15', [
      { subject: 'maths', score: 35, full: 50 },
      { subject: 'chinese', level: '甲' },
      { subject: 'english', score: 90, full: 100 },
    ]),
    record('c', '2026-12-01', [{ subject: 'english', score: 88.5, full: 100 }]),
    record('d', '2026-12-02', [{ subject: 'science' }]),
  ])
  expect(trends.map(({ subject, marks, turn }) => [subject, marks.map((mark) => mark.words), turn])).toEqual([
    ['maths', ['35/50', '83/100'], 'up'],
    ['chinese', ['甲', '乙'], null],
    ['english', ['90/100', '88.5/100'], 'same'],
  ])
})

test('the newest six are enough', () => {
  const many = Array.from({ length: 9 }, (_, n) => record(String(n), `2026-0${n + 1}-01`, [{ subject: 'maths', score: 90 - 5 * n, full: 100 }])) // prettier-ignore
  const [trend] = ownTrends(many)
  expect([trend!.marks.length, trend!.marks[0]!.on, trend!.turn]).toEqual([6, '2026-04-01', 'down'])
})
