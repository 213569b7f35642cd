// 观影: a film for the children, with its title, so that a year of them can be read.
import { choice, field, gathering, o, type KindSpec } from './kind.ts'

export const film: KindSpec = {
  kind: 'film',
  title: { zh: '观影记录', en: 'Film showing' },
  text: { zh: '孩子们怎么说', en: 'What the children said' },
  visibility: 'open',
  group: 'full_name',
  children: 'optional',
  writers: 'staff',
  places: ['活动室', '学校', '村委会'],
  fields: [
    field('film', 'words', '片名', 'Film', { required: true, quick: true }),
    choice('type', '类型', 'Type', [
      o('inspiring', '励志', 'inspiring'),
      o('patriotic', '爱国主义', 'patriotic'),
      o('safety', '安全', 'safety'),
      o('science', '科普', 'science'),
      o('other', '其他', 'other'),
    ]),
    field('minutes', 'minutes', '片长', 'Length', { unit: { zh: '分钟', en: 'minutes' } }),
    ...gathering,
  ],
}
