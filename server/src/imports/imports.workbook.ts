// The user's own sheet again, with one more column that says in words what is the matter with each row.
import { Readable } from 'node:stream'
import type { importOps } from '@nuanyang/contract/imports.ts'
import { issueWords } from '@nuanyang/contract/imports.words.ts'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import { columnNumber } from '@nuanyang/domain/rosters/workbook.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'
import { mine } from './imports.access.ts'

interface Line {
  sheet: string
  row: number
  raw: Record<string, string>
  action: string | null
  issues: { code: string; raw: string }[]
}

/** Cells as typed, as text, plus 问题. @throws not_ready */
export async function workbook(
  ctx: Ctx,
  { id }: Input<typeof importOps.workbook>,
): Promise<Answer<typeof importOps.workbook>> {
  const found = await mine(ctx, id)
  if (found.state === 'uploaded' || found.state === 'reading') throw problem('not_ready')
  const { file_name } = await ctx.db.one<{ file_name: string }>(
    `select file_name from imports where tenant_id = $1 and id = $2`,
    [ctx.tenant, id],
  )
  const lines = await ctx.db.rows<Line>(
    `select sheet, "row", raw, action, issues from import_rows where tenant_id = $1 and import_id = $2 order by position`,
    [ctx.tenant, id],
  )
  await ctx.audit('imports.workbook', id, { import_id: id })
  const { default: exceljs } = await import('exceljs')
  const book = new exceljs.Workbook()
  for (const [name, rows] of Map.groupBy(lines, (line) => line.sheet)) {
    const sheet = book.addWorksheet(name.slice(0, 31).replace(/[\\/?*[\]:]/g, '_') || '表')
    const last = Math.max(0, ...rows.flatMap((line) => Object.keys(line.raw).map(columnNumber))) + 2
    for (const line of rows) {
      const row = sheet.getRow(line.row)
      for (const [column, text] of Object.entries(line.raw))
        Object.assign(row.getCell(columnNumber(column) + 1), { value: text, numFmt: '@' })
      const words = sentenceOf(line)
      if (words)
        Object.assign(row.getCell(last), {
          value: words,
          font: { color: { argb: 'FFB42318' } },
          alignment: { wrapText: true },
        })
    }
    const first = Math.min(...rows.filter((line) => line.action !== null).map((line) => line.row))
    if (Number.isFinite(first) && first > 1)
      Object.assign(sheet.getRow(first - 1).getCell(last), { value: '问题', font: { bold: true } })
    sheet.getColumn(last).width = 48
  }
  const bytes = await book.xlsx.writeBuffer()
  return {
    file_name: `${file_name.replace(/\.\w+$/, '')} 问题.xlsx`,
    media: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    content: Readable.from([Buffer.from(bytes as ArrayBuffer)]),
  }
}

function sentenceOf(line: Line): string {
  const said = line.issues.map(
    (issue) => `${issueWords[issue.code]?.zh ?? issue.code}${issue.raw ? `（${issue.raw.slice(0, 60)}）` : ''}`,
  )
  if (line.action === 'duplicate') said.unshift('疑似重复')
  if (line.action === 'reject') said.unshift('不导入')
  return [...new Set(said)].join('；')
}
