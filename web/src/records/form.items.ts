// Money and goods as they are typed: yuan as text, one line for all children when each gets the same.
import type { FieldFault } from '@nuanyang/contract/records.fields.ts'
import type { RecordItem, RecordRow } from '@nuanyang/contract/records.ts'

export interface ItemLine {
  what: 'money' | 'goods'
  name: string
  quantity: string
  measure_word: string
  yuan: string
  /** This for each of the children; else for all together, or for the one child. */
  each: boolean
  child_id?: string
}

export const newLine = (what: ItemLine['what'], name = ''): ItemLine => ({
  what,
  name,
  quantity: '',
  measure_word: '',
  yuan: '',
  each: true,
})

/** Fen of what was typed as yuan; null when nothing or no amount. */
export function fenOf(yuan: string): number | null {
  const text = yuan.trim().replaceAll(/[,，]/g, '')
  if (!/^\d{1,9}(\.\d{1,2})?$/.test(text)) return null
  const [whole, part = ''] = text.split('.')
  return Number(whole) * 100 + Number(part.padEnd(2, '0'))
}

const isUsed = (line: ItemLine) => [line.name, line.quantity, line.yuan].some((text) => text.trim() !== '')

export function itemsOf(lines: readonly ItemLine[], children: readonly { id: string }[]): RecordItem[] {
  return lines.filter(isUsed).flatMap((line) => {
    const quantity = Number(line.quantity)
    const item: RecordItem = {
      what: line.what,
      name: line.name.trim(),
      ...(line.quantity.trim() && quantity >= 0 ? { quantity } : {}),
      ...(line.measure_word.trim() ? { measure_word: line.measure_word.trim() } : {}),
      ...(fenOf(line.yuan) === null ? {} : { amount_fen: fenOf(line.yuan) }),
    }
    if (line.each && children.length > 0) return children.map((child) => ({ ...item, child_id: child.id }))
    return [{ ...item, ...(line.child_id ? { child_id: line.child_id } : {}) }]
  })
}

export function itemFaults(lines: readonly ItemLine[], words: { name: FieldFault; amount: FieldFault }): FieldFault[] {
  return lines.flatMap((line, n) => {
    if (!isUsed(line)) return []
    const wrong = line.yuan.trim() !== '' && fenOf(line.yuan) === null
    return [
      ...(line.name.trim() === '' ? [{ ...words.name, path: `items.${n}.name` }] : []),
      ...(wrong || (line.what === 'money' && line.yuan.trim() === '')
        ? [{ ...words.amount, path: `items.${n}.amount_fen` }]
        : []),
    ]
  })
}

/** Fen of everything on the lines. */
export const totalFen = (lines: readonly ItemLine[], children: number): number =>
  lines.reduce((sum, line) => sum + (fenOf(line.yuan) ?? 0) * (line.each && children > 0 ? children : 1), 0)

/** The lines of a stored record: what every child got alike is one line again. */
export function listedItems(record: Pick<RecordRow, 'items' | 'children'>): ItemLine[] {
  const lines: ItemLine[] = []
  const counts = new Map<string, number>()
  const keyOf = (item: RecordRow['items'][number]) =>
    [item.what, item.name, item.quantity, item.measure_word, item.amount_fen].join('|')
  for (const item of record.items) if (item.child_id) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1)
  const done = new Set<string>()
  for (const item of record.items) {
    const key = keyOf(item)
    const each = item.child_id !== null && counts.get(key) === record.children.length
    if (each && done.has(key)) continue
    if (each) done.add(key)
    lines.push({
      what: item.what === 'money' ? 'money' : 'goods',
      name: item.name,
      quantity: item.quantity === null ? '' : String(item.quantity),
      measure_word: item.measure_word ?? '',
      yuan: item.amount_fen === null ? '' : String(item.amount_fen / 100),
      each,
      ...(item.child_id && !each ? { child_id: item.child_id } : {}),
    })
  }
  return lines
}
