// Whose answer turned between two days: who came in, went out, or grew out of a definition. The list proposes; a person acts.
import type { definitionOps } from '@nuanyang/contract/definitions.ts'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import { missingFacts } from '@nuanyang/domain/definitions.ts'
import { groupBit } from '@nuanyang/contract/roles.ts'
import { sql } from 'kysely'
import { visibleChildren } from '../children/children.access.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { passed } from '../kernel/db.ts'
import { problem } from '../kernel/problem.ts'
import { definitionGroups, definitionOf } from './definitions.access.ts'

const dayMs = 86_400_000

/** Both days are asked for everybody; only those whose answers differ are followed day by day. */
export async function turns(
  ctx: Ctx,
  { code, from, until, kind, after, limit = 50 }: Input<typeof definitionOps.turns>,
): Promise<Answer<typeof definitionOps.turns>> {
  const days = (Date.parse(until) - Date.parse(from)) / dayMs
  if (days <= 0 || days > 731) throw problem('turns_days')
  const id = await definitionOf(ctx, code, until)
  const t = sql`${ctx.tenant}`
  const [row] = await ctx.db.run(sql<{ page: string }>`
    with v as materialized (select s.child_id, s.open from (${visibleChildren(ctx)}) as s where s.open & ${sql.lit(definitionGroups)} = ${sql.lit(definitionGroups)}),
    r as materialized (select a.child_id, a.on_day, a.answer, a.missing
            from (select array_agg(w.child_id) as ids, array_agg(d.day) as days from v as w cross join (values (${from}::date), (${until}::date)) as d(day)) as x
            cross join lateral definition_answers(${t}, ${id}::uuid, x.ids, x.days) as a),
    turned as materialized (select n.child_id, b.answer as before, n.answer as now, n.missing from r as n join r as b on b.child_id = n.child_id and b.on_day = ${from}::date
                where n.on_day = ${until}::date and n.answer <> b.answer),
    since as (select s.child_id, max(s.from_on) as on_day from definition_spells(${t}, ${id}::uuid, (select array_agg(child_id) from turned), ${from}::date, ${until}::date + 1) as s
               where s.from_on > ${from}::date
                 and not exists (select from turned as k where k.child_id = s.child_id and k.now <> s.answer) group by s.child_id),
    kinds as (
      select k.*, c.name, c.given_name, c.pinyin, c.status, c.version, s.on_day,
             case when k.now = 'yes' then 'enters' when k.now = 'cannot_say' then 'unclear'
                  when k.before = 'yes' and c.born_until is not null and f.under_age is not null and extract(year from age(${until}::date, c.born_until)) >= f.under_age then 'ages_out'
                  when k.before = 'yes' then 'leaves' end as kind
        from turned k join children c on c.tenant_id = ${t} and c.id = k.child_id and c.merged_into_id is null left join since s on s.child_id = k.child_id
        cross join (select (rule ->> 'under_age')::int as under_age from definitions where tenant_id = ${t} and id = ${id}::uuid) as f),
    found as (
      select * from kinds where kind is not null ${kind ? sql`and kind = ${kind}` : sql``}
        ${after ? sql`and (pinyin, child_id) > (select a.pinyin, a.child_id from kinds a where a.child_id = ${after}::uuid)` : sql``}
       order by pinyin, child_id limit ${limit + 1}),
    kept as (select * from found order by pinyin, child_id limit ${limit})
    select json_build_object('items', coalesce((select json_agg(json_build_object('child_id', k.child_id,
          'child_name', case when v.open & ${sql.lit(groupBit('full_name'))} <> 0 then k.name else k.given_name end, 'version', k.version, 'status', k.status,
          'kind', k.kind, 'on', coalesce(k.on_day, ${until}::date), 'before', k.before, 'now', k.now,
          'missing', (select coalesce(json_agg(m.name order by m.at), '[]') from unnest(${Object.keys(missingFacts)}::text[]) with ordinality as m(name, at) where k.missing & (1 << (m.at::int - 1)) <> 0),
          'proposes', case when k.kind = 'unclear' then 'ask' when k.kind = 'enters' and k.status = 'exited' then 'restore' when k.kind in ('leaves', 'ages_out') and k.status = 'registered' then 'exit' end)
          order by k.pinyin, k.child_id) from kept k join v on v.child_id = k.child_id), '[]'),
        'next', case when (select count(*) from found) > ${limit} then (select child_id from kept order by pinyin desc, child_id desc limit 1) end)::text as page`)
  return passed(row!.page)
}
