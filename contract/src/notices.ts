// Notices 提醒: one sentence to one person in one membership, pointing to what waits. Only a code and numbers are kept; the sentence is
// put together when it is read. A notice always stands in the house (the bell); besides, it may go out as an e-mail through the
// office's own mail server, and as a message of a group robot (企业微信, 钉钉, 飞书). What goes out carries numbers and names of units,
// never a child's name: a phone in a pocket is not the place for a file.
//
// What goes out is a row of `notice_sendings` first. A job sends it after the commit, tries again when the other side is away, and
// never twice when it is not certain whether the first one arrived: that is said (unclear), and a person may send it again.
// Quiet hours hold back what goes out, never the bell.
import { Codes, Id, Moment, operations, Page, PageQuery, Text, Type, Unknown, type Static } from './kernel.ts'

export const noticeKinds = ['reminder', 'digest'] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** What a notice counts. A number of nought is not said. */
export const noticeCounts = {
  children: { zh: '{n} 个孩子等着联系', en: '{n} children to be in touch with' },
  overdue: { zh: '{n} 件已经过期', en: '{n} overdue' },
  tasks: { zh: '{n} 件本月要办的事', en: '{n} tasks of this month' },
  nobody: { zh: '{n} 个孩子的事还没有人负责', en: '{n} children have nobody assigned' },
} as const
export type NoticeCount = keyof typeof noticeCounts
export type NoticeNumbers = Partial<Record<NoticeCount, number>>

const openings = {
  reminder: { zh: '{from}提醒你：', en: '{from} reminds you: ' },
  digest: { zh: '这一周：', en: 'This week: ' },
} as const
const nothing = { zh: '没有等着的事', en: 'nothing waits' } as const

/** `4 个孩子等着联系，2 件已经过期` */
export function noticeCountWords(numbers: NoticeNumbers, language: 'zh' | 'en'): string {
  const said = (Object.keys(noticeCounts) as NoticeCount[])
    .filter((count) => (numbers[count] ?? 0) > 0)
    .map((count) => noticeCounts[count][language].replace('{n}', String(numbers[count])))
  return said.length > 0 ? said.join(language === 'zh' ? '，' : ', ') : nothing[language]
}

/** The whole sentence. `from`: who reminds; null for what comes by the clock. */
export function noticeSentence(
  notice: { kind: NoticeKind; from_name: string | null; numbers: NoticeNumbers },
  language: 'zh' | 'en',
): string {
  const from = notice.from_name ?? (language === 'zh' ? '暖阳' : 'Nuanyang')
  const words = noticeCountWords(notice.numbers, language)
  return `${openings[notice.kind][language].replace('{from}', from)}${words}${language === 'zh' ? '。' : '.'}`
}

const Numbers = Type.Object(
  Object.fromEntries(
    Object.keys(noticeCounts).map((count) => [count, Type.Optional(Type.Integer({ minimum: 0 }))]),
  ) as Record<NoticeCount, ReturnType<typeof Type.Optional<ReturnType<typeof Type.Integer>>>>,
)

export const Notice = Type.Object({
  id: Id,
  kind: Codes(noticeKinds),
  from_name: Unknown(Type.String()),
  numbers: Numbers,
  at: Moment,
  read_at: Unknown(Moment),
})
export type Notice = Static<typeof Notice>

const Email = Type.String({ pattern: '^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$', maxLength: 200 })
const Clock = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', description: 'HH:MM in Asia/Shanghai' })

export const smtpSecurity = {
  tls: { zh: '全程加密（一般是 465）', en: 'encrypted from the start (usually 465)' },
  starttls: { zh: '先连上再加密（一般是 587）', en: 'encrypted after connecting (usually 587)' },
  none: { zh: '不加密（只用于内网的邮件服务器）', en: 'not encrypted (inside the office network only)' },
} as const
export type SmtpSecurity = keyof typeof smtpSecurity

export const robotKinds = {
  wecom: { zh: '企业微信', en: 'WeCom' },
  dingtalk: { zh: '钉钉', en: 'DingTalk' },
  feishu: { zh: '飞书', en: 'Feishu' },
} as const
export type RobotKind = keyof typeof robotKinds

const SmtpShown = Type.Object({
  host: Text(200),
  port: Type.Integer({ minimum: 1, maximum: 65535 }),
  security: Codes(Object.keys(smtpSecurity) as SmtpSecurity[]),
  username: Type.Optional(Text(200)),
  from_address: Email,
  from_name: Type.Optional(Text(60)),
})
const RobotShown = Type.Object({
  id: Id,
  kind: Codes(Object.keys(robotKinds) as RobotKind[]),
  name: Text(60),
  /** It is told of people of this unit and below. */
  unit_id: Id,
})

export const NoticeRules = Type.Object({
  /** Nothing goes out from … until …; the same time twice: no quiet hours. */
  quiet_from: Clock,
  quiet_until: Clock,
  /** 1 Monday … 7 Sunday; null: no digest. */
  digest_on: Unknown(Type.Integer({ minimum: 1, maximum: 7 })),
  digest_at: Clock,
})
export type NoticeRules = Static<typeof NoticeRules>
export const defaultNoticeRules: NoticeRules = { quiet_from: '21:00', quiet_until: '07:30', digest_on: 1, digest_at: '08:00' } // prettier-ignore

/** What is kept, without the secrets: of these only whether there is one. */
export const NoticeChannels = Type.Object({
  version: Type.Integer(),
  rules: NoticeRules,
  smtp: Unknown(Type.Intersect([SmtpShown, Type.Object({ has_password: Type.Boolean() })])),
  robots: Type.Array(
    Type.Intersect([
      RobotShown,
      Type.Object({
        unit_name: Type.String(),
        /** The address without its key: qyapi.weixin.qq.com */
        host: Type.String(),
        has_secret: Type.Boolean(),
      }),
    ]),
  ),
})
export type NoticeChannels = Static<typeof NoticeChannels>

export const NewNoticeChannels = Type.Object({
  version: Type.Integer(),
  rules: NoticeRules,
  smtp: Unknown(
    Type.Intersect([
      SmtpShown,
      Type.Object({
        /** Left out: the one kept before. */
        password: Type.Optional(Type.String({ maxLength: 400 })),
      }),
    ]),
  ),
  robots: Type.Array(
    Type.Intersect([
      RobotShown,
      Type.Object({
        /** Left out: those kept before under this id. */
        url: Type.Optional(Type.String({ maxLength: 500 })),
        secret: Type.Optional(Type.String({ maxLength: 200 })),
      }),
    ]),
    { maxItems: 20 },
  ),
})

export const sendingStates = ['waiting', 'sending', 'sent', 'unclear', 'failed'] as const

/** Why something could not be sent, and what to do. `{detail}` is a number of the other side's answer. */
export const sendFailures = {
  away: {
    zh: '连不上对方的服务器。请核对地址和端口，或问网络管理员这台电脑能不能上外网。',
    en: 'The other server cannot be reached. Check address and port, or ask whether this computer may go out.',
  },
  no_host: {
    zh: '找不到这个服务器的名字。请核对地址有没有写错。',
    en: 'There is no server of this name. Check the address.',
  },
  no_answer: {
    zh: '对方没有回音，可能已经收到，所以没有自动再发。',
    en: 'No answer came; it may have arrived, so it was not sent again.',
  },
  sign_in: {
    zh: '邮件服务器不认用户名或密码。很多邮箱要用“授权码”代替密码，请到邮箱的设置里取。',
    en: 'The mail server does not accept name or password. Many need an app password instead.',
  },
  encryption: {
    zh: '加密连接没有建成。请换一种加密方式，或核对端口和服务器的证书。',
    en: 'No encrypted connection. Choose another kind, or check port and certificate.',
  },
  recipient: {
    zh: '邮件服务器不收这个收件地址或发件地址。请核对邮箱有没有写错。',
    en: 'The mail server refuses this recipient or sender. Check the addresses.',
  },
  refused: {
    zh: '对方收到了，但不肯发（回答 {detail}）。请核对设置，或问发这个地址给你的人。',
    en: 'The other side refused it (answer {detail}). Check the settings.',
  },
  robot_key: {
    zh: '群机器人不认这个地址或签名（回答 {detail}）。请在群里重新复制地址和加签密钥。',
    en: 'The robot does not accept address or signature (answer {detail}). Copy both again from the group.',
  },
  robot_word: {
    zh: '群机器人设了关键词（回答 {detail}）。请在群里把“暖阳”加进关键词。',
    en: 'The robot asks for a keyword (answer {detail}). Add 暖阳 to its keywords.',
  },
  too_often: {
    zh: '群机器人说发得太快（回答 {detail}），等一会儿会再发。',
    en: 'The robot was asked too often (answer {detail}); it is tried again later.',
  },
  sealed: {
    zh: '保存的密码或地址打不开了（密钥换过）。请在设置里重新填一次。',
    en: 'The kept password or address cannot be opened (another key). Type it again in the settings.',
  },
  no_channel: {
    zh: '这条路已经从设置里去掉了，所以没有发。',
    en: 'This channel was taken out of the settings, so nothing was sent.',
  },
} as const
export type SendFailure = keyof typeof sendFailures

export const Sending = Type.Object({
  id: Id,
  channel: Codes(['email', 'robot']),
  /** The e-mail address, or the robot's name. */
  to: Type.String(),
  test: Type.Boolean(),
  state: Codes(sendingStates),
  attempts: Type.Integer(),
  failure: Unknown(Type.Object({ code: Codes(Object.keys(sendFailures) as SendFailure[]), zh: Type.String(), en: Type.String() })),
  created_at: Moment,
  sent_at: Unknown(Moment),
  next_at: Unknown(Moment),
}) // prettier-ignore
export type Sending = Static<typeof Sending>

/** May it be sent once more by hand? */
export const sendingCan = { again: ({ state }: { state: string }) => state === 'failed' || state === 'unclear' }

const Address = Type.Object({ email: Unknown(Email), mail_works: Type.Boolean() })

export const noticeOps = operations('notices', {
  list: { get: '/notices', may: 'signed_in', query: Type.Object(PageQuery), ok: Page(Notice) },
  unread: { get: '/notices/unread', may: 'signed_in', ok: Type.Object({ count: Type.Integer() }) },
  /** All of mine up to now. */
  mark_read: { post: '/notices/read', may: 'signed_in', ok: Type.Object({ count: Type.Integer() }), replay: 'run' },
  /** Where my own notices are mailed to in this county; `mail_works`: the office has set up a mail server. */
  get_address: { get: '/notices/address', may: 'signed_in', ok: Address },
  set_address: {
    post: '/notices/address',
    may: 'signed_in',
    body: Type.Object({ email: Unknown(Email) }),
    ok: Address,
    replay: 'get_address',
  },
  get_channels: { get: '/settings/notices', may: 'settings.write', ok: NoticeChannels },
  set_channels: {
    post: '/settings/notices',
    may: 'settings.write',
    body: NewNoticeChannels,
    ok: NoticeChannels,
    errors: ['robot_url_missing', 'robot_url_unsafe', 'smtp_password_missing'],
    replay: 'get_channels',
  },
  /** Goes out at once, quiet hours or not; the page asks `sending` what became of it. */
  send_test: {
    post: '/settings/notices/test',
    may: 'settings.write',
    body: Type.Union([
      Type.Object({ id: Id, channel: Type.Literal('email'), to: Email }),
      Type.Object({ id: Id, channel: Type.Literal('robot'), robot_id: Id }),
    ]),
    ok: Sending,
    errors: ['no_such_channel'],
    replay: 'sending',
  },
  /** What was sent lately, tests and failures among it, the newest first. */
  sendings: { get: '/settings/notices/sendings', may: 'settings.write', query: Type.Object(PageQuery), ok: Page(Sending) },
  sending: { get: '/settings/notices/sendings/:id', may: 'settings.write', ok: Sending },
  send_again: {
    post: '/settings/notices/sendings/:id/again',
    may: 'settings.write',
    ok: Sending,
    errors: ['sending_under_way'],
    replay: 'sending',
  },
}) // prettier-ignore
