// Ledgers of families: absences of parents, carers, homes. Read from the dated facts; whoever may not see a child's family sees no line.
import type { AwaySpell, CareSpell, FamilyLines, familyOps, Home } from '@nuanyang/contract/families.ts'
import { soonHomeDays } from '@nuanyang/contract/families.ts'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import { groupBit } from '@nuanyang/contract/roles.ts'
import { sql, type RawBuilder } from 'kysely'
import { linkShown, opened, visibleChildren } from '../children/children.access.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { passed, type JsonText } from '../kernel/db.ts'

const family = sql.lit(groupBit('family'))
const named = sql`case when v.open & ${sql.lit(groupBit('full_name'))} <> 0 then c.name else c.given_name end`

/** SQL: children whose family the actor sees, as `v`, with their row `c`; of one unit and below, where it is said. */
function familiesSeen(ctx: Ctx, unit: string | undefined): RawBuilder<unknown> {
  const within = unit
    ? sql`and exists (select from child_units cu join units u on u.tenant_id = ${ctx.tenant} and u.id = cu.unit_id join units w on w.tenant_id = ${ctx.tenant} and w.id = ${unit}::uuid
        where cu.tenant_id = ${ctx.tenant} and cu.child_id = v.child_id and (cu.until_on is null or cu.until_on > ${ctx.today}::date) and u.path >= w.path and u.path < w.path || '~' and ${linkShown(ctx)})`
    : sql``
  return sql`v as materialized (select v.child_id, v.open, v.masked from (${visibleChildren(ctx)}) as v where v.open & ${family} <> 0 ${within})`
}

const unitName = (ctx: Ctx) =>
  sql`(select u.name from child_units cu join units u on u.tenant_id = ${ctx.tenant} and u.id = cu.unit_id
        where cu.tenant_id = ${ctx.tenant} and cu.child_id = c.id and cu."as" = 'residence' and cu.until_on is null and ${linkShown(ctx)} limit 1)`

/** SQL: does the spell `s` hold today, or is it over? */
function inTime(ctx: Ctx, when: 'now' | 'past' | 'all'): RawBuilder<unknown> {
  if (when === 'all') return sql`true`
  return when === 'now' ? sql`s.valid @> ${ctx.today}::date` : sql`upper(s.valid) <= ${ctx.today}::date`
}

/** SQL: one page of `all_rows (id, pinyin, from_day, shown)`, by the child's name and then the latest first. */
async function pageOf<T>(
  ctx: Ctx,
  rows: RawBuilder<unknown>,
  { after, limit = 50 }: { after?: string; limit?: number },
) {
  const order = sql`pinyin, child_id, from_day desc, id`
  const [row] = await ctx.db.run(sql<{ page: string }>`
    with ${rows},
    numbered as materialized (select r.*, row_number() over (order by ${order}) as at from all_rows r),
    found as (select * from numbered where ${after ? sql`at > (select a.at from numbered a where a.id::text = ${after})` : sql`true`} order by at limit ${limit + 1}),
    kept as (select * from found order by at limit ${limit})
    select json_build_object('items', coalesce((select json_agg(k.shown order by k.at) from kept k), '[]'),
      'next', case when (select count(*) from found) > ${limit} then (select id::text from kept order by at desc limit 1) end,
      'total', (select count(*) from numbered))::text as page`)
  return passed<{ items: T[]; next: string | null; total: number }>(row!.page)
}

const spell = (
  ctx: Ctx,
) => sql`'id', s.id, 'child_id', c.id, 'child_name', ${named}, 'unit_name', ${unitName(ctx)}, 'adult_name', a.name,
  'from_on', s.from_on, 'until_on', s.until_on, 'stated_on', s.stated_on`

/** Of the child's or the adult's name, or of these words. */
const speaksOf = (q: string | undefined, words: RawBuilder<unknown>) =>
  q
    ? sql`and (position(${q} in ${named}) > 0 or position(${q} in coalesce(a.name, '')) > 0 or position(${q} in coalesce(${words}, '')) > 0)`
    : sql``

/** SQL: of absences `s` only those that are asked for. */
function awayOnly(ctx: Ctx, query: Pick<FamilyLines, 'returns' | 'lacks'>): RawBuilder<unknown> {
  const today = sql`${ctx.today}::date`
  const returns = {
    soon: sql`and partial_from(s.planned_return_on) between ${today} and ${today} + ${sql.lit(soonHomeDays)}`,
    late: sql`and partial_until(s.planned_return_on) < ${today} and s.valid @> ${today}`,
  }
  const lacks = {
    since: sql`and s.from_on is null`,
    place: sql`and s.place_text is null`,
    place_code: sql`and s.place_text is not null and s.place_code is null`,
    return: sql`and s.planned_return_on is null and s.valid @> ${today}`,
  }
  return sql`${query.returns ? returns[query.returns] : sql``} ${query.lacks ? lacks[query.lacks] : sql``}`
}

export async function away(ctx: Ctx, query: Input<typeof familyOps.away>): Promise<Answer<typeof familyOps.away>> {
  return pageOf<AwaySpell>(
    ctx,
    sql`${familiesSeen(ctx, query.unit_id)},
    all_rows as (
      select s.id, c.pinyin, c.id as child_id, coalesce(lower(s.valid), '-infinity'::date) as from_day, json_build_object(${spell(ctx)}, 'parent', s.parent, 'place', s.place_text,
             'place_code', s.place_code, 'work_unit', s.work_unit, 'planned_return_on', s.planned_return_on) as shown
        from v join children c on c.tenant_id = ${ctx.tenant} and c.id = v.child_id
        join parent_spells s on s.tenant_id = ${ctx.tenant} and s.child_id = c.id left join adults a on a.tenant_id = ${ctx.tenant} and a.id = s.adult_id
       where c.status = 'registered' and s.state = 'away' and ${inTime(ctx, query.when ?? 'now')}
         ${awayOnly(ctx, query)} ${speaksOf(query.q?.trim(), sql`s.place_text`)})`,
    query,
  )
}

export async function carers(
  ctx: Ctx,
  query: Input<typeof familyOps.carers>,
): Promise<Answer<typeof familyOps.carers>> {
  return pageOf<CareSpell>(
    ctx,
    sql`${familiesSeen(ctx, query.unit_id)},
    all_rows as (
      select s.id, c.pinyin, c.id as child_id, coalesce(lower(s.valid), '-infinity'::date) as from_day, json_build_object(${spell(ctx)}, 'relation', s.relation, 'relation_words', s.relation_words,
             'entrusted', s.entrusted, 'guardianship_type', s.guardianship_type, 'why_changed', s.why_changed) as shown
        from v join children c on c.tenant_id = ${ctx.tenant} and c.id = v.child_id
        join care_spells s on s.tenant_id = ${ctx.tenant} and s.child_id = c.id left join adults a on a.tenant_id = ${ctx.tenant} and a.id = s.adult_id
       where c.status = 'registered' and ${inTime(ctx, query.when ?? 'now')} ${speaksOf(query.q?.trim(), sql`s.relation_words`)})`,
    query,
  )
}

/** One line a home, brothers' and sisters' father named once: those of one 户号 in one place, else of one carer, else the child alone. */
export async function households(
  ctx: Ctx,
  query: Input<typeof familyOps.households>,
): Promise<Answer<typeof familyOps.households>> {
  const today = sql`${ctx.today}::date`
  const q = query.q?.trim()
  const some = sql`bool_or(h.aways > 0)`
  const every = sql`bool_and(h.aways > 0 and h.aways = h.parents)`
  return pageOf<Home>(
    ctx,
    sql`${familiesSeen(ctx, query.unit_id)},
    member as materialized (
      select c.id, c.pinyin, ${named} as name, ${opened('birth', sql`age_on(c.born_until, ${today})`)} as age, ${opened('address', sql`c.address`)} as address,
             ${opened('address', sql`c.villager_group`)} as villager_group, ${opened('address', sql`h.household_no`)} as household_no, ${unitName(ctx)} as unit_name,
             coalesce(${opened('address', sql`c.household_id::text`)}, w.adult_id::text, c.id::text) as home,
             (select count(*) from parent_spells p where p.tenant_id = ${ctx.tenant} and p.child_id = c.id and p.valid @> ${today} and p.state = 'away') as aways,
             (select count(*) from parent_spells p where p.tenant_id = ${ctx.tenant} and p.child_id = c.id and p.valid @> ${today} and p.state <> 'deceased') as parents
        from v join children c on c.tenant_id = ${ctx.tenant} and c.id = v.child_id left join households h on h.tenant_id = ${ctx.tenant} and h.id = c.household_id
        left join care_spells w on w.tenant_id = ${ctx.tenant} and w.child_id = c.id and w.valid @> ${today}
       where c.status = 'registered'),
    person as materialized (
      select distinct on (m.home, p.parent, coalesce(a.name, m.id::text)) m.home, a.name, p.parent as role, null::text as relation_words, p.state, p.place_text as place, p.from_on as since
        from member m join parent_spells p on p.tenant_id = ${ctx.tenant} and p.child_id = m.id and p.valid @> ${today} left join adults a on a.tenant_id = ${ctx.tenant} and a.id = p.adult_id
      union all
      select distinct on (m.home, coalesce(a.name, m.id::text)) m.home, a.name, 'carer', coalesce(w.relation_words, w.relation), null, null, w.from_on
        from member m join care_spells w on w.tenant_id = ${ctx.tenant} and w.child_id = m.id and w.valid @> ${today} left join adults a on a.tenant_id = ${ctx.tenant} and a.id = w.adult_id),
    all_rows as (
      select h.home as id, coalesce(min(h.villager_group), '~') || '|' || lpad(coalesce(min(h.household_no), '~'), 12, '0') || '|' || min(h.pinyin) as pinyin, h.home as child_id, 0 as from_day,
             json_build_object('key', h.home, 'household_no', min(h.household_no), 'villager_group', min(h.villager_group), 'address', min(h.address), 'unit_name', min(h.unit_name),
               'children', json_agg(json_build_object('id', h.id, 'name', h.name, 'age', h.age) order by h.age desc nulls last, h.pinyin),
               'adults', coalesce((select json_agg(json_build_object('name', p.name, 'role', p.role, 'relation_words', p.relation_words, 'state', p.state, 'place', p.place, 'since', p.since) order by p.role desc, p.name)
                                     from person p where p.home = h.home), '[]')) as shown
        from member h group by h.home
       having ${query.away === 'all' ? every : query.away === 'some' ? some : sql`true`}
         ${q ? sql`and (bool_or(position(${q} in h.name) > 0 or position(${q} in coalesce(h.address, '')) > 0 or coalesce(h.household_no, '') = ${q}) or exists (select from person p where p.home = h.home and position(${q} in coalesce(p.name, '')) > 0))` : sql``})`,
    query,
  )
}

interface AwayRow {
  child_id: string
  parent: 'father' | 'mother'
  name: string | null
  place: string | null
  work_unit: string | null
  from_on: string | null
  until_on: string | null
  planned_return_on: string | null
  now: boolean
}

/** Every absence of these children's parents, the latest first, for a printed ledger: whoever asks has looked at who may be seen. */
export function awaySpells(ctx: Ctx, child_ids: readonly string[], lines: FamilyLines): Promise<AwayRow[]> {
  return ctx.db.run(sql<AwayRow>`
    select s.child_id, s.parent, a.name, s.place_text as place, s.work_unit, s.from_on, s.until_on, s.planned_return_on, s.valid @> ${ctx.today}::date as now
      from parent_spells s left join adults a on a.tenant_id = ${ctx.tenant} and a.id = s.adult_id
     where s.tenant_id = ${ctx.tenant} and s.child_id = any(${child_ids}::uuid[]) and s.state = 'away' and ${inTime(ctx, lines.when ?? 'all')} ${awayOnly(ctx, lines)}
     order by s.child_id, s.parent, lower(s.valid) desc nulls last, s.id`)
}

/** Children of the homes that the page lists for these conditions. */
export async function childrenOfHomes(ctx: Ctx, { away, q }: FamilyLines): Promise<Set<string>> {
  const all = await households(ctx, { ...(away ? { away } : {}), ...(q ? { q } : {}), limit: mostHomes })
  const { items } = JSON.parse((all as unknown as JsonText).text) as { items: Home[] }
  return new Set(items.flatMap((home) => home.children.map((child) => child.id)))
}
const mostHomes = 100_000

interface CareRow {
  child_id: string
  name: string | null
  relation: string | null
  relation_words: string | null
  from_on: string | null
  until_on: string | null
  why_changed: string | null
  entrusted: boolean | null
  guardianship_type: string | null
  now: boolean
}

/** As `awaySpells`, of carers. */
export function careSpells(ctx: Ctx, child_ids: readonly string[], lines: FamilyLines): Promise<CareRow[]> {
  return ctx.db.run(sql<CareRow>`
    select s.child_id, a.name, s.relation, s.relation_words, s.from_on, s.until_on, s.why_changed, s.entrusted, s.guardianship_type, s.valid @> ${ctx.today}::date as now
      from care_spells s left join adults a on a.tenant_id = ${ctx.tenant} and a.id = s.adult_id
     where s.tenant_id = ${ctx.tenant} and s.child_id = any(${child_ids}::uuid[]) and ${inTime(ctx, lines.when ?? 'all')}
     order by s.child_id, lower(s.valid) desc nulls last, s.id`)
}
