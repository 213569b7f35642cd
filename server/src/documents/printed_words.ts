// Words as they stand on paper, shared by every document: dates, phones, joined facts. An unknown is the empty string: a blank.

/** 2026-11-25 → 2026年11月25日, 2026-11 → 2026年11月, 2026 → 2026年; anything else (masked, words) stays as it is. */
export function printedDay(day: string | null): string {
  if (day === null) return ''
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(day)
  if (!match) return day
  const [, year, month, date] = match
  return `${year}年${month ? `${Number(month)}月` : ''}${date ? `${Number(date)}日` : ''}`
}

/** Mainland mobile numbers in the groups people read aloud, 198-0000-0731; landlines and masked numbers stay as they are. */
export function printedPhone(phone: string | null): string {
  if (phone === null) return ''
  return /^1\d{10}$/.test(phone) ? `${phone.slice(0, 3)}-${phone.slice(3, 7)}-${phone.slice(7)}` : phone
}

/** Known facts joined with a Chinese comma, unknown ones left out. */
export function joinKnown(facts: readonly (string | null)[], separator = '，'): string {
  return facts.filter((fact) => fact !== null && fact !== '').join(separator)
}

/** At most `length` characters as people count them, with an ellipsis when something was cut. */
export function shortened(words: string, length: number): string {
  const characters = charactersOf(words)
  return characters.length <= length ? words : `${characters.slice(0, length - 1).join('')}…`
}

/** Characters as code points: 𠮷 is one, though JavaScript stores it as two. Names have no emoji that would need more. */
export function charactersOf(text: string): string[] {
  return Array.from(text)
}
