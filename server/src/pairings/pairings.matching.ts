// Suggested pairings 推荐结对. See contract/src/pairings.matching.ts; how well two fit is in pairings.scoring.ts, the best answer in
// pairings.solving.ts, worked out in a thread.
import { Worker } from 'node:worker_threads'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import { matchLimit, type FreeHelper, type matchOps, type WaitingChild } from '@nuanyang/contract/pairings.matching.ts'
import { groupBit, type FieldGroup } from '@nuanyang/contract/roles.ts'
import { sql, type RawBuilder } from 'kysely'
import { mustSee, visibleChildren } from '../children/children.access.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'
import { fullName } from './pairings.access.ts'
import { takeOn } from './pairings.making.ts'
import { refuseDays } from './pairings.reading.ts'
import { reasonsOf, scoreOf, whyNot, type MatchChild, type MatchHelper } from './pairings.scoring.ts'
import type { MatchOrder } from './pairings.solving_worker.ts'

interface ChildRow extends WaitingChild {
  match: Omit<MatchChild, 'id' | 'focus' | 'wants_sex' | 'subjects' | 'languages' | 'group_name'>
}

const opened = (group: FieldGroup, value: RawBuilder<unknown>) =>
  sql`case when v.open & ${sql.lit(groupBit(group))} <> 0 then ${value} end`

/** Children in sight without a helper, each with what the page says and what the fit is worked out from; masks as in their files. */
async function waitingRows(ctx: Ctx, limit: number, only: { helper_id?: string; child_ids?: readonly string[] }) {
  const t = sql`${ctx.tenant}`
  const today = sql`${ctx.today}::date`
  const link = (as: 'residence' | 'class') =>
    sql`(select cu.unit_id from child_units cu where cu.tenant_id = ${t} and cu.child_id = c.id and cu."as" = ${sql.lit(as)} and (cu.until_on is null or cu.until_on > ${today}) limit 1)`
  const free = only.child_ids
    ? sql`c.id = any(${only.child_ids}::uuid[])`
    : sql`not exists (select from pairings p where p.tenant_id = ${t} and p.child_id = c.id and p.helper_id is not null and p.from_on <= ${today} and (p.until_on is null or p.until_on > ${today}))`
  const left = only.helper_id ? sql`and last.helper_id = ${only.helper_id}::uuid` : sql``
  return ctx.db.run(sql<{ child: ChildRow; total: number }>`
    with v as materialized (${visibleChildren(ctx)}),
    w as (select c.*, v.open, last.helper_id, last.ended_reason, last.until_on as last_until, last.name as last_name, f.reason as focus_reason, f.id is not null as focus
        from v join children c on c.tenant_id = ${t} and c.id = v.child_id
        left join lateral (select p.helper_id, p.ended_reason, p.until_on, a.name from pairings p join helpers h on h.tenant_id = ${t} and h.id = p.helper_id
             join adults a on a.tenant_id = ${t} and a.id = h.adult_id where p.tenant_id = ${t} and p.child_id = c.id and p.until_on <= ${today} and p.stands_in_for_id is null
             and p.ended_reason <> 'mistake' order by p.until_on desc, p.id desc limit 1) as last on true
        left join lateral (select f.id, f.reason from focus f where f.tenant_id = ${t} and f.child_id = c.id and f.state = 'confirmed' and (f.until_on is null or f.until_on > ${today}) limit 1) as f on true
       where c.status = 'registered' and ${free} ${left}),
    kept as (select * from w order by focus desc, (ended_reason = 'helper_left') desc nulls last, last_until desc nulls last, pinyin, id limit ${limit})
    select json_build_object('id', c.id, 'name', case when c.open & ${fullName} <> 0 then c.name else c.given_name end, 'sex', c.sex,
      'grade', ${opened('schooling', sql`(select grade_now(e.grade, e.stated_on, ${today}) from enrolments e where e.tenant_id = ${t} and e.child_id = c.id and e.valid @> ${today})`)},
      'villager_group', ${opened('address', sql`c.villager_group`)}, 'focus', c.focus,
      'why', json_build_object('code', case when c.focus then 'focus' when c.ended_reason in ('helper_left', 'term_over') then c.ended_reason when c.ended_reason is not null then 'ended' else 'never' end,
        'on', case when not c.focus then c.last_until end, 'helper_name', case when not c.focus then c.last_name end, 'words', case when c.focus then ${opened('case_notes', sql`c.focus_reason`)} end),
      'goals', to_json(coalesce(n.goals, '{}')), 'subjects', to_json(coalesce(n.subjects, '{}')), 'languages', to_json(coalesce(n.languages, '{}')),
      'helper_sex', n.helper_sex, 'needs', n.words,
      'match', json_build_object('group', ${opened('address', sql`home.id::text || ' ' || c.villager_group`)}, 'class', ${opened('schooling', sql`room.id`)},
        'places', to_json(array_remove(array[${opened('address', sql`home.id`)}, ${opened('schooling', sql`room.parent_id`)}]::uuid[], null)),
        'regions', to_json(array_remove(array[${opened('address', sql`home.parent_id`)}, ${opened('schooling', sql`school.parent_id`)}]::uuid[], null)),
        'hobbies', ${opened('schooling', sql`c.hobbies`)},
        'known', (select coalesce(json_agg(distinct p.helper_id), '[]') from pairings p where p.tenant_id = ${t} and p.child_id = c.id and p.helper_id is not null
           and p.until_on <= ${today} and p.ended_reason not in ('wish', 'mistake')))) as child,
      (select count(*)::int from w) as total
      from kept as c cross join lateral (select c.open) as v
      left join units home on home.tenant_id = ${t} and home.id = ${link('residence')}
      left join units room on room.tenant_id = ${t} and room.id = ${link('class')}
      left join units school on school.tenant_id = ${t} and school.id = room.parent_id
      left join pairing_wishes n on n.tenant_id = ${t} and n.child_id = c.id
     order by c.focus desc, (c.ended_reason = 'helper_left') desc nulls last, c.last_until desc nulls last, c.pinyin, c.id`)
}

const shown = ({ match: _match, ...child }: ChildRow): WaitingChild => child
const matchChild = (row: ChildRow): MatchChild => ({
  ...row.match,
  id: row.id,
  focus: row.focus,
  wants_sex: row.helper_sex,
  group_name: row.villager_group,
  subjects: row.subjects,
  languages: row.languages,
})

type HelperRow = FreeHelper & Omit<MatchHelper, 'room' | 'load'>

async function helperRows(ctx: Ctx): Promise<HelperRow[]> {
  return ctx.db.rows<HelperRow>(
    `select h.id, coalesce(a.name, '') as name, h.kind, h.kind_words, g.name as villager_group, u.name as unit_name, h.max_children, a.sex, h.subjects, h.languages, h.skills, h.free_times,
            (select count(*)::int from pairings p where p.tenant_id = $1 and p.helper_id = h.id and (p.until_on is null or p.until_on > $3::date)) as children,
            g.parent_id::text || ' ' || g.name as "group",
            (select coalesce(json_agg(o.id), '[]') from units o where o.tenant_id = $1 and o.kind in ('village', 'community', 'school') and (starts_with(u.path, o.path) or o.id = g.parent_id)) as places,
            (select coalesce(json_agg(o.id), '[]') from units o where o.tenant_id = $1 and o.kind = 'township' and starts_with(u.path, o.path)) as regions,
            (select coalesce(json_agg(distinct k.id), '[]') from memberships m join units k on k.tenant_id = $1 and k.id = m.unit_id and k.kind = 'class'
              where m.tenant_id = $1 and m.adult_id = h.adult_id and (m.until_on is null or m.until_on > $3::date)) as classes
       from helpers h join adults a on a.tenant_id = $1 and a.id = h.adult_id join units u on u.tenant_id = $1 and u.id = h.unit_id
       left join units g on g.tenant_id = $1 and g.id = h.villager_group_id
      where h.tenant_id = $1 and u.path >= $2 and u.path < $2 || '~' and (h.until_on is null or h.until_on > $3::date)
        and h.vetted_on is not null and (h.vetting_until_on is null or h.vetting_until_on >= $3::date)
      order by a.pinyin, h.id limit 5000`,
    [ctx.tenant, ctx.actor.unit_path, ctx.today],
  )
}

const freeHelper = (row: HelperRow): FreeHelper => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  kind_words: row.kind_words,
  villager_group: row.villager_group,
  unit_name: row.unit_name,
  children: row.children,
  max_children: row.max_children,
})
const matchHelper = (row: HelperRow, locked = 0): MatchHelper => ({
  ...row,
  load: row.children,
  room: Math.max(0, row.max_children - row.children - locked),
})

export async function waiting(
  ctx: Ctx,
  query: Input<typeof matchOps.waiting>,
): Promise<Answer<typeof matchOps.waiting>> {
  const rows = await waitingRows(ctx, query.limit ?? 200, query.helper_id ? { helper_id: query.helper_id } : {})
  return { items: rows.map((row) => shown(row.child)), total: rows[0]?.total ?? 0 }
}

export async function suggest(
  ctx: Ctx,
  { body }: Input<typeof matchOps.suggest>,
): Promise<Answer<typeof matchOps.suggest>> {
  const rows = await waitingRows(ctx, matchLimit, {})
  const helpers = await helperRows(ctx)
  const children = rows.map((row) => matchChild(row.child))
  const byChild = new Map(children.map((child) => [child.id, child]))
  const byHelper = new Map(helpers.map((helper) => [helper.id, helper]))
  // What has changed meanwhile (paired by somebody else, a helper who left) falls out of the locks quietly: the page shows what is left.
  const locked = body.locked.filter((pair) => byChild.has(pair.child_id) && byHelper.has(pair.helper_id))
  const lockedOf = new Map<string, number>()
  for (const { helper_id } of locked) lockedOf.set(helper_id, (lockedOf.get(helper_id) ?? 0) + 1)
  for (const [id, count] of lockedOf) refuseFull(byHelper.get(id)!, count)
  const away = new Set([...locked.map((pair) => pair.child_id), ...body.left_out])
  const able = helpers.map((helper) => matchHelper(helper, lockedOf.get(helper.id) ?? 0))
  const asked = children.filter((child) => !away.has(child.id))
  const helperOf = await solve(ctx, {
    children: asked,
    helpers: able,
    apart: body.apart.map((pair) => [pair.child_id, pair.helper_id] as const),
    begun: [...lockedOf.keys()],
  })
  const pairs = asked.flatMap((child, at) => {
    const helper = able[helperOf[at]!]
    return helper ? [{ child_id: child.id, helper_id: helper.id, reasons: reasonsOf(child, helper) }] : []
  })
  const found = new Set(pairs.map((pair) => pair.child_id))
  return {
    children: rows.map((row) => shown(row.child)),
    helpers: helpers.map(freeHelper),
    pairs: [
      ...locked.map((pair) => ({
        ...pair,
        reasons: handReasons(byChild.get(pair.child_id)!, matchHelper(byHelper.get(pair.helper_id)!)),
      })),
      ...pairs,
    ],
    without: [
      ...body.left_out.filter((id) => byChild.has(id)).map((child_id) => ({ child_id, why: 'left_out' as const })),
      ...asked
        .filter((child) => !found.has(child.id))
        .map((child) => ({ child_id: child.id, why: whyNot(child, able) })),
    ],
    total: rows[0]?.total ?? 0,
  }
}

function refuseFull(helper: HelperRow, more: number): void {
  if (helper.children + more > helper.max_children)
    throw problem('helper_full', {
      values: { name: helper.name, count: helper.children, limit: helper.max_children },
    })
}

/** What speaks for a pair that somebody made by hand; nothing may, and it is theirs to make. */
function handReasons(child: MatchChild, helper: MatchHelper) {
  const reasons = reasonsOf(child, helper)
  return scoreOf(child, helper) > 0 ? reasons : [{ code: 'chosen' as const, words: null }, ...reasons]
}

export async function explain(
  ctx: Ctx,
  { child_id, helper_id }: Input<typeof matchOps.explain>,
): Promise<Answer<typeof matchOps.explain>> {
  await mustSee(ctx, [child_id])
  const [row] = await waitingRows(ctx, 1, { child_ids: [child_id] })
  const helper = (await helperRows(ctx)).find((one) => one.id === helper_id)
  if (!row || !helper) throw problem('not_found')
  const [child, able] = [matchChild(row.child), matchHelper(helper)]
  return { reasons: handReasons(child, able), fits: scoreOf(child, able) > 0 }
}

/** Longer than this and somebody waits in vain; measured figures lie far below. */
const patience_ms = 20_000

async function solve(ctx: Ctx, order: MatchOrder): Promise<number[]> {
  if (order.children.length === 0 || order.helpers.every((helper) => helper.room === 0))
    return order.children.map(() => -1)
  const worker = new Worker(new URL('./pairings.solving_worker.ts', import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  })
  const timer = setTimeout(() => void worker.terminate(), patience_ms)
  try {
    return await new Promise<number[]>((resolve, reject) => {
      worker.once('message', (answer: { helper_of: number[] }) => resolve(answer.helper_of))
      worker.once('error', reject)
      worker.once('exit', () => reject(new Error('the solver ended without an answer')))
    })
  } catch (error) {
    ctx.log.error({ err: error }, 'no matching')
    throw problem('solver_away')
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

export async function confirm(ctx: Ctx, { body }: Input<typeof matchOps.confirm>): Promise<null> {
  const ids = body.pairs.map((pair) => pair.child_id)
  await mustSee(ctx, ids)
  refuseDays(ctx, body)
  // Two people confirming at once: the children's rows are the locks, in the order of their ids.
  await ctx.db.rows(
    'select id from children where tenant_id = $1 and id = any($2::uuid[]) order by id for no key update',
    [ctx.tenant, ids],
  )
  const taken = await ctx.db.maybe<{ name: string; helper: string }>(
    `select c.given_name as name, coalesce(a.name, '') as helper from pairings p join children c on c.tenant_id = $1 and c.id = p.child_id
       join helpers h on h.tenant_id = $1 and h.id = p.helper_id join adults a on a.tenant_id = $1 and a.id = h.adult_id
      where p.tenant_id = $1 and p.child_id = any($2::uuid[]) and (p.until_on is null or p.until_on > $3::date) limit 1`,
    [ctx.tenant, ids, ctx.today],
  )
  if (taken || new Set(ids).size < ids.length)
    throw problem('child_has_helper', { values: { name: taken?.name ?? '', helper: taken?.helper ?? '' } })
  const goals = await ctx.db.rows<{ child_id: string; goals: ('study' | 'life' | 'mind' | 'safety')[] }>(
    'select child_id, goals from pairing_wishes where tenant_id = $1 and child_id = any($2::uuid[])',
    [ctx.tenant, ids],
  )
  const goalsOf = new Map(goals.map((row) => [row.child_id, row.goals]))
  await takeOn(
    ctx,
    body.pairs.map((pair) => ({
      ...pair,
      from_on: body.from_on,
      term: body.term ?? null,
      planned_until_on: body.planned_until_on ?? null,
      goals: goalsOf.get(pair.child_id) ?? [],
    })),
  )
  return null
}
