import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'
import { dbOn, joinedByHash } from './db.ts'

let app: TestApp
let cast: Cast
beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
})
afterAll(() => app.close())

test('a statement that is joined by hash keeps a plan of its own: what the same words left behind elsewhere is not carried out', async () => {
  const client = await app.owner.connect()
  try {
    const db = dbOn(client)
    const text = `select k.id from units u join units k on k.parent_id = u.id where u.tenant_id = $1 and k.tenant_id = $1`
    const values = [cast.tenant_id]
    // The plain way comes first and often: the plan it leaves behind is there when the other is asked for.
    for (const plain of [true, true, true, true, true, true, false]) {
      await client.query('begin')
      if (plain) await db.rows(text, values)
      else await joinedByHash(db, (way) => way.rows(text, values))
      await client.query('commit')
    }
    const { rows } = await client.query<{ name: string; statement: string }>(
      `select name, statement from pg_prepared_statements where starts_with(statement, $1) order by statement desc`,
      [text],
    )
    expect(rows.map(({ statement }) => statement.slice(text.length))).toEqual([' /* joined by hash */', ''])
    await client.query(`set plan_cache_mode = 'force_generic_plan'`)
    const plan = await client.query(`explain (costs off) execute "${rows[0]!.name}" ('${values[0]}')`)
    expect(JSON.stringify(plan.rows)).not.toContain('Nested Loop')
    await client.query('reset plan_cache_mode')
    expect((await client.query(`show enable_nestloop`)).rows).toEqual([{ enable_nestloop: 'on' }])
  } finally {
    client.release()
  }
})
