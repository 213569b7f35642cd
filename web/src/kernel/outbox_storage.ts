// Where the outbox keeps its rows: IndexedDB; localStorage where a browser has none (some private windows); memory in tests
// and where both are refused. All three are the same to the outbox.
import type { OutboxEntry, OutboxStorage } from './outbox.ts'

/** Rows in memory: lost with the window. */
export function memoryStorage(rows: OutboxEntry[] = []): OutboxStorage {
  let turn = { holder: '', until: 0 }
  const at = (id: string) => rows.findIndex((row) => row.id === id)
  return {
    all: () => Promise.resolve(structuredClone(rows)),
    append: (entry) => {
      rows.push(structuredClone(entry))
      return Promise.resolve()
    },
    replace: (entry) => {
      const place = at(entry.id)
      if (place >= 0) rows[place] = structuredClone(entry)
      return Promise.resolve()
    },
    remove: (id) => {
      const place = at(id)
      if (place >= 0) rows.splice(place, 1)
      return Promise.resolve()
    },
    takeTurn: (holder, now, until) => {
      const free = turn.holder === holder || turn.until <= now
      if (free) turn = { holder, until }
      return Promise.resolve(free)
    },
  }
}

const rowsKey = 'ny.outbox'
const turnKey = 'ny.outbox.turn'

export function localStorageStorage(store: Pick<Storage, 'getItem' | 'setItem'>): OutboxStorage {
  const read = () => JSON.parse(store.getItem(rowsKey) ?? '[]') as OutboxEntry[]
  const write = (rows: OutboxEntry[]) => store.setItem(rowsKey, JSON.stringify(rows))
  const change = (how: (rows: OutboxEntry[]) => OutboxEntry[]) =>
    new Promise<void>((resolve) => {
      write(how(read()))
      resolve()
    })
  return {
    all: () => Promise.resolve(read()),
    append: (entry) => change((rows) => [...rows, entry]),
    replace: (entry) => change((rows) => rows.map((row) => (row.id === entry.id ? entry : row))),
    remove: (id) => change((rows) => rows.filter((row) => row.id !== id)),
    takeTurn: (holder, now, until) => {
      const turn = JSON.parse(store.getItem(turnKey) ?? '{"holder":"","until":0}') as { holder: string; until: number }
      const free = turn.holder === holder || turn.until <= now
      if (free) store.setItem(turnKey, JSON.stringify({ holder, until }))
      return Promise.resolve(free)
    },
  }
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('indexeddb'))
  })
}

function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error ?? new Error('indexeddb'))
  })
}

async function openDatabase(factory: IDBFactory): Promise<IDBDatabase> {
  const opening = factory.open('nuanyang', 1)
  opening.onupgradeneeded = () => {
    // The key counts up: the order of writing does not depend on anybody's clock.
    opening.result
      .createObjectStore('rows', { keyPath: 'place', autoIncrement: true })
      .createIndex('id', 'id', { unique: true })
    opening.result.createObjectStore('turn')
  }
  return done(opening)
}

type Placed = OutboxEntry & { place: number }

export async function indexedDbStorage(factory: IDBFactory): Promise<OutboxStorage> {
  const database = await openDatabase(factory)
  async function change(how: (rows: IDBObjectStore) => Promise<unknown>): Promise<void> {
    // `strict`: the row is on the disk, not in a buffer, when we say that it is safe.
    const transaction = database.transaction('rows', 'readwrite', { durability: 'strict' })
    const end = committed(transaction)
    await how(transaction.objectStore('rows'))
    await end
  }
  const placeOf = (rows: IDBObjectStore, id: string) => done(rows.index('id').getKey(id))
  return {
    all: async () => {
      const rows = (await done(database.transaction('rows').objectStore('rows').getAll())) as Placed[]
      return rows.map(({ place: _place, ...entry }) => entry)
    },
    append: (entry) => change((rows) => done(rows.add(entry))),
    replace: (entry) =>
      change(async (rows) => {
        const place = await placeOf(rows, entry.id)
        if (place !== undefined) await done(rows.put({ ...entry, place }))
      }),
    remove: (id) =>
      change(async (rows) => {
        const place = await placeOf(rows, id)
        if (place !== undefined) await done(rows.delete(place))
      }),
    takeTurn: async (holder, now, until) => {
      const transaction = database.transaction('turn', 'readwrite')
      const store = transaction.objectStore('turn')
      const turn = (await done(store.get('turn'))) as { holder: string; until: number } | undefined
      const free = !turn || turn.holder === holder || turn.until <= now
      if (free) await done(store.put({ holder, until }, 'turn'))
      return free
    },
  }
}

/** The best of what this browser allows. */
export async function browserStorage(): Promise<OutboxStorage> {
  try {
    return await indexedDbStorage(globalThis.indexedDB)
  } catch {
    return localOrMemory()
  }
}

function localOrMemory(): OutboxStorage {
  try {
    globalThis.localStorage.setItem('ny.probe', '1')
    globalThis.localStorage.removeItem('ny.probe')
    return localStorageStorage(globalThis.localStorage)
  } catch {
    return memoryStorage()
  }
}
