// Files that belong to a draft, kept on this device until the draft is sent: pictures are too large for the place of the words.
// Where a browser has no such place (some private windows), and on a shared computer, they live as long as their page.
import { onSharedComputer } from './draft.ts'
import { lastSignedIn } from './session.ts'

const keptMs = 7 * 86_400_000

interface Kept<T> {
  at: number
  value: T
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('indexeddb'))
  })
}

async function store(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  const opening = globalThis.indexedDB.open('nuanyang.files', 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore('kept')
  return (await done(opening)).transaction('kept', mode).objectStore('kept')
}

const nameOf = (key: string) => `${lastSignedIn()?.account.id ?? ''}.${key}`

/** What is kept under the key; null when nothing is. What is older than a week is gone. */
export async function keptFiles<T>(key: string): Promise<T | null> {
  try {
    const kept = (await done((await store('readonly')).get(nameOf(key)))) as Kept<T> | undefined
    return kept && Date.now() - kept.at < keptMs ? kept.value : null
  } catch {
    return null
  }
}

/** `null` forgets. Everybody's old ones go at the same time. */
export async function keepFiles(key: string, value: unknown): Promise<void> {
  if (value !== null && onSharedComputer()) return
  try {
    const files = await store('readwrite')
    if (value === null) await done(files.delete(nameOf(key)))
    else await done(files.put({ at: Date.now(), value } satisfies Kept<unknown>, nameOf(key)))
    const [names, all] = [await done(files.getAllKeys()), (await done(files.getAll())) as Kept<unknown>[]]
    for (const [n, one] of all.entries()) if (Date.now() - one.at >= keptMs) files.delete(names[n]!)
  } catch {
    // They stay in the page.
  }
}
