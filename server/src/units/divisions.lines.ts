/**
 * The packed list as COPY text, in the order of rank. Also a program: `node divisions.lines.ts FILE` prints it.
 */
import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { isPlaceholder, pathName } from './divisions.names.ts'
import { unpackDivisions } from './divisions.packing.ts'
import type { Divisions } from './divisions.packing.ts'
import { gramsOf, levelGram, placeGrams } from './divisions.query.ts'

/** Ranks of one level start here, so a level is a range of ranks. Known to the migration's function, too. */
export const RANKS_PER_LEVEL = 10_000_000

/** Columns of the text, tab separated. */
export const COPIED_COLUMNS = 'code, name, level, parent_code, path_name, pinyin, initials, rank, grams'

const ROWS_PER_PIECE = 2_000

/** Rows by level, then length of name, then code. A counting sort: lengths fit a byte. */
export function rankOrder(divisions: Divisions): Uint32Array {
  const buckets = 6 * 256
  const starts = new Uint32Array(buckets + 1)
  const bucket = (row: number) => divisions.level(row) * 256 + divisions.nameLength(row)
  for (let row = 0; row < divisions.rows; row++) starts[bucket(row) + 1]!++
  for (let n = 0; n < buckets; n++) starts[n + 1]! += starts[n]!
  const order = new Uint32Array(divisions.rows)
  for (let row = 0; row < divisions.rows; row++) order[starts[bucket(row)]!++] = row
  return order
}

/** The rows, some thousand a piece. Text needs no escaping: names hold no tab, line feed or backslash. */
export function* piecesOf(divisions: Divisions): Generator<Buffer> {
  const paths = new Map<number, string>([[-1, '']])
  const pathUnder = (row: number): string => {
    const known = paths.get(row)
    if (known !== undefined) return known
    const above: { level: number; name: string }[] = []
    for (let at = row; at >= 0; at = divisions.parent(at)) {
      above.unshift({ level: divisions.level(at), name: divisions.name(at) })
    }
    const path = pathName(above)
    paths.set(row, path)
    return path
  }
  const order = rankOrder(divisions)
  for (let from = 0; from < order.length; from += ROWS_PER_PIECE) {
    let lines = ''
    for (let n = from; n < Math.min(from + ROWS_PER_PIECE, order.length); n++) {
      const row = order[n]!
      const parent = divisions.parent(row)
      const level = divisions.level(row)
      const code = divisions.code(row)
      const name = divisions.name(row)
      const syllables = divisions.syllables(row)
      const rank = isPlaceholder(level, name) ? 0 : level * RANKS_PER_LEVEL + n
      const initials = syllables.map((syllable) => syllable[0]).join('')
      const grams = [levelGram(level), ...placeGrams(code), ...gramsOf(name)]
      const above = parent < 0 ? '\\N' : divisions.code(parent)
      lines += `${code}\t${name}\t${level}\t${above}\t${pathUnder(parent)}\t${syllables.join('')}\t${initials}\t${rank}\t{${grams.join(',')}}\n`
    }
    yield Buffer.from(lines)
  }
}

if (import.meta.main) {
  try {
    await pipeline(Readable.from(piecesOf(unpackDivisions(readFileSync(process.argv[2] ?? '')))), process.stdout)
  } catch (error) {
    process.stderr.write(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}
