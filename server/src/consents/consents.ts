// Consents 同意书: given, looked at, withdrawn. See contract/src/consents.ts.
import { consentCan, type Consent, type consentOps } from '@nuanyang/contract/consents.ts'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import { groupState, mayState, mustSee } from '../children/children.access.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'

// $1 tenant, $2 today
const columns = `k.id, k.child_id, k.purpose, k.legal_basis, k.given_by_words as given_by, k.how, k.from_on, k.until_on,
  case when k.withdrawn_on is not null then 'withdrawn' when k.from_on > $2::date then 'coming' when k.until_on < $2::date then 'over' else 'current' end as state,
  k.withdrawn_on, k.withdrawn_reason,
  (select count(*)::int from files f where f.tenant_id = $1 and f.consent_id = k.id and f.removed_at is null) as pictures,
  a.name as recorded_by, (k.recorded_at at time zone 'Asia/Shanghai')::date as recorded_on, k.version`
const source = `consents k left join accounts a on a.id = k.recorded_by`

export async function list(
  ctx: Ctx,
  { child_id }: Input<typeof consentOps.list>,
): Promise<Answer<typeof consentOps.list>> {
  await mayRead(ctx, child_id)
  const items = await ctx.db.rows<Consent>(
    `select ${columns} from ${source} where k.tenant_id = $1 and k.child_id = $3 order by k.from_on desc, k.id desc limit 200`,
    [ctx.tenant, ctx.today, child_id],
  )
  return { items }
}

export async function get(ctx: Ctx, { id }: { id: string }): Promise<Consent> {
  const found = await ctx.db.maybe<Consent>(
    `select ${columns} from ${source} where k.tenant_id = $1 and k.id = $3 and k.child_id is not null`,
    [ctx.tenant, ctx.today, id],
  )
  if (!found) throw problem('not_found')
  await mayRead(ctx, found.child_id)
  return found
}

export async function add(ctx: Ctx, { body }: Input<typeof consentOps.add>): Promise<Consent> {
  await mayWrite(ctx, body.child_id)
  if (body.legal_basis === 'consent' && !body.given_by) throw problem('consent_giver')
  if (body.until_on && body.until_on < body.from_on)
    throw problem('consent_days', { values: { from_on: body.from_on } })
  await ctx.db.count(
    `insert into consents (tenant_id, id, child_id, purpose, legal_basis, given_by_words, how, from_on, until_on, recorded_at, recorded_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ctx.tenant,
      body.id,
      body.child_id,
      body.purpose,
      body.legal_basis,
      body.given_by ?? null,
      body.how,
      body.from_on,
      body.until_on ?? null,
      ctx.now,
      ctx.actor.account_id,
    ],
  )
  await ctx.audit('consents.add', body.id, { child_id: body.child_id })
  return get(ctx, { id: body.id })
}

export async function withdraw(ctx: Ctx, { id, body }: Input<typeof consentOps.withdraw>): Promise<Consent> {
  await ctx.db.rows('select from consents where tenant_id = $1 and id = $2 for update', [ctx.tenant, id])
  const consent = await get(ctx, { id })
  await mayWrite(ctx, consent.child_id)
  if (!consentCan.withdraw(consent)) throw problem('consent_over')
  if (consent.version !== body.version) throw problem('stale', { current: consent })
  if (body.on < consent.from_on || body.on > ctx.today)
    throw problem('consent_days', { values: { from_on: consent.from_on } })
  await ctx.db.count(
    `update consents set withdrawn_on = $3, withdrawn_by = $4, withdrawn_reason = $5, version = version + 1 where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, body.on, ctx.actor.account_id, body.reason],
  )
  await ctx.audit('consents.withdraw', id, { child_id: consent.child_id })
  return get(ctx, { id })
}

/** Who agreed to what names the family: whoever may not read of it does not read of consents. */
async function mayRead(ctx: Ctx, child_id: string): Promise<void> {
  const seen = (await mustSee(ctx, [child_id])).get(child_id)!
  if (groupState(seen, 'family') !== 'open') throw problem('not_found')
}

async function mayWrite(ctx: Ctx, child_id: string): Promise<void> {
  const seen = (await mustSee(ctx, [child_id])).get(child_id)!
  if (!mayState(seen, 'family')) throw problem('not_found')
}
