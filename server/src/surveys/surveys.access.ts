// Which rounds somebody sees, and which children of them: the round of the own unit, of one below it or above it; of it, the children the
// actor sees anyway.
import { sql, type RawBuilder } from 'kysely'
import { rightsHeld } from '@nuanyang/contract/roles.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'

/** Predicate over the alias `u` of the round's unit. */
export function roundSeen(ctx: Ctx): RawBuilder<boolean> {
  const path = ctx.actor.unit_path
  return sql<boolean>`(u.path >= ${path} and u.path < ${path + '~'} or starts_with(${path}, u.path))`
}

/** SQL over `u`: may the actor begin and close rounds there? */
export function mayLead(ctx: Ctx): RawBuilder<boolean> {
  const path = ctx.actor.unit_path
  const holds = rightsHeld(ctx.actor.role, ctx.actor.separate_admins).includes('surveys.lead')
  return holds ? sql<boolean>`(u.path >= ${path} and u.path < ${path + '~'})` : sql<boolean>`false`
}

export interface RoundRow {
  id: string
  unit_id: string
  unit_path: string
  title: string
  from_on: string
  until_on: string
  state: 'open' | 'closed'
  leads: boolean
  version: number
}

/** The round, locked against whoever closes it meanwhile. @throws not_found */
export async function lockRound(ctx: Ctx, id: string): Promise<RoundRow> {
  const [row] = await ctx.db.run(sql<RoundRow>`
    select r.id, r.unit_id, u.path as unit_path, r.title, r.from_on, r.until_on, r.state, ${mayLead(ctx)} as leads, r.version
      from survey_rounds r join units u on u.tenant_id = ${ctx.tenant} and u.id = r.unit_id
     where r.tenant_id = ${ctx.tenant} and r.id = ${id}::uuid and ${roundSeen(ctx)} for share of r`)
  if (!row) throw problem('not_found')
  return row
}
