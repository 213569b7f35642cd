// Focus 重点关爱: children whom somebody should look at first, and why. Published rules read facts alone and propose; each names the law or
// rule it rests on. What is unknown is asked for, never assumed. A person confirms or declines with a word, and a confirmed one has a day
// to look again. There is no grade and no label: nothing of it stands in a list, beside a name on a print, or in a file that is handed on.
import { Codes, Day, Id, Moment, operations, Page, PageQuery, Text, Type, Unknown, type Static } from './kernel.ts'

interface Rule {
  readonly zh: string
  readonly en: string
  /** The law or rule it rests on. */
  readonly source: string
  readonly urgent: boolean
}
export const focusRules = {
  no_carer: { zh: '没有人照护', en: 'nobody cares for the child', source: '未成年人保护法第二十一条', urgent: true },
  lives_alone: { zh: '不满十六周岁，独自生活', en: 'under sixteen and living alone', source: '未成年人保护法第二十一条', urgent: true },
  under_eight_alone: { zh: '不满八周岁，无人看护', en: 'under eight and left alone', source: '未成年人保护法第二十一条', urgent: true },
  care_poor: { zh: '监护评估为差，或有监护不当的情形', en: 'care evaluated as poor, or improper', source: '国发〔2016〕13号；民政部 2016 年监护情况三档', urgent: true },
  harmed: { zh: '可能受到侵害', en: 'may have come to harm', source: '未成年人保护法第十一条（强制报告）', urgent: true },
  left_home: { zh: '流浪或离家', en: 'left home', source: '国发〔2016〕13号', urgent: true },
  left_school: { zh: '义务教育阶段离开学校', en: 'left school during compulsory education', source: '义务教育法第五条；未成年人保护法第二十八条', urgent: true },
  parent_missing: { zh: '爸爸或妈妈失联', en: 'a parent out of touch', source: '民发〔2019〕62号（事实无人抚养）', urgent: true },
  carer_old: { zh: '照护人年满七十岁', en: 'the carer is seventy or older', source: '未成年人保护法第二十二条（有照护能力）', urgent: false },
  carer_unwell: { zh: '照护人身体不好', en: 'the carer is unwell', source: '未成年人保护法第二十二条（有照护能力）', urgent: false },
  carer_of_many: { zh: '一个照护人带着四个以上的孩子', en: 'one carer of four children or more', source: '未成年人保护法第二十二条（有照护能力）', urgent: false },
  not_entrusted: { zh: '父母都外出，没有委托照护', en: 'both parents away without entrusted care', source: '未成年人保护法第二十二条、第二十三条', urgent: false },
  ill_or_disabled: { zh: '孩子患病或残疾', en: 'the child is ill or disabled', source: '国发〔2016〕36号（困境儿童）', urgent: false },
  poor_without_aid: { zh: '家庭困难，没有得到救助', en: 'a poor household without aid', source: '社会救助暂行办法；国发〔2016〕36号', urgent: false },
  family_change: { zh: '家里近来有大的变故', en: 'a great change in the family lately', source: '国发〔2016〕13号（及时掌握变动）', urgent: false },
} as const satisfies Record<string, Rule> // prettier-ignore
export type FocusRule = keyof typeof focusRules
export const focusRuleCodes = Object.keys(focusRules) as FocusRule[]

/** Days until a confirmed one is looked at again, unless somebody says another day. */
export const reviewDays = { urgent: 30, other: 90 }
/** A declined suggestion is not made again for so long, as long as it rests on the same rule. */
export const restDays = 180

export const Suggestion = Type.Object({
  child_id: Id,
  child_name: Type.String(),
  rule: Codes(focusRuleCodes),
  urgent: Type.Boolean(),
  /** Paths of the facts that would settle it; empty for a suggestion. */
  lacks: Type.Array(Type.String()),
})
export type Suggestion = Static<typeof Suggestion>

export const Focus = Type.Object({
  id: Id,
  child_id: Id,
  child_name: Type.String(),
  rule: Codes(focusRuleCodes),
  reason: Type.String(),
  state: Codes(['confirmed', 'declined', 'ended']),
  suggested_on: Day,
  decided_by_name: Unknown(Type.String()),
  decided_at: Unknown(Moment),
  decision_note: Unknown(Type.String()),
  review_on: Unknown(Day),
  until_on: Unknown(Day),
})
export type Focus = Static<typeof Focus>

export const focusOps = operations('focus', {
  /** What the rules propose today, urgent ones first; `asks`: rules that lack a fact. */
  suggestions: {
    get: '/focus/suggestions',
    may: 'children.read',
    names: true,
    query: Type.Object({ child_id: Type.Optional(Id), asks: Type.Optional(Codes(['yes', 'no'])), ...PageQuery }),
    ok: Page(Suggestion),
  },
  /** Those who are looked at first; `due`: whose day to look again has come. */
  list: {
    get: '/focus',
    may: 'children.read',
    names: true,
    query: Type.Object({ child_id: Type.Optional(Id), due: Type.Optional(Codes(['yes'])), past: Type.Optional(Codes(['yes'])), ...PageQuery }),
    ok: Page(Focus),
  },
  get: { get: '/focus/:id', may: 'children.read', names: true, ok: Focus },
  /** Confirms or declines what a rule proposes; a person may also say it without a rule having fired. */
  decide: {
    post: '/focus',
    may: 'changes.decide',
    body: Type.Object({ id: Id, child_id: Id, rule: Codes(focusRuleCodes), confirm: Type.Boolean(), note: Text(300), review_on: Type.Optional(Day) }),
    ok: Focus,
    errors: ['focus_open', 'focus_days', 'field_not_yours'],
    replay: 'get',
  },
  /** Looked at again: on until the next day, or ended. */
  review: {
    post: '/focus/:id/review',
    may: 'changes.decide',
    body: Type.Object({ ends: Type.Boolean(), note: Text(300), review_on: Type.Optional(Day) }),
    ok: Focus,
    errors: ['focus_ended', 'focus_days', 'field_not_yours'],
    replay: 'get',
  },
  counts: {
    get: '/focus/counts',
    may: 'children.read',
    ok: Type.Object({ suggested: Type.Integer(), confirmed: Type.Integer(), due: Type.Integer(), asks: Type.Integer() }),
  },
}) // prettier-ignore
