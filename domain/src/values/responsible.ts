/** Who a plan names for a duty. The list is of functions, not of accounts; which member answers is settled where duties fall due. */
export const responsibles = [
  { code: 'leading_group', zh: '领导小组', en: 'Leading group' },
  { code: 'village_committee', zh: '村（居）委会', en: 'Village or residents’ committee' },
  { code: 'class_teacher', zh: '班主任', en: 'Class teacher' },
  { code: 'subject_teacher', zh: '任课教师', en: 'Subject teacher' },
  { code: 'help_teacher', zh: '帮扶教师', en: 'Helping teacher' },
  { code: 'archivist', zh: '档案管理员', en: 'Archivist' },
  { code: 'partner_cadre', zh: '帮扶干部', en: 'Cadre of the partner office' },
  { code: 'grid_worker', zh: '网格员', en: 'Grid worker' },
  { code: 'child_director', zh: '儿童主任', en: 'Child director' },
  { code: 'counsellor', zh: '心理辅导教师', en: 'Counsellor' },
  { code: 'station_keeper', zh: '场所管理员', en: 'Keeper of the station' },
  { code: 'school_leader', zh: '学校领导', en: 'School leader' },
  { code: 'volunteer', zh: '志愿者', en: 'Volunteer' },
  { code: 'next_gen_committee', zh: '关工委', en: 'Committee for the next generation' },
  { code: 'police_or_counsel', zh: '民警或法律顾问', en: 'Police or legal counsel' },
  { code: 'canteen', zh: '食堂', en: 'Canteen' },
  { code: 'guardian', zh: '监护人', en: 'Guardian' },
  { code: 'other', zh: '其他', en: 'Other' },
] as const

export type Responsible = (typeof responsibles)[number]['code']
