import type { Dictionary } from '../ui/language.ts'

export const manyText = {
  title: { zh: '给选中的 {n} 个孩子改一项', en: 'One fact for {n} children' },
  field: { zh: '改哪一项', en: 'Which fact' },
  becomes: { zh: '改成', en: 'Becomes' },
  only_unknown: { zh: '只填还没采集的，已经有的不动', en: 'Only where nothing is known yet' },
  say_first: { zh: '先写上要改成什么。', en: 'Say what it is to become.' },
  look: { zh: '看看会改哪些', en: 'See what would change' },
  effects: { zh: '会改 {changes} 个孩子，{same} 个不用改。', en: '{changes} would change, {same} would not.' },
  proposes: {
    zh: '其中 {n} 个由别的单位管，会先请他们确认。',
    en: '{n} are kept by another side, which is asked first.',
  },
  closed: { zh: '{n} 个孩子的这一项你不能改。', en: 'For {n} this is not yours to change.' },
  write: { zh: '就这样改 {n} 个', en: 'Change {n}' },
  done: { zh: '改好了 {n} 个', en: '{n} changed' },
} as const satisfies Dictionary
