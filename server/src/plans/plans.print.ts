// A plan on paper as it is handed in: 公文 layout (GB/T 9704), Word and PDF, with the table of who does what as its attachment.
import type { FileAnswer, Input } from '@nuanyang/contract/kernel.ts'
import type { PlanItems, Rhythm } from '@nuanyang/contract/plans.items.ts'
import type { planOps } from '@nuanyang/contract/plans.ts'
import { festivals } from '@nuanyang/domain/values/festivals.ts'
import { responsibles } from '@nuanyang/domain/values/responsible.ts'
import { subjects } from '@nuanyang/domain/values/subjects.ts'
import { officialDocument, officialPdf, type OfficialBlock, type OfficialDocument } from '../documents/official.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { getRow, type PlanRow } from './plans.access.ts'
import { itemsOf, taskMonth } from './plans.rows.ts'

const media = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
}

export async function print(ctx: Ctx, { id, what, format }: Input<typeof planOps.print>): Promise<FileAnswer> {
  const plan = await getRow(ctx, id)
  const items = await itemsOf(ctx, id)
  const { text } = await ctx.db.one<{ text: string | null }>('select text from plans where tenant_id = $1 and id = $2', [ctx.tenant, id]) // prettier-ignore
  const document = what === 'division' ? divisionPaper(plan, items, ctx.today) : planPaper(plan, items, what === 'text' ? text : null, ctx.today) // prettier-ignore
  const title = document.title.replaceAll('\n', '')
  return {
    file_name: `${title}.${format}`,
    media: media[format],
    content: await (format === 'pdf' ? officialPdf : officialDocument)(document),
  }
}

/** Pure: the plan as a document. With `text`, the words as they came; else made from the items. */
export function planPaper(plan: PlanRow, items: PlanItems, text: string | null, today: string): OfficialDocument {
  const rows = divisionRows(plan, items)
  return {
    title: brokenTitle(plan.title),
    subtitle: subtitleOf(plan),
    blocks: [
      ...(text === null ? blocksOfItems(plan, items) : blocksOfText(text, plan.title)),
      ...(rows.length > 0 ? [{ kind: 'attachments' as const, names: ['责任分工表'] }] : []),
    ],
    signed: { unit: plan.unit_name, on: plan.adopted_on ?? today },
    ...(rows.length > 0 ? { annex: [{ kind: 'page_break' as const }, { kind: 'addressee' as const, text: '附件' }, { kind: 'heading' as const, level: 1 as const, text: '责任分工表' }, divisionTable(rows)] } : {}),
  } // prettier-ignore
}

function divisionPaper(plan: PlanRow, items: PlanItems, today: string): OfficialDocument {
  return {
    title: brokenTitle(`${plan.title}责任分工表`),
    subtitle: subtitleOf(plan),
    blocks: [divisionTable(divisionRows(plan, items))],
    signed: { unit: plan.unit_name, on: plan.adopted_on ?? today },
  }
}

function subtitleOf(plan: PlanRow): string {
  const month = (on: string) => `${on.slice(0, 4)}年${Number(on.slice(5, 7))}月`
  const state = plan.state === 'draft' ? '，草稿' : plan.state === 'in_discussion' ? '，讨论稿' : ''
  return `（${month(plan.from_on)}至${month(plan.until_on)}${state}）`
}

/** 2号 holds about twenty characters in a line; a longer title breaks where a word ends, near its middle. */
export function brokenTitle(title: string): string {
  if (title.length <= 20) return title
  const ends = [...title.matchAll(/年度?|学期|社区|儿童|村|校|局|镇|县|的/g)].map((m) => m.index + m[0].length).filter((at) => at > 4 && at < title.length - 3) // prettier-ignore
  const middle = title.length / 2
  const at = ends.toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0]
  return at ? `${title.slice(0, at)}\n${title.slice(at)}` : title
}

const numerals = '一二三四五六七八九十'
const han = (n: number): string =>
  n <= 10 ? numerals.charAt(n - 1) : n < 20 ? `十${numerals.charAt(n - 11)}` : `${numerals.charAt(Math.floor(n / 10) - 1)}十${n % 10 ? numerals.charAt((n % 10) - 1) : ''}` // prettier-ignore

function blocksOfItems(plan: PlanRow, items: PlanItems): OfficialBlock[] {
  const blocks: OfficialBlock[] = []
  let part = 0
  const heading = (text: string) => blocks.push({ kind: 'heading', level: 1, text: `${han(++part)}、${text}` })
  const lines = (texts: string[]) => texts.forEach((text, n) => blocks.push({ kind: 'paragraph', text: `${n + 1}.${sentence(text)}` })) // prettier-ignore
  if (items.goals.length > 0) {
    heading('工作目标')
    lines(items.goals.map((goal) => goal.text))
  }
  if (items.measures.length > 0) {
    heading('主要措施')
    items.measures.forEach((measure, n) => {
      blocks.push({ kind: 'heading', level: 2, text: `（${han(n + 1)}）${measure.title}` })
      if (measure.text !== '' && measure.text !== measure.title) blocks.push({ kind: 'paragraph', text: measure.text })
    })
  }
  const duties = items.duties.filter((duty) => duty.ended_reason === null)
  if (duties.length > 0) {
    heading('经常性工作')
    lines(duties.map((duty) => [duty.title, rhythmOf(duty.rhythm), `对象为${label(subjects, duty.subject)}`, whoOf(duty) && `由${whoOf(duty)}负责`].filter(Boolean).join('，'))) // prettier-ignore
  }
  const tasks = items.tasks.filter((task) => task.state !== 'dropped')
  if (tasks.length > 0) {
    heading('工作安排')
    for (const month of [...new Set(tasks.map(taskMonth))].toSorted()) {
      const there = tasks.filter((task) => taskMonth(task) === month)
      blocks.push({ kind: 'paragraph', text: `${monthOf(month, plan)}：${sentence(there.map((task) => task.title).join('；'))}` }) // prettier-ignore
    }
  }
  return blocks
}

/** The lines as they came; a line that carries a number of the four levels becomes that heading. The title is the document's own. */
function blocksOfText(text: string, title: string): OfficialBlock[] {
  const bare = (line: string) => line.replace(/[\s#*]/g, '')
  return text.split('\n').flatMap((raw, n): OfficialBlock[] => {
    const line = raw.replace(/^\s*#+\s*/, '').trim()
    if (line === '' || (n < 5 && bare(title).startsWith(bare(line)))) return []
    if (/^[一二三四五六七八九十]{1,3}[、.．]/.test(line) && line.length <= 30) return [{ kind: 'heading', level: 1, text: line }]
    if (/^（[一二三四五六七八九十]{1,3}）/.test(line) && line.length <= 30) return [{ kind: 'heading', level: 2, text: line }]
    return [{ kind: 'paragraph', text: line }]
  })
} // prettier-ignore

function divisionRows(plan: PlanRow, items: PlanItems): string[][] {
  const duties = items.duties.filter((duty) => duty.ended_reason === null).map((duty) => [duty.title, rhythmOf(duty.rhythm), whoOf(duty)]) // prettier-ignore
  const tasks = items.tasks
    .filter((task) => task.state !== 'dropped')
    .toSorted((a, b) => (taskMonth(a) < taskMonth(b) ? -1 : taskMonth(a) > taskMonth(b) ? 1 : 0))
    .map((task) => [task.title, task.festival ? `${label(festivals, task.festival)}前后` : monthOf(taskMonth(task), plan), whoOf(task)]) // prettier-ignore
  return [...duties, ...tasks].map((row, n) => [String(n + 1), ...row, ''])
}

function divisionTable(rows: string[][]): OfficialBlock {
  return {
    kind: 'table',
    columns: [
      { header: '序号', width: 9, set: 'line' },
      { header: '工作', width: 44, set: 'text' },
      { header: '时间', width: 22, set: 'text' },
      { header: '责任人', width: 21, set: 'text' },
      { header: '完成情况', width: 20, set: 'text' },
    ],
    rows,
  }
}

function whoOf(item: { account_name: string | null; responsible: string | null }): string {
  return item.account_name ?? (item.responsible ? label(responsibles, item.responsible) : '')
}

function label(list: readonly { code: string; zh: string }[], code: string): string {
  return list.find((each) => each.code === code)?.zh ?? code
}

const units = { day: '日', week: '周', month: '月', quarter: '季度', term: '学期', year: '年' }
const events = { new_child: '新登记后', parents_left: '父母外出后', parents_returned: '父母返乡后', carer_changed: '换了照看的人后' } // prettier-ignore

function rhythmOf(rhythm: Rhythm): string {
  if ('every' in rhythm) {
    const n = rhythm.interval ?? 1
    const span = n === 1 ? units[rhythm.every] : rhythm.every === 'month' ? (n === 6 ? '半年' : `${n}个月`) : `${n}${units[rhythm.every]}` // prettier-ignore
    return `每${span}${rhythm.count}次`
  }
  if ('festival' in rhythm) return `${label(festivals, rhythm.festival)}前后`
  if ('month' in rhythm) return `每年${rhythm.month}月`
  if ('within_days' in rhythm) return `${events[rhythm.of]}${rhythm.within_days}个${rhythm.working_days ? '工作日' : '自然日'}内` // prettier-ignore
  return 'continuous' in rhythm ? '长期' : '时间待定'
}

/** 九月, 元月 of the next year as 次年元月. */
function monthOf(month: string, plan: PlanRow): string {
  const n = Number(month.slice(5))
  const name = n === 1 ? '元月' : `${han(n)}月`
  return month.slice(0, 4) > plan.from_on.slice(0, 4) ? `次年${name}` : name
}

function sentence(text: string): string {
  return /[。！？]$/.test(text) ? text : `${text}。`
}
