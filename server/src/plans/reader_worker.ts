import { parentPort, workerData } from 'node:worker_threads'
import { readPlans } from '@nuanyang/domain/plans/read.ts'
import type { ReaderOrder } from './reader.ts'

const { text, options } = workerData as ReaderOrder
parentPort!.postMessage(readPlans(text, options))
