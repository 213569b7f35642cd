import type { ProblemText } from './problem_text.ts'

export const customFieldProblems = {
  custom_name_taken: {
    status: 409,
    zh: '已经有一栏叫“{name}”。请换个名字，或直接用那一栏。',
    en: 'A field called “{name}” exists. Choose another name, or use that one.',
  },
  custom_options: {
    status: 422,
    zh: '要选的栏至少写两个选项，别的栏不用写。请改选项。',
    en: 'A field to choose from needs at least two options; others need none.',
  },
  custom_unknown: {
    status: 422,
    zh: '没有“{name}”这一栏，或者已经停用。请刷新页面再填。',
    en: 'There is no field “{name}”, or it has ended. Reload and try again.',
  },
  custom_value: {
    status: 422,
    zh: '“{name}”这样填不行：{why}。请改一改。',
    en: '“{name}” can’t be filled in this way: {why}.',
  },
} as const satisfies Record<string, ProblemText>
