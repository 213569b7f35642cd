import type { ProblemText } from './problem_text.ts'

export const consentProblems = {
  consent_days: {
    status: 422,
    zh: '日期不对：到期不能早于开始，撤回不能早于开始，也不能晚于今天（{from_on}）。请改日期。',
    en: 'The days do not fit: it can’t run out or be withdrawn before it began, nor be withdrawn later than today ({from_on}).',
  },
  consent_giver: {
    status: 422,
    zh: '没有写是谁同意的。请写上监护人，例如“妈妈李秋萍”。',
    en: 'Who agreed is missing. Write the guardian, for example “mother Li Qiuping”.',
  },
  consent_over: {
    status: 409,
    zh: '这份同意已经到期或撤回过了，没有再撤回一次。',
    en: 'This consent has run out or was withdrawn already.',
  },
} as const satisfies Record<string, ProblemText>
