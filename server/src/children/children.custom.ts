// Values of the county's own fields in a child's file: checked against the field, guarded by its group, each change with its history.
import type { childOps } from '@nuanyang/contract/children.ts'
import type { ChildFile } from '@nuanyang/contract/children.ts'
import type { CustomValue } from '@nuanyang/contract/custom_fields.ts'
import type { Input } from '@nuanyang/contract/kernel.ts'
import { fieldsInUse, misfit } from '../custom_fields/custom_fields.ts'
import type { Source } from '../families/families.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { newId } from '../kernel/ids.ts'
import { problem } from '../kernel/problem.ts'
import { mayState, mustSee } from './children.access.ts'
import { findFile } from './children.file.ts'

export interface CustomChange {
  id: string
  values: Readonly<Record<string, CustomValue>>
}

/** Writes what differs; answers nothing. Ids must be visible. @throws custom_unknown, custom_value, field_not_yours */
export async function writeCustom(ctx: Ctx, changes: readonly CustomChange[], source: Source): Promise<void> {
  if (changes.length === 0) return
  const fields = new Map((await fieldsInUse(ctx)).map((field) => [field.code, field]))
  const seen = await mustSee(ctx, changes.map((change) => change.id)) // prettier-ignore
  for (const { id, values } of changes)
    for (const [code, value] of Object.entries(values)) {
      const field = fields.get(code)
      if (!field) throw problem('custom_unknown', { values: { name: code } })
      const why = misfit(field, value)
      if (why) throw problem('custom_value', { values: { name: field.name, why } })
      if (!mayState(seen.get(id)!, field.field_group))
        throw problem('field_not_yours', { values: { field: field.name, who: '能看到它的人' } })
    }
  const current = new Map(
    (await ctx.db.rows<{ id: string; custom: Record<string, CustomValue> }>(
      `select id, custom from children where tenant_id = $1 and id = any($2::uuid[]) for update`,
      [ctx.tenant, changes.map((change) => change.id)],
    )).map((row) => [row.id, row.custom]),
  ) // prettier-ignore
  const found = changes.flatMap(
    ({ id, values }) =>
    Object.entries(values)
      .filter(([code, value]) => JSON.stringify(current.get(id)?.[code] ?? null) !== JSON.stringify(value))
      .map(([code, value]) => ({ row: newId(), id, code, old: current.get(id)?.[code] ?? null, value, grp: fields.get(code)!.field_group })), // prettier-ignore
  )
  if (found.length === 0) return
  await ctx.db.count(
    `update children c set custom = (c.custom || coalesce(x.set, '{}')) - coalesce(x.clear, '{}'), version = c.version + 1, updated_at = $3, updated_by = $4
       from (select id, jsonb_object_agg(code, value) filter (where value is not null) as set, array_agg(code) filter (where value is null) as clear
               from jsonb_to_recordset($2::jsonb) as r(id uuid, code text, value jsonb) group by id) as x
      where c.tenant_id = $1 and c.id = x.id`,
    [ctx.tenant, JSON.stringify(found), ctx.now, ctx.actor.account_id],
  )
  await ctx.db.count(
    `insert into changes (tenant_id, id, entity, entity_id, child_id, field, field_group, old, new, source_type, source_id, by_account_id, by_unit_id, at)
     select $1, x."row", 'children', x.id, x.id, 'custom.' || x.code, x.grp, x.old, x.value, $3, $4, $5, $6, $7
       from jsonb_to_recordset($2::jsonb) as x("row" uuid, id uuid, code text, grp text, old jsonb, value jsonb)`,
    [ctx.tenant, JSON.stringify(found), source.type, source.id, ctx.actor.account_id, ctx.actor.unit_id, ctx.now],
  )
}

export async function set_custom(ctx: Ctx, { id, body }: Input<typeof childOps.set_custom>): Promise<ChildFile> {
  await mustSee(ctx, [id])
  const row = await ctx.db.one<{ version: number }>(
    `select version from children where tenant_id = $1 and id = $2 for update`,
    [ctx.tenant, id],
  )
  if (row.version !== body.version) throw problem('stale', { current: await findFile(ctx, id) })
  await writeCustom(ctx, [{ id, values: body.values }], { type: 'person', id: null })
  await ctx.audit('children.set_custom', id, { child_id: id })
  return (await findFile(ctx, id))!
}
