// Work for the demonstration: the first village goes by a plan since some weeks, much of it is done, some of it waits, so that 今天 has people on
// it. Through the product's own verbs, like everything the demonstration shows.
import { addRecords, type RecordToAdd } from '../records/records.ts'
import { ctxAs, makeCtx, type Ctx } from '../kernel/ctx.ts'
import { newId } from '../kernel/ids.ts'
import { findActor } from '../kernel/tx.ts'
import * as plans from '../plans/plans.ts'
import { randomOf } from './people.ts'

/** The demonstration begins this long ago. */
export const demoDays = 75
const dayMs = 86_400_000

/** The same transaction, some days earlier. */
export function daysAgo(ctx: Ctx, days: number): Ctx {
  return makeCtx({
    house: ctx,
    db: ctx.db,
    tenant: ctx.tenant,
    session: ctx.session,
    actor: ctx.maybeActor,
    now: new Date(ctx.now.getTime() - days * dayMs),
    request_id: ctx.request_id,
  })
}

const day = (ctx: Ctx, ago: number) => new Date(Date.parse(ctx.today) - ago * dayMs).toISOString().slice(0, 10)

const said = [
  '说起上周的运动会，跑了第三名，想等妈妈回来给她看奖状。',
  '数学学到分数有点吃力，约好周三放学留下来一起看一遍。',
  '奶奶腿疼，家里的水是他提的。问他累不累，说不累。',
  '最近在看一本讲恐龙的书，借给了同桌，两个人一起做了手抄报。',
  '晚上一个人睡有点怕，想在过道里装一盏小灯。',
  '和同学闹了别扭，说开了就好了。答应下次先把话说完。',
]

/** @param membership of the child director of the village */
export async function seedWork(ctx: Ctx, membership: string, seed: number): Promise<void> {
  const begin = daysAgo(ctx, demoDays)
  const actor = (await findActor(ctx.db, ctx.tenant, membership, begin.today))!
  const then = ctxAs(begin, { tenant: ctx.tenant, session: ctx.session, actor })
  const id = newId()
  const until = `${Number(begin.today.slice(0, 4)) + 1}-01-31`
  await plans.create(then, { body: { id, title: '关爱留守儿童工作计划', template: 'village', from_on: begin.today, until_on: until } }) // prettier-ignore
  await plans.adopt(then, { id, body: { version: 1, adopted_on: begin.today } })
  const now = ctxAs(ctx, { tenant: ctx.tenant, session: ctx.session, actor })
  const children = await ctx.db.rows<{ id: string }>(
    `select c.child_id as id from child_units c where c.tenant_id = $1 and c.unit_id = $2 and c."as" = 'residence' order by c.child_id`,
    [ctx.tenant, actor.unit_id],
  )
  await addRecords(now, recordsOf(ctx, children.map((child) => child.id), seed)) // prettier-ignore
}

/** Most children are called every week and talked with every month; some were left out, one call was not answered. */
function recordsOf(ctx: Ctx, children: readonly string[], seed: number): RecordToAdd[] {
  const random = randomOf(seed)
  const among = (share: number) => children.filter(() => random() < share)
  const record = (kind: RecordToAdd['kind'], ago: number, child_ids: string[], fields: object, text: string | null = null): RecordToAdd => ({ id: newId(), kind, happened_on: day(ctx, ago), child_ids, fields: { ...fields }, text, although_similar: true }) // prettier-ignore
  const out: RecordToAdd[] = []
  for (let ago = demoDays - 3; ago > 3; ago -= 7) {
    const answered = among(0.85)
    if (answered.length > 0) out.push(record('call', ago, answered, { reached: 'yes', way: 'video' }))
  }
  const missed = children.slice(-1)
  out.push(record('call', 2, missed, { reached: 'no', way: 'phone' }))
  const recent = among(0.8).filter((child) => !missed.includes(child))
  out.push(record('call', 1, recent, { reached: 'yes', way: 'video' }))
  for (const ago of [62, 33, 6])
    for (const [n, child] of among(0.8).entries())
      if (!missed.includes(child)) out.push(record('talk', ago - (n % 5), [child], { way: 'in_person', mood: n % 3 === 0 ? 'cheerful' : 'calm' }, said[n % said.length]!)) // prettier-ignore
  out.push(record('film', 40, [], { film: '《小小的我》' }))
  return out
}
