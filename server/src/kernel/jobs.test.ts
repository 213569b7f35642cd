import { parseCronItems } from 'graphile-worker'
import { expect, test } from 'vitest'
import { clockLines, jobs } from '../app.ts'

test('every line of the clock is read by the queue, names a task that exists, and stands once', () => {
  const parsed = parseCronItems(clockLines.map(({ task, match }) => ({ task, match })))
  expect(parsed).toHaveLength(clockLines.length)
  for (const { task } of clockLines) expect(Object.keys(jobs)).toContain(task)
  expect(new Set(clockLines.map(({ task }) => task)).size).toBe(clockLines.length)
})
