// Definitions 口径: the rows, and what one child or all that somebody sees are by them. The answers themselves are db/views/definitions.sql
// for many and domain/src/definitions.ts for one; a test holds both equal.
import type { DefinitionRow, definitionOps } from '@nuanyang/contract/definitions.ts'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import { answerDefinition, missingFacts, notBecause, type Definition } from '@nuanyang/domain/definitions.ts'
import { sql } from 'kysely'
import { seenOf, visibleChildren } from '../children/children.access.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { passed } from '../kernel/db.ts'
import { problem } from '../kernel/problem.ts'
import { definitionGroups, definitionOf } from './definitions.access.ts'
import { factsOn } from './definitions.facts.ts'

export { turns } from './definitions.turns.ts'

/** A new county begins with the official definitions. */
export async function beginDefinitions(ctx: Ctx, tenant: string): Promise<void> {
  await ctx.db.count(
    `insert into definitions (tenant_id, id, code, name, rule, source, from_on)
     select $1::text, md5($1::text || ' ' || d.code)::uuid, d.code, d.name, d.rule, d.source, d.from_on from default_definitions() as d`,
    [tenant],
  )
}

const columns = `d.id, d.code, d.name, d.rule ->> 'en' as name_en, d.rule ->> 'rule' as rule, (d.rule ->> 'under_age')::int as under_age, (d.rule ->> 'months')::int as months,
  d.rule ->> 'across' as across, coalesce((d.rule ->> 'visit_days')::int, 0) as visit_days, d.source, d.from_on, d.until_on, d.version`
const inForce = `(d.from_on <= $2 and (d.until_on is null or d.until_on > $2))`

export async function list(
  ctx: Ctx,
  _input: Input<typeof definitionOps.list>,
): Promise<Answer<typeof definitionOps.list>> {
  const items = await ctx.db.rows<DefinitionRow>(
    `select ${columns}, ${inForce} as in_force from definitions d where d.tenant_id = $1
      order by ${inForce} desc, array_position(array['mca', 'moe', 'migrant', 'migrant_township'], d.code) nulls last, d.name, d.from_on desc`,
    [ctx.tenant, ctx.today],
  )
  return { items }
}

export async function get(ctx: Ctx, { id }: { id: string }): Promise<DefinitionRow> {
  const row = await ctx.db.maybe<DefinitionRow>(
    `select ${columns}, ${inForce} as in_force from definitions d where d.tenant_id = $1 and d.id = $3`,
    [ctx.tenant, ctx.today, id],
  )
  if (!row) throw problem('not_found')
  return row
}

/** Another version ends the one before on the day it begins. @throws definition_before, definition_name_taken */
export async function add(ctx: Ctx, { body }: Input<typeof definitionOps.add>): Promise<DefinitionRow> {
  const versions =
    await ctx.db.rows<{ id: string; code: string; name: string; from_on: string; until_on: string | null }>( // prettier-ignore
      `select id, code, name, from_on, until_on from definitions where tenant_id = $1 order by from_on desc for update`,
      [ctx.tenant],
    )
  const mine = versions.filter((one) => one.code === body.code)
  if (body.code && mine.length === 0) throw problem('not_found')
  if (versions.some((one) => one.name === body.name && one.code !== body.code))
    throw problem('definition_name_taken', { values: { name: body.name } })
  const last = mine[0]
  if (last && body.from_on <= last.from_on) throw problem('definition_before', { values: { from_on: last.from_on } })
  if (last)
    await ctx.db.count(
      `update definitions set until_on = $3, version = version + 1 where tenant_id = $1 and id = $2 and (until_on is null or until_on > $3)`,
      [ctx.tenant, last.id, body.from_on],
    )
  const { rule, under_age, months, across, visit_days } = body
  await ctx.db.count(
    `insert into definitions (tenant_id, id, code, name, rule, source, from_on, stated_by) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [ctx.tenant, body.id, body.code ?? ownCode(versions), body.name, JSON.stringify({ rule, under_age, months, across, visit_days }), body.source, body.from_on, ctx.actor.account_id], // prettier-ignore
  )
  await ctx.audit('definitions.add', body.id)
  return get(ctx, { id: body.id })
}

function ownCode(versions: readonly { code: string }[]): string {
  for (let n = 1; ; n++) if (!versions.some((one) => one.code === `own_${n}`)) return `own_${n}`
}

export async function end(ctx: Ctx, { id, body }: Input<typeof definitionOps.end>): Promise<DefinitionRow> {
  const row = await ctx.db.maybe<{ version: number; from_on: string; until_on: string | null }>(
    `select version, from_on, until_on from definitions where tenant_id = $1 and id = $2 for update`,
    [ctx.tenant, id],
  )
  if (!row) throw problem('not_found')
  if (row.version !== body.version) throw problem('stale', { current: await get(ctx, { id }) })
  if (row.until_on !== null) throw problem('definition_ended', { values: { until_on: row.until_on } })
  if (body.until_on <= row.from_on) throw problem('definition_days', { values: { from_on: row.from_on } })
  await ctx.db.count(`update definitions set until_on = $3, version = version + 1 where tenant_id = $1 and id = $2`, [
    ctx.tenant,
    id,
    body.until_on,
  ])
  await ctx.audit('definitions.end', id)
  return get(ctx, { id })
}

export async function of_child(
  ctx: Ctx,
  { child_id, on = ctx.today }: Input<typeof definitionOps.of_child>,
): Promise<Answer<typeof definitionOps.of_child>> {
  const seen = (await seenOf(ctx, [child_id])).get(child_id)
  if (!seen) throw problem('not_found')
  if ((seen.open & definitionGroups) !== definitionGroups) return { on, hidden: true, items: [] }
  const facts = await factsOn(ctx, child_id, on)
  const { items } = await list(ctx, {})
  return {
    on,
    hidden: false,
    items: items
      .filter((row) => row.from_on <= on && (row.until_on === null || on < row.until_on))
      .map((row) => {
        const rule = asRule(row)
        const { answer, category, missing } = answerDefinition(rule, facts, on)
        const { id, code, name, name_en, source } = row
        return { definition_id: id, code, name, name_en, source, answer, category, missing: [...missing], because: notBecause(rule, facts, on) } // prettier-ignore
      }),
  }
}

function asRule(row: DefinitionRow): Definition {
  return { ...row, zh: row.name, en: row.name_en ?? row.name, valid_from: row.from_on, valid_until: row.until_on }
}

const factNames = Object.keys(missingFacts)

export async function tally(
  ctx: Ctx,
  { code, on }: Input<typeof definitionOps.tally>,
): Promise<Answer<typeof definitionOps.tally>> {
  const id = await definitionOf(ctx, code, on)
  const [row] = await ctx.db.run(sql<{ answer: string }>`
    with v as materialized (select s.child_id from (${visibleChildren(ctx)}) as s join children c on c.tenant_id = ${ctx.tenant} and c.id = s.child_id
                             where c.status = 'registered' and s.open & ${sql.lit(definitionGroups)} = ${sql.lit(definitionGroups)}),
    r as materialized (select a.answer, a.category, a.missing from (select array_agg(child_id) as ids, array_agg(${on}::date) as days from v) as x
                        cross join lateral definition_answers(${ctx.tenant}, ${id}::uuid, x.ids, x.days) as a)
    select json_build_object('on', ${on}::text, 'definition_id', ${id}::text,
      'yes', count(*) filter (where answer = 'yes'), 'no', count(*) filter (where answer = 'no'), 'cannot_say', count(*) filter (where answer = 'cannot_say'),
      'categories', (select coalesce(json_object_agg(k.category, k.n), '{}') from (select category, count(*)::int as n from r where answer = 'yes' and category is not null group by category) as k),
      'missing', (select coalesce(json_agg(json_build_object('fact', m.name, 'count', m.n) order by m.n desc, m.at), '[]')
                    from (select f.name, f.at, count(*)::int as n from unnest(${factNames}::text[]) with ordinality as f(name, at)
                            join r on r.answer = 'cannot_say' and r.missing & (1 << (f.at::int - 1)) <> 0 group by f.name, f.at) as m))::text as answer
      from r`)
  return passed(row!.answer)
}
