// What is owed, at the size of a county: today of one person, a township's month, the county's completion of a month and of a term, and how
// the time grows with the children. On the seeded data with a plan and twelve duties in each village and a year of records.
import { Agent } from 'node:http'
import type pg from 'pg'
import { joinedByHash, dbOn } from '../server/src/kernel/db.ts'
import { newId } from '../server/src/kernel/ids.ts'
import { withClient } from '../server/src/kernel/roles.ts'
import { startServer, type Bench, type Result, type Server } from './harness.ts'
import { inTurn, send, shoot } from './load.ts'

const agent = new Agent({ keepAlive: true })

export async function benchDuties(bench: Bench): Promise<Result[]> {
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  const urls = await bench.place.cloneYear(today)
  const server = await startServer(bench.place, urls)
  try {
    const director = await server.as('child_director')
    const county = await server.as('county_staff')
    const now = today.slice(0, 7)
    const month = monthBefore(today, 1)
    const township = await withClient(urls.ownerUrl, (client) =>
      client.query<{ id: string }>(`select id from units where tenant_id = '991001' and kind = 'township' order by path limit 1`),
    ) // prettier-ignore
    const results = [
      ...(await todayOfOne(bench, server, director)),
      await timed(bench, server, 'duties.township_month_ms', `/api/completion?unit_id=${township.rows[0]!.id}&from_month=${now}&until_month=${now}`, county),
      await timed(bench, server, 'duties.county_month_ms', `/api/completion?from_month=${now}&until_month=${now}`, county),
    ] // prettier-ignore
    await keepMonths(urls.ownerUrl)
    results.push(await timed(bench, server, 'duties.county_term_ms', `/api/completion?from_month=${monthBefore(today, 5)}&until_month=${month}`, county)) // prettier-ignore
    results.push(await growth(bench, urls.ownerUrl, month, today))
    return results
  } finally {
    await server.stop()
  }
}

function monthBefore(day: string, n: number): string {
  return new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1 - n, 1)).toISOString().slice(0, 7)
}

async function todayOfOne(bench: Bench, server: Server, headers: Record<string, string>): Promise<Result[]> {
  await send(agent, server.port, {
    method: 'POST',
    path: '/floor/record/today',
    body: JSON.stringify({ path: '/api/today', method: 'GET', headers: { cookie: headers['cookie'], 'content-type': 'application/json' } }),
  }) // prettier-ignore
  const { product, floor } = await inTurn(
    bench.seconds,
    (seconds) => shoot(server.port, 4, seconds, () => ({ method: 'GET', path: '/api/today', headers })),
    (seconds) => shoot(server.port, 4, seconds, () => ({ method: 'POST', path: '/floor/transaction/today', body: '{}' })), // prettier-ignore
  )
  const alone = await median(7, () => send(agent, server.port, { method: 'GET', path: '/api/today', headers }))
  return [
    bench.result('duties.today', {
      value: product.per_second,
      unit: '次/秒',
      floor: floor.per_second,
      ratio: product.per_second / floor.per_second,
      p95_ms: product.p95_ms,
    }),
    bench.result('duties.today_ms', { value: alone, unit: 'ms' }),
  ]
}

async function timed(
  bench: Bench,
  server: Server,
  name: string,
  path: string,
  headers: Record<string, string>,
): Promise<Result> {
  return bench.result(name, {
    value: await median(5, () => send(agent, server.port, { method: 'GET', path, headers })),
    unit: 'ms',
  })
}

/** The second call on: the first one plans the statement. */
async function median(times: number, act: () => Promise<unknown>): Promise<number> {
  const taken: number[] = []
  for (let n = 0; n <= times; n++) {
    const begun = performance.now()
    await act()
    if (n > 0) taken.push(performance.now() - begun)
  }
  return taken.toSorted((a, b) => a - b)[Math.floor(taken.length / 2)]!
}

/** The clock's task, once: the server's own worker does it. */
async function keepMonths(ownerUrl: string): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    const key = newId()
    await client.query(`select graphile_worker.add_job('plans.keep_months', json_build_object('tenant_id', '991001', 'membership_id', ''), job_key => $1)`, [key]) // prettier-ignore
    for (;;) {
      const { rows } = await client.query<{ left: number; failed: string | null }>(
        `select count(*)::int as left, max(last_error) as failed from graphile_worker.jobs where key = $1`,
        [key],
      )
      if (rows[0]!.failed) throw new Error(rows[0]!.failed)
      if (rows[0]!.left === 0) return
      await new Promise((later) => setTimeout(later, 200))
    }
  })
}

/** A month of one sixteenth, a quarter and all of the county's children: how much longer one child takes among all than among few. */
async function growth(bench: Bench, ownerUrl: string, month: string, today: string): Promise<Result> {
  const per: number[] = []
  await withClient(ownerUrl, async (client) => {
    await client.query(`select app_begin('991001', null)`)
    const { rows } = await client.query<{ id: string }>(
      `select id from children where tenant_id = '991001' order by id`,
    )
    const last = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).toISOString().slice(0, 10)
    for (const share of [1 / 16, 1 / 4, 1]) {
      const ids = rows.slice(0, Math.max(1, Math.round(rows.length * share))).map(({ id }) => id)
      let items = 0
      const ms = await median(3, async () => {
        await client.query('begin')
        const found = await joinedByHash(dbOn(client as pg.PoolClient), (db) =>
          db.one<{ n: number }>(`select count(*)::int as n from due_items('991001', 'child', $1, $2, $3, $4)`, [
            ids,
            `${month}-01`,
            last,
            today,
          ]),
        )
        await client.query('commit')
        items = found.n
      })
      per.push(ms / ids.length)
      bench.say(`${ids.length} 个孩子的一个月：${items} 项，${ms.toFixed(0)} ms`)
    }
  })
  return bench.result('duties.growth', { value: per[2]!, unit: 'ms/人', floor: per[0]!, ratio: per[2]! / per[0]! })
}
