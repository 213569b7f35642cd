import { sql } from 'kysely'
import type { Input } from '@nuanyang/contract/kernel.ts'
import type { Unit, unitOps } from '@nuanyang/contract/units.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'
import { teamsOf } from './teams.reading.ts'
import { isMine, unitColumns, visibleUnits, type UnitRow } from './units.access.ts'
import { linksOf } from './units.links.ts'
import { countsOf, lineOf, readAbove } from './units.reading.ts'

/** A unit with what stands above it, its links and its teams. Errors: not_found. */
export async function get(ctx: Ctx, { id }: Input<typeof unitOps.get>): Promise<Unit> {
  const [row] = await ctx.db.run(
    sql<UnitRow>`select ${sql.raw(unitColumns)} from units u where u.tenant_id = ${ctx.tenant} and u.id = ${id} and ${visibleUnits(ctx)}`,
  )
  if (!row) throw problem('not_found')
  const counts = await countsOf(ctx, [row])
  const { linked: _linked, ...line } = lineOf(ctx, row, counts.get(row.id), false)
  const mine = isMine(ctx, row.path)
  return {
    ...line,
    mine,
    above: await readAbove(ctx, row.path),
    // The agreements and groups of a unit that is only seen by name are its own business.
    links: mine ? await linksOf(ctx, id) : [],
    teams: mine ? await teamsOf(ctx, { unit_id: id, ended: true }) : [],
  }
}
