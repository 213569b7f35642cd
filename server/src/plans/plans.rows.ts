// Items of plans between the contract's shape and the tables: built in SQL on the way out, written set-based on the way in. A plan's
// items are always read and written whole: what a person changed is the difference of two lists.
import type { PlanDuty, PlanItems, PlanTask, Rhythm } from '@nuanyang/contract/plans.items.ts'
import { festivalDay } from '@nuanyang/domain/festivals.ts'
import type { Festival } from '@nuanyang/domain/values/festivals.ts'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'

const span = (t: string): RawBuilder<unknown> =>
  sql`case when ${sql.ref(`${t}.span_from`)} is not null then json_build_array(${sql.ref(`${t}.span_from`)}, ${sql.ref(`${t}.span_until`)}) end`

export const rhythmJson = sql`case d.rhythm
    when 'period' then case when d.interval_n > 1 then json_build_object('every', d.every, 'count', d.count, 'interval', d.interval_n) else json_build_object('every', d.every, 'count', d.count) end
    when 'festival' then json_build_object('festival', d.festival)
    when 'month' then json_build_object('month', d.month)
    when 'event' then json_build_object('within_days', d.within_days, 'working_days', d.working_days, 'of', d.event)
    when 'continuous' then json_build_object('continuous', true)
    else json_build_object('unspecified', true) end`

/** One task as the contract shows it; `t` the task, `a` the account named. */
export const taskJson = sql`json_build_object('id', t.id, 'measure_id', t.measure_id, 'duty_id', t.duty_id, 'title', t.title, 'kind', t.kind,
  'due_from', t.due_from, 'due_until', t.due_until, 'festival', t.festival, 'responsible', t.responsible, 'account_id', t.account_id,
  'account_name', a.name, 'state', t.state, 'done_on', t.done_on, 'done_note', t.done_note, 'done_record_id', t.done_record_id,
  'dropped_reason', t.dropped_reason, 'record_id', t.record_id, 'version', t.version, 'quote', t.quote, 'span', ${span('t')}, 'issued', t.issued)`

/** SQL: the four lists of plan `p`, in their order. */
export function itemsJson(ctx: Ctx): RawBuilder<unknown> {
  const of = (t: string) => sql`${sql.ref(`${t}.tenant_id`)} = ${ctx.tenant} and ${sql.ref(`${t}.plan_id`)} = p.id`
  return sql`json_build_object(
    'goals', coalesce((select json_agg(json_build_object('id', g.id, 'text', g.text, 'indicator', g.indicator, 'target', g.target, 'quote', g.quote, 'span', ${span('g')}, 'issued', g.issued) order by g.position, g.id) from goals g where ${of('g')}), '[]'),
    'measures', coalesce((select json_agg(json_build_object('id', m.id, 'path', m.path, 'title', m.title, 'text', m.text, 'span', ${span('m')}, 'issued', m.issued) order by m.position, m.id) from measures m where ${of('m')}), '[]'),
    'duties', coalesce((select json_agg(json_build_object('id', d.id, 'measure_id', d.measure_id, 'title', d.title, 'kind', d.kind, 'subject', d.subject, 'rhythm', ${rhythmJson},
        'responsible', d.responsible, 'account_id', d.account_id, 'account_name', a.name, 'from_on', d.from_on, 'until_on', d.until_on, 'pauses_in_holidays', d.pauses_in_holidays,
        'source', d.source, 'replaces_id', d.replaces_id, 'ended_reason', d.ended_reason, 'quote', d.quote, 'span', ${span('d')}, 'issued', d.issued) order by d.position, d.id)
      from duties d left join accounts a on a.id = d.account_id where ${of('d')}), '[]'),
    'tasks', coalesce((select json_agg(${taskJson} order by t.position, t.due_from, t.id) from tasks t left join accounts a on a.id = t.account_id where ${of('t')}), '[]'))`
}

export async function itemsOf(ctx: Ctx, plan_id: string): Promise<PlanItems> {
  const [row] = await ctx.db.run(
    sql<{
      items: PlanItems
    }>`select ${itemsJson(ctx)} as items from plans p where p.tenant_id = ${ctx.tenant} and p.id = ${plan_id}::uuid`,
  )
  return row!.items
}

/** The rhythm's columns of `duties`. */
export function rhythmColumns(rhythm: Rhythm) {
  const none = {
    rhythm: 'unspecified', every: null, count: null, interval_n: null, festival: null, month: null, event: null, within_days: null, working_days: null,
  } // prettier-ignore
  if ('every' in rhythm)
    return { ...none, rhythm: 'period', every: rhythm.every, count: rhythm.count, interval_n: rhythm.interval ?? null }
  if ('festival' in rhythm) return { ...none, rhythm: 'festival', festival: rhythm.festival }
  if ('month' in rhythm) return { ...none, rhythm: 'month', month: rhythm.month }
  if ('within_days' in rhythm)
    return { ...none, rhythm: 'event', event: rhythm.of, within_days: rhythm.within_days, working_days: rhythm.working_days } // prettier-ignore
  return 'continuous' in rhythm ? { ...none, rhythm: 'continuous' } : none
}

/** Where counting of every second week or third month begins: the Monday, else the 1st, at or before the plan's first day. */
export function anchorOf(from_on: string, rhythm: Rhythm): string {
  if (!('every' in rhythm) || rhythm.every !== 'week') return `${from_on.slice(0, 7)}-01`
  const day = new Date(`${from_on}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7))
  return day.toISOString().slice(0, 10)
}

export function monthEnd(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
}

export function addDays(on: string, days: number): string {
  return new Date(Date.parse(`${on}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** A task's days: the month, or 14 days before to 7 after its festival, whatever month that is. 元旦 planned in December is next year's. */
export function taskDays(month: string, festival: Festival | null): { due_from: string; due_until: string } {
  if (!festival) return { due_from: `${month}-01`, due_until: monthEnd(month) }
  const year = Number(month.slice(0, 4)) + (festival === 'new_year' && month.endsWith('-12') ? 1 : 0)
  const day = festivalDay(festival, year)
  return { due_from: addDays(day, -14), due_until: addDays(day, 7) }
}

/** The month that a task is planned for, as it was said: a festival's own month, else that of its first day. */
export function taskMonth(task: Pick<PlanTask, 'due_from' | 'festival'>): string {
  return (task.festival ? addDays(task.due_from, 14) : task.due_from).slice(0, 7)
}

interface Where {
  plan_id: string
  unit_id: string
  from_on: string
  until_on: string
}

const rowsOf = {
  goals: (items: PlanItems, plan: Where) =>
    items.goals.map((g, position) => ({ ...g, plan_id: plan.plan_id, position, ...spanColumns(g.span) })),
  measures: (items: PlanItems, plan: Where) =>
    items.measures.map((m, position) => ({ ...m, plan_id: plan.plan_id, position, ...spanColumns(m.span) })),
  duties: (items: PlanItems, plan: Where) => items.duties.map((d, position) => dutyRow(d, plan, position)),
  tasks: (items: PlanItems, plan: Where) =>
    items.tasks.map((t, position) => ({ ...t, plan_id: plan.plan_id, unit_id: plan.unit_id, position, ...spanColumns(t.span) })), // prettier-ignore
}

function dutyRow(duty: PlanDuty, plan: Where, position: number) {
  const { rhythm, ...rest } = duty
  return { ...rest, plan_id: plan.plan_id, position, ...rhythmColumns(rhythm), anchor_on: anchorOf(plan.from_on, rhythm), ...spanColumns(duty.span) } // prettier-ignore
}

function spanColumns(at: readonly [number, number] | null) {
  return { span_from: at?.[0] ?? null, span_until: at?.[1] ?? null }
}

const shapes = {
  goals: 'plan_id uuid, position smallint, text text, indicator text, target numeric, quote text, span_from int, span_until int, issued boolean',
  measures: 'plan_id uuid, position smallint, path text, title text, text text, span_from int, span_until int, issued boolean',
  duties: `plan_id uuid, measure_id uuid, position smallint, title text, kind text, subject text, rhythm text, every text, count smallint, interval_n smallint, festival text, month smallint,
    event text, within_days smallint, working_days boolean, anchor_on date, from_on date, until_on date, responsible text, account_id uuid, pauses_in_holidays boolean, source text, replaces_id uuid,
    ended_reason text, quote text, span_from int, span_until int, issued boolean`,
  tasks: `plan_id uuid, unit_id uuid, measure_id uuid, duty_id uuid, position smallint, title text, kind text, due_from date, due_until date, festival text, responsible text, account_id uuid,
    quote text, span_from int, span_until int, issued boolean`,
} // prettier-ignore
const tables = ['goals', 'measures', 'duties', 'tasks'] as const

/** Makes the stored items equal to `after`; rows that do not differ are left alone. @throws plan_item_gone for ids of another plan */
export async function writeItems(ctx: Ctx, plan: Where, before: PlanItems, after: PlanItems): Promise<void> {
  // Links point from tasks to duties to measures: what goes is taken out in that order, what comes is put in the other way round.
  for (const table of tables.toReversed()) {
    const kept = new Set(after[table].map((item) => item.id))
    const gone = before[table].filter((item) => !kept.has(item.id)).map((item) => item.id)
    if (gone.length > 0 && table === 'measures')
      await ctx.db.count(`update duties set measure_id = null where tenant_id = $1 and measure_id = any ($2::uuid[])`, [
        ctx.tenant,
        gone,
      ])
    if (gone.length > 0) await loosen(ctx, table, gone)
    if (gone.length > 0)
      await ctx.db.count(`delete from ${table} where tenant_id = $1 and plan_id = $2 and id = any ($3::uuid[])`, [
        ctx.tenant,
        plan.plan_id,
        gone,
      ])
  }
  for (const table of tables) {
    const old = new Map(rowsOf[table](before, plan).map((row) => [row.id, JSON.stringify(row)]))
    const rows = rowsOf[table](after, plan).filter((row) => old.get(row.id) !== JSON.stringify(row))
    if (rows.length > 0) await upsert(ctx, table, plan, rows)
  }
}

/** Links to what is about to go. */
async function loosen(ctx: Ctx, table: (typeof tables)[number], gone: string[]): Promise<void> {
  const column = table === 'measures' ? 'measure_id' : table === 'duties' ? 'duty_id' : null
  if (column)
    await ctx.db.count(
      `update tasks set ${column} = null, version = version + 1 where tenant_id = $1 and ${column} = any ($2::uuid[])`,
      [ctx.tenant, gone],
    )
}

async function upsert(ctx: Ctx, table: (typeof tables)[number], plan: Where, rows: unknown[]): Promise<void> {
  const names = shapes[table].split(',').map((part) => part.trim().split(' ')[0]!)
  const extra = table === 'tasks' ? ', created_at, created_by' : table === 'measures' ? '' : ', confirmed'
  const values = table === 'tasks' ? ', $4, $5' : table === 'measures' ? '' : ', true'
  const changed = names.filter((name) => name !== 'plan_id' && name !== 'unit_id')
  const count = await ctx.db.count(
    `insert into ${table} as w (tenant_id, id, ${names.join(', ')}${extra})
     select $1, r.id, ${names.map((name) => `r.${name}`).join(', ')}${values} from jsonb_to_recordset($2::jsonb) as r(id uuid, ${shapes[table]})
      where r.plan_id = $3
     on conflict (tenant_id, id) do update set ${changed.map((name) => `${name} = excluded.${name}`).join(', ')}, version = w.version + 1
      where w.plan_id = $3`,
    [ctx.tenant, JSON.stringify(rows), plan.plan_id, ...(table === 'tasks' ? [ctx.now, ctx.actor.account_id] : [])],
  )
  if (count !== rows.length) throw problem('plan_item_gone')
}

export const noItems: PlanItems = { goals: [], measures: [], duties: [], tasks: [] }
