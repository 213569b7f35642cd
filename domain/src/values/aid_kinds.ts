import type { CodeOf, ValueEntry } from './value.ts'

/** 救助帮扶 of the 登记表, several may hold; `tuition` and `disability_subsidy` come from school and village tables. */
export const aidKinds = [
  {
    code: 'subsistence_allowance',
    zh: '低保',
    en: 'subsistence allowance',
    read_as: ['最低生活保障', '农村低保', '城市低保', '享受低保', '低保户', '低保家庭'],
  },
  { code: 'temporary', zh: '临时救助', en: 'temporary relief', read_as: ['临时', '临时救济'] },
  { code: 'medical', zh: '医疗救助', en: 'medical aid', read_as: ['医疗', '大病救助'] },
  { code: 'housing', zh: '住房救助', en: 'housing aid', read_as: ['住房', '危房改造'] },
  {
    code: 'tuition',
    zh: '教育救助',
    en: 'tuition aid',
    read_as: ['助学', '教育资助', '助学金', '享受一补', '教育', '学校资助'],
  },
  {
    code: 'destitute',
    zh: '特困供养',
    en: 'support of the destitute',
    read_as: ['特困', '五保', '特困人员', '特困救助'],
  },
  {
    code: 'disability_subsidy',
    zh: '残疾补贴',
    en: 'disability subsidy',
    read_as: ['残疾人补贴', '残疾两项补贴', '两项补贴'],
  },
  { code: 'other', zh: '其他', en: 'other', read_as: ['其它', '其他救助'] },
] as const satisfies readonly ValueEntry[]

export type AidKind = CodeOf<typeof aidKinds>
