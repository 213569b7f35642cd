// Plans 工作计划: the verbs of planOps. Reading in is in plans.read.ts, editing in plans.edit.ts, the life in plans.life.ts; here are the
// list and how a plan is made without a text.
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import type { PlanItems } from '@nuanyang/contract/plans.items.ts'
import { definitionOfArchetype, type Plan, type planOps } from '@nuanyang/contract/plans.ts'
import { planTemplates } from '@nuanyang/domain/plans/templates/templates.ts'
import { sql } from 'kysely'
import type { Ctx } from '../kernel/ctx.ts'
import { passed } from '../kernel/db.ts'
import { newId } from '../kernel/ids.ts'
import { unitInSubtree } from '../units/units.access.ts'
import { getRow, minePlans, visiblePlans } from './plans.access.ts'
import { checkDays } from './plans.edit.ts'
import { get, openStates } from './plans.get.ts'
import { archetypeOf } from './plans.read.ts'
import { itemsOf, noItems, taskDays, taskMonth, writeItems } from './plans.rows.ts'
import { itemsOfTemplate } from './plans.templates.ts'

export { change, edit } from './plans.edit.ts'
export { change_duty, stop_duty } from './plans.duties.ts'
export { comments, comment, agree, answer_comment } from './plans.comments.ts'
export { adoption, adopt, close, confirm, return_to_draft, start_discussion, withdraw } from './plans.life.ts'
export { read, read_file, get_reading } from './plans.read.ts'
export { task, tasks_of_record, add_tasks, assign_task, finish_task, drop_task, reopen_task } from './plans.tasks.ts'
export { issue, issues, take_up, waiting } from './plans.issue.ts'
export { print } from './plans.print.ts'
export { save_version, version, versions } from './plans.versions.ts'
export { policies, set_policies } from './plans.templates.ts'
export { get }

export async function list(ctx: Ctx, query: Input<typeof planOps.list>): Promise<Answer<typeof planOps.list>> {
  const limit = query.limit ?? 50
  const state = query.state ?? 'open'
  const states = state === 'open' ? openStates : state === 'all' ? null : [state]
  const moment = sql`to_char(p.confirmed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`
  const count = (table: string, more = sql``) =>
    sql`(select count(*)::int from ${sql.table(table)} x where x.tenant_id = ${ctx.tenant} and x.plan_id = p.id ${more})`
  const [row] = await ctx.db.run(sql<{ page: string }>`
    with found as (select p.from_on, p.id, json_build_object('id', p.id, 'title', p.title, 'unit_id', p.unit_id, 'unit_name', u.name, 'archetype', p.archetype,
          'state', p.state, 'from_on', p.from_on, 'until_on', p.until_on, 'confirmed_at', ${moment}, 'adopted_on', p.adopted_on, 'closed_on', p.closed_on, 'mine', ${minePlans(ctx)},
          'goals', ${count('goals')}, 'duties', ${count('duties')}, 'tasks', ${count('tasks')}, 'tasks_done', ${count('tasks', sql`and x.state = 'done'`)}) as shown
        from plans p join units u on u.tenant_id = ${ctx.tenant} and u.id = p.unit_id
       where p.tenant_id = ${ctx.tenant} and ${visiblePlans(ctx)}
         ${query.unit_id ? sql`and p.unit_id = ${query.unit_id}::uuid` : sql``} ${states ? sql`and p.state in (${sql.join(states)})` : sql``}
         ${query.after ? sql`and (p.from_on, p.id) < (select b.from_on, b.id from plans b where b.tenant_id = ${ctx.tenant} and b.id = ${query.after}::uuid)` : sql``}
       order by p.from_on desc, p.id desc limit ${limit + 1}),
    kept as (select * from found order by from_on desc, id desc limit ${limit})
    select json_build_object('items', coalesce((select json_agg(k.shown order by k.from_on desc, k.id desc) from kept as k), '[]'),
      'next', case when (select count(*) from found) > ${limit} then (select id from kept order by from_on, id limit 1) end)::text as page`)
  return passed(row!.page)
}

export async function create(ctx: Ctx, { body }: Input<typeof planOps.create>): Promise<Plan> {
  const unit = await unitInSubtree(ctx, body.unit_id ?? ctx.actor.unit_id)
  checkDays(body.from_on, body.until_on)
  const template = body.template ? planTemplates[body.template] : null
  const from = body.carry_from_id ? await getRow(ctx, body.carry_from_id) : null
  const archetype = body.archetype ?? body.template ?? from?.archetype ?? archetypeOf(unit.kind)
  // Typed or carried over by a person: there is nothing the reader could have misread.
  await ctx.db.count(
    `insert into plans (tenant_id, id, unit_id, title, archetype, definition, from_on, until_on, replaces_id, template, confirmed_at, confirmed_by, created_at, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $12, $10, $11, $10, $11)`,
    [
      ctx.tenant, body.id, unit.id, body.title.trim(), archetype, from?.definition ?? definitionOfArchetype[archetype], body.from_on, body.until_on,
      from?.id ?? null, ctx.now, ctx.actor.account_id, body.template ?? null,
    ],
  ) // prettier-ignore
  const where = { plan_id: body.id, unit_id: unit.id, from_on: body.from_on, until_on: body.until_on }
  if (from) await writeItems(ctx, where, noItems, carried(await itemsOf(ctx, from.id), from.from_on, where))
  if (template) await writeItems(ctx, where, noItems, itemsOfTemplate(template, where))
  await ctx.audit('plans.create', body.id)
  return get(ctx, { id: body.id })
}

/** Last year's items with new ids, moved by the months between the two first days; what was stopped or replaced stays behind. */
function carried(items: PlanItems, old_from: string, plan: { from_on: string; until_on: string }): PlanItems {
  const months = monthNumber(plan.from_on) - monthNumber(old_from)
  const ids = new Map<string, string>()
  const renewed = (id: string) => {
    const next = newId()
    ids.set(id, next)
    return next
  }
  const last = monthNumber(plan.until_on)
  const added = { quote: null, span: null, issued: false }
  const measures = items.measures.map((m) => ({ ...m, id: renewed(m.id), span: null, issued: false }))
  const duties = items.duties
    .filter((duty) => duty.ended_reason === null)
    .map((d) => ({ ...d, ...added, id: renewed(d.id), measure_id: d.measure_id && ids.get(d.measure_id)!, from_on: plan.from_on, until_on: plan.until_on, replaces_id: null })) // prettier-ignore
  return {
    goals: items.goals.map((g) => ({ ...g, ...added, id: newId() })),
    measures,
    duties,
    tasks: items.tasks
      .filter((task) => task.state !== 'dropped' && task.record_id === null)
      .map((t) => {
        const month = monthText(Math.min(last, monthNumber(taskMonth(t)) + months))
        return {
          ...t, ...added, id: newId(), measure_id: t.measure_id && ids.get(t.measure_id)!, duty_id: (t.duty_id && ids.get(t.duty_id)) || null,
          ...taskDays(month, t.festival), state: 'open' as const, done_on: null, done_note: null, done_record_id: null, version: 1,
        } // prettier-ignore
      }),
  }
}

function monthNumber(day: string): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1
}

function monthText(number: number): string {
  return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`
}

export async function people(ctx: Ctx, { id }: Input<typeof planOps.people>): Promise<Answer<typeof planOps.people>> {
  const plan = await getRow(ctx, id)
  const items = await ctx.db.rows<Answer<typeof planOps.people>['items'][number]>(
    `select m.account_id, a.name, m.role, u.name as unit_name from memberships m join units u on u.tenant_id = $1 and u.id = m.unit_id join accounts a on a.id = m.account_id
      where m.tenant_id = $1 and u.path >= $2 and u.path < $2 || '~' and m.from_on <= $3::date and (m.until_on is null or m.until_on > $3::date)
        and m.role not in ('administrator', 'security_officer', 'auditor', 'helper')
      order by u.depth, u.path, a.name limit 200`,
    [ctx.tenant, plan.path, ctx.today],
  )
  return { items }
}
