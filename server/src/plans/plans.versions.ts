// 各稿: the items as they stood when a plan was confirmed, talked over, adopted, changed. Two of them can be laid side by side.
import type { Ctx } from '../kernel/ctx.ts'
import { newId } from '../kernel/ids.ts'
import { itemsOf } from './plans.rows.ts'

export type VersionWhy = 'confirmed' | 'discussed' | 'saved' | 'adopted' | 'changed'

/** Keeps the items as they are now under the next number. */
export async function keepVersion(ctx: Ctx, plan_id: string, why: VersionWhy): Promise<void> {
  const items = await itemsOf(ctx, plan_id)
  await ctx.db.count(
    `insert into plan_versions (tenant_id, id, plan_id, number, why, items, made_at, made_by)
     select $1, $2, $3, coalesce(max(v.number), 0) + 1, $4, $5, $6, $7 from plan_versions v where v.tenant_id = $1 and v.plan_id = $3`,
    [ctx.tenant, newId(), plan_id, why, JSON.stringify(items), ctx.now, ctx.actor.account_id],
  )
}
