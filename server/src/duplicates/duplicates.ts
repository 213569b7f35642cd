// Duplicates 查重: finding, and saying that two files are two children. Merging is in duplicates.merge.ts.
import type { duplicateOps } from '@nuanyang/contract/duplicates.ts'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import { groupBit } from '@nuanyang/contract/roles.ts'
import { sql, type RawBuilder } from 'kysely'
import { linkShown, mustSee, visibleChildren } from '../children/children.access.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { passed } from '../kernel/db.ts'
import { problem } from '../kernel/problem.ts'

export { get, merge, merges, undo } from './duplicates.merge.ts'

const named = groupBit('full_name') | groupBit('birth')

function one(ctx: Ctx, child: RawBuilder<unknown>): RawBuilder<unknown> {
  const t = sql`${ctx.tenant}`
  return sql`(select json_build_object('child_id', c.id, 'name', c.name, 'status', c.status, 'unit_name',
      (select u.name from child_units cu join units u on u.tenant_id = ${t} and u.id = cu.unit_id
        where cu.tenant_id = ${t} and cu.child_id = c.id and cu.until_on is null and ${linkShown(ctx)} order by cu."as" = 'residence' desc, cu."as" limit 1))
     from children c join v on v.child_id = c.id where c.tenant_id = ${t} and c.id = ${child})`
}

/** Each pair once. Only children whose full name and birth the reader sees are compared: a likeness would tell them. */
export async function list(
  ctx: Ctx,
  { after, limit = 50 }: Input<typeof duplicateOps.list>,
): Promise<Answer<typeof duplicateOps.list>> {
  // prettier-ignore
  const skip = after ? Number(after) : 0
  const [row] = await ctx.db.run(sql<{ page: string }>`
    with v as materialized (select s.* from (${visibleChildren(ctx)}) as s where s.open & ${sql.lit(named)} = ${sql.lit(named)}),
    found as (select least(p.child_id, p.other_id) as a, greatest(p.child_id, p.other_id) as b, max(p.score) as score, min(p.reasons) as reasons
                from duplicate_pairs(${ctx.tenant}, (select array_agg(child_id) from v), true) as p join v on v.child_id = p.other_id
               group by 1, 2 order by score desc, a, b offset ${skip} limit ${limit + 1}),
    kept as (select * from found order by score desc, a, b limit ${limit})
    select json_build_object('items', coalesce((select json_agg(json_build_object('one', ${one(ctx, sql`k.a`)}, 'other', ${one(ctx, sql`k.b`)},
        'score', k.score, 'reasons', k.reasons) order by k.score desc, k.a, k.b) from kept k), '[]'),
      'next', case when (select count(*) from found) > ${limit} then ${String(skip + limit)}::text end)::text as page`)
  return passed(row!.page)
}

export async function of_child(
  ctx: Ctx,
  { child_id }: Input<typeof duplicateOps.of_child>,
): Promise<Answer<typeof duplicateOps.of_child>> {
  // prettier-ignore
  await mustSee(ctx, [child_id])
  const [row] = await ctx.db.run(sql<{ answer: string }>`
    with v as materialized (select s.* from (${visibleChildren(ctx)}) as s where s.open & ${sql.lit(named)} = ${sql.lit(named)}),
    found as materialized (select p.* from duplicate_pairs(${ctx.tenant}, array[${child_id}::uuid], false) as p
                            where exists (select from v where v.child_id = ${child_id}::uuid) order by p.score desc limit 20)
    select json_build_object('items', coalesce((select json_agg(json_build_object('one', ${one(ctx, sql`f.child_id`)}, 'other', ${one(ctx, sql`f.other_id`)},
        'score', f.score, 'reasons', f.reasons) order by f.score desc, f.other_id) from found f where f.other_id in (select v.child_id from v)), '[]'),
      'hidden', (select count(*)::int from found f where f.other_id not in (select v.child_id from v)))::text as answer`)
  return passed(row!.answer)
}

/** Remembered, so that nobody is asked twice. */
export async function different(ctx: Ctx, { body }: Input<typeof duplicateOps.different>): Promise<null> {
  if (body.child_id === body.other_id) throw problem('merge_same')
  await mustSee(ctx, [body.child_id, body.other_id])
  await ctx.db.count(
    `insert into merges (tenant_id, id, kept_id, gone_id, state, note, at, by_account_id) values ($1, $2, $3, $4, 'different', $5, $6, $7)
     on conflict do nothing`,
    [ctx.tenant, body.id, body.child_id, body.other_id, body.note ?? null, ctx.now, ctx.actor.account_id],
  )
  await ctx.audit('duplicates.different', body.id, { child_id: body.child_id })
  return null
}
