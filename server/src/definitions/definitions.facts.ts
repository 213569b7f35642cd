// The facts of one child that definitions read, as of a day.
import type { DefinitionFacts, ParentSpell } from '@nuanyang/domain/definitions.ts'
import type { Ctx } from '../kernel/ctx.ts'

interface Row {
  born_on: string | null
  household_code: string | null
  residence_code: string | null
  residence_from_on: string | null
  residence_stated_on: string | null
  lives_with_guardian: boolean | null
  spells: (ParentSpell & { parent: 'father' | 'mother' })[]
}

/** A home whose beginning nobody stated was the home before, too; the same rule as in definition_answers. */
export async function factsOn(ctx: Ctx, child_id: string, on: string): Promise<DefinitionFacts> {
  const row = await ctx.db.one<Row>(
    `with links as (
       select distinct on (cu."as") cu."as", u.division_code, cu.stated, cu.from_on from child_units cu join units u on u.tenant_id = $1 and u.id = cu.unit_id
        where cu.tenant_id = $1 and cu.child_id = $2 and cu."as" in ('residence', 'hukou') and (cu.from_on <= $3::date or not cu.stated) and (cu.until_on is null or cu.until_on > $3::date)
        order by cu."as", cu.from_on desc, cu.id)
     select c.born_on, coalesce((select l.division_code from links l where l."as" = 'hukou'), c.household_division_code) as household_code,
            h.division_code as residence_code, case when h.stated then h.from_on end as residence_from_on, h.from_on as residence_stated_on,
            (select case when w.entrusted or w.relation in ('neighbour', 'teacher', 'other') then false
                         when w.relation in ('paternal_grandfather', 'paternal_grandmother', 'maternal_grandfather', 'maternal_grandmother', 'sibling', 'aunt_uncle', 'relative')
                          and (select count(*) from parent_spells p where p.tenant_id = $1 and p.child_id = $2 and p.valid @> $3::date and p.state in ('deceased', 'missing', 'detained')) = 2 then true end
               from care_spells w where w.tenant_id = $1 and w.child_id = $2 and w.valid @> $3::date) as lives_with_guardian,
            (select coalesce(json_agg(json_build_object('parent', p.parent, 'state', p.state, 'able', p.able, 'place_code', p.place_code, 'from_on', p.from_on,
                      'until_on', p.until_on, 'stated_on', p.stated_on)), '[]') from parent_spells p where p.tenant_id = $1 and p.child_id = $2) as spells
       from children c left join links h on h."as" = 'residence' where c.tenant_id = $1 and c.id = $2`,
    [ctx.tenant, child_id, on],
  )
  const { spells, ...facts } = row
  return {
    ...facts,
    father: spells.filter((one) => one.parent === 'father'),
    mother: spells.filter((one) => one.parent === 'mother'),
  }
}
