import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { processAlive } from './folder.ts'
import { postgresEnv, runAs, type Programs } from './postgres.programs.ts'
import { codeOf, explainFile, messageOf, Sentence } from './sentence.ts'

/** One cluster on disk and how to reach it. */
export interface Cluster {
  programs: Programs
  /** the data folder of PostgreSQL */
  folder: string
  /** folder of the unix socket: at most 90 bytes, see `socketFolder` */
  socket: string
  /** where PostgreSQL's own log goes */
  logFile: string
  superPassword: string
  /** extra settings, as `-c name=value` */
  settings?: Record<string, string>
}

export const superuser = 'postgres'

/** The address of a database in a cluster, over its unix socket. */
export function socketUrl(socket: string, role: string, password: string, database: string): string {
  return `postgres://${role}:${encodeURIComponent(password)}@/${database}?host=${encodeURIComponent(socket)}`
}

/** Makes the cluster beside its place and moves it in when it is whole: a start killed in the middle leaves nothing half. */
export function initCluster(cluster: Cluster, options: string[] = []): void {
  const { programs, folder } = cluster
  const half = `${folder}.half`
  const passwordFile = `${folder}.password`
  rmSync(half, { recursive: true, force: true })
  rmSync(passwordFile, { force: true })
  try {
    mkdirSync(half, { recursive: true, mode: 0o700 })
    writeFileSync(passwordFile, cluster.superPassword, { mode: 0o600 })
    if (programs.user) {
      chownSync(half, programs.user.uid, programs.user.gid)
      chownSync(passwordFile, programs.user.uid, programs.user.gid)
    }
    // C.UTF-8, not C: plain C gives no trigrams for Chinese, and an unset LANG would give SQL_ASCII.
    const asked = spawnSync(
      join(programs.bin, 'initdb'),
      [
        '-D',
        half,
        '-U',
        superuser,
        '--encoding=UTF8',
        '--locale=C.UTF-8',
        '--auth=scram-sha-256',
        `--pwfile=${passwordFile}`,
        ...options,
      ],
      { ...runAs(programs.user), env: postgresEnv, encoding: 'utf8' },
    )
    if (asked.status !== 0)
      throw explainLog(asked.stderr ?? '', folder) ?? initFailed(folder, asked.stderr ?? messageOf(asked.error))
    renameSync(half, folder)
  } catch (error) {
    throw explainFile(error, folder) ?? error
  } finally {
    rmSync(half, { recursive: true, force: true })
    rmSync(passwordFile, { force: true })
  }
}

function initFailed(folder: string, output: string): Sentence {
  const reason =
    output
      .trim()
      .split('\n')
      .filter((line) => /error|fatal|could not/i.test(line))
      .at(-1) ?? '没有说明原因'
  return new Sentence(`数据库没有建成（${folder}）：${reason}。什么都没有留下，改正后再启动一次即可。`)
}

/** What PostgreSQL's own words mean for the reader; null when they say nothing we know. */
export function explainLog(log: string, place: string): Sentence | null {
  if (/No space left on device|Disk quota exceeded/i.test(log)) return explainFile({ code: 'ENOSPC' }, place)
  if (/Permission denied|Read-only file system/i.test(log)) return explainFile({ code: 'EACCES' }, place)
  if (/could not create shared memory|could not map anonymous shared memory|Cannot allocate memory/i.test(log))
    return new Sentence('内存不够，数据库启动不了。请关掉一些程序再试（至少需要 512 MB 空闲内存）。')
  if (/initialized by PostgreSQL version|incompatible with (this version|server)/i.test(log))
    return new Sentence(
      `${place} 里的数据是另一个大版本的 PostgreSQL 建的，现在的程序打不开。请用原来版本的暖阳做一次备份，再恢复到新的文件夹。`,
    )
  if (/could not locate a valid checkpoint record|invalid (primary )?checkpoint record|PANIC/i.test(log))
    return new Sentence(
      `数据库的文件损坏，打不开（${place}）。请不要删除它；用最近一次备份恢复到新的文件夹：DATA_DIR=新文件夹 npx nuanyang restore 备份文件`,
    )
  return null
}

const lockWords = /lock file "[^"]+" already exists|pre-existing shared memory block|Is another (postmaster|postgres)/

/**
 * Starts the postmaster and returns when it answers. It runs in a session of its own, so that Ctrl-C reaches Node alone and Node
 * stops it in order. After a kill −9 its lock may outlive it for a moment: tried again every 0.2 s.
 * @param say gets one sentence when the repair after an unclean end takes longer than three seconds
 */
export async function startCluster(cluster: Cluster, say: (line: string) => void): Promise<ChildProcess> {
  for (let attempt = 1; ; attempt++) {
    const from = existsSync(cluster.logFile) ? statSync(cluster.logFile).size : 0
    const child = spawnPostmaster(cluster)
    const failure = await answers(cluster, child, say)
    if (failure === null) return child
    const log = readFileSync(cluster.logFile).subarray(from).toString('utf8')
    if (lockWords.test(log) && attempt < 60) {
      dropStaleLock(cluster.folder)
      await sleep(200)
      continue
    }
    throw (
      explainLog(log, cluster.folder) ??
      new Sentence(
        `数据库没有启动成功：${failure}。详细原因在 ${cluster.logFile} 的最后几行。数据没有动，改正后再启动一次。`,
      )
    )
  }
}

function spawnPostmaster(cluster: Cluster): ChildProcess {
  const { programs, folder, socket, logFile } = cluster
  const settings: Record<string, string> = {
    listen_addresses: '',
    unix_socket_directories: socket,
    unix_socket_permissions: '0700',
    ssl: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    jit: 'off',
    // A failed statement and the key of a violated constraint hold names and numbers of people: they do not belong in a log.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    max_connections: '60',
    // Loading the divisions would else leave 300 MB of log behind on a small disk.
    max_wal_size: '192MB',
    min_wal_size: '32MB',
    ...cluster.settings,
  }
  let log: number
  try {
    if (existsSync(logFile) && statSync(logFile).size > 10_000_000) renameSync(logFile, `${logFile}.1`)
    log = openSync(logFile, 'a', 0o600)
  } catch (error) {
    throw explainFile(error, logFile) ?? error
  }
  try {
    return spawn(
      join(programs.bin, 'postgres'),
      ['-D', folder, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      { ...runAs(programs.user), env: postgresEnv, detached: true, stdio: ['ignore', log, log] },
    )
  } finally {
    closeSync(log)
  }
}

/** Waits for the first answer. @returns null, or why there will be none */
async function answers(cluster: Cluster, child: ChildProcess, say: (line: string) => void): Promise<string | null> {
  let ended: string | null = null
  child.once('error', (error) => (ended = messageOf(error)))
  child.once('exit', (code, signal) => (ended = `程序退出（${signal ?? code}）`))
  const begun = Date.now()
  let said = false
  for (;;) {
    const refusal = await tryConnect(socketUrl(cluster.socket, superuser, cluster.superPassword, 'postgres'))
    if (refusal === null) return null
    if (ended !== null) return ended
    if (refusal === '28P01') {
      await stopPostmaster(child.pid!, 10_000)
      return '密码对不上（postgres.json 不是这个数据库的）'
    }
    if (!said && Date.now() - begun > 3000) {
      say('数据库正在检查上一次没有正常结束时的内容，请稍等……')
      said = true
    }
    if (Date.now() - begun > 300_000) {
      await stopPostmaster(child.pid!, 10_000)
      return '等了五分钟仍没有回应'
    }
    await sleep(Date.now() - begun < 1000 ? 15 : 100)
  }
}

/** @returns null when the server answers, else the code of its refusal */
export async function tryConnect(url: string): Promise<string | null> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.end()
    return null
  } catch (error) {
    return codeOf(error) || messageOf(error)
  }
}

/** The living postmaster of this folder, by its pid file; null when there is none. */
export function findPostmaster(folder: string): { pid: number; socket: string } | null {
  const file = join(folder, 'postmaster.pid')
  if (!existsSync(file)) return null
  const [pidText, , , , socket] = readFileSync(file, 'utf8').split('\n')
  const pid = Math.abs(Number(pidText))
  if (!Number.isInteger(pid) || pid < 2 || !processAlive(pid) || !worksIn(pid, folder)) return null
  return { pid, socket: socket ?? '' }
}

/** A postmaster's working folder is its data folder: a reused process number is not mistaken for it. */
function worksIn(pid: number, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder
  } catch {
    return !existsSync('/proc/self/cwd') || existsSync(`/proc/${pid}`)
  }
}

/** PostgreSQL keeps a lock whose number was reused by a stranger for ever; such a lock is removed, a living one never. */
function dropStaleLock(folder: string): void {
  const file = join(folder, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Math.abs(Number(readFileSync(file, 'utf8').split('\n')[0]))
  if (processAlive(pid) && existsSync('/proc/self/cwd') && findPostmaster(folder) === null && !isPostgres(pid))
    rmSync(file, { force: true })
}

function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres')
  } catch {
    return true
  }
}

/** Fast shutdown: open transactions roll back, everything is written. After `patience` ms, immediate shutdown (repaired at the next start). */
export async function stopPostmaster(pid: number, patience = 60_000): Promise<void> {
  signal(pid, 'SIGINT')
  const begun = Date.now()
  while (processAlive(pid)) {
    if (Date.now() - begun > patience) {
      signal(pid, 'SIGQUIT')
      patience += 10_000
    }
    await sleep(20)
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error
  }
}
