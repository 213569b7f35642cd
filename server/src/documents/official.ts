// 公文 layout (GB/T 9704-2012): one description of a document, set as Word and as PDF. Measures: A4, 天头 37 mm, 订口 28 mm, type area
// 156 × 225 mm, 22 lines of 28 characters; title 2号小标宋, body 3号仿宋, first headings 黑体, second 楷体; page numbers “— 1 —” in 4号宋体,
// outside right on odd and left on even pages. No red head and no seal: those belong to the office that issues the paper.
import { printedDay } from './printed_words.ts'
import { renderPdf } from './pdf.ts'
import { setDocument } from './press.ts'

export type OfficialBlock =
  /** 一、 黑体 (1) · （一） 楷体 (2) · 1. (3) · （1） (4). The text carries its own number. */
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3 | 4; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  /** 主送机关: from the left edge, without indent. */
  | { readonly kind: 'addressee'; readonly text: string }
  /** 附件说明, numbered when there are several. */
  | { readonly kind: 'attachments'; readonly names: readonly string[] }
  | { readonly kind: 'page_break' }
  | OfficialTable

export interface OfficialTable {
  readonly kind: 'table'
  readonly columns: readonly OfficialColumn[]
  /** One text per column; a short row is filled with blanks. Line breaks are kept. */
  readonly rows: readonly (readonly string[])[]
}

export interface OfficialColumn {
  readonly header: string
  /** Share of the type area's width; shares are relative to each other. */
  readonly width: number
  /** 'line': centred and never broken over two lines (names, phones, dates); 'text': from the left, broken as needed. */
  readonly set: 'line' | 'text'
}

export interface OfficialDocument {
  /** A long title breaks where `\n` stands, so that no word is torn (7.3.1: 词意完整、排列对称). */
  readonly title: string
  /** Centred under the title in 楷体, such as （2026年秋季学期）. */
  readonly subtitle: string | null
  readonly blocks: readonly OfficialBlock[]
  /** Issuing office and day, right under the text; null leaves both out. The day is YYYY-MM-DD. */
  readonly signed: { readonly unit: string; readonly on: string } | null
  /** 附件 themselves, after the day: begin with a page break, as 7.3.6 wants them on a page of their own. */
  readonly annex?: readonly OfficialBlock[]
}

/** Millimetres of GB/T 9704-2012, 5.2.1; bottom and right follow from the type area of 156 × 225 mm. */
export const officialPage = { width: 210, height: 297, top: 37, bottom: 35, left: 28, right: 26 } as const
/** Width of the type area in mm. */
export const officialWidth = officialPage.width - officialPage.left - officialPage.right

/** Widths of a table's columns in mm, together the type area's width. */
export function columnWidths(table: OfficialTable): number[] {
  const shares = table.columns.reduce((sum, column) => sum + column.width, 0)
  return table.columns.map((column) => (column.width / shares) * officialWidth)
}

/** 小四 for tables of few columns, 五号 where many have to share the width. Points. */
export function tableSize(table: OfficialTable): number {
  return table.columns.length > 4 ? 10.5 : 12
}

/** A table's rows with exactly one text per column. */
export function filledRows(table: OfficialTable): string[][] {
  return table.rows.map((row) => table.columns.map((_, index) => row[index] ?? ''))
}

/** The attachment lines as printed: 附件：1.… and below it, aligned by the caller, 2.… */
export function attachmentLines(names: readonly string[]): string[] {
  if (names.length === 1) return [`附件：${names[0] ?? ''}`]
  return names.map((name, index) => `${index === 0 ? '附件：' : '　　　'}${index + 1}.${name}`)
}

/** The document as an editable Word file. Rejects with `DocumentFailed`. */
export async function officialDocument(document: OfficialDocument): Promise<Uint8Array> {
  return setDocument({ make: 'official_docx', document })
}

/** The document as PDF. Rejects with `DocumentFailed`. */
export async function officialPdf(document: OfficialDocument): Promise<Uint8Array> {
  const day = printedDay(document.signed?.on ?? null)
  return renderPdf('official', {
    title: document.title,
    subtitle: document.subtitle,
    signed: document.signed && { unit: document.signed.unit, day },
    blocks: document.blocks.map(settable),
    annex: (document.annex ?? []).map(settable),
  })
}

function settable(block: OfficialBlock) {
  if (block.kind === 'attachments') return { kind: block.kind, lines: attachmentLines(block.names) }
  if (block.kind === 'table')
    return { ...block, size: tableSize(block), widths: columnWidths(block), rows: filledRows(block) }
  return 'text' in block ? { ...block, paragraphs: block.text.split('\n') } : block
}
