// The rules that keep one schema working from a laptop to a cluster, held against the catalog of the migrated database, on
// every PostgreSQL that the tests run on. A new table is covered the moment its migration exists.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readCatalog, type Catalog, type Table } from '../scripts/generate/catalog.ts'
import { kyselyTypes } from '../scripts/generate/kysely_types.ts'
import { schemaSql } from '../scripts/generate/schema_sql.ts'
import { projectFolder } from '../server/src/kernel/config.ts'
import { withClient } from '../server/src/kernel/roles.ts'
import { testDatabase, type TestDatabase } from '../server/src/testing/database.ts'

/** One copy everywhere, no row security: they hold nothing of a child. */
const referenceTables = ['accounts', 'account_tenants', 'divisions', 'division_editions', 'tenants']
/** This installation's own: never distributed, never restored into another one. */
const localTables = ['commands', 'house', 'lockouts', 'sessions', 'workers']

let database: TestDatabase
let catalog: Catalog
let tenantTables: Table[]

beforeAll(async () => {
  database = await testDatabase()
  catalog = await withClient(database.ownerUrl, readCatalog)
  const others = new Set([...referenceTables, ...localTables])
  tenantTables = catalog.tables.filter((table) => !others.has(table.name))
})
afterAll(() => database.drop())

test('every table is of one of the three kinds, and the lists of the two small kinds are exact', () => {
  const names = catalog.tables.map((table) => table.name)
  for (const name of [...referenceTables, ...localTables]) expect(names).toContain(name)
  const without = tenantTables.filter((table) => table.columns[0]?.name !== 'tenant_id')
  expect(without.map((table) => table.name)).toEqual([])
  expect(tenantTables.length).toBeGreaterThan(40)
})

test('a tenant table begins with tenant_id text not null and is keyed by (tenant_id, id)', () => {
  for (const table of tenantTables) {
    expect([table.name, table.columns[0]]).toMatchObject([
      table.name,
      { type: 'text', not_null: true, default: null, generated: null },
    ])
    const key = table.constraints.find((one) => one.type === 'p')?.definition
    expect([table.name, key]).toEqual([table.name, 'PRIMARY KEY (tenant_id, id)'])
  }
})

test('every unique, exclusion and foreign key of a tenant table carries tenant_id, except keys to reference tables', () => {
  for (const table of tenantTables) {
    for (const one of table.constraints.filter(({ type }) => 'ux'.includes(type)))
      expect([one.name, /\(tenant_id\b|tenant_id WITH =/.test(one.definition)]).toEqual([one.name, true])
    for (const index of table.indexes.filter(({ definition }) => definition.startsWith('CREATE UNIQUE')))
      expect([index.name, /\(tenant_id\b/.test(index.definition)]).toEqual([index.name, true])
    for (const key of foreignKeys(table)) {
      expect([key.name, key.toReference || key.columns[0] === 'tenant_id']).toEqual([key.name, true])
      expect([key.name, /SET NULL|SET DEFAULT|CASCADE/.test(key.definition)]).toEqual([key.name, false])
    }
  }
})

test('the columns of every foreign key lead an index, so no page and no check reads a whole table', () => {
  const missing = catalog.tables.flatMap((table) => {
    const leads = [
      ...table.indexes.map(({ definition }) => definition),
      ...table.constraints.filter(({ type }) => 'pux'.includes(type)).map(({ definition }) => definition),
    ]
      .filter((definition) => !/ WHERE /.test(definition) || / WHERE \(\w+ IS NOT NULL\)$/.test(definition))
      .map(
        (definition) =>
          /\(([^()]*)/
            .exec(definition)?.[1]
            ?.split(', ')
            .map((part) => part.split(' ')[0]!) ?? [],
      )
    return foreignKeys(table)
      .filter((key) => !leads.some((columns) => leadsWith(columns, key.columns, tenantTables.includes(table))))
      .map((key) => key.name)
  })
  expect(missing).toEqual([])
})

test('row security is forced, and the policies only compare one setting: no subquery, no function of ours', () => {
  for (const table of tenantTables) {
    expect([table.name, table.row_security]).toEqual([table.name, true])
    expect(table.policies.map((policy) => `${policy.name} ${policy.command} ${policy.roles}`)).toEqual([
      'of_owner all nuanyang_owner',
      'of_search select nuanyang_search',
      'of_tenant all nuanyang_app',
    ])
    const mine = table.policies.find((policy) => policy.name === 'of_tenant')!
    for (const expression of [mine.using, mine.check])
      expect([table.name, expression]).toEqual([table.name, `(tenant_id = current_setting('app.tenant'::text, true))`])
  }
})

test('the audit can be added to and read, never changed or deleted, by the application', async () => {
  const audit = catalog.tables.find((table) => table.name === 'audit')!
  expect(audit.grants.find((grant) => grant.role === 'nuanyang_app')?.rights).toBe('insert, select')
  await withClient(database.appUrl, async (client) => {
    for (const statement of [`delete from audit`, `update audit set operation = 'x'`, 'truncate audit'])
      await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' })
  })
})

test('no default, view, function or check asks the database for the time: the clock is the request’s own', () => {
  const clocks =
    /\b(now\(\)|current_date|current_timestamp|clock_timestamp|localtimestamp|statement_timestamp|CURRENT_DATE|LOCALTIME)\b/i
  const found = [
    ...catalog.tables.flatMap((table) => [
      ...table.columns.map((column) => [`${table.name}.${column.name}`, column.default ?? column.generated ?? '']),
      ...table.constraints.map((one) => [one.name, one.definition]),
    ]),
    ...catalog.views.map((view) => [view.name, view.definition]),
    ...catalog.routines.map((routine) => [routine.name, routine.definition]),
  ].filter(([, text]) => clocks.test(text!))
  expect(found).toEqual([])
})

test('every table says in Chinese what it holds', () => {
  const silent = catalog.tables.filter((table) => !/\p{Script=Han}{4}/u.test(table.comment ?? ''))
  expect(silent.map((table) => table.name)).toEqual([])
})

test('every function that runs with its owner’s rights fixes its search path and is not open to everybody', () => {
  const definers = catalog.routines.filter((routine) => /SECURITY DEFINER/.test(routine.definition))
  expect(definers.length).toBeGreaterThan(3)
  for (const routine of definers) {
    expect([routine.name, /SET search_path TO/.test(routine.definition)]).toEqual([routine.name, true])
    expect([routine.name, routine.grants]).toEqual([routine.name, 'nuanyang_app'])
  }
})

test('functions of nuanyang_search begin by naming the tenant of the transaction and answer ids alone', () => {
  const searches = catalog.routines.filter((routine) => routine.owner === 'nuanyang_search')
  expect(searches.length).toBeGreaterThan(0)
  for (const routine of searches) {
    expect([routine.name, routine.definition]).toEqual([
      routine.name,
      expect.stringContaining(`current_setting('app.tenant', true)`),
    ])
    expect([routine.name, /RETURNS TABLE\(\w+ uuid\)|RETURNS SETOF uuid/.test(routine.definition)]).toEqual([
      routine.name,
      true,
    ])
  }
})

test('one county cannot read or write rows of another', async () => {
  await withClient(database.appUrl, async (client) => {
    await client.query('begin')
    await enter(client, '360123')
    await client.query(
      `insert into units (tenant_id, id, kind, name, path, depth) values ('360123', $1, 'county', '青禾县', 'x/', 0)`,
      ['00000000-0000-7000-8000-000000000001'],
    )
    await enter(client, '360124')
    expect((await client.query('select from units')).rowCount).toBe(0)
    expect((await client.query(`update units set name = '乙'`)).rowCount).toBe(0)
    await client.query('savepoint before')
    await expect(
      client.query(
        `insert into units (tenant_id, id, kind, name, path, depth) values ('360123', $1, 'county', '甲', 'y/', 0)`,
        ['00000000-0000-7000-8000-000000000002'],
      ),
    ).rejects.toMatchObject({ code: '42501' })
    await client.query('rollback')
  })
})

test('the rule against overlapping spells is never looked things up in: a child’s own index is quicker', async () => {
  await withClient(database.ownerUrl, async (client) => {
    for (const table of ['enrolments', 'care_spells', 'parent_spells', 'health_facts', 'economy_facts', 'aid_facts']) {
      await client.query('begin')
      // Even where nothing better is left.
      await client.query(`drop index ${table}_child`)
      await client.query('set local enable_seqscan = off')
      const { rows } = await client.query(
        `explain (costs off) select from ${table} where tenant_id = '360123' and child_id = $1 and valid @> date '2026-11-28'`,
        ['00000000-0000-7000-8000-000000000001'],
      )
      expect(JSON.stringify(rows)).not.toContain(`${table}_one`)
      await client.query('rollback')
    }
  })
})

test('db/schema.sql and db/types.ts are those of this very schema, on every version of PostgreSQL', () => {
  const committed = (path: string) => readFileSync(join(projectFolder, path), 'utf8')
  expect(committed('db/schema.sql') === schemaSql(catalog), 'run: npm run generate').toBe(true)
  expect(committed('db/types.ts') === kyselyTypes(catalog), 'run: npm run generate').toBe(true)
})

function enter(client: pg.Client, tenant: string) {
  return client.query('select app_begin($1, null)', [tenant])
}

function foreignKeys(table: Table) {
  return table.constraints
    .filter(({ type }) => type === 'f')
    .map(({ name, definition }) => {
      const match = /FOREIGN KEY \(([^)]+)\) REFERENCES (\w+)/.exec(definition)!
      return {
        name,
        definition,
        columns: match[1]!.split(', '),
        toReference: referenceTables.includes(match[2]!),
      }
    })
}

/** tenant_id leads every index of a tenant table; the key's own columns follow in any order. */
function leadsWith(columns: readonly string[], wanted: readonly string[], ofTenant: boolean): boolean {
  const need = ofTenant && wanted[0] !== 'tenant_id' ? [['tenant_id', ...wanted], [...wanted]] : [[...wanted]]
  return need.some((list) => {
    const head = new Set(columns.slice(0, list.length))
    return list.every((column) => head.has(column))
  })
}
