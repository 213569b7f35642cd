// Which pairings an actor sees: those of the children in sight. Whoever sees a child by first name only (a volunteer) sees the own
// pairing and no other of that child.
import { groupBit, rightsHeld, type Right } from '@nuanyang/contract/roles.ts'
import { sql, type RawBuilder } from 'kysely'
import { visibleChildren } from '../children/children.access.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'

export const fullName = sql.lit(groupBit('full_name'))

export function holds(ctx: Ctx, right: Right): boolean {
  return rightsHeld(ctx.actor.role, ctx.actor.separate_admins).includes(right)
}

/** SQL: it lasts on the day of the request; the alias is the pairing's. */
export const lasting = (ctx: Ctx, alias: string): RawBuilder<boolean> =>
  sql<boolean>`(${sql.raw(alias)}.until_on is null or ${sql.raw(alias)}.until_on > ${ctx.today}::date)`

/** SQL: the actor is the helper `h`. */
export const own = (ctx: Ctx): RawBuilder<boolean> =>
  sql<boolean>`coalesce(h.adult_id = ${ctx.actor.adult_id}::uuid, false)`

/** `from` of every reading of pairings; the statement begins `with v as materialized (visibleChildren)`. */
export const seenPairings = (ctx: Ctx): RawBuilder<unknown> => sql`pairings p join v on v.child_id = p.child_id
  join children c on c.tenant_id = ${ctx.tenant} and c.id = p.child_id join units u on u.tenant_id = ${ctx.tenant} and u.id = p.unit_id
  left join helpers h on h.tenant_id = ${ctx.tenant} and h.id = p.helper_id
  left join adults a on a.tenant_id = ${ctx.tenant} and a.id = h.adult_id
  left join children b on b.tenant_id = ${ctx.tenant} and b.id = p.buddy_child_id
  left join v as vb on vb.child_id = p.buddy_child_id`

/** SQL: of the pairings of children in sight, those this actor may know of. */
export const known = (ctx: Ctx): RawBuilder<boolean> =>
  sql<boolean>`p.tenant_id = ${ctx.tenant} and (v.open & ${fullName} <> 0 or ${own(ctx)})`

export interface Locked {
  id: string
  child_id: string
  helper_id: string | null
  buddy_child_id: string | null
  stands_in_for_id: string | null
  from_on: string
  planned_until_on: string | null
  until_on: string | null
  version: number
  own: boolean
}

/** The pairing locked; absent and invisible look the same. @throws not_found, stale */
export async function lockSeen(ctx: Ctx, id: string, version: number): Promise<Locked> {
  const [row] = await ctx.db.run(
    sql<Locked>`with v as materialized (${visibleChildren(ctx)})
    select p.id, p.child_id, p.helper_id, p.buddy_child_id, p.stands_in_for_id, p.from_on, p.planned_until_on, p.until_on, p.version, ${own(ctx)} as own
      from ${seenPairings(ctx)} where p.id = ${id}::uuid and ${known(ctx)} for update of p`,
  )
  if (!row) throw problem('not_found')
  if (row.version !== version) throw problem('stale')
  return row
}
