// 成长日记: entries by the child or the helper, letters to and from the parents, works. Printed together as the 成长记录袋.
import { choice, field, mood, o, type KindSpec } from './kind.ts'

export const diary: KindSpec = {
  kind: 'diary',
  title: { zh: '成长日记', en: 'Growth diary' },
  text: { zh: '写下来', en: 'Entry', required: true },
  visibility: 'case_notes',
  group: 'full_name',
  children: 'needed',
  writers: 'everyone',
  fields: [
    choice('entry', '这是', 'This is', [
      o('entry', '日记', 'an entry'),
      o('letter_to', '写给爸妈的信', 'a letter to the parents'),
      o('letter_from', '爸妈的来信', 'a letter from the parents'),
      o('work', '作品', 'a work'),
      o('award', '获奖、表扬', 'an award'),
      o('reading', '读书', 'reading'),
      o('self', '自我介绍', 'about myself'),
      o('summary', '阶段小结', 'a look back'),
    ], { quick: true }),
    choice('written_by', '谁写的', 'Written by', [
      o('child', '孩子', 'the child'),
      o('helper', '帮扶人', 'the helper'),
      o('teacher', '老师', 'a teacher'),
      o('family', '家里人', 'the family'),
    ], { quick: true }),
    mood,
    field('heading', 'words', '题目', 'Title'),
  ],
} // prettier-ignore
