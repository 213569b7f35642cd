import { X509Certificate, createPrivateKey } from 'node:crypto'
import { accessSync, constants, existsSync, readFileSync, statfsSync, statSync } from 'node:fs'
import { totalmem } from 'node:os'
import { delimiter, join } from 'node:path'
import type pg from 'pg'
import { readConfig, secretKey, secretKeyFile, type Config } from '../kernel/config.ts'
import { openDatabase } from '../kernel/database.ts'
import { isMigrated } from '../kernel/migrate.ts'
import { extensions, wallGaps, withClient } from '../kernel/roles.ts'
import { messageOf, Sentence } from '../kernel/sentence.ts'
import { openStore } from '../kernel/store.ts'

/** One line of the check-up. `bad` must be mended before going on, `care` soon. */
export interface Finding {
  state: 'good' | 'care' | 'bad'
  /** what was looked at and found, and for care and bad what to do */
  says: string
}

const good = (says: string): Finding => ({ state: 'good', says })
const care = (says: string): Finding => ({ state: 'care', says })
const bad = (says: string): Finding => ({ state: 'bad', says })

/** `nuanyang doctor`: looks at everything, changes nothing. Ends with 1 when something must be mended. */
export async function doctorCommand(args: string[]): Promise<number> {
  if (args.length > 0) throw new Sentence('doctor 不要参数。用法：nuanyang doctor')
  const config = readConfig()
  const findings = [...(await checkComputer(config)), ...(await checkDatabase(config))]
  const marks = { good: '✓', care: '！', bad: '✗' }
  for (const { state, says } of findings) process.stdout.write(`${marks[state]} ${says}\n`)
  const count = (state: Finding['state']) => findings.filter((one) => one.state === state).length
  process.stdout.write(`\n${count('good')} 项正常，${count('care')} 项要留意，${count('bad')} 项要处理。\n`)
  return count('bad') > 0 ? 1 : 0
}

export async function checkComputer(config: Config): Promise<Finding[]> {
  return [
    Number(process.versions.node.split('.')[0]) >= 24
      ? good(`Node ${process.versions.node}`)
      : bad(`Node ${process.versions.node}，要用 24。请用 npx nuanyang doctor 运行，它会换到自带的 24。`),
    totalmem() >= 1.5 * 1024 ** 3
      ? good(`内存 ${(totalmem() / 1024 ** 3).toFixed(1)} GB`)
      : care(`内存只有 ${(totalmem() / 1024 ** 3).toFixed(1)} GB，至少 2 GB 才从容。`),
    ...checkFolder(config),
    ...checkReach(config),
    ...checkTls(config),
    ...checkScan(config),
  ]
}

function checkFolder(config: Config): Finding[] {
  const { dataDir } = config
  if (!existsSync(dataDir)) return [care(`数据文件夹 ${dataDir} 还没有。第一次 npm start 会建它。`)]
  const findings: Finding[] = []
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
    findings.push(good(`数据文件夹 ${dataDir} 可以读写`))
  } catch {
    findings.push(bad(`数据文件夹 ${dataDir} 不能读写。请用启动暖阳的那个用户运行，或改正它的权限。`))
  }
  const disk = statfsSync(dataDir)
  const freeMb = Math.floor((disk.bavail * disk.bsize) / 1024 / 1024)
  if (freeMb < 300) findings.push(bad(`磁盘只剩 ${freeMb} MB。请马上腾出空间，写满后就不能再登记。`))
  else if (freeMb < 5000) findings.push(care(`磁盘只剩 ${(freeMb / 1024).toFixed(1)} GB。请在一个月内腾出或扩大空间。`))
  else findings.push(good(`磁盘还有 ${(freeMb / 1024).toFixed(0)} GB`))
  for (const name of ['secret.key', 'postgres.json', 'setup-code']) {
    const file = join(dataDir, name)
    if (existsSync(file) && (statSync(file).mode & 0o077) !== 0)
      findings.push(bad(`${file} 别的用户也能读。请运行：chmod 600 ${file}`))
  }
  return [...findings, ...checkKey(config)]
}

function checkKey(config: Config): Finding[] {
  // Looking must not make one.
  if (!existsSync(secretKeyFile(config.dataDir)) && !config.secretKeyGiven)
    return [care('还没有密钥（第一次启动时会做一个）。')]
  try {
    secretKey(config)
    return [good('密钥读得出来')]
  } catch (error) {
    return [bad(messageOf(error))]
  }
}

/** Whoever on the network can reach the pages, and whether what they type can be overheard. */
function checkReach({ host, tls, publicUrl }: Config): Finding[] {
  if (/^(127\.|localhost$|::1$)/.test(host)) return [good('网页只有这台电脑（或它前面的代理）能打开')]
  if (tls || publicUrl?.startsWith('https:')) return [good(`网页对 ${host} 开放，传输加密`)]
  return [
    care(
      `网页对 ${host} 开放，但没有加密：同一网络里的人可能看到登录密码和孩子的资料。请设 TLS_CERT 和 TLS_KEY，或放在 https 代理后面；只在本机用就去掉 HOST。`,
    ),
  ]
}

function checkTls({ tls }: Config): Finding[] {
  if (!tls) return []
  try {
    const certificate = new X509Certificate(readFileSync(tls.certFile))
    if (!certificate.checkPrivateKey(createPrivateKey(readFileSync(tls.keyFile))))
      return [bad('TLS_CERT 和 TLS_KEY 不是一对。请换成同时得到的证书和私钥。')]
    const days = Math.floor((Date.parse(certificate.validTo) - Date.now()) / 86_400_000)
    if (days < 0) return [bad(`证书 ${-days} 天前过期了。请换新的证书再启动。`)]
    return [days < 30 ? care(`证书还有 ${days} 天过期，请尽快续。`) : good(`证书还有 ${days} 天有效`)]
  } catch (error) {
    return [bad(`证书或私钥读不懂（${messageOf(error)}）。请用 PEM 格式的文件。`)]
  }
}

function checkScan({ scanCommand }: Config): Finding[] {
  if (!scanCommand) return []
  const program = scanCommand.split(/\s+/)[0]!
  const places = program.includes('/')
    ? [program]
    : (process.env['PATH'] ?? '').split(delimiter).map((one) => join(one, program))
  return places.some((one) => existsSync(one))
    ? [good(`上传的文件由 ${program} 查毒`)]
    : [bad(`SCAN_COMMAND 指的程序 ${program} 不存在，上传会被拒绝。请装上它，或去掉 SCAN_COMMAND。`)]
}

async function checkDatabase(config: Config): Promise<Finding[]> {
  if (!config.databaseUrl && !existsSync(join(config.dataDir, 'postgres.json')))
    return [care('数据库还没有建（第一次 npm start 会建）。')]
  let database
  try {
    database = await openDatabase(config, { purpose: 'doctor', say: () => undefined })
  } catch (error) {
    if (!(error instanceof Sentence)) throw error
    return [bad(error.message)]
  }
  try {
    const where = database.kind === 'embedded' ? '自带的数据库' : '数据库服务器'
    return [
      good(`${where}：PostgreSQL ${Math.floor(database.version / 10_000)}.${database.version % 10_000}`),
      ...(await examine(database.appUrl, database.ownerUrl, config)),
    ]
  } finally {
    await database.close()
  }
}

/** What the database itself can say. @param ownerUrl null: only what nuanyang_app may see */
export async function examine(
  appUrl: string,
  ownerUrl: string | null,
  config: Pick<Config, 'dataDir'>,
): Promise<Finding[]> {
  if (!(await isMigrated(appUrl)))
    return [bad('数据库的结构不是这个版本的。请运行 npx nuanyang migrate（或重新启动）。')]
  const gaps = await wallGaps(appUrl)
  const findings = [
    good('数据库的结构是这个版本的'),
    gaps.length === 0
      ? good('各县数据彼此隔开，审计不能改动')
      : bad(`权限被改动过：${gaps.join('；')}。请让改动的人改回来；在那之前不要开放使用。`),
  ]
  return withClient(ownerUrl ?? appUrl, async (client) => [
    ...findings,
    ...(await checkServer(client)),
    ...(await checkJobs(client)),
    ...(ownerUrl ? await checkFiles(client, config.dataDir) : []),
    ...(await checkHouse(client)),
  ])
}

async function checkServer(client: pg.Client): Promise<Finding[]> {
  const { rows } = await client.query<{ fsync: string; missing: string[]; trigrams: number; drift: number }>(
    `select current_setting('fsync') as fsync,
            array(select name from unnest($1::text[]) as wanted(name) where not exists (select from pg_extension where extname = name)) as missing,
            cardinality(show_trgm('张小明')) as trigrams,
            abs(extract(epoch from clock_timestamp()) - $2)::float8 as drift`,
    [extensions, Date.now() / 1000],
  )
  const { fsync, missing, trigrams, drift } = rows[0]!
  return [
    fsync === 'on' ? good('写入后落盘（fsync）') : bad('数据库关了 fsync，停电会丢数据。请让管理员打开它。'),
    missing.length === 0 ? good('扩展齐全') : bad(`缺少扩展 ${missing.join('、')}。请让管理员运行 CREATE EXTENSION。`),
    trigrams > 0
      ? good('数据库认得汉字')
      : care("数据库的语言环境不认汉字，按名字查找会慢。新建数据库时请用 LOCALE 'C.UTF-8'。"),
    drift < 60
      ? good('时钟一致')
      : bad(`这台电脑和数据库的时钟差 ${Math.round(drift)} 秒。请打开自动对时，否则“今天”会算错。`),
  ]
}

async function checkJobs(client: pg.Client): Promise<Finding[]> {
  const { rows } = await client.query<{ failed: number; late: number }>(
    `select count(*) filter (where attempts >= max_attempts)::int as failed,
            count(*) filter (where attempts < max_attempts and locked_at is null and run_at < clock_timestamp() - interval '10 minutes')::int as late
       from graphile_worker._private_jobs`,
  )
  const { failed, late } = rows[0]!
  const findings: Finding[] = []
  if (failed > 0) findings.push(care(`有 ${failed} 件后台任务多次失败后放下了。原因在日志里（LOG_LEVEL=info）。`))
  if (late > 0) findings.push(care(`有 ${late} 件后台任务等了十分钟以上。暖阳没有在运行的话，启动后会接着做。`))
  return findings.length > 0 ? findings : [good('后台任务没有积压')]
}

async function checkFiles(client: pg.Client, dataDir: string): Promise<Finding[]> {
  const store = openStore(dataDir)
  const { rows } = await client.query<{ tenant_id: string; sha256: string; file_name: string }>(
    'select tenant_id, sha256, min(file_name) as file_name from files where removed_at is null group by 1, 2',
  )
  const lost: string[] = []
  for (const { tenant_id, sha256, file_name } of rows) if (!(await store.has(tenant_id, sha256))) lost.push(file_name)
  if (lost.length === 0) return [good(`${rows.length} 个文件都在`)]
  return [
    bad(
      `有 ${lost.length} 个文件不见了（如 ${lost.slice(0, 3).join('、')}）。请从备份里取回 ${join(dataDir, 'files')}。`,
    ),
  ]
}

async function checkHouse(client: pg.Client): Promise<Finding[]> {
  const { rows } = await client.query<{ some: boolean; last: string | null }>(
    `select exists (select from accounts) as some, (select value from house where key = 'last_backup_at') as last`,
  )
  const { some, last } = rows[0]!
  if (!some) return [care('还没有帐号。请打开启动时打印的链接。')]
  if (last === null) return [care('还没有备份过。请运行：npx nuanyang backup 文件，并把文件拷到另一台电脑或移动硬盘。')]
  const days = Math.floor((Date.now() - Date.parse(last)) / 86_400_000)
  return [
    days > 7
      ? care(`上一次备份是 ${days} 天前。请至少每周一次。`)
      : good(days === 0 ? '今天备份过' : `上一次备份是 ${days} 天前`),
  ]
}
