// Presets: kept by a person, for a unit. See contract/src/settings.presets.ts.
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import type { Preset, presetOps } from '@nuanyang/contract/settings.presets.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'

/** So many of one kind a person keeps: a menu of more would not be read. */
const mostPresets = 50

/** One's own, and those shared by one's unit or a unit above it. $2 account, $3 the actor's unit path. */
const visible = `(p.created_by = $2::uuid or (coalesce((p.value ->> 'shared')::boolean, false) and starts_with($3, u.path)))`
const shown = `p.id, p.feature, p.name, p.value - 'shared' as value, coalesce((p.value ->> 'shared')::boolean, false) as shared, u.name as unit_name, p.created_by = $2::uuid as mine`
const from = `from presets p join units u on u.tenant_id = p.tenant_id and u.id = p.unit_id`

export async function presets(
  ctx: Ctx,
  { feature }: Input<typeof presetOps.presets>,
): Promise<Answer<typeof presetOps.presets>> {
  const items = await ctx.db.rows<Preset>(
    `select ${shown} ${from} where p.tenant_id = $1 and p.feature = $4 and ${visible} order by u.depth desc, p.name, p.id limit 200`,
    [ctx.tenant, ctx.actor.account_id, ctx.actor.unit_path, feature],
  )
  return { items }
}

export async function preset(ctx: Ctx, { id }: Input<typeof presetOps.preset>): Promise<Preset> {
  const found = await ctx.db.maybe<Preset>(
    `select ${shown} ${from} where p.tenant_id = $1 and p.id = $4::uuid and ${visible}`,
    [ctx.tenant, ctx.actor.account_id, ctx.actor.unit_path, id],
  )
  if (!found) throw problem('not_found')
  return found
}

/** Heads of the summary are one set a unit: the newer ones replace the older. */
export async function keep_preset(ctx: Ctx, { body }: Input<typeof presetOps.keep_preset>): Promise<Preset> {
  const { id, feature, name, value, shared } = body
  if (feature === 'summary_heads')
    await ctx.db.count(`delete from presets where tenant_id = $1 and unit_id = $2 and feature = $3`, [
      ctx.tenant,
      ctx.actor.unit_id,
      feature,
    ])
  const kept = await ctx.db.count(
    `insert into presets (tenant_id, id, unit_id, feature, name, value, created_at, created_by)
     select $1, $2, $3, $4, $5, $6::jsonb, $7, $8 where (select count(*) from presets p where p.tenant_id = $1 and p.created_by = $8 and p.feature = $4) < $9
     returning id`,
    [
      ctx.tenant,
      id,
      ctx.actor.unit_id,
      feature,
      name,
      JSON.stringify({ ...value, shared }),
      ctx.now,
      ctx.actor.account_id,
      mostPresets,
    ],
  )
  if (kept === 0) throw problem('too_many_presets', { values: { limit: mostPresets } })
  await ctx.audit('setting.preset_kept', id)
  return preset(ctx, { id })
}

/** One's own, or one that the own unit shares. */
export async function drop_preset(ctx: Ctx, { id }: Input<typeof presetOps.drop_preset>): Promise<null> {
  const gone = await ctx.db.count(
    `delete from presets where tenant_id = $1 and id = $2 and (created_by = $3 or unit_id = $4)`,
    [ctx.tenant, id, ctx.actor.account_id, ctx.actor.unit_id],
  )
  if (gone === 0) throw problem('not_found')
  await ctx.audit('setting.preset_dropped', id)
  return null
}

/** The heads that hold for a unit: its own, else those of the nearest unit above it. */
export async function summaryHeads(ctx: Ctx, unitPath: string): Promise<Readonly<Record<string, string>>> {
  const row = await ctx.db.maybe<{ heads: Record<string, string> | null }>(
    `select p.value -> 'heads' as heads ${from} where p.tenant_id = $1 and p.feature = 'summary_heads' and starts_with($2, u.path) order by u.depth desc limit 1`,
    [ctx.tenant, unitPath],
  )
  return row?.heads ?? {}
}
