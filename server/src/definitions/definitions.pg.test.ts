import { afterAll, beforeAll, expect, test } from 'vitest'
import { childOps, type Facts } from '@nuanyang/contract/children.ts'
import { definitionOps } from '@nuanyang/contract/definitions.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

let app: TestApp
let cast: Cast
let director: Person
let county: Person
beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village)
  county = await app.signInAs('county_staff', cast.county)
})
afterAll(() => app.close())

const away = { state: 'away' as const, work_place: '广东东莞', work_place_code: '4419', away_since: '2025-02' }
async function child(name: string, facts: Partial<Facts>, who = director): Promise<string> {
  const id = newId()
  const whole = {
    name,
    born_on: '2017-08-21',
    household_place: '小暑村',
    household_place_code: '990123104207',
    ...facts,
  }
  await app.call(childOps.create, { body: { id, facts: whole } }, who)
  return id
}

test('a list by a definition: those who count, those who do not, and those about whom a fact is missing', async () => {
  const both = await child('陈小雨', { father: away, mother: away })
  const one = await child('何梓涵', { father: away, mother: { state: 'home', able: true } })
  const open = await child('黄天佑', { father: away, mother: { ...away, work_place_code: null } })
  const ids = async (query: object) =>
    (await app.call(childOps.list, { limit: 50, ...query }, director)).items.map((row) => row.id)
  expect(await ids({ definition: 'mca' })).toEqual([both])
  expect(await ids({ definition: 'mca', answer: 'no' })).toEqual([one])
  expect(await ids({ definition: 'mca', answer: 'cannot_say' })).toEqual([open])
  // 教育 counts as stated; its branches are a condition, too.
  expect(new Set(await ids({ definition: 'moe' }))).toEqual(new Set([both, one, open]))
  expect(await ids({ definition: 'moe', category: 'one_parent' })).toEqual([one])
  // Before they left, and before six months were over.
  expect(await ids({ definition: 'mca', as_of: '2025-06-30' })).toEqual([])
  expect((await app.call(childOps.count, { definition: 'mca' }, director)).count).toBe(1)
  expect((await app.call(definitionOps.tally, { code: 'mca', on: '2026-11-25' }, director))).toMatchObject({
    yes: 1, no: 1, cannot_say: 1, categories: { both_parents: 1 }, missing: [{ fact: 'mother_place_code', count: 1 }],
  }) // prettier-ignore
})

test('a file says what it is by each definition, why, and what is missing; without the family it says nothing', async () => {
  const id = await child('梁思雨', { father: away, mother: { state: 'home', able: true } })
  const answer = await app.call(definitionOps.of_child, { child_id: id }, director)
  expect(answer.items.find((one) => one.code === 'mca')).toMatchObject({ answer: 'no', because: 'other_parent_there' })
  expect(answer.items.find((one) => one.code === 'moe')).toMatchObject({ answer: 'yes', category: 'one_parent' })
  expect(answer.items.find((one) => one.code === 'migrant')).toMatchObject({ answer: 'no', because: 'not_elsewhere' })
  const then = await app.call(definitionOps.of_child, { child_id: id, on: '2014-01-01' }, director)
  expect(then.items.map((one) => one.code)).toEqual(['moe'])
  const stranger = await app.signInAs('child_director', cast.otherVillage)
  expect((await app.refused(definitionOps.of_child, { child_id: id }, stranger)).code).toBe('not_found')
})

test('a new version ends the one before and leaves earlier days as they were; a county has its own besides', async () => {
  const { items } = await app.call(definitionOps.list, {}, director)
  const mca = items.find((one) => one.code === 'mca')!
  const body = {
    id: newId(), code: 'mca', name: mca.name, rule: 'mca' as const, under_age: 18, months: 3, across: null, visit_days: 30, source: '本县 2027 年起的口径', from_on: '2027-01-01',
  } // prettier-ignore
  expect((await app.refused(definitionOps.add, { body }, director)).code).toBe('forbidden')
  expect(await app.call(definitionOps.add, { body }, county)).toMatchObject({ months: 3, in_force: false })
  expect(await app.call(definitionOps.get, { id: mca.id }, county)).toMatchObject({ until_on: '2027-01-01', in_force: true }) // prettier-ignore
  const early = await app.refused(definitionOps.add, { body: { ...body, id: newId(), from_on: '2026-06-01' } }, county)
  expect([early.code, early.detail]).toEqual(['definition_before', expect.stringContaining('2027-01-01')])
  const own = await app.call(
    definitionOps.add,
    { body: { ...body, id: newId(), code: undefined as never, name: '本县关爱口径', from_on: '2026-01-01' } },
    county,
  )
  expect(own).toMatchObject({ code: 'own_1', in_force: true })
  expect((await app.refused(definitionOps.add, { body: { ...body, id: newId(), code: undefined as never, name: '教育口径' } }, county)).code).toBe('definition_name_taken') // prettier-ignore
  // A day before it held: a sentence, not an empty list that looks like nobody.
  const none = await app.refused(childOps.list, { definition: 'own_1', as_of: '2025-06-01' }, director)
  expect([none.code, none.detail]).toEqual(['no_definition_then', expect.stringContaining('2026-01-01')])
  const stale = await app.refused(
    definitionOps.end,
    { id: own.id, body: { version: 9, until_on: '2026-12-01' } },
    county,
  )
  expect(stale.code).toBe('stale')
  expect((await app.refused(definitionOps.end, { id: own.id, body: { version: 1, until_on: '2025-12-01' } }, county)).code).toBe('definition_days') // prettier-ignore
  await app.call(definitionOps.end, { id: own.id, body: { version: 1, until_on: '2026-12-01' } }, county)
  expect((await app.refused(definitionOps.end, { id: own.id, body: { version: 2, until_on: '2026-12-02' } }, county)).code).toBe('definition_ended') // prettier-ignore
})

test('who came in, went out and grew out between two days, with the day and what the list proposes', async () => {
  const other = await app.signInAs('child_director', cast.otherVillage)
  const home = { household_place_code: '990123104208' }
  const came = await child('罗安安', { ...home, father: { ...away, away_since: '2026-03-10' }, mother: away }, other)
  const grew = await child('宋清和', { ...home, born_on: '2010-09-20', father: away, mother: away }, other)
  const unclear = await child('唐一诺', { ...home, father: away, mother: away }, other)
  const file = await app.call(childOps.get, { id: unclear }, other)
  await app.call(childOps.change, { id: unclear, body: { version: file.version, facts: { mother: { state: 'unknown' } } } }, other) // prettier-ignore
  const asked = { code: 'mca', from: '2026-05-01', until: '2026-11-25' }
  const { items } = await app.call(definitionOps.turns, asked, other)
  expect(items.map(({ child_id, kind, on, proposes }) => [child_id, kind, on, proposes])).toEqual(
    expect.arrayContaining([
      [came, 'enters', '2026-09-10', null],
      [grew, 'ages_out', '2026-09-20', 'exit'],
    ]),
  )
  expect((await app.call(definitionOps.turns, { ...asked, kind: 'ages_out' }, other)).items).toHaveLength(1)
  const grown = await app.call(childOps.get, { id: grew }, other)
  await app.call(childOps.exit, { id: grew, body: { version: grown.version, on: '2026-11-25', reason: 'aged_out' } }, other) // prettier-ignore
  expect((await app.call(definitionOps.turns, { ...asked, kind: 'ages_out' }, other)).items[0]).toMatchObject({ proposes: null }) // prettier-ignore
  expect((await app.refused(definitionOps.turns, { code: 'mca', from: '2026-05-01', until: '2026-05-01' }, other)).code).toBe('turns_days') // prettier-ignore
})
