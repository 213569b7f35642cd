// Plain JavaScript for Node 20: what must happen before the pinned Node can run TypeScript. Used by start.js, test.js and bin/nuanyang.js.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'

export const project = fileURLToPath(new URL('../', import.meta.url))
const pinnedNode = join(project, 'node_modules', '.bin', 'node')
const pinnedMajor = 24

/** An end that says what to do. @param {string} line @returns {never} */
export function stop(line) {
  process.stderr.write(`${line}\n`)
  process.exit(1)
}

/** @param {string} line */
export function say(line) {
  process.stdout.write(`${line}\n`)
}

/** Called first: everything below needs Node 20. */
export function requireNode() {
  if (Number(process.versions.node.split('.')[0]) < 20)
    stop(
      `这里的 Node.js 是 ${process.versions.node}，需要 20 或更新。请到 https://nodejs.org/zh-cn 安装长期支持版，再运行一次。`,
    )
}

/** Installs when what package-lock.json says is not what lies in node_modules. */
export async function install() {
  const lockText = read(join(project, 'package-lock.json'))
  if (lockText === null) stop(`${project} 里没有 package-lock.json。请重新取一份完整的程序。`)
  const stamp = join(project, 'node_modules', '.nuanyang-installed')
  const hash = sha256(lockText)
  if (read(stamp) === hash && existsSync(pinnedNode)) return
  // A developer's `npm install` leaves a tree that already is what the lock says: not thrown away.
  if (!installed(lockText)) await npmCi()
  if (!existsSync(pinnedNode))
    stop(
      '安装没有完成：没有得到 Node 24。多半是 npm 的安装脚本被关掉了，请运行：npm config set ignore-scripts false，再运行一次 npm start。',
    )
  writeIfPossible(stamp, hash)
}

/** @param {string} lockText */
function installed(lockText) {
  const kept = read(join(project, 'node_modules', '.package-lock.json'))
  if (kept === null || !existsSync(pinnedNode)) return false
  const wanted = JSON.parse(lockText).packages
  const there = JSON.parse(kept).packages
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.includes('node_modules/') || entry.link) return true
    if (!there[path]) return entry.optional === true
    return there[path].version === entry.version
  })
}

async function npmCi() {
  try {
    accessSync(project, constants.W_OK)
  } catch {
    stop(`没有权限在 ${project} 里安装。请把这个文件夹的权限交给现在的用户：sudo chown -R "$(id -un)" ${project}`)
  }
  const disk = statfsSync(project)
  const freeMb = Math.floor((disk.bavail * disk.bsize) / 1024 / 1024)
  if (freeMb < 1500)
    stop(`磁盘空间不够：安装要 1500 MB，${project} 所在的磁盘只剩 ${freeMb} MB。请腾出空间再运行一次。`)
  say('正在安装程序部件（只有第一次需要，约几分钟，要连网）……')
  const begun = Date.now()
  const clock = setInterval(() => say(`  还在安装，已用 ${Math.round((Date.now() - begun) / 1000)} 秒……`), 15_000)
  const { code, output } = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  clearInterval(clock)
  if (code !== 0) {
    const log = join(project, 'install.log')
    writeIfPossible(log, output)
    stop(explainInstall(output, log))
  }
  say(`安装好了（${Math.round((Date.now() - begun) / 1000)} 秒）。`)
}

/** @param {string} output @param {string} log */
function explainInstall(output, log) {
  if (/ENOSPC|EDQUOT/.test(output))
    return '磁盘满了，安装没有完成。请腾出 1500 MB 空间，再运行一次；已装的部分会自动补齐。'
  if (/EACCES|EPERM|EROFS/.test(output))
    return `没有权限写 ${project} 或 npm 的缓存。请用拥有这个文件夹的用户运行；若以前用 sudo 运行过：sudo chown -R "$(id -un)" ${project} ~/.npm`
  if (/ENOTFOUND|ETIMEDOUT|ECONNRE|EAI_AGAIN|ENETUNREACH|network|socket/i.test(output))
    return `连不上 npm 的服务器，安装没有完成。请检查网络；在内网可以换成镜像：npm config set registry https://registry.npmmirror.com ，再运行一次。详细情况在 ${log}`
  const reason = output.split('\n').find((line) => /npm error (?!code|A complete)/.test(line)) ?? ''
  return `安装没有完成。${reason.replace(/^npm error\s*/, '')} 详细情况在 ${log}；改正后再运行一次即可。`
}

const webSources = [
  'web/src',
  'web/public',
  'web/index.html',
  'web/vite.config.ts',
  'web/package.json',
  'contract/src',
  'domain/src',
  'package-lock.json',
]

/** Builds the pages when their sources changed. The new build takes the old one's place only when it is whole. */
export async function buildWeb() {
  const vite = join(project, 'node_modules', 'vite', 'bin', 'vite.js')
  if (!existsSync(join(project, 'web', 'index.html')) || !existsSync(vite)) return
  const dist = join(project, 'web', 'dist')
  const hash = hashOf(webSources)
  if (read(join(dist, 'sources.sha256')) === hash) return
  say('正在准备网页（程序更新后才需要，约半分钟）……')
  const fresh = join(project, 'web', 'dist.new')
  try {
    rmSync(fresh, { recursive: true, force: true })
    mkdirSync(fresh)
  } catch {
    stop(`没有权限写 ${join(project, 'web')}。请用拥有这个文件夹的用户运行一次 npm start。`)
  }
  const { code, output } = await run(
    pinnedNode,
    [vite, 'build', '--outDir', fresh, '--emptyOutDir', '--logLevel', 'error'],
    'web',
  )
  if (code !== 0) {
    rmSync(fresh, { recursive: true, force: true })
    if (/ENOSPC|EDQUOT/.test(output)) stop('磁盘满了，网页没有准备好。请腾出 300 MB 空间，再运行一次。')
    const log = join(project, 'build.log')
    writeIfPossible(log, output)
    const reason =
      output.split('\n').find((line) => /error|could not/i.test(line) && !/during build|Build failed/.test(line)) ?? ''
    stop(
      `网页没有准备好：${reason.trim()}\n请确认程序是完整的一份（没有改动或缺失的文件），再运行一次。详细情况在 ${log}`,
    )
  }
  writeFileSync(join(fresh, 'sources.sha256'), hash)
  rmSync(dist, { recursive: true, force: true })
  renameSync(fresh, dist)
}

/** One hash of files and folders, by name and content. @param {string[]} paths relative to the project */
export function hashOf(paths) {
  const hash = createHash('sha256')
  /** @param {string} path */
  const add = (path) => {
    const full = join(project, path)
    let names
    try {
      names = readdirSync(full).sort()
    } catch {
      if (existsSync(full)) hash.update(`${path}\0`).update(readFileSync(full)).update('\0')
      return
    }
    for (const name of names) if (!/\.test\.tsx?$/.test(name)) add(join(path, name))
  }
  for (const path of paths) add(path)
  return hash.digest('hex')
}

/**
 * Runs TypeScript with the pinned Node, in this terminal, and hands signals on. Should this process be killed outright, the channel
 * between the two closes and the other side stops in order.
 * @param {string[]} args a path relative to the project, then its arguments
 * @returns {Promise<number>} the exit code
 */
export function runPinned([file, ...args]) {
  if (!existsSync(pinnedNode)) stop(`还没有安装。请先在 ${project} 里运行一次：npm start`)
  const env = { ...process.env }
  // Compiled code is kept between starts: a third of a second on a small computer.
  // Few arenas of malloc: less memory held for nothing by threads that rarely run.
  env.MALLOC_ARENA_MAX ??= '2'
  env.NODE_COMPILE_CACHE ??= join(project, 'node_modules', '.cache', 'compiled')
  // Small young generations: an idle server keeps 40 MB less of a village's old computer, and the benchmarks lose nothing.
  const flags = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=4', '--heap-growing-percent=40']
  const child = spawn(pinnedNode, [...flags, join(project, file), ...args], {
    env,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name))
  return new Promise((done) => {
    child.once('error', () =>
      stop(`Node ${pinnedMajor} 启动不了（${pinnedNode}）。请删掉 node_modules，再运行一次 npm start。`),
    )
    child.once('exit', (code, signal) => {
      if (signal === 'SIGKILL')
        process.stderr.write('程序被强行结束（可能是内存不够）。数据没有坏；再运行一次 npm start 就会接着工作。\n')
      done(code ?? 1)
    })
  })
}

/**
 * @param {string} program @param {string[]} args @param {string} [folder]
 * @returns {Promise<{code: number, output: string}>}
 */
export function run(program, args, folder = '') {
  return new Promise((done) => {
    const child = spawn(program, args, {
      cwd: join(project, folder),
      env: { ...process.env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    // Some programs print colours in spite of NO_COLOR.
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (output += stripVTControlCharacters(String(chunk))))
    child.once('error', (error) => done({ code: 127, output: `${output}${error.message}` }))
    child.once('close', (code) => done({ code: code ?? 1, output }))
  })
}

/** @param {string} file @returns {string | null} */
function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

/** A stamp or a log that cannot be written costs time at the next start, nothing else. @param {string} file @param {string} text */
function writeIfPossible(file, text) {
  try {
    writeFileSync(file, text)
  } catch {
    say('（提示：程序的文件夹不能写，下次启动会再检查一遍。）')
  }
}

/** @param {string} text */
function sha256(text) {
  return createHash('sha256').update(text).digest('hex')
}
