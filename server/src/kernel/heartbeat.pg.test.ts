import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type TestApp } from '../testing/app.ts'
import { forgetWorkers, keepHeartbeat } from './heartbeat.ts'
import { runJobs } from './jobs.ts'

let here: TestApp
beforeAll(async () => {
  here = await testApp()
})
afterAll(() => here.close())

/** A step locked by `worker` so many seconds ago; returns its id. */
async function lockedStep(worker: string, seconds: number): Promise<string> {
  const { rows } = await here.owner.query<{ id: string }>(
    `with added as (select id from graphile_worker.add_job('heartbeat.test'))
     select id::text as id from added`,
  )
  await here.owner.query(
    `update graphile_worker._private_jobs set locked_by = $2, locked_at = clock_timestamp() - make_interval(secs => $3) where id = $1`,
    [rows[0]!.id, worker, seconds],
  )
  return rows[0]!.id
}

async function holder(id: string): Promise<string | null> {
  const { rows } = await here.owner.query<{ locked_by: string | null }>(
    'select locked_by from graphile_worker._private_jobs where id = $1',
    [id],
  )
  return rows[0]!.locked_by
}

async function seen(worker: string, secondsAgo: number): Promise<void> {
  await here.owner.query(
    `insert into workers (id, started_at, seen_at) values ($1, clock_timestamp(), clock_timestamp() - make_interval(secs => $2))`,
    [worker, secondsAgo],
  )
}

test('steps of a worker whose heartbeat is gone are freed; those of a living or a brand-new one are not', async () => {
  await seen('silent', 60)
  await seen('living', 3)
  const silent = await lockedStep('silent', 600)
  const unknown = await lockedStep('never-seen', 600)
  const living = await lockedStep('living', 600)
  const fresh = await lockedStep('just-made', 1)
  const stop = await keepHeartbeat(here.owner, new Set(['own']), here.parts.house.log)
  expect(await Promise.all([silent, unknown, living, fresh].map(holder))).toEqual([null, null, 'living', 'just-made'])
  const alive = () => here.owner.query(`select from workers where id = 'own'`).then(({ rowCount }) => rowCount)
  expect(await alive()).toBe(1)
  await stop()
  expect(await alive()).toBe(0)
})

test('a start that holds the folder alone frees everything at once', async () => {
  await seen('killed', 1)
  const killed = await lockedStep('killed', 1)
  await forgetWorkers(here.owner)
  expect(await holder(killed)).toBeNull()
})

test('whoever holds a running step is the one whose heart beats: a step of minutes is done once', async () => {
  let end = () => {}
  const ended = new Promise<void>((done) => (end = done))
  const runner = await runJobs(
    { pool: here.parts.pool, ownerPool: here.owner, house: here.parts.house, clock: here.parts.clock },
    { 'heartbeat.long': () => ended },
  )
  try {
    await here.owner.query(`select graphile_worker.add_job('heartbeat.long')`)
    await expect
      .poll(
        async () => {
          const { rows } = await here.owner.query<{ alive: boolean }>(
            `select exists (select from workers w where w.id = j.locked_by) as alive from graphile_worker._private_jobs j
               join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'heartbeat.long' and j.locked_by is not null`,
          )
          return rows.map((row) => row.alive)
        },
        { timeout: 20_000 },
      )
      .toEqual([true])
  } finally {
    end()
    await runner.stop()
  }
})
