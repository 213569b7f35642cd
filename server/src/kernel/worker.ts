import { readConfig, secretKey } from './config.ts'
import { openDatabase } from './database.ts'
import { openPool } from './db.ts'
import { runJobs } from './jobs.ts'
import type { Application } from './start.ts'
import { makeLog } from './log.ts'
import { isMigrated } from './migrate.ts'
import { makeSecrets } from './secrets.ts'
import { Sentence } from './sentence.ts'
import { openStore } from './store.ts'

/** `nuanyang worker`: the queue without the pages. With the embedded database it joins a running start. */
export async function work(
  { jobs, clockLines }: Pick<Application, 'jobs' | 'clockLines'>,
  say: (line: string) => void,
): Promise<number> {
  const config = readConfig()
  const database = await openDatabase(config, { purpose: 'worker', say })
  const log = makeLog(config.logLevel)
  const pool = openPool(database.appUrl, log)
  const ownerPool = database.ownerUrl ? openPool(database.ownerUrl, log, 4) : pool
  try {
    if (!(await isMigrated(database.appUrl)))
      throw new Sentence('数据库的结构还不是这个版本的。请先运行 npx nuanyang migrate。')
    const house = {
      secrets: makeSecrets(secretKey(config)),
      store: openStore(config.dataDir),
      log,
      dataDir: config.dataDir,
      scanCommand: config.scanCommand,
      publicUrl: () => config.publicUrl ?? `http://${config.host}:${config.port}`,
      secure: config.tls !== null || config.publicUrl?.startsWith('https:') === true,
    }
    const runner = await runJobs({ pool, ownerPool, house, clock: () => new Date() }, jobs, clockLines)
    say('后台任务已开始。按 Ctrl-C 停下。')
    await new Promise<void>((end) => {
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) process.once(name, () => end())
    })
    await runner.stop()
    return 0
  } finally {
    if (ownerPool !== pool) await ownerPool.end()
    await pool.end()
    await database.close()
  }
}
