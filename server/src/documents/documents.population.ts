// The children a table of numbers counts: everybody tied to the unit (or one below it) on the day, each once, with the facts of that day.
// One statement whatever their number. It counts past the reader's own sight of each child, as far as the unit reaches: a child who left
// the village since is still in the table of last September. Names come only for whom the reader sees.
import { groupBit, type ChildLink } from '@nuanyang/contract/roles.ts'
import type { CountedChild } from '@nuanyang/domain/tables/counted.ts'
import { sql } from 'kysely'
import { visibleChildren } from '../children/children.access.ts'
import type { Ctx } from '../kernel/ctx.ts'
import type { UnitRow } from '../units/units.access.ts'
import type { InForce } from './documents.definition.ts'

export async function population(
  ctx: Ctx,
  unit: Pick<UnitRow, 'path'>,
  as: ChildLink,
  on: string,
  definition: InForce | null,
): Promise<CountedChild[]> {
  const t = sql`${ctx.tenant}`
  const day = sql`${on}::date`
  const answered = definition
    ? sql`definition_answers(${t}, ${definition.id}::uuid, (select array_agg(id) from pop), array_fill(${day}, array[(select count(*)::int from pop)]))`
    : sql`(select null::uuid as child_id, null::text as answer, null::text as category where false)`
  return ctx.db.run(sql<CountedChild>`
    with pop as materialized (
      select c.id, c.name, c.pinyin, c.sex, c.born_from, c.born_until, c.missing, c.causes, c.need_kinds,
             min(split_part(substr(u.path, ${unit.path.length + 1}::int), '/', 1)) as unit
        from units u join child_units cu on cu.tenant_id = ${t} and cu.unit_id = u.id and cu."as" = ${as} and (cu.from_on <= ${day} or not cu.stated) and (cu.until_on is null or cu.until_on > ${day})
        join children c on c.tenant_id = ${t} and c.id = cu.child_id and (c.exited_on is null or c.exited_on > ${day})
       where u.tenant_id = ${t} and u.path >= ${unit.path} and u.path < ${unit.path + '~'}
       group by c.id, c.name, c.pinyin, c.sex, c.born_from, c.born_until, c.missing, c.causes, c.need_kinds),
    seen as materialized (select v.child_id from (${visibleChildren(ctx)}) as v where v.open & ${sql.lit(groupBit('full_name'))} <> 0)
    select p.id, case when s.child_id is not null then p.name end as name, p.unit, p.sex, p.missing, p.causes, p.need_kinds,
           age_on(p.born_until, ${day}) as age_least, age_on(p.born_from, ${day}) as age_most,
           e.status as enrolment_status, grade_now(e.grade, e.stated_on, ${day}) as grade, coalesce(sc.name, e.school_name) as school, e.boarding,
           f.state as father_state, m.state as mother_state, f.able as father_able, m.able as mother_able, f.place_code as father_place_code, m.place_code as mother_place_code,
           k.relation, k.guardianship_type, h.state as health, y.income_sources, d.kinds as aid_kinds, a.answer, a.category
      from pop p
      left join seen s on s.child_id = p.id
      left join enrolments e on e.tenant_id = ${t} and e.child_id = p.id and e.valid @> ${day}
      left join units kl on kl.tenant_id = ${t} and kl.id = e.class_unit_id
      left join units sc on sc.tenant_id = ${t} and sc.id = kl.parent_id
      left join parent_spells f on f.tenant_id = ${t} and f.child_id = p.id and f.parent = 'father' and f.valid @> ${day}
      left join parent_spells m on m.tenant_id = ${t} and m.child_id = p.id and m.parent = 'mother' and m.valid @> ${day}
      left join care_spells k on k.tenant_id = ${t} and k.child_id = p.id and k.valid @> ${day}
      left join health_facts h on h.tenant_id = ${t} and h.child_id = p.id and h.valid @> ${day}
      left join economy_facts y on y.tenant_id = ${t} and y.child_id = p.id and y.valid @> ${day}
      left join aid_facts d on d.tenant_id = ${t} and d.child_id = p.id and d.valid @> ${day}
      left join ${answered} as a on a.child_id = p.id
     order by p.pinyin, p.id`)
}

export interface Below {
  readonly id: string
  readonly name: string
}

/** The units right below that hold children, in the order of the tree; '' is the unit itself. */
export async function unitsBelow(
  ctx: Ctx,
  unit: Pick<UnitRow, 'id' | 'name'>,
  children: readonly CountedChild[],
  label: (row: UnitRow) => string,
): Promise<Below[]> {
  const ids = [...new Set(children.map((child) => child.unit))].filter((id) => id !== '')
  const rows = await ctx.db.rows<UnitRow>(
    `select * from units where tenant_id = $1 and id = any($2::uuid[]) order by kind, entry_year desc nulls first, class_number, division_code, pinyin, id`,
    [ctx.tenant, ids],
  )
  const own = children.some((child) => child.unit === '')
  return [
    ...(own ? [{ id: '', name: rows.length > 0 ? `${unit.name}（本级）` : unit.name }] : []),
    ...rows.map((row) => ({ id: row.id, name: label(row) })),
  ]
}
