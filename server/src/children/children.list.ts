// The list of children: one statement builds the page's JSON in PostgreSQL, visibility and masks compiled in.
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import type { childOps, ChildListQuery } from '@nuanyang/contract/children.ts'
import { groupBit, roles, type Cell, type FieldGroup } from '@nuanyang/contract/roles.ts'
import { sql, type RawBuilder } from 'kysely'
import { definitionGroups, definitionOf } from '../definitions/definitions.access.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { passed } from '../kernel/db.ts'
import { linkShown, opened, shown, visibleChildren, visibleOne } from './children.access.ts'
import { customIs, customShown } from './children.custom_filter.ts'

export type ChildFilter = Omit<ChildListQuery, 'order' | 'after' | 'limit'>

export async function list(ctx: Ctx, query: Input<typeof childOps.list>): Promise<Answer<typeof childOps.list>> {
  const asked = await askedBy(ctx, query)
  const limit = query.limit ?? 50
  const order = orders[query.order ?? 'name']
  const after = query.after ? sql`and ${order.after(ctx, query.after)}` : sql``
  const { from, by } = inSight(ctx, query, order)
  const [row] = await ctx.db.run(sql<{ page: string }>`
    with ${from} where ${filtered(ctx, query, asked, sought(ctx, query) !== null)} ${after}
       order by ${by} limit ${limit + 1}
    ),
    shown as (select * from page order by ${order.pageBy} limit ${limit})
    select json_build_object(
      'items', coalesce((select json_agg(${rowJson(ctx)} order by ${order.vBy}) from (select * from shown) as v ${besideRow(ctx)}), '[]'),
      'next', case when (select count(*) from page) > ${limit} then (select id from shown order by ${order.pageLast} limit 1) end
    )::text as page`)
  return passed(row!.page)
}

/**
 * Where a page begins: everything the actor sees, worked out once. Whoever sees a whole county or township in the order of names walks
 * that order instead and asks about each child met, until the page is full: 50 of 20,000, not 20,000 for the sake of 50. `offset 0`
 * keeps PostgreSQL from turning the question about each child back into one about all. What is looked for by words is found first.
 */
function inSight(
  ctx: Ctx,
  query: Input<typeof childOps.list>,
  order: Order,
): { from: RawBuilder<unknown>; by: RawBuilder<unknown> } {
  const t = sql`${ctx.tenant}`
  const wide = ctx.actor.unit_kind === 'county' || ctx.actor.unit_kind === 'township'
  const walked = wide && (query.order ?? 'name') === 'name' && query.definition === undefined
  const words = sought(ctx, query)
  const found = words ? foundIds(words.words, words.phone, words.identity, words.family) : null
  const met = sql`lateral (${visibleOne(ctx, sql`c.id`)} offset 0) as v`
  if (walked && found)
    // One character meets a tenth of a county: their names come in order from the index alone, and rows only until the page is full.
    return {
      from: sql`page as (
      select c.*, v.open, v.masked
        from (select o.id, o.pinyin from children o where o.tenant_id = ${t} and o.id in (${found}) order by o.pinyin, o.id offset 0) as o
        cross join lateral (select c.* from children c where c.tenant_id = ${t} and c.id = o.id offset 0) as c
        cross join ${met}`,
      by: sql`o.pinyin, o.id`,
    }
  if (walked && !query.q?.trim())
    return {
      from: sql`page as (
      select c.*, v.open, v.masked from children c
        join ${met} on c.tenant_id = ${t}`,
      by: order.by,
    }
  const all = found
    ? sql`select w.* from (${visibleChildren(ctx)}) as w where w.child_id = any(array(${found}))`
    : visibleChildren(ctx)
  return {
    from: sql`v as materialized (${all}),
    page as (
      select c.*, v.open, v.masked from v join children c on c.tenant_id = ${t} and c.id = v.child_id`,
    by: order.by,
  }
}

/** How many children the filter leaves: the same predicate as the list, so a number always equals its list. */
export async function countChildren(ctx: Ctx, filter: ChildFilter): Promise<number> {
  const asked = await askedBy(ctx, filter)
  const [row] = await ctx.db.run(sql<{ count: number }>`
    with v as materialized (${visibleChildren(ctx)})
    select count(*)::int as count from v join children c on c.tenant_id = ${ctx.tenant} and c.id = v.child_id where ${filtered(ctx, filter, asked)}`)
  return row!.count
}

/** Of the registered children the actor sees: how many files lack what, and how many lack nothing. */
export interface Gaps {
  registered: number
  complete: number
  contradictory: number
  /** By requirement; what nobody lacks is left out. */
  missing: Partial<Record<string, number>>
}

/** `countChildren` for every filter of what files lack, in one statement over the same predicate. */
export async function countGaps(ctx: Ctx): Promise<Gaps> {
  const [row] = await ctx.db.run(sql<Gaps>`
    with v as materialized (${visibleChildren(ctx)}),
    mine as materialized (select c.missing, c.contradictions from v join children c on c.tenant_id = ${ctx.tenant} and c.id = v.child_id where ${filtered(ctx, {}, null)})
    select count(*)::int as registered, count(*) filter (where cardinality(missing) = 0)::int as complete,
           count(*) filter (where cardinality(contradictions) > 0)::int as contradictory,
           (select coalesce(json_object_agg(g.code, g.n), '{}') from (select code, count(*)::int as n from mine, unnest(missing) as code group by code) as g) as missing
      from mine`)
  return row!
}

/** Ids of everything the filter leaves, in name order; for bulk actions and exports. */
export async function childIds(ctx: Ctx, filter: ChildFilter, limit: number): Promise<string[]> {
  const asked = await askedBy(ctx, filter)
  const rows = await ctx.db.run(sql<{ id: string }>`
    with v as materialized (${visibleChildren(ctx)})
    select c.id from v join children c on c.tenant_id = ${ctx.tenant} and c.id = v.child_id where ${filtered(ctx, filter, asked)}
     order by c.pinyin, c.id limit ${limit}`)
  return rows.map((row) => row.id)
}

interface Order {
  by: RawBuilder<unknown>
  pageBy: RawBuilder<unknown>
  pageLast: RawBuilder<unknown>
  vBy: RawBuilder<unknown>
  /** Keyset: the cursor is only an id, so it tells nothing about names that are masked. */
  after: (ctx: Ctx, id: string) => RawBuilder<unknown>
}
/** A cursor is the id of a child the actor sees: else the first answer after any child's id would place its name among the others. */
function atCursor(ctx: Ctx, id: string): RawBuilder<unknown> {
  return sql`a.tenant_id = ${ctx.tenant} and a.id in (select w.child_id from (${visibleOne(ctx, sql`${id}::uuid`)}) as w)`
}

const orders: Record<'name' | 'age' | 'updated', Order> = {
  name: {
    by: sql`c.pinyin, c.id`,
    pageBy: sql`pinyin, id`,
    pageLast: sql`pinyin desc, id desc`,
    vBy: sql`v.pinyin, v.id`,
    after: (ctx, id) => sql`(c.pinyin, c.id) > (select a.pinyin, a.id from children a where ${atCursor(ctx, id)})`,
  },
  age: {
    by: sql`coalesce(c.born_from, 'infinity'), c.id`,
    pageBy: sql`coalesce(born_from, 'infinity'), id`,
    pageLast: sql`coalesce(born_from, 'infinity') desc, id desc`,
    vBy: sql`coalesce(v.born_from, 'infinity'), v.id`,
    after: (ctx, id) =>
      sql`(coalesce(c.born_from, 'infinity'), c.id) > (select coalesce(a.born_from, 'infinity'), a.id from children a where ${atCursor(ctx, id)})`,
  },
  updated: {
    by: sql`c.updated_at desc, c.id desc`,
    pageBy: sql`updated_at desc, id desc`,
    pageLast: sql`updated_at, id`,
    vBy: sql`v.updated_at desc, v.id desc`,
    after: (ctx, id) =>
      sql`(c.updated_at, c.id) < (select a.updated_at, a.id from children a where ${atCursor(ctx, id)})`,
  },
}

/** What a row shows beside the child `v` itself, each table looked into once. */
function besideRow(ctx: Ctx): RawBuilder<unknown> {
  const t = sql`${ctx.tenant}`
  const today = sql`${ctx.today}::date`
  return sql`
    left join lateral (
      select coalesce(s.name, e.school_name) as school_name, coalesce(k.class_number, e.class_number) as class_number,
             grade_now(e.grade, e.stated_on, ${today}) as grade
        from enrolments e left join units k on k.tenant_id = ${t} and k.id = e.class_unit_id left join units s on s.tenant_id = ${t} and s.id = k.parent_id
       where e.tenant_id = ${t} and e.child_id = v.id and e.valid @> ${today}) as e on true
    left join lateral (
      select s.adult_id, a.name, s.relation from care_spells s left join adults a on a.tenant_id = ${t} and a.id = s.adult_id
       where s.tenant_id = ${t} and s.child_id = v.id and s.valid @> ${today}) as g on true
    left join lateral (
      select ${(['father', 'mother'] as const)
        .map(
          (which) => sql`max(p.state) filter (where p.parent = ${sql.lit(which)}) as ${sql.raw(which)}_state,
             max(p.place_text) filter (where p.parent = ${sql.lit(which)}) as ${sql.raw(which)}_place`,
        )
        .reduce((all, one) => sql`${all}, ${one}`)},
             array_agg(p.adult_id) as adults
        from parent_spells p where p.tenant_id = ${t} and p.child_id = v.id and p.valid @> ${today}) as p on true
    left join lateral (
      -- The carer is at home with the child, so theirs is the number to try first.
      select n.value from phones n where n.tenant_id = ${t} and n.adult_id = any(g.adult_id || p.adults)
       order by n.adult_id is distinct from g.adult_id, n.position, n.id limit 1) as n on true
    left join lateral (
      select u.name from child_units cu join units u on u.tenant_id = ${t} and u.id = cu.unit_id
       where cu.tenant_id = ${t} and cu.child_id = v.id and cu."as" = 'residence' and cu.until_on is null and ${linkShown(ctx)}) as u on true
    left join lateral (
      select coalesce(a.name, '') as name from pairings p join helpers h on h.tenant_id = ${t} and h.id = p.helper_id join adults a on a.tenant_id = ${t} and a.id = h.adult_id
       where p.tenant_id = ${t} and p.child_id = v.id and p.from_on <= ${today} and (p.until_on is null or p.until_on > ${today}) order by p.from_on, p.id limit 1) as h on true`
}

function rowJson(ctx: Ctx): RawBuilder<unknown> {
  const today = sql`${ctx.today}::date`
  return sql`json_build_object(
    'id', v.id,
    'name', case when v.open & ${sql.lit(groupBit('full_name'))} <> 0 then v.name else v.given_name end,
    'sex', v.sex,
    'age', ${opened('birth', sql`age_on(v.born_until, ${today})`)},
    'age_band', age_band(v.born_until, ${today}),
    'school_name', ${opened('schooling', sql`e.school_name`)},
    'grade', ${opened('schooling', sql`e.grade`)},
    'class_number', ${opened('schooling', sql`e.class_number`)},
    'villager_group', ${opened('address', sql`v.villager_group`)},
    'carer_name', ${opened('family', sql`g.name`)},
    'carer_relation', ${opened('family', sql`g.relation`)},
    'father_state', ${opened('family', sql`p.father_state`)}, 'father_place', ${opened('family', sql`p.father_place`)},
    'mother_state', ${opened('family', sql`p.mother_state`)}, 'mother_place', ${opened('family', sql`p.mother_place`)},
    'phone', ${shown('phones', sql`n.value`, sql`mask_phone(n.value)`)},
    'unit_name', u.name,
    'helper_name', ${opened('full_name', sql`h.name`)},
    'status', v.status,
    'missing', cardinality(v.missing),
    'contradictions', cardinality(v.contradictions),
    'confirmed_on', v.confirmed_on,
    'custom', ${customShown(ctx)},
    'updated_on', to_char(v.updated_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD')
  )`
}

/** The version of the definition that a filter asks by. @throws no_definition_then */
async function askedBy(ctx: Ctx, f: ChildFilter): Promise<string | null> {
  return f.definition ? definitionOf(ctx, f.definition, f.as_of ?? ctx.today) : null
}

/** The predicate of a filter over `c` (children) and `v` (what the actor sees of it, a CTE of that name as well). */
function filtered(ctx: Ctx, f: ChildFilter, definition_id: string | null, found = false): RawBuilder<boolean> {
  const t = sql`${ctx.tenant}`
  const today = sql`${ctx.today}::date`
  const parts: RawBuilder<unknown>[] = []
  const status = f.status ?? 'registered'
  if (status !== 'all') parts.push(sql`c.status = ${status}`)
  if (f.q?.trim()) parts.push(search(ctx, f.q.trim(), found))
  if (f.sex) parts.push(sql`c.sex = ${f.sex}`)
  if (f.age_from !== undefined) parts.push(mayRead('birth'), sql`age_on(c.born_until, ${today}) >= ${f.age_from}`)
  if (f.age_until !== undefined) parts.push(mayRead('birth'), sql`age_on(c.born_until, ${today}) <= ${f.age_until}`)
  if (f.unit_id)
    parts.push(sql`exists (select from child_units cu join units u on u.tenant_id = ${t} and u.id = cu.unit_id
      join units w on w.tenant_id = ${t} and w.id = ${f.unit_id}::uuid
      where cu.tenant_id = ${t} and cu.child_id = c.id and (cu.until_on is null or cu.until_on > ${today})
        and u.path >= w.path and u.path < w.path || '~' and ${linkShown(ctx)} ${f.as ? sql`and cu."as" = ${f.as}` : sql``})`)
  const enrolment = (condition: RawBuilder<unknown>) =>
    sql`exists (select from enrolments e where e.tenant_id = ${t} and e.child_id = c.id and e.valid @> ${today} and ${condition})`
  if (f.grade) parts.push(mayRead('schooling'), enrolment(sql`grade_now(e.grade, e.stated_on, ${today}) = ${f.grade}`))
  if (f.boarding)
    parts.push(
      mayRead('schooling'),
      f.boarding === 'unknown'
        ? sql`not ${enrolment(sql`e.boarding is not null`)}`
        : enrolment(sql`e.boarding = ${f.boarding === 'yes'}`),
    )
  if (f.health)
    parts.push(
      mayRead('health'),
      f.health === 'unknown'
        ? sql`not exists (select from health_facts h where h.tenant_id = ${t} and h.child_id = c.id and h.valid @> ${today} and h.state is not null)`
        : sql`exists (select from health_facts h where h.tenant_id = ${t} and h.child_id = c.id and h.valid @> ${today} and h.state = ${f.health})`,
    )
  if (f.relation)
    parts.push(
      mayRead('family'),
      sql`exists (select from care_spells s where s.tenant_id = ${t} and s.child_id = c.id and s.valid @> ${today} and s.relation = ${f.relation})`,
    )
  if (f.away) parts.push(mayRead('family'), awayIs(ctx, f.away))
  if (f.helper) {
    const paired = sql`exists (select from pairings p where p.tenant_id = ${t} and p.child_id = c.id and p.helper_id is not null and p.from_on <= ${today} and (p.until_on is null or p.until_on > ${today}))`
    parts.push(f.helper === 'yes' ? paired : sql`not ${paired}`)
  }
  if (f.missing === 'none') parts.push(sql`cardinality(c.missing) = 0`)
  else if (f.missing === 'any') parts.push(sql`cardinality(c.missing) > 0`)
  else if (f.missing) parts.push(sql`${f.missing} = any(c.missing)`)
  if (f.contradictory) parts.push(sql`(cardinality(c.contradictions) > 0) = ${f.contradictory === 'yes'}`)
  if (f.custom) parts.push(customIs(ctx, f.custom, f))
  if (f.confirmed) {
    const asked = sql`coalesce(c.confirmed_on >= ${f.confirmed_since ?? ctx.today}::date, false)`
    parts.push(f.confirmed === 'yes' ? asked : sql`not ${asked}`)
  }
  if (definition_id)
    // Asked once for all that somebody sees: a definition per row would be a query per row.
    parts.push(sql`v.open & ${sql.lit(definitionGroups)} = ${sql.lit(definitionGroups)} and c.id in (
      select a.child_id from (select array_agg(w.child_id) as ids, array_agg(${f.as_of ?? ctx.today}::date) as days from v as w) as x
        cross join lateral definition_answers(${t}, ${definition_id}::uuid, x.ids, x.days) as a
       where a.answer = ${f.answer ?? 'yes'} ${f.category ? sql`and a.category = ${f.category}` : sql``})`)
  if (f.import_id) parts.push(sql`c.import_id = ${f.import_id}::uuid`)
  return parts.length ? sql<boolean>`${sql.join(parts, sql` and `)}` : sql<boolean>`true`
}

/** A filter over a hidden fact would tell it: rows whose group is not open drop out. */
function mayRead(group: FieldGroup): RawBuilder<unknown> {
  return sql`v.open & ${sql.lit(groupBit(group))} <> 0`
}

function awayIs(ctx: Ctx, which: 'both' | 'one' | 'none' | 'unknown'): RawBuilder<unknown> {
  const current = sql`from parent_spells p where p.tenant_id = ${ctx.tenant} and p.child_id = c.id and p.valid @> ${ctx.today}::date`
  const away = sql`(select count(*) ${current} and p.state = 'away')`
  const known = sql`(select count(*) ${current} and p.state <> 'unknown')`
  if (which === 'both') return sql`${away} = 2`
  if (which === 'one') return sql`(${away} = 1 and ${known} = 2)`
  if (which === 'none') return sql`(${away} = 0 and ${known} = 2)`
  return sql`(${known} < 2)`
}

/** What a page begins with finding, where that is possible; the definitions' own filters want everybody in sight. */
function sought(ctx: Ctx, query: Pick<ChildFilter, 'q' | 'definition'>): Sought | null {
  const words = query.q?.trim()
  return words && query.definition === undefined ? asked(ctx, words) : null
}

interface Sought {
  words: string
  phone: string | null
  identity: string | null
  family: boolean
}

/** What may be looked for by these words: null for somebody who may not know a surname, else the words and the full numbers they are. */
function asked(ctx: Ctx, words: string): Sought | null {
  const cells = Object.values(roles[ctx.actor.role].sees) as Partial<Record<FieldGroup, Cell>>[]
  const sees = (group: FieldGroup, ...least: Cell[]) => cells.some((cell) => least.includes(cell[group] ?? 'no'))
  if (!sees('full_name', 'open')) return null
  const digits = words.replace(/[\s-]/g, '')
  const phone = /^\d{7,12}$/.test(digits) && sees('phones', 'open', 'reveal') ? ctx.secrets.blind(digits) : null
  const identity =
    /^\d{14}(\d|\d{3}[\dXx])$/.test(digits) && sees('identity_no', 'open', 'reveal')
      ? ctx.secrets.blind(digits.toUpperCase())
      : null
  return { words, phone, identity, family: sees('family', 'open') }
}

/** Everybody whom the words or numbers meet in the county; who of them is seen, and by what, is for the caller. */
function foundIds(text: string, phone: string | null, identity: string | null, family: boolean): RawBuilder<unknown> {
  return sql`select s.child_id from search_children(${text}, ${phone}, ${identity}, ${family}) as s`
}

/** @param only `v` holds only what these words find already: what is left to ask is whether the row may say so */
function search(ctx: Ctx, words: string, only: boolean): RawBuilder<unknown> {
  const by = asked(ctx, words)
  // Someone who may not know the surname must not find it by trying.
  if (!by) return sql`position(${words} in c.given_name) > 0`
  const found = (text: string, phone: string | null, identity: string | null) =>
    sql`c.id in (${foundIds(text, phone, identity, by.family)})`
  // A full number answers only for children whose numbers this reader may open: a hit would confirm it.
  const mayOpen = (group: FieldGroup) => sql`(v.open | v.reveal) & ${sql.lit(groupBit(group))} <> 0`
  // Where a surname or the family is hidden, neither is found by trying: only what the row shows.
  const shownName = sql`v.open & ${sql.lit(groupBit('full_name'))} <> 0 or position(${words} in c.given_name) > 0`
  if (only && !by.phone && !by.identity) return sql`(${shownName})`
  const ways = [sql`(${found(words, null, null)} and (${shownName}))`]
  if (by.phone) ways.push(sql`(${mayOpen('phones')} and ${found('', by.phone, null)})`)
  if (by.identity) ways.push(sql`(${mayOpen('identity_no')} and ${found('', null, by.identity)})`)
  return sql`(${sql.join(ways, sql` or `)})`
}
