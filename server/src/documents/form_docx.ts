// The Word side of form.ts: the same frames, in 宋体 with heads in 黑体.
import type { FileChild, Table } from 'docx'
import { bare, cell, loadDocx, mm, paragraph } from './docx.ts'
import type { FormBlock, FormDocument, FormPage } from './form.ts'

type Docx = Awaited<ReturnType<typeof loadDocx>>
const label = 30

/** Builds the file; called in the thread of press.ts. */
export async function buildFormDocx(document: FormDocument): Promise<Uint8Array<ArrayBuffer>> {
  const docx = await loadDocx()
  const width = (document.landscape ? 297 : 210) - 40
  const page = {
    size: {
      width: mm(210),
      height: mm(297),
      orientation: document.landscape ? docx.PageOrientation.LANDSCAPE : docx.PageOrientation.PORTRAIT,
    },
    margin: { top: mm(20), bottom: mm(20), left: mm(20), right: mm(20) },
  }
  const file = new docx.Document({
    title: document.pages[0]?.title ?? '',
    creator: '暖阳',
    styles: { default: { document: { run: { language: { eastAsia: 'zh-CN', value: 'en-US' } } } } },
    sections: document.pages.map((sheet) => ({
      properties: { page },
      footers: { default: new docx.Footer({ children: [paragraph(docx, document.foot, 'song', 8)] }) },
      children: sheetOf(docx, sheet, width),
    })),
  })
  return new Uint8Array(await docx.Packer.toBuffer(file))
}

function sheetOf(docx: Docx, sheet: FormPage, width: number): FileChild[] {
  const centred = { alignment: docx.AlignmentType.CENTER, spacing: { before: 0, after: 120 } }
  const children: FileChild[] = sheet.title.split('\n').map((text) => paragraph(docx, text, 'heading', 18, centred))
  children.push(
    bareRow(docx, [paragraph(docx, sheet.above[0], 'song', 10), paragraph(docx, sheet.above[1], 'song', 10, { alignment: docx.AlignmentType.RIGHT })], width),
  ) // prettier-ignore
  for (const block of sheet.blocks) children.push(...blockOf(docx, block, width))
  if (sheet.signatures.length > 0) {
    children.push(paragraph(docx, '', 'song', 11, { spacing: { before: 200 } }))
    const each = sheet.signatures.map((words) => paragraph(docx, `${words}：`, 'song', 10.5))
    children.push(bareRow(docx, each, width))
  }
  return children
}

/** Things side by side without a frame. */
function bareRow(docx: Docx, parts: readonly FileChild[], width: number): Table {
  const each = width / parts.length
  return new docx.Table({
    borders: bare(docx),
    width: { size: mm(width), type: docx.WidthType.DXA },
    columnWidths: parts.map(() => mm(each)),
    rows: [new docx.TableRow({ children: parts.map((part) => cell(docx, [part as never], { width: { size: mm(each), type: docx.WidthType.DXA } })) })],
  })
} // prettier-ignore

function blockOf(docx: Docx, block: FormBlock, width: number): FileChild[] {
  switch (block.kind) {
    case 'pairs':
      return block.rows.map((row) => {
        const value = (width - label * row.length) / row.length
        return framed(
          docx,
          row.flatMap(() => [label, value]),
          [{ cells: row.flatMap(([name, words]) => [head(docx, name), body(docx, words)]), height: 9 }],
        )
      })
    case 'text':
      return [framed(docx, [label, width - label], [{ cells: [head(docx, block.name), body(docx, block.text)], height: block.least + 5 }])] // prettier-ignore
    case 'table': {
      const shares = block.columns.reduce((sum, column) => sum + column.width, 0)
      const widths = block.columns.map((column) => (column.width / shares) * width)
      const align = { left: docx.AlignmentType.LEFT, center: docx.AlignmentType.CENTER, right: docx.AlignmentType.RIGHT }
      const rows = block.rows.map((row) => ({
        cells: block.columns.map((column, at) =>
          (row[at] ?? '').split('\n').map((words) => paragraph(docx, words, 'song', 10, { alignment: align[column.align] })),
        ),
        height: block.row_height + 4,
      }))
      const caption = block.caption === null ? [] : [paragraph(docx, block.caption, 'heading', 11, { spacing: { before: 160, after: 80 } })]
      return [...caption, framed(docx, widths, [{ cells: block.columns.map((column) => head(docx, column.header)), height: 9, top: true }, ...rows])]
    }
    case 'signed':
      return block.items.map((item) => {
        const height = 60
        const picture = new docx.ImageRun({ type: 'jpg', data: item.jpeg, transformation: { width: Math.round((item.width / item.height) * height), height } })
        return new docx.Paragraph({ spacing: { before: 120 }, children: [new docx.TextRun({ text: `${item.signed_by}签字：`, size: 21 }), picture] })
      })
    case 'words':
      return block.paragraphs.map((words) =>
        paragraph(docx, words, 'song', 12, { indent: { firstLine: 480 }, spacing: { before: 60, after: 60, line: 420 } }),
      )
  }
} // prettier-ignore

type Paragraphs = ReturnType<typeof paragraph>[]
const head = (docx: Docx, words: string): Paragraphs => [
  paragraph(docx, words, 'heading', 10.5, { alignment: docx.AlignmentType.CENTER }),
]
const body = (docx: Docx, words: string): Paragraphs =>
  words.split('\n').map((text) => paragraph(docx, text, 'song', 11))

function framed(
  docx: Docx,
  widths: readonly number[],
  rows: readonly { cells: readonly Paragraphs[]; height: number; top?: boolean }[],
): Table {
  return new docx.Table({
    layout: docx.TableLayoutType.FIXED,
    width: { size: mm(widths.reduce((sum, width) => sum + width, 0)), type: docx.WidthType.DXA },
    columnWidths: widths.map(mm),
    rows: rows.map(
      (row) =>
        new docx.TableRow({
          tableHeader: row.top ?? false,
          cantSplit: row.height < 60,
          height: { value: mm(row.height), rule: docx.HeightRule.ATLEAST },
          children: row.cells.map((paragraphs, at) =>
            cell(docx, paragraphs, {
              width: { size: mm(widths[at] ?? 0), type: docx.WidthType.DXA },
              margins: { left: mm(1.5), right: mm(1.5), top: mm(1), bottom: mm(1), marginUnitType: docx.WidthType.DXA },
            }),
          ),
        }),
    ),
  })
}
