import type { CodeOf, ValueEntry } from './value.ts'

export const boardings = [
  {
    code: 'boarding',
    zh: '寄宿',
    en: 'boarding',
    read_as: [
      '住校',
      '寄宿生',
      '住宿',
      '住宿生',
      '住校生',
      '住读',
      '住读生',
      '在校住宿',
      '寄宿在校',
      '内宿',
      '内宿生',
      '全寄宿',
      '寄宿学校',
    ],
  },
  {
    code: 'day',
    zh: '走读',
    en: 'day pupil',
    read_as: [
      '非寄宿生',
      '非寄宿',
      '走读生',
      '不住校',
      '不寄宿',
      '通学',
      '通学生',
      '未寄宿',
      '未住校',
      '外宿',
      '在家住',
      '住家',
      '回家住',
      '不住宿',
      '外宿生',
      '午托',
    ],
  },
] as const satisfies readonly ValueEntry[]

export type Boarding = CodeOf<typeof boardings>
