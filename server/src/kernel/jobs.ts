// Work that outlives a request. A job row is written in the same transaction as the data (ctx.later); a step may run twice, so
// every step asks the database what is left to do.
import { EventEmitter } from 'node:events'
import { Logger, parseCronItems, run, runOnce, type TaskList, type WorkerEvents } from 'graphile-worker'
import type pg from 'pg'
import type { Clock } from './clock.ts'
import type { Ctx, House } from './ctx.ts'
import { keepHeartbeat } from './heartbeat.ts'
import { asSystem } from './tx.ts'

export interface JobRun {
  readonly house: House
  /** One transaction as the membership that asked for the job; its rights are those of today. */
  step<T>(work: (ctx: Ctx) => Promise<T>): Promise<T>
  /** A step whose statements all see the same moment: for what must agree with itself, such as an export. */
  snapshot<T>(work: (ctx: Ctx) => Promise<T>): Promise<T>
  readonly signal: AbortSignal
}
export type Job = (run: JobRun, payload: Record<string, string>) => Promise<void>
export type Jobs = Record<string, Job>

/** A task by the clock, once for every county. `match` is five fields of UTC: write the Shanghai time beside it. */
export interface ClockLine {
  readonly task: string
  readonly match: string
}

interface JobParts {
  pool: pg.Pool
  /** graphile-worker's own tables belong to the owner role. */
  ownerPool: pg.Pool
  house: House
  clock: Clock
}

/** What the clock enqueues; it hands the task on to every county, so that one county's failure stops no other. */
const everyCounty = 'kernel.every_county'

function taskList(parts: JobParts, jobs: Jobs, signal: AbortSignal): TaskList {
  const handOn: TaskList = {
    [everyCounty]: async (payload: unknown) => {
      const { task } = payload as { task: string }
      await enqueueEverywhere(parts, task)
    },
  }
  const tasks = Object.fromEntries(
    Object.entries(jobs).map(([name, job]) => [
      name,
      async (payload: unknown) => {
        const told = payload as Record<string, string>
        const who = {
          tenant: told['tenant_id'] ?? '-',
          membership_id: told['membership_id'] || null,
          request_id: `job:${name}`,
        }
        await job(
          {
            house: parts.house,
            signal,
            step: (work) => asSystem(parts, who, work),
            snapshot: (work) => asSystem(parts, { ...who, snapshot: true }, work),
          },
          told,
        )
      },
    ]),
  )
  return { ...tasks, ...handOn }
}

/** One job per county under one key: what still waits from the last time is not doubled. */
export async function enqueueEverywhere(parts: JobParts, task: string): Promise<void> {
  await asSystem(parts, { tenant: '-', request_id: `clock:${task}` }, (ctx) =>
    ctx.db.rows(
      `select app_later($1, json_build_object('tenant_id', t.id, 'membership_id', ''), $1 || ':' || t.id) from tenants t order by t.id`,
      [task],
    ),
  )
}

/** Works off what waits now and returns: for tests and the command line. A job that fails throws. */
export async function drainJobs(parts: JobParts, jobs: Jobs): Promise<void> {
  const failures: unknown[] = []
  const events: WorkerEvents = new EventEmitter()
  events.on('job:error', ({ error }) => failures.push(error))
  await runOnce({
    pgPool: parts.ownerPool,
    taskList: taskList(parts, jobs, new AbortController().signal),
    events,
    noHandleSignals: true,
    logger: new Logger(() => () => undefined),
  })
  if (failures.length > 0) throw failures[0]
}

/**
 * Starts working on the queue, and on the clock. Stop with `runner.stop()`: running steps end first. Several processes share one
 * clock: the queue remembers in the database when a line was last carried out.
 */
export async function runJobs(
  parts: JobParts,
  jobs: Jobs,
  clockLines: readonly ClockLine[] = [],
  concurrency = 2,
): Promise<{ stop: () => Promise<void> }> {
  const stopping = new AbortController()
  const tasks = taskList(parts, jobs, stopping.signal)
  const workers = new Set<string>()
  const events: WorkerEvents = new EventEmitter()
  // Steps are locked by the pool of workers, not by the one that happens to do them.
  events.on('pool:create', ({ workerPool }) => workers.add(workerPool.id))
  // Steps of a process that was killed are freed before any work begins.
  const stopBeating = await keepHeartbeat(parts.ownerPool, workers, parts.house.log)
  const runner = await run({
    pgPool: parts.ownerPool,
    taskList: tasks,
    events,
    parsedCronItems: parseCronItems(
      clockLines.map(({ task, match }) => ({ task: everyCounty, identifier: task, match, payload: { task } })),
    ),
    logger: new Logger(
      () => (level, message) =>
        parts.house.log[level === 'warning' ? 'warn' : level === 'error' ? 'error' : 'debug'](message),
    ),
    concurrency,
    pollInterval: 2000,
    noHandleSignals: true,
    noPreparedStatements: false,
  })
  runner.events.on('job:error', ({ job, error }) =>
    parts.house.log.error({ task: job.task_identifier, err: error }, 'job failed'),
  )
  runner.events.on('gracefulShutdown', () => stopping.abort())
  return {
    stop: async () => {
      await runner.stop()
      await stopBeating()
    },
  }
}
