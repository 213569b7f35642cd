import type { CodeOf, ValueEntry } from './value.ts'

/** Where a parent is, told apart from the place: `away` is working elsewhere. Unknown is `unknown`, never an empty answer. */
export const parentStates = [
  {
    code: 'home',
    zh: '在家',
    en: 'at home',
    read_as: ['在家务农', '在本地', '本地务工', '在村', '在乡', '在家照顾', '务农', '居家'],
  },
  {
    code: 'away',
    zh: '外出',
    en: 'away',
    read_as: ['外出务工', '在外', '在外务工', '在外打工', '打工', '务工', '外出打工'],
  },
  {
    code: 'deceased',
    zh: '去世',
    en: 'deceased',
    read_as: ['已故', '死亡', '亡故', '病故', '过世', '亡', '故', '已去世', '病逝', '身故', '已亡'],
  },
  {
    code: 'missing',
    zh: '失联',
    en: 'out of contact',
    read_as: ['失踪', '离家出走', '下落不明', '出走', '联系不上', '失去联系', '跑了'],
  },
  { code: 'detained', zh: '服刑', en: 'in prison', read_as: ['服刑在押', '在押', '监禁', '坐牢', '强制戒毒', '戒毒'] },
  { code: 'unknown', zh: '未采集', en: 'not collected', read_as: ['不详', '未知'] },
] as const satisfies readonly ValueEntry[]

export type ParentState = CodeOf<typeof parentStates>
