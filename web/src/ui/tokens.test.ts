import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8')

function tokens(selector: string): Record<string, string> {
  const block = css.slice(css.indexOf(`${selector} {`))
  const body = block.slice(0, block.indexOf('}'))
  return Object.fromEntries([...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/gi)].map((m) => [m[1], m[2]]))
}

function luminance(hex: string): number {
  const part = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high! + 0.05) / (low! + 0.05)
}

const words: [ink: string, grounds: string[]][] = [
  ['ink', ['paper', 'sheet', 'wash', 'sun-soft', 'leaf-soft', 'amber-soft', 'brick-soft', 'lake-soft']],
  ['ink-2', ['paper', 'sheet', 'wash', 'sun-soft', 'amber-soft']],
  ['sun', ['paper', 'sheet', 'sun-soft']],
  ['on-sun', ['sun']],
  ['leaf', ['paper', 'sheet', 'leaf-soft']],
  ['amber', ['paper', 'sheet', 'amber-soft']],
  ['brick', ['paper', 'sheet', 'brick-soft']],
  ['lake', ['paper', 'sheet', 'lake-soft']],
]

describe.each([
  ['light', ':root'],
  ['dark', ":root[data-theme='dark']"],
])('the %s tokens', (_name, selector) => {
  const set = { ...tokens(':root'), ...tokens(selector) }
  it.each(words.flatMap(([ink, grounds]) => grounds.map((ground) => [ink, ground] as const)))(
    '%s can be read on %s',
    (ink, ground) => expect(contrast(set[ink]!, set[ground]!)).toBeGreaterThanOrEqual(4.5),
  )
  it.each(['paper', 'sheet'])('the border of a field can be seen on %s', (ground) => {
    expect(contrast(set['edge']!, set[ground]!)).toBeGreaterThanOrEqual(3)
  })
})
