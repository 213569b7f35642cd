// The rates: each child of the population falls into one part (yes, no, unknown, outside); the number is the count of the parts and the list
// is the parts themselves, from the same rows, so that they can't differ. What a rate means is printed with it: plans.rates.words.ts.
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import { rateCodes, type dueOps, type Rate, type RatePart } from '@nuanyang/contract/plans.due.ts'
import { fieldGroups, groupBit, seenMasks, type Link } from '@nuanyang/contract/roles.ts'
import type { Indicator } from '@nuanyang/domain/values/indicators.ts'
import { sql, type RawBuilder } from 'kysely'
import { shown, visibleChildren } from '../children/children.access.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { joinedByHash, type Db } from '../kernel/db.ts'
import { problem } from '../kernel/problem.ts'
import { unitInSubtree } from '../units/units.access.ts'
import { getRow, type PlanRow } from './plans.access.ts'
import { spanOf } from './plans.due.ts'
import { memberLink } from './plans.members.ts'
import { dueItems, type Scope } from './plans.scope.ts'
import { rateWords } from './plans.rates.words.ts'

/** Who is counted, over which days. */
interface Asked {
  unit: { id: string; name: string; kind: string; path: string }
  /** How often is what this plan asks; null: what every plan of the unit, above and below it asks. */
  plan_id: string | null
  from: string
  /** The day as of which facts are taken: the last day, or today. */
  on: string
  until: string
  population: string
  aid_of: 'all' | 'in_need'
  /** Of the population only the children whom the reader sees. */
  seen: boolean
}

/** The records that each rate by duties counts. */
const kindOf: Partial<Record<Indicator, string>> = { visit_rate: 'visit', talk_rate: 'talk', call_rate: 'call' }

export async function rates(ctx: Ctx, query: Input<typeof dueOps.rates>): Promise<Answer<typeof dueOps.rates>> {
  const asked = await askedOf(ctx, query)
  const { items, children } = await count(ctx, asked, rateCodes)
  return { unit_id: asked.unit.id, unit_name: asked.unit.name, children, items }
}

type ListAnswer = Answer<typeof dueOps.rate_children>

export async function rate_children(ctx: Ctx, query: Input<typeof dueOps.rate_children>): Promise<ListAnswer> {
  const code = rateCodes.find((one) => one === query.code)
  if (!code) throw problem('not_found')
  if (!opens(ctx, code)) throw problem('rate_closed')
  const asked = await askedOf(ctx, query)
  const limit = query.limit ?? 50
  const duties = await dutiesOf(ctx, asked)
  const [row] = await atSize(ctx, asked, (db) =>
    db.run(sql<{ page: ListAnswer }>`
    with v as materialized (${visibleChildren(ctx)}), pop as materialized (${population(ctx, asked)}), part as materialized (${partsOf(ctx, asked, code, duties)}),
    wanted as materialized (select p.child_id, p.note from part p where p.part = ${query.part}),
    page as materialized (select c.id, c.pinyin, c.name, c.given_name, v.open, v.masked, w.note from wanted w join v on v.child_id = w.child_id join children c on c.tenant_id = ${ctx.tenant} and c.id = w.child_id
       where true ${query.after ? sql`and (c.pinyin, c.id) > (select b.pinyin, b.id from children b where b.tenant_id = ${ctx.tenant} and b.id = ${query.after}::uuid and b.id in (select child_id from v))` : sql``}
       order by c.pinyin, c.id limit ${limit + 1}),
    kept as (select * from page order by pinyin, id limit ${limit})
    select json_build_object('total', (select count(*)::int from wanted), 'next', case when (select count(*) from page) > ${limit} then (select id from kept order by pinyin desc, id desc limit 1) end,
      'items', coalesce((select json_agg(json_build_object('id', v.id, 'name', case when v.open & ${sql.lit(groupBit('full_name'))} <> 0 then v.name else v.given_name end,
          'grade', ${shown('schooling', sql`g.grade`)}, 'unit_name', ${shown('schooling', sql`g.unit_name`)}, 'note', v.note) order by v.pinyin, v.id)
        from kept as v left join lateral (
          select ${gradeOf(ctx, asked.on)} as grade, cu.name as unit_name from enrolments e left join units cu on cu.tenant_id = ${ctx.tenant} and cu.id = e.class_unit_id
           where e.tenant_id = ${ctx.tenant} and e.child_id = v.id and e.valid @> ${asked.on}::date limit 1) as g on true), '[]')) as page`),
  )
  return row!.page
}

/** The goals of a plan with their rates, over all children whom the plan is for. */
export async function goalRates(
  ctx: Ctx,
  plan: PlanRow,
): Promise<{ goal_id: string; target: number | null; rate: Rate | null }[]> {
  const goals = await ctx.db.rows<{ goal_id: string; target: string | null; indicator: Indicator | null }>(
    `select id as goal_id, target, indicator from goals where tenant_id = $1 and plan_id = $2 order by position, id`,
    [ctx.tenant, plan.id],
  )
  const codes = rateCodes.filter((code) => goals.some((goal) => goal.indicator === code))
  const { items } = codes.length > 0 ? await count(ctx, askedOfPlan(ctx, plan), codes) : { items: [] }
  return goals.map(({ goal_id, target, indicator }) => ({
    goal_id,
    target: target === null ? null : Number(target),
    rate: items.find((rate) => rate.code === indicator) ?? null,
  }))
}

/** A plan's goal is about the plan: another plan that asks for more, or less, does not change what was promised here. */
function askedOfPlan(ctx: Ctx, plan: PlanRow): Asked {
  const until = plan.until_on < ctx.today ? plan.until_on : ctx.today
  const on = until < plan.from_on ? plan.from_on : until
  return {
    unit: { id: plan.unit_id, name: plan.unit_name, kind: plan.unit_kind, path: plan.path }, plan_id: plan.id,
    from: plan.from_on, until: plan.until_on, on, population: plan.definition, aid_of: 'all', seen: false,
  } // prettier-ignore
}

async function askedOf(
  ctx: Ctx,
  query: {
    plan_id?: string
    unit_id?: string
    from?: string
    until?: string
    population?: string
    aid_of?: 'all' | 'in_need'
  },
): Promise<Asked> {
  if (query.plan_id) return askedOfPlan(ctx, await getRow(ctx, query.plan_id))
  const unit = await unitInSubtree(ctx, query.unit_id ?? ctx.actor.unit_id)
  const until = query.until ?? ctx.today
  const span = spanOf(ctx, { from: query.from ?? schoolYearStart(until), until })
  const on = until < ctx.today ? until : ctx.today
  return { unit, plan_id: null, from: span.from, until, on, population: query.population ?? 'all', aid_of: query.aid_of ?? 'all', seen: true } // prettier-ignore
}

function schoolYearStart(day: string): string {
  const year = Number(day.slice(0, 4)) - (day.slice(5) < '09-01' ? 1 : 0)
  return `${year}-09-01`
}

/** A village's few children are found one by one by their index; those of a county only all at once. */
function atSize<T>(ctx: Ctx, asked: Asked, act: (db: Db) => Promise<T>): Promise<T> {
  return ['county', 'township'].includes(asked.unit.kind) ? joinedByHash(ctx.db, act) : act(ctx.db)
}

async function count(
  ctx: Ctx,
  asked: Asked,
  codes: readonly Indicator[],
): Promise<{ children: number; items: Rate[] }> {
  const duties = await dutiesOf(ctx, asked)
  const parts = sql.join(
    codes.map((code) => sql`(select ${sql.lit(code)}::text as code, x.part, count(*)::int as n from (${partsOf(ctx, asked, code, duties)}) as x group by x.part)`),
    sql` union all `,
  ) // prettier-ignore
  const [row] = await atSize(ctx, asked, (db) =>
    db.run(sql<{ children: number; counts: { code: string; part: RatePart; n: number }[] }>`
    with v as materialized (${visibleChildren(ctx)}), pop as materialized (${population(ctx, asked)}), counted as materialized (${parts})
    select (select count(*)::int from pop) as children, coalesce((select json_agg(c) from counted as c), '[]') as counts`),
  )
  const { children, counts } = row!
  const of = (code: string, part: RatePart) => counts.find((c) => c.code === code && c.part === part)?.n ?? 0
  const items = codes.map((code): Rate => ({
    code,
    numerator: of(code, 'yes'),
    denominator: of(code, 'yes') + of(code, 'no'),
    unknown: of(code, 'unknown'),
    outside: of(code, 'outside'),
    ...rateWords(code, { ...asked, as: memberLink(asked.unit.kind), by_duty: duties.some((d) => d.kind === kindOf[code]), one_plan: asked.plan_id !== null }),
    from_on: asked.from,
    until_on: asked.until,
    as_of: asked.on,
    opens: opens(ctx, code),
  })) // prettier-ignore
  return { children, items }
}

/** The list tells who was tested: for those alone who may see psychological material of somebody. */
function opens(ctx: Ctx, code: Indicator): boolean {
  if (code !== 'psych_screening_rate') return true
  const bit = groupBit(fieldGroups.find((group) => group === 'psychological')!)
  const links: Link[] = ['residence', 'class', 'partner', 'station', 'pairing']
  return links.some((link) => ((seenMasks(ctx.actor.role, link)?.open ?? 0) & bit) !== 0)
}

/** Registered children who stand in the unit on the day, of the definition asked for. */
function population(ctx: Ctx, asked: Asked): RawBuilder<unknown> {
  const here = sql`
    select distinct cu.child_id from units u join child_units cu on cu.tenant_id = ${ctx.tenant} and cu.unit_id = u.id and cu."as" = ${memberLink(asked.unit.kind)}
        and cu.from_on <= ${asked.on}::date and (cu.until_on is null or cu.until_on > ${asked.on}::date)
      join children c on c.tenant_id = ${ctx.tenant} and c.id = cu.child_id and c.status = 'registered'
     where u.tenant_id = ${ctx.tenant} and u.path >= ${asked.unit.path} and u.path < ${`${asked.unit.path}~`}
       ${asked.seen ? sql`and cu.child_id in (select v.child_id from v)` : sql``}`
  if (asked.population === 'all') return here
  return sql`
    select a.child_id from (select array_agg(h.child_id) as ids, array_agg(${asked.on}::date) as days from (${here}) as h) as h,
      definition_answers(${ctx.tenant}, definition_in_force(${ctx.tenant}, ${asked.population}, ${asked.on}::date), h.ids, h.days) as a
     where a.answer <> 'no'`
}

/** Duties of the kinds that rates count, in the plan asked for, or in plans of the unit, above and below it. */
async function dutiesOf(ctx: Ctx, asked: Asked): Promise<{ id: string; kind: string }[]> {
  return ctx.db.rows(
    `select d.id, d.kind from duties d join plans p on p.tenant_id = $1 and p.id = d.plan_id join units u on u.tenant_id = $1 and u.id = p.unit_id
      where d.tenant_id = $1 and p.state in ('adopted', 'closed') and d.subject in ('each_child', 'each_priority_child') and d.rhythm in ('period', 'festival', 'month', 'event')
        and d.kind = any ($3::text[]) and p.from_on <= $5::date and p.until_on >= $4::date and (starts_with(u.path, $2) or starts_with($2, u.path))
        and ($6::uuid is null or p.id = $6)`,
    [ctx.tenant, asked.unit.path, Object.values(kindOf), asked.from, asked.on, asked.plan_id],
  )
}

const gradeOf = (ctx: Ctx, on: string) =>
  sql`coalesce((select case when ct.stage = 'kindergarten' then 'k' || (n.y + 1) else (n.y + case ct.stage when 'primary' then 1 when 'junior' then 7 else 10 end)::text end
      from units ct, lateral (select (extract(year from ${on}::date - interval '8 months')::int - ct.entry_year) as y) as n where ct.tenant_id = ${ctx.tenant} and ct.id = e.class_unit_id and ct.stage is not null),
    grade_now(e.grade, e.stated_on, ${on}::date))`

/** `select child_id, part, note` of every child of `pop`. */
function partsOf(
  ctx: Ctx,
  asked: Asked,
  code: Indicator,
  duties: readonly { id: string; kind: string }[],
): RawBuilder<unknown> {
  const { tenant } = ctx
  const on = sql`${asked.on}::date`
  const part = (which: RawBuilder<unknown>, from: RawBuilder<unknown>, note: RawBuilder<unknown> = sql`null::text`) =>
    sql`select p.child_id, ${which} as part, ${note} as note from pop p ${from}`
  const did = (kinds: readonly string[], more = sql``) =>
    sql`exists (select from record_children rc where rc.tenant_id = ${tenant} and rc.child_id = p.child_id and rc.kind in (${sql.join(kinds)}) and rc.counts and rc.happened_on between ${asked.from}::date and ${on} ${more})`
  const schooling = sql`left join enrolments e on e.tenant_id = ${tenant} and e.child_id = p.child_id and e.valid @> ${on}`
  switch (code) {
    case 'dossier_rate':
      return part(
        sql`case when cardinality(c.missing) = 0 then 'yes' else 'no' end`,
        sql`join children c on c.tenant_id = ${tenant} and c.id = p.child_id`,
        sql`nullif(cardinality(c.missing), 0)::text`,
      )
    case 'enrolment_rate':
      return part(
        sql`case when c.born_on is null then 'unknown' when extract(year from age(y.start, c.born_until)) >= 15 or extract(year from age(y.start, c.born_from)) < 6 then 'outside'
          when e.status = 'in_school' then 'yes' when e.status in ('suspended', 'dropped_out', 'not_enrolled') then 'no' else 'unknown' end`,
        sql`join children c on c.tenant_id = ${tenant} and c.id = p.child_id cross join (select ${schoolYearStart(asked.on)}::date as start) as y ${schooling}`,
        sql`case when e.status <> 'in_school' then e.status end`,
      )
    case 'retention_rate':
      return part(
        sql`case when not exists (select from enrolments b where b.tenant_id = ${tenant} and b.child_id = p.child_id and b.status = 'in_school' and b.valid && daterange(${schoolYearStart(asked.on)}::date, ${on}, '[]')) then
            case when e.id is null then 'unknown' else 'outside' end
          when e.status = 'in_school' then 'yes' when e.status in ('transferred', 'graduated') then 'outside' when e.id is null then 'unknown' else 'no' end`,
        schooling,
        sql`case when e.status <> 'in_school' then e.status end`,
      )
    case 'material_aid_rate': {
      const got = sql`case when ${did(['aid'])} then 'yes' else 'no' end`
      if (asked.aid_of === 'all') return part(got, sql``)
      return part(
        sql`case when f.child_id is not null or cardinality(a.kinds) > 0 then ${got} when a.kinds is null then 'unknown' else 'outside' end`,
        sql`left join aid_facts a on a.tenant_id = ${tenant} and a.child_id = p.child_id and a.valid @> ${on}
          left join focus_spells(${tenant}, (select array_agg(child_id) from pop)) as f on f.child_id = p.child_id and f.days @> ${on}`,
      )
    }
    case 'pairing_rate':
      return part(
        sql`case when s.child_id is not null then 'yes' else 'no' end`,
        sql`left join paired_spells(${tenant}, (select array_agg(child_id) from pop)) as s on s.child_id = p.child_id and s.days @> ${on}`,
      )
    case 'activity_rate':
      return part(sql`case when ${did(['activity', 'film', 'lecture'])} then 'yes' else 'no' end`, sql``)
    case 'psych_screening_rate':
      return part(
        sql`case when g.grade is null then 'unknown' when g.grade !~ '^\\d+$' or g.grade::int < 4 then 'outside'
          when exists (select from record_children rc join records r on r.tenant_id = ${tenant} and r.id = rc.record_id where rc.tenant_id = ${tenant} and rc.child_id = p.child_id and rc.kind = 'counselling' and rc.counts
            and r.fields ->> 'form' = 'screening' and rc.happened_on > ${on} - interval '1 year' and rc.happened_on <= ${on}) then 'yes' else 'no' end`,
        sql`left join lateral (select ${gradeOf(ctx, asked.on)} as grade from enrolments e where e.tenant_id = ${tenant} and e.child_id = p.child_id and e.valid @> ${on} limit 1) as g on true`,
      )
    default:
      return partsByDuty(ctx, asked, kindOf[code]!, duties, part, did)
  }
}

type Part = (which: RawBuilder<unknown>, from: RawBuilder<unknown>, note?: RawBuilder<unknown>) => RawBuilder<unknown>

/** As often as the plans ask; where no plan asks for it, once at least. */
function partsByDuty(
  ctx: Ctx,
  asked: Asked,
  kind: string,
  duties: readonly { id: string; kind: string }[],
  part: Part,
  did: (kinds: readonly string[]) => RawBuilder<unknown>,
): RawBuilder<unknown> {
  const own = duties.filter((duty) => duty.kind === kind)
  if (own.length === 0) return part(sql`case when ${did([kind])} then 'yes' else 'no' end`, sql``)
  const scope: Scope = { duties: own.map(({ id }) => id), children: [], pairings: [], units: [] }
  // The children are those of `pop`: they come in as a query, not as a list.
  const items = dueItems(
    ctx,
    scope,
    { from: asked.from, until: asked.on, month: null },
    asked.on,
    sql`(select array_agg(child_id) from pop)`,
  )
  return part(
    sql`case when i.overdue > 0 then 'no' when i.settled > 0 then 'yes' else 'outside' end`,
    sql`left join (select i.child_id, count(*) filter (where i.state = 'overdue') as overdue, count(*) filter (where i.state = 'settled') as settled from (${items}) as i group by i.child_id) as i on i.child_id = p.child_id`,
    sql`nullif(i.overdue, 0)::text`,
  )
}
