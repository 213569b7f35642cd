// Imports 导入: a roster goes in as it is.
//
// uploaded → reading → ready → applying → applied → withdrawn, or failed with a sentence. Reading and applying are jobs: they show
// their progress, can be left and come back to, and go on after a crash. Nothing is written into files before `apply`, and then all
// of it or nothing. What is ambiguous is asked once for a column; what is unreadable is kept by its head and flagged. A blank never
// overwrites, a child missing from the new file is listed and never removed. Details are for the person who put the file in: the
// sheet as typed may hold more than any role sees.
import { fieldPaths, type FieldPath } from './children.fields.ts'
import {
  Codes,
  File,
  Id,
  Moment,
  Nothing,
  operations,
  Page,
  PageQuery,
  PartialDay,
  Text,
  Type,
  Unknown,
  type Static,
} from './kernel.ts'

/** Kinds of unit that a roster can belong to: those that children are tied to directly. */
export const rosterUnitKinds = [
  'village', 'community', 'villager_group', 'grid', 'school', 'class', 'partner_office', 'station', 'committee',
] as const // prettier-ignore
/** The largest file that is taken in. */
export const rosterLimitBytes = 64 * 1024 * 1024

export const importStates = ['uploaded', 'reading', 'ready', 'applying', 'applied', 'withdrawn', 'failed'] as const
export const ImportState = Codes(importStates)
export const RowAction = Codes(['create', 'update', 'unchanged', 'duplicate', 'reject'])
/** What the person decided for a row, over what was proposed. */
export const RowDecision = Codes(['create', 'update', 'skip'])

export const ImportTotals = Type.Object({
  rows: Type.Integer(),
  create: Type.Integer(),
  update: Type.Integer(),
  unchanged: Type.Integer(),
  duplicate: Type.Integer(),
  reject: Type.Integer(),
  issues: Type.Integer(),
})

const Column = Type.Object({
  column: Type.String(),
  header: Type.String(),
  /** Field of the canonical child, or null: kept by its head. */
  field: Unknown(Type.String()),
  confidence: Type.Number(),
  /** What an unmapped column is understood as beside. */
  fact: Type.Optional(Type.String()),
})
const Table = Type.Object({
  header_rows: Type.Array(Type.Integer()),
  first_row: Type.Integer(),
  last_row: Type.Integer(),
  signature: Type.String(),
  columns: Type.Array(Column),
})
const Question = Type.Object({
  id: Type.String(),
  sheet: Type.String(),
  column: Unknown(Type.String()),
  code: Type.String(),
  rows: Type.Array(Type.Integer()),
  examples: Type.Array(Type.String()),
  proposed: Unknown(Type.String()),
  choices: Type.Array(Type.String()),
  answer: Type.Optional(Type.String()),
  /** Put aside: its cells stay empty, and it no longer holds the import up. */
  aside: Type.Boolean(),
})
/** Lines of one sheet by what will happen to them; the person's decision counts before what was proposed. */
const SheetCounts = Type.Object({
  all: Type.Integer(),
  /** Lines above the first child: title, notes, heads. */
  head: Type.Integer(),
  create: Type.Integer(),
  update: Type.Integer(),
  unchanged: Type.Integer(),
  duplicate: Type.Integer(),
  /** Left out: children not taken, and below the head whatever is no child (subtotals, notes, signatures). */
  reject: Type.Integer(),
})

export const ImportHead = Type.Object({
  id: Id,
  file_name: Type.String(),
  unit_id: Id,
  unit_name: Type.String(),
  state: ImportState,
  created_at: Moment,
  by_name: Unknown(Type.String()),
  mine: Type.Boolean(),
  totals: Unknown(ImportTotals),
  failure: Unknown(Type.String()),
})
export const Import = Type.Intersect([
  ImportHead,
  Type.Object({
    version: Type.Integer(),
    format: Unknown(Type.String()),
    bytes: Type.Integer(),
    as_of: Unknown(PartialDay),
    /** Rows done of `rows_total`, while reading or applying. */
    progress: Type.Integer(),
    rows_total: Type.Integer(),
    sheets: Type.Array(
      Type.Object({
        name: Type.String(),
        hidden: Type.Boolean(),
        rows: Type.Integer(),
        tables: Type.Array(Table),
        counts: SheetCounts,
      }),
    ),
    questions: Type.Array(Question),
    notes: Type.Array(Type.Object({ code: Type.String(), zh: Type.String(), en: Type.String() })),
    applied_at: Unknown(Moment),
    withdrawn_at: Unknown(Moment),
    /** Children that will be (or were) written. */
    writes: Type.Object({ create: Type.Integer(), update: Type.Integer() }),
    /** Children of the unit that the file does not name. */
    absent: Type.Integer(),
  }),
])
export type Import = Static<typeof Import>

/** What a row would do to one field. `old` is left out where this person may not see it. */
export const RowDifference = Type.Object({
  field: Codes(fieldPaths as [FieldPath, ...FieldPath[]]),
  old: Type.Unknown(),
  new: Type.Unknown(),
  /** fill: unknown so far · change · propose: the other side decides. */
  how: Codes(['fill', 'change', 'propose']),
})
export const ImportRow = Type.Object({
  id: Id,
  sheet: Type.String(),
  row: Type.Integer(),
  /** Which line of its sheet this is, from 0: what `skip` counts where nothing is filtered. */
  place: Type.Integer(),
  /** The cells as typed, by column letter. */
  cells: Type.Record(Type.String(), Type.String()),
  /** Null: not a child's row (title, head, subtotal, note …), see `skipped`. */
  action: Unknown(RowAction),
  skipped: Unknown(Type.String()),
  decision: Unknown(RowDecision),
  name: Unknown(Type.String()),
  issues: Type.Array(
    Type.Object({
      field: Unknown(Type.String()),
      code: Type.String(),
      severity: Codes(['error', 'warning', 'question']),
      raw: Type.String(),
      column: Type.Optional(Type.String()),
    }),
  ),
  differences: Type.Array(RowDifference),
  /** The file this row would go into, or looks like. `why` as in findSimilar. */
  child: Unknown(
    Type.Object({ id: Unknown(Id), name: Type.String(), why: Type.String(), unit_name: Unknown(Type.String()) }),
  ),
})
export type ImportRow = Static<typeof ImportRow>

const errors = ['not_ready', 'busy_import'] as const

export const importOps = operations('imports', {
  list: { get: '/imports', may: 'imports.write', query: Type.Object(PageQuery), ok: Page(ImportHead) },
  /** The same bytes again answer the earlier import. `unit_id`: the village, community, school or class the roster belongs to. */
  upload: {
    post: '/imports',
    may: 'imports.write',
    upload: true,
    body: Type.Object({ unit_id: Type.Optional(Id) }),
    ok: Type.Object({ id: Id, earlier: Type.Boolean() }),
    errors: ['unit_not_yours', 'unit_takes_no_roster'],
    // The same bytes of the same person find the earlier import, whichever key they come with.
    replay: 'run',
  },
  /**
   * The first table of a file as text, columns by tabs: for lists of people, which are no roster. Nothing of it is kept.
   */
  read_table: {
    post: '/imports/table',
    may: 'accounts.write',
    upload: true,
    body: Type.Object({}),
    ok: Type.Object({ text: Type.String() }),
    errors: ['table_unreadable'],
    replay: 'run',
  },
  get: { get: '/imports/:id', may: 'imports.write', ok: Import },
  rows: {
    get: '/imports/:id/rows',
    may: 'imports.write',
    query: Type.Object({
      sheet: Type.Optional(Type.String({ maxLength: 200 })),
      /** What will happen to the line, as counted in `sheets`. */
      action: Type.Optional(RowAction),
      /** Only the lines that a question is about. */
      question_id: Type.Optional(Text(300)),
      /** A sheet is looked at anywhere, so lines are counted off, not paged through. */
      skip: Type.Optional(Type.Integer({ minimum: 0, maximum: 200_000 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
    }),
    ok: Type.Object({ items: Type.Array(ImportRow) }),
  },
  /** A question answered, a head mapped otherwise, the day corrected: the file is read again with it. */
  answer: {
    post: '/imports/:id/answer',
    may: 'imports.write',
    body: Type.Object({ question_id: Text(300), choice: Unknown(Type.String({ maxLength: 300 })) }),
    ok: Nothing,
    errors: [...errors, 'question_gone'],
  },
  /** A question put aside, or taken up again. Nothing is read again: its cells are empty either way. */
  put_aside: {
    post: '/imports/:id/aside',
    may: 'imports.write',
    body: Type.Object({ question_id: Text(300), aside: Type.Boolean() }),
    ok: Nothing,
    errors: [...errors, 'question_gone'],
  },
  map: {
    post: '/imports/:id/map',
    may: 'imports.write',
    body: Type.Object({
      signature: Text(4000),
      column: Type.String({ pattern: '^[A-Z]{1,3}$' }),
      field: Unknown(Text(60)),
    }),
    ok: Nothing,
    errors,
  },
  set_as_of: {
    post: '/imports/:id/as-of',
    may: 'imports.write',
    body: Type.Object({ as_of: PartialDay }),
    ok: Nothing,
    errors,
  },
  decide: {
    post: '/imports/:id/decide',
    may: 'imports.write',
    body: Type.Object({ row_ids: Type.Array(Id, { minItems: 1, maxItems: 5000 }), decision: Unknown(RowDecision) }),
    ok: Nothing,
    errors,
  },
  apply: {
    post: '/imports/:id/apply',
    may: 'imports.write',
    body: Type.Object({ version: Type.Integer() }),
    ok: Nothing,
    errors: [...errors, 'questions_open', 'nothing_to_import'],
  },
  /** All of it, unless somebody edited what it wrote: then nothing happens and the conflicts are shown. */
  withdraw: {
    post: '/imports/:id/withdraw',
    may: 'imports.write',
    body: Type.Object({ reason: Text(200) }),
    ok: Type.Object({
      withdrawn: Type.Boolean(),
      conflicts: Type.Array(
        Type.Object({
          child_id: Id,
          name: Type.String(),
          field: Type.String(),
          by_name: Unknown(Type.String()),
          at: Moment,
        }),
      ),
    }),
    errors: ['not_applied'],
    replay: 'run',
  },
  discard: { post: '/imports/:id/discard', may: 'imports.write', ok: Nothing, errors },
  /** Registered children of the unit that the file does not name. */
  absent: {
    get: '/imports/:id/absent',
    may: 'imports.write',
    ok: Type.Object({ items: Type.Array(Type.Object({ id: Id, name: Type.String() })) }),
  },
  /** The same workbook with a column 问题. */
  workbook: {
    get: '/imports/:id/workbook',
    may: 'imports.write',
    ok: File('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'),
    errors: ['not_ready'],
    logs: 'opening',
  },
})
