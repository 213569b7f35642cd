/** Reading what was typed into the place box. Pure: no database, no list. */
import { CODE_LENGTHS } from './divisions.packing.ts'
import { shortName } from './divisions.names.ts'

/** One part of what was typed, by the kind of key that finds it. */
export type Term = { kind: 'han'; text: string } | { kind: 'letters'; text: string } | { kind: 'code'; text: string }

/** Longer input cannot name a place (the longest name has 33 characters, a full path under 60). */
const LONGEST = 60

/**
 * Splits the input at spaces and separators and at the border between 汉字 and letters.
 * Pinyin typed in syllables (“xiao shu cun”) is one word to the typist, “qinghe xiaoshu” two places: both are returned,
 * joined first.
 */
export function parseQuery(input: string): Term[][] {
  const terms = termsOf(input)
  const allLetters = terms.length > 1 && terms.every((term) => term.kind === 'letters')
  return allLetters
    ? [[{ kind: 'letters', text: terms.map((term) => term.text).join('') }], terms]
    : terms.length
      ? [terms]
      : []
}

function termsOf(input: string): Term[] {
  const plain = input
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ü', 'v')
    .replace(/['’`·]/g, '')
    .replace(/\p{Cc}/gu, ' ')
    .slice(0, LONGEST)
  const terms: Term[] = []
  for (const [word] of plain.matchAll(/[a-z]+|\d+|[^\sa-z\d,，、/>→\-—_.。;；|（）()[\]【】]+/gu)) {
    if (/^\d/.test(word) && (word.length > 1 || terms.length === 0))
      terms.push({ kind: 'code', text: word.slice(0, 12) })
    else if (/^[a-z]/.test(word)) terms.push({ kind: 'letters', text: word })
    else terms.push({ kind: 'han', text: shortName(word) })
  }
  return terms
}

/**
 * Codes that a typed number can stand for: itself, and itself without the zeros that other lists pad with
 * (360000 → 36, 360123000000 → 360123). 441900 is both padding and a place of its own: both are tried.
 */
export function codesMeant(digits: string): string[] {
  const meant = [digits]
  for (const length of CODE_LENGTHS) {
    if (length > 0 && length < digits.length && /^0+$/.test(digits.slice(length))) meant.push(digits.slice(0, length))
  }
  return meant
}

/** The end (exclusive) of the range of texts that begin with `prefix`, in byte order. */
export function prefixEnd(prefix: string): string {
  const last = prefix.codePointAt(prefix.length - (/[\uDC00-\uDFFF]$/.test(prefix) ? 2 : 1)) ?? 0
  const head = prefix.slice(0, prefix.length - (last > 0xffff ? 2 : 1))
  // Surrogates are no characters: PostgreSQL refuses them, so the step over them is explicit.
  return head + String.fromCodePoint(last === 0xd7ff ? 0xe000 : last + 1)
}

/**
 * One- and two-character pieces as integers. Two different pairs may share a number; the search compares the text again.
 */
export function gramsOf(text: string): number[] {
  const points = Array.from(text, (character) => character.codePointAt(0)!)
  const grams = new Set<number>(points)
  for (let n = 0; n + 1 < points.length; n++) grams.add(pairGram(points[n]!, points[n + 1]!))
  return [...grams]
}

/** The fewest grams that stand for `text` in a search: its pairs, or the one character. */
export function gramsWanted(text: string): number[] {
  const points = Array.from(text, (character) => character.codePointAt(0)!)
  if (points.length === 1) return points
  return points.slice(1).map((point, n) => pairGram(points[n]!, point))
}

/** The gram that says the level, so that the index, not a filter, keeps “村” among counties cheap. */
export function levelGram(level: number): number {
  return -level
}

/** Grams that say the province, city and county a code lies in (itself included). A township is known by its county. */
export function placeGrams(code: string): number[] {
  return [2, 4, 6]
    .filter((length) => length <= code.length)
    .map((length) => PLACE_GRAMS + Number(code.slice(0, length)))
}

/** The one gram of those that the rows inside `code` have and the fewest others. */
export function innermostPlaceGram(code: string): number {
  return placeGrams(code).at(-1)!
}

/** Above every character and below what an integer holds. */
const PLACE_GRAMS = 300_000_000

/** Below −9: above are the levels, and single characters are positive. */
function pairGram(first: number, second: number): number {
  return -10 - ((Math.imul(first, 0x9e37) + second) & 0x3fffffff)
}

const SUFFIXES = {
  han: ['', '省', '市', '县', '区', '镇', '乡', '街道', '自治区', '自治州', '州', '盟', '旗', '地区'],
  letters: ['', 'sheng', 'shi', 'xian', 'qu', 'zhen', 'xiang', 'jiedao'],
}

/**
 * For places typed without a space (芦溪镇小暑村, 江西小暑): every way to take a place name off the front, longest first,
 * with the names to look for and what is left to find inside.
 */
export function splits(term: Term): { names: string[]; rest: Term }[] {
  if (term.kind === 'code') return []
  const { kind } = term
  const characters = Array.from(term.text)
  const least = kind === 'han' ? 2 : 4
  const all: { names: string[]; rest: Term }[] = []
  for (let at = Math.min(characters.length - 1, 16); at >= least; at--) {
    const head = characters.slice(0, at).join('')
    all.push({
      names: SUFFIXES[kind].map((suffix) => head + suffix),
      rest: { kind, text: characters.slice(at).join('') },
    })
  }
  return all
}
