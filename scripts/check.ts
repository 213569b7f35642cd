// `npm run check`: every check of the repository, in order, with seconds. The first that fails stops the rest. A stage whose input
// does not exist is not listed. `npm run check -- --only 类型,格式` runs some of them.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findInstalled } from '../server/src/kernel/postgres.programs.ts'
import { buildWeb, project } from './prepare.js'

interface Stage {
  name: string
  /** words of the command; a function does it in this process */
  run: string[] | (() => Promise<void>)
  env?: Record<string, string>
  /** false: not listed */
  exists?: boolean
  /** where vitest or Playwright writes how many passed */
  report?: string
}

const cache = join(project, '.cache', 'check')
const at = (path: string) => existsSync(join(project, path))
const report = (name: string) => join(cache, `${name}.json`)
const node = join(project, 'node_modules', '.bin', 'node')

function vitest(which: string, name: string): string[] {
  return [
    'vitest',
    'run',
    '--project',
    which,
    '--passWithNoTests',
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${report(name)}`,
  ]
}

const installed = findInstalled(15)
const older = installed.find((one) => one.major === 15) ?? installed.at(-1)

/** A log that is read as a file has no use for colours. */
const plain: Record<string, string> = process.stdout.isTTY ? {} : { NO_COLOR: '1' }

const stages: Stage[] = [
  { name: '类型（服务端）', run: ['tsc', '-p', 'tsconfig.json'] },
  { name: '类型（网页）', run: ['tsc', '-p', 'web/tsconfig.json'], exists: at('web/src/main.tsx') },
  { name: '静态检查', run: ['oxlint', '--type-aware'] },
  { name: '格式', run: ['prettier', '--check', '--log-level=warn', '.'] },
  { name: '网页构建', run: buildWeb, exists: at('web/index.html') },
  {
    name: '网页大小',
    run: [node, 'scripts/web_budget.ts'],
    exists: at('web/index.html') && at('scripts/web_budget.ts'),
  },
  { name: '单元测试', run: vitest('pure', 'pure'), env: plain, report: 'pure' },
  { name: '数据库测试（自带的 18）', run: vitest('pg', 'pg18'), env: plain, report: 'pg18' },
  {
    name: `数据库测试（系统的 ${older?.major ?? '15'}）`,
    run: vitest('pg', 'pg15'),
    env: { ...plain, TEST_PG: '15' },
    report: 'pg15',
  },
  { name: '生成的文件', run: [node, 'scripts/generate.ts', '--check'], exists: at('scripts/generate.ts') },
  {
    name: '端到端',
    run: ['playwright', 'test'],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report('e2e') },
    exists: hasEndToEnd('e2e'),
    report: 'e2e',
  },
  { name: '速度（1/50 规模）', run: [node, 'bench/run.ts', '--size', '1/50'], exists: at('bench/run.ts') },
]

function hasEndToEnd(folder: string): boolean {
  if (!at(folder)) return false
  return readdirSync(join(project, folder), { recursive: true }).some((name) => String(name).endsWith('.e2e.ts'))
}

/** @returns the exit code */
function runWords([program, ...args]: string[], env: Record<string, string>): Promise<number> {
  const bin = join(project, 'node_modules', '.bin')
  return new Promise((done, fail) => {
    const child = spawn(program!, args, {
      cwd: project,
      stdio: 'inherit',
      env: {
        ...process.env,
        ...env,
        PATH: `${bin}:${process.env['PATH']}`,
        NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
      },
    })
    child.once('error', fail)
    child.once('exit', (code) => done(code ?? 1))
  })
}

interface Counts {
  passed: number
  failed: number
}

function counts(name: string): Counts {
  const file = report(name)
  if (!existsSync(file)) return { passed: 0, failed: 0 }
  const said = JSON.parse(readFileSync(file, 'utf8')) as {
    numPassedTests?: number
    numFailedTests?: number
    stats?: { expected: number; unexpected: number }
  }
  return {
    passed: said.numPassedTests ?? said.stats?.expected ?? 0,
    failed: said.numFailedTests ?? said.stats?.unexpected ?? 0,
  }
}

async function main(): Promise<number> {
  const only = process.argv.includes('--only') ? (process.argv.at(-1) ?? '').split(',') : null
  const chosen = stages.filter(
    (one) => one.exists !== false && (!only || only.some((name) => one.name.startsWith(name))),
  )
  const total: Counts = { passed: 0, failed: 0 }
  mkdirSync(cache, { recursive: true })
  let failed: Stage | null = null
  for (const stage of chosen) {
    const begun = Date.now()
    if (stage.report) rmSync(report(stage.report), { force: true })
    let code = 0
    if (typeof stage.run === 'function') await stage.run()
    else code = await runWords(stage.run, stage.env ?? {})
    const counted = stage.report ? counts(stage.report) : { passed: 0, failed: 0 }
    total.passed += counted.passed
    // A stage that stops without saying which test failed still counts as one.
    total.failed += code !== 0 && counted.failed === 0 ? 1 : counted.failed
    const numbers = stage.report ? `，${counted.passed} 项通过` : ''
    process.stdout.write(
      `${code === 0 ? '✓' : '✗'} ${stage.name}  ${((Date.now() - begun) / 1000).toFixed(1)} 秒${numbers}\n`,
    )
    if (code !== 0) {
      failed = stage
      break
    }
  }
  writeFileSync(report('total'), JSON.stringify(total))
  if (failed)
    process.stdout.write(
      `\n“${failed.name}”没有通过，后面的没有再做。原因在上面；改正后可以只做这一步：npm run check -- --only ${failed.name}\n`,
    )
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`)
  return failed ? 1 : 0
}

process.exitCode = await main()
