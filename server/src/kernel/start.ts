import { randomInt } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import type { BindParts } from './bind.ts'
import { readConfig, secretKey, type Config } from './config.ts'
import type { House } from './ctx.ts'
import { bringUpToDate, openDatabase, type Database } from './database.ts'
import { openPool } from './db.ts'
import { claimFolder, folderInUse, prepareFolder, type Claim } from './folder.ts'
import { forgetWorkers } from './heartbeat.ts'
import { runJobs, type ClockLine, type Jobs } from './jobs.ts'
import { makeLog, type Log } from './log.ts'
import { makeSecrets, tokenHash } from './secrets.ts'
import { codeOf, explainFile, messageOf, Sentence } from './sentence.ts'
import { withClient } from './roles.ts'
import { sweepHalves } from './halves.ts'
import { openStore } from './store.ts'

/** What a running house hands to the application. */
export interface StartParts extends BindParts {
  readonly trustProxy: boolean | number | string[]
  readonly tls: { cert: string; key: string } | null
  readonly ready: () => Promise<boolean>
}

/** The application as `start` needs it; handed in, because the kernel imports no feature. */
export interface Application {
  buildApp: (parts: StartParts) => Promise<FastifyInstance>
  jobs: Jobs
  clockLines: readonly ClockLine[]
  /** Work of a first start that people need not wait for (loading the divisions), as owner, on a connection of its own. */
  settleIn?: (client: pg.Client, say: (line: string) => void) => Promise<void>
  /** Further addresses on which the application answers while it runs (phones of the office network); answers how to close them. */
  openDoors?: (app: FastifyInstance, parts: StartParts, host: string) => Promise<() => Promise<void>>
}

/** Opened in this order, closed in reverse. */
type Closers = (() => Promise<unknown> | void)[]

/**
 * `nuanyang start`: folder → port → database → migrations → application → worker → listen → the link to click.
 * @returns when it was asked to stop and everything is closed; the exit code
 */
export async function start(application: Application, say: (line: string) => void): Promise<number> {
  const begun = Date.now()
  const config = readConfig()
  const closers: Closers = []
  const ending = Promise.withResolvers<Sentence | null>()
  let opened = false
  const unhook = endOnSignals(() => ending.resolve(null))
  try {
    const claim = openFolder(config)
    closers.push(() => claim.release())
    await provePort(config)
    const database = await openDatabase(config, {
      purpose: 'start',
      say,
      lost: (reason) => ending.resolve(reason),
      claim,
    })
    closers.push(() => database.close())
    await bringUpToDate(database, say)
    await sweepHalves(config.dataDir)
    const log = makeLog(config.logLevel)
    const { app, parts, ownerPool } = await serve(config, database, application, log, closers)
    if (database.kind === 'embedded') await forgetWorkers(ownerPool)
    await openJobs(parts, ownerPool, application, closers)
    const url = await listen(app, config, closers)
    if (application.openDoors) closers.push(await application.openDoors(app, parts, config.host))
    claim.tell(url)
    say(await welcome(config, database, parts.pool, url, begun))
    opened = true
    if (database.ownerUrl) settle(application, database.ownerUrl, say, closers)
    const reason = await ending.promise
    if (reason) throw reason
    say('正在停下（把手头的事做完，再关好数据库）……')
    return 0
  } finally {
    await closeAll(closers)
    unhook()
    // Said of a start that was refused it would sound as if the house that runs already had been stopped.
    if (opened) say('暖阳已停下。')
  }
}

/** Not awaited: people are let in meanwhile. Closing cuts its connection, and with it its transaction; the next start does it again. */
function settle(application: Application, ownerUrl: string, say: (line: string) => void, closers: Closers): void {
  const { settleIn } = application
  if (!settleIn) return
  let closing = false
  let backend: number | null = null
  const work = withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    backend = rows[0]!.pid
    if (!closing) await settleIn(client, say)
    backend = null
  }).catch((error: unknown) => {
    if (!closing) say(`有一件准备工作没做完，下次启动会再做：${messageOf(error)}`)
  })
  closers.push(async () => {
    closing = true
    // Ending the client would first send all the rest.
    if (backend !== null)
      await withClient(ownerUrl, (client) => client.query('select pg_terminate_backend($1)', [backend]))
    await within(5_000, work)
  })
}

function openFolder(config: Config): Claim {
  // With a server several processes may share nothing but a folder of files, yet each start still claims its own DATA_DIR.
  prepareFolder(config.dataDir, config.databaseUrl === null && !existsSync(join(config.dataDir, 'postgres.json')))
  const claim = claimFolder(config.dataDir, 'start')
  if ('holder' in claim) throw folderInUse(config.dataDir, claim.holder)
  return claim
}

/** Asked before the database starts, so that the answer comes at once. */
async function provePort({ port, host }: Config): Promise<void> {
  const probe = createServer()
  await new Promise<void>((done, fail) =>
    probe.once('error', fail).listen({ port, host, exclusive: true }, done),
  ).catch((error: unknown) => {
    throw explainPort(error, port, host)
  })
  await new Promise((done) => probe.close(done))
}

function explainPort(error: unknown, port: number, host: string): unknown {
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return new Sentence(
        `端口 ${port} 已被别的程序占用。请关掉那个程序，或换一个端口：PORT=${port === 8080 ? 8081 : port + 1} npm start`,
      )
    case 'EACCES':
      return new Sentence(`没有权限使用端口 ${port}（1024 以下的端口要管理员权限）。请换一个端口：PORT=8080 npm start`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new Sentence(`这台电脑没有地址 ${host}。请去掉 HOST，或改成 127.0.0.1（只本机）、0.0.0.0（所有网卡）。`)
    default:
      return error
  }
}

async function serve(config: Config, database: Database, application: Application, log: Log, closers: Closers) {
  const pool = openPool(database.appUrl, log)
  closers.push(() => pool.end())
  const ownerPool = database.ownerUrl ? openPool(database.ownerUrl, log, 4) : pool
  if (ownerPool !== pool) closers.push(() => ownerPool.end())
  const secure = config.tls !== null || config.publicUrl?.startsWith('https:') === true
  const house: House = {
    secrets: makeSecrets(secretKey(config)),
    store: openStore(config.dataDir),
    log,
    dataDir: config.dataDir,
    publicUrl: () => addressOf(config),
    scanCommand: config.scanCommand,
    secure,
  }
  const parts: StartParts = {
    pool,
    house,
    clock: () => new Date(),
    strict: false,
    trustProxy: config.trustProxy,
    tls: config.tls ? readTls(config.tls) : null,
    ready: () => answersNow(pool, log),
  }
  const app = await application.buildApp(parts)
  return { app, parts, ownerPool }
}

function readTls({ certFile, keyFile }: NonNullable<Config['tls']>) {
  try {
    return { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') }
  } catch (error) {
    throw explainFile(error, certFile) ?? error
  }
}

async function answersNow(pool: pg.Pool, log: Log): Promise<boolean> {
  try {
    await pool.query('select 1')
    return true
  } catch (error) {
    log.warn({ code: codeOf(error) }, 'database does not answer')
    return false
  }
}

async function openJobs(
  parts: StartParts,
  ownerPool: pg.Pool,
  { jobs, clockLines }: Application,
  closers: Closers,
): Promise<void> {
  const { pool, house, clock } = parts
  const runner = await runJobs({ pool, ownerPool, house, clock }, jobs, clockLines)
  closers.push(() => runner.stop())
}

async function listen(app: FastifyInstance, config: Config, closers: Closers): Promise<string> {
  // Ten seconds for answers under way; a browser that keeps its connection open must not hold the house.
  closers.push(() => within(10_000, app.close()))
  try {
    await app.listen({ port: config.port, host: config.host })
  } catch (error) {
    throw explainPort(error, config.port, config.host)
  }
  const bound = app.server.address()
  const port = typeof bound === 'object' && bound ? bound.port : config.port
  return addressOf({ ...config, port })
}

/** What people type: PUBLIC_URL, or this computer. */
function addressOf({ publicUrl, tls, host, port }: Config): string {
  if (publicUrl) return publicUrl
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host
  return `${tls ? 'https' : 'http'}://${name}:${port}`
}

async function welcome(config: Config, database: Database, pool: pg.Pool, url: string, begun: number): Promise<string> {
  const code = await setupCode(config, pool)
  const seconds = ((Date.now() - begun) / 1000).toFixed(1)
  // Everything to keep: the folder alone, or the folder and where the rows are.
  const place = database.kind === 'server' ? '数据库服务器' : database.outside
  const where = `数据都在 ${[place, config.dataDir].filter(Boolean).join(' 和 ')}。按 Ctrl-C 停下。`
  return code === null
    ? `暖阳已启动（${seconds} 秒）。请打开：\n\n  ${url}\n\n${where}`
    : `暖阳已启动（${seconds} 秒）。还没有账号，请点开这个链接开始（链接里带着设置码，不要发给别人）：\n\n  ${url}/start#${code}\n\n${where}`
}

/** Without 0 O 1 I L, so that it can be read aloud. */
const codeLetters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

/**
 * The set-up code while nobody has an account, else null. Kept in DATA_DIR (0600) so that a restart prints the same link; the
 * database holds its hash alone.
 */
async function setupCode(config: Config, pool: pg.Pool): Promise<string | null> {
  const file = join(config.dataDir, 'setup-code')
  const { rows } = await pool.query<{ some: boolean }>('select exists (select from accounts) as some')
  if (rows[0]?.some) {
    rmSync(file, { force: true })
    return null
  }
  if (!existsSync(file)) {
    const code = Array.from({ length: 12 }, () => codeLetters[randomInt(codeLetters.length)]).join('')
    writeFileSync(file, code, { mode: 0o600 })
  }
  const code = readFileSync(file, 'utf8').trim()
  await pool.query(
    `insert into house (key, value) values ('setup_code', $1) on conflict (key) do update set value = excluded.value`,
    [tokenHash(code)],
  )
  return code
}

/** Ctrl-C, a stop of the system, and the end of the program that started us (its channel closes). */
function endOnSignals(end: () => void): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const name of signals) process.on(name, end)
  process.on('disconnect', end)
  return () => {
    for (const name of signals) process.off(name, end)
    process.off('disconnect', end)
  }
}

async function closeAll(closers: Closers): Promise<void> {
  for (const close of closers.reverse())
    try {
      await close()
    } catch (error) {
      // The rest must still be closed: a database left running is worse than one unread message.
      process.stderr.write(`停下时有一处没关好：${error instanceof Error ? error.message : String(error)}\n`)
    }
}

async function within(ms: number, work: PromiseLike<unknown>): Promise<void> {
  const timer = Promise.withResolvers<void>()
  const clock = setTimeout(timer.resolve, ms)
  await Promise.race([work, timer.promise])
  clearTimeout(clock)
}
