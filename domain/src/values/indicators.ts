/** The rates a plan can set as a target. */
export const indicators = [
  { code: 'dossier_rate', zh: '建档率', en: 'Dossier rate' },
  { code: 'enrolment_rate', zh: '入学率', en: 'Enrolment rate' },
  { code: 'retention_rate', zh: '巩固率', en: 'Retention rate' },
  { code: 'material_aid_rate', zh: '物质帮助率', en: 'Material aid rate' },
  { code: 'pairing_rate', zh: '结对率', en: 'Pairing rate' },
  { code: 'visit_rate', zh: '走访率', en: 'Visit rate' },
  { code: 'talk_rate', zh: '谈心率', en: 'Talk rate' },
  { code: 'call_rate', zh: '亲情联系率', en: 'Family call rate' },
  { code: 'activity_rate', zh: '活动参与率', en: 'Activity participation rate' },
  { code: 'psych_screening_rate', zh: '心理测评率', en: 'Psychological screening rate' },
] as const

export type Indicator = (typeof indicators)[number]['code']
