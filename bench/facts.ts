// Who counts by a definition on a day, over everybody; and files like one file.
import { dbOn, openPool, type Db } from '../server/src/kernel/db.ts'
import { makeLog } from '../server/src/kernel/log.ts'
import type { Bench, Result } from './harness.ts'

export async function benchFacts(bench: Bench): Promise<Result[]> {
  const { appUrl } = await bench.place.clone()
  const pool = openPool(appUrl, makeLog('error'), 1)
  const client = await pool.connect()
  try {
    const db = dbOn(client)
    const { tenant_id } = await db.one<{ tenant_id: string }>(
      `select id as tenant_id from tenants where id like '99%' order by id limit 1`,
    )
    await client.query(`select set_config('app.tenant', $1, false)`, [tenant_id])
    return [await definition(bench, db, tenant_id), await likeness(bench, db, tenant_id)]
  } finally {
    client.release()
    await pool.end()
  }
}

/** Everybody of the county, as often as it takes to reach 100,000. */
async function definition(bench: Bench, db: Db, tenant: string): Promise<Result> {
  const times: number[] = []
  for (let round = 0; round < 4; round++) {
    const begun = performance.now()
    const { n } = await db.one<{ n: number }>(
      `select count(*)::int as n from (select array_agg(id) as ids, array_agg(date '2026-11-25') as days from children where tenant_id = $1) as x
         cross join lateral definition_answers($1, definition_in_force($1, 'mca', date '2026-11-25'), x.ids, x.days) as a`,
      [tenant],
    )
    const wanted = bench.small ? n : 100_000
    if (round > 0) times.push(((performance.now() - begun) * wanted) / n)
  }
  return bench.result('definitions.county_ms', { value: Math.min(...times), unit: 'ms' })
}

async function likeness(bench: Bench, db: Db, tenant: string): Promise<Result> {
  const some = await db.rows<{ id: string }>(`select id from children where tenant_id = $1 order by id limit 100`, [tenant]) // prettier-ignore
  const times: number[] = []
  for (const { id } of some) {
    const begun = performance.now()
    await db.rows(`select child_id from duplicate_pairs($1, array[$2::uuid], false)`, [tenant, id])
    times.push(performance.now() - begun)
  }
  times.sort((a, b) => a - b)
  return bench.result('duplicates.of_child_ms', { value: times[Math.floor(times.length * 0.95)]!, unit: 'ms' })
}
