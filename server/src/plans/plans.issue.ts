// 下发: a township's or county's adopted plan goes down to villages and schools, which take it up as drafts of their own. What came from
// above is marked; while that plan holds it may not be removed or weakened there (plans.edits.ts, plans.duties.ts).
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import type { PlanItems } from '@nuanyang/contract/plans.items.ts'
import { planCan, type Plan, type PlanIssue, type planOps, type WaitingIssue } from '@nuanyang/contract/plans.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { newId } from '../kernel/ids.ts'
import { problem } from '../kernel/problem.ts'
import { isMine } from '../units/units.access.ts'
import { getRow, lockMine, wrongState, type PlanRow } from './plans.access.ts'
import { get } from './plans.get.ts'
import { archetypeOf } from './plans.read.ts'
import { itemsOf, noItems, writeItems } from './plans.rows.ts'
import { keepVersion } from './plans.versions.ts'

/** Whom a plan can be issued to: those that keep children's files or lead those that do. */
const takers = ['township', 'village', 'community', 'school']

export async function issue(
  ctx: Ctx,
  { id, body }: Input<typeof planOps.issue>,
): Promise<Answer<typeof planOps.issue>> {
  const plan = await lockMine(ctx, id)
  if (!planCan.issue(plan)) throw wrongState(plan.state, { zh: '下发', en: 'issued' })
  const ids = [...new Set(body.unit_ids)]
  const { fit } = await ctx.db.one<{ fit: number }>(
    `select count(*)::int as fit from units where tenant_id = $1 and id = any ($2::uuid[]) and path > $3 and path < $3 || '~' and kind = any ($4) and closed_on is null`,
    [ctx.tenant, ids, plan.path, takers],
  )
  if (fit !== ids.length) throw problem('plan_issue_unit')
  await ctx.db.count(
    `insert into plan_issues (tenant_id, id, plan_id, unit_id, issued_at, issued_by)
     select $1, i.id, $2, i.unit_id, $3, $4 from unnest($5::uuid[], $6::uuid[]) as i(id, unit_id) on conflict (tenant_id, plan_id, unit_id) do nothing`,
    [ctx.tenant, id, ctx.now, ctx.actor.account_id, ids.map(() => newId()), ids],
  )
  await ctx.audit('plans.issue', id)
  return issues(ctx, { id })
}

const moment = `to_char(i.issued_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as issued_at`

export async function issues(ctx: Ctx, { id }: Input<typeof planOps.issues>): Promise<Answer<typeof planOps.issues>> {
  const plan = await getRow(ctx, id)
  if (!isMine(ctx, plan.path)) return { items: [] }
  const items = await ctx.db.rows<PlanIssue>(
    `select i.id, i.unit_id, u.name as unit_name, ${moment}, i.taken_plan_id, p.state as taken_state from plan_issues i
       join units u on u.tenant_id = $1 and u.id = i.unit_id left join plans p on p.tenant_id = $1 and p.id = i.taken_plan_id
      where i.tenant_id = $1 and i.plan_id = $2 order by u.pinyin, u.id limit 1000`,
    [ctx.tenant, id],
  )
  return { items }
}

export async function waiting(
  ctx: Ctx,
  _input: Input<typeof planOps.waiting>,
): Promise<Answer<typeof planOps.waiting>> {
  const items = await ctx.db.rows<WaitingIssue>(
    `select i.id, i.plan_id, p.title, s.name as from_name, u.name as unit_name, ${moment} from units u
       join plan_issues i on i.tenant_id = $1 and i.unit_id = u.id join plans p on p.tenant_id = $1 and p.id = i.plan_id join units s on s.tenant_id = $1 and s.id = p.unit_id
      where u.tenant_id = $1 and u.path >= $2 and u.path < $2 || '~' and i.taken_plan_id is null and p.state = 'adopted' order by i.issued_at desc, u.pinyin, i.id limit 100`,
    [ctx.tenant, ctx.actor.unit_path],
  )
  return { items }
}

export async function take_up(ctx: Ctx, { id, body }: Input<typeof planOps.take_up>): Promise<Plan> {
  const row = await ctx.db.maybe<{ plan_id: string; taken_plan_id: string | null; unit_id: string; kind: string; path: string }>(
    `select i.plan_id, i.taken_plan_id, i.unit_id, u.kind, u.path from plan_issues i join units u on u.tenant_id = $1 and u.id = i.unit_id
      where i.tenant_id = $1 and i.id = $2 for update of i`,
    [ctx.tenant, id],
  ) // prettier-ignore
  if (!row || !isMine(ctx, row.path)) throw problem('not_found')
  if (row.taken_plan_id) throw problem('plan_issue_taken')
  const above = await getRow(ctx, row.plan_id)
  if (above.state !== 'adopted') throw wrongState(above.state, { zh: '接下', en: 'taken up' })
  await insertCopy(ctx, body.id, row, above)
  await ctx.db.count(
    `update plan_issues set taken_plan_id = $3, taken_at = $4, taken_by = $5 where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, body.id, ctx.now, ctx.actor.account_id],
  )
  await keepVersion(ctx, body.id, 'confirmed')
  await ctx.audit('plans.take_up', body.id)
  return get(ctx, { id: body.id })
}

async function insertCopy(
  ctx: Ctx,
  id: string,
  unit: { unit_id: string; kind: string },
  above: PlanRow,
): Promise<void> {
  await ctx.db.count(
    `insert into plans (tenant_id, id, unit_id, title, archetype, definition, from_on, until_on, issued_from_id, confirmed_at, confirmed_by, created_at, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $10, $11)`,
    [
      ctx.tenant, id, unit.unit_id, above.title, archetypeOf(unit.kind), above.definition, above.from_on, above.until_on, above.id, ctx.now,
      ctx.actor.account_id,
    ],
  ) // prettier-ignore
  const where = { plan_id: id, unit_id: unit.unit_id, from_on: above.from_on, until_on: above.until_on }
  await writeItems(ctx, where, noItems, copied(await itemsOf(ctx, above.id), where))
}

/** The items that hold now, with new ids, marked as coming from above. Who does it above is not who does it here. */
function copied(items: PlanItems, plan: { from_on: string; until_on: string }): PlanItems {
  const ids = new Map<string, string>()
  const renewed = (id: string) => {
    ids.set(id, newId())
    return ids.get(id)!
  }
  const from = { quote: null, span: null, issued: true }
  const measures = items.measures.map((m) => ({ ...m, id: renewed(m.id), span: null, issued: true }))
  return {
    goals: items.goals.map((g) => ({ ...g, ...from, id: newId() })),
    measures,
    duties: items.duties
      .filter((d) => d.ended_reason === null)
      .map((d) => ({ ...d, ...from, id: renewed(d.id), measure_id: d.measure_id && ids.get(d.measure_id)!, account_id: null, account_name: null, from_on: plan.from_on, until_on: plan.until_on, replaces_id: null })),
    tasks: items.tasks
      .filter((t) => t.state !== 'dropped')
      .map((t) => ({
        ...t, ...from, id: newId(), measure_id: t.measure_id && ids.get(t.measure_id)!, duty_id: (t.duty_id && ids.get(t.duty_id)) || null, account_id: null,
        account_name: null, state: 'open' as const, done_on: null, done_note: null, done_record_id: null, record_id: null, version: 1,
      })),
  } // prettier-ignore
}
