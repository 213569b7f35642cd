// One list serves reading, printing and screen: `code` is stored, `zh`/`en` are shown, `read_as` is what people write instead.

import { foldText } from '../chinese_text.ts'

export interface ValueEntry<Code extends string = string> {
  readonly code: Code
  readonly zh: string
  readonly en: string
  readonly national_code?: string
  readonly read_as: readonly string[]
}

export type CodeOf<List extends readonly ValueEntry[]> = List[number]['code']

const readers = new WeakMap<readonly ValueEntry[], Map<string, string>>()

/** The code whose label, or one of whose other names, is exactly this text; null when none is. Never a partial match. */
export function readValue<List extends readonly ValueEntry[]>(list: List, text: string): CodeOf<List> | null {
  let reader = readers.get(list)
  if (!reader) {
    reader = new Map()
    for (const entry of list) for (const name of [entry.zh, ...entry.read_as]) reader.set(foldText(name), entry.code)
    readers.set(list, reader)
  }
  return (reader.get(foldText(text)) as CodeOf<List> | undefined) ?? null
}

export function labelOf<List extends readonly ValueEntry[]>(
  list: List,
  code: string,
  language: 'zh' | 'en' = 'zh',
): string {
  return list.find((entry) => entry.code === code)?.[language] ?? code
}
