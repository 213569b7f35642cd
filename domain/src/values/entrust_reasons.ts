import type { CodeOf, ValueEntry } from './value.ts'

/** 委托照料原因 of the national system. */
export const entrustReasons = [
  { code: 'work_away', zh: '父母外出务工', en: 'parents work elsewhere', read_as: ['外出务工', '务工', '打工'] },
  { code: 'ill', zh: '父母生病', en: 'parents are ill', read_as: ['生病', '患病', '住院'] },
  { code: 'detained', zh: '父母服刑或羁押', en: 'parents detained', read_as: ['服刑', '羁押', '在押'] },
  { code: 'study', zh: '父母外出学习', en: 'parents study elsewhere', read_as: ['学习', '进修', '上学'] },
  { code: 'other', zh: '其他', en: 'other', read_as: ['其它'] },
] as const satisfies readonly ValueEntry[]
export type EntrustReason = CodeOf<typeof entrustReasons>
