// `npm test`: install what is missing (npm packages by the lock, Debian packages through apt-get), then `npm run check`. Runs under Node 20.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { install, requireNode, runPinned, say, stop } from './scripts/prepare.js'

/** What the tests need from the system, and how to see that it is there. */
const packages = [
  { name: 'chromium', there: () => existsSync('/usr/bin/chromium') },
  { name: 'fonts-noto-cjk', there: () => existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc') },
  { name: 'poppler-utils', there: () => existsSync('/usr/bin/pdftoppm') },
  { name: 'postgresql-15', there: () => postgresMajors().some((major) => major >= 15) },
]

function postgresMajors() {
  const home = '/usr/lib/postgresql'
  return existsSync(home)
    ? readdirSync(home)
        .map(Number)
        .filter((major) => existsSync(`${home}/${major}/bin/initdb`))
    : []
}

function installPackages() {
  const missing = packages.filter((one) => !one.there()).map((one) => one.name)
  if (missing.length === 0) return
  if (!existsSync('/usr/bin/apt-get'))
    stop(
      `测试还需要：${missing.join('、')}。这台电脑没有 apt-get，请用系统自己的办法装上（PostgreSQL 15 或更新），再运行 npm test。`,
    )
  const root = process.getuid?.() === 0
  if (!root)
    stop(
      `测试还需要几个系统软件，安装要管理员权限。请运行：\n\n  sudo apt-get update && sudo apt-get install -y ${missing.map(inDistribution).join(' ')}\n\n再运行一次 npm test。`,
    )
  say(`正在安装系统软件：${missing.join('、')}……`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const update = spawnSync('apt-get', ['update', '-qq'], { env, encoding: 'utf8' })
  const wanted = missing.map(inDistribution)
  const asked = spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...wanted], {
    env,
    encoding: 'utf8',
  })
  if (asked.status !== 0)
    stop(
      `系统软件没有装好：\n${`${update.stderr ?? ''}${asked.stderr ?? ''}`.trim().split('\n').slice(-8).join('\n')}\n请检查网络和软件源，再运行：apt-get install -y ${wanted.join(' ')}`,
    )
}

/** Debian 12 has PostgreSQL 15; another distribution's own version serves as well, if it is newer. */
function inDistribution(name) {
  if (name !== 'postgresql-15') return name
  const known = spawnSync('apt-cache', ['show', '--no-all-versions', name], { encoding: 'utf8' })
  return known.status === 0 && known.stdout.includes('Package:') ? name : 'postgresql'
}

const begun = Date.now()
requireNode()
installPackages()
await install()
say(`安装  ${((Date.now() - begun) / 1000).toFixed(1)} 秒`)
process.exitCode = await runPinned(['scripts/check.ts', ...process.argv.slice(2)])
