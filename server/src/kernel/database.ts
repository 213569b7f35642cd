import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from './config.ts'
import { claimFolder, folderInUse, prepareFolder, type Claim } from './folder.ts'
import { attachEmbedded, openEmbedded, type Embedded } from './postgres.ts'
import { isMigrated, migrate } from './migrate.ts'
import { checkAppRole, checkOwnerRole, checkWall, makeRoles } from './roles.ts'
import { Sentence } from './sentence.ts'

/** A database that answers, with its roles checked. */
export interface Database {
  kind: 'embedded' | 'server'
  appUrl: string
  /** null: a server for which only DATABASE_URL is known */
  ownerUrl: string | null
  /** as 150004 */
  version: number
  /** where the embedded cluster lies when it could not lie in DATA_DIR */
  outside: string | null
  close(): Promise<void>
}

interface OpenOptions {
  /** what runs, as in `nuanyang <purpose>`; a start refuses a folder in use, any other command joins a running server */
  purpose: string
  say: (line: string) => void
  /** the embedded database ended for good */
  lost?: (reason: Sentence) => void
  /** refuses a folder in use even though the command is no start */
  alone?: boolean
  /** the claim of DATA_DIR, when the caller holds it already */
  claim?: Claim
}

/**
 * The database that the environment names: a server, the embedded one of a running `nuanyang start`, or the embedded one started
 * for the time of this command.
 */
export async function openDatabase(config: Config, options: OpenOptions): Promise<Database> {
  if (config.databaseUrl) {
    const version = await checkAppRole(config.databaseUrl)
    const ownerUrl = config.databaseOwnerUrl
    return {
      kind: 'server',
      appUrl: config.databaseUrl,
      ownerUrl,
      version,
      outside: null,
      close: async () => undefined,
    }
  }
  const joined = options.claim ? null : claimOrJoin(config.dataDir, options)
  if (joined && 'appUrl' in joined)
    return {
      kind: 'embedded',
      appUrl: joined.appUrl,
      ownerUrl: joined.ownerUrl,
      version: await checkAppRole(joined.appUrl, '自带的数据库'),
      outside: null,
      close: async () => undefined,
    }
  const claim = options.claim ?? (joined as Claim)
  let embedded: Embedded | null = null
  const close = async () => {
    await embedded?.stop()
    if (!options.claim) claim.release()
  }
  try {
    embedded = await openEmbedded(config.dataDir, { say: options.say, lost: options.lost ?? (() => undefined) })
    const { superUrl, ownerUrl, appUrl } = embedded
    await makeRoles(superUrl, { owner: passwordOf(ownerUrl), app: passwordOf(appUrl) })
    const version = await checkAppRole(appUrl, '自带的数据库')
    return { kind: 'embedded', appUrl, ownerUrl, version, outside: embedded.outside, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Migrates when this process may; else proves that nothing is missing. */
export async function bringUpToDate(database: Database, say: (line: string) => void): Promise<void> {
  if (database.ownerUrl) {
    if (database.kind === 'server') await checkOwnerRole(database.ownerUrl)
    await migrate(database.ownerUrl, say)
    await checkWall(database.ownerUrl)
    return
  }
  if (!(await isMigrated(database.appUrl)))
    throw new Sentence(
      '数据库的结构还不是这个版本的。请带上所有者的地址更新一次：DATABASE_OWNER_URL=postgres://nuanyang_owner:密码@主机/nuanyang npx nuanyang migrate',
    )
  await checkWall(database.appUrl)
}

/** The claim of a free folder, or the addresses of the running server's database. */
function claimOrJoin(dataDir: string, { purpose, alone }: OpenOptions): Claim | Omit<Embedded, 'stop' | 'outside'> {
  prepareFolder(dataDir, !existsSync(join(dataDir, 'postgres.json')))
  const claim = claimFolder(dataDir, purpose)
  if (!('holder' in claim)) return claim
  const running = claim.holder.purpose === 'start' && purpose !== 'start' && !alone ? attachEmbedded(dataDir) : null
  if (running) return running
  throw folderInUse(dataDir, claim.holder)
}

function passwordOf(url: string): string {
  return decodeURIComponent(/:\/\/[^:]+:([^@]*)@/.exec(url)?.[1] ?? '')
}
