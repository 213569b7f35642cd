// Parents, carers and family members of a row: reading their cells, and settling who is who at the end.

import { foldText } from '../chinese_text.ts'
import { isTrustworthy, parseIdentityNumber, readIdentityNumber } from '../identity_numbers.ts'
import { readPhones } from '../phones.ts'
import { isRelationWord, readRelation } from '../relations.ts'
import { readBirth } from '../dates.ts'
import { parentStates } from '../values/parent_state.ts'
import { readValue } from '../values/value.ts'
import type { Relation } from '../values/relation.ts'
import { isPartOfPlace, type Column } from './column.ts'
import {
  addExtra,
  addParentFacts,
  ask,
  isEmptyPerson,
  personOf,
  report,
  type Draft,
  type Person,
  type Value,
} from './draft.ts'
import type { Attribute } from './heads.ts'
import { parentNamed, readName } from './names.ts'
import type { ImportedCarer, ImportedParent, IssueCode, Severity } from './report.ts'

const OWN_WORDS: Readonly<Record<string, string>> = {
  father: '父|爸|爸爸',
  mother: '母|妈|妈妈',
  carer: '监护人',
  paternal_grandfather: '爷爷',
  paternal_grandmother: '奶奶',
}

/** A filled cell of a person's column. Returns false when the attribute is none of a person's fields. */
export function readPersonCell(draft: Draft, column: Column, value: Value): boolean {
  const owner = column.owner
  if (owner === null || owner === 'child') return false
  if (owner === 'parents' && readBothParents(draft, column, value)) return true
  const person = personOf(draft, owner, column.member)
  // 监护人姓名及电话: one cell, several facts.
  if (column.attributes.length > 1 && column.attributes[0] === 'name') {
    readComposite(person, value, column)
    return true
  }
  return column.attributes.slice(0, 1).every((attribute) => readPersonField(draft, person, column, attribute, value))
}

const BOTH = /(父亲?|爸爸?|母亲?|妈妈?)\s*[:：]?\s*([^父母爸妈]+)/g

/** 父：张五 母：李花, 父19000001111 母19000001112: each part to its parent. False when the cell names no parent before a value. */
function readBothParents(draft: Draft, column: Column, value: Value): boolean {
  if (column.attributes[0] === 'relation' || !/^(?:父(?!母)|爸(?!妈)|母|妈)/.test(value.text)) return false
  const parts = [...value.text.matchAll(BOTH)].map((match) => ({
    owner: /^[父爸]/.test(match[1] ?? '') ? ('father' as const) : ('mother' as const),
    text: (match[2] ?? '').replace(/[\s,，、;；/]+$/, ''),
  }))
  if (parts.length === 0 || parts.some(({ text }) => text === '')) return false
  for (const { owner, text } of parts) readPersonCell(draft, { ...column, owner }, { ...value, text })
  return true
}

function note(person: Person, field: string, code: IssueCode, severity: Severity, raw: string): void {
  person.issues.push({ field, code, severity, raw })
}

function readPersonField(draft: Draft, person: Person, column: Column, attribute: Attribute, value: Value): boolean {
  if (saysSameParent(person, value.text)) return readSameParent(draft, person, column, attribute, value.text)
  const { text } = value
  switch (attribute) {
    case 'name':
      if (!readNoName(draft, person, column, text)) readPersonName(person, value, column)
      return true
    case 'phone':
      readPersonPhones(draft, person, value)
      return true
    case 'id_no':
      readPersonId(person, value)
      return true
    case 'relation':
      person.said = text
      readPersonRelation(draft, person, column, text)
      return true
    case 'work_place':
      readWorkPlace(draft, person, column, text)
      return true
    case 'age':
      person.age = readAge(text)
      if (person.age === null) addExtra(draft, column.header, text)
      return true
    case 'health':
      person.health = text
      return true
    case 'occupation':
      person.occupation = text
      return true
    case 'residence':
      if (person.owner !== 'carer') return false
      person.address = text
      return true
    case 'born_on': {
      const read =
        value.kind === 'date'
          ? { value: text }
          : readBirth(text, { date1904: draft.table.date1904, until: draft.table.today })
      person.born_on = read.value
      return false
    }
    default:
      return false
  }
}

/** 同父, 与父亲一样 in a column of the mother. */
function saysSameParent(person: Person, text: string): boolean {
  const other = person.owner === 'mother' ? '父|爸' : person.owner === 'father' ? '母|妈' : null
  return (
    other !== null &&
    new RegExp(`^[同与和跟]其?(?:${other})亲?爸?妈?(?:亲|方)?(?:相同|一样|同|一起)?$`).test(foldText(text))
  )
}

/** What is said of the other parent in the same row; kept as written and shown where nothing is. */
function readSameParent(draft: Draft, person: Person, column: Column, attribute: Attribute, text: string): boolean {
  const other = draft.people.find(({ owner }) => owner === (person.owner === 'mother' ? 'father' : 'mother'))
  if (attribute === 'work_place' && other?.work_place) person.work_place = other.work_place
  else if (attribute === 'phone' && other && other.phones.length > 0) person.phones.push(...other.phones)
  else {
    addExtra(draft, column.header, text)
    note(person, column.field?.split('.')[1] ?? attribute, 'value_unreadable', 'question', text)
    return true
  }
  note(person, attribute === 'phone' ? 'phones' : attribute, 'ditto_resolved', 'warning', text)
  return true
}

/** 已故, 离异 where a parent's name should stand say how it is with the parent; 外婆 alone is whose kin, and nobody's name. */
function readNoName(draft: Draft, person: Person, column: Column, text: string): boolean {
  if (person.owner === 'father' || person.owner === 'mother') {
    const said = foldText(text)
    if (readValue(parentStates, said) === null && said.replace(NO_PLACE, '') !== '') return false
    const state = stateSaid(said)
    if (state) addParentFacts(draft, person.owner, { state })
    addExtra(draft, column.header, text)
    return true
  }
  if (person.owner !== 'carer' || !isRelationWord(text)) return false
  const read = readRelation(text)
  if (read.state !== 'ok') return false
  person.said ??= text
  person.relation ??= read.relation
  return true
}

/** The state that words for a lost parent name: 离异后失联 is missing, 离异 alone none. */
function stateSaid(text: string) {
  const word = /失联|失踪|下落不明|联系不上|出走|去世|病故|已故|服刑|坐牢/.exec(text)?.[0]
  return readValue(parentStates, word ?? text)
}

/** Words for how a parent is lost to the child, and those that go with them: 离异后失联, 已改嫁多年. */
const NO_PLACE =
  /离异|离婚|改嫁|再婚|分居|失联|失踪|下落不明|联系不上|离家出走|出走|去世|病故|已故|服刑|坐牢|后|已经?|现在?|多年|长期|[,，、。;；\s]/g

/** 在家, 去世 and 离异后失联 in a column of places say the state of the parent; no place of work is made of them. */
function readWorkPlace(draft: Draft, person: Person, column: Column, text: string): void {
  const noPlace = text.replace(NO_PLACE, '') === ''
  const state = noPlace ? stateSaid(text) : readValue(parentStates, text)
  if (!noPlace && (state === null || (state === 'away' && /^在外|外出/.test(text))))
    // 务工省, 务工市: one place in two columns
    person.work_place = person.work_place && isPartOfPlace(column) ? person.work_place + text : text
  else addExtra(draft, column.header, text)
  if (state === null || (person.owner !== 'father' && person.owner !== 'mother')) return
  addParentFacts(draft, person.owner, { state })
}

/** Full years from 70, 70岁, 七十; null for anything that is no age of a person. */
export function readAge(text: string): number | null {
  const match = /^(\d{1,3})(?:\.0+)?(?:周?岁)?$/.exec(foldText(text))
  const age = match ? Number(match[1]) : null
  return age !== null && age >= 0 && age <= 120 ? age : null
}

function readPersonName(person: Person, value: Value, column: Column): void {
  if (/\d{7}/.test(value.text)) {
    readComposite(person, value, column)
    return
  }
  const { name, note: said } = readName(value.text)
  person.column = column
  person.name = name
  if (said === null) return
  person.named = parentNamed(said)
  if (isRelationWord(said)) person.said ??= said
  if (person.named === null && isRelationWord(said)) {
    const read = readRelation(said)
    if (read.state === 'ok') person.relation ??= read.relation
  }
}

/** 王五（爷爷）13900000000, 李四/奶奶: name, relation and telephone in one cell. */
function readComposite(person: Person, value: Value, column: Column): void {
  const phones = readPhones(value.text)
  person.column = column
  if (phones.phones.length > 0) person.phones.push(...phones.phones)
  let rest = value.text.normalize('NFKC')
  for (const phone of phones.phones) rest = rest.replace(new RegExp(phone.split('').join('[- ]?')), ' ')
  const words = rest
    .split(/[\s,，、;；/:：()（）|]+/)
    .filter((word) => word !== '' && !/^(?:电话|手机|联系|电话号码)$/.test(word))
  for (const word of words) {
    if (isRelationWord(word)) {
      person.said ??= word
      person.named ??= parentNamed(word)
      const read = readRelation(word)
      if (read.state === 'ok') person.relation ??= read.relation
    } else person.name ??= readName(word).name
  }
}

function readPersonPhones(draft: Draft, person: Person, value: Value): void {
  const read = readPhones(value.text, value.kind === 'number', OWN_WORDS[person.owner] ?? '')
  const raw = value.text
  if (read.state === 'precision_lost') note(person, 'phones', 'phone_precision_lost', 'error', raw)
  else if (read.state === 'unreadable') {
    const column =
      draft.table.columns.find(
        (other) => other.owner === person.owner && other.member === person.member && other.attributes[0] === 'phone',
      ) ?? null
    const { choice, severity } = ask(draft, column, 'phone_unreadable', raw, 'keep_readable', [
      'keep_readable',
      'leave_empty',
    ])
    note(person, 'phones', 'phone_unreadable', severity, raw)
    if (choice === 'leave_empty') return
  }
  for (const phone of read.phones) if (!person.phones.includes(phone)) person.phones.push(phone)
}

function readPersonId(person: Person, value: Value): void {
  const read = readIdentityNumber(value.text, value.kind === 'number')
  if (read.state === 'ok') {
    person.id_no = read.number.value
    if (!read.number.check_ok || read.number.born_on === null)
      note(person, 'id_no', 'id_no_checksum', 'question', value.text)
  } else if (read.state === 'precision_lost') note(person, 'id_no', 'id_no_precision_lost', 'error', value.text)
  else if (read.state !== 'empty') note(person, 'id_no', 'id_no_length', 'error', value.text)
}

function readPersonRelation(draft: Draft, person: Person, column: Column, text: string): void {
  const read = readRelation(text)
  if (read.state === 'ok') {
    person.relation = read.relation
    return
  }
  const { choice, severity } = ask(
    draft,
    column,
    'relation_unreadable',
    text,
    read.proposed ?? 'leave_empty',
    [...read.choices, 'leave_empty'],
    foldText(text),
  )
  if (choice !== null && choice !== 'leave_empty') person.relation = choice as Relation
  note(person, 'relation', 'relation_unreadable', severity, text)
}

/** Who is who: the person's cells go to father, mother or carer, whoever is left to the facts. */
export function settlePeople(draft: Draft): void {
  const { child } = draft
  const members: Person[] = []
  for (const person of draft.people) {
    if (person.owner === 'father' || person.owner === 'mother') placeParent(draft, person, person.owner)
    else if (person.owner === 'carer') placeCarer(draft, person)
    else if (person.owner === 'member') members.push(person)
    else if (person.owner === 'parents') settleParent(draft, person)
    else reportFlat(draft, person, `extra.${person.owner}`)
  }
  for (const member of members) settleMember(draft, member)
  if (child.carer && child.carer.relation === null && (child.carer.name === null || child.carer.name === '')) {
    const only = child.carer
    if (
      only.phones.length === 0 &&
      only.age === null &&
      only.id_no === null &&
      only.address === null &&
      only.health === null &&
      only.occupation === null
    )
      child.carer = null
  }
}

function reportAs(draft: Draft, person: Person, prefix: string): void {
  for (const { field, code, severity, raw } of person.issues) report(draft, `${prefix}.${field}`, code, severity, raw)
}

function reportFlat(draft: Draft, person: Person, prefix: string): void {
  for (const { field, code, raw } of person.issues)
    if (code !== 'ditto_resolved' && code !== 'merged_cell_filled')
      report(draft, `${prefix}.${field}`, code, 'warning', raw)
}

function placeParent(draft: Draft, person: Person, which: 'father' | 'mother'): void {
  reportAs(draft, person, which)
  const { born_on, occupation, health } = person
  addParentFacts(draft, which, { born_on, occupation, health })
  if (person.name === null && person.phones.length === 0 && person.work_place === null && person.id_no === null) return
  const parent: ImportedParent = (draft.child[which] ??= { name: null, phones: [], work_place: null, id_no: null })
  parent.name ??= person.name
  parent.work_place ??= person.work_place
  parent.id_no ??= person.id_no
  for (const phone of person.phones) if (!parent.phones.includes(phone)) parent.phones.push(phone)
}

function placeCarer(draft: Draft, person: Person): void {
  reportAs(draft, person, 'carer')
  if (isEmptyPerson(person)) {
    // 父母 where one person's name should stand: kept as written.
    if (person.said && person.column) addExtra(draft, person.column.header, person.said)
    return
  }
  const carer: ImportedCarer = (draft.child.carer ??= {
    name: null,
    relation: null,
    age: null,
    phones: [],
    health: null,
    occupation: null,
    address: null,
    id_no: null,
  })
  carer.name ??= person.name
  carer.relation ??= person.relation
  carer.age ??= person.age
  carer.health ??= person.health
  carer.occupation ??= person.occupation
  carer.address ??= person.address
  carer.id_no ??= person.id_no
  for (const phone of person.phones) if (!carer.phones.includes(phone)) carer.phones.push(phone)
  if (person.said) draft.child.facts['carer_relation_words'] = person.said
  if (person.work_place) draft.child.facts['carer_work_place'] = person.work_place
}

/** 家长: the name's bracket, the relation beside it or the parity of the number say which; otherwise it is asked. */
function settleParent(draft: Draft, person: Person): void {
  if (isEmptyPerson(person)) {
    reportFlat(draft, person, 'parent')
    return
  }
  const number = person.id_no ? parseIdentityNumber(person.id_no) : null
  const byRelation = person.relation === 'father' || person.relation === 'mother' ? person.relation : null
  const which =
    person.named ?? byRelation ?? (isTrustworthy(number) ? (number.sex === 'male' ? 'father' : 'mother') : null)
  if (which) {
    placeParent(draft, person, which)
    return
  }
  if (person.relation !== null) {
    placeCarer(draft, person)
    return
  }
  if (person.name === null) {
    // Contact and place of "the parents" without saying whose: kept as facts, the cell stays in extra.
    if (person.phones.length > 0) draft.child.facts['contact_phones'] = person.phones
    if (person.work_place) draft.child.facts['parents_work_place'] = person.work_place
    keepParentText(draft, person)
    reportFlat(draft, person, 'parent')
    return
  }
  const sameSurname = person.name[0] === draft.child.name?.[0]
  const { choice, severity } = ask(
    draft,
    person.column,
    'relation_unreadable',
    person.name,
    sameSurname ? 'father' : 'leave_empty',
    ['father', 'mother', 'leave_empty'],
  )
  if (choice === 'father' || choice === 'mother') placeParent(draft, person, choice)
  else keepParentText(draft, person)
  report(draft, 'parent.name', 'relation_unreadable', severity, person.name)
}

function keepParentText(draft: Draft, person: Person): void {
  const texts: Record<string, string | null> = {
    name: person.name,
    phone: person.phones.join('、') || null,
    work_place: person.work_place,
    id_no: person.id_no,
  }
  for (const column of draft.table.columns) {
    const text = column.owner === person.owner ? texts[column.attributes[0] ?? ''] : null
    if (text) addExtra(draft, column.header, text)
  }
  draft.child.facts['parents'] = [
    ...((draft.child.facts['parents'] as unknown[] | undefined) ?? []),
    { name: person.name, phones: person.phones, work_place: person.work_place },
  ]
}

function settleMember(draft: Draft, person: Person): void {
  if (isEmptyPerson(person)) return
  const { child } = draft
  const relation = person.relation
  if (relation === 'father' || relation === 'mother') placeParent(draft, person, relation)
  else if (child.carer === null || child.carer.name === null || child.carer.name === person.name)
    placeCarer(draft, person)
  else {
    child.facts['members'] = [
      ...((child.facts['members'] as unknown[] | undefined) ?? []),
      {
        name: person.name,
        relation,
        said: person.said,
        phones: person.phones,
        id_no: person.id_no,
        work_place: person.work_place,
      },
    ]
    reportFlat(draft, person, 'extra.成员')
  }
}
