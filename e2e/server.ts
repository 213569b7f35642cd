import { spawn, execFileSync, type ChildProcess } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from '@playwright/test'
import { projectFolder } from '../server/src/kernel/config.ts'
import { findPostmaster } from '../server/src/kernel/postgres.cluster.ts'
import { processAlive } from '../server/src/kernel/folder.ts'
import { schemaHash } from '../server/src/kernel/migrate.ts'

export interface Server {
  /** e.g. http://127.0.0.1:40123 */
  url: string
  /** null once an account exists */
  setup_code: string | null
  dataDir: string
  /** everything it printed so far */
  output(): string
  /** As Ctrl-C; returns when the database is closed too. @returns the exit code */
  stop(): Promise<number>
  /** With `now`: puts the server's clock to this moment; it runs on from there. */
  moveTo(now: string): Promise<void>
  /** kill −9 of Node (the database is left behind) or of the database's first process */
  kill9(which?: 'node' | 'postgres'): Promise<void>
}

interface StartOptions {
  dataDir: string
  env?: Record<string, string>
  /** The moment at which the server's clock stands at first; left out: the real one. */
  now?: string
}

const pinned = join(projectFolder, 'node_modules', '.bin', 'node')

/** What a start printed when it ended by itself instead of serving. */
export class NotStarted extends Error {
  code: number
  output: string
  constructor(code: number, output: string) {
    super(output)
    this.code = code
    this.output = output
  }
}

/** The real server as `npm start` runs it after installing, on any free port. Throws `NotStarted` when it refuses. */
export async function startServer({ dataDir, env = {}, now }: StartOptions): Promise<Server> {
  const clock = now ? ['--import', './e2e/clock.ts'] : []
  const child = spawn(pinned, [...clock, 'server/src/main.ts', 'start'], {
    cwd: projectFolder,
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: join(projectFolder, 'node_modules', '.cache', 'compiled'),
      PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      ...(now ? { TEST_NOW: now } : {}),
      ...env,
    },
    // The channel closes with this process, however it ends, and then the server stops in order.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let output = ''
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
  const link = await new Promise<RegExpExecArray>((done, fail) => {
    const look = () => {
      const found = /^ {2}(https?:\/\/\S+?)(?:\/start#(\S+))?$/m.exec(output)
      if (found) done(found)
    }
    child.stdout!.on('data', look)
    child.once('close', (code) => fail(new NotStarted(code ?? 1, output)))
  })
  return {
    url: link[1]!,
    setup_code: link[2] ?? null,
    dataDir,
    output: () => output,
    moveTo: (moment) =>
      new Promise<void>((done) => {
        child.once('message', () => done())
        child.send({ now: moment })
      }),
    stop: () => stopChild(child),
    kill9: async (which = 'node') => {
      const pid = which === 'node' ? child.pid! : findPostmaster(realpathSync(join(dataDir, 'postgres')))!.pid
      process.kill(pid, 'SIGKILL')
      while (processAlive(pid)) await new Promise((later) => setTimeout(later, 10))
    },
  }
}

async function stopChild(child: ChildProcess): Promise<number> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode ?? 1
  const ended = new Promise<number>((done) => child.once('close', (code) => done(code ?? 1)))
  child.kill('SIGINT')
  return ended
}

/** A new folder that the database's user may enter, also as root. */
export function newDataDir(): string {
  const folder = join(mkdtempSync(join(realpathSync(tmpdir()), 'nuanyang-e2e-')), 'data')
  mkdirSync(folder, { mode: 0o711 })
  if (process.getuid?.() === 0) execFileSync('chmod', ['711', join(folder, '..')])
  return folder
}

/** A DATA_DIR after its first start, divisions loaded, nobody has an account: made once per schema, copied in half a second. */
export async function settledDataDir(): Promise<string> {
  const hash = createHash('sha256').update(schemaHash()).update('light')
  const divisions = join(projectFolder, 'server/src/units/divisions.bin')
  if (existsSync(divisions)) hash.update(readFileSync(divisions))
  const home = join(realpathSync(tmpdir()), `nuanyang-settled-${process.getuid?.() ?? 0}`)
  mkdirSync(home, { recursive: true, mode: 0o711 })
  const kept = join(home, hash.digest('hex').slice(0, 16))
  if (!existsSync(kept)) {
    const fresh = newDataDir()
    const server = await startServer({ dataDir: fresh })
    while (!/全国行政区划装好了|没做完/.test(server.output())) await new Promise((later) => setTimeout(later, 100))
    await server.stop()
    makeLight(join(fresh, 'postgres'))
    if (!existsSync(kept)) {
      execFileSync('cp', ['-a', fresh, `${kept}.${process.pid}`])
      if (!existsSync(kept)) renameSync(`${kept}.${process.pid}`, kept)
      else rmSync(`${kept}.${process.pid}`, { recursive: true, force: true })
    }
    rmSync(join(fresh, '..'), { recursive: true, force: true })
    forgetOlder(home)
  }
  const folder = newDataDir()
  execFileSync('cp', ['-a', '--reflink=auto', `${kept}/.`, folder])
  return folder
}

/**
 * What every copy of a closed database need not have: segments of the log kept for later use (190 MB after the load; the first is the
 * one it stands in), and waiting for the disk, which would matter if the computer itself went down.
 */
function makeLight(postgres: string): void {
  const log = join(postgres, 'pg_wal')
  const segments = readdirSync(log).filter((name) => /^[0-9A-F]{24}$/.test(name))
  for (const spare of segments.sort().slice(1)) rmSync(join(log, spare))
  appendFileSync(join(postgres, 'postgresql.conf'), 'fsync = off\n')
}

/** The folders of the twelve latest schemas are kept: checkouts side by side change between them, and one may still be copied from. */
function forgetOlder(home: string): void {
  const old = readdirSync(home)
    .filter((name) => /^[0-9a-f]{16}$/.test(name))
    .map((name) => join(home, name))
    .sort((a, b) => statSync(b).ctimeMs - statSync(a).ctimeMs)
    .slice(12)
  for (const folder of old) rmSync(folder, { recursive: true, force: true })
}

/** Files of one worker come one after the other; each has a house of its own, so no story depends on what another left behind. */
interface Houses {
  of(file: string): Promise<Server>
  close(): Promise<void>
}

function houses(): Houses {
  let open: { file: string; server: Server } | null = null
  const close = async () => {
    const last = open
    open = null
    if (!last) return
    await last.server.stop()
    rmSync(join(last.server.dataDir, '..'), { recursive: true, force: true })
  }
  return {
    async of(file) {
      if (open?.file === file) return open.server
      await close()
      open = { file, server: await startServer({ dataDir: await settledDataDir() }) }
      return open.server
    },
    close,
  }
}

/** `test` with a real server for each file; `baseURL` is its address. */
export const test = base.extend<{ server: Server }, { houses: Houses }>({
  houses: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright demands a destructured first argument
    async ({}, use) => {
      const all = houses()
      await use(all)
      await all.close()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  server: [async ({ houses: all }, use, { file }) => use(await all.of(file)), { timeout: 120_000 }],
  baseURL: async ({ server }, use) => use(server.url),
})
export { expect } from '@playwright/test'
