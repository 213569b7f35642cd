// due_months holds what due_items says: over random histories every closed month, kept by the job, equals the slow reading.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../kernel/ids.ts'
import { testApp, type TestApp } from '../testing/app.ts'
import { histories } from '../testing/histories.ts'
import { writeHistory, type History } from '../testing/history.ts'
import { slowDueItems, type Asked } from '../testing/slow_due_items.ts'
import { isClosedMonth, keepMonth } from './plans.months.jobs.ts'
import { monthSpan } from './plans.scope.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp({ now: '2027-01-20T02:00:00Z' })
})
afterAll(() => app.close())

const today = '2027-01-20'
const months = ['2026-08', '2026-09', '2026-10', '2026-11', '2026-12']

/** Per duty: subjects and numbers, counted from the slow reading of one month. */
function slowMonth(history: History, month: string) {
  const { from, until } = monthSpan(month)
  const of: Record<Asked['type'], string[]> = {
    child: history.children.map(({ id }) => id),
    pairing: history.pairings.map(({ id }) => id),
    unit: history.units.map(({ id }) => id),
  }
  const items = (Object.keys(of) as Asked['type'][])
    .flatMap((type) => slowDueItems(history, { type, subjects: of[type], from, until, today }))
    .filter((item) => item.month === month)
  return [...Map.groupBy(items, (item) => item.duty_id)]
    .map(([duty_id, list]) => ({
      duty_id,
      subjects: new Set(list.map((item) => item.subject_id)).size,
      owed: list.length,
      on_time: list.filter((item) => item.state === 'settled' && !item.late).length,
      late: list.filter((item) => item.late).length,
      waived: list.filter((item) => item.state === 'waived').length,
      overdue: list.filter((item) => item.state === 'overdue').length,
    }))
    .toSorted((a, b) => (a.duty_id < b.duty_id ? -1 : 1))
}

test('a month that the job kept is the month that the function counts', { timeout: 60_000 }, async () => {
  let salt = 2000
  const until = performance.now() + 8000
  expect(isClosedMonth('2026-12', today)).toBe(true)
  expect(isClosedMonth('2027-01', today)).toBe(false)
  await fc.assert(
    fc.asyncProperty(
      fc.constant(null).chain(() => histories(++salt)),
      async (drawn) => {
        // As many histories as eight seconds hold; what has begun is finished.
        if (salt > 2001 && performance.now() > until) return
        const history = { ...drawn, waivers: [] }
        const client = await app.owner.connect()
        await writeHistory(client, history, newId).finally(() => client.release())
        for (const month of months) {
          await app.system({ tenant: history.tenant_id }, (ctx) => keepMonth(ctx, month))
          const { rows } = await app.owner.query(
            `select duty_id, subjects, owed, on_time, late, waived, overdue from due_months where tenant_id = $1 and month = $2 and owed > 0 order by duty_id`,
            [history.tenant_id, month],
          )
          expect({ month, rows }).toEqual({ month, rows: slowMonth(history, month) })
        }
      },
    ),
    { numRuns: 20, endOnFailure: true },
  )
})
