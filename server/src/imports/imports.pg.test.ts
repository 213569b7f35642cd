import { afterAll, beforeAll, expect, test } from 'vitest'
import { childOps } from '@nuanyang/contract/children.ts'
import { importOps } from '@nuanyang/contract/imports.ts'
import { checkDigit } from '@nuanyang/domain/identity_numbers.ts'
import exceljs from 'exceljs'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

let app: TestApp
let cast: Cast
let director: Person

beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village, { name: '周敏' })
})
afterAll(() => app.close())

const number = (first17: string) => first17 + checkDigit(first17)
const heads = [
  '村民组',
  '姓名',
  '性别',
  '身份证号',
  '年级',
  '监护人姓名',
  '监护关系',
  '监护人电话',
  '父亲姓名',
  '父亲务工地点',
  '母亲姓名',
  '母亲务工地点',
  '关爱级别',
]
const rows = [
  [
    '一组',
    '何梓涵',
    '女',
    number('99012320160514092'),
    '四年级',
    '何德厚',
    '爷爷',
    '13800001234',
    '何军',
    '温州',
    '张丽',
    '温州',
    '中',
  ],
  [
    '三组',
    '陈小雨',
    '女',
    number('99012320170821094'),
    '三年级',
    '王桂英',
    '奶奶',
    '19900000216',
    '陈建国',
    '东莞',
    '李秋萍',
    '宁波',
    '高',
  ],
  [
    '三组',
    '陈小晨',
    '男',
    number('99012320210210091'),
    '大班',
    '王桂英',
    '奶奶',
    '19900000216',
    '陈建国',
    '东莞',
    '李秋萍',
    '宁波',
    '高',
  ],
]

async function roster(
  lines: readonly (readonly string[])[],
  title = '小暑村留守儿童台账（2026年11月）',
): Promise<Uint8Array> {
  const book = new exceljs.Workbook()
  const sheet = book.addWorksheet('台账')
  sheet.addRow([title])
  sheet.mergeCells('A1:M1')
  sheet.addRow(heads)
  for (const line of lines) sheet.addRow(line)
  sheet.addRow(['合计', `${lines.length}人`])
  return new Uint8Array(await book.xlsx.writeBuffer())
}

async function put(content: Uint8Array, who = director): Promise<string> {
  app.time.now = new Date(app.time.now.getTime() + 60_000)
  const { id } = await app.call(importOps.upload, { body: {}, file: { name: '台账.xlsx', content } }, who)
  await app.work()
  return id
}
async function apply(id: string, who = director): Promise<void> {
  const { version, state, failure } = await app.call(importOps.get, { id }, who)
  expect({ state, failure }).toEqual({ state: 'ready', failure: null })
  await app.call(importOps.apply, { id, body: { version } }, who)
  await app.work()
  expect((await app.call(importOps.get, { id }, who)).state).toBe('applied')
}

let first: string
test('imports.upload reads a ledger as it is; imports.rows shows the sheet with what each row would do', async () => {
  const bytes = await roster(rows)
  first = await put(bytes)
  const found = await app.call(importOps.get, { id: first }, director)
  expect(found).toMatchObject({ state: 'ready', as_of: '2026-11', questions: [], totals: { create: 3, reject: 0 } })
  const { items } = await app.call(importOps.rows, { id: first }, director)
  expect(items.map((row) => [row.row, row.action ?? row.skipped, row.cells['B'] ?? ''])).toEqual([
    [1, 'title', ''],
    [2, 'header', '姓名'],
    [3, 'create', '何梓涵'],
    [4, 'create', '陈小雨'],
    [5, 'create', '陈小晨'],
    [6, 'subtotal', '3人'],
  ])
  const again = await app.call(
    importOps.upload,
    { body: {}, file: { name: '换个名字.xlsx', content: bytes } },
    director,
  )
  expect(again).toEqual({ id: first, earlier: true })
})

test('imports.apply gives every child a file; the grandmother of two is one person, the unmapped column is kept by its head', async () => {
  await apply(first)
  const list = await app.call(childOps.list, {}, director)
  expect(
    list.items.map((row) => [
      row.name,
      row.grade,
      row.carer_name,
      row.father_state,
      row.father_place,
      row.villager_group,
    ]),
  ).toEqual([
    ['陈小晨', 'k3', '王桂英', 'away', '东莞', '三组'],
    ['陈小雨', '3', '王桂英', 'away', '东莞', '三组'],
    ['何梓涵', '4', '何德厚', 'away', '温州', '一组'],
  ])
  const grandmothers = await app.owner.query(`select count(*)::int as n from adults where name = '王桂英'`)
  expect(grandmothers.rows[0].n).toBe(1)
  const file = await app.call(childOps.get, { id: list.items[1]!.id }, director)
  expect(file.extra).toMatchObject({ 关爱级别: '高' })
  expect(file.siblings.map((s) => s.name)).toEqual(['陈小晨'])
  const groups = await app.owner.query(`select name from units where kind = 'villager_group' order by name`)
  expect(groups.rows.map((row) => row.name)).toEqual(expect.arrayContaining(['一组', '三组']))
})

test('next term’s file brings only the differences, a blank overwrites nothing, an absent child is listed and kept', async () => {
  const next = rows.slice(1).map((row) => [...row])
  next[0]![9] = '佛山'
  next[1]![7] = ''
  const id = await put(
    await roster(
      [...next, ['五组', '林若溪', '女', '', '六年级', '林春梅', '姑姑', '13700007777', '', '厦门', '', '', '']],
      '小暑村台账 2026年11月更新',
    ),
  )
  const found = await app.call(importOps.get, { id }, director)
  expect(found.totals).toMatchObject({ create: 1, update: 1, unchanged: 1 })
  const { items } = await app.call(importOps.rows, { id, action: 'update' }, director)
  expect(items[0]).toMatchObject({
    name: '陈小雨',
    differences: [{ field: 'father.work_place', old: '东莞', new: '佛山', how: 'change' }],
  })
  expect((await app.call(importOps.absent, { id }, director)).items.map((c) => c.name)).toEqual(['何梓涵'])
  await apply(id)
  expect(await app.call(childOps.count, {}, director)).toEqual({ count: 4 })
  const file = await app.call(childOps.get, { id: items[0]!.child!.id! }, director)
  expect(file.father?.work_place).toBe('佛山')
  const conflict = await app.call(importOps.withdraw, { id: first, body: { reason: '试一试' } }, director)
  expect(conflict.withdrawn).toBe(false)
  expect(conflict.conflicts).toMatchObject([{ name: '陈小雨', field: 'father.work_place' }])
  const back = await app.call(importOps.withdraw, { id, body: { reason: '放错了' } }, director)
  expect(back).toEqual({ withdrawn: true, conflicts: [] })
  expect((await app.call(childOps.get, { id: file.id }, director)).father?.work_place).toBe('东莞')
  expect(await app.call(childOps.count, {}, director)).toEqual({ count: 3 })
})

test('the school’s roster meets the village’s files: same number, one child in two units, the village’s facts proposed', async () => {
  const leader = await app.signInAs('school_leader', cast.school, { name: '吴校长' })
  const id = await put(
    await roster([
      [
        '',
        '陈小雨',
        '女',
        number('99012320170821094'),
        '三年级2班',
        '王桂英',
        '奶奶',
        '19900000216',
        '陈建国',
        '中山',
        '',
        '',
        '',
      ],
    ]),
    leader,
  )
  expect((await app.call(importOps.get, { id }, leader)).totals).toMatchObject({ create: 0, update: 1 })
  const before = await app.call(importOps.rows, { id, action: 'update' }, leader)
  expect(JSON.stringify(before.items[0]!.differences)).not.toContain('东莞')
  await apply(id, leader)
  const seen = await app.call(childOps.list, {}, leader)
  expect(seen.items.map((row) => [row.name, row.class_number, row.father_place])).toEqual([['陈小雨', '2', '东莞']])
  const waiting = await app.call(childOps.waiting, {}, director)
  expect(waiting.items).toMatchObject([{ field: 'father.work_place', new: '中山', source_type: 'import' }])
})

test('two rosters with the same new child, both read before either is written: one file', async () => {
  const twice = (school: string) =>
    roster(
      [['一组', '谷惊蛰', '女', number('99012320160305094'), school, '', '', '', '', '', '', '', '']],
      `小暑村留守儿童台账（2026年11月）`,
    )
  const leader = await app.signInAs('school_leader', cast.school)
  const [mine, theirs] = [await put(await twice('四年级')), await put(await twice('五年级'), leader)]
  await apply(mine)
  await apply(theirs, leader)
  const idsFor = async (who: Person) => (await app.call(childOps.list, { q: '谷惊蛰' }, who)).items.map(({ id }) => id)
  expect(await idsFor(leader)).toHaveLength(1)
  expect(await idsFor(leader)).toEqual(await idsFor(director))
})

test('details of an import are for the person who put it in', async () => {
  const other = await app.signInAs('child_director', cast.village)
  for (const op of [importOps.get, importOps.rows, importOps.absent, importOps.workbook])
    expect((await app.refused(op as typeof importOps.get, { id: first }, other)).code).toBe('not_found')
  const { items } = await app.call(importOps.list, {}, other)
  expect(items.find((row) => row.id === first)).toMatchObject({ mine: false })
})

test('imports.answer, imports.map, imports.set_as_of and imports.decide are taken while it is ready; imports.discard puts it aside', async () => {
  const id = await put(
    await roster(
      [['一组', '唐可心', '女', '', '二年级', '邓金花', '外婆', '13600001111', '', '中山', '', '', '低']],
      '小暑村台账 2026年9月',
    ),
  )
  const found = await app.call(importOps.get, { id }, director)
  const table = found.sheets[0]!.tables[0]!
  await app.call(importOps.map, { id, body: { signature: table.signature, column: 'M', field: 'remark' } }, director)
  expect(
    (await app.refused(importOps.map, { id, body: { signature: table.signature, column: 'M', field: null } }, director))
      .code,
  ).toBe('not_ready')
  await app.work()
  await app.call(importOps.set_as_of, { id, body: { as_of: '2025-10' } }, director)
  await app.work()
  expect((await app.refused(importOps.answer, { id, body: { question_id: 'none', choice: 'x' } }, director)).code).toBe(
    'question_gone',
  )
  const { items } = await app.call(importOps.rows, { id, action: 'create' }, director)
  await app.call(importOps.decide, { id, body: { row_ids: [items[0]!.id], decision: 'skip' } }, director)
  const { version } = await app.call(importOps.get, { id }, director)
  expect((await app.refused(importOps.apply, { id, body: { version } }, director)).code).toBe('nothing_to_import')
  await app.call(importOps.decide, { id, body: { row_ids: [items[0]!.id], decision: null } }, director)
  await apply(id)
  const [child] = (await app.call(childOps.list, { q: '唐可心' }, director)).items
  // 二年级 in October 2025 is 三年级 now.
  expect(child?.grade).toBe('3')
  expect((await app.call(childOps.get, { id: child!.id }, director)).remark).toBe('低')
  const later = await put(await roster([['一组', '罗小满', '男', '', '一年级', '', '', '', '', '', '', '', '']]))
  // The next table with these heads is read as this one was put right.
  const columns = (await app.call(importOps.get, { id: later }, director)).sheets[0]!.tables[0]!.columns
  expect(columns.find(({ column }) => column === 'M')?.field).toBe('remark')
  await app.call(importOps.discard, { id: later }, director)
  expect((await app.refused(importOps.get, { id: later }, director)).code).toBe('not_found')
})

test('imports.workbook gives the sheet back with the column 问题', async () => {
  const id = await put(
    await roster([['一组', '丁一', '女', '990123201605140929', '四年级', '', '', '', '', '', '', '', '']]),
  )
  const bytes = (await app.call(importOps.workbook, { id }, director)) as unknown as Buffer
  const book = new exceljs.Workbook()
  await book.xlsx.load(bytes as never)
  expect(book.worksheets[0]!.getRow(2).getCell(14).text).toBe('问题')
  expect(book.worksheets[0]!.getRow(3).getCell(14).text).toMatch(/校验/)
})

test('a file that is no roster fails with a sentence, and nothing is kept', async () => {
  const id = await put(new TextEncoder().encode('%PDF-1.7 scanned'))
  const found = await app.call(importOps.get, { id }, director)
  expect(found.state).toBe('failed')
  expect(found.failure).toMatch(/[一-龥]{6,}/)
})

test('grandparents of the registration form are kept as people, and print where they stood', async () => {
  const book = new exceljs.Workbook()
  const sheet = book.addWorksheet('登记表')
  sheet.addRow(['农村留守儿童基本情况登记表（2026年11月）'])
  sheet.addRow(['姓名', '性别', '出生日期', '祖父姓名', '祖父出生日期', '祖母姓名', '外祖父姓名'])
  sheet.addRow(['蒋安安', '女', '2016-04-05', '蒋德福', '1951-03', '刘桂珍', '—'])
  const id = await put(new Uint8Array(await book.xlsx.writeBuffer()))
  await apply(id)
  const [child] = (await app.call(childOps.list, { q: '蒋安安' }, director)).items
  const file = await app.call(childOps.get, { id: child!.id }, director)
  expect(file.relatives).toMatchObject([
    { relation: 'paternal_grandfather', name: '蒋德福', born_on: '1951-03' },
    { relation: 'paternal_grandmother', name: '刘桂珍', born_on: null },
  ])
})

test('a school’s own roster leaves no pupil without school and grade; a grade nobody said is not claimed', async () => {
  const leader = await app.signInAs('school_leader', cast.school)
  const id = await put(
    await roster([
      ['', '苗小禾', '女', '', '五年级1班', '苗根生', '爷爷', '13611112222', '苗军', '苏州', '何芳', '苏州', ''],
      ['', '苗小穗', '男', '', '', '苗根生', '爷爷', '13611112222', '苗军', '苏州', '何芳', '苏州', ''],
    ]),
    leader,
  )
  await apply(id, leader)
  const { items } = await app.call(childOps.list, { q: '苗' }, leader)
  const files = await Promise.all(items.map((row) => app.call(childOps.get, { id: row.id }, leader)))
  expect(files.map((file) => [file.name, file.grade, file.missing.includes('schooling')])).toEqual([
    ['苗小禾', '5', false],
    ['苗小穗', null, true],
  ])
})
