// Reading records: one statement builds the page's JSON in PostgreSQL, visibility compiled in.
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import type { RecordRow, recordOps } from '@nuanyang/contract/records.ts'
import { groupBit } from '@nuanyang/contract/roles.ts'
import { sql, type RawBuilder } from 'kysely'
import { visibleChildren } from '../children/children.access.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { passed } from '../kernel/db.ts'
import { problem } from '../kernel/problem.ts'
import { keepsRecords, stateByChild, stateByRole, unitSeen } from './records.access.ts'

export type RecordFilter = Omit<Input<typeof recordOps.list>, 'after' | 'limit'>

export async function list(ctx: Ctx, query: Input<typeof recordOps.list>): Promise<Answer<typeof recordOps.list>> {
  for (const days of await windows(ctx, query)) {
    const found = await page(ctx, query, days)
    if (days === null || found.full) return passed(found.page)
  }
  throw new Error('the last window is open')
}

/**
 * Where many children are seen, the newest page lies in the last days: they are looked at first, and everything only when they do not
 * fill a page. In a village everything is little.
 */
async function windows(ctx: Ctx, query: Input<typeof recordOps.list>): Promise<(Window | null)[]> {
  const small = !['county', 'township', 'school'].includes(ctx.actor.unit_kind)
  if (small || query.child_id || query.thread_id || query.task_id || query.pairing_id || query.unit_id) return [null]
  const last = query.after
    ? await ctx.db.maybe<{ happened_on: string }>(`select happened_on from records where tenant_id = $1 and id = $2`, [
        ctx.tenant,
        query.after,
      ])
    : null
  const until = [last?.happened_on, query.until, ctx.today].filter((day) => day !== undefined).toSorted()[0]!
  return [...[3, 31].map((days) => ({ from: daysBefore(until, days), until })), null]
}

interface Window {
  from: string
  until: string
}
const daysBefore = (day: string, days: number): string =>
  new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10)

async function page(
  ctx: Ctx,
  query: Input<typeof recordOps.list>,
  window: Window | null,
): Promise<{ page: string; full: boolean }> {
  const limit = query.limit ?? 50
  const inside = window
    ? { ...query, from: query.from && query.from > window.from ? query.from : window.from, until: window.until }
    : query
  // Everything of a county is searched by the index of words; a village's few are read.
  const words = query.text?.trim()
  const indexed =
    words && window === null && ['county', 'township', 'school'].includes(ctx.actor.unit_kind)
      ? sql`and r.id in (select s.record_id from search_records(${words}) as s)`
      : sql``
  const [row] = await ctx.db.run(sql<{ page: string; full: boolean }>`
    with v as materialized (${visibleChildren(ctx)}),
    seen as materialized (${seenRecords(ctx, inside, sql`${after(ctx, query.after)} ${indexed}`)}),
    newest as (select * from seen order by happened_on desc, id desc limit ${limit + 1}),
    page as (select r.*, newest.state from newest join records r on r.tenant_id = ${ctx.tenant} and r.id = newest.id),
    shown as (select * from page order by happened_on desc, id desc limit ${limit})
    select (
      -- The page's own children: a county's twenty thousand are not looked through again for each record.
      with v as materialized (select o.* from v as o where o.child_id in (
        select rc.child_id from shown as s join record_children rc on rc.tenant_id = ${ctx.tenant} and rc.record_id = s.id))
      select json_build_object(
        'items', coalesce((select json_agg(${recordJson(ctx)} order by r.happened_on desc, r.id desc) from shown as r), '[]'),
        'next', case when (select count(*) from page) > ${limit} then (select id from shown order by happened_on, id limit 1) end)::text) as page,
      (select count(*) from page) > ${limit} as full`)
  return row!
}

/** `select id, happened_on, state` of everything the filter leaves and the actor sees; `v` is visibleChildren. */
export function seenRecords(
  ctx: Ctx,
  f: RecordFilter,
  more: RawBuilder<unknown> = sql``,
): RawBuilder<{ id: string; happened_on: string; state: number }> {
  const where = sql`r.tenant_id = ${ctx.tenant} and ${filtered(ctx, f)} ${more}`
  const least = f.text?.trim() ? sql.lit(2) : sql.lit(1)
  const ofChildren = sql`
    select r.id, r.happened_on, max(${stateByChild(ctx)}) as state
      from v join record_children rc on rc.tenant_id = ${ctx.tenant} and rc.child_id = v.child_id
      join records r on r.tenant_id = ${ctx.tenant} and r.id = rc.record_id
     where ${where} ${f.child_id ? sql`and v.child_id = ${f.child_id}::uuid` : sql``}
       ${f.from ? sql`and rc.happened_on >= ${f.from}::date` : sql``} ${f.until ? sql`and rc.happened_on <= ${f.until}::date` : sql``}
     group by r.id, r.happened_on having max(${stateByChild(ctx)}) >= ${least}`
  if (f.child_id) return sql`${ofChildren}`
  return sql`${ofChildren} union all
    select r.id, r.happened_on, ${stateByRole(ctx)} as state
      from units u join records r on r.tenant_id = ${ctx.tenant} and r.subject_unit_id = u.id
     where u.tenant_id = ${ctx.tenant} and ${unitSeen(ctx)} and r.child_count = 0 and ${where} and ${stateByRole(ctx)} >= ${least}`
}

/** The predicate of a filter over `r` (records). What is kept of corrections is in no list. */
function filtered(ctx: Ctx, f: RecordFilter): RawBuilder<boolean> {
  const mine = sql`r.recorded_by = ${ctx.actor.account_id}::uuid`
  const state = f.state ?? 'kept'
  const parts: RawBuilder<unknown>[] = [sql`r.amends_id is null`, sql`(not r.draft or ${mine})`]
  if (state === 'kept') parts.push(sql`not r.draft and r.withdrawn_at is null`)
  if (state === 'drafts') parts.push(sql`r.draft and r.withdrawn_at is null`)
  if (state === 'withdrawn') parts.push(sql`r.withdrawn_at is not null`)
  if (f.kind?.length) parts.push(sql`r.kind = any(${f.kind}::text[])`)
  if (f.from) parts.push(sql`r.happened_on >= ${f.from}::date`)
  if (f.until) parts.push(sql`r.happened_on <= ${f.until}::date`)
  if (f.mine) parts.push(mine)
  if (f.counts) parts.push(f.counts === 'yes' ? sql`r.counts` : sql`not r.counts`)
  for (const key of ['thread_id', 'task_id', 'pairing_id'] as const)
    if (f[key]) parts.push(sql`${sql.ref(`r.${key}`)} = ${f[key]}::uuid`)
  if (f.unit_id)
    parts.push(sql`exists (select from units w join units k on k.tenant_id = ${ctx.tenant} and k.id = r.subject_unit_id
      where w.tenant_id = ${ctx.tenant} and w.id = ${f.unit_id}::uuid and k.path >= w.path and k.path < w.path || '~')`)
  const words = f.text?.trim()
  if (words)
    parts.push(sql`(position(${words} in coalesce(r.text, '')) > 0 or position(${words} in coalesce(r.place, '')) > 0
      or position(${words} in r.fields::text) > 0)`)
  return sql<boolean>`${sql.join(parts, sql` and `)}`
}

const after = (ctx: Ctx, id: string | undefined) =>
  id
    ? sql`and (r.happened_on, r.id) < (select b.happened_on, b.id from records b where b.tenant_id = ${ctx.tenant} and b.id = ${id}::uuid)`
    : sql``

/** SQL: one record `r` (with `state`) as the reader sees it; `v` is visibleChildren. */
export function recordJson(ctx: Ctx, extra: RawBuilder<unknown> = sql``): RawBuilder<unknown> {
  const t = sql`${ctx.tenant}`
  const open = (value: RawBuilder<unknown>, else_: RawBuilder<unknown> = sql`null`) =>
    sql`case when r.state = 2 then ${value} else ${else_} end`
  const account = (column: string) => sql`(select a.name from accounts a where a.id = ${sql.ref(column)})`
  const keeps = keepsRecords(ctx)
    ? sql`exists (select from units k where k.tenant_id = ${t} and k.id = r.subject_unit_id and k.path >= ${ctx.actor.unit_path} and k.path < ${ctx.actor.unit_path + '~'})`
    : sql`false`
  // From the record's few children to what is seen of each: the limit keeps the planner from going the other way round.
  const people = sql`from record_children rc cross join lateral (select o.* from v as o where o.child_id = rc.child_id limit 1) as v join children c on c.tenant_id = ${t} and c.id = rc.child_id
      where rc.tenant_id = ${t} and rc.record_id = r.id`
  return sql`json_build_object(
    'id', r.id, 'kind', r.kind, 'state', case when r.state = 2 then 'open' else 'masked' end,
    'happened_on', r.happened_on,
    'from_time', ${open(sql`to_char(r.happened_from, 'HH24:MI')`)}, 'to_time', ${open(sql`to_char(r.happened_to, 'HH24:MI')`)},
    'place', ${open(sql`r.place`)}, 'text', ${open(sql`r.text`)}, 'fields', ${open(sql`r.fields`, sql`'{}'::jsonb`)},
    'items', ${open(
      sql`coalesce((select json_agg(json_build_object('what', i.what, 'name', i.name, 'quantity', i.quantity, 'measure_word', i.measure_word,
          'amount_fen', i.amount_fen, 'child_id', case when i.child_id in (select child_id from v) then i.child_id end, 'donor_name', i.donor_name, 'received_on', i.received_on) order by i.position)
        from record_items i where i.tenant_id = ${t} and i.record_id = r.id and (i.child_id is null or i.child_id in (select child_id from v))), '[]'::json)`,
      sql`'[]'::json`,
    )},
    'children', coalesce((select json_agg(json_build_object('id', c.id, 'name', case when v.open & ${sql.lit(groupBit('full_name'))} <> 0 then c.name else c.given_name end,
        'remark', ${open(sql`rc.remark`)}) order by c.pinyin, c.id) ${people}), '[]'),
    'others', r.child_count - (select count(*) ${people})::int,
    'unit_id', r.subject_unit_id, 'unit_name', (select k.name from units k where k.tenant_id = ${t} and k.id = r.subject_unit_id),
    'visibility', r.visibility, 'draft', r.draft, 'counts', r.counts, 'thread_id', r.thread_id, 'task_id', r.task_id, 'pairing_id', r.pairing_id,
    'responsible_account_id', ${open(sql`r.responsible_account_id`)},
    'done_by', coalesce(r.done_by_words, (select a.name from adults a where a.tenant_id = ${t} and a.id = r.done_by_adult_id), ${account('r.recorded_by')}, ''),
    'recorded_by', ${account('r.recorded_by')},
    'recorded_on', to_char(r.recorded_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD'),
    'mine', coalesce(r.recorded_by = ${ctx.actor.account_id}::uuid, false), 'keeps', ${keeps},
    'corrected', exists (select from records o where o.tenant_id = ${t} and o.amends_id = r.id),
    'withdrawn', case when r.withdrawn_at is not null then json_build_object('on', to_char(r.withdrawn_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD'),
        'by', coalesce(${account('r.withdrawn_by')}, ''), 'reason', ${open(sql`r.withdrawn_reason`, sql`''`)}) end,
    'version', r.version ${extra})`
}

/** The record as JSON text for the reader, whatever its state. @throws not_found */
export async function readRecord(ctx: Ctx, id: string, extra: RawBuilder<unknown> = sql``): Promise<string> {
  const [row] = await ctx.db.run(sql<{ record: string }>`
    with v as materialized (${visibleChildren(ctx)}), r as (${oneSeen(ctx, id)})
    select (${recordJson(ctx, extra)})::text as record from r`)
  if (!row) throw problem('not_found')
  return row.record
}

/** `select records.*, state` of one record, if the actor sees it; `v` is visibleChildren. */
export function oneSeen(ctx: Ctx, id: string): RawBuilder<RecordRow> {
  const mine = sql`(not r.draft or r.recorded_by = ${ctx.actor.account_id}::uuid)`
  return sql`select r.*, s.state from records r cross join lateral (
      select max(state) as state from (
        select ${stateByChild(ctx)} as state from record_children rc join v on v.child_id = rc.child_id where rc.tenant_id = ${ctx.tenant} and rc.record_id = r.id
        union all select ${stateByRole(ctx)} from units u where u.tenant_id = ${ctx.tenant} and u.id = r.subject_unit_id and r.child_count = 0 and ${unitSeen(ctx)}) as by_each) as s
    where r.tenant_id = ${ctx.tenant} and r.id = ${id}::uuid and r.amends_id is null and ${mine} and s.state >= 1`
}

/**
 * What somebody may do with what hangs on a record: its pictures and papers. `child_ids` are all who took part, seen or not.
 * @throws not_found for what is not there, not to be seen, or seen only as a shape
 */
export async function openRecord(ctx: Ctx, id: string): Promise<{ writes: boolean; child_ids: string[] }> {
  const [row] = await ctx.db.run(sql<{ writes: boolean; child_ids: string[] }>`
    with v as materialized (${visibleChildren(ctx)}), r as (${oneSeen(ctx, id)})
    select r.withdrawn_at is null and (r.recorded_by = ${ctx.actor.account_id}::uuid or ${keepsRecords(ctx)}) as writes,
        array(select rc.child_id from record_children rc where rc.tenant_id = ${ctx.tenant} and rc.record_id = r.id) as child_ids
      from r where r.state = 2`)
  if (!row) throw problem('not_found')
  return row
}

export async function get(ctx: Ctx, { id }: { id: string }): Promise<Answer<typeof recordOps.get>> {
  const versions = sql`, 'versions', case when r.state = 2 then coalesce((select json_agg(json_build_object('id', o.id, 'until_at', o.updated_at,
      'by', coalesce((select a.name from accounts a where a.id = o.updated_by), ''), 'happened_on', o.happened_on, 'place', o.place, 'text', o.text, 'fields', o.fields) order by o.updated_at desc, o.id desc)
    from records o where o.tenant_id = ${ctx.tenant} and o.amends_id = r.id), '[]'::json) else '[]'::json end`
  return passed(await readRecord(ctx, id, versions))
}
