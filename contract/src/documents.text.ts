import type { ProblemText } from './problem_text.ts'

export const documentProblems = {
  nobody_chosen: {
    status: 422,
    zh: '没有选到孩子，没有什么可打印。请先在列表里勾选，或换一个范围。',
    en: 'Nobody is chosen. Tick children in the list first, or choose another scope.',
  },
  too_many_chosen: {
    status: 422,
    zh: '这种文件一次最多 {limit} 个孩子，现在有 {count} 个。请按村或班级分几次，或者改用 Excel。',
    en: 'At most {limit} children at a time in this format; there are {count}. Print by village or class, or take Excel.',
  },
  unknown_column: {
    status: 422,
    zh: '“{column}”这一列印不了：没有这一列，或者这个身份看不到它。请重新选择栏目。',
    en: 'The column “{column}” cannot be printed: it does not exist, or this role does not see it.',
  },
  kind_not_yours: {
    status: 403,
    zh: '{kind}上有这个身份看不到的内容，印出来会是空格。请让{who}来印。',
    en: '{kind} holds what this role does not see. Ask {who} to print it.',
  },
  wrong_format: {
    status: 422,
    zh: '{kind}没有这种文件。请换一种：{formats}。',
    en: '{kind} does not come in this format. Choose one of: {formats}.',
  },
  nothing_to_count: {
    status: 422,
    zh: '{unit}这一天还没有可以统计的孩子。请换一个单位、口径或日子。',
    en: 'There is no child to count in {unit} on that day. Choose another unit, definition or day.',
  },
  document_not_ready: {
    status: 409,
    zh: '这份材料还没有做好。请等进度条走完再取。',
    en: 'This document is not ready yet. Wait for its bar to end.',
  },
  document_withdrawn: {
    status: 409,
    zh: '这份材料已经收回了：{reason}。要用的话请按现在的档案重新印一份。',
    en: 'This document was withdrawn: {reason}. Print a new one from the files of today.',
  },
  purpose_needed: {
    status: 422,
    zh: '请先说明用来做什么：用途会记进每个孩子的“谁看过”。',
    en: 'Say what it is for first: the purpose is kept in “who has seen it” of every child.',
  },
} as const satisfies Record<string, ProblemText>
