// Which consents hold on a day: what a picture of a child rests on.
import type { Ctx } from '../kernel/ctx.ts'

/** SQL over the alias `k` of consents: does it hold on the day `$day`? */
export const holdsOn = (day: string) =>
  `(k.from_on <= ${day}::date and (k.until_on is null or k.until_on >= ${day}::date) and (k.withdrawn_on is null or k.withdrawn_on > ${day}::date))`

/** @returns for each of these children the consent to photos that holds today; a child without one is not in the map */
export async function photoConsents(ctx: Ctx, child_ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await ctx.db.rows<{ child_id: string; id: string }>(
    `select distinct on (k.child_id) k.child_id, k.id from consents k
      where k.tenant_id = $1 and k.child_id = any($2::uuid[]) and k.purpose = 'photo' and ${holdsOn('$3')}
      order by k.child_id, k.until_on desc nulls first, k.id`,
    [ctx.tenant, child_ids, ctx.today],
  )
  return new Map(rows.map((row) => [row.child_id, row.id]))
}
