/**
 * How a division is called and how its name is spelt with letters.
 *
 * The statistical list writes one village as 小暑村委会, its neighbour as 小暑村村民委员会 and a third as 小暑村民委员会.
 * People say and type 小暑村. The same rule shortens the list and what is typed, so the two always meet.
 */

const SHORTEN: readonly (readonly [RegExp, (base: string) => string])[] = [
  [/^(.+嘎查)村?(?:村民|人民|牧民)?委(?:员会|会)会?$/, (base) => base],
  [/^(.+社区)(?:居民|村|村民)?委(?:员会|会)会?$/, (base) => base],
  [/^(.+社区)居委(?:员会|会)会?$/, (base) => base],
  [/^(.+?)(?:村村民|村民|村村|村牧民|村)委(?:员会|会)会?$/, (base) => (base.endsWith('村') ? base : `${base}村`)],
  [/^(.+?)居民?委(?:员会|会)会?$/, (base) => `${base}居委会`],
]

/** 小暑村村民委员会 → 小暑村, 荷塘社区居委会 → 荷塘社区, 城关居民委员会 → 城关居委会; any other name as it is. */
export function shortName(name: string): string {
  const plain = name.replace(/\s/g, '')
  for (const [pattern, say] of SHORTEN) {
    const found = pattern.exec(plain)
    if (found?.[1] !== undefined) return say(found[1])
  }
  return plain
}

/** Levels of the statistical list that exist only on paper: nobody lives in “省直辖县级行政区划”. */
export function isPlaceholder(level: number, name: string): boolean {
  return level === 2 && (name === '市辖区' || name === '县' || name.endsWith('直辖县级行政区划'))
}

/**
 * The text that tells two divisions of one name apart: the names above, outermost first, without paper levels and
 * without a city repeated by its only county (东莞市东莞市).
 */
export function pathName(above: readonly { level: number; name: string }[]): string {
  let text = ''
  let last = ''
  for (const { level, name } of above) {
    if (isPlaceholder(level, name) || name === last) continue
    text += name
    last = name
  }
  return text
}

/** What a keyboard types for one syllable: no tones, ü as v. */
export function keyboardSyllable(reading: string): string {
  return reading
    .toLowerCase()
    .replaceAll('ü', 'v')
    .replace(/[^a-z0-9]/g, '')
}
