// Signing in with username and password, the second step, and changing one's own password.
import { oneTimePasswordDays, type accountOps, type SessionNow } from '@nuanyang/contract/accounts.ts'
import type { Input } from '@nuanyang/contract/kernel.ts'
import { ctxAs, type Ctx } from '../kernel/ctx.ts'
import { invalid, problem, refuseAfterCommit } from '../kernel/problem.ts'
import { countFailure, forgetFailures, lockKeys, refuseLocked } from './accounts.lockouts.ts'
import { foldUsername } from './accounts.names.ts'
import { hashPassword, isPassword, refuseWeak } from './accounts.passwords.ts'
import {
  beginSession,
  chooseMembership,
  describeSession,
  endSessions,
  membershipsOf,
  renewToken,
  signedIn,
} from './accounts.sessions.ts'

interface Known {
  id: string
  password_hash: string
  password_set_at: Date
  must_change_password: boolean
  totp_on: boolean
  disabled: boolean
}

export async function sign_in(before: Ctx, { body }: Input<typeof accountOps.sign_in>): Promise<SessionNow> {
  const ctx = ctxAs(before, { tenant: '-', session: null, actor: null })
  await ctx.db.rows('select app_begin($1, null)', ['-'])
  const username = foldUsername(body.username)
  const locks = [lockKeys.username(username), lockKeys.address(ctx.address)]
  await oneAtATime(ctx, username)
  await refuseLocked(ctx, ...locks)
  const account = await ctx.db.maybe<Known>(
    `select id, password_hash, password_set_at, must_change_password, totp_on_at is not null as totp_on,
            disabled_at is not null as disabled
       from accounts where lower(username) = $1`,
    [username],
  )
  if (!(await isPassword(account?.password_hash ?? null, body.password)) || !account) {
    await countFailure(ctx, ...locks)
    await ctx.audit('session.refused', account?.id ?? null)
    return refuseAfterCommit('wrong_password')
  }
  refuseUnusable(ctx, account)
  const membership = await chooseMembership(ctx, account.id, await membershipsOf(ctx, account.id))
  await forgetFailures(ctx, lockKeys.username(username))
  const shared = body.shared_computer ?? false
  if (before.session) await endOld(ctx, before.session.session_id)
  const now = await beginSession(ctx, { account_id: account.id, membership, shared, totp_ok: !account.totp_on })
  await now.audit('session.began', account.id)
  return describeSession(now)
}

async function endOld(ctx: Ctx, session_id: string): Promise<void> {
  await ctx.db.count('delete from sessions where id = $1', [session_id])
}

/** Tries for one username come one after another, else a thousand at once would all pass before the first is counted. */
async function oneAtATime(ctx: Ctx, username: string): Promise<void> {
  const { got } = await ctx.db.one<{ got: boolean }>(
    'select pg_try_advisory_xact_lock(hashtextextended($1, 7)) as got',
    [`sign_in ${username}`],
  )
  if (!got) throw problem('one_at_a_time')
}

/** Said only to somebody who knows the password. */
function refuseUnusable(ctx: Ctx, account: Known): void {
  if (account.disabled) throw problem('account_disabled')
  const ageDays = (ctx.now.getTime() - account.password_set_at.getTime()) / 86_400_000
  if (account.must_change_password && ageDays > oneTimePasswordDays)
    throw problem('one_time_password_expired', { values: { days: oneTimePasswordDays } })
}

/**
 * Asks for the password of somebody who is signed in, before a step that a borrowed telephone must not take.
 * Answers the refusal to return, or null.
 */
export async function wrongOwnPassword(ctx: Ctx, password: string): Promise<null> {
  const { account_id, username } = signedIn(ctx)
  const lock = lockKeys.username(foldUsername(username))
  await refuseLocked(ctx, lock)
  const { password_hash } = await ctx.db.one<{ password_hash: string }>(
    'select password_hash from accounts where id = $1',
    [account_id],
  )
  if (await isPassword(password_hash, password)) return null
  await countFailure(ctx, lock)
  return refuseAfterCommit('wrong_password')
}

export async function change_own_password(
  ctx: Ctx,
  { body }: Input<typeof accountOps.change_own_password>,
): Promise<SessionNow> {
  const session = signedIn(ctx)
  if (!session.totp_ok) throw problem('not_signed_in')
  const wrong = await wrongOwnPassword(ctx, body.current)
  if (wrong !== null) return wrong
  refuseWeak(body.password, { username: session.username, name: session.account_name })
  if (body.password === body.current)
    throw invalid({
      path: 'password',
      zh: '和现在的密码一样。请换一个新的。',
      en: 'That is the current password. Choose a new one.',
    })
  await ctx.db.count(
    `update accounts set password_hash = $2, password_set_at = $3, must_change_password = false, version = version + 1
      where id = $1`,
    [session.account_id, await hashPassword(body.password), ctx.now],
  )
  await endSessions(ctx, session.account_id, session.session_id)
  const now = await renewToken(ctx)
  await now.audit('account.password_changed', session.account_id)
  return describeSession(now)
}
