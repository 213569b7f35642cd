// What people type into a form of facts, read as they mean it. Pure: the inputs show what was understood.
import type { FieldPath } from '@nuanyang/contract/children.fields.ts'
import { parseIdentityNumber } from '@nuanyang/domain/identity_numbers.ts'
import { readPhones } from '@nuanyang/domain/phones.ts'
import { readTypedDay } from '../ui/dayfield.tsx'

export type Value = string | number | boolean | readonly string[] | null
export type Values = Partial<Record<FieldPath, Value>>

/** Why a text cannot stand as it is; a key of edit.text.ts. */
export type Wrong =
  'wrong_phone' | 'wrong_day' | 'wrong_age' | 'wrong_length' | 'wrong_birth' | 'wrong_check' | 'wrong_name'
/** What was understood although something stays odd. */
export type Odd = 'odd_phone' | 'odd_length'

export interface Read {
  value: Value
  wrong?: Wrong
  odd?: Odd
}

export type Kind = 'phones' | 'identity' | 'day' | 'age' | 'text'

export function kindOf(path: FieldPath): Kind {
  const last = path.split('.').at(-1)!
  if (last === 'phones') return 'phones'
  if (last === 'identity_no') return 'identity'
  if (last === 'age') return 'age'
  return /_on$|since$/.test(last) ? 'day' : 'text'
}

export function readTyped(path: FieldPath, typed: string): Read {
  const text = typed.trim()
  if (text === '') return path === 'name' ? { value: null, wrong: 'wrong_name' } : { value: null }
  switch (kindOf(path)) {
    case 'phones':
      return readPhoneText(text)
    case 'identity':
      return readIdentity(text)
    case 'day': {
      const value = readTypedDay(text)
      return value === null ? { value, wrong: 'wrong_day' } : { value }
    }
    case 'age': {
      const age = Number(text.replace(/[岁\s]/g, ''))
      return Number.isInteger(age) && age >= 10 && age <= 120 ? { value: age } : { value: null, wrong: 'wrong_age' }
    }
    default:
      return { value: text }
  }
}

function readPhoneText(text: string): Read {
  const { phones, state } = readPhones(text)
  if (phones.length > 0) return { value: phones.slice(0, 6), ...(state === 'ok' ? {} : { odd: 'odd_phone' as const }) }
  // Short numbers of an office or a village exist; they are kept as typed and looked at twice.
  const digits = text.replace(/[\s-]/g, '')
  return /^\d{3,16}$/.test(digits) ? { value: [digits], odd: 'odd_length' } : { value: null, wrong: 'wrong_phone' }
}

function readIdentity(text: string): Read {
  const value = text.replace(/[\s-]/g, '').toUpperCase()
  const number = parseIdentityNumber(value)
  if (!number) return { value, wrong: 'wrong_length' }
  if (!number.born_on) return { value, wrong: 'wrong_birth' }
  return number.check_ok ? { value } : { value, wrong: 'wrong_check' }
}

export type Owner = 'father' | 'mother' | 'carer'
const owners: readonly [Owner, RegExp][] = [
  ['father', /爸|父亲|父[:：]/],
  ['mother', /妈|母亲|母[:：]/],
  ['carer', /爷|奶|公|婆|姥|姑|叔|伯|舅|姨|婶|照护|照顾|监护/],
]

/**
 * A list of the family's numbers pasted at once (爸爸 138…，奶奶王桂英 139…) parted by whose they are. Null when it names fewer than
 * two people: then it belongs into the one field where it was pasted.
 */
export function spreadPhones(text: string): Partial<Record<Owner, readonly string[]>> | null {
  const out: Partial<Record<Owner, readonly string[]>> = {}
  // A number ends where the next name begins, whatever stands between.
  for (const part of text.split(/[\n\r，,；;。、]+|(?<=\d)\s+(?=[^\d\s])/)) {
    const owner = owners.find(([, words]) => words.test(part))?.[0]
    const { phones } = readPhones(part)
    if (owner && phones.length > 0) out[owner] = [...(out[owner] ?? []), ...phones]
  }
  return Object.keys(out).length > 1 ? out : null
}

/** The nested shape of the contract. */
export function nested(values: Values): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const [path, value] of Object.entries(values)) {
    const [head, inner] = path.split('.') as [string, string | undefined]
    if (inner) out[head] = { ...(out[head] as object | undefined), [inner]: value }
    else out[head] = value
  }
  return out
}

export function sameValue(one: unknown, other: unknown): boolean {
  const flat = (value: unknown) =>
    value === undefined || value === '' || value === 'unknown' || (Array.isArray(value) && value.length === 0)
      ? null
      : value
  return JSON.stringify(flat(one) ?? null) === JSON.stringify(flat(other) ?? null)
}
