import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkDigit, isTrustworthy, parseIdentityNumber, readIdentityNumber } from './identity_numbers.ts'

const birth = fc
  .date({ min: new Date('1950-01-01T00:00:00Z'), max: new Date('2025-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const number = fc.tuple(birth, fc.integer({ min: 0, max: 999 })).map(([born, sequence]) => {
  const first = `520203${born.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`
  return { value: first + checkDigit(first), born, male: sequence % 2 === 1 }
})

describe('numbers of 18 places', () => {
  test('say birth and sex', () => {
    fc.assert(
      fc.property(number, ({ value, born, male }) => {
        const parsed = parseIdentityNumber(value)
        expect(parsed).toMatchObject({
          born_on: born,
          sex: male ? 'male' : 'female',
          check_ok: true,
          region_known: true,
        })
        expect(isTrustworthy(parsed)).toBe(true)
      }),
    )
  })

  test('a single wrong digit never passes the check', () => {
    fc.assert(
      fc.property(number, fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), ({ value }, place, add) => {
        const wrong = value.slice(0, place) + String((Number(value[place]) + add) % 10) + value.slice(place + 1)
        expect(parseIdentityNumber(wrong)?.check_ok).toBe(false)
      }),
    )
  })

  test.each([
    ['00000000', null],
    ['20150230', null],
    ['20160229', '2016-02-29'],
  ])('the birth digits %s are %s', (digits, born) => {
    const first = `520203${digits}901`
    expect(parseIdentityNumber(first + checkDigit(first))?.born_on).toBe(born)
  })

  test('a region that never was is unknown', () => {
    expect(parseIdentityNumber('990101201808029052')?.region_known).toBe(false)
    expect(parseIdentityNumber('520200201808029052')?.region_known).toBe(false)
  })

  test('old numbers of 15 places are numbers of the last century', () => {
    expect(parseIdentityNumber('520203900519929')).toMatchObject({ born_on: '1990-05-19', sex: 'male', check_ok: true })
  })
})

describe('cells that should hold a number', () => {
  test.each([
    ["'520203201307239618", '520203201307239618'],
    ['520203 20140227 9175', '520203201402279175'],
    ['５２０２０３２０２２０２１９９２３９', '520203202202199239'],
    ['52020320130906935x', '52020320130906935X'],
    ['52020320210401996×', '52020320210401996X'],
    ['52020320210401996*', '52020320210401996X'],
    ['\t520203201812189826', '520203201812189826'],
  ])('%s is %s', (raw, value) => {
    expect(readIdentityNumber(raw)).toMatchObject({ state: 'ok', number: { value } })
  })

  test.each([
    ['5.20203E+17', false, { state: 'precision_lost' }],
    ['520203201902289000', true, { state: 'precision_lost', visible_birth: '2019-02-28' }],
    ['520203201902289000', false, { state: 'precision_lost' }],
    ['52020320210711970', false, { state: 'length' }],
    ['未办户口', false, { state: 'words' }],
    ['', false, { state: 'empty' }],
  ] as const)('%s as a number %s', (raw, isNumber, state) => {
    expect(readIdentityNumber(raw, isNumber)).toMatchObject(state)
  })

  test('a valid number that ends with three zeros is no lost number', () => {
    expect(readIdentityNumber('520203201501089000')).toMatchObject({ state: 'ok' })
  })
})
