// The benchmarks' database: five seeded counties in an embedded PostgreSQL kept under .cache/bench, cloned for each run.
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from '../server/src/kernel/config.ts'
import type { House } from '../server/src/kernel/ctx.ts'
import { openPool } from '../server/src/kernel/db.ts'
import { makeLog } from '../server/src/kernel/log.ts'
import { migrate } from '../server/src/kernel/migrate.ts'
import { databaseName, openEmbedded } from '../server/src/kernel/postgres.ts'
import { makeRoles, onDatabase, withClient } from '../server/src/kernel/roles.ts'
import { makeSecrets } from '../server/src/kernel/secrets.ts'
import { openStore } from '../server/src/kernel/store.ts'
import { seedTenants } from '../server/src/demo/tenants.ts'
import { loadDivisions } from '../server/src/units/divisions.ts'
import { seedDuties } from './duties_seed.ts'

interface Urls {
  appUrl: string
  ownerUrl: string
}

export interface BenchPlace {
  dataDir: string
  superUrl: string
  children: number
  villages: number
  /** A fresh copy of the seeded database; drop it by the next call. */
  clone(): Promise<Urls>
  /** The same with a year of plans and records that ends today; made by the first who asks on a day. */
  cloneYear(today: string): Promise<Urls>
  stop(): Promise<void>
}

/** The same in every process of a run. */
export const benchSecret = Buffer.alloc(32, 7)

export function benchHouse(dataDir: string): House {
  return {
    secrets: makeSecrets(benchSecret),
    store: openStore(dataDir),
    log: makeLog('error'),
    dataDir,
    publicUrl: () => 'http://127.0.0.1',
    scanCommand: null,
    secure: false,
  }
}

/** @param share 1 for the full 100,000 children in 500 villages; 1/50 keeps 20 villages of 100 children. */
export async function openCounty(share: number, say: (line: string) => void): Promise<BenchPlace> {
  const villages = Math.max(20, Math.round((500 * share) / 20) * 20)
  const children = Math.max(villages * 50, Math.round((100_000 * share) / villages) * villages)
  const dataDir = join(projectFolder, '.cache', 'bench', `${seedHash()}-${children}`)
  mkdirSync(dataDir, { recursive: true })
  chmodSync(dataDir, 0o711)
  const embedded = await openEmbedded(dataDir, {
    say,
    lost: (reason) => {
      throw reason
    },
  })
  const done = join(dataDir, 'seeded')
  // A seed outlives the schema it was written in: newer migrations carry it along, as they do a county's own data.
  if (existsSync(done)) await migrate(embedded.ownerUrl, say)
  else {
    say(`造数据：${children} 个孩子，${villages} 个村 …`)
    const begun = performance.now()
    await withClient(onDatabase(embedded.superUrl, 'postgres'), (client) =>
      client.query(`drop database if exists ${databaseName} with (force)`),
    )
    await makeRoles(embedded.superUrl, passwordsOf(embedded), databaseName)
    await migrate(embedded.ownerUrl)
    await withClient(embedded.ownerUrl, (client) => loadDivisions(client))
    const pool = openPool(embedded.appUrl, makeLog('error'), 2)
    await seedTenants({ pool, house: benchHouse(dataDir), clock: () => new Date() }, { children, villages }, say)
    await pool.end()
    await withClient(embedded.superUrl, (client) => client.query('vacuum analyze'))
    writeFileSync(done, new Date().toISOString())
    say(`造好了，${Math.round((performance.now() - begun) / 1000)} 秒；下次直接用`)
  }
  const copy = (template: string, name: string) =>
    withClient(onDatabase(embedded.superUrl, 'postgres'), async (client) => {
      await client.query(`drop database if exists ${name} with (force)`)
      await client.query(`create database ${name} template ${template} owner nuanyang_owner strategy file_copy`)
    })
  const urls = (name: string): Urls => ({
    appUrl: onDatabase(embedded.appUrl, name),
    ownerUrl: onDatabase(embedded.ownerUrl, name),
  })
  return {
    dataDir,
    superUrl: embedded.superUrl,
    children,
    villages,
    async clone() {
      await copy(databaseName, 'bench')
      return urls('bench')
    },
    async cloneYear(today) {
      const made = await withClient(onDatabase(embedded.superUrl, 'postgres'), (client) =>
        client.query<{ of: string | null }>(
          `select shobj_description(oid, 'pg_database') as of from pg_database where datname = 'bench_year'`,
        ),
      )
      if (made.rows[0]?.of === `${today} ${yearHash()}`) await migrate(urls('bench_year').ownerUrl, say)
      else {
        await copy(databaseName, 'bench_year')
        await seedDuties(urls('bench_year').ownerUrl, today, say)
        await withClient(onDatabase(embedded.superUrl, 'postgres'), (client) =>
          client.query(`comment on database bench_year is '${today} ${yearHash()}'`),
        )
      }
      await copy('bench_year', 'bench')
      return urls('bench')
    },
    stop: () => embedded.stop(),
  }
}

/** What a year of records says, by the code that says it. */
function yearHash(): string {
  const text = readFileSync(join(projectFolder, 'bench', 'duties_seed.ts'))
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}

/** What the seed says, by the code that says it. */
function seedHash(): string {
  const hash = createHash('sha256')
  for (const name of ['people.ts', 'seed.ts', 'tenants.ts'])
    hash.update(readFileSync(join(projectFolder, 'server', 'src', 'demo', name)))
  return hash.digest('hex').slice(0, 12)
}

function passwordsOf({ ownerUrl, appUrl }: { ownerUrl: string; appUrl: string }): { owner: string; app: string } {
  const of = (url: string) => decodeURIComponent(/:\/\/[^:]+:([^@]+)@/.exec(url)?.[1] ?? '')
  return { owner: of(ownerUrl), app: of(appUrl) }
}
