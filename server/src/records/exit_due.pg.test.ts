// A child leaves the register: nothing is owed for it after that day, what was owed before stays owed and can still be written down late.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { childOps } from '@nuanyang/contract/children.ts'
import { planOps } from '@nuanyang/contract/plans.ts'
import { dueOps } from '@nuanyang/contract/plans.due.ts'
import { recordOps } from '@nuanyang/contract/records.ts'
import { todayOps } from '@nuanyang/contract/today.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

let app: TestApp
let cast: Cast
let director: Person
const [leaves, stays] = [newId(), newId()]
beforeAll(async () => {
  app = await testApp({ now: '2026-09-01T02:00:00Z' })
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village)
  for (const [id, name] of [
    [leaves, '谷小雪'],
    [stays, '苗清明'],
  ] as const)
    // prettier-ignore
    await app.call(childOps.create, { body: { id, facts: { name } } }, director)
  const id = newId()
  const duty = { do: 'add_duty', id: newId(), measure_id: null, account_id: null, pauses_in_holidays: false, subject: 'each_child', rhythm: { every: 'week', count: 1 }, title: '谈心', kind: 'talk', responsible: 'child_director' } // prettier-ignore
  let { version } = await app.call(planOps.create, { body: { id, title: '秋季计划', from_on: '2026-09-01', until_on: '2027-01-31' } }, director) // prettier-ignore
  ;({ version } = await app.call(planOps.edit, { id, body: { version, edits: [duty] as never } }, director))
  ;({ version } = await app.call(planOps.confirm, { id, body: { version } }, director))
  await app.call(planOps.adopt, { id, body: { version, adopted_on: '2026-09-01' } }, director)
  app.time.now = new Date('2026-11-26T02:00:00Z')
})
afterAll(() => app.close())

const owed = async (month: string) => {
  const { items, total } = await app.call(dueOps.due, { unit_id: cast.village.id, month, limit: 200 }, director)
  expect(items.length).toBe(total)
  return items
}
const of = (items: Awaited<ReturnType<typeof owed>>, child: string) => items.filter((item) => item.child_id === child)
const talkOn = (happened_on: string) => ({ id: newId(), kind: 'talk' as const, happened_on, text: '说了搬家的事', child_ids: [leaves], fields: {} }) // prettier-ignore

test('nothing is owed after the day it left; the weeks before stay, and one is settled late; restored, it is owed again', async () => {
  const before = of(await owed('2026-11'), leaves)
  const { version } = await app.call(childOps.get, { id: leaves }, director)
  const gone = await app.call(childOps.exit, { id: leaves, body: { version, on: '2026-11-11', reason: 'moved_away' } }, director) // prettier-ignore

  const after = of(await owed('2026-11'), leaves)
  expect(after.length).toBeGreaterThan(0)
  expect(after.length).toBeLessThan(before.length)
  // No week that begins on that day or later.
  for (const item of after) expect([item.period_from, item.period_from < '2026-11-11']).toEqual([item.period_from, true]) // prettier-ignore
  expect(of(await owed('2026-12'), leaves)).toEqual([])
  expect(of(await owed('2026-12'), stays).length).toBeGreaterThan(0)
  const { items } = await app.call(todayOps.due, {}, director)
  expect(items.map((one) => one.id)).not.toContain(leaves)

  // Typed in late: of a day before it is taken and settles that week; of a day after it is refused.
  expect((await app.refused(recordOps.add, { body: talkOn('2026-11-12') }, director)).code).toBe('record_child_exited')
  await app.call(recordOps.add, { body: talkOn('2026-11-04') }, director)
  const week = of(await owed('2026-11'), leaves).find((item) => item.period_from <= '2026-11-04' && item.period_until >= '2026-11-04')! // prettier-ignore
  expect(week.state).toBe('settled')

  await app.call(childOps.restore, { id: leaves, body: { version: gone.version, note: '又搬回来了' } }, director)
  expect(of(await owed('2026-12'), leaves).length).toBe(of(await owed('2026-12'), stays).length)
})
