import type { Dictionary } from '../ui/language.ts'

export const cardText = {
  title: { zh: '联系卡', en: 'Contact card' },
  refused: { zh: '这张卡上的孩子，你现在看不到', en: 'This child’s file is not yours to see' },
  who: {
    zh: '卡片可能已经换过，或者孩子不在你的范围里。急事请打卡上印的儿童主任或班主任的电话；想看档案，请管理员给你那边的身份。',
    en: 'The card may have been replaced, or the child is outside your units. If it is urgent, call the child director or class teacher printed on the card; to see files there, ask your administrator for a membership.',
  },
  other_unit: {
    zh: '你现在的身份是{unit}。如果孩子在你另一个单位，先在上面换过去。',
    en: 'You are working as {unit}. If the child belongs to another of your units, switch to it first.',
  },
  children: { zh: '去儿童名单', en: 'To the list of children' },
} as const satisfies Dictionary
