import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  codesMeant,
  gramsOf,
  gramsWanted,
  innermostPlaceGram,
  parseQuery,
  placeGrams,
  prefixEnd,
  splits,
} from './divisions.query.ts'

const han = (text: string) => ({ kind: 'han', text })
const letters = (text: string) => ({ kind: 'letters', text })
const code = (text: string) => ({ kind: 'code', text })

test.each([
  ['小暑', [[han('小暑')]]],
  ['小暑村村民委员会', [[han('小暑村')]]],
  ['XiaoShu', [[letters('xiaoshu')]]],
  ["xi'an", [[letters('xian')]]],
  ['lü', [[letters('lv')]]],
  ['ｘｉａｏ', [[letters('xiao')]]],
  ['xiao shu cun', [[letters('xiaoshucun')], [letters('xiao'), letters('shu'), letters('cun')]]],
  ['青禾 小暑', [[han('青禾'), han('小暑')]]],
  ['青禾县>芦溪镇，小暑', [[han('青禾县'), han('芦溪镇'), han('小暑')]]],
  ['青禾 xsc', [[han('青禾'), letters('xsc')]]],
  ['990123104207', [[code('990123104207')]]],
  ['990123 小暑', [[code('990123'), han('小暑')]]],
  ['9', [[code('9')]]],
  ['小暑村9', [[han('小暑村'), han('9')]]],
  ['', []],
  [' ，。 ', []],
])('%s is read as %j', (typed, terms) => {
  expect(parseQuery(typed)).toEqual(terms)
})

test('whatever is typed is read without error and stays bounded', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (typed) => {
      for (const terms of parseQuery(typed)) {
        expect(terms.every((term) => term.text.length > 0 && term.text.length <= 120)).toBe(true)
      }
    }),
  )
})

test('zeros that other lists pad with are taken off, but the number itself counts too', () => {
  expect(codesMeant('990000')).toEqual(['990000', '99', '9900'])
  expect(codesMeant('990123000000')).toEqual(['990123000000', '990123', '990123000'])
  expect(codesMeant('990123')).toEqual(['990123'])
})

test('the end of a range is above everything that begins so and below everything else', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', 'z', '一', '村', '𡐓', '\ud7ff', '9'),
    minLength: 1,
    maxLength: 6,
  })
  const bytes = (value: string) => Buffer.from(value)
  fc.assert(
    fc.property(text, text, (prefix, other) => {
      const inRange = bytes(other).compare(bytes(prefix)) >= 0 && bytes(other).compare(bytes(prefixEnd(prefix))) < 0
      expect(inRange).toBe(other.startsWith(prefix))
    }),
  )
})

test('every part of a name is found by its grams', () => {
  const name = fc.array(fc.constantFrom('大', '小', '暑', '村', '𡐓'), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(name, fc.nat(), fc.nat(), (characters, from, length) => {
      const start = from % characters.length
      const part = characters.slice(start, start + 1 + (length % (characters.length - start)))
      const grams = new Set(gramsOf(characters.join('')))
      expect(gramsWanted(part.join('')).every((gram) => grams.has(gram))).toBe(true)
      expect([...grams].every((gram) => gram > -0x80000000 && (gram < -9 || (gram > 0 && gram < 300_000_000)))).toBe(
        true,
      )
    }),
  )
})

test('a place is known by its province, city and county', () => {
  expect(placeGrams('990123104207')).toEqual([300_000_099, 300_009_901, 300_990_123])
  expect(innermostPlaceGram('990123104')).toBe(300_990_123)
  expect(innermostPlaceGram('99')).toBe(300_000_099)
})

test('a place name is taken off the front, longest first', () => {
  const ways = splits({ kind: 'han', text: '芦溪镇小暑' })
  expect(ways.map(({ rest }) => rest.text)).toEqual(['暑', '小暑', '镇小暑'])
  expect(ways[1]?.names).toContain('芦溪镇')
  expect(ways[2]?.names).toContain('芦溪县')
  expect(splits({ kind: 'code', text: '990123' })).toEqual([])
})
