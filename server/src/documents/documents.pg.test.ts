// Materials as people get them: asked for, made by the job, kept as of issue, had again.
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import exceljs from 'exceljs'
import { childOps } from '@nuanyang/contract/children.ts'
import { importOps } from '@nuanyang/contract/imports.ts'
import { documentOps, type IssuedDocument } from '@nuanyang/contract/documents.ts'
import { presetOps } from '@nuanyang/contract/settings.presets.ts'
import { checkDigit } from '@nuanyang/domain/identity_numbers.ts'
import { ledgerPresets } from '@nuanyang/domain/ledger_presets.ts'

import { documentBytes, fetchDocument } from '../testing/issued.ts'
import { docxParagraphs, partOf, pdfPages, pdfText, qrCodesOf } from './testing/read.ts'
import { newId } from '../kernel/ids.ts'
import { asSystem } from '../kernel/tx.ts'
import { collect } from './documents.collect.ts'
import { ledgerTable } from './ledger.ts'
import { xiaoyu } from './testing/children.ts'
import { writeSheet } from './xlsx.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

// The first document loads a compiler and its faces; on a busy machine that alone can take half a minute.
vi.setConfig({ testTimeout: 120_000 })

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
            ...(n === 0
              ? {
                  identity_no: identity,
                  hobbies: '画画',
                  native_place: '青禾',
                  only_child: false,
                  causes: ['low_income'],
                  need_kinds: ['study'],
                  needs: '想要一本字典',
                  blood_type: 'O',
                }
              : { sex: 'male' as const, born_on: `2016-0${n}-15` }),
            villager_group: n === 2 ? '五组' : '三组',
            address: n === 2 ? null : '小暑村三组 7 号',
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

const text = async (pdf: Buffer) => (await pdfText(pdf)).replace(/[\s-]/g, '')

test('contact cards: two on a sheet, with a code that says nothing by itself, and 谁看过 keeps the purpose', async () => {
  const cards = { kind: 'contact_cards', purpose: '发给班主任和帮扶人', layout: 'a5' } as const
  const pdf = await documentBytes(app, director, { ...cards, format: 'pdf', child_ids: ids.slice(0, 3) })
  expect(await pdfPages(pdf)).toMatchObject({ pages: 2, width: 148, height: 210 })
  const words = await text(pdf)
  // Where only the group is known, its village stands before it.
  for (const each of ['陈小雨', '王桂英0', '东莞', '三年级', '110', '19800000731', '小暑村五组'])
    expect(words).toContain(each)
  const codes = (await qrCodesOf(pdf, 2)).filter((code) => code !== null)
  expect(codes.length).toBeGreaterThan(0)
  for (const code of codes) expect(code).toMatch(/^http:\/\/127\.0\.0\.1:8080\/cards\/[0-9a-f]{20}$/)
  const seen = await app.call(childOps.openings, { id: ids[0]! }, director)
  for (const operation of ['documents.issue', 'documents.download'])
    expect(seen.items.map((item) => [item.operation, item.purpose])).toContainEqual([operation, '发给班主任和帮扶人'])
  const word = await documentBytes(app, director, { ...cards, format: 'docx', child_ids: ids.slice(0, 1) })
  expect(docxParagraphs(word).join('')).toContain('陈小雨')
})

test('the registration form: 43 fields from the file, ticks, blanks for the pen, places to sign and no seal', async () => {
  const asked = { kind: 'registration_form', child_ids: ids.slice(0, 1), purpose: '交镇民政办' } as const
  const pdf = await documentBytes(app, director, { ...asked, format: 'pdf' })
  expect(await pdfPages(pdf)).toEqual({ pages: 1, width: 210, height: 297 })
  const words = await text(pdf)
  for (const each of ['农村留守儿童基本情况登记表', '陈小雨', identity, '小暑村三组7号', '陈建国', '东莞', '李秋萍', '宁波', '王桂英0', '奶奶', '填表人：', '复核人：', '单位负责人：', '填报单位（盖章）', '填报日期', '交镇民政办', '周敏'])
    expect(words).toContain(each) // prettier-ignore
  const word = docxParagraphs(await documentBytes(app, director, { ...asked, format: 'docx' }))
  const said = (start: string) => word.find((line) => line.includes(start))
  expect(said('幼儿园')).toBe('□幼儿园　□未入园　√小学　□初中　□高中　□中职　□辍学　□不在学')
  expect(said('健康')).toBe('√健康　□残疾　□患病')
  // Both parents away, and nobody asked about the guardianship: no tick rather than a guess.
  expect(word.filter((line) => line === '√是　□否').length).toBeGreaterThanOrEqual(2)
  expect(said('无人监护')).not.toContain('√')
})

test('what was handed in keeps the data as of issue, can be listed, had in another format, and withdrawn with a reason', async () => {
  const id = newId()
  const body = { id, kind: 'registration_form' as const, format: 'pdf' as const, purpose: '存档', child_ids: [ids[1]!] }
  const waiting = await app.call(documentOps.issue, { body }, director)
  expect(waiting).toMatchObject({ state: 'waiting', files: {}, children: 1, total: 1, mine: true })
  expect((await app.refused(documentOps.download, { id, body: { format: 'pdf' } }, director)).code).toBe(
    'document_not_ready',
  )
  await app.work()
  const ready = await app.call(documentOps.get, { id }, director)
  expect(ready).toMatchObject({ state: 'ready', progress: 1, title: expect.stringContaining('郭嘉禾') })
  expect(ready.files.pdf).toBeGreaterThan(10_000)

  // The file changes; the paper does not, not even in a format made later.
  const file = await app.call(childOps.get, { id: ids[1]! }, director)
  await app.call(
    childOps.change,
    { id: ids[1]!, body: { version: file.version, facts: { address: '白露村九组 9 号' } } },
    director,
  )
  await app.call(documentOps.make, { id, body: { format: 'docx' } }, director)
  await app.work()
  const word = await app.call(documentOps.download, { id, body: { format: 'docx' } }, director)
  const lines = docxParagraphs(word as unknown as Buffer).join('\n')
  expect(lines).toContain('小暑村三组 7 号')
  expect(lines).not.toContain('白露村')

  const { items } = await app.call(documentOps.list, { child_id: ids[1]!, kind: 'registration_form' }, director)
  expect(items.map((each: IssuedDocument) => each.id)).toContain(id)
  expect((await app.call(documentOps.list, { q: '没有这样的用途' }, director)).items).toEqual([])
  expect((await app.refused(documentOps.make, { id, body: { format: 'xlsx' } }, director)).code).toBe('wrong_format')

  const gone = await app.call(documentOps.withdraw, { id, body: { reason: '地址写错了' } }, director)
  expect(gone.withdrawn_reason).toBe('地址写错了')
  const refused = await app.refused(documentOps.download, { id, body: { format: 'pdf' } }, director)
  expect([refused.code, refused.detail]).toEqual(['document_withdrawn', expect.stringContaining('地址写错了')])
})

test('a step that runs twice leaves one document; the same command sent again is answered from what is there', async () => {
  const id = newId()
  const key = newId()
  const input = { body: { id, kind: 'ledger', format: 'xlsx', purpose: '核对', filter: {} } } as const
  await app.call(documentOps.issue, input, director, { key })
  await app.call(documentOps.issue, input, director, { key })
  await app.work()
  const job = () =>
    app.system({ tenant: cast.tenant_id, membership_id: director.membership_id }, (ctx) =>
      ctx.later('documents.make', { id }),
    )
  await job()
  await app.work()
  const document = await app.call(documentOps.get, { id }, director)
  expect(document).toMatchObject({ state: 'ready', children: people.length })
})

test('what a role may not see is not on its paper, nor in the documents it can open', async () => {
  const leader = await app.signInAs('leading_group', cast.village)
  const words = await text(
    await documentBytes(app, leader, { kind: 'contact_cards', format: 'pdf', layout: 'a5', child_ids: ids }),
  )
  expect(words).toContain('陈小雨')
  expect(words).not.toContain('19800000731')
  const sheet = await documentBytes(app, leader, {
    kind: 'ledger',
    format: 'xlsx',
    ledger: 'official_43',
    child_ids: ids,
  })
  const cells = await cellsOf(sheet)
  expect(cells).not.toContain(identity)
  expect(cells).toContain(`990•••${identity.slice(-4)}`)
  // The director's own paper holds numbers in clear: the leader's list has no such document, the township's does.
  const full = await fetchDocument(app, director, { kind: 'registration_form', format: 'pdf', child_ids: ids })
  expect((await app.refused(documentOps.get, { id: full.id }, leader)).code).toBe('not_found')
  const supervisor = await app.signInAs('child_supervisor', cast.township)
  const got = await app.call(documentOps.get, { id: full.id }, supervisor)
  expect(got).toMatchObject({ mine: false, state: 'ready' })
  expect((await app.refused(documentOps.download, { id: full.id, body: { format: 'pdf' } }, supervisor)).code).toBe(
    'purpose_needed',
  )
  await app.call(documentOps.download, { id: full.id, body: { format: 'pdf', purpose: '镇里核对' } }, supervisor)
  const seen = await app.call(childOps.openings, { id: ids[0]! }, director)
  expect(seen.items.map((item) => [item.operation, item.purpose])).toContainEqual(['documents.download', '镇里核对'])
  const neighbour = await app.signInAs('child_director', cast.otherVillage)
  expect(
    (await fetchDocument(app, neighbour, { kind: 'contact_cards', format: 'pdf', child_ids: ids })).text,
  ).toContain('nobody_chosen')
  expect((await app.refused(documentOps.get, { id: full.id }, neighbour)).code).toBe('not_found')
  const helper = await app.signInAs('helper', cast.village)
  expect((await fetchDocument(app, helper, { kind: 'ledger', format: 'xlsx', filter: {} })).status).toBe(403)
})

test('a partner office gets names, card and needs, and nothing else', async () => {
  const cadre = await app.signInAs('partner_cadre', cast.office)
  await app.owner.query(
    `insert into child_units (tenant_id, id, child_id, unit_id, "as", from_on) values ($1, $2, $3, $4, 'partner', '2026-01-01')`,
    [cast.tenant_id, newId(), ids[0], cast.office.id],
  )
  const refused = await fetchDocument(app, cadre, { kind: 'registration_form', format: 'pdf' })
  expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('儿童主任')])
  const card = await text(await documentBytes(app, cadre, { kind: 'contact_cards', format: 'pdf' }))
  expect(card).toContain('陈小雨')
  expect(card).not.toContain('20170821')
  const hidden = await fetchDocument(app, cadre, { kind: 'ledger', format: 'xlsx', columns: ['name', 'id_no'] })
  expect([hidden.status, hidden.text]).toEqual([422, expect.stringContaining('身份证号码')])
  const list = await cellsOf(
    await documentBytes(app, cadre, { kind: 'ledger', format: 'xlsx', ledger: 'partner_list' }),
  )
  expect(list).toContain('陈小雨')
  expect(list.join('')).not.toMatch(/2017-08-21|990123/)
})

async function cellsOf(bytes: Buffer): Promise<string[]> {
  const book = new exceljs.Workbook()
  await book.xlsx.load(bytes as never)
  return book.worksheets.flatMap((sheet) =>
    sheet.getSheetValues().flatMap((row) => (Array.isArray(row) ? row.map(String) : [])),
  )
}

test('a ledger says unit, day, by what it counts, who, when and why; nothing in it is a formula', async () => {
  const asked = { kind: 'ledger', filter: {}, purpose: '交镇里', ledger: 'village_ledger' } as const
  const bytes = await documentBytes(app, director, { ...asked, format: 'xlsx' })
  const book = new exceljs.Workbook()
  await book.xlsx.load(bytes as never)
  const sheet = book.worksheets[0]!
  expect(sheet.headerFooter.oddFooter).toMatch(/周敏/)
  expect(sheet.headerFooter.oddFooter).toMatch(/交镇里/)
  const kinds = new Set<number>()
  sheet.eachRow((row) => row.eachCell((cell) => kinds.add(cell.type)))
  expect(kinds.has(exceljs.ValueType.Formula)).toBe(false)
  const cells = await cellsOf(bytes)
  expect(cells).toContain('=cmd()|calc')
  expect(cells.join('')).toContain('按居住的村（社区）统计')
  expect(cells).toContain('截至日期：2026年11月25日')
  for (const format of ['pdf', 'docx'] as const) {
    const file = await documentBytes(app, director, { ...asked, format })
    const words = format === 'pdf' ? await text(file) : docxParagraphs(file).join('') + partOf(file, 'word/footer1.xml')
    for (const each of ['陈小雨', '按居住的村（社区）统计', '截至日期：2026年11月25日', '交镇里'])
      expect(words).toContain(each)
  }
})

test('own columns are kept once and shared downwards; what a role does not see stays refused', async () => {
  const supervisor = await app.signInAs('child_supervisor', cast.township)
  const id = newId()
  const body = { id, feature: 'ledger' as const, name: '镇里的电话表', value: { columns: ['name', 'carer.name', 'carer.phones'] }, shared: true } // prettier-ignore
  await app.call(presetOps.keep_preset, { body }, supervisor)
  const { items } = await app.call(presetOps.presets, { feature: 'ledger' }, director)
  expect(items).toMatchObject([{ id, name: '镇里的电话表', shared: true, mine: false, unit_name: '芦溪镇' }])
  const asked = { kind: 'ledger', format: 'xlsx', preset_id: id, child_ids: ids } as const
  const cells = await cellsOf(await documentBytes(app, director, { ...asked, child_ids: [...ids] }))
  expect(cells).toContain('小暑村镇里的电话表')
  expect(cells).toContain('19900000210')
  // Not shared: nobody else finds it. Dropped by another office: not found.
  const own = await app.call(
    presetOps.keep_preset,
    { body: { ...body, id: newId(), name: '自己用', shared: false } },
    director,
  )
  expect((await app.refused(presetOps.preset, { id: own.id }, supervisor)).code).toBe('not_found')
  expect((await app.refused(presetOps.drop_preset, { id }, director)).code).toBe('not_found')
  await app.call(presetOps.drop_preset, { id }, supervisor)
  expect((await app.call(presetOps.presets, { feature: 'ledger' }, director)).items.map((each) => each.name)).toEqual(['自己用']) // prettier-ignore
  const hidden = await app.signInAs('leading_group', cast.village)
  await app.call(presetOps.keep_preset, { body: { ...body, id: newId(), shared: false, value: { columns: ['nothing'] } } }, hidden) // prettier-ignore
})

test('an unknown column, a wrong format and nobody chosen are refused in words', async () => {
  const refused = async (asked: object) =>
    JSON.parse((await fetchDocument(app, director, { kind: 'ledger', format: 'xlsx', filter: {}, ...asked })).text).code
  expect(await refused({ columns: ['psychological'] })).toBe('unknown_column')
  expect(await refused({ filter: { q: '查无此人' } })).toBe('nobody_chosen')
  expect(await refused({ kind: 'registration_form', format: 'xlsx' })).toBe('wrong_format')
})

test('too many for a format are refused with the number; what cannot be set ends in a sentence', async () => {
  const id = newId()
  await app.call(documentOps.issue, { body: { id, kind: 'contact_cards', format: 'pdf', purpose: '看', child_ids: [ids[0]!] } }, director) // prettier-ignore
  // The child leaves the village before the job comes to it.
  await app.owner.query(`update child_units set until_on = '2026-11-25' where child_id = $1 and "as" = 'residence'`, [
    ids[0],
  ])
  await app.work()
  const failed = await app.call(documentOps.get, { id }, director)
  expect(failed).toMatchObject({ state: 'failed', failure: expect.stringContaining('没有选到孩子') })
  await app.owner.query(`update child_units set until_on = null where child_id = $1 and "as" = 'residence'`, [ids[0]])
})

test('a roster of the 43 fields goes in, its forms come out: nothing is typed again', async () => {
  const fresh = await app.signInAs('child_director', cast.community)
  const official = ledgerPresets.find(({ code }) => code === 'official_43')!
  const paper = { title: '农村留守儿童基本情况登记表', unit: '荷塘社区', as_of: '2026-11-25', issued_by: '', issued_at: '', purpose: '', notes: [], unknown_as: '' } as const // prettier-ignore
  const content = Buffer.from(await writeSheet(ledgerTable(official, paper, [xiaoyu])))
  const { id } = await app.call(importOps.upload, { body: {}, file: { name: '43.xlsx', content } }, fresh)
  await app.work()
  const read = await app.call(importOps.get, { id }, fresh)
  expect(read).toMatchObject({ state: 'ready', totals: { create: 1 } })
  await app.call(importOps.apply, { id, body: { version: read.version } }, fresh)
  await app.work()
  const lines = docxParagraphs(
    await documentBytes(app, fresh, { kind: 'registration_form', format: 'docx', filter: {} }),
  )
  const words = lines.join('\n')
  for (const each of [
    '陈小雨', '苗族', '2017-08-21', '431201201708219024', '芦溪镇小暑村', '芦溪镇小暑村三组17号', '陈建国', '1988-07-12', '广东省东莞市长安镇明川电子厂', '198-0000-0731', '198-0000-0732',
    '李秋萍', '宁波，锦禾服装厂', '王桂英', '1958-02', '199-0000-0216', '奶奶',
  ]) expect(words).toContain(each) // prettier-ignore
  for (const ticked of [
    '√健康　□残疾　□患病',
    '√打工　√种养殖　□政府救助　□亲朋接济　□其他',
    '□低保　√临时　□医疗　□住房　□其他',
  ])
    expect(lines).toContain(ticked)
  expect(words).toMatch(/√监护情况一般/)
  expect(words).toMatch(/√小学/)
})

test('an export sees one moment, whoever edits meanwhile', async () => {
  const file = await app.call(childOps.get, { id: ids[2]! }, director)
  const change = { version: file.version, facts: { address: '改过以后的新地址' } }
  const seat = { tenant: cast.tenant_id, membership_id: director.membership_id, snapshot: true }
  const taken = await asSystem(app.parts, seat, async (ctx) => {
    const scope = {
      id: newId(),
      kind: 'ledger',
      format: 'xlsx',
      purpose: '核对',
      columns: ['name', 'residence'],
    } as const
    const before = await collect(ctx, { ...scope, columns: [...scope.columns], child_ids: [ids[1]!] })
    // Somebody saves, and it is there for everybody else, while the export goes on to the next child.
    await app.call(childOps.change, { id: ids[2]!, body: change }, director)
    const after = await collect(ctx, { ...scope, columns: [...scope.columns], child_ids: [ids[2]!] })
    return JSON.stringify([before.data, after.data])
  })
  expect(taken).not.toContain('改过以后的新地址')
  expect((await app.call(childOps.get, { id: ids[2]! }, director)).address).toBe('改过以后的新地址')
})

test('a name of twelve characters stands whole in a roster, its column is as wide as it needs', async () => {
  const id = newId()
  await app.call(childOps.create, { body: { id, facts: { name: '阿卜杜热合曼·艾合买提江', carer: { name: '古丽巴哈尔·买买提', relation: 'other' } } } }, director) // prettier-ignore
  for (const kind of ['roster', 'enrolment_extract'] as const) {
    const made = await fetchDocument(app, director, { kind, format: 'xlsx', filter: {}, ...(kind === 'roster' ? { definition: 'mca' } : {}) }) // prettier-ignore
    const { rows } = await app.owner.query<{ columns: { header: string; width: number }[] }>(`select data -> 'table' -> 'columns' as columns from documents where id = $1`, [made.id]) // prettier-ignore
    expect(rows[0]!.columns.find(({ header }) => header === '姓名')!.width).toBeGreaterThanOrEqual(22)
  }
})
