// One process with the product as it is and, beside it under /floor, the barest handlers that send the same statements: recorded once
// from the product, then replayed on the same pool. Started by bench/run.ts; tells its port and ends with its parent.
import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { buildApp, jobs } from '../server/src/app.ts'
import { openPool } from '../server/src/kernel/db.ts'
import { newId } from '../server/src/kernel/ids.ts'
import { runJobs } from '../server/src/kernel/jobs.ts'
import { makeLog } from '../server/src/kernel/log.ts'
import { benchHouse } from './county.ts'

interface Statement {
  text: string
  values: unknown[]
}

const [appUrl, ownerUrl, dataDir, tenant] = process.argv.slice(2) as [string, string, string, string]
const log = makeLog('error')
const pool = openPool(appUrl, log, 10)
const ownerPool = openPool(ownerUrl, log, 4)
const house = benchHouse(dataDir)
const app = await buildApp({
  pool,
  house,
  clock: () => new Date(),
  strict: false,
  trustProxy: false,
  tls: null,
  ready: () => Promise.resolve(true),
})

let recording: Statement[] | null = null
watch(pool)
const kept = new Map<string, { statements: Statement[]; since: number }>()

/** Notes every named statement while a recording is on. */
function watch(watched: pg.Pool): void {
  watched.on('connect', (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown
    Object.assign(client, {
      query(...args: unknown[]) {
        const first = args[0]
        if (recording && typeof first === 'object' && first !== null && 'text' in first && 'values' in first)
          recording.push({ text: String(first.text), values: (first.values as unknown[]) ?? [] })
        return query(...args)
      },
    })
  })
}

floorRoutes(app)

/** The floor's own pool is inside the tenant already: it enters nothing and checks nothing. */
function floorRoutes(server: FastifyInstance): void {
  const floor = openPool(appUrl, log, 10)
  floor.on('connect', (client) => void client.query(`select set_config('app.tenant', '${tenant}', false)`))
  server.post('/floor/record/:name', async (request) => {
    const { name } = request.params as { name: string }
    recording = []
    const since = Date.now()
    const { path, method, body, headers } = request.body as {
      path: string
      method: 'GET' | 'POST'
      body?: object
      headers: Record<string, string>
    }
    const answer = await server.inject({ method, url: path, headers, ...(body ? { payload: body } : {}) })
    if (answer.statusCode >= 300) throw new Error(answer.body)
    const statements = recording.filter((s) => !/^(insert into|update) commands|from commands/.test(s.text.trim()))
    recording = null
    kept.set(name, { statements, since })
    return { statements: statements.map((s) => s.text.replace(/\s+/g, ' ').slice(0, 90)) }
  })
  const named = ({ text, values }: Statement) => ({
    name: createHash('sha1').update(text).digest('base64url'),
    text,
    values,
  })
  server.get('/floor/one/:name', async (request, reply) => {
    const { statements } = kept.get((request.params as { name: string }).name)!
    // What else is asked on the way (the purpose of a county's look) is the product's own; the page is its last statement.
    const { rows } = await floor.query(named(statements.at(-1)!))
    return reply.type('application/json').send(Object.values(rows[0] as object)[0])
  })
  server.post('/floor/transaction/:name', async (request, reply) => {
    const { statements, since } = kept.get((request.params as { name: string }).name)!
    const fresh = freshIds(since)
    const client = await floor.connect()
    try {
      await client.query('begin')
      let last: unknown = null
      for (const statement of statements) {
        const { rows } = await client.query(named({ text: statement.text, values: statement.values.map(fresh) }))
        if (rows[0]) last = Object.values(rows[0] as object)[0]
      }
      await client.query('commit')
      return reply.type('application/json').send(typeof last === 'string' ? last : JSON.stringify(last))
    } finally {
      client.release()
    }
  })
}

/** Ids that the product made while it was recorded would collide when replayed: each replay makes its own. */
function freshIds(since: number): (value: unknown) => unknown {
  const made = new Map<string, string>()
  const swap = (id: string) => {
    if (Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) < since) return id
    if (!made.has(id)) made.set(id, newId())
    return made.get(id)!
  }
  const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g
  return (value) =>
    typeof value === 'string'
      ? value.replace(uuid, swap)
      : Array.isArray(value)
        ? value.map((v: unknown) => (typeof v === 'string' ? v.replace(uuid, swap) : v))
        : value
}

await runJobs({ pool, ownerPool, house, clock: () => new Date() }, jobs)
const address = await app.listen({ port: 0, host: '127.0.0.1' })
process.send?.({ port: Number(new URL(address).port), pid: process.pid })
process.on('message', (message) => {
  if (message === 'memory')
    process.send?.({ rss_mb: process.memoryUsage().rss / 1024 / 1024, peak_mb: process.resourceUsage().maxRSS / 1024 })
})
process.on('disconnect', () => process.exit(0))
