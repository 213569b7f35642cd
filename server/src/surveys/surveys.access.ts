// Which rounds somebody sees, and which children of them: the round of the own unit, of one below it or above it; of it, the children the
// actor sees anyway.
import { sql, type RawBuilder } from 'kysely'
import { rightsHeld } from '@nuanyang/contract/roles.ts'
import type { RoundPart } from '@nuanyang/contract/surveys.ts'
import { linkShown, opened } from '../children/children.access.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'

/** Predicate over the alias `u` of the round's unit. */
export function roundSeen(ctx: Ctx): RawBuilder<boolean> {
  const path = ctx.actor.unit_path
  return sql<boolean>`(u.path >= ${path} and u.path < ${path + '~'} or starts_with(${path}, u.path))`
}

/** SQL over `u`: may the actor begin and close rounds there? */
export function mayLead(ctx: Ctx): RawBuilder<boolean> {
  const path = ctx.actor.unit_path
  const holds = rightsHeld(ctx.actor.role, ctx.actor.separate_admins).includes('surveys.lead')
  return holds ? sql<boolean>`(u.path >= ${path} and u.path < ${path + '~'})` : sql<boolean>`false`
}

/** SQL over the round's unit `u`: what its children are listed by. */
export const byOf = sql<RoundPart>`case when u.kind in ('school', 'class') then 'class' when u.kind in ('county', 'township') then 'village' else 'group' end`

/** SQL: where a class stands among the classes of a school: 小班 first, 一年级 before 二年级, （2）班 before （10）班. */
export const classPlace = sql<string>`array_position(array['kindergarten', 'primary', 'junior', 'senior'], k.stage) || '-' || (9999 - k.entry_year) || '-' || lpad(k.class_number, 9, '0')`

/** SQL: where a group `x.name` stands: 二组 before 三组 and 十二组, 3组 among them; names without a number after them. */
const digits = sql.lit('一二三四五六七八九')
const groupPlace = sql<string>`(select lpad(coalesce(substring(x.name from '^第?([0-9]{1,6})'),
      (case when n.said like '%十%' then 10 * case when n.tens = '' then 1 else strpos(${digits}, n.tens) end + case when n.ones = '' then 0 else strpos(${digits}, n.ones) end
            else strpos(${digits}, n.said) end)::text, '999999'), 6, '0') || x.name
   from (select m.said, split_part(m.said, '十', 1) as tens, split_part(m.said, '十', 2) as ones from (select substring(x.name from '^第?([一二三四五六七八九十]{1,3})') as said) as m) as n)`

/**
 * SQL: joins the part `p` of the round (key, name, place in the order) that a child `c` is in today, where the reader `v` may know of it.
 * A class goes by its unit, so that its name can follow the school year; a villager group that only the roster named, by that name.
 */
export function partOf(ctx: Ctx, by: RoundPart): RawBuilder<unknown> {
  const today = sql`cu.tenant_id = ${ctx.tenant} and cu.child_id = c.id and (cu.until_on is null or cu.until_on > ${ctx.today}::date)`
  const linked = sql`from child_units cu join units k on k.tenant_id = ${ctx.tenant} and k.id = cu.unit_id where ${today} and ${linkShown(ctx)}`
  if (by === 'class')
    return sql`left join lateral (select k.id::text as key, k.name, ${classPlace} as place ${linked} and cu."as" = 'class'
      order by cu.from_on desc limit 1) as p on true`
  if (by === 'village')
    return sql`left join lateral (select k.id::text as key, k.name, k.pinyin as place ${linked} and cu."as" = 'residence'
      order by cu.from_on desc limit 1) as p on true`
  return sql`left join lateral (select x.name as key, x.name, ${groupPlace} as place from (select coalesce(
      (select k.name ${linked} and cu."as" in ('villager_group', 'grid') order by cu."as" desc, cu.from_on desc limit 1),
      ${opened('address', sql`c.villager_group`)}) as name) as x) as p on true`
}

export interface RoundRow {
  id: string
  unit_id: string
  unit_path: string
  by: RoundPart
  title: string
  from_on: string
  until_on: string
  state: 'open' | 'closed'
  leads: boolean
  version: number
}

/** The round, locked against whoever closes it meanwhile. @throws not_found */
export async function lockRound(ctx: Ctx, id: string): Promise<RoundRow> {
  const [row] = await ctx.db.run(sql<RoundRow>`
    select r.id, r.unit_id, u.path as unit_path, ${byOf} as by, r.title, r.from_on, r.until_on, r.state, ${mayLead(ctx)} as leads, r.version
      from survey_rounds r join units u on u.tenant_id = ${ctx.tenant} and u.id = r.unit_id
     where r.tenant_id = ${ctx.tenant} and r.id = ${id}::uuid and ${roundSeen(ctx)} for share of r`)
  if (!row) throw problem('not_found')
  return row
}
