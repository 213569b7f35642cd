import { Converter } from 'opencc-js/t2cn'
import type { Span } from './types.ts'

/**
 * Text as it is understood, beside where it stands. `text` is simplified, half-width and without white space or markdown
 * emphasis; `at[i]` is the offset of its i-th unit in the original. Reading happens on `text`, quotes are cut from the
 * original: so a plan in traditional characters is understood, and still quoted as it was written.
 */
export type Piece = { text: string; at: readonly number[] }

const convert = Converter({ from: 't', to: 'cn' })
const simplified = new Map<string, string>()

/** One quotation mark stands for all of them: plans mix “ ” 「」 " and even two opening ones. */
const QUOTES = '“”„‟「」『』＂〝〞'
const FOLDS = new Map<string, string>([
  ...Array.from(QUOTES, (c): [string, string] => [c, '"']),
  ...Array.from('—–－―─﹣', (c): [string, string] => [c, '-']),
  ...Array.from('～〜∼', (c): [string, string] => [c, '~']),
  ...Array.from('〔［【', (c): [string, string] => [c, '(']),
  ...Array.from('〕］】', (c): [string, string] => [c, ')']),
  ['﹑', '、'],
  ['．', '.'],
  ['｡', '。'],
  ['﹒', '.'],
  ['∶', ':'],
  ['︰', ':'],
  ['〈', '《'],
  ['〉', '》'],
  ['両', '两'],
  ['帐', '账'],
])

/**
 * Folds script and width, one unit for one unit, so that offsets stay what they are.
 * Characters are converted one by one on purpose: a conversion by phrases reads 乾/後/裡 better but may change the length.
 */
export function fold(original: string): string {
  let out = ''
  for (const c of original) {
    const known = simplified.get(c)
    if (known !== undefined) {
      out += known
      continue
    }
    const folded = foldOne(c)
    simplified.set(c, folded)
    out += folded
  }
  return out
}

function foldOne(c: string): string {
  const direct = FOLDS.get(c)
  if (direct) return direct
  const code = c.codePointAt(0) ?? 0
  if (code === 0x3000 || code === 0xa0 || (code >= 0x2000 && code <= 0x200b) || code === 0xfeff) return ' '
  if (code >= 0xff01 && code <= 0xff5e) return foldOne(String.fromCodePoint(code - 0xfee0))
  if (code < 0x3400) return c
  const simple = convert(c)
  if (simple.length !== c.length) return c
  return FOLDS.get(simple) ?? simple
}

/** The piece between two offsets of the folded text: without white space and emphasis marks. */
export function pieceOf(folded: string, from: number, to: number): Piece {
  let text = ''
  const at: number[] = []
  for (let i = from; i < to; i++) {
    const c = folded.charAt(i)
    if (c <= ' ' || c === '*' || c === '`' || c === '_' || c === '\u2028') continue
    text += c
    at.push(i)
  }
  return { text, at }
}

export function cut(piece: Piece, from: number, to = piece.text.length): Piece {
  return { text: piece.text.slice(from, to), at: piece.at.slice(from, to) }
}

/** Where a piece, or a part of it, stands in the original. An empty part has no place and is a mistake of the caller. */
export function spanOf(piece: Piece, from = 0, to = piece.text.length): Span {
  const start = piece.at[from]
  const last = piece.at[to - 1]
  if (start === undefined || last === undefined) throw new RangeError('an empty piece has no span')
  return [start, last + 1]
}
