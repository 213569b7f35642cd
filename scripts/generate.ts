// `npm run generate`: writes the committed files that are made from others. From tyme4ts db/views/festival_days.sql and legal_days.sql, from a freshly
// migrated database db/schema.sql and db/types.ts, from the contract contract/src/openapi.json. With --check nothing is written; a stale file ends with 1.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from '../server/src/kernel/config.ts'
import { socketUrl } from '../server/src/kernel/postgres.cluster.ts'
import { withClient } from '../server/src/kernel/roles.ts'
import { startTestCluster, templateName, testPassword } from '../server/src/testing/cluster.ts'
import { readCatalog } from './generate/catalog.ts'
import { readContract } from './generate/contract.ts'
import { festivalDaysSql } from './generate/festival_days_sql.ts'
import { legalDaysSql } from './generate/legal_days_sql.ts'
import { kyselyTypes } from './generate/kysely_types.ts'
import { openApi } from './generate/openapi.ts'
import { schemaSql } from './generate/schema_sql.ts'

const check = process.argv.includes('--check')
const only = process.argv.find((word) => word.startsWith('--only='))?.slice('--only='.length)

let stale = false
function make(path: string, text: string): void {
  const place = join(projectFolder, path)
  if (existsSync(place) && readFileSync(place, 'utf8') === text) return
  stale = true
  if (check) process.stderr.write(`${path} 不是最新的。请运行 npm run generate，把结果一起提交。\n`)
  else {
    writeFileSync(place, text)
    process.stdout.write(`${path}\n`)
  }
}

if (only !== 'contract') {
  // Before the database is made: they are among its views.
  make('db/views/festival_days.sql', festivalDaysSql())
  make('db/views/legal_days.sql', legalDaysSql())
  const cluster = await startTestCluster('', (line) => process.stdout.write(`${line}\n`))
  try {
    const url = socketUrl(cluster.socket, 'nuanyang_owner', testPassword, templateName)
    const catalog = await withClient(url, readCatalog)
    make('db/schema.sql', schemaSql(catalog))
    make('db/types.ts', kyselyTypes(catalog))
  } finally {
    await cluster.stop()
  }
}
if (only !== 'database') make('contract/src/openapi.json', openApi(await readContract()))
process.exitCode = check && stale ? 1 : 0
