/** Festivals work is tied to. Those with `month` and `day` stand in the solar calendar; the dates of the others are in `festivals.ts`. */
export const festivals = [
  { code: 'new_year', zh: '元旦', en: 'New Year’s Day', month: 1, day: 1 },
  { code: 'spring_festival', zh: '春节', en: 'Spring Festival', month: null, day: null },
  { code: 'lantern', zh: '元宵节', en: 'Lantern Festival', month: null, day: null },
  { code: 'womens_day', zh: '妇女节', en: 'Women’s Day', month: 3, day: 8 },
  { code: 'qingming', zh: '清明节', en: 'Qingming', month: null, day: null },
  { code: 'labour_day', zh: '劳动节', en: 'Labour Day', month: 5, day: 1 },
  { code: 'youth_day', zh: '青年节', en: 'Youth Day', month: 5, day: 4 },
  { code: 'childrens_day', zh: '儿童节', en: 'Children’s Day', month: 6, day: 1 },
  { code: 'dragon_boat', zh: '端午节', en: 'Dragon Boat Festival', month: null, day: null },
  { code: 'party_day', zh: '建党节', en: 'Founding Day of the Party', month: 7, day: 1 },
  { code: 'mid_autumn', zh: '中秋节', en: 'Mid-Autumn Festival', month: null, day: null },
  { code: 'national_day', zh: '国庆节', en: 'National Day', month: 10, day: 1 },
  { code: 'double_ninth', zh: '重阳节', en: 'Double Ninth Festival', month: null, day: null },
] as const

export type Festival = (typeof festivals)[number]['code']
