// Dates as people say them. All days are those of Asia/Shanghai and travel as YYYY-MM-DD.
import type { Language } from './language.ts'

const weekdays = {
  zh: ['日', '一', '二', '三', '四', '五', '六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const
const dayMs = 86_400_000

/** The day in Shanghai at this moment (default: now), as YYYY-MM-DD. */
export function dayOf(moment: Date | string | number = Date.now()): string {
  return new Date(new Date(moment).getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
}

/** HH:MM in Shanghai. */
export function timeOf(moment: Date | string | number): string {
  return new Date(new Date(moment).getTime() + 8 * 3_600_000).toISOString().slice(11, 16)
}

function days(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs)
}

export function weekday(day: string, language: Language): string {
  const name = weekdays[language][new Date(`${day}T00:00:00Z`).getUTCDay()]!
  return language === 'zh' ? `周${name}` : name
}

/** 11月25日, with the year only when it is another one; 2025年9月 and 2025年 for days known only so far. */
export function plainDay(day: string, language: Language, today = dayOf()): string {
  const [year, month, date] = day.split('-')
  const m = Number(month)
  const other = year !== today.slice(0, 4)
  if (language === 'zh') {
    if (!month) return `${year}年`
    if (!date) return `${year}年${m}月`
    return `${other ? `${year}年` : ''}${m}月${Number(date)}日`
  }
  if (!month) return String(year)
  if (!date) return `${months[m - 1]} ${year}`
  return `${Number(date)} ${months[m - 1]}${other ? ` ${year}` : ''}`
}

/** 今天, 昨天, 明天, 周六 (within the next six days), else 11月25日. */
export function saidDay(day: string, language: Language, today = dayOf()): string {
  if (day.length < 10) return plainDay(day, language, today)
  const ahead = days(today, day)
  const near: Record<number, [string, string]> = {
    0: ['今天', 'today'],
    [-1]: ['昨天', 'yesterday'],
    1: ['明天', 'tomorrow'],
  }
  const said = near[ahead]
  if (said) return said[language === 'zh' ? 0 : 1]
  if (ahead > 1 && ahead < 7) return weekday(day, language)
  return plainDay(day, language, today)
}

/** 今天 16:40, 11月25日 16:40. */
export function saidMoment(moment: string, language: Language, today = dayOf()): string {
  return `${saidDay(dayOf(moment), language, today)} ${timeOf(moment)}`
}
