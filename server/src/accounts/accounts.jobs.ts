// Nightly: sessions that nobody can use any more, and commands so old that nobody sends them again (docs: kept 180 days).
import type { ClockLine, JobRun, Jobs } from '../kernel/jobs.ts'
import { sweepCommands } from '../kernel/bind.ts'
import { sweepHalves } from '../kernel/halves.ts'
import { sweepSessions } from './accounts.sessions.ts'

export const accountJobs: Jobs = { 'accounts.tidy': tidy }

export const accountClock: readonly ClockLine[] = [
  // 03:40 in Shanghai.
  { task: 'accounts.tidy', match: '40 19 * * *' },
]

/** Runs once for every county; the first one finds the work, the others nothing. */
async function tidy(run: JobRun): Promise<void> {
  await run.step(sweepSessions)
  await run.step(sweepCommands)
  await sweepHalves(run.house.dataDir)
}
