// Boards 分类分组. See contract/src/pairings.boards.ts. Groups live in one column of the board: they are edited together, and only together.
import {
  boardCan,
  type Board,
  type boardOps,
  type BoardNeed,
  type BoardState,
} from '@nuanyang/contract/pairings.boards.ts'
import { helperKinds, type HelperKind } from '@nuanyang/contract/pairings.ts'
import type { Answer, FileAnswer, Input } from '@nuanyang/contract/kernel.ts'
import { groupBit, roles, type Role } from '@nuanyang/contract/roles.ts'
import { sql } from 'kysely'
import { mustSee, visibleChildren } from '../children/children.access.ts'
import { shanghaiDay } from '../kernel/clock.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { newId } from '../kernel/ids.ts'
import { problem } from '../kernel/problem.ts'
import { fullName, holds } from './pairings.access.ts'
import { printBoard } from './pairings.boards_print.ts'

/** As it is stored. */
interface Group {
  id: string
  name: string
  need: BoardNeed
  owner: { account_id: string | null; helper_id: string | null } | null
  times: string | null
  plan: string | null
  content: string | null
  child_ids: string[]
  stages: { on: string; effect: string; by: string }[]
}
interface Row {
  id: string
  name: string
  state: BoardState
  unit_name: string
  groups: Group[]
  created_at: Date
  applied_at: Date | null
  version: number
  /** Of the actor's units; else only the own groups are theirs. */
  within: boolean
}

/** Boards of the actor's units; and those where somebody below (a class teacher) is in charge of a group, for that group. */
const within = `(u.path >= $2 and u.path < $2 || '~')`
const mine = `b.tenant_id = $1 and (${within} or b.groups @> jsonb_build_array(jsonb_build_object('owner', jsonb_build_object('account_id', $3::text))))`
const columns = `b.id, b.name, b.state, u.name as unit_name, b.groups, b.created_at, b.applied_at, b.version, ${within} as within`

/** Where the actor reads whole boards; a volunteer, who has no register of units either, reads the own group at most. */
const pathOf = (ctx: Ctx) => (holds(ctx, 'units.read') ? ctx.actor.unit_path : '-')

export async function list(ctx: Ctx): Promise<Answer<typeof boardOps.list>> {
  const rows = await ctx.db.rows<Row>(
    `select ${columns} from boards b join units u on u.tenant_id = $1 and u.id = b.unit_id where ${mine} order by b.state = 'put_away', b.created_at desc, b.id limit 200`,
    [ctx.tenant, pathOf(ctx), ctx.actor.account_id],
  )
  return {
    items: rows.map((row) => ({
      ...headOf(row),
      groups: shownGroups(ctx, row).length,
      children: shownGroups(ctx, row).reduce((sum, group) => sum + group.child_ids.length, 0),
    })),
  }
}

const headOf = (row: Row) => ({
  id: row.id,
  name: row.name,
  state: row.state,
  unit_name: row.unit_name,
  created_at: row.created_at.toISOString(),
  applied_on: row.applied_at && shanghaiDay(row.applied_at),
  version: row.version,
})

const shownGroups = (ctx: Ctx, row: Row) =>
  row.within ? row.groups : row.groups.filter((group) => group.owner?.account_id === ctx.actor.account_id)

async function rowOf(ctx: Ctx, id: string, lock = false): Promise<Row> {
  const row = await ctx.db.maybe<Row>(
    `select ${columns} from boards b join units u on u.tenant_id = $1 and u.id = b.unit_id where ${mine} and b.id = $4${lock ? ' for update of b' : ''}`,
    [ctx.tenant, pathOf(ctx), ctx.actor.account_id, id],
  )
  if (!row) throw problem('not_found')
  return row
}

interface SeenChild {
  id: string
  name: string
  grade: string | null
  goals: string[]
  mind: boolean
}

/** Registered children in sight: those of the groups, and the first few hundred of the rest. */
async function childrenOf(ctx: Ctx, ids: readonly string[]): Promise<SeenChild[]> {
  return ctx.db.run(sql<SeenChild>`
    with v as materialized (${visibleChildren(ctx)})
    select c.id, case when v.open & ${fullName} <> 0 then c.name else c.given_name end as name,
      case when v.open & ${sql.lit(groupBit('schooling'))} <> 0 then (select grade_now(e.grade, e.stated_on, ${ctx.today}::date) from enrolments e
        where e.tenant_id = ${ctx.tenant} and e.child_id = c.id and e.valid @> ${ctx.today}::date limit 1) end as grade,
      coalesce(w.goals, '{}') as goals, v.open & ${sql.lit(groupBit('psychological'))} <> 0 as mind
      from v join children c on c.tenant_id = ${ctx.tenant} and c.id = v.child_id
      left join pairing_wishes w on w.tenant_id = ${ctx.tenant} and w.child_id = c.id
     where c.status = 'registered' order by c.id = any(${ids}::uuid[]) desc, c.pinyin, c.id limit ${ids.length + 300}`)
}

interface Named {
  id: string
  name: string
}

async function ownerNames(ctx: Ctx, groups: readonly Group[]): Promise<Map<string, string>> {
  const ids = groups
    .flatMap((group) => [group.owner?.account_id, group.owner?.helper_id])
    .filter((id) => id !== null && id !== undefined)
  const by = groups.flatMap((group) => group.stages.map((stage) => stage.by))
  const rows = await ctx.db.rows<Named>(
    `select x.id, x.name from accounts x join account_tenants t on t.account_id = x.id and t.tenant_id = $1 where x.id = any($2::uuid[])
     union all select h.id, coalesce(a.name, '') from helpers h join adults a on a.tenant_id = $1 and a.id = h.adult_id where h.tenant_id = $1 and h.id = any($2::uuid[])`,
    [ctx.tenant, [...ids, ...by]],
  )
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** Helpers that are the actor. */
async function ownHelpers(ctx: Ctx): Promise<Set<string>> {
  const rows = await ctx.db.rows<{ id: string }>('select id from helpers where tenant_id = $1 and adult_id = $2', [
    ctx.tenant,
    ctx.actor.adult_id,
  ])
  return new Set(rows.map((row) => row.id))
}

const isOwn = (ctx: Ctx, group: Group, helpers: ReadonlySet<string>) =>
  group.owner !== null &&
  (group.owner.account_id === ctx.actor.account_id ||
    (group.owner.helper_id !== null && helpers.has(group.owner.helper_id)))

export async function get(ctx: Ctx, { id }: { id: string }): Promise<Board> {
  return shown(ctx, await rowOf(ctx, id))
}

async function shown(ctx: Ctx, row: Row): Promise<Board> {
  const inGroups = row.groups.flatMap((group) => group.child_ids)
  const [children, names, helpers] = [
    await childrenOf(ctx, inGroups),
    await ownerNames(ctx, row.groups),
    await ownHelpers(ctx),
  ]
  const seen = new Map(children.map((child) => [child.id, child]))
  const plain = ({ mind: _mind, ...child }: SeenChild) => child
  const sorted = new Set(inGroups)
  return {
    ...headOf(row),
    groups: shownGroups(ctx, row).map((group) => {
      const own = isOwn(ctx, group, helpers)
      const members = group.child_ids.flatMap((child) => seen.get(child) ?? [])
      const closed = group.need === 'mind' && !own && !mayCounsel(members)
      const { owner } = group
      return {
        id: group.id,
        name: group.name,
        need: group.need,
        owner: owner && { ...owner, name: names.get(owner.account_id ?? owner.helper_id ?? '') ?? '' },
        times: group.times,
        plan: closed ? null : group.plan,
        content: closed ? null : group.content,
        closed,
        own,
        children: members.map(plain),
        others: group.child_ids.length - members.length,
        stages: closed ? [] : group.stages.map(({ on, effect, by }) => ({ on, effect, by_name: names.get(by) ?? '' })),
      }
    }),
    unsorted: row.within ? children.filter((child) => !sorted.has(child.id)).map(plain) : [],
  }
}

/** Whoever sees the psychological material of the group's children reads and writes what helps them. */
const mayCounsel = (members: readonly SeenChild[]) => members.length > 0 && members.every((child) => child.mind)

export async function people(ctx: Ctx, { q }: Input<typeof boardOps.people>): Promise<Answer<typeof boardOps.people>> {
  const rows = await ctx.db.rows<{ account_id: string | null; helper_id: string | null; name: string; part: string }>(
    `select * from (
       select distinct on (x.id) x.id as account_id, null::uuid as helper_id, x.name, m.role as part from memberships m join accounts x on x.id = m.account_id and x.disabled_at is null
         join units u on u.tenant_id = $1 and u.id = m.unit_id
        where m.tenant_id = $1 and u.path >= $2 and u.path < $2 || '~' and m.from_on <= $3::date and (m.until_on is null or m.until_on > $3::date)
          and m.role not in ('administrator', 'security_officer', 'auditor')
       union all
       select null, h.id, coalesce(a.name, ''), h.kind from helpers h join adults a on a.tenant_id = $1 and a.id = h.adult_id join units u on u.tenant_id = $1 and u.id = h.unit_id
        where h.tenant_id = $1 and u.path >= $2 and u.path < $2 || '~' and (h.until_on is null or h.until_on > $3::date) and h.vetted_on is not null
          and not exists (select from memberships m where m.tenant_id = $1 and m.adult_id = h.adult_id)) as p
      where $4::text is null or position($4 in p.name) > 0 order by p.name, p.account_id, p.helper_id limit 30`,
    [ctx.tenant, ctx.actor.unit_path, ctx.today, q?.trim() || null],
  )
  return {
    items: rows.map((row) => ({
      ...row,
      part: row.account_id ? roles[row.part as Role].zh : helperKinds[row.part as HelperKind].zh,
    })),
  }
}

export async function create(ctx: Ctx, { body }: Input<typeof boardOps.create>): Promise<Board> {
  const groups = body.sorted ? await byWish(ctx) : []
  await ctx.db.count(
    `insert into boards (tenant_id, id, unit_id, name, groups, created_at, created_by) values ($1, $2, $3, $4, $5, $6, $7)`,
    [ctx.tenant, body.id, ctx.actor.unit_id, body.name, JSON.stringify(groups), ctx.now, ctx.actor.account_id],
  )
  await ctx.audit('boards.create', body.id)
  return get(ctx, { id: body.id })
}

const needNames: Partial<Record<string, string>> = { study: '学习组', life: '生活组', mind: '心理组', safety: '安全组' }

/** A child's first wish decides; whoever wished nothing waits unsorted. */
async function byWish(ctx: Ctx): Promise<Group[]> {
  const children = await childrenOf(ctx, [])
  return (['study', 'life', 'mind', 'safety'] as const).flatMap((need) => {
    const child_ids = children.filter((child) => child.goals[0] === need).map((child) => child.id)
    if (child_ids.length === 0) return []
    const group = { id: newId(), name: needNames[need]!, need, owner: null, times: null, plan: null, content: null }
    return [{ ...group, child_ids, stages: [] }]
  })
}

export async function save(ctx: Ctx, { id, body }: Input<typeof boardOps.save>): Promise<Board> {
  const row = await lockBoard(ctx, id, body.version)
  if (!row.within) throw problem('not_own_group')
  const before = new Map(row.groups.map((group) => [group.id, group]))
  const helpers = await ownHelpers(ctx)
  const seen = new Map(
    (
      await childrenOf(
        ctx,
        row.groups.flatMap((group) => group.child_ids),
      )
    ).map((c) => [c.id, c]),
  )
  const asked = body.groups.flatMap((group) => group.child_ids)
  // Children out of sight cannot be put into a group; those who are in one stay there.
  const inside = new Set(row.groups.flatMap((group) => group.child_ids))
  await mustSee(
    ctx,
    asked.filter((child) => !inside.has(child)),
  )
  refuseTwice(asked, seen)
  await refuseStrangers(ctx, body.groups)
  const groups = body.groups.map((group): Group => {
    const old = before.get(group.id)
    const members = (old?.child_ids ?? []).flatMap((child) => seen.get(child) ?? [])
    const closed = old !== undefined && old.need === 'mind' && !isOwn(ctx, old, helpers) && !mayCounsel(members)
    const hidden = (old?.child_ids ?? []).filter((child) => !seen.has(child))
    return {
      ...group,
      // What the writer was not shown is kept as it was, and a closed group stays one.
      ...(closed ? { need: old.need, plan: old.plan, content: old.content } : {}),
      child_ids: [...group.child_ids.filter((child) => !hidden.includes(child)), ...hidden],
      stages: old?.stages ?? [],
    }
  })
  await write(ctx, id, { name: body.name, groups })
  await ctx.audit('boards.save', id)
  return get(ctx, { id })
}

function refuseTwice(asked: readonly string[], seen: ReadonlyMap<string, SeenChild>): void {
  const twice = asked.find((child, at) => asked.indexOf(child) !== at)
  if (twice) throw problem('child_in_two_groups', { values: { name: seen.get(twice)?.name ?? '' } })
}

async function refuseStrangers(ctx: Ctx, groups: Input<typeof boardOps.save>['body']['groups']): Promise<void> {
  const owned = groups.filter((group) => group.owner !== null)
  if (owned.length === 0) return
  const rows = await ctx.db.rows<{ id: string }>(
    `select m.account_id as id from memberships m join units u on u.tenant_id = $1 and u.id = m.unit_id where m.tenant_id = $1 and u.path >= $2 and u.path < $2 || '~' and m.account_id = any($3::uuid[])
     union all select h.id from helpers h join units u on u.tenant_id = $1 and u.id = h.unit_id where h.tenant_id = $1 and u.path >= $2 and u.path < $2 || '~' and h.id = any($3::uuid[])`,
    [
      ctx.tenant,
      ctx.actor.unit_path,
      owned.flatMap(({ owner }) => [owner!.account_id, owner!.helper_id]).filter((one) => one !== null),
    ],
  )
  const known = new Set(rows.map((row) => row.id))
  const strange = owned.find(({ owner }) => !known.has(owner!.account_id ?? owner!.helper_id ?? ''))
  if (strange) throw problem('owner_unknown', { values: { group: strange.name } })
}

async function lockBoard(ctx: Ctx, id: string, version: number): Promise<Row> {
  const row = await rowOf(ctx, id, true)
  if (!boardCan.save(row)) throw problem('board_put_away')
  if (row.version !== version) throw problem('stale', { current: await shown(ctx, row) })
  return row
}

async function write(
  ctx: Ctx,
  id: string,
  { name, groups }: { name: string; groups: readonly Group[] },
): Promise<void> {
  await ctx.db.count(
    'update boards set name = $3, groups = $4, version = version + 1 where tenant_id = $1 and id = $2',
    [ctx.tenant, id, name, JSON.stringify(groups)],
  )
}

export async function apply(ctx: Ctx, { id, body }: Input<typeof boardOps.apply>): Promise<Board> {
  const row = await lockBoard(ctx, id, body.version)
  if (!row.within) throw problem('not_own_group')
  const open = row.groups.find((group) => group.child_ids.length > 0 && (group.owner === null || !group.times))
  if (open || row.groups.length === 0) throw problem('board_incomplete', { values: { group: open?.name ?? row.name } })
  await ctx.db.count(
    `update boards set state = 'applied', applied_at = coalesce(applied_at, $3), applied_by = coalesce(applied_by, $4), version = version + 1 where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, ctx.now, ctx.actor.account_id],
  )
  await ctx.audit('boards.apply', id)
  return get(ctx, { id })
}

export async function put_away(ctx: Ctx, { id, body }: Input<typeof boardOps.put_away>): Promise<Board> {
  const row = await lockBoard(ctx, id, body.version)
  if (!row.within) throw problem('not_own_group')
  await ctx.db.count(`update boards set state = 'put_away', version = version + 1 where tenant_id = $1 and id = $2`, [
    ctx.tenant,
    id,
  ])
  await ctx.audit('boards.put_away', id)
  return get(ctx, { id })
}

export async function note(ctx: Ctx, { id, body }: Input<typeof boardOps.note>): Promise<Board> {
  const row = await lockBoard(ctx, id, body.version)
  const group = row.groups.find((each) => each.id === body.group_id)
  if (!group) throw problem('not_found')
  const seen = new Map((await childrenOf(ctx, group.child_ids)).map((child) => [child.id, child]))
  const counsels = group.need === 'mind' && mayCounsel(group.child_ids.flatMap((child) => seen.get(child) ?? []))
  const writes = group.need !== 'mind' && holds(ctx, 'pairings.write')
  if (!isOwn(ctx, group, await ownHelpers(ctx)) && !counsels && !writes) throw problem('not_own_group')
  if (body.stage && body.stage.on > ctx.today) throw problem('stage_in_future')
  const changed: Group = {
    ...group,
    plan: body.plan ?? group.plan,
    content: body.content ?? group.content,
    stages: [...group.stages, ...(body.stage ? [{ ...body.stage, by: ctx.actor.account_id }] : [])],
  }
  await write(ctx, id, { name: row.name, groups: row.groups.map((each) => (each.id === group.id ? changed : each)) })
  await ctx.audit('boards.note', id)
  return get(ctx, { id })
}

export async function print(ctx: Ctx, { id, body }: Input<typeof boardOps.print>): Promise<FileAnswer> {
  return printBoard(ctx, await get(ctx, { id }), body)
}
