// UUID version 7 (RFC 9562) from crypto.getRandomValues: crypto.randomUUID does not exist on http://192.168…, where a village
// phone meets the office computer.

let lastMs = 0
let counter = 0

/** A new id. Ids made in one window sort in the order of making, even within a millisecond or when the clock is set back. */
export function newId(now: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  if (now > lastMs) {
    lastMs = now
    counter = (bytes[6]! << 4) & 0x7ff
  } else if (++counter > 0xfff) {
    lastMs++
    counter = 0
  }
  let ms = lastMs
  for (let at = 5; at >= 0; at--) {
    bytes[at] = ms % 256
    ms = Math.floor(ms / 256)
  }
  bytes[6] = 0x70 | (counter >> 8)
  bytes[7] = counter & 0xff
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
