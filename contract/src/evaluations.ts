// Evaluations 监护评估、需求评估: how safe a child's care is, and what the child needs, on a day, by a person, with the reasons. The
// three grades of care are those of the national survey of 2016; the reasons come from a published list, each with the law or rule
// it rests on. An evaluation is a person's judgement for a time: it has a day to look again, it is withdrawn when it was wrong, and
// no word of it is a label: lists and prints never show it beside a name.
import { Codes, Day, Id, operations, Text, Type, Unknown, type Static } from './kernel.ts'

export const evaluationKinds = {
  guardianship: { zh: '监护评估', en: 'evaluation of care' },
  needs: { zh: '需求评估', en: 'evaluation of needs' },
} as const
export type EvaluationKind = keyof typeof evaluationKinds

/** Which results a kind knows, the gravest first. */
export const evaluationResults = {
  guardianship: {
    poor: { zh: '差', en: 'poor' },
    fair: { zh: '一般', en: 'fair' },
    good: { zh: '较好', en: 'good' },
  },
  needs: {
    urgent: { zh: '急需', en: 'urgent' },
    some: { zh: '有需要', en: 'some needs' },
    none: { zh: '暂无', en: 'none for now' },
  },
} as const
export const resultCodes = ['poor', 'fair', 'good', 'urgent', 'some', 'none'] as const

/** `least`: the mildest result that may be given with this reason. */
interface Reason {
  readonly zh: string
  readonly en: string
  readonly source: string
  readonly least?: 'poor' | 'fair'
}

export const guardianshipReasons = {
  no_guardian: {
    zh: '没有人监护',
    en: 'nobody cares for the child',
    source: '民政部 2016 年摸底的监护类型',
    least: 'poor',
  },
  lives_alone: {
    zh: '未满 16 周岁独自生活',
    en: 'lives alone under 16',
    source: '未成年人保护法第二十一条',
    least: 'poor',
  },
  unattended: {
    zh: '未满 8 周岁无人看护',
    en: 'unattended under 8',
    source: '未成年人保护法第二十一条',
    least: 'poor',
  },
  carer_excluded: {
    zh: '照护人有不得受委托的情形',
    en: 'the carer may not be entrusted',
    source: '未成年人保护法第二十二条',
    least: 'poor',
  },
  harm_suspected: {
    zh: '疑似受到侵害，或正在报告',
    en: 'harm is suspected or being reported',
    source: '未成年人保护法第十一条',
    least: 'poor',
  },
  out_of_reach: {
    zh: '父母联系不上',
    en: 'the parents can’t be reached',
    source: '未成年人保护法第二十三条',
    least: 'fair',
  },
  out_of_school: {
    zh: '义务教育阶段不在学',
    en: 'out of school at compulsory age',
    source: '义务教育法第十一条',
    least: 'fair',
  },
  carer_weak: {
    zh: '照护人年满 70 岁，或有病、残疾',
    en: 'the carer is 70 or older, ill or disabled',
    source: '国发〔2016〕13 号',
    least: 'fair',
  },
  many_children: {
    zh: '一个人照护四个以上孩子',
    en: 'one carer for four or more',
    source: '国发〔2016〕13 号',
    least: 'fair',
  },
  no_agreement: { zh: '委托照护协议没有签', en: 'no agreement about care', source: '未成年人保护法第二十三条' },
  ill_child: {
    zh: '孩子重病或残疾',
    en: 'the child is gravely ill or disabled',
    source: '国发〔2016〕13 号',
    least: 'fair',
  },
  poor_no_aid: { zh: '家里困难，还没有救助', en: 'hardship without aid', source: '国发〔2016〕13 号' },
  recent_change: { zh: '最近家里有大的变故', en: 'a grave change in the family', source: '国发〔2016〕13 号' },
} as const satisfies Record<string, Reason>

export const needReasons = {
  study: { zh: '学习', en: 'learning' },
  mind: { zh: '心里的事', en: 'state of mind' },
  company: { zh: '陪伴', en: 'company' },
  parents: { zh: '和父母的联系', en: 'contact with the parents' },
  daily_life: { zh: '日常生活照料', en: 'daily care' },
  health: { zh: '看病、身体', en: 'health' },
  safety: { zh: '安全', en: 'safety' },
  clothes: { zh: '衣服鞋子', en: 'clothes and shoes' },
  school_things: { zh: '书包文具', en: 'school things' },
  money: { zh: '学费、生活费', en: 'fees and living' },
} as const
export type GuardianshipReason = keyof typeof guardianshipReasons
export type NeedReason = keyof typeof needReasons
export const reasonCodes = [...Object.keys(guardianshipReasons), ...Object.keys(needReasons)] as (
  GuardianshipReason | NeedReason
)[]

export const evaluationCan = {
  withdraw: (evaluation: { withdrawn_reason: string | null }) => evaluation.withdrawn_reason === null,
}

/** The mildest result that these reasons allow; null: any. Page and server ask the same. */
export function leastResult(reasons: readonly string[]): 'poor' | 'fair' | null {
  const least = reasons.map((code) => (guardianshipReasons as Record<string, Reason>)[code]?.least)
  return least.includes('poor') ? 'poor' : least.includes('fair') ? 'fair' : null
}

export const Evaluation = Type.Object({
  id: Id,
  child_id: Id,
  kind: Codes(Object.keys(evaluationKinds) as EvaluationKind[]),
  on_day: Day,
  result: Codes(resultCodes),
  reasons: Type.Array(Codes(reasonCodes)),
  note: Unknown(Type.String()),
  /** Null: nobody wrote down whether the child was asked. */
  child_heard: Unknown(Type.Boolean()),
  review_on: Unknown(Day),
  by_name: Unknown(Type.String()),
  withdrawn_reason: Unknown(Type.String()),
  version: Type.Integer(),
})
export type Evaluation = Static<typeof Evaluation>

export const evaluationOps = operations('evaluations', {
  list: {
    get: '/evaluations',
    may: 'children.read',
    names: true,
    query: Type.Object({ child_id: Id }),
    ok: Type.Object({ items: Type.Array(Evaluation) }),
  },
  get: { get: '/evaluations/:id', may: 'children.read', names: true, ok: Evaluation },
  add: {
    post: '/evaluations',
    may: 'children.write',
    body: Type.Object({
      id: Id,
      child_id: Id,
      kind: Codes(Object.keys(evaluationKinds) as EvaluationKind[]),
      on_day: Day,
      result: Codes(resultCodes),
      reasons: Type.Array(Codes(reasonCodes), { maxItems: 20 }),
      note: Type.Optional(Text(2000)),
      child_heard: Type.Optional(Type.Boolean()),
      review_on: Type.Optional(Day),
    }),
    ok: Evaluation,
    errors: ['evaluation_days', 'evaluation_result', 'evaluation_mild', 'evaluation_reasons'],
    queued: true,
    replay: 'get',
  },
  withdraw: {
    post: '/evaluations/:id/withdraw',
    may: 'children.write',
    body: Type.Object({ version: Type.Integer(), reason: Text(300) }),
    ok: Evaluation,
    errors: ['evaluation_withdrawn'],
    queued: true,
    replay: 'get',
  },
})
