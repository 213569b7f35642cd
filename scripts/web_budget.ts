// Holds every page that a phone can open to its budget: all script that a first visit needs, gzipped, read from the manifest of
// the build. The pages are those of routes.tsx, so a new one is measured without being named here.
// Run after `vite build web`: `node scripts/web_budget.ts`. Ends with 1 when a page is over.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const budgetBytes = 200 * 1024
/** Pages that only make sense on a desktop may be heavier: named here, with what they carry. */
const desktopOnly: Readonly<Record<string, string>> = {}

const web = new URL('../web/', import.meta.url)
const dist = new URL('dist/', web)

interface Chunk {
  file: string
  imports?: string[]
  isEntry?: boolean
}

const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8')) as Record<string, Chunk>
const entry = Object.keys(manifest).find((key) => manifest[key]?.isEntry)
if (!entry) throw new Error('The build has no entry: run `vite build web` first.')
const routes = readFileSync(new URL('src/routes.tsx', web), 'utf8')
const pages = [...routes.matchAll(/import\('\.\/([^']+)'\)/g)].map((found) => `src/${found[1]}`)
if (pages.length === 0) throw new Error('routes.tsx names no pages any more: this check has to learn its new form.')

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
  const size = sizes.get(file) ?? gzipSync(readFileSync(new URL(file, dist))).length
  sizes.set(file, size)
  return size
}

let over = 0
for (const page of pages) {
  if (!manifest[page]) throw new Error(`${page} is in routes.tsx but not in the build: build again.`)
  let bytes = 0
  for (const file of filesOf(page, filesOf(entry))) bytes += sizeOf(file)
  const excused = desktopOnly[page]
  const tooMuch = bytes > budgetBytes && !excused
  if (tooMuch) over++
  console.log(
    `${tooMuch ? 'OVER' : 'ok  '} ${(bytes / 1024).toFixed(1).padStart(6)} kB gz  ${page}${excused ? ` (${excused})` : ''}`,
  )
}
if (over > 0) {
  console.error(`${over} page(s) need more than ${budgetBytes / 1024} kB of script. Fetch what is heavy on first use.`)
  process.exitCode = 1
}
