// Records 服务记录: one dated act, done for children or by the unit, of a kind (kinds/<kind>.ts). Entered once; the duty, the child's file, the
// card, the ledger, the month's table and the rate all read it.
//
// Words: happened_on is the day of the act, not of typing (补记 may come later, never before the day). A draft is its writer's alone and
// counts for nothing. A correction keeps what was written first; a withdrawal keeps the record, with who, when and why, and can be undone.
// A thread is one matter over several records: an application and its answers, a plan and its stages. `counts` says whether it settles
// duties: it is no draft, not withdrawn, and its kind's rule holds (a call that nobody answered does not count).
//
// Who sees it: whoever sees one of its children, and of that child the part its content tells of (roles.ts). Where that part is masked, it
// shows only that something was done, when and by whom. Psychological records are not there at all for others: not in lists, searches,
// totals or exports; one person may be named as responsible for an individual plan, and reads and carries on that plan alone. Somebody always sees what they wrote themselves, as long as they see the child. Of the children in a record
// everybody sees the ones they see elsewhere. A unit's own work is seen in the unit, above it, and (when open) below it.
import { paperCodes, recordLedgerCodes } from './records.papers.ts'
import { kinds } from '@nuanyang/domain/values/kinds.ts'
import { reportSituations } from '@nuanyang/domain/values/report_situations.ts'
import { roleCodes } from './roles.ts'
import { Codes, Day, File, Id, operations, Page, PageQuery, Text, Type, Unknown, type Static } from './kernel.ts'

export const recordKinds = kinds.map((one) => one.code)
const Kind = Codes(recordKinds)
const Time = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', description: 'HH:MM' })
export const visibilities = ['open', 'case_notes', 'psychological'] as const

/** What may be done to it now; the same rules grey the buttons out. `mine`: the reader wrote it. */
export const recordCan = {
  correct: (record: { withdrawn: unknown; mine: boolean; keeps: boolean }) =>
    record.withdrawn === null && (record.mine || record.keeps),
  withdraw: (record: { withdrawn: unknown; mine: boolean; keeps: boolean }) =>
    record.withdrawn === null && (record.mine || record.keeps),
  restore: (record: { withdrawn: unknown; mine: boolean; keeps: boolean }) =>
    record.withdrawn !== null && (record.mine || record.keeps),
}

export const RecordItem = Type.Object({
  what: Codes(['money', 'goods', 'service']),
  name: Text(100),
  quantity: Type.Optional(Unknown(Type.Number({ minimum: 0, maximum: 1_000_000 }))),
  measure_word: Type.Optional(Unknown(Text(20))),
  /** Fen. For goods: what they are worth altogether. */
  amount_fen: Type.Optional(Unknown(Type.Integer({ minimum: 0, maximum: 100_000_000_000 }))),
  /** For which of the record's children; left out: for all together. */
  child_id: Type.Optional(Unknown(Id)),
  donor_name: Type.Optional(Unknown(Text(100))),
  received_on: Type.Optional(Unknown(Day)),
})
export type RecordItem = Static<typeof RecordItem>

/** What is written of an act; the fields are those of its kind. */
const content = {
  happened_on: Day,
  from_time: Type.Optional(Unknown(Time)),
  to_time: Type.Optional(Unknown(Time)),
  place: Type.Optional(Unknown(Text(100))),
  text: Type.Optional(Unknown(Text(20_000))),
  child_ids: Type.Array(Id, { maxItems: 500, uniqueItems: true }),
  /** A word about one child of several: shown to those who see that child. */
  remarks: Type.Optional(Type.Record(Type.String(), Type.String({ maxLength: 500 }))),
  fields: Type.Record(Type.String(), Type.Unknown()),
  items: Type.Optional(Type.Array(RecordItem, { maxItems: 500 })),
  visibility: Type.Optional(Codes(visibilities)),
  /** Who did it, when it was somebody else; left out: the writer. */
  done_by_words: Type.Optional(Unknown(Text(100))),
  /** Who carries out an individual plan; said with the plan itself, it holds for every record of the matter. */
  responsible_account_id: Type.Optional(Unknown(Id)),
  draft: Type.Optional(Type.Boolean()),
}

export const NewRecord = Type.Object({
  id: Id,
  kind: Kind,
  ...content,
  /** The unit whose work it is; left out: the writer's own. */
  unit_id: Type.Optional(Id),
  /** The first record of the matter it carries on. */
  thread_id: Type.Optional(Id),
  task_id: Type.Optional(Id),
  pairing_id: Type.Optional(Id),
  /** Save although the same act seems to be written down already. */
  although_similar: Type.Optional(Type.Boolean()),
})
export type NewRecord = Static<typeof NewRecord>

export const RecordRow = Type.Object({
  id: Id,
  kind: Kind,
  /** masked: that it was done, when and by whom; the content is not the reader's. */
  state: Codes(['open', 'masked']),
  happened_on: Day,
  from_time: Unknown(Time),
  to_time: Unknown(Time),
  place: Unknown(Type.String()),
  text: Unknown(Type.String()),
  fields: Type.Record(Type.String(), Type.Unknown()),
  items: Type.Array(
    Type.Object({
      what: Codes(['money', 'goods', 'service']),
      name: Type.String(),
      quantity: Unknown(Type.Number()),
      measure_word: Unknown(Type.String()),
      amount_fen: Unknown(Type.Integer()),
      child_id: Unknown(Id),
      donor_name: Unknown(Type.String()),
      received_on: Unknown(Day),
    }),
  ),
  /** Those the reader sees; `others` more took part. */
  children: Type.Array(Type.Object({ id: Id, name: Type.String(), remark: Unknown(Type.String()) })),
  others: Type.Integer(),
  unit_id: Id,
  unit_name: Type.String(),
  visibility: Codes(visibilities),
  draft: Type.Boolean(),
  counts: Type.Boolean(),
  thread_id: Unknown(Id),
  task_id: Unknown(Id),
  pairing_id: Unknown(Id),
  /** null to whoever sees the shape alone. */
  responsible_account_id: Unknown(Id),
  done_by: Type.String(),
  recorded_by: Unknown(Type.String()),
  /** The day of typing; later than happened_on: 补记. */
  recorded_on: Day,
  mine: Type.Boolean(),
  /** The reader answers for the unit's records: may correct and withdraw what others wrote there. */
  keeps: Type.Boolean(),
  corrected: Type.Boolean(),
  withdrawn: Unknown(Type.Object({ on: Day, by: Type.String(), reason: Type.String() })),
  version: Type.Integer(),
})
export type RecordRow = Static<typeof RecordRow>

/** What stood there before a correction, the newest first. */
const Version = Type.Object({
  id: Id,
  until_at: Type.String(),
  by: Type.String(),
  happened_on: Day,
  place: Unknown(Type.String()),
  text: Unknown(Type.String()),
  fields: Type.Record(Type.String(), Type.Unknown()),
})

export const RecordFilter = {
  child_id: Type.Optional(Id),
  /** The work of this unit and everything below it. */
  unit_id: Type.Optional(Id),
  kind: Type.Optional(Type.Array(Kind, { maxItems: 30 })),
  from: Type.Optional(Day),
  until: Type.Optional(Day),
  /** Words inside the text, the place or the fields; two characters are enough. */
  text: Type.Optional(Type.String({ maxLength: 60 })),
  mine: Type.Optional(Codes(['yes'])),
  thread_id: Type.Optional(Id),
  task_id: Type.Optional(Id),
  pairing_id: Type.Optional(Id),
  /** kept (left out): neither drafts nor withdrawn ones; drafts: my own. */
  state: Type.Optional(Codes(['kept', 'drafts', 'withdrawn', 'all'])),
  counts: Type.Optional(Codes(['yes', 'no'])),
}

const writing = [
  'record_in_future', 'record_day', 'record_children', 'record_child_unseen', 'record_child_exited', 'record_similar',
  'record_not_yours_to_write', 'record_thread', 'record_responsible',
] as const // prettier-ignore

export const recordOps = operations('records', {
  list: {
    get: '/records',
    may: 'records.read',
    names: true,
    query: Type.Object({ ...RecordFilter, ...PageQuery }),
    ok: Page(RecordRow),
  },
  get: {
    get: '/records/:id',
    may: 'records.read',
    names: true,
    ok: Type.Intersect([RecordRow, Type.Object({ versions: Type.Array(Version) })]),
  },
  /** Who can be named for an individual plan: colleagues, and whoever works where the child lives and learns. */
  people: {
    get: '/records/people',
    may: 'records.write',
    query: Type.Object({ child_id: Type.Optional(Id), q: Type.Optional(Type.String({ maxLength: 60 })) }),
    ok: Type.Object({
      items: Type.Array(
        Type.Object({ account_id: Id, name: Type.String(), role: Codes(roleCodes), unit_name: Type.String() }),
      ),
    }),
  },
  add: {
    post: '/records',
    may: 'records.write',
    body: NewRecord,
    ok: RecordRow,
    errors: [...writing],
    queued: true,
    replay: 'get',
  },
  /** Everything that is said of it, again: what stood there is kept. On a draft: goes on writing, or finishes it (`draft` left out). */
  correct: {
    post: '/records/:id/correct',
    may: 'records.write',
    body: Type.Object({ version: Type.Integer(), ...content }),
    ok: RecordRow,
    errors: [...writing, 'record_withdrawn', 'record_not_yours'],
    queued: true,
    replay: 'get',
  },
  withdraw: {
    post: '/records/:id/withdraw',
    may: 'records.write',
    body: Type.Object({ version: Type.Integer(), reason: Text(300) }),
    ok: RecordRow,
    errors: ['record_withdrawn', 'record_not_yours'],
    queued: true,
    replay: 'get',
  },
  restore: {
    post: '/records/:id/restore',
    may: 'records.write',
    body: Type.Object({ version: Type.Integer() }),
    ok: RecordRow,
    errors: ['record_not_withdrawn', 'record_not_yours'],
    queued: true,
    replay: 'get',
  },
  /** Cards, lists, slips, receipts: what the reader sees, for a purpose, remembered of each child. */
  print: {
    post: '/records/print',
    may: 'records.export',
    body: Type.Object({
      record_ids: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 500 })),
      filter: Type.Optional(Type.Object(RecordFilter)),
      paper: Codes(paperCodes),
      format: Codes(['pdf', 'docx']),
      purpose: Text(100),
    }),
    ok: File('application/octet-stream'),
    errors: ['no_records', 'too_many_records'],
    logs: 'opening',
    replay: 'run',
  },
  ledger: {
    post: '/records/ledger',
    may: 'records.export',
    body: Type.Object({ ledger: Codes(recordLedgerCodes), filter: Type.Object(RecordFilter), purpose: Text(100) }),
    ok: File('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'),
    errors: ['no_records', 'too_many_records'],
    logs: 'opening',
    replay: 'run',
  },
  /** 强制报告表: filled with what is known, the rest for the pen. Not stored: it goes to the police, not into lists. */
  report_form: {
    post: '/records/report-form',
    may: 'records.write',
    body: Type.Object({
      child_ids: Type.Array(Id, { minItems: 1, maxItems: 20 }),
      situations: Type.Array(Codes(reportSituations.map((one) => one.code)), { maxItems: 9 }),
      happened_on: Day,
      place: Type.Optional(Text(100)),
      text: Type.Optional(Text(20_000)),
    }),
    ok: File('application/pdf'),
    errors: ['record_child_unseen'],
    logs: 'opening',
    replay: 'run',
  },
})
