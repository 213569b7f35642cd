// `npm run bench`: figures against floors measured in the same run; budgets in budgets.json. `--size 1/50` runs the harness on little
// data, `--only NAME` one group, `--json` prints what architecture §9 asks for. Exit 1 when a budget of a full run is missed.
import { fork, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from '../server/src/kernel/config.ts'
import { dbOn, openPool } from '../server/src/kernel/db.ts'
import { newId } from '../server/src/kernel/ids.ts'
import { makeLog } from '../server/src/kernel/log.ts'
import { withClient } from '../server/src/kernel/roles.ts'
import { tokenHash } from '../server/src/kernel/secrets.ts'
import { benchChildren } from './children.ts'
import { openCounty, type BenchPlace } from './county.ts'
import * as divisions from './divisions.ts'
import { benchImport } from './imports.ts'

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
const args = process.argv.slice(2)
const option = (name: string) => (args.includes(`--${name}`) ? args[args.indexOf(`--${name}`) + 1] : undefined)

function result(name: string, figures: Parameters<Bench['result']>[1]): Result {
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
      execArgv: ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=4'],
      env: { ...process.env, MALLOC_ARENA_MAX: '2', NODE_COMPILE_CACHE: join(projectFolder, 'node_modules', '.cache', 'compiled') },
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
      return { cookie: `nuanyang=${token}`, 'x-nuanyang': '1' }
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

async function benchIdle(bench: Bench): Promise<Result[]> {
  const server = await startServer(bench.place, await bench.place.clone())
  await new Promise((done) => setTimeout(done, bench.small ? 3000 : 60_000))
  const { rss_mb } = await server.memory()
  await server.stop()
  return [bench.result('server.idle_mb', { value: rss_mb, unit: 'MB' })]
}

async function benchDivisions(bench: Bench): Promise<Result[]> {
  const { appUrl } = await bench.place.clone()
  const pool = openPool(appUrl, makeLog('error'), 1)
  const client = await pool.connect()
  const [found] = await divisions.run({ db: dbOn(client) })
  client.release()
  await pool.end()
  return [
    bench.result('divisions.keystroke_p99', {
      value: found!.value,
      unit: 'ms',
      floor: found!.floor,
      p95_ms: found!.p95_ms,
    }),
  ]
}

const groups: Record<string, (bench: Bench) => Promise<Result[]>> = {
  children: benchChildren,
  imports: benchImport,
  divisions: benchDivisions,
  idle: benchIdle,
}

const [over, under] = (option('size') ?? '1').split('/').map(Number)
const share = over! / (under ?? 1)
const json = args.includes('--json')
const say = (line: string) => process.stderr.write(`${line}\n`)
const place = await openCounty(share, say)
const bench: Bench = { place, seconds: share < 1 ? 2 : 10, small: share < 1, say, result }
const results: Result[] = []
try {
  for (const [name, run] of Object.entries(groups))
    if (!option('only') || option('only') === name) results.push(...(await run(bench)))
} finally {
  await place.stop()
}
if (json) process.stdout.write(`${JSON.stringify({ results }, null, 1)}\n`)
else
  for (const r of results)
    say(
      `${r.ok ? '达到' : '未达'}  ${r.name.padEnd(28)} ${String(r.value).padStart(9)} ${r.unit.padEnd(6)}${r.floor === null ? '' : ` 地板 ${r.floor}`}${r.ratio === null ? '' : ` 比 ${r.ratio}`}  预算 ${r.budget}${r.p95_ms === null ? '' : `  p95 ${r.p95_ms} ms`}`,
    )
// On little data the figures say nothing: the run only proves that the harness works.
if (!bench.small && results.some((r) => !r.ok)) process.exitCode = 1
