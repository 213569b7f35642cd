import type { Dictionary } from '../ui/language.ts'

export const signText = {
  sign: { zh: '请他签字', en: 'Sign' },
  sign_again: { zh: '重签', en: 'Sign again' },
  take_out: { zh: '去掉{name}的签字', en: 'Remove the signature of {name}' },
  signature_of: { zh: '{name}的签字', en: 'Signature of {name}' },
  signed: { zh: '{name}签好了', en: '{name} has signed' },
  who: { zh: '谁签的', en: 'Who signs' },
  here: { zh: '用手指在框里签', en: 'Sign in the frame with a finger' },
  clear: { zh: '清掉重签', en: 'Clear' },
  paper: { zh: '拍纸上的签字', en: 'Photo of a signed paper' },
  use: { zh: '用这个签字', en: 'Use this signature' },
  need_who: { zh: '写上谁签的。', en: 'Say who signs.' },
  need_ink: { zh: '框里还没有签。', en: 'Nothing is signed yet.' },
} as const satisfies Dictionary
