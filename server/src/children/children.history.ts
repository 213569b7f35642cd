// What happened to a file: every field with its source, who opened it, and the proposals that wait for a side.
import type { childOps } from '@nuanyang/contract/children.ts'
import { fileFields, isFieldPath } from '@nuanyang/contract/children.fields.ts'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import { fieldGroups, groupBit } from '@nuanyang/contract/roles.ts'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../kernel/ctx.ts'
import { passed } from '../kernel/db.ts'
import { problem } from '../kernel/problem.ts'
import { purposeHours, purposeOperation } from '../kernel/purpose.ts'
import { mayState, mustSee, visibleChildren } from './children.access.ts'
import { refreshCompleteness } from './children.completeness.ts'
import { factsOf, sameValue, type Value } from './children.facts.ts'
import { wholeFiles } from './children.file.ts'
import { moveHome, type Home } from './children.links.ts'
import { applyFacts } from './children.write.ts'

export async function history(
  ctx: Ctx,
  { id, field, after, limit = 50 }: Input<typeof childOps.history>,
): Promise<Answer<typeof childOps.history>> {
  await mustSee(ctx, [id])
  return page(ctx, sql`g.child_id = ${id}::uuid ${field ? sql`and g.field = ${field}` : sql``}`, after, limit)
}

export async function waiting(
  ctx: Ctx,
  { after, limit = 50 }: Input<typeof childOps.waiting>,
): Promise<Answer<typeof childOps.waiting>> {
  return page(ctx, sql`g.state = 'proposed' and ${mine(ctx)}`, after, limit)
}

/** What this unit asked of the other side: waiting, accepted or declined with a word. */
export async function asked(
  ctx: Ctx,
  { after, limit = 50 }: Input<typeof childOps.asked>,
): Promise<Answer<typeof childOps.asked>> {
  const own = sql`exists (select from units k where k.tenant_id = ${ctx.tenant} and k.id = g.by_unit_id
    and k.path >= ${ctx.actor.unit_path} and k.path < ${ctx.actor.unit_path + '~'})`
  return page(ctx, sql`g.state in ('proposed', 'accepted', 'declined') and g.keeper_unit_id is not null and ${own}`, after, limit) // prettier-ignore
}

/** How many proposals `waiting` lists. */
export async function countWaiting(ctx: Ctx): Promise<number> {
  const [row] = await ctx.db.run(sql<{ count: number }>`
    with v as materialized (${visibleChildren(ctx)})
    select count(*)::int as count from changes g join v on v.child_id = g.child_id where g.tenant_id = ${ctx.tenant} and g.state = 'proposed' and ${mine(ctx)}`)
  return row!.count
}

/** Proposals whose keeper unit is the actor's own, below it, or around it. */
export function mine(ctx: Ctx): RawBuilder<unknown> {
  return sql`exists (select from units k where k.tenant_id = ${ctx.tenant} and k.id = g.keeper_unit_id
    and (k.path >= ${ctx.actor.unit_path} and k.path < ${ctx.actor.unit_path + '~'} or starts_with(${ctx.actor.unit_path}, k.path)))`
}

async function page(
  ctx: Ctx,
  condition: RawBuilder<unknown>,
  after: string | undefined,
  limit: number,
): Promise<Answer<typeof childOps.history>> {
  const bits = sql.join(
    fieldGroups.map((g) => sql`when ${sql.lit(g)} then ${sql.lit(groupBit(g))}`),
    sql` `,
  )
  const [row] = await ctx.db.run(sql<{ page: string }>`
    with v as materialized (${visibleChildren(ctx)}),
    found as (
      select g.*, v.open & (case g.field_group ${bits} else 0 end) <> 0 as shown, c.name as child_name, c.given_name, v.open & ${sql.lit(groupBit('full_name'))} <> 0 as named
        from changes g join v on v.child_id = g.child_id join children c on c.tenant_id = ${ctx.tenant} and c.id = g.child_id
       where g.tenant_id = ${ctx.tenant} and ${condition} ${after ? sql`and (g.at, g.id) < (select a.at, a.id from changes a where a.tenant_id = ${ctx.tenant} and a.id = ${after}::uuid and a.child_id in (select child_id from v))` : sql``}
       order by g.at desc, g.id desc limit ${limit + 1}),
    kept as (select * from found order by at desc, id desc limit ${limit})
    select json_build_object('items', coalesce((select json_agg(json_build_object(
        'id', k.id, 'child_id', k.child_id, 'child_name', case when k.named then k.child_name else k.given_name end, 'field', k.field,
        'old', case when k.shown then k.old end, 'new', case when k.shown then k.new end, 'hidden', not k.shown,
        'source_type', k.source_type, 'source_name', (select i.file_name from imports i where i.tenant_id = ${ctx.tenant} and i.id = k.source_id),
        'state', k.state, 'by_name', (select a.name from accounts a where a.id = k.by_account_id),
        'by_unit_name', (select u.name from units u where u.tenant_id = ${ctx.tenant} and u.id = k.by_unit_id), 'at', k.at,
        'decided_by_name', (select a.name from accounts a where a.id = k.decided_by), 'decided_at', k.decided_at, 'decision_note', k.decision_note)
        order by k.at desc, k.id desc) from kept as k), '[]'),
      'next', case when (select count(*) from found) > ${limit} then (select id from kept order by at, id limit 1) end)::text as page`)
  return passed(row!.page)
}

export async function decide(ctx: Ctx, { id, body }: Input<typeof childOps.decide>): Promise<null> {
  const [change] = await ctx.db.run(
    sql<{
      child_id: string
      field: string
      old: Value
      new: Value
      state: string
      source_type: 'person' | 'import' | 'system'
      source_id: string | null
      open: number
      reveal: number
    }>`
    select v.open, v.reveal, g.child_id, g.field, g.old, g.new, g.state, g.source_type, g.source_id from changes g join (${visibleChildren(ctx)}) as v on v.child_id = g.child_id
     where g.tenant_id = ${ctx.tenant} and g.id = ${id}::uuid and ${mine(ctx)} for update of g`,
  )
  if (!change || !(isFieldPath(change.field) || change.field === 'residence')) throw problem('not_found')
  if (change.state !== 'proposed') throw problem('already_decided')
  if (body.accept && change.field === 'residence') {
    if (!mayState(change, 'address')) throw problem('field_not_yours', { values: { field: '住在的村（社区）', who: '能看到它的人' } }) // prettier-ignore
    await ctx.db.rows(`select id from children where tenant_id = $1 and id = $2 for update`, [ctx.tenant, change.child_id]) // prettier-ignore
    await moveHome(ctx, change.child_id, change.old as unknown as Home, change.new as unknown as Home)
    await refreshCompleteness(ctx, [change.child_id])
  } else if (body.accept && isFieldPath(change.field)) {
    const { group, zh } = fileFields[change.field]
    if (!mayState(change, group)) throw problem('field_not_yours', { values: { field: zh, who: '能看到它的人' } })
    // Two proposals about one child, or a proposal and a change, wait for one another.
    await ctx.db.rows(`select id from children where tenant_id = $1 and id = $2 for update`, [ctx.tenant, change.child_id]) // prettier-ignore
    const current = (await wholeFiles(ctx, [change.child_id])).get(change.child_id)!
    const now = factsOf(current)[change.field] ?? null
    if (!sameValue(now, change.old))
      throw problem('changed_since', { values: { now: hiddenOrSaid(change.field, now) } })
    await applyFacts(
      ctx,
      [{ child_id: change.child_id, current, differences: [{ field: change.field, old: now, new: change.new }] }],
      {
        type: change.source_type,
        id: change.source_id,
      },
    )
    await refreshCompleteness(ctx, [change.child_id])
  }
  await ctx.db.count(
    `update changes set state = $3, decided_by = $4, decided_at = $5, decision_note = $6 where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, body.accept ? 'accepted' : 'declined', ctx.actor.account_id, ctx.now, body.note ?? null],
  )
  await ctx.audit('children.decide', id, { child_id: change.child_id })
  return null
}

/** A sentence must not carry a number that the file masks. */
function hiddenOrSaid(field: string, value: Value): string {
  if (!isFieldPath(field) || ['identity_no', 'phones'].includes(fileFields[field].group)) return '另一个号码'
  return value === null ? '未采集' : String(value)
}

/** 谁看过: openings, reveals, prints and exports of this file. */
export async function openings(
  ctx: Ctx,
  { id, after, limit = 50 }: Input<typeof childOps.openings>,
): Promise<Answer<typeof childOps.openings>> {
  await mustSee(ctx, [id])
  const row = await ctx.db.one<{ page: string }>(
    `with found as (
       select e.*, a.name as by_name, m.role, u.name as unit_name from audit e left join accounts a on a.id = e.account_id
         left join memberships m on m.tenant_id = e.tenant_id and m.id = e.membership_id left join units u on u.tenant_id = e.tenant_id and u.id = m.unit_id
        where e.tenant_id = $1 and e.child_id = $2 and ($3::uuid is null or (e.at, e.id) < (select b.at, b.id from audit b where b.tenant_id = $1 and b.id = $3::uuid and b.child_id = $2))
        order by e.at desc, e.id desc limit $4::int + 1),
     kept as (select * from found order by at desc, id desc limit $4::int)
     select json_build_object('items', coalesce((select json_agg(json_build_object('at', k.at, 'by_name', k.by_name, 'role', k.role, 'unit_name', k.unit_name,
          'operation', k.operation, 'purpose', coalesce(k.purpose, stated.purpose)) order by k.at desc, k.id desc) from kept as k
          -- Who sees counts stated a purpose once, for all files opened under it.
          left join lateral (select b.purpose from audit b where b.tenant_id = $1 and b.account_id = k.account_id and b.membership_id = k.membership_id
            and b.operation = $5 and b.at <= k.at and b.at > k.at - make_interval(hours => $6) order by b.at desc limit 1) as stated on true), '[]'),
        'next', case when (select count(*) from found) > $4::int then (select id from kept order by at, id limit 1) end)::text as page`,
    [ctx.tenant, id, after ?? null, limit, purposeOperation, purposeHours],
  )
  return passed(row.page)
}
