// What a field is called under the heading of its person.
import { fileFields, type FieldPath } from '@nuanyang/contract/children.fields.ts'
import type { Language } from '../ui/language.ts'

/** 爸爸的电话 under the heading 爸爸 is 电话. */
export function shortName(path: FieldPath, language: Language): string {
  const whole = fileFields[path][language]
  if (!path.includes('.')) return capital(whole)
  // Four grandparents stand under one heading, so each keeps its word.
  if (/^(?:paternal|maternal)_/.test(path)) return capital(whole)
  const short =
    language === 'zh'
      ? whole.replace(/^(?:爸爸|妈妈|照护人|方便联系的人)的?/, '')
      : whole.replace(/^(?:father|mother|carer)(?:’s|:)?\s*/, '')
  return capital(short || fileFields.name[language])
}

export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
