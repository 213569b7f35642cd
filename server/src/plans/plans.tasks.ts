// Tasks: done once, in a month or at a festival, by somebody; of a plan, or resolved at a meeting. Records settle duties; a task is done
// when somebody says so, with the record that shows it where there is one.
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import type { PlanTask } from '@nuanyang/contract/plans.items.ts'
import { taskCan, type planOps } from '@nuanyang/contract/plans.ts'
import { sql } from 'kysely'
import type { Ctx } from '../kernel/ctx.ts'
import { passed } from '../kernel/db.ts'
import { problem } from '../kernel/problem.ts'
import { isMine, unitInSubtree, visibleUnits } from '../units/units.access.ts'
import { lockMine, mustBeColleagues, wrongDays, wrongState } from './plans.access.ts'
import { boundBy } from './plans.edit.ts'
import { taskJson } from './plans.rows.ts'

export async function task(ctx: Ctx, { id }: Input<typeof planOps.task>): Promise<PlanTask> {
  const [row] = await ctx.db.run(
    sql<{
      task: string
    }>`select ${taskJson}::text as task from tasks t join units u on u.tenant_id = ${ctx.tenant} and u.id = t.unit_id
      left join accounts a on a.id = t.account_id where t.tenant_id = ${ctx.tenant} and t.id = ${id}::uuid and ${visibleUnits(ctx, 'u')}`,
  )
  if (!row) throw problem('not_found')
  return passed<PlanTask>(row.task)
}

export async function tasks_of_record(
  ctx: Ctx,
  { id }: Input<typeof planOps.tasks_of_record>,
): Promise<Answer<typeof planOps.tasks_of_record>> {
  const [row] = await ctx.db.run(
    sql<{
      answer: string
    }>`select json_build_object('items', coalesce(json_agg(${taskJson} order by t.position, t.id), '[]'))::text as answer from tasks t
      join units u on u.tenant_id = ${ctx.tenant} and u.id = t.unit_id left join accounts a on a.id = t.account_id
     where t.tenant_id = ${ctx.tenant} and t.record_id = ${id}::uuid and ${visibleUnits(ctx, 'u')}`,
  )
  return passed(row!.answer)
}

export async function add_tasks(
  ctx: Ctx,
  { body }: Input<typeof planOps.add_tasks>,
): Promise<Answer<typeof planOps.add_tasks>> {
  const plan = body.plan_id === null ? null : await lockMine(ctx, body.plan_id)
  if (plan && plan.state !== 'adopted') throw wrongState(plan.state, { zh: '直接加任务', en: 'given tasks' })
  const unit = plan
    ? { id: plan.unit_id, path: plan.path }
    : await unitInSubtree(ctx, body.unit_id ?? ctx.actor.unit_id)
  const unit_id = unit.id
  await mustBeColleagues(
    ctx,
    unit.path,
    body.tasks.map((each) => each.account_id),
  )
  for (const each of body.tasks) checkDays(each.due_from, each.due_until)
  await ctx.db.count(
    `insert into tasks (tenant_id, id, plan_id, record_id, unit_id, title, kind, due_from, due_until, responsible, account_id, confirmed, position, created_at, created_by)
     select $1, r.id, $2, $3, $4, r.title, r.kind, r.due_from, r.due_until, r.responsible, r.account_id, true, 1000 + r.n, $5, $6
       from jsonb_to_recordset($7::jsonb) as r(id uuid, title text, kind text, due_from date, due_until date, responsible text, account_id uuid, n int)
     on conflict do nothing`,
    [ctx.tenant, body.plan_id, body.record_id, unit_id, ctx.now, ctx.actor.account_id, JSON.stringify(body.tasks.map((each, n) => ({ ...each, n })))],
  ) // prettier-ignore
  await ctx.audit('plans.add_tasks', body.plan_id ?? unit_id)
  const [row] = await ctx.db.run(
    sql<{
      answer: string
    }>`select json_build_object('items', coalesce(json_agg(${taskJson} order by t.position), '[]'))::text as answer from tasks t
      left join accounts a on a.id = t.account_id where t.tenant_id = ${ctx.tenant} and t.id = any (${body.tasks.map((each) => each.id)}::uuid[]) and t.unit_id = ${unit_id}::uuid`,
  )
  return passed(row!.answer)
}

function checkDays(from: string, until: string): void {
  if (until < from) throw wrongDays('最后一天早于第一天', 'the last day is before the first')
}

interface TaskRow {
  id: string
  title: string
  state: PlanTask['state']
  issued: boolean
  issued_from_id: string | null
  path: string
  version: number
}

/** A task of the actor's unit or below, locked. A draft's tasks are changed by `plans.edit`. */
async function lockTask(ctx: Ctx, id: string, version: number): Promise<TaskRow> {
  const row = await ctx.db.maybe<TaskRow & { plan_state: string | null }>(
    `select t.id, t.title, t.state, t.issued, t.version, u.path, p.state as plan_state, p.issued_from_id from tasks t
       join units u on u.tenant_id = $1 and u.id = t.unit_id left join plans p on p.tenant_id = $1 and p.id = t.plan_id
      where t.tenant_id = $1 and t.id = $2 for update of t`,
    [ctx.tenant, id],
  )
  if (!row || !isMine(ctx, row.path)) throw problem('not_found')
  if (row.plan_state !== null && row.plan_state !== 'adopted')
    throw problem('task_state', {
      values: { state: '计划还没有通过，或已经结束', state_en: 'of a plan not under way' },
    })
  if (row.version !== version) throw problem('stale', { current: { version: row.version } })
  return row
}

const stateWords = {
  open: { state: '还没做', state_en: 'open' },
  done: { state: '做完了', state_en: 'done' },
  dropped: { state: '不做了', state_en: 'dropped' },
}

export async function assign_task(ctx: Ctx, { id, body }: Input<typeof planOps.assign_task>): Promise<PlanTask> {
  const row = await lockTask(ctx, id, body.version)
  if (row.state !== 'open') throw problem('task_state', { values: stateWords[row.state] })
  checkDays(body.due_from, body.due_until)
  await mustBeColleagues(ctx, row.path, [body.account_id])
  await ctx.db.count(
    `update tasks set responsible = $3, account_id = $4, due_from = $5, due_until = $6, version = version + 1 where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, body.responsible, body.account_id, body.due_from, body.due_until],
  )
  await ctx.audit('plans.assign_task', id)
  return task(ctx, { id })
}

export async function finish_task(ctx: Ctx, { id, body }: Input<typeof planOps.finish_task>): Promise<PlanTask> {
  const row = await lockTask(ctx, id, body.version)
  if (!taskCan.finish(row)) throw problem('task_state', { values: stateWords[row.state] })
  if (body.done_on > ctx.today) throw problem('task_day')
  if (body.record_id) await mustBeRecord(ctx, body.record_id)
  await ctx.db.count(
    `update tasks set state = 'done', done_on = $3, done_by = $4, done_record_id = $5, done_note = $6, version = version + 1 where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, body.done_on, ctx.actor.account_id, body.record_id, body.note ?? null],
  )
  await ctx.audit('plans.finish_task', id)
  return task(ctx, { id })
}

/** @throws not_found: a record of another place proves nothing here */
async function mustBeRecord(ctx: Ctx, id: string): Promise<void> {
  const found = await ctx.db.maybe(
    `select from records r join units u on u.tenant_id = $1 and u.id = r.subject_unit_id
      where r.tenant_id = $1 and r.id = $2 and r.withdrawn_at is null and u.path >= $3 and u.path < $3 || '~'`,
    [ctx.tenant, id, ctx.actor.unit_path],
  )
  if (!found) throw problem('not_found')
}

export async function drop_task(ctx: Ctx, { id, body }: Input<typeof planOps.drop_task>): Promise<PlanTask> {
  const row = await lockTask(ctx, id, body.version)
  if (!taskCan.drop(row)) throw problem('task_state', { values: stateWords[row.state] })
  const unit = row.issued ? await boundBy(ctx, row) : null
  if (unit) throw problem('plan_item_issued', { values: { title: row.title, unit } })
  await ctx.db.count(
    `update tasks set state = 'dropped', dropped_reason = $3, dropped_by = $4, version = version + 1 where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, body.reason, ctx.actor.account_id],
  )
  await ctx.audit('plans.drop_task', id)
  return task(ctx, { id })
}

export async function reopen_task(ctx: Ctx, { id, body }: Input<typeof planOps.reopen_task>): Promise<PlanTask> {
  const row = await lockTask(ctx, id, body.version)
  if (!taskCan.reopen(row)) throw problem('task_state', { values: stateWords[row.state] })
  await ctx.db.count(
    `update tasks set state = 'open', done_on = null, done_by = null, done_record_id = null, done_note = null, dropped_reason = null, dropped_by = null, version = version + 1
      where tenant_id = $1 and id = $2`,
    [ctx.tenant, id],
  )
  await ctx.audit('plans.reopen_task', id)
  return task(ctx, { id })
}
