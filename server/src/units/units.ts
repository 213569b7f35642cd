// Units: the verbs behind unitOps in contract/src/units.ts. The tree's own rules are in units.tree.ts, moving and merging in
// units.merge.ts, links in units.links.ts, teams in teams.ts.
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import { unitCan, type Unit, type unitOps } from '@nuanyang/contract/units.ts'
import { pinyinOf } from '@nuanyang/domain/pinyin.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'
import { searchDivisions } from './divisions.ts'
import { unitColumns, unitInSubtree, type UnitRow } from './units.access.ts'
import { lockUnit, refuseSameName, refuseStale } from './units.changing.ts'
import { get } from './units.get.ts'
import { closed, endTeams, refuseDay } from './units.merge.ts'
import { countsOf, inTreeOrder, lineOf, mostLines, nameOf, readLinked, readPart } from './units.reading.ts'
import { createUnits } from './units.tree.ts'

export {
  createTenant,
  createUnits,
  findOrCreateClasses,
  findUnitsByName,
  unitCore,
  unitLabel,
  type ClassKey,
  type FoundUnit,
  type NewUnitRow,
  type TenantRow,
} from './units.tree.ts'
export { get } from './units.get.ts'
export { merge, move } from './units.merge.ts'
export { end_link, get_link, joint, link } from './units.links.ts'

export async function list(
  ctx: Ctx,
  { under, levels, closed: withClosed }: Input<typeof unitOps.list>,
): Promise<Answer<typeof unitOps.list>> {
  const root = await unitInSubtree(ctx, under ?? ctx.actor.unit_id)
  const rows = await readPart(ctx, root, levels ?? 2, withClosed ?? false)
  const shown = inTreeOrder(rows.slice(0, mostLines))
  const linked = under ? [] : await readLinked(ctx)
  const counts = await countsOf(ctx, [...shown, ...linked])
  return {
    root: nameOf(ctx, root),
    items: [
      ...shown.map((row) => lineOf(ctx, row, counts.get(row.id), false)),
      ...linked.map((row) => lineOf(ctx, row, counts.get(row.id), true)),
    ],
    more: rows.length > mostLines,
  }
}

/** Names of open units of the county; what is typed may be part of the name, of the parent's name, or pinyin. */
export async function search(
  ctx: Ctx,
  { q, kinds, under, limit }: Input<typeof unitOps.search>,
): Promise<Answer<typeof unitOps.search>> {
  const most = limit ?? 30
  const words = (q ?? '').trim().toLowerCase()
  const rows = await ctx.db.rows<UnitRow & { above_name: string }>(
    `select ${unitColumns.replace(/(\w+)/g, 'u.$1')}, coalesce(case when p.kind = 'county' then '' else p.name end, '') as above_name
       from units u left join units p on p.tenant_id = u.tenant_id and p.id = u.parent_id
      where u.tenant_id = $1 and u.closed_on is null and ($2::text[] is null or u.kind = any ($2))
        and ($3::uuid is null or position('/' || $3::text || '/' in '/' || u.path) > 0)
        and ($4 = '' or position($4 in lower(coalesce(p.name, '') || u.name)) > 0 or starts_with(replace(u.pinyin, ' ', ''), replace($4, ' ', '')))
      order by position($4 in lower(u.name)) = 0, u.kind = 'class', u.depth, u.pinyin, u.id limit $5`,
    [ctx.tenant, kinds?.length ? kinds : null, under ?? null, words, most + 1],
  )
  return {
    items: rows
      .slice(0, most)
      .map((row) => ({ ...nameOf(ctx, row), above_name: row.above_name, parent_id: row.parent_id })),
    more: rows.length > most,
  }
}

export async function create(ctx: Ctx, { body }: Input<typeof unitOps.create>): Promise<Unit> {
  await unitInSubtree(ctx, body.parent_id)
  if (body.kind !== 'class' && !body.name?.trim()) throw required('name')
  if (body.kind === 'class')
    for (const field of ['stage', 'entry_year', 'class_number'] as const) if (!body[field]) throw required(field)
  const ofClass = body.kind === 'class'
  const [made] = await createUnits(ctx, [
    {
      id: body.id,
      kind: body.kind,
      name: body.name ?? '',
      parent_id: body.parent_id,
      division_code: body.division_code ?? null,
      stage: ofClass ? (body.stage ?? null) : null,
      entry_year: ofClass ? (body.entry_year ?? null) : null,
      class_number: ofClass ? (body.class_number ?? null) : null,
      opened_on: body.opened_on ?? null,
    },
  ])
  await ctx.audit('unit.created', made!.id)
  return get(ctx, { id: made!.id })
}

function required(path: string) {
  return problem('invalid', {
    values: { count: 1 },
    errors: [{ path, zh: '这一项要填。', en: 'Please fill this in.' }],
  })
}

export async function rename(ctx: Ctx, { id, body }: Input<typeof unitOps.rename>): Promise<Unit> {
  const unit = await lockUnit(ctx, id)
  await refuseStale(ctx, unit, body.version)
  if (!unitCan.change(unit)) throw closed(unit)
  const name = body.name.trim()
  if (name !== unit.name && unit.parent_id) {
    const parent = await ctx.db.one<{ id: string; name: string }>(
      'select id, name from units where tenant_id = $1 and id = $2',
      [ctx.tenant, unit.parent_id],
    )
    await refuseSameName(ctx, unit.kind, name, parent)
  }
  await ctx.db.count(
    'update units set name = $3, pinyin = $4, version = version + 1 where tenant_id = $1 and id = $2',
    [ctx.tenant, id, name, pinyinOf(name)],
  )
  await ctx.audit('unit.renamed', id)
  return get(ctx, { id })
}

/** Only an empty unit closes: nobody is left standing in a unit that is gone. */
export async function close(ctx: Ctx, { id, body }: Input<typeof unitOps.close>): Promise<Unit> {
  const unit = await lockUnit(ctx, id)
  await refuseStale(ctx, unit, body.version)
  if (!unitCan.close(unit)) throw closed(unit)
  refuseDay(ctx, unit, body.on)
  const left = await leftInside(ctx, unit.path, body.on)
  if (left.children + left.members + left.units > 0)
    throw problem('unit_not_empty', { values: { name: unit.name, ...left } })
  await ctx.db.count(
    `update unit_links set until_on = greatest(from_on, $3::date)
      where tenant_id = $1 and (unit_id = $2 or other_unit_id = $2) and (until_on is null or until_on > $3)`,
    [ctx.tenant, id, body.on],
  )
  await endTeams(ctx, id, body.on)
  await ctx.db.count(
    'update units set closed_on = $3, closed_reason = $4, version = version + 1 where tenant_id = $1 and id = $2',
    [ctx.tenant, id, body.on, body.reason],
  )
  await ctx.audit('unit.closed', id)
  return get(ctx, { id })
}

/** What still stands in the unit or below it after that day; 户籍 counts here: such a child must be told where it belongs now. */
async function leftInside(ctx: Ctx, path: string, on: string) {
  return ctx.db.one<{ children: number; members: number; units: number }>(
    `select
       (select count(distinct cu.child_id) from child_units cu join units u on u.tenant_id = $1 and u.id = cu.unit_id
         where cu.tenant_id = $1 and u.path like $2 and (cu.until_on is null or cu.until_on > $3))::int as children,
       (select count(*) from memberships m join units u on u.tenant_id = $1 and u.id = m.unit_id
         where m.tenant_id = $1 and u.path like $2 and (m.until_on is null or m.until_on > $3))::int as members,
       (select count(*) from units u where u.tenant_id = $1 and u.path like $2 and u.path <> $4 and u.closed_on is null)::int as units`,
    [ctx.tenant, `${path}%`, on, path],
  )
}

export function search_divisions(
  ctx: Ctx,
  input: Input<typeof unitOps.search_divisions>,
): Promise<Answer<typeof unitOps.search_divisions>> {
  return searchDivisions(ctx.db, input)
}
