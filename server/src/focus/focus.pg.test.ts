import { afterAll, beforeAll, expect, test } from 'vitest'
import { childOps, type Facts } from '@nuanyang/contract/children.ts'
import { focusOps, focusRules } from '@nuanyang/contract/focus.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

let app: TestApp
let cast: Cast
let director: Person
beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village)
})
afterAll(() => app.close())

async function child(name: string, facts: Partial<Facts>): Promise<string> {
  const id = newId()
  const born = { born_on: '2017-08-21', health: 'healthy' as const }
  await app.call(childOps.create, { body: { id, facts: { name, ...born, ...facts } } }, director)
  return id
}
const rulesOf = async (child_id: string, asks: 'yes' | 'no' = 'no') =>
  (await app.call(focusOps.suggestions, { child_id, asks }, director)).items.map((one) => one.rule)
const gone = { father: { state: 'away' as const }, mother: { state: 'away' as const } }

test('each rule fires on its facts and on nothing else', async () => {
  const cases: [keyof typeof focusRules, Partial<Facts>][] = [
    ['no_carer', { carer: { name: '无', guardianship_type: 'nobody' } }],
    ['lives_alone', { born_on: '2012-01-01', improper_care: ['alone'] }],
    ['under_eight_alone', { born_on: '2020-01-01', improper_care: ['alone'] }],
    ['care_poor', { improper_care: ['neglect'] }],
    ['harmed', { special_cases: ['violated'] }],
    ['left_home', { special_cases: ['left_home'] }],
    ['left_school', { enrolment_status: 'dropped_out' }],
    ['parent_missing', { father: { state: 'missing' } }],
    ['carer_old', { carer: { name: '王桂英', relation: 'paternal_grandmother', age: 71 } }],
    ['carer_unwell', { carer: { name: '王桂英', health: '腿脚不便' } }],
    ['not_entrusted', { ...gone, carer: { name: '王桂英', age: 60, health: '健康', entrusted: false } }],
    ['ill_or_disabled', { health: 'ill', illness: '哮喘' }],
    ['poor_without_aid', { economy_level: '贫困', aid_kinds: [] }],
    ['family_change', { father: { state: 'deceased', away_since: '2026-10' } }],
  ]
  let n = 0
  for (const [rule, facts] of cases) {
    const id = await child(`何梓${'甲乙丙丁戊己庚辛壬癸子丑寅卯'[n++]}`, facts)
    const fired = await rulesOf(id)
    expect([rule, fired]).toEqual([rule, rule === 'under_eight_alone' ? ['lives_alone', rule] : [rule]])
  }
  expect(await rulesOf(await child('黄天佑', {}))).toEqual([])
})

test('a carer of four children, and one of three', async () => {
  const carer = { name: '罗秀珍', phones: ['19900000444'], age: 60 }
  const ids: string[] = []
  for (const name of ['罗安安', '罗平平', '罗康康']) ids.push(await child(name, { carer }))
  expect(await rulesOf(ids[0]!)).toEqual([])
  ids.push(await child('罗乐乐', { carer }))
  expect(await rulesOf(ids[0]!)).toEqual(['carer_of_many'])
})

test('what is unknown is asked for: it neither fires nor passes', async () => {
  const id = await child('梁思雨', {
    ...gone,
    carer: { name: '王桂英', relation: 'paternal_grandmother' },
    health: null,
  })
  expect(await rulesOf(id)).toEqual([])
  expect(await rulesOf(id, 'yes')).toEqual(['carer_old', 'carer_unwell', 'not_entrusted', 'ill_or_disabled'])
  const file = await app.call(childOps.get, { id }, director)
  await app.call(childOps.change, { id, body: { version: file.version, facts: { carer: { age: 72, health: '健康', entrusted: true }, health: 'healthy' } } }, director) // prettier-ignore
  expect([await rulesOf(id), await rulesOf(id, 'yes')]).toEqual([['carer_old'], []])
})

test('a person confirms with a day to look again, reviews it, ends it; a declined suggestion rests', async () => {
  const id = await child('宋清和', { carer: { name: '王桂英', age: 75, health: '健康' }, special_cases: ['left_home'] })
  const before = await app.call(focusOps.counts, {}, director)
  const body = { id: newId(), child_id: id, rule: 'left_home' as const, confirm: true, note: '已经找到，要常去看' }
  expect((await app.refused(focusOps.decide, { body: { ...body, review_on: '2026-11-25' } }, director)).code).toBe('focus_days') // prettier-ignore
  expect(await app.call(focusOps.decide, { body }, director)).toMatchObject({ state: 'confirmed', review_on: '2026-12-25', reason: focusRules.left_home.zh }) // prettier-ignore
  expect((await app.refused(focusOps.decide, { body: { ...body, id: newId() } }, director)).code).toBe('focus_open')
  await app.call(focusOps.decide, { body: { id: newId(), child_id: id, rule: 'carer_old', confirm: false, note: '奶奶身体硬朗' } }, director) // prettier-ignore
  expect(await rulesOf(id)).toEqual([])
  expect(await app.call(focusOps.counts, {}, director)).toMatchObject({ confirmed: before.confirmed + 1, suggested: before.suggested - 2, due: 0 }) // prettier-ignore

  app.time.now = new Date('2026-12-26T02:00:00Z')
  expect((await app.call(focusOps.list, { due: 'yes' }, director)).items.map((one) => one.child_id)).toEqual([id])
  expect(await app.call(focusOps.review, { id: body.id, body: { ends: false, note: '再看一个月' } }, director)).toMatchObject({ review_on: '2027-01-25' }) // prettier-ignore
  expect(await app.call(focusOps.review, { id: body.id, body: { ends: true, note: '回来上学了' } }, director)).toMatchObject({ state: 'ended', until_on: '2026-12-26' }) // prettier-ignore
  expect((await app.refused(focusOps.review, { id: body.id, body: { ends: true, note: '再来' } }, director)).code).toBe('focus_ended') // prettier-ignore
  expect(await app.call(focusOps.get, { id: body.id }, director)).toMatchObject({ state: 'ended' })
  // Nothing of it stands in the file or the list.
  const file = JSON.stringify(await app.call(childOps.get, { id }, director)) + JSON.stringify(await app.call(childOps.list, { q: '宋清和' }, director)) // prettier-ignore
  for (const word of ['重点关爱', focusRules.left_home.zh, '要常去看', 'review_on']) expect(file).not.toContain(word)
  app.time.now = new Date('2026-11-25T02:00:00Z')
})

test('whoever does not see the case sees none of it', async () => {
  const id = await child('唐一诺', { special_cases: ['violated'] })
  const teacher = await app.signInAs('subject_teacher', cast.class)
  await app.owner.query(`insert into child_units (tenant_id, id, child_id, unit_id, "as", from_on) values ($1, $2, $3, $4, 'class', '2026-09-01')`, [cast.tenant_id, newId(), id, cast.class.id]) // prettier-ignore
  expect((await app.call(focusOps.suggestions, { child_id: id }, teacher)).items).toEqual([])
  const leader = await app.signInAs('next_gen_committee', cast.county)
  expect((await app.call(focusOps.counts, {}, leader)).suggested).toBe(0)
})
