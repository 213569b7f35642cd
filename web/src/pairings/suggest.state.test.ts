import { expect, test } from 'vitest'
import { backIn, emptyDraft, leftOut, locked, moved, question, received, takenApart } from './suggest.state.ts'

const answer = {
  children: [],
  helpers: [],
  total: 3,
  pairs: [
    { child_id: 'a', helper_id: 'x', reasons: [] },
    { child_id: 'b', helper_id: 'y', reasons: [] },
  ],
  without: [{ child_id: 'c', why: 'no_room' as const }],
}
const start = received(answer, emptyDraft)
const helperOf = (draft: typeof start, child: string) => draft.pairs.find((pair) => pair.child_id === child)?.helper_id

test('a child moved to a helper is locked there; who was there and not locked waits', () => {
  const next = moved(start, { child_id: 'c', helper_id: 'x', reasons: [] }, 1)!
  expect([helperOf(next, 'c'), helperOf(next, 'a'), next.without]).toEqual(['x', undefined, { a: 'no_room' }])
  expect(question(next).locked).toEqual([{ child_id: 'c', helper_id: 'x' }])
})

test('with room for two both stay; nobody locked is pushed away', () => {
  expect(helperOf(moved(start, { child_id: 'c', helper_id: 'x', reasons: [] }, 2)!, 'a')).toBe('x')
  expect(moved(locked(start, 'a', true), { child_id: 'c', helper_id: 'x', reasons: [] }, 1)).toBeNull()
})

test('moving a pair to where it is already only locks it', () => {
  const next = moved(start, { child_id: 'a', helper_id: 'x', reasons: [] }, 1)!
  expect([helperOf(next, 'a'), Object.keys(next.without)]).toEqual(['x', ['c']])
})

test('left out, back in, taken apart: what the next question says', () => {
  const waits = leftOut(start, 'a')
  expect(question(waits).left_out).toEqual(['a'])
  expect(question(backIn(waits, 'a')).left_out).toEqual([])
  const apart = takenApart(start, 'b')
  expect(question(apart)).toEqual({ locked: [], apart: [{ child_id: 'b', helper_id: 'y' }], left_out: [] })
  expect(received(answer, locked(start, 'b', true)).pairs.map((pair) => pair.locked)).toEqual([false, true])
})
