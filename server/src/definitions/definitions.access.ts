// Which version answers, and who may ask.
import { groupBit } from '@nuanyang/contract/roles.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'

/** Whoever may know whether a child counts may know the family and the birth. */
export const definitionGroups = groupBit('family') | groupBit('birth')

/** The version of a definition in force on a day. @throws no_definition_then */
export async function definitionOf(ctx: Ctx, code: string, on: string): Promise<string> {
  const row = await ctx.db.one<{ id: string | null; name: string | null; first: string | null }>(
    `select definition_in_force($1, $2, $3::date) as id, max(d.name) as name, min(d.from_on)::text as first from definitions d where d.tenant_id = $1 and d.code = $2`,
    [ctx.tenant, code, on],
  )
  if (row.name === null) throw problem('not_found')
  if (row.id === null)
    throw problem('no_definition_then', { values: { name: row.name, on, since: `最早的一版从 ${row.first} 起` } })
  return row.id
}
