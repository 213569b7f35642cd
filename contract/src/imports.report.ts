// The report of a roster, as the preview page, the command line and the HTTP operation give it. One line of the sheet, one row:
// what was read, what was done about it, what has to be asked. Reading writes nothing.
//
// A field of a column is a name of the canonical child, `grade+class` for two, `parent.*` when the cell names which parent,
// `member.*` when the relation beside it decides, or null: then its text is kept in `extra` under its head.

import { Type, type Static } from 'typebox'
import { aways } from '@nuanyang/domain/values/away.ts'
import { healths } from '@nuanyang/domain/values/health.ts'
import { relations } from '@nuanyang/domain/values/relation.ts'
import { sexes } from '@nuanyang/domain/values/sex.ts'

const codes = <Code extends string>(list: readonly { readonly code: Code }[]) =>
  Type.Unsafe<Code>({ type: 'string', enum: list.map((entry) => entry.code) })
const oneOf = <const Word extends string>(...words: readonly Word[]) =>
  Type.Unsafe<Word>({ type: 'string', enum: [...words] })
const text = Type.Union([Type.String(), Type.Null()])
const phones = Type.Array(Type.String({ pattern: '^\\d{3,14}$' }))

/** How sure, from 0 to 1. */
const confidence = Type.Number({ minimum: 0, maximum: 1 })

export const RosterIssueCode = oneOf(
  'name_missing',
  'id_no_precision_lost',
  'id_no_checksum',
  'id_no_length',
  'id_no_region_unknown',
  'id_no_duplicate_in_file',
  'born_on_ambiguous',
  'born_on_unreadable',
  'born_on_conflicts_id_no',
  'sex_conflicts_id_no',
  'sex_unreadable',
  'age_conflicts_born_on',
  'phone_unreadable',
  'phone_precision_lost',
  'relation_unreadable',
  'grade_unreadable',
  'away_code_needs_label',
  'ditto_resolved',
  'merged_cell_filled',
  'formula_without_value',
  'sheet_hidden',
  'row_hidden',
  'possible_duplicate',
  'over_age',
  'looks_struck_out',
  'not_a_child_row',
  'value_unreadable',
)

export const RosterIssue = Type.Object({
  field: text,
  code: RosterIssueCode,
  severity: oneOf('error', 'warning', 'question'),
  raw: Type.String(),
})

const Parent = Type.Object({ name: text, phones, work_place: text, id_no: text })
const Carer = Type.Object({
  name: text,
  relation: Type.Union([codes(relations), Type.Null()]),
  age: Type.Union([Type.Integer({ minimum: 0, maximum: 120 }), Type.Null()]),
  phones,
  health: text,
  occupation: text,
  address: text,
  id_no: text,
})

export const RosterChild = Type.Object({
  name: text,
  sex: Type.Union([codes(sexes), Type.Null()]),
  born_on: Type.Union([Type.String({ pattern: '^\\d{4}-\\d{2}(-\\d{2})?$' }), Type.Null()]),
  id_no: Type.Union([Type.String({ pattern: '^(\\d{17}[\\dX]|\\d{15})$' }), Type.Null()]),
  ethnicity: text,
  household_place: text,
  residence: text,
  villager_group: text,
  school: text,
  grade: Type.Union([Type.String({ pattern: '^(k[123]|[1-9]|1[012])$' }), Type.Null()]),
  class: text,
  remark: text,
  boarding: Type.Union([Type.Boolean(), Type.Null()]),
  health: Type.Union([codes(healths), Type.Null()]),
  illness: text,
  disability: text,
  away: Type.Union([codes(aways), Type.Null()]),
  father: Type.Union([Parent, Type.Null()]),
  mother: Type.Union([Parent, Type.Null()]),
  carer: Type.Union([Carer, Type.Null()]),
  extra: Type.Record(Type.String(), Type.String()),
  facts: Type.Record(Type.String(), Type.Unknown()),
})

const Column = Type.Object({
  column: Type.String(),
  header: Type.String(),
  field: text,
  confidence,
  fact: Type.Optional(Type.String()),
})
const Table = Type.Object({
  header_rows: Type.Array(Type.Integer()),
  first_row: Type.Integer(),
  last_row: Type.Integer(),
  columns: Type.Array(Column),
  signature: Type.String(),
})

export const RosterQuestion = Type.Object({
  id: Type.String(),
  sheet: Type.String(),
  column: text,
  code: Type.String(),
  rows: Type.Array(Type.Integer()),
  examples: Type.Array(Type.String()),
  proposed: text,
  choices: Type.Array(Type.String()),
  answer: Type.Optional(Type.String()),
})

export const RosterReport = Type.Object({
  file: Type.Object({
    name: Type.String(),
    format: oneOf('xlsx', 'xls', 'ods', 'csv', 'html', 'spreadsheetml', 'docx'),
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  }),
  sheets: Type.Array(Type.Object({ name: Type.String(), hidden: Type.Boolean(), tables: Type.Array(Table) })),
  rows: Type.Array(
    Type.Object({
      sheet: Type.String(),
      row: Type.Integer({ minimum: 1 }),
      action: oneOf('create', 'update', 'unchanged', 'duplicate', 'reject'),
      child: RosterChild,
      issues: Type.Array(RosterIssue),
    }),
  ),
  skipped: Type.Array(
    Type.Object({
      sheet: Type.String(),
      row: Type.Integer(),
      reason: oneOf('title', 'header', 'subtotal', 'note', 'signature', 'blank', 'hidden'),
    }),
  ),
  as_of: Type.Union([Type.String({ pattern: '^\\d{4}-\\d{2}(-\\d{2})?$' }), Type.Null()]),
  questions: Type.Array(RosterQuestion),
  totals: Type.Object({
    rows: Type.Integer(),
    create: Type.Integer(),
    update: Type.Integer(),
    unchanged: Type.Integer(),
    duplicate: Type.Integer(),
    reject: Type.Integer(),
    issues: Type.Integer(),
  }),
  notes: Type.Array(Type.Object({ code: Type.String(), zh: Type.String(), en: Type.String() })),
})

export type RosterReport = Static<typeof RosterReport>
