import type { CodeOf, ValueEntry } from './value.ts'

/** 监护不当情形 of the national system; several may hold, an empty list says none. Case notes: not for everybody who sees the child. */
export const improperCare = [
  { code: 'alone', zh: '孩子独自居住', en: 'lives alone', read_as: ['独居', '独自居住', '一人居住', '无人看护'] },
  { code: 'neglect', zh: '疏于照料', en: 'neglected', read_as: ['疏于照顾', '放任', '不管不问', '忽视'] },
  { code: 'violence', zh: '打骂或体罚', en: 'beaten or scolded', read_as: ['打骂', '体罚', '家暴', '虐待'] },
  { code: 'school_stopped', zh: '不让上学', en: 'kept from school', read_as: ['不送入学', '使其辍学', '辍学在家'] },
  { code: 'work', zh: '让孩子做工', en: 'made to work', read_as: ['童工', '做工', '沿街乞讨', '乞讨'] },
  { code: 'marriage', zh: '早婚早育', en: 'early marriage', read_as: ['早婚', '早恋早育', '订婚'] },
  {
    code: 'dangerous',
    zh: '与有危险的人同住',
    en: 'lives with somebody dangerous',
    read_as: ['同住人有危险', '与有前科人员同住'],
  },
  { code: 'other', zh: '其他', en: 'other', read_as: ['其它'] },
] as const satisfies readonly ValueEntry[]
export type ImproperCare = CodeOf<typeof improperCare>
