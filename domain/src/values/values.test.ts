import { describe, expect, test } from 'vitest'
import { foldText } from '../chinese_text.ts'
import { aidKinds } from './aid_kinds.ts'
import { aways } from './away.ts'
import { boardings } from './boarding.ts'
import { causes } from './causes.ts'
import { commutes } from './commutes.ts'
import { entrustReasons } from './entrust_reasons.ts'
import { identityKinds } from './identity_kinds.ts'
import { improperCare } from './improper_care.ts'
import { needKinds } from './need_kinds.ts'
import { specialCases } from './special_cases.ts'
import { careLevels } from './care_level.ts'
import { ethnicities } from './ethnicity.ts'
import { guardianshipTypes } from './guardianship_type.ts'
import { healths } from './health.ts'
import { hukouTypes } from './hukou_type.ts'
import { incomeSources } from './income_sources.ts'
import { parentStates } from './parent_state.ts'
import { relations } from './relation.ts'
import { schoolings } from './schooling.ts'
import { sexes } from './sex.ts'
import { labelOf, readValue, type ValueEntry } from './value.ts'
import { yesNo } from './yes_no.ts'

const lists: Record<string, readonly ValueEntry[]> = {
  aidKinds,
  aways,
  boardings,
  careLevels,
  causes,
  commutes,
  entrustReasons,
  identityKinds,
  improperCare,
  needKinds,
  specialCases,
  ethnicities,
  guardianshipTypes,
  healths,
  hukouTypes,
  incomeSources,
  parentStates,
  relations,
  schoolings,
  sexes,
  yesNo,
}

describe.each(Object.entries(lists))('%s', (_name, list) => {
  test('no word means two values, and no code stands twice', () => {
    const meant = new Map<string, string>()
    for (const { code, zh, read_as } of list) {
      for (const word of [zh, ...read_as]) {
        const known = meant.get(foldText(word))
        expect(known === undefined || known === code, `${word} reads as ${known} and ${code}`).toBe(true)
        meant.set(foldText(word), code)
      }
    }
    expect(new Set(list.map(({ code }) => code)).size).toBe(list.length)
  })

  test('every label reads back as its code', () => {
    for (const { code, zh, en } of list) {
      expect(readValue(list, zh)).toBe(code)
      expect(labelOf(list, code)).toBe(zh)
      expect(labelOf(list, code, 'en')).toBe(en)
    }
  })
})

test('there are the 56 peoples of GB/T 3304 in its order', () => {
  expect(ethnicities).toHaveLength(56)
  expect(ethnicities.find(({ zh }) => zh === '布依族')?.national_code).toBe('09')
  expect(ethnicities.at(-1)).toMatchObject({ zh: '基诺族', en: 'Jino', national_code: '56' })
})
