// Pairings 结对: one helper and one child for a while, with a goal. A pairing is what lets a helper see the child at all, and only the
// little the role needs; when it ends, the sight ends the same day.
//
// The words: a *term* with a day it is planned until, renewed or ended with a reason; a *stand-in* 代管 helps for some days while the
// helper is away and is gone on the day agreed; another helper *takes over* 换人 and the old pairing ends that day; child, guardian and
// helper each have a *voice* in the review 评议. A helper has a limit of one or two children: a third is refused, or taken with a reason
// that is kept. A *study buddy* 学习小帮手 is another child and gets no sight of anything.
import { Codes, Day, Id, Moment, operations, Page, PageQuery, Text, Type, Unknown, type Static } from './kernel.ts'

export const helperKinds = {
  proxy_parent: { zh: '代理家长', en: 'proxy parent' },
  caring_mother: { zh: '爱心妈妈', en: 'caring mother' },
  temporary_father: { zh: '临时爸爸', en: 'temporary father' },
  help_teacher: { zh: '帮扶教师', en: 'help teacher' },
  cadre: { zh: '干部', en: 'cadre' },
  party_member: { zh: '党员', en: 'party member' },
  retired_comrade: { zh: '离退休老同志', en: 'retired comrade' },
  volunteer: { zh: '志愿者', en: 'volunteer' },
  other_parent: { zh: '其他学生家长', en: 'parent of another pupil' },
  community_counsellor: { zh: '社区辅导员', en: 'community counsellor' },
  resident: { zh: '热心居民', en: 'resident' },
  other: { zh: '其他', en: 'other' },
} as const
export type HelperKind = keyof typeof helperKinds
export const helperKindCodes = Object.keys(helperKinds) as HelperKind[]

export const pairingGoals = {
  study: { zh: '学习', en: 'study' },
  life: { zh: '生活', en: 'daily life' },
  mind: { zh: '心理', en: 'mind' },
  safety: { zh: '安全', en: 'safety' },
} as const
export type PairingGoal = keyof typeof pairingGoals
export const pairingGoalCodes = Object.keys(pairingGoals) as PairingGoal[]

export const pairingForms = {
  one_to_one: { zh: '一帮一', en: 'one helps one' },
  one_leads_one: { zh: '一带一', en: 'one leads one' },
  one_to_many: { zh: '一对多', en: 'one to many' },
} as const
export type PairingForm = keyof typeof pairingForms
export const pairingFormCodes = Object.keys(pairingForms) as PairingForm[]

export const endReasons = {
  term_over: { zh: '约定的时间到了', en: 'the term is over' },
  helper_left: { zh: '帮扶人不能再帮', en: 'the helper stops' },
  child_left: { zh: '孩子转走或退出', en: 'the child left' },
  wish: { zh: '孩子或家里希望', en: 'wish of the child or family' },
  replaced: { zh: '换了帮扶人', en: 'another helper takes over' },
  stand_in_over: { zh: '代管到期', en: 'the stand-in’s days are over' },
  mistake: { zh: '登记错了', en: 'entered by mistake' },
} as const
export type EndReason = keyof typeof endReasons
const endReasonCodes = Object.keys(endReasons) as EndReason[]

export const reviewVoices = {
  child: { zh: '孩子', en: 'the child' },
  guardian: { zh: '监护人', en: 'the guardian' },
  helper: { zh: '帮扶人', en: 'the helper' },
} as const
export type ReviewVoice = keyof typeof reviewVoices
export const reviewVoiceCodes = Object.keys(reviewVoices) as ReviewVoice[]

export const reviewGrades = {
  good: { zh: '很有帮助', en: 'helps a lot' },
  fair: { zh: '有些帮助', en: 'helps somewhat' },
  poor: { zh: '帮得不够', en: 'too little' },
} as const
export type ReviewGrade = keyof typeof reviewGrades
const reviewGradeCodes = Object.keys(reviewGrades) as ReviewGrade[]

type Lasting = { until_on: string | null }
const lasts = (pairing: Lasting, today: string) => pairing.until_on === null || pairing.until_on > today
/** What may be done with a pairing on a day; the same rules grey the buttons out. */
export const pairingCan = {
  end: lasts,
  renew: (pairing: Lasting & { buddy_child_id: string | null }, today: string) =>
    lasts(pairing, today) && pairing.until_on === null,
  /** A stand-in has no stand-in of its own, and a buddy no papers. */
  stand_in: (pairing: Lasting & { buddy_child_id: string | null; stands_in_for_id: string | null }, today: string) =>
    lasts(pairing, today) && pairing.buddy_child_id === null && pairing.stands_in_for_id === null,
  take_over: (pairing: Lasting & { buddy_child_id: string | null; stands_in_for_id: string | null }, today: string) =>
    pairingCan.stand_in(pairing, today),
  review: (pairing: { buddy_child_id: string | null }) => pairing.buddy_child_id === null,
}

export const PairingStep = Type.Object({
  step: Codes(['signed', 'renewed', 'reviewed']),
  on_day: Day,
  until_on: Unknown(Day),
  voice: Unknown(Codes(reviewVoiceCodes)),
  grade: Unknown(Codes(reviewGradeCodes)),
  words: Unknown(Type.String()),
  at: Moment,
  by_name: Unknown(Type.String()),
})
export type PairingStep = Static<typeof PairingStep>

const pairingFields = {
  id: Id,
  child_id: Id,
  child_name: Type.String(),
  /** null: the helper is a study buddy. */
  helper_id: Unknown(Id),
  helper_name: Type.String(),
  helper_kind: Unknown(Codes(helperKindCodes)),
  /** The account the helper signs in with, if any. */
  helper_account: Unknown(Type.String()),
  buddy_child_id: Unknown(Id),
  /** Who made it; null for those who may not know where the child lives. */
  unit_name: Unknown(Type.String()),
  term: Unknown(Type.String()),
  form: Unknown(Codes(pairingFormCodes)),
  goals: Type.Array(Codes(pairingGoalCodes)),
  measures: Unknown(Type.String()),
  contact_how: Unknown(Type.String()),
  next_contact_on: Unknown(Day),
  from_on: Day,
  planned_until_on: Unknown(Day),
  until_on: Unknown(Day),
  ended_reason: Unknown(Codes(endReasonCodes)),
  ended_note: Unknown(Type.String()),
  stands_in_for_id: Unknown(Id),
  replaces_id: Unknown(Id),
  over_limit_reason: Unknown(Type.String()),
  /** The day the pledge letter was signed. */
  signed_on: Unknown(Day),
  version: Type.Integer(),
}
export const Pairing = Type.Object(pairingFields)
export type Pairing = Static<typeof Pairing>
export const PairingDetail = Type.Object({ ...pairingFields, steps: Type.Array(PairingStep) })
export type PairingDetail = Static<typeof PairingDetail>

/** A helper already registered, or the person who becomes one; `account_id` ties a signed-in person. */
export const ChosenHelper = Type.Union([
  Type.Object({ helper_id: Id }),
  Type.Object({
    name: Text(100),
    kind: Codes(helperKindCodes),
    phone: Type.Optional(Type.String({ pattern: '^\\d{3,16}$' })),
    account_id: Type.Optional(Id),
    /** 未保法第22条的四项核查都没有问题。 */
    vetted: Type.Boolean(),
  }),
])

const arranged = {
  term: Type.Optional(Text(50)),
  form: Type.Optional(Codes(pairingFormCodes)),
  goals: Type.Optional(Type.Array(Codes(pairingGoalCodes), { maxItems: 4 })),
  measures: Type.Optional(Text(600)),
  contact_how: Type.Optional(Text(100)),
  next_contact_on: Type.Optional(Day),
  planned_until_on: Type.Optional(Day),
  /** Beyond the helper's limit: only with this reason, which is kept and printed. */
  over_limit_reason: Type.Optional(Text(200)),
}

export const NewPairing = Type.Object({ id: Id, child_id: Id, helper: ChosenHelper, from_on: Day, ...arranged })

export const NewBuddy = Type.Object({
  id: Id,
  child_id: Id,
  buddy_child_id: Id,
  from_on: Day,
  term: Type.Optional(Text(50)),
  planned_until_on: Type.Optional(Day),
})

/** What the helper's own phone shows of a child: this and no more. */
export const OwnPairing = Type.Object({
  id: Id,
  child_id: Id,
  first_name: Type.String(),
  age_band: Unknown(Type.String()),
  goals: Type.Array(Codes(pairingGoalCodes)),
  needs: Unknown(Type.String()),
  subjects: Type.Array(Type.String()),
  contact_how: Unknown(Type.String()),
  next_contact_on: Unknown(Day),
  from_on: Day,
  planned_until_on: Unknown(Day),
  until_on: Unknown(Day),
  stands_in: Type.Boolean(),
  version: Type.Integer(),
})
export type OwnPairing = Static<typeof OwnPairing>

export const ChildWish = Type.Object({
  child_id: Id,
  goals: Type.Array(Codes(pairingGoalCodes), { maxItems: 4 }),
  subjects: Type.Array(Text(20), { maxItems: 6 }),
  languages: Type.Array(Text(20), { maxItems: 4 }),
  helper_sex: Unknown(Codes(['male', 'female'])),
  words: Unknown(Text(200)),
  stated_on: Unknown(Day),
  version: Type.Integer(),
})
export type ChildWish = Static<typeof ChildWish>

export const pairingOps = operations('pairings', {
  list: {
    get: '/pairings',
    may: 'pairings.read',
    names: true,
    query: Type.Object({
      child_id: Type.Optional(Id),
      helper_id: Type.Optional(Id),
      state: Type.Optional(Codes(['current', 'ending', 'ended', 'all'])),
      kind: Type.Optional(Codes([...helperKindCodes, 'buddy'])),
      /** Of child or helper; only names the reader may see are searched. */
      q: Type.Optional(Type.String({ maxLength: 60 })),
      ...PageQuery,
    }),
    ok: Page(Pairing),
  },
  get: { get: '/pairings/:id', may: 'pairings.read', names: true, ok: PairingDetail },
  /** The actor's own children, for the helper's phone. */
  mine: {
    get: '/pairings/mine',
    may: 'pairings.read',
    names: true,
    ok: Type.Object({ items: Type.Array(OwnPairing) }),
  },
  create: {
    post: '/pairings',
    may: 'pairings.write',
    body: NewPairing,
    ok: PairingDetail,
    errors: ['helper_full', 'not_vetted', 'already_paired', 'pairing_child_exited', 'pairing_days'],
    queued: true,
    replay: 'get',
  },
  /** 学习小帮手: another pupil. Neither sees anything of the other. */
  create_buddy: {
    post: '/pairings/buddies',
    may: 'pairings.write',
    body: NewBuddy,
    ok: PairingDetail,
    errors: ['buddy_self', 'already_paired', 'pairing_child_exited', 'pairing_days'],
    queued: true,
    replay: 'get',
  },
  /** The arrangement of a pairing that lasts: goals, how to help, the contact agreed with the family. */
  arrange: {
    post: '/pairings/:id/arrange',
    may: 'pairings.write',
    body: Type.Object({
      version: Type.Integer(),
      form: Unknown(Codes(pairingFormCodes)),
      term: Unknown(Text(50)),
      goals: Type.Array(Codes(pairingGoalCodes), { maxItems: 4 }),
      measures: Unknown(Text(600)),
      contact_how: Unknown(Text(100)),
      next_contact_on: Unknown(Day),
    }),
    ok: PairingDetail,
    errors: ['pairing_ended', 'number_in_contact'],
    queued: true,
    replay: 'get',
  },
  /** The helper says when they meet next; staff may as well. */
  set_next_contact: {
    post: '/pairings/:id/next-contact',
    may: 'pairings.read',
    names: true,
    body: Type.Object({ version: Type.Integer(), on: Unknown(Day) }),
    ok: PairingDetail,
    errors: ['pairing_ended', 'pairing_days', 'not_own_pairing'],
    queued: true,
    replay: 'get',
  },
  /** The letter came back signed. */
  sign: {
    post: '/pairings/:id/sign',
    may: 'pairings.write',
    body: Type.Object({ version: Type.Integer(), on: Day }),
    ok: PairingDetail,
    errors: ['pairing_ended', 'pairing_days'],
    queued: true,
    replay: 'get',
  },
  renew: {
    post: '/pairings/:id/renew',
    may: 'pairings.write',
    body: Type.Object({ version: Type.Integer(), planned_until_on: Day, words: Type.Optional(Text(300)) }),
    ok: PairingDetail,
    errors: ['pairing_ended', 'pairing_days'],
    queued: true,
    replay: 'get',
  },
  /** Somebody helps in the meantime, until a day agreed; the pairing itself stays. */
  stand_in: {
    post: '/pairings/:id/stand-in',
    may: 'pairings.write',
    body: Type.Object({
      id: Id,
      version: Type.Integer(),
      helper: ChosenHelper,
      from_on: Day,
      until_on: Day,
      over_limit_reason: Type.Optional(Text(200)),
    }),
    ok: PairingDetail,
    errors: ['pairing_ended', 'pairing_days', 'helper_full', 'not_vetted', 'already_paired', 'pairing_child_exited'],
    queued: true,
    replay: 'get',
  },
  /** Another helper from today on; goals and arrangement go over. */
  take_over: {
    post: '/pairings/:id/take-over',
    may: 'pairings.write',
    body: Type.Object({
      id: Id,
      version: Type.Integer(),
      helper: ChosenHelper,
      note: Type.Optional(Text(300)),
      over_limit_reason: Type.Optional(Text(200)),
    }),
    ok: PairingDetail,
    errors: ['pairing_ended', 'helper_full', 'not_vetted', 'already_paired', 'pairing_child_exited'],
    queued: true,
    replay: 'get',
  },
  /** 评议: what child, guardian and helper each say. Voices left out say nothing. */
  review: {
    post: '/pairings/:id/review',
    may: 'pairings.write',
    body: Type.Object({
      version: Type.Integer(),
      on: Day,
      voices: Type.Array(
        Type.Object({
          voice: Codes(reviewVoiceCodes),
          grade: Codes(reviewGradeCodes),
          words: Type.Optional(Text(500)),
        }),
        { minItems: 1, maxItems: 3 },
      ),
    }),
    ok: PairingDetail,
    errors: ['pairing_days', 'review_of_buddy'],
    queued: true,
    replay: 'get',
  },
  end: {
    post: '/pairings/:id/end',
    may: 'pairings.write',
    body: Type.Object({
      version: Type.Integer(),
      on: Day,
      reason: Codes(endReasonCodes),
      note: Type.Optional(Text(300)),
    }),
    ok: PairingDetail,
    errors: ['pairing_ended', 'pairing_days'],
    queued: true,
    replay: 'get',
  },
  /** What a child wishes of a helper; version 0 is nothing said yet. */
  wish: { get: '/children/:id/helper-wish', may: 'pairings.read', names: true, ok: ChildWish },
  set_wish: {
    post: '/children/:id/helper-wish',
    may: 'pairings.write',
    body: Type.Object({
      version: Type.Integer(),
      goals: Type.Array(Codes(pairingGoalCodes), { maxItems: 4 }),
      subjects: Type.Array(Text(20), { maxItems: 6 }),
      languages: Type.Array(Text(20), { maxItems: 4 }),
      helper_sex: Unknown(Codes(['male', 'female'])),
      words: Unknown(Text(200)),
    }),
    ok: ChildWish,
    queued: true,
    replay: 'run',
  },
})
