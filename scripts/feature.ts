// `npm run feature units`: the files of a feature in the order in which they are read: contract, migration, access, verbs,
// tests, page. Without a name it lists the features.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from '../server/src/kernel/config.ts'

const under = (folder: string) =>
  existsSync(join(projectFolder, folder))
    ? readdirSync(join(projectFolder, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.\w+$/.test(name))
        .map((name) => `${folder}/${name}`)
        .toSorted()
    : []

const name = process.argv[2]
const features = readdirSync(join(projectFolder, 'server/src')).filter(
  (one) => one !== 'kernel' && existsSync(join(projectFolder, 'contract/src', `${one}.ts`)),
)
if (!name || !features.includes(name)) {
  process.stdout.write(
    `${name ? `没有“${name}”这个功能。` : '用法：npm run feature <名称>。'}现有：${features.join('、')}\n`,
  )
  process.exitCode = name ? 1 : 0
} else {
  const own = new RegExp(`^${name}(\\.|$)|/${name}(\\.\\w+)*\\.\\w+$`)
  const server = under(`server/src/${name}`)
  const tests = server.filter((path) => path.endsWith('.test.ts'))
  const parts: [string, string[]][] = [
    ['契约', under('contract/src').filter((path) => own.test(path))],
    [
      '表',
      ['db/migrations', 'db/views']
        .flatMap(under)
        .filter((path) => tablesOf(path).some((table) => writes(server).has(table))),
    ],
    ['谁看得见', server.filter((path) => path.endsWith('.access.ts'))],
    ['动作', server.filter((path) => !/\.access\.ts$|\.test\.ts$/.test(path))],
    ['测试', [...tests, ...under('e2e').filter((path) => own.test(path))]],
    ['网页', under(`web/src/${name}`)],
  ]
  for (const [title, paths] of parts) {
    if (paths.length === 0) continue
    process.stdout.write(`${title}\n`)
    for (const path of paths) process.stdout.write(`  ${path}${firstWords(path)}\n`)
  }
}

/** Tables that these files write: the feature's own. */
function writes(paths: readonly string[]): Set<string> {
  const text = paths
    .filter((path) => !path.endsWith('.test.ts'))
    .map((path) => readFileSync(join(projectFolder, path), 'utf8'))
  return new Set([...text.join('\n').matchAll(/\binsert into ([a-z_]+)/g)].map((match) => match[1]!))
}

function tablesOf(path: string): string[] {
  if (!path.endsWith('.sql')) return []
  const text = readFileSync(join(projectFolder, path), 'utf8')
  return [...text.matchAll(/^create (?:table|or replace view|view) (\w+)/gm)].map((match) => match[1]!)
}

function firstWords(path: string): string {
  if (!/\.(ts|tsx|sql)$/.test(path)) return ''
  const line = readFileSync(join(projectFolder, path), 'utf8')
    .split('\n')
    .find((one) => /^(\/\/|--| \*) \S/.test(one))
  return line ? `  ${line.replace(/^(\/\/|--| \*) /, '').slice(0, 90)}` : ''
}
