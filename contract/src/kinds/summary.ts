// 总结、经验交流: a summary written, an experience shared.
import { field, type KindSpec } from './kind.ts'

export const summary: KindSpec = {
  kind: 'summary',
  title: { zh: '总结交流', en: 'Summary' },
  text: { zh: '写了、讲了什么', en: 'What it says', required: true },
  visibility: 'open',
  group: 'full_name',
  children: 'none',
  writers: 'staff',
  fields: [
    field('heading', 'words', '题目', 'Title'),
    field('shared_with', 'words', '给谁看、在哪里交流', 'Shared with'),
  ],
}
