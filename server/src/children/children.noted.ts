// History of what a person fills into spells that are over: the file of today does not show it, its 来历 does.
import type { Ctx } from '../kernel/ctx.ts'
import { newId } from '../kernel/ids.ts'

export interface NotedSpell {
  /** Of the parents' spell. */
  id: string
  child_id: string
  field: string
  /** What was unknown until now. */
  new: string
}

export async function noteSpells(ctx: Ctx, spells: readonly NotedSpell[]): Promise<void> {
  if (spells.length === 0) return
  await ctx.db.count(
    `insert into changes (tenant_id, id, entity, entity_id, child_id, field, field_group, new, source_type, by_account_id, by_unit_id, at)
     select $1, x."row", 'parent_spells', x.id, x.child_id, x.field, 'family', to_jsonb(x.new), 'person', $3, $4, $5
       from jsonb_to_recordset($2::jsonb) as x("row" uuid, id uuid, child_id uuid, field text, new text)`,
    [ctx.tenant, JSON.stringify(spells.map((spell) => ({ ...spell, row: newId() }))), ctx.actor.account_id, ctx.actor.unit_id, ctx.now], // prettier-ignore
  )
}
