// Which records an actor sees, and whether as a whole or only as a shape: compiled into SQL. See contract/src/records.ts.
import { kindSpecs } from '@nuanyang/contract/kinds.ts'
import type { KindSpec } from '@nuanyang/contract/kinds/kind.ts'
import { groupBit, roles, rightsHeld, seenMasks, type FieldGroup, type Link } from '@nuanyang/contract/roles.ts'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../kernel/ctx.ts'

const bit = (group: FieldGroup) => sql.lit(groupBit(group))

/** SQL: the field groups of a child that must be open for the content of record `r`, as a bit mask. */
export function needOf(r: string): RawBuilder<number> {
  const groups = new Map<FieldGroup, string[]>()
  for (const spec of Object.values(kindSpecs) as KindSpec[])
    groups.set(spec.group, [...(groups.get(spec.group) ?? []), spec.kind])
  const byKind = [...groups].map(
    ([group, kinds]) =>
      sql`when ${sql.ref(`${r}.kind`)} in (${sql.join(kinds.map((k) => sql.lit(k)))}) then ${bit(group)}`,
  )
  const visibility = sql.ref(`${r}.visibility`)
  return sql<number>`((case ${sql.join(byKind, sql` `)} else 0 end)
    | (case ${visibility} when 'case_notes' then ${bit('case_notes')} when 'psychological' then ${bit('psychological')} else 0 end))`
}

/**
 * SQL: 2 = seen as it is, 1 = only that it was done, 0 = not there. Their own work is open to its writers, psychological material aside;
 * whoever may not know the child's full name (a helper) sees nothing but the own work. Whoever is named as responsible for an individual
 * plan reads it, and no colleague with them.
 */
function stateBy(ctx: Ctx, open: RawBuilder<unknown>, masked: RawBuilder<unknown>): RawBuilder<number> {
  const need = needOf('r')
  return sql<number>`(case when ${open} & ${need} = ${need} or (r.recorded_by = ${ctx.actor.account_id}::uuid and r.visibility <> 'psychological')
      or (r.responsible_account_id = ${ctx.actor.account_id}::uuid and ${open} & ${bit('full_name')} <> 0) then 2
    when (${open} | ${masked}) & ${need} = ${need} and ${open} & ${bit('full_name')} <> 0 then 1 else 0 end)`
}

/** SQL: the state of record `r` by one of its children, `v` of visibleChildren. */
export const stateByChild = (ctx: Ctx) => stateBy(ctx, sql`v.open`, sql`v.masked`)

/** SQL: the state of a record without children by what the role may see of anybody. */
export function stateByRole(ctx: Ctx): RawBuilder<number> {
  let open = 0
  let masked = 0
  for (const link of Object.keys(roles[ctx.actor.role].sees) as Link[]) {
    const masks = seenMasks(ctx.actor.role, link)
    open |= masks?.open ?? 0
    masked |= masks?.masked ?? 0
  }
  return stateBy(ctx, sql.lit(open), sql.lit(masked))
}

/** SQL: a unit `u` whose own work the actor sees: within the own unit, or above it when the record is open. */
export function unitSeen(ctx: Ctx): RawBuilder<boolean> {
  const path = ctx.actor.unit_path
  return sql<boolean>`(u.path >= ${path} and u.path < ${path + '~'} or r.visibility = 'open' and starts_with(${path}, u.path))`
}

/** Does the actor answer for the records of the own unit and below? */
export function keepsRecords(ctx: Ctx): boolean {
  return rightsHeld(ctx.actor.role, ctx.actor.separate_admins).includes('records.keep')
}
