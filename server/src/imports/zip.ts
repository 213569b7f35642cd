// The entries of a zip file, read from its central directory, each inflated on demand and never beyond a bound: a workbook of
// a few kilobytes can claim to hold gigabytes.

import { createInflateRaw, inflateRawSync } from 'node:zlib'
import { ReadRefusal } from './refusal.ts'

/** No part of a roster is larger unpacked; a sheet of 100,000 rows × 25 columns has about 150 MB of XML. */
const MAX_PART_BYTES = 512 * 1024 * 1024
/** Unpacked bytes for one packed byte, above what is harmless anyway. Padded sheets reach 300, bombs begin at 1,000. */
const MAX_RATIO = 400
const HARMLESS = 64 * 1024 * 1024

interface Entry {
  readonly method: number
  readonly packed: Uint8Array
  readonly size: number
}

export interface Zip {
  readonly names: readonly string[]
  /** The whole part, for small ones; null when the file has none of that name. `limit` bytes at most. */
  text(name: string, limit?: number): string | null
  /** The part in chunks, for large ones. */
  chunks(name: string): AsyncIterable<Uint8Array>
  /** Part names are compared without case and leading slash, as Excel does. */
  find(name: string): string | null
}

export function openZip(bytes: Uint8Array): Zip {
  const entries = readDirectory(bytes)
  const byFolded = new Map([...entries.keys()].map((name) => [fold(name), name]))
  const find = (name: string) => byFolded.get(fold(name)) ?? null
  return {
    names: [...entries.keys()],
    find,
    text(name, limit = 32 * 1024 * 1024) {
      const entry = entries.get(find(name) ?? '')
      return entry ? inflateWhole(entry, limit) : null
    },
    chunks(name) {
      const entry = entries.get(find(name) ?? '')
      if (!entry) throw new ReadRefusal('corrupted')
      return inflateChunks(entry)
    },
  }
}

function fold(name: string): string {
  return name.replace(/\\/g, '/').replace(/^\/+/, '').toLowerCase()
}

function readDirectory(bytes: Uint8Array): Map<string, Entry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const end = findEnd(view)
  const entries = new Map<string, Entry>()
  let at = view.getUint32(end + 16, true)
  const count = view.getUint16(end + 10, true)
  for (let index = 0; index < count; index++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) throw new ReadRefusal('corrupted')
    const nameLength = view.getUint16(at + 28, true)
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength))
    if (view.getUint16(at + 8, true) & 1) throw new ReadRefusal('password_protected')
    entries.set(name, readEntry(view, bytes, at))
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

function findEnd(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 65_600); at--)
    if (view.getUint32(at, true) === 0x06054b50) return at
  throw new ReadRefusal('corrupted')
}

function readEntry(view: DataView, bytes: Uint8Array, at: number): Entry {
  const packedSize = view.getUint32(at + 20, true)
  const size = view.getUint32(at + 24, true)
  const local = view.getUint32(at + 42, true)
  if (local + 30 > bytes.length || view.getUint32(local, true) !== 0x04034b50) throw new ReadRefusal('corrupted')
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
  if (start + packedSize > bytes.length) throw new ReadRefusal('corrupted')
  if (size > MAX_PART_BYTES || (size > HARMLESS && size > packedSize * MAX_RATIO))
    throw new ReadRefusal('too_large_inside')
  return { method: view.getUint16(at + 10, true), packed: bytes.subarray(start, start + packedSize), size }
}

function inflateWhole(entry: Entry, limit: number): string {
  if (entry.size > limit) throw new ReadRefusal('too_large_inside')
  if (entry.method === 0) return new TextDecoder().decode(entry.packed)
  try {
    return new TextDecoder().decode(inflateRawSync(entry.packed, { maxOutputLength: limit }))
  } catch (cause) {
    throw new ReadRefusal(isTooLong(cause) ? 'too_large_inside' : 'corrupted', { cause })
  }
}

async function* inflateChunks(entry: Entry): AsyncIterable<Uint8Array> {
  if (entry.method === 0) {
    yield entry.packed
    return
  }
  const inflate = createInflateRaw({ chunkSize: 256 * 1024 })
  inflate.end(entry.packed)
  const bound = Math.max(HARMLESS, Math.min(MAX_PART_BYTES, entry.packed.length * MAX_RATIO))
  let total = 0
  try {
    for await (const chunk of inflate as AsyncIterable<Uint8Array>) {
      total += chunk.length
      // The directory may lie about sizes: what really comes out is what counts.
      if (total > bound) throw new ReadRefusal('too_large_inside')
      yield chunk
    }
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && String(cause.code).startsWith('Z_'))
      throw new ReadRefusal('corrupted', { cause })
    throw cause
  }
}

function isTooLong(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE'
}
