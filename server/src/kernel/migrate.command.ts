import type pg from 'pg'
import { readConfig } from './config.ts'
import { openDatabase } from './database.ts'
import { migrate } from './migrate.ts'
import { checkOwnerRole, withClient } from './roles.ts'
import { Sentence } from './sentence.ts'

/** `nuanyang migrate`: on a server as the owner, embedded by starting the database for this one step. */
export async function migrateCommand(
  settleIn: (client: pg.Client, say: (line: string) => void) => Promise<void>,
  say: (line: string) => void,
): Promise<number> {
  const config = readConfig()
  if (config.databaseUrl && !config.databaseOwnerUrl)
    throw new Sentence(
      '更新数据库的结构要用所有者的地址：DATABASE_OWNER_URL=postgres://nuanyang_owner:密码@主机/nuanyang npx nuanyang migrate',
    )
  // The owner first: before the first migration the application's role may not even see the schema.
  if (config.databaseOwnerUrl) await checkOwnerRole(config.databaseOwnerUrl)
  const database = await openDatabase(config, { purpose: 'migrate', say })
  try {
    const { applied } = await migrate(database.ownerUrl!, say)
    say(applied.length === 0 ? '数据库的结构已是最新，没有要做的。' : `做完了：${applied.join('、')}`)
    await withClient(database.ownerUrl!, (client) => settleIn(client, say))
    return 0
  } finally {
    await database.close()
  }
}
