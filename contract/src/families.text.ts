import type { ProblemText } from './problem_text.ts'

export const familyProblems = {
  place_words_gone: {
    status: 409,
    zh: '已经没有写着“{words}”、还没对上区划的档案了：可能别人刚选过。请看看列表里剩下的。',
    en: 'No file says “{words}” without a confirmed place any more: somebody may have chosen it just now. See what is left.',
  },
} as const satisfies Record<string, ProblemText>
