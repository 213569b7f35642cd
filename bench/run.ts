// `npm run bench`: figures against floors measured in the same run; budgets in budgets.json. `--size 1/50` runs the harness on little
// data, `--only NAME` one group, `--json` prints what architecture §9 asks for. Exit 1 when a budget of a full run is missed.
import { dbOn, openPool } from '../server/src/kernel/db.ts'
import { makeLog } from '../server/src/kernel/log.ts'
import { benchChildren } from './children.ts'
import { openCounty } from './county.ts'
import * as divisions from './divisions.ts'
import { result, startServer, type Bench, type Result } from './harness.ts'
import { benchFacts } from './facts.ts'
import { benchFirstPaint } from './first_paint.ts'
import { benchDuties } from './duties.ts'
import { benchImport } from './imports.ts'
import { benchPairings } from './pairings.ts'
import { benchPlans } from './plans.ts'
import { benchRecords } from './records.ts'
import { benchTables } from './tables.ts'

const args = process.argv.slice(2)
const option = (name: string) => (args.includes(`--${name}`) ? args[args.indexOf(`--${name}`) + 1] : undefined)

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
  pairings: benchPairings,
  plans: benchPlans,
  tables: benchTables,
  duties: benchDuties,
  records: benchRecords,
  facts: benchFacts,
  idle: benchIdle,
  first_paint: benchFirstPaint,
}

const [over, under] = (option('size') ?? '1').split('/').map(Number)
const share = over! / (under ?? 1)
const json = args.includes('--json')
const say = (line: string) => process.stderr.write(`${line}\n`)
const place = await openCounty(share, say)
const bench: Bench = { place, seconds: share < 1 ? 0.25 : 10, small: share < 1, say, result }
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
