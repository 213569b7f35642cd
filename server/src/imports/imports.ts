// Imports 导入: the verbs around one roster. See contract/src/imports.ts for its way from file to files.
import { createReadStream } from 'node:fs'
import { rosterUnitKinds, type importOps } from '@nuanyang/contract/imports.ts'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { passed } from '../kernel/db.ts'
import { newId } from '../kernel/ids.ts'
import type { Jobs } from '../kernel/jobs.ts'
import { problem } from '../kernel/problem.ts'
import { unitInSubtree } from '../units/units.access.ts'
import { mine, type Mine } from './imports.access.ts'
import { applyImport } from './imports.apply.ts'
import { readImport } from './imports.read.ts'
import { absentIds, head } from './imports.sheet.ts'
import { conflictsOf, takeBack } from './imports.withdraw.ts'
import { ReadRefusal } from './refusal.ts'

export { get, rows } from './imports.sheet.ts'
export { workbook } from './imports.workbook.ts'

export const importJobs: Jobs = { 'imports.read': readImport, 'imports.apply': applyImport }

/** Takes the file in. The same bytes for the same unit answer the person's earlier import, unless it was withdrawn or could not be read. */
export async function upload(
  ctx: Ctx,
  { body, file }: Input<typeof importOps.upload>,
): Promise<Answer<typeof importOps.upload>> {
  const taken = await takeIn(ctx, body.unit_id ?? ctx.actor.unit_id, file)
  if (!taken.earlier) await ctx.later('imports.read', { id: taken.id }, `imports.read:${taken.id}`)
  return taken
}

/** Keeps the file and its row; nobody has been told to read it yet. `file.path` stays where it is. @throws unit_takes_no_roster */
export async function takeIn(
  ctx: Ctx,
  unit_id: string,
  file: { path: string; name: string },
): Promise<{ id: string; earlier: boolean }> {
  const unit = await unitInSubtree(ctx, unit_id)
  if (!(rosterUnitKinds as readonly string[]).includes(unit.kind))
    throw problem('unit_takes_no_roster', { values: { unit: unit.name } })
  const stored = await ctx.store.put(ctx.tenant, createReadStream(file.path))
  // Two uploads of the same file at once must find each other.
  await ctx.db.rows(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [
    `${ctx.tenant}:${unit.id}:${stored.sha256}`,
  ])
  const earlier = await ctx.db.maybe<{ id: string }>(
    `select id from imports where tenant_id = $1 and unit_id = $2 and file_sha256 = $3 and created_by = $4 and state not in ('withdrawn', 'failed') order by created_at desc limit 1`,
    [ctx.tenant, unit.id, stored.sha256, ctx.actor.account_id],
  )
  if (earlier) return { id: earlier.id, earlier: true }
  const id = newId(ctx.now.getTime())
  await ctx.db.count(
    `insert into imports (tenant_id, id, unit_id, file_sha256, file_name, bytes, created_at, created_by) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [ctx.tenant, id, unit.id, stored.sha256, file.name, stored.bytes, ctx.now, ctx.actor.account_id],
  )
  await ctx.audit('imports.upload', id, { import_id: id })
  return { id, earlier: false }
}

/** No list of people is longer; the rest of a sheet is not sent to the page. */
const tableRows = 1000

export async function read_table(
  _ctx: Ctx,
  { file }: Input<typeof importOps.read_table>,
): Promise<Answer<typeof importOps.read_table>> {
  const { openWorkbook } = await import('./workbook.ts')
  const book = await openWorkbook(file.path, file.name).catch((error: unknown) => {
    if (error instanceof ReadRefusal) throw problem('table_unreadable', { values: { why: error.zh, why_en: error.en } })
    throw error
  })
  const sheet = book.sheets.find((one) => !one.hidden && one.rows.length > 0)
  const width = Math.min(30, Math.max(0, ...(sheet?.rows ?? []).flatMap((row) => [...row.cells.keys()])) + 1)
  const lines = (sheet?.rows ?? []).slice(0, tableRows).map((row) =>
    Array.from({ length: width }, (_, column) => (row.cells.get(column)?.text ?? '').replace(/\s+/g, ' ').slice(0, 100))
      .join('\t')
      .trimEnd(),
  )
  return { text: lines.join('\n') }
}

export async function list(
  ctx: Ctx,
  { after, limit = 50 }: Input<typeof importOps.list>,
): Promise<Answer<typeof importOps.list>> {
  const row = await ctx.db.one<{ page: string }>(
    `with found as (select i.*, u.name as unit_name from imports i join units u on u.tenant_id = i.tenant_id and u.id = i.unit_id
        where i.tenant_id = $1 and u.path >= $2 and u.path < $2 || '~'
          and ($3::uuid is null or (i.created_at, i.id) < (select b.created_at, b.id from imports b join units w on w.tenant_id = $1 and w.id = b.unit_id where b.tenant_id = $1 and b.id = $3::uuid and w.path >= $2 and w.path < $2 || '~'))
        order by i.created_at desc, i.id desc limit $4::int + 1),
     kept as (select * from found order by created_at desc, id desc limit $4::int)
     select json_build_object('items', coalesce((select json_agg(json_build_object(${head.replaceAll('u.name', 'i.unit_name')}, 'mine', i.created_by = $5) order by i.created_at desc, i.id desc) from kept as i), '[]'),
       'next', case when (select count(*) from found) > $4::int then (select id from kept order by created_at, id limit 1) end)::text as page`,
    [ctx.tenant, ctx.actor.unit_path, after ?? null, limit, ctx.actor.account_id],
  )
  return passed(row.page)
}

/** Locks an import that may still be changed. @throws not_ready, busy_import */
async function open(ctx: Ctx, id: string): Promise<Mine> {
  await mine(ctx, id)
  const row = await ctx.db.one<Mine>(
    `select id, state, version, unit_id from imports where tenant_id = $1 and id = $2 for update`,
    [ctx.tenant, id],
  )
  if (row.state === 'uploaded' || row.state === 'reading') throw problem('not_ready')
  if (row.state !== 'ready') throw problem('busy_import')
  return row
}

async function readAgain(ctx: Ctx, id: string): Promise<null> {
  await ctx.db.count(
    `update imports set state = 'uploaded', progress = 0, version = version + 1 where tenant_id = $1 and id = $2`,
    [ctx.tenant, id],
  )
  await ctx.later('imports.read', { id }, `imports.read:${id}`)
  return null
}

export async function answer(ctx: Ctx, { id, body }: Input<typeof importOps.answer>): Promise<null> {
  await open(ctx, id)
  const asked = await ctx.db.one<{ known: boolean }>(
    `select coalesce(report -> 'questions' @> jsonb_build_array(jsonb_build_object('id', $3::text)), false) as known from imports where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, body.question_id],
  )
  if (!asked.known) throw problem('question_gone')
  await ctx.db.count(
    `update imports set answers = case when $4::text is null then answers - $3::text else answers || jsonb_build_object($3::text, $4::text) end where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, body.question_id, body.choice],
  )
  return readAgain(ctx, id)
}

export async function put_aside(ctx: Ctx, { id, body }: Input<typeof importOps.put_aside>): Promise<null> {
  await open(ctx, id)
  // An answer of null is no choice of any question, so reading takes no notice of it, and applying no longer waits.
  const done = await ctx.db.count(
    `update imports set version = version + 1, answers = case when $4 then answers || jsonb_build_object($3::text, null) else answers - $3::text end
      where tenant_id = $1 and id = $2 and report -> 'questions' @> jsonb_build_array(jsonb_build_object('id', $3::text))`,
    [ctx.tenant, id, body.question_id, body.aside],
  )
  if (done === 0) throw problem('question_gone')
  return null
}

export async function map(ctx: Ctx, { id, body }: Input<typeof importOps.map>): Promise<null> {
  await open(ctx, id)
  await ctx.db.count(
    `update imports set mapping = mapping || jsonb_build_object($3::text, coalesce(mapping -> $3::text, '{}'::jsonb) || jsonb_build_object($4::text, $5::text)) where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, body.signature, body.column, body.field],
  )
  return readAgain(ctx, id)
}

export async function set_as_of(ctx: Ctx, { id, body }: Input<typeof importOps.set_as_of>): Promise<null> {
  await open(ctx, id)
  await ctx.db.count(`update imports set as_of = $3 where tenant_id = $1 and id = $2`, [ctx.tenant, id, body.as_of])
  return readAgain(ctx, id)
}

export async function decide(ctx: Ctx, { id, body }: Input<typeof importOps.decide>): Promise<null> {
  await open(ctx, id)
  await ctx.db.count(
    `update import_rows set decision = $4 where tenant_id = $1 and import_id = $2 and id = any($3::uuid[]) and action is not null`,
    [ctx.tenant, id, body.row_ids, body.decision === null ? null : JSON.stringify(body.decision)],
  )
  await ctx.db.count(`update imports set version = version + 1 where tenant_id = $1 and id = $2`, [ctx.tenant, id])
  return null
}

/** Confirms. From here a job writes it, as this person. */
export async function apply(ctx: Ctx, { id, body }: Input<typeof importOps.apply>): Promise<null> {
  const row = await open(ctx, id)
  if (row.version !== body.version) throw problem('stale')
  await confirm(ctx, id)
  await ctx.later('imports.apply', { id }, `imports.apply:${id}`)
  return null
}

/** Nothing may be open any more, and something must be there to write. @throws questions_open, nothing_to_import */
export async function confirm(ctx: Ctx, id: string): Promise<void> {
  await open(ctx, id)
  const waiting = await ctx.db.one<{ questions: number; writes: number }>(
    `select (select count(*)::int from imports i, jsonb_array_elements(coalesce(i.report -> 'questions', '[]'::jsonb)) as q
              where i.tenant_id = $1 and i.id = $2 and q ->> 'answer' is null and not i.answers ? (q ->> 'id')) as questions,
            (select count(*)::int from import_rows r where r.tenant_id = $1 and r.import_id = $2 and coalesce(r.decision #>> '{}', r.action) in ('create', 'update')) as writes`,
    [ctx.tenant, id],
  )
  if (waiting.questions > 0) throw problem('questions_open', { values: { count: waiting.questions } })
  if (waiting.writes === 0) throw problem('nothing_to_import')
  await ctx.db.count(
    `update imports set state = 'applying', progress = 0, failure = null, version = version + 1 where tenant_id = $1 and id = $2`,
    [ctx.tenant, id],
  )
}

export async function withdraw(
  ctx: Ctx,
  { id, body }: Input<typeof importOps.withdraw>,
): Promise<Answer<typeof importOps.withdraw>> {
  await mine(ctx, id)
  const row = await ctx.db.one<Mine>(
    `select id, state, version, unit_id from imports where tenant_id = $1 and id = $2 for update`,
    [ctx.tenant, id],
  )
  if (row.state !== 'applied') throw problem('not_applied')
  const conflicts = await conflictsOf(ctx, id)
  if (conflicts.length > 0) return { withdrawn: false, conflicts }
  await takeBack(ctx, id, body.reason)
  await ctx.db.count(
    `update imports set state = 'withdrawn', withdrawn_at = $3, withdrawn_by = $4, version = version + 1 where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, ctx.now, ctx.actor.account_id],
  )
  await ctx.audit('imports.withdraw', id, { import_id: id, purpose: body.reason })
  return { withdrawn: true, conflicts: [] }
}

/** Puts a file aside that was never applied. Its rows go, that it was here stays in the audit. */
export async function discard(ctx: Ctx, { id }: Input<typeof importOps.discard>): Promise<null> {
  const row = await mine(ctx, id)
  if (row.state === 'applied' || row.state === 'applying' || row.state === 'withdrawn') throw problem('busy_import')
  await ctx.db.count(`delete from import_rows where tenant_id = $1 and import_id = $2`, [ctx.tenant, id])
  await ctx.db.count(`delete from imports where tenant_id = $1 and id = $2`, [ctx.tenant, id])
  await ctx.audit('imports.discard', id, { import_id: id })
  return null
}

export async function absent(
  ctx: Ctx,
  { id }: Input<typeof importOps.absent>,
): Promise<Answer<typeof importOps.absent>> {
  await mine(ctx, id)
  const ids = await absentIds(ctx, id)
  const items = await ctx.db.rows<{ id: string; name: string }>(
    `select id, name from children where tenant_id = $1 and id = any($2::uuid[]) order by pinyin, id`,
    [ctx.tenant, ids],
  )
  return { items }
}
