// Definitions and their answers in words.
import type { DefinitionAnswer, DefinitionRow } from '@nuanyang/contract/definitions.ts'
import { missingFacts, type MissingFact } from '@nuanyang/domain/definitions.ts'
import type { FieldPath } from '@nuanyang/contract/children.fields.ts'
import { fill, type Language, type Values } from '../ui/language.ts'
import { definitionsText } from './definitions.text.ts'

const say = (key: keyof typeof definitionsText, language: Language, values?: Values) =>
  fill(definitionsText[key], values, language)

/** 父母双方外出 · 还缺：爸爸在哪里务工 · 已满 16 岁. */
export function whyWords(one: DefinitionAnswer, language: Language): string {
  if (one.answer === 'cannot_say') return say('lacks', language, { facts: factNames(one.missing, language) })
  if (one.answer === 'no') return one.because ? say(`not_${one.because}`, language) : ''
  return one.category ? say(`as_${one.category}`, language) : ''
}

export function factNames(codes: readonly string[], language: Language): string {
  const names = codes.map((code) => (code in missingFacts ? missingFacts[code as MissingFact][language] : code))
  return names.join(language === 'zh' ? '、' : ', ')
}

/** Where a missing fact is filled in; undefined for those kept elsewhere than in the form. */
export function fieldOfFact(code: string): FieldPath | undefined {
  return (fieldOf as Record<string, FieldPath>)[code]
}
const fieldOf: Partial<Record<MissingFact, FieldPath>> = {
  born_on: 'born_on',
  household_code: 'household_place',
  father_state: 'father.state',
  father_from_on: 'father.away_since',
  father_place_code: 'father.work_place',
  father_able: 'father.able',
  mother_state: 'mother.state',
  mother_from_on: 'mother.away_since',
  mother_place_code: 'mother.work_place',
  mother_able: 'mother.able',
}

/** 不满 16 岁，连续 6 个月，跨县. */
export function ruleWords(one: DefinitionRow, language: Language): string {
  const parts = [
    one.under_age !== null && say('rule_under', language, { n: one.under_age }),
    one.months !== null && say('rule_months', language, { n: one.months }),
    one.across && say(`rule_${one.across}`, language),
  ].filter(Boolean)
  return parts.length > 0 ? parts.join(language === 'zh' ? '，' : ', ') : say('rule_plain', language)
}
