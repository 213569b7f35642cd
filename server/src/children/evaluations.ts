// Evaluations 监护评估、需求评估: given, looked at, withdrawn. See contract/src/evaluations.ts.
import {
  evaluationCan,
  evaluationKinds,
  evaluationResults,
  guardianshipReasons,
  leastResult,
  needReasons,
  type Evaluation,
  type evaluationOps,
} from '@nuanyang/contract/evaluations.ts'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'
import { groupState, mayState, mustSee } from './children.access.ts'

// $1 tenant
const columns = `e.id, e.child_id, e.kind, e.on_day, e.result, e.reasons, e.note, e.child_heard, e.review_on, a.name as by_name, e.withdrawn_reason, e.version`
const source = `evaluations e left join accounts a on a.id = e.by_account_id`

export async function list(
  ctx: Ctx,
  { child_id }: Input<typeof evaluationOps.list>,
): Promise<Answer<typeof evaluationOps.list>> {
  await mayRead(ctx, child_id)
  const items = await ctx.db.rows<Evaluation>(
    `select ${columns} from ${source} where e.tenant_id = $1 and e.child_id = $2 order by e.on_day desc, e.id desc limit 200`,
    [ctx.tenant, child_id],
  )
  return { items }
}

export async function get(ctx: Ctx, { id }: { id: string }): Promise<Evaluation> {
  const found = await ctx.db.maybe<Evaluation>(
    `select ${columns} from ${source} where e.tenant_id = $1 and e.id = $2`,
    [ctx.tenant, id],
  )
  if (!found) throw problem('not_found')
  await mayRead(ctx, found.child_id)
  return found
}

type Body = Input<typeof evaluationOps.add>['body']

export async function add(ctx: Ctx, { body }: Input<typeof evaluationOps.add>): Promise<Evaluation> {
  await mayWrite(ctx, body.child_id)
  checkResult(body)
  if (body.on_day > ctx.today || (body.review_on && body.review_on <= body.on_day)) throw problem('evaluation_days')
  await ctx.db.count(
    `insert into evaluations (tenant_id, id, child_id, kind, on_day, result, reasons, note, child_heard, review_on, by_account_id, by_adult_id, at)
     values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9, $10, $11, $12, $13)`,
    [
      ctx.tenant,
      body.id,
      body.child_id,
      body.kind,
      body.on_day,
      body.result,
      JSON.stringify([...new Set(body.reasons)]),
      body.note ?? null,
      body.child_heard ?? null,
      body.review_on ?? null,
      ctx.actor.account_id,
      ctx.actor.adult_id,
      ctx.now,
    ],
  )
  await ctx.audit('evaluations.add', body.id, { child_id: body.child_id })
  return get(ctx, { id: body.id })
}

export async function withdraw(ctx: Ctx, { id, body }: Input<typeof evaluationOps.withdraw>): Promise<Evaluation> {
  await ctx.db.rows('select from evaluations where tenant_id = $1 and id = $2 for update', [ctx.tenant, id])
  const found = await get(ctx, { id })
  await mayWrite(ctx, found.child_id)
  if (!evaluationCan.withdraw(found)) throw problem('evaluation_withdrawn')
  if (found.version !== body.version) throw problem('stale', { current: found })
  await ctx.db.count(
    `update evaluations set withdrawn_at = $3, withdrawn_by = $4, withdrawn_reason = $5, version = version + 1 where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, ctx.now, ctx.actor.account_id, body.reason],
  )
  await ctx.audit('evaluations.withdraw', id, { child_id: found.child_id })
  return get(ctx, { id })
}

/** The result belongs to the kind, rests on something, and is not milder than its reasons allow. */
function checkResult(body: Body): void {
  const results = evaluationResults[body.kind]
  const known: object = body.kind === 'guardianship' ? guardianshipReasons : needReasons
  if (!(body.result in results) || body.reasons.some((code) => !(code in known)))
    throw problem('evaluation_result', { values: { kind: evaluationKinds[body.kind].zh } })
  if (body.result !== 'good' && body.result !== 'none' && body.reasons.length === 0 && !body.note)
    throw problem('evaluation_reasons')
  if (body.kind !== 'guardianship') return
  const least = leastResult(body.reasons)
  const order = Object.keys(evaluationResults.guardianship)
  if (!least || order.indexOf(body.result) <= order.indexOf(least)) return
  const code = body.reasons.find((each) => leastResult([each]) === least) as keyof typeof guardianshipReasons
  const reason = guardianshipReasons[code]
  throw problem('evaluation_mild', {
    values: { reason: reason.zh, source: reason.source, least: evaluationResults.guardianship[least].zh },
  })
}

/** A judgement about a family belongs to the notes of the case: whoever may not read those does not read it. */
async function mayRead(ctx: Ctx, child_id: string): Promise<void> {
  const seen = (await mustSee(ctx, [child_id])).get(child_id)!
  if (groupState(seen, 'case_notes') !== 'open') throw problem('not_found')
}

async function mayWrite(ctx: Ctx, child_id: string): Promise<void> {
  const seen = (await mustSee(ctx, [child_id])).get(child_id)!
  if (!mayState(seen, 'case_notes')) throw problem('not_found')
}
