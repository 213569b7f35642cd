// Where the children of a roster stand: home village, villager group, grid, class. Groups, grids and classes that do not exist yet are made.
import type { ChildLink } from '@nuanyang/contract/roles.ts'
import { entryYearOf, schoolYear, stageOf, stageOfSchool, type Grade } from '@nuanyang/domain/grades.ts'
import { linkOfKind } from '../children/children.access.ts'
import { ungradedClass } from '../children/children.links.ts'
import type { FlatFacts } from '../children/children.facts.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { createUnits, findOrCreateClasses } from '../units/units.ts'

export interface ImportUnit {
  id: string
  kind: string
  name: string
}
export interface Place {
  unit_id: string
  as: ChildLink
}

/** Pupils whose class the roster does not say still have one to be found in; where even the grade is unknown (ungradedClass), none is claimed. */
const unsorted = '未分班'

/** For each row its links, in order. `grids` are the words of a grid column, where there is one. */
export async function placesOf(
  ctx: Ctx,
  unit: ImportUnit,
  rows: readonly FlatFacts[],
  grids: readonly (string | null)[],
): Promise<Place[][]> {
  if (unit.kind === 'school') {
    const classes = await findOrCreateClasses(
      ctx,
      unit.id,
      rows.map((flat) => classOf(unit.name, flat, ctx.today)),
    )
    return classes.map(({ id }) => [{ unit_id: id, as: 'class' as const }])
  }
  const as = linkOfKind[unit.kind]!
  if (unit.kind !== 'village' && unit.kind !== 'community') return rows.map(() => [{ unit_id: unit.id, as }])
  const group = await findOrCreateBelow(
    ctx,
    unit.id,
    'villager_group',
    rows.map((flat) => (flat.villager_group ?? null) as string | null),
  )
  const grid = await findOrCreateBelow(ctx, unit.id, 'grid', grids)
  return rows.map((_, row) => [
    { unit_id: unit.id, as },
    ...(group[row] ? [{ unit_id: group[row], as: 'villager_group' as const }] : []),
    ...(grid[row] ? [{ unit_id: grid[row], as: 'grid' as const }] : []),
  ])
}

function classOf(school: string, flat: FlatFacts, today: string) {
  const grade = (flat.grade ?? null) as Grade | null
  const number = (flat.class_number ?? unsorted) as string
  if (grade) return { stage: stageOf(grade), entry_year: entryYearOf(grade, today), class_number: number }
  return { stage: stageOfSchool(school) ?? 'primary', entry_year: schoolYear(today), class_number: ungradedClass }
}

async function findOrCreateBelow(
  ctx: Ctx,
  parent: string,
  kind: 'villager_group' | 'grid',
  names: readonly (string | null)[],
): Promise<(string | null)[]> {
  const wanted = [...new Set(names.filter((name) => name !== null))]
  if (wanted.length === 0) return names.map(() => null)
  await ctx.db.rows(`select id from units where tenant_id = $1 and id = $2 for update`, [ctx.tenant, parent])
  const found = await ctx.db.rows<{ id: string; name: string }>(
    `select id, name from units where tenant_id = $1 and parent_id = $2 and kind = $3 and closed_on is null`,
    [ctx.tenant, parent, kind],
  )
  const ids = new Map(found.map((unit) => [unit.name, unit.id]))
  const missing = wanted.filter((name) => !ids.has(name))
  const made = await createUnits(
    ctx,
    missing.map((name) => ({ kind, name, parent_id: parent })),
  )
  missing.forEach((name, n) => ids.set(name, made[n]!.id))
  return names.map((name) => (name === null ? null : (ids.get(name) ?? null)))
}
