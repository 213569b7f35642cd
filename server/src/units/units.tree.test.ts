import { expect, test } from 'vitest'
import { allowedParents, mayMergeKinds, unitKindCodes, type UnitKind } from '@nuanyang/contract/units.ts'
import { checkParent, unitCore } from './units.tree.ts'
import { Refusal } from '../kernel/problem.ts'

test('every way of writing a village comes to the same core, and different villages stay different', () => {
  for (const written of ['小暑', '小暑村', '小暑村委会', '小暑村民委员会', '小暑村村民委员会', '小暑 村', '小暑行政村'])
    expect([written, unitCore(written)]).toEqual([written, '小暑'])
  expect(unitCore('荷塘社区居委会')).toBe(unitCore('荷塘社区'))
  expect(unitCore('村')).toBe('村')
  expect(unitCore('新村')).not.toBe(unitCore('老村'))
})

test('a unit stands only under the kinds the table names, and never under a closed one', () => {
  for (const kind of unitKindCodes)
    for (const parent of unitKindCodes) {
      const refused = codeOf(() => checkParent(kind, '甲', { kind: parent, name: '乙', closed_on: null }))
      expect([kind, parent, refused]).toEqual([
        kind,
        parent,
        allowedParents[kind].includes(parent) ? null : 'unit_wrong_parent',
      ])
    }
  expect(codeOf(() => checkParent('county', '甲', null))).toBeNull()
  expect(codeOf(() => checkParent('village', '甲', null))).toBe('unit_wrong_parent')
  expect(codeOf(() => checkParent('class', '甲', { kind: 'school', name: '乙', closed_on: '2026-01-01' }))).toBe(
    'unit_parent_closed',
  )
})

test('the tree of kinds has no cycle and everything reaches the county', () => {
  const depth = (kind: UnitKind, seen: UnitKind[] = []): boolean =>
    kind === 'county' || allowedParents[kind].some((up) => !seen.includes(up) && depth(up, [...seen, kind]))
  for (const kind of unitKindCodes) expect([kind, depth(kind)]).toEqual([kind, true])
})

test('a village may become a community and back, nothing merges across kinds, a county merges with nothing', () => {
  expect(mayMergeKinds('village', 'community')).toBe(true)
  expect(mayMergeKinds('community', 'village')).toBe(true)
  expect(mayMergeKinds('school', 'village')).toBe(false)
  expect(mayMergeKinds('county', 'county')).toBe(false)
})

function codeOf(act: () => void): string | null {
  try {
    act()
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}
