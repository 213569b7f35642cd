// A plan's life: confirmed, talked over, adopted, closed, withdrawn. See planCan in the contract for what may follow what.
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import type { PlanItems } from '@nuanyang/contract/plans.items.ts'
import { planCan, type AdoptionHindrance, type Plan, type planOps } from '@nuanyang/contract/plans.ts'
import { labelOf } from '@nuanyang/domain/values/value.ts'
import { indicators } from '@nuanyang/domain/values/indicators.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'
import { getRow, lockMine, wrongDays, wrongState, type PlanRow } from './plans.access.ts'
import { countMembers } from './plans.members.ts'
import { boundBy } from './plans.edit.ts'
import { get } from './plans.get.ts'
import { itemsOf } from './plans.rows.ts'
import { keepVersion } from './plans.versions.ts'
import { progress } from './plans.progress.ts'

export async function confirm(ctx: Ctx, { id, body }: Input<typeof planOps.confirm>): Promise<Plan> {
  const plan = await lockMine(ctx, id, body.version)
  if (!planCan.edit(plan)) throw wrongState(plan.state, { zh: '核对', en: 'confirmed' })
  await ctx.db.count(
    `update plans set confirmed_at = $3, confirmed_by = $4, version = version + 1 where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, ctx.now, ctx.actor.account_id],
  )
  await keepVersion(ctx, id, 'confirmed')
  await ctx.audit('plans.confirm', id)
  return get(ctx, { id })
}

export async function start_discussion(ctx: Ctx, { id, body }: Input<typeof planOps.start_discussion>): Promise<Plan> {
  const plan = await lockMine(ctx, id, body.version)
  if (!planCan.discuss(plan)) throw wrongState(plan.state, { zh: '交讨论', en: 'talked over' })
  await ctx.db.count(
    `update plans set state = 'in_discussion', discussion_on = $3, version = version + 1 where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, ctx.today],
  )
  await keepVersion(ctx, id, 'discussed')
  await ctx.audit('plans.start_discussion', id)
  return get(ctx, { id })
}

export async function return_to_draft(ctx: Ctx, { id, body }: Input<typeof planOps.return_to_draft>): Promise<Plan> {
  const plan = await lockMine(ctx, id, body.version)
  if (!planCan.return_to_draft(plan)) throw wrongState(plan.state, { zh: '退回草稿', en: 'made a draft again' })
  await ctx.db.count(
    `update plans set state = 'draft', discussion_on = null, version = version + 1 where tenant_id = $1 and id = $2`,
    [ctx.tenant, id],
  )
  await ctx.audit('plans.return_to_draft', id)
  return get(ctx, { id })
}

/** For how many children, and what still stands in the way. */
export async function adoption(
  ctx: Ctx,
  { id }: Input<typeof planOps.adoption>,
): Promise<Answer<typeof planOps.adoption>> {
  const plan = await getRow(ctx, id)
  const [items, members] = [await itemsOf(ctx, id), await countMembers(ctx, plan, ctx.today)]
  return { members, hindrances: hindrances(plan, items, ctx.today) }
}

/** Each in a sentence, in the order in which a person would settle them. */
export function hindrances(plan: PlanRow, items: PlanItems, today: string): AdoptionHindrance[] {
  const found: AdoptionHindrance[] = []
  const add = (code: AdoptionHindrance['code'], zh: string, en: string, item_id: string | null = null) =>
    found.push({ code, zh, en, item_id })
  if (plan.confirmed_at === null)
    add('not_confirmed', '读出来的条目还没有人核对，请先逐条看一遍。', 'Nobody has looked through the items yet.')
  if (items.duties.length + items.tasks.length === 0)
    add('nothing_to_do', '计划里一件要做的事也没有，请至少加一件。', 'There is nothing to do in this plan; add at least one duty or task.') // prettier-ignore
  for (const duty of items.duties)
    if ('unspecified' in duty.rhythm)
      add('rhythm_open', `“${duty.title}”还没有说多久一次。`, `“${duty.title}” does not say how often.`, duty.id)
  plan.reading?.problems.forEach((each, n) => {
    if (each.code === 'target_over_100' && !plan.reading!.aside.includes(n) && openGoal(items, each.span))
      add('target_over_100', each.zh, each.en, openGoal(items, each.span))
  })
  for (const [n, goal] of items.goals.entries()) {
    const twin = items.goals.slice(0, n).find((each) => each.indicator !== null && each.indicator === goal.indicator && each.target !== null && goal.target !== null && each.target !== goal.target) // prettier-ignore
    if (twin)
      add(
        'goals_contradict',
        `${labelOf(indicators as never, goal.indicator!)}写了两个不同的目标，请去掉一个。`,
        `${labelOf(indicators as never, goal.indicator!, 'en')} has two different targets; drop one.`,
        goal.id,
      )
  }
  if (plan.reading?.period_unread)
    add('period_unread', '原文没有写从几月到几月，请先定下计划的起止日期。', 'The text names no months; set the first and last day of the plan.') // prettier-ignore
  if (plan.until_on < today)
    add('over', `计划 ${plan.until_on} 就到期了，现在通过也没有可做的日子；请改长日期，或沿用到新的一年。`, `The plan ended on ${plan.until_on}; move its last day, or carry it over into the new year.`) // prettier-ignore
  return found
}

/** The goal read from there, while its target is still empty. */
function openGoal(items: PlanItems, span: readonly [number, number]): string | null {
  return items.goals.find((goal) => goal.target === null && goal.span?.[0] === span[0])?.id ?? null
}

export async function adopt(ctx: Ctx, { id, body }: Input<typeof planOps.adopt>): Promise<Plan> {
  const plan = await lockMine(ctx, id)
  if (plan.state === 'adopted') throw problem('plan_adopted_already', { values: { on: plan.adopted_on ?? '' } })
  if (plan.version !== body.version) throw problem('stale', { current: { version: plan.version } })
  if (!planCan.edit(plan)) throw wrongState(plan.state, { zh: '通过', en: 'adopted' })
  const [first] = hindrances(plan, await itemsOf(ctx, id), ctx.today)
  if (first) throw problem('plan_not_ready', { values: { why: first.zh, why_en: first.en } })
  if (body.adopted_on > ctx.today || body.adopted_on > plan.until_on)
    throw wrongDays('通过的日子不能晚于今天，也不能晚于计划的最后一天', 'it can’t be adopted after today or after its last day') // prettier-ignore
  const members = await countMembers(ctx, plan, ctx.today)
  await ctx.db.count(
    `update plans set state = 'adopted', adopted_on = $3, adopted_by = $4, adoption = $5, version = version + 1 where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, body.adopted_on, ctx.actor.account_id, JSON.stringify(members)],
  )
  // Nothing is owed for the days before.
  await ctx.db.count(
    `update duties set from_on = greatest(from_on, $3::date) where tenant_id = $1 and plan_id = $2 and from_on < $3::date`,
    [ctx.tenant, id, body.adopted_on],
  )
  await keepVersion(ctx, id, 'adopted')
  await ctx.audit('plans.adopt', id)
  return get(ctx, { id })
}

export async function close(ctx: Ctx, { id, body }: Input<typeof planOps.close>): Promise<Plan> {
  const plan = await lockMine(ctx, id, body.version)
  if (!planCan.close(plan)) throw wrongState(plan.state, { zh: '结束', en: 'closed' })
  if (body.closed_on > ctx.today || body.closed_on < plan.adopted_on!)
    throw wrongDays(
      '结束的日子不能晚于今天，也不能早于通过的那天',
      'it can’t close after today or before it was adopted',
    )
  const members = await countMembers(ctx, plan, body.closed_on)
  const tasks = await ctx.db.one<{ done: number; dropped: number; open: number }>(
    `select count(*) filter (where state = 'done')::int as done, count(*) filter (where state = 'dropped')::int as dropped,
            count(*) filter (where state = 'open')::int as open from tasks where tenant_id = $1 and plan_id = $2`,
    [ctx.tenant, id],
  )
  await ctx.db.count(
    `update plans set state = 'closed', closed_on = $3, closed_by = $4, closing = $5, version = version + 1 where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, body.closed_on, ctx.actor.account_id, JSON.stringify({ members, tasks })],
  )
  await endDuties(ctx, id, body.closed_on)
  // Counted once it is closed, so that what would have come after is owed no more; from now on these numbers stand.
  const numbers = { members, tasks, ...(await progress(ctx, { id })) }
  await ctx.db.count(`update plans set closing = $3 where tenant_id = $1 and id = $2`, [ctx.tenant, id, JSON.stringify(numbers)]) // prettier-ignore
  await ctx.audit('plans.close', id)
  return get(ctx, { id })
}

/** Nothing is owed after the day; what had not begun by then is owed on no day but its first. */
async function endDuties(ctx: Ctx, id: string, on: string): Promise<void> {
  await ctx.db.count(
    `update duties set until_on = greatest(from_on, $3::date) where tenant_id = $1 and plan_id = $2 and until_on > $3::date`,
    [ctx.tenant, id, on],
  )
}

export async function withdraw(ctx: Ctx, { id, body }: Input<typeof planOps.withdraw>): Promise<Plan> {
  const plan = await lockMine(ctx, id, body.version)
  if (!planCan.withdraw(plan)) throw wrongState(plan.state, { zh: '撤回', en: 'withdrawn' })
  const above = plan.state === 'adopted' ? await boundBy(ctx, plan) : null
  if (above) throw problem('plan_item_issued', { values: { title: plan.title, unit: above } })
  await ctx.db.count(
    `update plans set state = 'withdrawn', withdrawn_at = $3, withdrawn_by = $4, withdrawn_reason = $5, version = version + 1 where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, ctx.now, ctx.actor.account_id, body.reason],
  )
  if (plan.state === 'adopted') await endDuties(ctx, id, ctx.today)
  await ctx.audit('plans.withdraw', id)
  return get(ctx, { id })
}
