// Changing a draft: its days and name, and its items.
import type { Input } from '@nuanyang/contract/kernel.ts'
import type { PlanItems } from '@nuanyang/contract/plans.items.ts'
import { planCan, type Plan, type planOps } from '@nuanyang/contract/plans.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'
import { lockMine, mustBeColleagues, wrongDays, wrongState, type PlanRow } from './plans.access.ts'
import { applyEdits, type Dropped } from './plans.edits.ts'
import { get } from './plans.get.ts'
import { anchorOf, itemsOf, taskMonth, writeItems } from './plans.rows.ts'

const changed = { zh: '修改', en: 'changed' }

export async function change(ctx: Ctx, { id, body }: Input<typeof planOps.change>): Promise<Plan> {
  const plan = await lockMine(ctx, id, body.version)
  if (!planCan.edit(plan)) throw wrongState(plan.state, changed)
  const from_on = body.from_on ?? plan.from_on
  const until_on = body.until_on ?? plan.until_on
  checkDays(from_on, until_on)
  if (body.definition !== undefined && body.definition !== plan.definition) await mustBeDefinition(ctx, body.definition)
  const moved = from_on !== plan.from_on || until_on !== plan.until_on
  await ctx.db.count(
    `update plans set title = $3, archetype = $4, from_on = $5, until_on = $6, definition = $7, changed_at = $8, version = version + 1,
            reading = case when $9 then jsonb_set(reading, '{period_unread}', 'false') else reading end where tenant_id = $1 and id = $2`,
    [
      ctx.tenant, id, body.title?.trim() ?? plan.title, body.archetype ?? plan.archetype, from_on, until_on, body.definition ?? plan.definition, ctx.now,
      body.from_on !== undefined || body.until_on !== undefined,
    ],
  ) // prettier-ignore
  if (moved) await moveDays(ctx, plan, from_on, until_on)
  await ctx.audit('plans.change', id)
  return get(ctx, { id })
}

async function mustBeDefinition(ctx: Ctx, code: string): Promise<void> {
  const { known } = await ctx.db.one<{ known: boolean }>(
    `select definition_in_force($1, $2, $3::date) is not null as known`,
    [ctx.tenant, code, ctx.today],
  )
  if (!known) throw problem('plan_definition')
}

/** Longer than three years is a plan nobody could read to its end. */
export function checkDays(from_on: string, until_on: string): void {
  if (until_on < from_on) throw wrongDays('最后一天早于第一天', 'the last day is before the first')
  if (Date.parse(until_on) - Date.parse(from_on) > 3 * 366 * 86_400_000)
    throw wrongDays('计划最长写三年', 'a plan runs for at most three years')
}

/** Duties follow the plan's days; a task outside of them is said by name. */
async function moveDays(ctx: Ctx, plan: PlanRow, from_on: string, until_on: string): Promise<void> {
  const items = await itemsOf(ctx, plan.id)
  const outside = items.tasks.find((task) => !task.festival && (taskMonth(task) < from_on.slice(0, 7) || taskMonth(task) > until_on.slice(0, 7))) // prettier-ignore
  if (outside)
    throw wrongDays(
      `“${outside.title}”安排在 ${taskMonth(outside)}，在这段日子之外`,
      `“${outside.title}” is set for ${taskMonth(outside)}, outside these days`,
    )
  const week = anchorOf(from_on, { every: 'week', count: 1 })
  const month = anchorOf(from_on, { continuous: true })
  await ctx.db.count(
    `update duties set from_on = $3, until_on = $4, anchor_on = case when every = 'week' then $5::date else $6::date end, version = version + 1
      where tenant_id = $1 and plan_id = $2`,
    [ctx.tenant, plan.id, from_on, until_on, week, month],
  )
}

export async function edit(ctx: Ctx, { id, body }: Input<typeof planOps.edit>): Promise<Plan> {
  const plan = await lockMine(ctx, id, body.version)
  if (!planCan.edit(plan)) throw wrongState(plan.state, changed)
  const before = await itemsOf(ctx, id)
  const after = applyEdits(
    {
      from_on: plan.from_on,
      until_on: plan.until_on,
      items: before,
      dropped: plan.dropped as Dropped[],
      aside: plan.reading?.aside ?? [],
      bound_by: await boundBy(ctx, plan),
    },
    body.edits,
  )
  const named = [...after.items.duties, ...after.items.tasks].map((item) => item.account_id)
  const known = new Set([...before.duties, ...before.tasks].map((item) => item.account_id))
  await mustBeColleagues(
    ctx,
    plan.path,
    named.filter((account) => !known.has(account)),
  )
  await writeItems(ctx, { ...plan, plan_id: id }, before, quoted(after.items, await textOf(ctx, id)))
  await ctx.db.count(
    `update plans set dropped = $3, reading = case when reading is null then null else jsonb_set(reading, '{aside}', $4::jsonb) end, changed_at = $5, version = version + 1
      where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, JSON.stringify(after.dropped), JSON.stringify(after.aside), ctx.now],
  )
  await ctx.audit('plans.edit', id)
  return get(ctx, { id })
}

async function textOf(ctx: Ctx, id: string): Promise<string | null> {
  return (await ctx.db.one<{ text: string | null }>('select text from plans where tenant_id = $1 and id = $2', [ctx.tenant, id])).text // prettier-ignore
}

/** A quote is always the very text of its span, also where two were merged. */
function quoted(items: PlanItems, text: string | null): PlanItems {
  if (text === null) return items
  const exact = <T extends { quote: string | null; span: [number, number] | null }>(list: T[]): T[] =>
    list.map((item) => (item.span ? { ...item, quote: text.slice(item.span[0], item.span[1]) } : item))
  return { ...items, goals: exact(items.goals), duties: exact(items.duties), tasks: exact(items.tasks) }
}

/** The office whose issued plan still holds for this one. */
export async function boundBy(ctx: Ctx, plan: Pick<PlanRow, 'issued_from_id'>): Promise<string | null> {
  if (plan.issued_from_id === null) return null
  const above = await ctx.db.maybe<{ name: string }>(
    `select u.name from plans s join units u on u.tenant_id = $1 and u.id = s.unit_id where s.tenant_id = $1 and s.id = $2 and s.state in ('adopted', 'closed')`,
    [ctx.tenant, plan.issued_from_id],
  )
  return above?.name ?? null
}
