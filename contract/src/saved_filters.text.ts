import type { ProblemText } from './problem_text.ts'

export const savedFilterProblems = {
  filter_name_taken: {
    status: 409,
    zh: '已经存过一个叫“{name}”的筛选。请换个名字，或先删掉那一个。',
    en: 'A filter called “{name}” is kept already. Choose another name, or remove that one.',
  },
  filter_empty: {
    status: 422,
    zh: '还没有条件可以存。请先在名单上加一个条件。',
    en: 'There is no condition to keep. Add one to the list first.',
  },
} as const satisfies Record<string, ProblemText>
