import type { CodeOf, ValueEntry } from './value.ts'

/** 家庭经济来源, several may hold. */
export const incomeSources = [
  {
    code: 'wage_work',
    zh: '打工',
    en: 'work away',
    read_as: ['务工', '外出务工', '外出打工', '工资', '打工收入', '工资性收入'],
  },
  {
    code: 'farming',
    zh: '种养殖',
    en: 'farming',
    read_as: ['务农', '种植', '养殖', '种地', '种植养殖', '农业', '种植业', '养殖业', '种养'],
  },
  {
    code: 'government_relief',
    zh: '政府救助',
    en: 'government relief',
    read_as: ['救助', '低保金', '政府补助', '政府补贴', '社会救助'],
  },
  {
    code: 'relatives',
    zh: '亲朋接济',
    en: 'help from relatives',
    read_as: ['亲友接济', '亲戚接济', '亲属接济', '接济'],
  },
  { code: 'other', zh: '其他', en: 'other', read_as: ['其它'] },
] as const satisfies readonly ValueEntry[]

export type IncomeSource = CodeOf<typeof incomeSources>
