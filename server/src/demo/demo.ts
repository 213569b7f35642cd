// The demonstration: loaded and removed with one click. See contract/src/demo.ts.
import { demoCode, type demoOps } from '@nuanyang/contract/demo.ts'
import type { Answer } from '@nuanyang/contract/kernel.ts'
import { rightsHeld, type Role } from '@nuanyang/contract/roles.ts'
import { insertMembership } from '../accounts/accounts.memberships.ts'
import { membershipsOf } from '../accounts/accounts.sessions.ts'
import { ctxAs, makeCtx, type Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'
import { seedCare } from './demo.care.ts'
import { seedRecords } from './demo.records.ts'
import { seedCounty } from './seed.ts'
import { daysAgo, demoDays, seedWork } from './work.ts'

export async function get(ctx: Ctx): Promise<Answer<typeof demoOps.get>> {
  const { loaded } = await ctx.db.one<{ loaded: boolean }>(
    `select exists (select from tenants where id = $1 and demo) as loaded`,
    [demoCode],
  )
  return { loaded, children: demoChildren * demoVillages }
}

const demoVillages = 3
const demoChildren = 42

export async function load(ctx: Ctx): Promise<null> {
  const account = ctx.session!
  if ((await get(ctx)).loaded) throw problem('demo_loaded')
  await ctx.audit('demo.load')
  const seed = 20261125
  const begin = daysAgo(ctx, demoDays)
  const county = await seedCounty(
    begin,
    {
      code: demoCode,
      name: '青禾县（演示）',
      townships: 1,
      villages: demoVillages,
      children: demoChildren,
      seed,
      demo: true,
    },
    { account_id: account.account_id, account_name: account.account_name },
  )
  const inside = makeCtx({
    house: ctx,
    db: ctx.db,
    tenant: demoCode,
    session: ctx.session,
    actor: null,
    now: begin.now,
    request_id: ctx.request_id,
  })
  const identities: [Role, string][] = [
    ['child_director', county.villages[0]!.id],
    ['school_leader', county.school_id],
    ['child_supervisor', county.townships[0]!],
    ['administrator', county.county_id],
  ]
  const seats: string[] = []
  for (const [role, unit_id] of identities)
    seats.push(await insertMembership(inside, { account_id: account.account_id, unit_id, role }))
  const now = ctxAs(ctx, { tenant: demoCode, session: ctx.session, actor: null })
  await seedRecords(now, county.villages[0]!.id, {
    account_id: account.account_id,
    account_name: account.account_name,
  })
  await seedCare(now, seats[0]!)
  await seedWork(now, seats[0]!, seed)
  // Everything came at once: until the tables are counted, each page would search them as if they were empty.
  await ctx.db.rows('select app_analyze_grown()')
  // Back to where the person was: what follows in this transaction belongs to the real tenant.
  await ctx.db.rows('select app_begin($1, $2)', [ctx.tenant, account.account_id])
  return null
}

/** An administrator of any real unit of this account, or of the demonstration itself, may remove it. */
export async function remove(ctx: Ctx): Promise<null> {
  if (!(await get(ctx)).loaded) throw problem('demo_absent')
  const mine = await membershipsOf(ctx, ctx.session!.account_id)
  if (!mine.some((m) => rightsHeld(m.role as Role, false).includes('settings.write')))
    throw problem('demo_not_yours', { values: { who: '系统管理员' } })
  await ctx.db.rows('select drop_demo($1)', [demoCode])
  if (ctx.tenant !== demoCode) await ctx.audit('demo.remove')
  return null
}
