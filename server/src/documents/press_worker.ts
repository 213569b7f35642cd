// Runs in the thread that press.ts starts. Each maker is loaded when first asked for.
import { parentPort } from 'node:worker_threads'
import type { Order, PressAnswer, PressJob } from './press.ts'

async function make(order: Order): Promise<Uint8Array<ArrayBuffer>> {
  switch (order.make) {
    case 'pdf':
      return (await import('./typst.ts')).compilePdf(order.template, order.json)
    case 'contact_card_docx':
      return (await import('./contact_card_docx.ts')).buildContactCardDocx(order.cards, order.layout)
    case 'form_docx':
      return (await import('./form_docx.ts')).buildFormDocx(order.document)
    case 'official_docx':
      return (await import('./official_docx.ts')).buildOfficialDocx(order.document)
    case 'registration_form_docx':
      return (await import('./registration_form_docx.ts')).buildRegistrationFormDocx(order.forms)
    case 'table_docx':
      return (await import('./table_docx.ts')).buildTableDocx(order.table)
  }
}

const port = parentPort
if (!port) throw new Error('press_worker.ts is started by press.ts as a worker thread')
// One after the other: two large documents at once would only hold twice the memory.
let last: Promise<void> = Promise.resolve()
port.on('message', ({ id, order }: PressJob) => {
  last = last
    .then(() => make(order))
    .then(
      (bytes) => port.postMessage({ id, bytes } satisfies PressAnswer, [bytes.buffer]),
      (error: unknown) => {
        const words = error instanceof Error ? (error.stack ?? error.message) : String(error)
        port.postMessage({ id, error: words } satisfies PressAnswer)
      },
    )
})
