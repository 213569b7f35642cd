// 阅览: the reading room's day; who came, what was read and lent.
import { field, gathering, type KindSpec } from './kind.ts'

export const reading: KindSpec = {
  kind: 'reading',
  title: { zh: '阅览记录', en: 'Reading room' },
  text: { zh: '情况', en: 'Notes' },
  visibility: 'open',
  group: 'full_name',
  children: 'optional',
  writers: 'staff',
  places: ['农家书屋', '学校图书室'],
  fields: [
    field('books_lent', 'count', '借出几本', 'Books lent'),
    field('titles', 'list', '读了什么书', 'Books read'),
    ...gathering,
  ],
}
