// Sessions: one row per signed-in browser, found by the hash of a random token that only the cookie holds.
import { rightsHeld } from '@nuanyang/contract/roles.ts'
import type { Membership, SessionLine, SessionNow } from '@nuanyang/contract/accounts.ts'
import type { accountOps } from '@nuanyang/contract/accounts.ts'
import type { Input } from '@nuanyang/contract/kernel.ts'
import { defaultSecurityRules } from '@nuanyang/contract/settings.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { newId, randomCode } from '../kernel/ids.ts'
import { problem } from '../kernel/problem.ts'
import { tokenHash } from '../kernel/secrets.ts'
import { enterAgain } from '../kernel/session.ts'
import { securityRules } from '../settings/settings.ts'

export type MembershipRow = Membership & { unit_path: string }

/** Current memberships of an account in every county. */
export async function membershipsOf(ctx: Ctx, accountId: string): Promise<MembershipRow[]> {
  return ctx.db.rows<MembershipRow>('select * from account_memberships($1, $2::date)', [accountId, ctx.today])
}

/** Where this person worked last, else the first that is real work: an administrator's seat comes after it. */
export async function chooseMembership(
  ctx: Ctx,
  accountId: string,
  among: readonly MembershipRow[],
): Promise<MembershipRow> {
  const last = await ctx.db.maybe<{ membership_id: string }>(
    `select membership_id from sessions where account_id = $1 and membership_id is not null order by seen_at desc limit 1`,
    [accountId],
  )
  const chosen =
    among.find((one) => one.id === last?.membership_id) ?? among.find((one) => one.role !== 'administrator') ?? among[0]
  if (!chosen) throw problem('no_membership')
  return chosen
}

interface NewSession {
  account_id: string
  membership: Pick<Membership, 'id' | 'tenant_id'>
  shared: boolean
  totp_ok: boolean
}

/** Opens a session, sets its cookie, and answers a ctx that is this person from now on. */
export async function beginSession(ctx: Ctx, given: NewSession): Promise<Ctx> {
  await ctx.db.rows('select app_begin($1, $2)', [given.membership.tenant_id, given.account_id])
  const rules = await securityRules(ctx, given.membership.tenant_id)
  const token = randomCode(32)
  await ctx.db.count('delete from sessions where account_id = $1 and expires_at < $2', [given.account_id, ctx.now])
  await ctx.db.count(
    `insert into sessions (id, token_hash, account_id, tenant_id, membership_id, created_at, seen_at, expires_at, idle_minutes,
                           shared_computer, totp_ok, device, address)
     values ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9, $10, $11, $12)`,
    [
      newId(),
      tokenHash(token),
      given.account_id,
      given.membership.tenant_id,
      given.membership.id,
      ctx.now,
      new Date(ctx.now.getTime() + rules.session_hours * 3_600_000),
      given.shared ? rules.shared_idle_minutes : rules.idle_minutes,
      given.shared,
      given.totp_ok,
      ctx.device,
      ctx.address,
    ],
  )
  // On a shared computer the cookie ends with the browser's window; the row ends it anyway.
  ctx.cookie(token, given.shared ? undefined : rules.session_hours * 3600)
  return enterAgain(ctx, tokenHash(token))
}

/** A new token for the running session: whatever knew the old one is out. Called whenever the session gains power. */
export async function renewToken(ctx: Ctx): Promise<Ctx> {
  const session = signedIn(ctx)
  const token = randomCode(32)
  const { expires_at } = await ctx.db.one<{ expires_at: Date }>(
    'update sessions set token_hash = $2, seen_at = $3 where id = $1 returning expires_at',
    [session.session_id, tokenHash(token), ctx.now],
  )
  const seconds = Math.floor((expires_at.getTime() - ctx.now.getTime()) / 1000)
  ctx.cookie(token, session.shared_computer ? undefined : seconds)
  return enterAgain(ctx, tokenHash(token))
}

/** The session, past the second step. */
export function signedIn(ctx: Ctx) {
  if (!ctx.session) throw problem('not_signed_in')
  return ctx.session
}

export async function describeSession(ctx: Ctx): Promise<SessionNow> {
  const { session, maybeActor: actor } = ctx
  const nobody = session === null
  const memberships = nobody || !session.totp_ok ? [] : await membershipsOf(ctx, session.account_id)
  const active = actor ? memberships.find((one) => one.id === actor.membership_id) : undefined
  const mayAct = active && actor && !session?.must_change_password
  return {
    account: nobody
      ? null
      : {
          id: session.account_id,
          name: session.account_name,
          username: session.username,
          must_change_password: session.must_change_password,
          totp_on: session.totp_on,
        },
    memberships: memberships.map(({ unit_path: _path, ...one }) => one),
    active_membership_id: active?.id ?? null,
    tenant: active ? { id: active.tenant_id, name: active.tenant_name, demo: active.demo } : null,
    rights: mayAct ? [...rightsHeld(actor.role, actor.separate_admins)] : [],
    language: session?.language ?? 'zh',
    setup_needed: nobody && !(await someAccount(ctx)),
    needs_totp: !nobody && !session.totp_ok,
    today: ctx.today,
    idle_minutes: session?.idle_minutes ?? defaultSecurityRules.idle_minutes,
    shared_computer: session?.shared_computer ?? false,
  }
}

export async function someAccount(ctx: Ctx): Promise<boolean> {
  return (await ctx.db.one<{ some: boolean }>('select exists (select from accounts) as some')).some
}

export async function get_session(ctx: Ctx, _input: Input<typeof accountOps.get_session>): Promise<SessionNow> {
  return describeSession(ctx)
}

export async function sign_out(ctx: Ctx, _input: Input<typeof accountOps.sign_out>): Promise<null> {
  const session = signedIn(ctx)
  await ctx.db.count('delete from sessions where id = $1', [session.session_id])
  await ctx.audit('session.ended', session.account_id)
  ctx.cookie(null)
  return null
}

export async function switch_membership(
  ctx: Ctx,
  { body }: Input<typeof accountOps.switch_membership>,
): Promise<SessionNow> {
  const session = signedIn(ctx)
  const chosen = (await membershipsOf(ctx, session.account_id)).find((one) => one.id === body.membership_id)
  if (!chosen) throw problem('not_found')
  await ctx.db.count('update sessions set tenant_id = $2, membership_id = $3 where id = $1', [
    session.session_id,
    chosen.tenant_id,
    chosen.id,
  ])
  const now = await renewToken(ctx)
  await now.audit('session.switched', chosen.id)
  return describeSession(now)
}

export async function set_language(ctx: Ctx, { body }: Input<typeof accountOps.set_language>): Promise<null> {
  await ctx.db.count('update accounts set language = $2 where id = $1', [signedIn(ctx).account_id, body.language])
  return null
}

export async function list_sessions(ctx: Ctx, _input: Input<typeof accountOps.list_sessions>) {
  const session = signedIn(ctx)
  const rows = await ctx.db.rows<
    Omit<SessionLine, 'current' | 'created_at' | 'seen_at'> & { created_at: Date; seen_at: Date }
  >(
    `select id, device, address, created_at, seen_at, shared_computer from sessions
      where account_id = $1 and expires_at > $2 and seen_at > $2::timestamptz - make_interval(mins => idle_minutes)
      order by seen_at desc, id limit 100`,
    [session.account_id, ctx.now],
  )
  const { left } = await ctx.db.one<{ left: number }>(
    'select cardinality(recovery_hashes) as left from accounts where id = $1',
    [session.account_id],
  )
  const items = rows.map((row) => ({
    ...row,
    device: deviceName(row.device),
    created_at: row.created_at.toISOString(),
    seen_at: row.seen_at.toISOString(),
    current: row.id === session.session_id,
  }))
  return { totp_on: session.totp_on, recovery_left: left, items }
}

export async function end_session(ctx: Ctx, { id }: Input<typeof accountOps.end_session>): Promise<null> {
  const session = signedIn(ctx)
  await ctx.db.count('delete from sessions where id = $1 and account_id = $2', [id, session.account_id])
  if (id === session.session_id) ctx.cookie(null)
  await ctx.audit('session.ended', session.account_id)
  return null
}

export async function end_other_sessions(ctx: Ctx, _input: Input<typeof accountOps.end_other_sessions>): Promise<null> {
  const session = signedIn(ctx)
  await endSessions(ctx, session.account_id, session.session_id)
  await ctx.audit('session.others_ended', session.account_id)
  return null
}

/** Ends the sessions of an account, all or all but one. */
export async function endSessions(ctx: Ctx, accountId: string, except: string | null = null): Promise<void> {
  await ctx.db.count('delete from sessions where account_id = $1 and id is distinct from $2', [accountId, except])
}

/** Sessions past their end, or idle for longer than they may be: no cookie opens them any more. */
export async function sweepSessions(ctx: Ctx): Promise<void> {
  await ctx.db.count(
    `delete from sessions where expires_at < $1 or seen_at < $1::timestamptz - make_interval(mins => idle_minutes)`,
    [ctx.now],
  )
}

const browsers: [RegExp, string][] = [
  [/MicroMessenger/, '微信'],
  [/HuaweiBrowser/, '华为浏览器'],
  [/MiuiBrowser/, '小米浏览器'],
  [/QQBrowser|MQQBrowser/, 'QQ 浏览器'],
  [/Edg/, 'Edge'],
  [/Firefox/, 'Firefox'],
  [/Chrome/, 'Chrome'],
  [/Safari/, 'Safari'],
]
const systems: [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/, '鸿蒙'],
  [/Android/, 'Android'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'],
  [/Linux/, 'Linux'],
]

/** What people recognise of a User-Agent: Chrome · Windows. */
export function deviceName(agent: string): string {
  const find = (list: [RegExp, string][]) => list.find(([shape]) => shape.test(agent))?.[1]
  return [find(browsers), find(systems)].filter(Boolean).join(' · ') || '未知设备'
}
