// 务工地点: words in files and the division they stand for. A word is confirmed once by a person for all files that say the same.
import type { familyOps, WorkPlace } from '@nuanyang/contract/families.ts'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import { groupBit } from '@nuanyang/contract/roles.ts'
import { sql, type RawBuilder } from 'kysely'
import { changeFiles, noteSpells, type StatedFacts } from '../children/children.ts'
import { visibleChildren } from '../children/children.access.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'
import { findDivisions } from '../units/divisions.ts'

/** More kinds of words than anybody works through in one sitting; the rest follows when these are done. */
const shownWords = 100

/** SQL: present absences with words and no division, of children whose family the actor sees. */
const open = (ctx: Ctx): RawBuilder<unknown> => sql`
  v as materialized (select s.child_id from (${visibleChildren(ctx)}) as s where s.open & ${sql.lit(groupBit('family'))} <> 0),
  open as materialized (select p.child_id, p.parent, p.place_text as words from v join children c on c.tenant_id = ${ctx.tenant} and c.id = v.child_id and c.status = 'registered'
     join parent_spells p on p.tenant_id = ${ctx.tenant} and p.child_id = v.child_id and p.valid @> ${ctx.today}::date and p.state = 'away' and p.place_text is not null and p.place_code is null)`

export async function places(ctx: Ctx): Promise<Answer<typeof familyOps.places>> {
  const [row] = await ctx.db.run(sql<{ items: WorkPlace[]; children: number }>`
    with ${open(ctx)},
    kinds as (select words, count(distinct child_id)::int as children from open group by words order by 2 desc, 1 limit ${shownWords})
    select coalesce((select json_agg(k order by k.children desc, k.words) from kinds k), '[]') as items, (select count(distinct child_id)::int from open) as children`)
  return row!
}

/** How many children wait for a place to be confirmed. */
export async function countOpenPlaces(ctx: Ctx): Promise<number> {
  const [row] = await ctx.db.run(
    sql<{ children: number }>`with ${open(ctx)} select count(distinct child_id)::int as children from open`,
  )
  return row!.children
}

export async function choose_place(
  ctx: Ctx,
  { body }: Input<typeof familyOps.choose_place>,
): Promise<Answer<typeof familyOps.choose_place>> {
  // A place written in by hand stands under a listed one.
  const [above] = body.code.split('-')
  if ((await findDivisions(ctx.db, [above!])).length === 0)
    throw problem('place_not_listed', { values: { code: body.code } })
  const rows = await ctx.db.run(
    sql<{
      child_id: string
      parent: 'father' | 'mother'
    }>`with ${open(ctx)} select child_id, parent from open where words = ${body.words} order by child_id`,
  )
  if (rows.length === 0) throw problem('place_words_gone', { values: { words: body.words } })
  const stated: StatedFacts[] = [...Map.groupBy(rows, (row) => row.child_id)].map(([id, parents]) => ({
    id,
    flat: Object.fromEntries(parents.map(({ parent }) => [`${parent}.work_place_code`, body.code])),
  }))
  await changeFiles(ctx, stated, { type: 'person', id: null })
  // Absences before the present one said the same words of the same place: definitions look back over them.
  const past = await ctx.db.rows<{ id: string; child_id: string; parent: string }>(
    `update parent_spells set place_code = $4 where tenant_id = $1 and child_id = any($2::uuid[]) and place_text = $3 and place_code is null and upper(valid) <= $5::date
     returning id, child_id, parent`,
    [ctx.tenant, stated.map(({ id }) => id), body.words, body.code, ctx.today],
  )
  await noteSpells(
    ctx,
    past.map(({ id, child_id, parent }) => ({ id, child_id, field: `${parent}.work_place_code`, new: body.code })),
  )
  for (const { id } of stated) await ctx.audit('families.choose_place', id, { child_id: id })
  return { changed: stated.length }
}
