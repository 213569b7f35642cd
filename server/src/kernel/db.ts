import { createHash } from 'node:crypto'
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type Compilable,
  type RawBuilder,
} from 'kysely'
import pg from 'pg'
import type { DB } from '../../../db/types.ts'
import type { Log } from './log.ts'
import { codeOf } from './sentence.ts'

export { sql } from 'kysely'

// Days stay strings: a JavaScript Date would move them over a time zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

/** Builds queries; it never connects. `db.run(query)` sends what it built over the transaction's own connection. */
export const q = new Kysely<DB>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

type Values = readonly unknown[]

/**
 * One connection inside one transaction. A request's statements are named by their text, so PostgreSQL plans each once per connection;
 * those of a job are not (see `asSystem`).
 */
export interface Db {
  rows<T = Record<string, unknown>>(text: string, values?: Values): Promise<T[]>
  /** Exactly one row; anything else is a fault of ours. */
  one<T = Record<string, unknown>>(text: string, values?: Values): Promise<T>
  maybe<T = Record<string, unknown>>(text: string, values?: Values): Promise<T | null>
  /** Number of rows touched. */
  count(text: string, values?: Values): Promise<number>
  /** A query built with `q` or Kysely's `sql`. */
  run<T>(query: Compilable<T> | RawBuilder<T>): Promise<T[]>
  readonly client: pg.PoolClient
  readonly plans: Plans
}

const names = new Map<string, string>()
function nameOf(text: string): string {
  let name = names.get(text)
  if (!name) {
    name = createHash('sha1').update(text).digest('base64url')
    // Dynamic lists make a bounded number of texts; the cap only guards against a fault.
    if (names.size > 5000) names.clear()
    names.set(text, name)
  }
  return name
}

/** `kept`: planned once per connection; `each`: planned every time for the values at hand */
type Plans = 'kept' | 'each'

/** @param mark a comment behind every text: tells apart plans of one text */
export function dbOn(client: pg.PoolClient, plans: Plans = 'kept', mark = ''): Db {
  const send = <T>(said: string, values: Values = []) => {
    const text = said + mark
    return client.query<T & pg.QueryResultRow>({
      ...(plans === 'kept' ? { name: nameOf(text) } : {}),
      text,
      values: values as unknown[],
    })
  }
  const rows = async <T>(text: string, values?: Values) => (await send<T>(text, values)).rows as T[]
  return {
    client,
    plans,
    rows,
    async one<T>(text: string, values?: Values) {
      const found = await rows<T>(text, values)
      if (found.length !== 1) throw new Error(`one row expected, ${found.length} came: ${text.slice(0, 80)}`)
      return found[0]!
    },
    async maybe<T>(text: string, values?: Values) {
      return (await rows<T>(text, values))[0] ?? null
    },
    async count(text, values) {
      return (await send(text, values)).rowCount ?? 0
    },
    run<T>(query: Compilable<T> | RawBuilder<T>) {
      const compiled = 'isRawBuilder' in query ? query.compile(q) : (query as Compilable<T>).compile()
      return rows<T>(compiled.sql, compiled.parameters)
    },
  }
}

/**
 * For statements over due_items and due_owners: nobody can estimate their inner results, the planner takes each for a handful and would
 * compare every child with every other (measured: 200 children 100 ms, joined by hash 40 ms, and from there on linear). What they read of
 * the county's tables is named by the children's ids, so few are looked up and many are read in one go.
 *
 * Their plan is long in the making (50 ms) and the same for any children, so it is made once for each connection. A kept plan does not know
 * the settings it was made under: a mark in the text gives it a name of its own.
 */
export async function joinedByHash<T>(db: Db, act: (db: Db) => Promise<T>): Promise<T> {
  await db.rows(
    `select set_config('enable_nestloop', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true), set_config('jit', 'off', true)`,
  )
  const done = await act(dbOn(db.client, db.plans, ' /* joined by hash */'))
  await db.rows(`select set_config('enable_nestloop', 'on', true), set_config('plan_cache_mode', 'auto', true)`)
  return done
}

/** The application's pool. The password and host come from the supervisor or DATABASE_URL. */
export function openPool(connectionString: string, log: Log, max = 10): pg.Pool {
  const pool = new pg.Pool({ connectionString, max, idleTimeoutMillis: 30_000, application_name: 'nuanyang' })
  // A connection that breaks while idle is replaced at the next use; the error must not end the process. While everything is being
  // closed the database may go before the last farewell has reached it: nothing to tell anybody.
  pool.on('error', (error) => {
    if (!pool.ending) log.warn({ code: codeOf(error) }, 'database connection lost')
  })
  // While in use, the statement under way fails with the same error and says so.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** Answer already built by PostgreSQL: sent as it is, never parsed in Node. */
export class JsonText {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}
/** Hands a JSON text of shape T through as the answer. */
export function passed<T>(text: string): T {
  return new JsonText(text) as unknown as T
}
