import { expect, test } from 'vitest'
import { newId } from './ids.ts'

test('ids sort in the order of making, within a millisecond and when the clock is set back', () => {
  const now = Date.now()
  const made = Array.from({ length: 10_000 }, (_, n) => newId(n % 3 === 0 ? now - 5_000 : now))
  expect(made).toEqual(made.toSorted())
  expect(new Set(made).size).toBe(made.length)
  for (const id of made.slice(0, 50))
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})
