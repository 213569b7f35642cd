// The outbox of this browser: its rows, its sender, and the moments at which it tries again.
import { useSyncExternalStore } from 'react'
import type { Operation } from '@nuanyang/contract/kernel.ts'
import { send, upload } from './client.ts'
import { newId } from './ids.ts'
import { createOutbox, type Outbox, type OutboxEntry, type OutboxRow, type Outcome, type Sending } from './outbox.ts'
import { browserStorage } from './outbox_storage.ts'
import { Problem } from './problem.ts'
import { lastSession, lastSignedIn, onSignedIn } from './session.ts'

// A row names its operation; the contract of that feature is fetched when the row is sent.
const contracts = import.meta.glob<Record<string, unknown>>([
  '../../../contract/src/*.ts',
  '!../../../contract/src/*.text.ts',
  '!../../../contract/src/*.test.ts',
])

let opening: Promise<Outbox> | undefined
let entries: readonly OutboxEntry[] = []
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

/** Finds an operation by its name, `records.add`; undefined when this build no longer has it. The file of its feature is
 *  looked at first, the others only if it is declared beside another feature (`teams` beside `units`). */
async function findOperation(name: string): Promise<Operation | undefined> {
  const own = `../../../contract/src/${name.slice(0, name.indexOf('.'))}.ts`
  for (const path of [own, ...Object.keys(contracts).filter((each) => each !== own)]) {
    const module = await contracts[path]?.()
    for (const exported of Object.values(module ?? {}))
      if (typeof exported === 'object' && exported !== null)
        for (const each of Object.values(exported))
          if (typeof each === 'object' && each !== null && (each as Operation).name === name) return each as Operation
  }
  return undefined
}

async function sendRow(row: OutboxRow): Promise<Sending> {
  const operation = await findOperation(row.operation)
  if (!operation) return { is: 'refused', problem: outdated }
  try {
    if (!operation.upload)
      return { is: 'done', answer: await send(operation, { ...row.params, body: row.body }, { key: row.id }) }
    const file = (row.body as { file?: unknown } | null)?.file
    if (!(file instanceof Blob)) return { is: 'refused', problem: fileLost }
    return { is: 'done', answer: await upload(operation, { body: row.params, file } as never, { key: row.id }) }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (error.status === 401) return { is: 'signed_out' }
    return error.passing ? { is: 'unreachable' } : { is: 'refused', problem: error.toBody() }
  }
}

/** Some private windows keep words alone. */
const fileLost = {
  status: 410,
  code: 'file_lost',
  detail: '这个浏览器没能把照片留住。请撤回这一条，打开那条记录再放一次。',
  detail_en: 'This browser could not keep the photo. Withdraw this and add it to the record again.',
}

const outdated = {
  status: 410,
  code: 'outdated',
  detail: '系统升级后，这一条不能照原样发出。请把内容抄到新页面里，再撤回这一条。',
  detail_en: 'After an update this cannot be sent as it is. Copy its content into the new page, then withdraw it.',
}

async function refreshEntries(): Promise<void> {
  entries = await (await openOutbox()).list()
  for (const listener of listeners) listener()
}

/**
 * Who has the turn to send: this tab, by a name that outlives a reload. A page that is reloaded while it sends takes its own turn up
 * again; under a new name it would wait until the turn of the page before it runs out.
 */
function tabName(): string {
  try {
    const kept = globalThis.sessionStorage.getItem('ny.tab')
    if (kept) return kept
    const name = newId()
    globalThis.sessionStorage.setItem('ny.tab', name)
    return name
  } catch {
    // No storage for pages (some private windows): the turn is waited for.
    return newId()
  }
}

/** The one outbox of this window, opened on first use. */
export function openOutbox(): Promise<Outbox> {
  opening ??= browserStorage().then((storage) =>
    createOutbox({
      storage,
      send: sendRow,
      sender: () => {
        const session = lastSession()
        return session?.signed_in && session.now.active_membership_id
          ? { account_id: session.now.account.id, membership_id: session.now.active_membership_id }
          : null
      },
      now: () => Date.now(),
      holder: tabName(),
      changed: () => void refreshEntries(),
      sent: (row) => onSent?.(row.operation.slice(0, row.operation.indexOf('.'))),
      again: (ms) => {
        clearTimeout(timer)
        timer = setTimeout(() => void flushOutbox(), ms)
      },
    }),
  )
  return opening
}

/** Keeps a row of the signed-in person and sends it; resolves when it is done, refused, or safely kept. */
export async function post(row: OutboxRow & { label: string }): Promise<Outcome> {
  const session = lastSignedIn()
  if (!session) throw new Error('nobody is signed in')
  const outbox = await openOutbox()
  return outbox.add({ ...row, account_id: session.account.id, membership_id: session.active_membership_id ?? '' })
}

export async function flushOutbox(): Promise<void> {
  await (await openOutbox()).flush()
  await refreshEntries()
}

let onSent: ((feature: string) => void) | undefined

/** Tries again when somebody is signed in, when the network is back, and when the page is looked at. Called once at the start; `sent` learns of which
 *  feature something has arrived, so that its lists are fetched anew. */
export function startOutbox(sent: (feature: string) => void): void {
  onSent = sent
  onSignedIn(() => void flushOutbox())
  globalThis.addEventListener('online', () => void flushOutbox())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void flushOutbox()
  })
  void refreshEntries()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Every row in this browser, in the order of writing. */
export function useOutbox(): readonly OutboxEntry[] {
  return useSyncExternalStore(subscribe, () => entries)
}
