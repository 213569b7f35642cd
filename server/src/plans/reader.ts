// Reading a plan without standing in anybody's way: a plan of some pages takes milliseconds and is read at once, a book takes seconds of
// processor and is read in a thread of its own.
import { Worker } from 'node:worker_threads'
import type { PlanReading, ReadOptions } from '@nuanyang/domain/plans/types.ts'

export interface ReaderOrder {
  readonly text: string
  readonly options: ReadOptions
}

/** Longer than any plan seen so far: about forty pages. */
const shortEnough = 40_000

export async function readAside(text: string, options: ReadOptions): Promise<PlanReading> {
  // The grammar comes with the first plan: a server that reads none does not carry it.
  if (text.length <= shortEnough) return (await import('@nuanyang/domain/plans/read.ts')).readPlans(text, options)
  const workerData: ReaderOrder = { text, options }
  const worker = new Worker(new URL('reader_worker.ts', import.meta.url), { workerData })
  try {
    return await new Promise<PlanReading>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', () => reject(new Error('the reader ended without an answer')))
    })
  } finally {
    await worker.terminate()
  }
}
