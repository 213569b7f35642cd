// 分工表: which group, for what, who answers for it, when, which children; then each group's plan and what came of it.
import { boardNeeds, type Board, type BoardGroup, type boardOps } from '@nuanyang/contract/pairings.boards.ts'
import type { FileAnswer, Input } from '@nuanyang/contract/kernel.ts'
import type { OfficialBlock, OfficialDocument } from '../documents/official.ts'
import { printedDay } from '../documents/printed_words.ts'
import type { Ctx } from '../kernel/ctx.ts'

/** The board as its reader sees it, on paper. */
export async function printBoard(
  ctx: Ctx,
  board: Board,
  { format, purpose }: Input<typeof boardOps.print>['body'],
): Promise<FileAnswer> {
  const children = board.groups.flatMap((group) => group.children.map((child) => child.id))
  await ctx.opened(children, 'boards.print', purpose)
  await ctx.audit('boards.print', board.id, { purpose })
  // Loaded on first use: most processes never print.
  const { officialDocument, officialPdf } = await import('../documents/official.ts')
  const paper = boardDocument(board, ctx.today)
  return {
    file_name: `${board.name}分工表.${format}`,
    media:
      format === 'pdf' ? 'application/pdf' : 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    content: await (format === 'pdf' ? officialPdf : officialDocument)(paper),
  }
}

const names = (group: BoardGroup) =>
  [...group.children.map((child) => child.name), ...(group.others > 0 ? [`另有 ${group.others} 人`] : [])].join('、')

export function boardDocument(board: Board, on: string): OfficialDocument {
  const table: OfficialBlock = {
    kind: 'table',
    columns: [
      { header: '组', width: 22, set: 'text' },
      { header: '帮什么', width: 18, set: 'line' },
      { header: '负责人', width: 22, set: 'line' },
      { header: '时间', width: 34, set: 'text' },
      { header: '孩子', width: 60, set: 'text' },
    ],
    rows: board.groups.map((group) => [
      group.name,
      boardNeeds[group.need].zh,
      group.owner?.name ?? '',
      group.times ?? '',
      names(group),
    ]),
  }
  return {
    title: `${board.name}分工表`,
    subtitle: null,
    blocks: [table, ...board.groups.flatMap((group, at) => planOf(group, at))],
    signed: { unit: board.unit_name, on },
  }
}

const numbers = '一二三四五六七八九十'

function planOf(group: BoardGroup, at: number): OfficialBlock[] {
  const head: OfficialBlock = {
    kind: 'heading',
    level: 1,
    text: `${numbers[at] ?? at + 1}、${group.name}${group.owner ? `（${group.owner.name}）` : ''}`,
  }
  if (group.closed) return [head, { kind: 'paragraph', text: '计划、内容和阶段效果由负责人和心理教师保管。' }]
  const lines = [
    group.plan && `计划：${group.plan}`,
    group.content && `内容：${group.content}`,
    ...group.stages.map((stage) => `${printedDay(stage.on)}的效果：${stage.effect}`),
  ].filter((line): line is string => line !== null && line !== '')
  return lines.length === 0 ? [] : [head, ...lines.map((text): OfficialBlock => ({ kind: 'paragraph', text }))]
}
