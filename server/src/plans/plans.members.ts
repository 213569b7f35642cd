// For whom a plan is: the children of its unit whom its definition counts on a day, by the same SQL that says what is owed for whom.
import type { PlanMembers } from '@nuanyang/contract/plans.ts'
import type { Ctx } from '../kernel/ctx.ts'

/** Which link makes a child one of the unit's: school by class, office by partner, place by residence. */
export function memberLink(unit_kind: string): PlanMembers['as'] {
  if (unit_kind === 'school' || unit_kind === 'class') return 'class'
  if (unit_kind === 'partner_office') return 'partner'
  if (unit_kind === 'committee' || unit_kind === 'station') return 'station'
  if (unit_kind === 'grid' || unit_kind === 'villager_group') return unit_kind
  return 'residence'
}

/** Counts, on the day `on`, the children that a plan of this unit is for; whoever cannot be said to be out counts with those in. */
export async function countMembers(
  ctx: Ctx,
  plan: { unit_kind: string; path: string; definition: string },
  on: string,
): Promise<PlanMembers> {
  const as = memberLink(plan.unit_kind)
  const counts = await ctx.db.one<Omit<PlanMembers, 'definition' | 'as'>>(
    `with here as materialized (select distinct cu.child_id from units u
        join child_units cu on cu.tenant_id = $1 and cu.unit_id = u.id and cu."as" = $2 and cu.from_on <= $4::date and (cu.until_on is null or cu.until_on > $4::date)
        join children c on c.tenant_id = $1 and c.id = cu.child_id and c.status = 'registered' and c.merged_into_id is null
       where u.tenant_id = $1 and u.path >= $3 and u.path < $3 || '~'),
     judged as materialized (select s.child_id, s.sure @> $4::date as sure, s.possible @> $4::date as possible
        from cohort_spells($1, jsonb_build_object('definition', $5::text), $4::date, (select coalesce(array_agg(h.child_id), '{}') from here h), $4::date, $4::date + 1) as s)
     select (select count(*)::int from here) as registered,
            (select count(*)::int from judged j where j.sure) as members,
            (select count(*)::int from judged j where j.possible and not j.sure) as cannot_say,
            (select count(*)::int from judged j where j.possible and exists (select from focus f where f.tenant_id = $1 and f.child_id = j.child_id and f.state = 'confirmed')) as priority,
            (select count(*)::int from judged j join pairings p on p.tenant_id = $1 and p.child_id = j.child_id and p.from_on <= $4::date and (p.until_on is null or p.until_on > $4::date)
              where j.possible) as pairs`,
    [ctx.tenant, as, plan.path, on, plan.definition],
  )
  return { definition: plan.definition, as, ...counts }
}
