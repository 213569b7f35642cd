import type { ProblemText } from './problem_text.ts'

export const demoProblems = {
  demo_loaded: {
    status: 409,
    zh: '演示已经装好了。点右上角的单位名，就能切换过去。',
    en: 'The demonstration is loaded. Switch to it by the unit’s name at the top right.',
  },
  demo_absent: { status: 409, zh: '演示已经移走了，没有什么可移的。', en: 'There is no demonstration to remove.' },
  demo_not_yours: {
    status: 403,
    zh: '演示由系统管理员移走。可以请{who}来做。',
    en: 'The administrator removes the demonstration. Ask {who}.',
  },
} as const satisfies Record<string, ProblemText>
