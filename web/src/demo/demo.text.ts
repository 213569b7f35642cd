import type { Dictionary } from '../ui/language.ts'

export const demoText = {
  title: { zh: '演示', en: 'Demonstration' },
  off_why: {
    zh: '装上一个编出来的县，{n} 个孩子都是虚构的，和真的档案分开，什么都可以试。',
    en: 'Adds an invented county with {n} invented children, apart from the real files, to try everything.',
  },
  on_why: {
    zh: '装着。左上角或右上角点单位名，就能换到演示里的身份。移走时整个删掉，真的档案不动。',
    en: 'It is loaded. The unit’s name at the top switches into it. Removing deletes it whole and touches no real file.',
  },
  on: { zh: '装着', en: 'Loaded' },
  load: { zh: '装上演示', en: 'Load it' },
  loaded: { zh: '演示装好了，点单位名就能换过去', en: 'Loaded. Switch to it by the unit’s name' },
  remove: { zh: '移走演示', en: 'Remove it' },
  remove_title: { zh: '把演示整个移走？', en: 'Remove the whole demonstration?' },
  remove_help: {
    zh: '在演示里试着写的东西也一起删掉，找不回来。真的档案不动。',
    en: 'What was tried out in it goes too and cannot be brought back. Real files are not touched.',
  },
  keep: { zh: '先留着', en: 'Keep it' },
  removed: { zh: '演示移走了', en: 'The demonstration is gone' },
  with_setup: { zh: '一起装上演示', en: 'Load the demonstration as well' },
  with_setup_hint: {
    zh: '一个编出来的县，随便试，以后一按就能移走',
    en: 'an invented county to try things in; removed later with one press',
  },
} as const satisfies Dictionary
