import { undoDays } from '@nuanyang/contract/duplicates.ts'
import type { Dictionary } from '../ui/language.ts'

export const duplicatesText = {
  title: { zh: '疑似重复', en: 'Perhaps twice' },
  sub: {
    zh: '这些档案两两相像。并排看一看：是一个孩子就并成一份，不是就说一声，以后不再问。',
    en: 'These files look alike in pairs. Look at them side by side: merge them, or say they are two.',
  },
  none: { zh: '没有看着像重复的档案', en: 'No files look alike' },
  none_help: {
    zh: '按证件号、姓名和拼音、出生日期、照护人、学校比过了。',
    en: 'Compared by number, name and sound, birth, carer and school.',
  },
  compare: { zh: '并排看', en: 'Compare' },
  closed: { zh: '已退出', en: 'closed' },
  more: { zh: '再看一些', en: 'More' },
  recent: { zh: '合并过的', en: 'Merged before' },
  recent_line: { zh: '{gone}的档案并到{kept}', en: '{gone} into {kept}' },
  undone: { zh: '已撤回', en: 'undone' },
  undo: { zh: '撤回', en: 'Undo' },
  undo_title: { zh: '把两份档案再分开？', en: 'Part the two files again?' },
  undo_help: {
    zh: '合并带过去的内容、单位、记录和结对会各回各处。',
    en: 'What the merge moved goes back: facts, units, records, pairings.',
  },
  undo_keep: { zh: '保留后来的修改', en: 'Keep later changes' },
  undo_done: { zh: '两份档案分开了', en: 'The files are two again' },
  pair: { zh: '是同一个孩子吗？', en: 'One child or two?' },
  pair_why: { zh: '为什么问：{reasons}', en: 'Why: {reasons}' },
  keep_left: { zh: '留这一份', en: 'Keep this one' },
  kept: { zh: '留下', en: 'stays' },
  goes: { zh: '并过去', en: 'goes' },
  choose: {
    zh: '两边不一样的，点一下用哪边的；只有一边有的，会自动留下。',
    en: 'Where both differ, choose; what only one knows is kept.',
  },
  same: { zh: '其余 {n} 项两边一样或都没有', en: '{n} other fields agree or are empty' },
  only: { zh: '只有这边有', en: 'only here' },
  merge: { zh: '并成一份', en: 'Merge' },
  merged: {
    zh: `已并成一份。${undoDays} 天里可以撤回。`,
    en: `Merged. It can be undone for ${undoDays} days.`,
  },
  different: { zh: '是两个孩子', en: 'They are two' },
  different_done: { zh: '记下了，以后不再问', en: 'Noted; nobody is asked again' },
  stale: {
    zh: '刚才有人改过其中一份，已经重新读了。请再看一遍。',
    en: 'Somebody changed one of them; read anew. Look again.',
  },
  like: { zh: '有 {n} 份档案和这一份很像', en: '{n} files look like this one' },
  look: { zh: '去看看', en: 'Look' },
  gone_into: { zh: '这份档案已经并到另一份里了。', en: 'This file has been merged into another.' },
} as const satisfies Dictionary
