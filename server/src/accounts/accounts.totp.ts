// The second step (动态码): six digits from the phone, RFC 6238, each usable once; ten recovery codes for a lost phone.
import { randomInt } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import type { accountOps, SessionNow } from '@nuanyang/contract/accounts.ts'
import type { Input } from '@nuanyang/contract/kernel.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem, refuseAfterCommit } from '../kernel/problem.ts'
import { tokenHash } from '../kernel/secrets.ts'
import { countFailure, forgetFailures, lockKeys, refuseLocked } from './accounts.lockouts.ts'
import { wrongOwnPassword } from './accounts.sign_in.ts'
import { describeSession, renewToken, signedIn } from './accounts.sessions.ts'

const periodSeconds = 30

interface Kept {
  totp_secret: string | null
  totp_on: boolean
  totp_counter: number
}

/** Locks the account's row: two codes at once are judged one after the other. */
async function lockTotp(ctx: Ctx): Promise<Kept> {
  return ctx.db.one<Kept>(
    'select totp_secret, totp_on_at is not null as totp_on, totp_counter from accounts where id = $1 for update',
    [signedIn(ctx).account_id],
  )
}

function generator(ctx: Ctx, secret: Secret): TOTP {
  return new TOTP({ issuer: '暖阳', label: signedIn(ctx).username, secret, digits: 6, period: periodSeconds })
}

/** The time step a code belongs to, when it is right, at most one step away (clocks drift), and later than the last one used. */
function acceptedStep(ctx: Ctx, kept: Kept, code: string): number | null {
  if (!kept.totp_secret || !/^\d{6}$/.test(code)) return null
  const totp = generator(ctx, Secret.fromBase32(ctx.secrets.unseal(kept.totp_secret)))
  const delta = totp.validate({ token: code, timestamp: ctx.now.getTime(), window: 1 })
  if (delta === null) return null
  const step = Math.floor(ctx.now.getTime() / 1000 / periodSeconds) + delta
  return step > kept.totp_counter ? step : null
}

const plain = (code: string) => code.normalize('NFKC').replace(/[\s-]/g, '').toLowerCase()

export async function verify_totp(ctx: Ctx, { body }: Input<typeof accountOps.verify_totp>): Promise<SessionNow> {
  const session = signedIn(ctx)
  if (session.totp_ok) return describeSession(ctx)
  const lock = lockKeys.code(session.account_id)
  // The row first: tries that arrive at once then wait here, and each finds what those before it were counted for.
  const kept = await lockTotp(ctx)
  await refuseLocked(ctx, lock)
  const code = plain(body.code)
  const step = acceptedStep(ctx, kept, code)
  if (step !== null)
    await ctx.db.count('update accounts set totp_counter = $2 where id = $1', [session.account_id, step])
  else if (!(await useRecoveryCode(ctx, code))) {
    await countFailure(ctx, lock)
    await ctx.audit('session.code_refused', session.account_id)
    return refuseAfterCommit('wrong_code')
  }
  await forgetFailures(ctx, lock)
  await ctx.db.count('update sessions set totp_ok = true where id = $1', [session.session_id])
  const now = await renewToken(ctx)
  await now.audit(step === null ? 'session.recovery_code_used' : 'session.code_accepted', session.account_id)
  return describeSession(now)
}

async function useRecoveryCode(ctx: Ctx, code: string): Promise<boolean> {
  const hash = tokenHash(code)
  const used = await ctx.db.count(
    'update accounts set recovery_hashes = array_remove(recovery_hashes, $2) where id = $1 and $2 = any (recovery_hashes)',
    [signedIn(ctx).account_id, hash],
  )
  return used === 1
}

export async function begin_totp(ctx: Ctx, { body }: Input<typeof accountOps.begin_totp>) {
  const wrong = await wrongOwnPassword(ctx, body.password)
  if (wrong !== null) return wrong
  if ((await lockTotp(ctx)).totp_on) throw problem('totp_already_on')
  const secret = new Secret({ size: 20 })
  await ctx.db.count('update accounts set totp_secret = $2, totp_counter = 0 where id = $1', [
    signedIn(ctx).account_id,
    ctx.secrets.seal(secret.base32),
  ])
  return { uri: generator(ctx, secret).toString(), secret: secret.base32 }
}

export async function confirm_totp(ctx: Ctx, { body }: Input<typeof accountOps.confirm_totp>) {
  const { account_id } = signedIn(ctx)
  const lock = lockKeys.code(account_id)
  // The row first: tries that arrive at once then wait here, and each finds what those before it were counted for.
  const kept = await lockTotp(ctx)
  await refuseLocked(ctx, lock)
  if (kept.totp_on) throw problem('totp_already_on')
  if (!kept.totp_secret) throw problem('totp_not_begun')
  const step = acceptedStep(ctx, kept, plain(body.code))
  if (step === null) {
    await countFailure(ctx, lock)
    return refuseAfterCommit('wrong_code')
  }
  await forgetFailures(ctx, lock)
  await ctx.db.count('update accounts set totp_on_at = $2, totp_counter = $3, version = version + 1 where id = $1', [
    account_id,
    ctx.now,
    step,
  ])
  await ctx.audit('account.totp_on', account_id)
  return { recovery_codes: await makeRecoveryCodes(ctx) }
}

export async function disable_totp(ctx: Ctx, { body }: Input<typeof accountOps.disable_totp>): Promise<null> {
  const wrong = await wrongOwnPassword(ctx, body.password)
  if (wrong !== null) return wrong
  await forgetTotp(ctx, signedIn(ctx).account_id)
  await ctx.audit('account.totp_off', signedIn(ctx).account_id)
  return null
}

export async function forgetTotp(ctx: Ctx, account_id: string): Promise<void> {
  await ctx.db.count(
    `update accounts set totp_secret = null, totp_on_at = null, recovery_hashes = '{}', version = version + 1 where id = $1`,
    [account_id],
  )
}

export async function new_recovery_codes(ctx: Ctx, { body }: Input<typeof accountOps.new_recovery_codes>) {
  const wrong = await wrongOwnPassword(ctx, body.password)
  if (wrong !== null) return wrong
  if (!(await lockTotp(ctx)).totp_on) throw problem('totp_not_begun')
  await ctx.audit('account.recovery_codes_renewed', signedIn(ctx).account_id)
  return { recovery_codes: await makeRecoveryCodes(ctx) }
}

const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Ten codes of 49 bits; their hashes are kept, so they are shown only now. */
async function makeRecoveryCodes(ctx: Ctx): Promise<string[]> {
  const codes = Array.from({ length: 10 }, () =>
    Array.from({ length: 10 }, () => letters[randomInt(letters.length)]).join(''),
  )
  await ctx.db.count('update accounts set recovery_hashes = $2 where id = $1', [
    signedIn(ctx).account_id,
    codes.map(tokenHash),
  ])
  return codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`)
}
