// Lists, search, opening and saving under ten connections.
import { Agent } from 'node:http'
import { inTurn, send, shoot, type Shot } from './load.ts'
import { startServer, type Bench, type Result, type Server } from './harness.ts'
import { newId } from '../server/src/kernel/ids.ts'

const connections = 10
/** A tenth of a county is left by them. */
const fiveFilters = 'sex=male&age_from=6&away=both&helper=no&boarding=unknown'

export async function benchChildren(bench: Bench): Promise<Result[]> {
  const server = await startServer(bench.place, await bench.place.clone())
  try {
    const village = await server.as('child_director')
    const county = await server.as('county_staff')
    return [
      await page(bench, server, 'children.list', '/api/children?limit=50', county),
      await page(bench, server, 'children.search', `/api/children?limit=50&q=${encodeURIComponent('小雨')}`, county),
      await page(bench, server, 'children.list_filtered', `/api/children?limit=50&${fiveFilters}`, county),
      await searchTime(bench, server, county),
      await open(bench, server, village),
      await save(bench, server, village),
    ]
  } finally {
    await server.stop()
  }
}

const agent = new Agent({ keepAlive: true })

async function record(server: Server, name: string, shot: Shot): Promise<string[]> {
  const { statements } = JSON.parse(
    await send(agent, server.port, {
      method: 'POST',
      path: `/floor/record/${name}`,
      body: JSON.stringify({
        path: shot.path,
        method: shot.method,
        headers: { ...shot.headers, 'content-type': 'application/json' },
        ...(shot.body ? { body: JSON.parse(shot.body) as object } : {}),
      }),
    }),
  ) as { statements: string[] }
  return statements
}

async function page(
  bench: Bench,
  server: Server,
  name: string,
  path: string,
  headers: Record<string, string>,
): Promise<Result> {
  await record(server, name, { method: 'GET', path, headers: { cookie: headers['cookie']! } })
  const run = (shot: Shot) => (seconds: number) => shoot(server.port, connections, seconds, () => shot)
  const { product, floor } = await inTurn(
    bench.seconds,
    run({ method: 'GET', path, headers }),
    run({ method: 'GET', path: `/floor/one/${name}` }),
  )
  return bench.result(name, {
    value: product.per_second,
    unit: '次/秒',
    floor: floor.per_second,
    ratio: product.per_second / floor.per_second,
    p95_ms: product.p95_ms,
  })
}

/** One after another, nothing else running: what the statement itself takes, the bare handler around it. */
async function searchTime(bench: Bench, server: Server, headers: Record<string, string>): Promise<Result> {
  const words = ['小雨', '雨', '陈', '王', '晓', 'xiaoyu', 'chen', 'cxy', '桂英', '子墨']
  const times: number[] = []
  for (const q of words) {
    await record(server, 'search', {
      method: 'GET',
      path: `/api/children?limit=50&q=${encodeURIComponent(q)}`,
      headers: { cookie: headers['cookie']! },
    })
    for (let n = 0; n < 22; n++) {
      const begun = performance.now()
      await send(agent, server.port, { method: 'GET', path: '/floor/one/search' })
      if (n > 1) times.push(performance.now() - begun)
    }
  }
  times.sort((a, b) => a - b)
  return bench.result('children.search_server_ms', { value: times[Math.floor(times.length * 0.95)]!, unit: 'ms' })
}

async function someChildren(server: Server, headers: Record<string, string>): Promise<{ id: string }[]> {
  const list = JSON.parse(
    await send(agent, server.port, { method: 'GET', path: '/api/children?limit=200', headers }),
  ) as { items: { id: string }[] }
  return list.items
}

async function open(bench: Bench, server: Server, headers: Record<string, string>): Promise<Result> {
  const children = await someChildren(server, headers)
  await record(server, 'open', {
    method: 'GET',
    path: `/api/children/${children[0]!.id}`,
    headers: { cookie: headers['cookie']! },
  })
  let n = 0
  const { product, floor } = await inTurn(
    bench.seconds,
    (seconds) =>
      shoot(server.port, connections, seconds, () => ({
        method: 'GET',
        path: `/api/children/${children[n++ % children.length]!.id}`,
        headers,
      })),
    (seconds) =>
      shoot(server.port, connections, seconds, () => ({ method: 'POST', path: '/floor/transaction/open', body: '{}' })),
  )
  return bench.result('children.get', {
    value: product.per_second,
    unit: '次/秒',
    floor: floor.per_second,
    ratio: product.per_second / floor.per_second,
    p95_ms: product.p95_ms,
  })
}

/** Each connection saves another address into children of its own, as a person does who works down a list. */
async function save(bench: Bench, server: Server, headers: Record<string, string>): Promise<Result> {
  const children = (await someChildren(server, headers)).slice(-connections)
  const versions: number[] = []
  for (const child of children)
    versions.push(
      (
        JSON.parse(await send(agent, server.port, { method: 'GET', path: `/api/children/${child.id}`, headers })) as {
          version: number
        }
      ).version,
    )
  let n = 0
  const shot = (connection: number): Shot => ({
    method: 'POST',
    path: `/api/children/${children[connection]!.id}/change`,
    headers: { ...headers, 'idempotency-key': newId() },
    body: JSON.stringify({ version: versions[connection], facts: { address: `三组 ${n++} 号` } }),
  })
  for (let c = 0; c < connections; c++) {
    const one = shot(c)
    await record(server, `save${c}`, { ...one, headers: { ...one.headers, cookie: headers['cookie']! } })
    versions[c]!++
  }
  const { product, floor } = await inTurn(
    bench.seconds,
    (seconds) =>
      shoot(
        server.port,
        connections,
        seconds,
        shot,
        (connection, text) => (versions[connection] = (JSON.parse(text) as { file: { version: number } }).file.version),
      ),
    async (seconds) => {
      const measured = await shoot(server.port, connections, seconds, (connection) => ({
        method: 'POST',
        path: `/floor/transaction/save${connection}`,
        body: '{}',
      }))
      for (const [c, child] of children.entries())
        versions[c] = (
          JSON.parse(await send(agent, server.port, { method: 'GET', path: `/api/children/${child.id}`, headers })) as {
            version: number
          }
        ).version
      return measured
    },
  )
  return bench.result('children.change', {
    value: product.per_second,
    unit: '次/秒',
    floor: floor.per_second,
    ratio: product.per_second / floor.per_second,
    p95_ms: product.p95_ms,
  })
}
