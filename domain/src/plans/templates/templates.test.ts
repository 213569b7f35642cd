import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { monthOf, planTemplates, templatePeriod } from './templates.ts'

const measures = readFileSync(new URL('../../../../docs/measures.md', import.meta.url), 'utf8')
const rows = [...measures.matchAll(/^\| (P\d\.\d+) \|/gm)].map((match) => match[1]!)
const templates = Object.values(planTemplates)
const plan = { village: 'P1', agency: 'P2', school: 'P3', community: 'P4', committee: 'P5' } as const

test('every row of docs/measures.md is an item of its template, and no template speaks of a row that is not there', () => {
  expect(rows).toHaveLength(102)
  for (const template of templates) {
    const own = rows.filter((row) => row.startsWith(`${plan[template.archetype]}.`))
    const items = [...template.goals, ...template.measures, ...template.duties, ...template.tasks]
    const served = new Set(items.flatMap((item) => item.for))
    expect([template.archetype, own.filter((row) => !served.has(row))]).toEqual([template.archetype, []])
    expect([template.archetype, [...served].filter((row) => !own.includes(row))]).toEqual([template.archetype, []])
  }
})

test.each(templates)(
  '$zh: goals with a rate, duties with measure, rhythm and somebody, tasks inside its months',
  (template) => {
    const paths = new Set(template.measures.map((each) => each.path))
    expect(paths.size).toBe(template.measures.length)
    for (const duty of template.duties) {
      expect([duty.title, paths.has(duty.measure)]).toEqual([duty.title, true])
      expect([duty.title, 'unspecified' in duty.rhythm, duty.responsible === null]).toEqual([duty.title, false, false])
    }
    const { from_on, until_on } = templatePeriod(template, '2026-11-25')
    for (const task of template.tasks) {
      const month = monthOf(task.month, from_on)
      expect([task.title, month >= from_on.slice(0, 7) && month <= until_on.slice(0, 7)]).toEqual([task.title, true])
    }
    expect(template.goals.every((each) => each.indicator !== null && each.target !== null && each.target <= 1)).toBe(
      true,
    )
  },
)

test('元月 of a plan from September belongs to the next year; a plan that is over is not offered again', () => {
  expect(templatePeriod(planTemplates.school, '2026-11-25')).toEqual({ from_on: '2026-09-01', until_on: '2027-01-31' })
  expect(templatePeriod(planTemplates.school, '2027-01-10')).toEqual({ from_on: '2027-09-01', until_on: '2028-01-31' })
  expect(templatePeriod(planTemplates.community, '2026-11-25')).toEqual({ from_on: '2026-01-01', until_on: '2026-12-31' }) // prettier-ignore
  expect(templatePeriod(planTemplates.community, '2026-12-05')).toEqual({ from_on: '2027-01-01', until_on: '2027-12-31' }) // prettier-ignore
  expect(monthOf(1, '2026-09-01')).toBe('2027-01')
  expect(monthOf(9, '2026-09-01')).toBe('2026-09')
})
