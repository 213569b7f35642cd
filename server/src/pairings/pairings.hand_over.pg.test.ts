import { afterAll, beforeAll, expect, test } from 'vitest'
import { accountOps } from '@nuanyang/contract/accounts.ts'
import { childOps } from '@nuanyang/contract/children.ts'
import { pairingOps } from '@nuanyang/contract/pairings.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

let house: TestApp
let cast: Cast
let director: Person
let admin: Person
beforeAll(async () => {
  house = await testApp()
  cast = await house.make.county()
  director = await house.signInAs('child_director', cast.village)
  admin = await house.signInAs('administrator', cast.village)
})
afterAll(() => house.close())

async function pair(name: string, helper: Person, vetted = true): Promise<string> {
  const child_id = newId()
  await house.call(childOps.create, { body: { id: child_id, facts: { name, born_on: '2017-08-21' } } }, director)
  await house.call(
    pairingOps.create,
    {
      body: {
        id: newId(),
        child_id,
        helper: { name: helper.name, kind: 'volunteer', account_id: helper.id, vetted },
        from_on: '2026-11-01',
      },
    },
    director,
  )
  return child_id
}

test('the children of a leaving helper go to a vetted successor with room, and only then', async () => {
  const leaver = await house.signInAs('helper', cast.village, { name: '郑海涛' })
  const heir = await house.signInAs('helper', cast.village, { name: '冯雪琴' })
  const child = await pair('陈小雨', leaver)
  const handOver = { id: leaver.id, body: { to_account_id: heir.id, reason: '去外地工作' } }
  const early = await house.refused(accountOps.hand_over, handOver, admin)
  expect([early.code, early.detail.includes('冯雪琴')]).toEqual(['not_vetted', true])
  expect((await house.call(childOps.list, {}, leaver)).items).toHaveLength(1)

  await pair('何梓涵', heir)
  expect(await house.call(accountOps.hand_over, handOver, admin)).toMatchObject({ memberships: 1, others: 1 })
  const seen = (await house.call(childOps.list, {}, heir)).items.map((one) => one.id)
  expect(seen).toContain(child)
  const { rows } = await house.owner.query(
    `select until_on::text, ended_reason from pairings where child_id = $1 order by created_at, until_on`,
    [child],
  )
  expect(rows).toContainEqual({ until_on: '2026-11-25', ended_reason: 'replaced' })
  expect(rows).toContainEqual({ until_on: null, ended_reason: null })
})

test('a successor without room keeps the hand-over from happening', async () => {
  const leaver = await house.signInAs('helper', cast.village, { name: '孙文斌' })
  const heir = await house.signInAs('helper', cast.village, { name: '吴明月' })
  await pair('黄天佑', leaver)
  await pair('梁思雨', heir)
  await pair('谢子轩', heir)
  const handOver = { id: leaver.id, body: { to_account_id: heir.id, reason: '退休' } }
  expect((await house.refused(accountOps.hand_over, handOver, admin)).code).toBe('helper_full')
  expect((await house.call(accountOps.get, { id: leaver.id }, admin)).disabled_at).toBeNull()
})
