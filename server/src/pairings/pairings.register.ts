// The register of helpers 帮扶人名册. See contract/src/pairings.register.ts.
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import type { ChosenHelper, HelperKind } from '@nuanyang/contract/pairings.ts'
import type { Helper, helperOps } from '@nuanyang/contract/pairings.register.ts'
import type { Static } from '@nuanyang/contract/kernel.ts'
import { sql, type RawBuilder } from 'kysely'
import { tieAdult } from '../accounts/accounts.adults.ts'
import { findOrCreateAdults, updateAdults, type AdultFacts } from '../families/families.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { passed } from '../kernel/db.ts'
import { newId } from '../kernel/ids.ts'
import { problem } from '../kernel/problem.ts'
import { endAll } from './pairings.making.ts'

/** SQL: the state of helper `h` today. */
export const stateOf = (
  ctx: Ctx,
): RawBuilder<string> => sql<string>`case when h.until_on <= ${ctx.today}::date then 'left'
  when h.declined_on is not null then 'declined' when h.vetted_on is null then 'applied'
  when h.vetting_until_on < ${ctx.today}::date then 'expired' else 'ready' end`

const loadOf = (ctx: Ctx): RawBuilder<number> => sql<number>`(select count(*)::int from pairings w
  where w.tenant_id = ${ctx.tenant} and w.helper_id = h.id and (w.until_on is null or w.until_on > ${ctx.today}::date))`

const from = (
  ctx: Ctx,
): RawBuilder<unknown> => sql`helpers h join adults a on a.tenant_id = ${ctx.tenant} and a.id = h.adult_id
  join units u on u.tenant_id = ${ctx.tenant} and u.id = h.unit_id
  left join units g on g.tenant_id = ${ctx.tenant} and g.id = h.villager_group_id`

const mine = (ctx: Ctx): RawBuilder<boolean> =>
  sql<boolean>`h.tenant_id = ${ctx.tenant} and u.path >= ${ctx.actor.unit_path} and u.path < ${ctx.actor.unit_path + '~'}`

const helperJson = (ctx: Ctx): RawBuilder<unknown> => sql`json_build_object(
  'id', h.id, 'adult_id', a.id, 'name', coalesce(a.name, ''), 'kind', h.kind, 'kind_words', h.kind_words, 'sex', a.sex,
  'phones', coalesce((select json_agg(p.value order by p.position, p.id) from phones p where p.tenant_id = ${ctx.tenant} and p.adult_id = a.id), '[]'),
  'occupation', a.occupation, 'employer', a.employer, 'unit_id', u.id, 'unit_name', u.name, 'villager_group_id', g.id, 'villager_group', g.name,
  'offer', h.offer, 'subjects', to_json(h.subjects), 'languages', to_json(h.languages), 'skills', to_json(h.skills), 'free_times', h.free_times,
  'max_children', h.max_children, 'children', ${loadOf(ctx)}, 'state', ${stateOf(ctx)}, 'applied_on', h.applied_on,
  'consented_on', h.consented_on, 'consent_how', h.consent_how, 'vetting', h.vetting, 'vetted_on', h.vetted_on,
  'vetted_by_name', (select x.name from accounts x where x.id = h.vetted_by), 'vetting_until_on', h.vetting_until_on, 'vetting_note', h.vetting_note,
  'declined_on', h.declined_on, 'declined_reason', h.declined_reason, 'from_on', h.from_on, 'until_on', h.until_on, 'ended_reason', h.ended_reason,
  'account', (select x.username from memberships m join accounts x on x.id = m.account_id where m.tenant_id = ${ctx.tenant} and m.adult_id = h.adult_id limit 1),
  'version', h.version)`

export async function list(ctx: Ctx, query: Input<typeof helperOps.list>): Promise<Answer<typeof helperOps.list>> {
  const limit = query.limit ?? 50
  const words = query.q?.trim()
  const state = query.state ?? 'here'
  const filters = [
    words &&
      sql`(position(${words} in a.name) > 0 or starts_with(a.pinyin, lower(${words})) or starts_with(a.initials, lower(${words})))`,
    query.kind && sql`h.kind = ${query.kind}`,
    query.villager_group_id && sql`h.villager_group_id = ${query.villager_group_id}::uuid`,
    state === 'here' && sql`${stateOf(ctx)} <> 'left'`,
    state !== 'here' && state !== 'all' && sql`${stateOf(ctx)} = ${state}`,
    query.room && sql`(${loadOf(ctx)} < h.max_children) = ${query.room === 'yes'}`,
  ].filter((each) => each !== undefined && each !== false && each !== '')
  const where = sql.join([mine(ctx), ...filters], sql` and `)
  const later = query.after
    ? sql`and (a.pinyin, h.id) > (select b.pinyin, k.id from helpers k join adults b on b.tenant_id = ${ctx.tenant} and b.id = k.adult_id where k.tenant_id = ${ctx.tenant} and k.id = ${query.after}::uuid)`
    : sql``
  const [row] = await ctx.db.run(sql<{ page: string }>`
    with found as (select a.pinyin, h.id from ${from(ctx)} where ${where} ${later} order by a.pinyin, h.id limit ${limit + 1}),
    kept as (select * from found order by pinyin, id limit ${limit})
    select json_build_object('items', coalesce((select json_agg(${helperJson(ctx)} order by a.pinyin, h.id) from ${from(ctx)} where h.tenant_id = ${ctx.tenant} and h.id in (select id from kept)), '[]'),
      'next', case when (select count(*) from found) > ${limit} then (select id from kept order by pinyin desc, id desc limit 1) end,
      'total', (select count(*)::int from ${from(ctx)} where ${where}))::text as page`)
  return passed(row!.page)
}

export async function get(ctx: Ctx, { id }: { id: string }): Promise<Helper> {
  const [row] = await ctx.db.run(
    sql<{
      helper: string
    }>`select ${helperJson(ctx)}::text as helper from ${from(ctx)} where ${mine(ctx)} and h.id = ${id}::uuid`,
  )
  if (!row) throw problem('not_found')
  return passed<Helper>(row.helper)
}

export async function groups(ctx: Ctx): Promise<Answer<typeof helperOps.groups>> {
  const items = await ctx.db.rows<{ id: string; name: string }>(
    `select u.id, case when o.kind in ('village', 'community') and o.path <> $2 then o.name || u.name else u.name end as name
       from units u left join units o on o.tenant_id = $1 and o.id = u.parent_id
      where u.tenant_id = $1 and u.kind = 'villager_group' and u.closed_on is null and u.path >= $2 and u.path < $2 || '~' order by u.path limit 1000`,
    [ctx.tenant, ctx.actor.unit_path],
  )
  return { items }
}

type Said = Input<typeof helperOps.change>['body']
const adultFacts = (body: Omit<Said, 'version'>): AdultFacts => ({
  sex: body.sex,
  occupation: body.occupation,
  employer: body.employer,
  phones: body.phones,
})

async function refuseOdd(ctx: Ctx, body: Omit<Said, 'version'> & { applied_on?: string }): Promise<void> {
  if ((body.consented_on ?? ctx.today) > ctx.today || (body.applied_on ?? ctx.today) > ctx.today)
    throw problem('helper_days')
  if ((body.consented_on === null) !== (body.consent_how === null)) throw problem('helper_days')
  if (body.villager_group_id && !(await groups(ctx)).items.some((group) => group.id === body.villager_group_id))
    throw problem('group_elsewhere')
}

export async function apply(ctx: Ctx, { body }: Input<typeof helperOps.apply>): Promise<Helper> {
  await refuseOdd(ctx, body)
  const adultId = await personOf(ctx, body)
  if (await sameHelper(ctx, adultId, body.kind))
    throw problem('helper_known', { values: { name: body.name, unit: ctx.actor.unit_name } })
  await updateAdults(ctx, [{ id: adultId, facts: adultFacts(body) }])
  await ctx.db.count(
    `insert into helpers (tenant_id, id, adult_id, unit_id, kind, kind_words, villager_group_id, offer, subjects, languages, skills, free_times, max_children,
            applied_on, consented_on, consent_how, from_on, created_at, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $14, $17, $18)`,
    [
      ctx.tenant,
      body.id,
      adultId,
      ctx.actor.unit_id,
      body.kind,
      ...saidValues(body),
      body.applied_on,
      body.consented_on,
      body.consent_how,
      ctx.now,
      ctx.actor.account_id,
    ],
  )
  await ctx.audit('helpers.apply', body.id)
  return get(ctx, { id: body.id })
}

const saidValues = (body: Omit<Said, 'version'>) => [
  body.kind_words,
  body.villager_group_id,
  body.offer,
  body.subjects,
  body.languages,
  body.skills,
  body.free_times,
  body.max_children,
]

export async function change(ctx: Ctx, { id, body }: Input<typeof helperOps.change>): Promise<Helper> {
  const helper = await lockHelper(ctx, id, body.version)
  if (helper.state === 'left') throw problem('helper_gone', { values: { name: helper.name } })
  await refuseOdd(ctx, body)
  const other = await sameHelper(ctx, helper.adult_id, body.kind)
  if (other !== null && other !== id)
    throw problem('helper_known', { values: { name: helper.name, unit: ctx.actor.unit_name } })
  await updateAdults(ctx, [{ id: helper.adult_id, facts: adultFacts(body) }])
  await ctx.db.count(
    `update helpers set kind = $3, kind_words = $4, villager_group_id = $5, offer = $6, subjects = $7, languages = $8, skills = $9, free_times = $10,
            max_children = $11, consented_on = $12, consent_how = $13, version = version + 1 where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, body.kind, ...saidValues(body), body.consented_on, body.consent_how],
  )
  await ctx.audit('helpers.change', id)
  return get(ctx, { id })
}

export async function vet(ctx: Ctx, { id, body }: Input<typeof helperOps.vet>): Promise<Helper> {
  const helper = await lockHelper(ctx, id, body.version)
  if (helper.state === 'left') throw problem('helper_gone', { values: { name: helper.name } })
  if (body.on > ctx.today || (body.until_on !== null && body.until_on <= body.on)) throw problem('helper_days')
  const clear = Object.values(body.items).every((answer) => answer === 'clear')
  if (!clear && !body.note) throw problem('vetting_note_missing')
  await ctx.db.count(
    `update helpers set vetting = $3, vetting_note = $4, vetted_on = $5, vetted_by = $6, vetting_until_on = $7, declined_on = $8, declined_by = $9, declined_reason = $10,
            version = version + 1 where tenant_id = $1 and id = $2`,
    [
      ctx.tenant,
      id,
      JSON.stringify(body.items),
      body.note,
      clear ? body.on : null,
      clear ? ctx.actor.account_id : null,
      clear ? body.until_on : null,
      clear ? null : body.on,
      clear ? null : ctx.actor.account_id,
      clear ? null : body.note,
    ],
  )
  // Nobody about whom something was found stays with a child until somebody remembers to end it.
  if (!clear)
    await endAll(ctx, await openOf(ctx, id), { on: ctx.today, reason: 'helper_left' }, 'pairings.ended_by_vetting')
  await ctx.audit('helpers.vet', id)
  return get(ctx, { id })
}

export async function leave(ctx: Ctx, { id, body }: Input<typeof helperOps.leave>): Promise<Helper> {
  const helper = await lockHelper(ctx, id, body.version)
  if (helper.state === 'left') throw problem('helper_gone', { values: { name: helper.name } })
  await endAll(
    ctx,
    await openOf(ctx, id),
    { on: ctx.today, reason: 'helper_left', note: body.reason },
    'pairings.ended_by_leaving',
  )
  await ctx.db.count(
    `update helpers set until_on = greatest(from_on, $3::date), ended_reason = $4, ended_by = $5, version = version + 1 where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, ctx.today, body.reason, ctx.actor.account_id],
  )
  await ctx.audit('helpers.leave', id)
  return get(ctx, { id })
}

async function openOf(ctx: Ctx, helperId: string): Promise<string[]> {
  const rows = await ctx.db.rows<{ id: string }>(
    `select id from pairings where tenant_id = $1 and helper_id = $2 and (until_on is null or until_on > $3::date) for update`,
    [ctx.tenant, helperId, ctx.today],
  )
  return rows.map((row) => row.id)
}

async function lockHelper(ctx: Ctx, id: string, version: number) {
  const [row] = await ctx.db.run(
    sql<{ adult_id: string; name: string; state: Helper['state']; version: number }>`
    select h.adult_id, coalesce(a.name, '') as name, ${stateOf(ctx)} as state, h.version from ${from(ctx)} where ${mine(ctx)} and h.id = ${id}::uuid for update of h`,
  )
  if (!row) throw problem('not_found')
  if (row.version !== version) throw problem('stale')
  return row
}

async function sameHelper(ctx: Ctx, adultId: string, kind: HelperKind): Promise<string | null> {
  const row = await ctx.db.maybe<{ id: string }>(
    `select id from helpers where tenant_id = $1 and adult_id = $2 and unit_id = $3 and kind = $4 and until_on is null`,
    [ctx.tenant, adultId, ctx.actor.unit_id, kind],
  )
  return row?.id ?? null
}

/** The adult of an application: a signed-in person's own, else known by name and phone, else new. */
async function personOf(
  ctx: Ctx,
  person: { name: string; phones?: readonly string[]; account_id?: string | undefined },
): Promise<string> {
  // Two people entering the same new helper at once must end with one.
  await ctx.db.rows(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`${ctx.tenant}:helper:${person.name}`])
  const account = person.account_id
    ? await ctx.db.maybe<{ adult_id: string | null }>(
        `select m.adult_id from memberships m join units u on u.tenant_id = $1 and u.id = m.unit_id
          where m.tenant_id = $1 and m.account_id = $2 and u.path >= $3 and u.path < $3 || '~' and (m.until_on is null or m.until_on > $4::date) order by m.adult_id nulls last limit 1`,
        [ctx.tenant, person.account_id, ctx.actor.unit_path, ctx.today],
      )
    : null
  if (person.account_id && !account) throw problem('not_found')
  if (account?.adult_id) return account.adult_id
  const [adultId] = await findOrCreateAdults(ctx, [{ name: person.name, phones: person.phones ?? [] }])
  if (person.account_id) await tieAdult(ctx, person.account_id, adultId!)
  return adultId!
}

type Person = Exclude<Static<typeof ChosenHelper>, { helper_id: string }>

/** The helper chosen for a pairing; whoever was typed with it becomes one of the actor's unit. */
export async function chosenHelper(ctx: Ctx, chosen: Static<typeof ChosenHelper>): Promise<string> {
  if ('helper_id' in chosen) return chosen.helper_id
  const person: Person = chosen
  const adultId = await personOf(ctx, {
    name: person.name,
    phones: person.phone ? [person.phone] : [],
    account_id: person.account_id,
  })
  const known = await sameHelper(ctx, adultId, person.kind)
  if (known) return known
  const id = newId(ctx.now.getTime())
  const vetting = { offences: 'clear', habits: 'clear', neglect: 'clear', other: 'clear' }
  await ctx.db.count(
    `insert into helpers (tenant_id, id, adult_id, unit_id, kind, vetting, vetted_on, vetted_by, from_on, created_at, created_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ctx.tenant,
      id,
      adultId,
      ctx.actor.unit_id,
      person.kind,
      person.vetted ? JSON.stringify(vetting) : null,
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
