// Every field of the registration form, the national additions and the school register: stated once, shown, guarded by its group, and
// unchanged by a trip through a sheet.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { childOps, type Facts } from '@nuanyang/contract/children.ts'
import { fieldPaths, fileFields } from '@nuanyang/contract/children.fields.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'
import { factsOf, isKnown } from './children.facts.ts'

let app: TestApp
let cast: Cast
let director: Person
beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village)
})
afterAll(() => app.close())

const parent = (name: string, code: string) => ({
  name,
  phones: [`1980000${code}`],
  identity_no: null,
  born_on: '1988-04',
  state: 'away' as const,
  able: true,
  work_place: '广东东莞',
  work_place_code: '4419',
  work_unit: '一家鞋厂',
  occupation: '工人',
  away_since: '2025-02',
  planned_return_on: '2027-02',
})
const grandparent = (name: string, deceased = false) => ({ name, born_on: '1956', deceased })

/** Every field that can be stated, each with something known. */
const whole: Facts & { name: string } = {
  name: '陈小雨',
  sex: 'female',
  born_on: '2017-08-21',
  identity_no: 'H10000001',
  identity_kind: 'hk_macao',
  ethnicity: 'han',
  former_name: '陈雨',
  native_place: '云江云州',
  only_child: true,
  orphan: false,
  household_place: '青禾县芦溪镇小暑村',
  household_place_code: '990123104207',
  hukou_registered: true,
  hukou_type: 'rural',
  address: '小暑村三组 7 号',
  villager_group: '三组',
  household_no: '12',
  hobbies: '画画',
  remark: '坐校车晕车',
  causes: ['low_income', 'school_fees'],
  need_kinds: ['study', 'company'],
  needs: '想有人教她画画',
  special_cases: ['poor_household'],
  special_note: '爷爷腿脚不便',
  improper_care: ['neglect'],
  phones: ['19700000101'],
  enrolment_status: 'in_school',
  school_name: '镇中心小学',
  grade: '3',
  class_number: '2',
  boarding: false,
  commute: 'walk',
  needs_school_bus: false,
  subsidised: true,
  health: 'healthy',
  illness: '轻微贫血',
  disability: '无',
  disability_level: '无',
  suspected_disability: false,
  blood_type: 'O',
  father: { ...parent('陈建国', '0731'), identity_no: '990123198804010016' },
  mother: { ...parent('李秋萍', '0732'), identity_no: '990123198804010024' },
  carer: {
    name: '王桂英',
    relation: 'paternal_grandmother',
    relation_words: '婆婆',
    age: 68,
    phones: ['19900000216'],
    identity_no: '990123195801010023',
    health: '高血压',
    occupation: '务农',
    address: '小暑村三组 7 号',
    guardianship_type: 'good',
    able: true,
    entrusted: true,
    entrust_reason: 'work_away',
    why_changed: '外公搬走了',
    since: '2025-02',
  },
  paternal_grandfather: grandparent('陈有田', true),
  paternal_grandmother: grandparent('王桂英'),
  maternal_grandfather: grandparent('李大山'),
  maternal_grandmother: grandparent('何秀兰', false),
  contact: { name: '赵明', relation_words: '邻居', phones: ['19900000300'] },
  income_sources: ['work'],
  economy_level: '一般',
  economy_note: '靠打工',
  aid_kinds: ['subsistence_allowance'],
  aid_note: '每月领取',
}

async function numbered(): Promise<typeof whole> {
  const { checkDigit } = await import('@nuanyang/domain/identity_numbers.ts')
  const fixed = (number: string) => number.slice(0, 17) + checkDigit(number.slice(0, 17))
  return {
    ...whole,
    father: { ...whole.father, identity_no: fixed('99012319880401001') },
    mother: { ...whole.mother, identity_no: fixed('99012319880401002') },
    carer: { ...whole.carer, identity_no: fixed('99012319580101002') },
  }
}

test('every field there is can be stated in one go, is shown as it was said, and has its line of history when it changes', async () => {
  const id = newId()
  const facts = await numbered()
  const file = await app.call(childOps.create, { body: { id, facts } }, director)
  // What is stated is what is shown; numbers wait for a purpose.
  const shown = factsOf(file)
  const silent = fieldPaths.filter((path) => !isKnown(shown[path]) && shown[path] !== false)
  // The ones above cover the whole list of fields: a new field without a value here fails this line.
  expect(silent).toEqual([])
  expect(file).toMatchObject({
    former_name: '陈雨',
    causes: ['low_income', 'school_fees'],
    father: { work_place_code: '4419', occupation: '工人' },
    paternal_grandfather: { name: '陈有田', deceased: true },
    contact: { name: '赵明', relation_words: '邻居' },
    carer: { entrust_reason: 'work_away', why_changed: '外公搬走了', able: true },
    identity_kind: 'hk_macao',
  })
  const changed = await app.call(
    childOps.change,
    { id, body: { version: file.version, facts: { maternal_grandmother: { deceased: true }, needs_school_bus: true, causes: ['no_time'], father: { work_place_code: null } } } }, // prettier-ignore
    director,
  )
  expect(changed.file).toMatchObject({
    maternal_grandmother: { name: '何秀兰', born_on: '1956', deceased: true },
    needs_school_bus: true,
    causes: ['no_time'],
    father: { work_place_code: null, work_place: '广东东莞' },
  })
  const { items } = await app.call(childOps.history, { id }, director)
  expect(items.map((one) => one.field)).toEqual(
    expect.arrayContaining(['maternal_grandmother.deceased', 'needs_school_bus', 'causes', 'father.work_place_code']),
  )
})

test('a document that is no resident identity card has no check digit; a resident number still has', async () => {
  const refused = await app.refused(
    childOps.create,
    { body: { id: newId(), facts: { name: '何梓涵', identity_no: 'H10000002' } } },
    director,
  )
  expect(refused.code).toBe('identity_no_wrong')
})

test('every new field is guarded by its group: a helper sees none of them, a partner office the needs', async () => {
  const cadre = await app.signInAs('partner_cadre', cast.office)
  const helper = await app.signInAs('helper', cast.village)
  const { id } = (await app.call(childOps.list, {}, director)).items[0]!
  expect((await app.refused(childOps.get, { id }, helper)).code).toBe('not_found')
  expect((await app.refused(childOps.get, { id }, cadre)).code).toBe('not_found')
  await app.owner.query(
    `insert into child_units (tenant_id, id, child_id, unit_id, "as", from_on) values ($1, $2, $3, $4, 'partner', '2026-01-01')`,
    [cast.tenant_id, newId(), id, cast.office.id],
  )
  const seen = await app.call(childOps.get, { id }, cadre)
  expect(seen).toMatchObject({ needs: '想有人教她画画', improper_care: null, blood_type: null, identity_kind: null })
  for (const path of fieldPaths)
    if (['health', 'identity_no', 'case_notes'].includes(fileFields[path].group))
      expect([path, isKnown(factsOf(seen)[path])]).toEqual([path, false])
})

test('children.confirm: one tap for a family; the day is kept, facts of unknown beginning keep the only day that dates them', async () => {
  const ids = [newId(), newId()]
  for (const [n, id] of ids.entries())
    await app.call(
      childOps.create,
      { body: { id, facts: { name: ['罗安安', '罗平平'][n]!, father: { state: 'away', away_since: '2025-02' }, mother: { state: 'away' } } } }, // prettier-ignore
      director,
    )
  app.time.now = new Date('2027-03-05T02:00:00Z')
  const open = { confirmed: 'no' as const, confirmed_since: '2027-03-01' }
  const before = (await app.call(childOps.count, open, director)).count
  expect(await app.call(childOps.confirm, { body: { child_ids: ids } }, director)).toEqual({ confirmed: 2 })
  await app.call(childOps.confirm, { body: { child_ids: ids } }, director)
  expect((await app.call(childOps.count, open, director)).count).toBe(before - 2)
  expect((await app.call(childOps.list, { confirmed: 'yes', confirmed_since: '2027-03-01' }, director)).items.map((row) => row.confirmed_on)).toEqual(['2027-03-05', '2027-03-05']) // prettier-ignore
  const file = await app.call(childOps.get, { id: ids[0]! }, director)
  expect([file.father?.stated_on, file.mother?.stated_on]).toEqual(['2027-03-05', '2026-11-25'])
  // Filling in where she works does not make her absence younger.
  await app.call(childOps.change, { id: ids[0]!, body: { version: file.version, facts: { mother: { work_place: '宁波' } } } }, director) // prettier-ignore
  expect((await app.call(childOps.get, { id: ids[0]! }, director)).mother?.stated_on).toBe('2026-11-25')
  expect((await app.call(childOps.history, { id: ids[0]! }, director)).items.map((one) => one.field)).toContain('confirmed') // prettier-ignore
  const stranger = await app.signInAs('child_director', cast.otherVillage)
  expect((await app.refused(childOps.confirm, { body: { child_ids: ids } }, stranger)).code).toBe('not_found')
  app.time.now = new Date('2026-11-25T02:00:00Z')
})

test('children.asked: what a side proposed, and the word with which it was declined', async () => {
  const id = newId()
  await app.call(childOps.create, { body: { id, facts: { name: '梁思雨', father: { name: '梁勇', work_place: '东莞' } } } }, director) // prettier-ignore
  await app.owner.query(
    `insert into child_units (tenant_id, id, child_id, unit_id, "as", from_on) values ($1, $2, $3, $4, 'class', '2026-09-01')`,
    [cast.tenant_id, newId(), id, cast.class.id],
  )
  const teacher = await app.signInAs('class_teacher', cast.class)
  const file = await app.call(childOps.get, { id }, teacher)
  const sent = await app.call(childOps.change, { id, body: { version: file.version, facts: { father: { work_place: '佛山' } } } }, teacher) // prettier-ignore
  expect(sent.proposed).toEqual(['father.work_place'])
  const [waiting] = (await app.call(childOps.waiting, {}, director)).items
  await app.call(childOps.decide, { id: waiting!.id, body: { accept: false, note: '上周刚问过，还在东莞' } }, director)
  expect((await app.call(childOps.asked, {}, teacher)).items[0]).toMatchObject({
    child_name: '梁思雨', field: 'father.work_place', new: '佛山', state: 'declined', decision_note: '上周刚问过，还在东莞',
  }) // prettier-ignore
  expect((await app.call(childOps.asked, {}, director)).items).toEqual([])
})
