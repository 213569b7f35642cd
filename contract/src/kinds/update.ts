// 信息更新: what changed at home, gone through one by one.
import { field, type KindSpec } from './kind.ts'

export const update: KindSpec = {
  kind: 'update',
  title: { zh: '信息更新', en: 'Update' },
  text: { zh: '更新了什么', en: 'What was updated', required: true },
  visibility: 'open',
  group: 'full_name',
  children: 'optional',
  writers: 'staff',
  fields: [
    field('checked', 'count', '核对了几份', 'Files checked'),
    field('changed', 'count', '改了几份', 'Files changed'),
  ],
}
