// The tree itself: making units in bulk and finding them again. `path` is the way from the county down (ids joined by '/',
// with a '/' at the end), so "inside" is one indexed prefix and no query walks the tree.
import { allowedParents, stages, unitKinds, type UnitKind } from '@nuanyang/contract/units.ts'
import { classLabel } from '@nuanyang/domain/class_label.ts'
import type { Stage } from '@nuanyang/domain/grades.ts'
import { pinyinOf } from '@nuanyang/domain/pinyin.ts'
import { beginDefinitions } from '../definitions/definitions.ts'
import { ctxAs, type Ctx } from '../kernel/ctx.ts'
import { divisionUnitId, newId } from '../kernel/ids.ts'
import { problem } from '../kernel/problem.ts'

export interface TenantRow {
  /** Division code on the day of set-up, perhaps with a suffix. */
  id: string
  name: string
  division_code: string | null
  demo: boolean
  separate_admins: boolean
}

/**
 * Sets up a county. Returns a ctx of the same transaction that works inside it: `createUnits` of the county itself comes next.
 * Errors: tenant_exists.
 */
export async function createTenant(ctx: Ctx, tenant: TenantRow): Promise<Ctx> {
  const made = await ctx.db.count(
    `insert into tenants (id, name, division_code, demo, separate_admins, created_at) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing`,
    [tenant.id, tenant.name, tenant.division_code, tenant.demo, tenant.separate_admins, ctx.now],
  )
  if (made === 0) throw problem('tenant_exists', { values: { id: tenant.id, name: tenant.name } })
  await ctx.db.rows('select app_begin($1, $2)', [tenant.id, ctx.session?.account_id ?? null])
  await beginDefinitions(ctx, tenant.id)
  return ctxAs(ctx, { tenant: tenant.id, session: ctx.session, actor: null })
}

export interface NewUnitRow {
  id?: string
  kind: UnitKind
  /** Ignored for a class, which is named by stage, year and number. */
  name: string
  /** null for the county only; may be the id of a row earlier in the same list. */
  parent_id: string | null
  division_code?: string | null
  stage?: Stage | null
  entry_year?: number | null
  class_number?: string | null
  opened_on?: string | null
}

interface Place {
  id: string
  kind: UnitKind
  name: string
  path: string
  depth: number
  closed_on: string | null
}

interface Made extends Required<NewUnitRow> {
  path: string
  depth: number
}

/**
 * Adds units, parents before children, in one statement. A unit with a division code gets the id that every installation gives
 * that code; `id` is used otherwise. Keeps path, depth and pinyin.
 * Errors: unit_wrong_parent, unit_parent_closed, unit_exists, not_found (a parent that is not of this county).
 */
export async function createUnits(ctx: Ctx, rows: readonly NewUnitRow[]): Promise<{ id: string }[]> {
  if (rows.length === 0) return []
  const places = await lockPlaces(ctx, [...new Set(rows.flatMap((row) => row.parent_id ?? []))])
  const usedIds = await takenIds(ctx, rows)
  const made: Made[] = []
  for (const row of rows) {
    const unit = place(row, places, usedIds)
    places.set(unit.id, { ...unit, closed_on: null })
    made.push(unit)
  }
  await refuseTwins(ctx, made, places)
  await insertUnits(ctx, made)
  return made.map(({ id }) => ({ id }))
}

/** Parents are locked, so a unit cannot appear under one that is being closed or merged at the same moment. */
async function lockPlaces(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Place>> {
  const found = await ctx.db.rows<Place>(
    `select id, kind, name, path, depth, closed_on from units where tenant_id = $1 and id = any ($2::uuid[])
      order by id for no key update`,
    [ctx.tenant, ids],
  )
  return new Map(found.map((row) => [row.id, row]))
}

async function takenIds(ctx: Ctx, rows: readonly NewUnitRow[]): Promise<Set<string>> {
  const wanted = rows.flatMap((row) => (row.division_code ? [divisionUnitId(row.division_code)] : []))
  const found = await ctx.db.rows<{ id: string }>(
    `select id from units where tenant_id = $1 and id = any ($2::uuid[]) and closed_on is not null`,
    [ctx.tenant, wanted],
  )
  return new Set(found.map((row) => row.id))
}

function place(row: NewUnitRow, places: ReadonlyMap<string, Place>, usedIds: ReadonlySet<string>): Made {
  const name = unitName(row)
  const parent = row.parent_id === null ? null : places.get(row.parent_id)
  if (parent === undefined) throw problem('not_found')
  checkParent(row.kind, name, parent)
  const derived = row.division_code ? divisionUnitId(row.division_code) : null
  const id = derived && !usedIds.has(derived) ? derived : (row.id ?? newId())
  return {
    id,
    kind: row.kind,
    name,
    parent_id: row.parent_id,
    division_code: row.division_code ?? null,
    stage: row.stage ?? null,
    entry_year: row.entry_year ?? null,
    class_number: row.class_number ?? null,
    opened_on: row.opened_on ?? null,
    path: `${parent?.path ?? ''}${id}/`,
    depth: parent ? parent.depth + 1 : 0,
  }
}

/** 小学2024级2班: what the row says for good. What people say today is `classLabel`. */
function unitName(row: NewUnitRow): string {
  if (row.kind !== 'class') return row.name.trim()
  return `${stages[row.stage ?? 'primary'].zh}${row.entry_year ?? ''}级${row.class_number ?? ''}班`
}

/** Refuses a parent of a kind that cannot hold this one, and a closed one. */
export function checkParent(
  kind: UnitKind,
  name: string,
  parent: Pick<Place, 'kind' | 'name' | 'closed_on'> | null,
): void {
  const allowed = allowedParents[kind]
  if (parent === null ? allowed.length > 0 : !allowed.includes(parent.kind)) {
    const values = {
      name,
      kind: unitKinds[kind].zh,
      parent: parent?.name ?? '—',
      parent_kind: parent ? unitKinds[parent.kind].zh : '空',
      allowed: allowed.length > 0 ? allowed.map((code) => unitKinds[code].zh).join('、') : '空（它是最上级）',
    }
    throw problem('unit_wrong_parent', { values })
  }
  if (parent?.closed_on) throw problem('unit_parent_closed', { values: { parent: parent.name } })
}

/** Two open units of one kind and name under one parent, or with one division code, would be one unit entered twice. */
async function refuseTwins(ctx: Ctx, made: readonly Made[], places: ReadonlyMap<string, Place>): Promise<void> {
  const twin = await ctx.db.maybe<{ name: string; parent: string | null }>(
    `with n as (select * from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) as n(parent_id, kind, name, division_code)),
          twins as (
            select u.name, u.parent_id from n join units u on u.tenant_id = $1 and u.closed_on is null
               and u.parent_id = n.parent_id and u.kind = n.kind and u.name = n.name
            union all
            select u.name, u.parent_id from n join units u on u.tenant_id = $1 and u.closed_on is null and u.division_code = n.division_code)
     select t.name, p.name as parent from twins t left join units p on p.tenant_id = $1 and p.id = t.parent_id limit 1`,
    [
      ctx.tenant,
      made.map((row) => row.parent_id),
      made.map((row) => row.kind),
      made.map((row) => row.name),
      made.map((row) => row.division_code),
    ],
  )
  if (twin) throw problem('unit_exists', { values: { name: twin.name, parent: twin.parent ?? '' } })
  const seen = new Set<string>()
  for (const row of made) {
    const key = `${row.parent_id} ${row.kind} ${row.name}`
    if (seen.has(key))
      throw problem('unit_exists', { values: { name: row.name, parent: places.get(row.parent_id ?? '')?.name ?? '' } })
    seen.add(key)
  }
}

async function insertUnits(ctx: Ctx, made: readonly Made[]): Promise<void> {
  const column = <T>(read: (row: Made) => T) => made.map(read)
  await ctx.db.count(
    `insert into units (tenant_id, id, kind, name, pinyin, parent_id, path, depth, division_code, stage, entry_year, class_number, opened_on)
     select $1, * from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::smallint[], $9::text[],
                              $10::text[], $11::smallint[], $12::text[], $13::date[])`,
    [
      ctx.tenant,
      column((row) => row.id),
      column((row) => row.kind),
      column((row) => row.name),
      column((row) => pinyinOf(row.name)),
      column((row) => row.parent_id),
      column((row) => row.path),
      column((row) => row.depth),
      column((row) => row.division_code),
      column((row) => row.stage),
      column((row) => row.entry_year),
      column((row) => row.class_number),
      column((row) => row.opened_on),
    ],
  )
}

export interface ClassKey {
  stage: Stage
  entry_year: number
  class_number: string
}

/** The open classes of a school by stage, year of entry and number, made where missing; answers in the order asked. */
export async function findOrCreateClasses(
  ctx: Ctx,
  schoolUnitId: string,
  classes: readonly ClassKey[],
): Promise<{ id: string }[]> {
  if (classes.length === 0) return []
  const keyOf = (row: ClassKey) => `${row.stage} ${row.entry_year} ${row.class_number}`
  const wanted = new Map(classes.map((row) => [keyOf(row), row]))
  // The school's row is the lock: two imports at once must not both find a class missing.
  const places = await lockPlaces(ctx, [schoolUnitId])
  if (places.size === 0) throw problem('not_found')
  const found = await ctx.db.rows<ClassKey & { id: string }>(
    `select id, stage, entry_year, class_number from units
      where tenant_id = $1 and parent_id = $2 and kind = 'class' and closed_on is null`,
    [ctx.tenant, schoolUnitId],
  )
  const ids = new Map(found.map((row) => [keyOf(row), row.id]))
  const missing = [...wanted].filter(([key]) => !ids.has(key))
  const made = await createUnits(
    ctx,
    missing.map(([, row]) => ({ kind: 'class', name: '', parent_id: schoolUnitId, ...row })),
  )
  for (const [n, [key]] of missing.entries()) ids.set(key, made[n]!.id)
  for (const unit of made) await ctx.audit('unit.created', unit.id)
  return classes.map((row) => ({ id: ids.get(keyOf(row))! }))
}

export interface FoundUnit {
  /** The name that was asked for. */
  asked: string
  id: string
  kind: UnitKind
  name: string
  path: string
  parent_id: string | null
  parent_name: string | null
}

/**
 * Open units of these kinds by name as people write it (小暑, 小暑村, 小暑村村民委员会, with or without the parent's name before
 * it), inside `underPath` (a unit's path; '' = the whole county). Several may answer to one name: the caller asks which.
 */
export async function findUnitsByName(
  ctx: Ctx,
  kinds: UnitKind | readonly UnitKind[],
  names: readonly string[],
  underPath = '',
): Promise<FoundUnit[]> {
  const list = typeof kinds === 'string' ? [kinds] : kinds
  if (names.length === 0) return []
  // A county has hundreds of villages, not hundreds of thousands: they are read once and compared here.
  const units = await ctx.db.rows<Omit<FoundUnit, 'asked'>>(
    `select u.id, u.kind, u.name, u.path, u.parent_id, p.name as parent_name
       from units u left join units p on p.tenant_id = u.tenant_id and p.id = u.parent_id
      where u.tenant_id = $1 and u.kind = any ($2::text[]) and u.closed_on is null and u.path like $3 order by u.pinyin, u.id`,
    [ctx.tenant, list, `${underPath}%`],
  )
  const byName = new Map<string, Omit<FoundUnit, 'asked'>[]>()
  const put = (key: string, unit: Omit<FoundUnit, 'asked'>) => {
    const same = byName.get(key)
    if (!same) byName.set(key, [unit])
    else if (!same.includes(unit)) same.push(unit)
  }
  for (const unit of units) {
    const core = unitCore(unit.name)
    put(core, unit)
    put(`${unit.parent_name ?? ''}${core}`, unit)
    put(`${unitCore(unit.parent_name ?? '')}${core}`, unit)
  }
  return [...new Set(names)].flatMap((asked) => {
    const found = byName.get(unitCore(asked)) ?? []
    const exact = found.filter((unit) => unit.name === asked)
    return (exact.length > 0 ? exact : found).map((unit) => ({ asked, ...unit }))
  })
}

/** 小暑村村民委员会 → 小暑: both sides of a comparison are shortened, so only what tells places apart is compared. */
export function unitCore(name: string): string {
  return name
    .replace(/[\s（）()]/g, '')
    .replace(/(?:村?村民委员会|村委会|社区居民委员会|居民委员会|居委会)$/, '')
    .replace(/(.)(?:村|社区|行政村)$/, '$1')
}

/** What a unit is called today: a class by its grade, every other unit by its name. */
export function unitLabel(
  unit: { kind: string; name: string; stage: string | null; entry_year: number | null; class_number: string | null },
  on: string,
  language: 'zh' | 'en' = 'zh',
): string {
  if (unit.kind !== 'class' || !unit.stage || !unit.entry_year || !unit.class_number) return unit.name
  return classLabel(unit.stage as Stage, unit.entry_year, unit.class_number, on, language)
}
