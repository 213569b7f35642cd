import jsqr from 'jsqr'
import { expect, test } from 'vitest'
import { qrSvg } from './qr.ts'

const decode = jsqr as unknown as (data: Uint8ClampedArray, width: number, height: number) => { data: string } | null

test('the SVG says the link: its modules drawn as pixels are a code that reads back', async () => {
  const link = 'https://nuanyang.example.cn/k/7Q2M9XKD4H'
  const svg = await qrSvg(link)
  const size = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1])
  const scale = 4
  const pixels = new Uint8ClampedArray((size * scale) ** 2 * 4).fill(255)
  // Strokes of height one: M x y h length, m dx 0 h length …
  const strokes = /stroke="#000000" d="([^"]+)"/.exec(svg)?.[1] ?? ''
  let [x, y] = [0, 0]
  for (const [, move = '', a = '', b = '', length = ''] of strokes.matchAll(/([Mm])(-?[\d.]+)[ ,]?(-?[\d.]+)h(\d+)/g)) {
    ;[x, y] = move === 'M' ? [Number(a), Number(b) - 0.5] : [x + Number(a), y + Number(b)]
    for (let row = y * scale; row < (y + 1) * scale; row++)
      for (let column = x * scale; column < (x + Number(length)) * scale; column++)
        pixels.fill(0, (row * size * scale + column) * 4, (row * size * scale + column) * 4 + 3)
    x += Number(length)
  }
  expect(decode(pixels, size * scale, size * scale)?.data).toBe(link)
})

test('nothing to say is refused', async () => {
  await expect(qrSvg('')).rejects.toThrow()
})
