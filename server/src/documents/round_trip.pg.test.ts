// What is exported and imported again changes nothing: every ledger of the house, and one with every column there is, the county's own
// among them, over families and standings that a roster could mistake.
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { childOps, type Facts } from '@nuanyang/contract/children.ts'
import { customFieldOps } from '@nuanyang/contract/custom_fields.ts'
import type { NewDocument } from '@nuanyang/contract/documents.ts'
import { importOps } from '@nuanyang/contract/imports.ts'
import { checkDigit } from '@nuanyang/domain/identity_numbers.ts'
import { ledgerPresets } from '@nuanyang/domain/ledger_presets.ts'
import { listFields } from '@nuanyang/domain/ledgers.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import { documentBytes } from '../testing/issued.ts'
import type { Cast } from '../testing/make.ts'

vi.setConfig({ testTimeout: 120_000 })

let app: TestApp
let cast: Cast
let director: Person
const own: string[] = []
const number = (body: string) => body.concat(checkDigit(body))

/** Everything that can be said of a child. */
const everything: Facts = {
  sex: 'female', born_on: '2017-08-21', identity_no: number('99012320170821094'), ethnicity: '畲族', former_name: '陈雨', identity_kind: 'resident',
  native_place: '青禾', only_child: false, orphan: false, household_place: '青禾县小暑村三组', hukou_registered: true, hukou_type: 'agricultural',
  address: '小暑村三组 7 号', villager_group: '三组', household_no: '017', hobbies: '画画、跳绳', remark: '夏天去东莞', causes: ['low_income'],
  need_kinds: ['study'], needs: '想要一本字典', special_cases: [], special_note: '左撇子', improper_care: [], phones: ['19800000111'],
  enrolment_status: 'in_school', school_name: '镇中心小学', grade: '3', class_number: '2', boarding: false, commute: 'walk', needs_school_bus: false,
  subsidised: true, health: 'healthy', suspected_disability: false, blood_type: 'O',
  father: { name: '陈建国', phones: ['19800000731', '13700000002'], identity_no: number('99012319880821093'), born_on: '1988-08-21', state: 'away', able: true, work_place: '东莞', work_place_code: '4419', work_unit: '制衣厂', occupation: '缝纫', away_since: '2025-02', planned_return_on: '2027-01' },
  mother: { name: '李秋萍', phones: ['19800000732'], born_on: '1990-01', state: 'away', work_place: '宁波', away_since: '2025-02' },
  carer: { name: '王桂英', relation: 'paternal_grandmother', relation_words: '阿嬷', age: 68, phones: ['19900000210'], identity_no: number('99012319580303002'), health: '良好', occupation: '务农', address: '小暑村三组 7 号', able: true, entrusted: true, since: '2025-02' },
  paternal_grandfather: { name: '陈有田', born_on: '1955', deceased: false },
  paternal_grandmother: { name: '王桂英' },
  contact: { name: '罗老师', relation_words: '邻居', phones: ['19900000333'] },
  income_sources: ['migrant_work'], economy_level: '低收入', economy_note: '种几亩田', aid_kinds: [], aid_note: '冬天送过棉被',
} // prettier-ignore

const families: Readonly<Record<string, Facts>> = {
  陈小雨: everything,
  罗安安: { born_on: '2013-02-02', enrolment_status: 'suspended' },
  罗平平: { born_on: '2013-03-02', enrolment_status: 'suspended', grade: '7', school_name: '镇中学' },
  罗小舟: { born_on: '2012-02-02', enrolment_status: 'dropped_out' },
  罗小禾: { born_on: '2023-02-02', enrolment_status: 'not_enrolled' },
  罗子涵: { born_on: '2011-02-02', enrolment_status: 'not_enrolled' },
  罗梓萱: { remark: '=cmd()|calc', born_on: '2011-04-02', enrolment_status: 'graduated' },
  欧阳一鸣: { born_on: '2015-04-02', enrolment_status: 'transferred', grade: '5' },
  𠮷小满: { born_on: '2021-01-10', enrolment_status: 'in_school', grade: 'k2', school_name: '镇幼儿园' },
  '买买提·艾力': { born_on: '2016-05-01', father: { name: '谷大山', state: 'away', work_place: '福州' }, mother: { name: '林小兰', state: 'home', able: false } },
  谷晓岚: { born_on: '2016-06-01', father: { name: '谷二山', state: 'deceased' }, mother: { name: '林大兰', state: 'away', work_place: '厦门' } },
  谷晓溪: { born_on: '2016-07-01', father: { name: '谷三山', state: 'away', work_place: '厦门' }, mother: { name: '林中兰', state: 'missing' } },
  谷晓川: { born_on: '2016-08-01', father: { name: '谷四山', state: 'home', work_place: '镇上的砖厂' }, mother: { name: '林末兰', state: 'home' } },
  谷晓田: { born_on: '2016-09-01', health: 'disabled', disability: '肢体', disability_level: '二级', carer: { name: '谷老根', relation: 'maternal_grandfather' } },
  谷晓燕: { born_on: '2016-10-01', health: 'ill', illness: '哮喘', orphan: true, identity_kind: 'other', identity_no: 'H12345678' },
} // prettier-ignore

beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village, { name: '周敏' })
  const county = await app.signInAs('county_staff', cast.county)
  for (const [name, type, options] of [['有没有手表', 'choice', ['有', '没有']], ['菜地几分', 'number', []], ['上次体检', 'day', []], ['会骑车', 'yes_no', []], ['爱看的书', 'choices', ['童话', '科学']], ['想说的话', 'long_text', []], ['绰号', 'text', []]] as const) // prettier-ignore
    own.push((await app.call(customFieldOps.add, { body: { id: newId(), name, type, options: [...options], field_group: 'family' } }, county)).code) // prettier-ignore
  for (const [name, facts] of Object.entries(families)) {
    const id = newId()
    // Some sheets have neither number nor birth: there a child is known by name and carer.
    const carer = { name: `${String.fromCodePoint(name.codePointAt(0)!)}桂英`, relation: 'neighbour' as const }
    const { version } = await app.call(childOps.create, { body: { id, facts: { name, carer, ...facts }, although_similar: true } }, director) // prettier-ignore
    if (facts === everything)
      await app.call(childOps.set_custom, { id, body: { version, values: Object.fromEntries(own.map((code, at) => [code, ['有', 3.5, '2026-05-20', false, ['童话', '科学'], '想爸爸\n早点回来', '小雨点'][at]!])) } }, director) // prettier-ignore
  }
})
afterAll(() => app.close())

const aChildARow = ledgerPresets.filter(({ rows }) => !rows).map(({ code }) => code)
test.each([...aChildARow, 'every column'])('export %s, import it: nothing changes', async (ledger) => {
  const columns = [...listFields.map(({ field }) => field), ...own.map((code) => `facts.custom.${code}`)]
  const layout: Partial<NewDocument> = ledger === 'every column' ? { columns } : { ledger }
  const content = await documentBytes(app, director, { kind: 'ledger', format: 'xlsx', filter: {}, ...layout })
  const { id } = await app.call(importOps.upload, { body: {}, file: { name: `${ledger}.xlsx`, content } }, director)
  await app.work()
  const found = await app.call(importOps.get, { id }, director)
  const { items } = await app.call(importOps.rows, { id }, director)
  expect(items.filter((row) => row.differences.length > 0).map((row) => [row.name, row.differences])).toEqual([])
  const rows = Object.keys(families).length
  expect(found).toMatchObject({ state: 'ready', totals: { rows, unchanged: rows, create: 0, update: 0 } })
})
