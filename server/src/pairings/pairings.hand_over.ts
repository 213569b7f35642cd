// 离任交接: the children whom a leaving person helps go to the successor on the same day, under the same rules as any pairing: the
// successor is vetted and has room. Otherwise the whole hand-over is refused, so that no child is left without anybody unnoticed.
import type { HandOverSide } from '../accounts/accounts.ts'
import type { PairingForm, PairingGoal } from '@nuanyang/contract/pairings.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { newId } from '../kernel/ids.ts'
import { problem } from '../kernel/problem.ts'
import { endAll, takeOn } from './pairings.making.ts'

interface Open {
  id: string
  child_id: string
  term: string | null
  form: PairingForm | null
  goals: PairingGoal[]
  measures: string | null
  contact_how: string | null
  next_contact_on: string | null
  planned_until_on: string | null
  until_on: string | null
  ended_reason: 'stand_in_over' | null
  stands_in_for_id: string | null
}

/** Answers how many pairings went over, days of standing in included. Errors: not_vetted, helper_full. */
export async function passPairings(ctx: Ctx, from: HandOverSide, to: HandOverSide): Promise<number> {
  if (from.adult_ids.length === 0) return 0
  const open = await ctx.db.rows<Open>(
    `select p.id, p.child_id, p.term, p.form, p.goals, p.measures, p.contact_how, p.next_contact_on, p.planned_until_on, p.until_on, p.ended_reason, p.stands_in_for_id
       from pairings p join helpers h on h.tenant_id = $1 and h.id = p.helper_id join units u on u.tenant_id = $1 and u.id = p.unit_id
      where p.tenant_id = $1 and h.adult_id = any ($2::uuid[]) and (p.until_on is null or p.until_on > $4::date) and starts_with(u.path, $3)
      order by p.id for update of p`,
    [ctx.tenant, from.adult_ids, ctx.actor.unit_path, ctx.today],
  )
  if (open.length === 0) return 0
  const heir = await ctx.db.maybe<{ id: string }>(
    `select h.id from helpers h
      where h.tenant_id = $1 and h.adult_id = any ($2::uuid[]) and (h.until_on is null or h.until_on > $3::date)
        and h.vetted_on is not null and (h.vetting_until_on is null or h.vetting_until_on >= $3::date)
      order by h.max_children desc, h.id limit 1`,
    [ctx.tenant, to.adult_ids, ctx.today],
  )
  if (!heir) throw problem('not_vetted', { values: { name: to.name } })
  const theirs = await ctx.db.rows<{ child_id: string }>(
    'select child_id from pairings where tenant_id = $1 and helper_id = $2 and (until_on is null or until_on > $3::date)',
    [ctx.tenant, heir.id, ctx.today],
  )
  // A child whom the successor helps already stays as it is.
  const going = open.filter((one) => !theirs.some((other) => other.child_id === one.child_id))
  await takeOn(
    ctx,
    going.map((one) => ({ ...one, id: newId(), helper_id: heir.id, from_on: ctx.today, replaces_id: one.id })),
  )
  await endAll(
    ctx,
    open.map((one) => one.id),
    { on: ctx.today, reason: 'replaced' },
    'pairings.passed_on',
  )
  return open.length
}
