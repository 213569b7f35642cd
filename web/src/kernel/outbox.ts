// The outbox: a write is a row of JSON, kept before it is sent, and sent in the order it was written. Nothing is dropped: a row
// leaves when the server has carried it out, or when its writer withdraws it. A refused row is parked with its reason and
// does not hold up the others; a server that cannot be reached holds up everything, so that the order stays.
// This file knows neither browser nor network: storage, sending and the clock are given. outbox.test.ts holds the promises.
import type { ProblemBody } from './problem.ts'

/** What is sent: addressed by the operation's name, never a stored function, so that a newer build can send an older row. */
export interface OutboxRow {
  /** Also the Idempotency-Key: sent twice, carried out once. */
  id: string
  operation: string
  params: Record<string, unknown>
  body: unknown
}

export interface OutboxEntry extends OutboxRow {
  /** Whose it is: on a shared computer nobody sends another person's rows. */
  account_id: string
  /** Under which membership it was written, and under which alone it is sent. */
  membership_id: string
  written_at: string
  /** What the list calls it: 陈小雨，谈心. */
  label: string
  /** Why the server refused it; null while it waits. */
  parked: ProblemBody | null
}

/** Rows in the order of writing. All methods resolve once the row is safe. */
export interface OutboxStorage {
  all(): Promise<OutboxEntry[]>
  append(entry: OutboxEntry): Promise<void>
  /** Replaces the row of the same id in its place; does nothing when it is gone. */
  replace(entry: OutboxEntry): Promise<void>
  remove(id: string): Promise<void>
  /** One window sends at a time: true when `holder` has the turn until `until` (ms), false while another has it. */
  takeTurn(holder: string, now: number, until: number): Promise<boolean>
}

export type Sending =
  | { is: 'done'; answer: unknown }
  | { is: 'refused'; problem: ProblemBody }
  | { is: 'unreachable' }
  | { is: 'signed_out' }

export interface OutboxParts {
  storage: OutboxStorage
  send: (row: OutboxRow) => Promise<Sending>
  /** Who is signed in, or null. */
  sender: () => { account_id: string; membership_id: string } | null
  now: () => number
  holder: string
  /** Called after every change of the rows. */
  changed?: () => void
  /** Called when the server has carried a row out. */
  sent?: (row: OutboxRow) => void
  /** Called when sending should be tried again after so many milliseconds. */
  again?: (ms: number) => void
}

/** What became of a row: kept = safe here, not with the server yet. */
export type Outcome = { is: 'done'; answer: unknown } | { is: 'refused'; problem: ProblemBody } | { is: 'kept' }

export interface Outbox {
  /** Keeps the row, sends what waits, and says what became of this row. A row of the same id that was parked is replaced. */
  add(entry: Omit<OutboxEntry, 'parked' | 'written_at'>): Promise<Outcome>
  flush(): Promise<void>
  list(): Promise<OutboxEntry[]>
  /** Un-parks a row so that it is sent again, in its place; `body` when it was corrected. */
  retry(id: string, body?: unknown): Promise<void>
  withdraw(id: string): Promise<void>
}

const turnMs = 20_000
const longestWaitMs = 60_000

export function createOutbox(parts: OutboxParts): Outbox {
  const { storage, send, sender, now, holder } = parts
  const waiting = new Map<string, (outcome: Outcome) => void>()
  let running: Promise<void> | null = null
  let onceMore = false
  let failures = 0

  function settle(id: string, outcome: Outcome): void {
    waiting.get(id)?.(outcome)
    waiting.delete(id)
  }
  /** Whoever still waits learns that the row is safe here. */
  function settleKept(): void {
    for (const id of waiting.keys()) settle(id, { is: 'kept' })
  }

  async function sendAll(): Promise<void> {
    for (;;) {
      const who = sender()
      if (!who) return settleKept()
      if (!(await storage.takeTurn(holder, now(), now() + turnMs))) {
        parts.again?.(2_000)
        return settleKept()
      }
      const next = (await storage.all()).find(
        (row) => !row.parked && row.account_id === who.account_id && row.membership_id === who.membership_id,
      )
      if (!next) return settleKept()
      const { id, operation, params, body } = next
      const result = await send({ id, operation, params, body })
      if (result.is === 'done') await storage.remove(id)
      else if (result.is === 'refused') await storage.replace({ ...next, parked: result.problem })
      else {
        if (result.is === 'unreachable') parts.again?.(Math.min(longestWaitMs, 1_000 * 2 ** failures++))
        return settleKept()
      }
      failures = 0
      if (result.is === 'done') parts.sent?.(next)
      parts.changed?.()
      settle(id, result)
    }
  }

  async function flush(): Promise<void> {
    if (running) {
      onceMore = true
      return running
    }
    running = (async () => {
      do {
        onceMore = false
        await sendAll()
      } while (onceMore)
    })()
    try {
      await running
    } finally {
      running = null
      await storage.takeTurn(holder, now(), 0)
    }
  }

  return {
    async add(entry) {
      const row: OutboxEntry = { ...entry, parked: null, written_at: new Date(now()).toISOString() }
      const known = (await storage.all()).some((each) => each.id === row.id)
      await (known ? storage.replace(row) : storage.append(row))
      parts.changed?.()
      const outcome = new Promise<Outcome>((resolve) => waiting.set(row.id, resolve))
      await flush()
      return outcome
    },
    flush,
    list: () => storage.all(),
    async retry(id, body) {
      const row = (await storage.all()).find((each) => each.id === id)
      if (!row) return
      await storage.replace({ ...row, parked: null, ...(body === undefined ? {} : { body }) })
      parts.changed?.()
      await flush()
    },
    async withdraw(id) {
      await storage.remove(id)
      settle(id, { is: 'kept' })
      parts.changed?.()
    },
  }
}
