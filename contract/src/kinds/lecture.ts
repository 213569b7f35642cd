// 讲座: law, safety, health; who spoke, for whom.
import { choice, field, gathering, o, type KindSpec } from './kind.ts'

export const lecture: KindSpec = {
  kind: 'lecture',
  title: { zh: '讲座记录', en: 'Lecture' },
  text: { zh: '讲了什么', en: 'What was taught', required: true },
  visibility: 'open',
  group: 'full_name',
  children: 'optional',
  writers: 'staff',
  places: ['学校', '活动室', '村委会'],
  fields: [
    field('topics', 'choices', '讲的是', 'Topics', {
      quick: true,
      options: [
        o('law', '法律', 'law'),
        o('safety', '安全', 'safety'),
        o('health', '健康', 'health'),
        o('rules', '规则', 'rules'),
        o('mind', '心理', 'mind'),
      ],
    }),
    field('lecturer', 'words', '主讲人', 'Lecturer', { quick: true }),
    choice('lecturer_is', '主讲人是', 'Lecturer is', [
      o('police', '民警', 'police'),
      o('counsel', '法律顾问', 'legal counsel'),
      o('doctor', '医生', 'doctor'),
      o('teacher', '老师', 'teacher'),
      o('other', '其他', 'other'),
    ]),
    field('minutes', 'minutes', '时长', 'Length', { unit: { zh: '分钟', en: 'minutes' } }),
    ...gathering,
  ],
}
