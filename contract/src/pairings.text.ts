import type { ProblemText } from './problem_text.ts'

export const pairingProblems = {
  helper_full: {
    status: 409,
    zh: '{name}已经帮着 {count} 个孩子了（最多 {limit} 个）。请换一位，或先结束一对。',
    en: '{name} already helps {count} children (at most {limit}). Choose somebody else, or end one first.',
  },
  not_vetted: {
    status: 409,
    zh: '{name}还没有做过资格核查，不能结对。请先按未成年人保护法第二十二条核查四项，再登记。',
    en: '{name} has not been vetted. Check the four items of the law on minors, article 22, first.',
  },
  already_paired: {
    status: 409,
    zh: '{name}和这个孩子已经结对了，没有再登记一次。',
    en: '{name} and this child are paired already.',
  },
  pairing_days: {
    status: 422,
    zh: '日期不对：开始不能晚于今天，结束不能早于开始（{from_on}）。',
    en: 'The days do not fit: it can’t begin after today or end before it began ({from_on}).',
  },
  pairing_ended: { status: 409, zh: '这一对已经结束了，没有再做一次。', en: 'This pairing has ended already.' },
} as const satisfies Record<string, ProblemText>
