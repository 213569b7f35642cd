// 成立小组、明确职责: a group set up, posts given; its people stand in teams.
import { field, type KindSpec } from './kind.ts'

export const organise: KindSpec = {
  kind: 'organise',
  title: { zh: '成立小组', en: 'Group set up' },
  text: { zh: '定了什么', en: 'What was decided', required: true },
  visibility: 'open',
  group: 'full_name',
  children: 'none',
  writers: 'staff',
  fields: [
    field('group_name', 'words', '小组名称', 'Group'),
    field('people', 'list', '成员和职责', 'People and posts'),
    field('document_no', 'words', '文号', 'Document number'),
  ],
}
