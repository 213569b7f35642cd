// 生活自理: skills of living alone at school, one by one.
import { choice, field, nextStep, o, type KindSpec } from './kind.ts'

const skills = [
  o('bed', '整理床铺', 'make the bed'),
  o('wash', '洗漱洗澡', 'wash'),
  o('clothes', '洗衣服', 'wash clothes'),
  o('meals', '打饭用餐', 'meals'),
  o('tidy', '收拾物品', 'keep things tidy'),
  o('money', '管零花钱', 'pocket money'),
  o('time', '按时作息', 'keep time'),
  o('safety', '用电用水安全', 'power and water safety'),
]

export const selfCare: KindSpec = {
  kind: 'self_care',
  title: { zh: '生活自理记录', en: 'Self-care' },
  text: { zh: '教了什么', en: 'What was taught' },
  visibility: 'open',
  group: 'schooling',
  children: 'needed',
  writers: 'everyone',
  places: ['宿舍', '学校', '家里'],
  fields: [
    field('can', 'choices', '已经会', 'Can do', { options: skills, quick: true }),
    field('learning', 'choices', '正在学', 'Learning', { options: skills }),
    choice('dorm', '在宿舍住得怎么样', 'In the dormitory', [
      o('well', '习惯', 'settled'),
      o('getting_used', '慢慢习惯', 'getting used to it'),
      o('hard', '不习惯', 'finds it hard'),
    ]),
    nextStep,
  ],
}
