// What real rosters hold that is wrong, dangerous or rare: every line ends in a sentence, and what is taken in is taken in whole.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { childOps } from '@nuanyang/contract/children.ts'
import { importOps } from '@nuanyang/contract/imports.ts'
import { issueWords } from '@nuanyang/contract/imports.words.ts'
import { checkDigit } from '@nuanyang/domain/identity_numbers.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'

let app: TestApp
let director: Person
beforeAll(async () => {
  app = await testApp()
  director = await app.signInAs('child_director', (await app.make.county()).village)
})
afterAll(() => app.close())

const shared = '99012320160514092' + checkDigit('99012320160514092')
const longName = `${'阿'.repeat(60)}·${'古'.repeat(39)}`
const tenMegabytes = '长'.repeat(3_400_000)
/** Cells of a line, what must be said of it, and the child that must stand there afterwards. */
const lines: [cells: string[], said: string[], child: Record<string, unknown>][] = [
  [['罗校验', '990123201708210943', '', '', ''], ['id_no_checksum'], { name: '罗校验' }],
  [['罗未来', '', '2031-05-06', '', ''], ['born_on_unreadable'], { name: '罗未来', born_on: null }],
  [['罗大年', '', '1986-05-06', '', ''], ['over_age'], { name: '罗大年', born_on: '1986-05-06' }],
  [['罗同号', shared, '', '', ''], ['id_no_region_unknown'], { name: '罗同号' }],
  [['卢同号', shared, '', '', ''], ['id_no_region_unknown', 'id_no_duplicate_in_file'], { name: '卢同号' }],
  [
    ['罗公式', '', '2016-05-07', "=cmd|' /C calc'!A0", '@SUM(1)'],
    [],
    { name: '罗公式', address: "=cmd|' /C calc'!A0", remark: '@SUM(1)' },
  ],
  [['小😀满', '', '2016-05-08', '', '爱画画😀'], [], { name: '小😀满', remark: '爱画画😀' }],
  [['𠮷䶮', '', '2016-05-09', '𡐓村三组', ''], [], { name: '𠮷䶮', address: '𡐓村三组' }],
  [[longName, '', '2016-05-10', '', ''], [], { name: longName }],
  [['罗长格', '', '2016-05-11', '', tenMegabytes], [], { name: '罗长格' }],
]

test('each bad line is said in a Chinese sentence, and nothing of the table is lost or half written', async () => {
  const heads = ['姓名', '身份证号', '出生日期', '家庭住址', '备注']
  const table = [heads, ...lines.map(([cells]) => cells)]
  const content = Buffer.from(table.map((line) => line.map((cell) => `"${cell}"`).join(',')).join('\r\n'))
  const { id } = await app.call(importOps.upload, { body: {}, file: { name: '坏表.csv', content } }, director)
  await app.work()
  const { items } = await app.call(importOps.rows, { id }, director)
  expect(items.slice(1).map(({ name, issues }) => [name, issues.map(({ code }) => code)])).toEqual(
    lines.map(([[name], said]) => [name, said]),
  )
  for (const [, said] of lines) for (const code of said) expect(issueWords[code]?.zh).toMatch(/[\u4e00-\u9fff]/)

  for (;;) {
    const { questions } = await app.call(importOps.get, { id }, director)
    const open = questions.find(({ answer, aside }) => answer === undefined && !aside)
    if (!open) break
    await app.call(
      importOps.answer,
      { id, body: { question_id: open.id, choice: open.proposed ?? open.choices[0]! } },
      director,
    )
    await app.work()
  }
  const { version } = await app.call(importOps.get, { id }, director)
  await app.call(importOps.apply, { id, body: { version } }, director)
  await app.work()
  expect(await app.call(importOps.get, { id }, director)).toMatchObject({ state: 'applied', failure: null })
  const list = await app.call(childOps.list, {}, director)
  expect(list.items).toHaveLength(lines.length)
  for (const [, , child] of lines) {
    const found = list.items.find(({ name }) => name === child['name'])
    expect(found, String(child['name']).slice(0, 10)).toBeDefined()
    const file = await app.call(childOps.get, { id: found!.id }, director)
    expect(file).toMatchObject(child)
    if (found!.name === '罗长格') expect(file.remark?.length).toBe(tenMegabytes.length)
  }
})
