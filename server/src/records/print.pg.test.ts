// Records on paper and in ledgers: what stands on them is what the reader sees, and each child's file remembers it.
import exceljs from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Kind } from '@nuanyang/domain/values/kinds.ts'
import { childOps } from '@nuanyang/contract/children.ts'
import { ledgers, papersFor, type LedgerCode } from '@nuanyang/contract/records.papers.ts'
import { recordOps, type NewRecord } from '@nuanyang/contract/records.ts'
import { docxParagraphs, pdfText } from '../documents/testing/read.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

let app: TestApp
let cast: Cast
let director: Person
let rain: string
let dawn: string
const ids = new Map<Kind, string>()

const written: Partial<Record<Kind, Partial<NewRecord>>> = {
  talk: { text: '说到想妈妈，约好周六视频。', place: '活动室', fields: { way: 'in_person', mood: 'calm', next_step: '带水彩笔来', child_words: '我画了老屋' } },
  visit: { text: '奶奶腰疼，灶台边堆着柴。', fields: { met: 'carer', advice: '把柴搬到屋外', at_school: '作业写得整齐', next_step: '十二月再来' } },
  call: { text: '聊了期中', fields: { reached: 'yes', party: 'mother', way: 'video', minutes: 12 } },
  aid: { child_ids: undefined as never, fields: { occasion: 'festival', source: '镇民政办' }, items: [{ what: 'money', name: '慰问金', amount_fen: 20_000 }, { what: 'goods', name: '书包', quantity: 1, measure_word: '个', amount_fen: 8850 }] },
  meeting: { child_ids: [], text: '说了寒假安全。', fields: { type: 'parents', theme: '期末家长会', invited: 20, attended: 18, attendees: [{ name: '王桂英', of: '小雨奶奶' }], resolutions: [{ what: '寒假前逐户看一遍用电', who: '周桂兰', due_on: '2026-12-20' }] } },
  diary: { text: '亲爱的妈妈：\n我得了小红花。', fields: { entry: 'letter_to', heading: '给妈妈的信' } },
  activity: { child_ids: [], text: '一起包粽子', fields: { theme: '端午节', heads_all: 32, heads_left_behind: 14 } },
  individual_plan: { text: '喜欢画画，怕当众说话。', fields: { template: 'support', part: 'plan', goals: ['敢在小组里发言'], measures: [{ what: '每周请他讲一张画', who: '何静' }] } },
  survey: { text: '问能不能就近上学', fields: { found: 'request', request_about: 'schooling', state: 'working', owner: '周桂兰' } },
} // prettier-ignore

beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village, { name: '周桂兰' })
  const child = async (name: string) => {
    const id = newId()
    const facts = { name, born_on: '2017-08-21', sex: 'female' as const, address: '小暑村三组' }
    await app.call(childOps.create, { body: { id, facts } }, director)
    return id
  }
  rain = await child('陈小雨')
  dawn = await child('何梓涵')
  for (const [kind, given] of Object.entries(written) as [Kind, Partial<NewRecord>][]) {
    const body = { id: newId(), kind, happened_on: '2026-11-20', fields: {}, ...given, child_ids: given.child_ids ?? [rain] } // prettier-ignore
    await app.call(recordOps.add, { body }, director)
    ids.set(kind, body.id)
  }
})
afterAll(() => app.close())

const paper = async (kind: Kind, code: string, format: 'pdf' | 'docx') => {
  const body = { record_ids: [ids.get(kind)!], paper: code, format, purpose: '入档' }
  const answer = await app.send(recordOps.print, { body }, director)
  expect([kind, code, answer.status, answer.status === 200 ? '' : answer.text]).toEqual([kind, code, 200, ''])
  return (format === 'pdf' ? await pdfText(answer.bytes) : docxParagraphs(answer.bytes).join('\n')).replaceAll(
    /\s/g,
    '',
  )
}
const squeezed = (words: string) => words.replaceAll(/\s/g, '')

test.each(Object.keys(written) as Kind[])('%s: records.print makes its card in Word and PDF with everything that was written', async (kind) => {
  for (const format of ['pdf', 'docx'] as const) {
    const text = await paper(kind, 'card', format)
    if (written[kind]!.text) expect(text).toContain(squeezed(written[kind]!.text!))
    if (kind === 'talk') for (const words of ['谈心记录卡', '2026年11月20日', '陈小雨', '我画了老屋', '带水彩笔来', '学生']) expect(text).toContain(words)
    if (kind === 'individual_plan') for (const words of ['帮扶方案', '1.敢在小组里发言', '每周请他讲一张画', '何静']) expect(text).toContain(words)
    if (kind === 'meeting') for (const words of ['王桂英', '寒假前逐户看一遍用电', '2026年12月20日']) expect(text).toContain(words)
    if (format === 'pdf') expect(text).toContain('用于入档')
  }
}) // prettier-ignore

test('the slip, the receipt list, the attendance list and the portfolio are papers of their own', async () => {
  const slip = await paper('visit', 'slip', 'pdf')
  for (const words of ['家访反馈单', '作业写得整齐', '把柴搬到屋外', '家长想说的话']) expect(slip).toContain(words)
  // What was written for the file is not sent home.
  expect(slip).not.toContain('奶奶腰疼')
  const receipt = await paper('aid', 'receipt', 'docx')
  for (const words of ['签领表', '慰问金', '200元', '书包', '88.50元', '288.50元', '领取人签字']) expect(receipt).toContain(words)
  expect(await paper('meeting', 'attendance', 'pdf')).toContain('家长会签到表')
  const bag = await paper('diary', 'bag', 'pdf')
  for (const words of ['陈小雨成长记录袋', '目录', '给妈妈的信', '亲爱的妈妈']) expect(bag).toContain(words)
  expect(papersFor('visit', true)).toEqual(['card', 'slip'])
  expect(papersFor(null, false)).toEqual(['series', 'card', 'bag'])
}) // prettier-ignore

test('a series is one table in the order of days, and the child’s file says who printed it and what for', async () => {
  const body = { filter: { child_id: rain }, paper: 'series' as const, format: 'pdf' as const, purpose: '年终检查' }
  const text = (await pdfText((await app.send(recordOps.print, { body }, director)).bytes)).replaceAll(/\s/g, '')
  for (const words of ['共7条', '我画了老屋', '聊了期中', '年终检查']) expect(text).toContain(words)
  const opened = await app.owner.query(`select purpose from audit where operation = 'records.print' and child_id = $1 and purpose = '年终检查'`, [rain]) // prettier-ignore
  expect(opened.rows).toHaveLength(1)
  const nobody = { ...body, filter: { child_id: dawn } }
  expect(await app.refused(recordOps.print, { body: nobody }, director)).toMatchObject({ code: 'no_records' })
})

test('records.ledger: each ledger holds its kinds as cells that can be summed, and carries purpose and person', async () => {
  const sheet = async (code: LedgerCode) => {
    const bytes = await app.call(recordOps.ledger, { body: { ledger: code, filter: {}, purpose: '上报' } }, director)
    const book = new exceljs.Workbook()
    await book.xlsx.load(bytes as never)
    return book.worksheets[0]!.getSheetValues().flatMap((row) =>
      Array.isArray(row) ? [row.map((cell) => (typeof cell === 'object' ? JSON.stringify(cell) : cell))] : [],
    )
  }
  const flat = (rows: unknown[][]) => rows.flat().map(String).join('|')
  expect(flat(await sheet('talks'))).toContain('带水彩笔来')
  expect(flat(await sheet('calls'))).toContain('视频')
  const aid = await sheet('aid')
  expect(aid.flat()).toContain(288.5)
  const activities = await sheet('activities')
  expect(activities.flat()).toEqual(expect.arrayContaining([32, 14, '端午节']))
  expect(flat(await sheet('requests'))).toContain('在办')
  const all = await sheet('all')
  expect(flat(all)).toContain('小暑村服务记录总台账')
  expect(all.filter((row) => typeof row[1] === 'number').length).toBe(Object.keys(written).length)
  for (const code of ['meetings', 'visits'] as const) expect((await sheet(code)).length).toBeGreaterThan(3)
  expect(Object.keys(ledgers)).toContain('welfare')
  expect(await app.refused(recordOps.ledger, { body: { ledger: 'welfare', filter: {}, purpose: '上报' } }, director)).toMatchObject({ code: 'no_records' }) // prettier-ignore
})

test('what is not to be seen is on no paper: the leading group prints no talk, the house teacher no money', async () => {
  const leader = await app.signInAs('leading_group', cast.village)
  const body = { filter: {}, paper: 'series' as const, format: 'docx' as const, purpose: '督查' }
  const text = docxParagraphs((await app.send(recordOps.print, { body }, leader)).bytes).join('\n')
  expect(text).toContain('聊了期中')
  for (const hidden of ['想妈妈', '我画了老屋', '奶奶腰疼', '怕当众说话']) expect(text).not.toContain(hidden)
  const helper = await app.signInAs('helper', cast.village)
  expect((await app.send(recordOps.print, { body }, helper)).status).toBe(403)
})

test('records.report_form: the nine situations, those named marked, the rest for the pen; nothing is stored', async () => {
  const body = { child_ids: [rain], situations: ['hurt'], happened_on: '2026-11-25', text: '胳膊上有几处淤青' }
  const before = await app.owner.query('select count(*)::int as n from records')
  const text = await pdfText((await app.send(recordOps.report_form, { body }, director)).bytes)
  for (const words of ['强制报告表', '陈小雨', '☑ 4.', '□ 1.', '胳膊上有几处淤青', '受理回执号', '周桂兰'])
    expect(text).toContain(words)
  expect((await app.owner.query('select count(*)::int as n from records')).rows).toEqual(before.rows)
  const far = await app.signInAs('child_director', cast.otherVillage)
  expect(await app.refused(recordOps.report_form, { body }, far)).toMatchObject({ code: 'record_child_unseen' })
})
