// Words in two languages. A page keeps its words in `<feature>.text.ts` as `{ key: { zh, en } }` and asks for them with
// `useWords(text)`; sentences of the contract arrive as the same pair and are said with `useSay()`.
import { createElement, Fragment, useCallback, useMemo, useSyncExternalStore, type ReactNode } from 'react'
import { recall, remember } from './remember.ts'

export type Language = 'zh' | 'en'
/** One sentence in both languages; `{name}` is filled when it is said. */
export interface Words {
  readonly zh: string
  readonly en: string
}
export type Dictionary = Readonly<Record<string, Words>>
export type Values = Readonly<Record<string, string | number>>

const listeners = new Set<() => void>()
let current: Language = recall('language') === 'en' ? 'en' : 'zh'

export function language(): Language {
  return current
}

export function setLanguage(next: Language): void {
  if (next === current) return
  current = next
  remember('language', next)
  document.documentElement.lang = next === 'en' ? 'en' : 'zh-CN'
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, language, language)
}

/** The sentence in one language with its values filled in. An unknown `{name}` stays visible, so that it is noticed. */
export function fill(words: Words, values?: Values, as: Language = current): string {
  const sentence = words[as]
  return values ? sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole)) : sentence
}

/** The same with elements (a link, a bold name) in the places of `{name}`. */
export function fillWith(words: Words, values: Readonly<Record<string, ReactNode>>, as: Language = current): ReactNode {
  const parts = words[as].split(/\{(\w+)\}/)
  return createElement(
    Fragment,
    null,
    ...parts.map((part, at) => (at % 2 === 1 ? createElement(Fragment, { key: at }, values[part]) : part)),
  )
}

/** Parts that are there, with the comma of the language: 9 岁，三年级. */
export function listed(parts: readonly (string | null | undefined | false)[], as: Language = current): string {
  return parts.filter(Boolean).join(as === 'zh' ? '，' : ', ')
}

export interface Say<D extends Dictionary> {
  (key: keyof D & string, values?: Values): string
  /** As `t(key)`, with elements in the gaps. */
  with: (key: keyof D & string, values: Readonly<Record<string, ReactNode>>) => ReactNode
  language: Language
}

export function useWords<const D extends Dictionary>(dictionary: D): Say<D> {
  const as = useLanguage()
  return useMemo(() => {
    const say = (key: keyof D & string, values?: Values) => fill(dictionary[key]!, values, as)
    return Object.assign(say, {
      with: (key: keyof D & string, values: Readonly<Record<string, ReactNode>>) =>
        fillWith(dictionary[key]!, values, as),
      language: as,
    })
  }, [dictionary, as])
}

/** Says a pair that comes from the contract, the domain's value lists or a problem. */
export function useSay(): (words: Words, values?: Values) => string {
  const as = useLanguage()
  return useCallback((words: Words, values?: Values) => fill(words, values, as), [as])
}
