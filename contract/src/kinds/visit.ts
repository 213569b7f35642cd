// 家访、走访: at the child's home, with whoever cares for the child. A slip for the carer and the parents is printed from it.
import { choice, field, nextStep, o, type KindSpec } from './kind.ts'

export const visit: KindSpec = {
  kind: 'visit',
  title: { zh: '家访记录', en: 'Home visit' },
  text: { zh: '看到、听到什么', en: 'What you saw and heard', required: true },
  visibility: 'case_notes',
  group: 'full_name',
  children: 'needed',
  writers: 'everyone',
  once_a_day: true,
  settles: { field: 'met', is: ['carer', 'parent', 'child', 'other'] },
  places: ['家里', '村里', '务工地'],
  fields: [
    choice('met', '见到了谁', 'Who was there', [
      o('carer', '照护人', 'the carer'),
      o('parent', '爸爸妈妈', 'a parent'),
      o('child', '只有孩子', 'only the child'),
      o('other', '其他家人', 'other family'),
      o('nobody', '家里没人', 'nobody'),
    ], { quick: true, required: true }),
    choice('purpose', '来做什么', 'Why', [
      o('regular', '定期走访', 'regular visit'),
      o('festival', '节日慰问', 'festival visit'),
      o('concern', '有事上门', 'a concern'),
      o('first', '第一次家访', 'first visit'),
    ], { quick: true }),
    field('met_name', 'words', '受访人', 'Name of the person met'),
    field('met_relation', 'words', '和孩子的关系', 'Relation to the child'),
    field('parents', 'text', '父母外出情况', 'Where the parents are'),
    field('living', 'text', '居住和学习环境', 'Home and place to study'),
    field('at_home', 'text', '孩子在家的表现', 'The child at home'),
    field('safety', 'text', '健康和安全', 'Health and safety'),
    field('carer_words', 'text', '照护人的意见', 'What the carer says'),
    field('advice', 'text', '给家里的建议', 'Advice to the family'),
    field('at_school', 'text', '反馈的在校情况', 'News from school'),
    nextStep,
    field('told_parents', 'yes_no', '已经告诉外出的家长', 'The parents away were told'),
  ],
} // prettier-ignore
