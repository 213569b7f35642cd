import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectFolder } from '../kernel/config.ts'
import { processAlive } from '../kernel/folder.ts'
import { migrate, schemaHash } from '../kernel/migrate.ts'
import {
  findPostmaster,
  initCluster,
  socketUrl,
  startCluster,
  stopPostmaster,
  superuser,
  type Cluster,
} from '../kernel/postgres.cluster.ts'
import {
  canEnter,
  embeddedPrograms,
  findInstalled,
  installedPrograms,
  systemHome,
  systemUser,
  type Programs,
} from '../kernel/postgres.programs.ts'
import { makeRoles } from '../kernel/roles.ts'

/** A throw-away cluster with the migrated template database `template_nuanyang`. */
export interface TestCluster {
  /** e.g. 18 */
  major: number
  socket: string
  stop(): Promise<void>
}

export const templateName = 'template_nuanyang'
/** Of the roles of throw-away clusters alone. */
export const testPassword = 'test'

/**
 * Starts a copy of a cached, migrated cluster. The cache is made once per schema and major version under `.cache/pg`; each run
 * works on a copy of its own, so runs side by side and killed runs cannot touch each other.
 * @param version '' for the embedded PostgreSQL, else a major version (or newer) of the distribution, e.g. '15'
 */
export async function startTestCluster(version: string, say: (line: string) => void): Promise<TestCluster> {
  removeAbandoned()
  const programs = version === '' ? embeddedPrograms(say) : installed(Number(version), say)
  const kept = await cachedCluster(programs, say)
  const place = mkdtempSync(join(realpathSync(tmpdir()), `nuanyang-test-${process.pid}-`))
  giveTo(place, programs)
  const data = join(place, 'data')
  execFileSync('cp', ['-a', '--reflink=auto', kept, data])
  const cluster = clusterIn(place, data, programs)
  const child = await startCluster(cluster, say)
  const stop = async () => {
    if (child.pid) await stopPostmaster(child.pid, 5000)
    rmSync(place, { recursive: true, force: true })
  }
  return { major: programs.major, socket: place, stop }
}

/** PostgreSQL of the distribution: exactly this major when it is there, else the next newer one. */
function installed(least: number, say: (line: string) => void): Programs {
  const found = findInstalled(least)
  const chosen = found.find((one) => one.major === least) ?? found.at(-1)
  if (!chosen)
    throw new Error(
      `没有找到 PostgreSQL ${least} 或更新的版本。请运行：apt-get install -y postgresql-${least}（或 postgresql）`,
    )
  return installedPrograms(chosen.bin, process.getuid?.() === 0 ? systemUser(say) : null)
}

async function cachedCluster(programs: Programs, say: (line: string) => void): Promise<string> {
  const home = cacheHome(programs)
  const folder = join(home, `${programs.major}-${schemaHash().slice(0, 16)}`)
  if (existsSync(folder)) return folder
  const place = mkdtempSync(join(home, `making-${process.pid}-`))
  giveTo(place, programs)
  const cluster = clusterIn(mkdtempSync(join(tmpdir(), `nuanyang-test-${process.pid}-`)), join(place, 'data'), programs)
  giveTo(cluster.socket, programs)
  try {
    initCluster(cluster, ['--no-sync', '--wal-segsize=1'])
    const child = await startCluster(cluster, say)
    try {
      await makeRoles(
        socketUrl(cluster.socket, superuser, testPassword, templateName),
        { owner: testPassword, app: testPassword },
        templateName,
      )
      await migrate(socketUrl(cluster.socket, 'nuanyang_owner', testPassword, templateName))
    } finally {
      if (child.pid) await stopPostmaster(child.pid)
    }
    // Another run may have been quicker; then its cluster serves as well.
    if (!existsSync(folder)) renameSync(cluster.folder, folder)
  } finally {
    rmSync(place, { recursive: true, force: true })
    rmSync(cluster.socket, { recursive: true, force: true })
  }
  forgetOlder(home, programs.major)
  return folder
}

/** The last three schemas of a major version are kept: enough to change between branches. */
function forgetOlder(home: string, major: number): void {
  const old = readdirSync(home)
    .filter((name) => name.startsWith(`${major}-`))
    .map((name) => join(home, name))
    .sort((a, b) => statSync(b).ctimeMs - statSync(a).ctimeMs)
    .slice(3)
  for (const folder of old) rmSync(folder, { recursive: true, force: true })
}

function cacheHome(programs: Programs): string {
  const near = join(projectFolder, '.cache', 'pg')
  mkdirSync(near, { recursive: true, mode: 0o755 })
  if (programs.user === null || canEnter(near, programs.user)) return near
  const far = join(systemHome, 'test-cache')
  mkdirSync(far, { recursive: true, mode: 0o755 })
  return far
}

function clusterIn(place: string, folder: string, programs: Programs): Cluster {
  return {
    programs,
    folder,
    socket: place,
    logFile: join(place, 'postgres.log'),
    superPassword: testPassword,
    // The data of a test may be lost with the computer: four times as fast.
    settings: {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      shared_buffers: '64MB',
      max_connections: '120',
      autovacuum: 'off',
    },
  }
}

function giveTo(folder: string, { user }: Programs): void {
  if (user) chownSync(folder, user.uid, user.gid)
}

/** Clusters of runs that were killed: their process is gone, so theirs is stopped and removed. */
function removeAbandoned(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = /^nuanyang-test-(\d+)-/.exec(name)?.[1]
    if (!pid || processAlive(Number(pid))) continue
    const place = join(realpathSync(tmpdir()), name)
    const running = findPostmaster(join(place, 'data'))
    if (running) process.kill(running.pid, 'SIGQUIT')
    rmSync(place, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
}

/** A database with roles and extensions but without tables, on a throw-away cluster. */
export async function emptyOn(cluster: TestCluster): Promise<{ appUrl: string; ownerUrl: string }> {
  const name = `empty_${randomBytes(6).toString('hex')}`
  const url = (role: string) => socketUrl(cluster.socket, role, testPassword, name)
  await makeRoles(url(superuser), { owner: testPassword, app: testPassword }, name)
  return { appUrl: url('nuanyang_app'), ownerUrl: url('nuanyang_owner') }
}
