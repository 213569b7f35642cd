// Wrong tries make the next ones wait: per username, per account for the second step, and per address. Rows are written in the
// transaction that refuses (`refuseAfterCommit`), so a count is never lost with its refusal.
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'

interface Rule {
  /** This many wrong tries cost nothing. */
  free: number
  /** Longest wait, in seconds. */
  longest: number
  /** After so long without a wrong try the count begins anew. */
  forgetHours: number
}

const person: Rule = { free: 5, longest: 3600, forgetHours: 24 }
// One office goes out under one address: a higher count and a short wait, or one bad speller would lock out all the others.
const place: Rule = { free: 50, longest: 60, forgetHours: 1 }

export const lockKeys = {
  username: (folded: string) => `u:${folded.slice(0, 100)}`,
  code: (accountId: string) => `t:${accountId}`,
  address: (address: string) => `a:${address}`,
  setup: (address: string) => `s:${address}`,
}

const ruleOf = (key: string) => (key.startsWith('a:') ? place : person)

/** Refuses while one of these keys waits. Known and unknown usernames wait alike. */
export async function refuseLocked(ctx: Ctx, ...keys: string[]): Promise<void> {
  const row = await ctx.db.maybe<{ until_at: Date }>(
    `select until_at from lockouts where key = any ($1::text[]) and until_at > $2 order by until_at desc limit 1`,
    [keys, ctx.now],
  )
  if (row) throw problem('locked_out', { values: waitWords(row.until_at.getTime() - ctx.now.getTime()) })
}

function waitWords(ms: number): { wait: string; wait_en: string } {
  const seconds = Math.max(1, Math.ceil(ms / 1000))
  if (seconds < 60) return { wait: ` ${seconds} 秒`, wait_en: `${seconds} s` }
  const minutes = Math.ceil(seconds / 60)
  return { wait: ` ${minutes} 分钟`, wait_en: `${minutes} min` }
}

/** Counts a wrong try. After the free ones the wait is one minute, then two, four … up to the rule's longest. */
export async function countFailure(ctx: Ctx, ...keys: string[]): Promise<void> {
  for (const key of keys) {
    const rule = ruleOf(key)
    const { failures } = await ctx.db.one<{ failures: number }>(
      `insert into lockouts as l (key, failures, last_at) values ($1, 1, $2)
       on conflict (key) do update set last_at = excluded.last_at,
         failures = case when l.last_at < excluded.last_at - make_interval(hours => $3) then 1 else l.failures + 1 end
       returning failures`,
      [key, ctx.now, rule.forgetHours],
    )
    const over = failures - rule.free
    const wait = over < 0 ? 0 : Math.min(60 * 2 ** Math.min(over, 20), rule.longest)
    await ctx.db.count(`update lockouts set until_at = $2 where key = $1`, [
      key,
      wait ? new Date(ctx.now.getTime() + wait * 1000) : null,
    ])
  }
}

/** Forgets wrong tries after a right one, or after a reset. */
export async function forgetFailures(ctx: Ctx, ...keys: string[]): Promise<void> {
  await ctx.db.count('delete from lockouts where key = any ($1::text[])', [keys])
}
