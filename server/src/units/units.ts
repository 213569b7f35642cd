// Units: the verbs behind contract/src/units.ts. The tree's own rules are in units.tree.ts.
export {
  createTenant,
  createUnits,
  findOrCreateClasses,
  findUnitsByName,
  unitCore,
  unitLabel,
  type ClassKey,
  type FoundUnit,
  type NewUnitRow,
  type TenantRow,
} from './units.tree.ts'
