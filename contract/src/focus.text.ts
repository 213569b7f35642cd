import type { ProblemText } from './problem_text.ts'

export const focusProblems = {
  focus_open: {
    status: 409,
    zh: '这个孩子已经因为同一条理由在重点关爱里了。要改复核日期，请点“复核”。',
    en: 'The child is looked at for this reason already. Use “look again” to change the day.',
  },
  focus_days: {
    status: 422,
    zh: '复核日期要在今天以后、一年以内。请改日期。',
    en: 'The day to look again must lie after today and within a year.',
  },
  focus_ended: { status: 409, zh: '这一条已经结束了，没有再做一次。请看孩子的档案。', en: 'This has ended already.' },
} as const satisfies Record<string, ProblemText>
