// A county asks one thing more in a kind of record: it is in the record, its corrections, its prints and its ledger, and seen like the record.
import exceljs from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { childOps } from '@nuanyang/contract/children.ts'
import { customFieldOps } from '@nuanyang/contract/custom_fields.ts'
import { recordOps, type NewRecord } from '@nuanyang/contract/records.ts'
import { docxParagraphs } from '../documents/testing/read.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

let app: TestApp
let cast: Cast
let director: Person
let county: Person
const child = newId()
beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village)
  county = await app.signInAs('county_staff', cast.county)
  await app.call(childOps.create, { body: { id: child, facts: { name: '陈小雨' } } }, director)
})
afterAll(() => app.close())

const field = (name: string, more: object = {}) => ({ id: newId(), name, kind: 'talk' as const, type: 'text' as const, options: [] as string[], ...more }) // prettier-ignore
const talk = (fields: Record<string, unknown>, more: Partial<NewRecord> = {}): NewRecord => ({ id: newId(), kind: 'talk', happened_on: '2026-11-20', text: '说了学校的事', child_ids: [child], fields, although_similar: true, ...more }) // prettier-ignore

test('a field on talks: written with the record, checked, corrected with its first value kept, nowhere else', async () => {
  const body = field('谈话时的天气', { type: 'choice', options: ['晴', '雨'] })
  expect((await app.refused(customFieldOps.add, { body }, director)).code).toBe('forbidden')
  const made = await app.call(customFieldOps.add, { body }, county)
  expect(made).toMatchObject({ kind: 'talk', code: 'field_1', used: 0 })
  // One name for one thing, of the county's and of the kind's own; the same name on another kind is another thing.
  for (const name of ['谈话时的天气', '方式'])
    expect((await app.refused(customFieldOps.add, { body: field(name) }, county)).code).toBe('custom_name_taken')
  await app.call(customFieldOps.add, { body: field('谈话时的天气', { kind: 'visit' }) }, county)
  expect((await app.call(customFieldOps.list, {}, director)).items).toEqual([])
  expect((await app.call(customFieldOps.list, { of: 'talk' }, director)).items.map((one) => one.name)).toEqual(['谈话时的天气']) // prettier-ignore

  for (const fields of [{ 'custom.field_1': '雪' }, { 'custom.field_9': '晴' }])
    expect((await app.refused(recordOps.add, { body: talk(fields) }, director)).code).toBe('invalid')
  const body1 = talk({ 'custom.field_1': '晴' })
  const first = await app.call(recordOps.add, { body: body1 }, director)
  expect(first.fields).toEqual({ 'custom.field_1': '晴' })
  const { fields: _f, id: _i, kind: _k, although_similar: _s, ...rest } = body1
  await app.call(recordOps.correct, { id: first.id, body: { ...rest, version: first.version, fields: { 'custom.field_1': '雨' } } }, director) // prettier-ignore
  const read = await app.call(recordOps.get, { id: first.id }, director)
  expect([read.fields, read.versions[0]!.fields]).toEqual([{ 'custom.field_1': '雨' }, { 'custom.field_1': '晴' }])
  expect((await app.call(customFieldOps.get, { id: made.id }, county)).used).toBe(1)

  // Words to choose from change: what was written stays, also through a correction; a new record takes the new words only.
  const renamed = await app.call(customFieldOps.change, { id: made.id, body: { version: made.version, name: '那天的天气', options: ['晴', '阴'] } }, county) // prettier-ignore
  const again = await app.call(recordOps.correct, { id: first.id, body: { ...rest, text: '说了学校和天气', version: read.version, fields: { 'custom.field_1': '雨' } } }, director) // prettier-ignore
  expect(again.fields).toEqual({ 'custom.field_1': '雨' })
  expect((await app.refused(recordOps.add, { body: talk({ 'custom.field_1': '雨' }) }, director)).code).toBe('invalid')

  // Ended: what waited on a telephone without a network is still taken.
  await app.call(customFieldOps.change, { id: made.id, body: { version: renamed.version, ends: true } }, county)
  expect((await app.call(recordOps.add, { body: talk({ 'custom.field_1': '阴' }) }, director)).fields).toEqual({ 'custom.field_1': '阴' }) // prettier-ignore
})

test('it stands on the card, in the list and as a column of the ledger of its kind, under the name it has now', async () => {
  for (const body of [
    field('说了几分钟', { type: 'number' }),
    field('爸妈在场', { type: 'yes_no' }),
    field('下次哪天', { type: 'day' }),
  ])
    // prettier-ignore
    await app.call(customFieldOps.add, { body }, county)
  const fields = { 'custom.field_2': 25, 'custom.field_3': true, 'custom.field_4': '2026-12-05' }
  const { id } = await app.call(recordOps.add, { body: talk(fields) }, director)
  for (const paper of ['card', 'series'] as const) {
    const printed = await app.send(recordOps.print, { body: { record_ids: [id], paper, format: 'docx', purpose: '存档' } }, director) // prettier-ignore
    const words = docxParagraphs(printed.bytes).join('\n')
    for (const part of ['说了几分钟', '25', '爸妈在场', '下次哪天']) expect([paper, words.includes(part)]).toEqual([paper, true]) // prettier-ignore
  }
  const book = await app.send(recordOps.ledger, { body: { ledger: 'talks', filter: {}, purpose: '存档' } }, director)
  const rows = await sheetRows(book.bytes)
  const head = rows.find((row) => row.includes('日期'))!
  const at = (name: string) => head.indexOf(name)
  const row = rows.find((one) => one[at('说了几分钟')] === '25')!
  expect([row[at('爸妈在场')], row[at('下次哪天')]]).toEqual(['是', '2026-12-05'])
  // Ended, but written in: its column is still there, under its last name.
  expect(rows.map((one) => one[at('那天的天气')])).toContain('雨')
  const all = await sheetRows((await app.send(recordOps.ledger, { body: { ledger: 'all', filter: {}, purpose: '存档' } }, director)).bytes) // prettier-ignore
  expect(all.flat().join('\n')).toContain('说了几分钟：25')
})

test('whoever sees only that a talk took place sees nothing of it', async () => {
  const leading = await app.signInAs('leading_group', cast.village)
  const seen = await app.send(recordOps.list, { child_id: child }, leading)
  expect(seen.text).toContain('"masked"')
  expect(seen.told).not.toContain('custom.field')
})

async function sheetRows(bytes: Uint8Array): Promise<string[][]> {
  const book = new exceljs.Workbook()
  await book.xlsx.load(bytes as never)
  const rows: string[][] = []
  book.worksheets[0]!.eachRow((row) =>
    rows.push(
      (row.values as unknown[])
        .slice(1)
        .map((cell) => (typeof cell === 'string' || typeof cell === 'number' ? String(cell) : '')),
    ),
  )
  return rows
}
