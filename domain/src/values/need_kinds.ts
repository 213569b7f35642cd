import type { CodeOf, ValueEntry } from './value.ts'

/** 需要哪方面的帮助: how a child’s needs are sorted for plans and pairings; several may hold. */
export const needKinds = [
  { code: 'study', zh: '学习', en: 'study', read_as: ['学习帮助', '学业', '学习辅导', '课业', '作业辅导', '学习方面'] },
  { code: 'life', zh: '生活', en: 'daily life', read_as: ['生活照料', '生活帮助', '日常生活', '生活方面', '衣食'] },
  {
    code: 'company',
    zh: '陪伴与心理',
    en: 'company and feelings',
    read_as: ['陪伴', '心理', '心理疏导', '情感', '心理关爱', '亲情', '心理方面', '精神'],
  },
  { code: 'safety', zh: '安全', en: 'safety', read_as: ['安全教育', '安全防护', '防溺水', '安全方面'] },
  { code: 'health', zh: '健康', en: 'health', read_as: ['医疗', '看病', '康复', '身体健康', '健康方面'] },
  { code: 'money', zh: '经济', en: 'money', read_as: ['资助', '助学', '经济帮助', '救助', '经济方面', '物资'] },
  { code: 'rights', zh: '户口与权益', en: 'papers and rights', read_as: ['落户', '户口', '权益', '法律', '维权'] },
  {
    code: 'carer',
    zh: '照护人支持',
    en: 'support for the carer',
    read_as: ['家庭教育', '监护指导', '隔代教育', '照护指导'],
  },
] as const satisfies readonly ValueEntry[]
export type NeedKind = CodeOf<typeof needKinds>
