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
export { endOfChild, goOnWithChild } from './pairings.exits.ts'
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
  const child = await ctx.db.one<{ buddy: string; paired: boolean; gone: string | null }>(
    `select b.given_name as buddy, exists (select from pairings p where p.tenant_id = $1 and p.child_id = c.id and p.buddy_child_id = b.id and p.until_on is null) as paired,
            case when c.status = 'exited' then c.given_name when b.status = 'exited' then b.given_name end as gone
       from children c join children b on b.tenant_id = $1 and b.id = $3 where c.tenant_id = $1 and c.id = $2 for no key update of c`,
    [ctx.tenant, body.child_id, body.buddy_child_id],
  )
  if (child.gone) throw problem('pairing_child_exited', { values: { name: child.gone } })
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
