// The report of a roster: what was read of it, row by row, and what has to be asked. Nothing is written by making one.

import type { Away } from '../values/away.ts'
import type { Health } from '../values/health.ts'
import type { Relation } from '../values/relation.ts'
import type { Sex } from '../values/sex.ts'
import type { WorkbookFormat, WorkbookNote } from './workbook.ts'

export type IssueCode =
  | 'name_missing'
  | 'id_no_precision_lost'
  | 'id_no_checksum'
  | 'id_no_length'
  | 'id_no_region_unknown'
  | 'id_no_duplicate_in_file'
  | 'born_on_ambiguous'
  | 'born_on_unreadable'
  | 'born_on_conflicts_id_no'
  | 'sex_conflicts_id_no'
  | 'sex_unreadable'
  | 'age_conflicts_born_on'
  | 'phone_unreadable'
  | 'phone_precision_lost'
  | 'relation_unreadable'
  | 'grade_unreadable'
  | 'away_code_needs_label'
  | 'ditto_resolved'
  | 'merged_cell_filled'
  | 'formula_without_value'
  | 'sheet_hidden'
  | 'row_hidden'
  | 'possible_duplicate'
  | 'over_age'
  | 'looks_struck_out'
  | 'not_a_child_row'
  | 'value_unreadable'

/** `error`: the cell is not imported. `question`: one decision of the user is needed. `warning`: imported, worth a look. */
export type Severity = 'error' | 'warning' | 'question'

export interface ImportIssue {
  /** Contract field such as `father.phones`, `extra.` and the head of an unmapped column, or null for the whole row. */
  readonly field: string | null
  readonly code: IssueCode
  severity: Severity
  /** The cell as typed. */
  readonly raw: string
}

export interface ImportedParent {
  name: string | null
  phones: string[]
  work_place: string | null
  id_no: string | null
}

export interface ImportedCarer {
  name: string | null
  relation: Relation | null
  age: number | null
  phones: string[]
  health: string | null
  occupation: string | null
  address: string | null
  id_no: string | null
}

export interface ImportedChild {
  name: string | null
  sex: Sex | null
  /** YYYY-MM-DD or YYYY-MM. */
  born_on: string | null
  id_no: string | null
  ethnicity: string | null
  household_place: string | null
  residence: string | null
  villager_group: string | null
  school: string | null
  /** `1`…`12`, `k1`…`k3`. */
  grade: string | null
  class: string | null
  remark: string | null
  boarding: boolean | null
  health: Health | null
  illness: string | null
  disability: string | null
  away: Away | null
  father: ImportedParent | null
  mother: ImportedParent | null
  carer: ImportedCarer | null
  extra: Record<string, string>
  /** What is understood beyond the fields above, in contract names. */
  facts: Record<string, unknown>
}

export type RowAction = 'create' | 'update' | 'unchanged' | 'duplicate' | 'reject'

export interface ImportedRow {
  readonly sheet: string
  readonly row: number
  action: RowAction
  readonly child: ImportedChild
  readonly issues: ImportIssue[]
}

export interface ImportedColumn {
  readonly column: string
  readonly header: string
  readonly field: string | null
  readonly confidence: number
  /** What an unmapped column is kept as beside `extra`. */
  readonly fact?: string
}

export interface ImportedTable {
  readonly header_rows: readonly number[]
  readonly first_row: number
  readonly last_row: number
  readonly columns: readonly ImportedColumn[]
  /** The same for the same heads in the same order: a remembered mapping is found by it. */
  readonly signature: string
}

export type SkipReason = 'title' | 'header' | 'subtotal' | 'note' | 'signature' | 'blank' | 'hidden'

export interface ImportQuestion {
  /** Stable for the same file: an answer given under it is found again on the next reading. */
  readonly id: string
  readonly sheet: string
  /** Letters, or null when the whole row, sheet or file is meant. */
  readonly column: string | null
  readonly code: string
  readonly rows: readonly number[]
  readonly examples: readonly string[]
  readonly proposed: string | null
  readonly choices: readonly string[]
  /** The choice taken in this reading, when one was given. */
  readonly answer?: string
}

export interface ImportReport {
  readonly file: { readonly name: string; readonly format: WorkbookFormat; readonly sha256: string }
  readonly sheets: readonly {
    readonly name: string
    readonly hidden: boolean
    readonly tables: readonly ImportedTable[]
  }[]
  readonly rows: readonly ImportedRow[]
  readonly skipped: readonly { readonly sheet: string; readonly row: number; readonly reason: SkipReason }[]
  /** YYYY-MM or YYYY-MM-DD: the day the file speaks of; null when it doesn't say and nobody was asked yet. */
  readonly as_of: string | null
  readonly questions: readonly ImportQuestion[]
  readonly totals: {
    readonly rows: number
    readonly create: number
    readonly update: number
    readonly unchanged: number
    readonly duplicate: number
    readonly reject: number
    readonly issues: number
  }
  readonly notes: readonly WorkbookNote[]
}

export function emptyChild(): ImportedChild {
  return {
    name: null,
    sex: null,
    born_on: null,
    id_no: null,
    ethnicity: null,
    household_place: null,
    residence: null,
    villager_group: null,
    school: null,
    grade: null,
    class: null,
    remark: null,
    boarding: null,
    health: null,
    illness: null,
    disability: null,
    away: null,
    father: null,
    mother: null,
    carer: null,
    extra: {},
    facts: {},
  }
}
