import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { emptyDatabase, testDatabase, type TestDatabase } from '../testing/database.ts'
import { isMigrated, migrate, sqlFiles } from './migrate.ts'
import { checkAppRole, checkOwnerRole, withClient } from './roles.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

describe('migrations', () => {
  test('an empty database becomes the same as the template, and a second run does nothing', async () => {
    const empty = await emptyDatabase()
    try {
      expect(await isMigrated(empty.appUrl)).toBe(false)
      const first = await migrate(empty.ownerUrl)
      expect(first.applied.slice(0, sqlFiles('migrations').length)).toEqual(
        sqlFiles('migrations').map((file) => file.name),
      )
      expect(await isMigrated(empty.appUrl)).toBe(true)
      expect((await migrate(empty.ownerUrl)).applied).toEqual([])
      expect(await tables(empty.ownerUrl)).toEqual(await tables(database.ownerUrl))
    } finally {
      await empty.drop()
    }
  })

  test('two processes at once: one migrates, the other waits and finds nothing to do', async () => {
    const empty = await emptyDatabase()
    try {
      const both = await Promise.all([migrate(empty.ownerUrl), migrate(empty.ownerUrl)])
      expect(both.filter(({ applied }) => applied.length > 0)).toHaveLength(1)
    } finally {
      await empty.drop()
    }
  })

  test('a changed migration and a newer database are refused with a sentence', async () => {
    const first = sqlFiles('migrations')[0]!.name
    await withClient(database.ownerUrl, async (client) => {
      await client.query('begin')
      await client.query(`update migrations set sha256 = 'x' where name = $1`, [first])
      await client.query('commit')
      await expect(migrate(database.ownerUrl)).rejects.toThrow(/在用过之后被改动了.*数据没有动/s)
      await client.query('update migrations set sha256 = $2 where name = $1', [
        first,
        sqlFiles('migrations')[0]!.sha256,
      ])
      await client.query(`insert into migrations (name, sha256) values ('9999_later.sql', 'x')`)
      await expect(migrate(database.ownerUrl)).rejects.toThrow(/数据库比程序新/)
      await client.query(`delete from migrations where name = '9999_later.sql'`)
    })
  })
})

describe('the second wall', () => {
  test('the application may not pass for the owner, nor the superuser for the application', async () => {
    await expect(checkOwnerRole(database.appUrl)).rejects.toThrow(/nuanyang_owner 登录/)
    await expect(checkAppRole(database.ownerUrl)).rejects.toThrow(/应当用角色 nuanyang_app/)
    const superUrl = database.ownerUrl.replace('nuanyang_owner', 'postgres')
    await expect(checkAppRole(superUrl)).rejects.toThrow(/是超级用户.*拒绝启动/s)
    expect(await checkAppRole(database.appUrl)).toBeGreaterThanOrEqual(150_000)
  })

  test('a server without the database, or with another password, says the exact SQL', async () => {
    await expect(checkAppRole(database.appUrl.replace(database.name, 'not_there'))).rejects.toThrow(
      /数据库还没有建.*CREATE DATABASE .*nuanyang/s,
    )
    await expect(checkAppRole(database.appUrl.replace(':test@', ':wrong@'))).rejects.toThrow(
      /不接受这个用户名或密码.*CREATE ROLE nuanyang_app .*CREATE EXTENSION IF NOT EXISTS pg_trgm/s,
    )
  })

  test('every table with a tenant has forced row security, and nobody of ours bypasses it', async () => {
    await withClient(database.ownerUrl, async (client) => {
      const open = await client.query(
        `select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
          where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum = 1
            and not (c.relrowsecurity and c.relforcerowsecurity)
            and c.relname not in ('commands')`,
      )
      expect(open.rows).toEqual([])
      const roles = await client.query(
        `select rolname from pg_roles where rolname like 'nuanyang%' and (rolsuper or rolbypassrls or rolcreaterole)`,
      )
      expect(roles.rows).toEqual([])
    })
  })
})

async function tables(url: string): Promise<unknown[]> {
  return withClient(url, async (client) => {
    const { rows } = await client.query(
      `select table_schema, table_name, column_name, data_type, is_nullable from information_schema.columns
        where table_schema in ('public', 'graphile_worker') order by 1, 2, 3`,
    )
    return rows as unknown[]
  })
}
