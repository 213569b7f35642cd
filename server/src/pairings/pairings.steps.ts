// What happens to a pairing between its beginning and its end: the arrangement, the signed letter, renewal, a stand-in, another helper,
// and what the three voices say.
import { pairingCan } from '@nuanyang/contract/pairings.ts'
import type { PairingDetail, PairingForm, PairingGoal, pairingOps, PairingStep } from '@nuanyang/contract/pairings.ts'
import type { Input } from '@nuanyang/contract/kernel.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { newId } from '../kernel/ids.ts'
import { problem } from '../kernel/problem.ts'
import { holds, lockSeen, type Locked } from './pairings.access.ts'
import { endAll, takeOn } from './pairings.making.ts'
import { chosenHelper } from './pairings.register.ts'
import { get } from './pairings.reading.ts'

/** A telephone number told to a volunteer through the back door would undo the mask. */
const holdsNumber = /\d[\d\s-]{5,}\d/

export async function arrange(ctx: Ctx, { id, body }: Input<typeof pairingOps.arrange>): Promise<PairingDetail> {
  const pairing = await lockSeen(ctx, id, body.version)
  if (!pairingCan.end(pairing, ctx.today)) throw problem('pairing_ended')
  if (body.contact_how && holdsNumber.test(body.contact_how)) throw problem('number_in_contact')
  await ctx.db.count(
    `update pairings set form = coalesce($3, form), term = $4, goals = $5, measures = $6, contact_how = $7, next_contact_on = $8, version = version + 1
      where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, body.form, body.term, body.goals, body.measures, body.contact_how, body.next_contact_on],
  )
  await ctx.audit('pairings.arrange', id, { child_id: pairing.child_id })
  return get(ctx, { id })
}

export async function set_next_contact(
  ctx: Ctx,
  { id, body }: Input<typeof pairingOps.set_next_contact>,
): Promise<PairingDetail> {
  const pairing = await lockSeen(ctx, id, body.version)
  if (!pairing.own && !holds(ctx, 'pairings.write')) throw problem('not_own_pairing')
  if (!pairingCan.end(pairing, ctx.today)) throw problem('pairing_ended')
  if (body.on !== null && body.on < pairing.from_on)
    throw problem('pairing_days', { values: { from_on: pairing.from_on } })
  await ctx.db.count(
    'update pairings set next_contact_on = $3, version = version + 1 where tenant_id = $1 and id = $2',
    [ctx.tenant, id, body.on],
  )
  await ctx.audit('pairings.set_next_contact', id, { child_id: pairing.child_id })
  return get(ctx, { id })
}

export async function sign(ctx: Ctx, { id, body }: Input<typeof pairingOps.sign>): Promise<PairingDetail> {
  const pairing = await lockSeen(ctx, id, body.version)
  if (!pairingCan.end(pairing, ctx.today)) throw problem('pairing_ended')
  if (body.on > ctx.today || body.on < pairing.from_on)
    throw problem('pairing_days', { values: { from_on: pairing.from_on } })
  await step(ctx, pairing, [{ step: 'signed', on_day: body.on }])
  await touch(ctx, id)
  await ctx.audit('pairings.sign', id, { child_id: pairing.child_id })
  return get(ctx, { id })
}

export async function renew(ctx: Ctx, { id, body }: Input<typeof pairingOps.renew>): Promise<PairingDetail> {
  const pairing = await lockSeen(ctx, id, body.version)
  if (!pairingCan.renew(pairing, ctx.today)) throw problem('pairing_ended')
  if (body.planned_until_on <= ctx.today || body.planned_until_on <= (pairing.planned_until_on ?? pairing.from_on))
    throw problem('pairing_days', { values: { from_on: pairing.planned_until_on ?? pairing.from_on } })
  await ctx.db.count(
    'update pairings set planned_until_on = $3, version = version + 1 where tenant_id = $1 and id = $2',
    [ctx.tenant, id, body.planned_until_on],
  )
  await step(ctx, pairing, [
    { step: 'renewed', on_day: ctx.today, until_on: body.planned_until_on, words: body.words ?? null },
  ])
  await ctx.audit('pairings.renew', id, { child_id: pairing.child_id })
  return get(ctx, { id })
}

export async function stand_in(ctx: Ctx, { id, body }: Input<typeof pairingOps.stand_in>): Promise<PairingDetail> {
  const pairing = await lockSeen(ctx, id, body.version)
  if (!pairingCan.stand_in(pairing, ctx.today)) throw problem('pairing_ended')
  if (body.from_on < ctx.today || body.from_on < pairing.from_on || body.until_on <= body.from_on)
    throw problem('pairing_days', { values: { from_on: pairing.from_on } })
  await takeOn(ctx, [
    {
      ...(await arrangement(ctx, id)),
      id: body.id,
      child_id: pairing.child_id,
      helper_id: await chosenHelper(ctx, body.helper),
      from_on: body.from_on,
      planned_until_on: null,
      until_on: body.until_on,
      ended_reason: 'stand_in_over',
      stands_in_for_id: id,
      over_limit_reason: body.over_limit_reason ?? null,
    },
  ])
  await touch(ctx, id)
  return get(ctx, { id: body.id })
}

export async function take_over(ctx: Ctx, { id, body }: Input<typeof pairingOps.take_over>): Promise<PairingDetail> {
  const pairing = await lockSeen(ctx, id, body.version)
  if (!pairingCan.take_over(pairing, ctx.today)) throw problem('pairing_ended')
  await takeOn(ctx, [
    {
      ...(await arrangement(ctx, id)),
      id: body.id,
      child_id: pairing.child_id,
      helper_id: await chosenHelper(ctx, body.helper),
      from_on: ctx.today,
      planned_until_on: pairing.planned_until_on,
      replaces_id: id,
      over_limit_reason: body.over_limit_reason ?? null,
    },
  ])
  await endAll(ctx, [id], { on: ctx.today, reason: 'replaced', note: body.note ?? null }, 'pairings.taken_over')
  return get(ctx, { id: body.id })
}

export async function review(ctx: Ctx, { id, body }: Input<typeof pairingOps.review>): Promise<PairingDetail> {
  const pairing = await lockSeen(ctx, id, body.version)
  if (!pairingCan.review(pairing)) throw problem('review_of_buddy')
  if (body.on > ctx.today || body.on < pairing.from_on)
    throw problem('pairing_days', { values: { from_on: pairing.from_on } })
  await step(
    ctx,
    pairing,
    body.voices.map(({ voice, grade, words }) => ({
      step: 'reviewed' as const,
      on_day: body.on,
      voice,
      grade,
      words: words ?? null,
    })),
  )
  await touch(ctx, id)
  await ctx.audit('pairings.review', id, { child_id: pairing.child_id })
  return get(ctx, { id })
}

/** What goes over to whoever helps next: what was agreed about the child, not about the helper. */
async function arrangement(ctx: Ctx, id: string) {
  return ctx.db.one<{
    term: string | null
    form: PairingForm | null
    goals: PairingGoal[]
    measures: string | null
    contact_how: string | null
    next_contact_on: string | null
  }>(
    'select term, form, goals, measures, contact_how, next_contact_on from pairings where tenant_id = $1 and id = $2',
    [ctx.tenant, id],
  )
}

type NewStep = Pick<PairingStep, 'step' | 'on_day'> &
  Partial<Pick<PairingStep, 'until_on' | 'voice' | 'grade' | 'words'>>

async function step(ctx: Ctx, pairing: Locked, steps: readonly NewStep[]): Promise<void> {
  await ctx.db.count(
    `insert into pairing_steps (tenant_id, id, pairing_id, child_id, step, on_day, until_on, voice, grade, words, at, by)
     select $1, x.id, $2, $3, x.step, x.on_day, x.until_on, x.voice, x.grade, x.words, $4, $5
       from jsonb_to_recordset($6::jsonb) as x(id uuid, step text, on_day date, until_on date, voice text, grade text, words text)`,
    [
      ctx.tenant,
      pairing.id,
      pairing.child_id,
      ctx.now,
      ctx.actor.account_id,
      JSON.stringify(steps.map((each) => ({ id: newId(), ...each }))),
    ],
  )
}

async function touch(ctx: Ctx, id: string): Promise<void> {
  await ctx.db.count('update pairings set version = version + 1 where tenant_id = $1 and id = $2', [ctx.tenant, id])
}
