// What goes out, put into words: numbers and units, never a child's name. And how each kind of robot wants its message.
import { createHmac } from 'node:crypto'
import { noticeCountWords, noticeSentence, type NoticeKind, type NoticeNumbers, type RobotKind } from '@nuanyang/contract/notices.ts' // prettier-ignore
import { roles, type Role } from '@nuanyang/contract/roles.ts'

/** `notice_sendings.content` */
export interface SendingContent {
  kind: NoticeKind | 'test'
  from_name: string | null
  language: 'zh' | 'en'
  lines: { unit_name: string; role: Role; numbers: NoticeNumbers }[]
}

const mostLines = 30

const said = {
  test: {
    zh: '这是一条试发的消息：收到它，说明提醒能发到这里。',
    en: 'This is a trial: it shows that reminders reach this place.',
  },
  open: { zh: '请打开暖阳，看“今天”：', en: 'Please open Nuanyang and look at “Today”: ' },
  more: { zh: '还有 {n} 处', en: 'and {n} more' },
  footer: {
    zh: '这封信由暖阳自动发出，里面只有数，没有孩子的姓名。不想再收，请在暖阳的“提醒”里去掉邮箱。',
    en: 'Sent by Nuanyang; it holds numbers only, no child’s name. To stop, remove the address under “Notices”.',
  },
  subject: { zh: '暖阳：{words}', en: 'Nuanyang: {words}' },
  subject_test: { zh: '暖阳：试发一封', en: 'Nuanyang: a trial' },
} as const

/** The message as lines of text, with the address of the house at the end. */
export function outsideText(content: SendingContent, url: string): string[] {
  const { language, lines } = content
  if (content.kind === 'test') return [said.test[language]]
  const kind = content.kind
  const open = `${said.open[language]}${url}/today`
  const only = lines.length === 1 ? lines[0]! : null
  if (only) return [`${unitWords(only, language)}${noticeSentence({ ...content, kind, numbers: only.numbers }, language)}`, open] // prettier-ignore
  const head = noticeSentence({ ...content, kind, numbers: total(lines) }, language)
  const each = lines
    .slice(0, mostLines)
    .map((line) => `${unitWords(line, language)}${noticeCountWords(line.numbers, language)}`)
  const rest = lines.length - mostLines
  return [head, ...each, ...(rest > 0 ? [said.more[language].replace('{n}', String(rest))] : []), open]
}

export function mailOf(content: SendingContent, url: string): { subject: string; text: string } {
  const { language } = content
  const subject =
    content.kind === 'test'
      ? said.subject_test[language]
      : said.subject[language].replace('{words}', noticeCountWords(total(content.lines), language))
  return { subject, text: [...outsideText(content, url), '', said.footer[language]].join('\n') }
}

function unitWords(line: SendingContent['lines'][number], language: 'zh' | 'en'): string {
  return language === 'zh'
    ? `${line.unit_name}（${roles[line.role].zh}）：`
    : `${line.unit_name} (${roles[line.role].en}): `
}

function total(lines: SendingContent['lines']): NoticeNumbers {
  const sum: Record<string, number> = {}
  for (const { numbers } of lines) for (const [count, n] of Object.entries(numbers)) sum[count] = (sum[count] ?? 0) + n
  return sum
}

/**
 * Address and body as the robot's own documentation asks: 企业微信 signs nothing; 钉钉 signs `timestamp\nsecret` with the secret and
 * puts it into the address; 飞书 uses `timestamp\nsecret` as the key over nothing, in seconds, and puts it into the body.
 */
export function robotRequest(
  kind: RobotKind,
  { url, secret, text, at }: { url: string; secret: string | null; text: string; at: Date },
): { url: string; body: string } {
  if (kind === 'feishu') {
    const timestamp = String(Math.floor(at.getTime() / 1000))
    const signed = secret ? { timestamp, sign: hmac(`${timestamp}\n${secret}`, '') } : {}
    return { url, body: JSON.stringify({ ...signed, msg_type: 'text', content: { text } }) }
  }
  const body = JSON.stringify({ msgtype: 'text', text: { content: text } })
  if (kind === 'wecom' || !secret) return { url, body }
  const address = new URL(url)
  const timestamp = String(at.getTime())
  address.searchParams.set('timestamp', timestamp)
  address.searchParams.set('sign', hmac(secret, `${timestamp}\n${secret}`))
  return { url: address.href, body }
}

function hmac(key: string, message: string): string {
  return createHmac('sha256', key).update(message).digest('base64')
}
