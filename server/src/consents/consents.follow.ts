// What parents and child agreed to holds for the child, whichever of two files it was written in.
import type { Ctx } from '../kernel/ctx.ts'

export async function followConsents(ctx: Ctx, from: string, to: string, ids?: readonly string[]): Promise<string[]> {
  const rows = await ctx.db.rows<{ id: string }>(
    `update consents c set child_id = $3 where c.tenant_id = $1 and c.child_id = $2 and ($4::uuid[] is null or c.id = any($4::uuid[])) returning c.id`,
    [ctx.tenant, from, to, ids ?? null],
  )
  return rows.map((row) => row.id)
}
