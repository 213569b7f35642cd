import { createHash, getRandomValues, randomBytes } from 'node:crypto'

let lastMs = 0
let counter = 0
// Randomness is fetched for 256 ids at once: asked for one by one it took longer than everything else about an id.
const pool = new Uint8Array(4096)
let used = pool.length

function sixteenRandom(): Uint8Array {
  if (used === pool.length) {
    getRandomValues(pool)
    used = 0
  }
  return pool.slice(used, (used += 16))
}

/**
 * UUIDv7 (RFC 9562): sorts by the time it was made, so rows land at the end of their index. Ids of one process sort in the order of
 * making, even within a millisecond: two audit rows of one request keep their order.
 */
export function newId(at: number = Date.now()): string {
  const bytes = sixteenRandom()
  if (at > lastMs) {
    lastMs = at
    counter = (bytes[6]! << 4) & 0x7ff
  } else if (++counter > 0xfff) {
    lastMs++
    counter = 0
  }
  for (let i = 5, rest = lastMs; i >= 0; i--) {
    bytes[i] = rest % 256
    rest = Math.floor(rest / 256)
  }
  bytes[6] = 0x70 | (counter >> 8)
  bytes[7] = counter & 0xff
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return spell(bytes)
}

const divisionSpace = Buffer.from('6f1a6a0e5a1b5c3f9d1e4e75616e7961', 'hex')

/** UUIDv5 of a division code: two installations give the same village the same id, so they can be merged. */
export function divisionUnitId(code: string): string {
  const bytes = createHash('sha1').update(divisionSpace).update(code).digest().subarray(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x50
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return spell(bytes)
}

function spell(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** An unguessable code: `bytes` of randomness in base64url. */
export function randomCode(bytes: number): string {
  return randomBytes(bytes).toString('base64url')
}
