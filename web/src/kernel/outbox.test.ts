import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createOutbox,
  type Outbox,
  type OutboxEntry,
  type OutboxRow,
  type OutboxStorage,
  type Sending,
} from './outbox.ts'
import { localStorageStorage, memoryStorage } from './outbox_storage.ts'

const zhou = { account_id: 'zhou', membership_id: 'village' }

const refusal = { status: 422, code: 'invalid', detail: '没有填对', detail_en: 'Not right yet' }

/** A server that carries a key out once, refuses what it is told to, and can be cut off before or after it has acted. */
function makeServer() {
  const carriedOut: string[] = []
  const state = { net: 'up' as 'up' | 'down' | 'answer_lost', refuses: new Set<string>() }
  const send = async (row: OutboxRow): Promise<Sending> => {
    await Promise.resolve()
    if (state.net === 'down') return { is: 'unreachable' }
    const lost = state.net === 'answer_lost'
    if (state.refuses.has(row.id)) return lost ? { is: 'unreachable' } : { is: 'refused', problem: refusal }
    if (!carriedOut.includes(row.id)) carriedOut.push(row.id)
    return lost ? { is: 'unreachable' } : { is: 'done', answer: { id: row.id } }
  }
  return { carriedOut, state, send }
}

let windows = 0
function open(
  storage: OutboxStorage,
  send: (row: OutboxRow) => Promise<Sending>,
  who: () => typeof zhou | null = () => zhou,
): Outbox {
  return createOutbox({ storage, send, sender: who, now: () => 1, holder: `window${++windows}` })
}

function row(id: string, more: Partial<OutboxEntry> = {}) {
  return { id, operation: 'records.add', params: {}, body: { note: id }, label: id, ...zhou, ...more }
}

type Step =
  | { is: 'add' }
  | { is: 'add_refused' }
  | { is: 'net'; to: 'up' | 'down' | 'answer_lost' }
  | { is: 'restart' }
  | { is: 'flush' }
const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: fc.constant<Step>({ is: 'add' }), weight: 4 },
  fc.constant<Step>({ is: 'add_refused' }),
  fc.constantFrom('up', 'down', 'answer_lost').map((to): Step => ({ is: 'net', to: to as 'up' })),
  fc.constant<Step>({ is: 'restart' }),
  fc.constant<Step>({ is: 'flush' }),
)

function fakeLocalStorage(): Pick<Storage, 'getItem' | 'setItem'> {
  const values = new Map<string, string>()
  return { getItem: (key) => values.get(key) ?? null, setItem: (key, value) => void values.set(key, value) }
}

describe.each([
  ['memory', () => memoryStorage()],
  ['localStorage', () => localStorageStorage(fakeLocalStorage())],
])('the outbox over %s', (_name, makeStorage) => {
  it('sends each row once, in the order of writing, and loses none, whatever the network and the phone do', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const storage = makeStorage()
        const server = makeServer()
        let outbox = open(storage, server.send)
        const added: string[] = []
        for (const each of steps) {
          if (each.is === 'add' || each.is === 'add_refused') {
            const id = `r${added.length}`
            if (each.is === 'add_refused') server.state.refuses.add(id)
            added.push(id)
            const outcome = await outbox.add(row(id))
            if (server.state.net === 'up') expect(outcome.is).toBe(each.is === 'add' ? 'done' : 'refused')
            else expect(outcome.is).toBe('kept')
          } else if (each.is === 'net') server.state.net = each.to
          else if (each.is === 'restart') outbox = open(storage, server.send)
          else await outbox.flush()
          const here = (await outbox.list()).map((entry) => entry.id)
          for (const id of added) expect(server.carriedOut.includes(id) || here.includes(id)).toBe(true)
        }
        server.state.net = 'up'
        await outbox.flush()
        const accepted = added.filter((id) => !server.state.refuses.has(id))
        expect(server.carriedOut).toEqual(accepted)
        const left = await outbox.list()
        expect(left.map((entry) => entry.id)).toEqual(added.filter((id) => server.state.refuses.has(id)))
        expect(left.every((entry) => entry.parked?.detail === '没有填对')).toBe(true)
      }),
      { numRuns: 150 },
    )
  })
})

it('sends rows written while it is sending, after those before them', async () => {
  const server = makeServer()
  const outbox = open(memoryStorage(), server.send)
  await Promise.all(['a', 'b', 'c', 'd'].map((id) => outbox.add(row(id))))
  expect(server.carriedOut).toEqual(['a', 'b', 'c', 'd'])
})

it('lets one window send at a time', async () => {
  const storage = memoryStorage()
  const server = makeServer()
  let inFlight = 0
  const slow = async (each: OutboxRow) => {
    expect(++inFlight).toBe(1)
    await new Promise((resolve) => setTimeout(resolve, 2))
    inFlight--
    return server.send(each)
  }
  const [one, two] = [open(storage, slow), open(storage, slow)]
  await Promise.all([one.add(row('a')), two.add(row('b')), one.add(row('c'))])
  await two.flush()
  expect(server.carriedOut.toSorted()).toEqual(['a', 'b', 'c'])
})

it('keeps another person’s rows, and rows of another unit, until they are back', async () => {
  const storage = memoryStorage()
  const server = makeServer()
  server.state.net = 'down'
  let who: typeof zhou | null = zhou
  const outbox = open(storage, server.send, () => who)
  await outbox.add(row('mine'))
  await outbox.add(row('school', { membership_id: 'school' }))
  server.state.net = 'up'
  who = { account_id: 'li', membership_id: 'village' }
  await outbox.flush()
  who = null
  await outbox.flush()
  expect(server.carriedOut).toEqual([])
  who = zhou
  await outbox.flush()
  expect(server.carriedOut).toEqual(['mine'])
  expect((await outbox.list()).map((entry) => entry.id)).toEqual(['school'])
})

it('sends a corrected row under the same id, and forgets a withdrawn one', async () => {
  const server = makeServer()
  server.state.refuses = new Set(['a', 'b'])
  const seen: OutboxRow[] = []
  const outbox = open(memoryStorage(), (each) => {
    seen.push(each)
    return server.send(each)
  })
  expect(await outbox.add(row('a'))).toMatchObject({ is: 'refused', problem: { code: 'invalid' } })
  await outbox.add(row('b'))
  server.state.refuses.clear()
  expect(await outbox.add(row('a', { body: { note: 'put right' } }))).toMatchObject({ is: 'done' })
  expect(seen.at(-1)).toMatchObject({ id: 'a', body: { note: 'put right' } })
  await outbox.withdraw('b')
  await outbox.flush()
  expect(server.carriedOut).toEqual(['a'])
  expect(await outbox.list()).toEqual([])
})
