/** To whom a duty is owed. */
export const subjects = [
  { code: 'each_child', zh: '每名留守儿童', en: 'Each left-behind child' },
  { code: 'each_priority_child', zh: '每名重点关爱儿童', en: 'Each child in focus' },
  { code: 'each_pair', zh: '每个结对', en: 'Each pairing' },
  { code: 'unit', zh: '本单位', en: 'The unit as a whole' },
] as const

export type Subject = (typeof subjects)[number]['code']
