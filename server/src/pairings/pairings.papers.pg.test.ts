// What of the pairings goes onto paper, for those who may, and no more than they may see.
import exceljs from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { childOps } from '@nuanyang/contract/children.ts'
import { pairingOps, type PairingDetail } from '@nuanyang/contract/pairings.ts'
import { pairingPaperOps, type PairingSheet } from '@nuanyang/contract/pairings.papers.ts'
import { docxParagraphs, pdfPages, pdfText } from '../documents/testing/read.ts'
import { layGroup } from '../documents/care_network.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

let app: TestApp
let cast: Cast
let director: Person
let made: PairingDetail
const ids: Record<string, string> = {}

beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village)
  for (const [name, group] of [
    ['陈小雨', '三组'],
    ['何梓涵', '三组'],
    ['黄天佑', '一组'],
    ['吴佳怡', '一组'],
  ] as const) {
    ids[name] = newId()
    const facts = { name, villager_group: group, born_on: '2017-08-21', grade: '3' as const, school_name: '镇中心小学' }
    await app.call(childOps.create, { body: { id: ids[name], facts } }, director)
  }
  const helper = { name: '郑国强', kind: 'retired_comrade' as const, phone: '13800000731', vetted: true }
  const pair = (child: string, extra: object) => ({
    body: { id: newId(), child_id: ids[child]!, helper, from_on: '2026-09-01', ...extra },
  })
  made = await app.call(
    pairingOps.create,
    pair('陈小雨', {
      goals: ['study', 'safety'],
      measures: '每周三下午一起做算术',
      contact_how: '周三放学后在村小',
      planned_until_on: '2027-07-10',
    }),
    director,
  )
  await app.call(pairingOps.create, pair('何梓涵', {}), director)
  await app.call(pairingOps.create, pair('黄天佑', { over_limit_reason: '同一个院子' }), director)
  const buddy = { id: newId(), child_id: ids['陈小雨']!, buddy_child_id: ids['何梓涵']!, from_on: '2026-09-01' }
  await app.call(pairingOps.create_buddy, { body: buddy }, director)
})
afterAll(() => app.close())

const bare = (text: string) => text.replace(/[\s-]/g, '')

test('pairings.letter: names, goals, what each promises, room to sign; Word and PDF say the same', async () => {
  const letter = (format: 'pdf' | 'docx') =>
    app.send(pairingPaperOps.letter, { id: made.id, body: { format } }, director)
  const pdf = await letter('pdf')
  const [onPdf, inWord] = [
    bare(await pdfText(pdf.bytes)),
    bare(docxParagraphs((await letter('docx')).bytes).join('\n')),
  ]
  for (const text of [onPdf, inWord])
    for (const words of [
      '结对帮扶责任书',
      '郑国强',
      '离退休老同志',
      '陈小雨',
      '9岁',
      '13800000731',
      '每周三下午一起做算术',
      '周三放学后在村小',
      '2027年7月10日止',
      '监护人签名',
    ])
      expect(text, words).toContain(words.replaceAll('-', ''))
  expect(onPdf).not.toContain('心理。')
  expect((await pdfPages(pdf.bytes)).pages).toBe(2)
  const { rows } = await app.owner.query(
    `select purpose from audit where child_id = $1 and operation = 'pairings.letter'`,
    [ids['陈小雨']],
  )
  expect(rows.length).toBeGreaterThan(0)
})

test('pairings.network: groups, ties and who has nobody, on paper', async () => {
  const pdf = await app.send(pairingPaperOps.network, { body: { purpose: '村务会' } }, director)
  const text = bare(await pdfText(pdf.bytes))
  for (const words of ['小暑村关爱网络图', '一组', '三组', '郑国强', '吴佳怡', '还没有帮扶人', '用途：村务会'])
    expect(text, words).toContain(words)
  const one = await app.send(pairingPaperOps.network, { body: { purpose: '村务会', villager_group: '三组' } }, director)
  expect(bare(await pdfText(one.bytes))).not.toContain('吴佳怡')
})

test('a helper stands beside the middle of their children, and two helpers of one child not on each other', () => {
  const tie = (child: string, helper: string | null) => ({
    group: '三组',
    child,
    child_about: '',
    helper: helper === null ? null : { key: helper, name: helper, about: '' },
  })
  const laid = layGroup('三组', [tie('甲', '王'), tie('乙', '王'), tie('甲', '李'), tie('丙', null)])
  expect(laid.helpers.map(({ name, at }) => [name, at])).toEqual([
    ['王', 0.5],
    ['李', 1.5],
  ])
  expect(laid.lines).toEqual([
    { from: 0.5, to: 0 },
    { from: 0.5, to: 1 },
    { from: 1.5, to: 0 },
  ])
  expect(laid.children.map(({ name, alone }) => [name, alone])).toEqual([
    ['甲', false],
    ['乙', false],
    ['丙', true],
  ])
})

async function cells(which: PairingSheet, who = director): Promise<string[][]> {
  const body = { which, purpose: '上报', format: 'xlsx' as const }
  const answer = await app.send(pairingPaperOps.sheet, { body }, who)
  expect(answer.status, answer.status >= 400 ? answer.text : '').toBe(200)
  const book = new exceljs.Workbook()
  await book.xlsx.load(answer.bytes as never)
  return book.worksheets[0]!.getSheetValues().flatMap((row) =>
    Array.isArray(row) ? [(row.slice(1) as (string | number | null)[]).map((cell) => String(cell ?? ''))] : [],
  )
}

test('pairings.sheet: pairings, load, study buddies and the register', async () => {
  const all = await cells('pairings')
  expect(all.find((row) => row.includes('陈小雨'))).toEqual(
    expect.arrayContaining(['三组', '郑国强', '学习、安全', '2026-09-01', '2027-07-10']),
  )
  const load = (await cells('load')).find((row) => row.includes('郑国强'))!
  expect(load).toEqual(expect.arrayContaining(['2', '3', '同一个院子']))
  expect(load.join()).toContain('陈小雨')
  expect((await cells('buddies')).find((row) => row.includes('何梓涵'))).toEqual(expect.arrayContaining(['陈小雨']))
  expect((await cells('register')).find((row) => row.includes('郑国强'))).toEqual(
    expect.arrayContaining(['离退休老同志', '可以结对']),
  )
  const pdf = await app.send(
    pairingPaperOps.sheet,
    { body: { which: 'load', purpose: '上报', format: 'pdf' } },
    director,
  )
  expect(bare(await pdfText(pdf.bytes))).toContain('结对负荷表')
})

test('who may not export gets no paper; the village next door none of ours; a buddy no letter', async () => {
  const helper = await app.signInAs('helper', cast.village)
  const body = { which: 'pairings', purpose: '看看', format: 'xlsx' }
  for (const [op, input] of [
    [pairingPaperOps.sheet, { body }],
    [pairingPaperOps.network, { body: { purpose: '看看' } }],
    [pairingPaperOps.letter, { id: made.id, body: { format: 'pdf' } }],
  ] as const)
    expect((await app.send(op, input, helper)).status, op.name).toBe(403)
  const other = await app.signInAs('child_director', cast.otherVillage)
  expect((await app.send(pairingPaperOps.letter, { id: made.id, body: { format: 'pdf' } }, other)).status).toBe(404)
  expect(
    (await app.refused(pairingPaperOps.sheet, { body: { ...body, which: 'pairings', format: 'xlsx' } }, other)).code,
  ).toBe('nobody_paired')
  const [buddy] = (await app.call(pairingOps.list, { kind: 'buddy' }, director)).items
  expect((await app.refused(pairingPaperOps.letter, { id: buddy!.id, body: { format: 'pdf' } }, director)).code).toBe(
    'letter_of_buddy',
  )
})
