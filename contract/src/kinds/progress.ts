// 进步档案: a child against that child's own past, per subject. No ranking is asked for, kept or printed.
import { choice, field, o, type KindSpec } from './kind.ts'
import { subjectOptions } from './subjects.ts'

export const progress: KindSpec = {
  kind: 'progress',
  title: { zh: '进步记录', en: 'Progress' },
  text: { zh: '哪里有进步，哪里还要帮', en: 'What got better, what needs help' },
  visibility: 'open',
  group: 'schooling',
  children: 'needed',
  writers: 'staff',
  places: ['学校'],
  fields: [
    choice('trend', '和上次比', 'Since last time', [
      o('up', '有进步', 'better'),
      o('same', '差不多', 'the same'),
      o('down', '需要帮一把', 'needs help'),
    ], { quick: true }),
    choice('check', '这次看的是', 'Based on', [
      o('unit_test', '单元练习', 'a unit exercise'),
      o('mid_term', '期中', 'mid-term'),
      o('end_term', '期末', 'end of term'),
      o('observation', '平时观察', 'observation'),
    ], { quick: true }),
    field('marks', 'rows', '各科', 'By subject', {
      max: 12,
      columns: [
        choice('subject', '科目', 'Subject', subjectOptions, { required: true }),
        field('score', 'number', '得分', 'Score'),
        field('full', 'number', '满分', 'Out of'),
        field('level', 'words', '等第', 'Grade'),
      ],
    }),
    field('habits', 'text', '习惯和态度', 'Habits and attitude'),
    field('measures_effect', 'text', '帮扶措施的效果', 'Effect of the help'),
    field('next_step', 'text', '接下来', 'Next'),
  ],
} // prettier-ignore
