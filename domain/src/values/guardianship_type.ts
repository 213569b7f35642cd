import type { CodeOf, ValueEntry } from './value.ts'

/** 监护类型 of the 登记表, worst first. */
export const guardianshipTypes = [
  { code: 'nobody', zh: '无人监护', en: 'nobody cares', read_as: ['无人照料', '无监护人'] },
  {
    code: 'parent_unable',
    zh: '父或母无监护能力',
    en: 'the parent at home is unable',
    read_as: ['父母无监护能力', '父亲无监护能力', '母亲无监护能力', '父(母)无监护能力'],
  },
  {
    code: 'carer_insufficient',
    zh: '受委托监护人监护能力不足',
    en: 'the carer is not able enough',
    read_as: ['委托监护人监护能力不足', '监护能力不足', '监护情况较差', '监护情况差', '差', '较差'],
  },
  { code: 'fair', zh: '监护情况一般', en: 'fair', read_as: ['一般', '监护一般', '基本履行'] },
  {
    code: 'good',
    zh: '监护情况较好',
    en: 'good',
    read_as: ['较好', '好', '监护较好', '良好', '监护情况好', '监护情况良好'],
  },
] as const satisfies readonly ValueEntry[]

export type GuardianshipType = CodeOf<typeof guardianshipTypes>
