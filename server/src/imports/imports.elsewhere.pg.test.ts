import { afterAll, beforeAll, expect, test } from 'vitest'
import { childOps } from '@nuanyang/contract/children.ts'
import { importOps } from '@nuanyang/contract/imports.ts'
import { accountOps } from '@nuanyang/contract/accounts.ts'
import { checkDigit } from '@nuanyang/domain/identity_numbers.ts'
import exceljs from 'exceljs'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

// Rosters that name children whose files others keep: what the importer learns of them, and what becomes of the rest of the file.
let app: TestApp
let cast: Cast
let there: Person
let here: Person
const child = newId()
const number = '99012320170821094' + checkDigit('99012320170821094')
const facts = {
  name: '陈小雨',
  born_on: '2017-08-21',
  identity_no: number,
  father: { name: '陈建国', state: 'away' as const, work_place: '东莞' },
}

beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  there = await app.signInAs('child_director', cast.otherVillage)
  here = await app.signInAs('child_director', cast.village)
  await app.call(childOps.create, { body: { id: child, facts } }, there)
})
afterAll(() => app.close())

const heads = ['姓名', '性别', '出生日期', '身份证号', '年级', '父亲姓名', '父亲务工地点']
async function put(who: Person, ...lines: string[][]): Promise<string> {
  const book = new exceljs.Workbook()
  const sheet = book.addWorksheet('花名册')
  sheet.addRow(['留守儿童花名册（2026年11月）'])
  for (const line of [heads, ...lines]) sheet.addRow(line)
  const content = new Uint8Array(await book.xlsx.writeBuffer())
  const { id } = await app.call(importOps.upload, { body: {}, file: { name: '花名册.xlsx', content } }, who)
  await app.work()
  return id
}
async function apply(who: Person, id: string) {
  const { version } = await app.call(importOps.get, { id }, who)
  await app.call(importOps.apply, { id, body: { version } }, who)
  await app.work()
  return app.call(importOps.get, { id }, who)
}

test('a child at home in another village is asked about: nothing is told of the file, and the other rows go in', async () => {
  const line = (place: string) => ['陈小雨', '女', '2017-08-21', number, '三年级', '陈建国', place]
  const id = await put(here, line('东莞'), ['李满', '男', '2015-03-01', '', '五年级', '李强', '温州'])
  const { items } = await app.call(importOps.rows, { id }, here)
  const row = items.find((one) => one.name === '陈小雨')!
  expect(row).toMatchObject({ action: 'duplicate', differences: [] })
  const answer = await app.send(importOps.decide, { id, body: { row_ids: [row.id], decision: 'update' } }, here)
  expect(answer.status).toBe(200)
  expect(await apply(here, id)).toMatchObject({ state: 'applied', failure: null })
  const names = (await app.call(childOps.list, {}, here)).items.map((one) => one.name)
  expect(names).toEqual(['李满'])
  expect((await app.call(childOps.get, { id: child }, there)).units.map((unit) => unit.name)).toEqual(['白露村'])
})

test('a school that knows the number takes the pupil in; a guessed fact is answered like any other beforehand', async () => {
  const leader = await app.signInAs('school_leader', cast.school)
  const guesses = []
  for (const place of ['东莞', '中山']) {
    const id = await put(leader, ['陈小雨', '女', '2017-08-21', number, '三年级', '陈建国', place])
    const { items } = await app.call(importOps.rows, { id }, leader)
    const row = items.find((one) => one.name === '陈小雨')!
    guesses.push({ action: row.action, differences: row.differences })
    await app.call(importOps.discard, { id }, leader)
  }
  expect(guesses[0]).toEqual(guesses[1])
  expect(guesses[0]).toMatchObject({ action: 'update' })
})

test('withdrawing a school’s roster takes its pupils out of the class again', async () => {
  const leader = await app.signInAs('school_leader', cast.school)
  const pupil = newId()
  const his = '99012320160303015' + checkDigit('99012320160303015')
  await app.call(childOps.create, { body: { id: pupil, facts: { name: '郭一鸣', identity_no: his } } }, there)
  const id = await put(leader, ['郭一鸣', '男', '', his, '三年级', '', ''])
  await apply(leader, id)
  const inSchool = (await app.call(childOps.get, { id: pupil }, leader)).units.map((unit) => unit.as)
  expect(inSchool).toContain('class')
  expect(await app.call(importOps.withdraw, { id, body: { reason: '放错了' } }, leader)).toMatchObject({ withdrawn: true }) // prettier-ignore
  expect((await app.refused(childOps.get, { id: pupil }, leader)).code).toBe('not_found')
  const file = await app.call(childOps.get, { id: pupil }, there)
  expect(file.units.map((unit) => unit.as)).toEqual(['residence'])
  const { rows } = await app.owner.query('select class_unit_id from enrolments where child_id = $1 and valid @> $2::date', [pupil, '2026-11-25']) // prettier-ignore
  expect(rows.map((row: { class_unit_id: string | null }) => row.class_unit_id)).toEqual([null])
})

test('a number without the name brings nobody in, and is not told from a number of another village', async () => {
  const leader = await app.signInAs('school_leader', cast.school)
  const id = await put(leader, ['陈大雨', '女', '2017-08-21', number, '三年级', '', ''], ['吴一', '男', '2016-02-02', '', '三年级', '', '']) // prettier-ignore
  const row = (await app.call(importOps.rows, { id }, leader)).items.find((one) => one.name === '陈大雨')!
  expect(row).toMatchObject({ action: 'duplicate', differences: [], child: { id: null, unit_name: null, name: '陈大雨' } }) // prettier-ignore
  await app.call(importOps.decide, { id, body: { row_ids: [row.id], decision: 'update' } }, leader)
  expect((await apply(leader, id)).state).toBe('applied')
  expect((await app.refused(childOps.get, { id: child }, leader)).code).toBe('not_found')
})

test('of a child out of sight a right guess and a wrong one get the same answer, in a roster and by hand', async () => {
  for (const [born, father] of [
    ['2017-08-21', '陈建国'],
    ['2017-08-22', '陈建国'],
    ['2017-08-23', '王强'],
  ] as const) {
    const id = await put(here, ['陈小雨', '女', born, '', '三年级', father, '东莞'])
    const { items } = await app.call(importOps.rows, { id }, here)
    expect(items.find((one) => one.name === '陈小雨')).toMatchObject({ action: 'create', child: null })
    await app.call(importOps.discard, { id }, here)
    const typed = newId()
    await app.call(childOps.create, { body: { id: typed, facts: { name: '陈小雨', born_on: born } } }, here)
    await app.owner.query(`update children set status = 'exited', exited_on = '2026-11-25', exit_reason = 'entered_by_mistake', merged_into_id = $2 where id = $1`, [typed, child]) // prettier-ignore
  }
})

test('a name and a birthday alone do not bring another unit’s child into a class', async () => {
  const leader = await app.signInAs('school_leader', cast.school)
  const id = await put(leader, ['陈小雨', '女', '2017-08-21', '', '三年级', '', ''], ['周末', '男', '2016-02-02', '', '三年级', '', '']) // prettier-ignore
  const { items } = await app.call(importOps.rows, { id }, leader)
  const row = items.find((one) => one.name === '陈小雨')!
  expect(row.action).toBe('create')
  await app.call(importOps.decide, { id, body: { row_ids: [row.id], decision: 'update' } }, leader)
  expect((await apply(leader, id)).state).toBe('applied')
  expect((await app.refused(childOps.get, { id: child }, leader)).code).toBe('not_found')
  expect((await app.call(childOps.list, {}, leader)).items.map((one) => one.name)).toEqual(['陈小雨', '吴一', '周末'])
})

test('a list of people in a file is read as text; a file that is none ends in its sentence', async () => {
  const administrator = await app.signInAs('administrator', cast.county)
  const book = new exceljs.Workbook()
  const sheet = book.addWorksheet('人员')
  for (const line of [['姓名', '角色', '单位'], ['李山', '儿童主任', '小暑村']]) sheet.addRow(line) // prettier-ignore
  const content = new Uint8Array(await book.xlsx.writeBuffer())
  const read = await app.call(importOps.read_table, { body: {}, file: { name: '人员.xlsx', content } }, administrator)
  expect(read.text).toBe('姓名\t角色\t单位\n李山\t儿童主任\t小暑村')
  const csv = await app.call(importOps.read_table, { body: {}, file: { name: '人员.csv', content: '姓名,角色\n李山,儿童主任' } }, administrator) // prettier-ignore
  expect(csv.text).toBe('姓名\t角色\n李山\t儿童主任')
  const empty = await app.refused(importOps.read_table, { body: {}, file: { name: '人员.xlsx', content: '' } }, administrator) // prettier-ignore
  expect(empty.detail).toMatch(/[一-龥]{6,}/)
  expect((await app.refused(importOps.read_table, { body: {}, file: { name: '人员.xlsx', content } }, here)).code).toBe('forbidden') // prettier-ignore
})

test('columns that are closed to the importer are left out, the rest of the row is kept', async () => {
  const teacher = await app.signInAs('class_teacher', cast.class)
  const mine = newId()
  await app.call(childOps.create, { body: { id: mine, facts: { name: '孙可', born_on: '2016-09-09' } } }, teacher)
  const other = '99012320160909001' + checkDigit('99012320160909001')
  const id = await put(teacher, ['孙可', '男', '2016-09-09', other, '三年级', '孙强', '厦门'])
  expect(await apply(teacher, id)).toMatchObject({ state: 'applied', failure: null })
  const file = await app.call(childOps.get, { id: mine }, teacher)
  expect(file).toMatchObject({ identity_no: null, sex: 'male', father: { name: '孙强', work_place: '厦门' } })
})

test('what is masked cannot be found by stating it: right and wrong guesses get the same answer', async () => {
  const worker = await app.signInAs('social_worker', cast.otherVillage)
  const { version } = await app.call(childOps.get, { id: child }, worker)
  const wrong = '99012320170821003' + checkDigit('99012320170821003')
  for (const identity_no of [number, wrong])
    expect(
      (await app.refused(childOps.change, { id: child, body: { version, facts: { identity_no } } }, worker)).code,
    ).toBe('field_not_yours')
})

test('who moved to another unit no longer reads the rosters of the old one', async () => {
  const both = await app.signInAs('child_director', cast.village)
  const id = await put(both, ['钱多', '男', '2015-03-01', '', '五年级', '', ''])
  const next = await app.make.membership(both, 'child_director', cast.otherVillage)
  const moved = await app.send(accountOps.switch_membership, { body: { membership_id: next } }, both)
  expect((await app.refused(importOps.rows, { id }, moved.cookie)).code).toBe('not_found')
})

test('an import whose person has left meanwhile ends in a sentence, not in a bar that never moves', async () => {
  const leaving = await app.signInAs('child_director', cast.village)
  const id = await put(leaving, ['郑一', '男', '2015-04-01', '', '五年级', '', ''])
  const { version } = await app.call(importOps.get, { id }, leaving)
  await app.call(importOps.apply, { id, body: { version } }, leaving)
  await app.owner.query('update memberships set until_on = $2 where id = $1', [leaving.membership_id, '2026-11-25'])
  await app.work()
  const { rows } = await app.owner.query('select state, failure from imports where id = $1', [id])
  expect(rows[0].state).not.toBe('applying')
  expect(rows[0].failure).toMatch(/[一-龥]{6,}/)
})
