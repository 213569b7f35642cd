// For whom a plan is: the children of its unit whom its definition counts, as of a day. The facts are read once for the whole unit and
// judged by domain/definitions, so the number said at adoption is the one that the rules printed with it give.
import type { PlanMembers } from '@nuanyang/contract/plans.ts'
import { answerDefinition, definitionOn, type DefinitionFacts, type ParentSpell } from '@nuanyang/domain/definitions.ts'
import type { Ctx } from '../kernel/ctx.ts'

type Link = PlanMembers['as']

/** Which link makes a child one of the unit's: school by class, office by partner, place by residence. */
export function memberLink(unit_kind: string): Link {
  if (unit_kind === 'school' || unit_kind === 'class') return 'class'
  if (unit_kind === 'partner_office') return 'partner'
  if (unit_kind === 'committee' || unit_kind === 'station') return 'station'
  if (unit_kind === 'grid' || unit_kind === 'villager_group') return unit_kind
  return 'residence'
}

interface Facts {
  born_on: string | null
  household_code: string | null
  residence_code: string | null
  residence_from_on: string | null
  father: ParentSpell[]
  mother: ParentSpell[]
  focus: boolean
  pairs: number
}

/** Counts, on the day `on`, the children that a plan of this unit is for. */
export async function countMembers(
  ctx: Ctx,
  plan: { unit_kind: string; path: string; definition: string },
  on: string,
): Promise<PlanMembers> {
  const as = memberLink(plan.unit_kind)
  const spells = (parent: string) =>
    `coalesce((select json_agg(json_build_object('state', s.state, 'able', s.able, 'place_code', s.place_code, 'from_on', s.from_on, 'until_on', s.until_on, 'stated_on', s.stated_on))
       from parent_spells s where s.tenant_id = $1 and s.child_id = c.id and s.parent = '${parent}'), '[]')`
  const children = await ctx.db.rows<Facts>(
    `with here as (select distinct cu.child_id from units u
        join child_units cu on cu.tenant_id = $1 and cu.unit_id = u.id and cu."as" = $2 and cu.from_on <= $4::date and (cu.until_on is null or cu.until_on > $4::date)
       where u.tenant_id = $1 and u.path >= $3 and u.path < $3 || '~')
     select c.born_on, c.household_division_code as household_code, ru.division_code as residence_code, case when r.stated then r.from_on::text end as residence_from_on,
            ${spells('father')} as father, ${spells('mother')} as mother,
            exists (select from focus f where f.tenant_id = $1 and f.child_id = c.id and f.state = 'confirmed') as focus,
            (select count(*)::int from pairings p where p.tenant_id = $1 and p.child_id = c.id and p.from_on <= $4::date and (p.until_on is null or p.until_on > $4::date)) as pairs
       from here h join children c on c.tenant_id = $1 and c.id = h.child_id
       left join child_units r on r.tenant_id = $1 and r.child_id = c.id and r."as" = 'residence' and r.until_on is null
       left join units ru on ru.tenant_id = $1 and ru.id = r.unit_id
      where c.status = 'registered' and c.merged_into_id is null`,
    [ctx.tenant, as, plan.path, on],
  )
  const definition = definitionOn(plan.definition, on)
  const answers = children.map((child) =>
    definition ? answerDefinition(definition, factsOf(child), on).answer : 'yes',
  )
  const counted = children.filter((_, n) => answers[n] !== 'no')
  return {
    definition: plan.definition,
    as,
    registered: children.length,
    members: answers.filter((answer) => answer === 'yes').length,
    cannot_say: answers.filter((answer) => answer === 'cannot_say').length,
    priority: counted.filter((child) => child.focus).length,
    pairs: counted.reduce((sum, child) => sum + child.pairs, 0),
  }
}

function factsOf(child: Facts): DefinitionFacts {
  return { ...child, residence_stated_on: null, lives_with_guardian: null }
}
