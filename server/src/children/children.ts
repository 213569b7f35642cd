// Children 儿童: opening files, stating facts, entering and leaving. See contract/src/children.ts for what it is about.
import type { ChildFile, Facts, NewChild, childOps } from '@nuanyang/contract/children.ts'
import { fileFields, isFieldPath, type FieldPath } from '@nuanyang/contract/children.fields.ts'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import { groupBit, roles, type ChildLink, type FieldGroup } from '@nuanyang/contract/roles.ts'
import { parseIdentityNumber } from '@nuanyang/domain/identity_numbers.ts'
import type { Source } from '../families/families.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { invalid, problem } from '../kernel/problem.ts'
import { mustStatePurpose } from '../kernel/purpose.ts'
import { endOfChild, goOnWithChild } from '../pairings/pairings.ts'
import { linkOfKind, mayState, mustSee, seenOf, visibleChildren } from './children.access.ts'
import { refreshCompleteness } from './children.completeness.ts'
import { differences, factsOf, flatten, type FlatFacts } from './children.facts.ts'
import { findFile, wholeFiles } from './children.file.ts'
import { divide, keepersOf, onSide } from './children.keepers.ts'
import { placeChildren, refuseWrongKind, single } from './children.links.ts'
import { countChildren } from './children.list.ts'
import { refuseSimilar, placeToSay } from './children.similar.ts'
import { applyFacts, writeHistory, type HistoryRow } from './children.write.ts'
import { openFiles } from './children.open.ts'
import { sql } from 'kysely'

export { list } from './children.list.ts'
export { set_custom } from './children.custom.ts'
export { confirm } from './children.confirm.ts'
export { asked, decide, history, openings, waiting } from './children.history.ts'
export { purpose, state_purpose } from './children.purpose.ts'
export { leave, place } from './children.links.ts'
export { noteSpells } from './children.noted.ts'

export async function count(ctx: Ctx, filter: Input<typeof childOps.count>): Promise<Answer<typeof childOps.count>> {
  // A count of one name or one number says whether that child is there.
  if (filter.q?.trim()) await mustStatePurpose(ctx)
  return { count: await countChildren(ctx, filter) }
}

export async function get(ctx: Ctx, { id }: { id: string }): Promise<ChildFile> {
  const file = await findFile(ctx, id)
  if (!file) throw problem('not_found')
  await ctx.opened([id], 'children.get')
  return file
}

export async function find_card(
  ctx: Ctx,
  { code }: Input<typeof childOps.find_card>,
): Promise<Answer<typeof childOps.find_card>> {
  const [row] = await ctx.db.run(
    sql<{
      id: string
    }>`select c.id from children c join (${visibleChildren(ctx)}) as v on v.child_id = c.id where c.tenant_id = ${ctx.tenant} and c.card_code = ${code}`,
  )
  if (!row) throw problem('not_found')
  return row
}

/** Opens one file, as a person types it. */
export async function create(ctx: Ctx, { body }: Input<typeof childOps.create>): Promise<ChildFile> {
  checkFacts(ctx, body.facts)
  const links = await linksOf(ctx, body)
  await oneAtATime(ctx, body.facts.identity_no)
  if (!body.although_similar) await refuseSimilar(ctx, flatten(body.facts))
  else await refuseTaken(ctx, body.facts.identity_no ?? null, null)
  const inClass = links.filter((link) => link.as === 'class')
  await openFiles(
    ctx,
    [{ id: body.id, flat: flatten(body.facts), links: links.filter((link) => link.as !== 'class') }],
    {
      type: 'person',
      id: null,
    },
  )
  if (inClass.length > 0) {
    // The class link and the enrolment are kept by one verb.
    await placeChildren(
      ctx,
      inClass.map((link) => ({ ...link, child_id: body.id })),
    )
    await refreshCompleteness(ctx, [body.id])
  }
  await ctx.audit('children.create', body.id, { child_id: body.id })
  return get(ctx, { id: body.id })
}

/** States facts about one child. What the other side keeps and knows otherwise becomes a proposal. */
export async function change(
  ctx: Ctx,
  { id, body }: Input<typeof childOps.change>,
): Promise<Answer<typeof childOps.change>> {
  await mustSee(ctx, [id])
  const known = await ctx.db.maybe<{ kind: string }>(
    `select kind from identity_numbers where tenant_id = $1 and child_id = $2`,
    [ctx.tenant, id],
  )
  checkFacts(ctx, body.facts, known?.kind)
  await refuseTaken(ctx, body.facts.identity_no ?? null, id)
  const version = await ctx.db.one<{ version: number }>(
    `select version from children where tenant_id = $1 and id = $2 for update`,
    [ctx.tenant, id],
  )
  if (version.version !== body.version) throw problem('stale', { current: await findFile(ctx, id) })
  const outcome = await changeFiles(ctx, [{ id, flat: flatten(body.facts) }], { type: 'person', id: null })
  await ctx.audit('children.change', id, { child_id: id })
  return { id, file: (await findFile(ctx, id))!, proposed: outcome.get(id)?.proposed ?? [] }
}

export interface StatedFacts {
  id: string
  flat: FlatFacts
}
export interface ChangeOutcome {
  applied: FieldPath[]
  proposed: FieldPath[]
}

/**
 * The verb behind every change, by hand or from a roster: compares, applies what the actor may decide, proposes the rest, writes
 * the history. Ids must be visible to the actor.
 * @throws field_not_yours when a stated field's group is closed to the actor
 */
export async function changeFiles(
  ctx: Ctx,
  stated: readonly StatedFacts[],
  source: Source,
  exact = false,
): Promise<Map<string, ChangeOutcome>> {
  const ids = stated.map((s) => s.id)
  const [seen, files, keepers] = [await mustSee(ctx, ids), await wholeFiles(ctx, ids), await keepersOf(ctx, ids)]
  const outcome = new Map<string, ChangeOutcome>()
  const history: HistoryRow[] = []
  const apply = stated.flatMap(({ id, flat }) => {
    const current = files.get(id)!
    const found = differences(factsOf(current), flat, exact)
    const masks = seen.get(id)!
    // Also where the value is the known one: else a right guess of what is masked would be told from a wrong one.
    const closed = Object.keys(flat).find(
      (f): f is FieldPath => isFieldPath(f) && !mayState(masks, fileFields[f].group),
    )
    if (closed)
      throw problem('field_not_yours', {
        values: { field: fileFields[closed].zh, who: whoWrites(fileFields[closed].group) },
      })
    const { applied, proposed } = divide(ctx, keepers.get(id), found)
    outcome.set(id, { applied: applied.map((d) => d.field), proposed: proposed.map((d) => d.field) })
    for (const d of applied) history.push({ ...d, child_id: id, state: 'applied', keeper_unit_id: null })
    for (const d of proposed) history.push({ ...d, child_id: id, state: 'proposed' })
    return applied.length ? [{ child_id: id, current, differences: applied }] : []
  })
  await applyFacts(ctx, apply, source)
  await writeHistory(ctx, history, source)
  await refreshCompleteness(
    ctx,
    apply.map((change) => change.child_id),
  )
  return outcome
}

function whoWrites(group: FieldGroup): string {
  return Object.values(roles)
    .filter(
      (r) =>
        (r.rights as readonly string[]).includes('children.write') &&
        Object.values(r.sees).some((c) => ['open', 'reveal'].includes((c as Record<string, string>)[group] ?? 'no')),
    )
    .slice(0, 3)
    .map((r) => r.zh)
    .join('、')
}

/** Rules no schema can state. */
function checkFacts(ctx: Ctx, facts: Facts, kind: string | null = null): void {
  if (facts.born_on && facts.born_on > ctx.today)
    throw problem('born_in_future', { values: { born_on: facts.born_on } })
  const resident = (facts.identity_kind ?? kind ?? 'resident') === 'resident'
  for (const number of [
    resident ? facts.identity_no : null,
    facts.father?.identity_no,
    facts.mother?.identity_no,
    facts.carer?.identity_no,
  ]) {
    if (!number) continue
    const parsed = parseIdentityNumber(number.toUpperCase())
    const why = !parsed
      ? '要有 18 位（老证 15 位）'
      : !parsed.born_on
        ? '里面的出生日期不存在'
        : !parsed.check_ok
          ? '最后一位校验不对，可能抄错了一位'
          : null
    if (why) throw problem('identity_no_wrong', { values: { number, why } })
  }
}

/** Two people who enter the same number at once: the second waits here, and then finds the first one's file. */
async function oneAtATime(ctx: Ctx, number: string | null | undefined): Promise<void> {
  if (number)
    await ctx.db.rows(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [
      `${ctx.tenant}:number:${ctx.secrets.blind(number.toUpperCase())}`,
    ])
}

/** A number belongs to one child, in closed files too. */
export async function refuseTaken(ctx: Ctx, number: string | null, but: string | null): Promise<void> {
  if (!number) return
  await oneAtATime(ctx, number)
  const taken = await ctx.db.maybe<{ child_id: string }>(
    `select n.child_id from identity_numbers n join children c on c.tenant_id = $1 and c.id = n.child_id and c.merged_into_id is null
      where n.tenant_id = $1 and n.lookup = $2 and n.child_id is not null and n.child_id is distinct from $3`,
    [ctx.tenant, ctx.secrets.blind(number.toUpperCase()), but],
  )
  if (taken) throw problem('identity_no_taken', { values: { unit: await placeToSay(ctx, taken.child_id) } })
}

/** The links asked for, within the actor's own units; left out, the actor's unit over the link that fits it. */
async function linksOf(
  ctx: Ctx,
  body: NewChild,
): Promise<{ unit_id: string; as: ChildLink; from_on: string; stated: boolean }[]> {
  if (!body.links?.length) {
    const as = linkOfKind[ctx.actor.unit_kind]
    if (!as) throw problem('unit_not_yours', { values: { unit: ctx.actor.unit_name } })
    const own = { unit_id: ctx.actor.unit_id, as, from_on: ctx.today, stated: false }
    if (as !== 'villager_group' && as !== 'grid') return [own]
    // A group and a grid lie under the village or community the child lives in.
    const around = await ctx.db.one<{ id: string }>(
      `select w.id from units u join units w on w.tenant_id = $1 and w.id = u.parent_id where u.tenant_id = $1 and u.id = $2`,
      [ctx.tenant, ctx.actor.unit_id],
    )
    return [{ ...own, unit_id: around.id, as: 'residence' }, own]
  }
  const rows = await ctx.db.rows<{ id: string; name: string; kind: string; path: string }>(
    `select id, name, kind, path from units where tenant_id = $1 and id = any($2::uuid[])`,
    [ctx.tenant, body.links.map((l) => l.unit_id)],
  )
  const twice = body.links.findIndex(
    (link, n) => single.has(link.as) && body.links!.slice(0, n).some((l) => l.as === link.as),
  )
  if (twice >= 0)
    throw invalid({ path: `links.${twice}.as`, zh: '同一种关系只能填一个单位，请去掉一个。', en: 'Only one unit of this kind: remove one.' }) // prettier-ignore
  return body.links.map((link) => {
    const unit = rows.find((row) => row.id === link.unit_id)
    if (!unit || !unit.path.startsWith(ctx.actor.unit_path))
      throw problem('unit_not_yours', { values: { unit: unit?.name ?? '那个单位' } })
    refuseWrongKind(link.as, unit)
    return {
      unit_id: link.unit_id,
      as: link.as,
      from_on: link.from_on ?? ctx.today,
      stated: link.from_on !== undefined,
    }
  })
}

/** Whether a file is registered is for the side that keeps it: a class teacher does not close the village's file. */
async function mustKeep(ctx: Ctx, id: string): Promise<void> {
  await mustSee(ctx, [id])
  const keepers = (await keepersOf(ctx, [id])).get(id)
  const keeper = keepers?.residence ?? keepers?.class
  if (keeper && !onSide(ctx, keeper))
    throw problem('field_not_yours', { values: { field: '在册和退出', who: '孩子住的村（社区）' } })
}

export async function exit(ctx: Ctx, { id, body }: Input<typeof childOps.exit>): Promise<ChildFile> {
  await mustKeep(ctx, id)
  const row = await lock(ctx, id, body.version)
  if (row.status === 'exited') throw problem('already_exited')
  if (body.on > ctx.today || body.on < row.registered_on)
    throw problem('exit_before_start', { values: { registered_on: row.registered_on } })
  await ctx.db.count(
    `update children set status = 'exited', exited_on = $3, exit_reason = $4, exit_note = $5, exited_by = $6, version = version + 1, updated_at = $7, updated_by = $6
      where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, body.on, body.reason, body.note ?? null, ctx.actor.account_id, ctx.now],
  )
  await endOfChild(ctx, id, body.on)
  await ctx.audit('children.exit', id, { child_id: id })
  return get(ctx, { id })
}

export async function restore(ctx: Ctx, { id, body }: Input<typeof childOps.restore>): Promise<ChildFile> {
  await mustKeep(ctx, id)
  const row = await lock(ctx, id, body.version)
  if (row.status !== 'exited') throw problem('not_exited')
  await ctx.db.count(
    `update children set status = 'registered', exited_on = null, exit_reason = null, exit_note = $3, exited_by = null, version = version + 1, updated_at = $4, updated_by = $5
      where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, body.note, ctx.now, ctx.actor.account_id],
  )
  await goOnWithChild(ctx, id)
  await ctx.audit('children.restore', id, { child_id: id })
  return get(ctx, { id })
}

interface Locked {
  version: number
  status: string
  registered_on: string
}

async function lock(ctx: Ctx, id: string, version: number): Promise<Locked> {
  const row = await ctx.db.one<Locked>(
    `select version, status, registered_on from children where tenant_id = $1 and id = $2 for update`,
    [ctx.tenant, id],
  )
  if (row.version !== version) throw problem('stale', { current: await findFile(ctx, id) })
  return row
}

/** Opens the masked values this reader may open, for a purpose that is kept in the audit. */
export async function reveal(
  ctx: Ctx,
  { id, body }: Input<typeof childOps.reveal>,
): Promise<Answer<typeof childOps.reveal>> {
  const seen = (await seenOf(ctx, [id])).get(id)
  if (!seen) throw problem('not_found')
  if (seen.reveal === 0) throw problem('nothing_to_reveal', { values: { who: '儿童主任、班主任' } })
  const file = (await wholeFiles(ctx, [id])).get(id)!
  const flat = factsOf(file)
  const values: Record<string, string | string[]> = {}
  for (const [path, value] of Object.entries(flat))
    if (isFieldPath(path) && seen.reveal & groupBit(fileFields[path].group)) {
      if (typeof value === 'string') values[path] = value
      else if (Array.isArray(value)) values[path] = [...(value as readonly string[])]
    }
  await ctx.opened([id], 'children.reveal', body.purpose)
  return { values }
}
