// 手机使用: which way phones of the office network reach this installation. What is chosen is kept in `house`; the door itself is
// opened and closed by the running server (settings.phone_door.ts), which looks at the choice every few seconds.
import { X509Certificate, createPrivateKey } from 'node:crypto'
import { createSecureContext } from 'node:tls'
import { plainRisk, type PhoneAccess, type PhoneWay, type settingOps } from '@nuanyang/contract/settings.ts'
import type { Input } from '@nuanyang/contract/kernel.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { newId } from '../kernel/ids.ts'
import { invalid, problem } from '../kernel/problem.ts'

export const choiceKey = 'phone_access'
export const doorKey = 'phone_door'

/** What is kept in `house` under `phone_access`. */
export interface PhoneChoice {
  way: PhoneWay
  proxy_url: string | null
  certificate: string | null
  /** Sealed with SECRET_KEY. */
  private_key: string | null
  accepted: { account_id: string; by_name: string; at: string; edition: number } | null
  chosen_at: string
  /** Of this choice: the door tells by it whether there is something new. */
  id: string
}

/** What the running server says of its door, under `phone_door`. */
export interface DoorState {
  /** `id` of the choice it has carried out. */
  of: string
  open: boolean
  addresses: string[]
  problem: { zh: string; en: string } | null
  opened_by_environment: boolean
}

export const noChoice: PhoneChoice = {
  way: 'off', proxy_url: null, certificate: null, private_key: null, accepted: null, chosen_at: '', id: '',
} // prettier-ignore

interface Rows {
  rows<T>(text: string, values?: readonly unknown[]): Promise<T[]>
}

/** Reads one of the two from `house`; for doctor and the door too. */
export async function readHouse<T>(db: Rows, key: string): Promise<T | null> {
  const rows = await db.rows<{ value: string }>('select value from house where key = $1', [key])
  return rows[0] ? (JSON.parse(rows[0].value) as T) : null
}

export async function phone_access_get(
  ctx: Ctx,
  _input: Input<typeof settingOps.phone_access_get>,
): Promise<PhoneAccess> {
  const choice = (await readHouse<PhoneChoice>(ctx.db, choiceKey)) ?? noChoice
  const door = await readHouse<DoorState>(ctx.db, doorKey)
  return describe(choice, door)
}

function describe(choice: PhoneChoice, door: DoorState | null): PhoneAccess {
  const carriedOut = door !== null && door.of === choice.id
  const addresses = choice.way === 'proxy' ? [choice.proxy_url ?? ''] : door?.open ? door.addresses : []
  return {
    way: choice.way,
    addresses,
    door: doorWord(choice, door, carriedOut),
    door_problem: carriedOut ? door.problem : null,
    proxy_url: choice.proxy_url,
    certificate: choice.certificate ? certificateFacts(choice.certificate) : null,
    accepted: choice.accepted
      ? { by_name: choice.accepted.by_name, at: choice.accepted.at, edition: choice.accepted.edition }
      : null,
    opened_by_environment: door?.opened_by_environment ?? false,
  }
}

function doorWord(choice: PhoneChoice, door: DoorState | null, carriedOut: boolean): PhoneAccess['door'] {
  if (choice.way === 'proxy') return 'open'
  if (choice.id && !carriedOut) return 'waiting'
  if (door?.problem) return 'failed'
  return door?.open ? 'open' : 'closed'
}

export async function phone_access_set(
  ctx: Ctx,
  { body }: Input<typeof settingOps.phone_access_set>,
): Promise<PhoneAccess> {
  await refuseSharedHouse(ctx)
  const before = (await readHouse<PhoneChoice>(ctx.db, choiceKey)) ?? noChoice
  const choice: PhoneChoice = {
    ...before,
    way: body.way,
    accepted: null,
    chosen_at: ctx.now.toISOString(),
    id: newId(),
  }
  if (body.way === 'plain') {
    if (body.accepted_edition !== plainRisk.edition) throw problem('risk_not_accepted')
    const { account_id, account_name } = ctx.actor
    choice.accepted = { account_id, by_name: account_name, at: choice.chosen_at, edition: plainRisk.edition }
    await ctx.audit('phone_access.risk_accepted', account_id, { purpose: `edition ${plainRisk.edition}` })
  }
  if (body.way === 'certificate') Object.assign(choice, takeCertificate(ctx, before, body))
  if (body.way === 'proxy') choice.proxy_url = proxyAddress(body.proxy_url ?? before.proxy_url ?? '')
  await ctx.db.count(
    `insert into house (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value`,
    [choiceKey, JSON.stringify(choice)],
  )
  await ctx.audit(`phone_access.${body.way}`)
  return describe(choice, await readHouse<DoorState>(ctx.db, doorKey))
}

/** One county may not open the door of a server that others share. */
async function refuseSharedHouse(ctx: Ctx): Promise<void> {
  const { others } = await ctx.db.one<{ others: boolean }>(
    'select exists (select from tenants where not demo and id <> $1) as others',
    [ctx.tenant],
  )
  if (others) throw problem('not_of_this_house')
}

function proxyAddress(typed: string): string {
  const url = URL.canParse(typed.trim()) ? new URL(typed.trim()) : null
  if (url?.protocol !== 'https:' || url.pathname !== '/' || url.search)
    throw invalid({
      path: 'proxy_url',
      zh: '要写成 https:// 开头的网址，后面不带路径，例如 https://nuanyang.example.cn。',
      en: 'An address that begins with https:// and has no path, like https://nuanyang.example.cn.',
    })
  return url.origin
}

type Given = { certificate?: string; private_key?: string }

function takeCertificate(
  ctx: Ctx,
  before: PhoneChoice,
  given: Given,
): Pick<PhoneChoice, 'certificate' | 'private_key'> {
  const certificate = given.certificate ?? before.certificate
  const key = given.private_key ?? (before.private_key ? ctx.secrets.unseal(before.private_key) : null)
  const unusable = (why: string, why_en: string) => problem('certificate_unusable', { values: { why, why_en } })
  if (!certificate || !key) throw unusable('证书和私钥要一起给', 'certificate and key belong together')
  const facts = readCertificate(certificate)
  if (!facts) throw unusable('证书不是 PEM 格式（应以 -----BEGIN CERTIFICATE 开头）', 'the certificate is not PEM')
  const pair = keyFits(facts, certificate, key)
  if (pair === 'no_key') throw unusable('私钥读不出来，或者带着口令', 'the key cannot be read, or has a passphrase')
  if (pair === 'other') throw unusable('证书和私钥不是一对', 'certificate and key do not belong together')
  if (facts.validToDate.getTime() < ctx.now.getTime())
    throw unusable(`它在 ${facts.validToDate.toISOString().slice(0, 10)} 已经过期`, 'it has expired')
  return { certificate, private_key: ctx.secrets.seal(key) }
}

function readCertificate(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem)
  } catch {
    return null
  }
}

function keyFits(facts: X509Certificate, certificate: string, key: string): 'fits' | 'other' | 'no_key' {
  try {
    if (!facts.checkPrivateKey(createPrivateKey(key))) return 'other'
  } catch {
    return 'no_key'
  }
  createSecureContext({ cert: certificate, key })
  return 'fits'
}

function certificateFacts(pem: string): PhoneAccess['certificate'] {
  const facts = readCertificate(pem)
  if (!facts) return null
  const names = (facts.subjectAltName ?? facts.subject)
    .split(/,\s*|\n/)
    .map((name) => name.replace(/^(DNS|IP Address|CN)[:=]/, ''))
  return { names, until: facts.validToDate.toISOString() }
}
