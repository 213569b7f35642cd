// What a file must hold before it counts as complete (建档), who could know what is missing, and which facts contradict each other.
// Source of the default: the registration form of 民政 (附件1) and the contact card; a county may keep its own list (dossier_requirements).
import { parseIdentityNumber } from './identity_numbers.ts'
import { relations } from './values/relation.ts'
import { labelOf } from './values/value.ts'

export const requirementCodes = [
  'name', 'sex', 'born_on', 'residence', 'schooling', 'health', 'father_state', 'mother_state', 'father_phone', 'mother_phone',
  'carer_name', 'carer_relation', 'carer_phone',
] as const // prettier-ignore
export type Requirement = (typeof requirementCodes)[number]

/** What the rules read. null or undefined = 未采集. */
export interface DossierFacts {
  name?: string | null
  sex?: string | null
  born_on?: string | null
  identity_no?: string | null
  address?: string | null
  villager_group?: string | null
  /** Tied to a village or community. */
  has_residence?: boolean
  enrolment_status?: string | null
  school_name?: string | null
  grade?: string | null
  health?: string | null
  father?: ParentFacts | null
  mother?: ParentFacts | null
  carer?: CarerFacts | null
}
interface ParentFacts {
  name?: string | null
  state?: string | null
  phones?: readonly string[] | null
}
interface CarerFacts {
  name?: string | null
  relation?: string | null
  age?: number | null
  phones?: readonly string[] | null
}

/** A parent who died, is missing or detained is owed no telephone number. */
const unreachable = new Set(['deceased', 'missing', 'detained'])

/** The requirements that are not met, in the order of the list. */
export function missingOf(facts: DossierFacts, required: readonly Requirement[] = requirementCodes): Requirement[] {
  const met: Record<Requirement, boolean> = {
    name: Boolean(facts.name),
    sex: Boolean(facts.sex),
    born_on: Boolean(facts.born_on),
    residence: Boolean(facts.address || facts.villager_group || facts.has_residence),
    schooling: schoolingKnown(facts),
    health: Boolean(facts.health),
    father_state: stateKnown(facts.father),
    mother_state: stateKnown(facts.mother),
    father_phone: reachable(facts.father),
    mother_phone: reachable(facts.mother),
    carer_name: Boolean(facts.carer?.name),
    carer_relation: Boolean(facts.carer?.relation),
    carer_phone: Boolean(facts.carer?.phones?.length),
  }
  return required.filter((code) => !met[code])
}

/** A child out of school, or too young for it, has no class to name. */
function schoolingKnown(facts: DossierFacts): boolean {
  if (facts.enrolment_status && facts.enrolment_status !== 'in_school' && facts.enrolment_status !== 'suspended')
    return true
  return Boolean(facts.school_name && facts.grade)
}
const stateKnown = (parent: ParentFacts | null | undefined) => Boolean(parent?.state && parent.state !== 'unknown')
const reachable = (parent: ParentFacts | null | undefined) =>
  Boolean(parent?.phones?.length) || unreachable.has(parent?.state ?? '')

export const contradictionCodes = [
  'birth_and_identity_no', 'sex_and_identity_no', 'identity_no_checksum', 'carer_is_away', 'carer_too_young', 'too_old', 'grade_and_age',
] as const // prettier-ignore
export type Contradiction = (typeof contradictionCodes)[number]

/** Facts that cannot all be true. `today` is YYYY-MM-DD. Unknown facts never contradict. */
export function contradictionsOf(facts: DossierFacts, today: string): Contradiction[] {
  const out: Contradiction[] = []
  const number = facts.identity_no ? parseIdentityNumber(facts.identity_no) : null
  if (facts.identity_no && /^\d{17}[\dX]$/.test(facts.identity_no) && number && !number.check_ok)
    out.push('identity_no_checksum')
  if (number?.check_ok) {
    if (facts.born_on && number.born_on && !number.born_on.startsWith(facts.born_on)) out.push('birth_and_identity_no')
    if (facts.sex && number.sex !== facts.sex) out.push('sex_and_identity_no')
  }
  const carer = facts.carer
  if (
    (carer?.relation === 'father' && facts.father?.state === 'away') ||
    (carer?.relation === 'mother' && facts.mother?.state === 'away')
  )
    out.push('carer_is_away')
  if (typeof carer?.age === 'number' && carer.age < 16) out.push('carer_too_young')
  const age = facts.born_on ? Number(today.slice(0, 4)) - Number(facts.born_on.slice(0, 4)) : null
  if (age !== null && age > 18) out.push('too_old')
  const grade = facts.grade && /^\d+$/.test(facts.grade) ? Number(facts.grade) : null
  // A pupil of grade n is about n + 6; three years either way still happens, more is a slip of the pen.
  if (age !== null && grade !== null && Math.abs(age - grade - 6) > 3) out.push('grade_and_age')
  return out
}

interface Words {
  readonly zh: string
  readonly en: string
}
export const requirementWords: Record<Requirement, Words & { ask_zh: string; ask_en: string }> = {
  name: { zh: '姓名', en: 'name', ask_zh: '看户口本', ask_en: 'household register' },
  sex: { zh: '性别', en: 'sex', ask_zh: '看户口本', ask_en: 'household register' },
  born_on: { zh: '出生日期', en: 'birth', ask_zh: '看户口本', ask_en: 'household register' },
  residence: { zh: '住址', en: 'home address', ask_zh: '上门看看', ask_en: 'visit the home' },
  schooling: { zh: '学校和年级', en: 'school and grade', ask_zh: '学校知道', ask_en: 'the school knows' },
  health: { zh: '身体情况', en: 'health', ask_zh: '照护人知道', ask_en: 'the carer knows' },
  father_state: { zh: '爸爸在不在家', en: 'father home or away', ask_zh: '照护人知道', ask_en: 'the carer knows' },
  mother_state: { zh: '妈妈在不在家', en: 'mother home or away', ask_zh: '照护人知道', ask_en: 'the carer knows' },
  father_phone: { zh: '爸爸的电话', en: 'father’s phone', ask_zh: '照护人可能知道', ask_en: 'the carer may know' },
  mother_phone: { zh: '妈妈的电话', en: 'mother’s phone', ask_zh: '照护人可能知道', ask_en: 'the carer may know' },
  carer_name: { zh: '照护人', en: 'carer', ask_zh: '问孩子或邻居', ask_en: 'ask the child or neighbours' },
  carer_relation: { zh: '照护人与孩子的关系', en: 'carer’s relation', ask_zh: '问照护人', ask_en: 'ask the carer' },
  carer_phone: { zh: '照护人的电话', en: 'carer’s phone', ask_zh: '问照护人', ask_en: 'ask the carer' },
}

export const contradictionWords: Record<Contradiction, Words> = {
  birth_and_identity_no: { zh: '出生日期和身份证号对不上', en: 'birth and identity number differ' },
  sex_and_identity_no: { zh: '性别和身份证号对不上', en: 'sex and identity number differ' },
  identity_no_checksum: { zh: '身份证号最后一位算不对', en: 'the check digit of the identity number is wrong' },
  carer_is_away: { zh: '照护人同时写着在外务工', en: 'the carer is also recorded as away' },
  carer_too_young: { zh: '照护人不满 16 岁', en: 'the carer is under 16' },
  too_old: { zh: '年龄超过 18 岁', en: 'older than 18' },
  grade_and_age: { zh: '年级和年龄相差太大', en: 'grade and age are far apart' },
}

/**
 * Who could tell what is missing in this file: “奶奶可能知道” beats “照护人可能知道”. First the carer, then a parent who is at home,
 * then a parent who can be called; what papers and schools know is asked of nobody else.
 */
export function askWhom(code: Requirement, facts: DossierFacts): Words {
  const words = requirementWords[code]
  const generic = { zh: words.ask_zh, en: words.ask_en }
  if (code === 'name' || code === 'sex' || code === 'born_on' || code === 'schooling') return generic
  const aboutCarer = code === 'carer_name' || code === 'carer_relation' || code === 'carer_phone'
  if (aboutCarer && code !== 'carer_name' && facts.carer?.name) {
    return { zh: `问${facts.carer.name}本人`, en: `ask ${facts.carer.name}` }
  }
  const relation = facts.carer?.relation
  const asked = code.startsWith('father') ? 'father' : code.startsWith('mother') ? 'mother' : null
  if (!aboutCarer && relation && relation !== 'other' && relation !== asked) {
    const { zh, en } = familiar(relation)
    return { zh: `${zh}可能知道`, en: `${en} may know` }
  }
  const parents = (['father', 'mother'] as const).filter((parent) => parent !== asked)
  const there = parents.find((parent) => facts[parent]?.state === 'home')
  if (there) return { zh: `${familiar(there).zh}在家，可能知道`, en: `${familiar(there).en} is at home and may know` }
  const called = parents.find((parent) => facts[parent]?.phones?.length)
  if (called) return { zh: `打电话问${familiar(called).zh}`, en: `call ${familiar(called).en}` }
  return generic
}

/** As people in a village say it: 爸爸, not 父亲. */
function familiar(relation: string): Words {
  if (relation === 'father') return { zh: '爸爸', en: 'the father' }
  if (relation === 'mother') return { zh: '妈妈', en: 'the mother' }
  return { zh: labelOf(relations, relation), en: `the ${labelOf(relations, relation, 'en')}` }
}
