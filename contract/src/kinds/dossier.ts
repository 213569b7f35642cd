// 建档、档案与联系卡: files opened, cards handed out.
import { field, type KindSpec } from './kind.ts'

export const dossier: KindSpec = {
  kind: 'dossier',
  title: { zh: '建档记录', en: 'Files opened' },
  text: { zh: '做了什么', en: 'What was done', required: true },
  visibility: 'open',
  group: 'full_name',
  children: 'optional',
  writers: 'staff',
  fields: [
    field('opened', 'count', '建了几份', 'Files opened'),
    field('cards', 'count', '发了几张联系卡', 'Cards handed out'),
  ],
}
