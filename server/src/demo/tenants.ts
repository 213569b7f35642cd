import type pg from 'pg'
import { hashPassword } from '../accounts/accounts.passwords.ts'
import { insertAccount, insertMembership } from '../accounts/accounts.memberships.ts'
import type { Clock } from '../kernel/clock.ts'
import { makeCtx, type House } from '../kernel/ctx.ts'
import { newId, randomCode } from '../kernel/ids.ts'
import { asSystem } from '../kernel/tx.ts'
import { seedCounty, type SeededCounty } from './seed.ts'

export interface SeededTenant extends SeededCounty {
  /** Signs in nowhere: its password is thrown away. Benchmarks give it a session of their own. */
  account_id: string
}

/** Five counties of four townships each; a transaction a county, two counties at a time. */
export async function seedTenants(
  parts: { pool: pg.Pool; house: House; clock: Clock },
  sizes: { children: number; villages: number },
  say: (line: string) => void,
): Promise<SeededTenant[]> {
  const out: SeededTenant[] = []
  let next = 0
  const seedOne = async (n: number) => {
    const code = String(991001 + n)
    out[n] = await asSystem(parts, { tenant: '-' }, async (ctx) => {
      const account_id = await insertAccount(ctx, {
        id: newId(),
        name: `种子${n + 1}`,
        username: `seed-${code}`,
        password_hash: await hashPassword(randomCode(18)),
        must_change_password: true,
      })
      const county = await seedCounty(
        ctx,
        {
          code,
          name: `第${'一二三四五'[n]}县`,
          townships: 4,
          villages: sizes.villages / 20,
          children: sizes.children / sizes.villages,
          seed: 1000 + n,
          demo: false,
        },
        { account_id, account_name: `种子${n + 1}` },
      )
      const inside = makeCtx({
        house: ctx,
        db: ctx.db,
        tenant: code,
        session: null,
        actor: null,
        now: ctx.now,
        request_id: ctx.request_id,
      })
      await insertMembership(inside, { account_id, unit_id: county.villages[0]!.id, role: 'child_director' })
      await insertMembership(inside, { account_id, unit_id: county.county_id, role: 'county_staff' })
      return { ...county, account_id }
    })
    say(`${code}：${out[n].villages.length} 个村，${out[n].children} 个孩子`)
  }
  // PostgreSQL works a core for each connection while this process prepares the next children.
  const lane = async () => {
    while (next < 5) await seedOne(next++)
  }
  await Promise.all([lane(), lane()])
  return out
}
