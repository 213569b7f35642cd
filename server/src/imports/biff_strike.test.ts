import { expect, test } from 'vitest'
import { struckCells } from './biff_strike.ts'

function record(type: number, ...words: number[]): Buffer {
  const body = Buffer.alloc(words.length * 2)
  words.forEach((word, place) => body.writeUInt16LE(word, place * 2))
  const head = Buffer.alloc(4)
  head.writeUInt16LE(type)
  head.writeUInt16LE(body.length, 2)
  return Buffer.concat([head, body])
}

test('cells with a struck-out font are found on their sheet, past the font number that is never written', () => {
  const fonts = [0, 0, 0, 0, 8].map((options) => record(0x31, 220, options, 0, 400))
  const formats = [record(0xe0, 0), record(0xe0, 5)]
  const globals = [record(0x809, 0x600, 5), ...fonts, ...formats]
  const sheetRecords = [
    record(0x809, 0x600, 0x10),
    record(0xfd, 1, 0, 1, 0, 0),
    record(0xfd, 2, 0, 0, 0, 0),
    record(0xbd, 3, 4, 0, 0, 0, 1, 0, 0, 5),
    record(0x0a),
  ]
  const start = Buffer.concat([...globals, record(0x85, 0, 0, 0, 0)]).length
  const stream = Buffer.concat([...globals, record(0x85, start & 0xffff, start >> 16, 0, 0), ...sheetRecords])
  expect(struckCells(stream)).toEqual([new Set(['1:0', '3:5'])])
})

test('a stream cut short ends where it ends', () => {
  expect(struckCells(record(0x31, 220, 8).subarray(0, 6))).toEqual([])
  expect(struckCells(new Uint8Array())).toEqual([])
})
