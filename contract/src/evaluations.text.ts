import type { ProblemText } from './problem_text.ts'

export const evaluationProblems = {
  evaluation_days: {
    status: 422,
    zh: '日期不对：评估的日子不能晚于今天，再评的日子要在评估之后。请改日期。',
    en: 'The days do not fit: it can’t be later than today, and the day to look again comes after it.',
  },
  evaluation_result: {
    status: 422,
    zh: '这个结果不属于{kind}。请从给出的几个里选一个。',
    en: 'This result does not belong to the {kind}. Choose one of those offered.',
  },
  evaluation_mild: {
    status: 422,
    zh: '写了“{reason}”（{source}），结果就不能比“{least}”轻。请改结果，或去掉这条理由。',
    en: 'With “{reason}” ({source}) the result can’t be milder than “{least}”. Change one of them.',
  },
  evaluation_reasons: {
    status: 422,
    zh: '结果要有理由。请至少选一条，或在说明里写几句。',
    en: 'A result needs a reason. Choose at least one, or write a few words.',
  },
  evaluation_withdrawn: {
    status: 409,
    zh: '这次评估已经撤回过了，没有再撤回一次。',
    en: 'This evaluation was withdrawn already.',
  },
} as const satisfies Record<string, ProblemText>
