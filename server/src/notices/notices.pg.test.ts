// Against a real mail server and a real receiver of group robots, both on this computer's loopback.
import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { noticeOps, type NoticeChannels } from '@nuanyang/contract/notices.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'
import { tell, type Told } from './notices.ts'

let app: TestApp
let cast: Cast
let admin: Person
let supervisor: Person
let director: Person
let teacher: Person

interface Mail {
  to: string[]
  text: string
}
let mails: Mail[] = []
/** What the mail server answers to the next messages; null takes them. */
let mailRefusal: { responseCode: number; at: 'rcpt' | 'data' } | null = null
let mailServer: SMTPServer
const password = '授权码 abcd-efgh'

interface Asked {
  path: string
  query: URLSearchParams
  body: { timestamp?: string; sign?: string; msgtype?: string; msg_type?: string; text?: { content: string }; content?: { text: string } }
} // prettier-ignore
let asked: Asked[] = []
/** How the receiver behaves: an answer, or it hangs up in the middle. */
let answers: () => object | 'hang up' = () => ({ errcode: 0, code: 0 })
let receiver: Server

const base = { rules: { quiet_from: '21:00', quiet_until: '07:30', digest_on: 1, digest_at: '08:00' } }
const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port
const robotUrl = (path: string) => `http://127.0.0.1:${portOf(receiver)}/${path}`
const robotIds = { wecom: newId(), dingtalk: newId(), feishu: newId() }

beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  admin = await app.signInAs('administrator', cast.county, { name: '管天明' })
  supervisor = await app.signInAs('child_supervisor', cast.township, { name: '罗督导' })
  director = await app.signInAs('child_director', cast.village, { name: '周敏' })
  teacher = await app.signInAs('class_teacher', cast.class, { name: '吴老师' })
  mailServer = new SMTPServer({
    authOptional: false,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: (auth, _session, done) =>
      auth.username === 'nuanyang' && auth.password === password
        ? done(null, { user: 'nuanyang' })
        : done(new Error('535 wrong')),
    onRcptTo: (_address, _session, done) =>
      done(mailRefusal?.at === 'rcpt' ? Object.assign(new Error('no such box'), mailRefusal) : null),
    onData: (stream, session, done) => {
      let text = ''
      stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      stream.on('end', () => {
        if (mailRefusal) return done(Object.assign(new Error('not now'), mailRefusal))
        mails.push({ to: session.envelope.rcptTo.map((one) => one.address), text })
        done(null)
      })
    },
  })
  await new Promise<void>((done) => mailServer.listen(0, '127.0.0.1', done))
  receiver = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    request.on('end', () => {
      const url = new URL(request.url!, 'http://127.0.0.1')
      asked.push({ path: url.pathname, query: url.searchParams, body: JSON.parse(text) as Asked['body'] })
      const answer = answers()
      if (answer === 'hang up') request.destroy()
      else response.setHeader('content-type', 'application/json').end(JSON.stringify(answer))
    })
  })
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
})
afterAll(async () => {
  await new Promise<void>((done) => mailServer.close(() => done()))
  await new Promise((done) => receiver.close(done))
  await app.close()
})
beforeEach(() => {
  mails = []
  asked = []
  mailRefusal = null
  answers = () => ({ errcode: 0, code: 0 })
})

const channels = () => app.call(noticeOps.get_channels, {}, admin)
const smtp = () => ({
  host: '127.0.0.1',
  port: portOf(mailServer.server as never),
  security: 'none' as const,
  username: 'nuanyang',
  password,
  from_address: 'nuanyang@office.example',
})
async function save(parts: object): Promise<NoticeChannels> {
  const { version } = await channels()
  return app.call(noticeOps.set_channels, { body: { version, ...base, smtp: null, robots: [], ...parts } as never }, admin) // prettier-ignore
}
const say = (who: Person, told: readonly Told[]) =>
  app.system({ tenant: cast.tenant_id, membership_id: who.membership_id }, (ctx) => tell(ctx, told))
const remind = (who: Person = director) =>
  say(supervisor, [{ membership_id: who.membership_id, kind: 'reminder', numbers: { children: 4, overdue: 2 } }])
const lately = async () => (await app.call(noticeOps.sendings, {}, admin)).items
/** Lines of a mail are folded and encoded; what people read of it. */
function readMail({ text }: Mail): string {
  const [head, ...body] = text.split('\r\n\r\n')
  const encoding = /^content-transfer-encoding: (\S+)/im.exec(head!)?.[1]
  const rest = body.join('\r\n\r\n')
  if (encoding === 'base64') return Buffer.from(rest, 'base64').toString('utf8')
  const bytes = rest.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) // prettier-ignore
  return encoding === 'quoted-printable' ? Buffer.from(bytes, 'latin1').toString('utf8') : rest
}

test('a notice stands under the bell of the one it is for, and of nobody else, until it is read', async () => {
  await remind()
  expect(await app.call(noticeOps.unread, {}, director)).toEqual({ count: 1 })
  expect(await app.call(noticeOps.unread, {}, teacher)).toEqual({ count: 0 })
  const { items } = await app.call(noticeOps.list, {}, director)
  expect(items).toMatchObject([{ kind: 'reminder', from_name: '罗督导', numbers: { children: 4, overdue: 2 }, read_at: null }]) // prettier-ignore
  expect(await app.call(noticeOps.mark_read, {}, director)).toEqual({ count: 1 })
  expect(await app.call(noticeOps.unread, {}, director)).toEqual({ count: 0 })
  expect((await app.call(noticeOps.list, {}, teacher)).items).toEqual([])
})

test('what may be said once is said once, and somebody who has left is not told', async () => {
  const gone = await app.signInAs('child_director', cast.otherVillage)
  await app.owner.query(`update memberships set until_on = '2026-11-01', ended_reason = 'x' where id = $1`, [gone.membership_id]) // prettier-ignore
  const told: Told[] = [director, gone].map((who) => ({ membership_id: who.membership_id, kind: 'digest', numbers: { children: 1 }, once: '2026-W48' })) // prettier-ignore
  expect(await say(supervisor, told)).toEqual([director.membership_id])
  expect(await say(supervisor, told)).toEqual([])
})

test('secrets are kept sealed, shown to nobody, stay when left out, and belong to one server and name', async () => {
  const robots = [{ id: robotIds.dingtalk, kind: 'dingtalk', name: '工作群', unit_id: cast.township.id, url: robotUrl('dd?access_token=t0'), secret: 'SEC1' }] // prettier-ignore
  const saved = await save({ smtp: smtp(), robots })
  expect(saved.smtp).toMatchObject({ host: '127.0.0.1', has_password: true })
  expect(saved.robots).toMatchObject([{ name: '工作群', unit_name: '芦溪镇', has_secret: true }])
  const { rows } = await app.owner.query(`select value::text as text from settings where key = 'notices'`)
  for (const secret of [password, 'access_token', 'SEC1'])
    expect([secret, String(rows[0].text) + JSON.stringify(saved)]).toEqual([secret, expect.not.stringContaining(secret)]) // prettier-ignore
  const { password: _left, ...same } = smtp()
  const { url: _url, secret: _secret, ...robot } = robots[0]!
  expect((await save({ smtp: same, robots: [robot] })).smtp).toMatchObject({ has_password: true })
  const body = { version: (await channels()).version, ...base, robots: [] }
  expect(await app.refused(noticeOps.set_channels, { body: { ...body, smtp: { ...same, host: 'mail.example.cn' } } }, admin)).toMatchObject({ code: 'smtp_password_missing' }) // prettier-ignore
  expect(await app.refused(noticeOps.set_channels, { body: { ...body, smtp: null, version: 0 } }, admin)).toMatchObject({ code: 'stale', current: { version: body.version } }) // prettier-ignore
  for (const [url, code] of [
    [undefined, 'robot_url_missing'],
    ['http://robots.example.com/send?key=1', 'robot_url_unsafe'],
  ] as const)
    expect(await app.refused(noticeOps.set_channels, { body: { ...body, smtp: null, robots: [{ ...robot, kind: 'wecom', id: newId(), ...(url ? { url } : {}) }] } }, admin)).toMatchObject({ code }) // prettier-ignore
  expect(await app.refused(noticeOps.get_channels, {}, director)).toMatchObject({ code: 'forbidden' })
})

test('a reminder is mailed to who left an address, with numbers and a way in, and never twice', async () => {
  await save({ smtp: smtp() })
  expect(await app.call(noticeOps.set_address, { body: { email: 'zhoumin@village.example' } }, director)).toEqual({ email: 'zhoumin@village.example', mail_works: true }) // prettier-ignore
  expect(await app.call(noticeOps.get_address, {}, teacher)).toEqual({ email: null, mail_works: true })
  await remind()
  await remind(teacher)
  expect(mails).toEqual([])
  await app.work()
  await app.system({ tenant: cast.tenant_id }, (ctx) => ctx.later('notices.send', {}))
  await app.work()
  expect(mails.map((mail) => mail.to)).toEqual([['zhoumin@village.example']])
  expect(readMail(mails[0]!)).toContain('小暑村（儿童主任）：罗督导提醒你：4 个孩子等着联系，2 件已经过期。')
  expect(readMail(mails[0]!)).toContain('http://127.0.0.1:8080/today')
  expect((await lately())[0]).toMatchObject({ state: 'sent', to: 'zhoumin@village.example', attempts: 1 })
  expect(await app.call(noticeOps.set_address, { body: { email: null } }, director)).toMatchObject({ email: null })
  await remind()
  await app.work()
  expect(mails).toHaveLength(1)
  await app.call(noticeOps.set_address, { body: { email: 'zhoumin@village.example' } }, director)
})

test('each kind of robot gets its own form and signature, one message for all below its unit', async () => {
  const robot = (kind: keyof typeof robotIds, given: object = {}) => ({ id: robotIds[kind], kind, name: kind, unit_id: cast.township.id, url: robotUrl(`${kind}?key=k1`), ...given }) // prettier-ignore
  const elsewhere = { ...robot('wecom'), id: newId(), unit_id: cast.community.id, url: robotUrl('elsewhere') }
  await save({ robots: [robot('wecom'), robot('dingtalk', { secret: 'SECdd' }), robot('feishu', { secret: 'SECfs' }), elsewhere] }) // prettier-ignore
  await say(supervisor, [
    { membership_id: director.membership_id, kind: 'reminder', numbers: { children: 4, overdue: 2 } },
    { membership_id: teacher.membership_id, kind: 'reminder', numbers: { children: 3 } },
  ])
  await app.work()
  expect(asked.map((one) => one.path).toSorted()).toEqual(['/dingtalk', '/feishu', '/wecom'])
  const of = (kind: string) => asked.find((one) => one.path === `/${kind}`)!
  const text = of('wecom').body.text!.content
  expect(of('wecom').body.msgtype).toBe('text')
  expect(text.split('\n')).toEqual([
    '【暖阳】',
    '罗督导提醒你：7 个孩子等着联系，2 件已经过期。',
    '小暑村（儿童主任）：4 个孩子等着联系，2 件已经过期',
    '小学2024级2班（班主任）：3 个孩子等着联系',
    '请打开暖阳，看“今天”：http://127.0.0.1:8080/today',
  ])
  const { query } = of('dingtalk')
  expect(query.get('key')).toBe('k1')
  expect(query.get('sign')).toBe(createHmac('sha256', 'SECdd').update(`${query.get('timestamp')}\nSECdd`).digest('base64')) // prettier-ignore
  const { body } = of('feishu')
  expect(body).toMatchObject({ msg_type: 'text', content: { text } })
  expect(body.sign).toBe(createHmac('sha256', `${body.timestamp}\nSECfs`).digest('base64'))
})

test('quiet hours hold back what goes out, not the bell; a trial goes out at once', async () => {
  await save({ smtp: smtp() })
  app.time.now = new Date('2026-11-25T13:30:00Z')
  await remind()
  await app.work()
  expect([mails.length, (await lately())[0]!.state]).toEqual([0, 'waiting'])
  const id = newId()
  await app.call(noticeOps.send_test, { body: { id, channel: 'email', to: 'admin@office.example' } }, admin)
  await app.work()
  expect(mails.map((mail) => mail.to[0])).toEqual(['admin@office.example'])
  expect(await app.call(noticeOps.sending, { id }, admin)).toMatchObject({ state: 'sent', test: true })
  app.time.now = new Date('2026-11-26T00:00:00Z')
  await app.system({ tenant: cast.tenant_id }, (ctx) => ctx.later('notices.send', {}))
  await app.work()
  expect(mails.map((mail) => mail.to[0])).toEqual(['admin@office.example', 'zhoumin@village.example'])
})

async function tryOnce(channel: object): Promise<{ state: string; zh: string | undefined }> {
  const id = newId()
  await app.call(noticeOps.send_test, { body: { id, ...channel } as never }, admin)
  await app.work()
  const { state, failure } = await app.call(noticeOps.sending, { id }, admin)
  return { state, zh: failure?.zh }
}

test('a trial over bad settings ends in a sentence that says what to do', async () => {
  const to = { channel: 'email', to: 'admin@office.example' }
  await save({ smtp: { ...smtp(), password: '错的' } })
  expect(await tryOnce(to)).toMatchObject({ state: 'failed', zh: expect.stringContaining('授权码') })
  await save({ smtp: { ...smtp(), port: 9, host: '127.0.0.1' } })
  expect(await tryOnce(to)).toMatchObject({ state: 'failed', zh: expect.stringContaining('连不上') })
  await save({ smtp: { ...smtp(), security: 'starttls' } })
  expect(await tryOnce(to)).toMatchObject({ state: 'failed', zh: expect.stringContaining('加密') })
  await save({ smtp: smtp() })
  mailRefusal = { responseCode: 550, at: 'rcpt' }
  expect(await tryOnce(to)).toMatchObject({ state: 'failed', zh: expect.stringContaining('收件地址') })
  const robot = { id: robotIds.feishu, kind: 'feishu', name: '群', unit_id: cast.township.id, url: robotUrl('hook/x') }
  await save({ robots: [robot] })
  const asks = { channel: 'robot', robot_id: robot.id }
  answers = () => ({ code: 19021, msg: 'sign match fail' })
  expect(await tryOnce(asks)).toMatchObject({ state: 'failed', zh: expect.stringContaining('签名（回答 19021）') })
  answers = () => ({ code: 19024, msg: 'Key Words Not Found' })
  expect(await tryOnce(asks)).toMatchObject({ state: 'failed', zh: expect.stringContaining('关键词') })
  answers = () => 'hang up'
  expect(await tryOnce(asks)).toMatchObject({ state: 'unclear', zh: expect.stringContaining('没有自动再发') })
  expect(await app.refused(noticeOps.send_test, { body: { id: newId(), channel: 'email', to: 'a@b.cn' } }, admin)).toMatchObject({ code: 'no_such_channel' }) // prettier-ignore
})

test('a server that is away loses nothing: it is tried again, at last given up in words, and sent by hand', async () => {
  await save({ smtp: smtp() })
  mailRefusal = { responseCode: 451, at: 'data' }
  await remind()
  const tick = async (minutes: number) => {
    app.time.now = new Date(app.time.now.getTime() + minutes * 60_000)
    await app.system({ tenant: cast.tenant_id }, (ctx) => ctx.later('notices.send', {}))
    await app.work()
  }
  for (const minutes of [0, 1, 5, 30, 120, 480]) await tick(minutes)
  const [last] = await lately()
  expect(last).toMatchObject({ state: 'failed', attempts: 6, failure: { zh: expect.stringContaining('451') } })
  await tick(480)
  expect((await lately())[0]).toMatchObject({ attempts: 6 })
  mailRefusal = null
  expect(await app.call(noticeOps.send_again, { id: last!.id }, admin)).toMatchObject({ state: 'waiting' })
  expect(await app.refused(noticeOps.send_again, { id: last!.id }, admin)).toMatchObject({ code: 'sending_under_way' })
  app.time.now = new Date('2026-11-27T02:00:00Z')
  await tick(0)
  expect(mails).toHaveLength(1)
  expect((await lately())[0]).toMatchObject({ state: 'sent', failure: null })
})

test('of a process that died while sending nobody knows: it is said, and not sent again by itself', async () => {
  await remind()
  await app.owner.query(`update notice_sendings set state = 'sending', claimed_at = $1 where state = 'waiting'`, [app.time.now]) // prettier-ignore
  const look = async (minutes: number) => {
    app.time.now = new Date(app.time.now.getTime() + minutes * 60_000)
    await app.system({ tenant: cast.tenant_id }, (ctx) => ctx.later('notices.send', {}))
    await app.work()
    return (await lately())[0]!.state
  }
  expect([await look(1), await look(10)]).toEqual(['sending', 'unclear'])
  expect(mails).toHaveLength(0)
})

test('the clock hands a task to every county once, and old sendings are swept away', async () => {
  await app.make.county('990124')
  const { enqueueEverywhere } = await import('../kernel/jobs.ts')
  await enqueueEverywhere({ ...app.parts, ownerPool: app.owner }, 'notices.tidy')
  await enqueueEverywhere({ ...app.parts, ownerPool: app.owner }, 'notices.tidy')
  const { rows } = await app.owner.query<{ key: string }>(
    `select key from graphile_worker.jobs where task_identifier = 'notices.tidy' order by key`,
  )
  expect(rows.map((row) => row.key)).toEqual(['notices.tidy:990123', 'notices.tidy:990124'])
  app.time.now = new Date('2027-03-25T02:00:00Z')
  await app.work()
  expect(await lately()).toEqual([])
  expect((await app.call(noticeOps.list, {}, director)).items.length).toBeGreaterThan(0)
})
