// Why somebody looks at a child first goes with it into the file it is merged into.
import type { Ctx } from '../kernel/ctx.ts'

export async function followFocus(ctx: Ctx, from: string, to: string, ids?: readonly string[]): Promise<string[]> {
  const rows = await ctx.db.rows<{ id: string }>(
    `update focus f set child_id = $3 where f.tenant_id = $1 and f.child_id = $2 and ($4::uuid[] is null or f.id = any($4::uuid[])) returning f.id`,
    [ctx.tenant, from, to, ids ?? null],
  )
  return rows.map((row) => row.id)
}
