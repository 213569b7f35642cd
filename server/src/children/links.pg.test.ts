import { afterAll, beforeAll, expect, test } from 'vitest'
import { childOps } from '@nuanyang/contract/children.ts'
import { checkDigit } from '@nuanyang/domain/identity_numbers.ts'
import { fetchDocument } from '../testing/issued.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

let app: TestApp
let cast: Cast
let director: Person
let teacher: Person

beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village)
  teacher = await app.signInAs('class_teacher', cast.class)
})
afterAll(() => app.close())

async function open(who: Person, name: string, more: object = {}): Promise<string> {
  const id = newId()
  await app.call(childOps.create, { body: { id, facts: { name, born_on: '2016-05-01', ...more } } }, who)
  return id
}

test('a file opened in a class says school, grade and class; its link and its enrolment are one', async () => {
  const id = await open(teacher, '周一')
  const file = await app.call(childOps.get, { id }, teacher)
  expect(file).toMatchObject({ school_name: '芦溪镇中心小学', grade: '3', class_number: '2' })
})

test('a file opened in a grid lives in the community around it', async () => {
  const worker = await app.signInAs('grid_worker', cast.grid)
  const file = await app.call(childOps.get, { id: await open(worker, '吴二') }, worker)
  expect(file.units.map((unit) => [unit.as, unit.name])).toEqual([
    ['grid', '第一网格'],
    ['residence', '荷塘社区'],
  ])
})

test('a link of the wrong kind, or two homes, is refused in words', async () => {
  const facts = { name: '郑三', born_on: '2016-05-02' }
  const wrong = { id: newId(), facts, links: [{ unit_id: cast.village.id, as: 'class' as const }] }
  expect((await app.refused(childOps.create, { body: wrong }, director)).code).toBe('wrong_kind_of_unit')
  const home = { unit_id: cast.village.id, as: 'residence' as const }
  const supervisor = await app.signInAs('child_supervisor', cast.township)
  const two = { id: newId(), facts, links: [home, { ...home, unit_id: cast.otherVillage.id }] }
  expect((await app.refused(childOps.create, { body: two }, supervisor)).code).toBe('invalid')
})

test('taking a child off a unit where it never was changes nothing, the class of the school side least of all', async () => {
  const id = await open(director, '王四')
  const supervisor = await app.signInAs('child_supervisor', cast.township)
  await app.call(childOps.place, { id, body: { unit_id: cast.class.id, as: 'class', from_on: '2026-09-01' } }, supervisor) // prettier-ignore
  const leave = { id, body: { unit_id: cast.village.id, as: 'class' as const, until_on: '2026-11-25' } }
  expect((await app.refused(childOps.leave, leave, director)).code).toBe('not_found')
  expect((await app.call(childOps.get, { id }, teacher)).class_number).toBe('2')
})

test('a child may leave one’s own unit: it is out of sight then, and really gone from it', async () => {
  const id = await open(director, '冯五')
  const body = { unit_id: cast.village.id, as: 'residence' as const, until_on: '2026-11-25' }
  const last = await app.call(childOps.leave, { id, body }, director)
  expect(last).toMatchObject({ name: '冯五', units: [] })
  expect((await app.refused(childOps.get, { id }, director)).code).toBe('not_found')
})

test('whoever sees a child by 户籍 asks the village where it lives, and does not take it over', async () => {
  const there = await app.signInAs('child_director', cast.otherVillage)
  const id = await open(there, '秦九')
  await app.owner.query(
    `insert into child_units (tenant_id, id, child_id, unit_id, "as", from_on) values ($1, $2, $3, $4, 'hukou', '2026-11-01')`,
    [cast.county.tenant_id, newId(), id, cast.village.id],
  )
  const body = { unit_id: cast.village.id, as: 'residence' as const, from_on: '2026-11-25' }
  await app.call(childOps.place, { id, body }, director)
  await app.call(childOps.place, { id, body }, director)
  const home = async () =>
    (await app.call(childOps.get, { id }, there)).units.filter((unit) => unit.as === 'residence').map((unit) => unit.id)
  expect(await home()).toEqual([cast.otherVillage.id])
  const waiting = (await app.call(childOps.waiting, {}, there)).items.filter((change) => change.child_id === id)
  expect(waiting).toMatchObject([{ field: 'residence', old: { name: '白露村' }, new: { unit_id: cast.village.id } }])
  expect((await app.refused(childOps.decide, { id: waiting[0]!.id, body: { accept: true } }, director)).code).toBe('not_found') // prettier-ignore
  await app.call(childOps.decide, { id: waiting[0]!.id, body: { accept: true } }, there)
  const moved = await app.call(childOps.get, { id }, director)
  expect(moved.units.filter((unit) => unit.as === 'residence').map((unit) => unit.id)).toEqual([cast.village.id])
})

test('two people who enter the same number at once open one file', async () => {
  const number = '99012320150606001' + checkDigit('99012320150606001')
  const others = await app.signInAs('child_director', cast.otherVillage)
  const answers = await Promise.all(
    [director, others].map((who, n) =>
      app.send(
        childOps.create,
        { body: { id: newId(), facts: { name: `陈六${n}`, identity_no: number }, although_similar: true } },
        who,
      ),
    ),
  )
  expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 409])
})

test('a print remembers only whom it shows: ids from elsewhere leave no trace in other files', async () => {
  const others = await app.signInAs('child_director', cast.otherVillage)
  const [mine, theirs] = [await open(director, '褚七'), await open(others, '卫八')]
  const printed = { child_ids: [mine, theirs], purpose: '入户' }
  await fetchDocument(app, director, { ...printed, kind: 'ledger', format: 'xlsx', columns: ['name'] })
  const cards = { ...printed, child_ids: [theirs], kind: 'contact_cards' as const, format: 'pdf' as const }
  expect((await fetchDocument(app, director, cards)).text).toContain('nobody_chosen')
  const { items } = await app.call(childOps.openings, { id: theirs }, others)
  expect(items.filter((row) => row.operation.startsWith('documents.'))).toEqual([])
  const own = await app.call(childOps.openings, { id: mine }, director)
  expect(own.items.map((row) => row.operation)).toContain('documents.issue')
})
