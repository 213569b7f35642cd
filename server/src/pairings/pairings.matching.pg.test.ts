import { afterAll, beforeAll, expect, test } from 'vitest'
import { childOps } from '@nuanyang/contract/children.ts'
import type { TestInput } from '../testing/app.ts'
import { pairingOps } from '@nuanyang/contract/pairings.ts'
import { matchOps } from '@nuanyang/contract/pairings.matching.ts'
import { helperOps } from '@nuanyang/contract/pairings.register.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast, MadeUnit } from '../testing/make.ts'

let app: TestApp
let cast: Cast
let director: Person
const groups: Record<string, MadeUnit> = {}
const helpers: Record<string, string> = {}
const children: Record<string, string> = {}
const clear = { offences: 'clear', habits: 'clear', neglect: 'clear', other: 'clear' } as const

beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village)
  for (const name of ['一组', '三组'])
    groups[name] = await app.make.unit(cast.village, { kind: 'villager_group', name })
  await helper('梁伟', '三组', { sex: 'male', skills: ['打球'], max_children: 1 })
  await helper('郑国强', '一组', { sex: 'male', subjects: ['数学'], free_times: '周三下午', max_children: 1 })
  await helper('沈丽', null, { sex: 'female', languages: ['苏州话'], max_children: 1 })
  await child('李想', { villager_group: '三组', hobbies: '打球、下棋' })
  await child('黄天佑', { villager_group: '一组' })
  await child('郭嘉禾', {})
  await child('吴佳怡', {})
  await wish('黄天佑', { subjects: ['数学'] })
  await wish('郭嘉禾', { languages: ['苏州话'], goals: ['mind'], words: '想有人说说家乡话' })
  await wish('吴佳怡', { helper_sex: 'female' })
})
afterAll(() => app.close())

async function helper(name: string, group: string | null, extra: object): Promise<void> {
  const id = (helpers[name] = newId())
  const body = {
    id,
    name,
    kind: 'volunteer',
    kind_words: null,
    sex: null,
    phones: [],
    occupation: null,
    employer: null,
    villager_group_id: group ? groups[group]!.id : null,
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
  } as TestInput<typeof helperOps.apply>['body']
  const { version } = await app.call(helperOps.apply, { body }, director)
  const vetting = { version, on: '2026-11-20', items: clear, until_on: null, note: null }
  await app.call(helperOps.vet, { id, body: vetting }, director)
}
async function child(name: string, facts: object): Promise<void> {
  const id = (children[name] = newId())
  await app.call(childOps.create, { body: { id, facts: { name, ...facts } } }, director)
}
async function wish(name: string, said: object): Promise<void> {
  const body = { version: 0, goals: [], subjects: [], languages: [], helper_sex: null, words: null, ...said }
  await app.call(pairingOps.set_wish, { id: children[name]!, body }, director)
}
const nothing = { locked: [], apart: [], left_out: [] }
const nameOf = (of: Record<string, string>, id: string) => Object.entries(of).find(([, each]) => each === id)![0]
async function suggested(body: TestInput<typeof matchOps.suggest>['body'] = nothing) {
  const answer = await app.call(matchOps.suggest, { body }, director)
  return {
    ...answer,
    named: Object.fromEntries(
      answer.pairs.map((pair) => [nameOf(children, pair.child_id), nameOf(helpers, pair.helper_id)]),
    ),
  }
}

test('pairings.waiting and suggest: who has nobody, and whom each would get, with reasons in words', async () => {
  const { items, total } = await app.call(matchOps.waiting, {}, director)
  expect([items.length, total]).toEqual([4, 4])
  expect(items.map((one) => one.why.code)).toEqual(['never', 'never', 'never', 'never'])
  const first = await suggested()
  // 沈丽 has one place: 郭嘉禾 wants her language, 吴佳怡 a woman; the language fits better, so 吴佳怡 is told that nobody like that is left.
  expect(first.named).toEqual({ 李想: '梁伟', 黄天佑: '郑国强', 郭嘉禾: '沈丽' })
  const reasons = (name: string) => first.pairs.find((pair) => pair.child_id === children[name])!.reasons
  expect(reasons('李想')).toEqual([
    { code: 'same_group', words: '三组' },
    { code: 'skill', words: '打球' },
    { code: 'nobody_yet', words: null },
  ])
  expect(reasons('黄天佑')).toContainEqual({ code: 'subject', words: '数学' })
  expect(reasons('黄天佑')).toContainEqual({ code: 'free_times', words: '周三下午' })
  expect(reasons('郭嘉禾')[0]).toEqual({ code: 'language', words: '苏州话' })
  expect(first.without).toEqual([{ child_id: children['吴佳怡'], why: 'no_room' }])
  expect((await app.call(pairingOps.list, {}, director)).items, 'nothing happens until confirmed').toEqual([])
})

test('locks stay, pairs kept apart are not suggested, who waits waits; a lock beyond the room is refused', async () => {
  const lock = (name: string, who: string) => ({ child_id: children[name]!, helper_id: helpers[who]! })
  const moved = await suggested({
    locked: [lock('吴佳怡', '沈丽')],
    apart: [lock('李想', '梁伟')],
    left_out: [children['黄天佑']!],
  })
  expect(moved.named).toMatchObject({ 吴佳怡: '沈丽', 李想: '郑国强' })
  expect(moved.without).toContainEqual({ child_id: children['黄天佑'], why: 'left_out' })
  expect(moved.pairs[0]!.reasons[0]).toEqual({ code: 'woman', words: null })
  const both = { ...nothing, locked: [lock('吴佳怡', '沈丽'), lock('郭嘉禾', '沈丽')] }
  const full = await app.refused(matchOps.suggest, { body: both }, director)
  expect([full.code, full.detail.includes('沈丽')]).toEqual(['helper_full', true])
  const why = await app.call(matchOps.explain, { child_id: children['吴佳怡']!, helper_id: helpers['梁伟']! }, director)
  expect(why).toMatchObject({
    fits: false,
    reasons: [{ code: 'chosen' }, { code: 'same_place' }, { code: 'nobody_yet' }],
  })
})

test('a child in focus comes before all others', async () => {
  await app.owner.query(
    `insert into focus (tenant_id, id, child_id, rule, reason, state, suggested_on, decided_at) values ($1, $2, $3, 'carer_old', '外公 74 岁独自照护', 'confirmed', '2026-11-01', '2026-11-02')`,
    [cast.tenant_id, newId(), children['吴佳怡']],
  )
  const { named, children: shown } = await suggested()
  expect(named).toMatchObject({ 吴佳怡: '沈丽' })
  expect(shown[0]).toMatchObject({ name: '吴佳怡', focus: true, why: { code: 'focus', words: '外公 74 岁独自照护' } })
  await app.owner.query(`update focus set state = 'ended'`)
})

test('pairings.confirm: all or none; two people confirming the same children at once pair them once', async () => {
  const pair = (name: string, who: string) => ({ id: newId(), child_id: children[name]!, helper_id: helpers[who]! })
  const too = [pair('郭嘉禾', '沈丽'), pair('吴佳怡', '沈丽')]
  const body = { pairs: too, from_on: '2026-11-25' }
  expect((await app.refused(matchOps.confirm, { body }, director)).code).toBe('helper_full')
  expect((await app.call(pairingOps.list, {}, director)).items).toEqual([])
  const late = { ...body, from_on: '2026-12-01' }
  expect((await app.refused(matchOps.confirm, { body: late }, director)).code).toBe('pairing_days')
  const good = () => ({
    body: {
      pairs: [pair('李想', '梁伟'), pair('郭嘉禾', '沈丽'), pair('黄天佑', '郑国强')],
      from_on: '2026-11-25',
      planned_until_on: '2027-07-10',
    },
  })
  const key = newId()
  const first = good()
  const answers = await Promise.all([
    app.send(matchOps.confirm, first, director, { key }),
    app.send(matchOps.confirm, good(), director),
  ])
  expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 409])
  const { items } = await app.call(pairingOps.list, {}, director)
  expect(items).toHaveLength(3)
  expect(items.find((one) => one.child_name === '郭嘉禾')).toMatchObject({
    goals: ['mind'],
    planned_until_on: '2027-07-10',
  })
  expect((await app.call(matchOps.waiting, {}, director)).items.map((one) => one.name)).toEqual(['吴佳怡'])
})

test('a helper who leaves: the children wait the same minute, with the reason; who helped before is thought of again', async () => {
  const { version } = await app.call(helperOps.get, { id: helpers['梁伟']! }, director)
  await app.call(helperOps.leave, { id: helpers['梁伟']!, body: { version, reason: '外出务工' } }, director)
  const left = await app.call(matchOps.waiting, { helper_id: helpers['梁伟']! }, director)
  expect(left.items).toMatchObject([
    { name: '李想', why: { code: 'helper_left', on: '2026-11-25', helper_name: '梁伟' } },
  ])
  const pairing = (await app.call(pairingOps.list, { child_id: children['黄天佑']! }, director)).items[0]!
  const end = { version: pairing.version, on: '2026-11-25', reason: 'term_over' as const }
  await app.call(pairingOps.end, { id: pairing.id, body: end }, director)
  const again = await suggested()
  expect(again.named['黄天佑']).toBe('郑国强')
  expect(again.pairs.find((pair) => pair.child_id === children['黄天佑'])!.reasons[0]).toEqual({
    code: 'known',
    words: null,
  })
})

test('the village next door is not suggested, and children out of sight are not confirmed', async () => {
  const other = await app.signInAs('child_director', cast.otherVillage)
  const empty = await app.call(matchOps.suggest, { body: nothing }, other)
  expect([empty.children, empty.helpers, empty.pairs]).toEqual([[], [], []])
  const pairs = [{ id: newId(), child_id: children['吴佳怡']!, helper_id: helpers['沈丽']! }]
  expect((await app.refused(matchOps.confirm, { body: { pairs, from_on: '2026-11-25' } }, other)).code).toBe(
    'not_found',
  )
  expect(
    (await app.refused(matchOps.explain, { child_id: children['吴佳怡']!, helper_id: helpers['沈丽']! }, other)).code,
  ).toBe('not_found')
})
