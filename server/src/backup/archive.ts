import { createHash } from 'node:crypto'
import {
  closeSync,
  createReadStream,
  createWriteStream,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  rmSync,
} from 'node:fs'
import { readFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { extract, pack, type Pack } from 'tar-stream'
import { codeOf, explainFile, messageOf, Sentence } from '../kernel/sentence.ts'
import type { Sealed } from './seal.ts'

/** The first entry of the archive. */
export interface Manifest {
  format: 1
  product: 'nuanyang'
  version: string
  made_at: string
  postgres: number
  /** migrations of the schema in which the rows are, in order */
  migrations: { name: string; sha256: string }[]
  /** in the order of the archive; columns as quoted for SQL */
  tables: { name: string; columns: string[] }[]
  secret_key: Sealed
}

/** The last entry: whoever has it has everything before it. */
export interface Sums {
  /** sha256 of every other entry, as it lies in the archive */
  entries: Record<string, string>
  /** rows per table */
  rows: Record<string, number>
  files: number
}

export const manifestName = 'manifest.json'
export const sumsName = 'checksums.json'

export interface ArchiveWriter {
  add(name: string, bytes: Buffer): Promise<void>
  /** A stored file; it is held in memory, since an upload's size is limited. @returns false when it is gone */
  addFile(name: string, path: string): Promise<boolean>
  /** Writes the checksums, flushes, and gives the archive its name: from here on it exists. */
  finish(rows: Record<string, number>): Promise<void>
  /** Removes what was written so far. */
  abandon(): void
}

/** A tar that comes into being beside its place and appears there whole. An existing file is never replaced. */
export function writeArchive(file: string): ArchiveWriter {
  if (existsSync(file)) throw alreadyThere(file)
  const half = `${file}.${process.pid}.half`
  const tar: Pack = pack()
  let failure: unknown = null
  let out
  try {
    out = createWriteStream(half, { fd: openSync(half, 'wx', 0o600) })
  } catch (error) {
    throw explainFile(error, file) ?? new Sentence(`备份文件建不了：${file}（${messageOf(error)}）。请换一个文件夹。`)
  }
  const written = pipeline(tar, out).catch((error: unknown) => {
    failure = error
  })
  const entries: Record<string, string> = {}
  let files = 0
  const stopIfFailed = () => {
    if (failure) throw explainFile(failure, file) ?? failure
  }
  // A failing disk ends the pipeline; without this race the next entry would wait for ever.
  const unlessFailed = async (work: Promise<void>) => {
    await Promise.race([work, written])
    stopIfFailed()
  }
  const add = async (name: string, bytes: Buffer) => {
    if (name !== sumsName) entries[name] = createHash('sha256').update(bytes).digest('hex')
    await unlessFailed(
      new Promise<void>(
        (done, fail) => void tar.entry({ name, mode: 0o600 }, bytes, (error) => (error ? fail(error) : done())),
      ),
    )
  }
  return {
    add,
    async addFile(name, path) {
      const bytes = await readFile(path).catch((error: unknown) => {
        if (codeOf(error) === 'ENOENT') return null
        throw new Sentence(`文件读不出来：${path}（${messageOf(error)}）。没有做成备份；请检查磁盘和权限。`)
      })
      if (!bytes) return false
      await add(name, bytes)
      files++
      return true
    },
    async finish(rows) {
      const sums: Sums = { entries, rows, files }
      await add(sumsName, Buffer.from(JSON.stringify(sums)))
      tar.finalize()
      await written
      stopIfFailed()
      try {
        const handle = openSync(half, 'r+')
        fsyncSync(handle)
        closeSync(handle)
        linkSync(half, file)
      } catch (error) {
        if (existsSync(file)) throw alreadyThere(file)
        throw explainFile(error, file) ?? error
      }
      rmSync(half)
    },
    abandon() {
      tar.destroy(new Error('abandoned'))
      rmSync(half, { force: true })
    },
  }
}

function alreadyThere(file: string): Sentence {
  return new Sentence(
    `${file} 已经存在，不会覆盖它。请换一个文件名，例如带上日期：暖阳-${new Date().toISOString().slice(0, 10)}.tar`,
  )
}

/** Every entry in order. `work` must read each body to its end. */
export async function readArchive(
  file: string,
  work: (name: string, body: AsyncIterable<Buffer>) => Promise<void>,
): Promise<void> {
  const tar = extract()
  const source = createReadStream(file)
  source.once('error', (error) => tar.destroy(error))
  source.pipe(tar)
  try {
    for await (const entry of tar) await work(entry.header.name, entry as AsyncIterable<Buffer>)
  } catch (error) {
    if (error instanceof Sentence) throw error
    if (typeof error === 'object' && error !== null && 'syscall' in error)
      throw new Sentence(`备份文件读不出来：${file}（${messageOf(error)}）。`)
    if (/tar|header|end of data|Unexpected end/i.test(messageOf(error))) throw notOurs(file)
    throw error
  } finally {
    source.destroy()
  }
}

function notOurs(file: string): Sentence {
  return new Sentence(`${file} 不是完整的暖阳备份（可能没有拷贝完，或者不是备份文件）。请换一份再试。什么都没有改动。`)
}

export async function bytesOf(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Reads the archive once, proves every checksum, and hands out its first and last entry. Nothing is written before this. */
export async function verifyArchive(file: string): Promise<{ manifest: Manifest; sums: Sums }> {
  const found: Record<string, string> = {}
  let manifest: Manifest | null = null
  let sums: Sums | null = null
  await readArchive(file, async (name, body) => {
    if (name === manifestName || name === sumsName) {
      const bytes = await bytesOf(body)
      if (name === manifestName) {
        manifest = readManifest(bytes, file)
        found[name] = createHash('sha256').update(bytes).digest('hex')
      } else sums = JSON.parse(bytes.toString('utf8')) as Sums
      return
    }
    if (!manifest) throw notOurs(file)
    const hash = createHash('sha256')
    for await (const chunk of body) hash.update(chunk)
    found[name] = hash.digest('hex')
  })
  const ends = sums as Sums | null
  if (!manifest || !ends) throw notOurs(file)
  const names = new Set([...Object.keys(found), ...Object.keys(ends.entries)])
  for (const name of names)
    if (found[name] !== ends.entries[name])
      throw new Sentence(`备份文件坏了：${file} 里的 ${name} 与校验和不符。请换一份备份。什么都没有改动。`)
  return { manifest, sums: ends }
}

function readManifest(bytes: Buffer, file: string): Manifest {
  let manifest: Partial<Manifest>
  try {
    manifest = JSON.parse(bytes.toString('utf8')) as Partial<Manifest>
  } catch {
    throw notOurs(file)
  }
  if (manifest.product !== 'nuanyang') throw notOurs(file)
  if (manifest.format !== 1) throw new Sentence(`${file} 是更新版本的暖阳做的备份，这个版本读不了。请先更新程序。`)
  return manifest as Manifest
}
