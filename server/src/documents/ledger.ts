// Ledgers and lists of children as Excel sheets, from the columns in domain/ledgers.ts. What an unknown looks like is the caller's
// choice: blank for the pen, or 未采集 in words.
import { fieldText, type LedgerChild, type LedgerField, type LedgerPreset } from '@nuanyang/domain/ledgers.ts'
import { ledgerStream, type LedgerSheet, type SheetColumn, type SheetValue } from './xlsx.ts'
import { charactersOf } from './printed_words.ts'

export interface LedgerPaper {
  /** Printed above the table; a preset's own name when null. */
  readonly title: string | null
  readonly unit: string
  readonly as_of: string
  readonly issued_by: string
  readonly issued_at: string
  readonly purpose: string
  readonly note: string | null
  readonly unknown_as: '' | '未采集'
}

type Children = Iterable<LedgerChild> | AsyncIterable<LedgerChild>

/** A ledger as it is handed in, streamed. Children are taken one by one in the order given. */
export function childLedger(preset: LedgerPreset, paper: LedgerPaper, children: Children): AsyncIterable<Uint8Array> {
  return ledgerStream({
    ...sheetOf(paper, preset.zh, preset.columns, preset.numbered, children),
    signature_lines: preset.signature_lines,
    paper: preset.paper,
    pages_across: preset.pages_across ?? 1,
  })
}

/** A plain list with the columns somebody chose (`chooseFields`): no signature line, A4 up to ten columns, A3 beyond. */
export function childList(
  fields: readonly LedgerField[],
  paper: LedgerPaper,
  children: Children,
): AsyncIterable<Uint8Array> {
  return ledgerStream({
    ...sheetOf(paper, '儿童名单', fields, true, children),
    signature_lines: [],
    paper: fields.length > 10 ? 'a3' : 'a4',
  })
}

function sheetOf(
  paper: LedgerPaper,
  title: string,
  fields: readonly LedgerField[],
  numbered: boolean,
  children: Children,
): Omit<LedgerSheet, 'signature_lines' | 'paper'> {
  const columns: SheetColumn[] = fields.map(({ field, header, width, wrap }) => ({
    header,
    width: Math.max(width, longestName(field, children, paper.as_of)),
    kind: field.endsWith('_on') ? 'date' : 'text',
    wrap: wrap ?? false,
  }))
  const name = fields.findIndex(({ field }) => field === 'name')
  if (numbered) columns.unshift({ header: '序号', width: 6, kind: 'number' })
  return {
    ...paper,
    title: paper.title ?? title,
    columns,
    rows: rowsOf(fields, numbered, paper, children),
    frozen_columns: name < 0 ? 0 : name + 1 + (numbered ? 1 : 0),
  }
}

/**
 * Characters the longest name of a column needs, at most 22: a name never breaks, and one of twelve characters shrunk into a
 * column for three cannot be read. Known only when the children come as an array; a stream keeps the preset's width.
 */
function longestName(field: string, children: Children, asOf: string): number {
  if (!field.endsWith('name') || !Array.isArray(children)) return 0
  const longest = children.reduce(
    (most: number, child: LedgerChild) => Math.max(most, charactersOf(fieldText(child, field, asOf) ?? '').length),
    0,
  )
  return Math.min(22, longest * 2 + 2)
}

async function* rowsOf(
  fields: readonly LedgerField[],
  numbered: boolean,
  { unknown_as, as_of }: LedgerPaper,
  children: Children,
): AsyncGenerator<SheetValue[]> {
  let count = 0
  for await (const child of children) {
    const values: SheetValue[] = fields.map(({ field }) => fieldText(child, field, as_of) ?? unknown_as)
    count += 1
    yield numbered ? [count, ...values] : values
  }
}
