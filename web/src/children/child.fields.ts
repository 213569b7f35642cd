// Which facts stand where: one list for the pages of a file and for its forms. Most used first; `more` is folded in the form.
import { fileFields, type FieldPath } from '@nuanyang/contract/children.fields.ts'
import type { Contradiction, Requirement } from '@nuanyang/domain/dossier.ts'

export interface Block {
  /** Its heading, a key of child.text.ts. */
  title: 'person' | 'home' | 'carer' | 'father' | 'mother' | 'economy' | 'school' | 'body'
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
      `${which}.able`,
      `${which}.born_on`,
      `${which}.identity_no`,
    ],
  }
}

export const blocks: Readonly<Record<Section, readonly Block[]>> = {
  basic: [
    { title: 'person', first: ['name', 'sex', 'identity_no', 'born_on'], more: ['phones', 'ethnicity', 'remark'] },
    {
      title: 'home',
      first: ['address', 'villager_group'],
      more: ['household_place', 'hukou_registered', 'hukou_type', 'household_no'],
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
        'carer.entrusted',
        'carer.guardianship_type',
        'carer.relation_words',
        'carer.identity_no',
      ],
    },
    parent('father'),
    parent('mother'),
    { title: 'economy', first: [], more: ['income_sources', 'economy_level', 'aid_kinds'] },
  ],
  schooling: [
    {
      title: 'school',
      first: ['enrolment_status', 'school_name', 'grade', 'class_number', 'boarding'],
      more: ['hobbies'],
    },
  ],
  health: [{ title: 'body', first: ['health', 'illness', 'disability', 'disability_level'], more: [] }],
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
