// .xls and .et (BIFF), .ods, SpreadsheetML, HTML and .xlsb through @e965/xlsx, in a worker of its own: these parsers build the
// whole file in memory and have had faults that never end, so the worker has a memory limit and a clock.

import { Worker } from 'node:worker_threads'
import { ReadRefusal, type RefusalCode } from './refusal.ts'
import type { ReadSheets } from './workbook.ts'

const MAX_MEMORY_MB = 768
const MAX_MILLISECONDS = 60_000

/** What the worker posts back. */
export type LegacyAnswer = { readonly read: ReadSheets } | { readonly refused: RefusalCode }
export type LegacyKind = 'xls' | 'xlsb' | 'ods' | 'html' | 'spreadsheetml'

export async function readInWorker(kind: LegacyKind, content: Uint8Array | string): Promise<ReadSheets> {
  const worker = new Worker(new URL('./workbook.legacy.worker.ts', import.meta.url), {
    workerData: { kind, content },
    // What the parser mutters about formats is not for the person at the terminal.
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: MAX_MEMORY_MB },
  })
  let clock: NodeJS.Timeout | undefined
  try {
    const answer = await new Promise<LegacyAnswer>((resolve, reject) => {
      clock = setTimeout(() => reject(new ReadRefusal('too_slow')), MAX_MILLISECONDS)
      worker.once('message', resolve)
      worker.once('error', (cause: Error & { code?: string }) =>
        reject(new ReadRefusal(cause.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too_slow' : 'corrupted', { cause })),
      )
      worker.once('exit', () => reject(new ReadRefusal('too_slow')))
    })
    if ('refused' in answer) throw new ReadRefusal(answer.refused)
    return answer.read
  } finally {
    clearTimeout(clock)
    await worker.terminate()
  }
}
