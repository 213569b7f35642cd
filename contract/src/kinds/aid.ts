// 物资、捐助、助学、慰问金: what was given to whom, in fen and in things, with the hand that took it. The 签领表 is printed from it.
import { choice, field, o, type KindSpec } from './kind.ts'

export const aid: KindSpec = {
  kind: 'aid',
  title: { zh: '物资发放记录', en: 'Aid' },
  text: { zh: '说明', en: 'Notes' },
  visibility: 'open',
  group: 'aid',
  children: 'optional',
  writers: 'everyone',
  items: true,
  signed: { zh: '领取人签字', en: 'Signature of who received', field: 'received_by' },
  places: ['村委会', '学校', '家里'],
  fields: [
    choice('occasion', '为了', 'Occasion', [
      o('festival', '节日慰问', 'festival'),
      o('school_start', '开学', 'start of school'),
      o('winter', '过冬', 'winter'),
      o('hardship', '遇到困难', 'hardship'),
      o('award', '奖励', 'award'),
      o('other', '其他', 'other'),
    ], { quick: true }),
    field('source', 'words', '钱物从哪里来', 'Where it comes from', { quick: true }),
    field('handled_by', 'words', '经办人', 'Handled by'),
    field('witness', 'words', '证明人', 'Witness'),
    field('received_by', 'words', '领取人', 'Received by'),
    field('received_relation', 'words', '代领人和孩子的关系', 'Relation of who received'),
  ],
} // prettier-ignore
