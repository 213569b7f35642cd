/** A number as plans write it: 12, 十二, 两, 廿. Bounded to three characters: counts, months and weeks are all below 1000. */
export const NUMBER = '(?:\\d{1,3}|[零〇一二两三四五六七八九十廿百]{1,4})'

const DIGIT: Record<string, number> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  壹: 1,
  贰: 2,
  叁: 3,
  参: 3,
  肆: 4,
  伍: 5,
  陆: 6,
  柒: 7,
  捌: 8,
  玖: 9,
}

/** Reads a number of digits or Chinese numerals up to 999; NaN when it is none. */
export function readNumber(written: string): number {
  if (/^\d+(?:\.\d+)?$/.test(written)) return Number(written)
  let total = 0
  let digit = 0
  let seen = false
  for (const c of written) {
    if (c === '百') {
      total += (digit || 1) * 100
      digit = 0
    } else if (c === '十') {
      total += (digit || 1) * 10
      digit = 0
    } else if (c === '廿') total += 20
    else if (c in DIGIT) digit = DIGIT[c] ?? 0
    else return NaN
    seen = true
  }
  return seen ? total + digit : NaN
}

/** A share of one: 95%, 百分之九十五, 九成五, 百分百, 全覆盖. Null when the text is none. */
export function readShare(written: string): number | null {
  const percent = /^(\d+(?:\.\d+)?)%/.exec(written)
  if (percent) return round(Number(percent[1]) / 100)
  if (/^(?:百分百|百分之百|全覆盖|全员覆盖|全部覆盖)/.test(written)) return 1
  const hundredth = /^百分之([零〇一二两三四五六七八九十百]+|\d+)(?:点([零〇一二三四五六七八九]))?/.exec(written)
  if (hundredth?.[1])
    return round((readNumber(hundredth[1]) + (hundredth[2] ? readNumber(hundredth[2]) / 10 : 0)) / 100)
  const tenth = /^([一二两三四五六七八九十]|\d)成(?:([一二三四五六七八九半]))?/.exec(written)
  if (tenth?.[1])
    return round(readNumber(tenth[1]) / 10 + (tenth[2] ? (tenth[2] === '半' ? 5 : readNumber(tenth[2])) / 100 : 0))
  return null
}

function round(n: number): number {
  return Math.round(n * 10000) / 10000
}
