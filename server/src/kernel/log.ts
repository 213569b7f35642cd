import { pino, type Logger } from 'pino'
import type { LogLevel } from './config.ts'

export type Log = Logger

/** Structured lines without personal data: operation, status, time, request id. Never names, queries or bodies. */
export function makeLog(level: LogLevel): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime })
}
