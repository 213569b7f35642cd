import type { CodeOf, ValueEntry } from './value.ts'

/** GB/T 2261.1: 1 男, 2 女. */
export const sexes = [
  {
    code: 'male',
    zh: '男',
    en: 'male',
    national_code: '1',
    read_as: [
      '男性',
      '男孩',
      '男生',
      '男童',
      '男娃',
      'm',
      'male',
      'boy',
      '1男',
      '01男',
      '1-男',
      '男1',
      '男(1)',
      '1.男',
      '儿子',
      '男儿',
      '子',
    ],
  },
  {
    code: 'female',
    zh: '女',
    en: 'female',
    national_code: '2',
    read_as: [
      '女性',
      '女孩',
      '女生',
      '女童',
      '女娃',
      'f',
      'female',
      'girl',
      '2女',
      '02女',
      '2-女',
      '女2',
      '女(2)',
      '2.女',
      '女儿',
    ],
  },
] as const satisfies readonly ValueEntry[]

export type Sex = CodeOf<typeof sexes>
