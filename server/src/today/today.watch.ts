// 落下的 and 没联系: for whoever answers for people and children below. What is over and not done by the people who owed it, since when; the
// children nobody has been in touch with; a reminder to one or to all.
import type { todayOps, Laggard, QuietChild, QuietUnit } from '@nuanyang/contract/today.ts'
import { quietDays } from '@nuanyang/contract/today.ts'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import { groupBit } from '@nuanyang/contract/roles.ts'
import { sql, type RawBuilder } from 'kysely'
import { linkShown, visibleChildren } from '../children/children.access.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { joinedByHash } from '../kernel/db.ts'
import { passed } from '../kernel/db.ts'
import { problem } from '../kernel/problem.ts'
import { tell, type Told } from '../notices/notices.ts'
import { contactOf, owedNow, ownersOf, subjectsSeen, type SubjectType } from './today.due.ts'

/** What ended this long ago is no longer a matter for a reminder: the plan's page and the rates have it. */
const overDays = 31

/** Items that are over and not done, by the account that owed them; without one when nobody is assigned or reachable. */
interface Lag {
  account_id: string | null
  adult: boolean
  plan_unit_id: string
  child_id: string | null
  items: number
  until_on: string
}

async function lags(ctx: Ctx): Promise<Lag[]> {
  const seen = await subjectsSeen(ctx)
  const out: Lag[] = []
  for (const [type, ids] of [['child', seen.children], ['pairing', seen.pairings]] as const) out.push(...(await lagsOf(ctx, type, ids))) // prettier-ignore
  return out
}

/** The people of today: whoever left is not reminded, and the successor knows what was left. */
async function lagsOf(ctx: Ctx, type: SubjectType, subjects: readonly string[]): Promise<Lag[]> {
  if (subjects.length === 0) return []
  return joinedByHash(ctx.db, (db) =>
    db.rows<Lag>(
      `with over as materialized (
       select i.duty_id, i.subject_id, i.child_id, i.plan_id, count(*)::int as items, min(i.period_until) as until_on
         from due_items($1, $2, $3::uuid[], $4::date - ${overDays}, $4::date, $4::date) as i
        where i.state = 'overdue' and i.period_until >= $4::date - ${overDays} group by i.duty_id, i.subject_id, i.child_id, i.plan_id),
     asked as (select array_agg(o.duty_id) as duties, array_agg(o.subject_id) as subjects, array_agg($4::date) as days from over o)
     select who.account_id, cardinality(w.adult_ids) > 0 as adult, p.unit_id as plan_unit_id, o.child_id, o.items, o.until_on
       from over o join plans p on p.tenant_id = $1 and p.id = o.plan_id
       join (select x.* from asked a, due_owners($1, $2, a.duties, a.subjects, a.days) as x where a.duties is not null) as w
         on w.duty_id = o.duty_id and w.subject_id = o.subject_id
       left join lateral unnest(w.account_ids) as who(account_id) on true`,
      [ctx.tenant, type, subjects, ctx.today],
    ),
  )
}

interface Seat {
  account_id: string
  name: string
  membership_id: string
  unit_id: string
  unit_name: string
}

/** Where these people work below the actor: one seat each, the nearest to the children. */
async function seatsOf(ctx: Ctx, accounts: readonly string[]): Promise<Map<string, Seat>> {
  const rows = await ctx.db.rows<Seat>(
    `select distinct on (m.account_id) m.account_id, a.name, m.id as membership_id, u.id as unit_id, u.name as unit_name
       from memberships m join accounts a on a.id = m.account_id and a.disabled_at is null join units u on u.tenant_id = $1 and u.id = m.unit_id
      where m.tenant_id = $1 and m.account_id = any($2::uuid[]) and m.from_on <= $3::date and (m.until_on is null or m.until_on > $3::date)
        and m.role not in ('administrator', 'security_officer', 'auditor')
      order by m.account_id, u.path >= $4 and u.path < $4 || '~' desc, u.depth desc, m.id`,
    [ctx.tenant, accounts, ctx.today, ctx.actor.unit_path],
  )
  return new Map(rows.map((row) => [row.account_id, row]))
}

interface Behind extends Laggard {
  membership_id: string | null
}

/** The actor's own is on their own list. */
async function behind(ctx: Ctx): Promise<Behind[]> {
  const all = (await lags(ctx)).filter((lag) => lag.account_id !== ctx.actor.account_id)
  const seats = await seatsOf(ctx, [...new Set(all.flatMap((lag) => lag.account_id ?? []))])
  const unitNames = await namesOf(ctx, [...new Set(all.map((lag) => lag.plan_unit_id))])
  const told = await toldToday(ctx)
  const groups = Map.groupBy(all, (lag) => (lag.account_id && seats.has(lag.account_id) ? lag.account_id : `${lag.adult ? 'helpers' : 'nobody'} of ${lag.plan_unit_id}`)) // prettier-ignore
  return [...groups].map(([key, lag]): Behind => {
    const seat = seats.get(key)
    const unit_id = seat?.unit_id ?? lag[0]!.plan_unit_id
    return {
      account_id: seat?.account_id ?? null,
      assigned: seat !== undefined || lag[0]!.adult,
      membership_id: seat?.membership_id ?? null,
      name: seat?.name ?? null,
      unit_id,
      unit_name: seat?.unit_name ?? unitNames.get(unit_id) ?? '',
      children: new Set(lag.map((one) => one.child_id)).size,
      items: lag.reduce((sum, one) => sum + one.items, 0),
      since_on: lag.reduce((least, one) => (one.until_on < least ? one.until_on : least), ctx.today),
      reminded: seat ? told.has(seat.membership_id) : false,
    }
  }).toSorted((a, b) => (a.since_on < b.since_on ? -1 : a.since_on > b.since_on ? 1 : b.items - a.items))
} // prettier-ignore

async function namesOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await ctx.db.rows<{ id: string; name: string }>(
    `select id, name from units where tenant_id = $1 and id = any($2::uuid[])`,
    [ctx.tenant, ids],
  )
  return new Map(rows.map((row) => [row.id, row.name]))
}

const once = (ctx: Ctx) => `${ctx.today} ${ctx.actor.account_id}`

async function toldToday(ctx: Ctx): Promise<Set<string>> {
  const rows = await ctx.db.rows<{ membership_id: string }>(
    `select membership_id from notices where tenant_id = $1 and kind = 'reminder' and once = $2`,
    [ctx.tenant, once(ctx)],
  )
  return new Set(rows.map((row) => row.membership_id))
}

const mostShown = 100

export async function lagging(ctx: Ctx, _input: Input<typeof todayOps.lagging>): Promise<Answer<typeof todayOps.lagging>> {
  const all = await behind(ctx)
  return { items: all.slice(0, mostShown).map(({ membership_id: _seat, ...shown }) => shown), total: all.length }
} // prettier-ignore

export async function remind(ctx: Ctx, { body }: Input<typeof todayOps.remind>): Promise<Answer<typeof todayOps.remind>> {
  const people = 'duty_id' in body ? await owing(ctx, body.duty_id) : await behind(ctx)
  const wanted = 'account_ids' in body ? people.filter((one) => one.account_id && body.account_ids.includes(one.account_id)) : people // prettier-ignore
  if (wanted.length === 0) throw problem('nobody_owes')
  const reachable = wanted.filter((one) => one.membership_id !== null)
  const notices = reachable.map((one): Told => ({
    membership_id: one.membership_id!,
    kind: 'reminder',
    numbers: { children: one.children, overdue: 'duty_id' in body ? 0 : one.items },
    once: once(ctx),
  }))
  const told = new Set(await tell(ctx, notices))
  if (told.size > 0) await ctx.audit('today.remind', 'duty_id' in body ? body.duty_id : null)
  const named = (was: boolean) => reachable.filter((one) => told.has(one.membership_id!) === was).map((one) => one.name!) // prettier-ignore
  return { told: named(true), already: named(false), unreachable: wanted.length - reachable.length }
} // prettier-ignore

/** Who still owes an item of one duty, of children within sight. */
async function owing(ctx: Ctx, dutyId: string): Promise<Pick<Behind, 'account_id' | 'membership_id' | 'name' | 'children' | 'items'>[]> {
  const seen = await subjectsSeen(ctx)
  const by = new Map<string, Set<string>>()
  for (const [type, ids] of [['child', seen.children], ['pairing', seen.pairings], ['unit', [ctx.actor.unit_id]]] as const) {
    const owed = (await owedNow(ctx, type, ids)).filter((one) => one.duty_id === dutyId)
    const owners = await ownersOf(ctx, type, owed)
    owed.forEach((one, n) => {
      for (const account of owners[n]!.account_ids.length > 0 ? owners[n]!.account_ids : [''])
        if (account !== ctx.actor.account_id) by.set(account, (by.get(account) ?? new Set<string>()).add(one.subject_id))
    })
  }
  const seats = await seatsOf(ctx, [...by.keys()].filter(Boolean))
  return [...by].map(([account, subjects]) => {
    const seat = seats.get(account)
    return { account_id: seat?.account_id ?? null, membership_id: seat?.membership_id ?? null, name: seat?.name ?? null, children: subjects.size, items: subjects.size } // prettier-ignore
  })
} // prettier-ignore

/** Registered children within sight with their last contact; the statement goes on from `q`. */
const quietChildren = (ctx: Ctx): RawBuilder<unknown> => sql`
  v as materialized (${visibleChildren(ctx)}),
  q as materialized (
    select c.id, c.pinyin, c.name, c.given_name, v.open, v.masked, l.kind, l.happened_on, (${ctx.today}::date - coalesce(l.happened_on, c.registered_on))::int as days
      from v join children c on c.tenant_id = ${ctx.tenant} and c.id = v.child_id left join lateral (${contactOf(ctx, true)}) as l on true
     where c.status = 'registered')`

export async function quiet(ctx: Ctx, _input: Input<typeof todayOps.quiet>): Promise<Answer<typeof todayOps.quiet>> {
  const [few, more, most] = quietDays
  const counts = sql`(count(distinct q.id) filter (where q.days >= ${few}))::int as d14, (count(distinct q.id) filter (where q.days >= ${more}))::int as d30, (count(distinct q.id) filter (where q.days >= ${most}))::int as d60` // prettier-ignore
  const rows = await ctx.db.run(sql<QuietUnit & { unit_id: string | null }>`
    with ${quietChildren(ctx)},
    here as (select u.id, u.path, u.depth from units u where u.tenant_id = ${ctx.tenant} and u.id = ${ctx.actor.unit_id}::uuid)
    select null::uuid as unit_id, '' as unit_name, ${counts} from q
    union all
    (select x.id, x.name, ${counts}
       from q join child_units cu on cu.tenant_id = ${ctx.tenant} and cu.child_id = q.id and (cu.until_on is null or cu.until_on > ${ctx.today}::date) and cu."as" in ('residence', 'class')
       join units w on w.tenant_id = ${ctx.tenant} and w.id = cu.unit_id cross join here h
       join units x on x.tenant_id = ${ctx.tenant} and x.parent_id = h.id and w.path >= x.path and w.path < x.path || '~'
      where q.days >= ${few} group by x.id, x.name, x.pinyin order by count(distinct q.id) desc, x.pinyin limit 60)`)
  const [all, ...units] = rows
  return { d14: all!.d14, d30: all!.d30, d60: all!.d60, units }
}

export async function quiet_children(
  ctx: Ctx,
  query: Input<typeof todayOps.quiet_children>,
): Promise<Answer<typeof todayOps.quiet_children>> {
  const limit = query.limit ?? 50
  const inUnit = query.unit_id
    ? sql`and exists (select from child_units cu join units u on u.tenant_id = ${ctx.tenant} and u.id = cu.unit_id join units w on w.tenant_id = ${ctx.tenant} and w.id = ${query.unit_id}::uuid
        where cu.tenant_id = ${ctx.tenant} and cu.child_id = q.id and (cu.until_on is null or cu.until_on > ${ctx.today}::date) and cu."as" in ('residence', 'class') and u.path >= w.path and u.path < w.path || '~')`
    : sql``
  const [row] = await ctx.db.run(sql<{ page: string }>`
    with ${quietChildren(ctx)},
    hit as materialized (select q.* from q where q.days >= ${query.days} ${inUnit}),
    page as (select * from hit where ${query.after ? sql`(-hit.days, hit.id) > (select -a.days, a.id from hit a where a.id = ${query.after}::uuid)` : sql`true`} order by -days, id limit ${limit + 1}),
    kept as (select * from page order by -days, id limit ${limit})
    select json_build_object('items', coalesce((select json_agg(json_build_object('id', v.id,
        'name', case when v.open & ${sql.lit(groupBit('full_name'))} <> 0 then v.name else v.given_name end,
        'unit_name', (select u.name from child_units cu join units u on u.tenant_id = ${ctx.tenant} and u.id = cu.unit_id where cu.tenant_id = ${ctx.tenant} and cu.child_id = v.id and cu."as" = 'residence' and cu.until_on is null and ${linkShown(ctx)}),
        'last_contact', case when v.kind is not null then json_build_object('kind', v.kind, 'on', v.happened_on) end, 'quiet_days', v.days) order by -v.days, v.id) from kept as v), '[]'),
      'next', case when (select count(*) from page) > ${limit} then (select id from kept order by -days desc, id desc limit 1) end,
      'total', (select count(*) from hit))::text as page`)
  return passed<{ items: QuietChild[]; next: string | null; total: number }>(row!.page)
}
