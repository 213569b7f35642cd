// Random histories of one small county: joiners, leavers, moves, parents who go and come back, handovers, holidays, late entries,
// waivers and successors. Ids are made from numbers, so that a failing case reads well.
import fc from 'fast-check'
import { festivals } from '@nuanyang/domain/values/festivals.ts'
import type { Cohort, DutyRow, History } from './history.ts'
import { plus } from './slow_due_items.ts'

const zero = '2026-07-01'
/** A day of the year and a half around the plans. */
const day = (from = 0, until = 560) => fc.integer({ min: from, max: until }).map((n) => plus(zero, n))
const orNull = <T>(one: fc.Arbitrary<T>, often = 3) => fc.option(one, { freq: often })
const partial = (one: fc.Arbitrary<string>) => fc.tuple(one, fc.constantFrom(10, 10, 7, 4)).map(([d, n]) => d.slice(0, n)) // prettier-ignore

/** Ids of a kind of row within one history; `salt` keeps histories in one database apart. */
export const idOf = (salt: number, kind: number, n: number) =>
  `${String(kind).padStart(8, '0')}-0000-7000-8000-${String(salt * 1000 + n).padStart(12, '0')}`

export const unitNames = ['county', 'town', 'village', 'other', 'school', 'class', 'office', 'grid'] as const
export type UnitName = (typeof unitNames)[number]

export function unitsOf(salt: number, closed: string | null): History['units'] {
  const id = (name: UnitName) => idOf(salt, 1, unitNames.indexOf(name))
  const row = (name: UnitName, kind: string, up: UnitName[], code: string | null, more: object = {}) => ({
    id: id(name), kind, path: `${[...up, name].map(id).join('/')}/`, depth: up.length, division_code: code, opened_on: null, closed_on: null, stage: null, entry_year: null, ...more,
  }) // prettier-ignore
  return [
    row('county', 'county', [], '360123'),
    row('town', 'township', ['county'], '360123104'),
    row('village', 'village', ['county', 'town'], '360123104207', { closed_on: closed }),
    row('other', 'village', ['county', 'town'], null),
    row('school', 'school', ['county', 'town'], null),
    row('class', 'class', ['county', 'town', 'school'], null, { stage: 'primary', entry_year: 2023 }),
    row('office', 'partner_office', ['county'], null),
    row('grid', 'grid', ['county', 'town', 'village'], null),
  ]
}

/** Spells that follow one another without overlap, some apart, the last perhaps open. */
function spells(most: number): fc.Arbitrary<{ from_on: string; until_on: string | null }[]> {
  const days = fc.uniqueArray(fc.integer({ min: -400, max: 480 }), { maxLength: most * 2 - 1 })
  return fc.tuple(fc.integer({ min: -900, max: -300 }), days, fc.constantFrom(true, true, true, false)).map(([begin, rest, open]) => {
    const sorted = [begin, ...rest.filter((d) => d > begin)].toSorted((a, b) => a - b)
    const out: { from_on: string; until_on: string | null }[] = []
    // Half of them touch the next one.
    for (let n = 0; n < sorted.length; n += sorted[n]! % 2 === 0 ? 1 : 2) {
      const until = sorted[n + 1]
      if (until === undefined && !open && out.length > 0) break
      out.push({ from_on: plus(zero, sorted[n]!), until_on: until === undefined ? null : plus(zero, until) })
    }
    return out
  }) // prettier-ignore
}

const places = [null, '3601', '360123', '360124', '440305', '440305', '440306', '360102']

function childOf(salt: number, n: number) {
  const id = idOf(salt, 2, n)
  const unit = (name: UnitName) => idOf(salt, 1, unitNames.indexOf(name))
  const links = (as: string, where: UnitName[], most = 3) =>
    spells(most).chain((list) =>
      fc.tuple(...list.map((s) => fc.record({ child_id: fc.constant(id), unit_id: fc.constantFrom(...where.map(unit)), as: fc.constant(as), from_on: fc.constant(s.from_on), until_on: fc.constant(s.until_on), stated: fc.boolean() }))),
    ) // prettier-ignore
  const parents = (parent: 'father' | 'mother') =>
    spells(3).chain((list) =>
      fc.tuple(...list.map((s, at) =>
        fc.record({
          child_id: fc.constant(id), parent: fc.constant(parent),
          state: fc.constantFrom<History['parents'][number]['state'][]>('away', 'away', 'away', 'away', 'away', 'home', 'home', 'deceased', 'unknown', null),
          able: fc.constantFrom(true, false, null), place_code: fc.constantFrom(...places),
          from_on: at === 0 ? fc.constantFrom(null, s.from_on, s.from_on.slice(0, 7)) : fc.constant(s.from_on), until_on: fc.constant(s.until_on),
          stated_on: fc.constantFrom(s.from_on, plus(s.from_on, 20), '2026-08-01'),
        }))),
    ) // prettier-ignore
  return fc.record({
    child: fc.record({
      id: fc.constant(id), born_on: orNull(partial(fc.integer({ min: -6600, max: -1200 }).map((d) => plus(zero, d))), 6), sex: fc.constantFrom('male' as const, 'female' as const, null),
      household_division_code: fc.constantFrom('360123', '360123104207', '360124', null), registered_on: day(-200, 90), exited_on: orNull(day(130, 500), 2),
    }),
    links: fc.tuple(links('residence', ['village', 'village', 'village', 'other'], 2), links('class', ['class'], 2), links('partner', ['office'], 1), links('grid', ['grid'], 1)).map((all) => all.flat()),
    parents: fc.tuple(parents('father'), parents('mother')).map((all) => all.flat()),
    carers: spells(2).map((list) => list.map((s) => ({ child_id: id, ...s, stated_on: s.from_on }))),
    focus: orNull(fc.tuple(day(-50, 200), orNull(day(210, 400)))).map((f) => (f ? [{ child_id: id, decided_on: f[0], until_on: f[1] }] : [])),
    enrolments: spells(2).chain((list) => fc.tuple(...list.map((s) => fc.record({
      child_id: fc.constant(id), status: fc.constantFrom('in_school', 'in_school', 'dropped_out'), grade: fc.constantFrom(null, '1', '5', 'k3'), class_unit_id: fc.constantFrom(null, unit('class')),
      boarding: fc.constantFrom(true, false, null), from_on: fc.constant(s.from_on), until_on: fc.constant(s.until_on), stated_on: fc.constant(s.from_on) })))),
  }) // prettier-ignore
}

const cohorts: fc.Arbitrary<Cohort> = fc.record(
  {
    definition: fc.constantFrom('mca' as const, 'moe' as const),
    age: fc.constantFrom({ from: 6, until: 14 }, { from: null, until: 10 }, { from: 12, until: null }),
    sex: fc.constantFrom('male' as const, 'female' as const),
    grades: fc.constantFrom(['4'], ['1', '2', '6'], ['k3', '1']),
    boarding: fc.boolean(),
    focus: fc.boolean(),
    paired: fc.boolean(),
  },
  { requiredKeys: [] },
)

const kindsUsed = ['talk', 'visit']

/** What a history is rich in: a bit of everything, or pairings that change hands, late entries and duties that were changed. */
export type Lean = 'even' | 'pairs'

function dutyOf(salt: number, n: number, plan: History['plans'][number], lean: Lean): fc.Arbitrary<DutyRow> {
  const late = lean === 'pairs' ? 4 : 1
  const none = { every: null, count: null, interval_n: null, festival: null, month: null, event: null, within_days: null, working_days: null } // prettier-ignore
  const rhythm = fc.oneof(
    { weight: 6, arbitrary: fc.record({ rhythm: fc.constant('period' as const), every: fc.constantFrom(lean === 'pairs' ? ('week' as const) : ('day' as const), 'week' as const, 'week' as const, 'month' as const, 'month' as const, 'quarter' as const, 'term' as const, 'year' as const), count: fc.constantFrom(1, 1, 2, 3, 5), interval_n: fc.constantFrom(null, null, 2, 3) })
        .map((r) => ({ ...none, ...r, interval_n: r.every === 'week' || r.every === 'month' ? r.interval_n : null })) },
    { weight: 2 * late, arbitrary: fc.constantFrom(...festivals.map(({ code }) => code)).map((festival) => ({ ...none, rhythm: 'festival' as const, festival })) },
    { weight: late, arbitrary: fc.tuple(fc.integer({ min: 1, max: 12 }), fc.constantFrom(null, 2)).map(([month, count]) => ({ ...none, rhythm: 'month' as const, month, count })) },
    { weight: 3, arbitrary: fc.record({ event: fc.constantFrom('new_child' as const, 'parents_left' as const, 'parents_returned' as const, 'carer_changed' as const), within_days: fc.constantFrom(1, 5, 30), working_days: fc.boolean() })
        .map((e) => ({ ...none, rhythm: 'event' as const, ...e })) },
    { weight: 1, arbitrary: fc.constant({ ...none, rhythm: 'continuous' as const }) },
  ) // prettier-ignore
  return fc
    .record({
      rhythm,
      kind: fc.constantFrom(...(lean === 'pairs' ? kindsUsed.slice(0, 1) : kindsUsed)),
      subject: fc.constantFrom<DutyRow['subject'][]>(...(lean === 'pairs' ? (['each_pair', 'each_pair', 'each_pair', 'each_child'] as const) : (['each_child', 'each_child', 'each_child', 'each_priority_child', 'each_pair', 'unit'] as const))), // prettier-ignore
      cohort: lean === 'pairs' ? fc.constant(null) : orNull(cohorts, 2),
      pauses_in_holidays: fc.boolean(),
      responsible: fc.constantFrom(null, 'class_teacher', 'help_teacher', 'volunteer', 'child_director', 'leading_group', 'guardian'), // prettier-ignore
      from_on: fc.constantFrom(plan.from_on, plan.from_on, plus(plan.from_on, 40)),
      until_on: fc.constantFrom(plan.until_on, plan.until_on, plus(plan.until_on, -30)),
    })
    .map(({ rhythm: r, ...rest }) => ({
      id: idOf(salt, 5, n),
      plan_id: plan.id,
      ...r,
      ...rest,
      cohort: rest.subject === 'unit' ? null : rest.cohort,
      account_id: null,
      anchor_on: r.every === 'week' ? mondayOf(plan.from_on) : `${plan.from_on.slice(0, 7)}-01`,
      until_on: rest.until_on < rest.from_on ? rest.from_on : rest.until_on,
      replaces_id: null,
    }))
    .filter((d) => d.subject !== 'unit' || d.rhythm !== 'event')
}

export const mondayOf = (on: string) => plus(on, -((new Date(on).getUTCDay() + 6) % 7))

function planOf(salt: number, n: number, lean: Lean): fc.Arbitrary<History['plans'][number]> {
  if (lean === 'pairs')
    return fc.record({ unit: fc.constantFrom<UnitName>('village', 'village', 'town', 'county', 'school'), from: day(0, 30), length: fc.constantFrom(240, 300, 400), closed: orNull(fc.integer({ min: 120, max: 200 }), 1) }).map((p) => ({
      id: idOf(salt, 4, n), unit_id: idOf(salt, 1, unitNames.indexOf(p.unit)), definition: 'mca' as const, state: p.closed === null ? ('adopted' as const) : ('closed' as const),
      from_on: p.from, until_on: plus(p.from, p.length), adopted_on: p.from, closed_on: p.closed === null ? null : plus(p.from, p.closed),
    })) // prettier-ignore
  return fc
    .record({
      unit: fc.constantFrom<UnitName[]>(
        'village',
        'village',
        'village',
        'town',
        'school',
        'school',
        'class',
        'office',
        'county',
        'grid',
      ),
      definition: fc.constantFrom('mca' as const, 'moe' as const),
      state: fc.constantFrom<History['plans'][number]['state'][]>('adopted', 'adopted', 'adopted', 'adopted', 'adopted', 'adopted', 'closed', 'closed', 'withdrawn', 'draft'), // prettier-ignore
      from: day(0, 90),
      length: fc.constantFrom(60, 150, 300, 400),
      adopted: fc.integer({ min: -20, max: 30 }),
      closed: fc.integer({ min: 40, max: 140 }),
    })
    .map((p) => ({
      id: idOf(salt, 4, n),
      unit_id: idOf(salt, 1, unitNames.indexOf(p.unit)),
      definition: p.definition,
      state: p.state,
      from_on: p.from,
      until_on: plus(p.from, p.length),
      adopted_on: p.state === 'draft' ? null : plus(p.from, p.adopted),
      closed_on: p.state === 'closed' ? plus(p.from, p.closed) : null,
    }))
}

/** A change ends a duty on a day and opens its successor the next. */
function withSuccessor(salt: number, duties: DutyRow[], on: string | null): DutyRow[] {
  const [old, ...rest] = duties
  if (!old || on === null || on < old.from_on || on >= old.until_on) return duties
  const next = { ...old, id: idOf(salt, 5, 90), count: old.count === null ? null : old.count + 1, from_on: plus(on, 1), replaces_id: old.id } // prettier-ignore
  return [{ ...old, until_on: on }, next, ...rest]
}

const schoolTerms = (salt: number): fc.Arbitrary<History['terms']> =>
  fc.record({ own: fc.boolean(), second: fc.boolean(), shift: fc.integer({ min: -10, max: 10 }) }).map(({ own, second, shift }) => {
    const term = (unit_id: string | null, school_year: number, number: 1 | 2, from_on: string, until_on: string) => ({ unit_id, school_year, number, from_on, until_on })
    const school = idOf(salt, 1, unitNames.indexOf('school'))
    return [
      term(null, 2025, 2, '2026-02-28', '2026-07-05'),
      term(null, 2026, 1, '2026-09-01', '2027-01-22'),
      ...(second ? [term(null, 2026, 2, '2027-02-26', '2027-07-02')] : []),
      ...(own ? [term(school, 2026, 1, plus('2026-09-03', shift), plus('2027-01-15', shift))] : []),
    ]
  }) // prettier-ignore

/** Each child is helped by one after the other, most of them without a gap, some at the same time. */
function handovers(childIds: readonly string[]): fc.Arbitrary<{ child: string; helper: number; unit: UnitName; from_on: string; until_on: string | null }[]> {
  const chain = (child: string) =>
    fc.tuple(fc.integer({ min: -60, max: 60 }), fc.array(fc.tuple(fc.integer({ min: 20, max: 120 }), fc.constantFrom(0, 0, 0, 9, -12)), { minLength: 2, maxLength: 4 }), fc.constantFrom<UnitName>('village', 'school'), fc.boolean()).map(([begin, spells_, unit, open]) => {
      let on = begin
      return spells_.map(([length, gap], n) => {
        const row = { child, helper: n % 2, unit, from_on: plus(zero, on), until_on: open && n === spells_.length - 1 ? null : plus(zero, on + length) }
        on += length + gap
        return row
      })
    })
  return fc.tuple(...childIds.map(chain)).map((all) => all.flat())
} // prettier-ignore

const postsOf = (salt: number): fc.Arbitrary<History['memberships']> =>
  fc.array(
    fc.record({ n: fc.integer({ min: 0, max: 3 }), unit: fc.constantFrom<UnitName>('village', 'village', 'town', 'school', 'class', 'county', 'grid'), role: fc.constantFrom('child_director', 'class_teacher', 'help_teacher', 'helper', 'leading_group'), adult: fc.constantFrom(null, 0, 1), from: fc.integer({ min: -100, max: 150 }), length: orNull(fc.integer({ min: 10, max: 200 }), 2) }),
    { minLength: 1, maxLength: 8 },
  ).map((posts) => posts.map((p) => ({ account_id: idOf(salt, 3, p.n), unit_id: idOf(salt, 1, unitNames.indexOf(p.unit)), role: p.role, adult_id: p.adult === null ? null : idOf(salt, 9, p.adult), from_on: plus(zero, p.from), until_on: p.length === null ? null : plus(zero, p.from + p.length) }))) // prettier-ignore

const perhaps = { counts: fc.constantFrom(true, true, true, false), draft: fc.constantFrom(false, false, false, true), withdrawn: fc.constantFrom(false, false, false, true) } // prettier-ignore
const surely = { counts: fc.constantFrom(...Array<boolean>(9).fill(true), false), draft: fc.constant(false), withdrawn: fc.constantFrom(...Array<boolean>(9).fill(false), true) } // prettier-ignore

/** @param salt another for each history in one database */
export function histories(salt: number, children = 2, lean: Lean = 'even'): fc.Arbitrary<History> {
  const unit = (name: UnitName) => idOf(salt, 1, unitNames.indexOf(name))
  const kids = fc.tuple(...Array.from({ length: children }, (_, n) => childOf(salt, n)))
  const childIds = Array.from({ length: children }, (_, n) => idOf(salt, 2, n))
  const pairings = fc.array(fc.record({ child: fc.constantFrom(...childIds), helper: fc.integer({ min: 0, max: 1 }), unit: fc.constantFrom<UnitName[]>('village', 'school', 'town'), from_on: day(-30, 200), length: orNull(fc.integer({ min: 5, max: 200 }), 2) }), { maxLength: 2 }) // prettier-ignore
  const plans = fc.tuple(planOf(salt, 0, lean), planOf(salt, 1, lean))
  const posts = lean === 'pairs' ? postsOf(salt) : fc.constant<History['memberships']>([])
  const hands = lean === 'pairs' ? handovers(childIds) : fc.constant(null)
  return fc.tuple(kids, pairings, plans, schoolTerms(salt), orNull(day(100, 400), 2), orNull(day(60, 250), lean === 'pairs' ? 9 : 2), posts, hands).chain(([kin, pairs, planned, terms, closed, changed, memberships, handed]) => {
    const pairRows = handed?.map(({ child, helper, unit: where, ...days }, n) => ({ id: idOf(salt, 7, n), child_id: child, helper_id: idOf(salt, 8, helper), unit_id: unit(where), ...days })) ?? pairs
      .filter((p, n) => pairs.findIndex((o) => o.child === p.child && o.helper === p.helper) === n)
      .map((p, n) => ({ id: idOf(salt, 7, n), child_id: p.child, helper_id: idOf(salt, 8, p.helper), unit_id: unit(p.unit), from_on: p.from_on, until_on: p.length === null ? null : plus(p.from_on, p.length) }))
    const duties = fc.tuple(...(lean === 'pairs' ? [0, 1, 2, 3, 4, 5] : [0, 1, 2]).map((n) => dutyOf(salt, n, planned[n % 2]!, lean)))
    const records = fc.array(fc.record({ kind: fc.constantFrom(...(lean === 'pairs' ? [...kindsUsed, kindsUsed[0]!] : kindsUsed)), happened_on: day(0, 420), unit: fc.constantFrom<UnitName[]>('village', 'other', 'class', 'town'), pair: fc.integer(lean === 'pairs' ? { min: -1, max: 7 } : { min: -2, max: 1 }), ...(lean === 'pairs' ? surely : perhaps), children: lean === 'pairs' ? fc.subarray(childIds, { minLength: childIds.length }) : fc.subarray(childIds) }), lean === 'pairs' ? { minLength: 16, maxLength: 40 } : { minLength: 4, maxLength: 24 })
    const waivers = fc.array(fc.record({ duty: fc.integer({ min: 0, max: 2 }), pick: fc.nat(40), ordinal: fc.constantFrom(1, 1, 2), lifted: fc.constantFrom(false, false, true) }), { maxLength: 3 })
    const holidays = fc.uniqueArray(fc.integer({ min: 60, max: 200 }), { maxLength: 8 }).chain((days) => fc.tuple(...days.map((n) => fc.record({ on_day: fc.constant(plus(zero, n)), kind: fc.constantFrom('holiday' as const, 'working' as const) }))))
    return fc.record({ duties, records, waivers, holidays }).map((drawn): History => ({
      tenant_id: String(100000 + salt),
      units: unitsOf(salt, closed),
      children: kin.map((k) => k.child), links: kin.flatMap((k) => k.links), enrolments: kin.flatMap((k) => k.enrolments), parents: kin.flatMap((k) => k.parents), carers: kin.flatMap((k) => k.carers), focus: kin.flatMap((k) => k.focus),
      adults: [0, 1].map((n) => ({ id: idOf(salt, 9, n) })),
      helpers: [0, 1].map((n) => ({ id: idOf(salt, 8, n), adult_id: idOf(salt, 9, n), unit_id: unit(n === 0 ? 'village' : 'office'), kind: n === 0 ? 'volunteer' : 'help_teacher' })),
      pairings: pairRows, memberships, terms, holidays: drawn.holidays,
      plans: planned,
      duties: withSuccessor(salt, drawn.duties, changed),
      records: drawn.records.map(({ unit: where, pair, ...r }, n) => ({ id: idOf(salt, 6, n), ...r, subject_unit_id: unit(where), pairing_id: pairRows[pair]?.id ?? null })),
      // Aimed below, at periods that exist.
      waivers: drawn.waivers.map((w) => ({ duty_id: idOf(salt, 5, w.duty), subject_type: '', subject_id: String(w.pick), period_from: '', ordinal: w.ordinal, lifted: w.lifted })),
    }))
  }) // prettier-ignore
}
