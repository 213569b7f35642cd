// The Word side of a table, from the same layout as the PDF. Called in the thread of press.ts.
import type { FileChild, TableRow } from 'docx'
import { cell, loadDocx, mm, runs } from './docx.ts'
import type { LaidCell, LaidHead, LaidTable } from './table_layout.ts'

type Docx = Awaited<ReturnType<typeof loadDocx>>
const tight = { before: 0, after: 0 }
const tab = (docx: Docx) => new docx.TextRun({ children: [new docx.Tab()] })

export async function buildTableDocx(table: LaidTable): Promise<Uint8Array<ArrayBuffer>> {
  const docx = await loadDocx()
  const { page } = table
  const file = new docx.Document({
    title: table.title,
    creator: '暖阳',
    styles: { default: { document: { run: { language: { eastAsia: 'zh-CN', value: 'en-US' } } } } },
    sections: [
      {
        properties: {
          page: {
            // The library turns width and height round for a lying page.
            size: { width: mm(page.height), height: mm(page.width), orientation: docx.PageOrientation.LANDSCAPE },
            margin: {
              top: mm(13),
              bottom: mm(15),
              left: mm(page.margin),
              right: mm(page.margin),
              header: mm(6),
              footer: mm(6),
            },
          },
        },
        footers: { default: footer(docx, table) },
        children: [
          new docx.Paragraph({
            alignment: docx.AlignmentType.CENTER,
            spacing: { before: 0, after: 120 },
            children: runs(docx, table.title, 'title', 18),
          }),
          topLine(docx, table),
          grid(docx, table),
          ...below(docx, table),
        ],
      },
    ],
  })
  return new Uint8Array(await docx.Packer.toBuffer(file))
}

function topLine(docx: Docx, table: LaidTable): FileChild {
  return new docx.Paragraph({
    spacing: { before: 0, after: 60 },
    tabStops: [{ type: docx.TabStopType.RIGHT, position: mm(table.page.width - 2 * table.page.margin) }],
    children: [...runs(docx, table.unit, 'song', 10.5), tab(docx), ...runs(docx, table.day, 'song', 10.5)],
  })
}

function grid(docx: Docx, table: LaidTable): FileChild {
  const width = (column: number, across: number) =>
    mm(table.widths.slice(column, column + across).reduce((sum, each) => sum + each, 0))
  const place = (column: number, across: number) => ({
    width: { size: width(column, across), type: docx.WidthType.DXA },
    margins: { left: mm(0.8), right: mm(0.8), top: mm(1), bottom: mm(1), marginUnitType: docx.WidthType.DXA },
  })
  const headCell = (head: LaidHead) =>
    cell(
      docx,
      [
        new docx.Paragraph({
          alignment: docx.AlignmentType.CENTER,
          spacing: tight,
          children: runs(docx, head.text, 'heading', head.size),
        }),
      ],
      { ...place(head.column, head.across), columnSpan: head.across, rowSpan: head.down },
    )
  const heads: TableRow[] = Array.from(
    { length: table.levels },
    (_, row) =>
      new docx.TableRow({
        tableHeader: true,
        cantSplit: true,
        children: table.head.filter((head) => head.row === row).map(headCell),
      }),
  )
  const bodyCell = (one: LaidCell, column: number, bold: boolean) =>
    cell(
      docx,
      one.text.split('\n').map(
        (line) =>
          new docx.Paragraph({
            alignment: one.set === 'left' ? docx.AlignmentType.LEFT : docx.AlignmentType.CENTER,
            spacing: tight,
            children: runs(docx, line, bold ? 'heading' : 'song', one.size),
          }),
      ),
      place(column, 1),
    )
  const first = table.rows.length - table.sums
  return new docx.Table({
    alignment: docx.AlignmentType.CENTER,
    layout: docx.TableLayoutType.FIXED,
    columnWidths: table.widths.map(mm),
    width: { size: width(0, table.widths.length), type: docx.WidthType.DXA },
    rows: [
      ...heads,
      ...table.rows.map(
        (row, index) =>
          new docx.TableRow({
            cantSplit: true,
            children: row.map((one, column) => bodyCell(one, column, index >= first)),
          }),
      ),
    ],
  })
}

function below(docx: Docx, table: LaidTable): FileChild[] {
  const line = (text: string, face: 'song' | 'heading' = 'song') =>
    new docx.Paragraph({ spacing: { before: 60, after: 0 }, children: runs(docx, text, face, 9) })
  const out: FileChild[] = table.notes.map((note) => line(note))
  for (const part of table.beside) out.push(line(part.title, 'heading'), ...part.lines.map((text) => line(text)))
  if (table.signatures.length > 0) {
    const room = mm(table.page.width - 2 * table.page.margin)
    out.push(
      new docx.Paragraph({
        spacing: { before: 360, after: 0 },
        tabStops: table.signatures.slice(1).map((_, index) => ({
          type: docx.TabStopType.LEFT,
          position: Math.round((room * (index + 1)) / table.signatures.length),
        })),
        children: table.signatures.flatMap((words, index) => [
          ...(index > 0 ? [tab(docx)] : []),
          ...runs(docx, words, 'song', 10.5),
        ]),
      }),
    )
  }
  return out
}

function footer(docx: Docx, table: LaidTable) {
  const words = { size: 16, font: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '宋体' } }
  return new docx.Footer({
    children: [
      new docx.Paragraph({
        tabStops: [{ type: docx.TabStopType.RIGHT, position: mm(table.page.width - 2 * table.page.margin) }],
        children: [
          ...runs(docx, table.footer, 'song', 8),
          new docx.TextRun({
            ...words,
            children: [new docx.Tab(), '第 ', docx.PageNumber.CURRENT, ' 页　共 ', docx.PageNumber.TOTAL_PAGES, ' 页'],
          }),
        ],
      }),
    ],
  })
}
