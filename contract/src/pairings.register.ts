// The register of helpers 帮扶人名册: an adult with a part to play, in one unit. Somebody applies (or is asked), is *vetted* on the four
// items of 未成年人保护法第二十二条, agrees, and says when, for what and for how many children there is time. Only then can a pairing be
// made. Whoever leaves stays in the register with the day and the reason; the children are without a helper the same minute.
import { Codes, Day, Id, operations, Page, PageQuery, Text, Type, Unknown, type Static } from './kernel.ts'
import { helperKindCodes } from './pairings.ts'

/** 未成年人保护法第二十二条: who must not be entrusted with a child. */
export const vettingItems = {
  offences: {
    zh: '没有性侵害、虐待、遗弃、拐卖、暴力伤害等违法犯罪',
    en: 'no sexual offence, abuse, abandonment, trafficking or violence',
  },
  habits: { zh: '没有吸毒、酗酒、赌博等恶习', en: 'no drugs, heavy drinking or gambling' },
  neglect: { zh: '没有拒不履行或长期怠于履行监护、照护职责', en: 'has not refused or long neglected care' },
  other: { zh: '没有其他不适宜照护孩子的情形', en: 'nothing else that speaks against caring for a child' },
} as const
export type VettingItem = keyof typeof vettingItems
export const vettingItemCodes = Object.keys(vettingItems) as VettingItem[]
const Answered = Codes(['clear', 'found'])
export const Vetting = Type.Object({ offences: Answered, habits: Answered, neglect: Answered, other: Answered })

/** applied 等核查 · ready 可以结对 · expired 核查到期 · declined 没有通过 · left 不再帮扶. */
export const helperStates = {
  applied: { zh: '等核查', en: 'to be vetted' },
  ready: { zh: '可以结对', en: 'ready' },
  expired: { zh: '核查到期', en: 'vetting expired' },
  declined: { zh: '没有通过', en: 'declined' },
  left: { zh: '不再帮扶', en: 'left' },
} as const
export type HelperState = keyof typeof helperStates

export const helperCan = {
  vet: (helper: { state: HelperState }) => helper.state !== 'left',
  leave: (helper: { state: HelperState }) => helper.state !== 'left',
}

export const consentWays = {
  paper: { zh: '纸上签了字', en: 'signed on paper' },
  in_person: { zh: '当面', en: 'in person' },
  phone: { zh: '电话里', en: 'by phone' },
  online: { zh: '网上', en: 'online' },
} as const
export type ConsentWay = keyof typeof consentWays
const consentWayCodes = Object.keys(consentWays) as ConsentWay[]

const Words = (most: number) => Type.Array(Text(20), { maxItems: most })

export const Helper = Type.Object({
  id: Id,
  adult_id: Id,
  name: Type.String(),
  kind: Codes(helperKindCodes),
  /** As said: 退休教师, 镇卫生院护士. */
  kind_words: Unknown(Type.String()),
  sex: Unknown(Codes(['male', 'female'])),
  phones: Type.Array(Type.String()),
  occupation: Unknown(Type.String()),
  employer: Unknown(Type.String()),
  unit_id: Id,
  unit_name: Type.String(),
  villager_group_id: Unknown(Id),
  villager_group: Unknown(Type.String()),
  offer: Unknown(Type.String()),
  subjects: Type.Array(Type.String()),
  languages: Type.Array(Type.String()),
  skills: Type.Array(Type.String()),
  free_times: Unknown(Type.String()),
  max_children: Type.Integer(),
  /** Children now, stand-ins included. */
  children: Type.Integer(),
  state: Codes(Object.keys(helperStates) as HelperState[]),
  applied_on: Unknown(Day),
  consented_on: Unknown(Day),
  consent_how: Unknown(Codes(consentWayCodes)),
  vetting: Unknown(Vetting),
  vetted_on: Unknown(Day),
  vetted_by_name: Unknown(Type.String()),
  vetting_until_on: Unknown(Day),
  vetting_note: Unknown(Type.String()),
  declined_on: Unknown(Day),
  declined_reason: Unknown(Type.String()),
  from_on: Day,
  until_on: Unknown(Day),
  ended_reason: Unknown(Type.String()),
  /** Whom the person signs in as; null: no account, and the staff keep the notes. */
  account: Unknown(Type.String()),
  version: Type.Integer(),
})
export type Helper = Static<typeof Helper>

const said = {
  kind: Codes(helperKindCodes),
  kind_words: Unknown(Text(60)),
  sex: Unknown(Codes(['male', 'female'])),
  phones: Type.Array(Type.String({ pattern: '^\\d{3,16}$' }), { maxItems: 3 }),
  occupation: Unknown(Text(60)),
  employer: Unknown(Text(100)),
  villager_group_id: Unknown(Id),
  offer: Unknown(Text(300)),
  subjects: Words(6),
  languages: Words(6),
  skills: Words(10),
  free_times: Unknown(Text(100)),
  max_children: Type.Integer({ minimum: 1, maximum: 50 }),
  consented_on: Unknown(Day),
  consent_how: Unknown(Codes(consentWayCodes)),
}

export const helperOps = operations('helpers', {
  list: {
    get: '/helpers',
    may: 'helpers.read',
    query: Type.Object({
      q: Type.Optional(Type.String({ maxLength: 60 })),
      kind: Type.Optional(Codes(helperKindCodes)),
      state: Type.Optional(Codes([...(Object.keys(helperStates) as HelperState[]), 'here', 'all'])),
      /** Room for one more, or none. */
      room: Type.Optional(Codes(['yes', 'no'])),
      villager_group_id: Type.Optional(Id),
      ...PageQuery,
    }),
    ok: Page(Helper),
  },
  get: { get: '/helpers/:id', may: 'helpers.read', ok: Helper },
  /** Villager groups of the actor's units, for choosing and filtering. */
  groups: {
    get: '/helpers/groups',
    may: 'helpers.read',
    ok: Type.Object({ items: Type.Array(Type.Object({ id: Id, name: Type.String() })) }),
  },
  apply: {
    post: '/helpers',
    may: 'helpers.write',
    body: Type.Object({ id: Id, name: Text(100), account_id: Type.Optional(Id), applied_on: Day, ...said }),
    ok: Helper,
    errors: ['helper_known', 'group_elsewhere', 'helper_days'],
    queued: true,
    replay: 'get',
  },
  change: {
    post: '/helpers/:id/change',
    may: 'helpers.write',
    body: Type.Object({ version: Type.Integer(), ...said }),
    ok: Helper,
    errors: ['helper_known', 'helper_gone', 'group_elsewhere', 'helper_days'],
    queued: true,
    replay: 'get',
  },
  /** The four items, by whom and when. One that is not clear declines the helper, and whoever is paired already is let go. */
  vet: {
    post: '/helpers/:id/vet',
    may: 'helpers.write',
    body: Type.Object({
      version: Type.Integer(),
      on: Day,
      items: Vetting,
      until_on: Unknown(Day),
      note: Unknown(Text(300)),
    }),
    ok: Helper,
    errors: ['helper_gone', 'helper_days', 'vetting_note_missing'],
    queued: true,
    replay: 'get',
  },
  /** From today no longer: every pairing ends now, and the children are on the list of those without a helper. */
  leave: {
    post: '/helpers/:id/leave',
    may: 'helpers.write',
    body: Type.Object({ version: Type.Integer(), reason: Text(200) }),
    ok: Helper,
    errors: ['helper_gone'],
    queued: true,
    replay: 'get',
  },
})
