// `nuanyang import FILE`: reads a roster and says what is in it. Without a unit it needs no database and writes nothing.

import { readRoster } from '@nuanyang/domain/rosters/read.ts'
import type { ImportReport } from '@nuanyang/domain/rosters/report.ts'
import { describeReport } from './command.summary.ts'
import { ReadRefusal } from './refusal.ts'
import { openWorkbook } from './workbook.ts'

export interface ImportArguments {
  readonly file: string
  /** Id, code or unambiguous name path of the unit to import into; null reads the file only. */
  readonly unit: string | null
  /** The person whose rights apply. */
  readonly as: string | null
  readonly dry_run: boolean
  readonly json: boolean
  /** Take every question's proposal, and list them. */
  readonly accept_questions: boolean
  /** YYYY-MM or YYYY-MM-DD over what the file says. */
  readonly as_of: string | null
}

const USAGE =
  '用法：nuanyang import 文件 [--dry-run] [--json] [--as-of 2025-09] [--accept-questions] [--unit 单位 --as 用户名]'

/** Arguments, or a sentence that says which one is wrong. */
export function parseImportArgs(args: readonly string[]): ImportArguments | { readonly wrong: string } {
  const flags = { '--dry-run': false, '--json': false, '--accept-questions': false }
  const values: { '--unit': string | null; '--as': string | null; '--as-of': string | null } = {
    '--unit': null,
    '--as': null,
    '--as-of': null,
  }
  const files: string[] = []
  for (let place = 0; place < args.length; place++) {
    const argument = args[place] ?? ''
    const [name = '', attached] = argument.startsWith('--') ? splitOnce(argument) : [argument]
    if (name in flags) flags[name as keyof typeof flags] = true
    else if (name in values) {
      const value = attached ?? args[++place]
      if (value === undefined || value.startsWith('--')) return { wrong: `${name} 后面要写一个值。${USAGE}` }
      values[name as keyof typeof values] = value
    } else if (argument.startsWith('--')) return { wrong: `不认识参数 ${argument}。${USAGE}` }
    else files.push(argument)
  }
  const [file] = files
  if (file === undefined) return { wrong: `请写上要导入的文件。${USAGE}` }
  if (files.length > 1)
    return { wrong: `一次只能导入一个文件，收到了 ${files.length} 个：${files.join('、')}。文件名里有空格时请加引号。` }
  const asOf = values['--as-of']
  if (asOf !== null && !/^\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?$/.test(asOf))
    return { wrong: `--as-of 要写成 2025-09 或 2025-09-01，收到的是“${asOf}”。` }
  if (values['--unit'] === null && !flags['--dry-run'])
    return { wrong: `要写进档案，请说明写到哪里：--unit 单位 --as 用户名；只看不写，请加 --dry-run。${USAGE}` }
  if (values['--unit'] !== null && values['--as'] === null)
    return { wrong: `请说明以谁的身份来做：--as 用户名。${USAGE}` }
  return {
    file,
    unit: values['--unit'],
    as: values['--as'],
    dry_run: flags['--dry-run'],
    json: flags['--json'],
    accept_questions: flags['--accept-questions'],
    as_of: asOf,
  }
}

function splitOnce(argument: string): [string, string | undefined] {
  const at = argument.indexOf('=')
  return at < 0 ? [argument, undefined] : [argument.slice(0, at), argument.slice(at + 1)]
}

/** Exit code 0 when the file could be read, 2 when it could not or the arguments are wrong, 1 when it was to be written and was not. With `--json` standard output is the report alone. */
export async function importCommand(args: string[]): Promise<number> {
  const parsed = parseImportArgs(args)
  if ('wrong' in parsed) {
    await write(process.stderr, `${parsed.wrong}\n`)
    return 2
  }
  try {
    const { report, ending, code } = await doImport(parsed)
    await write(process.stdout, parsed.json ? `${JSON.stringify(report)}\n` : describeReport(report, ending))
    if (parsed.json && ending) await write(process.stderr, `${ending}\n`)
    return code
  } catch (cause) {
    if (!(cause instanceof ReadRefusal)) throw cause
    if (parsed.json)
      await write(process.stdout, `${JSON.stringify({ error: { code: cause.code, zh: cause.zh, en: cause.en } })}\n`)
    await write(process.stderr, `${parsed.file}：${cause.zh}\n`)
    return 2
  }
}

interface Outcome {
  report: ImportReport
  /** What was done with it; left out where only the file was read. */
  ending?: string
  code: number
}

/** With a unit the files there are compared and, without `--dry-run`, written; the database is opened for nothing less. */
async function doImport(parsed: ImportArguments): Promise<Outcome> {
  if (parsed.unit === null) return { report: await readFileOnly(parsed), code: 0 }
  const { importIntoUnit } = await import('./apply_command.ts')
  return importIntoUnit({ ...parsed, unit: parsed.unit })
}

/** The report of a file by itself: every child is `create` unless it repeats in the file. */
export async function readFileOnly(
  args: Pick<ImportArguments, 'file' | 'as_of' | 'accept_questions'>,
): Promise<ImportReport> {
  const workbook = await openWorkbook(args.file)
  const report = readRoster(workbook, {
    today: todayInShanghai(),
    accept_proposals: args.accept_questions,
    ...(args.as_of === null ? {} : { as_of: args.as_of }),
  })
  if (report.rows.length === 0 && report.sheets.every((sheet) => sheet.tables.length === 0))
    throw new ReadRefusal('no_roster')
  return report
}

function todayInShanghai(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())
}

// A report of twenty thousand rows is larger than a pipe holds: the process may end only when it is written.
function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (problem) => (problem ? reject(problem) : resolve()))
  })
}
