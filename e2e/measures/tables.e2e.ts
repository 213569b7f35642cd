// What the five plans promise of files, cards and ledgers, each to the printed page that proves it. One house, a session kept.
import ExcelJS from 'exceljs'
import type { Page } from '@playwright/test'
import { childOps } from '@nuanyang/contract/children.ts'
import { documentOps } from '@nuanyang/contract/documents.ts'
import { ask, readPdf, send, takeSeat } from '../hands.ts'
import { newUnit, settle } from '../house.ts'
import { makeChildren, material } from '../materials.ts'
import { expect, test, type Server } from '../server.ts'

const person = { name: '林青禾', username: 'linqinghe', password: '井台边的老槐树开花了' }
interface Office {
  cookies: Awaited<ReturnType<ReturnType<Page['context']>['cookies']>>
  township: string
  village: string
  school: string
  children: string[]
}
let office: Office | undefined

/** The first test sets the county up; the others come in with its session. */
async function comeIn(page: Page, server: Server, role = 'child_supervisor'): Promise<Office> {
  if (office) await page.context().addCookies(office.cookies)
  else {
    const { memberships } = await settle(page, server, { kind: 'township', place_code: '360123104' }, person)
    const township = memberships[0]!.unit_id
    await takeSeat(page, 'administrator')
    const village = await newUnit(page, 'community', township, '荷塘社区', '360123104209')
    const school = await newUnit(page, 'school', township, '镇中心小学')
    await takeSeat(page, 'child_supervisor')
    const children = await makeChildren(
      page,
      [
        { name: '白一舟', facts: { causes: ['low_income', 'school_fees'] } },
        { name: '柳三月', facts: { causes: ['low_income'], sex: 'male' } },
        { name: '谷雨生', facts: { carer: {} } },
      ],
      [{ unit_id: village, as: 'residence' }],
    )
    office = { cookies: [], township, village, school, children }
  }
  await takeSeat(page, role)
  // Another seat is another session.
  office.cookies = await page.context().cookies()
  return office
}

interface Preview {
  rows: (string | number)[][]
  notes: string[]
}
const preview = (page: Page, query: string) => ask<Preview>(page, `${documentOps.preview.path}?${query}`)

async function cellsOf(path: string): Promise<string[]> {
  const book = new ExcelJS.Workbook()
  await book.xlsx.readFile(path)
  const cells: string[] = []
  book.worksheets[0]!.eachRow((row) => row.eachCell((cell) => void cells.push(cell.text)))
  return cells
}

test('P1.1 建档率 has its definition on it, and a click away are the names of who is not complete', async ({
  page,
  server,
}) => {
  await comeIn(page, server)
  const found = await preview(page, 'kind=completeness')
  expect(found.rows.at(-1)!.slice(0, 4)).toEqual(['合计', 3, 2, '66.6%'])
  expect(found.notes[0]).toContain('建档率 = 档案齐全的 ÷ 在册的')
  expect(readPdf(await material(page, { kind: 'completeness', format: 'pdf' })).text).toContain('66.6%')
  await page.goto('/children?missing=any')
  await expect(page.getByText('谷雨生')).toBeVisible()
})

test('P2.1 the rate is there for whoever answers for a unit, counted by their own tie', async ({ page, server }) => {
  const { village } = await comeIn(page, server)
  const found = await preview(page, `kind=completeness&unit_id=${village}`)
  expect(found.rows.map((cells) => cells[0])).toEqual(['荷塘社区', '合计'])
  expect(found.notes.join()).toContain('按居住的村（社区）统计')
})

test('P2.6 the contact card: parents with their places of work, the carer, class and telephone numbers', async ({
  page,
  server,
}) => {
  const { children } = await comeIn(page, server)
  const card = readPdf(
    await material(page, { kind: 'contact_cards', format: 'pdf', layout: 'a6', child_ids: [children[0]!] }),
  ).text
  for (const words of ['白一舟', '陈建国', '广东东莞', '李秋萍', '浙江宁波', '王桂英', '三年级', '110'])
    expect(card).toContain(words)
})

test('P3.4 whoever keeps the school register gets card, form and 是否留守 from one file', async ({ page, server }) => {
  await comeIn(page, server)
  const cells = await cellsOf(await material(page, { kind: 'enrolment_extract', format: 'xlsx' }))
  expect(cells).toContain('是否留守儿童')
  expect(cells.filter((cell) => cell === '双亲留守')).toHaveLength(3)
  const form = readPdf(await material(page, { kind: 'registration_form', format: 'pdf' }))
  expect(form.pages).toBe(3)
})

test('P4.3 the community’s ledger, and one file for each child', async ({ page, server }) => {
  const { village } = await comeIn(page, server)
  const cells = await cellsOf(
    await material(page, { kind: 'ledger', format: 'xlsx', ledger: 'community_ledger', unit_id: village }),
  )
  for (const name of ['白一舟', '柳三月', '谷雨生']) expect(cells.filter((cell) => cell === name)).toHaveLength(1)
  expect(cells).toContain('荷塘社区留守人员登记表（综治）')
})

test('P1.28 P4.14 why the parents left, counted with whoever was not asked beside it', async ({ page, server }) => {
  await comeIn(page, server)
  const found = await preview(page, 'kind=cross_table&rows=cause&across=sex')
  expect(found.rows).toEqual([
    ['家庭收入低', 1, 1, 2],
    ['外地借读费高', 0, 1, 1],
    ['未采集', 0, 1, 1],
    ['合计', 1, 2, 3],
  ])
  const printed = readPdf(await material(page, { kind: 'cross_table', format: 'pdf', rows: 'cause', across: 'sex' }))
  expect(printed.text).toContain('留守原因与性别交叉表')
})

test('P5.3 the community’s file is the school’s file: one child, both ties, one ledger each', async ({
  page,
  server,
}) => {
  const { children, school } = await comeIn(page, server)
  await takeSeat(page, 'administrator')
  const klass = await send<{ id: string }>(page, '/units', {
    id: crypto.randomUUID(), kind: 'class', parent_id: school, name: '二班', stage: 'primary', entry_year: 2024, class_number: '2',
  }) // prettier-ignore
  await takeSeat(page, 'child_supervisor')
  await send(page, childOps.place.path.replace(':id', children[0]!), {
    unit_id: klass.id,
    as: 'class',
    from_on: '2026-09-01',
  })
  const ofSchool = await cellsOf(
    await material(page, { kind: 'ledger', format: 'xlsx', ledger: 'school_roster', unit_id: school }),
  )
  expect(ofSchool).toContain('白一舟')
  expect(ofSchool).not.toContain('柳三月')
  expect(ofSchool.join('')).toContain('按就读的班级统计')
  const all = await preview(page, 'kind=completeness')
  expect(all.rows.at(-1)!.slice(0, 2)).toEqual(['合计', 3])
})
