import type { ProblemText } from './problem_text.ts'

export const printProblems = {
  nobody_chosen: {
    status: 422,
    zh: '没有选到孩子，没有什么可打印。请先在列表里勾选。',
    en: 'Nobody is chosen. Tick children in the list first.',
  },
  too_many_chosen: {
    status: 422,
    zh: '一次最多 {limit} 个孩子，现在有 {count} 个。请按村或班级分几次。',
    en: 'At most {limit} children at a time; there are {count}. Print by village or class.',
  },
  unknown_column: {
    status: 422,
    zh: '没有“{column}”这一列。请在列表里重新选择要导出的列。',
    en: 'There is no column “{column}”.',
  },
} as const satisfies Record<string, ProblemText>
