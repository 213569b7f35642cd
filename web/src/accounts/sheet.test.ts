import { expect, test } from 'vitest'
import { readPasted } from './sheet.ts'

test('columns copied out of a table, in their usual order', () => {
  expect(readPasted('李山\t儿童主任\t小暑村\n\n王小梅\t班主任\t三年级（2）班\twangxm\n')).toEqual([
    { name: '李山', role: '儿童主任', unit: '小暑村', username: '' },
    { name: '王小梅', role: '班主任', unit: '三年级（2）班', username: 'wangxm' },
  ])
})

test('with a head line in any order; columns nobody asked for are left out', () => {
  expect(readPasted('序号\t单位\t姓名\t职务\r\n1\t小暑村\t李山\t儿童主任')).toEqual([
    { name: '李山', role: '儿童主任', unit: '小暑村', username: '' },
  ])
})

test('typed with commas of either width', () => {
  expect(readPasted('李山，儿童主任，小暑村')).toEqual([
    { name: '李山', role: '儿童主任', unit: '小暑村', username: '' },
  ])
  expect(readPasted('"李山",儿童主任,小暑村,shan')[0]).toMatchObject({ name: '李山', username: 'shan' })
})

test('nothing in, nothing out', () => {
  expect(readPasted(' \n\t\n')).toEqual([])
})
