// 摸底、走访入户排查, and 诉求: what a family asks for, as a thread with an owner, a state and an answer.
import { choice, field, o, type KindSpec } from './kind.ts'

export const survey: KindSpec = {
  kind: 'survey',
  title: { zh: '摸底与诉求', en: 'Survey and request' },
  text: { zh: '了解到什么', en: 'What was learnt' },
  visibility: 'case_notes',
  group: 'family',
  children: 'optional',
  writers: 'staff',
  thread: true,
  signed: { zh: '监护人签字', en: 'Signature of the guardian', field: 'confirmed_by' },
  settles: { field: 'found', is: ['seen', 'no_change', 'request', 'answer'] },
  places: ['家里', '村里'],
  fields: [
    choice('found', '结果', 'Result', [
      o('seen', '见到了', 'seen'),
      o('no_change', '无变化', 'no change'),
      o('absent', '没有人在', 'nobody there'),
      o('request', '有诉求', 'a request'),
      o('answer', '答复诉求', 'an answer'),
    ], { quick: true, required: true }),
    choice('request_about', '想要什么', 'Asks for', [
      o('schooling', '上学', 'schooling'),
      o('money', '生活困难', 'money'),
      o('care', '有人照看', 'care'),
      o('health', '看病', 'health'),
      o('contact', '联系父母', 'contact with parents'),
      o('papers', '户口、证件', 'papers'),
      o('safety', '安全', 'safety'),
      o('other', '其他', 'other'),
    ], { when: { field: 'found', is: ['request', 'answer'] }, quick: true }),
    choice('state', '办得怎么样', 'State', [
      o('open', '待办', 'open'),
      o('working', '在办', 'being dealt with'),
      o('passed_on', '转给别的部门', 'passed on'),
      o('done', '办好了', 'done'),
      o('not_possible', '办不了，已说明', 'not possible, explained'),
    ], { when: { field: 'found', is: ['request', 'answer'] } }),
    field('owner', 'words', '谁负责', 'Owner', { when: { field: 'found', is: ['request', 'answer'] } }),
    field('answer', 'text', '答复', 'Answer', { when: { field: 'found', is: ['request', 'answer'] } }),
    field('reasons', 'choices', '留守的原因', 'Why left behind', {
      options: [
        o('low_income', '家里收入低', 'low income'),
        o('school_cost', '借读费用高', 'cost of schools elsewhere'),
        o('housing', '外地没有住处', 'no housing there'),
        o('no_place', '外地上不了学', 'no school place there'),
        o('care_old', '要照顾老人', 'care of the old'),
        o('work_hours', '父母没时间', 'parents’ hours'),
        o('separated', '父母分开', 'parents apart'),
        o('other', '其他', 'other'),
      ],
    }),
    field('confirmed_by', 'words', '谁确认的', 'Confirmed by'),
  ],
} // prettier-ignore
