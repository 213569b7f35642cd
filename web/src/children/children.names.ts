// What a chip says that only the server knows, and the fields of the county's own that a role reads.
import { customFieldOps, type CustomField } from '@nuanyang/contract/custom_fields.ts'
import { definitionOps } from '@nuanyang/contract/definitions.ts'
import { importOps } from '@nuanyang/contract/imports.ts'
import { opensGroup } from '@nuanyang/contract/roles.ts'
import { unitOps } from '@nuanyang/contract/units.ts'
import { definitionName } from '../definitions/definition_name.ts'
import { useOp } from '../kernel/query.ts'
import { useActiveMembership, useRight } from '../kernel/session.ts'
import type { Address } from '../ui/filters.tsx'
import { useWords } from '../ui/language.ts'
import { childrenText } from './children.text.ts'

/** In use, or ended with something still written in them; a field over what the role does not read is none. */
export function useOwnFields(): readonly CustomField[] {
  const role = useActiveMembership()?.role
  const all = useOp(customFieldOps.list, {}).data?.items ?? []
  return all.filter((field) => role && opensGroup(role, field.field_group) && (!field.until_on || field.used > 0))
}

/** Names of the unit, roster, definition and field that stand in the address. */
export function useNames(address: Address): Address {
  const units = useRight('units.read')
  const rosters = useRight('imports.write')
  const unit_id = address['unit_id']
  const import_id = address['import_id']
  const { language } = useWords(childrenText)
  const definitions = useOp(definitionOps.list, {}, { when: address['definition'] !== undefined })
  const fields = useOp(customFieldOps.list, {}, { when: address['custom'] !== undefined })
  const unit = useOp(unitOps.get, { id: unit_id ?? '' }, { when: unit_id !== undefined && units })
  const roster = useOp(importOps.get, { id: import_id ?? '' }, { when: import_id !== undefined && rosters })
  const definition = definitions.data?.items.find((one) => one.code === address['definition'])
  return {
    unit_id: unit.data?.label,
    import_id: roster.data?.file_name,
    definition: definition && definitionName(definition, language),
    custom: fields.data?.items.find((one) => one.code === address['custom'])?.name,
  }
}
