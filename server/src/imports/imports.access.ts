import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'

export interface Mine {
  id: string
  state: string
  version: number
  unit_id: string
}
/** Details are for the person who put the file in: absent and not mine look the same. */
export async function mine(ctx: Ctx, id: string): Promise<Mine> {
  const found = await ctx.db.maybe<Mine>(
    `select id, state, version, unit_id from imports where tenant_id = $1 and id = $2 and created_by = $3`,
    [ctx.tenant, id, ctx.actor.account_id],
  )
  if (!found) throw problem('not_found')
  return found
}
