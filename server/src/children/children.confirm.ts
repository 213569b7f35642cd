// 信息更新: a family was asked and nothing had changed. The file remembers the day; dated facts whose beginning is known were stated anew.
import type { childOps } from '@nuanyang/contract/children.ts'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import { sayAgain } from '../families/spells.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { newId } from '../kernel/ids.ts'
import { mustSee } from './children.access.ts'

export async function confirm(
  ctx: Ctx,
  { body }: Input<typeof childOps.confirm>,
): Promise<Answer<typeof childOps.confirm>> {
  const ids = [...new Set(body.child_ids)]
  await mustSee(ctx, ids)
  const rows = await ctx.db.rows<{ id: string }>(
    `update children set confirmed_on = $3, confirmed_by = $4 where tenant_id = $1 and id = any($2::uuid[]) and confirmed_on is distinct from $3::date returning id`,
    [ctx.tenant, ids, ctx.today, ctx.actor.account_id],
  )
  const fresh = rows.map((row) => row.id)
  await sayAgain(ctx, fresh)
  await ctx.db.count(
    `insert into changes (tenant_id, id, entity, entity_id, child_id, field, field_group, new, source_type, by_account_id, by_unit_id, at)
     select $1, x.id, 'children', x.child_id, x.child_id, 'confirmed', 'full_name', to_jsonb($3::text), 'person', $4, $5, $6
       from unnest($2::uuid[], $7::uuid[]) as x(child_id, id)`,
    [ctx.tenant, fresh, ctx.today, ctx.actor.account_id, ctx.actor.unit_id, ctx.now, fresh.map(() => newId())],
  )
  for (const id of fresh) await ctx.audit('children.confirm', id, { child_id: id })
  return { confirmed: ids.length }
}
