// 个别方案: a thread. The first record is the plan by one of four templates; stages, their outcomes and the review follow it.
import { choice, field, o, type KindSpec } from './kind.ts'

/** What each template asks for first, offered as measures to start from. */
export const planTemplates = [
  o('support', '帮扶方案', 'support plan'),
  o('education', '个别教育方案', 'individual education plan'),
  o('study', '学习帮扶计划', 'study plan'),
  o('mind', '心理帮扶计划', 'psychological support plan'),
]

export const individualPlan: KindSpec = {
  kind: 'individual_plan',
  title: { zh: '个别方案', en: 'Individual plan' },
  text: { zh: '现在的情况', en: 'How things are', required: true },
  visibility: 'case_notes',
  stricter: { field: 'template', is: ['mind'], visibility: 'psychological' },
  group: 'full_name',
  children: 'needed',
  writers: 'staff',
  thread: true,
  places: ['学校', '村委会'],
  fields: [
    choice('template', '哪一种', 'Template', planTemplates, { quick: true, required: true }),
    choice('part', '这一条是', 'This is', [
      o('plan', '方案', 'the plan'),
      o('stage', '阶段小结', 'a stage'),
      o('review', '复查调整', 'a review'),
      o('closing', '结束小结', 'the end'),
    ], { quick: true, required: true }),
    field('strengths', 'text', '长处和爱好', 'Strengths'),
    field('needs', 'text', '需要什么', 'Needs'),
    field('child_opinion', 'text', '孩子自己的想法', 'The child’s own view'),
    field('goals', 'list', '目标', 'Goals'),
    field('measures', 'rows', '措施', 'Measures', {
      max: 20,
      columns: [
        field('what', 'words', '做什么', 'What', { required: true }),
        field('who', 'words', '谁来做', 'Who'),
        field('when', 'words', '什么时候', 'When'),
      ],
    }),
    field('stages', 'rows', '阶段', 'Stages', {
      max: 12,
      columns: [
        field('until_on', 'day', '到哪天', 'Until'),
        field('aim', 'words', '做到什么', 'Aim', { required: true }),
        field('outcome', 'words', '结果', 'Outcome'),
      ],
    }),
    choice('outcome', '效果', 'Outcome', [
      o('reached', '达到了', 'reached'),
      o('partly', '一部分', 'in part'),
      o('not_yet', '还没有', 'not yet'),
    ], { when: { field: 'part', is: ['stage', 'review', 'closing'] }, quick: true }),
    field('review_on', 'day', '哪天再看', 'Review on'),
    field('responsible', 'words', '负责人', 'Responsible', { account: true, when: { field: 'part', is: ['plan'] } }),
    field('guardian_agreed', 'yes_no', '监护人知道并同意', 'The guardian knows and agrees'),
  ],
} // prettier-ignore
