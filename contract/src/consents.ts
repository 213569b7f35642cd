// Consents 同意书: who agreed to what for a child, on which ground, until when. A photo of a child, a report in a newspaper, a
// psychological screening need the guardian's yes (《儿童个人信息网络保护规定》, 18部门《困境儿童个人信息保护工作办法》); what a village or a
// school must do by law needs none, but the ground is written down all the same.
//
// A consent is never edited: it is withdrawn, with a reason, and a new one is given. From the day it is withdrawn or has run out,
// pictures that were added under it are no longer shown to anybody until their faces are covered or a new consent is given.
import { Codes, Day, Id, operations, Text, Type, Unknown, type Static } from './kernel.ts'

export const consentPurposes = {
  photo: { zh: '拍照，放进档案和记录', en: 'photos in the file and in records' },
  publicity: { zh: '用于宣传、报道、展板', en: 'publicity and reports' },
  screening: { zh: '心理测评', en: 'psychological screening' },
  counselling: { zh: '心理辅导', en: 'counselling' },
  personal_data: { zh: '登记和使用个人信息', en: 'keeping and using personal data' },
  help: { zh: '由帮扶人结对帮扶', en: 'help by a paired helper' },
} as const
export type ConsentPurpose = keyof typeof consentPurposes
export const consentPurposeCodes = Object.keys(consentPurposes) as ConsentPurpose[]

export const consentGrounds = {
  consent: { zh: '监护人同意', en: 'the guardian agreed' },
  statutory_duty: { zh: '履行法定职责', en: 'a duty by law' },
  vital_interest: { zh: '保护生命健康所必需', en: 'life or health at stake' },
} as const
export const consentWays = {
  paper: { zh: '纸面签字', en: 'signed on paper' },
  in_person: { zh: '当面说的', en: 'said in person' },
  phone: { zh: '电话里说的', en: 'said on the telephone' },
  online: { zh: '网上确认', en: 'confirmed online' },
} as const

/** current: holds today · coming: from a later day · over: ran out · withdrawn. */
export const consentStates = ['current', 'coming', 'over', 'withdrawn'] as const
export type ConsentState = (typeof consentStates)[number]

export const consentCan = {
  withdraw: (consent: { state: ConsentState }) => ['current', 'coming'].includes(consent.state),
}

export const Consent = Type.Object({
  id: Id,
  child_id: Id,
  purpose: Codes(consentPurposeCodes),
  legal_basis: Codes(Object.keys(consentGrounds) as (keyof typeof consentGrounds)[]),
  /** In words: 妈妈李秋萍. Null for a duty by law. */
  given_by: Unknown(Type.String()),
  how: Codes(Object.keys(consentWays) as (keyof typeof consentWays)[]),
  from_on: Day,
  until_on: Unknown(Day),
  state: Codes(consentStates),
  withdrawn_on: Unknown(Day),
  withdrawn_reason: Unknown(Type.String()),
  /** Pictures that were added under it. */
  pictures: Type.Integer(),
  recorded_by: Unknown(Type.String()),
  recorded_on: Day,
  version: Type.Integer(),
})
export type Consent = Static<typeof Consent>

export const consentOps = operations('consents', {
  list: {
    get: '/consents',
    may: 'children.read',
    names: true,
    query: Type.Object({ child_id: Id }),
    ok: Type.Object({ items: Type.Array(Consent) }),
  },
  get: { get: '/consents/:id', may: 'children.read', names: true, ok: Consent },
  add: {
    post: '/consents',
    may: 'children.write',
    body: Type.Object({
      id: Id,
      child_id: Id,
      purpose: Codes(consentPurposeCodes),
      legal_basis: Codes(Object.keys(consentGrounds) as (keyof typeof consentGrounds)[]),
      given_by: Type.Optional(Text(100)),
      how: Codes(Object.keys(consentWays) as (keyof typeof consentWays)[]),
      from_on: Day,
      until_on: Type.Optional(Day),
    }),
    ok: Consent,
    errors: ['consent_days', 'consent_giver'],
    queued: true,
    replay: 'get',
  },
  withdraw: {
    post: '/consents/:id/withdraw',
    may: 'children.write',
    body: Type.Object({ version: Type.Integer(), on: Day, reason: Text(300) }),
    ok: Consent,
    errors: ['consent_days', 'consent_over'],
    queued: true,
    replay: 'get',
  },
})
