import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  answerDefinition,
  definitionOn,
  definitions,
  type Definition,
  type DefinitionFacts,
  type ParentSpell,
} from './definitions.ts'
import { monthsBefore } from './parent_spells.ts'

const on = '2026-11-23'
const mca = definitionOn('mca', on)!
const moe = definitionOn('moe', on)!
const migrant = definitionOn('migrant', on)!

const spell = (more: Partial<ParentSpell>): ParentSpell => {
  return {
    state: 'home',
    able: null,
    place_code: null,
    from_on: null,
    until_on: null,
    stated_on: '2026-11-20',
    ...more,
  }
}
/** Working in another province since early in the year. */
const away = (more: Partial<ParentSpell> = {}) =>
  spell({ state: 'away', place_code: '9801', from_on: '2026-02', ...more })
const home = (able: boolean | null) => spell({ able })

const child: DefinitionFacts = {
  born_on: '2016-05-06',
  household_code: '990123',
  residence_code: '990123104207',
  residence_from_on: null,
  residence_stated_on: null,
  lives_with_guardian: null,
  father: [away()],
  mother: [away()],
}
const ask = (definition: Definition, more: Partial<DefinitionFacts>, day = on) => {
  const { answer, category, missing } = answerDefinition(definition, { ...child, ...more }, day)
  return [answer, category, ...missing]
}

describe('民政', () => {
  test.each<[string, Partial<DefinitionFacts>, unknown[]]>([
    ['both away', {}, ['yes', 'both_parents']],
    ['one away, the other able', { mother: [home(true)] }, ['no', null]],
    ['one away, the other unable', { mother: [home(false)] }, ['yes', 'one_parent_other_unable']],
    ['one away, the other not asked', { mother: [home(null)] }, ['cannot_say', null, 'mother_able']],
    ['one away, the other dead', { mother: [spell({ state: 'deceased' })] }, ['yes', 'one_parent_other_unable']],
    ['one away, the other in prison', { father: [spell({ state: 'detained' })] }, ['yes', 'one_parent_other_unable']],
    ['one away, nothing known of the other', { mother: [] }, ['cannot_say', null, 'mother_state']],
    [
      'one away, the other written as unknown',
      { mother: [spell({ state: 'unknown' })] },
      ['cannot_say', null, 'mother_state'],
    ],
    ['both at home', { father: [home(true)], mother: [home(false)] }, ['no', null]],
    [
      'both dead: another law',
      { father: [spell({ state: 'deceased' })], mother: [spell({ state: 'deceased' })] },
      ['no', null],
    ],
    ['nothing known of either', { father: [], mother: [] }, ['cannot_say', null, 'father_state', 'mother_state']],
    ['sixteen today', { born_on: '2010-11-23' }, ['no', null]],
    ['sixteen tomorrow', { born_on: '2010-11-24' }, ['yes', 'both_parents']],
    ['sixteen some day this month', { born_on: '2010-11' }, ['cannot_say', null, 'born_on']],
    ['birth not collected', { born_on: null }, ['cannot_say', null, 'born_on']],
    [
      'birth not collected, but at home anyway',
      { born_on: null, father: [home(true)], mother: [home(true)] },
      ['no', null],
    ],
    ['six months today', { father: [away({ from_on: '2026-05-23' })] }, ['yes', 'both_parents']],
    ['a day short of six months', { father: [away({ from_on: '2026-05-24' })], mother: [home(true)] }, ['no', null]],
    [
      'left some day in May',
      { father: [away({ from_on: '2026-05', stated_on: '2026-06-01' })] },
      ['cannot_say', null, 'father_from_on'],
    ],
    [
      'left some day, said to be away seven months ago',
      { father: [away({ from_on: null, stated_on: '2026-04-01' })] },
      ['yes', 'both_parents'],
    ],
    ['left some day, said so last week', { father: [away({ from_on: null })] }, ['cannot_say', null, 'father_from_on']],
    ['working in the own county', { father: [away({ place_code: '990123' })], mother: [home(false)] }, ['no', null]],
    ['working in another county of the city', { father: [away({ place_code: '990127' })] }, ['yes', 'both_parents']],
    [
      'working somewhere in the own city',
      { father: [away({ place_code: '9901' })] },
      ['cannot_say', null, 'father_place_code'],
    ],
    ['place not collected', { father: [away({ place_code: null })] }, ['cannot_say', null, 'father_place_code']],
    [
      'from one urban district to the next',
      {
        household_code: '990102',
        residence_code: '990102001',
        father: [away({ place_code: '990105' })],
        mother: [home(false)],
      },
      ['no', null],
    ],
    ['from a county to the urban district', { father: [away({ place_code: '990105' })] }, ['yes', 'both_parents']],
    [
      'registered elsewhere, living where the parents work',
      { residence_code: '980102', father: [away({ place_code: '980102' })], mother: [away({ place_code: '980102' })] },
      ['no', null],
    ],
    [
      'a written-in zone of the own city',
      { father: [away({ place_code: '9901-gaoxinqu' })] },
      ['cannot_say', null, 'father_place_code'],
    ],
  ])('%s', (_, facts, expected) => {
    expect(ask(mca, facts)).toEqual(expected)
  })

  const stay = (from: string, until: string) => spell({ from_on: from, until_on: until, able: true })
  const first = away({ from_on: '2026-01-05', until_on: '2026-08-01' })
  test.each<[string, ParentSpell[], string]>([
    [
      'a visit of ten days does not break the six months',
      [first, stay('2026-08-01', '2026-08-11'), away({ from_on: '2026-08-11' })],
      'yes',
    ],
    ['two months at home do', [first, stay('2026-08-01', '2026-10-01'), away({ from_on: '2026-10-01' })], 'no'],
    ['a gap that nobody recorded, of ten days, does not', [first, away({ from_on: '2026-08-11' })], 'yes'],
    ['nor does a move from one place to the next', [first, away({ from_on: '2026-08-01', place_code: '9702' })], 'yes'],
    [
      'months inside the own county do not count',
      [{ ...first, place_code: '990123' }, away({ from_on: '2026-08-01' })],
      'no',
    ],
    [
      'months nobody knows where are asked for',
      [{ ...first, place_code: null }, away({ from_on: '2026-08-01' })],
      'cannot_say',
    ],
    ['on the way back, still open, nobody is away', [first, spell({ from_on: '2026-11-20', able: true })], 'no'],
  ])('%s', (_, father, expected) => {
    expect(ask(mca, { father, mother: [spell({ state: 'home', able: expected === 'yes' ? false : true })] })[0]).toBe(
      expected === 'cannot_say' ? 'no' : expected,
    )
    expect(ask(mca, { father })[0]).toBe(expected)
  })

  test('during a recorded visit the parent counts as away, and the past is answered as of then', () => {
    const father = [first, stay('2026-08-01', '2026-08-11'), away({ from_on: '2026-08-11' })]
    expect(ask(mca, { father, mother: [away({ from_on: '2025-01' })] }, '2026-08-05')[0]).toBe('yes')
    expect(ask(mca, { father, mother: [away({ from_on: '2025-01' })] }, '2026-03-01')[0]).toBe('no')
    expect(ask(mca, { father }, '2026-01-01')).toContain('father_state')
  })
})

describe('教育', () => {
  test.each<[string, Partial<DefinitionFacts>, unknown[]]>([
    ['both away', {}, ['yes', 'both_parents']],
    ['one away', { mother: [home(true)] }, ['yes', 'one_parent']],
    ['one away, the other unknown: which of the two stays open', { mother: [] }, ['yes', null, 'mother_state']],
    ['none away', { father: [home(null)], mother: [home(null)] }, ['no', null]],
    ['one at home, the other unknown', { father: [home(null)], mother: [] }, ['cannot_say', null, 'mother_state']],
    [
      'any age, place and time',
      { born_on: null, father: [away({ place_code: null, from_on: null })] },
      ['yes', 'both_parents'],
    ],
  ])('%s', (_, facts, expected) => {
    expect(ask(moe, facts)).toEqual(expected)
  })
})

describe('流动', () => {
  const moved: Partial<DefinitionFacts> = {
    residence_code: '980102001',
    residence_from_on: '2026-03',
    father: [home(null)],
    mother: [away({ place_code: '970101' })],
  }
  test.each<[string, Partial<DefinitionFacts>, unknown[]]>([
    ['with the father in another province', moved, ['yes', null]],
    ['with a parent who works there', { ...moved, father: [away({ place_code: '980102' })] }, ['yes', null]],
    ['for three months', { ...moved, residence_from_on: '2026-08' }, ['no', null]],
    ['nobody asked since when', { ...moved, residence_from_on: null }, ['cannot_say', null, 'residence_from_on']],
    ['at the registered place', { ...moved, residence_code: '990123104207' }, ['no', null]],
    ['registration not collected', { ...moved, household_code: null }, ['cannot_say', null, 'household_code']],
    [
      'no parent there, guardian not asked',
      { ...moved, father: [spell({ state: 'deceased' })] },
      ['cannot_say', null, 'lives_with_guardian'],
    ],
    [
      'no parent there, with a guardian',
      { ...moved, father: [], mother: [], lives_with_guardian: true },
      ['yes', null],
    ],
  ])('%s', (_, facts, expected) => {
    expect(ask(migrant, facts)).toEqual(expected)
  })

  test('beyond the township counts by the wider definition only', () => {
    const near = { ...moved, residence_code: '990123208203' }
    expect(ask(migrant, near)[0]).toBe('no')
    expect(ask(definitionOn('migrant_township', on)!, { ...near, household_code: '990123104207' })[0]).toBe('yes')
    expect(ask(definitionOn('migrant_township', on)!, near)).toEqual(['cannot_say', null, 'household_code'])
  })
})

test('the version in force on the day is used', () => {
  const older = { ...mca, zh: '旧', months: 3, valid_from: '2010-01-01', valid_until: '2016-02-04' }
  expect(definitionOn('mca', '2012-01-01', [...definitions, older])?.months).toBe(3)
  expect(definitionOn('mca', '2016-02-04', [...definitions, older])?.months).toBe(6)
  expect(definitionOn('mca', '2009-01-01', [...definitions, older])).toBeNull()
})

test('six months before the last day of a month is a day that exists', () => {
  expect(monthsBefore('2026-08-31', 6)).toBe('2026-02-28')
  expect(monthsBefore('2026-03-15', 6)).toBe('2025-09-15')
})

describe('whatever the facts', () => {
  const day = fc
    .date({ min: new Date('2024-01-01'), max: new Date('2026-11-23'), noInvalidDate: true })
    .map((at) => at.toISOString().slice(0, 10))
  const place = fc.constantFrom('990123104', '990123208', '990127106', '990102001', '990105002', '980102001')
  const parent = fc
    .record({
      state: fc.constantFrom('home', 'away', 'deceased', 'missing', 'detained'),
      able: fc.boolean(),
      place_code: place,
      from_on: day,
    })
    .map((facts) => [spell({ ...facts, stated_on: on } as Partial<ParentSpell>)])
  const known = fc.record({
    born_on: fc.constantFrom('2016-05-06', '2010-11-23', '2010-11-24', '2009-01-01'),
    household_code: place,
    residence_code: place,
    residence_from_on: day,
    residence_stated_on: fc.constant(on),
    lives_with_guardian: fc.boolean(),
    father: parent,
    mother: parent,
  })
  const definition = fc.constantFrom(...definitions)
  /** How much of each fact is forgotten: nothing, the day, the month, all of it. */
  const forgetting = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 13, maxLength: 13 })

  function forget(facts: DefinitionFacts, how: readonly number[]): DefinitionFacts {
    const date = (value: string | null, n: number) =>
      value === null || how[n] === 3 ? null : value.slice(0, [10, 7, 4][how[n]!])
    const code = (value: string | null, n: number) =>
      value === null || how[n] === 3 ? null : value.slice(0, [9, 4, 2][how[n]!])
    const of = ([one]: readonly ParentSpell[], n: number): ParentSpell[] => [
      {
        ...one!,
        state: how[n] === 3 ? 'unknown' : one!.state,
        able: how[n + 1] === 3 ? null : one!.able,
        place_code: code(one!.place_code, n + 2),
        from_on: date(one!.from_on, n + 3),
      },
    ]
    return {
      born_on: date(facts.born_on, 0),
      household_code: code(facts.household_code, 1),
      residence_code: code(facts.residence_code, 2),
      residence_from_on: date(facts.residence_from_on, 3),
      residence_stated_on: facts.residence_stated_on,
      lives_with_guardian: how[4] === 3 ? null : facts.lives_with_guardian,
      father: of(facts.father, 5),
      mother: of(facts.mother, 9),
    }
  }

  test('knowing everything there is always an answer', () => {
    fc.assert(
      fc.property(definition, known, (one, facts) => {
        const { answer, missing } = answerDefinition(one, facts, on)
        expect(answer).not.toBe('cannot_say')
        expect(missing).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  test('knowing less may leave it open but never turns it round, and what is open names what to ask', () => {
    fc.assert(
      fc.property(definition, known, forgetting, (one, facts, how) => {
        const whole = answerDefinition(one, facts, on)
        const part = answerDefinition(one, forget(facts, how), on)
        if (part.answer === 'cannot_say') expect(part.missing.length).toBeGreaterThan(0)
        else expect(part.answer).toBe(whole.answer)
        if (part.category !== null) expect(part.category).toBe(whole.category)
        if (part.answer === 'no') expect(part.missing).toEqual([])
      }),
      { numRuns: 3000 },
    )
  })

  test('asking for what is named, again and again, comes to an answer', () => {
    const order = [
      'born_on',
      'household_code',
      'residence_code',
      'residence_from_on',
      'lives_with_guardian',
      'father_state',
      'father_able',
      'father_place_code',
      'father_from_on',
      'mother_state',
      'mother_able',
      'mother_place_code',
      'mother_from_on',
    ]
    fc.assert(
      fc.property(definition, known, forgetting, (one, facts, how) => {
        const left = [...how]
        for (let round = 0; round <= order.length; round++) {
          const { answer, missing } = answerDefinition(one, forget(facts, left), on)
          if (missing.length === 0) {
            expect(answer).toBe(answerDefinition(one, facts, on).answer)
            return
          }
          const asked = order.indexOf(missing[0]!)
          expect(left[asked]).toBeGreaterThan(0)
          left[asked] = 0
        }
        throw new Error('asked for everything and still open')
      }),
      { numRuns: 2000 },
    )
  })
})
