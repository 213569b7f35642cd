import type { Team, TeamMember } from '@nuanyang/contract/units.ts'
import type { Ctx } from '../kernel/ctx.ts'

type TeamRow = Omit<Team, 'members'>

/** Teams of the actor's subtree, of one unit or by id, with their members in the order of the printed list. */
export async function teamsOf(ctx: Ctx, wanted: { id?: string; unit_id?: string; ended: boolean }): Promise<Team[]> {
  const teams = await ctx.db.rows<TeamRow>(
    `select t.id, t.unit_id, t.kind, t.name, t.duties, t.from_on, t.until_on, t.version
       from teams t join units u on u.tenant_id = t.tenant_id and u.id = t.unit_id
      where t.tenant_id = $1 and u.path like $2 and ($3::uuid is null or t.id = $3) and ($4::uuid is null or t.unit_id = $4)
        and ($5 or t.until_on is null or t.until_on > $6)
      order by t.until_on is not null, u.depth, t.kind, t.from_on desc, t.id limit 200`,
    [ctx.tenant, `${ctx.actor.unit_path}%`, wanted.id ?? null, wanted.unit_id ?? null, wanted.ended, ctx.today],
  )
  const members = await ctx.db.rows<TeamMember & { team_id: string }>(
    `select m.team_id, m.id, m.adult_id, coalesce(a.name, '') as name, a.occupation,
            (select p.value from phones p where p.tenant_id = m.tenant_id and p.adult_id = m.adult_id order by p.position limit 1) as phone,
            m.post, m.duties, m.from_on, m.until_on
       from team_members m join adults a on a.tenant_id = m.tenant_id and a.id = m.adult_id
      where m.tenant_id = $1 and m.team_id = any ($2::uuid[])
      order by m.until_on is not null, array_position(array['leader', 'deputy', 'member', 'office', 'liaison'], m.post), m.position, m.id`,
    [ctx.tenant, teams.map((team) => team.id)],
  )
  return teams.map((team) => ({
    ...team,
    members: members.filter((member) => member.team_id === team.id).map(({ team_id: _team, ...member }) => member),
  }))
}
