/** Who wrote a plan: decides which definition, rhythm of year and roles are offered first. */
export const archetypes = [
  { code: 'village', zh: '村', en: 'Village' },
  { code: 'agency', zh: '机关单位', en: 'Office or agency' },
  { code: 'school', zh: '学校', en: 'School' },
  { code: 'community', zh: '社区', en: 'Community' },
  { code: 'committee', zh: '关工委', en: 'Committee for the next generation' },
] as const

export type Archetype = (typeof archetypes)[number]['code']
