// A child's exit ends its pairings the same minute, also those in which it is another's study buddy: nobody goes on seeing a child who
// has left. The exit undone, they go on as they were, unless the helper has no room any more or stopped meanwhile.
import type { Ctx } from '../kernel/ctx.ts'

/** @param on the day of the exit; what ended before it stays as it ended */
export async function endOfChild(ctx: Ctx, child_id: string, on: string): Promise<void> {
  const ended = await ctx.db.rows<{ id: string }>(
    `update pairings set before_exit = jsonb_build_object('until_on', until_on, 'ended_reason', ended_reason, 'ended_note', ended_note, 'ended_by', ended_by, 'ended_at', ended_at),
            until_on = greatest(from_on, $3::date), ended_reason = 'child_left', ended_note = null, ended_by = $4, ended_at = $5, version = version + 1
      where tenant_id = $1 and (child_id = $2 or buddy_child_id = $2) and (until_on is null or until_on > $6::date) returning id`,
    [ctx.tenant, child_id, on, ctx.actor.account_id, ctx.now, ctx.today],
  )
  for (const { id } of ended) await ctx.audit('pairings.end', id, { child_id })
}

/** A stand-in whose days have passed meanwhile stays ended; so does a pairing whose helper stopped, is not vetted now or has no room. */
export async function goOnWithChild(ctx: Ctx, child_id: string): Promise<void> {
  // The helpers' rows are the locks of their load, as in pairings.making.ts.
  await ctx.db.rows(
    `select h.id from helpers h where h.tenant_id = $1 and h.id in (select p.helper_id from pairings p
        where p.tenant_id = $1 and p.child_id = $2 and p.before_exit is not null) order by h.id for update`,
    [ctx.tenant, child_id],
  )
  const resumed = await ctx.db.rows<{ id: string }>(
    `update pairings p set until_on = (p.before_exit ->> 'until_on')::date, ended_reason = p.before_exit ->> 'ended_reason', ended_note = p.before_exit ->> 'ended_note',
            ended_by = (p.before_exit ->> 'ended_by')::uuid, ended_at = (p.before_exit ->> 'ended_at')::timestamptz, before_exit = null, version = version + 1
      where p.tenant_id = $1 and (p.child_id = $2 or p.buddy_child_id = $2) and p.before_exit is not null
        and coalesce((p.before_exit ->> 'until_on')::date > $3::date, true)
        and not exists (select from children c where c.tenant_id = $1 and c.id in (p.child_id, p.buddy_child_id) and c.status <> 'registered')
        and (p.helper_id is null or exists (select from helpers h where h.tenant_id = $1 and h.id = p.helper_id and h.vetted_on is not null
              and (h.vetting_until_on is null or h.vetting_until_on >= $3::date) and (h.until_on is null or h.until_on > $3::date)
              and (p.over_limit_reason is not null or h.max_children > (select count(*) from pairings o
                    where o.tenant_id = $1 and o.helper_id = p.helper_id and (o.until_on is null or o.until_on > $3::date)))))
        and not exists (select from pairings o where o.tenant_id = $1 and o.child_id = p.child_id and (o.until_on is null or o.until_on > $3::date)
              and coalesce(o.helper_id, o.buddy_child_id) = coalesce(p.helper_id, p.buddy_child_id))
      returning p.id`,
    [ctx.tenant, child_id, ctx.today],
  )
  for (const { id } of resumed) await ctx.audit('pairings.go_on', id, { child_id })
  await ctx.db.count(
    `update pairings p set before_exit = null where p.tenant_id = $1 and (p.child_id = $2 or p.buddy_child_id = $2) and p.before_exit is not null
        and not exists (select from children c where c.tenant_id = $1 and c.id in (p.child_id, p.buddy_child_id) and c.status <> 'registered')`,
    [ctx.tenant, child_id],
  )
}
