import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { projectFolder, readConfig, secretKey } from '../kernel/config.ts'
import { openDatabase } from '../kernel/database.ts'
import { isMigrated } from '../kernel/migrate.ts'
import { withClient } from '../kernel/roles.ts'
import { codeOf, Sentence } from '../kernel/sentence.ts'
import { manifestName, writeArchive, type ArchiveWriter, type Manifest } from './archive.ts'
import { readPassphrase } from './passphrase.ts'
import { sealKey } from './seal.ts'
import { backedTables, plainText, type BackedTable } from './tables.ts'

/** Rows are gathered up to this size before they are compressed into one entry: bounded memory, whatever the table. */
const partBytes = 4 * 1024 * 1024

export interface BackedUp {
  tables: number
  rows: number
  files: number
}

/** The operands of `backup` and `restore`. */
export function readOperands(args: string[], command: string): { file: string; passphraseFile: string | null } {
  let parsed
  try {
    parsed = parseArgs({ args, options: { 'passphrase-file': { type: 'string' } }, allowPositionals: true })
  } catch {
    throw new Sentence(`看不懂这个命令。用法：nuanyang ${command} 文件 [--passphrase-file 口令文件]`)
  }
  const [file, ...more] = parsed.positionals
  if (!file || more.length > 0)
    throw new Sentence(`请说出一个文件名。用法：nuanyang ${command} 文件 [--passphrase-file 口令文件]`)
  return { file: resolve(file), passphraseFile: parsed.values['passphrase-file'] ?? null }
}

/** `nuanyang backup FILE`: one snapshot of every row, the files, and the secret key under a passphrase. The server may keep running. */
export async function backupCommand(args: string[]): Promise<number> {
  const { file, passphraseFile } = readOperands(args, 'backup')
  const say = (line: string) => void process.stdout.write(`${line}\n`)
  const config = readConfig()
  if (config.databaseUrl && !config.databaseOwnerUrl)
    throw new Sentence(
      '备份要读所有的行，所以要用所有者的地址：DATABASE_OWNER_URL=postgres://nuanyang_owner:密码@主机/nuanyang npx nuanyang backup 文件',
    )
  // Refused before the passphrase is asked for.
  const archive = writeArchive(file)
  try {
    const passphrase = await readPassphrase(passphraseFile, true)
    const database = await openDatabase(config, { purpose: 'backup', say })
    try {
      say('正在备份……')
      const done = await backup({
        ownerUrl: database.ownerUrl!,
        dataDir: config.dataDir,
        secretKey: secretKey(config),
        passphrase,
        archive,
        now: new Date(),
      })
      await remember(database.ownerUrl!)
      const mb = (statSync(file).size / 1024 / 1024).toFixed(1)
      say(`备份好了：${file}（${mb} MB，${done.tables} 张表 ${done.rows} 行，${done.files} 个文件）。`)
      say('备份里有孩子的资料，请像档案一样保管，并把口令记在另一个地方：没有口令就恢复不了。')
      return 0
    } finally {
      await database.close()
    }
  } catch (error) {
    archive.abandon()
    throw error
  }
}

/** For doctor, which says when the last one is too old. */
async function remember(ownerUrl: string): Promise<void> {
  await withClient(ownerUrl, (client) =>
    client.query(
      `insert into house (key, value) values ('last_backup_at', $1) on conflict (key) do update set value = excluded.value`,
      [new Date().toISOString()],
    ),
  )
}

interface BackupParts {
  ownerUrl: string
  dataDir: string
  secretKey: Buffer
  passphrase: string
  archive: ArchiveWriter
  now: Date
}

/** Everything of one installation into `archive`. Rows are those of one moment, however long it takes. */
export async function backup(parts: BackupParts): Promise<BackedUp> {
  const { ownerUrl, archive } = parts
  if (!(await isMigrated(ownerUrl)))
    throw new Sentence('数据库的结构不是这个版本的，先不备份。请运行 npx nuanyang migrate，再备份一次。')
  return withClient(ownerUrl, async (client) => {
    await client.query('begin isolation level repeatable read read only')
    await client.query(plainText)
    const tables = await backedTables(client)
    await archive.add(manifestName, Buffer.from(JSON.stringify(await manifestOf(client, tables, parts), null, 2)))
    const rows: Record<string, number> = {}
    for (const table of tables) rows[table.name] = await copyOut(client, table, archive)
    await client.query('commit')
    // After the rows: a file is stored before its row is committed, so every file that a row names is there by now.
    const files = await addFiles(parts.dataDir, archive)
    await archive.finish(rows)
    return { tables: tables.length, rows: Object.values(rows).reduce((sum, count) => sum + count, 0), files }
  })
}

async function manifestOf(client: pg.Client, tables: BackedTable[], parts: BackupParts): Promise<Manifest> {
  const { version } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as { version: string }
  const server = await client.query<{ number: number }>(`select current_setting('server_version_num')::int as number`)
  const migrations = await client.query<{ name: string; sha256: string }>(
    `select name, sha256 from migrations where name ~ '^[0-9]{4}' order by name`,
  )
  return {
    format: 1,
    product: 'nuanyang',
    version,
    made_at: parts.now.toISOString(),
    postgres: server.rows[0]!.number,
    migrations: migrations.rows,
    tables: tables.map(({ name, columns }) => ({ name, columns })),
    secret_key: sealKey(parts.secretKey, parts.passphrase),
  }
}

async function copyOut(client: pg.Client, table: BackedTable, archive: ArchiveWriter): Promise<number> {
  const stream = client.query(copyTo(`copy ${table.sql} (${table.columns.join(', ')}) to stdout`))
  let gathered: Buffer[] = []
  let bytes = 0
  let part = 0
  const put = async () => {
    part++
    const name = `tables/${table.name}/${String(part).padStart(6, '0')}.copy.gz`
    await archive.add(name, gzipSync(Buffer.concat(gathered)))
    gathered = []
    bytes = 0
  }
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    gathered.push(chunk)
    bytes += chunk.length
    if (bytes >= partBytes) await put()
  }
  if (bytes > 0) await put()
  return stream.rowCount
}

async function addFiles(dataDir: string, archive: ArchiveWriter): Promise<number> {
  let count = 0
  for (const path of storedFiles(dataDir)) if (await archive.addFile(path, join(dataDir, path))) count++
  return count
}

/** `files/TENANT/AB/SHA256`; what is only arriving is left out. */
export function storedFiles(dataDir: string): string[] {
  let names: string[]
  try {
    names = readdirSync(join(dataDir, 'files'), { recursive: true, encoding: 'utf8' })
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  }
  return names
    .map((name) => `files/${name}`)
    .filter((name) => storedName.test(name))
    .sort((a, b) => (a < b ? -1 : 1))
}

export const storedName = /^files\/[\w-]+\/[0-9a-f]{2}\/[0-9a-f]{64}$/
