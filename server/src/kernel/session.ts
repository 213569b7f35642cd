import type {} from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from './clock.ts'
import { shanghaiDay } from './clock.ts'
import { ctxAs, type Actor, type Ctx, type Session } from './ctx.ts'
import { tokenHash } from './secrets.ts'
import { literal } from './tx.ts'

export const cookieName = 'nuanyang'

interface Entered extends Session {
  tenant_id: string | null
  membership_id: string | null
  role: Actor['role']
  adult_id: string | null
  unit_id: string
  unit_name: string
  unit_kind: string
  unit_path: string
  separate_admins: boolean
}

/** The simple query that opens a transaction and says who is asking: one round trip, literals only. */
export function enterStatement(request: FastifyRequest, clock: Clock, readOnly: boolean): string {
  const token = request.cookies[cookieName] ?? ''
  const hash = token ? tokenHash(token) : ''
  const now = clock()
  return `begin${readOnly ? ' read only' : ''}; select app_enter(${literal(hash)}, ${literal(now.toISOString())}, ${literal(shanghaiDay(now))}) as entered`
}

/** Who came in, from the row of `enterStatement`. */
export function readEntered(row: unknown): { session: Session | null; actor: Actor | null; tenant: string } {
  const entered = (row as { entered: Entered | null } | undefined)?.entered ?? null
  if (!entered) return { session: null, actor: null, tenant: '-' }
  const {
    tenant_id,
    membership_id,
    role,
    adult_id,
    unit_id,
    unit_name,
    unit_kind,
    unit_path,
    separate_admins,
    ...session
  } = entered
  const actor =
    membership_id && session.totp_ok
      ? {
          account_id: session.account_id,
          account_name: session.account_name,
          membership_id,
          role,
          adult_id,
          unit_id,
          unit_name,
          unit_kind,
          unit_path,
          separate_admins,
        }
      : null
  return { session, actor, tenant: tenant_id ?? '-' }
}

/** Reads the session again inside the running request: after signing in or switching, the rest of it is that person's. */
export async function enterAgain(ctx: Ctx, hash: string): Promise<Ctx> {
  const row = await ctx.db.one('select app_enter($1, $2, $3::date) as entered', [hash, ctx.now, ctx.today])
  return ctxAs(ctx, readEntered(row))
}

/**
 * Sets or clears the session cookie. Strict: no other site can make the browser send it. `Secure` only where there is TLS, since
 * an office network without it must still be able to sign in.
 */
export function sendCookie(reply: FastifyReply, secure: boolean, token: string | null, seconds?: number): void {
  const options = { path: '/', httpOnly: true, sameSite: 'strict', secure } as const
  if (token === null) void reply.clearCookie(cookieName, options)
  else void reply.setCookie(cookieName, token, seconds ? { ...options, maxAge: seconds } : options)
}
