// What happens between the beginning and the end of a pairing.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { childOps } from '@nuanyang/contract/children.ts'
import { pairingOps, type PairingDetail } from '@nuanyang/contract/pairings.ts'
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

async function newChild(name: string, facts: object = {}): Promise<string> {
  const id = newId()
  await app.call(childOps.create, { body: { id, facts: { name, ...facts } } }, director)
  return id
}
const vetted = (name: string, account?: Person) => ({
  name,
  kind: 'caring_mother' as const,
  vetted: true,
  ...(account ? { account_id: account.id } : { phone: '13811112222' }),
})
async function pair(child_id: string, helper: object, extra: object = {}): Promise<PairingDetail> {
  const body = { id: newId(), child_id, helper, from_on: '2026-11-01', ...extra }
  return app.call(pairingOps.create, { body: body as never }, director)
}

test('pairings.arrange, sign and renew: agreed, signed, longer', async () => {
  const made = await pair(await newChild('苏小禾'), vetted('田桂芳'), {
    goals: ['study', 'mind'],
    form: 'one_leads_one',
    planned_until_on: '2027-01-31',
  })
  expect(made).toMatchObject({ form: 'one_leads_one', goals: ['study', 'mind'], signed_on: null, steps: [] })
  const body = {
    version: made.version,
    form: 'one_to_one' as const,
    term: '一学年',
    goals: ['study' as const],
    measures: '每周陪读一次',
    contact_how: '周六上午在村小',
    next_contact_on: '2026-11-28',
  }
  const number = { ...body, contact_how: '打 138 1111 2222' }
  expect((await app.refused(pairingOps.arrange, { id: made.id, body: number }, director)).code).toBe(
    'number_in_contact',
  )
  const arranged = await app.call(pairingOps.arrange, { id: made.id, body }, director)
  expect(arranged).toMatchObject({ term: '一学年', contact_how: '周六上午在村小', next_contact_on: '2026-11-28' })
  expect((await app.refused(pairingOps.arrange, { id: made.id, body }, director)).code).toBe('stale')
  const signed = await app.call(
    pairingOps.sign,
    { id: made.id, body: { version: arranged.version, on: '2026-11-10' } },
    director,
  )
  expect(signed.signed_on).toBe('2026-11-10')
  const renew = (version: number, planned_until_on: string) => ({ id: made.id, body: { version, planned_until_on } })
  expect((await app.refused(pairingOps.renew, renew(signed.version, '2027-01-31'), director)).code).toBe('pairing_days')
  const renewed = await app.call(pairingOps.renew, renew(signed.version, '2027-08-31'), director)
  expect(renewed.planned_until_on).toBe('2027-08-31')
  expect(renewed.steps).toMatchObject([
    { step: 'signed', on_day: '2026-11-10', by_name: director.name },
    { step: 'renewed', on_day: '2026-11-25', until_on: '2027-08-31' },
  ])
})

test('pairings.stand_in: somebody else for some days, seeing the child only then', async () => {
  const standIn = await app.signInAs('helper', cast.village, { name: '鲁小芸' })
  const child = await newChild('白小鹭')
  const made = await pair(child, vetted('温玉梅'))
  const body = {
    id: newId(),
    version: made.version,
    helper: vetted('鲁小芸', standIn),
    from_on: '2026-11-26',
    until_on: '2026-12-03',
  }
  expect(
    (await app.refused(pairingOps.stand_in, { id: made.id, body: { ...body, until_on: '2026-11-26' } }, director)).code,
  ).toBe('pairing_days')
  const stands = await app.call(pairingOps.stand_in, { id: made.id, body }, director)
  expect(stands).toMatchObject({ until_on: '2026-12-03', ended_reason: 'stand_in_over', stands_in_for_id: made.id })
  const sees = async () => (await app.call(pairingOps.mine, {}, standIn)).items.map((one) => one.first_name)
  expect(await sees()).toEqual([])
  app.time.now = new Date('2026-11-27T02:00:00Z')
  expect(await sees()).toEqual(['小鹭'])
  app.time.now = new Date('2026-12-03T02:00:00Z')
  expect(await sees()).toEqual([])
  app.time.now = new Date('2026-11-25T02:00:00Z')
  const current = (await app.call(pairingOps.list, { child_id: child }, director)).items
  expect(current.map((one) => one.helper_name).toSorted()).toEqual(['温玉梅', '鲁小芸'].toSorted())
})

test('pairings.take_over: the old helper’s sight ends, the arrangement goes over, stand-ins end with it', async () => {
  const first = await app.signInAs('helper', cast.village, { name: '古月' })
  const second = await app.signInAs('helper', cast.village, { name: '言午' })
  const child = await newChild('史小竹')
  const made = await pair(child, vetted('古月', first), { goals: ['life'], contact_how: '周三放学后' })
  await app.call(
    pairingOps.stand_in,
    {
      id: made.id,
      body: {
        id: newId(),
        version: made.version,
        helper: vetted('车前子'),
        from_on: '2026-11-25',
        until_on: '2026-12-25',
      },
    },
    director,
  )
  const before = await app.call(pairingOps.get, { id: made.id }, director)
  const body = { id: newId(), version: before.version, helper: vetted('言午', second), note: '古老师搬家了' }
  const next = await app.call(pairingOps.take_over, { id: made.id, body }, director)
  expect(next).toMatchObject({
    helper_name: '言午',
    replaces_id: made.id,
    goals: ['life'],
    contact_how: '周三放学后',
    from_on: '2026-11-25',
  })
  expect((await app.call(pairingOps.mine, {}, first)).items).toEqual([])
  expect((await app.call(pairingOps.mine, {}, second)).items).toMatchObject([{ first_name: '小竹', stands_in: false }])
  const all = (await app.call(pairingOps.list, { child_id: child, state: 'ended' }, director)).items
  expect(new Set(all.map((one) => `${one.helper_name} ${one.ended_reason} ${one.until_on}`))).toEqual(
    new Set(['古月 replaced 2026-11-25', '车前子 replaced 2026-11-25']),
  )
})

test('pairings.review: three voices, heard by those who work on the case and not by the helper', async () => {
  const helper = await app.signInAs('helper', cast.village, { name: '艾草' })
  const made = await pair(await newChild('秋小白'), vetted('艾草', helper))
  const body = {
    version: made.version,
    on: '2026-11-25',
    voices: [
      { voice: 'child' as const, grade: 'poor' as const, words: '想多陪我打球' },
      { voice: 'guardian' as const, grade: 'good' as const },
      { voice: 'helper' as const, grade: 'fair' as const, words: '时间不够' },
    ],
  }
  const reviewed = await app.call(pairingOps.review, { id: made.id, body }, director)
  expect(reviewed.steps.map((step) => [step.voice, step.grade, step.words])).toEqual([
    ['child', 'poor', '想多陪我打球'],
    ['guardian', 'good', null],
    ['helper', 'fair', '时间不够'],
  ])
  const own = await app.send(pairingOps.get, { id: made.id }, helper)
  expect(own.text).not.toContain('打球')
  expect((JSON.parse(own.text) as PairingDetail).steps.map((step) => step.voice)).toEqual(['helper'])
})

test('pairings.set_next_contact: the helper’s own pairing only', async () => {
  const helper = await app.signInAs('helper', cast.village, { name: '甘草' })
  const made = await pair(await newChild('夏小荷'), vetted('甘草', helper))
  const set = { id: made.id, body: { version: made.version, on: '2026-11-30' } }
  expect(await app.call(pairingOps.set_next_contact, set, helper)).toMatchObject({ next_contact_on: '2026-11-30' })
  const stranger = await app.signInAs('helper', cast.village)
  expect((await app.refused(pairingOps.set_next_contact, set, stranger)).code).toBe('not_found')
  const leader = await app.signInAs('leading_group', cast.village)
  const body = { version: made.version + 1, on: '2026-12-01' }
  expect((await app.refused(pairingOps.set_next_contact, { id: made.id, body }, leader)).code).toBe('not_own_pairing')
  expect(await app.call(pairingOps.set_next_contact, { id: made.id, body }, director)).toMatchObject({
    next_contact_on: '2026-12-01',
  })
})

test('pairings.create_buddy: a pupil for a pupil, who sees nothing by it and is no helper', async () => {
  const [one, other] = [await newChild('竹小青'), await newChild('松小翠')]
  const body = { id: newId(), child_id: one, buddy_child_id: other, from_on: '2026-11-20', term: '一学期' }
  expect((await app.refused(pairingOps.create_buddy, { body: { ...body, buddy_child_id: one } }, director)).code).toBe(
    'buddy_self',
  )
  const made = await app.call(pairingOps.create_buddy, { body }, director)
  expect(made).toMatchObject({ helper_id: null, helper_name: '松小翠', buddy_child_id: other, goals: ['study'] })
  expect((await app.refused(pairingOps.create_buddy, { body: { ...body, id: newId() } }, director)).code).toBe(
    'already_paired',
  )
  expect((await app.call(pairingOps.list, { kind: 'buddy' }, director)).items.map((each) => each.id)).toEqual([made.id])
  const without = (await app.call(childOps.list, { helper: 'no', limit: 200 }, director)).items
  expect(without.map((child) => child.id)).toContain(one)
  const voices = [{ voice: 'child' as const, grade: 'good' as const }]
  const review = { id: made.id, body: { version: made.version, on: '2026-11-25', voices } }
  expect((await app.refused(pairingOps.review, review, director)).code).toBe('review_of_buddy')
})

test('beyond the limit only with a reason, which is kept', async () => {
  for (const name of ['甲小一', '甲小二']) await pair(await newChild(name), vetted('柏叶'))
  const child_id = await newChild('甲小三')
  const body = { id: newId(), child_id, helper: vetted('柏叶'), from_on: '2026-11-25' }
  expect((await app.refused(pairingOps.create, { body }, director)).code).toBe('helper_full')
  const made = await app.call(pairingOps.create, { body: { ...body, over_limit_reason: '三个是亲兄弟' } }, director)
  expect(made).toMatchObject({ over_limit_reason: '三个是亲兄弟', form: 'one_to_many' })
})

test('many at once for one helper: never more than there is room for', async () => {
  const first = await pair(await newChild('乙小一'), vetted('远志'))
  const children = await Promise.all(['乙小二', '乙小三', '乙小四', '乙小五'].map((name) => newChild(name)))
  const answers = await Promise.all(
    children.map((child_id) =>
      app.send(
        pairingOps.create,
        { body: { id: newId(), child_id, helper: { helper_id: first.helper_id! }, from_on: '2026-11-25' } },
        director,
      ),
    ),
  )
  expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409])
})

test('pairings.wish and set_wish: what the child wants of a helper, read on the helper’s phone', async () => {
  const helper = await app.signInAs('helper', cast.village, { name: '茯苓' })
  const child = await newChild('丙小一', { address: '三组 9 号' })
  expect(await app.call(pairingOps.wish, { id: child }, director)).toMatchObject({ version: 0, goals: [] })
  const wish = {
    version: 0,
    goals: ['mind' as const],
    subjects: ['数学'],
    languages: ['苏州话'],
    helper_sex: 'female' as const,
    words: '想有人陪着打球',
  }
  const kept = await app.call(pairingOps.set_wish, { id: child, body: wish }, director)
  expect(kept).toMatchObject({ version: 1, stated_on: '2026-11-25' })
  expect((await app.refused(pairingOps.set_wish, { id: child, body: wish }, director)).code).toBe('stale')
  await app.call(pairingOps.set_wish, { id: child, body: { ...wish, version: 1, helper_sex: null } }, director)
  await pair(child, vetted('茯苓', helper), { goals: ['study'] })
  expect((await app.call(pairingOps.mine, {}, helper)).items).toMatchObject([
    { first_name: '小一', goals: ['study', 'mind'], needs: '想有人陪着打球', subjects: ['数学'] },
  ])
  const far = await app.signInAs('child_director', cast.otherVillage)
  expect((await app.refused(pairingOps.wish, { id: child }, far)).code).toBe('not_found')
})

test('a child that leaves has no helper from that day; registered again, those with room go on', async () => {
  const [leaving, buddy] = [await newChild('祝长安'), await newChild('卞小乐')]
  const account = await app.signInAs('helper', cast.village, { name: '栾大姐' })
  const one = await pair(leaving, vetted('栾大姐', account))
  const full = await pair(leaving, { ...vetted('阮婶'), phone: '13833334444' })
  const study = newId()
  await app.call(pairingOps.create_buddy, { body: { id: study, child_id: buddy, buddy_child_id: leaving, from_on: '2026-11-01' } }, director) // prettier-ignore
  const { version } = await app.call(childOps.get, { id: leaving }, director)
  const gone = await app.call(
    childOps.exit,
    { id: leaving, body: { version, on: '2026-11-25', reason: 'moved_away' } },
    director,
  )
  expect(gone.helpers).toEqual([])
  for (const id of [one.id, full.id, study])
    expect(await app.call(pairingOps.get, { id }, director)).toMatchObject({ until_on: '2026-11-25', ended_reason: 'child_left' }) // prettier-ignore
  // The helper sees the child no more, the same minute.
  expect((await app.call(childOps.list, {}, account)).items).toEqual([])
  // One of the two has meanwhile taken two others on.
  for (const name of ['柴小满', '莫小雪']) await pair(await newChild(name), { helper_id: full.helper_id }) // prettier-ignore
  await app.call(childOps.restore, { id: leaving, body: { version: gone.version, note: '没有搬走' } }, director)
  const ends = await Promise.all([one.id, full.id, study].map((id) => app.call(pairingOps.get, { id }, director)))
  expect(ends.map((each) => each.until_on)).toEqual([null, '2026-11-25', null])
  expect((await app.call(childOps.list, {}, account)).items).toHaveLength(1)
})
