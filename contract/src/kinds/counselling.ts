// 心理辅导: restricted. Results of a screening only (which scale, when, what is advised), never its questions; a score is no label.
import { choice, field, mood, nextStep, o, way, type KindSpec } from './kind.ts'

export const counselling: KindSpec = {
  kind: 'counselling',
  title: { zh: '心理辅导记录', en: 'Counselling' },
  text: { zh: '辅导了什么', en: 'What was done', required: true },
  visibility: 'psychological',
  group: 'psychological',
  children: 'needed',
  writers: 'counselling',
  places: ['心理室', '学校', '家里'],
  fields: [
    choice('form', '形式', 'Form', [
      o('single', '个别辅导', 'one to one'),
      o('group', '团体辅导', 'in a group'),
      o('screening', '测评', 'screening'),
      o('family', '家庭会谈', 'with the family'),
    ], { quick: true }),
    way,
    mood,
    field('concern', 'text', '孩子说的困扰', 'What troubles the child'),
    field('method', 'words', '用的办法', 'Method'),
    field('scale', 'words', '测评工具', 'Scale used', { when: { field: 'form', is: ['screening'] } }),
    choice('screening_result', '测评结果', 'Result', [
      o('in_range', '在一般范围', 'within the usual range'),
      o('assess_further', '建议进一步评估', 'further assessment advised'),
      o('same_day', '当天就要跟进', 'follow up the same day'),
      o('void', '作答无效，另约', 'not valid, to be repeated'),
    ], { when: { field: 'form', is: ['screening'] } }),
    field('guardian_agreed', 'yes_no', '监护人同意了测评', 'The guardian agreed', { when: { field: 'form', is: ['screening'] } }),
    field('effect', 'text', '阶段效果', 'Effect so far'),
    nextStep,
    choice('referral', '转介', 'Referral', [
      o('none', '不用', 'none'),
      o('hospital', '建议就医', 'to a hospital'),
      o('county', '转县级心理服务', 'to the county service'),
    ]),
  ],
} // prettier-ignore
