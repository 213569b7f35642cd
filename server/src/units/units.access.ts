// Which units a person may see and which are theirs to change. The unit of the active membership and everything below it are
// theirs; units tied to these by a current link are shown, and the names above, so that a place can be told.
import { sql, type RawBuilder } from 'kysely'
import type { UnitKind } from '@nuanyang/contract/units.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'

export interface UnitRow {
  id: string
  kind: UnitKind
  name: string
  pinyin: string
  parent_id: string | null
  path: string
  depth: number
  division_code: string | null
  stage: 'kindergarten' | 'primary' | 'junior' | 'senior' | null
  entry_year: number | null
  class_number: string | null
  opened_on: string | null
  closed_on: string | null
  closed_reason: string | null
  merged_into_id: string | null
  version: number
}

export const unitColumns = `id, kind, name, pinyin, parent_id, path, depth, division_code, stage, entry_year, class_number,
  opened_on, closed_on, closed_reason, merged_into_id, version`

/** Predicate over an alias of `units`: own subtree, what is linked to it today, and the units above. */
export function visibleUnits(ctx: Ctx, alias = 'u'): RawBuilder<boolean> {
  const u = sql.ref(alias)
  const path = ctx.actor.unit_path
  return sql<boolean>`(${u}.path like ${`${path}%`} or starts_with(${path}, ${u}.path) or exists (
    select from unit_links l
      join units one on one.tenant_id = l.tenant_id and one.id = l.unit_id
      join units two on two.tenant_id = l.tenant_id and two.id = l.other_unit_id
     where l.tenant_id = ${ctx.tenant} and l.from_on <= ${ctx.today}::date and (l.until_on is null or l.until_on > ${ctx.today}::date)
       and (one.path like ${`${path}%`} and starts_with(${u}.path, two.path) or two.path like ${`${path}%`} and starts_with(${u}.path, one.path))))`
}

/** Is this path the actor's own unit or below it? */
export function isMine(ctx: Ctx, path: string): boolean {
  return path.startsWith(ctx.actor.unit_path)
}

/** The unit, when it is the actor's own or below; else not_found: absent and invisible look the same. */
export async function unitInSubtree(ctx: Ctx, unit_id: string): Promise<UnitRow> {
  const unit = await ctx.db.maybe<UnitRow>(`select ${unitColumns} from units where tenant_id = $1 and id = $2`, [
    ctx.tenant,
    unit_id,
  ])
  if (!unit || !isMine(ctx, unit.path)) throw problem('not_found')
  return unit
}

/** As `unitInSubtree`, for several; throws not_found when one is missing. Order is that of the ids. */
export async function unitsInSubtree(ctx: Ctx, unit_ids: readonly string[]): Promise<UnitRow[]> {
  const found = await ctx.db.rows<UnitRow>(
    `select ${unitColumns} from units where tenant_id = $1 and id = any ($2::uuid[])`,
    [ctx.tenant, unit_ids],
  )
  const byId = new Map(found.map((unit) => [unit.id, unit]))
  return unit_ids.map((id) => {
    const unit = byId.get(id)
    if (!unit || !isMine(ctx, unit.path)) throw problem('not_found')
    return unit
  })
}
