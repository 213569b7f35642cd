// Pairings 结对: making and ending them. See contract/src/pairings.ts; what happens on the way is in pairings.steps.ts.
import { pairingCan } from '@nuanyang/contract/pairings.ts'
import type { pairingOps, PairingDetail } from '@nuanyang/contract/pairings.ts'
import type { Input } from '@nuanyang/contract/kernel.ts'
import { mustSee } from '../children/children.access.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'
import { lockSeen } from './pairings.access.ts'
import { endAll, takeOn } from './pairings.making.ts'
import { get, refuseDays } from './pairings.reading.ts'
import { chosenHelper } from './pairings.register.ts'

export { get, list, mine } from './pairings.reading.ts'
export { arrange, renew, review, set_next_contact, sign, stand_in, take_over } from './pairings.steps.ts'
export { set_wish, wish } from './pairings.wishes.ts'

export async function create(ctx: Ctx, { body }: Input<typeof pairingOps.create>): Promise<PairingDetail> {
  await mustSee(ctx, [body.child_id])
  refuseDays(ctx, body)
  const { helper, ...rest } = body
  await takeOn(ctx, [{ ...rest, helper_id: await chosenHelper(ctx, helper) }])
  return get(ctx, { id: body.id })
}

export async function create_buddy(ctx: Ctx, { body }: Input<typeof pairingOps.create_buddy>): Promise<PairingDetail> {
  if (body.child_id === body.buddy_child_id) throw problem('buddy_self')
  await mustSee(ctx, [body.child_id, body.buddy_child_id])
  refuseDays(ctx, body)
  // The child's row is the lock of its buddies.
  const child = await ctx.db.one<{ buddy: string; paired: boolean }>(
    `select b.given_name as buddy, exists (select from pairings p where p.tenant_id = $1 and p.child_id = c.id and p.buddy_child_id = b.id and p.until_on is null) as paired
       from children c join children b on b.tenant_id = $1 and b.id = $3 where c.tenant_id = $1 and c.id = $2 for no key update of c`,
    [ctx.tenant, body.child_id, body.buddy_child_id],
  )
  if (child.paired) throw problem('already_paired', { values: { name: child.buddy } })
  await ctx.db.count(
    `insert into pairings (tenant_id, id, buddy_child_id, child_id, unit_id, term, form, goals, from_on, planned_until_on, created_at, created_by)
     values ($1, $2, $3, $4, $5, $6, 'one_to_one', '{study}', $7, $8, $9, $10)`,
    [
      ctx.tenant,
      body.id,
      body.buddy_child_id,
      body.child_id,
      ctx.actor.unit_id,
      body.term ?? null,
      body.from_on,
      body.planned_until_on ?? null,
      ctx.now,
      ctx.actor.account_id,
    ],
  )
  await ctx.audit('pairings.create_buddy', body.id, { child_id: body.child_id })
  return get(ctx, { id: body.id })
}

export async function end(ctx: Ctx, { id, body }: Input<typeof pairingOps.end>): Promise<PairingDetail> {
  const pairing = await lockSeen(ctx, id, body.version)
  if (!pairingCan.end(pairing, ctx.today)) throw problem('pairing_ended')
  if (body.on < pairing.from_on || body.on > ctx.today)
    throw problem('pairing_days', { values: { from_on: pairing.from_on } })
  await endAll(ctx, [id], { on: body.on, reason: body.reason, note: body.note ?? null }, 'pairings.end')
  return get(ctx, { id })
}

/** A child leaves the register: whoever helps it, and whomever it helps, stops on that day. */
export async function endOfChild(ctx: Ctx, child_id: string, on: string): Promise<void> {
  const running = await ctx.db.rows<{ id: string }>(
    `select id from pairings where tenant_id = $1 and (child_id = $2 or buddy_child_id = $2) and (until_on is null or until_on > $3::date)`,
    [ctx.tenant, child_id, on],
  )
  await endAll(ctx, running.map(({ id }) => id), { on, reason: 'child_left' }, 'pairings.end') // prettier-ignore
}

/** The child is registered again: what ended with its exit goes on, where the helper is still there and has room. */
export async function goOnWithChild(
  ctx: Ctx,
  child_id: string,
  exit: { on: string; by: string | null },
): Promise<void> {
  const ended = `p.tenant_id = $1 and (p.child_id = $2 or p.buddy_child_id = $2) and p.ended_reason = 'child_left' and p.until_on = greatest(p.from_on, $3::date) and p.ended_by = $4`
  const how = [ctx.tenant, child_id, exit.on, exit.by]
  await ctx.db.rows(
    `select h.id from helpers h where h.tenant_id = $1 and h.id in (select p.helper_id from pairings p where ${ended}) order by h.id for update`,
    how,
  )
  const back = await ctx.db.rows<{ id: string; child_id: string }>(
    `update pairings p set until_on = null, ended_reason = null, ended_note = null, ended_by = null, ended_at = null, version = p.version + 1
      where ${ended} and (p.helper_id is null or exists (
        select from helpers h where h.tenant_id = $1 and h.id = p.helper_id and (h.until_on is null or h.until_on > $5::date)
           and (select count(*) from pairings q where q.tenant_id = $1 and q.helper_id = h.id and (q.until_on is null or q.until_on > $5::date)) < h.max_children))
      returning p.id, p.child_id`,
    [...how, ctx.today],
  )
  for (const one of back) await ctx.audit('pairings.go_on', one.id, { child_id: one.child_id })
}
