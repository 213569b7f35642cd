// 等着联系: what this person owes to which child now, each child with why. A few statements whatever the number of children: who is seen,
// what is owed (db/views/due_items.sql), who owes it (due_owners), and the facts beside the names.
import type { todayOps, DueChild, DueItem, DueWhen } from '@nuanyang/contract/today.ts'
import { contactKinds, dueWhen } from '@nuanyang/contract/today.ts'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import { groupBit, roleCan } from '@nuanyang/contract/roles.ts'
import { classLabel } from '@nuanyang/domain/class_label.ts'
import type { Stage } from '@nuanyang/domain/grades.ts'
import { sql, type RawBuilder } from 'kysely'
import { opened, shown, visibleChildren } from '../children/children.access.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { joinedByHash } from '../kernel/db.ts'
import { isMine as isUnitMine } from '../units/units.access.ts'

/** So far back it looks for festivals, months and events that are still open, and for what was missed before. */
const lookBackDays = 100
/** Whoever answers for more children than this has people below who do it: for them there is 落下的. */
export const mostOwnChildren = 2000
const quietFrom = 14
const soonDays = 14

export type SubjectType = 'child' | 'pairing' | 'unit'

/** The current item of one duty for one subject. */
export interface Owed {
  subject_type: SubjectType
  subject_id: string
  child_id: string | null
  plan_id: string
  duty_id: string
  title: string
  kind: DueItem['kind']
  from_on: string
  until_on: string
  left: number
  /** The first one that is open. */
  ordinal: number
  plan_path: string
  overdue: boolean
}

/** One line for each duty and subject: of periods the one that runs, of festivals, months and events the oldest that is not done. */
export async function owedNow(ctx: Ctx, type: SubjectType, subjects: readonly string[]): Promise<Owed[]> {
  if (subjects.length === 0) return []
  // The kind of subject stands in the text: what only the other kinds need is not even planned.
  return joinedByHash(ctx.db, (db) =>
    db.rows<Owed>(
      `with period as materialized (
       select i.duty_id, i.subject_id, i.child_id, i.plan_id, i.period_from, i.period_until,
              count(*)::int as left_open, min(i.ordinal) as ordinal, bool_or(i.state = 'overdue') as overdue
         from due_items($1, '${type}', $2::uuid[], $3::date - $4::int, $3::date, $3::date, current_in => true) as i
        where i.state in ('due', 'overdue')
        group by i.duty_id, i.subject_id, i.child_id, i.plan_id, i.period_from, i.period_until)
     select distinct on (p.duty_id, p.subject_id) '${type}'::text as subject_type, p.subject_id, p.child_id, p.plan_id, p.duty_id, d.title, d.kind,
            p.period_from as from_on, p.period_until as until_on, p.left_open as "left", p.ordinal, u.path as plan_path, p.overdue
       from period p join duties d on d.tenant_id = $1 and d.id = p.duty_id
       join plans a on a.tenant_id = $1 and a.id = p.plan_id join units u on u.tenant_id = $1 and u.id = a.unit_id
      order by p.duty_id, p.subject_id, p.period_until`,
      [ctx.tenant, subjects, ctx.today, lookBackDays],
    ),
  )
}

/**
 * How often in a row each item was missed just before its period. Asked for those that are shown: it goes back over what is over, which
 * costs as much again as knowing what is owed.
 */
export async function withMissed(ctx: Ctx, children: readonly Waiting[]): Promise<DueChild[]> {
  const subjectOf = (child: Waiting, item: Waiting['items'][number]) => item.pairing_id ?? child.id
  const missed = new Map<string, number>()
  for (const type of ['child', 'pairing'] as const) {
    const asked = children.flatMap((child) =>
      child.items
        .filter((item) => (item.pairing_id !== null) === (type === 'pairing'))
        .map((item) => ({ duty: item.duty_id, subject: subjectOf(child, item), from: item.from_on })),
    )
    const subjects = [...new Set(asked.map((one) => one.subject))]
    if (subjects.length === 0) continue
    const rows = await joinedByHash(ctx.db, (db) =>
      db.rows<{ duty_id: string; subject_id: string; missed: number }>(
        `with asked as materialized (
         select a.duty_id, a.subject_id, a.period_from from unnest($5::uuid[], $6::uuid[], $7::date[]) as a(duty_id, subject_id, period_from)
           join duties d on d.tenant_id = $1 and d.id = a.duty_id where d.rhythm = 'period'),
       over as materialized (
         select i.duty_id, i.subject_id, i.period_from, bool_or(i.state = 'overdue') as missed
           from due_items($1, '${type}', $2::uuid[], $3::date - $4::int, $3::date, $3::date, (select array_agg(distinct a.duty_id) from asked a)) as i
          group by i.duty_id, i.subject_id, i.period_from),
       before as (
         select o.duty_id, o.subject_id, sum((not o.missed)::int) over (partition by o.duty_id, o.subject_id order by o.period_from desc) as done
           from over o join asked a on a.duty_id = o.duty_id and a.subject_id = o.subject_id and o.period_from < a.period_from)
       select b.duty_id, b.subject_id, count(*)::int as missed from before b where b.done = 0 group by b.duty_id, b.subject_id`,
        [ctx.tenant, subjects, ctx.today, lookBackDays, asked.map((one) => one.duty), asked.map((one) => one.subject), asked.map((one) => one.from)],
      ),
    ) // prettier-ignore
    for (const row of rows) missed.set(`${row.duty_id} ${row.subject_id}`, row.missed)
  }
  return children.map((child) => ({
    ...child,
    items: child.items.map((item) => ({
      ...item,
      missed: missed.get(`${item.duty_id} ${subjectOf(child, item)}`) ?? 0,
    })),
  }))
}

interface Owner {
  how: 'named' | 'helper' | 'role' | 'nobody'
  account_ids: string[]
  adult_ids: string[]
}

/** Who owes each of them: today's people while it runs, those of its last day once it is over. */
export async function ownersOf(ctx: Ctx, type: SubjectType, owed: readonly Owed[]): Promise<Owner[]> {
  if (owed.length === 0) return []
  const day = (one: Owed) => (one.until_on < ctx.today ? one.until_on : ctx.today)
  const rows = await joinedByHash(ctx.db, (db) =>
    db.rows<Owner & { duty_id: string; subject_id: string; on_day: string }>(
      `select o.duty_id, o.subject_id, o.on_day, o.how, o.account_ids, o.adult_ids from due_owners($1, $2, $3::uuid[], $4::uuid[], $5::date[]) as o`,
      [ctx.tenant, type, owed.map((one) => one.duty_id), owed.map((one) => one.subject_id), owed.map(day)],
    ),
  )
  const by = new Map(rows.map((row) => [`${row.duty_id} ${row.subject_id} ${row.on_day}`, row]))
  return owed.map((one) => by.get(`${one.duty_id} ${one.subject_id} ${day(one)}`) ?? nobody)
}
const nobody: Owner = { how: 'nobody', account_ids: [], adult_ids: [] }

export function isMine(ctx: Ctx, owner: Owner): boolean {
  const { account_id, adult_id } = ctx.actor
  return owner.account_ids.includes(account_id) || (adult_id !== null && owner.adult_ids.includes(adult_id))
}

/** Children and pairings within sight; none while no plan of the county runs, so that nothing is looked for. */
export async function subjectsSeen(ctx: Ctx): Promise<{ children: string[]; pairings: string[] }> {
  const [row] = await ctx.db.run(sql<{ children: string[]; pairings: string[] }>`
    with v as materialized (${visibleChildren(ctx)}),
    kept as materialized (select c.id from v join children c on c.tenant_id = ${ctx.tenant} and c.id = v.child_id where c.status = 'registered'
        and exists (select from plans p where p.tenant_id = ${ctx.tenant} and p.state = 'adopted' and p.until_on >= ${ctx.today}::date - ${sql.lit(lookBackDays)}))
    select array(select id from kept) as children,
      array(select p.id from kept k join pairings p on p.tenant_id = ${ctx.tenant} and p.child_id = k.id
             where p.from_on <= ${ctx.today}::date and (p.until_on is null or p.until_on > ${ctx.today}::date)) as pairings`)
  return row!
}

/** A child with what is owed to it; how often in a row it was missed is asked afterwards, for those that are shown. */
type Waiting = Omit<DueChild, 'items'> & { items: Omit<DueItem, 'missed'>[] }

export interface DueOfPerson {
  mine: Waiting[]
  nobody: Waiting[]
  /** Is there any adopted plan at all that asks something for these children? */
  some: boolean
  /** More children than anybody looks after one by one; null: not so many. */
  beyond: number | null
}

/** Everything owed now within sight that is this person's, and what is nobody's; in the order of the page. */
export async function dueOf(ctx: Ctx): Promise<DueOfPerson> {
  const seen = await subjectsSeen(ctx)
  if (seen.children.length > mostOwnChildren) return { mine: [], nobody: [], some: true, beyond: seen.children.length }
  const mine: Owed[] = []
  const nobodys: Owed[] = []
  let some = false
  for (const [type, ids] of [['child', seen.children], ['pairing', seen.pairings]] as const) {
    const owed = await owedNow(ctx, type, ids)
    const owners = await ownersOf(ctx, type, owed)
    some ||= owed.length > 0
    owed.forEach((one, n) => {
      if (isMine(ctx, owners[n]!)) mine.push(one)
      else if (owners[n]!.how === 'nobody') nobodys.push(one)
    })
  } // prettier-ignore
  const facts = await factsOf(ctx, [...new Set([...mine, ...nobodys].map((one) => one.child_id!))])
  return { mine: inOrder(ctx, mine, facts), nobody: inOrder(ctx, nobodys, facts), some, beyond: null }
}

type Facts = Omit<DueChild, 'items' | 'class_id' | 'class_name'> & {
  pinyin: string
  class: { id: string | null; stage: Stage; entry_year: number; number: string } | null
}

/** Names and what stands beside them, each where its part of the child is open to the reader. */
async function factsOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Facts>> {
  if (ids.length === 0) return new Map()
  const t = sql`${ctx.tenant}`
  const today = sql`${ctx.today}::date`
  const rows = await ctx.db.run(sql<Facts>`
    with v as materialized (select * from (${visibleChildren(ctx)}) as seen where seen.child_id = any(${ids}::uuid[]))
    select c.id, c.pinyin, case when v.open & ${sql.lit(groupBit('full_name'))} <> 0 then c.name else c.given_name end as name, c.given_name,
      ${shown('schooling', sql`grade_now(e.grade, e.stated_on, ${today})`)} as grade,
      ${opened('schooling', sql`json_build_object('id', k.id, 'stage', k.stage, 'entry_year', k.entry_year, 'number', k.class_number)`)} as class,
      coalesce(${opened('address', sql`c.household_id::text`)}, ${opened('family', sql`s.adult_id::text`)}) as home,
      ${opened('family', sql`s.relation`)} as carer_relation,
      case when l.happened_on is not null then json_build_object('kind', l.kind, 'on', l.happened_on) end as last_contact,
      case when w.happened_on > coalesce(l.happened_on, '-infinity') then json_build_object('kind', w.kind, 'on', w.happened_on) end as tried,
      (${today} - coalesce(l.happened_on, c.registered_on))::int as quiet_days,
      ${opened(
        'family',
        sql`(select json_build_object('parent', p.parent, 'on', p.planned_return_on) from parent_spells p
          where p.tenant_id = ${t} and p.child_id = c.id and p.valid @> ${today} and p.state = 'away' and length(p.planned_return_on) = 10
            and partial_from(p.planned_return_on) between ${today} and ${today} + ${sql.lit(soonDays)} order by p.planned_return_on limit 1)`,
      )} as returns
      from v join children c on c.tenant_id = ${t} and c.id = v.child_id
      left join enrolments e on e.tenant_id = ${t} and e.child_id = c.id and e.valid @> ${today}
      left join units k on k.tenant_id = ${t} and k.id = e.class_unit_id
      left join care_spells s on s.tenant_id = ${t} and s.child_id = c.id and s.valid @> ${today}
      left join lateral (${contactOf(ctx, true)}) as l on true
      left join lateral (${contactOf(ctx, false)}) as w on true`)
  return new Map(rows.map((row) => [row.id, row]))
}

/** Records of one child `c` that `v` may know of, of the kinds that count as contact. Psychological ones are not there for others. */
export const contactOf = (ctx: Ctx, counts: boolean): RawBuilder<unknown> => sql`
  select rc.kind, rc.happened_on from unnest(${[...contactKinds]}::text[]) as kind(code)
    cross join lateral (select x.kind, x.happened_on from record_children x join records r on r.tenant_id = ${ctx.tenant} and r.id = x.record_id
      where x.tenant_id = ${ctx.tenant} and x.child_id = c.id and x.kind = kind.code and x.happened_on <= ${ctx.today}::date and ${counts ? sql`x.counts` : sql`not x.counts and not r.draft and r.withdrawn_at is null`}
        and (r.visibility <> 'psychological' or v.open & ${sql.lit(groupBit('psychological'))} <> 0)
      order by x.happened_on desc limit 1) as rc
   order by rc.happened_on desc limit 1`

/** The soonest first; whoever was not reached for two weeks comes right after what ends today. */
function inOrder(ctx: Ctx, owed: readonly Owed[], facts: ReadonlyMap<string, Facts>): Waiting[] {
  const by = Map.groupBy(owed, (one) => one.child_id!)
  const tomorrow = dayAfter(ctx.today, 1)
  const rows = [...by].flatMap(([id, items]) => {
    const fact = facts.get(id)
    if (!fact) return []
    const { pinyin, class: place, ...rest } = fact
    const child = { ...rest, ...classWords(ctx, place) }
    const soonest = items.reduce((least, one) => (one.until_on < least ? one.until_on : least), '9999-12-31')
    const urgent = fact.quiet_days >= quietFrom && soonest > tomorrow ? tomorrow : soonest
    const sorted = items.toSorted((a, b) => order(a.until_on, b.until_on) || order(a.title, b.title))
    return [
      {
        urgent: urgent < ctx.today ? ctx.today : urgent,
        pinyin,
        child: { ...child, items: sorted.map((one) => asItem(ctx, one)) },
      },
    ]
  })
  return rows
    .toSorted(
      (a, b) =>
        order(a.urgent, b.urgent) ||
        b.child.quiet_days - a.child.quiet_days ||
        order(a.pinyin, b.pinyin) ||
        order(a.child.id, b.child.id),
    ) // prettier-ignore
    .map((row) => row.child)
}

function classWords(ctx: Ctx, place: Facts['class']): Pick<DueChild, 'class_id' | 'class_name'> {
  if (!place?.id) return { class_id: null, class_name: null }
  return { class_id: place.id, class_name: classLabel(place.stage, place.entry_year, place.number, ctx.today) }
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function asItem(ctx: Ctx, one: Owed): Waiting['items'][number] {
  const { duty_id, title, kind, left, ordinal, from_on, until_on, overdue } = one
  const pairing_id = one.subject_type === 'pairing' ? one.subject_id : null
  const may_waive = roleCan(ctx.actor.role, 'plans.write') && isUnitMine(ctx, one.plan_path)
  return { duty_id, title, kind, pairing_id, left, ordinal, may_waive, from_on, until_on, overdue }
}

/** What the words of a number mean; the list behind it filters by the same. */
export function isWhen(ctx: Ctx, when: DueWhen): (child: Waiting) => boolean {
  const { today } = ctx
  const sunday = dayAfter(today, (7 - new Date(`${today}T00:00:00Z`).getUTCDay()) % 7)
  const holds: Record<DueWhen, (item: Waiting['items'][number]) => boolean> = {
    today: (item) => item.until_on === today,
    week: (item) => item.until_on <= sunday,
    all: () => true,
    overdue: (item) => item.overdue,
  }
  return (child) => child.items.some(holds[when])
}

export function countsOf(ctx: Ctx, children: readonly Waiting[]): Record<DueWhen, number> {
  return Object.fromEntries(dueWhen.map((when) => [when, children.filter(isWhen(ctx, when)).length])) as Record<DueWhen, number> // prettier-ignore
}

export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
}

export async function due(ctx: Ctx, query: Input<typeof todayOps.due>): Promise<Answer<typeof todayOps.due>> {
  const found = await dueOf(ctx)
  const nobodys = query.owner === 'nobody'
  const all = (nobodys ? (answersForUnit(ctx) ? found.nobody : []) : found.mine)
    .filter(isWhen(ctx, query.when ?? 'all'))
    .filter((child) => !query.child_id || child.id === query.child_id)
  const offset = query.offset ?? 0
  const items = await withMissed(ctx, all.slice(offset, offset + (query.limit ?? 50)))
  return { items, total: all.length, beyond: found.beyond }
}

/** Whoever adopts the unit's plans answers for what nobody does. */
export function answersForUnit(ctx: Ctx): boolean {
  return roleCan(ctx.actor.role, 'plans.adopt')
}
