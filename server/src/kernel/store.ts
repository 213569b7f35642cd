import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { newId } from './ids.ts'

/** Files by content, one folder per tenant: the same bytes are kept once, and a name never decides a path. */
export interface Store {
  /** Takes a stream in; the file is on disk, flushed and named by its hash when this returns. */
  put(tenant: string, bytes: AsyncIterable<Uint8Array>): Promise<{ sha256: string; bytes: number; path: string }>
  path(tenant: string, sha256: string): string
  read(tenant: string, sha256: string): AsyncIterable<Uint8Array>
  has(tenant: string, sha256: string): Promise<boolean>
  remove(tenant: string, sha256: string): Promise<void>
}

export function openStore(dataDir: string): Store {
  const folder = join(dataDir, 'files')
  const pathOf = (tenant: string, sha256: string) => {
    if (!/^[\w-]+$/.test(tenant) || !/^[0-9a-f]{64}$/.test(sha256)) throw new Error('not a stored file')
    return join(folder, tenant, sha256.slice(0, 2), sha256)
  }
  return {
    async put(tenant, bytes) {
      const arriving = join(folder, 'arriving')
      await mkdir(arriving, { recursive: true, mode: 0o700 })
      const half = join(arriving, newId())
      const hash = createHash('sha256')
      let size = 0
      const out = createWriteStream(half, { mode: 0o600 })
      try {
        for await (const chunk of bytes) {
          hash.update(chunk)
          size += chunk.length
          if (!out.write(chunk)) await new Promise<void>((done, fail) => out.once('drain', done).once('error', fail))
        }
        await new Promise<void>((done, fail) => out.once('error', fail).end(() => done()))
        const handle = await open(half, 'r+')
        await handle.sync()
        await handle.close()
        const sha256 = hash.digest('hex')
        const path = pathOf(tenant, sha256)
        await mkdir(join(path, '..'), { recursive: true, mode: 0o700 })
        await rename(half, path)
        return { sha256, bytes: size, path }
      } catch (error) {
        out.destroy()
        await rm(half, { force: true })
        throw error
      }
    },
    path: pathOf,
    read: (tenant, sha256) => createReadStream(pathOf(tenant, sha256)),
    async has(tenant, sha256) {
      return stat(pathOf(tenant, sha256)).then(
        () => true,
        () => false,
      )
    },
    remove: (tenant, sha256) => rm(pathOf(tenant, sha256), { force: true }),
  }
}
