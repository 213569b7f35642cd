import type { CodeOf, ValueEntry } from './value.ts'

export const hukouTypes = [
  {
    code: 'agricultural',
    zh: '农业户口',
    en: 'agricultural',
    national_code: '1',
    read_as: ['农业家庭户口', '农业', '农村', '农村户口', '农户', '农业户', '农业集体户口'],
  },
  {
    code: 'non_agricultural',
    zh: '非农业户口',
    en: 'non-agricultural',
    national_code: '2',
    read_as: [
      '非农业家庭户口',
      '非农业',
      '非农',
      '城镇',
      '城镇户口',
      '城市',
      '城镇居民',
      '非农业集体户口',
      '居民户口',
      '居民',
    ],
  },
] as const satisfies readonly ValueEntry[]

export type HukouType = CodeOf<typeof hukouTypes>
