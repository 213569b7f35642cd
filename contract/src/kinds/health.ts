// 就医、健康: an illness, what was done, and when the guardian was told.
import { choice, field, o, type KindSpec } from './kind.ts'

export const health: KindSpec = {
  kind: 'health',
  title: { zh: '就医记录', en: 'Health' },
  text: { zh: '怎么回事', en: 'What happened', required: true },
  visibility: 'open',
  group: 'health',
  children: 'needed',
  writers: 'staff',
  thread: true,
  places: ['学校', '卫生院', '家里'],
  fields: [
    choice('event', '哪一种', 'What', [
      o('ill', '生病', 'ill'),
      o('hurt', '受伤', 'hurt'),
      o('check', '体检', 'check-up'),
      o('vaccine', '打疫苗', 'vaccination'),
      o('follow_up', '复查', 'follow-up'),
    ], { quick: true }),
    choice('treated', '怎么处理', 'Treatment', [
      o('rest', '休息观察', 'rest'),
      o('clinic', '校医、村医', 'clinic'),
      o('hospital', '送医院', 'hospital'),
    ], { quick: true }),
    field('symptoms', 'words', '症状', 'Symptoms'),
    field('diagnosis', 'words', '医生怎么说', 'Diagnosis'),
    field('hospital', 'words', '在哪里看', 'Where'),
    field('guardian_told_on', 'day', '哪天告诉监护人', 'Guardian told on'),
    field('guardian_told_at', 'words', '几点、谁接的', 'When, and who answered'),
    field('taken_by', 'words', '谁陪去', 'Taken by'),
    field('cost_fen', 'fen', '费用', 'Cost'),
    field('next_step', 'text', '接下来', 'Next'),
  ],
} // prettier-ignore
