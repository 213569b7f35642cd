// A value of a field of the county's own, as people say it.
import type { CustomValue } from '@nuanyang/contract/custom_fields.ts'
import { plainDay } from '../ui/dates.ts'
import type { Language } from '../ui/language.ts'
import { customFieldsText } from './custom_fields.text.ts'

export function customWords(value: CustomValue | undefined, type: string, language: Language): string | null {
  if (value === null || value === undefined || value === '') return null
  if (typeof value === 'boolean') return customFieldsText[value ? 'yes' : 'no'][language]
  if (Array.isArray(value)) return value.length > 0 ? value.join(language === 'zh' ? '、' : ', ') : null
  return type === 'day' ? plainDay(String(value), language, '') : String(value)
}
