// Whom or what a document is about: children by id, everything a filter leaves, or a unit's numbers.
import type { ChildFilter as Filter } from '@nuanyang/contract/children.ts'
import type { NewDocument } from '@nuanyang/contract/documents.ts'
import { documentKinds } from '@nuanyang/contract/documents.kinds.ts'
import type { Type } from '@nuanyang/contract/kernel.ts'
import { roles, type ChildLink } from '@nuanyang/contract/roles.ts'
import { linkOfKind, seenOf } from '../children/children.access.ts'
import { childIds, countChildren } from '../children/children.list.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { unitInSubtree, type UnitRow } from '../units/units.access.ts'
import { unitLabel } from '../units/units.ts'

type ChildFilter = { -readonly [K in keyof typeof Filter]?: Type.Static<(typeof Filter)[K]> }

export interface Scope {
  readonly unit: UnitRow
  /** The tie by which children are counted; null where they were chosen one by one. */
  readonly as: ChildLink | null
  /** The same in words, for the paper. */
  readonly counted_by: string
  readonly child_ids: readonly string[] | null
  readonly filter: ChildFilter
  readonly about: 'children' | 'numbers'
}

const linkWords: Record<ChildLink, string> = {
  residence: '按居住的村（社区）统计',
  hukou: '按户籍所在的村（社区）统计',
  villager_group: '按村民组统计',
  grid: '按网格统计',
  class: '按就读的班级统计',
  partner: '按共建单位统计',
  station: '按站点统计',
}

export async function scopeOf(ctx: Ctx, body: NewDocument): Promise<Scope> {
  const about = documentKinds[body.kind].about
  const unit = await named(ctx, await unitInSubtree(ctx, body.unit_id ?? body.filter?.unit_id ?? ctx.actor.unit_id))
  if (about === 'children' && body.child_ids)
    return { unit, as: null, counted_by: '只含选定的儿童', child_ids: body.child_ids, filter: {}, about }
  const as = body.as ?? body.filter?.as ?? usualLink(ctx, unit)
  const filter: ChildFilter = { ...body.filter, unit_id: unit.id, ...(as ? { as } : {}) }
  return { unit, as, counted_by: as ? linkWords[as] : '按现在的关系统计', child_ids: null, filter, about }
}

/** A class as people call it on paper: its school, then the grade of today; the year of entry once it has graduated. */
async function named(ctx: Ctx, unit: UnitRow): Promise<UnitRow> {
  if (unit.kind !== 'class') return unit
  const school = await ctx.db.maybe<{ name: string }>(
    `select s.name from units k join units s on s.tenant_id = $1 and s.id = k.parent_id where k.tenant_id = $1 and k.id = $2`,
    [ctx.tenant, unit.id],
  )
  const said = school?.name ?? ''
  const label = unitLabel(unit, ctx.today)
  const stage = /^(幼儿园|小学|初中|高中)\d/.exec(label)?.[1]
  return { ...unit, name: said + (stage && said.endsWith(stage) ? label.slice(stage.length) : label) }
}

/** The tie that fits the unit's kind, where the role follows it: a school counts pupils, a village those who live there. */
function usualLink(ctx: Ctx, unit: UnitRow): ChildLink | null {
  const followed = Object.keys(roles[ctx.actor.role].sees) as ChildLink[]
  const fits = linkOfKind[unit.kind] ?? (unit.kind === 'school' ? 'class' : 'residence')
  return followed.includes(fits) ? fits : (followed.find((link) => (link as string) !== 'pairing') ?? null)
}

/** A table of numbers is about whoever is there on its day, however few: the job says so when there is nobody. */
export async function countScope(ctx: Ctx, scope: Scope): Promise<number> {
  if (scope.about === 'numbers') return 1
  if (scope.child_ids) return (await seenOf(ctx, scope.child_ids)).size
  return countChildren(ctx, scope.filter)
}

/** Ids in name order. Whoever is out of sight is not printed. */
export async function scopeIds(ctx: Ctx, scope: Scope, limit: number): Promise<string[]> {
  if (scope.child_ids) return [...(await seenOf(ctx, scope.child_ids)).keys()]
  return childIds(ctx, scope.filter, limit)
}
