// What every benchmark shares: the shape of a figure, the budgets, and the server process over one database.
import { fork, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from '../server/src/kernel/config.ts'
import { newId } from '../server/src/kernel/ids.ts'
import { withClient } from '../server/src/kernel/roles.ts'
import { tokenHash } from '../server/src/kernel/secrets.ts'
import type { BenchPlace } from './county.ts'

export interface Result {
  name: string
  value: number
  unit: string
  floor: number | null
  ratio: number | null
  budget: number
  ok: boolean
  p95_ms: number | null
}

export interface Bench {
  place: BenchPlace
  seconds: number
  small: boolean
  say: (line: string) => void
  result(
    name: string,
    figures: { value: number; unit: string; floor?: number; ratio?: number; p95_ms?: number },
  ): Result
}

export interface Server {
  port: number
  /** Headers of somebody signed in to the first county as this role. */
  as(role: 'child_director' | 'county_staff'): Promise<Record<string, string>>
  memory(): Promise<{ rss_mb: number; peak_mb: number }>
  stop(): Promise<void>
}

type Budget = { ratio_at_least?: number; ratio_at_most?: number; at_most?: number }
const budgets = JSON.parse(readFileSync(join(projectFolder, 'bench', 'budgets.json'), 'utf8')) as Record<string, Budget>

export function result(name: string, figures: Parameters<Bench['result']>[1]): Result {
  const budget = budgets[name]
  if (!budget) throw new Error(`budgets.json does not know ${name}`)
  const ratio = figures.ratio ?? null
  const ok =
    (budget.ratio_at_least === undefined || (ratio ?? 0) >= budget.ratio_at_least) &&
    (budget.ratio_at_most === undefined || (ratio ?? Infinity) <= budget.ratio_at_most) &&
    (budget.at_most === undefined || figures.value <= budget.at_most)
  const round = (value: number | null | undefined) =>
    value === null || value === undefined ? null : Math.round(value * 100) / 100
  return {
    name,
    value: round(figures.value)!,
    unit: figures.unit,
    floor: round(figures.floor),
    ratio: round(ratio),
    budget: budget.ratio_at_least ?? budget.ratio_at_most ?? budget.at_most!,
    ok,
    p95_ms: round(figures.p95_ms),
  }
}

/** The server process over one database, with a session for each role of the seed's account. */
export async function startServer(
  place: BenchPlace,
  urls: { appUrl: string; ownerUrl: string },
  tenant = '991001',
): Promise<Server> {
  const child: ChildProcess = fork(
    join(projectFolder, 'bench', 'server.ts'),
    [urls.appUrl, urls.ownerUrl, place.dataDir, tenant],
    {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // As `npm start` runs it.
      execArgv: ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=4', '--heap-growing-percent=40'],
      env: {
        ...process.env,
        MALLOC_ARENA_MAX: '2',
        NODE_COMPILE_CACHE: join(projectFolder, 'node_modules', '.cache', 'compiled'),
      },
    },
  )
  const message = <T>() =>
    new Promise<T>((done, fail) =>
      child
        .once('message', (m) => done(m as T))
        .once('exit', (code) => fail(new Error(`the server ended with ${code}`))),
    )
  const { port } = await message<{ port: number }>()
  return {
    port,
    async as(role) {
      const token = randomBytes(32).toString('base64url')
      await withClient(urls.ownerUrl, (client) =>
        client.query(
          `insert into sessions (id, token_hash, account_id, tenant_id, membership_id, created_at, seen_at, expires_at, idle_minutes)
           select $1, $2, m.account_id, m.tenant_id, m.id, now(), now(), now() + interval '1 day', 1440 from memberships m where m.tenant_id = $3 and m.role = $4`,
          [newId(), tokenHash(token), tenant, role],
        ),
      )
      await withClient(urls.ownerUrl, (client) => client.query(`update accounts set must_change_password = false`))
      const headers = { cookie: `nuanyang=${token}`, 'x-nuanyang': '1' }
      // The county says first what it wants names for.
      await fetch(`http://127.0.0.1:${port}/api/children/purpose`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ purpose: '测速' }),
      })
      return headers
    },
    async memory() {
      child.send('memory')
      return message<{ rss_mb: number; peak_mb: number }>()
    },
    stop: () =>
      new Promise((done) => {
        child.once('exit', () => done())
        child.disconnect()
      }),
  }
}
