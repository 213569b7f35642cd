// Looking at rounds: where it stands, who is still to be seen, what was found. Every number counts children the reader sees.
import { reasonsAndRequests } from './surveys.words.ts'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import { groupBit } from '@nuanyang/contract/roles.ts'
import {
  seenStates,
  visitStateCodes,
  type Round,
  type RoundPart,
  type surveyOps,
  type Visit,
} from '@nuanyang/contract/surveys.ts'
import { sql, type RawBuilder } from 'kysely'
import { opened, shown, visibleChildren } from '../children/children.access.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { passed } from '../kernel/db.ts'
import { problem } from '../kernel/problem.ts'
import { byOf, mayLead, partOf, roundSeen } from './surveys.access.ts'

const seenList = sql.join(seenStates.map((state) => sql.lit(state)))

const zeros = sql`${JSON.stringify(Object.fromEntries(visitStateCodes.map((code) => [code, 0])))}::jsonb`

/** Rows of rounds `r` with unit `u`; the statement begins `with v as materialized (visibleChildren)`. */
const roundJson = (
  ctx: Ctx,
): RawBuilder<unknown> => sql`jsonb_build_object('id', r.id, 'unit_id', r.unit_id, 'unit_name', u.name, 'title', r.title,
  'from_on', r.from_on, 'until_on', r.until_on, 'state', r.state, 'by', ${byOf}, 'may_lead', ${mayLead(ctx)}, 'version', r.version,
  'children', coalesce(n.children, 0), 'counts', coalesce(n.counts, ${zeros}))`

/** `n`: how many children of round `r` are in which state. */
const counted = (ctx: Ctx): RawBuilder<unknown> => sql`left join lateral (
  select sum(x.n)::int as children, ${zeros} || jsonb_object_agg(x.state, x.n) as counts from (
    select s.state, count(*)::int as n from survey_visits s join v on v.child_id = s.child_id
     where s.tenant_id = ${ctx.tenant} and s.round_id = r.id group by s.state) as x) as n on true`

export async function list(ctx: Ctx, query: Input<typeof surveyOps.list>): Promise<Answer<typeof surveyOps.list>> {
  const limit = query.limit ?? 20
  const [row] = await ctx.db.run(sql<{ page: string }>`
    with v as materialized (${visibleChildren(ctx)}),
    found as (select r.from_on, r.id, ${roundJson(ctx)} as shown from survey_rounds r join units u on u.tenant_id = ${ctx.tenant} and u.id = r.unit_id ${counted(ctx)}
       where r.tenant_id = ${ctx.tenant} and r.state <> 'draft' and ${roundSeen(ctx)}
         ${query.state ? sql`and r.state = ${query.state}` : sql``}
         ${query.after ? sql`and (r.from_on, r.id) < (select b.from_on, b.id from survey_rounds b where b.tenant_id = ${ctx.tenant} and b.id = ${query.after}::uuid)` : sql``}
       order by r.from_on desc, r.id desc limit ${limit + 1}),
    kept as (select * from found order by from_on desc, id desc limit ${limit})
    select json_build_object('items', coalesce((select json_agg(k.shown order by k.from_on desc, k.id desc) from kept k), '[]'),
      'next', case when (select count(*) from found) > ${limit} then (select id from kept order by from_on, id limit 1) end)::text as page`)
  return passed(row!.page)
}

/** One round with its numbers. @throws not_found */
export async function readRound(ctx: Ctx, id: string): Promise<Round> {
  const [row] = await ctx.db.run(sql<{ round: Round }>`
    with v as materialized (${visibleChildren(ctx)})
    select ${roundJson(ctx)} as round from survey_rounds r join units u on u.tenant_id = ${ctx.tenant} and u.id = r.unit_id ${counted(ctx)}
     where r.tenant_id = ${ctx.tenant} and r.id = ${id}::uuid and ${roundSeen(ctx)}`)
  if (!row) throw problem('not_found')
  return row.round
}

export async function get(ctx: Ctx, { id }: { id: string }): Promise<Answer<typeof surveyOps.get>> {
  const round = await readRound(ctx, id)
  const boards = await boardsOf(ctx, round)
  return { ...round, boards, cross: await reasonsAndRequests(ctx, id), differences: await differencesOf(ctx, round) }
}

async function boardsOf(ctx: Ctx, { id, by }: Round): Promise<Answer<typeof surveyOps.get>['boards']> {
  return ctx.db.run(sql<Answer<typeof surveyOps.get>['boards'][number]>`
    with v as materialized (${visibleChildren(ctx)})
    select p.key, p.name, count(*)::int as children, count(*) filter (where s.state in (${seenList}))::int as seen,
        count(*) filter (where s.state = 'not_home')::int as not_home
      from ${visitRows(ctx)} ${partOf(ctx, by)} where s.tenant_id = ${ctx.tenant} and s.round_id = ${id}::uuid
     group by p.key, p.name, p.place order by p.place nulls last, p.name limit 200`)
}

/** Who joined, who left, who was home last time and is not now: against the round before in the same unit. */
async function differencesOf(ctx: Ctx, round: Round): Promise<Answer<typeof surveyOps.get>['differences']> {
  const [row] = await ctx.db.run(sql<NonNullable<Answer<typeof surveyOps.get>['differences']>>`
    with v as materialized (${visibleChildren(ctx)}),
    before as (select b.id, b.title from survey_rounds b where b.tenant_id = ${ctx.tenant} and b.unit_id = ${round.unit_id}::uuid and b.id <> ${round.id}::uuid
        and b.state <> 'draft' and (b.from_on, b.id) < (${round.from_on}::date, ${round.id}::uuid) order by b.from_on desc, b.id desc limit 1),
    old as (select s.child_id, s.state from survey_visits s join before on before.id = s.round_id join v on v.child_id = s.child_id where s.tenant_id = ${ctx.tenant}),
    new as (select s.child_id, s.state from survey_visits s join v on v.child_id = s.child_id where s.tenant_id = ${ctx.tenant} and s.round_id = ${round.id}::uuid)
    select before.title as before_title,
      (select count(*)::int from new where not exists (select from old where old.child_id = new.child_id)) as joined,
      (select count(*)::int from old where not exists (select from new where new.child_id = old.child_id)) as left,
      (select count(*)::int from new join old on old.child_id = new.child_id where new.state = 'not_home' and old.state <> 'not_home') as newly_not_home
      from before`)
  return row ?? null
}

/** Rows of visits `s` of children `c` in the part `p` of the round; the statement begins `with v as materialized (visibleChildren)`. */
const visitJson = (ctx: Ctx): RawBuilder<unknown> => sql`json_build_object('id', s.id, 'child_id', c.id,
  'name', case when v.open & ${sql.lit(groupBit('full_name'))} <> 0 then c.name else c.given_name end,
  'household_id', ${opened('address', sql`c.household_id`)}, 'group', p.name, 'address', ${shown('address', sql`c.address`)},
  'carer', ${opened(
    'family',
    sql`(select nullif(concat_ws(' ', k.relation_words, a.name), '') from care_spells k left join adults a on a.tenant_id = ${ctx.tenant} and a.id = k.adult_id
     where k.tenant_id = ${ctx.tenant} and k.child_id = c.id and k.valid @> ${ctx.today}::date order by k.stated_on desc limit 1)`,
  )},
  'missing', cardinality(c.missing), 'state', s.state, 'visited_on', s.visited_on, 'by_name', (select b.name from accounts b where b.id = s.by_account_id),
  'record_id', s.record_id, 'note', ${opened('case_notes', sql`s.note`)}, 'version', s.version)`

const visitRows = (ctx: Ctx): RawBuilder<unknown> =>
  sql`survey_visits s join v on v.child_id = s.child_id join children c on c.tenant_id = ${ctx.tenant} and c.id = s.child_id`

/** In the order of a walk: part by part, household by household, then by name. */
export async function visits(
  ctx: Ctx,
  query: Input<typeof surveyOps.visits>,
): Promise<Answer<typeof surveyOps.visits>> {
  const { by } = await readRound(ctx, query.id)
  const limit = query.limit ?? 100
  const order = sql`s.position, s.id`
  const states = query.state === 'seen' ? seenStates : query.state ? [query.state] : null
  const [row] = await ctx.db.run(sql<{ page: string }>`
    with v as materialized (${visibleChildren(ctx)}),
    found as (select s.position, s.id, ${visitJson(ctx)} as shown from ${visitRows(ctx)} ${partOf(ctx, by)}
       where s.tenant_id = ${ctx.tenant} and s.round_id = ${query.id}::uuid
         ${states ? sql`and s.state in (${sql.join(states.map((state) => sql.lit(state)))})` : sql``}
         ${query.group ? sql`and p.key = ${query.group}` : sql``}
         ${query.q ? sql`and v.open & ${sql.lit(groupBit('full_name'))} <> 0 and (position(${query.q} in c.name) > 0 or starts_with(c.initials, lower(${query.q})) or starts_with(replace(c.pinyin, ' ', ''), lower(${query.q})))` : sql``}
         ${query.after ? sql`and (s.position, s.id) > (select b.position, b.id from survey_visits b where b.tenant_id = ${ctx.tenant} and b.id = ${query.after}::uuid)` : sql``}
       order by ${order} limit ${limit + 1}),
    kept as (select * from found order by position, id limit ${limit})
    select json_build_object('items', coalesce((select json_agg(k.shown order by k.position, k.id) from kept k), '[]'),
      'next', case when (select count(*) from found) > ${limit} then (select id from kept order by position desc, id desc limit 1) end)::text as page`)
  return passed(row!.page)
}

/** The visits of one round by their ids or by their record, as the reader sees them. */
export async function visitsOf(
  ctx: Ctx,
  by: RoundPart,
  which: { ids: readonly string[] } | { record_id: string },
): Promise<Visit[]> {
  const chosen = 'ids' in which ? sql`s.id = any(${which.ids}::uuid[])` : sql`s.record_id = ${which.record_id}::uuid`
  const rows = await ctx.db.run(sql<{ shown: Visit }>`
    with v as materialized (${visibleChildren(ctx)})
    select ${visitJson(ctx)} as shown from ${visitRows(ctx)} ${partOf(ctx, by)} where s.tenant_id = ${ctx.tenant} and ${chosen} order by s.position, s.id`)
  return rows.map((row) => row.shown)
}
