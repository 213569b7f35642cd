import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { childOps } from '@nuanyang/contract/children.ts'
import { importOps } from '@nuanyang/contract/imports.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'
import { importWith, type UnitArguments } from './apply_command.ts'

let app: TestApp
let cast: Cast
let director: Person
const folder = mkdtempSync(join(tmpdir(), 'nuanyang-command-'))

beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village, { username: 'zhoumin' })
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const head = '姓名,性别,出生日期,年级,监护人姓名,监护关系,监护人电话,填报日期2026年9月'
function file(name: string, ...lines: string[]): string {
  const path = join(folder, name)
  writeFileSync(path, `\uFEFF小暑村台账（2026年9月）,,,,,,,\n${[head, ...lines].join('\n')}\n`)
  return path
}
const args = (path: string, more: Partial<UnitArguments> = {}): UnitArguments => ({
  file: path,
  unit: '芦溪镇/小暑村',
  as: 'zhoumin',
  dry_run: false,
  json: true,
  accept_questions: false,
  as_of: null,
  ...more,
})
const run = (path: string, more: Partial<UnitArguments> = {}) => importWith(app.parts, args(path, more))
const count = async () => (await app.call(childOps.count, {}, director)).count

const one = '何梓涵,女,2016-05-14,五年级,何德厚,爷爷,13800001234,'
const two = '陈小雨,女,2017-08-21,四年级,王桂英,奶奶,13800001235,'

test('a trial compares with the files and writes nothing; without it they are written, and an import is there to be taken back', async () => {
  const path = file('first.csv', one, two)
  const trial = await run(path, { dry_run: true })
  expect(trial).toMatchObject({ code: 0, report: { totals: { create: 2, update: 0 } } })
  expect(await count()).toBe(0)
  expect((await app.call(importOps.list, {}, director)).items).toEqual([])
  const done = await run(path)
  expect(done).toMatchObject({ code: 0, ending: expect.stringContaining('新建 2 份档案') })
  expect(await count()).toBe(2)
  const [made] = (await app.call(importOps.list, {}, director)).items
  expect(made).toMatchObject({ file_name: 'first.csv', state: 'applied', mine: true })
  // The same bytes again write nothing twice.
  expect((await run(path)).ending).toContain('以前已经导入过')
  expect(await count()).toBe(2)
})

test('the next file brings differences only', async () => {
  const path = file('second.csv', one, two.replace('四年级', '五年级'))
  expect((await run(path, { dry_run: true })).report.rows.map((row) => row.action)).toEqual(['unchanged', 'update'])
})

test('open questions stop the writing; accepted ones are listed with what was taken', async () => {
  const path = file('asked.csv', '严小禾,男,2019.1,一年级,严秀云,奶奶,13800001236,')
  const stopped = await run(path)
  expect(stopped).toMatchObject({ code: 1, ending: expect.stringContaining('还有 1 个问题') })
  expect(await count()).toBe(2)
  const done = await run(path, { accept_questions: true })
  expect(done.code).toBe(0)
  expect(done.report.questions).toMatchObject([{ code: 'born_on_ambiguous', answer: '2019-01' }])
  const [child] = (await app.call(childOps.list, { q: '严小禾' }, director)).items
  expect((await app.call(childOps.get, { id: child!.id }, director)).born_on).toBe('2019-01')
})

test('units are found by id, code and name; who may not, and what is not there, is said in a sentence', async () => {
  const path = file('units.csv', one)
  for (const unit of [cast.village.id, '990123104207', '小暑村'])
    expect((await run(path, { unit, dry_run: true })).code).toBe(0)
  await expect(run(path, { unit: '大寒村' })).rejects.toThrow('找不到单位“大寒村”')
  await expect(run(path, { as: 'nobody' })).rejects.toThrow('没有用户名是“nobody”的帐号')
  await expect(run(path, { unit: '白露村' })).rejects.toThrow('没有放进花名册的权限')
  await app.make
    .unit(cast.county, { kind: 'township', name: '丹河乡' })
    .then((under) => app.make.unit(under, { kind: 'village', name: '小暑村' }))
  await expect(run(path, { unit: '小暑村' })).rejects.toThrow('有 2 个“小暑村”')
  expect((await run(path, { dry_run: true })).code).toBe(0)
})

test('what is no roster ends in the reader’s sentence', async () => {
  const path = join(folder, 'scan.pdf')
  writeFileSync(path, '%PDF-1.7')
  await expect(run(path)).rejects.toMatchObject({ name: 'ReadRefusal' })
})
