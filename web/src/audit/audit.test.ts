// Whoever reads the access log reads words: every operation that the server writes there has some.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { operationText, wordFor } from './audit.text.ts'

const server = join(import.meta.dirname, '../../../server/src')

test('every audited operation has words of its own or of its feature', () => {
  const sources = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  )
  const written = sources.flatMap((name) =>
    [...readFileSync(join(server, name), 'utf8').matchAll(/\baudit\((.+)/g)].flatMap(([, rest]) =>
      [...rest!.matchAll(/['`]([a-z_]+\.[a-z_]+)/g)].map(([, operation]) => operation!),
    ),
  )
  expect(written.length).toBeGreaterThan(90)
  expect(written.filter((operation) => wordFor(operation) === 'other')).toEqual([])
  expect(operationText[wordFor('records.add')].zh).toBe('记了一条记录')
})
