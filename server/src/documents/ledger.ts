// Ledgers and lists of children as tables, from the columns in domain/ledgers.ts. What an unknown looks like is the caller's
// choice: blank for the pen, or 未采集 in words.
import type { PrintedColumn, PrintedTable, PrintedValue } from '@nuanyang/contract/documents.printed.ts'
import { fieldText, type LedgerChild, type LedgerField, type LedgerRows } from '@nuanyang/domain/ledgers.ts'
import { charactersOf } from './printed_words.ts'

/** What a sheet looks like, whoever chose it: a preset of the house, an office's own, columns picked for once. */
export interface LedgerLayout {
  readonly columns: readonly LedgerField[]
  readonly paper: 'a4' | 'a3'
  /** A first column 序号 counts the rows. */
  readonly numbered: boolean
  readonly pages_across?: 1 | 2
  readonly signature_lines: readonly string[]
  readonly rows?: LedgerRows
}

export interface LedgerPaper extends Pick<
  PrintedTable,
  'title' | 'unit' | 'as_of' | 'issued_by' | 'issued_at' | 'purpose' | 'notes'
> {
  readonly unknown_as: '' | '未采集'
}

/** The children in the order given. Throws when there is no column. */
export function ledgerTable(layout: LedgerLayout, paper: LedgerPaper, children: readonly LedgerChild[]): PrintedTable {
  const { unknown_as, ...words } = paper
  const columns: PrintedColumn[] = layout.columns.map(({ field, header, width, wrap }) => ({
    header,
    width: Math.max(width, longestName(field, children, paper.as_of)),
    kind: field.endsWith('_on') ? 'date' : 'text',
    wrap: wrap ?? false,
  }))
  const name = layout.columns.findIndex(({ field }) => field === 'name')
  if (layout.numbered) columns.unshift({ header: '序号', width: 6, kind: 'number' })
  return {
    ...words,
    columns,
    rows: children.map((child, index) => {
      const values: PrintedValue[] = layout.columns.map(
        ({ field }) => fieldText(child, field, paper.as_of) ?? (field.startsWith('blank.') ? '' : unknown_as),
      )
      return layout.numbered ? [index + 1, ...values] : values
    }),
    sums: 0,
    beside: [],
    signature_lines: layout.signature_lines,
    paper: layout.paper,
    pages_across: layout.pages_across ?? 1,
    frozen_columns: name < 0 ? 0 : name + 1 + (layout.numbered ? 1 : 0),
  }
}

/** Columns picked for once: no signature line, A4 up to ten columns, A3 beyond. */
export function pickedLayout(columns: readonly LedgerField[]): LedgerLayout {
  return { columns, paper: columns.length > 10 ? 'a3' : 'a4', numbered: true, signature_lines: [] }
}

function longestName(field: string, children: readonly LedgerChild[], asOf: string): number {
  return field.endsWith('name') ? nameWidth(children.map((child) => fieldText(child, field, asOf))) : 0
}

/**
 * Characters the longest name of a column needs, at most 22: a name never breaks, and one of twelve characters shrunk into a
 * column for three cannot be read.
 */
export function nameWidth(names: readonly (string | null)[]): number {
  const longest = names.reduce((most, name) => Math.max(most, charactersOf(name ?? '').length), 0)
  return Math.min(22, longest * 2 + 2)
}
