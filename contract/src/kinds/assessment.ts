// 考评、目标责任: an assessment held, its result and what follows.
import { field, type KindSpec } from './kind.ts'

export const assessment: KindSpec = {
  kind: 'assessment',
  title: { zh: '考评记录', en: 'Assessment' },
  text: { zh: '考评了什么', en: 'What was assessed', required: true },
  visibility: 'open',
  group: 'full_name',
  children: 'none',
  writers: 'staff',
  fields: [
    field('score', 'number', '得分', 'Score'),
    field('level', 'words', '等次', 'Level'),
    field('to_improve', 'list', '要改的地方', 'To improve'),
  ],
}
