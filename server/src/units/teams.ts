// Leading groups, task forces, service teams: the verbs behind teamOps in contract/src/units.ts. A member is an adult, whose
// name and phone are kept with the other adults: the school head who is a helper too is typed once.
import type { FileAnswer, Input } from '@nuanyang/contract/kernel.ts'
import { teamPosts, unitCan, type Team, type teamOps } from '@nuanyang/contract/units.ts'
import type { TeamListData } from '@nuanyang/contract/documents.ts'
import { adultsInSight, findOrCreateAdults, updateAdults } from '../families/families.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { invalid, problem } from '../kernel/problem.ts'
import { unitInSubtree } from './units.access.ts'
import { closed } from './units.merge.ts'
import { teamsOf } from './teams.reading.ts'

export async function list(ctx: Ctx, { unit_id, ended }: Input<typeof teamOps.list>): Promise<{ items: Team[] }> {
  return { items: await teamsOf(ctx, { ...(unit_id ? { unit_id } : {}), ended: ended ?? false }) }
}

export async function get(ctx: Ctx, { id }: Input<typeof teamOps.get>): Promise<Team> {
  const [team] = await teamsOf(ctx, { id, ended: true })
  if (!team) throw problem('not_found')
  return team
}

export async function create(ctx: Ctx, { body }: Input<typeof teamOps.create>): Promise<Team> {
  const unit = await unitInSubtree(ctx, body.unit_id)
  if (unit.closed_on) throw closed(unit)
  await ctx.db.count(
    `insert into teams (tenant_id, id, unit_id, kind, name, duties, from_on) values ($1, $2, $3, $4, $5, $6, $7)`,
    [ctx.tenant, body.id, unit.id, body.kind, body.name.trim(), body.duties ?? null, body.from_on],
  )
  await ctx.audit('team.created', body.id)
  return get(ctx, { id: body.id })
}

export async function change(ctx: Ctx, { id, body }: Input<typeof teamOps.change>): Promise<Team> {
  const team = await lockTeam(ctx, id, body.version)
  const early = team.members.find((member) => member.from_on < body.from_on)
  if (early) throw problem('day_before_start', { values: { from_on: body.from_on, until_on: early.from_on } })
  await ctx.db.count(
    `update teams set kind = $3, name = $4, duties = $5, from_on = $6, version = version + 1 where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, body.kind, body.name.trim(), body.duties ?? null, body.from_on],
  )
  await ctx.audit('team.changed', id)
  return get(ctx, { id })
}

export async function end(ctx: Ctx, { id, body }: Input<typeof teamOps.end>): Promise<Team> {
  const team = await lockTeam(ctx, id, body.version)
  const last = [team.from_on, ...team.members.map((member) => member.from_on)].toSorted().at(-1)!
  refuseEarly(last, body.until_on)
  await ctx.db.count(`update teams set until_on = $3, version = version + 1 where tenant_id = $1 and id = $2`, [
    ctx.tenant,
    id,
    body.until_on,
  ])
  await ctx.db.count(
    `update team_members set until_on = $3 where tenant_id = $1 and team_id = $2 and (until_on is null or until_on > $3)`,
    [ctx.tenant, id, body.until_on],
  )
  await ctx.audit('team.ended', id)
  return get(ctx, { id })
}

export async function add_member(ctx: Ctx, { id, body }: Input<typeof teamOps.add_member>): Promise<Team> {
  const team = await lockTeam(ctx, id, body.version)
  refuseEarly(team.from_on, body.from_on)
  const adult = await adultOf(ctx, body)
  const twin = team.members.find((member) => member.adult_id === adult && member.until_on === null)
  if (twin) throw problem('team_member_exists', { values: { name: twin.name, team: team.name } })
  await ctx.db.count(
    `insert into team_members (tenant_id, id, team_id, adult_id, post, duties, position, from_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [ctx.tenant, body.id, id, adult, body.post, body.duties ?? null, team.members.length, body.from_on],
  )
  await raise(ctx, id)
  await ctx.audit('team.member_added', id)
  return get(ctx, { id })
}

/** A known person within sight, or the person these words speak of. */
async function adultOf(ctx: Ctx, body: Input<typeof teamOps.add_member>['body']): Promise<string> {
  if (body.adult_id) {
    const known = (await adultsInSight(ctx, [body.adult_id])).has(body.adult_id)
    if (!known) throw problem('not_found')
    return body.adult_id
  }
  const name = body.name?.trim()
  if (!name)
    throw invalid({ path: 'name', zh: '请填姓名，或选一个已有的人。', en: 'Give a name or choose a known person.' })
  const facts = {
    name,
    ...(body.occupation ? { occupation: body.occupation } : {}),
    ...(body.phone ? { phones: [body.phone] } : {}),
  }
  const [adult] = await findOrCreateAdults(ctx, [facts])
  // A person known by name and phone may have another job by now; what is said today holds.
  if (body.occupation) await updateAdults(ctx, [{ id: adult!, facts: { occupation: body.occupation } }])
  return adult!
}

export async function end_member(ctx: Ctx, { id, body }: Input<typeof teamOps.end_member>): Promise<Team> {
  const row = await ctx.db.maybe<{ team_id: string }>(
    'select team_id from team_members where tenant_id = $1 and id = $2',
    [ctx.tenant, id],
  )
  if (!row) throw problem('not_found')
  const team = await lockTeam(ctx, row.team_id, body.version)
  const member = team.members.find((one) => one.id === id)!
  if (member.until_on) throw problem('already_ended', { values: { until_on: member.until_on } })
  refuseEarly(member.from_on, body.until_on)
  await ctx.db.count('update team_members set until_on = $3 where tenant_id = $1 and id = $2', [
    ctx.tenant,
    id,
    body.until_on,
  ])
  await raise(ctx, team.id)
  await ctx.audit('team.member_ended', team.id)
  return get(ctx, { id: team.id })
}

async function raise(ctx: Ctx, id: string): Promise<void> {
  await ctx.db.count('update teams set version = version + 1 where tenant_id = $1 and id = $2', [ctx.tenant, id])
}

/** The team locked, the actor's own, still running and not changed meanwhile. */
async function lockTeam(ctx: Ctx, id: string, version: number): Promise<Team> {
  await ctx.db.rows('select from teams where tenant_id = $1 and id = $2 for no key update', [ctx.tenant, id])
  const team = await get(ctx, { id })
  if (!unitCan.endTeam(team)) throw problem('already_ended', { values: { until_on: team.until_on ?? '' } })
  if (team.version !== version) throw problem('stale', { current: team })
  return team
}

function refuseEarly(from: string, until: string): void {
  if (until < from) throw problem('day_before_start', { values: { from_on: from, until_on: until } })
}

/** 小组名单 of today: those whose time has come and not ended, in the order of posts. */
async function listData(ctx: Ctx, id: string): Promise<TeamListData> {
  const team = await get(ctx, { id })
  const unit = await unitInSubtree(ctx, team.unit_id)
  const now = team.members.filter(
    (member) => member.from_on <= ctx.today && (member.until_on === null || member.until_on > ctx.today),
  )
  if (now.length === 0) throw problem('team_empty', { values: { name: team.name } })
  return {
    title: team.name.includes('名单') ? team.name : `${team.name}名单`,
    unit_name: unit.name,
    dated_on: ctx.today,
    introduction: team.duties ? [team.duties] : [],
    members: now.map((member) => ({
      post: teamPosts[member.post].zh,
      name: member.name,
      position: member.occupation,
      duties: member.duties,
      phone: member.phone,
      from_on: member.from_on,
      until_on: member.until_on,
    })),
    closing: [],
  }
}

export async function print_word(ctx: Ctx, { id }: Input<typeof teamOps.print_word>): Promise<FileAnswer> {
  const data = await listData(ctx, id)
  // Loaded on first use: most processes never print.
  const { teamListDocx } = await import('../documents/team_list.ts')
  await ctx.audit('team.printed', id)
  return {
    file_name: `${data.title}.docx`,
    media: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    content: await teamListDocx(data),
  }
}

export async function print_pdf(ctx: Ctx, { id }: Input<typeof teamOps.print_pdf>): Promise<FileAnswer> {
  const data = await listData(ctx, id)
  const { teamListPdf } = await import('../documents/team_list.ts')
  await ctx.audit('team.printed', id)
  return { file_name: `${data.title}.pdf`, media: 'application/pdf', content: await teamListPdf(data) }
}
