// Duties of an adopted plan: never edited. A change ends one and opens its successor, so what was owed before stays as it was.
import type { Input } from '@nuanyang/contract/kernel.ts'
import type { PlanDuty } from '@nuanyang/contract/plans.items.ts'
import { planCan, type Plan, type planOps } from '@nuanyang/contract/plans.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'
import { lockMine, mustBeColleagues, wrongDays, wrongState, type PlanRow } from './plans.access.ts'
import { boundBy } from './plans.edit.ts'
import { get } from './plans.get.ts'
import { addDays, itemsOf, writeItems } from './plans.rows.ts'
import { keepVersion } from './plans.versions.ts'

export async function change_duty(ctx: Ctx, { id, body }: Input<typeof planOps.change_duty>): Promise<Plan> {
  const plan = await lockAdopted(ctx, id, body.version)
  if ('unspecified' in body.to.rhythm) throw problem('plan_rhythm_open', { values: { title: body.to.title } })
  await mustBeColleagues(ctx, plan.path, [body.to.account_id])
  const before = await itemsOf(ctx, id)
  const old = body.duty_id === null ? null : current(before.duties, body.duty_id)
  if (old?.issued) await refuseBound(ctx, plan, old)
  const last = old?.until_on ?? plan.until_on
  checkDay(body.from_on, old ? addDays(old.from_on, 1) : plan.adopted_on!, last)
  const successor: PlanDuty = {
    ...body.to, id: body.id, account_name: null, from_on: body.from_on, until_on: last, source: old?.source ?? null, replaces_id: old?.id ?? null,
    ended_reason: null, quote: old?.quote ?? null, span: old?.span ?? null, issued: false,
  } // prettier-ignore
  const duties = before.duties.flatMap((duty) =>
    duty.id === old?.id
      ? [{ ...duty, until_on: addDays(body.from_on, -1), ended_reason: body.reason }, successor]
      : [duty],
  )
  await writeItems(ctx, { ...plan, plan_id: id }, before, { ...before, duties: old ? duties : [...duties, successor] })
  if (old) await inheritAnchor(ctx, body.id, old.id)
  return done(ctx, id, 'plans.change_duty')
}

export async function stop_duty(ctx: Ctx, { id, body }: Input<typeof planOps.stop_duty>): Promise<Plan> {
  const plan = await lockAdopted(ctx, id, body.version)
  const before = await itemsOf(ctx, id)
  const old = current(before.duties, body.duty_id)
  if (old.issued) await refuseBound(ctx, plan, old)
  checkDay(body.until_on, old.from_on, old.until_on)
  const duties = before.duties.map((duty) =>
    duty.id === old.id ? { ...duty, until_on: body.until_on, ended_reason: body.reason } : duty,
  )
  await writeItems(ctx, { ...plan, plan_id: id }, before, { ...before, duties })
  return done(ctx, id, 'plans.stop_duty')
}

async function lockAdopted(ctx: Ctx, id: string, version: number): Promise<PlanRow> {
  const plan = await lockMine(ctx, id, version)
  if (!planCan.change_duty(plan)) throw wrongState(plan.state, { zh: '改长期的事', en: 'changed in its duties' })
  return plan
}

/** @throws plan_item_gone: ended or replaced already */
function current(duties: PlanDuty[], id: string): PlanDuty {
  const duty = duties.find((each) => each.id === id)
  if (!duty || duty.ended_reason !== null) throw problem('plan_item_gone')
  return duty
}

async function refuseBound(ctx: Ctx, plan: PlanRow, duty: PlanDuty): Promise<void> {
  const unit = await boundBy(ctx, plan)
  if (unit) throw problem('plan_item_issued', { values: { title: duty.title, unit } })
}

function checkDay(on: string, first: string, last: string): void {
  if (on >= first && on <= last) return
  throw wrongDays(`要在 ${first} 到 ${last} 之间`, `it must lie between ${first} and ${last}`)
}

/** Every second week goes on counting from where it began. */
async function inheritAnchor(ctx: Ctx, id: string, old_id: string): Promise<void> {
  await ctx.db.count(
    `update duties d set anchor_on = o.anchor_on from duties o where d.tenant_id = $1 and d.id = $2 and o.tenant_id = $1 and o.id = $3`,
    [ctx.tenant, id, old_id],
  )
}

async function done(ctx: Ctx, id: string, operation: string): Promise<Plan> {
  await ctx.db.count(`update plans set changed_at = $3, version = version + 1 where tenant_id = $1 and id = $2`, [
    ctx.tenant,
    id,
    ctx.now,
  ])
  await keepVersion(ctx, id, 'changed')
  await ctx.audit(operation, id)
  return get(ctx, { id })
}
