import { afterAll, beforeAll, expect, test } from 'vitest'
import { accountOps } from '@nuanyang/contract/accounts.ts'
import { childOps } from '@nuanyang/contract/children.ts'
import { demoOps } from '@nuanyang/contract/demo.ts'
import { consentOps } from '@nuanyang/contract/consents.ts'
import { evaluationOps } from '@nuanyang/contract/evaluations.ts'
import { pairingOps } from '@nuanyang/contract/pairings.ts'
import { surveyOps } from '@nuanyang/contract/surveys.ts'
import { recordOps } from '@nuanyang/contract/records.ts'
import { todayOps } from '@nuanyang/contract/today.ts'
import { testApp, type TestApp } from '../testing/app.ts'
import { seedTenants } from './tenants.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

test(
  'demo.load makes a county of its own with identities in it; demo.remove takes all of it away and nothing else',
  { timeout: 120_000 },
  async () => {
    // The cast's county has the demonstration's code in other tests; here the real county is another one.
    const cast = await app.make.county('990777')
    const administrator = await app.signInAs('administrator', cast.county)
    const director = await app.signInAs('child_director', cast.village)
    expect((await app.refused(demoOps.load, {}, director)).code).toBe('forbidden')
    await app.call(demoOps.load, {}, administrator)
    expect(await app.call(demoOps.get, {}, administrator)).toEqual({ loaded: true, children: 126 })
    expect((await app.refused(demoOps.load, {}, administrator)).code).toBe('demo_loaded')
    const session = await app.call(accountOps.get_session, {}, administrator)
    const inDemo = session.memberships.find((m) => m.demo && m.role === 'child_director')!
    const switched = await app.send(accountOps.switch_membership, { body: { membership_id: inDemo.id } }, administrator)
    const inside = { cookie: switched.cookie! }
    const list = await app.call(childOps.list, {}, inside)
    expect(list.items).toHaveLength(42)
    expect(new Set(list.items.map((row) => row.name)).size).toBeGreaterThan(30)
    const done = await app.call(recordOps.list, { limit: 200 }, inside)
    expect(done.items.length).toBeGreaterThan(10)
    expect(new Set(done.items.map((record) => record.kind)).size).toBeGreaterThan(8)
    // The tables were counted in the same breath: a page of records took three seconds while the database took them for empty.
    const counted = await app.owner.query<{ relname: string; reltuples: number }>(
      `select relname, reltuples from pg_class where relname in ('children', 'records', 'record_children') and relkind = 'r'`,
    )
    expect(counted.rows.filter(({ reltuples }) => reltuples < 50)).toEqual([])
    // Somebody helps, some agreed to photos, some care was judged, a round of visits is over: each page has something to show.
    const pairs = await app.call(pairingOps.list, {}, inside)
    expect(pairs.items.length).toBeGreaterThan(6)
    const [round] = (await app.call(surveyOps.list, {}, inside)).items
    expect(round).toMatchObject({ state: 'closed', children: 42 })
    const agreed = await Promise.all(list.items.map(({ id }) => app.call(consentOps.list, { child_id: id }, inside)))
    expect(agreed.filter(({ items }) => items.length > 0)).toHaveLength(12)
    const judged = await Promise.all(list.items.map(({ id }) => app.call(evaluationOps.list, { child_id: id }, inside)))
    expect(judged.filter(({ items }) => items.length > 0)).toHaveLength(8)
    // The village goes by a plan: on the first day already somebody waits, with a reason.
    const { due } = await app.call(todayOps.get, {}, inside)
    expect(due!.counts.all).toBeGreaterThan(5)
    expect(due!.counts.all).toBeLessThanOrEqual(42)
    expect(due!.children.some((child) => child.tried?.kind === 'call')).toBe(true)
    expect((await app.call(childOps.list, {}, director)).items).toEqual([])
    expect((await app.refused(demoOps.remove, {}, director)).code).toBe('demo_not_yours')
    await app.call(demoOps.remove, {}, inside)
    const left = await app.owner.query(
      `select (select count(*) from children)::int as children, (select count(*) from tenants)::int as tenants, (select count(*) from units where tenant_id = '990123')::int as units, (select count(*) from audit where tenant_id = '990123')::int as audit`,
    )
    expect(left.rows[0]).toEqual({ children: 0, tenants: 1, units: 0, audit: 0 })
    expect((await app.refused(demoOps.remove, {}, inside)).code).toBe('demo_absent')
  },
)

test('a seed is the same for the same numbers, and its files look like real ones', async () => {
  const parts = { pool: app.parts.pool, house: app.parts.house, clock: app.parts.clock }
  const made = await seedTenants(parts, { children: 400, villages: 20 }, () => undefined)
  expect(made.map((tenant) => [tenant.tenant_id, tenant.children])).toEqual([
    ['991001', 80],
    ['991002', 80],
    ['991003', 80],
    ['991004', 80],
    ['991005', 80],
  ])
  const sum = await app.owner.query(
    `select count(*)::int as n, count(distinct name)::int as names, sum(cardinality(missing))::int as missing from children where tenant_id like '9910%'`,
  )
  expect(sum.rows[0].n).toBe(400)
  expect(sum.rows[0].names).toBeGreaterThan(200)
  expect(sum.rows[0].missing).toBeGreaterThan(50)
  const first = await app.owner.query(
    `select name, born_on from children where tenant_id = '991001' order by pinyin, born_on limit 3`,
  )
  expect(first.rows).toMatchInlineSnapshot(`
    [
      {
        "born_on": "2018-05-23",
        "name": "程博文",
      },
      {
        "born_on": "2019-04-11",
        "name": "程俊豪",
      },
      {
        "born_on": "2021-05-18",
        "name": "程小雨",
      },
    ]
  `)
})
