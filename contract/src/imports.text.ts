import type { ProblemText } from './problem_text.ts'

export const importProblems = {
  unit_takes_no_roster: {
    status: 422,
    zh: '“{unit}”下面没有直接的孩子。请先选一个村、社区、学校或班级，再放进它的花名册。',
    en: '“{unit}” has no children of its own. Choose a village, community, school or class first.',
  },
  table_unreadable: {
    status: 422,
    zh: '这份文件读不成名单。{why}',
    en: 'This file could not be read as a list. {why_en}',
  },
  not_ready: {
    status: 409,
    zh: '这份表还没有读完，请稍等一会儿再看。',
    en: 'This file is still being read. Look again in a moment.',
  },
  busy_import: {
    status: 409,
    zh: '这份表已经导入或撤回了，不能再改。要重新来，请再放一次文件。',
    en: 'This import is finished and can’t be changed. Put the file in again to start over.',
  },
  question_gone: {
    status: 409,
    zh: '这个问题已经不在了（表重新读过）。请看现在的问题。',
    en: 'This question is gone; the file was read again.',
  },
  questions_open: {
    status: 409,
    zh: '还有 {count} 个问题没有回答。答完，或选“先放着”，再导入。',
    en: '{count} question(s) are open. Answer them or put them aside first.',
  },
  nothing_to_import: {
    status: 409,
    zh: '这份表里没有要写进档案的内容：都没有变化，或都选了不导入。',
    en: 'There is nothing to write: everything is unchanged or left out.',
  },
  not_applied: { status: 409, zh: '这份表还没有导入，没有什么可撤回的。', en: 'Nothing has been imported yet.' },
} as const satisfies Record<string, ProblemText>
