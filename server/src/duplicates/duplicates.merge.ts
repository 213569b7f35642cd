// Merging two files and undoing it. The kept file takes what only the other knows and what was chosen; the other is closed and points
// to it. Rows of other features follow by steps of their own.
import { fileFields, isFieldPath, type FieldPath } from '@nuanyang/contract/children.fields.ts'
import { undoDays, type duplicateOps, type Merge } from '@nuanyang/contract/duplicates.ts'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import { groupBit } from '@nuanyang/contract/roles.ts'
import { sql, type RawBuilder } from 'kysely'
import { mayState, mustSee, seenOf, visibleChildren } from '../children/children.access.ts'
import { changeFiles } from '../children/children.ts'
import { factsOf, isKnown, sameValue, type FlatFacts, type Value } from '../children/children.facts.ts'
import { wholeFiles } from '../children/children.file.ts'
import { closeMerged, keepsFile, reopenMerged } from '../children/children.merged.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { passed } from '../kernel/db.ts'
import { problem } from '../kernel/problem.ts'
import { follow, followBack } from './duplicates.follow.ts'

interface TakenFact {
  field: FieldPath
  old: Value
  new: Value
}

export async function merge(ctx: Ctx, { body }: Input<typeof duplicateOps.merge>): Promise<Merge> {
  const { kept_id, gone_id } = body
  if (kept_id === gone_id) throw problem('merge_same')
  const seen = await mustSee(ctx, [kept_id, gone_id])
  await mustKeepBoth(ctx, [kept_id, gone_id])
  const rows = await ctx.db.rows<{ id: string; version: number; name: string; merged_into_id: string | null }>(
    `select id, version, name, merged_into_id from children where tenant_id = $1 and id = any($2::uuid[]) order by id for update`,
    [ctx.tenant, [kept_id, gone_id]],
  )
  const [kept, gone] = [rows.find((row) => row.id === kept_id)!, rows.find((row) => row.id === gone_id)!]
  for (const row of [kept, gone]) if (row.merged_into_id) throw problem('merge_gone', { values: { name: row.name } })
  const files = await wholeFiles(ctx, [kept_id, gone_id])
  for (const [row, version] of [
    [kept, body.kept_version],
    [gone, body.gone_version],
  ] as const)
    // prettier-ignore
    if (row.version !== version) throw problem('stale')
  const [mine, theirs] = [factsOf(files.get(kept_id)!), factsOf(files.get(gone_id)!)]
  const wanted = factsTaken(mine, theirs, body.take).filter((fact) =>
    mayState(seen.get(kept_id)!, fileFields[fact.field].group),
  )
  const before = await closeMerged(ctx, gone_id, kept_id)
  const outcome = await changeFiles(ctx, [{ id: kept_id, flat: flat(wanted, 'new') }], { type: 'system', id: body.id })
  // What another side keeps was only proposed to it.
  const taken = wanted.filter((fact) => outcome.get(kept_id)!.applied.includes(fact.field))
  const moved = await follow(ctx, gone_id, kept_id)
  await ctx.db.count(
    `insert into merges (tenant_id, id, kept_id, gone_id, state, note, facts, moved, gone_before, at, by_account_id) values ($1, $2, $3, $4, 'merged', $5, $6, $7, $8, $9, $10)`,
    [ctx.tenant, body.id, kept_id, gone_id, body.note ?? null, JSON.stringify(taken.map(({ field, old, new: value }) => ({ field, old, new: value }))), JSON.stringify(moved), JSON.stringify(before), ctx.now, ctx.actor.account_id], // prettier-ignore
  )
  await ctx.audit('duplicates.merge', body.id, { child_id: kept_id })
  await ctx.audit('duplicates.merge', body.id, { child_id: gone_id })
  return JSON.parse(await readMerge(ctx, body.id)) as Merge
}

/** What the kept file lacks and the other knows, and what was chosen; telephone numbers of both stay. */
function factsTaken(mine: FlatFacts, theirs: FlatFacts, take: readonly FieldPath[]): TakenFact[] {
  return (Object.keys(theirs) as FieldPath[]).flatMap((field) => {
    const [old, other] = [mine[field] ?? null, theirs[field] ?? null]
    // A division belongs to the words beside it: it comes along exactly when they do, or when they are the same.
    const words = field.endsWith('_place_code') ? (field.slice(0, -'_code'.length) as FieldPath) : null
    if (words && !sameValue(mine[words], theirs[words])) {
      const comes = !isKnown(mine[words]) || take.includes(words)
      return comes && !sameValue(old, other) ? [{ field, old, new: other }] : []
    }
    if (!isKnown(other) || sameValue(old, other)) return []
    if (Array.isArray(old) && Array.isArray(other) && isKnown(old) && field.endsWith('phones'))
      return other.every((phone) => old.includes(phone)) ? [] : [{ field, old, new: [...new Set([...old, ...other])].slice(0, 6) }] // prettier-ignore
    return !isKnown(old) || take.includes(field) ? [{ field, old, new: other }] : []
  })
}

const flat = (facts: readonly TakenFact[], side: 'old' | 'new'): FlatFacts =>
  Object.fromEntries(facts.map((fact) => [fact.field, fact[side]]))

async function mustKeepBoth(ctx: Ctx, ids: readonly string[]): Promise<void> {
  const kept = await keepsFile(ctx, ids)
  const foreign = ids.find((id) => !kept.has(id))
  if (!foreign) return
  const row = await ctx.db.one<{ name: string }>(`select name from children where tenant_id = $1 and id = $2`, [ctx.tenant, foreign]) // prettier-ignore
  throw problem('merge_not_yours', { values: { name: row.name } })
}

interface Kept {
  kept_id: string
  gone_id: string
  state: Merge['state']
  facts: TakenFact[]
  moved: Record<string, string[]>
  gone_before: Record<string, unknown>
  at: Date
  version: number
}

export async function undo(ctx: Ctx, { id, body }: Input<typeof duplicateOps.undo>): Promise<Merge> {
  const row = await ctx.db.maybe<Kept>(
    `select kept_id, gone_id, state, facts, moved, gone_before, at, version from merges where tenant_id = $1 and id = $2 for update`,
    [ctx.tenant, id],
  )
  if (!row || row.state === 'different') throw problem('not_found')
  await mustSee(ctx, [row.kept_id])
  if (row.version !== body.version) throw problem('stale', { current: JSON.parse(await readMerge(ctx, id)) })
  if (row.state === 'undone') throw problem('merge_undone')
  if (ctx.now.getTime() - new Date(row.at).getTime() > undoDays * 86_400_000)
    throw problem('merge_too_old', { values: { days: undoDays } })
  await mustKeepBoth(ctx, [row.kept_id])
  await refuseChain(ctx, row)
  const now = factsOf((await wholeFiles(ctx, [row.kept_id])).get(row.kept_id)!)
  const edited = row.facts.filter((fact) => !sameValue(now[fact.field], fact.new))
  if (edited.length > 0 && !body.keep_edits)
    throw problem('merge_edited', { values: { fields: edited.map((fact) => (isFieldPath(fact.field) ? fileFields[fact.field].zh : fact.field)).join('、') } }) // prettier-ignore
  const back = row.facts.filter((fact) => !edited.includes(fact))
  await changeFiles(ctx, [{ id: row.kept_id, flat: flat(back, 'old') }], { type: 'system', id }, true)
  await reopenMerged(ctx, row.gone_id, row.gone_before)
  await followBack(ctx, row.moved, row.kept_id, row.gone_id)
  await ctx.db.count(
    `update merges set state = 'undone', undone_at = $3, undone_by = $4, version = version + 1 where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, ctx.now, ctx.actor.account_id],
  )
  await ctx.audit('duplicates.undo', id, { child_id: row.kept_id })
  return JSON.parse(await readMerge(ctx, id)) as Merge
}

/** A later merge of either file is undone first: it may have carried on what this one brought. */
async function refuseChain(ctx: Ctx, { kept_id, gone_id, at }: Kept): Promise<void> {
  const later = await ctx.db.maybe<{ name: string }>(
    `select c.name from merges m join children c on c.tenant_id = $1 and c.id = m.kept_id
      where m.tenant_id = $1 and m.state = 'merged' and m.at > $2 and (m.kept_id = any($3::uuid[]) or m.gone_id = any($3::uuid[])) limit 1`,
    [ctx.tenant, at, [kept_id, gone_id]],
  )
  if (later) throw problem('merge_chain', { values: { name: later.name } })
}

function mergeJson(ctx: Ctx): RawBuilder<unknown> {
  return sql`json_build_object('id', m.id, 'kept_id', m.kept_id, 'gone_id', m.gone_id, 'kept_name', case when v.open & ${sql.lit(groupBit('full_name'))} <> 0 then k.name else k.given_name end,
    'gone_name', case when v.open & ${sql.lit(groupBit('full_name'))} <> 0 then g.name else g.given_name end, 'state', m.state, 'note', m.note,
    'fields', (select coalesce(json_agg(f ->> 'field'), '[]') from jsonb_array_elements(m.facts) as f), 'at', m.at, 'by_name', (select a.name from accounts a where a.id = m.by_account_id),
    'undone_at', m.undone_at, 'can_undo', m.state = 'merged' and m.at > ${ctx.now}::timestamptz - make_interval(days => ${sql.lit(undoDays)}), 'version', m.version)`
}
const tables = (
  ctx: Ctx,
) => sql`merges m join v on v.child_id = m.kept_id join children k on k.tenant_id = ${ctx.tenant} and k.id = m.kept_id
  join children g on g.tenant_id = ${ctx.tenant} and g.id = m.gone_id`

/** Whoever sees the kept file may read of its merges; another's stay unknown. */
async function readMerge(ctx: Ctx, id: string): Promise<string> {
  const [row] = await ctx.db.run(sql<{ merge: string }>`
    with v as materialized (${visibleChildren(ctx)}) select ${mergeJson(ctx)}::text as merge from ${tables(ctx)} where m.tenant_id = ${ctx.tenant} and m.id = ${id}::uuid`)
  if (!row) throw problem('not_found')
  return row.merge
}

export async function get(ctx: Ctx, { id }: { id: string }): Promise<Merge> {
  return passed(await readMerge(ctx, id))
}

export async function merges(
  ctx: Ctx,
  { child_id, after, limit = 50 }: Input<typeof duplicateOps.merges>,
): Promise<Answer<typeof duplicateOps.merges>> {
  if (child_id && !(await seenOf(ctx, [child_id])).has(child_id)) throw problem('not_found')
  const [row] = await ctx.db.run(sql<{ page: string }>`
    with v as materialized (${visibleChildren(ctx)}),
    found as (select m.id, m.at, ${mergeJson(ctx)} as merge from ${tables(ctx)} where m.tenant_id = ${ctx.tenant} and m.state <> 'different'
        ${child_id ? sql`and ${child_id}::uuid in (m.kept_id, m.gone_id)` : sql``}
        ${after ? sql`and (m.at, m.id) < (select b.at, b.id from merges b where b.tenant_id = ${ctx.tenant} and b.id = ${after}::uuid)` : sql``}
       order by m.at desc, m.id desc limit ${limit + 1}),
    kept as (select * from found order by at desc, id desc limit ${limit})
    select json_build_object('items', coalesce((select json_agg(k.merge order by k.at desc, k.id desc) from kept k), '[]'),
      'next', case when (select count(*) from found) > ${limit} then (select id from kept order by at, id limit 1) end)::text as page`)
  return passed(row!.page)
}
