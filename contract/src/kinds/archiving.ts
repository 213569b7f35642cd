// 档案整理: files put in order, missing papers found.
import { field, type KindSpec } from './kind.ts'

export const archiving: KindSpec = {
  kind: 'archiving',
  title: { zh: '档案整理', en: 'Archiving' },
  text: { zh: '整理了什么', en: 'What was put in order', required: true },
  visibility: 'open',
  group: 'full_name',
  children: 'none',
  writers: 'staff',
  fields: [field('files', 'count', '整理了几份', 'Files'), field('missing', 'list', '还缺什么', 'Still missing')],
}
