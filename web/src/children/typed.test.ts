import { describe, expect, it } from 'vitest'
import { checkDigit } from '@nuanyang/domain/identity_numbers.ts'
import { nested, readTyped, sameValue, spreadPhones } from './typed.ts'

const number = (first17: string) => first17 + checkDigit(first17)

describe('what people type', () => {
  it.each([
    ['138 0013 8000', ['13800138000']],
    ['13800138000、13900139000', ['13800138000', '13900139000']],
    ['电话：0773-2223333', ['07732223333']],
  ])('%s is read as telephone numbers', (typed, phones) => {
    expect(readTyped('father.phones', typed)).toEqual({ value: phones })
  })

  it('keeps a short number and asks for a second look, and refuses what holds no number', () => {
    expect(readTyped('carer.phones', '66012')).toEqual({ value: ['66012'], odd: 'odd_length' })
    expect(readTyped('carer.phones', '没有')).toEqual({ value: null, wrong: 'wrong_phone' })
  })

  it('an identity number is checked but never repaired', () => {
    const good = number('99012320170821094')
    expect(readTyped('identity_no', ` ${good.slice(0, 6)} ${good.slice(6)} `)).toEqual({ value: good })
    expect(readTyped('identity_no', good.slice(0, 17))).toMatchObject({ wrong: 'wrong_length' })
    expect(readTyped('identity_no', number('99012320171321094'))).toMatchObject({ wrong: 'wrong_birth' })
    const last = good.endsWith('1') ? '2' : '1'
    expect(readTyped('identity_no', good.slice(0, 17) + last)).toMatchObject({ wrong: 'wrong_check' })
  })

  it('a day may be known to its month or year only; an unreadable one is not taken for unknown', () => {
    expect(readTyped('born_on', '2017年8月')).toEqual({ value: '2017-08' })
    expect(readTyped('father.away_since', '去年')).toEqual({ value: null, wrong: 'wrong_day' })
    expect(readTyped('born_on', ' ')).toEqual({ value: null })
  })

  it('a name cannot be emptied, an age is in whole years', () => {
    expect(readTyped('name', '')).toEqual({ value: null, wrong: 'wrong_name' })
    expect(readTyped('carer.age', '68岁')).toEqual({ value: 68 })
    expect(readTyped('carer.age', '6')).toEqual({ value: null, wrong: 'wrong_age' })
  })
})

describe('a pasted list of the family’s numbers', () => {
  it('is parted by whose they are', () => {
    expect(spreadPhones('爸爸陈建国 198 0000 0731，妈妈 15800001111；奶奶王桂英19900000216')).toEqual({
      father: ['19800000731'],
      mother: ['15800001111'],
      carer: ['19900000216'],
    })
    expect(spreadPhones('爸 19800000731 妈 15800001111')).toEqual({ father: ['19800000731'], mother: ['15800001111'] })
  })

  it('with one person in it belongs where it was pasted', () => {
    expect(spreadPhones('爸爸 19800000731、19800000732')).toBeNull()
    expect(spreadPhones('19800000731 19800000732')).toBeNull()
  })
})

it('nests paths as the contract wants them', () => {
  expect(nested({ name: '陈小雨', 'father.phones': ['1'], 'father.name': null })).toEqual({
    name: '陈小雨',
    father: { phones: ['1'], name: null },
  })
})

it('unknown is unknown, however it is written', () => {
  expect(sameValue(null, [])).toBe(true)
  expect(sameValue(undefined, '')).toBe(true)
  expect(sameValue('unknown', null)).toBe(true)
  expect(sameValue(false, null)).toBe(false)
  expect(sameValue(['1'], ['2'])).toBe(false)
})
