import { pino, type DestinationStream, type Logger } from 'pino'
import type { LogLevel } from './config.ts'

export type Log = Logger

/** Structured lines without personal data: operation, status, time, request id. Never names, queries or bodies. */
export function makeLog(level: LogLevel, to?: DestinationStream): Log {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: withoutValues } },
    to ?? pino.destination(1),
  )
}

/**
 * An error as the log keeps it. PostgreSQL repeats values: "Key (value)=(…)", "Failing row contains (…)", the words it could not read.
 * They stay out, as does whatever else hangs on an error (a body, a row).
 */
function withoutValues(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error }
  const told = error as Error & { code?: unknown; table?: unknown; constraint?: unknown }
  const fromDatabase = typeof told.code === 'string' && /^[0-9A-Z]{5}$/.test(told.code)
  return {
    type: error.name,
    code: told.code,
    table: told.table,
    constraint: told.constraint,
    message: fromDatabase ? error.message.replace(/: ".*"$/s, ': …') : error.message,
    stack: error.stack?.split('\n').filter((line) => /^\s+at /.test(line)).join('\n'), // prettier-ignore
    ...(error.cause === undefined ? {} : { cause: withoutValues(error.cause) }),
  }
}
