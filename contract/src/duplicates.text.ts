import type { ProblemText } from './problem_text.ts'

export const duplicateProblems = {
  merge_same: {
    status: 422,
    zh: '这是同一份档案。请选两份不同的档案。',
    en: 'This is one and the same file. Choose two.',
  },
  merge_gone: {
    status: 409,
    zh: '“{name}”的档案已经并到另一份里了。请打开那一份，和它比。',
    en: 'The file of {name} has been merged into another. Open that one and compare with it.',
  },
  merge_not_yours: {
    status: 403,
    zh: '两份档案里有一份不归你们管（{name}）。请两边都管得到的人来并，比如乡镇的儿童督导员。',
    en: 'One of the files is not yours to keep ({name}). Ask somebody above both, such as the township’s child supervisor.',
  },
  merge_undone: { status: 409, zh: '这次合并已经撤回了，没有再做一次。请看现在的两份档案。', en: 'Undone already.' },
  merge_too_old: {
    status: 409,
    zh: '合并已经过了 {days} 天，不能再整个撤回。确实并错了，请恢复那份已退出的档案，再逐项改。',
    en: 'After {days} days a merge can’t be undone as a whole. Register the closed file again and correct it by hand.',
  },
  merge_edited: {
    status: 409,
    zh: '合并以后，{fields}又改过。可以选“保留后来的修改”再撤回：改过的不动，其余的还原。',
    en: 'Changed since the merge: {fields}. Choose to keep later changes; the rest goes back.',
  },
  merge_chain: {
    status: 409,
    zh: '“{name}”的档案后来又有过一次合并。请先撤回那一次，再撤回这一次。',
    en: 'The file of {name} was merged again later. Undo that merge first.',
  },
} as const satisfies Record<string, ProblemText>
