// Memberships: who is what, where, from when until when; and handing everything over when somebody leaves.
import { accountCan, roleFits, separatedRoles, type AccountRow, type accountOps } from '@nuanyang/contract/accounts.ts'
import type { Input } from '@nuanyang/contract/kernel.ts'
import { roles, type Role } from '@nuanyang/contract/roles.ts'
import { unitKinds } from '@nuanyang/contract/units.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { newId } from '../kernel/ids.ts'
import { invalid, problem } from '../kernel/problem.ts'
import { isMine, unitInSubtree, type UnitRow } from '../units/units.access.ts'
import { accountRow } from './accounts.list.ts'
import { endSessions, membershipsOf } from './accounts.sessions.ts'

interface AccountParts {
  id: string
  name: string
  username: string
  password_hash: string
  must_change_password: boolean
  language?: 'zh' | 'en'
}

/** The account's row. Errors: username_taken, key_reused (the id is another account's). */
export async function insertAccount(ctx: Ctx, account: AccountParts): Promise<string> {
  const taken = await ctx.db.maybe('select id from accounts where lower(username) = lower($1)', [account.username])
  if (taken) throw problem('username_taken', { values: { username: account.username } })
  const made = await ctx.db.count(
    `insert into accounts (id, username, name, password_hash, password_set_at, must_change_password, language, created_at, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $5, $8) on conflict (id) do nothing`,
    [
      account.id,
      account.username.normalize('NFKC').trim(),
      account.name.trim(),
      account.password_hash,
      ctx.now,
      account.must_change_password,
      account.language ?? 'zh',
      ctx.maybeActor?.account_id ?? null,
    ],
  )
  if (made === 0) throw problem('key_reused')
  await ctx.audit('account.created', account.id)
  return account.id
}

interface MembershipParts {
  account_id: string
  unit_id: string
  role: Role
  from_on?: string
  adult_id?: string | null
}

/** The membership's row alone; the rules are those of `checkMembership`. */
export async function insertMembership(ctx: Ctx, parts: MembershipParts): Promise<string> {
  const id = newId()
  await ctx.db.count('insert into account_tenants (account_id, tenant_id) values ($1, $2) on conflict do nothing', [
    parts.account_id,
    ctx.tenant,
  ])
  await ctx.db.count(
    `insert into memberships (tenant_id, id, account_id, unit_id, role, adult_id, from_on) values ($1, $2, $3, $4, $5, $6, $7)`,
    [ctx.tenant, id, parts.account_id, parts.unit_id, parts.role, parts.adult_id ?? null, parts.from_on ?? ctx.today],
  )
  await ctx.audit('membership.began', id)
  return id
}

/** Does the role exist in such a unit, and may this account have it besides what it has? */
export async function checkMembership(
  ctx: Ctx,
  unit: UnitRow,
  role: Role,
  account: { id: string; name: string } | null,
): Promise<void> {
  if (!roleFits[role].includes(unit.kind)) {
    const fitting = (Object.keys(roleFits) as Role[]).filter((one) => roleFits[one].includes(unit.kind))
    throw problem('role_not_here', {
      values: {
        unit: unit.name, kind: unitKinds[unit.kind].zh, role: roles[role].zh, role_en: roles[role].en,
        fitting: fitting.map((one) => roles[one].zh).join('、'),
      }, // prettier-ignore
    })
  }
  if (unit.closed_on) throw problem('not_found')
  if (!account) return
  // Those that begin later count too: else what is refused today could be had from tomorrow.
  const held = await ctx.db.rows<{ role: Role; unit_id: string }>(
    `select role, unit_id from memberships where tenant_id = $1 and account_id = $2 and (until_on is null or until_on > $3)`,
    [ctx.tenant, account.id, ctx.today],
  )
  if (held.some((one) => one.role === role && one.unit_id === unit.id))
    throw problem('membership_exists', { values: { name: account.name, unit: unit.name, role: roles[role].zh } })
  if (ctx.actor.separate_admins && held.length > 0) {
    const all = [role, ...held.map((one) => one.role)]
    const special = new Set(all.filter((one) => separatedRoles.includes(one)))
    if (special.size > 1 || (special.size === 1 && all.some((one) => !special.has(one))))
      throw problem('roles_conflict')
  }
}

export interface ManagedAccount {
  id: string
  name: string
  username: string
  disabled_at: Date | null
  version: number
}

/**
 * Locks an account that the actor manages: it has, or had, a membership in the own subtree (else not_found), and all current ones
 * lie in it (else account_elsewhere): whoever resets a password becomes that person everywhere.
 */
export async function lockManaged(ctx: Ctx, id: string): Promise<ManagedAccount> {
  const account = await lockVisibleAccount(ctx, id)
  const outside = (await membershipsOf(ctx, id)).filter(
    (one) => one.tenant_id !== ctx.tenant || !isMine(ctx, one.unit_path),
  )
  if (outside.length > 0) {
    const where = [...new Set(outside.map((one) => (one.tenant_id === ctx.tenant ? one.unit_name : one.tenant_name)))]
    throw problem('account_elsewhere', { values: { name: account.name, where: where.join('、') } })
  }
  return account
}

export async function lockVisibleAccount(ctx: Ctx, id: string): Promise<ManagedAccount> {
  const account = await ctx.db.maybe<ManagedAccount>(
    'select id, name, username, disabled_at, version from accounts where id = $1 for update',
    [id],
  )
  const seen = await ctx.db.maybe(
    `select m.id from memberships m join units u on u.tenant_id = m.tenant_id and u.id = m.unit_id
      where m.tenant_id = $1 and m.account_id = $2 and u.path like $3 limit 1`,
    [ctx.tenant, id, `${ctx.actor.unit_path}%`],
  )
  if (!account || !seen) throw problem('not_found')
  return account
}

interface Seat {
  id: string
  account_id: string
  unit_id: string
  unit_name: string
  path: string
}

async function lockSeats(ctx: Ctx): Promise<void> {
  await ctx.db.rows(
    `select id from memberships where tenant_id = $1 and role = 'administrator' and (until_on is null or until_on > $2) order by id for update`,
    [ctx.tenant, ctx.today],
  )
}

/**
 * Refuses what would leave a unit without any administrator: for each of these seats another enabled account must be
 * administrator of the same unit or one above. The seats of the county are locked, so two administrators cannot remove each other.
 */
export async function keepAdministrator(
  ctx: Ctx,
  account: { id: string; name: string },
  goingIds: readonly string[],
): Promise<void> {
  await lockSeats(ctx)
  const seats = await ctx.db.rows<Seat>(
    `select m.id, m.account_id, m.unit_id, u.name as unit_name, u.path
       from memberships m join units u on u.tenant_id = m.tenant_id and u.id = m.unit_id join accounts a on a.id = m.account_id
      where m.tenant_id = $1 and m.role = 'administrator' and a.disabled_at is null
        and m.from_on <= $2 and (m.until_on is null or m.until_on > $2)`,
    [ctx.tenant, ctx.today],
  )
  const going = seats.filter((seat) => goingIds.includes(seat.id))
  const staying = seats.filter((seat) => !goingIds.includes(seat.id) && seat.account_id !== account.id)
  const bare = going.find((seat) => !staying.some((other) => seat.path.startsWith(other.path)))
  if (bare) throw problem('last_administrator', { values: { name: account.name, unit: bare.unit_name } })
}

export async function add_membership(
  ctx: Ctx,
  { id, body }: Input<typeof accountOps.add_membership>,
): Promise<AccountRow> {
  const account = await lockVisibleAccount(ctx, id)
  if (account.disabled_at) throw problem('account_is_disabled', { values: { name: account.name } })
  const unit = await unitInSubtree(ctx, body.unit_id)
  await checkMembership(ctx, unit, body.role, account)
  await insertMembership(ctx, {
    account_id: id,
    unit_id: unit.id,
    role: body.role,
    ...(body.from_on ? { from_on: body.from_on } : {}),
  })
  return accountRow(ctx, id)
}

interface MembershipRow {
  id: string
  account_id: string
  name: string
  role: Role
  unit_id: string
  path: string
  from_on: string
  until_on: string | null
}

export async function end_membership(
  ctx: Ctx,
  { id, body }: Input<typeof accountOps.end_membership>,
): Promise<AccountRow> {
  // Before the one row, so that two administrators who end each other wait in the same order.
  await lockSeats(ctx)
  const membership = await ctx.db.maybe<MembershipRow>(
    `select m.id, m.account_id, a.name, m.role, m.unit_id, u.path, m.from_on, m.until_on
       from memberships m join accounts a on a.id = m.account_id join units u on u.tenant_id = m.tenant_id and u.id = m.unit_id
      where m.tenant_id = $1 and m.id = $2 for update of m`,
    [ctx.tenant, id],
  )
  if (!membership || !isMine(ctx, membership.path)) throw problem('not_found')
  if (!accountCan.endMembership(membership, ctx.today))
    throw problem('already_ended', { values: { until_on: membership.until_on ?? '' } })
  if (membership.role === 'administrator')
    await keepAdministrator(ctx, { id: membership.account_id, name: membership.name }, [id])
  await endMembership(ctx, id, body.reason)
  return accountRow(ctx, membership.account_id)
}

/** Ends today (a membership that has not begun yet ends on its first day), and signs out the sessions that work under it. */
async function endMembership(ctx: Ctx, id: string, reason: string): Promise<void> {
  await ctx.db.count(
    `update memberships set until_on = greatest(from_on, $3::date), ended_by = $4, ended_reason = $5 where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, ctx.today, ctx.actor.account_id, reason],
  )
  await ctx.db.count('delete from sessions where membership_id = $1', [id])
  await ctx.audit('membership.ended', id)
}

/** What other features pass on when somebody leaves (keeper of files, pairings, duties); each answers how many. Filled by app.ts. */
export const handOverSteps: ((ctx: Ctx, from: HandOverSide, to: HandOverSide) => Promise<number>)[] = []
export interface HandOverSide {
  readonly account_id: string
  readonly name: string
  /** The person of the files behind the account, where one is named. */
  readonly adult_ids: readonly string[]
}

/** A leaving person's memberships and everything they keep go to another, today, with the reason; nothing stays without anybody. */
export async function hand_over(ctx: Ctx, { id, body }: Input<typeof accountOps.hand_over>) {
  if (id === ctx.actor.account_id) throw problem('not_yourself')
  if (id === body.to_account_id)
    throw invalid({ path: 'to_account_id', zh: '要交给另一个人。', en: 'Choose another person.' })
  // Always in the same order, so that two hand-overs at once cannot wait for each other.
  for (const one of [id, body.to_account_id].toSorted()) await lockVisibleAccount(ctx, one)
  const from = await lockManaged(ctx, id)
  const to = await lockVisibleAccount(ctx, body.to_account_id)
  if (to.disabled_at) throw problem('account_is_disabled', { values: { name: to.name } })
  const held = (await membershipsOf(ctx, id)).filter((one) => one.tenant_id === ctx.tenant)
  const theirs = await membershipsOf(ctx, to.id)
  const sides = await Promise.all([from, to].map((one) => side(ctx, one)))
  for (const membership of held) {
    await endMembership(ctx, membership.id, body.reason)
    if (theirs.some((one) => one.unit_id === membership.unit_id && one.role === membership.role)) continue
    await checkMembership(ctx, await unitInSubtree(ctx, membership.unit_id), membership.role, to)
    await insertMembership(ctx, {
      account_id: to.id,
      unit_id: membership.unit_id,
      role: membership.role,
      adult_id: sides[1]!.adult_ids[0] ?? null,
    })
  }
  let others = 0
  for (const step of handOverSteps) others += await step(ctx, sides[0]!, sides[1]!)
  if (body.disable ?? true) await disableAccount(ctx, from.id)
  await ctx.audit('account.handed_over', id, { purpose: body.reason })
  return { id, memberships: held.length, others }
}

async function side(ctx: Ctx, account: { id: string; name: string }): Promise<HandOverSide> {
  const rows = await ctx.db.rows<{ adult_id: string }>(
    `select distinct adult_id from memberships where tenant_id = $1 and account_id = $2 and adult_id is not null`,
    [ctx.tenant, account.id],
  )
  return { account_id: account.id, name: account.name, adult_ids: rows.map((row) => row.adult_id) }
}

export async function disableAccount(ctx: Ctx, id: string): Promise<void> {
  await ctx.db.count('update accounts set disabled_at = $2, disabled_by = $3, version = version + 1 where id = $1', [
    id,
    ctx.now,
    ctx.actor.account_id,
  ])
  await endSessions(ctx, id)
  await ctx.audit('account.disabled', id)
}
