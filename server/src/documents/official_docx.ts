// The Word side of official.ts. Line pitch is 28.95 pt exactly: 22 lines in 225 mm, the 29 pt that offices use would give 21.
import type { FileChild, Paragraph, Table } from 'docx'
import { cell, loadDocx, mm, paragraph, runs, sizeFor, type Face } from './docx.ts'
import { attachmentLines, columnWidths, filledRows, officialPage, tableSize } from './official.ts'
import type { OfficialBlock, OfficialDocument, OfficialTable } from './official.ts'
import { charactersOf, printedDay } from './printed_words.ts'

type Docx = Awaited<ReturnType<typeof loadDocx>>

const bodySize = 16
const pitch = 579
/** Two characters of 3号. */
const indent = 640
/** 28 characters a line: each a quarter point narrower than 16 pt. */
const squeeze = -5

/** Builds the file; called in the thread of press.ts. */
export async function buildOfficialDocx(document: OfficialDocument): Promise<Uint8Array<ArrayBuffer>> {
  const docx = await loadDocx()
  const children: FileChild[] = document.title.split('\n').map((text) => titleOf(docx, text))
  if (document.subtitle !== null) children.push(line(docx, document.subtitle, 'subheading', { centred: true }))
  children.push(line(docx, '', 'body', {}))
  for (const block of document.blocks) children.push(...blockOf(docx, block))
  if (document.signed) children.push(...signatureOf(docx, document.signed))
  for (const block of document.annex ?? []) children.push(...blockOf(docx, block))
  const file = new docx.Document({
    title: document.title.replaceAll('\n', ''),
    creator: '暖阳',
    evenAndOddHeaderAndFooters: true,
    styles: { default: { document: { run: { language: { eastAsia: 'zh-CN', value: 'en-US' } } } } },
    sections: [
      {
        properties: {
          page: {
            size: { width: mm(officialPage.width), height: mm(officialPage.height) },
            margin: {
              top: mm(officialPage.top),
              bottom: mm(officialPage.bottom),
              left: mm(officialPage.left),
              right: mm(officialPage.right),
              header: mm(15),
              // The number's line begins 7 mm under the type area and is 5 mm high.
              footer: mm(officialPage.bottom - 12),
            },
          },
        },
        footers: { default: pageNumber(docx, 'odd'), even: pageNumber(docx, 'even') },
        children,
      },
    ],
  })
  return new Uint8Array(await docx.Packer.toBuffer(file))
}

interface LineOptions {
  readonly indented?: boolean
  readonly centred?: boolean
  readonly keepNext?: boolean
  /** Twips from the right edge; sets the line from the right. */
  readonly fromRight?: number
}

function line(
  docx: Docx,
  text: string,
  face: Face,
  { indented, centred, keepNext, fromRight }: LineOptions,
): Paragraph {
  const alignment =
    fromRight !== undefined ? docx.AlignmentType.RIGHT : centred ? docx.AlignmentType.CENTER : docx.AlignmentType.BOTH
  return new docx.Paragraph({
    alignment,
    spacing: { line: pitch, lineRule: docx.LineRuleType.EXACT, before: 0, after: 0 },
    indent: { ...(indented && { firstLine: indent }), ...(fromRight !== undefined && { right: fromRight }) },
    ...(keepNext && { keepNext: true }),
    children: runs(docx, text, face, bodySize, { characterSpacing: squeeze }),
  })
}

function titleOf(docx: Docx, title: string): Paragraph {
  return new docx.Paragraph({
    alignment: docx.AlignmentType.CENTER,
    // 2号 is taller than the body's pitch allows on two lines.
    spacing: { line: 680, lineRule: docx.LineRuleType.EXACT, before: 0, after: 0 },
    children: runs(docx, title, 'title', 22),
  })
}

function blockOf(docx: Docx, block: OfficialBlock): FileChild[] {
  switch (block.kind) {
    case 'heading': {
      const face: Face = block.level === 1 ? 'heading' : block.level === 2 ? 'subheading' : 'body'
      return [line(docx, block.text, face, { indented: true, keepNext: true })]
    }
    case 'paragraph':
      return block.text.split('\n').map((text) => line(docx, text, 'body', { indented: true }))
    case 'addressee':
      return [line(docx, block.text, 'body', {})]
    case 'attachments':
      return [
        line(docx, '', 'body', {}),
        ...attachmentLines(block.names).map((text) => line(docx, text, 'body', { indented: true })),
      ]
    case 'page_break':
      return [new docx.Paragraph({ pageBreakBefore: true, spacing: { line: 20, lineRule: docx.LineRuleType.EXACT } })]
    case 'table':
      return [tableOf(docx, block), line(docx, '', 'body', {})]
  }
}

function tableOf(docx: Docx, table: OfficialTable): Table {
  const widths = columnWidths(table)
  const full = tableSize(table)
  const spacing = { line: 330, lineRule: docx.LineRuleType.EXACT, before: 0, after: 0 }
  const centred = { alignment: docx.AlignmentType.CENTER, spacing }
  const place = (index: number) => ({
    width: { size: mm(widths[index] ?? 0), type: docx.WidthType.DXA },
    margins: { left: mm(1), right: mm(1), top: mm(1.4), bottom: mm(1.4), marginUnitType: docx.WidthType.DXA },
  })
  const head = new docx.TableRow({
    tableHeader: true,
    cantSplit: true,
    children: table.columns.map((column, index) => {
      const size = sizeFor(column.header, (widths[index] ?? 0) - 2.5, [full, 10, 9, 8])
      return cell(docx, [paragraph(docx, column.header, 'heading', size, centred)], place(index))
    }),
  })
  const rows = filledRows(table).map(
    (row) =>
      new docx.TableRow({
        cantSplit: true,
        children: table.columns.map((column, index) => {
          const words = row[index] ?? ''
          if (column.set === 'line') {
            const size = sizeFor(words, (widths[index] ?? 0) - 2.5, [full, 10, 9.5, 9, 8.5, 8, 7.5, 7, 6])
            return cell(docx, [paragraph(docx, words, 'body', size, centred)], place(index))
          }
          return cell(
            docx,
            words.split('\n').map((text) => paragraph(docx, text, 'body', full, { spacing })),
            place(index),
          )
        }),
      }),
  )
  return new docx.Table({
    layout: docx.TableLayoutType.FIXED,
    width: { size: mm(widths.reduce((sum, width) => sum + width, 0)), type: docx.WidthType.DXA },
    columnWidths: widths.map(mm),
    rows: [head, ...rows],
  })
}

/** Distance from the right edge, in characters: the date stands four in, the unit's name is centred over it (7.3.5.1). */
function signatureIndents(unit: string, day: string): { unit: number; day: number } {
  const ems = (text: string) =>
    charactersOf(text).reduce((sum, character) => sum + (character.charCodeAt(0) < 0x80 ? 0.5 : 1), 0)
  const centre = 4 + ems(day) / 2
  return { unit: Math.max(0, centre - ems(unit) / 2), day: 4 }
}

function signatureOf(docx: Docx, { unit, on }: { unit: string; on: string }): Paragraph[] {
  const day = printedDay(on)
  const indents = signatureIndents(unit, day)
  const twips = (characters: number) => Math.round(characters * bodySize * 20)
  return [
    line(docx, '', 'body', { keepNext: true }),
    line(docx, '', 'body', { keepNext: true }),
    line(docx, unit, 'body', { fromRight: twips(indents.unit), keepNext: true }),
    line(docx, day, 'body', { fromRight: twips(indents.day) }),
  ]
}

function pageNumber(docx: Docx, side: 'odd' | 'even') {
  const font = { ascii: '宋体', hAnsi: '宋体', eastAsia: '宋体', cs: '宋体' }
  const oneCharacter = 280
  return new docx.Footer({
    children: [
      new docx.Paragraph({
        alignment: side === 'odd' ? docx.AlignmentType.RIGHT : docx.AlignmentType.LEFT,
        indent: side === 'odd' ? { right: oneCharacter } : { left: oneCharacter },
        children: [new docx.TextRun({ children: ['— ', docx.PageNumber.CURRENT, ' —'], size: 28, font })],
      }),
    ],
  })
}
