// How far plans have come: duties × months of one plan, and units × kinds for whoever answers for several. Numbers count every subject of
// a plan, whoever asks; the names behind them are in plans.due.ts.
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import type { DueNumbers, dueOps } from '@nuanyang/contract/plans.due.ts'
import { festivalsOf } from '@nuanyang/domain/festivals.ts'
import { sql } from 'kysely'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'
import { unitInSubtree } from '../units/units.access.ts'
import { getRow, type PlanRow } from './plans.access.ts'
import { goalRates } from './plans.rates.ts'
import { isClosedMonth } from './plans.months.jobs.ts'
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

/** Numbers per duty and month. Of many children the closed months come from `due_months`. */
export async function monthRows(ctx: Ctx, scope: Scope, months: readonly string[]): Promise<MonthRow[]> {
  const kept = scope.children.length > countedDirectly ? months.filter((month) => isClosedMonth(month, ctx.today)) : []
  const live = months.filter((month) => !kept.includes(month))
  const rows: MonthRow[] = []
  if (kept.length > 0)
    rows.push(
      ...(await ctx.db.rows<MonthRow>(
        `select duty_id, month, subjects, owed, on_time, late, waived, 0 as due, overdue from due_months
          where tenant_id = $1 and duty_id = any ($2::uuid[]) and month = any ($3::text[])`,
        [ctx.tenant, scope.duties, kept],
      )),
    )
  if (live.length > 0) {
    const span = { from: monthSpan(live[0]!).from, until: monthSpan(live.at(-1)!).until, month: null }
    rows.push(
      ...(await ctx.db.run(sql<MonthRow>`
        select i.duty_id, i.month, count(distinct i.subject_id)::int as subjects, ${numbers} from (${dueItems(ctx, scope, span)}) as i
         where i.month >= ${live[0]!} and i.period_from <= ${ctx.today}::date group by i.duty_id, i.month`)),
    )
  }
  return rows.toSorted((a, b) => (a.month < b.month ? -1 : 1))
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
  const rows = scope.duties!.length > 0 ? await completionRows(ctx, scope, months) : []
  const plans = await ctx.db.rows<{ plan_id: string; unit_id: string; unit_name: string; unit_kind: string; kinds: Record<string, string> }>(
    `select p.id as plan_id, u.id as unit_id, u.name as unit_name, u.kind as unit_kind, json_object_agg(d.id, d.kind) as kinds
       from duties d join plans p on p.tenant_id = $1 and p.id = d.plan_id join units u on u.tenant_id = $1 and u.id = p.unit_id
      where d.tenant_id = $1 and d.id = any ($2::uuid[]) group by p.id, u.id, u.name, u.kind, u.path, p.from_on order by u.path, p.from_on, p.id`,
    [ctx.tenant, scope.duties],
  ) // prettier-ignore
  return {
    as_of: ctx.today,
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

async function completionRows(ctx: Ctx, scope: Scope, months: readonly string[]): Promise<CompletionRow[]> {
  const kept = scope.children.length > countedDirectly ? months.filter((month) => isClosedMonth(month, ctx.today)) : []
  const live = months.filter((month) => !kept.includes(month))
  const rows: CompletionRow[] = []
  if (kept.length > 0)
    rows.push(
      ...(await ctx.db.rows<CompletionRow>(
        `select duty_id, sum(owed)::int as owed, sum(on_time)::int as on_time, sum(late)::int as late, sum(waived)::int as waived, 0 as due, sum(overdue)::int as overdue,
                min(month) filter (where overdue > 0) as since
           from due_months where tenant_id = $1 and duty_id = any ($2::uuid[]) and month = any ($3::text[]) group by duty_id`,
        [ctx.tenant, scope.duties, kept],
      )),
    )
  if (live.length > 0) {
    const span = { from: monthSpan(live[0]!).from, until: monthSpan(live.at(-1)!).until, month: null }
    rows.push(
      ...(await ctx.db.run(sql<CompletionRow>`
        select i.duty_id, ${numbers}, min(i.period_until) filter (where i.state = 'overdue')::text as since from (${dueItems(ctx, scope, span)}) as i
         where i.month = any (${live}::text[]) and i.period_from <= ${ctx.today}::date group by i.duty_id`)),
    )
  }
  return rows
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
