import type { Dictionary } from '../ui/language.ts'

export const savedText = {
  saved: { zh: '存起来的筛选', en: 'Saved filters' },
  of: { zh: '{name}（{by}）', en: '{name} ({by})' },
  save_now: { zh: '把这些条件存起来', en: 'Keep these conditions' },
  manage: { zh: '删掉不用的', en: 'Remove some' },
  name: { zh: '叫什么', en: 'Name' },
  need_name: { zh: '请起个名字。', en: 'A name, please.' },
  shared: { zh: '给本单位的人也用', en: 'For everybody of the unit' },
  is_shared: { zh: '本单位都能用', en: 'shared with the unit' },
  keep: { zh: '存起来', en: 'Keep' },
  kept: { zh: '存好了：{name}', en: 'Kept: {name}' },
  remove: { zh: '删掉“{name}”', en: 'Remove “{name}”' },
  beyond: {
    zh: '这个筛选里的“{what}”你现在看不到，所以找不全。可以请管理员核对你的身份。',
    en: 'You can’t see “{what}” of this filter now, so it finds fewer. Ask your administrator about your role.',
  },
} as const satisfies Dictionary
