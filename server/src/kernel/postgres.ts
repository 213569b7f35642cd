import { createHash, randomBytes } from 'node:crypto'
import type { ChildProcess } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import {
  findPostmaster,
  initCluster,
  socketUrl,
  startCluster,
  stopPostmaster,
  superuser,
  type Cluster,
} from './postgres.cluster.ts'
import { canEnter, embeddedPrograms, systemHome, type Programs, type SystemUser } from './postgres.programs.ts'
import { codeOf, explainFile, Sentence } from './sentence.ts'

/** What DATA_DIR/postgres.json remembers. */
interface Kept {
  /** major version of the programs that made the cluster */
  major: number
  /** relative to DATA_DIR, or absolute when the system user could not reach DATA_DIR */
  cluster: string
  /** true once the cluster was whole; from then on a missing folder is a loss, never a reason to make an empty one */
  made: boolean
  super_password: string
  owner_password: string
  app_password: string
}

/** A running embedded PostgreSQL. */
export interface Embedded {
  major: number
  superUrl: string
  ownerUrl: string
  appUrl: string
  /** the cluster's folder when it lies outside DATA_DIR, where the system user can reach it */
  outside: string | null
  /** Stops it in order. Safe to call twice. */
  stop(): Promise<void>
}

interface Watcher {
  say: (line: string) => void
  /** The database ended and could not be brought back; the sentence says why. */
  lost: (reason: Sentence) => void
}

export const databaseName = 'nuanyang'

/**
 * Starts the embedded PostgreSQL of a DATA_DIR and keeps it running: an orphan left by kill −9 of Node is stopped in order first,
 * a postmaster that dies is started again. The caller holds the folder's claim.
 */
export async function openEmbedded(dataDir: string, { say, lost }: Watcher): Promise<Embedded> {
  const programs = embeddedPrograms(say)
  const kept = readKept(dataDir) ?? makeKept(dataDir, programs)
  if (kept.major !== programs.major) throw otherMajor(dataDir, kept.major, programs.major)
  const cluster = clusterOf(dataDir, kept, programs, say)
  if (!existsSync(join(cluster.folder, 'PG_VERSION'))) {
    if (kept.made) throw clusterGone(cluster.folder)
    say('正在建立数据库（只有第一次需要，几秒钟）……')
    initCluster(cluster)
  } else {
    const found = Number(readFileSync(join(cluster.folder, 'PG_VERSION'), 'utf8').trim())
    if (found !== programs.major) throw otherMajor(dataDir, found, programs.major)
  }
  if (!kept.made) writeKept(dataDir, { ...kept, made: true })
  const orphan = findPostmaster(cluster.folder)
  if (orphan) {
    say('上一次的数据库还开着（程序曾被强行结束），正在把它正常关好……')
    await stopPostmaster(orphan.pid)
  }
  const keeper = keepRunning(cluster, await startCluster(cluster, say), { say, lost })
  const outside = isAbsolute(kept.cluster) ? kept.cluster : null
  return { major: kept.major, ...urlsOf(cluster.socket, kept), outside, stop: keeper }
}

/** The addresses of an embedded PostgreSQL that another process of ours keeps running; null when it is not up. */
export function attachEmbedded(dataDir: string): Omit<Embedded, 'stop' | 'outside'> | null {
  const kept = readKept(dataDir)
  if (!kept) return null
  const running = findPostmaster(realFolder(dataDir, kept.cluster))
  return running ? { major: kept.major, ...urlsOf(running.socket, kept) } : null
}

/** The recorded major version, null before the first start. */
export function recordedMajor(dataDir: string): number | null {
  return readKept(dataDir)?.major ?? null
}

function urlsOf(socket: string, kept: Kept) {
  return {
    superUrl: socketUrl(socket, superuser, kept.super_password, databaseName),
    ownerUrl: socketUrl(socket, 'nuanyang_owner', kept.owner_password, databaseName),
    appUrl: socketUrl(socket, 'nuanyang_app', kept.app_password, databaseName),
  }
}

/** Starts the postmaster again when it dies, five times in a minute at most; then the reader is told. */
function keepRunning(cluster: Cluster, first: ChildProcess, { say, lost }: Watcher): () => Promise<void> {
  let child = first
  let stopping = false
  let reviving: Promise<void> | null = null
  const deaths: number[] = []
  const watch = () => child.once('exit', () => void (stopping || (reviving = revive())))
  async function revive(): Promise<void> {
    const now = Date.now()
    deaths.push(now)
    if (deaths.filter((at) => now - at < 60_000).length > 5)
      return lost(
        new Sentence(`数据库一分钟内停了五次以上，不再重试。请看 ${cluster.logFile} 的最后几行。数据没有删除。`),
      )
    say('数据库意外停了，正在重新启动它……')
    try {
      child = await startCluster(cluster, say)
      watch()
      say('数据库已恢复。')
    } catch (error) {
      lost(error instanceof Sentence ? error : new Sentence(`数据库没能重新启动。请看 ${cluster.logFile} 的最后几行。`))
    }
  }
  watch()
  return async () => {
    stopping = true
    await reviving
    if (child.exitCode === null && child.signalCode === null && child.pid) await stopPostmaster(child.pid)
  }
}

function clusterOf(dataDir: string, kept: Kept, programs: Programs, say: (line: string) => void): Cluster {
  const folder = realFolder(dataDir, kept.cluster)
  if (isAbsolute(kept.cluster) && !existsSync(systemHome)) mkdirSync(systemHome, { mode: 0o755 })
  if (isAbsolute(kept.cluster) && !kept.made) say(`系统用户进不了 ${dataDir}，所以数据库放在 ${folder}。`)
  return {
    programs,
    folder,
    socket: socketFolder(dataDir, programs.user),
    logFile: join(dataDir, 'postgres.log'),
    superPassword: kept.super_password,
  }
}

/** PostgreSQL compares its working folder with real paths, and so do we. */
function realFolder(dataDir: string, cluster: string): string {
  return isAbsolute(cluster) ? cluster : join(realpathSync(dataDir), cluster)
}

/**
 * A unix socket's path holds 107 bytes. The folder in DATA_DIR is used when it fits and the database's user can enter it; else one
 * under the system's temporary folder, which must be ours, because anybody may make names there.
 */
function socketFolder(dataDir: string, user: SystemUser | null): string {
  const own = user?.uid ?? process.getuid?.() ?? 0
  const inside = join(realpathSync(dataDir), 'socket')
  const short = join(
    tmpdir(),
    `nuanyang-${createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 10)}`,
  )
  const fits = Buffer.byteLength(inside) <= 85 && (user === null || canEnter(dataDir, user))
  const folder = fits ? inside : short
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (user && lstatSync(folder).uid === 0) chownSync(folder, user.uid, user.gid)
    const found = lstatSync(folder)
    if (!found.isDirectory() || found.uid !== own)
      throw new Sentence(`${folder} 已被别的用户占用。请删掉它，再启动一次。`)
    chmodSync(folder, 0o700)
  } catch (error) {
    throw explainFile(error, folder) ?? error
  }
  return folder
}

function keptFile(dataDir: string): string {
  return join(dataDir, 'postgres.json')
}

function readKept(dataDir: string): Kept | null {
  let text: string
  try {
    text = readFileSync(keptFile(dataDir), 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw new Sentence(`读不了 ${keptFile(dataDir)}。请用启动暖阳的那个用户来运行。`)
  }
  try {
    return JSON.parse(text) as Kept
  } catch {
    throw new Sentence(`${keptFile(dataDir)} 的内容坏了，它记着数据库的密码。请从备份恢复到新的文件夹。`)
  }
}

function makeKept(dataDir: string, programs: Programs): Kept {
  const password = () => randomBytes(24).toString('base64url')
  const reachable = programs.user === null || canEnter(dataDir, programs.user)
  const name = createHash('sha256')
    .update(`${realpathSync(dataDir)} ${Date.now()}`)
    .digest('hex')
    .slice(0, 12)
  if (existsSync(join(dataDir, 'postgres')))
    throw new Sentence(
      `${join(dataDir, 'postgres')} 里已有数据库，却没有记着密码的 postgres.json。请把 postgres.json 放回来，或从备份恢复到新的文件夹。`,
    )
  const kept: Kept = {
    major: programs.major,
    cluster: reachable ? 'postgres' : join(systemHome, `data-${name}`),
    made: false,
    super_password: password(),
    owner_password: password(),
    app_password: password(),
  }
  writeKept(dataDir, kept)
  return kept
}

function writeKept(dataDir: string, kept: Kept): void {
  const file = keptFile(dataDir)
  try {
    const handle = openSync(`${file}.new`, 'w', 0o600)
    writeSync(handle, `${JSON.stringify(kept, null, 2)}\n`)
    fsyncSync(handle)
    closeSync(handle)
    renameSync(`${file}.new`, file)
  } catch (error) {
    throw explainFile(error, file) ?? error
  }
}

function otherMajor(dataDir: string, found: number, ours: number): Sentence {
  return new Sentence(
    `${dataDir} 里的数据是 PostgreSQL ${found} 的，现在的程序自带 PostgreSQL ${ours}，不会去动它。请用原来版本的暖阳运行 npx nuanyang backup 备份文件，再用新版本恢复到新的文件夹：DATA_DIR=新文件夹 npx nuanyang restore 备份文件`,
  )
}

function clusterGone(folder: string): Sentence {
  return new Sentence(
    `数据库的文件夹不见了：${folder}。不会新建一个空的来代替它。请把它放回原处，或从备份恢复到新的文件夹：DATA_DIR=新文件夹 npx nuanyang restore 备份文件`,
  )
}
