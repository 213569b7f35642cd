// What was done for a child goes with it into the file it is merged into; a record that names both files names one.
import type { Ctx } from '../kernel/ctx.ts'

export async function followRecords(ctx: Ctx, from: string, to: string, ids?: readonly string[]): Promise<string[]> {
  const rows = await ctx.db.rows<{ id: string }>(
    `update record_children rc set child_id = $3
      where rc.tenant_id = $1 and rc.child_id = $2 and ($4::uuid[] is null or rc.id = any($4::uuid[]))
        and not exists (select from record_children o where o.tenant_id = $1 and o.record_id = rc.record_id and o.child_id = $3)
      returning rc.id`,
    [ctx.tenant, from, to, ids ?? null],
  )
  return rows.map((row) => row.id)
}

export async function followItems(ctx: Ctx, from: string, to: string, ids?: readonly string[]): Promise<string[]> {
  const rows = await ctx.db.rows<{ id: string }>(
    `update record_items i set child_id = $3 where i.tenant_id = $1 and i.child_id = $2 and ($4::uuid[] is null or i.id = any($4::uuid[])) returning i.id`,
    [ctx.tenant, from, to, ids ?? null],
  )
  return rows.map((row) => row.id)
}
