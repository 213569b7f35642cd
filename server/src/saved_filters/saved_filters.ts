// Saved filters 存起来的筛选. See contract/src/saved_filters.ts.
import type { savedFilterOps } from '@nuanyang/contract/saved_filters.ts'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import { filterGroups } from '@nuanyang/contract/filter_groups.ts'
import { opensGroup, type FieldGroup } from '@nuanyang/contract/roles.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'

interface Row {
  id: string
  name: string
  filter: Record<string, string>
  shared: boolean
  mine: boolean
  by_name: string
  version: number
}

/** One's own, and those that people of the unit, or of a unit around it, share. */
export async function list(
  ctx: Ctx,
  _input: Input<typeof savedFilterOps.list>,
): Promise<Answer<typeof savedFilterOps.list>> {
  const rows = await ctx.db.rows<Row & { custom_group: FieldGroup | null }>(
    `select s.id, s.name, s.filter, s.shared, s.account_id = $2 as mine, a.name as by_name, s.version,
            (select f.field_group from custom_fields f where f.tenant_id = $1 and f.entity = 'children' and f.code = s.filter ->> 'custom') as custom_group
       from saved_filters s join accounts a on a.id = s.account_id join units u on u.tenant_id = $1 and u.id = s.unit_id
      where s.tenant_id = $1 and s.feature = 'children' and (s.account_id = $2 or s.shared and starts_with($3, u.path)) order by s.name, s.id limit 100`,
    [ctx.tenant, ctx.actor.account_id, ctx.actor.unit_path],
  )
  const reads = (group: FieldGroup) => opensGroup(ctx.actor.role, group)
  return {
    items: rows.map(({ custom_group, ...row }) => ({
      ...row,
      beyond: Object.keys(row.filter).filter(
        (key) =>
        key === 'custom' ? custom_group !== null && !reads(custom_group) : (filterGroups[key] ?? []).some((group) => !reads(group)), // prettier-ignore
      ),
    })),
  }
}

export async function save(
  ctx: Ctx,
  { body }: Input<typeof savedFilterOps.save>,
): Promise<Answer<typeof savedFilterOps.save>> {
  const filter = Object.fromEntries(Object.entries(body.filter).map(([key, value]) => [key, String(value)]))
  if (Object.keys(filter).length === 0) throw problem('filter_empty')
  const taken = await ctx.db.maybe(
    `select id from saved_filters where tenant_id = $1 and account_id = $2 and feature = 'children' and name = $3 and id <> $4`,
    [ctx.tenant, ctx.actor.account_id, body.name, body.id],
  )
  if (taken) throw problem('filter_name_taken', { values: { name: body.name } })
  await ctx.db.count(
    `insert into saved_filters (tenant_id, id, account_id, unit_id, feature, name, filter, shared, created_at) values ($1, $2, $3, $4, 'children', $5, $6, $7, $8)
     on conflict do nothing`,
    [ctx.tenant, body.id, ctx.actor.account_id, ctx.actor.unit_id, body.name, JSON.stringify(filter), body.shared, ctx.now], // prettier-ignore
  )
  await ctx.audit('saved_filters.save', body.id)
  return { id: body.id }
}

/** Only one's own: a shared one stays for those who did not make it. */
export async function remove(ctx: Ctx, { id }: { id: string }): Promise<null> {
  const gone = await ctx.db.count(`delete from saved_filters where tenant_id = $1 and id = $2 and account_id = $3`, [
    ctx.tenant,
    id,
    ctx.actor.account_id,
  ])
  if (gone > 0) await ctx.audit('saved_filters.remove', id)
  return null
}
