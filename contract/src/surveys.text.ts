import type { ProblemText } from './problem_text.ts'

export const surveyProblems = {
  survey_days: {
    status: 422,
    zh: '日期不对：结束不能早于开始，一轮最长一年。请改日期。',
    en: 'The days do not fit: the end can’t be before the beginning, and a round takes a year at most.',
  },
  survey_nobody: {
    status: 422,
    zh: '这个单位里还没有登记的孩子，没有可走访的。请先放进花名册，或换一个单位。',
    en: 'No child is registered in this unit. Put a roster in first, or choose another unit.',
  },
  survey_closed: {
    status: 409,
    zh: '这一轮已经结束了，不能再记。要补记，请直接在孩子的档案里写一条记录。',
    en: 'This round is closed. Write a record in the child’s file instead.',
  },
  survey_day: {
    status: 422,
    zh: '走访的日子要在这一轮的日期里（{from_on} 到 {until_on}），也不能晚于今天。',
    en: 'The day must lie within the round ({from_on} to {until_on}) and not after today.',
  },
} as const satisfies Record<string, ProblemText>
