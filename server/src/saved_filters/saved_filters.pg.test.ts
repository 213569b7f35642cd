import { afterAll, beforeAll, expect, test } from 'vitest'
import { childOps, type Facts } from '@nuanyang/contract/children.ts'
import { savedFilterOps } from '@nuanyang/contract/saved_filters.ts'
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

test('a filter is kept for oneself or shared with the unit; over a right that is gone it says so instead of finding nobody', async () => {
  const mine = { id: newId(), name: '爸妈都在外的', filter: { away: 'both' as const }, shared: true }
  await app.call(savedFilterOps.save, { body: mine }, director)
  await app.call(savedFilterOps.save, { body: { id: newId(), name: '六岁以下', filter: { age_until: 5 }, shared: false } }, director) // prettier-ignore
  expect((await app.refused(savedFilterOps.save, { body: { ...mine, id: newId() } }, director)).code).toBe('filter_name_taken') // prettier-ignore
  expect((await app.refused(savedFilterOps.save, { body: { ...mine, id: newId(), name: '空的', filter: {} } }, director)).code).toBe('filter_empty') // prettier-ignore
  expect((await app.call(savedFilterOps.list, {}, director)).items.map((one) => [one.name, one.mine, one.beyond])).toEqual([['六岁以下', true, []], ['爸妈都在外的', true, []]]) // prettier-ignore
  const colleague = await app.signInAs('next_gen_committee', cast.village)
  expect((await app.call(savedFilterOps.list, {}, colleague)).items).toMatchObject([{ name: '爸妈都在外的', mine: false, beyond: ['away'] }]) // prettier-ignore
  const other = await app.signInAs('child_director', cast.otherVillage)
  expect((await app.call(savedFilterOps.list, {}, other)).items).toEqual([])
  await app.call(savedFilterOps.remove, { id: mine.id }, colleague)
  expect((await app.call(savedFilterOps.list, {}, director)).items).toHaveLength(2)
  await app.call(savedFilterOps.remove, { id: mine.id }, director)
  expect((await app.call(savedFilterOps.list, {}, director)).items).toHaveLength(1)
})

test('children.change_many says what it would do child by child, then does exactly that', async () => {
  const ids: string[] = []
  const add = async (facts: Partial<Facts>) => {
    const id = newId()
    await app.call(
      childOps.create,
      { body: { id, facts: { name: `罗安${'甲乙丙丁'[ids.length]}`, ...facts } } },
      director,
    )
    ids.push(id)
  }
  await add({})
  await add({ household_place: '青禾县小暑村' })
  await add({ household_place: '外县' })
  const facts = { household_place: '青禾县小暑村', household_place_code: '990123104207' }
  const body = { child_ids: ids, facts, only_unknown: false, preview: true }
  const seen = await app.call(childOps.change_many, { body }, director)
  expect(seen).toMatchObject({ changes: 3, proposes: 0, same: 0, closed: 0 })
  expect(seen.items.filter((item) => item.field === 'household_place').map((item) => [item.old, item.new])).toEqual([[null, '青禾县小暑村'], ['外县', '青禾县小暑村']]) // prettier-ignore
  expect((await app.call(childOps.get, { id: ids[2]! }, director)).household_place).toBe('外县')
  await app.call(childOps.change_many, { body: { ...body, only_unknown: true, preview: false } }, director)
  expect((await app.call(childOps.get, { id: ids[0]! }, director)).household_place_code).toBe('990123104207')
  expect((await app.call(childOps.get, { id: ids[2]! }, director)).household_place).toBe('外县')
  const stranger = await app.signInAs('child_director', cast.otherVillage)
  expect((await app.refused(childOps.change_many, { body }, stranger)).code).toBe('not_found')
})
