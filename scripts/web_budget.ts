// Holds the phone routes to their budget: all script that a first visit needs, gzipped, read from the manifest of the build.
// Run after `vite build`: `node scripts/web_budget.ts`. Ends with 1 when a route is over.
import { existsSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const budgetBytes = 200 * 1024
const dist = new URL('../web/dist/', import.meta.url)
/** The pages a village phone opens, by their module; one that does not exist yet is not measured. */
const phoneRoutes: Readonly<Record<string, string>> = {
  '/sign-in': 'src/accounts/sign_in.tsx',
  '/today': 'src/today/today.tsx',
  '/children': 'src/children/children.tsx',
  '/children/:id': 'src/children/child.tsx',
  '/records/new': 'src/records/record.tsx',
  '/outbox': 'src/outbox/outbox.tsx',
  '/me': 'src/accounts/me.tsx',
}

interface Chunk {
  file: string
  imports?: string[]
  isEntry?: boolean
}

const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8')) as Record<string, Chunk>
const entry = Object.keys(manifest).find((key) => manifest[key]?.isEntry)
if (!entry) throw new Error('The build has no entry: run `vite build web` first.')

/** Every file that the chunk needs before it runs. */
function filesOf(key: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[key]
  if (!chunk || found.has(chunk.file)) return found
  found.add(chunk.file)
  for (const each of chunk.imports ?? []) filesOf(each, found)
  return found
}

const sizes = new Map<string, number>()
function sizeOf(file: string): number {
  const known = sizes.get(file) ?? gzipSync(readFileSync(new URL(file, dist)), { level: 6 }).length
  sizes.set(file, known)
  return known
}

let over = false
for (const [route, module] of Object.entries(phoneRoutes)) {
  if (!manifest[module]) {
    if (existsSync(new URL(`../web/${module}`, import.meta.url)))
      throw new Error(`${module} is not in the build: build again.`)
    continue
  }
  const files = filesOf(module, filesOf(entry))
  const bytes = [...files].reduce((sum, file) => sum + sizeOf(file), 0)
  over ||= bytes > budgetBytes
  console.log(`${bytes > budgetBytes ? 'OVER' : 'ok  '} ${(bytes / 1024).toFixed(1).padStart(6)} kB gz  ${route}`)
}
if (over) {
  console.error(`A phone route needs more than ${budgetBytes / 1024} kB of script. Fetch what is heavy on first use.`)
  process.exitCode = 1
}
