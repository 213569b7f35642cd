// 各稿: the items as they stood when a plan was confirmed, talked over, adopted, changed. Two of them can be laid side by side.
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import type { PlanItems } from '@nuanyang/contract/plans.items.ts'
import { planCan, type planOps, type PlanVersionHead } from '@nuanyang/contract/plans.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { newId } from '../kernel/ids.ts'
import { problem } from '../kernel/problem.ts'
import { getRow, lockMine, wrongState } from './plans.access.ts'
import { itemsOf } from './plans.rows.ts'

/** Keeps the items as they are now under the next number. */
export async function keepVersion(ctx: Ctx, plan_id: string, why: PlanVersionHead['why']): Promise<void> {
  const items = await itemsOf(ctx, plan_id)
  await ctx.db.count(
    `insert into plan_versions (tenant_id, id, plan_id, number, why, items, made_at, made_by)
     select $1, $2, $3, coalesce(max(v.number), 0) + 1, $4, $5, $6, $7 from plan_versions v where v.tenant_id = $1 and v.plan_id = $3`,
    [ctx.tenant, newId(), plan_id, why, JSON.stringify(items), ctx.now, ctx.actor.account_id],
  )
}

const head = `v.id, v.number, v.why, to_char(v.made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as made_at, a.name as made_by_name`

export async function versions(
  ctx: Ctx,
  { id }: Input<typeof planOps.versions>,
): Promise<Answer<typeof planOps.versions>> {
  await getRow(ctx, id)
  const items = await ctx.db.rows<PlanVersionHead>(
    `select ${head} from plan_versions v left join accounts a on a.id = v.made_by where v.tenant_id = $1 and v.plan_id = $2 order by v.number desc limit 500`,
    [ctx.tenant, id],
  )
  return { items }
}

export async function version(
  ctx: Ctx,
  { id }: Input<typeof planOps.version>,
): Promise<Answer<typeof planOps.version>> {
  const row = await ctx.db.maybe<PlanVersionHead & { plan_id: string; items: PlanItems }>(
    `select ${head}, v.plan_id, v.items from plan_versions v left join accounts a on a.id = v.made_by where v.tenant_id = $1 and v.id = $2`,
    [ctx.tenant, id],
  )
  if (!row) throw problem('not_found')
  const { plan_id, ...shown } = row
  await getRow(ctx, plan_id)
  return shown
}

export async function save_version(ctx: Ctx, { id }: Input<typeof planOps.save_version>): Promise<null> {
  const plan = await lockMine(ctx, id)
  if (!planCan.edit(plan)) throw wrongState(plan.state, { zh: '另存一稿', en: 'kept as a version' })
  await keepVersion(ctx, id, 'saved')
  await ctx.audit('plans.save_version', id)
  return null
}
