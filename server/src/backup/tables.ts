import type pg from 'pg'
import { Sentence } from '../kernel/sentence.ts'

/** One table as a backup sees it. */
export interface BackedTable {
  /** schema-qualified and quoted, for SQL */
  sql: string
  /** for people and for names in the archive: `children`, `graphile_worker._private_jobs` */
  name: string
  /** quoted names of the columns that hold data, in order; computed columns are left out */
  columns: string[]
}

/**
 * Who is signed in and whose heart beats on this very machine: a cookie that was good on the day of the backup must not open the
 * restored house. Earlier versions carried them, so what an archive has of them is passed over.
 */
export const staysHere: ReadonlySet<string> = new Set(['sessions', 'workers'])

/**
 * What a backup does not carry besides: the record of migrations (its own list stands in the manifest) and the divisions, which come
 * with the program and are loaded at the first start.
 */
const leftOut = new Set(['migrations', 'divisions', 'division_editions', 'graphile_worker.migrations', ...staysHere])

/** Text that reads the same in every version and place. */
export const plainText = `set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set timezone = 'UTC'; set extra_float_digits = 1; set bytea_output = 'hex'; set client_encoding = 'UTF8'`

/** Every table of ours and of the queue, by name. @param client as nuanyang_owner */
export async function backedTables(client: pg.ClientBase): Promise<BackedTable[]> {
  const { rows } = await client.query<BackedTable & { hidden: boolean }>(`
    select format('%I.%I', n.nspname, c.relname) as sql,
           case n.nspname when 'public' then c.relname else n.nspname || '.' || c.relname end as name,
           array(select quote_ident(a.attname) from pg_attribute a
                  where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                  order by a.attnum) as columns,
           c.relrowsecurity and c.relforcerowsecurity and not exists (
             select from pg_policy p where p.polrelid = c.oid and p.polcmd = '*' and p.polpermissive
                and 'nuanyang_owner'::regrole = any (p.polroles) and pg_get_expr(p.polqual, p.polrelid) = 'true') as hidden
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('public', 'graphile_worker') and c.relkind in ('r', 'p') and not c.relispartition
     order by n.nspname desc, c.relname`)
  const hidden = rows.filter((row) => row.hidden).map((row) => row.name)
  // Row security would leave rows out without a word.
  if (hidden.length > 0)
    throw new Sentence(
      `这些表没有给 nuanyang_owner 的策略，备份会漏掉其中的行，所以没有做：${hidden.join('、')}。请先运行 npx nuanyang migrate。`,
    )
  return rows.filter((row) => !leftOut.has(row.name)).map(({ sql, name, columns }) => ({ sql, name, columns }))
}

interface Constraint {
  sql: string
  name: string
  definition: string
}

/**
 * Takes away, inside the caller's transaction, what would stop or change rows that come back as they were: foreign keys (put back at
 * the end, which proves every one of them), triggers, and the row security that COPY refuses.
 * @returns puts everything back
 */
export async function openForRows(client: pg.ClientBase, tables: BackedTable[]): Promise<() => Promise<void>> {
  const names = tables.map((table) => table.sql)
  const keys = await client.query<Constraint>(
    `select conrelid::regclass::text as sql, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
       from pg_constraint where contype = 'f' and conrelid = any ($1::regclass[]) and conparentid = 0`,
    [names],
  )
  const forced = await client.query<{ sql: string }>(
    'select oid::regclass::text as sql from pg_class where oid = any ($1::regclass[]) and relforcerowsecurity',
    [names],
  )
  for (const key of keys.rows) await client.query(`alter table ${key.sql} drop constraint ${key.name}`)
  for (const { sql } of forced.rows) await client.query(`alter table ${sql} no force row level security`)
  for (const table of tables) await client.query(`alter table ${table.sql} disable trigger user`)
  return async () => {
    // While row security is still off for the owner, so that PostgreSQL proves a key by one join instead of row by row.
    for (const key of keys.rows)
      await client.query(`alter table ${key.sql} add constraint ${key.name} ${key.definition}`)
    for (const table of tables) await client.query(`alter table ${table.sql} enable trigger user`)
    for (const { sql } of forced.rows) await client.query(`alter table ${sql} force row level security`)
  }
}

/** Counters go on after the highest number that came back. */
export async function setCounters(client: pg.ClientBase, tables: BackedTable[]): Promise<void> {
  const { rows } = await client.query<{ sequence: string; sql: string; column: string }>(
    `select d.objid::regclass::text as sequence, d.refobjid::regclass::text as sql, quote_ident(a.attname) as column
       from pg_depend d join pg_class s on s.oid = d.objid and s.relkind = 'S'
       join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
      where d.deptype in ('a', 'i') and d.refobjid = any ($1::regclass[])`,
    [tables.map((table) => table.sql)],
  )
  for (const { sequence, sql, column } of rows)
    await client.query(`select setval($1::regclass, coalesce(max(${column}), 0) + 1, false) from ${sql}`, [sequence])
}
