// Text as people type it into spreadsheets, made comparable. `cleanText` is what may be stored (the words stay as typed),
// `foldText` is only ever compared: width, script, spaces and line breaks no longer matter in it.

import { Converter } from 'opencc-js/t2cn'

// Zero-width and direction marks, soft hyphens and byte-order marks come in by copy and paste; nobody typed them.
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]/g
// oxlint-disable-next-line no-control-regex -- the common case, a text with nothing to clean, is decided by one look
const UNCLEAN = /[\u0000-\u001f\u007f\u00a0\u00ad\u3000\u200b-\u200f\u202a-\u202e\u2060\ufeff]|_x00| {2}|^ | $/
const ESCAPED_CONTROL = /_x00(?:0[0-9A-Fa-f]|1[0-9A-Fa-f]|7[Ff])_/g
const HAN = /\p{Script=Han}/u

let simplify: ((text: string) => string) | undefined
const foldCache = new Map<string, string>()
const FOLD_CACHE_LIMIT = 20_000

/** Outer spaces, invisible characters and control characters removed; inner line breaks become one space. */
export function cleanText(text: string): string {
  if (text === '' || !UNCLEAN.test(text)) return text
  return (
    text
      .replace(ESCAPED_CONTROL, ' ')
      .replace(INVISIBLE, '')
      // oxlint-disable-next-line no-control-regex -- control characters are exactly what is removed
      .replace(/[\u0000-\u001f\u007f\u00a0\u3000]+/g, ' ')
      .replace(/ {2,}/g, ' ')
      .trim()
  )
}

/** For comparing only: NFKC, no spaces at all, lower case, simplified characters. */
export function foldText(text: string): string {
  const known = foldCache.get(text)
  if (known !== undefined) return known
  // Nothing that is compared is long; a cell may hold megabytes.
  let folded = cleanText(text.length > 500 ? text.slice(0, 500) : text)
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .toLowerCase()
  if (HAN.test(folded)) {
    folded = simplifier()(folded)
  }
  if (text.length < 64) {
    if (foldCache.size >= FOLD_CACHE_LIMIT) foldCache.clear()
    foldCache.set(text, folded)
  }
  return folded
}

function simplifier(): (text: string) => string {
  const ready = simplify ?? Converter({ from: 't', to: 'cn' })
  simplify = ready
  return ready
}

const DIGITS = '〇一二三四五六七八九'
const DIGIT_OF = new Map<string, number>(DIGITS.split('').map((character, value) => [character, value]))
DIGIT_OF.set('零', 0).set('两', 2).set('○', 0).set('o', 0)

/** 三 → 3, 十二 → 12, 二十 → 20, 二〇一二 → 2012; null when the text is no such number (at most 9999). */
export function readChineseNumber(text: string): number | null {
  if (/^\d{1,4}$/.test(text)) return Number(text)
  if (text === '' || text.length > 4) return null
  if (text.includes('十')) {
    const [tens = '', ones = '', more] = text.split('十')
    const ten = tens === '' ? 1 : DIGIT_OF.get(tens)
    const one = ones === '' ? 0 : DIGIT_OF.get(ones)
    return more !== undefined || ten === undefined || one === undefined ? null : ten * 10 + one
  }
  let value = 0
  for (const character of text) {
    const digit = DIGIT_OF.get(character)
    if (digit === undefined) return null
    value = value * 10 + digit
  }
  return value
}

/** Words that stand in a cell to say that there is nothing to say. They mean unknown or none, never a value. */
const NOTHING = new Set([
  '',
  '无',
  '—',
  '-',
  '/',
  '不详',
  '未采集',
  '暂无',
  '没有',
  '未知',
  '未填',
  '空',
  'n/a',
  '\\',
  '--',
  '——',
  '―',
  '－',
  '/ /',
  '//',
  '.',
  '。',
  '、',
  '_',
  '*',
  'null',
  'none',
  '(空)',
  '(空白)',
  '待补',
  '未填写',
  '–',
  '---',
  '無',
])

export function saysNothing(text: string): boolean {
  return NOTHING.has(foldText(text))
}

const DITTO = new Set([
  '同上',
  '〃',
  '″',
  '"',
  "''",
  '“',
  '”',
  '同',
  '同前',
  '同左',
  '同上行',
  '"同上"',
  '々',
  ',,',
  '′′',
])

/** 同上, 〃 and their typed likenesses: the cell above speaks. */
export function saysDitto(text: string): boolean {
  return DITTO.has(foldText(text))
}
