import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'
import { bySize, dbOn } from './db.ts'

let app: TestApp
let cast: Cast
beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
})
afterAll(() => app.close())

test('one statement asked for few and for many keeps a plan for each: neither is carried out in the way of the other', async () => {
  const client = await app.owner.connect()
  try {
    const db = dbOn(client)
    const text = `select k.id from units u join units k on k.parent_id = u.id where u.tenant_id = $1 and k.tenant_id = $1`
    const values = [cast.tenant_id]
    // Few come first and often: what they leave behind is there when many are asked for.
    for (const subjects of [1, 1, 1, 1, 1, 1, 20_000]) {
      await client.query('begin')
      await bySize(db, subjects, (way) => way.rows(text, values))
      await client.query('commit')
    }
    const { rows } = await client.query<{ name: string; statement: string }>(
      `select name, statement from pg_prepared_statements where starts_with(statement, $1) order by statement`,
      [text],
    )
    expect(rows.map(({ statement }) => statement.slice(text.length))).toEqual([
      ' /* joined by hash */',
      ' /* looked up */',
    ])
    await client.query(`set plan_cache_mode = 'force_generic_plan'`)
    const plan = await client.query(`explain (costs off) execute "${rows[0]!.name}" ('${values[0]}')`)
    expect(JSON.stringify(plan.rows)).not.toContain('Nested Loop')
    await client.query('reset plan_cache_mode')
    expect((await client.query(`show enable_nestloop`)).rows).toEqual([{ enable_nestloop: 'on' }])
  } finally {
    client.release()
  }
})
