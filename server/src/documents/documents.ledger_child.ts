// A file in the shape of the canonical child of rosters, so that what is exported reads back as what is known.
import type { ChildFile } from '@nuanyang/contract/children.ts'
import { furtherFacts } from '../children/children.further.ts'
import type { LedgerChild } from '@nuanyang/domain/ledgers.ts'
import { schoolings } from '@nuanyang/domain/values/schooling.ts'
import { readValue } from '@nuanyang/domain/values/value.ts'

export function ledgerChild(file: ChildFile): LedgerChild {
  const parent = (p: ChildFile['father']) =>
    p ? { name: p.name, phones: p.phones, work_place: p.work_place, id_no: p.identity_no } : null
  const carer = file.carer
  return {
    name: file.name,
    sex: file.sex,
    born_on: file.born_on,
    id_no: file.identity_no,
    ethnicity: file.ethnicity,
    household_place: file.household_place,
    residence: file.address,
    villager_group: file.villager_group,
    school: file.school_name,
    grade: file.grade,
    class: file.class_number,
    boarding: file.boarding,
    health: file.health,
    illness: file.illness,
    disability: file.disability,
    away: awayOf(file),
    remark: file.remark,
    father: parent(file.father),
    mother: parent(file.mother),
    carer: carer
      ? {
          name: carer.name,
          phones: carer.phones,
          id_no: carer.identity_no,
          relation: carer.relation,
          age: carer.age,
          health: carer.health,
          occupation: carer.occupation,
          address: carer.address,
        }
      : null,
    facts: {
      household_no: file.household_no,
      hukou_registered: file.hukou_registered,
      hukou_type: file.hukou_type,
      schooling: schooling(file),
      father: { born_on: file.father?.born_on ?? null },
      mother: { born_on: file.mother?.born_on ?? null },
      other_parent_unable: unableAtHome(file),
      disability_level: file.disability_level,
      entrusted: carer?.entrusted ?? null,
      guardianship_type: carer?.guardianship_type ?? null,
      carer_relation_words: carer?.relation_words ?? null,
      income_sources: file.income_sources ?? [],
      aid_kinds: file.aid_kinds ?? [],
      ...furtherFacts(file),
      grandparents: Object.fromEntries(file.relatives.map((r) => [r.relation, { name: r.name, born_on: r.born_on }])),
    },
  }
}

/** Only where both parents are known: "one away" must not be said of a child whose mother nobody asked about. */
function awayOf(file: ChildFile): string | null {
  const [father, mother] = [file.father?.state ?? null, file.mother?.state ?? null]
  const unknown = (state: string | null) => state === null || state === 'unknown'
  if (unknown(father) || unknown(mother)) return null
  const away = [father, mother].filter((state) => state === 'away').length
  if (away === 2) return 'both_parents'
  if (away === 0) return father === 'home' && mother === 'home' ? 'none' : null
  const other = father === 'away' ? file.mother : file.father
  return other?.able === false ? 'one_parent_other_unable' : 'one_parent'
}

/** Which parent stays at home without being able to care, while the other is away. */
function unableAtHome(file: ChildFile): 'father' | 'mother' | null {
  if (file.mother?.state === 'away' && file.father?.able === false) return 'father'
  return file.father?.state === 'away' && file.mother?.able === false ? 'mother' : null
}

/** The form's own word where a roster gave it and nobody the grade: the 43 fields know 小学, not which year of it. */
function saidSchooling(file: ChildFile): string | null {
  const [, words] = Object.entries(file.extra).find(([head]) => /就学情况/.test(head)) ?? []
  return words === undefined ? null : readValue(schoolings, words)
}

/** What a ledger says under 就学情况: a word for every standing, with or without a grade, so that it reads back as it is. */
function schooling(file: ChildFile): string | null {
  const status = file.enrolment_status
  return status === 'suspended' || status === 'transferred' || status === 'graduated' ? status : formSchooling(file)
}

/** One of the eight ticks of the registration form: whoever is on leave still belongs to the stage; where none fits, none. */
export function formSchooling(file: ChildFile): string | null {
  if (file.enrolment_status === 'dropped_out') return 'dropout'
  if (file.enrolment_status === 'not_enrolled')
    return file.age !== null && file.age < 6 ? 'not_in_kindergarten' : 'not_in_school'
  if (!file.grade) return file.enrolment_status === 'in_school' ? saidSchooling(file) : null
  if (file.grade.startsWith('k')) return 'kindergarten'
  const grade = Number(file.grade)
  return grade <= 6 ? 'primary' : grade <= 9 ? 'junior' : 'senior'
}
