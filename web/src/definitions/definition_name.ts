// What a definition is called.
import type { Language } from '../ui/language.ts'

export function definitionName(one: { name: string; name_en: string | null }, language: Language): string {
  return language === 'en' ? (one.name_en ?? one.name) : one.name
}
