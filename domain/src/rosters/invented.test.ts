import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inventRoster } from './testing/invented.ts'
import { readSheets } from './testing/sheets.ts'

test('whatever the heads, notations and levels, no child is lost or invented and no value is silently another', () => {
  let stated = 0
  let read = 0
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
      const { rows, facts } = inventRoster(seed)
      const report = readSheets([rows], { today: '2026-11-23' })
      expect(report.rows.map(({ child }) => child.name)).toEqual(facts.map((fact) => fact['name']))
      facts.forEach((fact, place) => {
        const { child, issues } = report.rows[place] ?? { child: {}, issues: [] }
        const wrong = Object.entries(fact).flatMap(([field, value]) => {
          const [owner = '', inner] = field.split('.')
          const whole: unknown = (child as Record<string, unknown>)[owner] ?? null
          const found = inner === undefined ? whole : ((whole as Record<string, unknown> | null)?.[inner] ?? null)
          const empty = found === null || (Array.isArray(found) && found.length === 0)
          if (value !== null) stated++
          if (value !== null && !empty) read++
          // Born on the day of the number when no column says it; unmapped is allowed, another value is not.
          if (
            empty ||
            JSON.stringify(found) === JSON.stringify(value) ||
            (field === 'born_on' && fact['id_no'] !== null)
          )
            return []
          return issues.some((issue) => issue.field?.startsWith(owner))
            ? []
            : [`${field}: ${JSON.stringify(found)} instead of ${JSON.stringify(value)}`]
        })
        expect(wrong).toEqual([])
      })
    }),
    { numRuns: 150 },
  )
  // Only what two parents' columns leave open may stay unmapped.
  expect(read / stated).toBeGreaterThan(0.99)
})
