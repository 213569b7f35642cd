import type { Dictionary } from '../ui/language.ts'

export const photosText = {
  photos: { zh: '照片', en: 'Photos' },
  add: { zh: '添照片', en: 'Add photos' },
  cover: { zh: '遮脸', en: 'Cover' },
  covered: { zh: '遮过了', en: 'covered' },
  cover_named: { zh: '遮住{name}里的脸', en: 'Cover faces in {name}' },
  remove_named: { zh: '去掉{name}', en: 'Remove {name}' },
  left: {
    zh: '没有带上：{names}。一张最大 20 MB，一次最多 9 张；太大的请在手机里缩小，多的请保存以后在记录里再添。',
    en: 'Not taken along: {names}. 20 MB each and nine at once: make it smaller, or add more to the saved record.',
  },
  refused_title: { zh: '记录保存了，有一张照片没放进去', en: 'Saved, but one photo was not added' },
  refused_help: { zh: '“{name}”还在这里。', en: '“{name}” is still here.' },
  leave_out: { zh: '这张不放了', en: 'Leave it out' },
  cover_it: { zh: '把脸遮住再放', en: 'Cover the faces' },
} as const satisfies Dictionary
