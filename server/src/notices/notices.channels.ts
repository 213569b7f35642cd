// The ways out of the house, kept as one setting of the county: mail server, group robots, quiet hours, weekly digest. Passwords,
// robot addresses (they hold a key) and signing secrets are sealed; nobody gets them back, only whether there is one.
import {
  defaultNoticeRules,
  type noticeOps,
  type NoticeChannels,
  type NoticeRules,
  type RobotKind,
  type SmtpSecurity,
} from '@nuanyang/contract/notices.ts'
import type { Input } from '@nuanyang/contract/kernel.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'
import { readSetting, writeSetting } from '../settings/settings.ts'

const key = 'notices'

export interface KeptSmtp {
  host: string
  port: number
  security: SmtpSecurity
  username?: string
  from_address: string
  from_name?: string
  /** Sealed. */
  password: string | null
}
export interface KeptRobot {
  id: string
  kind: RobotKind
  name: string
  unit_id: string
  /** Sealed, both. */
  url: string
  secret: string | null
  host: string
}
interface Kept {
  version: number
  rules: NoticeRules
  smtp: KeptSmtp | null
  robots: KeptRobot[]
}

export async function channels(ctx: Ctx): Promise<Kept> {
  const kept = await readSetting<Partial<Kept>>(ctx, key)
  return {
    version: kept?.version ?? 0,
    rules: { ...defaultNoticeRules, ...kept?.rules },
    smtp: kept?.smtp ?? null,
    robots: kept?.robots ?? [],
  }
}

export async function get_channels(ctx: Ctx, _input: Input<typeof noticeOps.get_channels>): Promise<NoticeChannels> {
  const { version, rules, smtp, robots } = await channels(ctx)
  const names = await ctx.db.rows<{ id: string; name: string }>(
    `select id, name from units where tenant_id = $1 and id = any($2::uuid[])`,
    [ctx.tenant, robots.map((robot) => robot.unit_id)],
  )
  const nameOf = new Map(names.map((unit) => [unit.id, unit.name]))
  return {
    version,
    rules,
    smtp: smtp && without(smtp, smtp.password),
    robots: robots.map(({ id, kind, name, unit_id, host, secret }) => ({
      id,
      kind,
      name,
      unit_id,
      unit_name: nameOf.get(unit_id) ?? '',
      host,
      has_secret: secret !== null,
    })),
  }
}

function without({ password: _password, ...shown }: KeptSmtp, password: string | null) {
  return { ...shown, has_password: password !== null }
}

/** Written whole; secrets that are left out stay as they were. */
export async function set_channels(ctx: Ctx, { body }: Input<typeof noticeOps.set_channels>): Promise<NoticeChannels> {
  await ctx.db.rows(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`${ctx.tenant}:${key}`])
  const before = await channels(ctx)
  if (before.version !== body.version) throw problem('stale', { current: await get_channels(ctx, {}) })
  await mustBeOwnUnits(ctx, body.robots.map((robot) => robot.unit_id)) // prettier-ignore
  const next: Kept = {
    version: before.version + 1,
    rules: body.rules,
    smtp: body.smtp && sealSmtp(ctx, body.smtp, before.smtp),
    robots: body.robots.map((robot) => sealRobot(ctx, robot, before.robots.find((one) => one.id === robot.id) ?? null)),
  }
  await writeSetting(ctx, key, next)
  // What waits for the next try was waiting for this.
  await ctx.db.count(
    `update notice_sendings set next_at = least(next_at, $2) where tenant_id = $1 and state = 'waiting'`,
    [ctx.tenant, ctx.now],
  )
  await ctx.later('notices.send', {}, `notices.send:${ctx.tenant}`)
  return get_channels(ctx, {})
}

type NewChannels = Input<typeof noticeOps.set_channels>['body']

async function mustBeOwnUnits(ctx: Ctx, ids: readonly string[]): Promise<void> {
  const wanted = [...new Set(ids)]
  const { found } = await ctx.db.one<{ found: number }>(
    `select count(*)::int as found from units where tenant_id = $1 and id = any($2::uuid[]) and path >= $3 and path < $3 || '~'`,
    [ctx.tenant, wanted, ctx.actor.unit_path],
  )
  if (found !== wanted.length) throw problem('not_found')
}

/** A password belongs to a server and a name: with another of either it must be typed again, or it would be sent to a stranger. */
function sealSmtp(ctx: Ctx, smtp: NonNullable<NewChannels['smtp']>, before: KeptSmtp | null): KeptSmtp {
  const { password, ...shown } = smtp
  const same = before !== null && before.host === shown.host && before.username === shown.username
  const kept = password ? ctx.secrets.seal(password) : same ? before.password : null
  if (shown.username && kept === null) throw problem('smtp_password_missing')
  return { ...shown, password: shown.username ? kept : null }
}

function sealRobot(ctx: Ctx, robot: NewChannels['robots'][number], before: KeptRobot | null): KeptRobot {
  const { url, secret, ...shown } = robot
  if (!url && !before) throw problem('robot_url_missing', { values: { name: robot.name } })
  const address = url ? safeAddress(url.trim()) : null
  if (url && !address) throw problem('robot_url_unsafe', { values: { name: robot.name } })
  return {
    ...shown,
    url: address ? ctx.secrets.seal(address.href) : before!.url,
    host: address ? address.host : before!.host,
    secret: secret === undefined ? (before?.secret ?? null) : secret === '' ? null : ctx.secrets.seal(secret.trim()),
  }
}

/** Outside, keys travel encrypted; without encryption only to the office's own network (a relay there). */
function safeAddress(text: string): URL | null {
  if (!URL.canParse(text)) return null
  const address = new URL(text)
  const near = /^(localhost|127\.\d+\.\d+\.\d+|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(1[6-9]|2\d|3[01])\.\d+\.\d+|\[::1\])$/ // prettier-ignore
  if (address.protocol === 'https:') return address
  return address.protocol === 'http:' && near.test(address.hostname) ? address : null
}
