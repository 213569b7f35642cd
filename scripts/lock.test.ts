import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

interface Entry {
  version?: string
  link?: boolean
  optionalDependencies?: Record<string, string>
}

// `npm ci` refuses a lock in which a package of another platform has no entry, and a registry that does not carry that platform makes
// `npm install` leave the entry out without a word: a clean clone could then not be installed.
test('the lock names every package of every platform', () => {
  const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')) as {
    packages: Record<string, Entry>
  }
  const names = new Set(Object.keys(packages).map((path) => path.split('node_modules/').at(-1)))
  const missing = Object.values(packages).flatMap((entry) =>
    Object.keys(entry.optionalDependencies ?? {}).filter((name) => !names.has(name)),
  )
  expect(missing).toEqual([])
  expect(
    Object.entries(packages).filter(([path, entry]) => path.includes('node_modules/') && !entry.link && !entry.version),
  ).toEqual([])
})
