// Survey rounds 摸底. See contract/src/surveys.ts.
import type { Answer, FileAnswer, Input } from '@nuanyang/contract/kernel.ts'
import { surveyCan, type Round, type RoundPart, type surveyOps } from '@nuanyang/contract/surveys.ts'
import { sql } from 'kysely'
import { mustSee, visibleChildren } from '../children/children.access.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { newId } from '../kernel/ids.ts'
import { problem } from '../kernel/problem.ts'
import { addRecords, withdraw } from '../records/records.ts'
import { unitInSubtree } from '../units/units.access.ts'
import { byOf, lockRound, partOf, type RoundRow } from './surveys.access.ts'
import { readRound, visitsOf } from './surveys.list.ts'
import { surveyReport } from './surveys.report.ts'

export { get, list, visits } from './surveys.list.ts'

export async function open(ctx: Ctx, { body }: Input<typeof surveyOps.open>): Promise<Round> {
  const unit = await unitInSubtree(ctx, body.unit_id ?? ctx.actor.unit_id)
  const year = Date.parse(body.until_on) - Date.parse(body.from_on)
  if (year < 0 || year > 366 * 86_400_000) throw problem('survey_days')
  await ctx.db.count(
    `insert into survey_rounds (tenant_id, id, unit_id, title, from_on, until_on, state, opened_at, opened_by, created_at, created_by)
     values ($1, $2, $3, $4, $5, $6, 'open', $7, $8, $7, $8)`,
    [ctx.tenant, body.id, unit.id, body.title, body.from_on, body.until_on, ctx.now, ctx.actor.account_id],
  )
  const joined = await joinAll(ctx, await lockRound(ctx, body.id), null)
  if (joined === 0) throw problem('survey_nobody')
  await ctx.audit('surveys.open', body.id)
  return readRound(ctx, body.id)
}

/**
 * Everybody registered under the round's unit who is not in it yet, or of these; in the order of a walk.
 * @returns how many joined
 */
async function joinAll(
  ctx: Ctx,
  round: Pick<RoundRow, 'id' | 'unit_path' | 'by'>,
  ids: readonly string[] | null,
): Promise<number> {
  const joining = await ctx.db.run(sql<{ child_id: string; unit_id: string }>`
    with v as materialized (${visibleChildren(ctx)})
    select c.id as child_id, (array_agg(cu.unit_id order by length(u.path) desc))[1] as unit_id
      from v join children c on c.tenant_id = ${ctx.tenant} and c.id = v.child_id and c.status = 'registered' ${partOf(ctx, round.by)}
      join child_units cu on cu.tenant_id = ${ctx.tenant} and cu.child_id = c.id and (cu.until_on is null or cu.until_on > ${ctx.today}::date)
      join units u on u.tenant_id = ${ctx.tenant} and u.id = cu.unit_id and u.path >= ${round.unit_path} and u.path < ${round.unit_path + '~'}
     where ${ids === null ? sql`true` : sql`c.id = any(${ids}::uuid[])`}
       and not exists (select from survey_visits s where s.tenant_id = ${ctx.tenant} and s.round_id = ${round.id}::uuid and s.child_id = c.id)
     group by c.id, p.place, c.household_id, c.pinyin order by p.place nulls last, c.household_id nulls last, c.pinyin, c.id`)
  const { last } = await ctx.db.one<{ last: number }>(
    `select coalesce(max(position), 0) as last from survey_visits where tenant_id = $1 and round_id = $2`,
    [ctx.tenant, round.id],
  )
  const rows = joining.map((row, n) => ({ ...row, id: newId(), position: last + n + 1 }))
  return ctx.db.count(
    `insert into survey_visits (tenant_id, id, round_id, unit_id, child_id, position)
     select $1, x.id, $2, x.unit_id, x.child_id, x.position from jsonb_to_recordset($3::jsonb) as x(id uuid, unit_id uuid, child_id uuid, position int)
     on conflict do nothing`,
    [ctx.tenant, round.id, JSON.stringify(rows)],
  )
}

export async function join(ctx: Ctx, { id, body }: Input<typeof surveyOps.join>): Promise<{ joined: number }> {
  const round = await mustBeOpen(ctx, id)
  if (body.child_ids) await mustSee(ctx, body.child_ids)
  const joined = await joinAll(ctx, round, body.child_ids ?? null)
  await ctx.audit('surveys.join', id)
  return { joined }
}

async function mustBeOpen(ctx: Ctx, id: string): Promise<RoundRow> {
  const round = await lockRound(ctx, id)
  if (!surveyCan.visit(round)) throw problem('survey_closed')
  return round
}

interface Said {
  id: string
  child_id: string
  household_id: string | null
  record_id: string | null
}

/** The visits of one household, locked, of children the actor sees. @throws not_found */
async function lockVisits(ctx: Ctx, round_id: string, ids: readonly string[]): Promise<Said[]> {
  const rows = await ctx.db.rows<Said>(
    `select s.id, s.child_id, c.household_id, s.record_id from survey_visits s join children c on c.tenant_id = $1 and c.id = s.child_id
      where s.tenant_id = $1 and s.round_id = $2 and s.id = any($3::uuid[]) order by s.position, s.id for update of s`,
    [ctx.tenant, round_id, ids],
  )
  if (rows.length !== ids.length) throw problem('not_found')
  await mustSee(
    ctx,
    rows.map((row) => row.child_id),
  )
  return rows
}

/** How a state at the door reads in the record: what settles a duty and what does not. */
const found = { no_change: 'no_change', changed: 'seen', moved: 'seen', not_home: 'absent', refused: 'absent' } as const

export async function say(ctx: Ctx, { id, body }: Input<typeof surveyOps.say>): Promise<Answer<typeof surveyOps.say>> {
  const round = await mustBeOpen(ctx, id)
  if (body.visited_on < round.from_on || body.visited_on > round.until_on || body.visited_on > ctx.today)
    throw problem('survey_day', { values: { from_on: round.from_on, until_on: round.until_on } })
  const rows = await lockVisits(ctx, id, body.visit_ids)
  await withdrawSaid(ctx, rows)
  await addRecords(ctx, [
    {
      id: body.id,
      kind: 'survey',
      happened_on: body.visited_on,
      child_ids: rows.map((row) => row.child_id),
      text: body.note ?? null,
      place: '家里',
      fields: {
        found: body.request_about ? 'request' : found[body.state],
        ...(body.reasons?.length ? { reasons: body.reasons } : {}),
        ...(body.request_about ? { request_about: body.request_about, state: 'open' } : {}),
        ...(body.confirmed_by ? { confirmed_by: body.confirmed_by } : {}),
      },
      survey_round_id: id,
      household_id: rows[0]?.household_id ?? null,
      although_similar: true,
    },
  ])
  await ctx.db.count(
    `update survey_visits set state = $3, visited_on = $4, record_id = $5, note = $6, by_account_id = $7, at = $8, version = version + 1
      where tenant_id = $1 and id = any($2::uuid[])`,
    [
      ctx.tenant,
      body.visit_ids,
      body.state,
      body.visited_on,
      body.id,
      body.note ?? null,
      ctx.actor.account_id,
      ctx.now,
    ],
  )
  await ctx.audit('surveys.say', id)
  return { id: body.id, items: await visitsOf(ctx, round.by, { ids: body.visit_ids }) }
}

export async function said(ctx: Ctx, { id }: { id: string }): Promise<Answer<typeof surveyOps.said>> {
  const [round] = await ctx.db.run(sql<{ by: RoundPart }>`
    select ${byOf} as by from survey_visits s join survey_rounds r on r.tenant_id = ${ctx.tenant} and r.id = s.round_id
      join units u on u.tenant_id = ${ctx.tenant} and u.id = r.unit_id
     where s.tenant_id = ${ctx.tenant} and s.record_id = ${id}::uuid limit 1`)
  return { id, items: round ? await visitsOf(ctx, round.by, { record_id: id }) : [] }
}

/** What was said before of these children is withdrawn: one visit leaves one record. */
async function withdrawSaid(ctx: Ctx, rows: readonly Said[]): Promise<void> {
  const before = await ctx.db.rows<{ id: string; version: number }>(
    `select id, version from records where tenant_id = $1 and id = any($2::uuid[]) and withdrawn_at is null`,
    [ctx.tenant, rows.map((row) => row.record_id).filter((id) => id !== null)],
  )
  for (const { id, version } of before) await withdraw(ctx, { id, body: { version, reason: '摸底时改记' } })
  // Others of the same record are waited for again.
  await ctx.db.count(
    `update survey_visits set state = 'waiting', visited_on = null, record_id = null, note = null, by_account_id = null, at = null, version = version + 1
      where tenant_id = $1 and record_id = any($2::uuid[])`,
    [ctx.tenant, before.map((row) => row.id)],
  )
}

export async function unsay(
  ctx: Ctx,
  { id, body }: Input<typeof surveyOps.unsay>,
): Promise<Answer<typeof surveyOps.unsay>> {
  const round = await mustBeOpen(ctx, id)
  const rows = await ctx.db.rows<{ id: string }>(
    `select id from survey_visits where tenant_id = $1 and round_id = $2 and record_id = $3`,
    [ctx.tenant, id, body.record_id],
  )
  const ids = rows.map((row) => row.id)
  if (ids.length > 0) await withdrawSaid(ctx, await lockVisits(ctx, id, ids))
  await ctx.audit('surveys.unsay', id)
  return { items: await visitsOf(ctx, round.by, { ids }) }
}

export async function close(ctx: Ctx, { id, body }: Input<typeof surveyOps.close>): Promise<Round> {
  const round = await lockRound(ctx, id)
  if (!round.leads) throw problem('not_found')
  if (!surveyCan.close(round)) throw problem('survey_closed')
  if (round.version !== body.version) throw problem('stale', { current: await readRound(ctx, id) })
  await ctx.db.count(
    `update survey_rounds set state = 'closed', closed_at = $3, closed_by = $4, version = version + 1 where tenant_id = $1 and id = $2 and state = 'open'`,
    [ctx.tenant, id, ctx.now, ctx.actor.account_id],
  )
  await ctx.audit('surveys.close', id)
  return readRound(ctx, id)
}

export async function report(ctx: Ctx, { id }: { id: string }): Promise<FileAnswer> {
  await ctx.audit('surveys.report', id)
  return surveyReport(ctx, id)
}
