// Where a child stands: its village, group, grid, class, partner office, station. A link ends, it is not overwritten.
import type { ChildFile, childOps } from '@nuanyang/contract/children.ts'
import type { Input } from '@nuanyang/contract/kernel.ts'
import type { ChildLink } from '@nuanyang/contract/roles.ts'
import { gradeOn } from '@nuanyang/domain/grades.ts'
import { writeSpells } from '../families/spells.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { newId } from '../kernel/ids.ts'
import { problem } from '../kernel/problem.ts'
import { mustSee } from './children.access.ts'
import { refreshCompleteness } from './children.completeness.ts'
import { findFile } from './children.file.ts'
import { keepersOf, onSide } from './children.keepers.ts'

/** Which units a link may point to. */
const kindsOf: Record<ChildLink, readonly string[]> = {
  residence: ['village', 'community'],
  hukou: ['village', 'community', 'township', 'county'],
  villager_group: ['villager_group'],
  grid: ['grid'],
  class: ['class'],
  partner: ['partner_office'],
  station: ['station', 'committee'],
}
/** Number of the class of pupils whose grade nobody knows: it must not say one. */
export const ungradedClass = '未分年级'
/** At most one of these is current. */
export const single = new Set<ChildLink>(['residence', 'hukou', 'class', 'villager_group', 'grid'])

export interface Placement {
  child_id: string
  unit_id: string
  as: ChildLink
  from_on: string
  stated: boolean
  /** The import that brings the link; withdrawing it takes the link back. */
  import_id?: string
}

export async function place(ctx: Ctx, { id, body }: Input<typeof childOps.place>): Promise<ChildFile> {
  await mustSee(ctx, [id])
  const placement = { child_id: id, unit_id: body.unit_id, as: body.as, from_on: body.from_on, stated: true }
  if (body.as !== 'residence' || !(await askForHome(ctx, placement))) await placeChildren(ctx, [placement])
  await refreshCompleteness(ctx, [id])
  await ctx.audit('children.place', id, { child_id: id })
  const file = await findFile(ctx, id)
  if (!file) throw problem('not_found')
  return file
}

/** What `changes` says of a home: the unit and, for the new one, since when. */
export interface Home {
  unit_id: string
  name: string
  from_on?: string
}

/**
 * A child who is at home elsewhere is not moved by whoever sees the file: the side that keeps the home is asked.
 * @returns false when there is nobody to ask, so that the actor may place the child
 */
async function askForHome(ctx: Ctx, placement: Placement): Promise<boolean> {
  const wanted = (await unitsMine(ctx, [placement.unit_id])).get(placement.unit_id)!
  refuseWrongKind('residence', wanted)
  const keeper = (await keepersOf(ctx, [placement.child_id])).get(placement.child_id)?.residence
  if (!keeper || keeper.unit_id === placement.unit_id || onSide(ctx, keeper)) return false
  const [now] = await unitsOf(ctx, [keeper.unit_id])
  await ctx.db.count(
    `insert into changes (tenant_id, id, entity, entity_id, child_id, field, field_group, old, new, source_type, state, by_account_id, by_unit_id, at, keeper_unit_id)
     select $1, $2, 'children', $3, $3, 'residence', 'address', $4, $5, 'person', 'proposed', $6, $7, $8, $9
      where not exists (select from changes g where g.tenant_id = $1 and g.child_id = $3 and g.field = 'residence' and g.state = 'proposed' and g.by_unit_id = $7)`,
    [
      ctx.tenant,
      newId(ctx.now.getTime()),
      placement.child_id,
      JSON.stringify({ unit_id: keeper.unit_id, name: now!.name } satisfies Home),
      JSON.stringify({ unit_id: wanted.id, name: wanted.name, from_on: placement.from_on } satisfies Home),
      ctx.actor.account_id,
      ctx.actor.unit_id,
      ctx.now,
      keeper.unit_id,
    ],
  )
  return true
}

/** The keeper side agrees: the child moves to the unit that asked. @throws changed_since */
export async function moveHome(ctx: Ctx, child_id: string, from: Home, to: Home): Promise<void> {
  const [home] = await ctx.db.rows<{ unit_id: string; name: string; from_on: string }>(
    `select cu.unit_id, u.name, cu.from_on from child_units cu join units u on u.tenant_id = $1 and u.id = cu.unit_id
      where cu.tenant_id = $1 and cu.child_id = $2 and cu."as" = 'residence' and cu.until_on is null`,
    [ctx.tenant, child_id],
  )
  if (home?.unit_id !== from.unit_id) throw problem('changed_since', { values: { now: home?.name ?? '未采集' } })
  const wanted = (await unitsOf(ctx, [to.unit_id]))[0]!
  const from_on = to.from_on && to.from_on > home.from_on ? to.from_on : ctx.today
  await tie(ctx, [{ child_id, unit_id: wanted.id, as: 'residence', from_on, stated: true }])
}

export async function leave(ctx: Ctx, { id, body }: Input<typeof childOps.leave>): Promise<ChildFile> {
  await mustSee(ctx, [id])
  await unitsMine(ctx, [body.unit_id])
  const before = (await findFile(ctx, id))!
  const left = await ctx.db.count(
    `update child_units set until_on = greatest(from_on, $5::date) where tenant_id = $1 and child_id = $2 and unit_id = $3 and "as" = $4 and until_on is null`,
    [ctx.tenant, id, body.unit_id, body.as, body.until_on],
  )
  if (left === 0) throw problem('not_found')
  if (body.as === 'class')
    await writeSpells(
      ctx,
      'enrolments',
      [{ child_id: id, values: { class_unit_id: null }, since: body.until_on, fills: false }],
      { type: 'person', id: null },
    )
  await refreshCompleteness(ctx, [id])
  await ctx.audit('children.leave', id, { child_id: id })
  // Leaving the actor's own unit takes the file out of sight: a refusal now would undo it, so the last sight is answered.
  const file = await findFile(ctx, id)
  if (file) return file
  return { ...before, units: before.units.filter((unit) => unit.id !== body.unit_id || unit.as !== body.as) }
}

/** @throws wrong_kind_of_unit */
export function refuseWrongKind(as: ChildLink, unit: { name: string; kind: string }): void {
  if (!kindsOf[as].includes(unit.kind))
    throw problem('wrong_kind_of_unit', {
      values: { unit: unit.name, why: `它是另一种单位，不能当作“${linkWords[as]}”` },
    })
}

interface UnitFacts {
  id: string
  name: string
  kind: string
  path: string
  stage: 'kindergarten' | 'primary' | 'junior' | 'senior' | null
  entry_year: number | null
  class_number: string | null
  school_name: string | null
}

async function unitsOf(ctx: Ctx, ids: readonly string[]): Promise<UnitFacts[]> {
  return ctx.db.rows<UnitFacts>(
    `select u.id, u.name, u.kind, u.path, u.stage, u.entry_year, u.class_number, s.name as school_name
       from units u left join units s on s.tenant_id = u.tenant_id and s.id = u.parent_id where u.tenant_id = $1 and u.id = any($2::uuid[])`,
    [ctx.tenant, ids],
  )
}

async function unitsMine(ctx: Ctx, ids: readonly string[]): Promise<Map<string, UnitFacts>> {
  const rows = await unitsOf(ctx, ids)
  for (const id of ids) {
    const unit = rows.find((row) => row.id === id)
    if (!unit || !unit.path.startsWith(ctx.actor.unit_path))
      throw problem('unit_not_yours', { values: { unit: unit?.name ?? '那个单位' } })
  }
  return new Map(rows.map((row) => [row.id, row]))
}

/**
 * Ties children to units; a current link of a kind that may exist once ends the same day. The enrolment's class and the class link
 * are kept by this verb alone, so they cannot differ.
 * @throws unit_not_yours, wrong_kind_of_unit, link_needs_residence
 */
export async function placeChildren(ctx: Ctx, rows: readonly Placement[]): Promise<void> {
  if (rows.length === 0) return
  const units = await unitsMine(ctx, [...new Set(rows.map((r) => r.unit_id))])
  for (const row of rows) refuseWrongKind(row.as, units.get(row.unit_id)!)
  const below = rows.filter((r) => r.as === 'villager_group' || r.as === 'grid')
  if (below.length > 0) await needResidence(ctx, below, units)
  await tie(ctx, rows)
  await enrol(
    ctx,
    rows.filter((r) => r.as === 'class'),
    units,
  )
}

async function tie(ctx: Ctx, rows: readonly Placement[]): Promise<void> {
  const ending = rows.filter((r) => single.has(r.as))
  const values = JSON.stringify(rows.map((row) => ({ id: newId(), ...row, link: row.as })))
  if (ending.length > 0)
    await ctx.db.count(
      `update child_units cu set until_on = greatest(cu.from_on, x.from_on)
         from jsonb_to_recordset($2::jsonb) as x(child_id uuid, link text, unit_id uuid, from_on date)
        where cu.tenant_id = $1 and cu.child_id = x.child_id and cu."as" = x.link and cu.until_on is null and cu.unit_id <> x.unit_id
          and x.link = any($3::text[])`,
      [ctx.tenant, values, [...single]],
    )
  await ctx.db.count(
    `insert into child_units (tenant_id, id, child_id, unit_id, "as", from_on, stated, stated_by, import_id)
     select $1, x.id, x.child_id, x.unit_id, x.link, x.from_on, x.stated, $3, x.import_id
       from jsonb_to_recordset($2::jsonb) as x(id uuid, child_id uuid, unit_id uuid, link text, from_on date, stated boolean, import_id uuid)
      where not exists (select from child_units cu where cu.tenant_id = $1 and cu.child_id = x.child_id and cu.unit_id = x.unit_id and cu."as" = x.link and cu.until_on is null)`,
    [ctx.tenant, values, ctx.actor.account_id],
  )
}

/**
 * Takes back the links that an import gave to children who had a file before: what it ended goes on, and a class that is left without
 * a successor leaves the enrolment as well.
 */
export async function takeBackLinks(ctx: Ctx, import_id: string): Promise<void> {
  const ended = await ctx.db.rows<{ child_id: string; link: ChildLink; unit_id: string; from_on: string }>(
    `update child_units cu set until_on = greatest(cu.from_on, $3::date) from children c
      where cu.tenant_id = $1 and cu.import_id = $2 and cu.until_on is null
        and c.tenant_id = $1 and c.id = cu.child_id and c.import_id is distinct from $2
     returning cu.child_id, cu."as" as link, cu.unit_id, cu.from_on`,
    [ctx.tenant, import_id, ctx.today],
  )
  if (ended.length === 0) return
  const before = await ctx.db.rows<{ child_id: string; link: ChildLink; unit_id: string }>(
    `with gone as (select * from jsonb_to_recordset($2::jsonb) as x(child_id uuid, link text, unit_id uuid, from_on date)),
     last as (
       select distinct on (p.child_id, p."as") p.id from gone g join child_units p on p.tenant_id = $1 and p.child_id = g.child_id and p."as" = g.link
        where p."as" = any($3::text[]) and p.unit_id <> g.unit_id and p.until_on = greatest(p.from_on, g.from_on)
        order by p.child_id, p."as", p.from_on desc, p.id desc)
     update child_units cu set until_on = null from last where cu.tenant_id = $1 and cu.id = last.id
     returning cu.child_id, cu."as" as link, cu.unit_id`,
    [ctx.tenant, JSON.stringify(ended), [...single]],
  )
  const back = before.filter((row) => row.link === 'class')
  const units = await unitsOf(ctx, [...new Set(back.map((row) => row.unit_id))])
  await enrol(
    ctx,
    back.map((row) => ({ ...row, as: 'class' as const, from_on: ctx.today, stated: false })),
    new Map(units.map((unit) => [unit.id, unit])),
  )
  const left = ended.filter((row) => row.link === 'class' && !back.some((one) => one.child_id === row.child_id))
  await writeSpells(
    ctx,
    'enrolments',
    left.map(({ child_id }) => ({ child_id, values: { class_unit_id: null }, since: ctx.today, fills: false })),
    { type: 'system', id: import_id },
  )
}

async function needResidence(ctx: Ctx, rows: readonly Placement[], units: Map<string, UnitFacts>): Promise<void> {
  const homes = await ctx.db.rows<{ child_id: string; path: string }>(
    `select cu.child_id, u.path from child_units cu join units u on u.tenant_id = $1 and u.id = cu.unit_id
      where cu.tenant_id = $1 and cu.child_id = any($2::uuid[]) and cu."as" = 'residence' and cu.until_on is null`,
    [ctx.tenant, rows.map((r) => r.child_id)],
  )
  for (const row of rows) {
    const home = homes.find((h) => h.child_id === row.child_id)
    if (!home || !units.get(row.unit_id)!.path.startsWith(home.path)) throw problem('link_needs_residence')
  }
}

async function enrol(ctx: Ctx, rows: readonly Placement[], units: Map<string, UnitFacts>): Promise<void> {
  await writeSpells(
    ctx,
    'enrolments',
    rows.map((row) => {
      const unit = units.get(row.unit_id)!
      // A class that stands for “grade unknown” must not say one.
      const known = unit.stage && unit.entry_year !== null && unit.class_number !== ungradedClass
      const grade = known ? gradeOn(unit.stage!, unit.entry_year!, ctx.today) : null
      return {
        child_id: row.child_id,
        values: {
          class_unit_id: row.unit_id,
          school_name: unit.school_name,
          grade,
          class_number: unit.class_number,
          status: 'in_school',
        },
        since: row.stated ? row.from_on : undefined,
        fills: !row.stated,
      }
    }),
    { type: 'person', id: null },
  )
}

const linkWords: Record<ChildLink, string> = {
  residence: '住在的村（社区）',
  hukou: '户口所在地',
  villager_group: '村民组',
  grid: '网格',
  class: '班级',
  partner: '共建单位',
  station: '驿站',
}
