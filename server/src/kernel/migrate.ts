import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Logger, runMigrations as installJobs } from 'graphile-worker'
import pg from 'pg'
import { projectFolder } from './config.ts'
import { withClient } from './roles.ts'
import { codeOf, messageOf, Sentence } from './sentence.ts'

interface SqlFile {
  name: string
  text: string
  sha256: string
}

export interface Migrated {
  /** names of the migrations and views that were applied now */
  applied: string[]
}

/** The row of `migrations` that holds the version of graphile-worker whose schema is installed. */
const queueName = 'graphile-worker'

/** `db/migrations` (numbered, forward only) and `db/views` (repeatable, by name). */
export function sqlFiles(folder: 'migrations' | 'views'): SqlFile[] {
  const place = join(projectFolder, 'db', folder)
  if (!existsSync(place)) return []
  return readdirSync(place)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const text = readFileSync(join(place, name), 'utf8')
      return { name, text, sha256: createHash('sha256').update(text).digest('hex') }
    })
}

/** One hash of everything that decides the schema: the key of the tests' template database. */
export function schemaHash(): string {
  const hash = createHash('sha256')
  for (const file of [...sqlFiles('migrations'), ...sqlFiles('views')]) hash.update(`${file.name} ${file.sha256}\n`)
  hash.update(readFileSync(new URL(import.meta.url)))
  return hash.digest('hex')
}

/**
 * Brings a database to the schema of this checkout. Each migration is one transaction, recorded with its hash; a changed one is
 * refused, because two installations would silently differ. Two processes at once wait for each other.
 * @param ownerUrl as nuanyang_owner
 * @param until stops after this migration and leaves the views for later: the schema in which an older backup's rows are
 */
export async function migrate(
  ownerUrl: string,
  say: (line: string) => void = () => undefined,
  until: string | null = null,
): Promise<Migrated> {
  return withClient(ownerUrl, async (client) => {
    await client.query(`select pg_advisory_lock(hashtext('nuanyang migrate'))`)
    await client.query(`create table if not exists migrations (
      name text primary key, sha256 text not null, applied_at timestamptz not null default clock_timestamp())`)
    await client.query('grant select on migrations to nuanyang_app')
    const { rows } = await client.query<{ name: string; sha256: string }>('select name, sha256 from migrations')
    const done = new Map(rows.map((row) => [row.name, row.sha256]))
    const migrations = sqlFiles('migrations')
    const views = until === null ? sqlFiles('views') : []
    refuseChanged(migrations, done)
    const missing = migrations.filter((file) => !done.has(file.name) && (until === null || file.name <= until))
    // Views may name each other and any table, so all of them follow when one of them or any table changed.
    const stale =
      missing.length > 0 || views.some((file) => done.get(`views/${file.name}`) !== file.sha256) ? views : []
    if (missing.length > 0) say(done.size === 0 ? '正在建表……' : `正在更新数据库的结构（${missing.length} 步）……`)
    // The job queue comes first: functions of ours name it.
    await installQueue(client, ownerUrl, done.get(queueName))
    for (const file of missing) await apply(client, file, file.name)
    if (stale.length > 0) await applyViews(client, stale)
    return { applied: [...missing.map((file) => file.name), ...stale.map((file) => `views/${file.name}`)] }
  })
}

/** True when nothing is to be migrated; asked as nuanyang_app, where no owner's address is given. */
export async function isMigrated(url: string): Promise<boolean> {
  return withClient(url, async (client) => {
    const there = await client.query<{ there: boolean }>(`select to_regclass('migrations') is not null as there`)
    if (!there.rows[0]?.there) return false
    const { rows } = await client.query<{ name: string; sha256: string }>('select name, sha256 from migrations')
    const done = new Map(rows.map((row) => [row.name, row.sha256]))
    const migrations = sqlFiles('migrations')
    refuseChanged(migrations, done)
    return (
      migrations.every((file) => done.has(file.name)) &&
      sqlFiles('views').every((file) => done.get(`views/${file.name}`) === file.sha256)
    )
  })
}

function refuseChanged(migrations: SqlFile[], done: Map<string, string>): void {
  const ours = new Map(migrations.map((file) => [file.name, file.sha256]))
  for (const [name, sha256] of done) {
    if (!/^\d{4}[-_]/.test(name)) continue
    if (!ours.has(name))
      throw new Sentence(
        `数据库比程序新：它做过 ${name}，而这个版本的程序里没有。请换回较新的程序；不要用旧程序打开新的数据。数据没有动。`,
      )
    if (ours.get(name) !== sha256)
      throw new Sentence(
        `db/migrations/${name} 在用过之后被改动了。请把它恢复成原来的内容，要改结构就另加一个编号更大的文件。数据没有动。`,
      )
  }
}

async function apply(client: pg.Client, file: SqlFile, name: string): Promise<void> {
  try {
    await client.query('begin')
    await client.query(file.text)
    await record(client, name, file.sha256)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw failed(file, name, error)
  }
}

/** Views come in alphabetical order, but one may name another: what fails for that reason alone is tried after the rest. */
async function applyViews(client: pg.Client, views: SqlFile[]): Promise<void> {
  let waiting = views
  while (waiting.length > 0) {
    const later: SqlFile[] = []
    let reason: unknown
    for (const file of waiting)
      try {
        await apply(client, file, `views/${file.name}`)
      } catch (error) {
        reason = error
        later.push(file)
      }
    if (later.length === waiting.length) throw reason
    waiting = later
  }
}

function failed(file: SqlFile, name: string, error: unknown): Sentence {
  const code = codeOf(error)
  if (code === '53100')
    return new Sentence('磁盘满了，数据库的结构没有更新，已有的数据没有动。请腾出空间，再启动一次。')
  const at = typeof error === 'object' && error !== null && 'position' in error ? Number(error.position) : 0
  const line = at > 0 ? `，第 ${file.text.slice(0, at).split('\n').length} 行` : ''
  return new Sentence(
    `数据库的结构更新到 ${name} 时停了${line}：${messageOf(error)}${code ? `（${code}）` : ''}。这一步已整个撤回，数据没有动。`,
  )
}

/**
 * graphile-worker's tables have row security without policies, so only their owner sees them. Where no owner's address is known at
 * run time the application's role runs the worker: it gets a policy on each, and may not touch the queue's own migrations.
 */
async function installQueue(client: pg.Client, ownerUrl: string, known: string | undefined): Promise<void> {
  const entry = createRequire(import.meta.url).resolve('graphile-worker')
  const { version } = JSON.parse(readFileSync(join(entry, '../../package.json'), 'utf8')) as { version: string }
  if (known === version) return
  await installJobs({ connectionString: ownerUrl, logger: new Logger(() => () => undefined) })
  await client.query(`do $$ declare t record; begin
    grant usage on schema graphile_worker to nuanyang_app;
    grant execute on all functions in schema graphile_worker to nuanyang_app;
    grant usage, select on all sequences in schema graphile_worker to nuanyang_app;
    for t in select c.oid::regclass as name, c.relname, c.relrowsecurity from pg_class c
              where c.relnamespace = 'graphile_worker'::regnamespace and c.relkind in ('r', 'v') loop
      if t.relname = 'migrations' then
        execute format('grant select on %s to nuanyang_app', t.name);
      else
        execute format('grant select, insert, update, delete on %s to nuanyang_app', t.name);
      end if;
      if t.relrowsecurity and not exists (select from pg_policy where polrelid = t.name and polname = 'of_app') then
        execute format('create policy of_app on %s to nuanyang_app using (true) with check (true)', t.name);
      end if;
    end loop;
  end $$`)
  await record(client, queueName, version)
}

async function record(client: pg.Client, name: string, hash: string): Promise<void> {
  await client.query(
    `insert into migrations (name, sha256) values ($1, $2)
     on conflict (name) do update set sha256 = excluded.sha256, applied_at = clock_timestamp()`,
    [name, hash],
  )
}
