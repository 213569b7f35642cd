import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream, existsSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { gunzipSync } from 'node:zlib'
import type pg from 'pg'
import { from as copyFrom, type CopyStreamQuery } from 'pg-copy-streams'
import { readConfig, secretKeyFile, writeKey, type Config } from '../kernel/config.ts'
import { openDatabase } from '../kernel/database.ts'
import { migrate, sqlFiles } from '../kernel/migrate.ts'
import { checkOwnerRole, withClient } from '../kernel/roles.ts'
import { about, messageOf, Sentence } from '../kernel/sentence.ts'
import { readFileSync } from 'node:fs'
import { bytesOf, readArchive, verifyArchive, type Manifest, type Sums } from './archive.ts'
import { readOperands, storedName } from './backup.ts'
import { readPassphrase } from './passphrase.ts'
import { unsealKey } from './seal.ts'
import { backedTables, openForRows, plainText, setCounters, staysHere, type BackedTable } from './tables.ts'

/** `nuanyang restore FILE`: into an empty DATA_DIR, or an empty database of a server. Never over anything that is there. */
export async function restoreCommand(args: string[]): Promise<number> {
  const { file, passphraseFile } = readOperands(args, 'restore')
  const say = (line: string) => void process.stdout.write(`${line}\n`)
  const config = readConfig()
  if (config.databaseUrl && !config.databaseOwnerUrl)
    throw new Sentence('恢复要用所有者的地址：请同时设 DATABASE_URL 和 DATABASE_OWNER_URL（nuanyang_owner）。')
  say('正在核对备份……')
  const { manifest, sums } = await verifyArchive(file)
  refuseOtherSchema(manifest)
  const key = unsealKey(manifest.secret_key, await readPassphrase(passphraseFile, false))
  refuseOtherKey(config, key)
  if (config.databaseOwnerUrl) await checkOwnerRole(config.databaseOwnerUrl)
  const database = await openDatabase(config, { purpose: 'restore', say, alone: true })
  try {
    say('正在恢复……')
    const { rows } = await restore({ file, manifest, sums, key, ownerUrl: database.ownerUrl!, dataDir: config.dataDir })
    say(
      `恢复好了：${manifest.made_at.slice(0, 10)} 的备份，${Object.keys(sums.rows).length} 张表 ${rows} 行，${sums.files} 个文件，都在 ${config.dataDir}。现在可以运行 npm start。`,
    )
    return 0
  } finally {
    await database.close()
  }
}

interface RestoreParts {
  file: string
  manifest: Manifest
  sums: Sums
  key: Buffer
  /** as nuanyang_owner */
  ownerUrl: string
  dataDir: string
}

/**
 * Puts a verified archive into an empty database. Files and key come first and do no harm by themselves; the rows are one
 * transaction, so a restore that was killed is simply run again.
 */
export async function restore(parts: RestoreParts): Promise<{ rows: number }> {
  const { manifest, ownerUrl, dataDir } = parts
  await refuseFull(ownerUrl, manifest)
  await migrate(ownerUrl, () => undefined, manifest.migrations.at(-1)?.name ?? '')
  writeKey(secretKeyFile(dataDir), parts.key)
  const rows = await withClient(ownerUrl, async (client) => {
    await client.query('begin')
    await client.query(plainText)
    const tables = tablesOf(await backedTables(client), manifest)
    await client.query(`truncate ${tables.map((table) => table.sql).join(', ')}`)
    const putBack = await openForRows(client, tables)
    const copied = await copyAll(client, tables, parts)
    await setCounters(client, tables)
    await putBack()
    await client.query('commit')
    await client.query('analyze')
    return copied
  }).catch((error: unknown) => {
    if (error instanceof Sentence) throw error
    throw new Sentence(`恢复没有完成：${messageOf(error)}。数据库里什么都没有留下；请腾出空间或改正后再运行一次。`)
  })
  // What later versions added to the schema, and the views.
  await migrate(ownerUrl)
  return { rows }
}

/** Older backups are brought forward by the migrations since; those of another line of history are refused. */
function refuseOtherSchema(manifest: Manifest): void {
  const ours = new Map(sqlFiles('migrations').map((file) => [file.name, file.sha256]))
  for (const { name, sha256 } of manifest.migrations)
    if (ours.get(name) !== sha256)
      throw new Sentence(
        `这份备份是版本 ${manifest.version} 的暖阳做的，数据库的结构（${name}）与这个程序不一致。请用同样或更新版本的程序来恢复。什么都没有改动。`,
      )
}

function refuseOtherKey(config: Config, key: Buffer): void {
  const file = secretKeyFile(config.dataDir)
  const there = existsSync(file) ? Buffer.from(readFileSync(file, 'utf8').trim(), 'base64') : config.secretKeyGiven
  if (there && !there.equals(key))
    throw new Sentence(
      `${existsSync(file) ? config.dataDir : 'SECRET_KEY'} 已经有自己的密钥，不会覆盖。请恢复到一个新的文件夹：DATA_DIR=新文件夹 npx nuanyang restore 备份文件`,
    )
}

async function refuseFull(ownerUrl: string, manifest: Manifest): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    const there = await client.query<{ some: boolean }>(`select to_regclass('public.migrations') is not null as some`)
    if (!there.rows[0]?.some) return
    const done = await client.query<{ name: string }>(
      `select name from migrations where name ~ '^[0-9]{4}' order by name`,
    )
    const known = new Set(manifest.migrations.map((one) => one.name))
    const later = done.rows.find((row) => !known.has(row.name))
    if (later)
      throw new Sentence(
        `这里的数据库已经是更新的结构（${later.name}），旧备份放不进去。请恢复到一个新的文件夹：DATA_DIR=新文件夹 npx nuanyang restore 备份文件`,
      )
    for (const table of ['tenants', 'accounts']) {
      const exists = await client.query<{ some: boolean }>('select to_regclass($1) is not null as some', [table])
      if (!exists.rows[0]?.some) continue
      const some = await client.query<{ some: boolean }>(`select exists (select from ${table}) as some`)
      if (some.rows[0]?.some)
        throw new Sentence(
          '这里已经有数据了，不会覆盖。请恢复到一个新的文件夹：DATA_DIR=新文件夹 npx nuanyang restore 备份文件（或者一个空的数据库）。',
        )
    }
  })
}

/** Tables of the archive, with the columns it has. */
function tablesOf(ours: BackedTable[], manifest: Manifest): BackedTable[] {
  const known = new Map(ours.map((table) => [table.name, table]))
  return manifest.tables.flatMap(({ name, columns }) => {
    if (staysHere.has(name)) return []
    const table = known.get(name)
    if (!table || columns.some((column) => !table.columns.includes(column)))
      throw new Sentence(`备份里的表 ${name} 与这个程序的不一致。请用做备份时的版本来恢复。什么都没有改动。`)
    return [{ ...table, columns }]
  })
}

async function copyAll(
  client: pg.Client,
  tables: BackedTable[],
  { file, sums, dataDir }: RestoreParts,
): Promise<number> {
  const byName = new Map(tables.map((table) => [table.name, table]))
  let open: { name: string; stream: CopyStreamQuery } | null = null
  const counted: Record<string, number> = {}
  const close = async () => {
    if (!open) return
    open.stream.end()
    await finished(open.stream)
    counted[open.name] = open.stream.rowCount
    open = null
  }
  await readArchive(file, async (name, body) => {
    const table = byName.get(/^tables\/([\w.]+)\/\d+\.copy\.gz$/.exec(name)?.[1] ?? '')
    if (!table) {
      if (storedName.test(name)) await about(dataDir, () => storeFile(dataDir, name, body))
      else for await (const chunk of body) void chunk
      return
    }
    if (open?.name !== table.name) {
      await close()
      open = {
        name: table.name,
        stream: client.query(copyFrom(`copy ${table.sql} (${table.columns.join(', ')}) from stdin`)),
      }
    }
    const { stream } = open!
    if (!stream.write(gunzipSync(await bytesOf(body)))) await Promise.race([once(stream, 'drain'), finished(stream)])
  })
  await close()
  for (const [name, rows] of Object.entries(sums.rows))
    if (!staysHere.has(name) && (counted[name] ?? 0) !== rows)
      throw new Sentence(`表 ${name} 应当有 ${rows} 行，只恢复了 ${counted[name] ?? 0} 行。已整个撤回，请换一份备份。`)
  return Object.values(counted).reduce((sum, count) => sum + count, 0)
}

/** The name says what the bytes must be. */
async function storeFile(dataDir: string, name: string, body: AsyncIterable<Buffer>): Promise<void> {
  const place = join(dataDir, name)
  const half = join(dataDir, 'files', 'arriving', randomUUID())
  mkdirSync(dirname(half), { recursive: true, mode: 0o700 })
  mkdirSync(dirname(place), { recursive: true, mode: 0o700 })
  const hash = createHash('sha256')
  async function* seen(): AsyncGenerator<Buffer> {
    for await (const chunk of body) {
      hash.update(chunk)
      yield chunk
    }
  }
  try {
    await pipeline(Readable.from(seen()), createWriteStream(half, { fd: openSync(half, 'wx', 0o600), flush: true }))
    if (hash.digest('hex') !== basename(name)) throw new Sentence(`备份里的文件 ${name} 坏了。请换一份备份。`)
    renameSync(half, place)
  } finally {
    rmSync(half, { force: true })
  }
}
