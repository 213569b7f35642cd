// What must be open for a condition of the list of children to find anybody.
import type { FieldGroup } from './roles.ts'

/** By key of the address; a key that is not here asks nothing hidden. A field of the county's own brings its own group. */
export const filterGroups: Readonly<Record<string, readonly FieldGroup[]>> = {
  age_from: ['birth'], age_until: ['birth'], grade: ['schooling'], boarding: ['schooling'], health: ['health'], relation: ['family'], away: ['family'],
  definition: ['family', 'birth'],
} // prettier-ignore
