// Applying a roster: a job, one transaction, as the person who confirmed, through the children's own verbs. kill −9 in the middle leaves
// nothing, and the job is done again.
import type { ImportedChild } from '@nuanyang/domain/rosters/report.ts'
import { mayState, seenOf } from '../children/children.access.ts'
import { writeCustom } from '../children/children.custom.ts'
import { fieldsInUse, readCell } from '../custom_fields/custom_fields.ts'
import { changeFiles } from '../children/children.ts'
import { factsOf, type FlatFacts } from '../children/children.facts.ts'
import { wholeFiles } from '../children/children.file.ts'
import { placeChildren } from '../children/children.links.ts'
import { openFiles } from '../children/children.open.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { newId } from '../kernel/ids.ts'
import type { JobRun } from '../kernel/jobs.ts'
import { factsOfRow, impliedBy, statedBy } from './imports.facts.ts'
import { joined, matchRows, statable } from './imports.match.ts'
import { placesOf, type ImportUnit, type Place } from './imports.places.ts'

interface Applying {
  id: string
  as_of: string | null
  unit: ImportUnit
}
interface Line {
  id: string
  parsed: ImportedChild
  action: string
  decision: string | null
  child_id: string | null
  why: string | null
}

const chunkSize = 1000

export async function applyImport(run: JobRun, { id }: Record<string, string>): Promise<void> {
  try {
    await writeImport(run, id!)
  } catch (error) {
    // All of it was rolled back. The person is told and may try again, instead of watching a bar that never moves.
    run.house.log.error({ err: error, import_id: id }, 'roster not written')
    await run.step((ctx) =>
      ctx.db.count(
        `update imports set state = 'ready', failure = $3, version = version + 1 where tenant_id = $1 and id = $2 and state = 'applying'`,
        [ctx.tenant, id, '写进档案时出了没有料到的问题，一个孩子也没有写进去。请再导入一次；还不行，请告诉管理员。'],
      ),
    )
  }
}

async function writeImport(run: JobRun, id: string): Promise<void> {
  await run.step(async (ctx) => {
    const applying = await ctx.db.maybe<{
      id: string
      as_of: string | null
      unit_id: string
      kind: string
      name: string
    }>(
      `select i.id, i.as_of, u.id as unit_id, u.kind, u.name from imports i join units u on u.tenant_id = i.tenant_id and u.id = i.unit_id
        where i.tenant_id = $1 and i.id = $2 and i.state = 'applying'`,
      [ctx.tenant, id],
    )
    if (!applying) return
    const unit = { id: applying.unit_id, kind: applying.kind, name: applying.name }
    await lookAgain(ctx, applying.id)
    await applyRows(ctx, { id: applying.id, as_of: applying.as_of, unit }, (done) =>
      run.step((other) =>
        other.db.count(`update imports set progress = $3 where tenant_id = $1 and id = $2`, [
          other.tenant,
          applying.id,
          done,
        ]),
      ),
    )
    await remember(ctx, applying.id, unit.id)
    // Adults, spells and links came after the files: whoever opens the list next finds them counted.
    await ctx.db.rows('select app_analyze_grown()')
    await ctx.db.count(
      `update imports set state = 'applied', applied_at = $3, applied_by = $4, version = version + 1 where tenant_id = $1 and id = $2`,
      [ctx.tenant, applying.id, ctx.now, ctx.actor.account_id],
    )
    await ctx.audit('imports.apply', applying.id, { import_id: applying.id })
  })
}

/**
 * Children who got a file after this roster was read: village and school put the same class in on the same morning. Two rosters of a
 * county are written one after the other, and a line that meets such a child for certain goes into that file.
 */
async function lookAgain(ctx: Ctx, id: string): Promise<void> {
  await ctx.db.rows(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`${ctx.tenant}:imports.apply`])
  const { late } = await ctx.db.one<{ late: boolean }>(
    `select exists (select from children c, imports i where i.tenant_id = $1 and i.id = $2 and c.tenant_id = $1 and c.created_at >= i.created_at) as late`,
    [ctx.tenant, id],
  )
  if (!late) return
  for (let after = -1; ;) {
    const lines = await ctx.db.rows<Line & { position: number; as_of: string | null; kind: string }>(
      `select r.id, r.position, r.parsed, i.as_of, u.kind from import_rows r join imports i on i.tenant_id = $1 and i.id = r.import_id
         join units u on u.tenant_id = $1 and u.id = i.unit_id
        where r.tenant_id = $1 and r.import_id = $2 and r.position > $3 and r.action = 'create' and r.decision is null order by r.position limit $4`,
      [ctx.tenant, id, after, chunkSize],
    )
    if (lines.length === 0) return
    after = lines.at(-1)!.position
    const matches = await matchRows(
      ctx,
      lines.map((line) => statedBy(line.parsed, { as_of: line.as_of, today: ctx.today })),
      lines[0]!.kind,
    )
    const met = lines.flatMap((line, n) => {
      const { action, child_id, why } = matches[n]!
      const sure = action === 'update' || action === 'unchanged'
      // The number of a child who is at home elsewhere by now: never a second file.
      return sure || (action === 'duplicate' && why === 'identity_no')
        ? [{ id: line.id, child_id, why, action: sure ? 'update' : 'duplicate' }]
        : []
    })
    await ctx.db.count(
      `update import_rows r set action = x.action, child_id = x.child_id, differences = jsonb_build_object('why', x.why, 'fields', '[]'::jsonb)
         from jsonb_to_recordset($2::jsonb) as x(id uuid, child_id uuid, why text, action text) where r.tenant_id = $1 and r.id = x.id`,
      [ctx.tenant, JSON.stringify(met)],
    )
  }
}

/** Writes every row that is to be written. `tell` gets the number of rows done, outside this transaction. */
export async function applyRows(ctx: Ctx, applying: Applying, tell: (done: number) => Promise<unknown>): Promise<void> {
  let after = -1
  let done = 0
  for (;;) {
    const lines = await ctx.db.rows<Line & { position: number }>(
      `select id, position, parsed, action, decision #>> '{}' as decision, child_id, differences ->> 'why' as why from import_rows
        where tenant_id = $1 and import_id = $2 and position > $3 and action is not null order by position limit $4`,
      [ctx.tenant, applying.id, after, chunkSize],
    )
    if (lines.length === 0) return
    after = lines.at(-1)!.position
    const facts = new Map(
      lines.map((line) => [line.id, factsOfRow(line.parsed, { as_of: applying.as_of, today: ctx.today })]),
    )
    const todo = lines.map((line) => ({ line, flat: facts.get(line.id)!, what: whatToDo(line) }))
    const creates = todo.filter((t) => t.what === 'create')
    const updates = todo.filter((t) => t.what === 'update')
    const places = await placesOf(
      ctx,
      applying.unit,
      [...creates, ...updates].map((t) => t.flat),
      [...creates, ...updates].map((t) => gridOf(t.line.parsed)),
    )
    const made = await create(ctx, applying, creates, places.slice(0, creates.length))
    const changed = await update(ctx, applying, updates, places.slice(creates.length))
    await writeOwnFields(ctx, applying.id, [
      ...creates.map((t, n) => ({ id: made[n]!, extra: t.line.parsed.extra })),
      ...todo.filter((t) => t.line.child_id && t.what !== 'create' && (t.what === 'update' || t.line.action === 'unchanged')).map((t) => ({ id: t.line.child_id!, extra: t.line.parsed.extra })), // prettier-ignore
    ])
    await ctx.db.count(
      `update import_rows r set applied_at = $2, child_id = x.child_id from unnest($3::uuid[], $4::uuid[]) as x(id, child_id) where r.tenant_id = $1 and r.id = x.id`,
      [
        ctx.tenant,
        ctx.now,
        [...creates, ...changed].map((t) => t.line.id),
        [...made, ...changed.map((t) => t.line.child_id!)],
      ],
    )
    done += lines.length
    await tell(done)
  }
}

/** The person's decision, else what was proposed; a likely duplicate that nobody decided is left out. */
function whatToDo(line: Line): 'create' | 'update' | 'none' {
  const wanted = line.decision ?? line.action
  if (wanted === 'create' || (wanted === 'update' && !line.child_id)) return line.parsed.name ? 'create' : 'none'
  return wanted === 'update' ? 'update' : 'none'
}

/** The grid stays by its head in the report: only units know that it is one of theirs. */
function gridOf(child: ImportedChild): string | null {
  const [, name] =
    Object.entries(child.extra).find(([head]) =>
      /^(所属|所在|责任)?网格(名称|名|编号|号)?$/.test(head.replace(/\s/g, '')),
    ) ?? []
  return name?.trim().slice(0, 100) || null
}

/** Heads that are called like a field of the county's own fill it, for children in sight and groups the actor may state. */
async function writeOwnFields(
  ctx: Ctx,
  import_id: string,
  rows: readonly { id: string; extra: Record<string, string> }[],
): Promise<void> {
  // prettier-ignore
  const fields = await fieldsInUse(ctx)
  if (fields.length === 0) return
  const seen = await seenOf(ctx, rows.map((row) => row.id)) // prettier-ignore
  const changes = rows.flatMap(({ id, extra }) => {
    const masks = seen.get(id)
    if (!masks) return []
    const values = Object.fromEntries(
      fields.flatMap((field) => {
        const cell = Object.entries(extra).find(([head]) => head.replace(/\s/g, '') === field.name)?.[1]
        const value = cell === undefined || !mayState(masks, field.field_group) ? undefined : readCell(field, cell)
        return value === undefined ? [] : [[field.code, value]]
      }),
    )
    return Object.keys(values).length > 0 ? [{ id, values }] : []
  })
  await writeCustom(ctx, changes, { type: 'import', id: import_id })
}

interface Todo {
  line: Line
  flat: FlatFacts
}

async function create(
  ctx: Ctx,
  applying: Applying,
  todo: readonly Todo[],
  places: readonly Place[][],
): Promise<string[]> {
  if (todo.length === 0) return []
  const ids = todo.map(() => newId(ctx.now.getTime()))
  await openFiles(
    ctx,
    todo.map(({ flat, line }, n) => ({
      id: ids[n]!,
      flat: besideClass(applying.unit, flat),
      ...(inClass(applying.unit)
        ? { dossier: { school_name: applying.unit.name, grade: (flat.grade ?? null) as string | null } }
        : {}),
      links: places[n]!.filter((p) => p.as !== 'class').map((p) => ({ ...p, from_on: ctx.today, stated: false })),
      extra: line.parsed.extra,
    })),
    { type: 'import', id: applying.id },
  )
  await placeChildren(
    ctx,
    todo.flatMap((_, n) =>
      places[n]!.filter((p) => p.as === 'class').map((p) => ({
        ...p,
        child_id: ids[n]!,
        from_on: ctx.today,
        stated: false,
        import_id: applying.id,
      })),
    ),
  )
  return ids
}

/**
 * Answers the rows that were written. A child out of sight comes into it only by the number, and only where the roster's unit takes it
 * in; whoever stays out of sight is left alone, whatever was decided about the row.
 */
async function update(
  ctx: Ctx,
  applying: Applying,
  todo: readonly Todo[],
  places: readonly Place[][],
): Promise<readonly Todo[]> {
  if (todo.length === 0) return []
  const ids = todo.map((t) => t.line.child_id!)
  const before = await seenOf(ctx, ids)
  const files = await wholeFiles(ctx, ids)
  const moves = todo.flatMap(({ line }, n) => {
    // Out of sight, the number and the name together say that it is this child.
    const sure = line.why === 'identity_no' && files.get(line.child_id!)?.name === line.parsed.name
    if (!before.has(line.child_id!) && !sure) return []
    const here = files.get(line.child_id!)?.units ?? []
    // A child who already has a home elsewhere keeps it: a roster says who is cared for here, it moves nobody.
    return places[n]!.filter((p) => !here.some((u) => u.as === p.as && (u.id === p.unit_id || p.as === 'residence')))
      .filter(
        (p) =>
          p.as === 'class' ||
          p.as === 'residence' ||
          here.some((u) => u.as === 'residence' && u.id === applying.unit.id),
      )
      .map((p) => ({ ...p, child_id: line.child_id!, from_on: ctx.today, stated: false, import_id: applying.id }))
  })
  await placeChildren(ctx, moves)
  const seen = await seenOf(ctx, ids)
  const inSight = todo.filter((t) => seen.has(t.line.child_id!))
  await changeFiles(
    ctx,
    inSight.map(({ line, flat }) => ({
      id: line.child_id!,
      flat: joined(
        factsOf(files.get(line.child_id!)!),
        statable(besideClass(applying.unit, flat), seen.get(line.child_id!)!),
        impliedBy(line.parsed),
      ),
    })),
    { type: 'import', id: applying.id },
  )
  await ctx.db.count(
    `update children c set extra = c.extra || x.extra from jsonb_to_recordset($2::jsonb) as x(id uuid, extra jsonb) where c.tenant_id = $1 and c.id = x.id and x.extra <> '{}'`,
    [ctx.tenant, JSON.stringify(inSight.map(({ line }) => ({ id: line.child_id, extra: line.parsed.extra })))],
  )
  return inSight
}

/** In a school's own roster the class is a unit: school, grade and number follow from it and are not stated beside it. */
export function besideClass(unit: ImportUnit, flat: FlatFacts): FlatFacts {
  if (!inClass(unit)) return flat
  const { school_name: _s, grade: _g, class_number: _c, ...rest } = flat
  return rest
}

function inClass(unit: ImportUnit): boolean {
  return unit.kind === 'school' || unit.kind === 'class'
}

/** What people said about heads is remembered for the same heads of the same unit. */
async function remember(ctx: Ctx, id: string, unitId: string): Promise<void> {
  const { mapping } = await ctx.db.one<{ mapping: Record<string, unknown> }>(
    `select mapping from imports where tenant_id = $1 and id = $2`,
    [ctx.tenant, id],
  )
  for (const [signature, columns] of Object.entries(mapping))
    await ctx.db.count(
      `insert into import_mappings (tenant_id, id, unit_id, signature, mapping, used_at, used_by) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (tenant_id, unit_id, signature) do update set mapping = import_mappings.mapping || excluded.mapping, used_at = excluded.used_at, used_by = excluded.used_by`,
      [ctx.tenant, newId(), unitId, signature, JSON.stringify(columns), ctx.now, ctx.actor.account_id],
    )
}
