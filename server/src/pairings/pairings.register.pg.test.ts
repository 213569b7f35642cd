import { afterAll, beforeAll, expect, test } from 'vitest'
import { childOps } from '@nuanyang/contract/children.ts'
import { pairingOps } from '@nuanyang/contract/pairings.ts'
import { helperOps } from '@nuanyang/contract/pairings.register.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast, MadeUnit } from '../testing/make.ts'

let app: TestApp
let cast: Cast
let director: Person
let group: MadeUnit
const clear = { offences: 'clear', habits: 'clear', neglect: 'clear', other: 'clear' } as const

beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village)
  group = await app.make.unit(cast.village, { kind: 'villager_group', name: '三组' })
})
afterAll(() => app.close())

const application = (name: string, extra: object = {}) => ({
  id: newId(),
  name,
  kind: 'resident' as const,
  kind_words: null,
  sex: 'female' as const,
  phones: [],
  occupation: null,
  employer: null,
  villager_group_id: null,
  offer: null,
  subjects: [],
  languages: [],
  skills: [],
  free_times: null,
  max_children: 2,
  consented_on: null,
  consent_how: null,
  applied_on: '2026-11-20',
  ...extra,
})
async function newChild(name: string): Promise<string> {
  const id = newId()
  await app.call(childOps.create, { body: { id, facts: { name } } }, director)
  return id
}

test('helpers.apply: a resident offers help, is found by group, state and words, and cannot be paired before the vetting', async () => {
  const { items: groups } = await app.call(helperOps.groups, {}, director)
  expect(groups).toEqual([{ id: group.id, name: '三组' }])
  const body = application('杜若兰', {
    phones: ['13800001111'],
    villager_group_id: group.id,
    offer: '周末可以陪孩子写作业',
    subjects: ['语文'],
    languages: ['苏州话'],
    skills: ['打球'],
    free_times: '周六上午',
    consented_on: '2026-11-20',
    consent_how: 'in_person',
  })
  const made = await app.call(helperOps.apply, { body }, director)
  expect(made).toMatchObject({
    state: 'applied',
    villager_group: '三组',
    offer: '周末可以陪孩子写作业',
    children: 0,
    vetted_on: null,
    account: null,
  })
  expect(await app.call(helperOps.get, { id: made.id }, director)).toEqual(made)
  const ids = async (query: object) => (await app.call(helperOps.list, query, director)).items.map((one) => one.id)
  expect(await ids({ q: '若兰' })).toEqual([made.id])
  expect(await ids({ q: 'drl' })).toEqual([made.id])
  expect(await ids({ villager_group_id: group.id, state: 'applied', room: 'yes' })).toEqual([made.id])
  expect(await ids({ state: 'ready' })).toEqual([])
  expect(await ids({ kind: 'cadre' })).toEqual([])
  const again = await app.refused(helperOps.apply, { body: { ...body, id: newId() } }, director)
  expect([again.code, again.detail.includes('小暑村')]).toEqual(['helper_known', true])
  const child_id = await newChild('顾小满')
  const pair = { id: newId(), child_id, helper: { helper_id: made.id }, from_on: '2026-11-25' }
  expect((await app.refused(pairingOps.create, { body: pair }, director)).code).toBe('not_vetted')
  const vetted = await app.call(
    helperOps.vet,
    {
      id: made.id,
      body: { version: made.version, on: '2026-11-24', items: clear, until_on: '2027-11-24', note: null },
    },
    director,
  )
  expect(vetted).toMatchObject({ state: 'ready', vetting: clear, vetted_by_name: director.name })
  await app.call(pairingOps.create, { body: pair }, director)
  // A year later the vetting has run out: the pairing stays, another is refused.
  app.time.now = new Date('2027-12-01T02:00:00Z')
  expect(await ids({ state: 'expired' })).toEqual([made.id])
  const late = { ...pair, id: newId(), child_id: await newChild('顾小雪') }
  expect((await app.refused(pairingOps.create, { body: late }, director)).code).toBe('not_vetted')
  app.time.now = new Date('2026-11-25T02:00:00Z')
})

test('days, groups and consents that cannot be are refused in words', async () => {
  const wrong = async (extra: object) =>
    (await app.refused(helperOps.apply, { body: application('沈问问', extra) }, director)).code
  expect(await wrong({ applied_on: '2026-12-01' })).toBe('helper_days')
  expect(await wrong({ consented_on: '2026-11-01' })).toBe('helper_days')
  expect(await wrong({ villager_group_id: cast.otherVillage.id })).toBe('group_elsewhere')
})

test('helpers.change keeps the rest; two people changing at once: the second is shown that it changed', async () => {
  const made = await app.call(helperOps.apply, { body: application('陆大川') }, director)
  const {
    id: _id,
    name: _name,
    applied_on: _on,
    ...said
  } = application('陆大川', {
    kind: 'retired_comrade',
    kind_words: '退休教师',
    employer: '芦溪镇中心小学',
    subjects: ['数学'],
    max_children: 1,
  })
  const changed = await app.call(helperOps.change, { id: made.id, body: { ...said, version: made.version } }, director)
  expect(changed).toMatchObject({
    kind: 'retired_comrade',
    kind_words: '退休教师',
    employer: '芦溪镇中心小学',
    max_children: 1,
  })
  const stale = await app.refused(helperOps.change, { id: made.id, body: { ...said, version: made.version } }, director)
  expect(stale.code).toBe('stale')
})

test('an item that is not clear needs a note, declines the helper and ends the pairings that day', async () => {
  const made = await app.call(helperOps.apply, { body: application('温如水') }, director)
  const vet = (version: number, extra: object = {}) => ({
    id: made.id,
    body: { version, on: '2026-11-25', items: clear, until_on: null, note: null, ...extra },
  })
  const ready = await app.call(helperOps.vet, vet(made.version), director)
  const child_id = await newChild('尹春水')
  const body = { id: newId(), child_id, helper: { helper_id: made.id }, from_on: '2026-11-25' }
  await app.call(pairingOps.create, { body }, director)
  const found = { items: { ...clear, habits: 'found' as const } }
  expect((await app.refused(helperOps.vet, vet(ready.version, found), director)).code).toBe('vetting_note_missing')
  const declined = await app.call(helperOps.vet, vet(ready.version, { ...found, note: '经常赌博' }), director)
  expect(declined).toMatchObject({ state: 'declined', vetted_on: null, declined_reason: '经常赌博', children: 0 })
  const { items } = await app.call(pairingOps.list, { child_id, state: 'all' }, director)
  expect(items).toMatchObject([{ until_on: '2026-11-25', ended_reason: 'helper_left' }])
})

test('helpers.leave: the children are without a helper the same minute, and the entry is closed', async () => {
  const made = await app.call(helperOps.apply, { body: application('江明月') }, director)
  const vetting = { version: made.version, on: '2026-11-25', items: clear, until_on: null, note: null }
  const ready = await app.call(helperOps.vet, { id: made.id, body: vetting }, director)
  const child_id = await newChild('江小河')
  const body = { id: newId(), child_id, helper: { helper_id: made.id }, from_on: '2026-11-20' }
  await app.call(pairingOps.create, { body }, director)
  const without = async () =>
    (await app.call(childOps.list, { helper: 'no' }, director)).items.some((child) => child.id === child_id)
  expect(await without()).toBe(false)
  const leaving = { id: made.id, body: { version: ready.version, reason: '去外地照顾孙子' } }
  const key = newId()
  const left = await app.call(helperOps.leave, leaving, director, { key })
  expect(left).toMatchObject({
    state: 'left',
    until_on: '2026-11-25',
    ended_reason: '去外地照顾孙子',
    children: 0,
  })
  expect(await app.call(helperOps.leave, leaving, director, { key })).toEqual(left)
  expect(await without()).toBe(true)
  expect(
    (await app.refused(helperOps.leave, { ...leaving, body: { version: left.version, reason: '再来' } }, director))
      .code,
  ).toBe('helper_gone')
  expect((await app.call(helperOps.list, { q: '江明月' }, director)).items, 'who left is not among those here').toEqual(
    [],
  )
  expect((await app.call(helperOps.list, { q: '江明月', state: 'left' }, director)).total).toBe(1)
})

test('the register of another village is not there, and a helper has no register at all', async () => {
  const made = await app.call(helperOps.apply, { body: application('方圆圆') }, director)
  const other = await app.signInAs('child_director', cast.otherVillage)
  expect((await app.refused(helperOps.get, { id: made.id }, other)).code).toBe('not_found')
  expect((await app.call(helperOps.list, { state: 'all' }, other)).items).toEqual([])
  const helper = await app.signInAs('helper', cast.village)
  for (const op of [helperOps.list, helperOps.get, helperOps.groups])
    expect((await app.send(op, { id: made.id }, helper)).status, op.name).toBe(403)
})

test('paging walks the register once, in the order of names', async () => {
  const all = (await app.call(helperOps.list, { state: 'all', limit: 200 }, director)).items.map((one) => one.id)
  const walked: string[] = []
  let after: string | undefined
  do {
    const page = await app.call(helperOps.list, { state: 'all', limit: 2, ...(after ? { after } : {}) }, director)
    expect(page.total).toBe(all.length)
    walked.push(...page.items.map((one) => one.id))
    after = page.next ?? undefined
  } while (after)
  expect(walked).toEqual(all)
})
