import type { Dictionary } from '../ui/language.ts'

export const waiveText = {
  waive: { zh: '免做', en: 'Let off' },
  waive_one: { zh: '免做：{what}', en: 'Let off: {what}' },
  title: { zh: '这一次免做？', en: 'Let this one off?' },
  about: { zh: '{name}，{what}', en: '{name}, {what}' },
  days: { zh: '{from}到{until}', en: '{from} to {until}' },
  help: {
    zh: '只免这一次，写明为什么；免了的不算没做，也不算做了。',
    en: 'Only this one, with the reason; it then counts neither as missed nor as done.',
  },
  why: { zh: '为什么', en: 'Why' },
  why_first: { zh: '先写一句为什么，点上面的也行。', en: 'Say why first, or press one of those above.' },
  why_ill: { zh: '生病住院', en: 'Ill, in hospital' },
  why_away: { zh: '不在本地', en: 'Away' },
  why_with_parents: { zh: '接到父母身边了', en: 'With the parents now' },
  why_school: { zh: '学校已经做了', en: 'The school did it' },
  done: { zh: '{name}的这一次免了', en: 'Let off: {name}' },
  lifted: { zh: '不免了，照旧要做', en: 'It is owed again' },
  lift: { zh: '不免了', en: 'Owe it again' },
  by: { zh: '{reason}（{by}，{day}）', en: '{reason} ({by}, {day})' },
} as const satisfies Dictionary
