// 制定计划、讨论计划: written by the act of adopting a plan, or by hand after a discussion.
import { field, type KindSpec } from './kind.ts'

export const planning: KindSpec = {
  kind: 'planning',
  title: { zh: '计划讨论', en: 'Planning' },
  text: { zh: '讨论了什么', en: 'What was discussed', required: true },
  visibility: 'open',
  group: 'full_name',
  children: 'none',
  writers: 'staff',
  fields: [field('plan_name', 'words', '哪份计划', 'Plan'), field('agreed_by', 'list', '哪些人同意', 'Who agreed')],
}
