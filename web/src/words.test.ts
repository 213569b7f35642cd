// Every word of the pages in both languages: a key without one does not compile; these are the mistakes that do.
import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Dictionary } from './ui/language.ts'

const here = new URL('.', import.meta.url)
const files = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.text.ts'))

/** Latin letters that a Chinese sentence may hold: names of keys and formats, examples to type, the name of the other language. */
const latinInChinese =
  /\b(?:Esc|Excel|Word|PDF|QR|English|KB|MB|GB|xlsx?|csv|docx|xiaoshu|xsc|luxi|lx|JavaScript|App|WPS|A[456])\b/g
/** Chinese that an English sentence may hold: what stands in the user's own tables and places. */
const chineseInEnglish = /中文|小暑村|芦溪/g

const gaps = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([gap]) => gap).toSorted()

describe.each(files)('%s', async (file) => {
  const module = (await import(new URL(file, here).href)) as Record<string, Dictionary>
  const words = Object.values(module).flatMap((dictionary) => Object.entries(dictionary))

  it('has words', () => expect(words.length).toBeGreaterThan(0))

  it.each(words)('%s is said in both languages', (_key, { zh, en }) => {
    expect(zh.trim()).toBe(zh)
    expect(en.trim()).toBe(en)
    expect(zh).not.toBe('')
    expect(en).not.toBe('')
    expect(gaps(en)).toEqual(gaps(zh))
    expect(zh.replace(/\{\w+\}/g, '').replace(latinInChinese, '')).not.toMatch(/[A-Za-z]{2,}/)
    expect(en.replace(chineseInEnglish, '')).not.toMatch(/[\u3400-\u9fff，。；：？！]/)
    // Half-width signs between Chinese characters, and typed dots, look broken in every Chinese face.
    expect(zh).not.toMatch(/[\u3400-\u9fff][,;:?!]|•|\.\.\./)
  })
})
