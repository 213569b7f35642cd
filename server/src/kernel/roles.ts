import pg from 'pg'
import { codeOf, messageOf, Sentence } from './sentence.ts'
import { databaseName } from './postgres.ts'

/** Indexes of the schema need these; both are trusted extensions, so a database's owner may usually make them. */
export const extensions = ['pg_trgm', 'btree_gist'] as const

/** The oldest PostgreSQL whose SQL we write. */
export const leastMajor = 15

export async function withClient<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000, application_name: 'nuanyang' })
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (error) {
    throw explainConnection(error, connectionString)
  }
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/**
 * Roles, database and extensions of a cluster that is ours alone. Done again at every start, so a first start that was killed
 * between two steps is completed by the next.
 * @param superUrl as superuser, naming the database to be made
 */
export async function makeRoles(
  superUrl: string,
  passwords: { owner: string; app: string },
  database = databaseName,
): Promise<void> {
  await withClient(onDatabase(superUrl, 'postgres'), async (client) => {
    await client.query(`select pg_advisory_lock(hashtext('nuanyang roles'))`)
    const { rows } = await client.query<{ rolname: string }>(
      `select rolname from pg_roles where rolname like 'nuanyang%'`,
    )
    const known = new Set(rows.map((row) => row.rolname))
    for (const [role, login] of [
      ['nuanyang_owner', `login password ${pg.escapeLiteral(passwords.owner)}`],
      ['nuanyang_app', `login password ${pg.escapeLiteral(passwords.app)}`],
      ['nuanyang_search', 'nologin'],
    ] as const)
      if (!known.has(role))
        await client.query(`create role ${role} nosuperuser nocreatedb nocreaterole nobypassrls ${login}`)
    if (known.size < 3) await client.query('grant nuanyang_search to nuanyang_owner')
    const there = await client.query('select from pg_database where datname = $1', [database])
    if (there.rowCount === 0)
      await client.query(
        `create database ${pg.escapeIdentifier(database)} owner nuanyang_owner template template0 encoding 'UTF8' locale 'C.UTF-8'`,
      )
  })
  await withClient(onDatabase(superUrl, database), async (client) => {
    for (const name of extensions) await client.query(`create extension if not exists ${name}`)
  })
}

/** The same address with another database. */
export function onDatabase(url: string, database: string): string {
  return url.replace(/(@[^/]*\/)[^?]*/, `$1${database}`)
}

interface ServerFacts {
  version: number
  role: string
  superuser: boolean
  bypass: boolean
  encoding: string
  database: string
  roles: string[]
  in_search: boolean
  may_create: boolean
  extensions: string[]
}

const factsQuery = `
select current_setting('server_version_num')::int as version, current_user as role,
       r.rolsuper as superuser, r.rolbypassrls as bypass,
       pg_encoding_to_char(d.encoding) as encoding, d.datname as database,
       array(select rolname::text from pg_roles where rolname in ('nuanyang_owner', 'nuanyang_app', 'nuanyang_search')) as roles,
       coalesce((select pg_has_role(oid, 'usage') from pg_roles where rolname = 'nuanyang_search'), false) as in_search,
       has_database_privilege(current_user, d.datname, 'create') as may_create,
       array(select extname::text from pg_extension) as extensions
  from pg_roles r, pg_database d where r.rolname = current_user and d.datname = current_database()`

/** Facts of a server, or the sentence why it does not answer. */
async function factsOf(url: string): Promise<ServerFacts> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<ServerFacts>(factsQuery)
    return rows[0]!
  })
}

/**
 * The second wall: the application's role must be one that row security binds. Checked at every start, embedded included.
 * @returns the server's version number (150004 = 15.4)
 */
export async function checkAppRole(appUrl: string, variable = 'DATABASE_URL'): Promise<number> {
  const facts = await factsOf(appUrl)
  checkServer(facts)
  if (facts.superuser || facts.bypass)
    throw new Sentence(
      `${variable} 用的角色 ${facts.role} ${facts.superuser ? '是超级用户' : '能绕过行级安全'}，各县的数据就不再彼此隔开，所以拒绝启动。请改用 nuanyang_app：\n${adminSql(facts)}`,
    )
  if (facts.role !== 'nuanyang_app')
    throw new Sentence(
      `${variable} 应当用角色 nuanyang_app 登录，现在是 ${facts.role}。请让数据库管理员运行：\n${adminSql(facts)}`,
    )
  return facts.version
}

/** What `migrate` needs of DATABASE_OWNER_URL; extensions that are missing are made when the owner may. */
export async function checkOwnerRole(ownerUrl: string, variable = 'DATABASE_OWNER_URL'): Promise<void> {
  const facts = await factsOf(ownerUrl)
  checkServer(facts)
  if (facts.role !== 'nuanyang_owner' || facts.roles.length < 3 || !facts.in_search || !facts.may_create)
    throw new Sentence(
      `${variable} 应当用角色 nuanyang_owner 登录，并且三个角色都已建好（现在登录的是 ${facts.role}）。请让数据库管理员运行：\n${adminSql(facts)}`,
    )
  const missing = extensions.filter((name) => !facts.extensions.includes(name))
  if (missing.length === 0) return
  await withClient(ownerUrl, async (client) => {
    for (const name of missing)
      try {
        await client.query(`create extension if not exists ${name}`)
      } catch (error) {
        throw new Sentence(
          `数据库 ${facts.database} 缺少扩展 ${missing.join('、')}，而 nuanyang_owner 没有权限安装（${messageOf(error)}）。请让数据库管理员运行：\n${adminSql(facts)}`,
        )
      }
  })
}

/** What breaks the second wall in this database, one Chinese phrase each; none when it stands. @param url of either role */
export async function wallGaps(url: string): Promise<string[]> {
  return withClient(url, async (client) => {
    // Local tables carry the tenant as a plain column; whoever acts is checked before it is known (see the migration).
    const { rows } = await client.query<{ gap: string }>(`
      select '角色 ' || rolname || ' 能越过行级安全' as gap from pg_roles
       where rolname in ('nuanyang_app', 'nuanyang_owner', 'nuanyang_search') and (rolsuper or rolbypassrls or rolcreaterole)
      union all
      select '应用能用 ' || r.rolname || ' 的身份行事' from pg_roles r
       where r.rolname in ('nuanyang_owner', 'nuanyang_search') and pg_has_role('nuanyang_app', r.oid, 'member')
      union all
      select '表 ' || c.relname || ' 没有强制行级安全' from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attnum = 1 and a.attname = 'tenant_id'
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'commands'
         and not (c.relrowsecurity and c.relforcerowsecurity)
      union all
      select '应用拥有 ' || c.relname from pg_class c join pg_roles r on r.oid = c.relowner
       where c.relnamespace = 'public'::regnamespace and r.rolname = 'nuanyang_app'
      union all
      select '应用能改动审计' from pg_class c where c.oid = to_regclass('public.audit')
         and has_table_privilege('nuanyang_app', c.oid, 'update, delete, truncate')
      order by 1`)
    return rows.map((row) => row.gap)
  })
}

/** Refuses to go on when counties could see each other's children. */
export async function checkWall(url: string): Promise<void> {
  const gaps = await wallGaps(url)
  if (gaps.length > 0)
    throw new Sentence(
      `数据库的权限被改动过，各县的数据可能不再彼此隔开，所以拒绝启动：${gaps.join('；')}。请让改动的人改回来，再运行 npx nuanyang doctor 核对。`,
    )
}

function checkServer(facts: ServerFacts): void {
  const major = Math.floor(facts.version / 10_000)
  if (major < leastMajor)
    throw new Sentence(
      `数据库是 PostgreSQL ${major}，至少要 ${leastMajor}。请升级数据库，或去掉 DATABASE_URL 使用自带的数据库。`,
    )
  if (facts.encoding !== 'UTF8')
    throw new Sentence(
      `数据库 ${facts.database} 的编码是 ${facts.encoding}，存不下汉字，必须是 UTF8。请让数据库管理员重新建库：\n${adminSql(facts)}`,
    )
}

/** Exactly what the administrator of a server has to run, leaving out what is there already. */
export function adminSql(facts: {
  roles: string[]
  extensions: string[]
  database: string
  in_search?: boolean
}): string {
  const database = pg.escapeIdentifier(facts.database === 'postgres' ? databaseName : facts.database)
  const lines: string[] = []
  for (const [role, login] of [
    ['nuanyang_owner', `LOGIN PASSWORD '请换成一个长密码'`],
    ['nuanyang_app', `LOGIN PASSWORD '请换成另一个长密码'`],
    ['nuanyang_search', 'NOLOGIN'],
  ] as const)
    if (!facts.roles.includes(role)) lines.push(`CREATE ROLE ${role} NOSUPERUSER NOBYPASSRLS ${login};`)
  lines.push('GRANT nuanyang_search TO nuanyang_owner;')
  if (facts.database === 'postgres')
    lines.push(`CREATE DATABASE ${database} OWNER nuanyang_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';`)
  else lines.push(`ALTER DATABASE ${database} OWNER TO nuanyang_owner;`)
  lines.push(`\\connect ${database}`, 'GRANT ALL ON SCHEMA public TO nuanyang_owner;')
  for (const name of extensions)
    if (!facts.extensions.includes(name)) lines.push(`CREATE EXTENSION IF NOT EXISTS ${name};`)
  return lines.map((line) => `  ${line}`).join('\n')
}

function explainConnection(error: unknown, url: string): Sentence {
  const where = url.replace(/\/\/([^:@/]*):[^@]*@/, '//$1:（密码）@')
  switch (codeOf(error)) {
    case '28P01':
    case '28000':
      return new Sentence(
        `数据库不接受这个用户名或密码：${where}。角色还没有建的话，请让数据库管理员运行：\n${adminSql({ roles: [], extensions: [], database: databaseName })}`,
      )
    case '3D000':
      return new Sentence(
        `数据库还没有建：${where}。请让数据库管理员运行：\n${adminSql({ roles: [], extensions: [], database: 'postgres' })}`,
      )
    case '53300':
      return new Sentence(`数据库的连接数用完了：${where}。请让数据库管理员调大 max_connections，或稍后再试。`)
    default:
      return new Sentence(
        `连不上数据库 ${where}（${messageOf(error) || codeOf(error)}）。请检查地址、端口和防火墙，以及数据库是否开着。`,
      )
  }
}
