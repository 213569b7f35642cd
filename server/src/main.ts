// The `nuanyang` command line. A command's module is loaded when it is called, and `--help` lists only those that exist.
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { readConfig } from './kernel/config.ts'
import { explainFile, messageOf, Sentence } from './kernel/sentence.ts'

interface Command {
  name: string
  usage: string
  does: string
  /** the module that decides whether the command exists */
  file: string
  run(args: string[]): Promise<number | void>
}

const say = (line: string) => void process.stdout.write(`${line}\n`)

/** A module of a feature that may come later: its address is no literal, so that its absence is no type error. */
async function load(file: string): Promise<Record<string, (args: string[]) => Promise<number | void>>> {
  return import(new URL(file, import.meta.url).href)
}

/** The divisions of the whole country, once per edition. People may already come in while it runs. */
async function settleIn(client: pg.Client, tell: (line: string) => void): Promise<void> {
  const { loadDivisions } = await import('./units/divisions.ts')
  let said = false
  const { loaded, ms } = await loadDivisions(client, {
    onProgress: () => {
      if (!said) tell('正在装入全国行政区划（只有第一次需要，约半分钟；现在就可以打开网页）……')
      said = true
    },
  })
  if (loaded) tell(`全国行政区划装好了（${Math.round(ms / 1000)} 秒）。`)
}

const commands: Command[] = [
  {
    name: 'start',
    usage: 'start',
    does: '启动（和 npm start 一样，但不安装也不构建）',
    file: './app.ts',
    run: async () => (await import('./kernel/start.ts')).start({ ...(await import('./app.ts')), settleIn }, say),
  },
  {
    name: 'worker',
    usage: 'worker',
    does: '只做后台任务，不开网页（用 DATABASE_URL 时可以多开）',
    file: './app.ts',
    run: async () => (await import('./kernel/worker.ts')).work(await import('./app.ts'), say),
  },
  {
    name: 'migrate',
    usage: 'migrate',
    does: '把数据库的结构更新到这个版本',
    file: './kernel/migrate.command.ts',
    run: async () => (await import('./kernel/migrate.command.ts')).migrateCommand(settleIn, say),
  },
  {
    name: 'import',
    usage: 'import 文件 --unit 单位 --as 用户名 [--dry-run]',
    does: '读入花名册、台账（--dry-run 只看不写）',
    file: './imports/command.ts',
    run: async (args) => (await load('./imports/command.ts'))['importCommand']!(args),
  },
  {
    name: 'plan',
    usage: 'plan parse 文件 [--json]',
    does: '读懂一份工作计划',
    file: './plans/command.ts',
    run: async (args) => (await load('./plans/command.ts'))['planCommand']!(args),
  },
  {
    name: 'backup',
    usage: 'backup 文件 [--passphrase-file 文件]',
    does: '把数据库和文件备份成一个文件（运行中也可以）',
    file: './backup/backup.ts',
    run: async (args) => (await load('./backup/backup.ts'))['backupCommand']!(args),
  },
  {
    name: 'restore',
    usage: 'restore 文件 [--passphrase-file 文件]',
    does: '把备份恢复到空的数据文件夹或空的数据库',
    file: './backup/restore.ts',
    run: async (args) => (await load('./backup/restore.ts'))['restoreCommand']!(args),
  },
  {
    name: 'seed',
    usage: 'seed --children 人数 --villages 村数',
    does: '造几个县的虚构数据（量速度、试用）',
    file: './demo/seed_command.ts',
    run: async (args) => (await load('./demo/seed_command.ts'))['seedCommand']!(args),
  },
  {
    name: 'password',
    usage: 'password 用户名 [--totp-off]',
    does: '唯一的管理员忘了密码：给一个一次性密码',
    file: './accounts/password_command.ts',
    run: async (args) => (await load('./accounts/password_command.ts'))['passwordCommand']!(args),
  },
  {
    name: 'doctor',
    usage: 'doctor',
    does: '体检：逐项检查能不能安全运行，并说怎么办',
    file: './doctor/doctor.ts',
    run: async (args) => (await load('./doctor/doctor.ts'))['doctorCommand']!(args),
  },
]

function existing(): Command[] {
  return commands.filter((command) => existsSync(fileURLToPath(new URL(command.file, import.meta.url))))
}

/** Columns on a terminal: 汉字 take two. */
function width(text: string): number {
  return Array.from(text).reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x2e80 ? 2 : 1), 0)
}

function help(): string {
  const lines = existing().map(
    (command) => `  nuanyang ${command.usage}${' '.repeat(Math.max(2, 44 - width(command.usage)))}${command.does}`,
  )
  return `暖阳：留守儿童关爱系统\n\n${lines.join('\n')}\n\n设置都在环境变量里：PORT HOST DATA_DIR DATABASE_URL DATABASE_OWNER_URL PUBLIC_URL TRUST_PROXY TLS_CERT TLS_KEY SECRET_KEY SCAN_COMMAND LOG_LEVEL\n`
}

async function main(args: string[]): Promise<number> {
  const [name, ...rest] = args
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(help())
    return name === undefined ? 2 : 0
  }
  const command = existing().find((one) => one.name === name)
  if (!command) throw new Sentence(`没有“${name}”这个命令。运行 npx nuanyang --help 看有哪些。`)
  if (rest.includes('--help') || rest.includes('-h')) {
    say(`用法：nuanyang ${command.usage}\n${command.does}`)
    return 0
  }
  return (await command.run(rest)) ?? 0
}

/** A sentence is printed alone. What nobody foresaw keeps its stack in a file, for whoever is asked for help. */
function tell(error: unknown): void {
  const known = error instanceof Sentence ? error : explainFile(error, '要写的文件')
  if (known) {
    process.stderr.write(`${known.message}\n`)
    return
  }
  process.stderr.write(`没有料到的问题：${messageOf(error)}\n${keepDetails(error)}\n`)
}

function keepDetails(error: unknown): string {
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error)
  try {
    const file = join(readConfig().dataDir, 'error.log')
    writeFileSync(file, `${new Date().toISOString()}\n${details}\n\n`, { flag: 'a', mode: 0o600 })
    return `数据没有动。详细情况记在 ${file}，找人帮忙时请带上它；也可以运行 npx nuanyang doctor 检查一遍。`
  } catch {
    return '请运行 npx nuanyang doctor 检查一遍。'
  }
}

// Nothing may end in a stack trace, not even what no promise was waiting for.
for (const event of ['uncaughtException', 'unhandledRejection'] as const)
  process.on(event, (error: unknown) => {
    tell(error)
    process.exit(1)
  })

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  tell(error)
  process.exitCode = 1
}
// Whatever still holds a handle (an idle worker thread, a channel) has had its turn: output is flushed before leaving.
process.stdout.write('', () => process.exit())
