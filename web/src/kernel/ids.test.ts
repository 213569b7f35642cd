import fc from 'fast-check'
import { expect, it } from 'vitest'
import { newId } from './ids.ts'

it('makes version 7 ids that sort in the order of making, whatever the clock does', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 }), { minLength: 2, maxLength: 60 }),
      (clock) => {
        const ids = clock.map((ms) => newId(ms))
        expect([...ids].sort()).toEqual(ids)
        expect(new Set(ids).size).toBe(ids.length)
        for (const id of ids)
          expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      },
    ),
  )
})

it('keeps ten thousand ids of one moment apart and in order', () => {
  const ids = Array.from({ length: 10_000 }, () => newId(2_000_000_000_000))
  expect([...ids].sort()).toEqual(ids)
  expect(new Set(ids).size).toBe(10_000)
})
