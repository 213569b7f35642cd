// Sending what waits in `notice_sendings`: the only place of this feature that goes out to the network, always after the commit.
// A row is claimed in one transaction, sent outside of any, and marked in another. If the process dies between, nobody knows whether
// the message arrived: it is marked unclear and not sent again by itself.
import type { SendFailure } from '@nuanyang/contract/notices.ts'
import { shanghaiMinute } from '../kernel/clock.ts'
import type { Ctx } from '../kernel/ctx.ts'
import type { ClockLine, JobRun, Jobs } from '../kernel/jobs.ts'
import { codeOf, messageOf } from '../kernel/sentence.ts'
import { channels, type KeptSmtp } from './notices.channels.ts'
import { mailOf, outsideText, robotRequest, type SendingContent } from './notices.words.ts'

const timeoutMs = 10_000
/** After each try that failed for certain; then it has failed for good, and says so. */
const waitMinutes = [1, 5, 30, 120, 480]
const lostAfterMinutes = 10
const keptDays = { sendings: 90, notices: 400 }

export const noticeJobs: Jobs = { 'notices.send': sendWaiting, 'notices.tidy': tidy }

export const noticeClock: readonly ClockLine[] = [
  // Every five minutes: what was held back by quiet hours or by a server that was away.
  { task: 'notices.send', match: '*/5 * * * *' },
  // 03:20 in Shanghai.
  { task: 'notices.tidy', match: '20 19 * * *' },
]

interface Claimed {
  id: string
  channel: 'email' | 'robot'
  address: string | null
  test: boolean
  attempts: number
  content: SendingContent
  send: (() => Promise<Outcome>) | null
}

/** sent · failed: certainly not there, `passing` ones are tried again · unclear: it may have arrived. */
type Outcome =
  | { is: 'sent' }
  | { is: 'failed'; failure: SendFailure; detail?: string; passing: boolean }
  | { is: 'unclear'; failure: 'no_answer' }

async function sendWaiting(run: JobRun): Promise<void> {
  await run.step(giveUpLost)
  while (!run.signal.aborted) {
    const claimed = await run.step(claim)
    if (!claimed) return
    const outcome = claimed.send ? await claimed.send() : ({ is: 'failed', failure: 'no_channel', passing: false } as const)
    await run.step((ctx) => mark(ctx, claimed, outcome))
  }
} // prettier-ignore

async function giveUpLost(ctx: Ctx): Promise<void> {
  await ctx.db.count(
    `update notice_sendings set state = 'unclear', failure = 'no_answer'
      where tenant_id = $1 and state = 'sending' and claimed_at < $2::timestamptz - make_interval(mins => $3)`,
    [ctx.tenant, ctx.now, lostAfterMinutes],
  )
}

/** One at a time: of a process that dies, at most one message stays unclear. */
async function claim(ctx: Ctx): Promise<Claimed | null> {
  const ways = await channels(ctx)
  const row = await ctx.db.maybe<Omit<Claimed, 'send'> & { robot_id: string | null }>(
    `update notice_sendings s set state = 'sending', attempts = s.attempts + 1, claimed_at = $2
      where s.tenant_id = $1 and s.id = (select w.id from notice_sendings w where w.tenant_id = $1 and w.state = 'waiting' and w.next_at <= $2
                        and (w.test or not $3::boolean) order by w.next_at, w.id limit 1 for update skip locked)
      returning s.id, s.channel, s.address, s.robot_id, s.test, s.attempts, s.content`,
    [ctx.tenant, ctx.now, isQuiet(ways.rules, ctx.now)],
  )
  if (!row) return null
  return { ...row, send: wayOf(ctx, ways, row) }
}

/** How this row goes out; null when its channel was taken away. */
function wayOf(
  ctx: Ctx,
  { smtp, robots }: Awaited<ReturnType<typeof channels>>,
  row: Pick<Claimed, 'id' | 'channel' | 'address' | 'content'> & { robot_id: string | null },
): Claimed['send'] {
  const robot = robots.find((one) => one.id === row.robot_id)
  const unsealed = (sealed: string | null) => (sealed === null ? null : ctx.secrets.unseal(sealed))
  try {
    if (row.channel === 'email' && smtp) {
      const password = unsealed(smtp.password)
      const mail = mailOf(row.content, ctx.publicUrl())
      return () => sendMail(smtp, password, row.address!, row.id, mail)
    }
    if (row.channel === 'robot' && robot) {
      const text = ['【暖阳】', ...outsideText(row.content, ctx.publicUrl())].join('\n')
      const to = { url: unsealed(robot.url)!, secret: unsealed(robot.secret) }
      const asked = robotRequest(robot.kind, { ...to, text, at: ctx.now })
      return () => askRobot(asked)
    }
    return null
  } catch {
    // Sealed with another key: a backup that came without its own.
    return () => Promise.resolve({ is: 'failed', failure: 'sealed', passing: true })
  }
}

/** @param rules HH:MM twice; the night goes over midnight */
export function isQuiet(rules: { quiet_from: string; quiet_until: string }, at: Date): boolean {
  const { quiet_from: from, quiet_until: until } = rules
  const now = shanghaiMinute(at)
  return from <= until ? now >= from && now < until : now >= from || now < until
}

async function mark(ctx: Ctx, { id, attempts, test }: Claimed, outcome: Outcome): Promise<void> {
  const wait = waitMinutes[attempts - 1]
  const again = outcome.is === 'failed' && outcome.passing && !test && wait !== undefined
  await ctx.db.count(
    `update notice_sendings set state = $3, sent_at = case when $3 = 'sent' then $4::timestamptz end, failure = $5, failure_detail = $6,
            next_at = case when $3 = 'waiting' then $4::timestamptz + make_interval(mins => $7) else next_at end
      where tenant_id = $1 and id = $2 and state = 'sending'`,
    [
      ctx.tenant,
      id,
      again ? 'waiting' : outcome.is,
      ctx.now,
      outcome.is === 'sent' ? null : outcome.failure,
      outcome.is === 'failed' ? (outcome.detail ?? null) : null,
      wait ?? 0,
    ],
  )
}

async function sendMail(
  smtp: KeptSmtp,
  password: string | null,
  to: string,
  id: string,
  mail: { subject: string; text: string },
): Promise<Outcome> {
  const { createTransport } = await import('nodemailer')
  const transport = createTransport({
    host: smtp.host,
    port: smtp.port,
    secure: smtp.security === 'tls',
    requireTLS: smtp.security === 'starttls',
    ignoreTLS: smtp.security === 'none',
    ...(smtp.username ? { auth: { user: smtp.username, pass: password ?? '' } } : {}),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: 2 * timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
    await transport.sendMail({
      from: { name: smtp.from_name ?? '暖阳', address: smtp.from_address },
      to,
      ...mail,
      // The same row always bears the same number, whoever sends it again.
      messageId: `<${id}@nuanyang>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    return { is: 'sent' }
  } catch (error) {
    return mailFailure(error)
  } finally {
    transport.close()
  }
}

function mailFailure(error: unknown): Outcome {
  const { command, responseCode } = error as { command?: string; responseCode?: number }
  const detail = String(responseCode ?? '')
  const passing = responseCode === undefined || responseCode < 500
  const failed = (failure: SendFailure, tryAgain: boolean): Outcome => ({
    is: 'failed',
    failure,
    detail,
    passing: tryAgain,
  })
  const code = codeOf(error)
  if (code === 'EAUTH') return failed('sign_in', true)
  if (code === 'ETLS' || /ssl|tls|certificate|wrong version/i.test(messageOf(error))) return failed('encryption', true)
  if (code === 'EENVELOPE' && !passing) return failed('recipient', false)
  if (responseCode !== undefined) return failed('refused', passing)
  if (code === 'EDNS' || /ENOTFOUND|EAI_AGAIN/.test(messageOf(error))) return failed('no_host', true)
  // The message was on its way when the line broke.
  if (command === 'DATA') return { is: 'unclear', failure: 'no_answer' }
  return failed('away', true)
}

async function askRobot({ url, body }: { url: string; body: string }): Promise<Outcome> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    })
    return robotAnswer(response.status, (await response.text()).slice(0, 2000))
  } catch (error) {
    return robotFailure(error)
  }
}

const robotSays = { badKey: new Set([93000, 300001, 19001, 19021]), badWord: new Set([19024]), often: new Set([45009, 410100, 130101, 11232]) } // prettier-ignore

/** All three answer JSON with a number that is 0 when it was taken: `errcode`, `code` or, of old 飞书 robots, `StatusCode`. */
function robotAnswer(status: number, text: string): Outcome {
  const said = readJson(text)
  const number = [said['errcode'], said['code'], said['StatusCode']].find((one) => typeof one === 'number')
  if (status >= 200 && status < 300 && number === 0) return { is: 'sent' }
  const words = [said['errmsg'], said['msg']].find((one) => typeof one === 'string') ?? ''
  const detail = String(number ?? status)
  const failed = (failure: SendFailure, passing: boolean): Outcome => ({ is: 'failed', failure, detail, passing })
  if (number !== undefined && robotSays.often.has(number)) return failed('too_often', true)
  // 钉钉 answers 310000 to whatever its own security settings refuse; the words say which.
  if ((number !== undefined && robotSays.badWord.has(number)) || (number === 310000 && /keyword/i.test(words)))
    return failed('robot_word', true)
  if ((number !== undefined && robotSays.badKey.has(number)) || (number === 310000 && /sign/i.test(words)))
    return failed('robot_key', true)
  return failed('refused', status >= 500 || number !== undefined)
}

function readJson(text: string): Record<string, unknown> {
  try {
    const said: unknown = JSON.parse(text)
    return typeof said === 'object' && said !== null ? (said as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

function robotFailure(error: unknown): Outcome {
  const code = codeOf((error as { cause?: unknown }).cause)
  if (/^(ENOTFOUND|EAI_AGAIN)$/.test(code)) return { is: 'failed', failure: 'no_host', passing: true }
  if (/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/.test(code))
    return { is: 'failed', failure: 'away', passing: true }
  if (/CERT|TLS|SSL|SIGNATURE/.test(code)) return { is: 'failed', failure: 'encryption', passing: true }
  return { is: 'unclear', failure: 'no_answer' }
}

/** What was sent long ago is of no use; what could not be sent stays as long as its notice. */
async function tidy(run: JobRun): Promise<void> {
  await run.step(async (ctx) => {
    await ctx.db.count(
      `delete from notice_sendings where tenant_id = $1 and created_at < $2::timestamptz - make_interval(days => $3) and state <> 'waiting'`,
      [ctx.tenant, ctx.now, keptDays.sendings],
    )
    await ctx.db.count(
      `delete from notices n where n.tenant_id = $1 and n.at < $2::timestamptz - make_interval(days => $3)
          and not exists (select from notice_sendings s where s.tenant_id = $1 and s.notice_id = n.id)`,
      [ctx.tenant, ctx.now, keptDays.notices],
    )
  })
}
