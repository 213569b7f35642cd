import type pg from 'pg'
import { shanghaiDay, type Clock } from './clock.ts'
import { makeCtx, type Actor, type Ctx, type House } from './ctx.ts'
import { dbOn, type Db } from './db.ts'
import { codeOf } from './sentence.ts'

/** Errors after which the same work may simply be done again: the transaction left no trace. */
const again = new Set(['40001', '40P01'])

/**
 * Runs `work` in one transaction and commits before returning. `begin` is one simple query, so entering costs one round trip.
 * A deadlock or serialisation failure is tried again, at most three times.
 * @param plans whether statements keep their plan over the connection's life, or are planned each time for what they are given
 */
export async function transact<T>(
  pool: pg.Pool,
  begin: string,
  work: (db: Db, entered: unknown) => Promise<T>,
  plans: 'kept' | 'each' = 'kept',
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const client = await pool.connect()
    let broken: Error | undefined
    try {
      const results = (await client.query(begin)) as unknown as pg.QueryResult[] | pg.QueryResult
      const last = Array.isArray(results) ? results.at(-1) : results
      const answer = await work(dbOn(client, plans), last?.rows[0])
      await client.query('commit')
      return answer
    } catch (error) {
      try {
        await client.query('rollback')
      } catch (lost) {
        broken = lost instanceof Error ? lost : new Error(String(lost))
      }
      if (again.has(codeOf(error)) && attempt < 3) continue
      throw error
    } finally {
      client.release(broken)
    }
  }
}

/** For literals inside `begin`: only hashes, ids, codes and dates ever come here. */
export function literal(value: string): string {
  if (!/^[\w:.+-]*$/.test(value)) throw new Error('not a plain literal')
  return `'${value}'`
}

interface SystemParts {
  pool: pg.Pool
  house: House
  clock: Clock
}

/**
 * A transaction of the house itself (jobs, first run, command line), within one tenant and, when given, as one membership. `snapshot`:
 * every statement of it sees the same moment, whoever writes meanwhile.
 */
export async function asSystem<T>(
  { pool, house, clock }: SystemParts,
  who: { tenant: string; membership_id?: string | null; request_id?: string; snapshot?: boolean },
  work: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  const now = clock()
  return transact(
    pool,
    begin(who.tenant, who.snapshot ?? false),
    async (db) => {
      const actor = who.membership_id ? await findActor(db, who.tenant, who.membership_id, shanghaiDay(now)) : null
      return work(
        makeCtx({ house, db, tenant: who.tenant, session: null, actor, now, request_id: who.request_id ?? 'system' }),
      )
    },
    'each',
  )
}

/**
 * Jobs hand whole rosters to statements that requests use for one child: a plan made for any number of rows would loop where it should
 * hash (seen: 1,200 rows took minutes), so each of their statements is planned for what it gets (`each`). The checks of foreign keys
 * keep one plan for the session; made while a table was small it reads the whole table for every row written. They are forgotten first
 * and then made anew over the index. (Planning those checks each time as well tripled the time of a bulk write.)
 */
function begin(tenant: string, snapshot: boolean): string {
  return `begin${snapshot ? ' isolation level repeatable read' : ''}; discard plans; set local enable_seqscan = off; select app_begin(${literal(tenant)}, null)`
}

/** The actor of a membership that holds today, or null. */
export async function findActor(db: Db, tenant: string, membershipId: string, today: string): Promise<Actor | null> {
  return db.maybe<Actor>(
    `select a.id as account_id, a.name as account_name, m.id as membership_id, m.role, m.adult_id,
            u.id as unit_id, u.name as unit_name, u.kind as unit_kind, u.path as unit_path, t.separate_admins
       from memberships m join accounts a on a.id = m.account_id join tenants t on t.id = m.tenant_id
       join units u on u.tenant_id = m.tenant_id and u.id = m.unit_id
      where m.tenant_id = $1 and m.id = $2 and m.from_on <= $3 and (m.until_on is null or m.until_on > $3) and a.disabled_at is null`,
    [tenant, membershipId, today],
  )
}
