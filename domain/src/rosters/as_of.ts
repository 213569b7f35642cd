// The day a roster speaks of, from its title, its date line or its name.

import { readChineseNumber, foldText } from '../chinese_text.ts'
import { isDay } from '../dates.ts'

/** The most exact day said in one line, or null. 秋季 is September, 春季 March; 2025-2026学年第二学期 is March 2026. */
export function asOfIn(raw: string): string | null {
  const text = foldText(raw).replace(
    /[〇零○一二三四五六七八九十]{2,4}(?=年)|(?<=年)[一二三四五六七八九十]{1,3}(?=月)|(?<=月)[一二三四五六七八九十]{1,3}(?=日)/g,
    (word) => String(readChineseNumber(word) ?? word),
  )
  const full =
    /(20\d{2})[-./年](\d{1,2})[-./月](\d{1,2})/.exec(text) ?? /(20\d{2})(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d)/.exec(text)
  if (full) {
    const day = `${full[1]}-${pad(full[2])}-${pad(full[3])}`
    if (isDay(day)) return day
  }
  const month = /(20\d{2})[-./年](\d{1,2})(?:月|$|[^\d])/.exec(text)
  if (month && Number(month[2]) >= 1 && Number(month[2]) <= 12 && !/学年/.test(text.slice(0, (month.index ?? 0) + 12)))
    return `${month[1]}-${pad(month[2])}`
  const years = /(20\d{2})[-—~至到/](?:(20)?(\d{2}))学?年/.exec(text)
  if (years) return /第?(?:二|2)学期|下(?:学期|期)|春/.test(text) ? `20${years[3]}-03` : `${years[1]}-09`
  const season = /(20\d{2})年?(?:度)?(春|秋|上半年|下半年|寒假|暑假)/.exec(text)
  if (season)
    return `${season[1]}-${{ 春: '03', 秋: '09', 上半年: '06', 下半年: '12', 寒假: '02', 暑假: '07' }[season[2] ?? ''] ?? '09'}`
  return null
}

function pad(text: string | undefined): string {
  return String(Number(text)).padStart(2, '0')
}
