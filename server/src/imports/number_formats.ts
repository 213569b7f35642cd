// What a numeric cell means by the way it is shown: a day, a month, a number with two decimals.

import { dayOfSerial } from '@nuanyang/domain/dates.ts'
import type { Cell } from '@nuanyang/domain/rosters/workbook.ts'

// Formats that need no definition in the file. 27 to 36 and 50 to 58 are dates in Chinese versions of Excel.
const BUILT_IN: Readonly<Record<number, string>> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  14: 'yyyy/m/d',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm',
  19: 'h:mm:ss',
  20: 'h:mm',
  21: 'h:mm:ss',
  22: 'yyyy/m/d h:mm',
  27: 'yyyy年m月',
  28: 'm月d日',
  29: 'm月d日',
  30: 'm-d-yy',
  31: 'yyyy年m月d日',
  32: 'h时mm分',
  33: 'h时mm分ss秒',
  34: 'h时mm分',
  35: 'h时mm分ss秒',
  36: 'yyyy年m月',
  45: 'mm:ss',
  46: 'h:mm:ss',
  47: 'mm:ss',
  49: '@',
  50: 'yyyy年m月',
  51: 'm月d日',
  52: 'yyyy年m月',
  53: 'm月d日',
  54: 'm月d日',
  55: 'yyyy年m月',
  56: 'm月d日',
  57: 'yyyy年m月',
  58: 'm月d日',
}

export interface NumberFormat {
  readonly date: 'day' | 'month' | null
  readonly decimals: number | null
  readonly zeros: number
  readonly percent: boolean
}

const PLAIN: NumberFormat = { date: null, decimals: null, zeros: 0, percent: false }
const known = new Map<string, NumberFormat>()

export function builtInFormat(id: number): string {
  return BUILT_IN[id] ?? 'General'
}

export function readFormat(code: string): NumberFormat {
  let format = known.get(code)
  if (!format) {
    format = parseFormat(code)
    if (known.size < 1000) known.set(code, format)
  }
  return format
}

function parseFormat(code: string): NumberFormat {
  const section = (code.split(';')[0] ?? '')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/\\./g, (escaped) => (/[年月日]/.test(escaped) ? escaped.slice(1) : ''))
  const bare = section.replace(/"[^"]*"/g, '').toLowerCase()
  if (bare === '' || /general|^@$|常规/.test(bare)) return PLAIN
  if (/[yd]|年|月/.test(bare) || /^m+$/.test(bare) || (/m/.test(bare) && !/[hs时分:]/.test(bare)))
    return { ...PLAIN, date: /d|日/.test(bare) ? 'day' : 'month' }
  if (/[hs]/.test(bare)) return PLAIN
  if (/e\+/.test(bare)) return PLAIN
  const decimals = /0\.(0+)/.exec(bare)?.[1]?.length ?? null
  return { date: null, decimals, zeros: /^0+$/.test(bare) ? bare.length : 0, percent: bare.includes('%') }
}

/** The cell of a number under its format. A month-only format on the first of a month is a month: that is all the writer knew. */
export function numberCell(value: number, code: string, date1904: boolean): Pick<Cell, 'kind' | 'text'> {
  const format = readFormat(code)
  if (format.date && value >= 1 && value < 2_958_466) {
    const day = dayOfSerial(value, date1904)
    return { kind: 'date', text: format.date === 'month' && day.endsWith('-01') ? day.slice(0, 7) : day }
  }
  if (format.percent) return { kind: 'number', text: `${Number((value * 100).toPrecision(12))}%` }
  if (format.decimals !== null && format.decimals <= 4 && Math.abs(value) < 1e12)
    return { kind: 'number', text: value.toFixed(format.decimals) }
  const text = plainNumber(value)
  return { kind: 'number', text: format.zeros > text.length ? text.padStart(format.zeros, '0') : text }
}

/** All digits of a double, without exponent and without the dust of binary fractions. */
export function plainNumber(value: number): string {
  if (!Number.isFinite(value)) return ''
  if (Number.isInteger(value)) return Math.abs(value) < 1e21 ? BigInt(value).toString() : String(value)
  return String(Number(value.toPrecision(15)))
}
