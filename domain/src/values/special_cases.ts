import type { CodeOf, ValueEntry } from './value.ts'

/** 特殊情况 of the national system: circumstances that other rules of aid ask for; several may hold, an empty list says none. */
export const specialCases = [
  {
    code: 'de_facto_orphan',
    zh: '事实无人抚养',
    en: 'de facto without support',
    read_as: ['事实无人抚养儿童', '事实孤儿'],
  },
  {
    code: 'parent_detained',
    zh: '父母服刑或戒毒',
    en: 'a parent in prison or rehabilitation',
    read_as: ['服刑', '父母服刑', '父母服刑在押', '服刑在押', '强制戒毒', '父母戒毒', '戒毒'],
  },
  { code: 'parent_missing', zh: '父母失联', en: 'a parent out of touch', read_as: ['失联', '父母失踪', '失踪'] },
  {
    code: 'parent_disabled',
    zh: '父母重残重病',
    en: 'a parent severely ill or disabled',
    read_as: ['父母重残', '父母重病', '父母残疾', '父母患病'],
  },
  {
    code: 'poor_household',
    zh: '低保或特困家庭',
    en: 'household on allowance',
    read_as: ['低保家庭', '特困', '特困供养', '困难家庭', '贫困家庭'],
  },
  { code: 'left_home', zh: '流浪或离家', en: 'left home', read_as: ['流浪', '离家出走'] },
  { code: 'violated', zh: '受到侵害', en: 'came to harm', read_as: ['受侵害', '暴力', '遭受侵害', '家庭暴力', '虐待'] },
  { code: 'other', zh: '其他', en: 'other', read_as: ['其它'] },
] as const satisfies readonly ValueEntry[]
export type SpecialCase = CodeOf<typeof specialCases>
