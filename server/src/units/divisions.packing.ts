/**
 * The file `divisions.bin`: every division of the country in about 3 MB.
 *
 * First one line of JSON (readable with `head -1`): where the facts are from, as of which day, how many. Then brotli over
 * four length-prefixed streams, divisions in the order of their codes (each parent directly before its children):
 *   codes     one varint per division: (own number − the previous sibling's) × 8 + level
 *   names     joined by line feeds
 *   readings  “字reading” lines: the one pinyin most names use for a character
 *   others    per name that is read differently: varint rows since the last such name, then the whole reading, '.' between syllables
 * Codes are kept unpadded (36 · 3601 · 360123 · 360123104 · 360123104207), so “lies in” is “begins with”.
 */
import { createHash } from 'node:crypto'
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import { keyboardSyllable } from './divisions.names.ts'

/** Digits of an unpadded code at levels 1 province, 2 city, 3 county, 4 township, 5 village or community. */
export const CODE_LENGTHS = [0, 2, 4, 6, 9, 12] as const

export type DivisionFacts = { code: string; name: string; syllables: readonly string[] }

export type PackedHead = {
  format: 1
  source: string
  version: string
  /** the day the codes describe, YYYY-MM-DD */
  as_of: string
  published_on: string
  licence: string
  rows: number
  /** first 16 hex digits of the SHA-256 of the unpacked streams: another edition, another load */
  edition: string
}

export type PackedSource = Pick<PackedHead, 'source' | 'version' | 'as_of' | 'published_on' | 'licence'>

/** Level 1–5 of an unpadded code; 0 if the length is none of ours. */
export function levelOf(code: string): number {
  return (CODE_LENGTHS as readonly number[]).indexOf(code.length)
}

/** Packs divisions (any order; every parent must be among them). Throws a sentence when a parent is missing. */
export function packDivisions(source: PackedSource, facts: readonly DivisionFacts[]): Buffer {
  const rows = facts.toSorted((a, b) => (a.code < b.code ? -1 : 1))
  const usual = usualReadings(rows)
  const codes: number[] = []
  const others: Buffer[] = []
  const previous = [0, 0, 0, 0, 0, 0]
  const current = ['', '', '', '', '', '']
  let sinceOther = 0
  for (const row of rows) {
    const level = levelOf(row.code)
    const parentLength = CODE_LENGTHS[level - 1] ?? 0
    if (level < 1 || row.code.slice(0, parentLength) !== current[level - 1]) {
      throw new Error(`区划代码 ${row.code}（${row.name}）没有上级，请检查来源文件是否完整。`)
    }
    const own = Number(row.code.slice(parentLength))
    pushVarint(codes, (own - previous[level]!) * 8 + level)
    previous[level] = own
    current[level] = row.code
    for (let below = level + 1; below <= 5; below++) {
      previous[below] = 0
      current[below] = ''
    }
    const spelt = row.syllables.join('.')
    if (spelt === readWith(usual, row.name).join('.')) sinceOther++
    else {
      const gap: number[] = []
      pushVarint(gap, sinceOther)
      others.push(Buffer.from(gap), Buffer.from(`${spelt}\n`))
      sinceOther = 0
    }
  }
  const streams = [
    Buffer.from(codes),
    Buffer.from(rows.map((row) => row.name).join('\n')),
    Buffer.from([...usual].map(([character, reading]) => character + reading).join('\n')),
    Buffer.concat(others),
  ]
  const body = Buffer.concat(streams.flatMap((stream) => [uint32(stream.length), stream]))
  const head: PackedHead = {
    format: 1,
    ...source,
    rows: rows.length,
    edition: createHash('sha256').update(body).digest('hex').slice(0, 16),
  }
  const packed = brotliCompressSync(body, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
    },
  })
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), packed])
}

/** Reads only the first line. */
export function packedHead(file: Buffer): PackedHead {
  const end = file.indexOf(0x0a)
  const head = JSON.parse(file.toString('utf8', 0, Math.max(end, 0)) || 'null') as PackedHead | null
  if (head?.format !== 1) throw new Error('全国区划文件 divisions.bin 读不懂，请重新安装程序。')
  return head
}

/** The unpacked tree as columns: 665,000 rows in about 35 MB, strings made only when asked for. Rows are numbered in code order. */
export type Divisions = {
  head: PackedHead
  rows: number
  level: (row: number) => number
  code: (row: number) => string
  name: (row: number) => string
  /** number of characters of the name */
  nameLength: (row: number) => number
  /** row of the parent, −1 for a province */
  parent: (row: number) => number
  syllables: (row: number) => string[]
}

/** Throws a sentence when the file is damaged or of another format. */
export function unpackDivisions(file: Buffer): Divisions {
  const head = packedHead(file)
  const body = brotliDecompressSync(file.subarray(file.indexOf(0x0a) + 1))
  if (createHash('sha256').update(body).digest('hex').slice(0, 16) !== head.edition) {
    throw new Error('全国区划文件 divisions.bin 已损坏，请重新安装程序。')
  }
  const streams: Buffer[] = []
  for (let at = 0; at < body.length;) {
    const length = body.readUInt32LE(at)
    streams.push(body.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  const [codes, names, readings, others] = streams
  if (!codes || !names || !readings || !others) throw new Error('全国区划文件 divisions.bin 不完整，请重新安装程序。')
  const tree = unpackCodes(codes, head.rows)
  const { starts, lengths } = unpackNames(names, head.rows)
  const name = (row: number) => names.toString('utf8', starts[row]!, starts[row + 1]! - 1)
  const usual = unpackReadings(readings)
  const readOtherwise = unpackOthers(others)
  return {
    head,
    rows: head.rows,
    level: (row) => tree.levels[row]!,
    code: (row) => String(tree.codes[row]!).padStart(CODE_LENGTHS[tree.levels[row]!]!, '0'),
    name,
    nameLength: (row) => lengths[row]!,
    parent: (row) => tree.parents[row]!,
    syllables: (row) => readOtherwise.get(row)?.split('.') ?? readWith(usual, name(row)),
  }
}

function unpackCodes(bytes: Buffer, rows: number) {
  const codes = new Float64Array(rows) // twelve digits do not fit 32 bits
  const levels = new Uint8Array(rows)
  const parents = new Int32Array(rows)
  const cursor = { at: 0 }
  const own = [0, 0, 0, 0, 0, 0]
  const last = [-1, -1, -1, -1, -1, -1]
  for (let row = 0; row < rows; row++) {
    const word = readVarint(bytes, cursor)
    const level = word & 7
    own[level] = own[level]! + (word >>> 3)
    for (let below = level + 1; below <= 5; below++) own[below] = 0
    const parent = last[level - 1]!
    const digits = CODE_LENGTHS[level]! - CODE_LENGTHS[level - 1]!
    codes[row] = (parent < 0 ? 0 : codes[parent]!) * 10 ** digits + own[level]!
    levels[row] = level
    parents[row] = parent
    last[level] = row
  }
  return { codes, levels, parents }
}

function unpackNames(bytes: Buffer, rows: number) {
  const starts = new Uint32Array(rows + 1)
  const lengths = new Uint8Array(rows)
  let row = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!
    if (byte === 0x0a) starts[++row] = at + 1
    else if ((byte & 0xc0) !== 0x80) lengths[row]!++
  }
  starts[rows] = bytes.length + 1
  return { starts, lengths }
}

function unpackReadings(bytes: Buffer): Map<string, string> {
  const usual = new Map<string, string>()
  for (const line of bytes.toString().split('\n')) {
    const [character = ''] = line
    usual.set(character, line.slice(character.length))
  }
  return usual
}

function unpackOthers(bytes: Buffer): Map<number, string> {
  const others = new Map<number, string>()
  const cursor = { at: 0 }
  let row = -1
  while (cursor.at < bytes.length) {
    row += readVarint(bytes, cursor) + 1
    const end = bytes.indexOf(0x0a, cursor.at)
    others.set(row, bytes.toString('latin1', cursor.at, end))
    cursor.at = end + 1
  }
  return others
}

/** One reading per character of a name; what has no reading (brackets, dots) is skipped. */
function readWith(usual: ReadonlyMap<string, string>, name: string): string[] {
  const syllables: string[] = []
  for (const character of name) {
    const reading = usual.get(character) ?? keyboardSyllable(character)
    if (reading !== '') syllables.push(reading)
  }
  return syllables
}

/** The reading that most names give a character. Names whose syllables don't match their characters one to one don't vote. */
function usualReadings(rows: readonly DivisionFacts[]): Map<string, string> {
  const votes = new Map<string, Map<string, number>>()
  for (const row of rows) {
    const characters = Array.from(row.name).filter((character) => /[\p{L}\p{N}]/u.test(character))
    if (characters.length !== row.syllables.length) continue
    characters.forEach((character, n) => {
      const reading = row.syllables[n]!
      if (reading === keyboardSyllable(character)) return
      const counts = votes.get(character) ?? new Map<string, number>()
      counts.set(reading, (counts.get(reading) ?? 0) + 1)
      votes.set(character, counts)
    })
  }
  const usual = new Map<string, string>()
  for (const [character, counts] of [...votes].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const [most] = [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    if (most) usual.set(character, most[0])
  }
  return usual
}

function pushVarint(bytes: number[], value: number): void {
  let rest = value
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80)
    rest >>>= 7
  }
  bytes.push(rest)
}

function readVarint(bytes: Buffer, cursor: { at: number }): number {
  let value = 0
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[cursor.at++]
    if (byte === undefined) throw new Error('全国区划文件 divisions.bin 不完整，请重新安装程序。')
    value |= (byte & 0x7f) << shift
    if (byte < 0x80) return value
  }
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
