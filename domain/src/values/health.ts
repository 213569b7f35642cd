import type { CodeOf, ValueEntry } from './value.ts'

/** 身体情况 of the 登记表: 患病 means a grave disease there; other lists use it for any lasting illness. */
export const healths = [
  {
    code: 'healthy',
    zh: '健康',
    en: 'healthy',
    read_as: [
      '良好',
      '健康或良好',
      '正常',
      '好',
      '一般',
      '一般或较弱',
      '较好',
      '身体健康',
      '健全',
      '无疾病',
      '无病',
      '健',
      '很好',
      '体健',
      '健康良好',
      '健康状况良好',
      '无异常',
      '身体良好',
      '身体正常',
    ],
  },
  {
    code: 'disabled',
    zh: '残疾',
    en: 'disabled',
    read_as: ['有残疾', '残', '残障', '有生理缺陷', '生理缺陷', '是残疾', '残疾人', '残疾儿童'],
  },
  {
    code: 'ill',
    zh: '患病',
    en: 'ill',
    read_as: [
      '有病',
      '生病',
      '重病',
      '大病',
      '重大疾病',
      '有慢性病',
      '慢性病',
      '患病儿童',
      '重症',
      '病',
      '有疾病',
      '患重病',
      '患大病',
      '体弱多病',
      '多病',
      '患慢性病',
      '长期患病',
    ],
  },
] as const satisfies readonly ValueEntry[]

export type Health = CodeOf<typeof healths>
