// The yearly notice of the State Council on days off, as people paste it: “二、春节：2月15日（…）至23日（…）放假调休，共9天。2月14日（周六）上班。”
import { daysIn } from './dates.ts'
import type { LegalDay } from './legal_holidays.ts'

const names = [
  '元旦',
  '春节',
  '清明节',
  '清明',
  '劳动节',
  '端午节',
  '端午',
  '中秋节',
  '中秋',
  '国庆节',
  '国庆',
] as const
const full: Record<string, string> = { 清明: '清明节', 端午: '端午节', 中秋: '中秋节', 国庆: '国庆节' }

const day = String.raw`(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:[（(][^）)]*[）)])?`
const span = new RegExp(`${day}(?:\\s*(?:至|到|—|－|-|~)\\s*${day})?`, 'g')

/**
 * Reads the days of one year out of a pasted notice. What is not understood is left out; the page shows what was read before it is kept.
 * @param year the year the notice is for; a day of the year before (12月31日 of 元旦) keeps its own year when the text says it
 */
export function readHolidayNotice(text: string, year: number): LegalDay[] {
  const found = new Map<string, LegalDay>()
  let name: string | null = null
  // A sentence is about days off or about days of work; a festival's name holds until the next one.
  for (const sentence of text.replace(/\s+/g, '').split(/[。；;\n]/)) {
    const said = names.find((each) => sentence.includes(each))
    if (said && /[一二三四五六七]、|[：:]|放假/.test(sentence)) name = full[said] ?? said
    if (name === null) continue
    const working = /上班/.test(sentence)
    if (!working && !/放假|休/.test(sentence)) continue
    for (const on_day of daysOf(sentence, year))
      found.set(on_day, { on_day, kind: working ? 'working' : 'holiday', name })
  }
  return [...found.values()].toSorted((a, b) => (a.on_day < b.on_day ? -1 : 1))
}

/** The longest stretch of days off there is; a longer one was misread. */
const longest = 12

function daysOf(sentence: string, year: number): string[] {
  const days: string[] = []
  let month: number | null = null
  for (const match of sentence.matchAll(span)) {
    const from = at(match[1], match[2], match[3]!, year, month)
    if (!from) continue
    month = from.month
    const until = match[6] ? at(match[4] ?? String(from.year), match[5], match[6], year, month) : from
    if (!until) continue
    month = until.month
    const [first, last] = [iso(from), iso(until)]
    for (let n = 0, on = first; on <= last && n < longest; n++, on = next(on)) days.push(on)
  }
  return days
}

interface Ymd {
  year: number
  month: number
  day: number
}

function at(y: string | undefined, m: string | undefined, d: string, year: number, month: number | null): Ymd | null {
  const found = { year: y ? Number(y) : year, month: m ? Number(m) : (month ?? 0), day: Number(d) }
  if (found.month < 1 || found.month > 12 || found.day < 1 || found.day > daysIn(found.year, found.month)) return null
  return found
}

const iso = ({ year, month, day: date }: Ymd) =>
  `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
const next = (on: string) => new Date(Date.parse(on) + 86_400_000).toISOString().slice(0, 10)
