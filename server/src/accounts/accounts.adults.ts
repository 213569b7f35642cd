import type { Ctx } from '../kernel/ctx.ts'

/** Says which adult an account is, so that pairings of the adult become visible to who signs in. Known ties are left alone. */
export async function tieAdult(ctx: Ctx, accountId: string, adultId: string): Promise<void> {
  await ctx.db.count(
    `update memberships set adult_id = $3 where tenant_id = $1 and account_id = $2 and adult_id is null`,
    [ctx.tenant, accountId, adultId],
  )
}
