// Documents 材料: what is printed or handed in. A document is a pure function of the data described here: whoever asks for one
// has already applied rights and masks, so a masked value arrives as the words to print ("138••••1234"), never as a flag.
// null is 未采集 and stays blank on paper, for the pen. Days are words of the record (YYYY[-MM[-DD]]), printed as people write them.
//
// A document 材料 that is made is kept: the data as of that moment, who made it, for what, whom it names. It is made by a job that can be
// left; it can be had again, in another format too, long after the files have changed. Withdrawing says why and keeps the row.
import { ChildFilter } from './children.ts'
import { documentFormats, documentKindCodes } from './documents.kinds.ts'
import { FamilyLines } from './families.ts'
import {
  Codes,
  Day,
  File,
  Id,
  Moment,
  operations,
  Page,
  PageQuery,
  Text,
  Type,
  Unknown,
  type Static,
} from './kernel.ts'
import { childLinks } from './roles.ts'

const Words = (maxLength: number) => Type.String({ maxLength })

/** Words to print for a phone: digits, or masked. Formatted 3-4-4 when it is a mainland mobile number. */
const PrintedPhone = Words(40)

/** Father or mother on the card. */
export const CardParent = Type.Object({
  name: Unknown(Words(60)),
  work_place: Unknown(Words(120)),
  phones: Type.Array(PrintedPhone, { maxItems: 4 }),
})

/** Who looks after the child day by day. `relation` is the printed word (奶奶), `health` and `occupation` are words too. */
export const CardCarer = Type.Object({
  name: Unknown(Words(60)),
  relation: Unknown(Words(30)),
  age: Unknown(Type.Integer({ minimum: 0, maximum: 130 })),
  occupation: Unknown(Words(40)),
  health: Unknown(Words(40)),
  residence: Unknown(Words(200)),
  phones: Type.Array(PrintedPhone, { maxItems: 4 }),
})

/** Class teacher, helper, child director: name and one phone. */
export const CardContact = Type.Object({ name: Unknown(Words(60)), phone: Unknown(PrintedPhone) })

/** 联系卡: the fields domain practice asks for (pupil, parents and their work places, carer with age, health, occupation, address). */
export const ContactCardData = Type.Object({
  child: Type.Object({
    name: Words(60),
    sex: Unknown(Type.Enum(['male', 'female'])),
    born_on: Unknown(Words(20)),
    /** Whole years on `issued_on`; printed only when the birthday is unknown. */
    age: Unknown(Type.Integer({ minimum: 0, maximum: 130 })),
    school: Unknown(Words(120)),
    /** Grade and class as printed: 三年级（2）班. */
    class_name: Unknown(Words(60)),
    residence: Unknown(Words(200)),
  }),
  father: Unknown(CardParent),
  mother: Unknown(CardParent),
  carer: Unknown(CardCarer),
  class_teacher: Unknown(CardContact),
  helper: Unknown(CardContact),
  child_director: Unknown(CardContact),
  /** Printed number of the card, 0207-2026-018. */
  card_code: Unknown(Words(40)),
  /** What the QR says. It carries no personal data: without signing in it reveals nothing. null = no QR. */
  card_url: Unknown(Words(300)),
  unit_name: Words(100),
  issued_on: Words(20),
  issued_by: Unknown(Words(60)),
  hotlines: Type.Array(Type.Object({ label: Words(20), number: Words(20) }), { maxItems: 8 }),
})
export type ContactCardData = Static<typeof ContactCardData>
export type CardParent = Static<typeof CardParent>
export type CardCarer = Static<typeof CardCarer>
export type CardContact = Static<typeof CardContact>

/** `a6`: a card a sheet · `a5`: two on a sheet, cut once · `a4`: four on a lying sheet, cut along the marks. */
export const CardLayout = Type.Enum(['a6', 'a5', 'a4'])
export type CardLayout = Static<typeof CardLayout>

/**
 * National help lines printed on every card unless the unit chose its own: police, government service, 团中央青少年服务台, 全国妇联妇女维权,
 * 全国统一心理援助.
 */
export const defaultHotlines: ContactCardData['hotlines'] = [
  { label: '报警', number: '110' },
  { label: '政务', number: '12345' },
  { label: '青少年', number: '12355' },
  { label: '妇女儿童维权', number: '12338' },
  { label: '心理援助', number: '12356' },
]

/** 领导小组名单: posts in the order they are printed. */
export const TeamListData = Type.Object({
  title: Words(120),
  unit_name: Words(100),
  dated_on: Words(20),
  /** A sentence or two before the table; empty = none. */
  introduction: Type.Array(Words(2000)),
  members: Type.Array(
    Type.Object({
      post: Words(30),
      name: Words(60),
      /** Job at the unit (校长, 党支部书记). */
      position: Unknown(Words(60)),
      duties: Unknown(Words(400)),
      phone: Unknown(PrintedPhone),
      from_on: Unknown(Words(20)),
      until_on: Unknown(Words(20)),
    }),
  ),
  /** Paragraphs after the table, such as where the office sits and who heads it. */
  closing: Type.Array(Words(2000)),
})
export type TeamListData = Static<typeof TeamListData>

/** What a table can be counted by. Each names a fact of the file; `unit` is the next unit below. */
export const dimensionCodes = [
  'unit',
  'age_band',
  'sex',
  'schooling',
  'grade',
  'boarding',
  'away',
  'work_region',
  'carer',
  'guardianship',
  'health',
  'income',
  'aid',
  'cause',
  'need',
] as const
export type Dimension = (typeof dimensionCodes)[number]

const Format = Codes(documentFormats)

/** What to make. Children by id, or everything a filter leaves; numbers by unit. What does not belong to the kind is ignored. */
export const NewDocument = Type.Object({
  id: Id,
  kind: Codes(documentKindCodes),
  format: Format,
  /** What it is for: stands on the paper, and in 谁看过 of every file. */
  purpose: Text(100),
  child_ids: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 2000 })),
  filter: Type.Optional(Type.Object(ChildFilter)),
  /** Left out: the actor's own unit. */
  unit_id: Type.Optional(Id),
  /** The tie by which children are counted; left out: the one that fits the unit's kind. */
  as: Type.Optional(Codes(childLinks)),
  /** The day a roster by definition or a table of numbers speaks of; today unless told. */
  as_of: Type.Optional(Day),
  title: Type.Optional(Text(60)),
  layout: Type.Optional(CardLayout),
  /** A ledger's columns: a preset by its code, one kept by an office, or chosen one by one. */
  ledger: Type.Optional(Type.String({ maxLength: 40 })),
  preset_id: Type.Optional(Id),
  columns: Type.Optional(Type.Array(Type.String({ maxLength: 60 }), { minItems: 1, maxItems: 100 })),
  /** Of a ledger of families, only these lines. */
  lines: Type.Optional(FamilyLines),
  /** What an unknown looks like: blank for the pen, or in words. */
  unknown_as: Type.Optional(Codes(['blank', 'words'])),
  definition: Type.Optional(Type.String({ maxLength: 40 })),
  rows: Type.Optional(Codes(dimensionCodes)),
  across: Type.Optional(Codes(dimensionCodes)),
  /** For the public: cells under five are not written. */
  for_public: Type.Optional(Type.Boolean()),
})
export type NewDocument = Static<typeof NewDocument>

export const IssuedDocument = Type.Object({
  id: Id,
  kind: Codes(documentKindCodes),
  title: Type.String(),
  unit_name: Type.String(),
  purpose: Unknown(Type.String()),
  as_of: Unknown(Day),
  counted_by: Unknown(Type.String()),
  definition: Unknown(Type.String()),
  for_public: Type.Boolean(),
  /** How many children it names or counts. */
  children: Type.Integer(),
  state: Codes(['waiting', 'collected', 'ready', 'failed']),
  progress: Type.Integer(),
  total: Type.Integer(),
  /** While the pages are set: since when, and how long it takes by what others took. */
  setting_since: Unknown(Moment),
  expected_ms: Unknown(Type.Integer()),
  failure: Unknown(Type.String()),
  formats: Type.Array(Format),
  /** Formats that lie ready, with their size in bytes. */
  files: Type.Partial(Type.Object({ pdf: Type.Integer(), docx: Type.Integer(), xlsx: Type.Integer() })),
  issued_at: Moment,
  issued_by_name: Unknown(Type.String()),
  mine: Type.Boolean(),
  withdrawn_at: Unknown(Moment),
  withdrawn_reason: Unknown(Type.String()),
})
export type IssuedDocument = Static<typeof IssuedDocument>

/** The same rule greys the button and refuses the call. */
export const documentCan = {
  download: (document: Pick<IssuedDocument, 'state' | 'withdrawn_at'>) =>
    document.state === 'ready' && document.withdrawn_at === null,
  withdraw: (document: Pick<IssuedDocument, 'state' | 'withdrawn_at'>) =>
    document.withdrawn_at === null && (document.state === 'ready' || document.state === 'failed'),
}

export const documentOps = operations('documents', {
  issue: {
    post: '/documents',
    may: 'children.export',
    body: NewDocument,
    ok: IssuedDocument,
    errors: [
      'nobody_chosen',
      'no_definition_then',
      'too_many_chosen',
      'unknown_column',
      'kind_not_yours',
      'wrong_format',
      'nothing_to_count',
    ],
    replay: 'get',
  },
  list: {
    get: '/documents',
    may: 'children.export',
    query: Type.Object({
      kind: Type.Optional(Codes(documentKindCodes)),
      /** Part of the title or of the purpose. */
      q: Type.Optional(Type.String({ maxLength: 60 })),
      child_id: Type.Optional(Id),
      ...PageQuery,
    }),
    ok: Page(IssuedDocument),
  },
  get: { get: '/documents/:id', may: 'children.export', ok: IssuedDocument },
  /** A table of numbers as it would be printed now, without a name: to look at before it is made. */
  preview: {
    get: '/documents/preview',
    may: 'children.read',
    query: Type.Object({
      kind: Codes(['summary', 'cross_table', 'completeness']),
      unit_id: Type.Optional(Id),
      as: Type.Optional(Codes(childLinks)),
      as_of: Type.Optional(Day),
      definition: Type.Optional(Type.String({ maxLength: 40 })),
      rows: Type.Optional(Codes(dimensionCodes)),
      across: Type.Optional(Codes(dimensionCodes)),
      for_public: Type.Optional(Type.Boolean()),
    }),
    ok: Type.Object({
      title: Type.String(),
      columns: Type.Array(Type.String()),
      rows: Type.Array(Type.Array(Type.Union([Type.String(), Type.Number(), Type.Null()]))),
      /** That many rows at the end are sums. */
      sums: Type.Integer(),
      notes: Type.Array(Type.String()),
      /** What does not add up, and how many children lack what. */
      beside: Type.Array(Type.Object({ title: Type.String(), lines: Type.Array(Type.String()) })),
    }),
    errors: ['kind_not_yours', 'no_definition_then', 'nothing_to_count'],
  },
  /** The kept data in another format. */
  make: {
    post: '/documents/:id/make',
    may: 'children.export',
    body: Type.Object({ format: Format }),
    ok: IssuedDocument,
    errors: ['document_withdrawn', 'document_not_ready', 'wrong_format'],
    replay: 'get',
  },
  download: {
    post: '/documents/:id/download',
    may: 'children.export',
    /** Whoever did not make it says what for; for the maker the first purpose holds. */
    body: Type.Object({ format: Format, purpose: Type.Optional(Text(100)) }),
    ok: File('application/octet-stream'),
    errors: ['document_withdrawn', 'document_not_ready', 'purpose_needed'],
    logs: 'opening',
    replay: 'run',
  },
  withdraw: {
    post: '/documents/:id/withdraw',
    may: 'children.export',
    body: Type.Object({ reason: Text(200) }),
    ok: IssuedDocument,
    errors: ['document_withdrawn', 'document_not_ready'],
    replay: 'get',
  },
})
