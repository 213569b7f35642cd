// A helper of a merged file helps the child in the file that stays, unless they are paired there already.
import type { Ctx } from '../kernel/ctx.ts'

export async function followPairings(ctx: Ctx, from: string, to: string, ids?: readonly string[]): Promise<string[]> {
  const rows = await ctx.db.rows<{ id: string }>(
    `update pairings p set child_id = $3
      where p.tenant_id = $1 and p.child_id = $2 and ($4::uuid[] is null or p.id = any($4::uuid[]))
        and not (p.until_on is null and exists (select from pairings o where o.tenant_id = $1 and o.child_id = $3 and o.helper_id = p.helper_id and o.until_on is null))
      returning p.id`,
    [ctx.tenant, from, to, ids ?? null],
  )
  return rows.map((row) => row.id)
}
