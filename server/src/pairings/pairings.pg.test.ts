import { afterAll, beforeAll, expect, test } from 'vitest'
import { childOps } from '@nuanyang/contract/children.ts'
import { pairingOps } from '@nuanyang/contract/pairings.ts'
import { helperOps } from '@nuanyang/contract/pairings.register.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

let app: TestApp
let cast: Cast
let director: Person
let helper: Person
const ids: string[] = []

beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village)
  helper = await app.signInAs('helper', cast.village, { name: '刘芳' })
  for (const name of ['陈小雨', '何梓涵', '黄天佑']) {
    const id = newId()
    ids.push(id)
    const facts = {
      name,
      born_on: '2017-08-21',
      address: '小暑村三组 7 号',
      grade: '3' as const,
      school_name: '镇中心小学',
      hobbies: '画画',
      father: { name: '陈建国', phones: ['19800000731'], state: 'away' as const },
      carer: { name: '王桂英', relation: 'paternal_grandmother' as const, phones: ['19900000216'] },
    }
    await app.call(childOps.create, { body: { id, facts } }, director)
  }
})
afterAll(() => app.close())

const pair = (child_id: string, extra: object = {}) => ({
  id: newId(),
  child_id,
  helper: { name: '刘芳', kind: 'caring_mother' as const, account_id: helper.id, vetted: true },
  from_on: '2026-11-01',
  ...extra,
})

test('a helper sees nobody until pairings.create, and then only what the role needs', async () => {
  expect((await app.call(childOps.list, {}, helper)).items).toEqual([])
  const made = await app.call(pairingOps.create, { body: pair(ids[0]!) }, director)
  expect(made).toMatchObject({
    child_name: '陈小雨',
    helper_name: '刘芳',
    helper_kind: 'caring_mother',
    until_on: null,
  })
  const raw = await app.send(childOps.get, { id: ids[0]! }, helper)
  for (const hidden of ['陈小雨', '陈建国', '王桂英', '小暑村三组', '731', '0216', '2017-08'])
    expect(raw.told, hidden).not.toContain(hidden)
  expect(JSON.parse(raw.text)).toMatchObject({
    name: '小雨',
    age_band: '6-13',
    born_on: null,
    father: null,
    carer: null,
    address: null,
    card_code: null,
  })
  const list = await app.send(childOps.list, {}, helper)
  for (const hidden of ['陈小雨', '王桂英', '镇中心小学', '小暑村']) expect(list.text, hidden).not.toContain(hidden)
  // Where a child lives is not found out by asking for one village after another either.
  expect(JSON.parse(raw.text)).toMatchObject({ units: [] })
  const here = await app.call(childOps.count, { unit_id: cast.village.id }, helper)
  const there = await app.call(childOps.count, { unit_id: cast.otherVillage.id }, helper)
  expect(here).toEqual(there)
  expect((await app.call(childOps.list, { q: '陈' }, helper)).items).toEqual([])
  expect((await app.refused(childOps.get, { id: ids[1]! }, helper)).code).toBe('not_found')
  expect((await app.refused(childOps.reveal, { id: ids[0]!, body: { purpose: '联系' } }, helper)).code).toBe(
    'forbidden',
  )
})

test('helpers.list shows the load; a third child for a helper of two is refused, two at once included', async () => {
  await app.call(pairingOps.create, { body: pair(ids[1]!) }, director)
  const { items } = await app.call(helperOps.list, { q: '刘' }, director)
  expect(items).toMatchObject([{ name: '刘芳', children: 2, max_children: 2, state: 'ready' }])
  const full = await app.refused(pairingOps.create, { body: pair(ids[2]!) }, director)
  expect(full).toMatchObject({ code: 'helper_full' })
  expect(full.detail).toContain('刘芳')
  expect((await app.refused(pairingOps.create, { body: pair(ids[0]!) }, director)).code).toBe('already_paired')
  const races = ['王秀', '王秀'].map((name) =>
    pair(ids[2]!, { helper: { name, kind: 'volunteer', phone: '13800000000', vetted: true } }),
  )
  const answers = await Promise.all(races.map((body) => app.send(pairingOps.create, { body }, director)))
  expect(answers.filter((answer) => answer.status < 400)).toHaveLength(1)
})

test('somebody who has not been vetted cannot be paired', async () => {
  const body = pair(ids[2]!, { helper: { name: '新人', kind: 'volunteer', phone: '13800000001', vetted: false } })
  expect((await app.refused(pairingOps.create, { body }, director)).code).toBe('not_vetted')
})

test('pairings.end ends the sight the same day, once', async () => {
  const current = (await app.call(pairingOps.list, { child_id: ids[0]! }, director)).items[0]!
  const body = { version: current.version, on: '2026-11-25', reason: 'helper_left' as const }
  expect(
    (await app.refused(pairingOps.end, { id: current.id, body: { ...body, on: '2026-10-01' } }, director)).code,
  ).toBe('pairing_days')
  const ended = await app.call(pairingOps.end, { id: current.id, body }, director)
  expect(ended).toMatchObject({ until_on: '2026-11-25', ended_reason: 'helper_left' })
  expect((await app.refused(childOps.get, { id: ids[0]! }, helper)).code).toBe('not_found')
  expect(
    (await app.refused(pairingOps.end, { id: current.id, body: { ...body, version: ended.version } }, director)).code,
  ).toBe('pairing_ended')
  expect(await app.call(pairingOps.get, { id: current.id }, director)).toMatchObject({ ended_reason: 'helper_left' })
  expect((await app.refused(pairingOps.get, { id: current.id }, helper)).code).toBe('not_found')
  expect((await app.call(pairingOps.list, { state: 'ended' }, director)).items.map((p) => p.id)).toEqual([current.id])
})
