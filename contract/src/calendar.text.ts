import type { ProblemText } from './problem_text.ts'

export const calendarProblems = {
  term_days: {
    status: 422,
    zh: '这个学期的日子不对：{why}。请改好再保存。',
    en: 'The days of this term do not fit: {why_en}. Correct them and save again.',
  },
  term_there: {
    status: 409,
    zh: '这个学期已经有人填好了。请刷新后再看。',
    en: 'Somebody has entered this term already. Reload and look again.',
  },
  term_of_county: {
    status: 409,
    zh: '全县的学期不能删掉，只能改日子：很多计划按它算。',
    en: 'A term of the county can’t be removed, only changed: many plans count by it.',
  },
  legal_days_year: {
    status: 422,
    zh: '有一天不在 {year} 年里，或者同一天写了两次。请看一看 {day}。',
    en: 'One day is not in {year}, or is there twice. Look at {day}.',
  },
} as const satisfies Record<string, ProblemText>
