// A class of which the last year is over: nobody falls out of a list, a file or a ledger because no grade fits any more.
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import exceljs from 'exceljs'
import { childOps } from '@nuanyang/contract/children.ts'
import { unitOps } from '@nuanyang/contract/units.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type TestApp } from '../testing/app.ts'
import { documentBytes } from '../testing/issued.ts'
import type { Cast } from '../testing/make.ts'

vi.setConfig({ testTimeout: 60_000 })

let app: TestApp
let cast: Cast
beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
})
afterAll(() => app.close())

test('a class that graduated keeps its children: in its list, with their school in the file, and in its ledger', async () => {
  const left = await app.make.unit(cast.school, { kind: 'class', name: '', stage: 'primary', entry_year: 2020, class_number: '2' }) // prettier-ignore
  const teacher = await app.signInAs('class_teacher', left)
  const ids = [newId(), newId()]
  for (const [at, name] of ['谷小雪', '罗安安'].entries())
    await app.call(
      childOps.create,
      { body: { id: ids[at]!, facts: { name, sex: 'female', born_on: '2014-03-02' }, links: [{ unit_id: left.id, as: 'class' }] } }, // prettier-ignore
      teacher,
    )
  const unit = await app.call(unitOps.get, { id: left.id }, teacher)
  expect([unit.label, unit.children]).toEqual(['小学2020级（2）班', 2])
  const { items } = await app.call(childOps.list, { unit_id: left.id }, teacher)
  expect(items.map((row) => [row.name, row.school_name, row.class_number, row.grade])).toEqual([
    ['谷小雪', '芦溪镇中心小学', '2', null],
    ['罗安安', '芦溪镇中心小学', '2', null],
  ])
  // The next school is asked for, not guessed.
  expect((await app.call(childOps.get, { id: ids[0]! }, teacher)).missing).toContain('schooling')
  const book = new exceljs.Workbook()
  const bytes = await documentBytes(app, teacher, { kind: 'ledger', format: 'xlsx', filter: { unit_id: left.id }, ledger: 'school_roster' }) // prettier-ignore
  await book.xlsx.load(bytes as never)
  const cells = book.worksheets[0]!.getSheetValues().flatMap((row) => (Array.isArray(row) ? row.map(String) : []))
  for (const each of [
    '谷小雪',
    '罗安安',
    '填报单位：芦溪镇中心小学2020级（2）班',
    '芦溪镇中心小学2020级（2）班留守儿童花名册',
  ])
    expect(cells).toContain(each)
})
