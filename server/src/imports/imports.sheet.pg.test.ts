import { afterAll, beforeAll, expect, test } from 'vitest'
import { importOps } from '@nuanyang/contract/imports.ts'
import exceljs from 'exceljs'
import { testApp, type Person, type TestApp } from '../testing/app.ts'

let app: TestApp
let director: Person
let id: string

const heads = ['组别', '姓名', '性别', '出生年月', '年级', '监护人姓名', '监护关系', '监护人电话']

async function roster(lines: readonly (readonly string[])[]): Promise<Uint8Array> {
  const book = new exceljs.Workbook()
  const sheet = book.addWorksheet('台账')
  sheet.addRow(['白露村留守儿童台账 2026年11月'])
  sheet.mergeCells('A1:H1')
  for (const line of [heads, ...lines, ['合计', `${lines.length}人`]]) sheet.addRow([...line])
  return new Uint8Array(await book.xlsx.writeBuffer())
}

async function put(content: Uint8Array): Promise<string> {
  const made = await app.call(importOps.upload, { body: {}, file: { name: '台账.xlsx', content } }, director)
  await app.work()
  return made.id
}

beforeAll(async () => {
  app = await testApp()
  const cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village)
  id = await put(
    await roster([
      ['一组', '方知夏', '女', '2016-05-14', '四年级', '方德厚', '爷爷', '13800001234'],
      ['一组', '严小禾', '男', '2019.1', '一年级', '严秀云', '奶奶', '13800001235'],
      ['二组', '金晓晨', '男', '2018.1', '二年级', '金有福', '爷爷', '13800001236'],
      ['二组', '', '女', '2018-3-2', '二年级', '林春梅', '姑姑', '13800001237'],
    ]),
  )
})
afterAll(() => app.close())

const lines = (more: object = {}) => app.call(importOps.rows, { id, sheet: '台账', ...more }, director)

test('imports.get counts the lines of every sheet by what will happen; imports.rows finds exactly that many', async () => {
  const { sheets, writes } = await app.call(importOps.get, { id }, director)
  const { counts } = sheets[0]!
  expect(counts).toEqual({ all: 7, head: 2, create: 3, update: 0, unchanged: 0, duplicate: 0, reject: 2 })
  expect(writes).toEqual({ create: 3, update: 0 })
  for (const action of ['create', 'update', 'unchanged', 'duplicate', 'reject'] as const)
    expect((await lines({ action })).items).toHaveLength(counts[action])
  const { items } = await lines({ action: 'create' })
  await app.call(importOps.decide, { id, body: { row_ids: [items[0]!.id], decision: 'skip' } }, director)
  expect((await app.call(importOps.get, { id }, director)).writes.create).toBe(2)
  expect((await lines({ action: 'reject' })).items.map((line) => line.row)).toEqual([3, 6, 7])
  await app.call(importOps.decide, { id, body: { row_ids: [items[0]!.id], decision: null } }, director)
})

test('any place of the sheet can be looked at', async () => {
  expect((await lines({ skip: 2, limit: 2 })).items.map((line) => [line.row, line.place])).toEqual([
    [3, 2],
    [4, 3],
  ])
  expect((await lines({ skip: 1, limit: 5, action: 'create' })).items.map((line) => line.place)).toEqual([3, 4])
  expect((await lines({ skip: 90 })).items).toEqual([])
})

test('imports.put_aside lets the import go on without an answer, and takes the question up again', async () => {
  const [question] = (await app.call(importOps.get, { id }, director)).questions
  expect(question).toMatchObject({ code: 'born_on_ambiguous', rows: [4, 5], aside: false })
  const asked = { question_id: question!.id }
  expect((await lines(asked)).items.map((line) => line.name)).toEqual(['严小禾', '金晓晨'])
  const version = async () => (await app.call(importOps.get, { id }, director)).version
  expect((await app.refused(importOps.apply, { id, body: { version: await version() } }, director)).code).toBe(
    'questions_open',
  )
  await app.call(importOps.put_aside, { id, body: { ...asked, aside: true } }, director)
  expect((await app.call(importOps.get, { id }, director)).questions[0]!.aside).toBe(true)
  await app.call(importOps.put_aside, { id, body: { ...asked, aside: false } }, director)
  expect((await app.call(importOps.get, { id }, director)).questions[0]!.aside).toBe(false)
  expect(
    (await app.refused(importOps.put_aside, { id, body: { question_id: 'none', aside: true } }, director)).code,
  ).toBe('question_gone')
  await app.call(importOps.put_aside, { id, body: { ...asked, aside: true } }, director)
  await app.call(importOps.apply, { id, body: { version: await version() } }, director)
  await app.work()
  expect(await app.call(importOps.get, { id }, director)).toMatchObject({
    state: 'applied',
    writes: { create: 3, update: 0 },
  })
})

test('what nobody foresaw while writing leaves nothing behind, is said, and can be tried again', async () => {
  const again = await put(
    await roster([['三组', '温远帆', '男', '2017-04-02', '三年级', '温长顺', '爷爷', '13800001299']]),
  )
  const found = () => app.call(importOps.get, { id: again }, director)
  await app.owner.query('alter table changes add constraint nothing_more check (false) not valid')
  await app.call(importOps.apply, { id: again, body: { version: (await found()).version } }, director)
  await app.work()
  await app.owner.query('alter table changes drop constraint nothing_more')
  expect(await found()).toMatchObject({
    state: 'ready',
    failure: expect.stringContaining('一个孩子也没有写进去'),
    writes: { create: 1, update: 0 },
  })
  await app.call(importOps.apply, { id: again, body: { version: (await found()).version } }, director)
  await app.work()
  expect(await found()).toMatchObject({ state: 'applied', failure: null })
})
