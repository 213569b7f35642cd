// How far plans have come: duties × months of one plan, and units × kinds for whoever answers for several. Numbers count every subject of
// a plan, whoever asks; the names behind them are in plans.due.ts.
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import type { DueNumbers, dueOps } from '@nuanyang/contract/plans.due.ts'
import { festivalsOf } from '@nuanyang/domain/festivals.ts'
import { sql } from 'kysely'
import type { Ctx } from '../kernel/ctx.ts'
import { joinedByHash } from '../kernel/db.ts'
import { problem } from '../kernel/problem.ts'
import { unitInSubtree } from '../units/units.access.ts'
import { getRow, type PlanRow } from './plans.access.ts'
import { goalRates } from './plans.rates.ts'
import { heldIn, isClosedMonth } from './plans.months.jobs.ts'
import { dueItems, gather, monthSpan, numbers, type Scope } from './plans.scope.ts'

type Progress = Answer<typeof dueOps.progress>
type Cell = Progress['duties'][number]['months'][number]
interface MonthRow extends DueNumbers {
  duty_id: string
  month: string
  subjects: number
}

/** More children than this, and closed months are read from their roll-up instead of being counted again. */
const countedDirectly = 2000

export async function progress(ctx: Ctx, { id }: Input<typeof dueOps.progress>): Promise<Progress> {
  const plan = await getRow(ctx, id)
  const kept = plan.state === 'closed' ? await keptAtClosing(ctx, id) : null
  if (kept) return kept
  const planned = monthsOf(plan.from_on, plan.until_on)
  const begun = planned.filter((month) => month <= ctx.today.slice(0, 7))
  const scope = await gather(ctx, plan.path, plan.id)
  const rows = begun.length > 0 ? await monthRows(ctx, scope, begun) : []
  // A quarter that has begun stands under its last month, perhaps beyond today and even beyond the plan.
  const months = [...new Set([...planned, ...rows.map(({ month }) => month)])].toSorted((a, b) => (a < b ? -1 : 1))
  const duties = await dutiesOf(ctx, plan)
  return {
    as_of: ctx.today,
    months: months.map((month) => ({ month, festivals: festivalsIn(month) })),
    duties: duties.map(({ duty_id, last_on }) => {
      const own = rows.filter((row) => row.duty_id === duty_id)
      return { duty_id, ...sumOf(own), last_on, months: own.map(({ duty_id: _of, ...cell }): Cell => cell) }
    }),
    goals: await goalRates(ctx, plan),
    calendar_missing: await missingYear(ctx, plan),
  }
}

/** A closed plan shows the numbers of the day it closed: what is entered later changes them no more. */
async function keptAtClosing(ctx: Ctx, id: string): Promise<Progress | null> {
  const row = await ctx.db.maybe<{ kept: Progress }>(
    `select closing as kept from plans where tenant_id = $1 and id = $2 and closing ? 'as_of'`,
    [ctx.tenant, id],
  )
  if (!row) return null
  const { as_of, months, duties, goals } = row.kept
  return { as_of, months, duties, goals, calendar_missing: null }
}

/** Numbers per duty and month; the last live month takes what stands under later months as well. */
async function monthRows(ctx: Ctx, scope: Scope, months: readonly string[]): Promise<MonthRow[]> {
  const { kept, live } = await partedMonths(ctx, scope, months)
  const rows: MonthRow[] = []
  if (kept.length > 0)
    rows.push(
      ...(await ctx.db.rows<MonthRow>(
        `select duty_id, month, subjects, owed, on_time, late, waived, 0 as due, overdue from due_months
          where tenant_id = $1 and duty_id = any ($2::uuid[]) and month = any ($3::text[]) and owed > 0`,
        [ctx.tenant, scope.duties, kept],
      )),
    )
  if (live.length > 0) {
    await giveRoom(ctx)
    const span = { from: monthSpan(live[0]!).from, until: monthSpan(live.at(-1)!).until, month: null }
    rows.push(
      ...(await joinedByHash(ctx.db, (db) =>
        db.run(sql<MonthRow>`
        select i.duty_id, i.month, count(distinct i.subject_id)::int as subjects, ${numbers} from (${dueItems(ctx, scope, span)}) as i
         where (i.month = any (${live}::text[]) or i.month > ${months.at(-1)!}) and i.period_from <= ${ctx.today}::date group by i.duty_id, i.month`),
      )),
    )
  }
  return rows.toSorted((a, b) => (a.month < b.month ? -1 : 1))
}

/**
 * Of many children, months that are over come from `due_months`, as long as every duty of then has its row there: a plan adopted for past
 * months has none before the next night.
 */
async function partedMonths(
  ctx: Ctx,
  scope: Scope,
  months: readonly string[],
): Promise<{ kept: string[]; live: string[]; kept_on: string | null }> {
  const closed =
    scope.children.length > countedDirectly ? months.filter((month) => isClosedMonth(month, ctx.today)) : []
  if (closed.length === 0) return { kept: [], live: [...months], kept_on: null }
  const rows = await ctx.db.rows<{ month: string; kept_on: string }>(
    `select m.month, to_char(k.kept_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as kept_on
       from unnest($3::text[]) as m(month)
       cross join lateral (select min(x.computed_at) as kept_at from due_months x where x.tenant_id = $1 and x.month = m.month and x.duty_id = any ($2::uuid[])) as k
      where k.kept_at is not null and not exists (
        select from duties d join plans p on p.tenant_id = $1 and p.id = d.plan_id
         where d.tenant_id = $1 and d.id = any ($2::uuid[]) and ${heldIn('m.month')}
           and not exists (select from due_months x where x.tenant_id = $1 and x.duty_id = d.id and x.month = m.month))`,
    [ctx.tenant, scope.duties, closed],
  )
  const kept = rows.map(({ month }) => month)
  const days = rows.map(({ kept_on }) => kept_on).toSorted((a, b) => (a < b ? -1 : 1))
  return { kept, live: months.filter((month) => !kept.includes(month)), kept_on: days[0] ?? null }
}

/** What a county's month holds in between is tens of megabytes: it stays in memory, in this transaction alone. */
async function giveRoom(ctx: Ctx): Promise<void> {
  await ctx.db.rows(`select set_config('work_mem', '64MB', true)`)
}

/** The plan's duties in their order; of those without periods, when they were last done. */
async function dutiesOf(ctx: Ctx, plan: PlanRow): Promise<{ duty_id: string; last_on: string | null }[]> {
  return ctx.db.rows(
    `select d.id as duty_id, case when d.rhythm = 'continuous' then (
         select max(r.happened_on) from units u join records r on r.tenant_id = $1 and r.subject_unit_id = u.id and r.kind = d.kind
          where u.tenant_id = $1 and u.path >= $3 and u.path < $3 || '~' and r.counts and not r.draft and r.withdrawn_at is null and r.happened_on between d.from_on and $4::date) end as last_on
       from duties d where d.tenant_id = $1 and d.plan_id = $2 order by d.position, d.from_on, d.id`,
    [ctx.tenant, plan.id, plan.path, ctx.today],
  )
}

/** “2027—2028 学年” when a duty goes by terms and the plan reaches beyond the last one known. */
async function missingYear(ctx: Ctx, plan: PlanRow): Promise<string | null> {
  const row = await ctx.db.maybe<{ last_on: string | null }>(
    `select (select max(t.until_on) from unit_terms($1, array[$3::uuid]) as t) as last_on
      where exists (select from duties d where d.tenant_id = $1 and d.plan_id = $2 and (d.every = 'term' or d.pauses_in_holidays))`,
    [ctx.tenant, plan.id, plan.unit_id],
  )
  if (!row || (row.last_on !== null && row.last_on >= plan.until_on)) return null
  // The autumn term after the last known one, or the one in which the plan begins.
  const year = row.last_on === null ? schoolYearOf(plan.from_on) : schoolYearOf(row.last_on) + (row.last_on.slice(5) < '03' ? 0 : 1) // prettier-ignore
  return `${year}—${year + 1}`
}

const schoolYearOf = (day: string) => Number(day.slice(0, 4)) - (day.slice(5) < '08' ? 1 : 0)

type Completion = Answer<typeof dueOps.completion>

export async function completion(ctx: Ctx, query: Input<typeof dueOps.completion>): Promise<Completion> {
  const months = monthsOf(`${query.from_month}-01`, `${query.until_month}-01`)
  if (months.length === 0 || months.length > 24) throw problem('due_span', { values: { days: 730 } })
  const unit = await unitInSubtree(ctx, query.unit_id ?? ctx.actor.unit_id)
  const scope = await gather(ctx, unit.path, null)
  const { rows, kept_on } =
    scope.duties!.length > 0 ? await completionRows(ctx, scope, months) : { rows: [], kept_on: null }
  const plans = await ctx.db.rows<{ plan_id: string; unit_id: string; unit_name: string; unit_kind: string; kinds: Record<string, string> }>(
    `select p.id as plan_id, u.id as unit_id, u.name as unit_name, u.kind as unit_kind, json_object_agg(d.id, d.kind) as kinds
       from duties d join plans p on p.tenant_id = $1 and p.id = d.plan_id join units u on u.tenant_id = $1 and u.id = p.unit_id
      where d.tenant_id = $1 and d.id = any ($2::uuid[]) group by p.id, u.id, u.name, u.kind, u.path, p.from_on order by u.path, p.from_on, p.id`,
    [ctx.tenant, scope.duties],
  ) // prettier-ignore
  return {
    as_of: ctx.today,
    kept_on,
    units: plans.flatMap(({ kinds, ...plan }) => {
      const own = rows.filter((row) => row.duty_id in kinds)
      if (own.length === 0) return []
      const byKind = Map.groupBy(own, (row) => kinds[row.duty_id]!)
      const cells = [...byKind].map(([kind, list]) => ({ kind: kind as Completion['units'][number]['cells'][number]['kind'], ...sumOf(list) })) // prettier-ignore
      const since = own.flatMap((row) => (row.since ? [row.since] : [])).toSorted((a, b) => (a < b ? -1 : 1))[0]
      return [{ ...plan, cells, ...sumOf(own), overdue_since: since ?? null }]
    }),
  }
}

interface CompletionRow extends DueNumbers {
  duty_id: string
  since: string | null
}

async function completionRows(
  ctx: Ctx,
  scope: Scope,
  months: readonly string[],
): Promise<{ rows: CompletionRow[]; kept_on: string | null }> {
  const { kept, live, kept_on } = await partedMonths(ctx, scope, months)
  const rows: CompletionRow[] = []
  if (kept.length > 0)
    rows.push(
      ...(await ctx.db.rows<CompletionRow>(
        `select duty_id, sum(owed)::int as owed, sum(on_time)::int as on_time, sum(late)::int as late, sum(waived)::int as waived, 0 as due, sum(overdue)::int as overdue,
                min(month) filter (where overdue > 0) as since
           from due_months where tenant_id = $1 and duty_id = any ($2::uuid[]) and month = any ($3::text[]) group by duty_id having sum(owed) > 0`,
        [ctx.tenant, scope.duties, kept],
      )),
    )
  if (live.length > 0) {
    await giveRoom(ctx)
    // One month is asked for by its name: the year's periods then cost nothing.
    const span =
      live.length === 1
        ? monthSpan(live[0]!)
        : { from: monthSpan(live[0]!).from, until: monthSpan(live.at(-1)!).until, month: null }
    rows.push(
      ...(await joinedByHash(ctx.db, (db) =>
        db.run(sql<CompletionRow>`
        select i.duty_id, ${numbers}, min(i.period_until) filter (where i.state = 'overdue')::text as since from (${dueItems(ctx, scope, span)}) as i
         where i.month = any (${live}::text[]) and i.period_from <= ${ctx.today}::date group by i.duty_id`),
      )),
    )
  }
  return { rows, kept_on }
}

function sumOf(rows: readonly DueNumbers[]): DueNumbers {
  const of = (key: keyof DueNumbers) => rows.reduce((sum, row) => sum + row[key], 0)
  return {
    owed: of('owed'),
    on_time: of('on_time'),
    late: of('late'),
    waived: of('waived'),
    due: of('due'),
    overdue: of('overdue'),
  }
}

/** Months from the one of a day to the one of another, both included. */
export function monthsOf(from: string, until: string): string[] {
  const number = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1
  return Array.from({ length: Math.max(0, number(until) - number(from) + 1) }, (_, n) => {
    const month = number(from) + n
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`
  })
}

function festivalsIn(month: string) {
  return festivalsOf(Number(month.slice(0, 4)))
    .filter(({ day }) => day.startsWith(month))
    .map(({ festival, day }) => ({ festival, on_day: day }))
}
