// Children 儿童: one child, one file (一人一档).
//
// Facts are stored, dated, each with its source; an official definition (口径) is computed from them, never stored. Unknown is a
// value: null means 未采集 and is never counted as "no". A child stands in several units at once (home village, class, grid,
// partner office), so several people may see it, each the part that their role needs (roles.ts).
//
// Filling an unknown applies at once. Changing a known value that the other side keeps becomes a proposal, which the keeper side
// accepts or declines. Files are never deleted: a child exits with a reason and can be restored.
import { CustomValue, CustomValues } from './custom_fields.values.ts'
import { DivisionCode } from './divisions.ts'
import { answerCodes, categoryCodes } from './definitions.codes.ts'
import { fieldPaths, type FieldPath } from './children.fields.ts'
import {
  Codes,
  Day,
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
import { helperKindCodes } from './pairings.ts'
import { childLinks, fieldGroups, type FieldGroup } from './roles.ts'

const Optional = <T extends Parameters<typeof Unknown>[0]>(schema: T) => Type.Optional(Unknown(schema))
const Words = (max: number) => Type.String({ minLength: 1, maxLength: max, pattern: '\\S' })
const Phone = Type.String({ pattern: '^\\d{3,16}$' })
const Phones = Type.Array(Phone, { maxItems: 6 })

export const Sex = Codes(['male', 'female'])
export const Grade = Codes(['k1', 'k2', 'k3', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'])
export const EnrolmentStatus = Codes([
  'in_school',
  'suspended',
  'dropped_out',
  'transferred',
  'graduated',
  'not_enrolled',
])
export const HealthState = Codes(['healthy', 'disabled', 'ill'])
export const ParentState = Codes(['home', 'away', 'deceased', 'missing', 'detained', 'unknown'])
export const Relation = Codes([
  'paternal_grandfather', 'paternal_grandmother', 'maternal_grandfather', 'maternal_grandmother', 'father', 'mother',
  'aunt_uncle', 'sibling', 'relative', 'neighbour', 'teacher', 'other',
]) // prettier-ignore
export const ExitReason = Codes([
  'parents_returned',
  'moved_away',
  'aged_out',
  'deceased',
  'entered_by_mistake',
  'merged',
  'other',
])

const ParentFacts = Type.Object({
  name: Optional(Words(100)),
  phones: Optional(Phones),
  identity_no: Optional(Words(30)),
  born_on: Optional(PartialDay),
  state: Optional(ParentState),
  able: Optional(Type.Boolean()),
  work_place: Optional(Words(200)),
  work_place_code: Optional(DivisionCode),
  work_unit: Optional(Words(200)),
  occupation: Optional(Words(100)),
  away_since: Optional(PartialDay),
  planned_return_on: Optional(PartialDay),
})
const CarerFacts = Type.Object({
  name: Optional(Words(100)),
  relation: Optional(Relation),
  relation_words: Optional(Words(50)),
  age: Optional(Type.Integer({ minimum: 10, maximum: 120 })),
  phones: Optional(Phones),
  identity_no: Optional(Words(30)),
  health: Optional(Words(100)),
  occupation: Optional(Words(100)),
  address: Optional(Words(300)),
  guardianship_type: Optional(Words(50)),
  able: Optional(Type.Boolean()),
  entrusted: Optional(Type.Boolean()),
  entrust_reason: Optional(Words(100)),
  why_changed: Optional(Words(200)),
  since: Optional(PartialDay),
})
const KinFacts = Type.Object({
  name: Optional(Words(100)),
  born_on: Optional(PartialDay),
  deceased: Optional(Type.Boolean()),
})
const ContactFacts = Type.Object({
  name: Optional(Words(100)),
  relation_words: Optional(Words(50)),
  phones: Optional(Phones),
})
const Several = Type.Array(Words(50), { maxItems: 12 })
export const IdentityKind = Codes(['resident', 'hk_macao', 'taiwan', 'passport', 'other'])

/** What somebody states about a child. A key left out says nothing; null says "not known after all". */
export const Facts = Type.Object({
  name: Type.Optional(Words(100)),
  sex: Optional(Sex),
  born_on: Optional(PartialDay),
  identity_no: Optional(Words(30)),
  ethnicity: Optional(Words(30)),
  former_name: Optional(Words(100)),
  identity_kind: Optional(IdentityKind),
  native_place: Optional(Words(100)),
  only_child: Optional(Type.Boolean()),
  orphan: Optional(Type.Boolean()),
  household_place: Optional(Words(300)),
  household_place_code: Optional(DivisionCode),
  hukou_registered: Optional(Type.Boolean()),
  hukou_type: Optional(Words(50)),
  address: Optional(Words(300)),
  villager_group: Optional(Words(50)),
  household_no: Optional(Words(50)),
  hobbies: Optional(Words(500)),
  remark: Optional(Words(2000)),
  causes: Optional(Several),
  need_kinds: Optional(Several),
  needs: Optional(Words(1000)),
  special_cases: Optional(Several),
  special_note: Optional(Words(500)),
  improper_care: Optional(Several),
  phones: Optional(Phones),
  enrolment_status: Optional(EnrolmentStatus),
  school_name: Optional(Words(100)),
  grade: Optional(Grade),
  class_number: Optional(Words(20)),
  boarding: Optional(Type.Boolean()),
  commute: Optional(Words(50)),
  needs_school_bus: Optional(Type.Boolean()),
  subsidised: Optional(Type.Boolean()),
  health: Optional(HealthState),
  illness: Optional(Words(200)),
  disability: Optional(Words(200)),
  disability_level: Optional(Words(50)),
  suspected_disability: Optional(Type.Boolean()),
  blood_type: Optional(Words(10)),
  father: Type.Optional(ParentFacts),
  mother: Type.Optional(ParentFacts),
  carer: Type.Optional(CarerFacts),
  paternal_grandfather: Type.Optional(KinFacts),
  paternal_grandmother: Type.Optional(KinFacts),
  maternal_grandfather: Type.Optional(KinFacts),
  maternal_grandmother: Type.Optional(KinFacts),
  contact: Type.Optional(ContactFacts),
  income_sources: Optional(Type.Array(Words(50), { maxItems: 10 })),
  economy_level: Optional(Words(50)),
  economy_note: Optional(Words(500)),
  aid_kinds: Optional(Type.Array(Words(50), { maxItems: 10 })),
  aid_note: Optional(Words(500)),
})
export type Facts = Static<typeof Facts>

/** What may be said of many children at once: nothing that belongs to one person alone. */
export const manyPaths = ['household_place', 'hukou_registered', 'hukou_type', 'address', 'villager_group', 'enrolment_status', 'school_name', 'boarding', 'subsidised', 'causes', 'father.work_place', 'mother.work_place'] as const // prettier-ignore
const ManyFacts = Type.Object(
  {
    household_place: Optional(Words(300)),
    household_place_code: Optional(DivisionCode),
    hukou_registered: Optional(Type.Boolean()),
    hukou_type: Optional(Words(50)),
    address: Optional(Words(300)),
    villager_group: Optional(Words(50)),
    enrolment_status: Optional(EnrolmentStatus),
    school_name: Optional(Words(100)),
    boarding: Optional(Type.Boolean()),
    subsidised: Optional(Type.Boolean()),
    causes: Optional(Several),
    father: Type.Optional(Type.Object({ work_place: Optional(Words(200)), work_place_code: Optional(DivisionCode) })),
    mother: Type.Optional(Type.Object({ work_place: Optional(Words(200)), work_place_code: Optional(DivisionCode) })),
  },
  { additionalProperties: false },
)

/** A unit the file is tied to when it is opened; left out, it is the actor's own unit over the link that fits its kind. */
const NewLink = Type.Object({ unit_id: Id, as: Codes(childLinks), from_on: Type.Optional(Day) })

export const NewChild = Type.Object({
  id: Id,
  facts: Type.Intersect([Facts, Type.Object({ name: Words(100) })]),
  links: Type.Optional(Type.Array(NewLink, { maxItems: 7 })),
  /** Open a second file although one with the same identity number or name and birth exists. */
  although_similar: Type.Optional(Type.Boolean()),
})
export type NewChild = Static<typeof NewChild>

export const FieldState = Codes(['open', 'masked', 'no'])

const PersonShown = Type.Object({
  adult_id: Unknown(Id),
  name: Unknown(Type.String()),
  phones: Type.Array(Type.String()),
  identity_no: Unknown(Type.String()),
})
const ParentShown = Type.Intersect([
  PersonShown,
  Type.Object({
    born_on: Unknown(PartialDay),
    state: Unknown(ParentState),
    able: Unknown(Type.Boolean()),
    work_place: Unknown(Type.String()),
    work_place_code: Unknown(Type.String()),
    work_unit: Unknown(Type.String()),
    occupation: Unknown(Type.String()),
    away_since: Unknown(PartialDay),
    planned_return_on: Unknown(PartialDay),
    stated_on: Unknown(Day),
  }),
])
const CarerShown = Type.Intersect([
  PersonShown,
  Type.Object({
    relation: Unknown(Relation),
    relation_words: Unknown(Type.String()),
    age: Unknown(Type.Integer()),
    health: Unknown(Type.String()),
    occupation: Unknown(Type.String()),
    address: Unknown(Type.String()),
    guardianship_type: Unknown(Type.String()),
    able: Unknown(Type.Boolean()),
    entrusted: Unknown(Type.Boolean()),
    entrust_reason: Unknown(Type.String()),
    why_changed: Unknown(Type.String()),
    since: Unknown(PartialDay),
    stated_on: Unknown(Day),
  }),
])

const KinShown = Type.Object({
  adult_id: Unknown(Id),
  name: Unknown(Type.String()),
  born_on: Unknown(PartialDay),
  deceased: Unknown(Type.Boolean()),
})
const ContactShown = Type.Object({
  adult_id: Unknown(Id),
  name: Unknown(Type.String()),
  relation_words: Unknown(Type.String()),
  phones: Type.Array(Type.String()),
})

/** A file as one reader may see it. `groups` says for each field group whether it is open, masked or not there at all. */
export const ChildFile = Type.Object({
  id: Id,
  version: Type.Integer(),
  groups: Type.Unsafe<Record<FieldGroup, Static<typeof FieldState>>>(Type.Record(Codes(fieldGroups), FieldState)),
  /** Groups whose masked values may be opened for a purpose. */
  revealable: Type.Array(Codes(fieldGroups)),
  can_write: Type.Boolean(),
  /** Full name, or the given name alone for those who may not know the full one. */
  name: Type.String(),
  sex: Unknown(Sex),
  born_on: Unknown(PartialDay),
  age: Unknown(Type.Integer()),
  age_band: Unknown(Codes(['0-5', '6-13', '14-15', '16+'])),
  identity_no: Unknown(Type.String()),
  ethnicity: Unknown(Type.String()),
  former_name: Unknown(Type.String()),
  identity_kind: Unknown(IdentityKind),
  native_place: Unknown(Type.String()),
  only_child: Unknown(Type.Boolean()),
  orphan: Unknown(Type.Boolean()),
  household_place: Unknown(Type.String()),
  household_place_code: Unknown(Type.String()),
  hukou_registered: Unknown(Type.Boolean()),
  hukou_type: Unknown(Type.String()),
  address: Unknown(Type.String()),
  villager_group: Unknown(Type.String()),
  household_no: Unknown(Type.String()),
  hobbies: Unknown(Type.String()),
  remark: Unknown(Type.String()),
  causes: Unknown(Type.Array(Type.String())),
  need_kinds: Unknown(Type.Array(Type.String())),
  needs: Unknown(Type.String()),
  special_cases: Unknown(Type.Array(Type.String())),
  special_note: Unknown(Type.String()),
  improper_care: Unknown(Type.Array(Type.String())),
  phones: Type.Array(Type.String()),
  enrolment_status: Unknown(EnrolmentStatus),
  school_name: Unknown(Type.String()),
  grade: Unknown(Grade),
  class_number: Unknown(Type.String()),
  boarding: Unknown(Type.Boolean()),
  commute: Unknown(Type.String()),
  needs_school_bus: Unknown(Type.Boolean()),
  subsidised: Unknown(Type.Boolean()),
  health: Unknown(HealthState),
  illness: Unknown(Type.String()),
  disability: Unknown(Type.String()),
  disability_level: Unknown(Type.String()),
  suspected_disability: Unknown(Type.Boolean()),
  blood_type: Unknown(Type.String()),
  father: Unknown(ParentShown),
  mother: Unknown(ParentShown),
  carer: Unknown(CarerShown),
  paternal_grandfather: Unknown(KinShown),
  paternal_grandmother: Unknown(KinShown),
  maternal_grandfather: Unknown(KinShown),
  maternal_grandmother: Unknown(KinShown),
  contact: Unknown(ContactShown),
  income_sources: Unknown(Type.Array(Type.String())),
  economy_level: Unknown(Type.String()),
  economy_note: Unknown(Type.String()),
  aid_kinds: Unknown(Type.Array(Type.String())),
  aid_note: Unknown(Type.String()),
  /** The county's own fields that this reader may see, by code. */
  custom: Type.Record(Type.String(), CustomValue),
  /** Columns of rosters that no field takes, by their head. Only for those who may see every group. */
  extra: Type.Record(Type.String(), Type.String()),
  status: Codes(['registered', 'exited']),
  registered_on: Day,
  exited_on: Unknown(Day),
  exit_reason: Unknown(ExitReason),
  exit_note: Unknown(Type.String()),
  units: Type.Array(
    Type.Object({ id: Id, name: Type.String(), kind: Type.String(), as: Codes(childLinks), from_on: Day }),
  ),
  /** Grandparents as the registration form names them. */
  relatives: Type.Array(
    Type.Object({
      relation: Type.String(),
      name: Unknown(Type.String()),
      born_on: Unknown(PartialDay),
      deceased: Unknown(Type.Boolean()),
    }),
  ),
  siblings: Type.Array(Type.Object({ id: Id, name: Type.String(), grade: Unknown(Grade) })),
  helpers: Type.Array(
    Type.Object({
      pairing_id: Id,
      name: Type.String(),
      kind: Codes(helperKindCodes),
      from_on: Day,
      until_on: Unknown(Day),
    }),
  ),
  /** Dossier requirements not met yet, and facts that contradict each other. */
  missing: Type.Array(Type.String()),
  contradictions: Type.Array(Type.String()),
  waiting_changes: Type.Integer(),
  card_code: Unknown(Type.String()),
  updated_at: Moment,
})
export type ChildFile = Static<typeof ChildFile>

export const ChildRow = Type.Object({
  id: Id,
  name: Type.String(),
  sex: Unknown(Sex),
  age: Unknown(Type.Integer()),
  age_band: Unknown(Type.String()),
  school_name: Unknown(Type.String()),
  grade: Unknown(Grade),
  class_number: Unknown(Type.String()),
  villager_group: Unknown(Type.String()),
  carer_name: Unknown(Type.String()),
  carer_relation: Unknown(Relation),
  father_state: Unknown(ParentState),
  father_place: Unknown(Type.String()),
  mother_state: Unknown(ParentState),
  mother_place: Unknown(Type.String()),
  phone: Unknown(Type.String()),
  unit_name: Unknown(Type.String()),
  helper_name: Unknown(Type.String()),
  status: Codes(['registered', 'exited']),
  missing: Type.Integer(),
  contradictions: Type.Integer(),
  updated_on: Day,
  /** The family was asked and nothing had changed, or what had was written down. */
  confirmed_on: Unknown(Day),
  /** The county's own fields that this reader may see, by code. */
  custom: Type.Record(Type.String(), CustomValue),
})
export type ChildRow = Static<typeof ChildRow>

const CustomBound = Type.String({ pattern: '^(-?\\d{1,15}(\\.\\d{1,6})?|\\d{4}-\\d{2}-\\d{2})$' })

/** Every number of 今天 is one of these filters, so a number and its list can never differ. */
export const ChildFilter = {
  q: Type.Optional(Type.String({ maxLength: 60 })),
  status: Type.Optional(Codes(['registered', 'exited', 'all'])),
  unit_id: Type.Optional(Id),
  as: Type.Optional(Codes(childLinks)),
  sex: Type.Optional(Sex),
  age_from: Type.Optional(Type.Integer({ minimum: 0, maximum: 30 })),
  age_until: Type.Optional(Type.Integer({ minimum: 0, maximum: 30 })),
  grade: Type.Optional(Grade),
  boarding: Type.Optional(Codes(['yes', 'no', 'unknown'])),
  /** By stored facts of both parents, as of today. */
  away: Type.Optional(Codes(['both', 'one', 'none', 'unknown'])),
  health: Type.Optional(Codes(['healthy', 'disabled', 'ill', 'unknown'])),
  relation: Type.Optional(Relation),
  helper: Type.Optional(Codes(['yes', 'no'])),
  /** 'any', 'none', or the requirement that is missing. */
  missing: Type.Optional(Type.String({ maxLength: 40 })),
  contradictory: Type.Optional(Codes(['yes', 'no'])),
  import_id: Type.Optional(Id),
  /** A field of the county's own, by its code: where anything stands in it, unless one of the next four says more. */
  custom: Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}$' })),
  /** One of its words to choose from, true or false, or in lines of text what they contain. */
  custom_value: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
  /** A number, or a day; a value known to the month or year alone counts where it may lie within. Both ends count. */
  custom_from: Type.Optional(CustomBound),
  custom_until: Type.Optional(CustomBound),
  /** 未采集: nothing stands in it. */
  custom_unknown: Type.Optional(Codes(['yes'])),
  /** Asked, or not asked, since that day (信息更新). */
  confirmed: Type.Optional(Codes(['yes', 'no'])),
  confirmed_since: Type.Optional(Day),
  /** By a definition (its code) as of a day, today if left out; the answer is yes if left out. */
  definition: Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9_]{1,39}$' })),
  answer: Type.Optional(Codes(answerCodes)),
  category: Type.Optional(Codes(categoryCodes)),
  as_of: Type.Optional(Day),
} as const
export const ChildOrder = Codes(['name', 'age', 'updated'])

export const ChildListQuery = Type.Object({ ...ChildFilter, order: Type.Optional(ChildOrder), ...PageQuery })
export type ChildListQuery = Static<typeof ChildListQuery>

export const Change = Type.Object({
  id: Id,
  child_id: Id,
  child_name: Type.String(),
  field: Type.String(),
  old: Type.Unknown(),
  new: Type.Unknown(),
  /** Values hidden from this reader are left out and this says so. */
  hidden: Type.Boolean(),
  source_type: Codes(['person', 'import', 'system']),
  source_name: Unknown(Type.String()),
  state: Codes(['applied', 'proposed', 'accepted', 'declined', 'withdrawn']),
  by_name: Unknown(Type.String()),
  by_unit_name: Unknown(Type.String()),
  at: Moment,
  decided_by_name: Unknown(Type.String()),
  decided_at: Unknown(Moment),
  decision_note: Unknown(Type.String()),
})

const Purpose = Text(200)

export const childOps = operations('children', {
  /** Whose role sees counts says what names are wanted for; `until` is null where names need none. */
  purpose: {
    get: '/children/purpose',
    may: 'children.read',
    ok: Type.Object({ needed: Type.Boolean(), until: Unknown(Moment) }),
  },
  state_purpose: {
    post: '/children/purpose',
    may: 'children.read',
    body: Type.Object({ purpose: Purpose }),
    ok: Type.Object({ needed: Type.Boolean(), until: Unknown(Moment) }),
    replay: 'run',
  },
  list: {
    get: '/children',
    may: 'children.read',
    names: true,
    query: ChildListQuery,
    ok: Page(ChildRow),
    errors: ['no_definition_then'],
  },
  count: {
    get: '/children/count',
    may: 'children.read',
    query: Type.Object(ChildFilter),
    ok: Type.Object({ count: Type.Integer() }),
    errors: ['no_definition_then', 'names_need_purpose'],
  },
  get: {
    get: '/children/:id',
    may: 'children.read',
    names: true,
    ok: ChildFile,
    logs: 'opening',
  },
  /** For the page after scanning a card: the file's id, if the reader may see it. */
  find_card: { get: '/cards/:code', may: 'children.read', ok: Type.Object({ id: Id }) },
  create: {
    post: '/children',
    may: 'children.write',
    body: NewChild,
    ok: ChildFile,
    errors: [
      'similar_child',
      'identity_no_taken',
      'identity_no_wrong',
      'born_in_future',
      'unit_not_yours',
      'wrong_kind_of_unit',
    ],
    queued: true,
    replay: 'get',
  },
  change: {
    post: '/children/:id/change',
    may: 'children.write',
    body: Type.Object({ version: Type.Integer(), facts: Facts }),
    ok: Type.Object({
      id: Id,
      file: ChildFile,
      proposed: Type.Array(Codes(fieldPaths as [FieldPath, ...FieldPath[]])),
    }),
    errors: ['identity_no_taken', 'identity_no_wrong', 'born_in_future', 'field_not_yours'],
    replay: 'run',
  },
  exit: {
    post: '/children/:id/exit',
    may: 'children.write',
    body: Type.Object({ version: Type.Integer(), on: Day, reason: ExitReason, note: Type.Optional(Text(500)) }),
    ok: ChildFile,
    errors: ['already_exited', 'exit_before_start', 'field_not_yours'],
    replay: 'get',
  },
  restore: {
    post: '/children/:id/restore',
    may: 'children.write',
    body: Type.Object({ version: Type.Integer(), note: Text(500) }),
    ok: ChildFile,
    errors: ['not_exited', 'field_not_yours'],
    replay: 'get',
  },
  place: {
    post: '/children/:id/place',
    may: 'children.write',
    body: Type.Object({ unit_id: Id, as: Codes(childLinks), from_on: Day }),
    ok: ChildFile,
    errors: ['unit_not_yours', 'link_needs_residence', 'wrong_kind_of_unit'],
    replay: 'get',
  },
  leave: {
    post: '/children/:id/leave',
    may: 'children.write',
    body: Type.Object({ unit_id: Id, as: Codes(childLinks), until_on: Day }),
    ok: ChildFile,
    errors: ['unit_not_yours'],
    replay: 'get',
  },
  reveal: {
    post: '/children/:id/reveal',
    may: 'children.reveal',
    body: Type.Object({ purpose: Purpose }),
    ok: Type.Object({ values: Type.Record(Type.String(), Type.Union([Type.String(), Type.Array(Type.String())])) }),
    errors: ['nothing_to_reveal'],
    logs: 'opening',
    replay: 'run',
  },
  /** 谁看过. */
  openings: {
    get: '/children/:id/openings',
    may: 'children.read',
    query: Type.Object(PageQuery),
    ok: Page(
      Type.Object({
        at: Moment,
        by_name: Unknown(Type.String()),
        role: Unknown(Type.String()),
        unit_name: Unknown(Type.String()),
        operation: Type.String(),
        purpose: Unknown(Type.String()),
      }),
    ),
  },
  history: {
    get: '/children/:id/history',
    may: 'children.read',
    names: true,
    query: Type.Object({ field: Type.Optional(Type.String()), ...PageQuery }),
    ok: Page(Change),
  },
  /** The same facts for many children. `preview` says what would change and writes nothing. */
  change_many: {
    post: '/children/change_many',
    may: 'children.write',
    body: Type.Object({
      child_ids: Type.Array(Id, { minItems: 1, maxItems: 500 }),
      facts: ManyFacts,
      /** Leaves alone what is known already. */
      only_unknown: Type.Boolean(),
      preview: Type.Boolean(),
    }),
    ok: Type.Object({
      changes: Type.Integer(),
      proposes: Type.Integer(),
      closed: Type.Integer(),
      same: Type.Integer(),
      items: Type.Array(
        Type.Object({
          child_id: Id,
          name: Type.String(),
          field: Type.String(),
          old: Type.Unknown(),
          new: Type.Unknown(),
          how: Codes(['changes', 'proposes', 'closed']),
        }),
      ),
    }),
    errors: ['field_not_yours'],
    replay: 'run',
  },
  /** The county's own fields; a code left out says nothing, null clears. */
  set_custom: {
    post: '/children/:id/custom',
    may: 'children.write',
    body: Type.Object({ version: Type.Integer(), values: CustomValues }),
    ok: ChildFile,
    errors: ['custom_unknown', 'custom_value', 'field_not_yours'],
    replay: 'get',
  },
  /** 无变化: the family was asked, and what the files say is still so. One tap for a whole family. */
  confirm: {
    post: '/children/confirm',
    may: 'children.write',
    body: Type.Object({ child_ids: Type.Array(Id, { minItems: 1, maxItems: 50 }) }),
    ok: Type.Object({ confirmed: Type.Integer() }),
    queued: true,
    replay: 'run',
  },
  /** What the actor's own unit proposed to the other side, and what became of it. */
  asked: { get: '/changes/asked', may: 'children.write', query: Type.Object(PageQuery), ok: Page(Change) },
  /** Proposals that wait for the actor's side. */
  waiting: { get: '/changes', may: 'changes.decide', query: Type.Object(PageQuery), ok: Page(Change) },
  decide: {
    post: '/changes/:id/decide',
    may: 'changes.decide',
    body: Type.Object({ accept: Type.Boolean(), note: Type.Optional(Text(300)) }),
    ok: Nothing,
    errors: ['already_decided', 'changed_since', 'field_not_yours'],
  },
})
