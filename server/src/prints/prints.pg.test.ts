import { afterAll, beforeAll, expect, test } from 'vitest'
import exceljs from 'exceljs'
import { childOps } from '@nuanyang/contract/children.ts'
import { importOps } from '@nuanyang/contract/imports.ts'
import { printOps } from '@nuanyang/contract/prints.ts'
import { checkDigit } from '@nuanyang/domain/identity_numbers.ts'
import { docxParagraphs, pdfPages, pdfText, qrCodesOf } from '../documents/testing/read.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

let app: TestApp
let cast: Cast
let director: Person
const ids: string[] = []
const identity = '99012320170821094'.concat(checkDigit('99012320170821094'))
const people = ['陈小雨', '郭嘉禾', '买买提·艾力', '欧阳一鸣', '𠮷小满']

beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village, { name: '周敏' })
  for (const [n, name] of people.entries()) {
    const id = newId()
    ids.push(id)
    await app.call(
      childOps.create,
      {
        body: {
          id,
          facts: {
            name,
            ...(n === 0 ? { identity_no: identity } : { sex: 'male' as const, born_on: `2016-0${n}-15` }),
            villager_group: '三组',
            address: '小暑村三组 7 号',
            school_name: '镇中心小学',
            grade: '3',
            class_number: '2',
            boarding: n % 2 === 0,
            health: 'healthy',
            remark: n === 1 ? '=cmd()|calc' : '+86 开头的备注',
            father: { name: '陈建国', phones: ['19800000731', `1370000000${n}`], state: 'away', work_place: '东莞' },
            mother: { name: '李秋萍', state: 'away', work_place: '宁波' },
            carer: {
              name: `王桂英${n}`,
              relation: 'paternal_grandmother',
              relation_words: '奶奶',
              age: 68,
              phones: [`1990000021${n}`],
            },
          },
        },
      },
      director,
    )
  }
})
afterAll(() => app.close())

const card = (who: Person, child_ids: string[], format: 'pdf' | 'docx' = 'pdf') =>
  app.call(
    printOps.contact_cards,
    { body: { child_ids, purpose: '发给班主任和帮扶人', layout: 'a5', format } },
    who,
  ) as unknown as Promise<Buffer>

test('prints.contact_cards prints two cards a sheet, with a code that says nothing by itself, and 谁看过 keeps the purpose', async () => {
  const pdf = await card(director, ids.slice(0, 3))
  expect(await pdfPages(pdf)).toMatchObject({ pages: 2, width: 148, height: 210 })
  const text = (await pdfText(pdf)).replace(/[\s-]/g, '')
  for (const words of ['陈小雨', '王桂英0', '东莞', '三年级', '110']) expect(text).toContain(words)
  expect(text).toContain('19800000731')
  const codes = (await qrCodesOf(pdf, 2)).filter((code) => code !== null)
  expect(codes.length).toBeGreaterThan(0)
  for (const code of codes) expect(code).toMatch(/^http:\/\/127\.0\.0\.1:8080\/cards\/[0-9a-f]{20}$/)
  const seen = await app.call(childOps.openings, { id: ids[0]! }, director)
  expect(seen.items.map((item) => [item.operation, item.purpose])).toContainEqual([
    'prints.contact_cards',
    '发给班主任和帮扶人',
  ])
  expect(docxParagraphs(await card(director, ids.slice(0, 1), 'docx')).join('')).toContain('陈小雨')
})

test('what a role may not see is not on its paper, in any format', async () => {
  const leader = await app.signInAs('leading_group', cast.village)
  const text = (await pdfText(await card(leader, ids))).replace(/\s/g, '')
  expect(text).toContain('陈小雨')
  expect(text).not.toContain('19800000731')
  expect(
    docxParagraphs(await card(leader, ids, 'docx'))
      .join('')
      .replace(/\s/g, ''),
  ).not.toContain('19800000731')
  const sheet = (await app.call(
    printOps.ledger,
    { body: { child_ids: ids, purpose: '督促', ledger: 'official_43' } },
    leader,
  )) as unknown as Buffer
  const cells = await cellsOf(sheet)
  expect(cells).not.toContain(identity)
  expect(cells).toContain(`990•••${identity.slice(-4)}`)
  const neighbour = await app.signInAs('child_director', cast.otherVillage)
  expect(
    (
      await app.refused(
        printOps.contact_cards,
        { body: { child_ids: ids, purpose: '看看', layout: 'a6', format: 'pdf' } },
        neighbour,
      )
    ).code,
  ).toBe('nobody_chosen')
  const helper = await app.signInAs('helper', cast.village)
  expect(
    (await app.refused(printOps.ledger, { body: { filter: {}, purpose: '看看', ledger: 'list' } }, helper)).code,
  ).toBe('forbidden')
})

async function cellsOf(bytes: Buffer): Promise<string[]> {
  const book = new exceljs.Workbook()
  await book.xlsx.load(bytes as never)
  return book.worksheets.flatMap((sheet) =>
    sheet.getSheetValues().flatMap((row) => (Array.isArray(row) ? row.map(String) : [])),
  )
}

test('prints.ledger says who, when and why; nothing in it is a formula', async () => {
  const bytes = (await app.call(
    printOps.ledger,
    { body: { filter: {}, purpose: '交镇里', ledger: 'village_ledger' } },
    director,
  )) as unknown as Buffer
  const book = new exceljs.Workbook()
  await book.xlsx.load(bytes as never)
  const sheet = book.worksheets[0]!
  expect(sheet.headerFooter.oddFooter).toMatch(/周敏/)
  expect(sheet.headerFooter.oddFooter).toMatch(/交镇里/)
  const kinds = new Set<number>()
  sheet.eachRow((row) => row.eachCell((cell) => kinds.add(cell.type)))
  expect(kinds.has(exceljs.ValueType.Formula)).toBe(false)
  expect(await cellsOf(bytes)).toContain('=cmd()|calc')
})

test.each(['village_ledger', 'official_43'] as const)('export %s, import it: nothing changes', async (ledger) => {
  const bytes = (await app.call(
    printOps.ledger,
    { body: { filter: {}, purpose: '核对', ledger } },
    director,
  )) as unknown as Buffer
  const { id } = await app.call(
    importOps.upload,
    { body: {}, file: { name: `${ledger}.xlsx`, content: bytes } },
    director,
  )
  await app.work()
  const found = await app.call(importOps.get, { id }, director)
  const { items } = await app.call(importOps.rows, { id }, director)
  expect(items.filter((row) => row.differences.length > 0).map((row) => [row.name, row.differences])).toEqual([])
  expect(found).toMatchObject({
    state: 'ready',
    totals: { rows: people.length, unchanged: people.length, create: 0, update: 0 },
  })
})

test('an unknown column and nobody chosen are refused in words', async () => {
  const column = await app.refused(
    printOps.ledger,
    { body: { filter: {}, purpose: '核对', ledger: 'list', columns: ['psychological'] } },
    director,
  )
  expect(column.code).toBe('unknown_column')
  const nobody = await app.refused(
    printOps.ledger,
    { body: { filter: { q: '查无此人' }, purpose: '核对', ledger: 'list' } },
    director,
  )
  expect(nobody.code).toBe('nobody_chosen')
})
