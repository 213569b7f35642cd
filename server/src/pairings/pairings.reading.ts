// Pairings as one reader sees them: the list, one with its steps, and the helper's own.
import type { OwnPairing, pairingOps, PairingDetail } from '@nuanyang/contract/pairings.ts'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import { groupBit } from '@nuanyang/contract/roles.ts'
import { sql, type RawBuilder } from 'kysely'
import { visibleChildren } from '../children/children.access.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { passed } from '../kernel/db.ts'
import { problem } from '../kernel/problem.ts'
import { fullName, known, lasting, own, seenPairings } from './pairings.access.ts'

const address = sql.lit(groupBit('address'))
const notes = sql.lit(groupBit('case_notes'))

/** The keys of one pairing, to stand in a json_build_object; `id` first, so that a replay finds it. */
const pairingKeys = (ctx: Ctx): RawBuilder<unknown> => sql`
  'id', p.id, 'child_id', p.child_id, 'child_name', case when v.open & ${fullName} <> 0 then c.name else c.given_name end,
  'helper_id', p.helper_id, 'helper_name', case when p.helper_id is not null then coalesce(a.name, '') when vb.open & ${fullName} <> 0 then b.name when vb.child_id is not null then b.given_name else '' end,
  'helper_kind', h.kind,
  'helper_account', case when v.open & ${fullName} <> 0 then (select x.username from memberships m join accounts x on x.id = m.account_id where m.tenant_id = ${ctx.tenant} and m.adult_id = h.adult_id limit 1) end,
  'buddy_child_id', case when vb.child_id is not null then p.buddy_child_id end,
  'unit_name', case when (v.open | v.masked) & ${address} <> 0 then u.name end, 'term', p.term, 'form', p.form, 'goals', to_json(p.goals), 'measures', p.measures,
  'contact_how', p.contact_how, 'next_contact_on', p.next_contact_on, 'from_on', p.from_on, 'planned_until_on', p.planned_until_on, 'until_on', p.until_on,
  'ended_reason', p.ended_reason, 'ended_note', case when v.open & ${fullName} <> 0 then p.ended_note end, 'stands_in_for_id', p.stands_in_for_id, 'replaces_id', p.replaces_id,
  'over_limit_reason', case when v.open & ${fullName} <> 0 then p.over_limit_reason end,
  'signed_on', (select max(s.on_day) from pairing_steps s where s.tenant_id = ${ctx.tenant} and s.pairing_id = p.id and s.step = 'signed'),
  'version', p.version`

type Listed = Input<typeof pairingOps.list>

/** SQL: the filters of a list over `seenPairings`. */
function filtered(ctx: Ctx, query: Listed): RawBuilder<unknown> {
  const today = sql`${ctx.today}::date`
  const words = query.q?.trim()
  const state = query.state ?? 'current'
  return sql`${known(ctx)}
    ${query.child_id ? sql`and p.child_id = ${query.child_id}::uuid` : sql``}
    ${query.helper_id ? sql`and p.helper_id = ${query.helper_id}::uuid` : sql``}
    ${query.kind === 'buddy' ? sql`and p.buddy_child_id is not null` : query.kind ? sql`and h.kind = ${query.kind}` : sql``}
    ${words ? sql`and (v.open & ${fullName} <> 0 and (position(${words} in c.name) > 0 or starts_with(c.initials, lower(${words}))) or position(${words} in a.name) > 0 or starts_with(a.initials, lower(${words})))` : sql``}
    ${state === 'current' || state === 'ending' ? sql`and ${lasting(ctx, 'p')}` : state === 'ended' ? sql`and p.until_on <= ${today}` : sql``}
    ${state === 'ending' ? sql`and coalesce(p.until_on, p.planned_until_on) <= ${today} + 30` : sql``}`
}

export async function list(ctx: Ctx, query: Listed): Promise<Answer<typeof pairingOps.list>> {
  const limit = query.limit ?? 50
  const [row] = await ctx.db.run(sql<{ page: string }>`
    with v as materialized (${visibleChildren(ctx)}),
    found as (select p.from_on, p.id, json_build_object(${pairingKeys(ctx)}) as shown from ${seenPairings(ctx)} where ${filtered(ctx, query)}
        ${query.after ? sql`and (p.from_on, p.id) < (select b.from_on, b.id from pairings b where b.tenant_id = ${ctx.tenant} and b.id = ${query.after}::uuid)` : sql``}
        order by p.from_on desc, p.id desc limit ${limit + 1}),
    kept as (select * from found order by from_on desc, id desc limit ${limit})
    select json_build_object('items', coalesce((select json_agg(k.shown order by k.from_on desc, k.id desc) from kept as k), '[]'),
      'next', case when (select count(*) from found) > ${limit} then (select id from kept order by from_on, id limit 1) end)::text as page`)
  return passed(row!.page)
}

/** Voices are heard by who works on the case; a helper who sees a first name only hears the own. */
const stepsOf = (
  ctx: Ctx,
): RawBuilder<unknown> => sql`(select coalesce(json_agg(json_build_object('step', s.step, 'on_day', s.on_day, 'until_on', s.until_on,
    'voice', s.voice, 'grade', s.grade, 'words', case when v.open & ${notes} <> 0 or s.voice is null or s.voice = 'helper' and ${own(ctx)} then s.words end,
    'at', s.at, 'by_name', case when v.open & ${fullName} <> 0 then (select x.name from accounts x where x.id = s.by) end) order by s.on_day, s.at, s.id), '[]')
   from pairing_steps s where s.tenant_id = ${ctx.tenant} and s.pairing_id = p.id and (s.step <> 'reviewed' or v.open & ${fullName} <> 0 or s.voice = 'helper'))`

export async function get(ctx: Ctx, { id }: { id: string }): Promise<PairingDetail> {
  const [row] = await ctx.db.run(
    sql<{ pairing: string }>`with v as materialized (${visibleChildren(ctx)})
      select json_build_object(${pairingKeys(ctx)}, 'steps', ${stepsOf(ctx)})::text as pairing from ${seenPairings(ctx)} where p.id = ${id}::uuid and ${known(ctx)}`,
  )
  if (!row) throw problem('not_found')
  return passed<PairingDetail>(row.pairing)
}

/** First name, age band, needs, the agreed contact and the next one: all that the helper's phone shows, whatever the role may see elsewhere. */
export async function mine(ctx: Ctx): Promise<Answer<typeof pairingOps.mine>> {
  const items = await ctx.db.rows<OwnPairing>(
    `select p.id, p.child_id, c.given_name as first_name, age_band(c.born_until, $3::date) as age_band,
            (select coalesce(array_agg(g.goal order by g.n), '{}') from (select goal, min(n) as n from unnest(p.goals || coalesce(w.goals, '{}')) with ordinality as x(goal, n) group by goal) as g) as goals,
            w.words as needs, coalesce(w.subjects, '{}') as subjects, p.contact_how, p.next_contact_on, p.from_on, p.planned_until_on, p.until_on,
            p.stands_in_for_id is not null as stands_in, p.version
       from pairings p join helpers h on h.tenant_id = $1 and h.id = p.helper_id join children c on c.tenant_id = $1 and c.id = p.child_id
       left join pairing_wishes w on w.tenant_id = $1 and w.child_id = p.child_id
      where p.tenant_id = $1 and h.adult_id = $2 and p.from_on <= $3::date and (p.until_on is null or p.until_on > $3::date)
      order by p.next_contact_on nulls last, p.from_on, p.id limit 200`,
    [ctx.tenant, ctx.actor.adult_id, ctx.today],
  )
  return { items }
}

/** @throws pairing_days unless it begins by today and the days planned lie behind its beginning */
export function refuseDays(
  ctx: Ctx,
  days: { from_on: string; planned_until_on?: string | undefined; next_contact_on?: string | undefined },
): void {
  if (
    days.from_on > ctx.today ||
    [days.planned_until_on, days.next_contact_on].some((day) => day && day < days.from_on)
  )
    throw problem('pairing_days', { values: { from_on: days.from_on } })
}
