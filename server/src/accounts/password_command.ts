// `nuanyang password USERNAME`: a one-time password for somebody whom no other administrator can help. Whoever can run it holds the data
// folder anyway; it is kept in the log all the same.
import { oneTimePasswordDays } from '@nuanyang/contract/accounts.ts'
import { readConfig, secretKey } from '../kernel/config.ts'
import { openDatabase } from '../kernel/database.ts'
import { openPool } from '../kernel/db.ts'
import { makeLog } from '../kernel/log.ts'
import { makeSecrets } from '../kernel/secrets.ts'
import { Sentence } from '../kernel/sentence.ts'
import { openStore } from '../kernel/store.ts'
import { asSystem } from '../kernel/tx.ts'
import { resetByHouse } from './accounts.people.ts'

const usage = 'nuanyang password 用户名 [--totp-off]'

export async function passwordCommand(args: string[]): Promise<number> {
  const [username, ...rest] = args.filter((word) => word !== '--totp-off')
  if (!username || rest.length > 0) throw new Sentence(`用法：${usage}`)
  const config = readConfig()
  const say = (line: string) => void process.stdout.write(`${line}\n`)
  const database = await openDatabase(config, { purpose: 'password', say })
  const log = makeLog(config.logLevel)
  const pool = openPool(database.appUrl, log, 1)
  const house = {
    secrets: makeSecrets(secretKey(config)),
    store: openStore(config.dataDir),
    log,
    dataDir: config.dataDir,
    publicUrl: () => 'http://127.0.0.1:8080',
    secure: false,
    scanCommand: null,
  }
  try {
    const made = await asSystem(
      { pool, house, clock: () => new Date() },
      { tenant: '-', request_id: 'command' },
      (ctx) => resetByHouse(ctx, username, args.includes('--totp-off')),
    )
    if (!made)
      throw new Sentence(`没有叫“${username}”的账号（或已停用）。用户名在 设置 → 账号 里，也在开通时的纸条上。`)
    say(`${made.name}（${made.username}）的一次性密码：${made.password}`)
    say(
      `请马上用它登录并换一个自己的密码；${oneTimePasswordDays} 天内有效。这个人在别处的登录都已退出，这件事记进了访问记录。`,
    )
    if (made.totp_on) say('动态码还开着。手机也丢了的话，再运行一次并加上 --totp-off。')
    return 0
  } finally {
    await pool.end()
    await database.close()
  }
}
