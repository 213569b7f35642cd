import type { ProblemText } from './problem_text.ts'

export const fileProblems = {
  file_form: {
    status: 422,
    zh: '“{name}”不是照片、PDF、Word、Excel、PPT 或录音，没有收下。可以拍成照片，或另存为 PDF 再放。',
    en: '“{name}” is no picture, PDF, Office file or sound, so it was not taken. Photograph it or save it as PDF.',
  },
  file_large: {
    status: 413,
    zh: '“{name}”有 {size}，一份最大 {limit}。照片请用手机的“中等大小”发，材料请分成几份。',
    en: '“{name}” is {size}; at most {limit} each. Send a smaller picture, or split the paper.',
  },
  file_many: {
    status: 422,
    zh: '这里已经有 {count} 份材料了，放不下更多。请先移走用不着的。',
    en: 'There are {count} files here already. Remove some first.',
  },
  file_broken: {
    status: 422,
    zh: '“{name}”打不开，可能没有传完整，或者手机用了少见的格式。请重新拍一张，或在手机设置里把照片格式改成 JPEG（兼容性最佳）。',
    en: '“{name}” can’t be opened. Take it again, or set the camera to JPEG.',
  },
  photo_consent: {
    status: 409,
    zh: '{names}还没有有效的拍照同意书，照片没有收下。请先在档案的“材料”里记一份同意，或把脸遮住再放。',
    en: 'There is no consent to photos of {names} that holds today. Add one first, or cover the faces.',
  },
  file_closed: {
    status: 409,
    zh: '这张照片凭的同意书已经撤回或到期，谁也不能看了。要再看，请先取得新的同意，或移走它。',
    en: 'The consent this picture rests on was withdrawn or ran out; nobody may see it.',
  },
  file_no_signature: {
    status: 422,
    zh: '签字要是一张图：在屏幕上签，或者把纸上的签字拍下来，放在记录里。',
    en: 'A signature is a picture in a record: signed on the screen, or a photo of the paper.',
  },
  file_not_yours: {
    status: 403,
    zh: '你现在的身份能看这里，但不能放材料或移走材料。可以请{who}来做。',
    en: 'You may read here, but neither add nor remove. Ask {who}.',
  },
} as const satisfies Record<string, ProblemText>
