// Focus 重点关爱. See contract/src/focus.ts.
import { focusRules, restDays, reviewDays, type Focus, type focusOps } from '@nuanyang/contract/focus.ts'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import { groupBit } from '@nuanyang/contract/roles.ts'
import { sql, type RawBuilder } from 'kysely'
import { seenOf, visibleChildren } from '../children/children.access.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { passed } from '../kernel/db.ts'
import { problem } from '../kernel/problem.ts'

/** Whoever reads of it sees the family, the health and the case: that is what the rules speak of. */
const groups = groupBit('family') | groupBit('health') | groupBit('case_notes')

const inSight = (ctx: Ctx) =>
  sql`v as materialized (select s.* from (${visibleChildren(ctx)}) as s where s.open & ${sql.lit(groups)} = ${sql.lit(groups)})`
const named = sql`case when v.open & ${sql.lit(groupBit('full_name'))} <> 0 then c.name else c.given_name end`
const urgent = Object.entries(focusRules).flatMap(([code, rule]) => (rule.urgent ? [code] : []))

/** Findings of the rules for registered children in sight, without what was decided for the same reason. */
function findings(ctx: Ctx, child_id?: string): RawBuilder<unknown> {
  const t = sql`${ctx.tenant}`
  const today = sql`${ctx.today}::date`
  return sql`select f.child_id, f.rule, f.answer, f.lacks, array_position(${Object.keys(focusRules)}::text[], f.rule) as place
    from focus_findings(${t}, (select array_agg(child_id) from v ${child_id ? sql`where child_id = ${child_id}::uuid` : sql``}), ${today}) as f
   where not exists (select from focus o where o.tenant_id = ${t} and o.child_id = f.child_id and o.rule = f.rule
     and (o.state = 'confirmed' or (o.state in ('declined', 'ended') and o.decided_at > ${ctx.now}::timestamptz - make_interval(days => ${sql.lit(restDays)}))))`
}

export async function suggestions(
  ctx: Ctx,
  { child_id, asks = 'no', after, limit = 50 }: Input<typeof focusOps.suggestions>,
): Promise<Answer<typeof focusOps.suggestions>> {
  const skip = after ? Number(after) : 0
  const [row] = await ctx.db.run(sql<{ page: string }>`
    with ${inSight(ctx)}, f as materialized (${findings(ctx, child_id)}),
    found as (select f.*, c.pinyin from f join children c on c.tenant_id = ${ctx.tenant} and c.id = f.child_id where f.answer = ${asks === 'yes' ? 'ask' : 'yes'}
               order by f.place, c.pinyin, f.child_id offset ${skip} limit ${limit + 1}),
    kept as (select * from found order by place, pinyin, child_id limit ${limit})
    select json_build_object('items', coalesce((select json_agg(json_build_object('child_id', k.child_id, 'child_name', ${named}, 'rule', k.rule,
        'urgent', k.rule = any(${urgent}::text[]), 'lacks', to_json(k.lacks)) order by k.place, k.pinyin, k.child_id)
        from kept k join v on v.child_id = k.child_id join children c on c.tenant_id = ${ctx.tenant} and c.id = k.child_id), '[]'),
      'next', case when (select count(*) from found) > ${limit} then ${String(skip + limit)}::text end)::text as page`)
  return passed(row!.page)
}

export async function counts(ctx: Ctx, _input: Input<typeof focusOps.counts>): Promise<Answer<typeof focusOps.counts>> {
  const [row] = await ctx.db.run(sql<Answer<typeof focusOps.counts>>`
    with ${inSight(ctx)}, f as materialized (${findings(ctx)}),
    o as (select o.* from focus o join v on v.child_id = o.child_id where o.tenant_id = ${ctx.tenant} and o.state = 'confirmed')
    select (select count(*)::int from f where answer = 'yes') as suggested, (select count(*)::int from f where answer = 'ask') as asks,
           (select count(*)::int from o) as confirmed, (select count(*)::int from o where review_on <= ${ctx.today}::date) as due`)
  return row!
}

const focusJson = sql`json_build_object('id', o.id, 'child_id', o.child_id, 'child_name', ${named}, 'rule', o.rule, 'reason', o.reason, 'state', o.state,
  'suggested_on', o.suggested_on, 'decided_by_name', (select a.name from accounts a where a.id = o.decided_by), 'decided_at', o.decided_at,
  'decision_note', o.decision_note, 'review_on', o.review_on, 'until_on', o.until_on)`

export async function list(
  ctx: Ctx,
  { child_id, due, past, after, limit = 50 }: Input<typeof focusOps.list>,
): Promise<Answer<typeof focusOps.list>> {
  const [row] = await ctx.db.run(sql<{ page: string }>`
    with ${inSight(ctx)},
    found as (select o.id, o.review_on, o.suggested_on, ${focusJson} as item from focus o join v on v.child_id = o.child_id join children c on c.tenant_id = ${ctx.tenant} and c.id = o.child_id
       where o.tenant_id = ${ctx.tenant} ${past ? sql`and o.state <> 'suggested'` : sql`and o.state = 'confirmed'`}
         ${child_id ? sql`and o.child_id = ${child_id}::uuid` : sql``} ${due ? sql`and o.review_on <= ${ctx.today}::date` : sql``}
         ${after ? sql`and (coalesce(o.review_on, 'infinity'), o.id) > (select coalesce(b.review_on, 'infinity'), b.id from focus b where b.tenant_id = ${ctx.tenant} and b.id = ${after}::uuid)` : sql``}
       order by coalesce(o.review_on, 'infinity'), o.id limit ${limit + 1}),
    kept as (select * from found order by coalesce(review_on, 'infinity'), id limit ${limit})
    select json_build_object('items', coalesce((select json_agg(k.item order by coalesce(k.review_on, 'infinity'), k.id) from kept k), '[]'),
      'next', case when (select count(*) from found) > ${limit} then (select id from kept order by coalesce(review_on, 'infinity') desc, id desc limit 1) end)::text as page`)
  return passed(row!.page)
}

export async function get(ctx: Ctx, { id }: { id: string }): Promise<Focus> {
  const [row] = await ctx.db.run(sql<{ item: Focus }>`
    with ${inSight(ctx)} select ${focusJson} as item from focus o join v on v.child_id = o.child_id join children c on c.tenant_id = ${ctx.tenant} and c.id = o.child_id
     where o.tenant_id = ${ctx.tenant} and o.id = ${id}::uuid and o.state <> 'suggested'`)
  if (!row) throw problem('not_found')
  return row.item
}

export async function decide(ctx: Ctx, { body }: Input<typeof focusOps.decide>): Promise<Focus> {
  await mustJudge(ctx, body.child_id)
  const review_on = body.confirm ? reviewDay(ctx, body.rule, body.review_on) : null
  await ctx.db.rows(`select id from children where tenant_id = $1 and id = $2 for update`, [ctx.tenant, body.child_id])
  const open = await ctx.db.maybe(
    `select id from focus where tenant_id = $1 and child_id = $2 and rule = $3 and state = 'confirmed'`,
    [ctx.tenant, body.child_id, body.rule],
  )
  if (open) throw problem('focus_open')
  await ctx.db.count(
    `insert into focus (tenant_id, id, child_id, rule, reason, state, suggested_on, decided_by, decided_at, decision_note, review_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [ctx.tenant, body.id, body.child_id, body.rule, focusRules[body.rule].zh, body.confirm ? 'confirmed' : 'declined', ctx.today, ctx.actor.account_id, ctx.now, body.note, review_on], // prettier-ignore
  )
  await ctx.audit('focus.decide', body.id, { child_id: body.child_id })
  return get(ctx, { id: body.id })
}

/** The day of confirming stays the day it began: duties count from it. */
export async function review(ctx: Ctx, { id, body }: Input<typeof focusOps.review>): Promise<Focus> {
  const row = await ctx.db.maybe<{ child_id: string; rule: keyof typeof focusRules; state: string }>(
    `select child_id, rule, state from focus where tenant_id = $1 and id = $2 for update`,
    [ctx.tenant, id],
  )
  if (!row) throw problem('not_found')
  await mustJudge(ctx, row.child_id)
  if (row.state !== 'confirmed') throw problem('focus_ended')
  const review_on = body.ends ? null : reviewDay(ctx, row.rule, body.review_on)
  await ctx.db.count(
    `update focus set state = $3, until_on = $4, review_on = $5, decision_note = $6 where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, body.ends ? 'ended' : 'confirmed', body.ends ? ctx.today : null, review_on, body.note],
  )
  await ctx.audit('focus.review', id, { child_id: row.child_id })
  return get(ctx, { id })
}

/** @throws not_found, field_not_yours */
async function mustJudge(ctx: Ctx, child_id: string): Promise<void> {
  const seen = (await seenOf(ctx, [child_id])).get(child_id)
  if (!seen) throw problem('not_found')
  if ((seen.open & groups) !== groups)
    throw problem('field_not_yours', { values: { field: '重点关爱', who: '儿童主任、档案管理员' } })
}

function reviewDay(ctx: Ctx, rule: keyof typeof focusRules, said: string | undefined): string {
  const plus = (days: number) => new Date(Date.parse(ctx.today) + days * 86_400_000).toISOString().slice(0, 10)
  const day = said ?? plus(focusRules[rule].urgent ? reviewDays.urgent : reviewDays.other)
  if (day <= ctx.today || day > plus(366)) throw problem('focus_days')
  return day
}
