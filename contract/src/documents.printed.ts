// The data of what is printed: a document is a pure function of it. Kept with the document as of issue, so that printing again gives
// the same paper. Rights and masks are applied before: a masked value arrives as the words to print, null is 未采集.
import type { CardLayout, ContactCardData } from './documents.ts'

export interface PrintedColumn {
  /** `父亲/姓名` stands on two rows; columns with the same first part share its cell. */
  readonly header: string
  /** In characters, a Chinese one counts two. */
  readonly width: number
  readonly kind: 'text' | 'number' | 'date'
  readonly wrap?: boolean
}

export type PrintedValue = string | number | null

/** A table of any kind, as Excel, Word and PDF print it. */
export interface PrintedTable {
  readonly title: string
  readonly unit: string
  /** The day the figures speak of, YYYY-MM-DD. */
  readonly as_of: string
  readonly issued_by: string
  /** YYYY-MM-DD HH:mm of Shanghai. */
  readonly issued_at: string
  readonly purpose: string
  readonly columns: readonly PrintedColumn[]
  readonly rows: readonly (readonly PrintedValue[])[]
  /** That many rows at the end are sums, and set in bold. */
  readonly sums: number
  readonly signature_lines: readonly string[]
  /** Definition, what is counted by, and whatever else must stand on the paper; under the table. */
  readonly notes: readonly string[]
  /** What stands beside the table: rules that are broken, children who have no column. */
  readonly beside: readonly { readonly title: string; readonly lines: readonly string[] }[]
  readonly paper: 'a4' | 'a3'
  readonly pages_across: 1 | 2
  readonly frozen_columns: number
}

interface FormRelative {
  readonly name: string | null
  readonly born_on: string | null
  /** Printed as “—” in every cell. */
  readonly deceased: boolean
}
interface FormParent extends FormRelative {
  readonly work_place: string | null
  readonly phones: readonly string[]
  readonly identity_no: string | null
}

/** 农村留守儿童基本情况登记表, the 43 fields of one child. Codes are those of domain/values. */
export interface RegistrationForm {
  readonly name: string
  readonly sex: string | null
  readonly ethnicity: string | null
  readonly born_on: string | null
  readonly identity_no: string | null
  readonly hukou_registered: boolean | null
  readonly household_place: string | null
  readonly residence: string | null
  readonly health: string | null
  readonly disability: string | null
  readonly illness: string | null
  readonly boarding: boolean | null
  readonly schooling: string | null
  readonly paternal_grandfather: FormRelative
  readonly paternal_grandmother: FormRelative
  readonly maternal_grandfather: FormRelative
  readonly maternal_grandmother: FormRelative
  readonly father: FormParent
  readonly mother: FormParent
  readonly both_away: boolean | null
  readonly one_away_other_unable: boolean | null
  readonly unable: 'father' | 'mother' | null
  readonly entrusted: boolean | null
  readonly carer: {
    readonly name: string | null
    readonly phones: readonly string[]
    readonly identity_no: string | null
    /** The word the family uses. */
    readonly relation: string | null
    readonly address: string | null
  }
  readonly guardianship_type: string | null
  readonly income_sources: readonly string[]
  readonly aid_kinds: readonly string[]
}

export interface FormPaper {
  readonly unit: string
  readonly as_of: string
  readonly issued_by: string
  readonly issued_at: string
  readonly purpose: string
}

export type PrintedData =
  | { readonly is: 'table'; readonly table: PrintedTable }
  | { readonly is: 'forms'; readonly forms: readonly RegistrationForm[]; readonly paper: FormPaper }
  | { readonly is: 'cards'; readonly cards: readonly ContactCardData[]; readonly layout: CardLayout }
