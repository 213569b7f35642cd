// The thread in which documents are set. 400 cards take one to four seconds of processor: that must not stand in the way of
// requests. It is started by the first document, works one after the other, and is let go when idle.
import { Worker } from 'node:worker_threads'
import type { CardLayout, ContactCardData } from '@nuanyang/contract/documents.ts'
import type { FormDocument } from './form.ts'
import type { OfficialDocument } from './official.ts'
import type { PrintedForm } from './registration_form.ts'
import type { LaidTable } from './table_layout.ts'

export type PdfTemplate = 'care_network' | 'contact_card' | 'form' | 'official' | 'registration_form' | 'table'

/** What the thread can make. All of it is plain data. */
export type Order =
  | {
      readonly make: 'pdf'
      readonly template: PdfTemplate
      /** JSON text. Templates read it with `json()`; nothing of it is ever parsed as markup. */
      readonly json: string
    }
  | { readonly make: 'contact_card_docx'; readonly cards: readonly ContactCardData[]; readonly layout: CardLayout }
  | { readonly make: 'official_docx'; readonly document: OfficialDocument }
  | { readonly make: 'form_docx'; readonly document: FormDocument }
  | { readonly make: 'registration_form_docx'; readonly forms: readonly PrintedForm[] }
  | { readonly make: 'table_docx'; readonly table: LaidTable }

export interface PressJob {
  readonly id: number
  readonly order: Order
}
export type PressAnswer =
  { readonly id: number; readonly bytes: Uint8Array<ArrayBuffer> } | { readonly id: number; readonly error: string }

interface Waiting {
  readonly resolve: (bytes: Uint8Array) => void
  readonly reject: (error: Error) => void
}
interface Press {
  readonly worker: Worker
  readonly waiting: Map<number, Waiting>
  idle: NodeJS.Timeout | undefined
}

/** Compiler and fonts hold some 200 MB: they are let go after this long without a document. */
const IDLE_MS = 120_000
let press: Press | undefined
let lastId = 0

/** A document could not be set. The message is for the person who asked; `cause` has the program's words for the log. */
export class DocumentFailed extends Error {
  override name = 'DocumentFailed'
}

/** Makes one document in the thread. Rejects with `DocumentFailed`. */
export async function setDocument(order: Order): Promise<Uint8Array> {
  const current = (press ??= startPress())
  clearTimeout(current.idle)
  const job: PressJob = { id: ++lastId, order }
  return new Promise((resolve, reject) => {
    current.waiting.set(job.id, { resolve, reject })
    current.worker.ref()
    current.worker.postMessage(job)
  })
}

/** Ends the thread, for a clean shutdown and tests; documents still waiting are refused. The next document starts a new one. */
export async function closePress(): Promise<void> {
  const current = press
  press = undefined
  if (!current) return
  clearTimeout(current.idle)
  await current.worker.terminate()
}

function startPress(): Press {
  const worker = new Worker(new URL('./press_worker.ts', import.meta.url), {
    // A runaway document ends the thread, not the server.
    resourceLimits: { maxOldGenerationSizeMb: 1536 },
  })
  const started: Press = { worker, waiting: new Map(), idle: undefined }
  worker.unref()
  worker.on('message', (answer: PressAnswer) => {
    const waiter = started.waiting.get(answer.id)
    started.waiting.delete(answer.id)
    if ('bytes' in answer) waiter?.resolve(answer.bytes)
    else waiter?.reject(failed(answer.error))
    if (started.waiting.size === 0) rest(started)
  })
  const ended = (cause: unknown) => {
    if (press === started) press = undefined
    for (const waiter of started.waiting.values()) waiter.reject(failed(cause))
    started.waiting.clear()
  }
  worker.on('error', ended)
  worker.on('exit', () => ended('the thread ended'))
  return started
}

function rest(idling: Press): void {
  // A waiting thread must not keep the process alive.
  idling.worker.unref()
  idling.idle = setTimeout(() => {
    if (press === idling) press = undefined
    void idling.worker.terminate()
  }, IDLE_MS)
  idling.idle.unref()
}

function failed(cause: unknown): DocumentFailed {
  return new DocumentFailed(
    '文件没有做成：排版程序出错。请再试一次；还不行就把现在的时间告诉系统管理员，日志里有原因。',
    { cause },
  )
}
