import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'

export interface Mine {
  id: string
  state: string
  version: number
  unit_id: string
}
/** Details are for the person who put the file in, while they work in its unit or above: absent and not mine look the same. */
export async function mine(ctx: Ctx, id: string): Promise<Mine> {
  const found = await ctx.db.maybe<Mine>(
    `select i.id, i.state, i.version, i.unit_id from imports i join units u on u.tenant_id = i.tenant_id and u.id = i.unit_id
      where i.tenant_id = $1 and i.id = $2 and i.created_by = $3 and starts_with(u.path, $4)`,
    [ctx.tenant, id, ctx.actor.account_id, ctx.actor.unit_path],
  )
  if (!found) throw problem('not_found')
  return found
}
