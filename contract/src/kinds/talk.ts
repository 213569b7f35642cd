// 谈心: a talk with a child, noted in the child's own words. The class teacher owes one a month; the card is printed from it.
import { choice, childWords, field, mood, nextStep, o, way, type KindSpec } from './kind.ts'

export const talk: KindSpec = {
  kind: 'talk',
  title: { zh: '谈心记录', en: 'Talk' },
  text: { zh: '谈了什么', en: 'What you talked about', required: true },
  visibility: 'case_notes',
  group: 'full_name',
  children: 'needed',
  writers: 'everyone',
  places: ['学校', '家里', '活动室'],
  fields: [
    way,
    mood,
    choice('type', '类型', 'About', [
      o('everyday', '日常', 'everyday'),
      o('study', '学业', 'learning'),
      o('mind', '心情', 'feelings'),
      o('behaviour', '言行', 'behaviour'),
      o('family', '家校', 'home and school'),
    ]),
    field('reason', 'words', '缘由、主题', 'Occasion'),
    childWords,
    field('guidance', 'text', '怎么引导的', 'What you said'),
    nextStep,
    field('effect', 'text', '效果', 'Effect'),
    choice('referral', '要不要转介', 'Referral', [
      o('none', '不用', 'none'),
      o('counsellor', '请心理教师看看', 'to the counsellor'),
      o('child_director', '请儿童主任跟进', 'to the child director'),
      o('other', '其他', 'other'),
    ]),
  ],
}
