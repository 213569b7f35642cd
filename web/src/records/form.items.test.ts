import { expect, test } from 'vitest'
import { fenOf, itemFaults, itemsOf, listedItems, newLine, totalFen } from './form.items.ts'

test('yuan as typed become fen exactly, and what is no amount becomes nothing', () => {
  expect(['200', '0.1', '12.34', '1,200', '', '两百', '1.234'].map(fenOf)).toEqual([20_000, 10, 1234, 120_000, null, null, null]) // prettier-ignore
})

test('what each child gets is one line and as many items, and is one line again when it is corrected', () => {
  const children = [{ id: 'a', name: '小雨', remark: null }, { id: 'b', name: '小晨', remark: null }] // prettier-ignore
  const lines = [{ ...newLine('money', '慰问金'), yuan: '200' }, { ...newLine('goods', '书'), quantity: '3', measure_word: '本', each: false }, newLine('goods')] // prettier-ignore
  const items = itemsOf(lines, children)
  expect(items).toMatchObject([
    { what: 'money', amount_fen: 20_000, child_id: 'a' },
    { child_id: 'b' },
    { what: 'goods', quantity: 3, measure_word: '本' },
  ])
  expect(totalFen(lines, 2)).toBe(40_000)
  const stored = items.map((item) => ({
    donor_name: null,
    received_on: null,
    quantity: null,
    measure_word: null,
    amount_fen: null,
    child_id: null,
    ...item,
  }))
  expect(listedItems({ items: stored as never, children })).toMatchObject([
    { name: '慰问金', yuan: '200', each: true },
    { name: '书', quantity: '3', each: false },
  ])
})

test('money without an amount and a thing without a name are said at their line', () => {
  const words = {
    name: { path: '', zh: '名', en: 'name' },
    amount: { path: '', zh: '钱', en: 'amount' },
  }
  const lines = [newLine('money', '慰问金'), { ...newLine('goods'), quantity: '2' }, newLine('goods')]
  expect(itemFaults(lines, words).map((fault) => fault.path)).toEqual(['items.0.amount_fen', 'items.1.name'])
})
