// The filters of the list as they stand in its address. Every number elsewhere links to this page with the same keys.
import type { Answer } from '@nuanyang/contract/kernel.ts'
import type { childOps, ChildListQuery } from '@nuanyang/contract/children.ts'
import { gradeLabel, type Grade } from '@nuanyang/domain/grades.ts'
import { requirementWords, type Requirement } from '@nuanyang/domain/dossier.ts'
import { healths } from '@nuanyang/domain/values/health.ts'
import { relations } from '@nuanyang/domain/values/relation.ts'
import { labelOf } from '@nuanyang/domain/values/value.ts'
import { plainDay } from '../ui/dates.ts'
import type { Address } from '../ui/filters.tsx'
import { fill, type Language, type Values } from '../ui/language.ts'
import { childrenText } from './children.text.ts'
import { sexWords } from './values.text.ts'
import { kin, wordOf } from './words.ts'

export const filterKeys = [
  'status', 'unit_id', 'definition', 'sex', 'age', 'grade', 'boarding', 'away', 'health', 'relation', 'helper', 'missing', 'contradictory', 'import_id', 'custom',
] as const // prettier-ignore
export type FilterKey = (typeof filterKeys)[number]
export type ChildQuery = Omit<ChildListQuery, 'after' | 'limit' | 'order'>
export type Row = Answer<typeof childOps.list>['items'][number]

const customKeys = ['custom', 'custom_value', 'custom_from', 'custom_until', 'custom_unknown'] as const
const addressKeys = [
  'q', 'status', 'unit_id', 'as', 'sex', 'age_from', 'age_until', 'grade', 'boarding', 'away', 'health', 'relation', 'helper', 'missing',
  'contradictory', 'import_id', 'definition', 'answer', 'category', 'as_of', ...customKeys,
] as const // prettier-ignore

/** What a filter occupies in the address. */
export function keysOf(filter: FilterKey | 'q'): readonly string[] {
  if (filter === 'definition') return ['definition', 'answer', 'category', 'as_of']
  if (filter === 'age') return ['age_from', 'age_until']
  if (filter === 'custom') return customKeys
  return filter === 'unit_id' ? ['unit_id', 'as'] : [filter]
}

/** The query of the address; a value that the contract does not know is refused by the server in words. */
export function readQuery(address: Address): ChildQuery {
  const query: Record<string, string> = {}
  for (const key of addressKeys) if (address[key]) query[key] = address[key]
  return query as unknown as ChildQuery
}

/** The filters that stand in the address, in the order of the menu. */
export function activeFilters(address: Address): FilterKey[] {
  return filterKeys.filter((key) => keysOf(key).some((each) => address[each]))
}

/** The words on a chip. `names` knows what only the server can say: the name of a unit, of a roster's file, of a field. */
export function filterLabel(key: FilterKey, address: Address, language: Language, names: Address): string {
  const t = (word: keyof typeof childrenText, values?: Values) => fill(childrenText[word], values, language)
  const value = address[key] ?? ''
  const word = (prefix: string) => wordOf(childrenText, `${prefix}_${value}`, language)
  switch (key) {
    case 'unit_id':
      return names['unit_id'] ?? t('one_unit')
    case 'import_id':
      return names['import_id'] ?? t('one_import')
    case 'custom':
      return customLabel(address, names['custom'] ?? t('one_custom'), t, language)
    case 'definition': {
      const is = t(`definition_${(address['answer'] ?? 'yes') as 'yes'}`, { name: names['definition'] ?? value })
      const day = address['as_of']
      return day ? t('definition_as_of', { is, day: plainDay(day, language, '') }) : is
    }
    case 'sex':
      return wordOf(sexWords, value, language)
    case 'age':
      return ageLabel(address, t)
    case 'grade':
      return gradeLabel(value as Grade, language)
    case 'relation':
      return kin(value, null, language)
    case 'health':
      return value === 'unknown' ? t('health_unknown') : labelOf(healths, value, language)
    case 'missing':
      return value === 'any' || value === 'none'
        ? word('missing')
        : t('missing_one', { what: requirement(value, language) })
    default:
      return word(key)
  }
}

type Words = (word: keyof typeof childrenText, values?: Values) => string

function customLabel(address: Address, name: string, t: Words, language: Language): string {
  const [from, until] = [address['custom_from'], address['custom_until']]
  const said = (value: string) => (/^\d{4}-/.test(value) ? plainDay(value, language, '') : value)
  const value = address['custom_value']
  if (address['custom_unknown']) return t('custom_is', { name, value: t('not_collected') })
  if (value === 'true' || value === 'false') return t('custom_is', { name, value: t(`custom_${value}`) })
  if (value) return t('custom_is', { name, value })
  if (from && until) return t('custom_range', { name, from: said(from), until: said(until) })
  if (from) return t('custom_from', { name, from: said(from) })
  return until ? t('custom_until', { name, until: said(until) }) : t('custom_any', { name })
}

function ageLabel(address: Address, t: Words): string {
  const [from, until] = [address['age_from'], address['age_until']]
  if (from && from === until) return t('age_one', { from })
  if (from && until) return t('age_range', { from, until })
  return from ? t('age_over', { from }) : t('age_under', { until: until ?? '' })
}

function requirement(code: string, language: Language): string {
  return requirementWords[code as Requirement]?.[language] ?? code
}

export interface FilterOption {
  value: string
  label: string
}

/** What a filter can be, where that is a short list; null for age, unit and roster, which are asked in their own way. */
export function optionsOf(key: FilterKey, language: Language): FilterOption[] | null {
  const say = (values: readonly string[]) =>
    values.map((value) => ({ value, label: filterLabel(key, { [key]: value }, language, {}) }))
  switch (key) {
    case 'status':
      return say(['exited', 'all'])
    case 'sex':
      return say(['male', 'female'])
    case 'grade':
      return say(['k1', 'k2', 'k3', ...Array.from({ length: 12 }, (_, at) => String(at + 1))])
    case 'boarding':
      return say(['yes', 'no', 'unknown'])
    case 'away':
      return say(['both', 'one', 'none', 'unknown'])
    case 'health':
      return say(['healthy', 'disabled', 'ill', 'unknown'])
    case 'relation':
      return say(relations.map(({ code }) => code))
    case 'helper':
    case 'contradictory':
      return say(['yes', 'no'])
    case 'missing':
      return say(['any', 'none', ...Object.keys(requirementWords)])
    default:
      return null
  }
}
