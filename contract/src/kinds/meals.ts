// 食堂营养: the kitchen looked at; what a child may not eat.
import { choice, field, o, type KindSpec } from './kind.ts'

export const meals: KindSpec = {
  kind: 'meals',
  title: { zh: '营养检查记录', en: 'Meals' },
  text: { zh: '看到的情况', en: 'What was seen', required: true },
  visibility: 'open',
  group: 'health',
  children: 'optional',
  writers: 'staff',
  places: ['食堂'],
  fields: [
    choice('balanced', '搭配得怎么样', 'Balance', [
      o('good', '均衡', 'balanced'),
      o('fair', '还可以', 'fair'),
      o('poor', '要改', 'needs change'),
    ], { quick: true }),
    field('menu', 'text', '当天吃什么', 'Menu'),
    field('allergy', 'words', '忌口、过敏', 'Allergy, diet'),
    field('checked_by', 'words', '检查人', 'Checked by'),
    field('to_improve', 'text', '要改的地方', 'To improve'),
  ],
} // prettier-ignore
