// Whose items a question is about: the duties asked for and the children, pairings and units they may be owed to. `due_items` finds the
// members itself; here only those are gathered who could ever be one, so that it is asked once for all of them.
import { sql, type RawBuilder } from 'kysely'
import { mustSee } from '../children/children.access.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { unitInSubtree } from '../units/units.access.ts'
import { getRow } from './plans.access.ts'

export interface Scope {
  /** null: of every plan. */
  duties: string[] | null
  children: string[]
  pairings: string[]
  units: string[]
}

/** One plan that the actor sees; one unit with everything below it; one child. */
export async function scopeOf(
  ctx: Ctx,
  ask: { plan_id?: string; unit_id?: string; child_id?: string; duty_id?: string; kind?: string },
): Promise<Scope> {
  if (ask.child_id) {
    await mustSee(ctx, [ask.child_id])
    const [row] = await ctx.db.rows<{ pairings: string[] }>(
      `select coalesce(array_agg(p.id), '{}') as pairings from pairings p where p.tenant_id = $1 and p.child_id = $2`,
      [ctx.tenant, ask.child_id],
    )
    const duties = ask.duty_id ? [ask.duty_id] : null
    return { duties, children: [ask.child_id], pairings: row!.pairings, units: [] }
  }
  const plan = ask.plan_id ? await getRow(ctx, ask.plan_id) : null
  const path = plan ? plan.path : (await unitInSubtree(ctx, ask.unit_id ?? ctx.actor.unit_id)).path
  return gather(ctx, path, plan?.id ?? null, ask)
}

export async function gather(
  ctx: Ctx,
  path: string,
  plan_id: string | null,
  ask: { duty_id?: string; kind?: string } = {},
): Promise<Scope> {
  const [row] = await ctx.db.run(sql<Scope>`
    with below as materialized (select u.id from units u where u.tenant_id = ${ctx.tenant} and u.path >= ${path} and u.path < ${`${path}~`}),
    plan as materialized (select p.id, p.unit_id from plans p where p.tenant_id = ${ctx.tenant} and p.state in ('adopted', 'closed')
      and ${plan_id ? sql`p.id = ${plan_id}::uuid` : sql`p.unit_id in (select id from below)`})
    select coalesce((select array_agg(d.id) from duties d join plan p on p.id = d.plan_id where d.tenant_id = ${ctx.tenant}
                 ${ask.duty_id ? sql`and d.id = ${ask.duty_id}::uuid` : sql``} ${ask.kind ? sql`and d.kind = ${ask.kind}` : sql``}), '{}') as duties,
      coalesce((select array_agg(distinct cu.child_id) from below b join child_units cu on cu.tenant_id = ${ctx.tenant} and cu.unit_id = b.id and cu."as" <> 'hukou'), '{}') as children,
      coalesce((select array_agg(p.id) from pairings p left join helpers h on h.tenant_id = ${ctx.tenant} and h.id = p.helper_id
                 where p.tenant_id = ${ctx.tenant} and (p.unit_id in (select id from below) or h.unit_id in (select id from below))), '{}') as pairings,
      coalesce((select array_agg(distinct p.unit_id) from plan p), '{}') as units`)
  return row!
}

export interface Span {
  from: string
  until: string
  /** Only periods that belong to this month. */
  month: string | null
}

/** `select …` of every item of the scope in the span, as of today. */
export function dueItems(
  ctx: Ctx,
  scope: Scope,
  span: Span,
  today = ctx.today,
  /** The children as a query instead of a list. */
  children: RawBuilder<unknown> | null = null,
): RawBuilder<unknown> {
  const of = (type: string, ids: readonly string[] | RawBuilder<unknown>) =>
    sql`select * from due_items(${ctx.tenant}, ${sql.lit(type)}, ${ids}::uuid[], ${span.from}::date, ${span.until}::date, ${today}::date, ${scope.duties}::uuid[], ${span.month}::text)`
  const parts = [
    ...(children ? [of('child', children)] : scope.children.length > 0 ? [of('child', scope.children)] : []),
    ...(scope.pairings.length > 0 ? [of('pairing', scope.pairings)] : []),
    ...(scope.units.length > 0 ? [of('unit', scope.units)] : []),
  ]
  return parts.length > 0 ? sql.join(parts, sql` union all `) : of('unit', [])
}

export function monthSpan(month: string): Span {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return { from: `${month}-01`, until: new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10), month }
}

/** The numbers of a group of items `i`, as columns. */
export const numbers = sql`count(*)::int as owed, count(*) filter (where i.state = 'settled' and not i.late)::int as on_time, count(*) filter (where i.late)::int as late,
  count(*) filter (where i.state = 'waived')::int as waived, count(*) filter (where i.state = 'due')::int as due, count(*) filter (where i.state = 'overdue')::int as overdue`
