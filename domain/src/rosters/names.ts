// Names of people: spaces out, the middle dot of minority names made one, notes after the name kept apart.

import { cleanText } from '../chinese_text.ts'

export interface NameText {
  readonly name: string | null
  /** 转学 from 胡鑫宇（转学）; marks such as ★ too. */
  readonly note: string | null
}

export function readName(raw: string): NameText {
  let text = cleanText(raw).replace(/^\d{1,3}[.、．)）]\s*/, '')
  const notes: string[] = []
  text = text.replace(/[（(【[〔]([^）)】\]〕]*)[）)】\]〕]/g, (_all, inside: string) => {
    if (inside.trim() !== '') notes.push(inside.trim())
    return ''
  })
  text = text.replace(/[*＊★☆△▲●○◎※#＃√✓]+/g, (mark) => {
    notes.push(mark)
    return ''
  })
  text = text
    .replace(/[•・‧∙⋅᛫﹒．]/g, '·')
    .replace(/(?<=\p{Script=Han})\.(?=\p{Script=Han})/gu, '·')
    // Between Chinese characters a space only widens the name; between Latin words it belongs there.
    .replace(/(?<![A-Za-z])\s+|\s+(?![A-Za-z])/g, '')
    .replace(/[、,，;；。.]+$/, '')
  return { name: text === '' ? null : text, note: notes.length > 0 ? notes.join('；') : null }
}

/** (父), （妈妈）: which parent a bracket names. */
export function parentNamed(note: string | null): 'father' | 'mother' | null {
  if (note === null) return null
  if (/^(?:父|父亲|爸|爸爸|其父|孩子父亲|孩子爸爸|男)$/.test(note)) return 'father'
  return /^(?:母|母亲|妈|妈妈|其母|孩子母亲|孩子妈妈|女)$/.test(note) ? 'mother' : null
}
