// Pairings 结对: making and ending them. See contract/src/pairings.ts.
import type { pairingOps, Pairing } from '@nuanyang/contract/pairings.ts'
import { pairingCan } from '@nuanyang/contract/pairings.ts'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import { groupBit } from '@nuanyang/contract/roles.ts'
import { sql, type RawBuilder } from 'kysely'
import { tieAdult } from '../accounts/accounts.adults.ts'
import { mustSee, visibleChildren } from '../children/children.access.ts'
import { findOrCreateAdults } from '../families/families.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { passed } from '../kernel/db.ts'
import { newId } from '../kernel/ids.ts'
import { problem } from '../kernel/problem.ts'

const pairingJson = (ctx: Ctx): RawBuilder<unknown> => sql`json_build_object(
  'id', p.id, 'child_id', p.child_id, 'child_name', case when v.open & ${sql.lit(groupBit('full_name'))} <> 0 then c.name else c.given_name end,
  'helper_id', p.helper_id, 'helper_name', coalesce(a.name, ''), 'helper_kind', h.kind,
  'helper_account', (select x.username from memberships m join accounts x on x.id = m.account_id where m.tenant_id = ${ctx.tenant} and m.adult_id = h.adult_id limit 1),
  'unit_name', u.name, 'term', p.term, 'goals', to_json(p.goals), 'from_on', p.from_on, 'planned_until_on', p.planned_until_on, 'until_on', p.until_on,
  'ended_reason', p.ended_reason, 'ended_note', p.ended_note, 'version', p.version)`

/** Pairings of children the actor sees; the statement begins `with v as materialized (visibleChildren)`. */
const seenPairings = (ctx: Ctx): RawBuilder<unknown> => sql`pairings p join v on v.child_id = p.child_id
  join children c on c.tenant_id = ${ctx.tenant} and c.id = p.child_id join helpers h on h.tenant_id = ${ctx.tenant} and h.id = p.helper_id
  join adults a on a.tenant_id = ${ctx.tenant} and a.id = h.adult_id join units u on u.tenant_id = ${ctx.tenant} and u.id = p.unit_id`

export async function list(ctx: Ctx, query: Input<typeof pairingOps.list>): Promise<Answer<typeof pairingOps.list>> {
  const limit = query.limit ?? 50
  const today = sql`${ctx.today}::date`
  const state = query.state ?? 'current'
  const [row] = await ctx.db.run(sql<{ page: string }>`
    with v as materialized (${visibleChildren(ctx)}),
    found as (select p.from_on, p.id, ${pairingJson(ctx)} as shown from ${seenPairings(ctx)} where p.tenant_id = ${ctx.tenant}
        ${query.child_id ? sql`and p.child_id = ${query.child_id}::uuid` : sql``}
        ${state === 'current' ? sql`and (p.until_on is null or p.until_on > ${today})` : state === 'ended' ? sql`and p.until_on <= ${today}` : sql``}
        ${query.after ? sql`and (p.from_on, p.id) < (select b.from_on, b.id from pairings b where b.tenant_id = ${ctx.tenant} and b.id = ${query.after}::uuid)` : sql``}
        order by p.from_on desc, p.id desc limit ${limit + 1}),
    kept as (select * from found order by from_on desc, id desc limit ${limit})
    select json_build_object('items', coalesce((select json_agg(k.shown order by k.from_on desc, k.id desc) from kept as k), '[]'),
      'next', case when (select count(*) from found) > ${limit} then (select id from kept order by from_on, id limit 1) end)::text as page`)
  return passed(row!.page)
}

export async function get(ctx: Ctx, { id }: { id: string }): Promise<Pairing> {
  const [row] = await ctx.db.run(
    sql<{
      pairing: string
    }>`with v as materialized (${visibleChildren(ctx)}) select ${pairingJson(ctx)}::text as pairing from ${seenPairings(ctx)} where p.tenant_id = ${ctx.tenant} and p.id = ${id}::uuid`,
  )
  if (!row) throw problem('not_found')
  return passed<Pairing>(row.pairing)
}

export async function helpers(
  ctx: Ctx,
  { q }: Input<typeof pairingOps.helpers>,
): Promise<Answer<typeof pairingOps.helpers>> {
  const items = await ctx.db.rows<Answer<typeof pairingOps.helpers>['items'][number]>(
    `select h.id, coalesce(a.name, '') as name, h.kind, h.max_children, ${load('h.id')} as children, h.vetted_on is not null as vetted
       from helpers h join adults a on a.tenant_id = $1 and a.id = h.adult_id join units u on u.tenant_id = $1 and u.id = h.unit_id
      where h.tenant_id = $1 and u.path >= $2 and u.path < $2 || '~' and (h.until_on is null or h.until_on > $3::date) and ($4::text is null or position($4 in a.name) > 0)
      order by a.pinyin, h.id limit 200`,
    [ctx.tenant, ctx.actor.unit_path, ctx.today, q?.trim() || null],
  )
  return { items }
}

/** How many children a helper has now; $1 is the tenant, $3 today. */
const load = (helper: string) =>
  `(select count(*)::int from pairings w where w.tenant_id = $1 and w.helper_id = ${helper} and (w.until_on is null or w.until_on > $3::date))`

export async function create(ctx: Ctx, { body }: Input<typeof pairingOps.create>): Promise<Pairing> {
  await mustSee(ctx, [body.child_id])
  if (body.from_on > ctx.today || (body.planned_until_on && body.planned_until_on < body.from_on))
    throw problem('pairing_days', { values: { from_on: body.from_on } })
  const helperId = 'helper_id' in body.helper ? body.helper.helper_id : await register(ctx, body.helper)
  // The helper's row is the lock: two people pairing at once must not both find room.
  const helper = await ctx.db.maybe<{ name: string | null; vetted: boolean; max_children: number }>(
    `select a.name, h.vetted_on is not null as vetted, h.max_children from helpers h join adults a on a.tenant_id = $1 and a.id = h.adult_id
       join units u on u.tenant_id = $1 and u.id = h.unit_id where h.tenant_id = $1 and h.id = $2 and u.path >= $3 and u.path < $3 || '~' for update of h`,
    [ctx.tenant, helperId, ctx.actor.unit_path],
  )
  if (!helper) throw problem('not_found')
  const name = helper.name ?? '这位帮扶人'
  if (!helper.vetted) throw problem('not_vetted', { values: { name } })
  const now = await ctx.db.one<{ children: number; same: boolean }>(
    `select ${load('$2')} as children, exists (select from pairings p where p.tenant_id = $1 and p.helper_id = $2 and p.child_id = $4 and p.until_on is null) as same`,
    [ctx.tenant, helperId, ctx.today, body.child_id],
  )
  if (now.same) throw problem('already_paired', { values: { name } })
  if (now.children >= helper.max_children)
    throw problem('helper_full', { values: { name, count: now.children, limit: helper.max_children } })
  await ctx.db.count(
    `insert into pairings (tenant_id, id, helper_id, child_id, unit_id, term, form, goals, from_on, planned_until_on, created_at, created_by)
     values ($1, $2, $3, $4, $5, $6, 'one_to_one', $7, $8, $9, $10, $11)`,
    [
      ctx.tenant,
      body.id,
      helperId,
      body.child_id,
      ctx.actor.unit_id,
      body.term ?? null,
      body.goals ?? [],
      body.from_on,
      body.planned_until_on ?? null,
      ctx.now,
      ctx.actor.account_id,
    ],
  )
  await ctx.audit('pairings.create', body.id, { child_id: body.child_id })
  return get(ctx, { id: body.id })
}

type NewHelper = Exclude<Input<typeof pairingOps.create>['body']['helper'], { helper_id: string }>

/** The person becomes a helper of the actor's unit: an adult known by phone is typed once, a signed-in one is tied to the account. */
async function register(ctx: Ctx, person: NewHelper): Promise<string> {
  // Two people entering the same new helper at once must end with one.
  await ctx.db.rows(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`${ctx.tenant}:helper:${person.name}`])
  const account = person.account_id
    ? await ctx.db.maybe<{ membership_id: string; adult_id: string | null }>(
        `select m.id as membership_id, m.adult_id from memberships m join units u on u.tenant_id = $1 and u.id = m.unit_id
          where m.tenant_id = $1 and m.account_id = $2 and u.path >= $3 and u.path < $3 || '~' and (m.until_on is null or m.until_on > $4::date) order by m.adult_id nulls last limit 1`,
        [ctx.tenant, person.account_id, ctx.actor.unit_path, ctx.today],
      )
    : null
  if (person.account_id && !account) throw problem('not_found')
  const adultId =
    account?.adult_id ??
    (await findOrCreateAdults(ctx, [{ name: person.name, phones: person.phone ? [person.phone] : [] }]))[0]!
  if (account && !account.adult_id) await tieAdult(ctx, person.account_id!, adultId)
  const known = await ctx.db.maybe<{ id: string }>(
    `select id from helpers where tenant_id = $1 and adult_id = $2 and unit_id = $3 and kind = $4 and until_on is null`,
    [ctx.tenant, adultId, ctx.actor.unit_id, person.kind],
  )
  if (known) return known.id
  const id = newId(ctx.now.getTime())
  await ctx.db.count(
    `insert into helpers (tenant_id, id, adult_id, unit_id, kind, vetted_on, vetted_by, from_on, created_at, created_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ctx.tenant,
      id,
      adultId,
      ctx.actor.unit_id,
      person.kind,
      person.vetted ? ctx.today : null,
      person.vetted ? ctx.actor.account_id : null,
      ctx.today,
      ctx.now,
      ctx.actor.account_id,
    ],
  )
  await ctx.audit('helpers.register', id)
  return id
}

export async function end(ctx: Ctx, { id, body }: Input<typeof pairingOps.end>): Promise<Pairing> {
  const [pairing] = await ctx.db.run(
    sql<{ child_id: string; from_on: string; until_on: string | null; version: number }>`
    select p.child_id, p.from_on, p.until_on, p.version from pairings p join (${visibleChildren(ctx)}) as v on v.child_id = p.child_id
     where p.tenant_id = ${ctx.tenant} and p.id = ${id}::uuid for update of p`,
  )
  if (!pairing) throw problem('not_found')
  if (!pairingCan.end(pairing)) throw problem('pairing_ended')
  if (pairing.version !== body.version) throw problem('stale')
  if (body.on < pairing.from_on || body.on > ctx.today)
    throw problem('pairing_days', { values: { from_on: pairing.from_on } })
  await ctx.db.count(
    `update pairings set until_on = $3, ended_reason = $4, ended_note = $5, ended_by = $6, ended_at = $7, version = version + 1 where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, body.on, body.reason, body.note ?? null, ctx.actor.account_id, ctx.now],
  )
  await ctx.audit('pairings.end', id, { child_id: pairing.child_id })
  return get(ctx, { id })
}
