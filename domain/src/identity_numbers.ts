// Citizens' numbers (GB 11643). 18 characters: region 6, birth 8, sequence 3, check 1; before 1999 15 digits without century
// and check. Numbers are never repaired: a wrong one is kept as typed and asked about.

import type { Sex } from './values/sex.ts'

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'

export interface IdentityNumber {
  /** As written: 18 characters with capital X, or 15 digits. */
  readonly value: string
  /** YYYY-MM-DD, or null when the digits are no date. */
  readonly born_on: string | null
  readonly sex: Sex
  /** True for every 15-digit number: it has no check digit. */
  readonly check_ok: boolean
  readonly region_known: boolean
}

/** ISO 7064 MOD 11-2 over the first 17 digits. */
export function checkDigit(first17: string): string {
  let sum = 0
  for (let place = 0; place < 17; place++) sum += Number(first17[place]) * (WEIGHTS[place] ?? 0)
  return CHECKS[sum % 11] ?? '0'
}

/** A number of 15 or 18 places taken apart; null when the text has another shape (clean it first). */
export function parseIdentityNumber(text: string): IdentityNumber | null {
  if (/^\d{17}[\dX]$/.test(text)) {
    const digits = text.slice(6, 14)
    return {
      value: text,
      born_on: realDay(digits),
      sex: Number(text[16]) % 2 === 1 ? 'male' : 'female',
      check_ok: checkDigit(text.slice(0, 17)) === text[17],
      region_known: knownRegion(text.slice(0, 6)),
    }
  }
  if (/^\d{15}$/.test(text)) {
    return {
      value: text,
      born_on: realDay(`19${text.slice(6, 12)}`),
      sex: Number(text[14]) % 2 === 1 ? 'male' : 'female',
      check_ok: true,
      region_known: knownRegion(text.slice(0, 6)),
    }
  }
  return null
}

/** Well formed, a real birth day, and the check digit fits: such a number may speak for birth and sex. */
export function isTrustworthy(number: IdentityNumber | null): number is IdentityNumber & { born_on: string } {
  return number !== null && number.check_ok && number.born_on !== null
}

function realDay(digits: string): string | null {
  const year = Number(digits.slice(0, 4))
  const month = Number(digits.slice(4, 6))
  const day = Number(digits.slice(6, 8))
  if (year < 1880 || year > 2100 || month < 1 || month > 12 || day < 1) return null
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return day > last ? null : `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`
}

/**
 * GB/T 2260 by province: the second pair of digits that was ever in use. Abolished counties keep appearing on valid cards for
 * a lifetime, so counties are not listed: an unknown region is a warning only, and must not cry wolf.
 */
const REGIONS: Readonly<Record<string, string>> = {
  11: '01-02',
  12: '01-02',
  13: '01-11,21-32',
  14: '01-11,21-27',
  15: '01-09,21-29',
  21: '01-14,20-29',
  22: '01-08,21-26',
  23: '01-12,20-33',
  31: '01-02',
  32: '01-13,19-31',
  33: '01-11,21-30',
  34: '01-18,20-30',
  35: '01-09,20-28',
  36: '01-11,20-28',
  37: '01-17,20-33',
  41: '01-17,20-30,90',
  42: '01-13,20-31,90',
  43: '01-13,20-31',
  44: '01-21,24-53',
  45: '01-14,20-29',
  46: '00-04,90',
  50: '01-03,21-34',
  51: '01-20,21-40',
  52: '01-06,21-29',
  53: '01-09,21-35',
  54: '01-06,20-28',
  61: '01-10,20-31',
  62: '01-12,20-32',
  63: '01-02,20-30',
  64: '01-05,20-24',
  65: '01-05,20-45,90',
  71: '00-99',
  81: '00-99',
  82: '00-99',
  83: '00-99',
}

function knownRegion(code: string): boolean {
  const ranges = REGIONS[code.slice(0, 2)]
  if (!ranges || code.slice(4) === '00') return false
  const place = Number(code.slice(2, 4))
  return ranges.split(',').some((range) => {
    const [first = 0, last = first] = range.split('-').map(Number)
    return place >= first && place <= last
  })
}

export type IdentityText =
  | { readonly state: 'empty' }
  | { readonly state: 'ok'; readonly number: IdentityNumber }
  | { readonly state: 'precision_lost'; readonly visible_birth: string | null }
  | { readonly state: 'words' | 'length' }

/**
 * A cell that should hold a number. A spreadsheet keeps 15 significant digits, so a number of 16 digits or more has lost its
 * end for good (`precision_lost`); `visible_birth` is the birth day its first 15 digits still show, for a proposal only.
 */
export function readIdentityNumber(raw: string, isNumber = false): IdentityText {
  // A full-width or multiplication sign at the end stands for X; quotes and ="…" are how people keep Excel from eating digits.
  const text = raw
    .normalize('NFKC')
    .replace(/[\s'"`‘’“”:,。\-—_\u200b-\u200f\ufeff\u00a0]/g, '')
    .replace(/^=/, '')
    .toUpperCase()
    .replace(/[×✕╳*Χ]$/, 'X')
  if (text === '' || text === '/' || text === '\\') return { state: 'empty' }
  if (/^\d\.?\d*E\+?\d{2}$/.test(text)) return lost(text)
  const digits = text.replace(/\./g, '')
  if (isNumber && /^\d{16,}$/.test(digits)) return lost(digits)
  const number = parseIdentityNumber(digits)
  if (number) {
    // Saved as a number once, then as text: three zeros at the end and a check digit that cannot fit.
    if (number.value.length === 18 && number.value.endsWith('000') && !number.check_ok) return lost(digits)
    return { state: 'ok', number }
  }
  return { state: /\d{4,}/.test(digits) ? 'length' : 'words' }
}

function lost(text: string): IdentityText {
  return { state: 'precision_lost', visible_birth: /^\d{15}/.test(text) ? realDay(text.slice(6, 14)) : null }
}
