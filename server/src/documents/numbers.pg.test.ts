// Tables of numbers from real files: what they count, what they say of what they cannot count, and what the public is not told.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import exceljs from 'exceljs'
import { childOps, type Facts } from '@nuanyang/contract/children.ts'
import { documentOps } from '@nuanyang/contract/documents.ts'
import { presetOps } from '@nuanyang/contract/settings.presets.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import { documentBytes, fetchDocument } from '../testing/issued.ts'
import type { Cast } from '../testing/make.ts'
import { docxParagraphs, pdfText } from './testing/read.ts'

// The first document loads a compiler and its faces; on a busy machine that alone can take half a minute.
vi.setConfig({ testTimeout: 120_000 })

let app: TestApp
let cast: Cast
let director: Person
let other: Person
let supervisor: Person

const whole: Facts = {
  sex: 'female',
  born_on: '2017-08-21',
  school_name: '镇中心小学',
  grade: '3',
  boarding: false,
  health: 'healthy',
  father: { name: '陈建国', phones: ['19800000731'], state: 'away', work_place: '东莞', away_since: '2025-01-01' },
  mother: { name: '李秋萍', phones: ['19800000732'], state: 'away', work_place: '宁波', away_since: '2025-01-01' },
  carer: { name: '王桂英', relation: 'paternal_grandmother', phones: ['19900000216'], guardianship_type: 'good' },
  address: '小暑村三组 7 号',
}

async function child(who: Person, name: string, more: Facts = {}): Promise<string> {
  const id = newId()
  await app.call(childOps.create, { body: { id, facts: { ...whole, ...more, name } } }, who)
  return id
}

/** Where parents work is known to the county only through the place's code, which the page finds; here it is set. */
async function placed(): Promise<void> {
  await app.owner.query(`update parent_spells set place_code = '441900' where state = 'away'`)
  await app.owner.query(`update children set household_division_code = '990123104207'`)
}

beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village, { name: '周敏' })
  other = await app.signInAs('child_director', cast.otherVillage)
  supervisor = await app.signInAs('child_supervisor', cast.township)
  for (const name of ['甲一', '甲二', '甲三', '甲四', '甲五', '甲六']) await child(director, name)
  await child(director, '乙小', {
    sex: 'male',
    born_on: '2022-03-01',
    grade: 'k2',
    carer: { name: '外婆', relation: 'maternal_grandmother', guardianship_type: 'fair', phones: ['19900000217'] },
  })
  await child(director, '丙未知', { sex: null, boarding: null, carer: {} })
  await child(director, '丁说不准', { mother: { name: '李某' } })
  await child(director, '戊在家', { father: { state: 'home' }, mother: { state: 'home' } }) // prettier-ignore
  for (const name of ['己一', '己二']) await child(other, name, { sex: 'male' })
  await placed()
})
afterAll(() => app.close())

const table = async (who: Person, query: object) => app.call(documentOps.preview, { kind: 'summary', ...query }, who)
const row = (found: { rows: unknown[][] }, name: string) => found.rows.find((cells) => cells[0] === name)!.slice(1)

describe('the summary of 32 columns', () => {
  test('counts by definition, checks its rules, and says who has no column', async () => {
    const found = await table(director, {})
    expect(found.title).toBe('小暑村农村留守儿童摸底排查汇总表')
    expect(found.rows[0]!.slice(0, 4)).toEqual(['栏次', 1, 2, 3])
    // 戊 does not count, 丁 cannot be said: neither is in 合计.
    expect(row(found, '合计').slice(0, 10)).toEqual([8, 1, 1, 0, 7, 0, 6, 0, 0, 0])
    expect(row(found, '合计').slice(18, 20)).toEqual([8, 0])
    expect(found.notes.join()).toMatch(/民政口径.*国发〔2016〕13号/)
    expect(found.notes.join()).toContain('按居住的村（社区）统计')
    const beside = found.beside.map(({ title, lines }) => [title, lines])
    expect(beside).toContainEqual(['勾稽对不上的', expect.arrayContaining(['合计：5=6+7，左边 7，右边 6，差 1'])])
    // On the screen nobody is named yet: no purpose was stated.
    expect(JSON.stringify(found)).not.toContain('丙未知')
    expect(JSON.stringify(found.beside)).toContain('性别：1 人')
  })

  test('is printed with the names beside it, and each named child remembers the purpose', async () => {
    const asked = { kind: 'summary', purpose: '交镇民政办' } as const
    const words = docxParagraphs(await documentBytes(app, director, { ...asked, format: 'docx' })).join('\n')
    expect(words).toContain('性别：丙未知（1 人）')
    expect(words).toContain('还要问清父母的情况：丁说不准（1 人）')
    expect(words).toContain('5=6+7')
    for (const format of ['pdf', 'xlsx'] as const) {
      const bytes = await documentBytes(app, director, { ...asked, format })
      const text = format === 'pdf' ? await pdfText(bytes) : (await cellsOf(bytes)).join('\n')
      expect(text).toContain('丙未知')
      expect(text.replace(/\s/g, '')).toContain('摸底排查汇总表')
    }
    const { items } = await app.call(documentOps.list, { kind: 'summary' }, director)
    expect(items[0]).toMatchObject({ definition: '民政口径', counted_by: '按居住的村（社区）统计', children: 8 })
  })

  test('a township is the sum of its villages, line by line, and a county of its townships', async () => {
    const [one, two, town, county] = await Promise.all([
      table(director, {}),
      table(other, {}),
      table(supervisor, {}),
      table(await app.signInAs('county_staff', cast.county), {}),
    ])
    expect(row(town, '小暑村')).toEqual(row(one, '合计'))
    expect(row(town, '白露村')).toEqual(row(two, '合计'))
    expect(row(town, '合计')).toEqual(row(one, '合计').map((n, at) => Number(n) + Number(row(two, '合计')[at])))
    expect(row(county, '芦溪镇')).toEqual(row(town, '合计'))
  })

  test('heads are an office’s own words, from the county down', async () => {
    const county = await app.signInAs('county_staff', cast.county)
    const heads = { 19: '父母均外出务工', 30: '监护情况好' }
    const body = { id: newId(), feature: 'summary_heads' as const, name: '汇总表栏目', value: { heads }, shared: true }
    await app.call(presetOps.keep_preset, { body }, county)
    const found = await table(director, {})
    expect(found.columns).toContain('父母外出/父母均外出务工')
    expect(found.columns).toContain('监护情况/监护情况好')
    expect(found.columns).toContain('0–5岁/男')
    await app.call(presetOps.drop_preset, { id: body.id }, county)
  })

  test('speaks of its day: before the parents left nobody counts, and a definition without validity is refused', async () => {
    const nowhere = await app.refused(documentOps.preview, { kind: 'summary', definition: 'nowhere' }, director)
    expect(nowhere.code).toBe('not_found')
    const before = await app.refused(documentOps.preview, { kind: 'summary', as_of: '2015-01-01' }, director)
    expect([before.code, before.detail]).toEqual(['no_definition_then', expect.stringContaining('2015-01-01')])
    const last = await table(director, { as_of: '2025-03-01' })
    expect(row(last, '合计')[0]).toBe(0)
  })
})

describe('cross tables and completeness', () => {
  test('carer by age: not collected stands by itself', async () => {
    const found = await table(director, { kind: 'cross_table', rows: 'carer', across: 'age_band' })
    expect(found.columns).toEqual(['谁在照护', '0–5岁', '6–13岁', '合计'])
    expect(found.rows).toEqual([
      ['祖父母', 0, 8, 8],
      ['外祖父母', 1, 0, 1],
      ['未采集', 0, 1, 1],
      ['合计', 1, 9, 10],
    ])
    expect(found.notes.join()).toContain('未采集单独一栏')
  })

  test('completeness says the rate and its definition, unit by unit', async () => {
    const found = await table(supervisor, { kind: 'completeness' })
    expect(found.rows.map((cells) => cells.slice(0, 4))).toEqual([
      ['小暑村', 10, 7, '70%'],
      ['白露村', 2, 2, '100%'],
      ['合计', 12, 9, '75%'],
    ])
    expect(found.notes[0]).toMatch(/建档率 = 档案齐全的 ÷ 在册的/)
  })

  test('for the public no cell under five is written, none can be subtracted, and nobody is named', async () => {
    const found = await table(director, { kind: 'cross_table', rows: 'carer', across: 'age_band', for_public: true })
    expect(found.rows).toEqual([
      ['祖父母', 0, '＊', '＊'],
      ['外祖父母', '＊', 0, '＊'],
      ['未采集', 0, '＊', '＊'],
      ['合计', '＊', '＊', 10],
    ])
    const words = docxParagraphs(
      await documentBytes(app, director, { kind: 'summary', format: 'docx', for_public: true, purpose: '村务公开' }),
    ).join('\n')
    expect(words).not.toMatch(/丙未知|丁说不准/)
    expect(words).toContain('对外公开：少于 5 人的格不写')
    const shown = await table(director, { for_public: true })
    for (const cells of shown.rows.slice(1)) for (const cell of cells.slice(1)) expect([1, 2, 3, 4]).not.toContain(cell)
  })

  test('a role counts only what it sees open', async () => {
    const refused = await app.refused(documentOps.preview, { kind: 'cross_table', rows: 'carer', across: 'aid' }, await app.signInAs('class_teacher', cast.class)) // prettier-ignore
    expect([refused.code, refused.detail]).toEqual(['kind_not_yours', expect.stringContaining('儿童主任')])
    const cadre = await app.signInAs('partner_cadre', cast.office)
    expect((await fetchDocument(app, cadre, { kind: 'summary', format: 'xlsx' })).status).toBe(403)
    const nobody = await app.refused(documentOps.preview, { kind: 'completeness' }, await app.signInAs('archivist', cast.community)) // prettier-ignore
    expect(nobody.code).toBe('nothing_to_count')
  })
})

describe('rosters by definition', () => {
  test('who counts, then of whom it cannot be said and what to ask', async () => {
    const words = docxParagraphs(await documentBytes(app, director, { kind: 'roster', format: 'docx' }))
    const text = words.join('\n')
    expect(text).toContain('符合 8 人，说不准 1 人')
    expect(text).not.toContain('戊在家')
    expect(words[words.indexOf('丁说不准') + 5]).toBeDefined()
    expect(text).toContain('妈妈在不在家')
    expect(text).toContain('父母双方外出')
  })

  test('学籍: 非留守 and 双亲留守 by the education definition, blank where it cannot be said', async () => {
    const cells = await rowsOf(await documentBytes(app, director, { kind: 'enrolment_extract', format: 'xlsx' }))
    const said = (name: string) => cells.find((row) => row.includes(name))
    expect(said('甲一')).toContain('双亲留守')
    expect(said('戊在家')).toContain('非留守')
    const open = said('丁说不准')!
    expect(open).not.toContain('非留守')
    // One parent away is enough to count; which kind is still to be asked.
    expect(open.at(-1)).toContain('妈妈在不在家')
  })
})

async function rowsOf(bytes: Buffer): Promise<string[][]> {
  const book = new exceljs.Workbook()
  await book.xlsx.load(bytes as never)
  return book.worksheets.flatMap((sheet) =>
    sheet.getSheetValues().map((each) => (Array.isArray(each) ? each.map(String) : [])),
  )
}
const cellsOf = async (bytes: Buffer) => (await rowsOf(bytes)).flat()
