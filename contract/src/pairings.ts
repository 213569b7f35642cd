// Pairings 结对: one helper and one child for a while, with a goal. A pairing is what lets a helper see the child at all, and only the
// little the role needs; when it ends, the sight ends the same day. Helpers are adults who passed vetting; their register grows in the
// next capability, here a helper is found or entered with the pairing.
import { Codes, Day, Id, operations, Page, PageQuery, Text, Type, Unknown, type Static } from './kernel.ts'

export const helperKinds = {
  proxy_parent: { zh: '代理家长', en: 'proxy parent' },
  caring_mother: { zh: '爱心妈妈', en: 'caring mother' },
  help_teacher: { zh: '帮扶教师', en: 'help teacher' },
  cadre: { zh: '干部', en: 'cadre' },
  party_member: { zh: '党员', en: 'party member' },
  volunteer: { zh: '志愿者', en: 'volunteer' },
  other: { zh: '其他', en: 'other' },
} as const
export type HelperKind = keyof typeof helperKinds
export const helperKindCodes = Object.keys(helperKinds) as HelperKind[]

export const endReasons = {
  term_over: { zh: '约定的时间到了', en: 'the term is over' },
  helper_left: { zh: '帮扶人不能再帮', en: 'the helper stops' },
  child_left: { zh: '孩子转走或退出', en: 'the child left' },
  wish: { zh: '孩子或家里希望', en: 'wish of the child or family' },
  replaced: { zh: '换了帮扶人', en: 'another helper takes over' },
  mistake: { zh: '登记错了', en: 'entered by mistake' },
} as const

/** May it end? The same rule greys the button out. */
export const pairingCan = { end: (pairing: { until_on: string | null }) => pairing.until_on === null }

export const Pairing = Type.Object({
  id: Id,
  child_id: Id,
  child_name: Type.String(),
  helper_id: Id,
  helper_name: Type.String(),
  helper_kind: Codes(Object.keys(helperKinds) as HelperKind[]),
  /** The account the helper signs in with, if any. */
  helper_account: Unknown(Type.String()),
  unit_name: Type.String(),
  term: Unknown(Type.String()),
  goals: Type.Array(Type.String()),
  from_on: Day,
  planned_until_on: Unknown(Day),
  until_on: Unknown(Day),
  ended_reason: Unknown(Codes(Object.keys(endReasons) as (keyof typeof endReasons)[])),
  ended_note: Unknown(Type.String()),
  version: Type.Integer(),
})
export type Pairing = Static<typeof Pairing>

export const NewPairing = Type.Object({
  id: Id,
  child_id: Id,
  /** A helper already registered, or the person who becomes one; `account_id` ties a signed-in person. */
  helper: Type.Union([
    Type.Object({ helper_id: Id }),
    Type.Object({
      name: Text(100),
      kind: Codes(Object.keys(helperKinds) as HelperKind[]),
      phone: Type.Optional(Type.String({ pattern: '^\\d{3,16}$' })),
      account_id: Type.Optional(Id),
      /** 未保法第22条的四项核查都没有问题。 */
      vetted: Type.Boolean(),
    }),
  ]),
  term: Type.Optional(Text(50)),
  goals: Type.Optional(Type.Array(Codes(['study', 'life', 'mind', 'safety']), { maxItems: 4 })),
  from_on: Day,
  planned_until_on: Type.Optional(Day),
})

export const pairingOps = operations('pairings', {
  list: {
    get: '/pairings',
    may: 'pairings.read',
    query: Type.Object({
      child_id: Type.Optional(Id),
      state: Type.Optional(Codes(['current', 'ended', 'all'])),
      ...PageQuery,
    }),
    ok: Page(Pairing),
  },
  get: { get: '/pairings/:id', may: 'pairings.read', ok: Pairing },
  /** Helpers of the actor's units with their load, for choosing one. */
  helpers: {
    get: '/helpers',
    may: 'pairings.write',
    query: Type.Object({ q: Type.Optional(Type.String({ maxLength: 60 })) }),
    ok: Type.Object({
      items: Type.Array(
        Type.Object({
          id: Id,
          name: Type.String(),
          kind: Codes(Object.keys(helperKinds) as HelperKind[]),
          max_children: Type.Integer(),
          children: Type.Integer(),
          vetted: Type.Boolean(),
        }),
      ),
    }),
  },
  create: {
    post: '/pairings',
    may: 'pairings.write',
    body: NewPairing,
    ok: Pairing,
    errors: ['helper_full', 'not_vetted', 'already_paired', 'pairing_days'],
    queued: true,
    replay: 'get',
  },
  end: {
    post: '/pairings/:id/end',
    may: 'pairings.write',
    body: Type.Object({
      version: Type.Integer(),
      on: Day,
      reason: Codes(Object.keys(endReasons) as (keyof typeof endReasons)[]),
      note: Type.Optional(Text(300)),
    }),
    ok: Pairing,
    errors: ['pairing_ended', 'pairing_days'],
    queued: true,
    replay: 'get',
  },
})
