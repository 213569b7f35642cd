// One import as its page shows it: where it stands, and the user's own sheet line by line. Reads only.
import type { importOps } from '@nuanyang/contract/imports.ts'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import { sql, type RawBuilder } from 'kysely'
import { visibleChildren } from '../children/children.access.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { passed } from '../kernel/db.ts'
import { mine } from './imports.access.ts'

/** The pairs of `ImportHead`; `i` is the import, `u` its unit. */
export const head = `'id', i.id, 'file_name', i.file_name, 'unit_id', i.unit_id, 'unit_name', u.name, 'state', i.state, 'created_at', i.created_at,
  'by_name', (select a.name from accounts a where a.id = i.created_by), 'totals', i.totals, 'failure', i.failure`

/** What will happen to the line `r`: the person's decision, else what was proposed. */
const fate = `case r.decision #>> '{}' when 'skip' then 'reject' when 'create' then 'create'
  when 'update' then case when r.child_id is null then 'create' else 'update' end else r.action end`

/** With `first` = the sheet's first child: what is no child but stands below the head is left out, in so many words. */
const shownFate = `case when r.action is null and r.position > f.first and r.parsed ->> 'skipped' in ('subtotal', 'note', 'signature', 'hidden') then 'reject' else ${fate} end`

const firsts = `select sheet, min(position) as lowest, min(position) filter (where action is not null) as first from import_rows where tenant_id = $1 and import_id = $2 group by sheet`

type Shown = Answer<typeof importOps.get>
type Counts = Shown['sheets'][number]['counts']
const nothing: Counts = { all: 0, head: 0, create: 0, update: 0, unchanged: 0, duplicate: 0, reject: 0 }

export async function get(ctx: Ctx, { id }: { id: string }): Promise<Shown> {
  await mine(ctx, id)
  const row = await ctx.db.one<{ import: string; answers: Record<string, string | null> }>(
    `select i.answers, json_build_object(${head}, 'mine', true, 'version', i.version, 'format', i.format, 'bytes', i.bytes, 'as_of', i.as_of, 'progress', i.progress,
        'rows_total', coalesce((i.totals ->> 'rows')::int, (i.report ->> 'rows_total')::int, 0), 'sheets', coalesce(i.report -> 'sheets', '[]'::jsonb), 'questions', coalesce(i.report -> 'questions', '[]'::jsonb),
        'notes', coalesce(i.report -> 'notes', '[]'::jsonb), 'applied_at', i.applied_at, 'withdrawn_at', i.withdrawn_at, 'absent', 0)::text as import
       from imports i join units u on u.tenant_id = i.tenant_id and u.id = i.unit_id where i.tenant_id = $1 and i.id = $2`,
    [ctx.tenant, id],
  )
  const found = JSON.parse(row.import) as Shown
  // While it is read or written the page asks several times a second and shows a bar: its lines are counted when it is done.
  const working = found.state === 'uploaded' || found.state === 'reading' || found.state === 'applying'
  const counts = working ? new Map<string, Counts>() : await countLines(ctx, id)
  const sum = (key: 'create' | 'update') => [...counts.values()].reduce((all, sheet) => all + sheet[key], 0)
  const settled = found.state === 'ready' || found.state === 'applied'
  return {
    ...found,
    sheets: found.sheets.map((sheet) => ({ ...sheet, counts: counts.get(sheet.name) ?? nothing })),
    questions: found.questions.map((question) => ({
      ...question,
      aside: question.answer === undefined && row.answers[question.id] === null,
    })),
    writes: { create: sum('create'), update: sum('update') },
    absent: settled ? (await absentIds(ctx, id)).length : 0,
  }
}

async function countLines(ctx: Ctx, id: string): Promise<Map<string, Counts>> {
  const rows = await ctx.db.rows<Counts & { sheet: string }>(
    `with f as (${firsts}),
     r as (select r.sheet, r.position, f.first, ${shownFate} as fate from import_rows r join f on f.sheet = r.sheet where r.tenant_id = $1 and r.import_id = $2)
     select sheet, count(*)::int as "all", count(*) filter (where position < coalesce(first, 0))::int as head,
            ${(['create', 'update', 'unchanged', 'duplicate', 'reject'] as const).map((what) => `count(*) filter (where fate = '${what}')::int as "${what}"`).join(', ')}
       from r group by sheet`,
    [ctx.tenant, id],
  )
  return new Map(rows.map(({ sheet, ...counts }) => [sheet, counts]))
}

/** Lines in the order of the file. Without a filter positions have no gaps, so any place of a long sheet is one step into the index. */
export async function rows(ctx: Ctx, input: Input<typeof importOps.rows>): Promise<Answer<typeof importOps.rows>> {
  await mine(ctx, input.id)
  const [t, id, skip, limit] = [ctx.tenant, input.id, input.skip ?? 0, input.limit ?? 100]
  const narrowed = input.action !== undefined || input.question_id !== undefined
  const from = sql`select sheet, min(position) as lowest, min(position) filter (where action is not null) as first from import_rows where tenant_id = ${t} and import_id = ${id}::uuid
    ${input.sheet === undefined ? sql`` : sql`and sheet = ${input.sheet}`} group by sheet`
  const parts: RawBuilder<unknown>[] = []
  if (input.action) parts.push(sql`${sql.raw(shownFate)} = ${input.action}`)
  if (input.question_id !== undefined)
    parts.push(sql`exists (select from imports i, jsonb_array_elements(i.report -> 'questions') as q
      where i.tenant_id = ${t} and i.id = ${id}::uuid and q ->> 'id' = ${input.question_id} and q ->> 'sheet' = r.sheet and q -> 'rows' @> to_jsonb(r.row))`)
  if (!narrowed) parts.push(sql`r.position >= (select min(lowest) from f) + ${skip}::int`)
  const [row] = await ctx.db.run(sql<{ page: string }>`
    with v as materialized (${visibleChildren(ctx)}), f as (${from}),
    kept as (select r.*, r.position - f.lowest as place from import_rows r join f on f.sheet = r.sheet where r.tenant_id = ${t} and r.import_id = ${id}::uuid
        and ${sql.join(parts, sql` and `)} order by r.position limit ${limit} offset ${narrowed ? skip : 0})
    select json_build_object('items', coalesce(json_agg(json_build_object(
        'id', r.id, 'sheet', r.sheet, 'row', r.row, 'place', r.place, 'cells', r.raw, 'action', r.action, 'skipped', r.parsed ->> 'skipped', 'decision', r.decision #>> '{}',
        'name', r.parsed ->> 'name', 'issues', r.issues, 'differences', coalesce(r.differences -> 'fields', '[]'::jsonb), 'child', ${childOf(t)})
        order by r.position), '[]'))::text as page from kept as r`)
  return passed(row!.page)
}

function childOf(t: string): RawBuilder<unknown> {
  return sql`case when r.child_id is not null then (select json_build_object('id', v.child_id, 'name', coalesce(case when v.child_id is not null then c.name end, r.parsed ->> 'name'),
      'why', coalesce(r.differences ->> 'why', 'name_alone'), 'unit_name', case when v.child_id is not null then (select u.name from child_units cu join units u on u.tenant_id = ${t} and u.id = cu.unit_id
        where cu.tenant_id = ${t} and cu.child_id = c.id and cu."as" in ('residence', 'class') and cu.until_on is null order by cu."as" desc limit 1) end)
    from children c left join v on v.child_id = c.id where c.tenant_id = ${t} and c.id = r.child_id) end`
}

/** Registered children of the import's unit, in name order, that no line of the file names. */
export async function absentIds(ctx: Ctx, id: string): Promise<string[]> {
  // Three sets made once and compared: right after a large import the planner knows none of their sizes, and joined they were a
  // loop in a loop in a loop.
  const found = await ctx.db.run(sql<{ id: string }>`
    with v as materialized (${visibleChildren(ctx)}),
    here as materialized (
      select distinct cu.child_id from imports i
        join units w on w.tenant_id = ${ctx.tenant} and w.id = i.unit_id
        join units u on u.tenant_id = ${ctx.tenant} and u.path >= w.path and u.path < w.path || '~'
        join child_units cu on cu.tenant_id = ${ctx.tenant} and cu.unit_id = u.id and cu."as" in ('residence', 'class') and cu.until_on is null
       where i.tenant_id = ${ctx.tenant} and i.id = ${id}::uuid),
    named as materialized (
      select r.child_id from import_rows r where r.tenant_id = ${ctx.tenant} and r.import_id = ${id}::uuid and r.child_id is not null)
    select c.id from children c
     where c.tenant_id = ${ctx.tenant} and c.status = 'registered' and c.id in (select child_id from here)
       and c.id in (select child_id from v) and c.id not in (select child_id from named)
     order by c.pinyin, c.id limit 2000`)
  return found.map((row) => row.id)
}

/** The actor's own rosters that are neither applied nor taken back, the newest first: what waits for them. */
export async function unfinished(
  ctx: Ctx,
): Promise<(Pick<Shown, 'id' | 'file_name' | 'state' | 'failure'> & { writes: number; questions: number })[]> {
  return ctx.db.rows(
    `select i.id, i.file_name, i.state, i.failure, coalesce((i.totals ->> 'create')::int + (i.totals ->> 'update')::int, 0) as writes,
            (select count(*)::int from jsonb_array_elements(coalesce(i.report -> 'questions', '[]'::jsonb)) as q where q ->> 'answer' is null and not i.answers ? (q ->> 'id')) as questions
       from imports i join units u on u.tenant_id = i.tenant_id and u.id = i.unit_id
      where i.tenant_id = $1 and i.created_by = $2 and i.state not in ('applied', 'withdrawn') and u.path >= $3 and u.path < $3 || '~'
      order by i.created_at desc, i.id desc limit 5`,
    [ctx.tenant, ctx.actor.account_id, ctx.actor.unit_path],
  )
}
