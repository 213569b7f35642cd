// Reading units for the page: one statement for the rows, one for all counts, whatever the number of units.
import { sql } from 'kysely'
import { unitKindCodes, type UnitLine, type UnitName } from '@nuanyang/contract/units.ts'
import { readChineseNumber } from '@nuanyang/domain/chinese_text.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { unitLabel } from './units.tree.ts'
import { unitColumns, type UnitRow } from './units.access.ts'

/** Lines a page of the tree may have: a large county's townships, villages and schools. */
export const mostLines = 3000

/** As the tree shows them: kind by kind, classes by year, names by pinyin. */
export function inTreeOrder(rows: readonly UnitRow[]): UnitRow[] {
  const rank = (row: UnitRow) => unitKindCodes.indexOf(row.kind)
  return rows.toSorted(
    (a, b) =>
      a.depth - b.depth ||
      rank(a) - rank(b) ||
      (b.entry_year ?? 0) - (a.entry_year ?? 0) ||
      (a.class_number ?? '').localeCompare(b.class_number ?? '', 'en', { numeric: true }) ||
      leadingNumber(a.name) - leadingNumber(b.name) ||
      a.pinyin.localeCompare(b.pinyin, 'en', { numeric: true }),
  )
}

/** 一组, 第二网格, 10组: by their number, not by its sound. Names without one come after those with one. */
function leadingNumber(name: string): number {
  const digits = /^第?([〇零一二两三四五六七八九十\d]{1,4})(?=[组队号网片])/.exec(name)?.[1]
  return (digits && readChineseNumber(digits)) || 10_000
}

export function nameOf(
  ctx: Ctx,
  row: Pick<UnitRow, 'id' | 'kind' | 'name' | 'stage' | 'entry_year' | 'class_number'>,
): UnitName {
  return { id: row.id, kind: row.kind, name: row.name, label: unitLabel(row, ctx.today) }
}

export interface Counts {
  children: number
  members: number
  units: number
}

/**
 * Today's numbers of each unit with all below it. A child that stands in several of its units counts once; one whose 户籍 alone is
 * there does not count: it lives, learns and is cared for elsewhere.
 */
export async function countsOf(ctx: Ctx, rows: readonly { id: string }[]): Promise<Map<string, Counts>> {
  if (rows.length === 0) return new Map()
  // One village or a whole county: no one plan serves both (measured: 130 ms with a plan for these very ids, 900 ms without).
  await ctx.db.rows(`select set_config('plan_cache_mode', 'force_custom_plan', true)`)
  const found = await ctx.db.rows<Counts & { id: string }>(
    // Every unit is spread over the ids of its own path, so each count is one pass and one grouping.
    `with inside as (
       select u.id as unit_id, up.id, u.closed_on
         from units u, unnest(string_to_array(rtrim(u.path, '/'), '/')::uuid[]) as up(id)
        where u.tenant_id = $1 and up.id = any ($2::uuid[])),
     standing as (
       select distinct i.id, cu.child_id
         from inside i
         join child_units cu on cu.tenant_id = $1 and cu.unit_id = i.unit_id and cu."as" <> 'hukou'
          and cu.from_on <= $3 and (cu.until_on is null or cu.until_on > $3)
         join children c on c.tenant_id = $1 and c.id = cu.child_id and c.status = 'registered'),
     children_in as (select id, count(*)::int as n from standing group by id),
     members_in as (
       select i.id, count(distinct m.account_id)::int as n
         from inside i join memberships m on m.tenant_id = $1 and m.unit_id = i.unit_id and (m.until_on is null or m.until_on > $3)
        group by i.id),
     units_in as (
       select i.id, count(*)::int as n from inside i where i.unit_id <> i.id and i.closed_on is null group by i.id)
     select w.id, coalesce(c.n, 0) as children, coalesce(m.n, 0) as members, coalesce(u.n, 0) as units
       from unnest($2::uuid[]) as w(id)
       left join children_in c on c.id = w.id left join members_in m on m.id = w.id left join units_in u on u.id = w.id`,
    [ctx.tenant, rows.map((row) => row.id), ctx.today],
  )
  return new Map(found.map(({ id, ...counts }) => [id, counts]))
}

const nothing: Counts = { children: 0, members: 0, units: 0 }

export function lineOf(ctx: Ctx, row: UnitRow, counts: Counts | undefined, linked: boolean): UnitLine {
  const { pinyin: _pinyin, path: _path, ...fields } = row
  return { ...fields, label: unitLabel(row, ctx.today), ...(counts ?? nothing), linked }
}

/** The units of this part of the tree, the root included. */
export async function readPart(ctx: Ctx, root: UnitRow, levels: number, closed: boolean): Promise<UnitRow[]> {
  return ctx.db.rows<UnitRow>(
    `select ${unitColumns} from units
      where tenant_id = $1 and path like $2 and depth <= $3 and (closed_on is null or $4 or id = $5)
      order by depth, pinyin, id limit $6`,
    [ctx.tenant, `${root.path}%`, root.depth + levels, closed, root.id, mostLines + 1],
  )
}

/** Units at the other end of today's links of the actor's subtree, which lie outside it. */
export async function readLinked(ctx: Ctx): Promise<UnitRow[]> {
  const path = `${ctx.actor.unit_path}%`
  return ctx.db.run(
    sql<UnitRow>`select ${sql.raw(unitColumns)} from units u
      where u.tenant_id = ${ctx.tenant} and u.path not like ${path} and exists (
        select from unit_links l
          join units mine on mine.tenant_id = l.tenant_id and mine.id in (l.unit_id, l.other_unit_id) and mine.path like ${path}
         where l.tenant_id = ${ctx.tenant} and u.id in (l.unit_id, l.other_unit_id)
           and l.from_on <= ${ctx.today}::date and (l.until_on is null or l.until_on > ${ctx.today}::date))
      order by u.pinyin, u.id limit 200`,
  )
}

/** From the county down to the parent. */
export async function readAbove(ctx: Ctx, path: string): Promise<UnitName[]> {
  const ids = path.split('/').slice(0, -2)
  const rows = await ctx.db.rows<UnitRow>(
    `select ${unitColumns} from units where tenant_id = $1 and id = any ($2::uuid[]) order by depth`,
    [ctx.tenant, ids],
  )
  return rows.map((row) => nameOf(ctx, row))
}
