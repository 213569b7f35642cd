// A workbook without its format: what .xlsx, .xls, .et, .ods, .csv, HTML, SpreadsheetML and Word tables have in common.
// Only cells with something in them are listed, so a template padded to the last row costs nothing.

export interface Cell {
  readonly kind: 'text' | 'number' | 'date' | 'boolean' | 'error'
  /** What the sheet shows, in full: all digits of a number, `2014.10` for 2014.1 shown with two decimals, `YYYY-MM-DD` for a date. */
  readonly text: string
  /** The whole cell is struck out. */
  readonly struck?: true
  /** A formula whose file holds no result. */
  readonly unset?: true
  readonly comment?: string
}

export interface Row {
  /** 1-based, as the spreadsheet shows it; the record number of a text file. */
  readonly number: number
  readonly hidden: boolean
  /** By 0-based column. */
  readonly cells: ReadonlyMap<number, Cell>
}

/** 1-based rows, 0-based columns, both ends inside. */
export interface Merge {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

export interface Sheet {
  readonly name: string
  readonly hidden: boolean
  readonly rows: readonly Row[]
  readonly merges: readonly Merge[]
}

export type WorkbookFormat = 'xlsx' | 'xls' | 'ods' | 'csv' | 'html' | 'spreadsheetml' | 'docx'

export interface Workbook {
  readonly name: string
  readonly format: WorkbookFormat
  readonly sha256: string
  readonly date1904: boolean
  readonly sheets: readonly Sheet[]
  /** What the reader wants said about the file, for example that macros were left aside. */
  readonly notes: readonly WorkbookNote[]
}

export interface WorkbookNote {
  readonly code: string
  readonly zh: string
  readonly en: string
}

/** 0 → A, 26 → AA. */
export function columnLetters(column: number): string {
  let letters = ''
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  return letters
}

/** A → 0, AA → 26; -1 when the text is no column. */
export function columnNumber(letters: string): number {
  if (!/^[A-Za-z]{1,3}$/.test(letters)) return -1
  let number = 0
  for (const letter of letters.toUpperCase()) number = number * 26 + letter.charCodeAt(0) - 64
  return number - 1
}
