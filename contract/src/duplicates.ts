// Duplicates 查重: two files that may be one child. Every likeness says its reasons; the identity number weighs most and is compared with
// closed files, too. Two files are looked at side by side and merged, or said to be two children, and then not asked about again.
//
// A merge keeps one file and closes the other; its links, records, pairings and consents follow. Nothing is lost: for thirty days it can
// be undone, and afterwards both files still say what became of them.
import { fieldPaths, type FieldPath } from './children.fields.ts'
import { Codes, Id, Moment, Nothing, operations, Page, PageQuery, Text, Type, Unknown, type Static } from './kernel.ts'

export const likenessReasons = {
  same_number: { zh: '证件号相同', en: 'same identity number' },
  same_name: { zh: '姓名相同', en: 'same name' },
  same_sound: { zh: '姓名同音', en: 'name sounds alike' },
  same_day: { zh: '同一天出生', en: 'born on the same day' },
  may_be_same_day: { zh: '出生日期可能相同', en: 'perhaps born on the same day' },
  same_carer: { zh: '照护人相同', en: 'same carer' },
  same_parent: { zh: '爸爸或妈妈相同', en: 'same parent' },
  same_school: { zh: '学校相同', en: 'same school' },
  same_sex: { zh: '性别相同', en: 'same sex' },
  other_number: { zh: '但证件号不同', en: 'but another identity number' },
  other_day: { zh: '但出生日期不同', en: 'but born on another day' },
  other_sex: { zh: '但性别不同', en: 'but another sex' },
} as const
export type LikenessReason = keyof typeof likenessReasons
const reasonCodes = Object.keys(likenessReasons) as LikenessReason[]

const One = Type.Object({
  child_id: Id,
  name: Type.String(),
  unit_name: Unknown(Type.String()),
  status: Codes(['registered', 'exited']),
})
export const Likeness = Type.Object({
  one: One,
  other: One,
  score: Type.Integer(),
  reasons: Type.Array(Codes(reasonCodes)),
})
export type Likeness = Static<typeof Likeness>

/** Days in which a merge can be undone. */
export const undoDays = 30

export const Merge = Type.Object({
  id: Id,
  kept_id: Id,
  kept_name: Type.String(),
  gone_id: Id,
  gone_name: Type.String(),
  state: Codes(['merged', 'undone', 'different']),
  note: Unknown(Type.String()),
  /** Fields that the kept file took from the other. */
  fields: Type.Array(Type.String()),
  at: Moment,
  by_name: Unknown(Type.String()),
  undone_at: Unknown(Moment),
  can_undo: Type.Boolean(),
  version: Type.Integer(),
})
export type Merge = Static<typeof Merge>

export const duplicateOps = operations('duplicates', {
  /** Of the children the reader sees: the likeliest first. */
  list: { get: '/duplicates', may: 'changes.decide', query: Type.Object(PageQuery), ok: Page(Likeness) },
  /** Files like this one. `hidden`: how many more there are out of sight. */
  of_child: {
    get: '/children/:child_id/duplicates',
    may: 'children.read',
    names: true,
    ok: Type.Object({ items: Type.Array(Likeness), hidden: Type.Integer() }),
  },
  merge: {
    post: '/duplicates/merge',
    may: 'changes.decide',
    body: Type.Object({
      id: Id,
      kept_id: Id,
      gone_id: Id,
      kept_version: Type.Integer(),
      gone_version: Type.Integer(),
      /** Fields in which the other file is right. What only the other knows comes along by itself. */
      take: Type.Array(Codes(fieldPaths as [FieldPath, ...FieldPath[]]), { maxItems: 200 }),
      note: Type.Optional(Text(300)),
    }),
    ok: Merge,
    errors: ['merge_same', 'merge_gone', 'merge_not_yours'],
    replay: 'get',
  },
  /** Two children after all. */
  different: {
    post: '/duplicates/different',
    may: 'changes.decide',
    body: Type.Object({ id: Id, child_id: Id, other_id: Id, note: Type.Optional(Text(300)) }),
    ok: Nothing,
    errors: ['merge_same'],
    replay: 'run',
  },
  get: { get: '/merges/:id', may: 'children.read', names: true, ok: Merge },
  merges: {
    get: '/merges',
    may: 'children.read',
    names: true,
    query: Type.Object({ child_id: Type.Optional(Id), ...PageQuery }),
    ok: Page(Merge),
  },
  undo: {
    post: '/merges/:id/undo',
    may: 'changes.decide',
    /** `keep_edits`: what was changed since the merge stays as it is now. */
    body: Type.Object({ version: Type.Integer(), keep_edits: Type.Optional(Type.Boolean()) }),
    ok: Merge,
    errors: ['merge_undone', 'merge_too_old', 'merge_edited', 'merge_chain'],
    replay: 'get',
  },
})
