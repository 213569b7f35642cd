import type { CodeOf, ValueEntry } from './value.ts'

/** 上下学方式 of the school register. */
export const commutes = [
  { code: 'walk', zh: '步行', en: 'on foot', read_as: ['走路', '徒步'] },
  { code: 'bicycle', zh: '自行车', en: 'by bicycle', read_as: ['骑车', '非机动车', '单车'] },
  { code: 'bus', zh: '公共交通', en: 'public transport', read_as: ['公交', '公交车', '班车', '客车'] },
  { code: 'school_bus', zh: '校车', en: 'school bus', read_as: ['乘校车'] },
  {
    code: 'driven',
    zh: '家人接送',
    en: 'driven by family',
    read_as: ['家长接送', '家长自行接送', '摩托车', '电动车', '接送', '私家车'],
  },
  { code: 'boards', zh: '住校', en: 'boards', read_as: ['寄宿', '住宿'] },
  { code: 'other', zh: '其他', en: 'other', read_as: ['其它'] },
] as const satisfies readonly ValueEntry[]
export type Commute = CodeOf<typeof commutes>
