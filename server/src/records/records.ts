// Records 服务记录. See contract/src/records.ts.
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import { recordCan, type RecordItem, type recordOps } from '@nuanyang/contract/records.ts'
import { settles, specOf } from '@nuanyang/contract/records.fields.ts'
import { sql } from 'kysely'
import { visibleChildren } from '../children/children.access.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { passed } from '../kernel/db.ts'
import { newId } from '../kernel/ids.ts'
import { invalid, problem } from '../kernel/problem.ts'
import { keepsRecords } from './records.access.ts'
import { oneSeen, readRecord } from './records.list.ts'
import { responsibleFor, sayForThread, type Responsible } from './records.responsible.ts'
import {
  childRows,
  childrenSeen,
  insertChildren,
  insertItems,
  insertRecords,
  kindsOf,
  tidy,
  type ChildrenSeen,
  type RecordToAdd,
  type Row,
} from './records.write.ts'

export { get, list, openRecord } from './records.list.ts'
export { peopleToName as people } from './records.responsible.ts'
export { ledger, print, report_form } from './records.print.ts'
export type { RecordToAdd } from './records.write.ts'

export async function add(ctx: Ctx, { body }: Input<typeof recordOps.add>): Promise<Answer<typeof recordOps.add>> {
  await addRecords(ctx, [body])
  return passed(await readRecord(ctx, body.id))
}

/**
 * Writes what was done: from the page, and from other features as part of their own act (surveys, pairings, plans). What stands already
 * under the same id, written by the same person, is not written again.
 */
export async function addRecords(ctx: Ctx, records: readonly RecordToAdd[]): Promise<void> {
  const fresh = await notThereYet(ctx, records)
  if (fresh.length === 0) return
  const seen = await childrenSeen(ctx, [...new Set(fresh.flatMap((record) => record.child_ids))])
  fresh.forEach(checkItems)
  const [units, threads] = [await unitsOf(ctx, fresh), await threadsOf(ctx, fresh)]
  const kinds = await kindsOf(ctx, fresh)
  const named = new Map<string, Responsible | null>()
  for (const one of fresh) named.set(one.id, await responsibleFor(ctx, one, threads.get(one.id) ?? null))
  const rows = fresh.map((record): Row => ({
    ...tidy(ctx, kinds(record.kind, {}), record, seen, { responsible: named.get(record.id) ?? null }),
    id: record.id,
    kind: record.kind,
    subject_unit_id: units(record.unit_id),
    thread_id: threads.get(record.id) ?? null,
    task_id: record.task_id ?? null,
    pairing_id: record.pairing_id ?? null,
    survey_round_id: record.survey_round_id ?? null,
    household_id: record.household_id ?? null,
    import_id: record.import_id ?? null,
    done_by_adult_id:
      record.done_by_adult_id ?? (record.done_by_words?.trim() ? null : (ctx.maybeActor?.adult_id ?? null)),
  }))
  await refuseTwins(ctx, fresh, seen)
  const made = new Set(await insertRecords(ctx, rows))
  // Sent twice at the same moment under different keys: the other one has written it meanwhile.
  if (made.size < fresh.length) await notThereYet(ctx, fresh)
  const added = fresh.filter((record) => made.has(record.id))
  await insertChildren(ctx, added.flatMap(childRows))
  await insertItems(ctx, added)
  for (const one of added) await sayForThread(ctx, one, threads.get(one.id) ?? null, named.get(one.id) ?? null)
  for (const record of added)
    await ctx.audit('records.add', record.id, { child_id: record.child_ids.length === 1 ? record.child_ids[0] : null })
}

/** Money and things belong to kinds that have them. */
function checkItems({ kind, items }: { kind: RecordToAdd['kind']; items?: readonly RecordItem[] }): void {
  const faults = (items ?? []).flatMap((item, n) =>
    item.what === 'money' && (item.amount_fen === undefined || item.amount_fen === null)
      ? [{ path: `items.${n}.amount_fen`, zh: '写上多少钱。', en: 'Say how much money.' }]
      : [],
  )
  if (items?.length && !specOf(kind).items)
    faults.push({ path: 'items', zh: '这一种记录没有钱和物。', en: 'This kind has no money or goods.' })
  if (faults.length) throw invalid(...faults)
}

async function notThereYet(ctx: Ctx, records: readonly RecordToAdd[]): Promise<readonly RecordToAdd[]> {
  const there = await ctx.db.rows<{ id: string; recorded_by: string | null }>(
    `select id, recorded_by from records where tenant_id = $1 and id = any($2::uuid[])`,
    [ctx.tenant, records.map((record) => record.id)],
  )
  if (there.some((row) => row.recorded_by !== (ctx.maybeActor?.account_id ?? null))) throw problem('key_reused')
  const known = new Set(there.map((row) => row.id))
  return records.filter((record) => !known.has(record.id))
}

/** The unit whose work it is: the writer's own, or one below it. */
async function unitsOf(ctx: Ctx, records: readonly RecordToAdd[]): Promise<(asked: string | undefined) => string> {
  const actor = ctx.maybeActor
  const asked = [...new Set(records.flatMap((record) => (record.unit_id ? [record.unit_id] : [])))]
  const found = asked.filter((id) => id !== actor?.unit_id)
  if (found.length) {
    const rows = await ctx.db.rows<{ id: string }>(
      `select id from units where tenant_id = $1 and id = any($2::uuid[]) and path >= $3 and path < $3 || '~'`,
      [ctx.tenant, found, actor?.unit_path ?? ''],
    )
    if (rows.length < found.length) throw problem('not_found')
  }
  return (id) => id ?? ctx.actor.unit_id
}

/** By record: the first record of its matter. A kind that goes on over several begins one of its own. */
async function threadsOf(ctx: Ctx, records: readonly RecordToAdd[]): Promise<Map<string, string>> {
  const out = new Map(records.filter((one) => specOf(one.kind).thread).map((one) => [one.id, one.thread_id ?? one.id]))
  const asked = records.filter((record) => record.thread_id)
  if (asked.length === 0) return out
  const rows = await ctx.db.rows<{ id: string; root: string; kind: string; child_ids: string[] | null }>(
    `select r.id, coalesce(r.thread_id, r.id) as root, r.kind, array(select child_id from record_children c where c.tenant_id = $1 and c.record_id = r.id) as child_ids
       from records r where r.tenant_id = $1 and r.id = any($2::uuid[]) and r.withdrawn_at is null and r.amends_id is null`,
    [ctx.tenant, asked.map((record) => record.thread_id)],
  )
  for (const record of asked) {
    const root = rows.find((row) => row.id === record.thread_id)
    const children = root?.child_ids ?? []
    const fits =
      root &&
      specOf(record.kind).thread &&
      root.kind === record.kind &&
      (children.length === 0 || record.child_ids.some((id) => children.includes(id)))
    if (!fits) throw problem('record_thread')
    out.set(record.id, root.root)
  }
  return out
}

/** Two people who write down one visit at the same time: one of them is asked. */
async function refuseTwins(ctx: Ctx, records: readonly RecordToAdd[], seen: ChildrenSeen): Promise<void> {
  const asked = records.filter(
    (record) => specOf(record.kind).once_a_day && !record.although_similar && !record.draft && ctx.maybeActor,
  )
  if (asked.length === 0) return
  const keys = asked
    .flatMap((record) => record.child_ids.map((id) => `${ctx.tenant}:${record.kind}:${record.happened_on}:${id}`))
    .toSorted()
  await ctx.db.rows(
    `select pg_advisory_xact_lock(hashtextextended(k.key, 0)) from (select key from unnest($1::text[]) as n(key) order by key) as k`,
    [keys],
  )
  for (const record of asked) {
    const twin = await ctx.db.maybe<{ child_id: string; who: string | null }>(
      `select c.child_id, coalesce(r.done_by_words, (select a.name from accounts a where a.id = r.recorded_by)) as who
         from record_children c join records r on r.tenant_id = $1 and r.id = c.record_id
        where c.tenant_id = $1 and c.child_id = any($2::uuid[]) and c.kind = $3 and c.happened_on = $4 and not r.draft and r.withdrawn_at is null limit 1`,
      [ctx.tenant, record.child_ids, record.kind, record.happened_on],
    )
    if (twin)
      throw problem('record_similar', {
        values: {
          who: twin.who ?? '',
          name: seen.get(twin.child_id)?.name ?? '',
          day: record.happened_on,
          kind: specOf(record.kind).title.zh,
        },
      })
  }
}

interface Locked {
  kind: RecordToAdd['kind']
  draft: boolean
  version: number
  withdrawn_at: string | null
  recorded_by: string | null
  writer: string | null
  keeps: boolean
  fields: Record<string, unknown>
  thread_id: string | null
  child_ids: string[]
  state: number
}

/** The row of a record that the actor sees as a whole and answers for, locked. @throws not_found, record_not_yours, stale */
async function lock(ctx: Ctx, id: string, version: number, may: keyof typeof recordCan): Promise<Locked> {
  // Locked first: what is decided by is then what stands when we write.
  await ctx.db.rows(`select id from records where tenant_id = $1 and id = $2 for update`, [ctx.tenant, id])
  const [row] = await ctx.db.run(sql<Locked>`
    with v as materialized (${visibleChildren(ctx)}), r as (${oneSeen(ctx, id)})
    select r.kind, r.draft, r.version, r.withdrawn_at, r.recorded_by, r.fields, r.thread_id, r.state, (select a.name from accounts a where a.id = r.recorded_by) as writer,
        exists (select from units k where k.tenant_id = ${ctx.tenant} and k.id = r.subject_unit_id and k.path >= ${ctx.actor.unit_path} and k.path < ${ctx.actor.unit_path + '~'}) as keeps,
        array(select rc.child_id from record_children rc where rc.tenant_id = ${ctx.tenant} and rc.record_id = r.id) as child_ids from r`)
  if (!row || row.state < 2) throw problem('not_found')
  const mine = row.recorded_by === ctx.actor.account_id
  const keeps = keepsRecords(ctx) && row.keeps
  if (!mine && !keeps) throw problem('record_not_yours', { values: { who: row.writer ?? '别人' } })
  if (!recordCan[may]({ withdrawn: row.withdrawn_at, mine, keeps }))
    throw problem(may === 'restore' ? 'record_not_withdrawn' : 'record_withdrawn')
  if (row.version !== version) {
    throw problem('stale', { current: JSON.parse(await readRecord(ctx, id)) })
  }
  return row
}

export async function correct(
  ctx: Ctx,
  { id, body }: Input<typeof recordOps.correct>,
): Promise<Answer<typeof recordOps.correct>> {
  const row = await lock(ctx, id, body.version, 'correct')
  const seen = await childrenSeen(ctx, [...new Set([...body.child_ids, ...row.child_ids])])
  // Children out of the corrector's sight stay in the record: they are not theirs to take out.
  const unseen = row.child_ids.filter((child) => !seen.has(child))
  const written = { ...body, kind: row.kind, draft: row.draft && (body.draft ?? false) }
  checkItems(written)
  const responsible = await responsibleFor(ctx, written, row.thread_id)
  const kinds = await kindsOf(ctx, [written])
  const tidied = tidy(ctx, kinds(row.kind, row.fields), written, seen, { kept: new Set(unseen), responsible })
  if (!row.draft) await keepVersion(ctx, id)
  await ctx.db.count(
    `update records set happened_on = n.happened_on, happened_from = n.happened_from, happened_to = n.happened_to, place = n.place, text = n.text, fields = n.fields,
        visibility = n.visibility, draft = n.draft, counts = n.counts, child_count = $5, done_by_words = n.done_by_words, responsible_account_id = n.responsible_account_id, version = version + 1, updated_at = $3, updated_by = $4
       from jsonb_to_record($6::jsonb) as n(happened_on date, happened_from time, happened_to time, place text, text text, fields jsonb, visibility text, draft boolean, counts boolean, done_by_words text, responsible_account_id uuid)
      where tenant_id = $1 and id = $2`,
    [
      ctx.tenant,
      id,
      ctx.now,
      ctx.actor.account_id,
      new Set([...body.child_ids, ...unseen]).size,
      JSON.stringify(tidied),
    ],
  )
  await sayForThread(ctx, written, row.thread_id, responsible)
  const going = row.child_ids.filter((child) => seen.has(child) && !body.child_ids.includes(child))
  await ctx.db.count(`delete from record_children where tenant_id = $1 and record_id = $2 and child_id = any($3::uuid[])`, [ctx.tenant, id, going]) // prettier-ignore
  await ctx.db.count(`update record_children set happened_on = $3, counts = $4 where tenant_id = $1 and record_id = $2`, [ctx.tenant, id, tidied.happened_on, tidied.counts]) // prettier-ignore
  await insertChildren(ctx, childRows({ ...body, id }))
  await ctx.db.count(`delete from record_items where tenant_id = $1 and record_id = $2 and (child_id is null or not child_id = any($3::uuid[]))`, [ctx.tenant, id, unseen]) // prettier-ignore
  await insertItems(ctx, [{ id, items: body.items }])
  await ctx.audit(row.draft ? 'records.go_on' : 'records.correct', id, { child_id: body.child_ids.length === 1 ? body.child_ids[0] : null }) // prettier-ignore
  return passed(await readRecord(ctx, id))
}

/** What stands there now, set aside as it is: it counts for nothing and is in no list. */
async function keepVersion(ctx: Ctx, id: string): Promise<void> {
  await ctx.db.count(
    `insert into records (tenant_id, id, kind, happened_on, happened_from, happened_to, place, subject_unit_id, fields, fields_version, text, visibility, draft, counts, amends_id,
        done_by_adult_id, done_by_words, recorded_by, recorded_at, custom, updated_at, updated_by, version)
     select tenant_id, $3, kind, happened_on, happened_from, happened_to, place, subject_unit_id, fields, fields_version, text, visibility, false, false, id,
        done_by_adult_id, done_by_words, recorded_by, recorded_at, jsonb_build_object(
          'child_ids', (select coalesce(jsonb_agg(c.child_id), '[]') from record_children c where c.tenant_id = $1 and c.record_id = r.id),
          'items', (select coalesce(jsonb_agg(to_jsonb(i) - 'tenant_id'), '[]') from record_items i where i.tenant_id = $1 and i.record_id = r.id)), $4, $5, version
       from records r where r.tenant_id = $1 and r.id = $2`,
    [ctx.tenant, id, newId(), ctx.now, ctx.actor.account_id],
  )
}

export async function withdraw(
  ctx: Ctx,
  { id, body }: Input<typeof recordOps.withdraw>,
): Promise<Answer<typeof recordOps.withdraw>> {
  await lock(ctx, id, body.version, 'withdraw')
  await ctx.db.count(
    `update records set withdrawn_at = $3, withdrawn_by = $4, withdrawn_reason = $5, counts = false, version = version + 1, updated_at = $3, updated_by = $4 where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, ctx.now, ctx.actor.account_id, body.reason.trim()],
  )
  await ctx.db.count(`update record_children set counts = false where tenant_id = $1 and record_id = $2`, [ctx.tenant, id]) // prettier-ignore
  await ctx.audit('records.withdraw', id)
  return passed(await readRecord(ctx, id))
}

export async function restore(
  ctx: Ctx,
  { id, body }: Input<typeof recordOps.restore>,
): Promise<Answer<typeof recordOps.restore>> {
  const row = await lock(ctx, id, body.version, 'restore')
  const counts = !row.draft && settles(specOf(row.kind), row.fields)
  await ctx.db.count(
    `update records set withdrawn_at = null, withdrawn_by = null, withdrawn_reason = null, counts = $5, version = version + 1, updated_at = $3, updated_by = $4 where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, ctx.now, ctx.actor.account_id, counts],
  )
  await ctx.db.count(`update record_children set counts = $3 where tenant_id = $1 and record_id = $2`, [ctx.tenant, id, counts]) // prettier-ignore
  await ctx.audit('records.restore', id)
  return passed(await readRecord(ctx, id))
}
