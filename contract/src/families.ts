// Families 家庭: who of a home is here and who is away, told from the same dated facts as the files.
//
// 外出台账: every absence of a parent: where, since when, until when, when they mean to come back. 照护台账: everybody who cared for a child,
// in the word the family uses. 户: children of one 户号, and where nobody wrote one, children of the same carer. 务工地点: words for places of work
// whose division nobody confirmed. A place is chosen once for the same words: until then no definition can say whether it lies beyond the county.
import { DivisionCode } from './divisions.ts'
import { Codes, Day, Id, operations, Page, PageQuery, Text, Type, Unknown, type Static } from './kernel.ts'

const Unit = Type.Optional(Id)
export const spellTimes = ['now', 'past', 'all'] as const
export const returnTimes = ['soon', 'late'] as const
export const awayGaps = ['since', 'place', 'place_code', 'return'] as const
/** “Soon” home: within so many days. */
export const soonHomeDays = 30

const spell = {
  id: Id,
  child_id: Id,
  child_name: Type.String(),
  unit_name: Unknown(Type.String()),
  adult_name: Unknown(Type.String()),
  /** YYYY[-MM[-DD]] */
  from_on: Unknown(Type.String()),
  until_on: Unknown(Type.String()),
  stated_on: Day,
}
export const AwaySpell = Type.Object({
  ...spell,
  parent: Codes(['father', 'mother']),
  place: Unknown(Type.String()),
  place_code: Unknown(Type.String()),
  work_unit: Unknown(Type.String()),
  planned_return_on: Unknown(Type.String()),
})
export type AwaySpell = Static<typeof AwaySpell>

export const CareSpell = Type.Object({
  ...spell,
  relation: Unknown(Type.String()),
  /** As the family says it: 阿婆. */
  relation_words: Unknown(Type.String()),
  entrusted: Unknown(Type.Boolean()),
  guardianship_type: Unknown(Type.String()),
  why_changed: Unknown(Type.String()),
})
export type CareSpell = Static<typeof CareSpell>

export const Home = Type.Object({
  /** Stands for the household, else for the carer or the child that the home is told from. */
  key: Type.String(),
  household_no: Unknown(Type.String()),
  villager_group: Unknown(Type.String()),
  address: Unknown(Type.String()),
  unit_name: Unknown(Type.String()),
  children: Type.Array(Type.Object({ id: Id, name: Type.String(), age: Unknown(Type.Integer()) })),
  /** Parents and carers, each once: where the file does not say whether a parent is at home, `state` is null. */
  adults: Type.Array(
    Type.Object({
      name: Unknown(Type.String()),
      role: Codes(['father', 'mother', 'carer']),
      relation_words: Unknown(Type.String()),
      state: Unknown(Type.String()),
      place: Unknown(Type.String()),
      since: Unknown(Type.String()),
    }),
  ),
})
export type Home = Static<typeof Home>

/** The same words for a place of work, wherever they stand in files the reader may see. */
export const WorkPlace = Type.Object({
  words: Type.String(),
  children: Type.Integer({ minimum: 1 }),
})
export type WorkPlace = Static<typeof WorkPlace>

/** Which lines of a ledger of families: what the page asks, and the paper made from it. */
export const FamilyLines = Type.Object({
  when: Type.Optional(Codes(spellTimes)),
  returns: Type.Optional(Codes(returnTimes)),
  lacks: Type.Optional(Codes(awayGaps)),
  /** all: both parents or the only one known are away · some: at least one. */
  away: Type.Optional(Codes(['some', 'all'])),
  q: Type.Optional(Text(60)),
})
export type FamilyLines = Static<typeof FamilyLines>

export const familyOps = operations('families', {
  away: {
    get: '/away',
    may: 'children.read',
    names: true,
    query: Type.Object({
      unit_id: Unit,
      when: Type.Optional(Codes(spellTimes)),
      returns: Type.Optional(Codes(returnTimes)),
      lacks: Type.Optional(Codes(awayGaps)),
      /** Part of the place, the child's or the parent's name. */
      q: Type.Optional(Text(60)),
      ...PageQuery,
    }),
    ok: Page(AwaySpell),
  },
  carers: {
    get: '/carers',
    may: 'children.read',
    names: true,
    query: Type.Object({ unit_id: Unit, when: Type.Optional(Codes(spellTimes)), q: Type.Optional(Text(60)), ...PageQuery }),
    ok: Page(CareSpell),
  },
  households: {
    get: '/households',
    may: 'children.read',
    names: true,
    query: Type.Object({
      unit_id: Unit,
      /** all: both parents or the only one known are away · some: at least one. */
      away: Type.Optional(Codes(['some', 'all'])),
      q: Type.Optional(Text(60)),
      ...PageQuery,
    }),
    ok: Page(Home),
  },
  /** Words that no division was confirmed for, the most frequent first. */
  places: {
    get: '/work-places',
    may: 'children.write',
    ok: Type.Object({ items: Type.Array(WorkPlace), /** Children whose parent's place is open. */ children: Type.Integer() }),
  },
  /** This place, for every file with the same words that the actor may change and where no place was confirmed. Words stay as they are. */
  choose_place: {
    post: '/work-places/choose',
    may: 'children.write',
    body: Type.Object({ words: Text(200), code: DivisionCode }),
    ok: Type.Object({ changed: Type.Integer() }),
    errors: ['place_not_listed', 'place_words_gone'],
    replay: 'run',
  },
}) // prettier-ignore
