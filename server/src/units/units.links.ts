// Links between units: a partner office and its school or village, a village and its school. Dated, with the agreement's text.
import { sql } from 'kysely'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import {
  unitCan,
  unitKinds,
  unitLinkKinds,
  unitOps,
  type UnitLink,
  type UnitLinkKind,
} from '@nuanyang/contract/units.ts'
import { opened, shown, visibleChildren } from '../children/children.access.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'
import { unitColumns, unitInSubtree, type UnitRow } from './units.access.ts'
import { nameOf } from './units.reading.ts'

interface LinkRow {
  id: string
  kind: UnitLinkKind
  agreement: string | null
  from_on: string
  until_on: string | null
  unit: UnitRow
  other: UnitRow
  children: number
}

const unitJson = (alias: string) =>
  `json_build_object(${unitColumns
    .split(',')
    .map((column) => column.trim())
    .map((column) => `'${column}', ${alias}.${column}`)
    .join(', ')})`

/** Links with both sides, and how many registered children stand in both today. */
async function readLinks(ctx: Ctx, where: string, values: readonly unknown[]): Promise<LinkRow[]> {
  return ctx.db.rows<LinkRow>(
    `select l.id, l.kind, l.agreement, l.from_on, l.until_on, ${unitJson('one')} as unit, ${unitJson('two')} as other,
       (select count(distinct a.child_id) from child_units a
          join units au on au.tenant_id = $1 and au.id = a.unit_id and starts_with(au.path, one.path)
          join child_units b on b.tenant_id = $1 and b.child_id = a.child_id and (b.until_on is null or b.until_on > $2)
          join units bu on bu.tenant_id = $1 and bu.id = b.unit_id and starts_with(bu.path, two.path)
          join children c on c.tenant_id = $1 and c.id = a.child_id and c.status = 'registered'
         where a.tenant_id = $1 and (a.until_on is null or a.until_on > $2))::int as children
      from unit_links l
      join units one on one.tenant_id = $1 and one.id = l.unit_id
      join units two on two.tenant_id = $1 and two.id = l.other_unit_id
     where l.tenant_id = $1 and ${where}
     order by l.until_on is not null, l.from_on desc, l.id limit 200`,
    [ctx.tenant, ctx.today, ...values],
  )
}

function answer(ctx: Ctx, row: LinkRow): UnitLink {
  return { ...row, unit: nameOf(ctx, row.unit), other: nameOf(ctx, row.other) }
}

/** Links of this very unit, ended ones last. */
export async function linksOf(ctx: Ctx, unitId: string): Promise<UnitLink[]> {
  const rows = await readLinks(ctx, '(l.unit_id = $3 or l.other_unit_id = $3)', [unitId])
  return rows.map((row) => answer(ctx, row))
}

async function getVisible(ctx: Ctx, id: string): Promise<LinkRow> {
  const [row] = await readLinks(ctx, 'l.id = $3', [id])
  const mine = (unit: UnitRow) => unit.path.startsWith(ctx.actor.unit_path)
  if (!row || (!mine(row.unit) && !mine(row.other))) throw problem('not_found')
  return row
}

export async function get_link(ctx: Ctx, { id }: Input<typeof unitOps.get_link>): Promise<UnitLink> {
  return answer(ctx, await getVisible(ctx, id))
}

export async function link(ctx: Ctx, { id, body }: Input<typeof unitOps.link>): Promise<UnitLink> {
  const mine = await unitInSubtree(ctx, id)
  const theirs = await ctx.db.maybe<UnitRow>(`select ${unitColumns} from units where tenant_id = $1 and id = $2`, [
    ctx.tenant,
    body.other_unit_id,
  ])
  if (!theirs) throw problem('not_found')
  for (const unit of [mine, theirs])
    if (unit.closed_on) throw problem('unit_closed', { values: { name: unit.name, closed_on: unit.closed_on } })
  const [one, two] = inOrder(body.kind, mine, theirs)
  const until = body.until_on ?? null
  if (until !== null && until < body.from_on)
    throw problem('day_before_start', { values: { from_on: body.from_on, until_on: until } })
  await refuseSecond(ctx, body.kind, one, two, body.from_on, until)
  await ctx.db.count(
    `insert into unit_links (tenant_id, id, unit_id, other_unit_id, kind, agreement, from_on, until_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [ctx.tenant, body.id, one.id, two.id, body.kind, body.agreement ?? null, body.from_on, until],
  )
  await ctx.audit('unit.linked', body.id)
  return get_link(ctx, { id: body.id })
}

/** Which of the two is the first side; refuses kinds that the table of links does not know. */
function inOrder(kind: UnitLinkKind, mine: UnitRow, theirs: UnitRow): [UnitRow, UnitRow] {
  const { unit, other } = unitLinkKinds[kind]
  const fits = (one: UnitRow, two: UnitRow) =>
    (unit as readonly string[]).includes(one.kind) && (other as readonly string[]).includes(two.kind)
  if (fits(mine, theirs)) return [mine, theirs]
  if (fits(theirs, mine)) return [theirs, mine]
  const spell = (kinds: readonly (keyof typeof unitKinds)[]) => kinds.map((code) => unitKinds[code].zh).join('或')
  const rule = `一边要是${spell(unit)}，另一边要是${spell(other)}`
  throw problem('unit_link_kinds', { values: { name: mine.name, other: theirs.name, rule } })
}

/** The first side's row is the lock: two people making the same link at once make one. */
async function refuseSecond(
  ctx: Ctx,
  kind: UnitLinkKind,
  one: UnitRow,
  two: UnitRow,
  from: string,
  until: string | null,
): Promise<void> {
  await ctx.db.rows('select from units where tenant_id = $1 and id = $2 for no key update', [ctx.tenant, one.id])
  const twin = await ctx.db.maybe<{ from_on: string }>(
    `select from_on from unit_links where tenant_id = $1 and unit_id = $2 and other_unit_id = $3 and kind = $4
        and (until_on is null or until_on > $5) and ($6::date is null or from_on < $6)`,
    [ctx.tenant, one.id, two.id, kind, from, until],
  )
  if (twin) throw problem('unit_link_exists', { values: { name: one.name, other: two.name, from_on: twin.from_on } })
}

export async function end_link(ctx: Ctx, { id, body }: Input<typeof unitOps.end_link>): Promise<UnitLink> {
  const row = await getVisible(ctx, id)
  if (!unitCan.endLink(row)) throw problem('already_ended', { values: { until_on: row.until_on ?? '' } })
  if (body.until_on < row.from_on)
    throw problem('day_before_start', { values: { from_on: row.from_on, until_on: body.until_on } })
  const ended = await ctx.db.count(
    `update unit_links set until_on = $3 where tenant_id = $1 and id = $2 and until_on is null`,
    [ctx.tenant, id, body.until_on],
  )
  if (ended === 0) throw problem('already_ended', { values: { until_on: (await getVisible(ctx, id)).until_on ?? '' } })
  await ctx.audit('unit.link_ended', id)
  return get_link(ctx, { id })
}

/** Children that stand today in both units; of these, the ones this person may see, as far as they may. */
export async function joint(ctx: Ctx, { id }: Input<typeof unitOps.joint>): Promise<Answer<typeof unitOps.joint>> {
  const row = await getVisible(ctx, id)
  const standsIn = (
    path: string,
  ) => sql`exists (select from child_units cu join units u on u.tenant_id = cu.tenant_id and u.id = cu.unit_id
    where cu.tenant_id = ${ctx.tenant} and cu.child_id = v.child_id and starts_with(u.path, ${path})
      and cu.from_on <= ${ctx.today}::date and (cu.until_on is null or cu.until_on > ${ctx.today}::date))`
  const items = await ctx.db.run(
    sql<Answer<typeof unitOps.joint>['items'][number]>`
      select c.id, coalesce(${shown('full_name', sql`c.name`)}, c.given_name) as name, c.sex, ${opened('birth', sql`c.born_on`)} as born_on
        from (${visibleChildren(ctx)}) as v
        join children c on c.tenant_id = ${ctx.tenant} and c.id = v.child_id and c.status = 'registered'
       where ${standsIn(row.unit.path)} and ${standsIn(row.other.path)}
       order by c.pinyin, c.id limit 1000`,
  )
  return { link: answer(ctx, row), items }
}
