import type { ProblemText } from './problem_text.ts'

export const todayProblems = {
  nobody_owes: {
    status: 409,
    zh: '现在没有人落下，用不着提醒。刷新一下就能看到最新的情况。',
    en: 'Nobody lags any more, so nobody was reminded. Reload to see how it stands.',
  },
} as const satisfies Record<string, ProblemText>
