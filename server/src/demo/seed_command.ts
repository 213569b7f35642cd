// `nuanyang seed`: invented counties for benchmarks and trials, the same for the same numbers. Five tenants of equal size.
import { readConfig, secretKey } from '../kernel/config.ts'
import { openDatabase } from '../kernel/database.ts'
import { openPool } from '../kernel/db.ts'
import { makeLog } from '../kernel/log.ts'
import { makeSecrets } from '../kernel/secrets.ts'
import { Sentence } from '../kernel/sentence.ts'
import { openStore } from '../kernel/store.ts'
import { seedTenants } from './tenants.ts'

const usage = 'nuanyang seed --children 100000 --villages 500（孩子数要能被村数整除，村数要能被 20 整除）'

export async function seedCommand(args: string[]): Promise<number> {
  const of = (name: string) => Number(args[args.indexOf(`--${name}`) + 1] ?? NaN)
  const sizes = { children: of('children'), villages: of('villages') }
  if (
    !Number.isInteger(sizes.children) ||
    !Number.isInteger(sizes.villages) ||
    sizes.villages % 20 !== 0 ||
    sizes.children % sizes.villages !== 0
  )
    throw new Sentence(`用法：${usage}`)
  const config = readConfig()
  const say = (line: string) => process.stdout.write(`${line}\n`)
  const database = await openDatabase(config, { purpose: 'seed', say })
  const log = makeLog(config.logLevel)
  const pool = openPool(database.appUrl, log, 2)
  try {
    const house = {
      secrets: makeSecrets(secretKey(config)),
      store: openStore(config.dataDir),
      log,
      dataDir: config.dataDir,
      publicUrl: () => 'http://127.0.0.1:8080',
      scanCommand: null,
      secure: false,
    }
    await seedTenants({ pool, house, clock: () => new Date() }, sizes, say)
    return 0
  } finally {
    await pool.end()
    await database.close()
  }
}
