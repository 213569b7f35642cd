// 亲情电话、亲情视频: parent and child talk. A call that nobody answered is kept, and does not count as contact.
import { choice, field, mood, o, type KindSpec } from './kind.ts'

export const call: KindSpec = {
  kind: 'call',
  title: { zh: '亲情联系登记', en: 'Family call' },
  text: { zh: '说了些什么', en: 'What they talked about' },
  visibility: 'open',
  group: 'family',
  children: 'needed',
  writers: 'everyone',
  settles: { field: 'reached', is: ['yes'] },
  places: ['家里', '学校', '村里'],
  fields: [
    choice('reached', '打通了吗', 'Reached', [o('yes', '通了', 'yes'), o('no', '没接通', 'no answer')], {
      quick: true,
      required: true,
    }),
    choice(
      'party',
      '和谁',
      'With',
      [
        o('father', '爸爸', 'father'),
        o('mother', '妈妈', 'mother'),
        o('both', '爸爸妈妈', 'both'),
        o('other', '其他', 'other'),
      ],
      { quick: true },
    ),
    choice('way', '方式', 'How', [o('video', '视频', 'video'), o('phone', '电话', 'phone')], { quick: true }),
    field('minutes', 'minutes', '多久', 'How long', { unit: { zh: '分钟', en: 'minutes' } }),
    mood,
    field('accompanied_by', 'words', '谁陪着', 'Who was with the child'),
    choice('started_by', '谁打的', 'Who called', [
      o('parent', '家长打来', 'the parent'),
      o('child', '孩子打去', 'the child'),
      o('staff', '工作人员帮着打', 'staff helped'),
    ]),
  ],
}
