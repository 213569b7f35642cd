/**
 * Loading the packed list into the table `divisions`, once per edition, as the owner role.
 * Rows are written in the order of their rank, because the search for parts of names takes the first it meets (see the migration).
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { ClientBase } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { COPIED_COLUMNS } from './divisions.lines.ts'
import { packedHead } from './divisions.packing.ts'

export const divisionsFile = join(import.meta.dirname, 'divisions.bin')

/** Bytes "NYDV": one loader at a time, whatever the number of processes. */
const LOAD_LOCK = 0x4e594456

/** How far the load in this process is, 0–100; null when none runs. */
let percent: number | null = null
export function loadingPercent(): number | null {
  return percent
}

export type LoadResult = { loaded: boolean; rows: number; edition: string; ms: number }

/**
 * Brings the table to the edition of the packed file; returns at once when it is there. Runs in one transaction of its own on
 * `client` (owner role, not inside a transaction); until it commits, readers see no edition and say so.
 * `onProgress` gets 0–100. Throws a Chinese sentence when the file is damaged; the table is then as before.
 */
export async function loadDivisions(
  client: ClientBase,
  options: { file?: string; now?: Date; onProgress?: (percent: number) => void } = {},
): Promise<LoadResult> {
  const started = performance.now()
  const file = options.file ?? divisionsFile
  const head = packedHead(await readFile(file))
  const result = (loaded: boolean) => {
    return { loaded, rows: head.rows, edition: head.edition, ms: Math.round(performance.now() - started) }
  }
  if (await editionIsThere(client, head.edition)) return result(false)
  const report = (value: number) => {
    percent = value
    options.onProgress?.(value)
  }
  await client.query('begin')
  try {
    await client.query('select pg_advisory_xact_lock($1)', [LOAD_LOCK])
    // Another process may have loaded it while this one waited for the lock.
    const there = await editionIsThere(client, head.edition)
    if (!there) {
      report(0)
      await fill(client, file, head.rows, report)
      await client.query(
        `insert into division_editions (id, edition, source, version, as_of, row_count, loaded_at) values (1, $1, $2, $3, $4, $5, $6)
         on conflict (id) do update set edition = excluded.edition, source = excluded.source, version = excluded.version,
           as_of = excluded.as_of, row_count = excluded.row_count, loaded_at = excluded.loaded_at`,
        [head.edition, head.source, head.version, head.as_of, head.rows, options.now ?? new Date()],
      )
    }
    await client.query('commit')
    report(100)
    return result(!there)
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    percent = null
  }
}

async function editionIsThere(client: ClientBase, edition: string): Promise<boolean> {
  const { rowCount } = await client.query('select from division_editions where edition = $1', [edition])
  return rowCount === 1
}

/**
 * Indexes are dropped and made again: sorted once they take a third of the time. FREEZE, possible because the table was
 * emptied in the same transaction, marks every page as visible, so the first search is already index-only; Citus refuses it.
 */
async function fill(client: ClientBase, file: string, total: number, report: (percent: number) => void): Promise<void> {
  const { rowCount: citus } = await client.query("select from pg_extension where extname = 'citus'")
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `select c.relname as name, pg_get_indexdef(c.oid) as definition
     from pg_index i join pg_class c on c.oid = i.indexrelid where i.indrelid = 'divisions'::regclass and not i.indisprimary`,
  )
  await client.query("set local maintenance_work_mem = '128MB'")
  await client.query('truncate divisions')
  for (const { name } of indexes) await client.query(`drop index "${name}"`)
  const statement = `copy divisions (${COPIED_COLUMNS}) from stdin${citus ? '' : ' with (freeze)'}`
  await copyFromProcess(client, statement, file, (rows) => report(Math.floor((rows / total) * 65)))
  for (const [done, { definition }] of indexes.entries()) {
    await client.query(definition)
    report(65 + Math.floor(((done + 1) / indexes.length) * 33))
  }
  await client.query('analyze divisions')
}

/**
 * COPY text from a process of its own (divisions.lines.ts): unpacking takes 290 ms in one go and leaves 130 MB behind in a Node
 * process, in a worker thread even more (measured); a process that ends gives everything back.
 */
async function copyFromProcess(
  client: ClientBase,
  statement: string,
  file: string,
  seen: (rows: number) => void,
): Promise<void> {
  const unpacker = spawn(process.execPath, [join(import.meta.dirname, 'divisions.lines.ts'), file], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(unpacker, 'close') as Promise<[number | null]>
  let complaint = ''
  unpacker.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text))
  let rows = 0
  async function* counted(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const piece of pieces) {
      for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) rows++
      seen(rows)
      yield piece
    }
    // Before the COPY is told that all is there: a process that failed half-way must not look like a short list.
    const [code] = await ended
    if (code !== 0) throw new Error(`全国区划没有装上：${complaint.trim() || `解包进程退出（${code ?? '被中止'}）`}`)
  }
  await pipeline(unpacker.stdout, counted, client.query(copyFrom(statement)))
}
