import { randomBytes } from 'node:crypto'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { newId } from '../kernel/ids.ts'
import { migrate } from '../kernel/migrate.ts'
import { withClient } from '../kernel/roles.ts'
import { testApp, type TestApp } from '../testing/app.ts'
import { emptyOn, startTestCluster, type TestCluster } from '../testing/cluster.ts'
import { emptyDatabase } from '../testing/database.ts'
import { verifyArchive, writeArchive } from './archive.ts'
import { backup, storedFiles } from './backup.ts'
import { restore } from './restore.ts'
import { unsealKey } from './seal.ts'
import { backedTables } from './tables.ts'

const passphrase = '荷塘 月色 二〇二六'
const secretKey = randomBytes(32)
/** What a text format could lose: line ends, tabs, backslashes, quotes, characters beyond 16 bits, what looks like NULL. */
const awkward = '𠮷田\t"\\N"\n\\.\r\n龘〔〕’;--'

let here: TestApp
let other: TestCluster
let place: string
let archive: string

beforeAll(async () => {
  here = await testApp()
  // The tests run on 18 and on 15; the restore always goes to the other one.
  other = await startTestCluster(inject('pg_major') === 18 ? '15' : '', () => undefined)
  place = mkdtempSync(join(tmpdir(), 'nuanyang-backup-'))
  await fill()
  archive = await backUp('first.tar')
}, 120_000)
afterAll(async () => {
  await here.close()
  await other.stop()
  rmSync(place, { recursive: true, force: true })
})

async function fill(): Promise<void> {
  const county = await here.make.county()
  const second = await here.make.county('990456')
  for (const unit of [county.village, county.school, second.county]) await here.signInAs('child_director', unit)
  const at = here.time.now
  await here.owner.query(
    `insert into children (tenant_id, id, name, given_name, registered_on, card_code, remark, custom, missing, created_at, updated_at)
     select $1, gen_random_uuid(), '周小荷' || n, '小荷', '2026-09-01', 'c' || n, $2, jsonb_build_object('note', $2::text, 'n', n),
            array['phone', $2], $3, $3 from generate_series(1, 3000) as n`,
    // Long enough that the table takes several parts of the archive.
    [county.tenant_id, awkward.repeat(60), at],
  )
  await here.owner.query(`insert into house (key, value) values ('awkward', $1)`, [awkward])
  await here.owner.query(`select app_later('backup.test', '{"id":"1"}'::json, null)`)
  for (const content of ['照片', awkward, randomBytes(300_000)]) {
    const bytes = Buffer.from(content)
    const kept = await here.parts.house.store.put(county.tenant_id, chunks(bytes))
    await here.owner.query(
      `insert into files (tenant_id, id, owner_type, owner_id, field_group, sha256, bytes, media, file_name, created_at)
       values ($1, $2, 'unit', $3, 'photo', $4, $5, 'image/jpeg', $6, $7)`,
      [county.tenant_id, newId(), county.village.id, kept.sha256, kept.bytes, '照片.jpg', at],
    )
  }
}

async function* chunks(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}

const ownerUrl = () => (here.owner.options as { connectionString: string }).connectionString

async function backUp(name: string): Promise<string> {
  const file = join(place, name)
  const writer = writeArchive(file)
  await backup({
    ownerUrl: ownerUrl(),
    dataDir: here.parts.house.dataDir,
    secretKey,
    passphrase,
    archive: writer,
    now: here.time.now,
  })
  return file
}

/** Every row of every table as text, in an order of its own. */
async function contents(url: string): Promise<Record<string, string[]>> {
  return withClient(url, async (client) => {
    await client.query(`set timezone = 'UTC'`)
    const all: Record<string, string[]> = {}
    for (const { name, sql } of await backedTables(client)) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${sql} t order by 1`)
      all[name] = rows.map(({ row }) => row)
    }
    return all
  })
}

async function constraints(url: string): Promise<unknown[]> {
  return withClient(url, async (client) => {
    const { rows } = await client.query(
      `select conrelid::regclass::text as on, conname, pg_get_constraintdef(oid) as says, convalidated from pg_constraint
        where connamespace = 'public'::regnamespace and contype = 'f' order by 1, 2`,
    )
    const { rows: tables } = await client.query(
      `select relname, relrowsecurity, relforcerowsecurity,
              (select count(*)::int from pg_trigger t where t.tgrelid = c.oid and t.tgenabled = 'O') as triggers
         from pg_class c where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
    )
    return [...(rows as unknown[]), ...(tables as unknown[])]
  })
}

test('a backup restored into the other major version has every row of every table, every file and the key', async () => {
  const target = await emptyOn(other)
  const dataDir = join(place, 'other')
  mkdirSync(dataDir)
  const { manifest, sums } = await verifyArchive(archive)
  expect(Object.keys(sums.entries).filter((name) => name.startsWith('tables/children/')).length).toBeGreaterThan(1)
  const key = unsealKey(manifest.secret_key, passphrase)
  const { rows } = await restore({ file: archive, manifest, sums, key, ownerUrl: target.ownerUrl, dataDir })
  const before = await contents(ownerUrl())
  const after = await contents(target.ownerUrl)
  expect(Object.keys(after)).toEqual(Object.keys(before))
  expect(before['children']!.length).toBe(3_000)
  // Whoever was signed in on the day of the backup is not signed in to the restored house.
  const signedIn = (url: string) =>
    withClient(url, async (client) => (await client.query('select id from sessions')).rowCount)
  expect([await signedIn(ownerUrl()), await signedIn(target.ownerUrl)]).toEqual([3, 0])
  expect(Object.entries(before).filter(([, all]) => all.length > 0).length).toBeGreaterThan(8)
  for (const [name, all] of Object.entries(before)) expect(after[name], name).toEqual(all)
  expect(rows).toBe(Object.values(before).reduce((sum, all) => sum + all.length, 0))

  const files = storedFiles(here.parts.house.dataDir)
  expect(files.length).toBe(3)
  expect(storedFiles(dataDir)).toEqual(files)
  for (const file of files)
    expect(readFileSync(join(dataDir, file)).equals(readFileSync(join(here.parts.house.dataDir, file)))).toBe(true)
  expect(key.equals(secretKey)).toBe(true)
  expect(readFileSync(join(dataDir, 'secret.key'), 'utf8').trim()).toBe(secretKey.toString('base64'))

  // Foreign keys, triggers and row security are back, and what follows gets new numbers.
  const fresh = await emptyOn(other)
  await migrate(fresh.ownerUrl)
  expect(await constraints(target.ownerUrl)).toEqual(await constraints(fresh.ownerUrl))
  await withClient(target.ownerUrl, (client) =>
    client.query(`select app_later('backup.test', '{"id":"2"}'::json, null)`),
  )

  // A second restore over it is refused, and changes nothing.
  await expect(restore({ file: archive, manifest, sums, key, ownerUrl: target.ownerUrl, dataDir })).rejects.toThrow(
    '已经有数据了，不会覆盖',
  )
}, 120_000)

test('rows written while a backup runs are all in it or not at all', async () => {
  const before = await contents(ownerUrl())
  const writer = writeArchive(join(place, 'moving.tar'))
  const add = writer.add.bind(writer)
  let added = 0
  writer.add = async (name, bytes) => {
    if (name.startsWith('tables/') && added++ < 5)
      await here.owner.query(`insert into house (key, value) values ($1, 'later')`, [`later ${added}`])
    await add(name, bytes)
  }
  await backup({
    ownerUrl: ownerUrl(),
    dataDir: here.parts.house.dataDir,
    secretKey,
    passphrase,
    archive: writer,
    now: here.time.now,
  })
  const { sums } = await verifyArchive(join(place, 'moving.tar'))
  expect(added).toBeGreaterThan(4)
  expect(sums.rows['house']).toBe(before['house']!.length)
  await here.owner.query(`delete from house where value = 'later'`)
})

test('a wrong passphrase opens nothing', async () => {
  const { manifest } = await verifyArchive(archive)
  expect(() => unsealKey(manifest.secret_key, '别的口令')).toThrow('口令不对')
  expect(readFileSync(archive).includes(secretKey.toString('base64'))).toBe(false)
})

test('an archive that is cut short, altered or something else is refused before anything is touched', async () => {
  const bytes = readFileSync(archive)
  const cut = join(place, 'cut.tar')
  writeFileSync(cut, bytes)
  truncateSync(cut, Math.floor(bytes.length * 0.6))
  await expect(verifyArchive(cut)).rejects.toThrow(/不是完整的暖阳备份|坏了/)

  const altered = join(place, 'altered.tar')
  const copy = Buffer.from(bytes)
  const at = Math.floor(bytes.length / 2)
  copy[at] = copy[at]! ^ 0xff
  writeFileSync(altered, copy)
  await expect(verifyArchive(altered)).rejects.toThrow(/备份文件坏了|不是完整的暖阳备份/)

  const letter = join(place, 'letter.tar')
  writeFileSync(letter, '这不是备份'.repeat(1000))
  await expect(verifyArchive(letter)).rejects.toThrow('不是完整的暖阳备份')
  await expect(verifyArchive(join(place, 'nowhere.tar'))).rejects.toThrow('备份文件读不出来')
})

test('an existing file is never overwritten, and a failed backup leaves nothing behind', async () => {
  const taken = join(place, 'taken.tar')
  writeFileSync(taken, '别的内容')
  expect(() => writeArchive(taken)).toThrow('已经存在，不会覆盖它')
  expect(readFileSync(taken, 'utf8')).toBe('别的内容')
  expect(() => writeArchive(join(place, 'no', 'such', 'folder.tar'))).toThrow(/备份文件建不了/)

  const writer = writeArchive(join(place, 'half.tar'))
  await writer.add('manifest.json', Buffer.from('{}'))
  writer.abandon()
  expect(readdirSync(place).filter((name) => name.startsWith('half'))).toEqual([])
  expect(statSync(archive).mode & 0o777).toBe(0o600)
})

test('an archive of a schema that this program does not know is refused', async () => {
  const { manifest, sums } = await verifyArchive(archive)
  const empty = await emptyDatabase()
  const dataDir = join(place, 'strange')
  mkdirSync(dataDir)
  try {
    const strange = { ...manifest, tables: [...manifest.tables, { name: 'unheard_of', columns: ['id'] }] }
    await expect(
      restore({ file: archive, manifest: strange, sums, key: secretKey, ownerUrl: empty.ownerUrl, dataDir }),
    ).rejects.toThrow('备份里的表 unheard_of')
    await withClient(empty.ownerUrl, async (client) => {
      const { rows } = await client.query('select 1 from children limit 1')
      expect(rows).toEqual([])
    })
  } finally {
    await empty.drop()
  }
})
