// A role that sees counts says what it wants names for, before an operation that names children. The access log is the record and the
// permission in one: nothing else is kept. Which operations name children is said in the contract (`names`), and held by safety.test.ts.
import { roles, type RoleSpec } from '@nuanyang/contract/roles.ts'
import type { Ctx } from './ctx.ts'
import { problem } from './problem.ts'

/** So long holds a purpose that was stated for names. */
export const purposeHours = 2

/** The log's word for a purpose that was stated. */
export const purposeOperation = 'children.names'

/** Until when the actor's stated purpose holds; null when none does, or none is needed. */
export async function purposeUntil(ctx: Ctx): Promise<string | null> {
  const row = await ctx.db.one<{ until: string | null }>(
    `select to_json(max(e.at) + make_interval(hours => $5))#>>'{}' as until from audit e
      where e.tenant_id = $1 and e.account_id = $2 and e.membership_id = $3 and e.operation = $6 and e.at > $4::timestamptz - make_interval(hours => $5)`,
    [ctx.tenant, ctx.actor.account_id, ctx.actor.membership_id, ctx.now, purposeHours, purposeOperation],
  )
  return row.until
}

export function asksPurpose(ctx: Ctx): boolean {
  const actor = ctx.maybeActor
  if (actor === null) return false
  const asks = (roles[actor.role] as RoleSpec).asks_purpose
  return asks === 'always' || (asks === 'county' && actor.unit_kind === 'county')
}

/** May children be named to the actor now? */
export async function namesOpen(ctx: Ctx): Promise<boolean> {
  return !asksPurpose(ctx) || (await purposeUntil(ctx)) !== null
}

/** @throws names_need_purpose for a role that sees counts, until it said what the names are for */
export async function mustStatePurpose(ctx: Ctx): Promise<void> {
  if (!(await namesOpen(ctx))) throw problem('names_need_purpose')
}
