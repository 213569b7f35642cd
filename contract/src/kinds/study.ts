// 学习帮扶: help with a subject, by a teacher or a study buddy.
import { choice, field, nextStep, o, type KindSpec } from './kind.ts'
import { subjectOptions } from './subjects.ts'

export const study: KindSpec = {
  kind: 'study',
  title: { zh: '学习帮扶记录', en: 'Help with learning' },
  text: { zh: '帮了什么', en: 'What was done', required: true },
  visibility: 'open',
  group: 'schooling',
  children: 'needed',
  writers: 'everyone',
  places: ['教室', '学校', '家里'],
  fields: [
    field('subjects', 'choices', '科目', 'Subject', { options: subjectOptions, quick: true }),
    choice('form', '形式', 'Form', [
      o('tutoring', '个别辅导', 'tutoring'),
      o('homework', '作业辅导', 'homework'),
      o('buddy', '学习帮手', 'study buddy'),
      o('group', '小组学习', 'study group'),
    ]),
    field('minutes', 'minutes', '时长', 'Length', { unit: { zh: '分钟', en: 'minutes' } }),
    field('buddy', 'words', '学习帮手', 'Study buddy'),
    field('difficulty', 'text', '卡在哪里', 'Where it is hard'),
    field('effect', 'text', '效果', 'Effect'),
    nextStep,
  ],
}
