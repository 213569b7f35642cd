import type pg from 'pg'
import type { Log } from './log.ts'
import { codeOf } from './sentence.ts'

const beatMs = 5_000
/** A worker silent for this long is gone. Its steps start again within 30 s of a restart, not after the queue's own four hours. */
const goneSeconds = 20

/**
 * Keeps this process's workers alive in `workers`, and frees steps locked by workers whose heartbeat is gone: at once at the start
 * and at every beat.
 * @param ids the workers of this process; grows as the queue makes them
 * @returns stops the heartbeat and takes the workers out
 */
export async function keepHeartbeat(pool: pg.Pool, ids: ReadonlySet<string>, log: Log): Promise<() => Promise<void>> {
  await beat(pool, [...ids])
  let beating: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    // A lost database is said by /readyz; the next beat tries again.
    beating = beat(pool, [...ids]).catch((error: unknown) => log.warn({ code: codeOf(error) }, 'heartbeat missed'))
  }, beatMs)
  return async () => {
    clearInterval(timer)
    await beating
    await pool.query('delete from workers where id = any ($1)', [[...ids]])
  }
}

async function beat(pool: pg.Pool, ids: string[]): Promise<void> {
  await pool.query(
    `with alive as (
       insert into workers (id, started_at, seen_at) select id, clock_timestamp(), clock_timestamp() from unnest($1::text[]) as own(id)
       on conflict (id) do update set seen_at = excluded.seen_at)
     delete from workers where seen_at < clock_timestamp() - interval '1 day'`,
    [ids],
  )
  // A worker that has just been made locks its first step before its first beat, hence the age of the lock.
  await freeSteps(
    pool,
    `held.locked_at < clock_timestamp() - make_interval(secs => ${goneSeconds})
     and not exists (select from workers w where w.id = held.locked_by
                        and w.seen_at > clock_timestamp() - make_interval(secs => ${goneSeconds}))`,
  )
}

async function freeSteps(pool: pg.Pool, which: string): Promise<void> {
  await pool.query(
    `select graphile_worker.force_unlock_workers(array(
       select distinct held.locked_by from (select locked_by, locked_at from graphile_worker._private_jobs
         union all select locked_by, locked_at from graphile_worker._private_job_queues) as held
        where held.locked_by is not null and ${which}))`,
  )
}

/**
 * With the embedded database nobody else can be working when a start has just claimed the folder: what is locked was locked by a
 * process that is gone, and is freed at once.
 */
export async function forgetWorkers(pool: pg.Pool): Promise<void> {
  await pool.query('delete from workers')
  await freeSteps(pool, 'true')
}
