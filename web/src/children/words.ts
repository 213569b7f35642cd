// Facts in words: what a value of a file is called on every page that shows one (file, history, proposals, conflicts).
import { fileFields, isFieldPath, type FieldPath } from '@nuanyang/contract/children.fields.ts'
import type { ChildFile, ChildRow } from '@nuanyang/contract/children.ts'
import { roles, type FieldGroup } from '@nuanyang/contract/roles.ts'
import { storedClassLabel } from '@nuanyang/domain/class_label.ts'
import { gradeLabel, type Grade } from '@nuanyang/domain/grades.ts'
import { aidKinds } from '@nuanyang/domain/values/aid_kinds.ts'
import { causes } from '@nuanyang/domain/values/causes.ts'
import { commutes } from '@nuanyang/domain/values/commutes.ts'
import { entrustReasons } from '@nuanyang/domain/values/entrust_reasons.ts'
import { guardianshipTypes } from '@nuanyang/domain/values/guardianship_type.ts'
import { healths } from '@nuanyang/domain/values/health.ts'
import { hukouTypes } from '@nuanyang/domain/values/hukou_type.ts'
import { identityKinds } from '@nuanyang/domain/values/identity_kinds.ts'
import { improperCare } from '@nuanyang/domain/values/improper_care.ts'
import { incomeSources } from '@nuanyang/domain/values/income_sources.ts'
import { needKinds } from '@nuanyang/domain/values/need_kinds.ts'
import { parentStates } from '@nuanyang/domain/values/parent_state.ts'
import { relations } from '@nuanyang/domain/values/relation.ts'
import { specialCases } from '@nuanyang/domain/values/special_cases.ts'
import { labelOf, type ValueEntry } from '@nuanyang/domain/values/value.ts'
import { dayOf, plainDay } from '../ui/dates.ts'
import { fill, listed, type Dictionary, type Language, type Values } from '../ui/language.ts'
import { awayText, enrolmentWords, factWords, kinWords, sexWords } from './values.text.ts'

/** A word of a dictionary by a code that may be newer than this page: then the code itself. */
export function wordOf(dictionary: Dictionary, code: string, language: Language): string {
  return dictionary[code]?.[language] ?? code
}

/** 奶奶, 爸爸; the word the family uses stands in for 其他. */
export function kin(relation: string | null, said: string | null, language: Language): string {
  if (relation === null) return said ?? kinWords.other[language]
  if (said && (relation === 'other' || relation === 'relative' || relation === 'aunt_uncle')) return said
  return relation in kinWords ? wordOf(kinWords, relation, language) : labelOf(relations, relation, language)
}

const lists: Readonly<Record<string, readonly ValueEntry[]>> = {
  state: parentStates,
  relation: relations,
  health: healths,
  hukou_type: hukouTypes,
  guardianship_type: guardianshipTypes,
  income_sources: incomeSources,
  aid_kinds: aidKinds,
  causes,
  commute: commutes,
  entrust_reason: entrustReasons,
  identity_kind: identityKinds,
  improper_care: improperCare,
  need_kinds: needKinds,
  special_cases: specialCases,
}

/** The list that a field chooses from, where it has one. `carer.health` is free words. */
export function listOf(path: FieldPath): readonly ValueEntry[] | undefined {
  return path === 'carer.health' ? undefined : lists[path.split('.').at(-1)!]
}

export function isKnown(value: unknown): boolean {
  return !(
    value === null ||
    value === undefined ||
    value === '' ||
    value === 'unknown' ||
    (Array.isArray(value) && value.length === 0)
  )
}

/** 138 0013 8000; other numbers as they are. */
export function spacedPhone(value: string): string {
  return /^1\d{10}$/.test(value) ? `${value.slice(0, 3)} ${value.slice(3, 7)} ${value.slice(7)}` : value
}

/** A value as people say it; null when it is not known. */
export function saidValue(path: string, value: unknown, language: Language): string | null {
  if (!isKnown(value)) return null
  // Where a child is at home: the unit, and since when for the one that asks.
  if (path === 'residence') return unitWords((value as { name: string }).name, language)
  const last = path.split('.').at(-1)!
  if (Array.isArray(value)) return value.map((each) => saidOne(path, last, each, language)).join('、')
  return saidOne(path, last, value, language)
}

function saidOne(path: string, last: string, value: unknown, language: Language): string {
  if (typeof value === 'boolean') return saidBoolean(last, value, language)
  if (typeof value === 'number') return last === 'age' ? fill(factWords.age, { n: value }, language) : String(value)
  const text = String(value)
  const list = isFieldPath(path) ? listOf(path) : undefined
  if (list) return labelOf(list, text, language)
  if (last === 'sex') return wordOf(sexWords, text, language)
  if (last === 'enrolment_status') return wordOf(enrolmentWords, text, language)
  if (last === 'grade') return gradeLabel(text as Grade, language)
  if (last === 'class_number') return language === 'zh' ? `（${text}）班` : text
  if (/_on$|since$/.test(last)) return plainDay(text, language, '')
  return last === 'phones' ? spacedPhone(text) : text
}

function saidBoolean(last: string, value: boolean, language: Language): string {
  const key = `${last}_${value ? 'yes' : 'no'}`
  return (factWords as Dictionary)[key]?.[language] ?? factWords[value ? 'yes' : 'no'][language]
}

interface Schooling {
  school_name: string | null
  grade: string | null
  class_number: string | null
}

/** 芦溪镇中心小学三年级（2）班; `short` drops 年级 where a class stands beside it, as lists do. Null when nothing is known. */
export function classWords(at: Schooling, language: Language, short = false): string | null {
  const grade = at.grade ? gradeLabel(at.grade as Grade, language) : ''
  if (language === 'en')
    return listed([at.school_name, grade, at.class_number && `class ${at.class_number}`], 'en') || null
  const stage = short || at.grade?.startsWith('k') ? grade.replace(/年级$|班$/, '') : grade
  const inside = at.class_number ? `${stage}（${at.class_number}）班` : grade
  return `${at.school_name ?? ''}${inside}` || null
}

/** 双方，东莞、宁波 · 爸爸在东莞；妈妈在家 · 都没有外出; null when nobody has said where either parent is. `whole` where no heading says whose. */
export function awayWords(row: ChildRow, language: Language, whole = false): string | null {
  const say = (key: keyof typeof awayText, values?: Values) => fill(awayText[key], values, language)
  const known = (state: string | null) => state !== null && state !== 'unknown'
  if (row.father_state === 'away' && row.mother_state === 'away') {
    const places = [...new Set([row.father_place, row.mother_place].filter(Boolean))]
    const said = places.join(say('and'))
    if (whole) return said ? say('parents_in', { places: said }) : say('parents_away')
    return listed([say('both'), said || say('place_unknown')], language)
  }
  if (!known(row.father_state) && !known(row.mother_state)) return null
  const away = row.father_state === 'away' || row.mother_state === 'away'
  if (!away && known(row.father_state) && known(row.mother_state)) return say('neither')
  const parent = (which: 'father' | 'mother', state: string | null, place: string | null) => {
    const who = kinWords[which][language]
    if (state === 'away' && place) return say('is_in', { who, place })
    return say('is', { who, what: known(state) ? labelOf(parentStates, state!, language) : say('not_collected') })
  }
  const father = parent('father', row.father_state, row.father_place)
  const mother = parent('mother', row.mother_state, row.mother_place)
  // Whoever is away comes first: that is what the column is about.
  return (row.mother_state === 'away' ? [mother, father] : [father, mother]).join(
    language === 'zh' ? say('next') : `${say('next')} `,
  )
}

/** The fact of a file by its path. */
export function factAt(file: ChildFile, path: FieldPath): unknown {
  const [head, inner] = path.split('.') as [keyof ChildFile, string | undefined]
  const value = file[head] as unknown
  return inner ? ((value as Record<string, unknown> | null)?.[inner] ?? null) : (value ?? null)
}

/** Words of a field; what no field is called keeps its own name (a column of a roster). */
export function fieldName(path: string, language: Language): string {
  if (path === 'confirmed') return factWords.confirmed[language]
  if (path === 'residence') return language === 'zh' ? '住在的村（社区）' : 'village or community of residence'
  return isFieldPath(path) ? fileFields[path][language] : path
}

/** Roles that see a group of facts whole: named to those who do not, so that they know whom to ask. */
export function whoSees(group: FieldGroup, language: Language): string {
  return Object.values(roles)
    .filter((role) =>
      Object.values(role.sees as Record<string, Record<string, string>>).some((cells) => cells[group] === 'open'),
    )
    .slice(0, 3)
    .map((role) => role[language])
    .join(language === 'zh' ? '、' : ', ')
}

/** A class is stored by its year of entry (小学2024级2班) and said as it is called today: 三年级（2）班. Other units keep their name. */
export function unitWords(name: string, language: Language, today = dayOf()): string {
  return storedClassLabel(name, today, language)
}
