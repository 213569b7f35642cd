// Definitions 口径.
import type { Ctx } from '../kernel/ctx.ts'

/** A new county begins with the official definitions. */
export async function beginDefinitions(ctx: Ctx, tenant: string): Promise<void> {
  await ctx.db.count(
    `insert into definitions (tenant_id, id, code, name, rule, source, from_on)
     select $1::text, md5($1::text || ' ' || d.code)::uuid, d.code, d.name, d.rule, d.source, d.from_on from default_definitions() as d`,
    [tenant],
  )
}
