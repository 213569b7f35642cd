// 讨论: remarks on a plan or one of its items, each answered with what became of it; and who agreed to which state.
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import { planCan, type PlanComment, type planOps } from '@nuanyang/contract/plans.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'
import { isMine } from '../units/units.access.ts'
import { getRow, wrongState } from './plans.access.ts'

export async function comments(
  ctx: Ctx,
  { id }: Input<typeof planOps.comments>,
): Promise<Answer<typeof planOps.comments>> {
  const plan = await getRow(ctx, id)
  const items = await ctx.db.rows<PlanComment>(
    `select c.id, c.target_type, c.target_id, c.stance, c.text, a.name as by_name, c.by_account_id = $3 as by_me,
            to_char(c.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, c.stance = 'agree' and c.at < $4::timestamptz as outdated,
            c.answer, (select b.name from accounts b where b.id = c.answered_by) as answered_by_name
       from plan_comments c join accounts a on a.id = c.by_account_id where c.tenant_id = $1 and c.plan_id = $2 order by c.at, c.id limit 1000`,
    [ctx.tenant, id, ctx.actor.account_id, plan.changed_at],
  )
  return { items: items.map((each) => ({ ...each, outdated: each.outdated ?? false })) }
}

const tableOf = { goal: 'goals', measure: 'measures', duty: 'duties', task: 'tasks' } as const

export async function comment(ctx: Ctx, { id, body }: Input<typeof planOps.comment>): Promise<null> {
  const plan = await getRow(ctx, id)
  if (!planCan.comment(plan)) throw wrongState(plan.state, { zh: '提意见', en: 'commented on' })
  if ((body.target_type === 'plan') !== (body.target_id === null)) throw problem('plan_item_gone')
  if (body.target_type !== 'plan') {
    const item = await ctx.db.maybe(
      `select from ${tableOf[body.target_type]} where tenant_id = $1 and plan_id = $2 and id = $3`,
      [ctx.tenant, id, body.target_id],
    )
    if (!item) throw problem('plan_item_gone')
  }
  await add(ctx, id, { ...body, stance: 'comment' })
  await ctx.audit('plans.comment', id)
  return null
}

/** The same person agreeing twice to the same state is told once. */
export async function agree(ctx: Ctx, { id, body }: Input<typeof planOps.agree>): Promise<null> {
  const plan = await getRow(ctx, id)
  if (!planCan.agree(plan)) throw wrongState(plan.state, { zh: '表示同意', en: 'agreed to' })
  const before = await ctx.db.maybe(
    `select from plan_comments where tenant_id = $1 and plan_id = $2 and by_account_id = $3 and stance = 'agree' and at >= coalesce($4::timestamptz, 'epoch')`,
    [ctx.tenant, id, ctx.actor.account_id, plan.changed_at],
  )
  if (!before)
    await add(ctx, id, { id: body.id, target_type: 'plan', target_id: null, stance: 'agree', text: body.text ?? '同意' }) // prettier-ignore
  await ctx.audit('plans.agree', id)
  return null
}

async function add(
  ctx: Ctx,
  plan_id: string,
  row: { id: string; target_type: string; target_id: string | null; stance: string; text: string },
): Promise<void> {
  await ctx.db.count(
    `insert into plan_comments (tenant_id, id, plan_id, target_type, target_id, stance, text, by_account_id, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (tenant_id, id) do nothing`,
    [ctx.tenant, row.id, plan_id, row.target_type, row.target_id, row.stance, row.text.trim(), ctx.actor.account_id, ctx.now],
  ) // prettier-ignore
}

export async function answer_comment(ctx: Ctx, { id, body }: Input<typeof planOps.answer_comment>): Promise<null> {
  const row = await ctx.db.maybe<{ path: string }>(
    `select u.path from plan_comments c join plans p on p.tenant_id = $1 and p.id = c.plan_id join units u on u.tenant_id = $1 and u.id = p.unit_id
      where c.tenant_id = $1 and c.id = $2`,
    [ctx.tenant, id],
  )
  if (!row || !isMine(ctx, row.path)) throw problem('not_found')
  await ctx.db.count(
    `update plan_comments set answer = $3, answered_at = $4, answered_by = $5 where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, body.answer.trim(), ctx.now, ctx.actor.account_id],
  )
  await ctx.audit('plans.answer_comment', id)
  return null
}
