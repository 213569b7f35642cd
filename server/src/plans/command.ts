import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { readPlans } from '@nuanyang/domain/plans/read.ts'
import type { PlanDuty, PlanRead, Rhythm } from '@nuanyang/domain/plans/types.ts'
import { festivals } from '@nuanyang/domain/values/festivals.ts'
import { kinds } from '@nuanyang/domain/values/kinds.ts'
import { shanghaiDay } from '../kernel/clock.ts'
import { planText } from './text.ts'

const USAGE = '用法：nuanyang plan parse 文件 [--json] [--year 2026]'

/**
 * `nuanyang plan parse FILE [--json] [--year 2026]`: reads the plans of a file and prints them.
 * @returns 0 when at least one plan was found, 2 otherwise, with a sentence on stderr that says why. With --json stdout holds JSON alone.
 */
export async function planCommand(args: string[]): Promise<number> {
  const asked = readArgs(args)
  if ('wrong' in asked) return fail(asked.wrong)
  let bytes: Buffer
  try {
    bytes = await readFile(asked.file)
  } catch (error) {
    return fail(whyUnreadable(asked.file, error))
  }
  const read = planText(asked.file, bytes)
  if (!read.ok) return fail(`${basename(asked.file)}：${read.refusal.zh}`)
  const reading = readPlans(read.text, { today: shanghaiDay(new Date()), ...(asked.year ? { year: asked.year } : {}) })
  if (reading.plans.length === 0)
    return fail(
      `${basename(asked.file)}：没有读到工作计划：文字里既没有目标，也没有措施或按月份的安排。请检查是不是选错了文件。`,
    )
  const source = {
    name: basename(asked.file),
    format: read.format,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    text: read.text,
  }
  if (asked.json) process.stdout.write(`${JSON.stringify({ source, ...reading, notes: read.notes })}\n`)
  else
    process.stdout.write(
      `${[...read.notes.map((n) => n.zh), ...reading.plans.map(show), ...reading.problems.map((p) => p.zh)].join('\n\n')}\n`,
    )
  return 0
}

function readArgs(args: string[]): { file: string; json: boolean; year: number | null } | { wrong: string } {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, year: { type: 'string' } },
    })
    const [verb, file, more] = positionals
    if (verb !== 'parse' || !file || more) return { wrong: USAGE }
    const year = values.year === undefined ? null : Number(values.year)
    if (year !== null && !(Number.isInteger(year) && year >= 1990 && year <= 2100))
      return { wrong: `--year 后面要写 1990 到 2100 之间的年份，例如 --year 2026；现在写的是“${values.year ?? ''}”。` }
    return { file, json: values.json, year }
  } catch {
    return { wrong: USAGE }
  }
}

function whyUnreadable(file: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOENT') return `找不到文件“${file}”，请检查路径。`
  if (code === 'EISDIR') return `“${file}”是文件夹，不是文件；请指定一个 .txt、.md 或 .docx 文件。`
  return `文件“${file}”打不开，请检查权限，或把它复制到别处再试。`
}

function fail(sentence: string): number {
  process.stderr.write(`${sentence}\n`)
  return 2
}

/** A plan for people at a terminal: what was read, each line with its kind. */
function show(plan: PlanRead): string {
  const kind = (code: string): string => kinds.find((k) => k.code === code)?.zh ?? code
  const lines = [`【${plan.title || '（没有标题的计划）'}】${plan.from ? ` ${plan.from} 至 ${plan.until ?? ''}` : ''}`]
  for (const g of plan.goals)
    lines.push(`  目标：${g.text}${g.target === null ? '' : `（${Math.round(g.target * 1000) / 10}%）`}`)
  for (const d of plan.duties)
    lines.push(`  职责：${d.title}（${kind(d.kind)}；${rhythmWords(d)}${d.measure ? `；措施 ${d.measure}` : ''}）`)
  for (const t of plan.tasks)
    lines.push(`  任务：${t.year_offset > 0 ? '次年' : ''}${t.month} 月 ${t.title}（${kind(t.kind)}）`)
  for (const p of plan.problems) lines.push(`  请留意：${p.zh}`)
  return lines.join('\n')
}

const UNITS = { day: '天', week: '周', month: '个月', quarter: '季度', term: '学期', year: '年' }

function rhythmWords({ rhythm }: PlanDuty): string {
  const r: Rhythm = rhythm
  if ('every' in r) {
    const period = (r.interval ?? 1) === 1 ? UNITS[r.every].replace('个月', '月') : `${r.interval} ${UNITS[r.every]}`
    return `每${period} ${r.count} 次`
  }
  if ('festival' in r) return festivals.find((f) => f.code === r.festival)?.zh ?? r.festival
  if ('month' in r) return `每年 ${r.month} 月`
  if ('within_days' in r) return `${r.within_days} 个${r.working_days ? '工作日' : '日'}内`
  return 'continuous' in r ? '随时' : '时间待定'
}
