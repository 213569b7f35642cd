// What every change of a unit begins with: the row locked and the actor's own, not changed meanwhile, no twin of its name.
import type { UnitKind } from '@nuanyang/contract/units.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'
import { isMine, unitColumns, type UnitRow } from './units.access.ts'
import { get } from './units.get.ts'

/**
 * The row, locked until the transaction ends; absent and not one's own look the same. `for update`, not the weaker lock: a child that
 * is being put into the unit at this moment holds its key, so a merger waits for it and takes it along.
 */
export async function lockUnit(ctx: Ctx, id: string): Promise<UnitRow> {
  const unit = await ctx.db.maybe<UnitRow>(
    `select ${unitColumns} from units where tenant_id = $1 and id = $2 for update`,
    [ctx.tenant, id],
  )
  if (!unit || !isMine(ctx, unit.path)) throw problem('not_found')
  return unit
}

export async function refuseStale(ctx: Ctx, unit: UnitRow, version: number): Promise<void> {
  if (unit.version !== version) throw problem('stale', { current: await get(ctx, { id: unit.id }) })
}

export async function refuseSameName(
  ctx: Ctx,
  kind: UnitKind,
  name: string,
  parent: { id: string; name: string },
): Promise<void> {
  const twin = await ctx.db.maybe(
    `select id from units where tenant_id = $1 and parent_id = $2 and kind = $3 and name = $4 and closed_on is null`,
    [ctx.tenant, parent.id, kind, name],
  )
  if (twin) throw problem('unit_exists', { values: { name, parent: parent.name } })
}
