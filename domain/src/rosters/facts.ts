// What a roster says beyond the canonical child, in contract names, so that the 43-field form and the cards print without typing.

import { foldText, saysNothing } from '../chinese_text.ts'
import { readPartialDate } from '../dates.ts'
import { readPhones } from '../phones.ts'
import { aidKinds } from '../values/aid_kinds.ts'
import { causes } from '../values/causes.ts'
import { commutes } from '../values/commutes.ts'
import { entrustReasons } from '../values/entrust_reasons.ts'
import { identityKinds } from '../values/identity_kinds.ts'
import { improperCare } from '../values/improper_care.ts'
import { needKinds } from '../values/need_kinds.ts'
import { specialCases } from '../values/special_cases.ts'
import { careLevels } from '../values/care_level.ts'
import { guardianshipTypes } from '../values/guardianship_type.ts'
import { hukouTypes } from '../values/hukou_type.ts'
import { incomeSources } from '../values/income_sources.ts'
import { parentStates } from '../values/parent_state.ts'
import { schoolingWords } from '../values/schooling.ts'
import { readValue, type ValueEntry } from '../values/value.ts'
import { yesNo } from '../values/yes_no.ts'
import type { Column } from './column.ts'
import { addParentFacts, type Draft, type Value } from './draft.ts'
import type { Attribute, Owner } from './heads.ts'
import { readName } from './names.ts'
import { readTicks } from './ticks.ts'

const CODED: Readonly<Partial<Record<Attribute, readonly ValueEntry[]>>> = {
  schooling: schoolingWords,
  guardianship_type: guardianshipTypes,
  hukou_type: hukouTypes,
  care_level: careLevels,
  entrust_reason: entrustReasons,
  commute: commutes,
  id_type: identityKinds,
}
const SEVERAL: Readonly<Partial<Record<Attribute, readonly ValueEntry[]>>> = {
  income_sources: incomeSources,
  aid_kinds: aidKinds,
  causes,
  need_kinds: needKinds,
  special_cases: specialCases,
  improper_care: improperCare,
}
const YES_NO: ReadonlySet<Attribute> = new Set<Attribute>([
  'hukou_registered',
  'entrusted',
  'orphan',
  'only_child',
  'suspected_disability',
  'is_disabled',
  'left_behind',
  'needs_school_bus',
  'subsidised',
])
const TEXTS: ReadonlySet<Attribute> = new Set<Attribute>([
  'household_no',
  'student_no',
  'family_income',
  'economy',
  'difficulties',
  'native_place',
  'mailing_address',
  'home_address',
  'village',
  'township',
  'former_name',
  'hobby',
  'visit_note',
  'special_note',
  'blood_type',
])
const DAYS: ReadonlySet<Attribute> = new Set<Attribute>(['away_since', 'last_visit_on', 'entered_on'])
const GRANDPARENTS: ReadonlySet<Owner> = new Set<Owner>([
  'paternal_grandfather',
  'paternal_grandmother',
  'maternal_grandfather',
  'maternal_grandmother',
])
const OTHERS: ReadonlySet<Owner> = new Set<Owner>(['helper', 'class_teacher', 'staff', 'contact', 'householder'])

/** Adds what a column without contract field says to `facts`. Its text goes to `extra` all the same. */
export function readFact(draft: Draft, column: Column, value: Value): void {
  const attribute = column.attributes[0]
  if (!attribute || attribute === 'serial') return
  const { facts } = draft.child
  const owner = column.owner
  if (owner !== null && GRANDPARENTS.has(owner)) readGrandparent(draft, owner, attribute, value)
  else if (owner !== null && OTHERS.has(owner)) readOther(draft, owner, attribute, value)
  else if (owner === 'father' || owner === 'mother' || owner === 'parents')
    readParentFact(draft, column, owner, attribute, value)
  else if (owner === null || owner === 'child') {
    const fact = ownFact(draft, column, attribute, value)
    if (fact !== null) facts[attribute] = fact
    if (attribute === 'age') readStatedAge(draft, column, value)
    if (attribute === 'phone')
      facts['contact_phones'] = [
        ...((facts['contact_phones'] as string[] | undefined) ?? []),
        ...readPhones(value.text, value.kind === 'number').phones,
      ]
  }
}

function ownFact(draft: Draft, column: Column, attribute: Attribute, { text, kind }: Value): unknown {
  const list = CODED[attribute]
  if (list) return readCode(list, text)
  const several = SEVERAL[attribute]
  if (several) return readCodes(several, text)
  if (YES_NO.has(attribute)) {
    const said = draft.table.legends.get(column.letters)?.get(text)
    if (said) return said === 'yes'
    // 1 and 2 without explanation are no answer.
    return (draft.table.codes.get(column.letters) ?? []).some((code) => code !== '0' && code !== '1')
      ? null
      : readYesNo(text)
  }
  if (DAYS.has(attribute))
    return kind === 'date' ? text : readPartialDate(text, { date1904: draft.table.date1904, until: draft.table.today })
  if (attribute === 'other_parent_unable') return /^父|爸/.test(text) ? 'father' : /^母|妈/.test(text) ? 'mother' : null
  // 是否建档立卡: 是 says nothing by itself, its head does.
  const head = foldText(column.header.split('/').at(-1) ?? '')
  if (
    attribute === 'economy' &&
    /^(?:是否|有无)|建档立卡|贫困户|低保户?$|脱贫户|监测户/.test(head) &&
    readYesNo(text) !== null
  )
    return readYesNo(text) ? head.replace(/^(?:是否|有无)(?:为|属于)?/, '') : null
  return TEXTS.has(attribute) ? text : null
}

export function readCode(list: readonly ValueEntry[], text: string): string | null {
  const ticked = readTicks(text)
  if (ticked) return ticked.length === 1 ? readValue(list, ticked[0]?.label ?? '') : null
  return readValue(list, text) ?? readValue(list, foldText(text).replace(/^\d{1,2}[.、:-]?/, ''))
}

/** 打工、种养殖; ticked options; 无 is an empty list, an unknown word no list at all. */
export function readCodes(list: readonly ValueEntry[], text: string): string[] | null {
  const words = readTicks(text)?.map(({ label }) => label) ?? text.split(/[、,，;；/\s+]+/)
  const codes = words.filter((word) => word !== '').map((word) => readValue(list, word))
  return codes.every((code) => code !== null) ? [...new Set(codes)] : null
}

export function readYesNo(text: string): boolean | null {
  const ticked = readTicks(text)
  // 有(低保) says yes and adds why.
  const word = ticked?.length === 1 ? (ticked[0]?.label ?? '') : foldText(text).replace(/[(（].*$/, '')
  const answer = readValue(yesNo, word) ?? (word === '1' ? 'yes' : word === '0' ? 'no' : null)
  return answer === null ? null : answer === 'yes'
}

function readGrandparent(draft: Draft, owner: Owner, attribute: Attribute, { text, kind }: Value): void {
  if (attribute !== 'name' && attribute !== 'born_on' && attribute !== 'phone' && attribute !== 'deceased') return
  const { facts } = draft.child
  const grandparents = (facts['grandparents'] ??= {}) as Record<
    string,
    { name?: string | null; born_on?: string | null; deceased?: boolean | null; phones?: readonly string[] }
  >
  const person = (grandparents[owner] ??= {})
  if (attribute === 'name') person.name = readName(text).name
  else if (attribute === 'phone') person.phones = readPhones(text, kind === 'number').phones
  else if (attribute === 'deceased') person.deceased = readYesNo(text)
  else
    person.born_on =
      kind === 'date' ? text : readPartialDate(text, { date1904: draft.table.date1904, until: draft.table.today })
}

const OTHER_FIELDS: Readonly<Partial<Record<Attribute, string>>> = {
  name: 'name',
  phone: 'phones',
  post: 'post',
  work_place: 'unit',
  occupation: 'occupation',
  relation: 'relation',
  other: 'text',
}

function readOther(draft: Draft, owner: Owner, attribute: Attribute, { text, kind }: Value): void {
  const field = OTHER_FIELDS[attribute]
  if (!field) return
  const person = (draft.child.facts[owner] ??= {}) as Record<string, unknown>
  person[field] =
    attribute === 'phone'
      ? readPhones(text, kind === 'number').phones
      : attribute === 'name'
        ? readName(text).name
        : text
}

function readParentFact(
  draft: Draft,
  column: Column,
  owner: 'father' | 'mother' | 'parents',
  attribute: Attribute,
  value: Value,
): void {
  const { text } = value
  if (attribute === 'away_since') {
    const since =
      value.kind === 'date' ? text : readPartialDate(text, { date1904: draft.table.date1904, until: draft.table.today })
    if (owner === 'parents') draft.child.facts['away_since'] = since
    else addParentFacts(draft, owner, { away_since: since })
  } else if (owner === 'parents') return
  else if (attribute === 'state' || attribute === 'is_away') {
    const answer = attribute === 'is_away' ? readYesNo(text) : null
    // 是否在家 asks the other way round.
    const away = answer !== null && /(?<!不)在家/.test(column.header) ? !answer : answer
    const state = away === null ? readValue(parentStates, text) : away ? 'away' : 'home'
    addParentFacts(draft, owner, { state })
    if (state === 'away' || state === 'home') draft.isAway[owner] = state === 'away'
  } else if (attribute === 'post' || attribute === 'household_place' || attribute === 'age')
    addParentFacts(draft, owner, { [attribute]: text })
}

function readStatedAge(draft: Draft, column: Column, { text }: Value): void {
  const match = /^(\d{1,3})(?:\.\d)?(?:周?岁半?)?$/.exec(foldText(text))
  if (match && !saysNothing(text)) draft.ageStated = { years: Number(match[1]), header: column.header, raw: text }
}
