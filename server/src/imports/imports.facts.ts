// What a roster says about a child, in the words of the file: the canonical child of the report → facts by path. Pure.
import type { ImportedChild, ImportedParent } from '@nuanyang/domain/rosters/report.ts'
import { entryYearOf, gradeOn, stageOf, type Grade } from '@nuanyang/domain/grades.ts'
import { kinHeads, type FieldPath } from '@nuanyang/contract/children.fields.ts'
import type { FlatFacts, Value } from '../children/children.facts.ts'

/** Days as YYYY-MM-DD or YYYY-MM; `today` is when the facts are written, `as_of` the day the file speaks of. */
export interface Speaking {
  as_of: string | null
  today: string
}

const enrolmentOf: Record<string, string> = {
  kindergarten: 'in_school',
  primary: 'in_school',
  junior: 'in_school',
  senior: 'in_school',
  vocational: 'in_school',
  not_in_kindergarten: 'not_enrolled',
  dropout: 'dropped_out',
  not_in_school: 'not_enrolled',
  suspended: 'suspended',
  transferred: 'transferred',
  graduated: 'graduated',
}

/** Only what the row states: a blank says nothing and so can never overwrite. */
export function factsOfRow(child: ImportedChild, speaking: Speaking): FlatFacts {
  const flat: FlatFacts = {}
  const put = (path: FieldPath, value: unknown) => {
    if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return
    flat[path] = value as Value
  }
  put('name', child.name)
  put('sex', child.sex)
  put('born_on', child.born_on)
  put('identity_no', child.id_no)
  put('ethnicity', child.ethnicity)
  put('household_place', child.household_place)
  put('address', child.residence)
  put('villager_group', child.villager_group)
  put('remark', child.remark)
  put('boarding', child.boarding)
  put('health', child.health)
  put('illness', child.illness)
  put('disability', child.disability)
  putSchool(put, child, speaking)
  putBeyond(put, child)
  putParents(put, child)
  putCarer(put, child, speaking)
  return flat
}

/** What a row says, and which of it nobody wrote: whereabouts that only follow from a label or a place of work. */
export interface Stated {
  readonly flat: FlatFacts
  readonly implied: Implied
}
/** `home`: the other one of "one parent away". `away`: a place of work and no word about it. */
export type Implied = Readonly<Partial<Record<'father' | 'mother', 'home' | 'away'>>>

export function statedBy(child: ImportedChild, speaking: Speaking): Stated {
  return { flat: factsOfRow(child, speaking), implied: impliedBy(child) }
}

export function impliedBy(child: ImportedChild): Implied {
  const states = statesOf(child)
  const out: { father?: 'home' | 'away'; mother?: 'home' | 'away' } = {}
  for (const parent of ['father', 'mother'] as const) {
    if (typeof parentFacts(child.facts, parent)['state'] === 'string') continue
    const one = child.away === 'one_parent' || child.away === 'one_parent_other_unable'
    if (one && states[parent] === 'home') out[parent] = 'home'
    if (!one && child.away !== 'both_parents' && states[parent] === 'away') out[parent] = 'away'
  }
  return out
}

type Put = (path: FieldPath, value: unknown) => void

/**
 * A grade of last September is a year higher today. Where the child has left the stage since, school and class of the file are
 * last year's: they are not written, so the file asks for them instead of being wrong.
 */
function putSchool(put: Put, child: ImportedChild, { as_of, today }: Speaking): void {
  const said = isGrade(child.grade) ? child.grade : null
  if (!said) {
    put('school_name', child.school)
    put('class_number', child.class)
    return
  }
  const now = gradeOn(stageOf(said), entryYearOf(said, as_of ?? today), today)
  put('grade', now ?? nextStage(said, as_of ?? today, today))
  if (!now) return
  put('school_name', child.school)
  put('class_number', child.class)
}

function nextStage(said: Grade, as_of: string, today: string): string | null {
  const number =
    (said.startsWith('k') ? Number(said[1]) - 3 : Number(said)) +
    Number(today.slice(0, 4)) -
    Number(as_of.slice(0, 4)) -
    (before(today) - before(as_of))
  return number >= 1 && number <= 12 ? String(number) : null
}
const before = (day: string) => (Number(day.slice(5, 7) || '9') >= 9 ? 0 : 1)

function isGrade(text: string | null): text is Grade {
  return text !== null && /^(k[123]|[1-9]|1[012])$/.test(text)
}

function putBeyond(put: Put, child: ImportedChild): void {
  const { facts } = child
  const schooling = facts['schooling']
  if (typeof schooling === 'string') put('enrolment_status', enrolmentOf[schooling])
  put('hukou_registered', facts['hukou_registered'])
  put('hukou_type', facts['hukou_type'])
  put('household_no', facts['household_no'])
  put('disability_level', facts['disability_level'])
  put('hobbies', facts['hobby'])
  put('income_sources', facts['income_sources'])
  put('economy_level', facts['economy'])
  put('aid_kinds', facts['aid_kinds'])
  put('carer.guardianship_type', facts['guardianship_type'])
  put('carer.entrusted', facts['entrusted'])
  put('former_name', facts['former_name'])
  put('native_place', facts['native_place'])
  // Which document it is says something about a number only.
  if (child.id_no) put('identity_kind', facts['id_type'])
  put('only_child', facts['only_child'])
  put('orphan', facts['orphan'])
  put('suspected_disability', facts['suspected_disability'])
  put('blood_type', facts['blood_type'])
  put('commute', facts['commute'])
  put('needs_school_bus', facts['needs_school_bus'])
  put('subsidised', facts['subsidised'])
  put('needs', facts['difficulties'])
  put('causes', facts['causes'])
  put('need_kinds', facts['need_kinds'])
  put('special_cases', facts['special_cases'])
  put('special_note', facts['special_note'])
  put('improper_care', facts['improper_care'])
  put('carer.entrust_reason', facts['entrust_reason'])
  putKin(put, facts)
  for (const parent of ['father', 'mother'] as const) {
    const more = parentFacts(facts, parent)
    put(`${parent}.born_on`, more['born_on'])
    put(`${parent}.state`, more['state'])
    put(`${parent}.away_since`, more['away_since'])
  }
}

function putKin(put: Put, facts: Record<string, unknown>): void {
  const named = (facts['grandparents'] ?? {}) as Record<string, Record<string, unknown>>
  for (const head of kinHeads) {
    if (head === 'contact') continue
    put(`${head}.name`, named[head]?.['name'])
    put(`${head}.born_on`, named[head]?.['born_on'])
    put(`${head}.deceased`, named[head]?.['deceased'])
  }
  const contact = (facts['contact'] ?? {}) as Record<string, unknown>
  put('contact.name', contact['name'])
  put('contact.relation_words', contact['relation'])
  put('contact.phones', contact['phones'])
}

/** What the report knows of a parent beyond the canonical child. */
function parentFacts(facts: Record<string, unknown>, parent: 'father' | 'mother'): Record<string, unknown> {
  const more = facts[parent]
  return typeof more === 'object' && more !== null ? (more as Record<string, unknown>) : {}
}

function putParents(put: Put, child: ImportedChild): void {
  const states = statesOf(child)
  for (const parent of ['father', 'mother'] as const) {
    const stated = child[parent]
    put(`${parent}.name`, stated?.name)
    put(`${parent}.phones`, stated?.phones)
    put(`${parent}.identity_no`, stated?.id_no)
    put(`${parent}.work_place`, stated?.work_place)
    // The state that the roster gives for one parent by name is stronger than what its label implies for both.
    const own = parentFacts(child.facts, parent)['state']
    if (typeof own !== 'string') put(`${parent}.state`, states[parent])
    if (states.unable === parent) put(`${parent}.able`, false)
  }
  const since = child.facts['away_since']
  if (typeof since === 'string')
    for (const parent of ['father', 'mother'] as const)
      if (states[parent] === 'away') put(`${parent}.away_since`, since)
}

interface States {
  father: 'home' | 'away' | null
  mother: 'home' | 'away' | null
  unable: 'father' | 'mother' | null
}

/** Who is away, as far as the label and the places of work say so; "one parent" without a place leaves it open which. */
function statesOf(child: ImportedChild): States {
  const works = (parent: ImportedParent | null) => Boolean(parent?.work_place)
  const [f, m] = [works(child.father), works(child.mother)]
  switch (child.away) {
    case 'both_parents':
      return { father: 'away', mother: 'away', unable: null }
    case 'none':
      return { father: 'home', mother: 'home', unable: null }
    case 'one_parent':
    case 'one_parent_other_unable': {
      const named = child.facts['away_parent']
      const away = named === 'father' || named === 'mother' ? named : f && !m ? 'father' : m && !f ? 'mother' : null
      if (!away) return { father: null, mother: null, unable: null }
      const other = away === 'father' ? 'mother' : 'father'
      return {
        father: away === 'father' ? 'away' : 'home',
        mother: away === 'mother' ? 'away' : 'home',
        unable: child.away === 'one_parent_other_unable' ? other : null,
      }
    }
    default:
      return { father: f ? 'away' : null, mother: m ? 'away' : null, unable: null }
  }
}

function putCarer(put: Put, child: ImportedChild, { as_of, today }: Speaking): void {
  const carer = child.carer
  if (!carer) return
  put('carer.name', carer.name)
  put('carer.relation', carer.relation)
  put('carer.relation_words', child.facts['carer_relation_words'])
  const years = as_of ? Number(today.slice(0, 4)) - Number(as_of.slice(0, 4)) : 0
  put('carer.age', carer.age === null ? null : carer.age + Math.max(0, years))
  put('carer.phones', carer.phones)
  put('carer.health', carer.health)
  put('carer.occupation', carer.occupation)
  put('carer.address', carer.address)
  put('carer.identity_no', carer.id_no)
}
