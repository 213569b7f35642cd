// 撤并 and moving: the only place where links of children and memberships change because units do. Done set-based, in one
// transaction: on the day of the merger every link ends in the old unit and begins in the new one, so numbers of earlier days
// stay as they were. The old unit then stands, closed, under the new one: whatever names it (records, plans, lists) is still
// inside the subtree of the people who carry on its work.
import type { Input } from '@nuanyang/contract/kernel.ts'
import { mayMergeKinds, unitCan, unitKinds, type Unit, type unitOps } from '@nuanyang/contract/units.ts'
import { pinyinOf } from '@nuanyang/domain/pinyin.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { newId } from '../kernel/ids.ts'
import { invalid, problem } from '../kernel/problem.ts'
import type { UnitRow } from './units.access.ts'
import { checkParent } from './units.tree.ts'
import { lockUnit, refuseSameName, refuseStale } from './units.changing.ts'
import { get } from './units.get.ts'

export async function move(ctx: Ctx, { id, body }: Input<typeof unitOps.move>): Promise<Unit> {
  const [unit, parent] = await lockBoth(ctx, id, body.parent_id)
  await refuseStale(ctx, unit, body.version)
  if (!unitCan.move(unit)) throw closed(unit)
  if (parent.path.startsWith(unit.path)) throw problem('unit_moves_into_itself', { values: { name: unit.name } })
  checkParent(unit.kind, unit.name, parent)
  if (unit.parent_id === parent.id) return get(ctx, { id })
  await refuseSameName(ctx, unit.kind, unit.name, parent)
  await moveSubtree(ctx, unit, parent)
  await ctx.audit('unit.moved', id)
  return get(ctx, { id })
}

export async function merge(ctx: Ctx, { id, body }: Input<typeof unitOps.merge>): Promise<Unit> {
  const [unit, into] = await lockBoth(ctx, id, body.into_id)
  await refuseStale(ctx, unit, body.version)
  for (const one of [unit, into]) if (one.closed_on) throw closed(one)
  if (unit.id === into.id || into.path.startsWith(unit.path))
    throw problem('unit_moves_into_itself', { values: { name: unit.name } })
  if (!mayMergeKinds(unit.kind, into.kind))
    throw problem('unit_merge_kinds', {
      values: { name: unit.name, kind: unitKinds[unit.kind].zh, other: into.name, other_kind: unitKinds[into.kind].zh },
    })
  refuseDay(ctx, unit, body.on)
  await moveChildren(ctx, unit.id, into.id, body.on)
  await moveHouseholds(ctx, unit.id, into.id)
  await moveMemberships(ctx, unit.id, into.id, body.on)
  await moveLinks(ctx, unit.id, into.id, body.on)
  await endTeams(ctx, unit.id, body.on)
  await moveUnitsBelow(ctx, unit, into)
  await moveSubtree(ctx, unit, into)
  await ctx.db.count(
    `update units set closed_on = $3, closed_reason = $4, merged_into_id = $5 where tenant_id = $1 and id = $2`,
    [ctx.tenant, unit.id, body.on, body.reason ?? null, into.id],
  )
  await ctx.audit('unit.merged', unit.id)
  return get(ctx, { id: into.id })
}

/** Both rows, locked in one order, so that two mergers at once cannot wait for each other. */
async function lockBoth(ctx: Ctx, one: string, two: string): Promise<[UnitRow, UnitRow]> {
  const rows = new Map<string, UnitRow>()
  for (const id of [...new Set([one, two])].sort()) rows.set(id, await lockUnit(ctx, id))
  return [rows.get(one)!, rows.get(two)!]
}

/** Refuses days that cannot be: before the unit opened, and days that have not come. */
export function refuseDay(ctx: Ctx, unit: UnitRow, on: string): void {
  if (unit.opened_on !== null && on < unit.opened_on)
    throw problem('day_before_start', { values: { from_on: unit.opened_on, until_on: on } })
  if (on > ctx.today)
    throw invalid({
      path: 'on',
      zh: `日期不能晚于今天（${ctx.today}）。到那一天再办。`,
      en: `Not later than today (${ctx.today}).`,
    })
}

export function closed(unit: { name: string; closed_on: string | null }) {
  return problem('unit_closed', { values: { name: unit.name, closed_on: unit.closed_on ?? '—' } })
}

/** The unit and all below it, under another parent. Paths are rewritten in one statement. */
async function moveSubtree(
  ctx: Ctx,
  unit: UnitRow,
  parent: { id: string; path: string; depth: number },
): Promise<void> {
  await ctx.db.count(
    `update units set path = $4 || substr(path, length($3) + 1), depth = depth + $5,
            version = version + case when id = $2 then 1 else 0 end, parent_id = case when id = $2 then $6::uuid else parent_id end
      where tenant_id = $1 and path like $3 || '%'`,
    [ctx.tenant, unit.id, unit.path, `${parent.path}${unit.id}/`, parent.depth + 1 - unit.depth, parent.id],
  )
}

/** Links that hold on the day, or begin later, go over; one that the child already has there is not made twice. */
async function moveChildren(ctx: Ctx, from: string, to: string, on: string): Promise<void> {
  const moved = await ctx.db.rows<{ child_id: string; as: string; from_on: string; stated: boolean }>(
    `update child_units set until_on = greatest(from_on, $3::date)
      where tenant_id = $1 and unit_id = $2 and (until_on is null or until_on > $3)
     returning child_id, "as", greatest(from_on, $3::date) as from_on, stated`,
    [ctx.tenant, from, on],
  )
  await ctx.db.count(
    `insert into child_units (tenant_id, id, child_id, unit_id, "as", from_on, stated, stated_by)
     select $1, m.id, m.child_id, $2, m."as", m.from_on, true, $3
       from unnest($4::uuid[], $5::uuid[], $6::text[], $7::date[]) as m(id, child_id, "as", from_on)
      where not exists (select from child_units h where h.tenant_id = $1 and h.child_id = m.child_id and h.unit_id = $2
                           and h."as" = m."as" and h.until_on is null)`,
    [
      ctx.tenant,
      to,
      ctx.actor.account_id,
      moved.map(() => newId()),
      moved.map((row) => row.child_id),
      moved.map((row) => row.as),
      moved.map((row) => row.from_on),
    ],
  )
  await moveEnrolments(ctx, from, to, on)
}

/** A household stands where its people live; its number stays, so the next roster of the new unit finds it again. */
async function moveHouseholds(ctx: Ctx, from: string, to: string): Promise<void> {
  await ctx.db.count(
    `update households set unit_id = $3, version = version + 1 where tenant_id = $1 and unit_id = $2`,
    [ctx.tenant, from, to],
  )
}

/** The class row of child_units and the spell of schooling say the same; so the spell ends and begins on the same day. */
async function moveEnrolments(ctx: Ctx, from: string, to: string, on: string): Promise<void> {
  const begun = await ctx.db.rows<{ id: string }>(
    `update enrolments set until_on = $3::text
      where tenant_id = $1 and class_unit_id = $2 and until_on is null and (from_on is null or partial_from(from_on) < $3::text::date)
     returning id`,
    [ctx.tenant, from, on],
  )
  await ctx.db.count(
    `insert into enrolments (tenant_id, id, child_id, status, class_unit_id, school_name, grade, class_number, boarding, from_on,
                             stated_on, stated_by, source_type, source_id)
     select $1, m.id, e.child_id, e.status, $2, e.school_name, e.grade, e.class_number, e.boarding, $3, e.stated_on, $4, 'unit', $5
       from unnest($6::uuid[], $7::uuid[]) as m(id, old_id) join enrolments e on e.tenant_id = $1 and e.id = m.old_id`,
    [ctx.tenant, to, on, ctx.actor.account_id, from, begun.map(() => newId()), begun.map((row) => row.id)],
  )
  await ctx.db.count(
    `update enrolments set class_unit_id = $3 where tenant_id = $1 and class_unit_id = $2 and until_on is null`,
    [ctx.tenant, from, to],
  )
}

/** People keep their work: the same role in the other unit from that day, and nobody who is signed in is thrown out. */
async function moveMemberships(ctx: Ctx, from: string, to: string, on: string): Promise<void> {
  const ended = await ctx.db.rows<{
    id: string
    account_id: string
    role: string
    adult_id: string | null
    from_on: string
  }>(
    `update memberships set until_on = greatest(from_on, $3::date), ended_by = $4, ended_reason = 'unit_merged'
      where tenant_id = $1 and unit_id = $2 and (until_on is null or until_on > $3)
     returning id, account_id, role, adult_id, greatest(from_on, $3::date) as from_on`,
    [ctx.tenant, from, on, ctx.actor.account_id],
  )
  for (const old of ended) {
    const there = await ctx.db.maybe<{ id: string }>(
      `select id from memberships where tenant_id = $1 and account_id = $2 and unit_id = $3 and role = $4 and until_on is null`,
      [ctx.tenant, old.account_id, to, old.role],
    )
    const id = there?.id ?? newId()
    if (!there)
      await ctx.db.count(
        `insert into memberships (tenant_id, id, account_id, unit_id, role, adult_id, from_on) values ($1, $2, $3, $4, $5, $6, $7)`,
        [ctx.tenant, id, old.account_id, to, old.role, old.adult_id, old.from_on],
      )
    await ctx.db.count(`update sessions set membership_id = $3 where tenant_id = $1 and membership_id = $2`, [
      ctx.tenant,
      old.id,
      id,
    ])
  }
}

/** Agreements go over under the same terms; one that the other unit has already is not made twice. */
async function moveLinks(ctx: Ctx, from: string, to: string, on: string): Promise<void> {
  const ended = await ctx.db.rows<{
    unit_id: string
    other_unit_id: string
    kind: string
    agreement: string | null
    from_on: string
  }>(
    `update unit_links set until_on = greatest(from_on, $3::date)
      where tenant_id = $1 and (unit_id = $2 or other_unit_id = $2) and (until_on is null or until_on > $3)
     returning unit_id, other_unit_id, kind, agreement, greatest(from_on, $3::date) as from_on`,
    [ctx.tenant, from, on],
  )
  const there = (id: string) => (id === from ? to : id)
  const going = ended.filter((row) => there(row.unit_id) !== there(row.other_unit_id))
  await ctx.db.count(
    `insert into unit_links (tenant_id, id, unit_id, other_unit_id, kind, agreement, from_on)
     select $1, m.* from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::date[])
              as m(id, unit_id, other_unit_id, kind, agreement, from_on)
      where not exists (select from unit_links l where l.tenant_id = $1 and l.unit_id = m.unit_id
                           and l.other_unit_id = m.other_unit_id and l.kind = m.kind and l.until_on is null)`,
    [
      ctx.tenant,
      going.map(() => newId()),
      going.map((row) => there(row.unit_id)),
      going.map((row) => there(row.other_unit_id)),
      going.map((row) => row.kind),
      going.map((row) => row.agreement),
      going.map((row) => row.from_on),
    ],
  )
}

/** A leading group is dissolved with its unit; it stays in the lists with its days. */
export async function endTeams(ctx: Ctx, unitId: string, on: string): Promise<void> {
  const ended = await ctx.db.rows<{ id: string }>(
    `update teams set until_on = greatest(from_on, $3::date), version = version + 1
      where tenant_id = $1 and unit_id = $2 and until_on is null returning id`,
    [ctx.tenant, unitId, on],
  )
  await ctx.db.count(
    `update team_members set until_on = greatest(from_on, $3::date)
      where tenant_id = $1 and team_id = any ($2::uuid[]) and until_on is null`,
    [ctx.tenant, ended.map((row) => row.id), on],
  )
}

/**
 * Units below keep their own children and history. Where the other unit has one of the same name (一组 and 一组, 1班 and 1班) these
 * are different groups of people: the one that comes is told apart by where it came from, a class by the next free number.
 */
async function moveUnitsBelow(ctx: Ctx, unit: UnitRow, into: UnitRow): Promise<void> {
  const below = await ctx.db.rows<UnitRow>(
    `select * from units where tenant_id = $1 and parent_id = $2 and closed_on is null order by id`,
    [ctx.tenant, unit.id],
  )
  const there = await ctx.db.rows<UnitRow>(
    `select * from units where tenant_id = $1 and parent_id = $2 and closed_on is null`,
    [ctx.tenant, into.id],
  )
  for (const one of below) {
    const twin = there.find((other) => other.kind === one.kind && other.name === one.name)
    if (twin) await tellApart(ctx, one, unit, there)
    await moveSubtree(ctx, one, into)
    there.push(one)
  }
}

async function tellApart(ctx: Ctx, one: UnitRow, from: UnitRow, there: readonly UnitRow[]): Promise<void> {
  if (one.kind === 'class') {
    const numbers = there
      .filter((row) => row.kind === 'class' && row.stage === one.stage && row.entry_year === one.entry_year)
      .map((row) => Number(row.class_number) || 0)
    const free = String(Math.max(0, ...numbers) + 1)
    one.name = one.name.replace(/\w+班$/, `${free}班`)
    one.class_number = free
  } else one.name = `${one.name}（原${from.name}）`.slice(0, 100)
  await ctx.db.count(
    `update units set name = $3, pinyin = $4, class_number = $5, version = version + 1 where tenant_id = $1 and id = $2`,
    [ctx.tenant, one.id, one.name, pinyinOf(one.name), one.class_number],
  )
}
