import type { CodeOf, ValueEntry } from './value.ts'

/** 关爱级别 as villages write it; it is kept as what the table said, never as a judgement of the system. */
export const careLevels = [
  {
    code: 'high',
    zh: '高',
    en: 'high',
    read_as: ['高风险', '一级', '重点', '重点关爱', '红', '红色', '高危', '高级', '第一类', '一类'],
  },
  {
    code: 'middle',
    zh: '中',
    en: 'middle',
    read_as: ['中风险', '二级', '黄', '黄色', '中危', '橙', '橙色', '中级', '第二类', '二类'],
  },
  {
    code: 'low',
    zh: '低',
    en: 'low',
    read_as: ['低风险', '三级', '一般', '绿', '绿色', '蓝', '蓝色', '低危', '低级', '第三类', '三类'],
  },
] as const satisfies readonly ValueEntry[]

export type CareLevel = CodeOf<typeof careLevels>
