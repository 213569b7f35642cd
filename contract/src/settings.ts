/**
 * Settings (设置): what an office may change without a programmer. A setting of a county is one row of `settings`; what concerns
 * the whole installation (手机使用: how phones on the office network reach it) is kept in `house`.
 *
 * Security rules (登录规则): how long a session lasts. Who changes them: the security officer, or the administrator where the
 * administrators are not separated.
 */
import { Codes, Moment, operations, Text, Type, type Static } from './kernel.ts'

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])

/** Sign-in rules and their bounds. Defaults: 60 minutes without use, 10 on a shared computer, signed out after 12 hours anyway. */
export const SecurityRules = Type.Object({
  idle_minutes: Type.Integer({ minimum: 5, maximum: 240 }),
  shared_idle_minutes: Type.Integer({ minimum: 2, maximum: 60 }),
  session_hours: Type.Integer({ minimum: 1, maximum: 24 }),
})
export type SecurityRules = Static<typeof SecurityRules>
export const defaultSecurityRules: SecurityRules = { idle_minutes: 60, shared_idle_minutes: 10, session_hours: 12 }

export const phoneWays = {
  off: { zh: '只在这台电脑上用', en: 'this computer only' },
  certificate: { zh: '用单位自己的证书', en: 'with the office’s own certificate' },
  proxy: { zh: '由网络管理员的代理转发', en: 'through a proxy of the network’s administrator' },
  plain: { zh: '办公室内网，不加密', en: 'office network, not encrypted' },
} as const
export type PhoneWay = keyof typeof phoneWays
export const phoneWayCodes = Object.keys(phoneWays) as [PhoneWay, ...PhoneWay[]]

/** What `plain` means, said before it is accepted. A changed text has a new number, so the old acceptance shows as old. */
export const plainRisk = {
  edition: 1,
  zh: '不加密时，同一个 Wi-Fi 或网线上的人，用现成的工具就能看到你们传的内容：孩子的名字、住址、电话，还有你的密码。只在自己单位、知道有谁在用的内网里打开；不要在营业场所、学校公共 Wi-Fi 或手机热点共享给外人的网络里打开。能要到证书的话，请用证书。',
  en: 'Without encryption, anybody on the same Wi-Fi or cable can read what you send with ordinary tools: children’s names, addresses, telephone numbers, and your password. Open it only in your own office’s network, where you know who is on it. Use a certificate if you can get one.',
} as const

export const PhoneAccess = Type.Object({
  way: Type.Enum(phoneWayCodes),
  /** Where a phone goes: one per address of this computer in a private network, or the proxy's. */
  addresses: Type.Array(Type.String()),
  /** open · closed · waiting (the change is taken up within seconds) · failed, with the reason */
  door: Codes(['open', 'closed', 'waiting', 'failed']),
  door_problem: Nullable(Type.Object({ zh: Type.String(), en: Type.String() })),
  proxy_url: Nullable(Type.String()),
  /** Names in the certificate and its last day. */
  certificate: Nullable(Type.Object({ names: Type.Array(Type.String()), until: Moment })),
  accepted: Nullable(Type.Object({ by_name: Type.String(), at: Moment, edition: Type.Integer() })),
  /** HOST in the environment opened the network already; then nothing here closes it. */
  opened_by_environment: Type.Boolean(),
})
export type PhoneAccess = Static<typeof PhoneAccess>

export const settingOps = operations('settings', {
  get_security: { get: '/settings/security', may: 'signed_in', ok: SecurityRules },
  set_security: { post: '/settings/security', may: 'security.write', body: SecurityRules, ok: SecurityRules, replay: 'get_security' },
  phone_access_get: { get: '/settings/phone-access', may: 'units.read', ok: PhoneAccess },
  phone_access_set: {
    post: '/settings/phone-access',
    may: 'security.write',
    body: Type.Object({
      way: Type.Enum(phoneWayCodes),
      /** With `plain`: the edition of the risk that was read and accepted. */
      accepted_edition: Type.Optional(Type.Integer()),
      /** With `certificate`: PEM texts. Left out: those kept before. */
      certificate: Type.Optional(Type.String({ maxLength: 60_000 })),
      private_key: Type.Optional(Type.String({ maxLength: 20_000 })),
      /** With `proxy`: the address that people type, https. */
      proxy_url: Type.Optional(Text(200)),
    }),
    ok: PhoneAccess,
    errors: ['risk_not_accepted', 'certificate_unusable', 'not_of_this_house'],
    replay: 'phone_access_get',
  },
}) // prettier-ignore
