import type { CodeOf, ValueEntry } from './value.ts'

/** 就学情况 in the order of the 登记表. 辍学 is leaving compulsory school, 不在学 is 14 to 16 and not in school. */
export const schoolings = [
  {
    code: 'kindergarten',
    zh: '幼儿园',
    en: 'kindergarten',
    read_as: ['在园', '学前', '学前教育', '上幼儿园', '幼儿', '学前班'],
  },
  {
    code: 'not_in_kindergarten',
    zh: '未入园',
    en: 'not yet in kindergarten',
    read_as: ['未上学', '未入学', '未上幼儿园', '学龄前', '散居', '未到入园年龄'],
  },
  { code: 'primary', zh: '小学', en: 'primary school', read_as: ['小学在读', '读小学', '小学生', '在读小学'] },
  {
    code: 'junior',
    zh: '初中',
    en: 'junior middle school',
    read_as: ['初中在读', '读初中', '初中生', '中学', '在读初中'],
  },
  {
    code: 'senior',
    zh: '高中',
    en: 'senior middle school',
    read_as: ['高中在读', '读高中', '高中生', '普高', '普通高中'],
  },
  {
    code: 'vocational',
    zh: '中职',
    en: 'vocational school',
    read_as: ['职高', '中专', '技校', '职业高中', '中等职业学校', '中职中专', '职校'],
  },
  { code: 'dropout', zh: '辍学', en: 'dropped out', read_as: ['失学', '失学辍学', '已辍学'] },
  {
    code: 'not_in_school',
    zh: '不在学',
    en: 'not in school',
    read_as: ['未就学', '不在读', '未在学'],
  },
] as const satisfies readonly ValueEntry[]

/** How a pupil stands where the form has no tick for it: enrolled but not in class, gone elsewhere, done. Ledgers and rosters say these too. */
const standings = [
  { code: 'suspended', zh: '休学', en: 'on leave', read_as: ['休学中', '已休学', '休学在家'] },
  { code: 'transferred', zh: '已转学', en: 'transferred', read_as: ['转学', '转出', '已转出'] },
  { code: 'graduated', zh: '已毕业', en: 'graduated', read_as: ['毕业'] },
] as const satisfies readonly ValueEntry[]

/** Every word of a column 就学情况. */
export const schoolingWords = [...schoolings, ...standings] as const satisfies readonly ValueEntry[]

export type Schooling = CodeOf<typeof schoolings>
