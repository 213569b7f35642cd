import type { ProblemText } from './problem_text.ts'

export const dueProblems = {
  due_span: {
    status: 422,
    zh: '这一段日子不能算：开始要在结束以前，最长看 {days} 天。请改短一些。',
    en: 'These days can’t be counted: the first must come before the last, and at most {days} days are shown. Choose a shorter span.',
  },
  nothing_owed: {
    status: 409,
    zh: '这一项现在不欠了：可能已经做了，或者计划改了。请刷新后再看。',
    en: 'Nothing is owed here now: it may have been done, or the plan has changed. Reload and look again.',
  },
  waived_already: {
    status: 409,
    zh: '这一项已经有人免了。请刷新后再看。',
    en: 'Somebody has let this off already. Reload and look again.',
  },
  waiver_lifted: {
    status: 409,
    zh: '这次免做已经取消了。请刷新后再看。',
    en: 'This waiver has been lifted already. Reload and look again.',
  },
  rate_closed: {
    status: 403,
    zh: '这一项只有数，没有名单：名单要看得到心理材料的人（心理教师）才能打开。',
    en: 'Only the number is shown here: the list is for those who may see psychological material (the counsellor).',
  },
} as const satisfies Record<string, ProblemText>
