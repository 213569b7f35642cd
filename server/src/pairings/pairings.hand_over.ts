// 离任交接: the children whom a leaving person helps go to the successor on the same day, under the same rules as any pairing: the
// successor is vetted and has room. Otherwise the whole hand-over is refused, so that no child is left without anybody unnoticed.
import type { HandOverSide } from '../accounts/accounts.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { newId } from '../kernel/ids.ts'
import { problem } from '../kernel/problem.ts'

interface Open {
  id: string
  child_id: string
}

/** Answers how many pairings went over. Errors: not_vetted, helper_full. */
export async function passPairings(ctx: Ctx, from: HandOverSide, to: HandOverSide): Promise<number> {
  if (from.adult_ids.length === 0) return 0
  const open = await ctx.db.rows<Open>(
    `select p.id, p.child_id from pairings p join helpers h on h.tenant_id = $1 and h.id = p.helper_id
       join units u on u.tenant_id = $1 and u.id = p.unit_id
      where p.tenant_id = $1 and h.adult_id = any ($2::uuid[]) and p.until_on is null and starts_with(u.path, $3)
      order by p.id for update of p`,
    [ctx.tenant, from.adult_ids, ctx.actor.unit_path],
  )
  if (open.length === 0) return 0
  const heir = await ctx.db.maybe<{ id: string; max_children: number }>(
    `select h.id, h.max_children from helpers h
      where h.tenant_id = $1 and h.adult_id = any ($2::uuid[]) and (h.until_on is null or h.until_on > $3::date)
        and h.vetted_on is not null and (h.vetting_until_on is null or h.vetting_until_on >= $3::date)
      order by h.max_children desc, h.id limit 1 for update of h`,
    [ctx.tenant, to.adult_ids, ctx.today],
  )
  if (!heir) throw problem('not_vetted', { values: { name: to.name } })
  const theirs = await ctx.db.rows<{ child_id: string }>(
    'select child_id from pairings where tenant_id = $1 and helper_id = $2 and until_on is null',
    [ctx.tenant, heir.id],
  )
  const going = open.filter((one) => !theirs.some((other) => other.child_id === one.child_id))
  if (theirs.length + going.length > heir.max_children)
    throw problem('helper_full', { values: { name: to.name, count: theirs.length, limit: heir.max_children } })
  await move(ctx, open, going, heir.id)
  return open.length
}

async function move(ctx: Ctx, open: readonly Open[], going: readonly Open[], heir: string): Promise<void> {
  await ctx.db.count(
    `update pairings set until_on = greatest(from_on, $3::date), ended_reason = 'replaced', ended_by = $4, ended_at = $5, version = version + 1
      where tenant_id = $1 and id = any ($2::uuid[])`,
    [ctx.tenant, open.map((one) => one.id), ctx.today, ctx.actor.account_id, ctx.now],
  )
  const ids = going.map(() => newId())
  await ctx.db.count(
    `insert into pairings (tenant_id, id, helper_id, child_id, unit_id, board_id, term, form, goals, agreement, from_on, planned_until_on, created_at, created_by)
     select $1, n.new_id, $4, p.child_id, p.unit_id, p.board_id, p.term, p.form, p.goals, p.agreement, $5, p.planned_until_on, $6, $7
       from unnest($2::uuid[], $3::uuid[]) as n(old_id, new_id) join pairings p on p.tenant_id = $1 and p.id = n.old_id
     returning id`,
    [ctx.tenant, going.map((one) => one.id), ids, heir, ctx.today, ctx.now, ctx.actor.account_id],
  )
  for (const one of open) await ctx.audit('pairings.passed_on', one.id, { child_id: one.child_id })
}
