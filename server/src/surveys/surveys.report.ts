// 摸底报告 as it is handed in: numbers, reasons, requests, what changed since the last round. No child's name; in a table that leaves the
// house a count under five would tell who it is, so it is printed as 少于 5.
import type { FileAnswer } from '@nuanyang/contract/kernel.ts'
import { seenStates, visitStates, type RoundPart, type VisitState } from '@nuanyang/contract/surveys.ts'
import { storedClassLabel } from '@nuanyang/domain/class_label.ts'
import { officialDocument, type OfficialBlock } from '../documents/official.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { get } from './surveys.list.ts'
import { wordOf } from './surveys.words.ts'

const least = 5
const hidden = (n: number) => (n > 0 && n < least ? `少于 ${least}` : String(n))
const day = (on: string) => {
  const [year, month, date] = on.split('-').map(Number)
  return `${year}年${month}月${date}日`
}
const partWords: Record<RoundPart, readonly [title: string, head: string]> = {
  class: ['各班进度', '班级'],
  village: ['各村进度', '村（社区）'],
  group: ['各组进度', '组（网格）'],
}
const percent = (part: number, whole: number) => (whole === 0 ? '—' : `${Math.round((part / whole) * 100)}%`)

export async function surveyReport(ctx: Ctx, id: string): Promise<FileAnswer> {
  const round = await get(ctx, { id })
  const seen = seenStates.reduce((sum, state) => sum + (round.counts[state] ?? 0), 0)
  const blocks: OfficialBlock[] = [
    { kind: 'heading', level: 1, text: '一、基本情况' },
    {
      kind: 'paragraph',
      text: `本次摸底走访自${day(round.from_on)}至${day(round.until_on)}，应走访儿童 ${round.children} 人，见到 ${seen} 人，占 ${percent(seen, round.children)}。截至${day(ctx.today)}，各种情况如下。`,
    },
    {
      kind: 'table',
      columns: [
        { header: '情况', width: 3, set: 'text' },
        { header: '人数', width: 1, set: 'line' },
        { header: '占比', width: 1, set: 'line' },
      ],
      rows: (Object.keys(visitStates) as VisitState[]).map((state) => [
        visitStates[state].zh,
        String(round.counts[state] ?? 0),
        percent(round.counts[state] ?? 0, round.children),
      ]),
    },
    { kind: 'heading', level: 1, text: `二、${partWords[round.by][0]}` },
    {
      kind: 'table',
      columns: [
        { header: partWords[round.by][1], width: 3, set: 'text' },
        { header: '应走访', width: 1, set: 'line' },
        { header: '见到', width: 1, set: 'line' },
        { header: '没有人在', width: 1, set: 'line' },
      ],
      rows: round.boards.map((board) => [
        board.name === null ? '没有写明' : round.by === 'class' ? storedClassLabel(board.name, ctx.today) : board.name,
        String(board.children),
        String(board.seen),
        String(board.not_home),
      ]),
    },
    { kind: 'heading', level: 1, text: '三、留守的原因' },
    ...counted('reasons', round.cross.reasons, '原因'),
    { kind: 'heading', level: 1, text: '四、家庭的诉求' },
    ...counted('request_about', round.cross.requests, '诉求'),
    { kind: 'heading', level: 1, text: '五、与上一轮相比' },
    {
      kind: 'paragraph',
      text: round.differences
        ? `与“${round.differences.before_title}”相比，新增 ${round.differences.joined} 人，离开 ${round.differences.left} 人，上次见到、这次没有人在的 ${round.differences.newly_not_home} 人。`
        : '这是本单位的第一轮，没有可比的。',
    },
  ]
  const title = `${round.unit_name}\n${round.title}报告`
  return {
    file_name: `${round.unit_name}${round.title}报告.docx`,
    media: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    content: await officialDocument({
      title,
      subtitle: null,
      blocks,
      signed: { unit: round.unit_name, on: ctx.today },
    }),
  }
}

function counted(
  field: 'reasons' | 'request_about',
  rows: readonly { code: string; children: number }[],
  head: string,
): OfficialBlock[] {
  if (rows.length === 0) return [{ kind: 'paragraph', text: '这一轮没有记下。' }]
  return [
    {
      kind: 'table',
      columns: [
        { header: head, width: 3, set: 'text' },
        { header: '涉及儿童', width: 1, set: 'line' },
      ],
      rows: rows.map((row) => [wordOf(field, row.code), hidden(row.children)]),
    },
  ]
}
