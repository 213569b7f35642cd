// 家庭教育指导, 沟通: parents and carers are helped to bring up the child; letters and messages to and from them stand here too.
import { choice, field, heads, nextStep, o, type KindSpec } from './kind.ts'

export const guidance: KindSpec = {
  kind: 'guidance',
  title: { zh: '家庭教育指导', en: 'Parenting guidance' },
  text: { zh: '说了什么', en: 'What was said', required: true },
  visibility: 'case_notes',
  group: 'family',
  children: 'optional',
  writers: 'everyone',
  thread: true,
  places: ['家里', '学校', '村委会'],
  fields: [
    choice('form', '这是', 'This is', [
      o('one_family', '一家一家指导', 'for one family'),
      o('class', '家长课堂', 'a class'),
      o('letter', '信', 'a letter'),
      o('message', '消息', 'a message'),
      o('phone', '电话', 'a phone call'),
    ], { quick: true }),
    choice('direction', '谁发给谁', 'Direction', [
      o('to_family', '给家里', 'to the family'),
      o('from_family', '家里来的', 'from the family'),
    ], { when: { field: 'form', is: ['letter', 'message', 'phone'] }, quick: true }),
    choice('channel', '怎么送到', 'Channel', [
      o('child', '孩子带回', 'by the child'),
      o('post', '邮寄', 'by post'),
      o('chat', '微信、短信', 'chat or text'),
      o('hand', '当面交', 'by hand'),
    ], { when: { field: 'form', is: ['letter', 'message'] } }),
    choice('audience', '对谁', 'For', [
      o('father', '爸爸', 'father'),
      o('mother', '妈妈', 'mother'),
      o('parents', '爸爸妈妈', 'both parents'),
      o('carer', '照护人', 'the carer'),
      o('several', '多位家长', 'several families'),
    ]),
    field('topic', 'words', '主题', 'Topic'),
    field('minutes', 'minutes', '时长', 'Length', { unit: { zh: '分钟', en: 'minutes' } }),
    ...heads,
    nextStep,
  ],
} // prettier-ignore
