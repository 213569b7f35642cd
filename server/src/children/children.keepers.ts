// Who keeps which facts. The village side keeps family, care and aid, the school side schooling; a side exists where somebody may
// write. Filling an unknown applies at once; changing what the other side knows becomes a proposal.
import type { FieldPath } from '@nuanyang/contract/children.fields.ts'
import { fileFields } from '@nuanyang/contract/children.fields.ts'
import { keeperSides, roleCan, roleCodes } from '@nuanyang/contract/roles.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { isKnown, type Difference } from './children.facts.ts'

interface Side {
  unit_id: string
  unit_path: string
}
export interface Keepers {
  residence: Side | null
  class: Side | null
}

const writers = roleCodes.filter((role) => roleCan(role, 'children.write'))

/** For each child the sides that have a member who may write: at the unit itself or below it, for a class also at its school. */
export async function keepersOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Keepers>> {
  const rows = await ctx.db.rows<{ child_id: string; as: 'residence' | 'class'; unit_id: string; unit_path: string }>(
    `select cu.child_id, cu."as", u.id as unit_id, u.path as unit_path
       from child_units cu join units u on u.tenant_id = $1 and u.id = cu.unit_id
      where cu.tenant_id = $1 and cu.child_id = any($2::uuid[]) and cu."as" in ('residence', 'class') and (cu.until_on is null or cu.until_on > $3::date)
        and exists (select from memberships m join units w on w.tenant_id = $1 and w.id = m.unit_id
                     where m.tenant_id = $1 and m.role = any($4::text[]) and m.from_on <= $3::date and (m.until_on is null or m.until_on > $3::date)
                       and (w.path >= u.path and w.path < u.path || '~' or (cu."as" = 'class' and w.id = u.parent_id)))`,
    [ctx.tenant, ids, ctx.today, writers],
  )
  const out = new Map<string, Keepers>()
  for (const row of rows) {
    const keepers = out.get(row.child_id) ?? { residence: null, class: null }
    keepers[row.as] = { unit_id: row.unit_id, unit_path: row.unit_path }
    out.set(row.child_id, keepers)
  }
  return out
}

/** The side that keeps a field of this child; null: nobody else, so whoever may write it does. */
export function keeperOf(keepers: Keepers | undefined, field: FieldPath): Side | null {
  if (!keepers) return null
  const side = keeperSides[fileFields[field].group]
  return side === 'class' ? (keepers.class ?? keepers.residence) : (keepers.residence ?? keepers.class)
}

/** Divides differences into what applies now and what the keeper side is asked. */
export function divide(
  ctx: Ctx,
  keepers: Keepers | undefined,
  found: readonly Difference[],
): { applied: Difference[]; proposed: (Difference & { keeper_unit_id: string })[] } {
  const applied: Difference[] = []
  const proposed: (Difference & { keeper_unit_id: string })[] = []
  for (const difference of found) {
    const keeper = isKnown(difference.old) ? keeperOf(keepers, difference.field) : null
    if (!keeper || onSide(ctx, keeper)) applied.push(difference)
    else proposed.push({ ...difference, keeper_unit_id: keeper.unit_id })
  }
  return { applied, proposed }
}

/** The actor stands on a side when their unit holds the keeper's unit or lies inside it (a grid of the village, the school of a class). */
export function onSide(ctx: Ctx, keeper: Side): boolean {
  const mine = ctx.actor.unit_path
  return keeper.unit_path.startsWith(mine) || mine.startsWith(keeper.unit_path)
}
