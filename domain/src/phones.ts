// Telephone numbers as they stand in cells: several at once, broken by hyphens or spaces, with words around them.

export interface PhoneText {
  /** Digits only, in order of appearance, without repeats. */
  readonly phones: readonly string[]
  readonly state: 'empty' | 'ok' | 'unreadable' | 'precision_lost'
}

// Area code and number of a landline, or a mobile number that may be cut 3-4-4; +86 and 0086 fall away.
const NUMBER =
  /(?<!\d)(?:(?:\+|00)?86[- ]?)?(?:(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})|(0\d{2,3})[-) ]{0,2}(\d{7,8}))(?!\d)/g
const SHORT = /(?<!\d)([2-9]\d{6,7})(?!\d)/g
// What may stand beside a number without changing whose it is.
const HARMLESS =
  /电话|手机|联系|号码|号|微信|同号|座机|固话|家|宅|办|短号|tel|phone|mobile|[:：()（）、,，;；/\\|.。+\-—_ ~和或及与]/gi

/**
 * A cell that should hold telephone numbers. A number inside
 * brackets with words belongs to somebody else: it is left out and asked about. `owner` are the words for the person of the column (父|爸), which may stand beside it. */
export function readPhones(raw: string, isNumber = false, owner = ''): PhoneText {
  const text = raw
    .normalize('NFKC')
    .replace(/['"`‘’“”\t\u200b-\u200f\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  if (text === '') return { phones: [], state: 'empty' }
  if (/^\d(?:\.\d+)?e\+?\d{1,2}$/i.test(text)) return { phones: [], state: 'precision_lost' }
  const plain = text.replace(/^(\d+)\.0+$/, '$1')
  if (isNumber && /^1\d{4}0{6}$/.test(plain)) return { phones: [], state: 'precision_lost' }
  const strangers = /\([^)]*[^\d\s()+-][^)]*\)/g
  const outside = plain.replace(strangers, (bracket) => (/\d{7}/.test(bracket) ? ' ! ' : bracket))
  const found: string[] = []
  const rest = outside.replace(NUMBER, (_all, a: string, b: string, c: string, area: string, line: string) => {
    found.push(a ? a + b + c : area + line)
    return ' '
  })
  const phones = [...new Set(found)]
  const leftover = rest.replace(HARMLESS, '')
  if (phones.length > 0) return { phones, state: leftover === '' || isOwnName(leftover, owner) ? 'ok' : 'unreadable' }
  // Seven or eight digits may be a landline of the county, or a mobile number cut short: kept, and asked about.
  const short = [...rest.matchAll(SHORT)].map((match) => match[1] ?? '')
  return { phones: short, state: 'unreadable' }
}

function isOwnName(word: string, owner: string): boolean {
  return (
    /^(?:本人|自己)$/.test(word) || (owner !== '' && new RegExp(`^(?:${owner})亲?$`).test(word.replace(/(.)\1/, '$1')))
  )
}
