import { inflateSync } from 'node:zlib'

/**
 * Unpacks a WOFF 1.0 font into the OpenType file it was made from (W3C WOFF File Format 1.0, sections 3 to 5). Needed because
 * faces on npm come packed for browsers, and typst reads OpenType only. Takes about 0.1 s for a 10 MB Chinese face.
 * Throws when the bytes are no WOFF or a table is damaged.
 */
export function unpackWoff(woff: Buffer): Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('字体文件不是 WOFF 格式，请重新安装依赖（npm ci）')
  const tables = woff.readUInt16BE(12)
  const font = Buffer.alloc(woff.readUInt32BE(16))
  const power = Math.floor(Math.log2(tables))
  woff.copy(font, 0, 4, 8)
  font.writeUInt16BE(tables, 4)
  font.writeUInt16BE(16 * 2 ** power, 6)
  font.writeUInt16BE(power, 8)
  font.writeUInt16BE(16 * (tables - 2 ** power), 10)
  let offset = 12 + 16 * tables
  for (let index = 0; index < tables; index++) {
    const entry = 44 + 20 * index
    const from = woff.readUInt32BE(entry + 4)
    const packedLength = woff.readUInt32BE(entry + 8)
    const length = woff.readUInt32BE(entry + 12)
    const packed = woff.subarray(from, from + packedLength)
    const table = packedLength < length ? inflateSync(packed) : packed
    if (table.length !== length) throw new Error('字体文件损坏，请重新安装依赖（npm ci）')
    const record = 12 + 16 * index
    woff.copy(font, record, entry, entry + 4)
    woff.copy(font, record + 4, entry + 16, entry + 20)
    font.writeUInt32BE(offset, record + 8)
    font.writeUInt32BE(length, record + 12)
    table.copy(font, offset)
    offset = (offset + length + 3) & ~3
  }
  return font
}
