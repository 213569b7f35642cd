import { expect, test } from 'vitest'
import { testDatabase } from '../testing/database.ts'
import { openPool } from './db.ts'
import { makeLog } from './log.ts'

test('what the database says of a row it refuses does not reach the log', async () => {
  const lines: string[] = []
  const log = makeLog('info', { write: (line) => void lines.push(line) })
  const database = await testDatabase()
  const pool = openPool(database.ownerUrl, log, 1)
  const refused = [
    `insert into house (key, value) values ('陈小雨', '13800001234'), ('陈小雨', '990123201708210944')`,
    `insert into house (key, value) values ('陈小雨', null)`,
    `select '陈小雨 13800001234'::date`,
  ]
  for (const text of refused)
    await pool.query(text).then(
      () => expect.unreachable(),
      (err: unknown) => log.error({ err, request_id: 'abc' }, 'broken'),
    )
  await pool.end()
  await database.drop()
  expect(lines).toHaveLength(3)
  for (const line of lines) {
    expect(line).not.toMatch(/陈小雨|138000|990123/)
    expect(JSON.parse(line)).toMatchObject({ msg: 'broken', err: { code: expect.stringMatching(/^2[23]/) } })
  }
})
