// The names behind the numbers of plans, and letting one item off. See contract/src/plans.due.ts.
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import { dueCan, type DueItemRow, type dueOps, type DueState, type Waiver } from '@nuanyang/contract/plans.due.ts'
import { groupBit } from '@nuanyang/contract/roles.ts'
import { sql, type RawBuilder } from 'kysely'
import { mustSee, visibleChildren } from '../children/children.access.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { joinedByHash } from '../kernel/db.ts'
import { codeOf } from '../kernel/sentence.ts'
import { problem } from '../kernel/problem.ts'
import { isMine } from '../units/units.access.ts'
import { dueItems, monthSpan, scopeOf, type Scope, type Span } from './plans.scope.ts'

/** The longest span of names: a plan year and the weeks that reach over its ends. */
const mostDays = 400

export async function due(ctx: Ctx, query: Input<typeof dueOps.due>): Promise<Answer<typeof dueOps.due>> {
  const span = spanOf(ctx, query)
  const scope = await scopeOf(ctx, query)
  const limit = query.limit ?? 50
  const full = sql`v.open & ${sql.lit(groupBit('full_name'))} <> 0`
  const words = query.q?.trim()
  // What the reader sees of the name is what is searched.
  const named = words
    ? sql`and v.child_id is not null and exists (select from children c where c.tenant_id = ${ctx.tenant} and c.id = i.child_id
        and (strpos(case when ${full} then c.name else c.given_name end, ${words}) > 0 or ${full} and starts_with(replace(c.pinyin, ' ', ''), ${words.toLowerCase()})))`
    : sql``
  const asked = sql<{ items: DueItemRow[]; more: boolean; total: number; others: number }>`
    with items as materialized (${dueItems(ctx, scope, span)}), v as materialized (${visibleChildren(ctx)}),
    wanted as materialized (
      select i.*, v.child_id is null and i.child_id is not null as hidden, v.open from items i join duties d on d.tenant_id = ${ctx.tenant} and d.id = i.duty_id
        left join v on v.child_id = i.child_id
       where true ${query.kind ? sql`and d.kind = ${query.kind}` : sql``} ${query.duty_id ? sql`and i.duty_id = ${query.duty_id}::uuid` : sql``}
         ${query.state ? sql`and i.state in (${sql.join(query.state)})` : sql``} ${query.late ? sql`and i.late = ${query.late === 'yes'}` : sql``} ${named}),
    page as materialized (
      select w.*, coalesce(c.pinyin, '') as pinyin, case when c.id is null then u.name when w.open & ${sql.lit(groupBit('full_name'))} <> 0 then c.name else c.given_name end as name, d.title, d.kind, u.name as unit_name
        from wanted w join duties d on d.tenant_id = ${ctx.tenant} and d.id = w.duty_id join plans p on p.tenant_id = ${ctx.tenant} and p.id = w.plan_id
        join units u on u.tenant_id = ${ctx.tenant} and u.id = p.unit_id left join children c on c.tenant_id = ${ctx.tenant} and c.id = w.child_id
       where not w.hidden ${after(ctx, query.after)}
       order by pinyin, w.subject_id, w.period_from, w.duty_id, w.ordinal limit ${limit + 1}),
    owner as materialized (${ownersOf(ctx)})
    select (select count(*)::int from wanted) as total, (select count(*)::int from wanted where hidden) as others, (select count(*) from page) > ${limit} as more,
      coalesce((select json_agg(k.shown) from (select json_build_object(
          'duty_id', w.duty_id, 'plan_id', w.plan_id, 'title', w.title, 'kind', w.kind, 'subject_type', w.subject_type, 'subject_id', w.subject_id, 'child_id', w.child_id, 'name', w.name,
          'unit_name', w.unit_name, 'period_from', w.period_from, 'period_until', w.period_until, 'ordinal', w.ordinal, 'state', w.state, 'late', w.late, 'settled_on', w.settled_on, 'certain', w.certain,
          'waiver', case when x.id is not null then json_build_object('id', x.id, 'reason', x.reason, 'by_name', coalesce(b.name, ''), 'on', to_char(x.at at time zone 'Asia/Shanghai', 'YYYY-MM-DD')) end,
          'owner_how', o.how, 'owners', o.names) as shown
        from page w join owner o on o.duty_id = w.duty_id and o.subject_id = w.subject_id and o.on_day = least(w.period_until, ${ctx.today}::date)
        left join waivers x on w.state = 'waived' and x.tenant_id = ${ctx.tenant} and x.duty_id = w.duty_id and x.subject_id = w.subject_id and x.period_from = w.period_from and x.ordinal = w.ordinal and x.lifted_at is null
        left join accounts b on b.id = x.by_account_id
       order by w.pinyin, w.subject_id, w.period_from, w.duty_id, w.ordinal limit ${limit}) as k), '[]') as items`
  const [page] = await joinedByHash(ctx.db, (db) => db.run(asked))
  const { items, more, total, others } = page!
  return { items, next: more ? cursorOf(items.at(-1)!) : null, total, others, as_of: ctx.today }
}

/** Who owes each item of `page`, with names. */
function ownersOf(ctx: Ctx): RawBuilder<unknown> {
  const of = (type: string) => sql`
    select o.* from (select array_agg(w.duty_id) as duties, array_agg(w.subject_id) as subjects, array_agg(least(w.period_until, ${ctx.today}::date)) as days from page w where w.subject_type = ${sql.lit(type)}) as a,
      due_owners(${ctx.tenant}, ${sql.lit(type)}, a.duties, a.subjects, a.days) as o`
  return sql`select distinct o.duty_id, o.subject_id, o.on_day, o.how, (select coalesce(json_agg(distinct n.name), '[]') from (
      select x.name from accounts x where x.id = any (o.account_ids) and cardinality(o.adult_ids) = 0
      union select coalesce(y.name, '') from adults y where y.tenant_id = ${ctx.tenant} and y.id = any (o.adult_ids)) as n)::jsonb as names
    from (${of('child')} union all ${of('pairing')} union all ${of('unit')}) as o`
}

function cursorOf(item: DueItemRow): string {
  return [item.subject_id, item.child_id ?? '', item.period_from, item.duty_id, item.ordinal].join('|')
}

/** The cursor holds ids and days alone: where a name stands is looked up again. */
function after(ctx: Ctx, cursor: string | undefined): RawBuilder<unknown> {
  const [subject, child, period, duty, ordinal] = (cursor ?? '').split('|')
  if (!subject || !period || !duty || !ordinal) return sql``
  const pinyin = sql`coalesce((select b.pinyin from children b where b.tenant_id = ${ctx.tenant} and b.id = ${child || null}::uuid), '')`
  return sql`and (coalesce(c.pinyin, ''), w.subject_id, w.period_from, w.duty_id, w.ordinal) > (${pinyin}, ${subject}::uuid, ${period}::date, ${duty}::uuid, ${Number(ordinal)}::int)`
}

/** The month or the days asked for; without them this month. @throws due_span */
export function spanOf(ctx: Ctx, ask: { month?: string; from?: string; until?: string }): Span {
  if (ask.month) return monthSpan(ask.month)
  if (!ask.from && !ask.until) return monthSpan(ctx.today.slice(0, 7))
  const from = ask.from ?? ask.until!
  const until = ask.until ?? ask.from!
  if (until < from || Date.parse(until) - Date.parse(from) > mostDays * 86_400_000)
    throw problem('due_span', { values: { days: mostDays } })
  return { from, until, month: null }
}

// ── letting off ──

type NewWaiver = Input<typeof dueOps.waive>['body']

export async function waive(ctx: Ctx, { body }: Input<typeof dueOps.waive>): Promise<Waiver> {
  await mustBeMine(ctx, body)
  const state = await stateOf(ctx, body)
  if (state === 'waived') throw problem('waived_already')
  if (state === null || !dueCan.waive({ state })) throw problem('nothing_owed')
  await ctx.db
    .count(
      `insert into waivers (tenant_id, id, duty_id, subject_type, subject_id, period_from, ordinal, reason, by_account_id, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [ctx.tenant, body.id, body.duty_id, body.subject_type, body.subject_id, body.period_from, body.ordinal, body.reason.trim(), ctx.actor.account_id, ctx.now],
    )
    .catch((error: unknown) => {
      // Two people at once: the key is unique.
      throw codeOf(error) === '23505' ? problem('waived_already') : error
    }) // prettier-ignore
  await ctx.audit('plans.waive', body.duty_id, { child_id: body.subject_type === 'child' ? body.subject_id : null })
  return waiver(ctx, { id: body.id })
}

/** The duty is of a plan of the own unit or one below, and the child is one the actor sees. @throws not_found */
async function mustBeMine(ctx: Ctx, key: Pick<NewWaiver, 'duty_id' | 'subject_type' | 'subject_id'>): Promise<void> {
  const found = await ctx.db.maybe<{ path: string; child_id: string | null }>(
    `select u.path, case $3 when 'child' then $4::uuid when 'pairing' then (select x.child_id from pairings x where x.tenant_id = $1 and x.id = $4) end as child_id
       from duties d join plans p on p.tenant_id = $1 and p.id = d.plan_id join units u on u.tenant_id = $1 and u.id = p.unit_id where d.tenant_id = $1 and d.id = $2`,
    [ctx.tenant, key.duty_id, key.subject_type, key.subject_id],
  )
  if (!found || !isMine(ctx, found.path)) throw problem('not_found')
  if (found.child_id) await mustSee(ctx, [found.child_id])
  else if (key.subject_type !== 'unit') throw problem('not_found')
}

async function stateOf(ctx: Ctx, key: NewWaiver): Promise<DueState | null> {
  const ids = { child: [], pairing: [], unit: [], [key.subject_type]: [key.subject_id] } as Record<string, string[]>
  const scope: Scope = {
    duties: [key.duty_id],
    children: ids['child']!,
    pairings: ids['pairing']!,
    units: ids['unit']!,
  }
  const span = { from: key.period_from, until: key.period_from, month: null }
  const [item] = await ctx.db.run(
    sql<{ state: DueState }>`select i.state from (${dueItems(ctx, scope, span)}) as i
      where i.duty_id = ${key.duty_id}::uuid and i.subject_id = ${key.subject_id}::uuid and i.period_from = ${key.period_from}::date and i.ordinal = ${key.ordinal}`,
  )
  return item?.state ?? null
}

export async function lift_waiver(ctx: Ctx, { id }: Input<typeof dueOps.lift_waiver>): Promise<Waiver> {
  const row = await ctx.db.maybe<NewWaiver & { lifted: boolean }>(
    `select duty_id, subject_type, subject_id, lifted_at is not null as lifted from waivers where tenant_id = $1 and id = $2 for update`,
    [ctx.tenant, id],
  )
  if (!row) throw problem('not_found')
  await mustBeMine(ctx, row)
  if (row.lifted) throw problem('waiver_lifted')
  await ctx.db.count(`update waivers set lifted_at = $3, lifted_by = $4 where tenant_id = $1 and id = $2`, [
    ctx.tenant,
    id,
    ctx.now,
    ctx.actor.account_id,
  ])
  await ctx.audit('plans.lift_waiver', id, { child_id: row.subject_type === 'child' ? row.subject_id : null })
  return waiver(ctx, { id })
}

export async function waiver(ctx: Ctx, { id }: { id: string }): Promise<Waiver> {
  const moment = (column: string) => `to_char(w.${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`
  const row = await ctx.db.maybe<Waiver>(
    `select w.id, w.duty_id, w.subject_type, w.subject_id, w.period_from, w.ordinal::int, w.reason, coalesce(a.name, '') as by_name, ${moment('at')} as at, ${moment('lifted_at')} as lifted_at
       from waivers w left join accounts a on a.id = w.by_account_id where w.tenant_id = $1 and w.id = $2`,
    [ctx.tenant, id],
  )
  if (!row) throw problem('not_found')
  await mustBeMine(ctx, row)
  return row
}
