// Who owes what a plan asks for: the map from the responsible person a plan names to the role that answers, and to the kinds of helper
// a pairing may have. db/views/due_owners.sql holds the same map for its queries; a test compares the two.
import type { Responsible } from '@nuanyang/domain/values/responsible.ts'
import type { HelperKind } from './pairings.ts'
import type { Role } from './roles.ts'

/** The role of the responsible person; null: nobody in the house (police, counsel). Those left out go by the kind of the plan's unit. */
export const rolesOfResponsible: Readonly<Partial<Record<Responsible, Role | null>>> = {
  leading_group: 'leading_group',
  village_committee: 'child_director',
  class_teacher: 'class_teacher',
  subject_teacher: 'subject_teacher',
  help_teacher: 'help_teacher',
  archivist: 'archivist',
  partner_cadre: 'partner_cadre',
  grid_worker: 'grid_worker',
  child_director: 'child_director',
  counsellor: 'counsellor',
  station_keeper: 'child_director',
  school_leader: 'school_leader',
  volunteer: 'helper',
  next_gen_committee: 'next_gen_committee',
  police_or_counsel: null,
  canteen: 'school_leader',
}

/** Nobody is named, or somebody outside the house (the guardian): whoever stands nearest to the children in such a unit. */
export const rolesOfUnitKind: Readonly<Record<string, Role>> = {
  school: 'class_teacher',
  class: 'class_teacher',
  partner_office: 'partner_cadre',
  committee: 'next_gen_committee',
  grid: 'grid_worker',
  township: 'child_supervisor',
  county: 'county_staff',
}

/** For these the helper of the child's pairing comes before any role; helpers of these kinds come first among several. */
export const helpersOfResponsible: Readonly<Partial<Record<Responsible, readonly HelperKind[]>>> = {
  help_teacher: ['help_teacher'],
  partner_cadre: ['cadre', 'party_member'],
  volunteer: ['volunteer', 'caring_mother', 'proxy_parent', 'party_member', 'other'],
}

export function roleOf(responsible: Responsible | null, unitKind: string): Role | null {
  const named = responsible === null ? undefined : rolesOfResponsible[responsible]
  return named === undefined ? (rolesOfUnitKind[unitKind] ?? 'child_director') : named
}
