// due_months: the numbers of months that are over, kept so that a county's term need not be counted again. What is entered late, let off or
// taken back changes them, so the clock counts all closed months of plans under way anew every night; a test holds them equal to due_items.
import { sql } from 'kysely'
import type { Ctx } from '../kernel/ctx.ts'
import { joinedByHash } from '../kernel/db.ts'
import type { ClockLine, Jobs } from '../kernel/jobs.ts'
import { gather, monthSpan, numbers, dueItems, type Scope } from './plans.scope.ts'

/** A month's last period ends at most a week after it (a festival on its last day). */
export function isClosedMonth(month: string, today: string): boolean {
  const last = monthSpan(month).until
  return new Date(Date.parse(last) + 8 * 86_400_000).toISOString().slice(0, 10) <= today
}

/** SQL over duty `d` and plan `p`: does it hold in some day of the month that `month` names? */
export const heldIn = (month: string) =>
  `d.rhythm in ('period', 'festival', 'month', 'event') and greatest(d.from_on, p.from_on, p.adopted_on) <= (to_date(${month}, 'YYYY-MM') + interval '1 month - 1 day')::date and least(d.until_on, p.until_on, p.closed_on) >= to_date(${month}, 'YYYY-MM')`

/** Children of so many at a time: what one statement holds in memory stays small. */
const atOnce = 5000

export const monthClock: readonly ClockLine[] = [
  // 02:40 in Shanghai
  { task: 'plans.keep_months', match: '40 18 * * *' },
]

export const monthJobs: Jobs = {
  'plans.keep_months': async (run) => {
    const months = await run.step(closedMonths)
    for (const month of months) await run.step((ctx) => keepMonth(ctx, month))
    // Taken for empty, the table that was just filled would be read whole for each duty of each month.
    await run.step((ctx) => ctx.db.rows('select app_analyze_grown()'))
  },
}

/** Months that are over, of every plan under way and of plans that ended within the last half year. */
export async function closedMonths(ctx: Ctx): Promise<string[]> {
  const rows = await ctx.db.rows<{ month: string }>(
    `select distinct to_char(m, 'YYYY-MM') as month from plans p,
            generate_series(date_trunc('month', greatest(p.from_on, p.adopted_on)::timestamp), least(p.until_on, p.closed_on, $2::date), '1 month') as m
      where p.tenant_id = $1 and p.state in ('adopted', 'closed') and least(p.until_on, p.closed_on) >= $2::date - 183 order by month`,
    [ctx.tenant, ctx.today],
  )
  return rows.map(({ month }) => month).filter((month) => isClosedMonth(month, ctx.today))
}

/** Counts one month anew for the whole county. */
export async function keepMonth(ctx: Ctx, month: string): Promise<void> {
  const county = await ctx.db.maybe<{ path: string }>(
    `select path from units where tenant_id = $1 and kind = 'county'`,
    [ctx.tenant],
  )
  if (!county) return
  const all = await gather(ctx, county.path, null)
  await ctx.db.rows(`select set_config('work_mem', '64MB', true)`)
  const sums = new Map<string, MonthSum>()
  for (const part of parts(all))
    for (const row of await joinedByHash(ctx.db, (db) =>
      db.run(sql<MonthSum>`
      select i.duty_id, count(distinct i.subject_id)::int as subjects, ${numbers} from (${dueItems(ctx, part, monthSpan(month))}) as i group by i.duty_id`),
    ))
      sums.set(row.duty_id, added(sums.get(row.duty_id), row))
  await ctx.db.count(`delete from due_months where tenant_id = $1 and month = $2`, [ctx.tenant, month])
  // Also of a duty that nobody was owed: a row says that the month was counted.
  await ctx.db.count(
    `insert into due_months (tenant_id, id, duty_id, unit_id, month, subjects, owed, on_time, late, waived, overdue, computed_at)
     select $1::text, md5($1 || d.id::text || $2)::uuid, d.id, p.unit_id, $2, coalesce(s.subjects, 0), coalesce(s.owed, 0), coalesce(s.on_time, 0), coalesce(s.late, 0), coalesce(s.waived, 0), coalesce(s.overdue, 0), $4
       from duties d join plans p on p.tenant_id = $1 and p.id = d.plan_id
       left join jsonb_to_recordset($3::jsonb) as s(duty_id uuid, subjects int, owed int, on_time int, late int, waived int, overdue int) on s.duty_id = d.id
      where d.tenant_id = $1 and d.id = any ($5::uuid[]) and (s.duty_id is not null or ${heldIn('$2')})`,
    [ctx.tenant, month, JSON.stringify([...sums.values()]), ctx.now, all.duties],
  )
}

interface MonthSum {
  duty_id: string
  subjects: number
  owed: number
  on_time: number
  late: number
  waived: number
  overdue: number
}

function added(a: MonthSum | undefined, b: MonthSum): MonthSum {
  if (!a) return b
  return {
    duty_id: b.duty_id,
    subjects: a.subjects + b.subjects,
    owed: a.owed + b.owed,
    on_time: a.on_time + b.on_time,
    late: a.late + b.late,
    waived: a.waived + b.waived,
    overdue: a.overdue + b.overdue,
  }
}

function parts(all: Scope): Scope[] {
  const none = { duties: all.duties, children: [], pairings: [], units: [] }
  const chunks = Array.from({ length: Math.ceil(all.children.length / atOnce) }, (_, n) => ({
    ...none,
    children: all.children.slice(n * atOnce, (n + 1) * atOnce),
  }))
  return [...chunks, { ...none, pairings: all.pairings, units: all.units }]
}
