// Records, at the size of a county: adding a talk, the timeline of a child with 500 records, the timeline of the county, and words looked
// for in one village. On the seeded data with a year of records.
import { Agent } from 'node:http'
import { newId } from '../server/src/kernel/ids.ts'
import { withClient } from '../server/src/kernel/roles.ts'
import { startServer, type Bench, type Result, type Server } from './harness.ts'
import { inTurn, send, shoot, type Shot } from './load.ts'

const agent = new Agent({ keepAlive: true })
const tenant = '991001'
const connections = 10
type Headers = Record<string, string>

export async function benchRecords(bench: Bench): Promise<Result[]> {
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  const urls = await bench.place.cloneYear(today)
  const server = await startServer(bench.place, urls)
  try {
    const director = await server.as('child_director')
    const county = await server.as('county_staff')
    const children = await childrenOf(server, director)
    const busy = children[0]!
    await fillFile(urls.ownerUrl, busy, today)
    const results = [
      await line(bench, server, 'records.child_line', `/api/records?child_id=${busy}&limit=50`, director),
      await line(bench, server, 'records.unit_line', '/api/records?limit=50', county),
      await searchTime(bench, server, director),
    ]
    for (const many of [10, 50]) results.push(await add(bench, server, director, children, many, today))
    return results
  } finally {
    await server.stop()
  }
}

async function childrenOf(server: Server, headers: Headers): Promise<string[]> {
  const text = await send(agent, server.port, { method: 'GET', path: '/api/children?limit=200', headers })
  return (JSON.parse(text) as { items: { id: string }[] }).items.map(({ id }) => id)
}

/** Five hundred records in one child's file, as after some years of weekly calls. */
async function fillFile(ownerUrl: string, child: string, today: string): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    await client.query('begin')
    await client.query(
      `with made as materialized (
         select gen_random_uuid() as id, $3::date - n * 3 as on_day, cu.unit_id from generate_series(0, 499) as n
           cross join lateral (select unit_id from child_units where tenant_id = $1 and child_id = $2 and "as" = 'residence' limit 1) as cu),
       acts as (insert into records (tenant_id, id, kind, happened_on, subject_unit_id, text, visibility, child_count, recorded_at, updated_at)
         select $1, id, 'talk', on_day, unit_id, '说了这几天的事，约好下次带画来。', 'open', 1, on_day, on_day from made returning id)
       insert into record_children (tenant_id, id, record_id, child_id, kind, happened_on, counts) select $1, gen_random_uuid(), id, $2, 'talk', on_day, true from made`,
      [tenant, child, today],
    )
    await client.query('commit')
    await client.query('analyze records, record_children')
  })
}

async function remember(server: Server, name: string, shot: Shot): Promise<void> {
  const { method, path, headers, body } = shot
  await send(agent, server.port, {
    method: 'POST',
    path: `/floor/record/${name}`,
    body: JSON.stringify({
      method,
      path,
      headers: { ...headers, 'content-type': 'application/json' },
      ...(body ? { body: JSON.parse(body) as object } : {}),
    }),
  })
}

/** A page of a timeline against the bare handler with the same statement. */
async function line(bench: Bench, server: Server, name: string, path: string, headers: Headers): Promise<Result> {
  await remember(server, name, { method: 'GET', path, headers: { cookie: headers['cookie']! } })
  const run = (shot: Shot) => (seconds: number) => shoot(server.port, connections, seconds, () => shot)
  const { product, floor } = await inTurn(
    bench.seconds,
    run({ method: 'GET', path, headers }),
    run({ method: 'GET', path: `/floor/one/${name}` }),
  )
  return against(bench, name, product, floor)
}

/** One after another, nothing else running: what the statement itself takes, the bare handler around it. */
async function searchTime(bench: Bench, server: Server, headers: Headers): Promise<Result> {
  const times: number[] = []
  for (const words of ['带画', '学习', '想爸爸', '活动', '孩子说', '没有这句']) {
    const path = `/api/records?limit=50&text=${encodeURIComponent(words)}`
    await remember(server, 'records.search', { method: 'GET', path, headers: { cookie: headers['cookie']! } })
    for (let n = 0; n < 22; n++) {
      const begun = performance.now()
      await send(agent, server.port, { method: 'GET', path: '/floor/one/records.search' })
      // The first calls plan the statement.
      if (n > 1) times.push(performance.now() - begun)
    }
  }
  times.sort((a, b) => a - b)
  return bench.result('records.search_server_ms', { value: times[Math.floor(times.length * 0.95)]!, unit: 'ms' })
}

/** An id of a few seconds from now: the floor gives every id made after its recording began a new one at each replay. */
function laterId(): string {
  const ms = (Date.now() + 5000).toString(16).padStart(12, '0')
  return `${ms.slice(0, 8)}-${ms.slice(8)}${newId().slice(13)}`
}

/** Talks typed by many at once, child after child, against the same statements in one transaction. */
async function add(bench: Bench, server: Server, headers: Headers, children: readonly string[], many: number, today: string): Promise<Result> {
  const shot = (id: string, child: string): Shot => ({
    method: 'POST',
    path: '/api/records',
    headers: { ...headers, 'idempotency-key': newId() },
    body: JSON.stringify({ id, kind: 'talk', happened_on: today, text: '说了学校的运动会。', child_ids: [child], fields: { way: 'in_person', mood: 'calm' } }),
  })
  const name = `records.add_${many}`
  const one = shot(laterId(), children[0]!)
  await remember(server, name, { ...one, headers: { ...one.headers, cookie: headers['cookie']! } })
  let n = 0
  const { product, floor } = await inTurn(
    bench.seconds,
    (seconds) => shoot(server.port, many, seconds, () => shot(newId(), children[n++ % children.length]!)),
    (seconds) => shoot(server.port, many, seconds, () => ({ method: 'POST', path: `/floor/transaction/${name}`, body: '{}' })),
  )
  return against(bench, name, product, floor)
} // prettier-ignore

function against(
  bench: Bench,
  name: string,
  product: { per_second: number; p95_ms: number },
  floor: { per_second: number },
): Result {
  const ratio = product.per_second / floor.per_second
  return bench.result(name, { value: product.per_second, unit: '次/秒', floor: floor.per_second, ratio, p95_ms: product.p95_ms }) // prettier-ignore
}
