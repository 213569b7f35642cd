import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isPlaceholder, pathName, shortName } from './divisions.names.ts'
import { packDivisions, packedHead, unpackDivisions } from './divisions.packing.ts'
import type { DivisionFacts } from './divisions.packing.ts'

const source = { source: '测试', version: '1', as_of: '2023-06-30', published_on: '2023-09-11', licence: 'MIT' }

/** An invented corner of the country; 曾 is read two ways, so one of the names must be stored as an exception. */
const corner: DivisionFacts[] = [
  { code: '99', name: '云江省', syllables: ['yun', 'jiang', 'sheng'] },
  { code: '9901', name: '云州市', syllables: ['yun', 'zhou', 'shi'] },
  { code: '990123', name: '青禾县', syllables: ['qing', 'he', 'xian'] },
  { code: '990123104', name: '芦溪镇', syllables: ['lu', 'xi', 'zhen'] },
  { code: '990123104207', name: '小暑村', syllables: ['xiao', 'shu', 'cun'] },
  { code: '990123104208', name: '曾家村', syllables: ['zeng', 'jia', 'cun'] },
  { code: '990123104210', name: '曾坑村', syllables: ['zeng', 'keng', 'cun'] },
  { code: '990123104999', name: '未曾村', syllables: ['wei', 'ceng', 'cun'] },
  { code: '990127', name: '柳泉县（新区）', syllables: ['liu', 'quan', 'xian', 'xin', 'qu'] },
]

function rowsOf(file: Buffer): DivisionFacts[] {
  const list = unpackDivisions(file)
  return Array.from({ length: list.rows }, (_, row) => {
    return { code: list.code(row), name: list.name(row), syllables: list.syllables(row) }
  })
}

describe('the packed list', () => {
  test('comes out as it went in, whatever the order, with its source in the first line', () => {
    const file = packDivisions(source, corner.toReversed())
    expect(rowsOf(file)).toEqual(corner)
    expect(JSON.parse(file.toString('utf8').split('\n')[0]!)).toMatchObject({ ...source, rows: 9, format: 1 })
    expect(packedHead(file).edition).toMatch(/^[0-9a-f]{16}$/)
  })

  test('knows levels and parents', () => {
    const list = unpackDivisions(packDivisions(source, corner))
    expect(corner.map((_, row) => list.level(row))).toEqual([1, 2, 3, 4, 5, 5, 5, 5, 3])
    expect(corner.map((_, row) => list.parent(row))).toEqual([-1, 0, 1, 2, 3, 3, 3, 3, 1])
    expect(list.nameLength(8)).toBe(7)
  })

  test('any tree with any names comes out as it went in', () => {
    const syllable = fc.constantFrom('a', 'xi', 'zhuang', 'lv')
    const character = fc.constantFrom('山', '水', '村', '𡐓', '（', '9', 'A')
    const row = fc.record({
      code: fc.tuple(fc.constantFrom(2, 4, 6, 9, 12), fc.integer({ min: 0, max: 999 })),
      name: fc.array(character, { minLength: 1, maxLength: 33 }).map((all) => all.join('')),
      syllables: fc.array(syllable, { minLength: 1, maxLength: 6 }),
    })
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), (drawn) => {
        const tree = new Map(
          ['99', '9901', '990101', '990101001', '990101001001'].map((code) => [
            code,
            { code, name: '山', syllables: ['shan'] },
          ]),
        )
        for (const {
          code: [length, own],
          name,
          syllables,
        } of drawn) {
          const digits = length === 12 || length === 9 ? 3 : 2
          const code = '990101001001'.slice(0, length - digits) + String(own).padStart(3, '0').slice(-digits)
          tree.set(code, { code, name, syllables })
        }
        const facts = [...tree.values()].toSorted((a, b) => (a.code < b.code ? -1 : 1))
        expect(rowsOf(packDivisions(source, facts))).toEqual(facts)
      }),
    )
  })

  test('a missing parent, a damaged file and a foreign file are refused in words', () => {
    expect(() =>
      packDivisions(
        source,
        corner.filter(({ code }) => code !== '990123'),
      ),
    ).toThrow('990123104（芦溪镇）没有上级')
    const file = packDivisions(source, corner)
    const other = packDivisions(source, corner.slice(0, 8))
    const mixed = Buffer.concat([file.subarray(0, file.indexOf(10) + 1), other.subarray(other.indexOf(10) + 1)])
    expect(() => unpackDivisions(mixed)).toThrow('已损坏')
    expect(() => packedHead(Buffer.from('{"format":2}\n'))).toThrow('请重新安装')
  })
})

describe('names', () => {
  test.each([
    ['小暑村村民委员会', '小暑村'],
    ['小暑村民委员会', '小暑村'],
    ['小暑村委会', '小暑村'],
    ['小暑村村委会', '小暑村'],
    ['荷塘社区居委会', '荷塘社区'],
    ['荷塘社区居民委员会', '荷塘社区'],
    ['荷塘社区村委会', '荷塘社区'],
    ['城关居民委员会', '城关居委会'],
    ['城关居委会', '城关居委会'],
    ['元村居委会', '元村居委会'],
    ['白音嘎查村民委员会', '白音嘎查'],
    ['白音嘎查委员会', '白音嘎查'],
    [' 小暑 村 ', '小暑村'],
    ['三连生活区', '三连生活区'],
    ['委员会', '委员会'],
  ])('%s is called %s', (official, said) => {
    expect(shortName(official)).toBe(said)
    expect(shortName(said)).toBe(said)
  })

  test('a path leaves out paper levels and repeated names', () => {
    expect(isPlaceholder(2, '市辖区')).toBe(true)
    expect(isPlaceholder(3, '市辖区')).toBe(false)
    const above = [
      { level: 1, name: '云江省' },
      { level: 2, name: '省直辖县级行政区划' },
      { level: 3, name: '芦州市' },
      { level: 3, name: '芦州市' },
      { level: 4, name: '芦溪镇' },
    ]
    expect(pathName(above)).toBe('云江省芦州市芦溪镇')
  })
})
