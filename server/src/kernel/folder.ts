import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { explainFile, Sentence } from './sentence.ts'

/** Below this a start is refused: PostgreSQL needs room for its log, and a refusal now is kinder than a stop in the middle. */
const leastFreeMb = { first: 900, later: 100 }

/**
 * Makes DATA_DIR if it is missing, proves that it can be written, and that the disk has room.
 * As root the folder must be passable (0711) for the system user that runs PostgreSQL; its contents stay closed.
 */
export function prepareFolder(dataDir: string, first: boolean): void {
  const probe = join(dataDir, `.probe-${process.pid}`)
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o711 })
    if (process.getuid?.() === 0) chmodSync(dataDir, 0o711)
    writeFileSync(probe, randomBytes(4096))
  } catch (error) {
    throw explainFile(error, dataDir) ?? error
  } finally {
    rmSync(probe, { force: true })
  }
  const disk = statfsSync(dataDir)
  const freeMb = Math.floor((disk.bavail * disk.bsize) / 1024 / 1024)
  const needMb = first ? leastFreeMb.first : leastFreeMb.later
  if (freeMb < needMb)
    throw new Sentence(
      `磁盘快满了：${dataDir} 只剩 ${freeMb} MB，至少要有 ${needMb} MB 才能安全启动。已有的数据没有动。请腾出空间，或用 DATA_DIR 换到别的磁盘。`,
    )
}

interface Holder {
  pid: number
  /** the kernel's start time of that process, so that a reused number is not taken for it */
  started: string
  purpose: string
  url: string | null
}

export interface Claim {
  /** remembers the address that people open, for the sentence of a second start */
  tell(url: string): void
  release(): void
}

/**
 * One process at a time writes in DATA_DIR: the one named in `running.json`, as long as it lives. After kill −9 the file stays but
 * its process is gone, so the next one takes over.
 * @returns the claim, or the living holder
 */
export function claimFolder(dataDir: string, purpose: string): Claim | { holder: Holder } {
  const file = join(dataDir, 'running.json')
  const mine: Holder = { pid: process.pid, started: startedAt(process.pid), purpose, url: null }
  for (;;) {
    try {
      writeFileSync(file, JSON.stringify(mine), { flag: 'wx', mode: 0o644 })
      break
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST'))
        throw explainFile(error, file) ?? error
      const holder = readHolder(file)
      if (holder && isAlive(holder)) return { holder }
      // Moved away, not removed: of two processes that both see the dead holder only one rename succeeds on the same file.
      const aside = `${file}.${process.pid}`
      try {
        renameSync(file, aside)
      } catch {
        continue
      }
      const moved = readHolder(aside)
      rmSync(aside, { force: true })
      if (moved && isAlive(moved)) throw new Sentence('另一个暖阳刚刚在同一个文件夹里启动。请稍等几秒再试。')
    }
  }
  return {
    tell(url) {
      writeFileSync(`${file}.new`, JSON.stringify({ ...mine, url }), { mode: 0o644 })
      renameSync(`${file}.new`, file)
    },
    release() {
      if (readHolder(file)?.pid === process.pid) rmSync(file, { force: true })
    },
  }
}

/** Who uses the folder now; null when nobody does. */
export function findHolder(dataDir: string): Holder | null {
  const holder = readHolder(join(dataDir, 'running.json'))
  return holder && isAlive(holder) ? holder : null
}

export function folderInUse(dataDir: string, holder: Holder): Sentence {
  if (holder.purpose !== 'start')
    return new Sentence(`${dataDir} 正在被“nuanyang ${holder.purpose}”使用（进程 ${holder.pid}）。请等它做完再试。`)
  const where = holder.url ? `直接打开 ${holder.url} 就能用` : '它正在启动，请稍等'
  return new Sentence(
    `暖阳已经在这个文件夹里运行了（进程 ${holder.pid}）：${where}。要重新启动，先停下它：kill ${holder.pid}。要另开一套，请用 DATA_DIR 和 PORT 另选文件夹和端口。`,
  )
}

function readHolder(file: string): Holder | null {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof value !== 'object' || value === null) return null
    const { pid, started, purpose, url } = value as Record<string, unknown>
    if (typeof pid !== 'number' || typeof started !== 'string' || typeof purpose !== 'string') return null
    return { pid, started, purpose, url: typeof url === 'string' ? url : null }
  } catch {
    return null
  }
}

function isAlive(holder: Holder): boolean {
  return processAlive(holder.pid) && startedAt(holder.pid) === holder.started
}

/** True when a process with this number exists and is not a zombie. */
export function processAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  return !/^\d+ \(.*\) Z/s.test(readStat(pid))
}

/** Field 22 of /proc/PID/stat; '' where there is no /proc, and then only the number is compared. */
function startedAt(pid: number): string {
  return /\) (?:\S+ ){19}(\S+)/.exec(readStat(pid))?.[1] ?? ''
}

function readStat(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return ''
  }
}
