/**
 * Definitions (口径): who counts as 留守儿童 or 流动儿童 on a day, worked out from facts, never stored.
 *
 * Two official definitions of 留守儿童 stand side by side. 民政 (国发〔2016〕13号; time and distance as in the 2024 survey): under
 * sixteen, both parents away, or one away and the other unable to care; away means six months on end, across a county's border;
 * short visits home don't break it, moves among the urban districts of one city don't count. 教育 (学籍): 非留守 / 单亲留守 /
 * 双亲留守, every grade, as stated. 流动儿童: under sixteen, living with a parent or guardian across a county's border from the
 * place of registration, six months.
 *
 * Logic is three-valued. What is not collected makes the answer `cannot_say` and names the facts that would settle it; it never
 * counts as “no”. Filling in a fact can settle an answer, never turn it round.
 */
import { ageOn } from './dates.ts'
import { inTime, isNear, isVisit, monthsBefore, spellAt, startOf, type ParentSpell } from './parent_spells.ts'

export type { ParentSpell } from './parent_spells.ts'

export interface DefinitionFacts {
  readonly born_on: string | null
  /** division code of 户籍 */
  readonly household_code: string | null
  /** division code of the place the child lives in */
  readonly residence_code: string | null
  /** since when there, and the day somebody said so */
  readonly residence_from_on: string | null
  readonly residence_stated_on: string | null
  /** lives with a guardian who is not a parent; asked only when no parent is there */
  readonly lives_with_guardian: boolean | null
  readonly father: readonly ParentSpell[]
  readonly mother: readonly ParentSpell[]
}

/** A definition as data, so that a county can add its own with a day from which it holds. */
export interface Definition {
  readonly code: string
  readonly zh: string
  readonly en: string
  /** mca: both, or one and the other unable · moe: one or both · migrant: lives elsewhere with family */
  readonly rule: 'mca' | 'moe' | 'migrant'
  /** not counted from this birthday on; null: any age */
  readonly under_age: number | null
  /** months on end; null: as stated, however long */
  readonly months: number | null
  /** the border that must be crossed; null: none */
  readonly across: 'county' | 'township' | null
  /** a stay at home of at most so many days between two absences does not end the absence */
  readonly visit_days: number
  readonly valid_from: string
  readonly valid_until: string | null
  readonly source: string
}

export const definitions: readonly Definition[] = [
  {
    code: 'mca',
    zh: '民政口径',
    en: 'civil affairs',
    rule: 'mca',
    under_age: 16,
    months: 6,
    across: 'county',
    visit_days: 30,
    valid_from: '2016-02-04',
    valid_until: null,
    source: '国发〔2016〕13号；连续六个月、跨县域按 2024 年流动儿童和留守儿童监测摸排',
  },
  {
    code: 'moe',
    zh: '教育口径',
    en: 'education',
    rule: 'moe',
    under_age: null,
    months: null,
    across: null,
    visit_days: 30,
    valid_from: '2012-01-01',
    valid_until: null,
    source: '全国中小学学籍“是否留守儿童”：非留守、单亲留守、双亲留守',
  },
  {
    code: 'migrant',
    zh: '流动儿童',
    en: 'migrant children',
    rule: 'migrant',
    under_age: 16,
    months: 6,
    across: 'county',
    visit_days: 30,
    valid_from: '2024-01-01',
    valid_until: null,
    source: '2024 年流动儿童和留守儿童监测摸排：跨县域六个月以上',
  },
  {
    code: 'migrant_township',
    zh: '流动儿童（离开乡镇街道）',
    en: 'migrant children (beyond the township)',
    rule: 'migrant',
    under_age: 16,
    months: 6,
    across: 'township',
    visit_days: 30,
    valid_from: '2024-01-01',
    valid_until: null,
    source: '统计口径：离开户籍所在乡镇、街道六个月以上',
  },
]

export const missingFacts = {
  born_on: { zh: '出生日期', en: 'birth' },
  household_code: { zh: '户籍在哪个县', en: 'county of registration' },
  residence_code: { zh: '现在住哪里', en: 'where the child lives' },
  residence_from_on: { zh: '什么时候住过来的', en: 'living there since' },
  lives_with_guardian: { zh: '是不是跟监护人一起住', en: 'whether living with a guardian' },
  father_state: { zh: '爸爸在不在家', en: 'father home or away' },
  father_from_on: { zh: '爸爸什么时候外出的', en: 'father away since' },
  father_place_code: { zh: '爸爸在哪里务工', en: 'father’s place of work' },
  father_able: { zh: '爸爸有没有监护能力', en: 'father able to care' },
  mother_state: { zh: '妈妈在不在家', en: 'mother home or away' },
  mother_from_on: { zh: '妈妈什么时候外出的', en: 'mother away since' },
  mother_place_code: { zh: '妈妈在哪里务工', en: 'mother’s place of work' },
  mother_able: { zh: '妈妈有没有监护能力', en: 'mother able to care' },
} as const
export type MissingFact = keyof typeof missingFacts

export interface DefinitionAnswer {
  readonly answer: 'yes' | 'no' | 'cannot_say'
  /** which branch of the definition; null for no, for cannot say, and while it is open which */
  readonly category: 'both_parents' | 'one_parent_other_unable' | 'one_parent' | null
  /** what to ask, in the order of `missingFacts`; empty when answer and category are settled */
  readonly missing: readonly MissingFact[]
}

/** The version of a definition in force on a day; null when there is none. `list` = the county's own, else the default. */
export function definitionOn(code: string, on: string, list: readonly Definition[] = definitions): Definition | null {
  const inForce = list.filter(
    (one) => one.code === code && one.valid_from <= on && (one.valid_until === null || on < one.valid_until),
  )
  return inForce.toSorted((a, b) => (a.valid_from < b.valid_from ? 1 : -1))[0] ?? null
}

/** Is the child a member on the day `on` (YYYY-MM-DD)? */
export function answerDefinition(definition: Definition, facts: DefinitionFacts, on: string): DefinitionAnswer {
  const young = underAge(definition, facts, on)
  if (definition.rule === 'migrant')
    return settle(
      and(young, livesAcross(definition, facts), livesLong(definition, facts, on), accompanied(facts, on)),
      [],
    )
  const father = isAway('father', definition, facts, on)
  const mother = isAway('mother', definition, facts, on)
  if (definition.rule === 'moe') {
    return settle(and(young, or(father, mother)), [
      { category: 'both_parents', is: and(father, mother) },
      { category: 'one_parent', is: YES },
    ])
  }
  const both = and(father, mother)
  const one = or(
    and(father, unable('mother', facts, on, definition)),
    and(mother, unable('father', facts, on, definition)),
  )
  return settle(and(young, or(both, one)), [
    { category: 'both_parents', is: both },
    { category: 'one_parent_other_unable', is: YES },
  ])
}

/** Why somebody does not count: the first piece that does not hold. null unless the answer is no. */
export type NotBecause =
  | 'too_old'
  | 'nobody_away'
  | 'other_parent_there'
  | 'not_far'
  | 'not_long'
  | 'not_elsewhere'
  | 'not_long_here'
  | 'no_parent_here'

export function notBecause(definition: Definition, facts: DefinitionFacts, on: string): NotBecause | null {
  if (answerDefinition(definition, facts, on).answer !== 'no') return null
  if (underAge(definition, facts, on).is === 'no') return 'too_old'
  if (definition.rule === 'migrant') {
    if (livesAcross(definition, facts).is === 'no') return 'not_elsewhere'
    return livesLong(definition, facts, on).is === 'no' ? 'not_long_here' : 'no_parent_here'
  }
  const away = (['father', 'mother'] as const).flatMap((parent) => {
    const spells = inTime(facts[parent])
    const spell = spells[spellAt(spells, on, definition.visit_days)]
    return spell?.state === 'away' ? [{ parent, spell }] : []
  })
  if (away.length === 0) return 'nobody_away'
  if (away.some(({ parent }) => isAway(parent, definition, facts, on).is !== 'no')) return 'other_parent_there'
  const { parent, spell } = away[0]!
  return farAway(parent, spell, definition, facts).is === 'no' ? 'not_far' : 'not_long'
}

// ── three-valued logic: a finding knows what it lacks ──

interface Finding {
  readonly is: 'yes' | 'no' | 'unknown'
  readonly lacks: readonly MissingFact[]
}
const YES: Finding = { is: 'yes', lacks: [] }
const NO: Finding = { is: 'no', lacks: [] }
const lacking = (fact: MissingFact): Finding => ({ is: 'unknown', lacks: [fact] })

/** One “no” decides; then nothing else need be asked. */
function and(...findings: readonly Finding[]): Finding {
  if (findings.some((one) => one.is === 'no')) return NO
  const open = findings.filter((one) => one.is === 'unknown')
  return open.length === 0 ? YES : { is: 'unknown', lacks: open.flatMap((one) => one.lacks) }
}

/** One “yes” decides. */
function or(...findings: readonly Finding[]): Finding {
  if (findings.some((one) => one.is === 'yes')) return YES
  const open = findings.filter((one) => one.is === 'unknown')
  return open.length === 0 ? NO : { is: 'unknown', lacks: open.flatMap((one) => one.lacks) }
}

/** The first branch that holds names the category; an open branch before it leaves the category open. */
function settle(
  member: Finding,
  branches: readonly { category: NonNullable<DefinitionAnswer['category']>; is: Finding }[],
): DefinitionAnswer {
  if (member.is === 'no') return { answer: 'no', category: null, missing: [] }
  if (member.is === 'unknown') return { answer: 'cannot_say', category: null, missing: inOrder(member.lacks) }
  const branch = branches.find(({ is }) => is.is !== 'no')
  if (branch?.is.is === 'unknown') return { answer: 'yes', category: null, missing: inOrder(branch.is.lacks) }
  return { answer: 'yes', category: branch?.category ?? null, missing: [] }
}

function inOrder(lacks: readonly MissingFact[]): MissingFact[] {
  return (Object.keys(missingFacts) as MissingFact[]).filter((fact) => lacks.includes(fact))
}

// ── the pieces ──

function underAge({ under_age }: Definition, { born_on }: DefinitionFacts, on: string): Finding {
  if (under_age === null) return YES
  if (born_on === null) return lacking('born_on')
  const { least, most } = ageOn(born_on, on)
  if (most < under_age) return YES
  return least >= under_age ? NO : lacking('born_on')
}

type Parent = 'father' | 'mother'

function isAway(parent: Parent, definition: Definition, facts: DefinitionFacts, on: string): Finding {
  const spells = inTime(facts[parent])
  const at = spellAt(spells, on, definition.visit_days)
  const now = spells[at]
  if (now === undefined || now.state === null || now.state === 'unknown') return lacking(`${parent}_state`)
  if (now.state !== 'away') return NO
  return and(farAway(parent, now, definition, facts), awayLong(parent, spells, at, definition, facts, on))
}

/** Far enough from the place of registration, and not in the county the child lives in: that family is together. */
function farAway(parent: Parent, spell: ParentSpell, { across }: Definition, facts: DefinitionFacts): Finding {
  if (across === null) return YES
  const place = lacking(`${parent}_place_code`)
  return and(
    crosses(facts.household_code, spell.place_code, across, lacking('household_code'), place),
    crosses(facts.residence_code, spell.place_code, across, lacking('residence_code'), place),
  )
}

/**
 * Away for the months the definition asks. Earlier absences are one with the present one when the stay at home between them was
 * a visit, and when they were far enough away, too.
 */
function awayLong(
  parent: Parent,
  spells: readonly ParentSpell[],
  at: number,
  definition: Definition,
  facts: DefinitionFacts,
  on: string,
): Finding {
  if (definition.months === null) return YES
  const limit = monthsBefore(on, definition.months)
  let lacks: MissingFact[] = []
  let sure = true
  for (let n = at; n >= 0; n--) {
    const spell = spells[n]!
    if (spell.state === 'home' && n < at && isVisit(spells, n, definition.visit_days)) continue
    if (spell.state !== 'away') break
    const far = n === at ? YES : farAway(parent, spell, definition, facts)
    if (far.is === 'no' || (n < at && !isNear(spell, spells[n + 1]!, definition.visit_days))) break
    if (far.is === 'unknown') {
      sure = false
      lacks = [...lacks, ...far.lacks]
    }
    const { earliest, latest } = startOf(spell.from_on, spell.stated_on)
    if (latest <= limit) return sure ? YES : { is: 'unknown', lacks }
    if (earliest <= limit) return { is: 'unknown', lacks: [...lacks, `${parent}_from_on`] }
  }
  return NO
}

function unable(parent: Parent, facts: DefinitionFacts, on: string, { visit_days }: Definition): Finding {
  const spells = inTime(facts[parent])
  const spell = spells[spellAt(spells, on, visit_days)]
  if (spell === undefined || spell.state === null || spell.state === 'unknown') return lacking(`${parent}_state`)
  // 无监护能力 is said of the parent who stayed: one who is away, even too near or too short to count, is not that parent.
  if (spell.state === 'away') return NO
  if (spell.state === 'deceased' || spell.state === 'missing' || spell.state === 'detained') return YES
  if (spell.able === null) return lacking(`${parent}_able`)
  return spell.able ? NO : YES
}

function livesAcross({ across }: Definition, facts: DefinitionFacts): Finding {
  if (across === null) return YES
  return crosses(
    facts.household_code,
    facts.residence_code,
    across,
    lacking('household_code'),
    lacking('residence_code'),
  )
}

function livesLong({ months }: Definition, facts: DefinitionFacts, on: string): Finding {
  if (months === null) return YES
  const { earliest, latest } = startOf(facts.residence_from_on, facts.residence_stated_on)
  const limit = monthsBefore(on, months)
  if (latest <= limit) return YES
  return earliest > limit ? NO : lacking('residence_from_on')
}

/** A parent who is “home” is where the child lives; one who works in that county lives there, too. */
function accompanied(facts: DefinitionFacts, on: string): Finding {
  const withParent = (parent: Parent): Finding => {
    const spells = inTime(facts[parent])
    const spell = spells[spellAt(spells, on, 0)]
    if (spell === undefined || spell.state === null || spell.state === 'unknown') return lacking(`${parent}_state`)
    if (spell.state === 'home') return YES
    if (spell.state !== 'away') return NO
    const apart = crosses(
      facts.residence_code,
      spell.place_code,
      'county',
      lacking('residence_code'),
      lacking(`${parent}_place_code`),
    )
    return apart.is === 'unknown' ? apart : apart.is === 'yes' ? NO : YES
  }
  const guardian =
    facts.lives_with_guardian === null ? lacking('lives_with_guardian') : facts.lives_with_guardian ? YES : NO
  return or(withParent('father'), withParent('mother'), guardian)
}

/**
 * Does the way from one place to the other cross a county's (township's) border? Urban districts (third pair of digits 01–20) of
 * one city are one place. A code known only to city or province settles it when already that differs.
 */
function crosses(
  from: string | null,
  to: string | null,
  across: 'county' | 'township',
  lacksFrom: Finding,
  lacksTo: Finding,
): Finding {
  if (from === null && to === null) return and(lacksFrom, lacksTo)
  if (from === null) return lacksFrom
  if (to === null) return lacksTo
  const length = across === 'county' ? 6 : 9
  // A written-in place is known as far as the listed place above it.
  const [a = '', b = ''] = [from, to].map((code) => code.split('-')[0]?.slice(0, length))
  const known = Math.min(a.length, b.length)
  if (a.slice(0, known) === b.slice(0, known)) {
    if (known === length || (from === to && from.includes('-'))) return NO
    return and(a.length < length ? lacksFrom : YES, b.length < length ? lacksTo : YES)
  }
  if (across === 'county' && known === 6 && isUrbanDistrict(a) && isUrbanDistrict(b) && a.slice(0, 4) === b.slice(0, 4))
    return NO
  return YES
}

function isUrbanDistrict(county: string): boolean {
  const own = Number(county.slice(4))
  return own >= 1 && own <= 20
}
