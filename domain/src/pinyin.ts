// Names in pinyin, for sorting and for finding by initials. The surname is read as a surname: 曾 zeng, 单 shan, 仇 qiu.

import { pinyin } from 'pinyin-pro'

/** `zhang san`: full pinyin without tones, for sorting and search. Characters without a reading stay as they are. */
export function pinyinOf(name: string): string {
  return pinyin(name, { surname: 'head', toneType: 'none', type: 'array', v: true }).join(' ').toLowerCase()
}

/** `zs`: first letters. */
export function initialsOf(name: string): string {
  return pinyin(name, { surname: 'head', pattern: 'first', toneType: 'none', type: 'array' }).join('').toLowerCase()
}
