// What an exit means for the pairings of a child, and what comes back with the child.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { childOps } from '@nuanyang/contract/children.ts'
import { pairingOps } from '@nuanyang/contract/pairings.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

let app: TestApp
let cast: Cast
let director: Person
let helper: Person
const [child, friend, third] = [newId(), newId(), newId()]

beforeAll(async () => {
  // The files are some days old.
  app = await testApp({ now: '2026-11-20T02:00:00Z' })
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village)
  for (const [id, name] of [[child, '范立夏'], [friend, '范小满'], [third, '范芒种']] as const)
    await app.call(childOps.create, { body: { id, facts: { name } } }, director)
  app.time.now = new Date('2026-11-25T02:00:00Z')
  director = await app.signInAs('child_director', cast.village)
  helper = await app.signInAs('helper', cast.village, { name: '石秋水' })
}) // prettier-ignore
afterAll(() => app.close())

const newPair = (child_id: string, name: string, extra: object = {}) => ({
  id: newId(),
  child_id,
  helper: { name, kind: 'volunteer' as const, vetted: true, ...extra },
  from_on: '2026-11-01',
})
const exit = async (id: string, on = '2026-11-25') => {
  const { version } = await app.call(childOps.get, { id }, director)
  return app.call(childOps.exit, { id, body: { version, on, reason: 'parents_returned' } }, director)
}
const restore = async (id: string) => {
  const { version } = await app.call(childOps.get, { id }, director)
  return app.call(childOps.restore, { id, body: { version, note: '又外出了' } }, director)
}
const states = async (child_id: string) =>
  (await app.call(pairingOps.list, { child_id, state: 'all' }, director)).items
    .map((one) => [one.helper_name, one.until_on, one.ended_reason])
    .toSorted((a, b) => String(a[0]).localeCompare(String(b[0])))

test('an exit ends the pairings the same minute, and the return takes them up as they were', async () => {
  const pairing = await app.call(
    pairingOps.create,
    { body: newPair(child, '石秋水', { account_id: helper.id }) },
    director,
  )
  const stand_in = { id: newId(), version: pairing.version, from_on: '2026-11-25', until_on: '2026-12-10', helper: newPair(child, '甘白露').helper } // prettier-ignore
  await app.call(pairingOps.stand_in, { id: pairing.id, body: stand_in }, director)
  const buddy = { id: newId(), child_id: friend, buddy_child_id: child, from_on: '2026-11-01' }
  await app.call(pairingOps.create_buddy, { body: buddy }, director)
  expect((await app.call(pairingOps.mine, {}, helper)).items).toHaveLength(1)

  await exit(child)
  expect(await states(child)).toEqual([
    ['甘白露', '2026-11-25', 'child_left'],
    ['石秋水', '2026-11-25', 'child_left'],
  ])
  expect((await states(friend))[0]!.slice(1)).toEqual(['2026-11-25', 'child_left'])
  expect((await app.call(pairingOps.mine, {}, helper)).items).toEqual([])
  expect((await app.refused(childOps.get, { id: child }, helper)).code).toBe('not_found')
  const ended = await app.call(pairingOps.list, { state: 'ended' }, director)
  expect(ended.items.map((one) => one.ended_reason)).toEqual(['child_left', 'child_left', 'child_left'])
  const late = newPair(child, '关处暑')
  const refused = await app.refused(pairingOps.create, { body: late }, director)
  expect([refused.code, refused.detail]).toEqual(['pairing_child_exited', expect.stringContaining('先恢复档案')])
  const none = { id: newId(), child_id: third, buddy_child_id: child, from_on: '2026-11-01' }
  expect((await app.refused(pairingOps.create_buddy, { body: none }, director)).code).toBe('pairing_child_exited')

  await restore(child)
  expect(await states(child)).toEqual([
    ['甘白露', '2026-12-10', 'stand_in_over'],
    ['石秋水', null, null],
  ])
  expect((await states(friend))[0]!.slice(1)).toEqual([null, null])
  expect((await app.call(pairingOps.mine, {}, helper)).items).toHaveLength(1)
})

test('what the family wished ended stays ended, though the exit is dated earlier and then undone', async () => {
  const own = newPair(third, '冉霜降', { phone: '13800000009' })
  const { version } = await app.call(pairingOps.create, { body: own }, director)
  await app.call(pairingOps.end, { id: own.id, body: { version, on: '2026-11-24', reason: 'wish' } }, director)
  await exit(third, '2026-11-24')
  await restore(third)
  expect(await states(third)).toEqual([['冉霜降', '2026-11-24', 'wish']])
})

test('an exit and a pairing at the same moment: no pairing is left with a child who is gone', async () => {
  const { version } = await app.call(childOps.get, { id: friend }, director)
  await Promise.all([
    app.send(pairingOps.create, { body: newPair(friend, '项小寒') }, director),
    app.send(childOps.exit, { id: friend, body: { version, on: '2026-11-25', reason: 'parents_returned' } }, director),
  ])
  expect((await app.call(pairingOps.list, { child_id: friend }, director)).items).toEqual([])
})
