// Which facts stand where: one list for the pages of a file and for its forms. Most used first; `more` is folded in the form.
import { fileFields, type FieldPath } from '@nuanyang/contract/children.fields.ts'
import type { Contradiction, Requirement } from '@nuanyang/domain/dossier.ts'

export interface Block {
  /** Its heading, a key of child.text.ts. */
  title:
    | 'person'
    | 'home'
    | 'needs'
    | 'carer'
    | 'father'
    | 'mother'
    | 'grandparents'
    | 'contact'
    | 'economy'
    | 'school'
    | 'body'
  first: readonly FieldPath[]
  more: readonly FieldPath[]
}
export const sections = ['basic', 'family', 'schooling', 'health'] as const
export type Section = (typeof sections)[number]

function parent(which: 'father' | 'mother'): Block {
  return {
    title: which,
    first: [`${which}.state`, `${which}.name`, `${which}.work_place`, `${which}.phones`],
    more: [
      `${which}.away_since`,
      `${which}.planned_return_on`,
      `${which}.work_unit`,
      `${which}.occupation`,
      `${which}.able`,
      `${which}.born_on`,
      `${which}.identity_no`,
      `${which}.work_place_code`,
    ],
  }
}

/** Kept beside a place's own words and shown with them: no row and no input of its own. */
export const besidePlace: ReadonlySet<FieldPath> = new Set(['household_place_code', 'father.work_place_code', 'mother.work_place_code'] as const) // prettier-ignore

/** The path that keeps a place's division code beside its words. */
export function placeCodeOf(path: FieldPath): FieldPath | undefined {
  return [...besidePlace].find((code) => code === `${path}_code`)
}

const elder = (
  which: 'paternal_grandfather' | 'paternal_grandmother' | 'maternal_grandfather' | 'maternal_grandmother',
) => [`${which}.name`, `${which}.born_on`, `${which}.deceased`] as const

export const blocks: Readonly<Record<Section, readonly Block[]>> = {
  basic: [
    { title: 'person', first: ['name', 'sex', 'identity_no', 'born_on'], more: ['phones', 'ethnicity', 'former_name', 'identity_kind', 'native_place', 'only_child', 'orphan', 'remark'] }, // prettier-ignore
    {
      title: 'home',
      first: ['address', 'villager_group'],
      more: ['household_place', 'household_place_code', 'hukou_registered', 'hukou_type', 'household_no'],
    },
    {
      title: 'needs',
      first: ['needs', 'need_kinds'],
      more: ['causes', 'special_cases', 'special_note', 'improper_care'],
    },
  ],
  family: [
    {
      title: 'carer',
      first: ['carer.name', 'carer.relation', 'carer.phones', 'carer.age'],
      more: [
        'carer.health',
        'carer.occupation',
        'carer.address',
        'carer.since',
        'carer.able',
        'carer.entrusted',
        'carer.entrust_reason',
        'carer.why_changed',
        'carer.guardianship_type',
        'carer.relation_words',
        'carer.identity_no',
      ],
    },
    parent('father'),
    parent('mother'),
    {
      title: 'grandparents',
      first: [],
      more: [
        ...elder('paternal_grandfather'),
        ...elder('paternal_grandmother'),
        ...elder('maternal_grandfather'),
        ...elder('maternal_grandmother'),
      ],
    },
    { title: 'contact', first: [], more: ['contact.name', 'contact.relation_words', 'contact.phones'] },
    { title: 'economy', first: [], more: ['income_sources', 'economy_level', 'economy_note', 'aid_kinds', 'aid_note'] },
  ],
  schooling: [
    {
      title: 'school',
      first: ['enrolment_status', 'school_name', 'grade', 'class_number', 'boarding'],
      more: ['hobbies', 'commute', 'needs_school_bus', 'subsidised'],
    },
  ],
  health: [
    {
      title: 'body',
      first: ['health', 'illness', 'disability', 'disability_level'],
      more: ['suspected_disability', 'blood_type'],
    },
  ],
}

export function sectionOf(path: FieldPath): Section {
  return sections.find((section) => blocks[section].some((b) => b.first.includes(path) || b.more.includes(path)))!
}

const requirementFields: Readonly<Record<Requirement, FieldPath>> = {
  name: 'name',
  sex: 'sex',
  born_on: 'born_on',
  residence: 'address',
  schooling: 'school_name',
  health: 'health',
  father_state: 'father.state',
  mother_state: 'mother.state',
  father_phone: 'father.phones',
  mother_phone: 'mother.phones',
  carer_name: 'carer.name',
  carer_relation: 'carer.relation',
  carer_phone: 'carer.phones',
}
const contradictionFields: Readonly<Record<Contradiction, FieldPath>> = {
  birth_and_identity_no: 'born_on',
  sex_and_identity_no: 'sex',
  identity_no_checksum: 'identity_no',
  carer_is_away: 'carer.relation',
  carer_too_young: 'carer.age',
  too_old: 'born_on',
  grade_and_age: 'grade',
}

/** The field that settles a requirement or a contradiction; undefined for one that this page does not know yet. */
export function fieldFor(code: string): FieldPath | undefined {
  return requirementFields[code as Requirement] ?? contradictionFields[code as Contradiction]
}

export function groupOf(path: FieldPath) {
  return fileFields[path].group
}
