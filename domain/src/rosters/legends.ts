// What a code means in this file: 1=男 2=女 in a head, 留守类型：1父母双方外出 2… in a note, a comment on the head.

import { foldText } from '../chinese_text.ts'
import { readValue, type ValueEntry } from '../values/value.ts'

/** Code → value, from one text; empty when it explains none. `answers` are the lists whose labels count. */
export function readLegend(text: string, list: readonly ValueEntry[]): Map<string, string> {
  const folded = foldText(text)
  const codeFirst = collect(
    folded,
    /(\d{1,2}|(?<![a-z])[a-h](?=[=:.、\-—)）]))[=:.、\-—)）]?((?:(?![a-h][=:.、\-—)）])[^\d,;。、=:()（）|/]){1,20})/g,
    1,
    2,
    list,
  )
  const labelFirst = collect(folded, /([^\d,;。、=:()（）|/]{1,20})[=:\-—(（]?(\d{1,2})/g, 2, 1, list)
  const best = codeFirst.size >= labelFirst.size ? codeFirst : labelFirst
  return best.size >= 2 ? best : new Map()
}

function collect(
  text: string,
  pattern: RegExp,
  code: 1 | 2,
  label: 1 | 2,
  list: readonly ValueEntry[],
): Map<string, string> {
  const found = new Map<string, string>()
  for (const match of text.matchAll(pattern)) {
    const value = readLabel(match[label] ?? '', list)
    if (value) found.set(codeOf(match[code] ?? ''), value)
  }
  return found
}

/** 01 and 1 are one code; a letter is itself. */
export const codeOf = (text: string): string => (/^\d+$/.test(text) ? String(Number(text)) : text)

/** The label may have words before it: 性别男. */
function readLabel(text: string, list: readonly ValueEntry[]): string | null {
  for (let start = 0; start < text.length && start < 8; start++) {
    const value = readValue(list, text.slice(start))
    if (value) return value
  }
  return null
}

/** The part of a note that speaks of a head: from its words to the end of the sentence. */
export function legendTextFor(header: string, notes: readonly string[]): string[] {
  const leaf = foldText(header.split('/').at(-1) ?? '').replace(/[(（].*$/, '')
  const words = [
    leaf,
    ...(/留守/.test(leaf) ? ['留守'] : []),
    ...(/性别/.test(leaf) ? ['性别'] : []),
    ...(/健康|身体/.test(leaf) ? ['健康状况', '身体状况'] : []),
    ...(/宿|住校|就读方式/.test(leaf) ? ['寄宿', '住校'] : []),
  ].filter((word) => word.length >= 2)
  const found: string[] = []
  for (const note of notes) {
    const text = foldText(note)
    for (const word of words) {
      const at = text.indexOf(word)
      if (at < 0) continue
      found.push(text.slice(at + word.length, at + 160).split(/[。\n]/)[0] ?? '')
      break
    }
  }
  return found
}
