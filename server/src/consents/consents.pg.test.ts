import { afterAll, beforeAll, expect, test } from 'vitest'
import { childOps } from '@nuanyang/contract/children.ts'
import { consentOps } from '@nuanyang/contract/consents.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'
import { photoConsents } from './consents.access.ts'

let app: TestApp
let cast: Cast
let director: Person
const child = newId()

beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village)
  await app.call(childOps.create, { body: { id: child, facts: { name: '谷小雪' } } }, director)
})
afterAll(() => app.close())

const yes = (given: object = {}) => ({
  body: {
    id: newId(),
    child_id: child,
    purpose: 'photo' as const,
    legal_basis: 'consent' as const,
    given_by: '妈妈谷春兰',
    how: 'phone' as const,
    from_on: '2026-11-01',
    until_on: '2027-08-31',
    ...given,
  },
})
const holding = () =>
  app.system({ tenant: cast.tenant_id, membership_id: director.membership_id }, (ctx) => photoConsents(ctx, [child]))

test('a consent holds from its first to its last day, and until it is withdrawn with a reason', async () => {
  expect((await holding()).size).toBe(0)
  const made = await app.call(consentOps.add, yes(), director)
  expect(made).toMatchObject({ state: 'current', given_by: '妈妈谷春兰', pictures: 0, recorded_on: '2026-11-25' })
  expect((await holding()).get(child)).toBe(made.id)
  const later = await app.call(consentOps.add, yes({ from_on: '2027-09-01', until_on: '2028-08-31' }), director)
  expect(later.state).toBe('coming')
  const over = await app.call(consentOps.add, yes({ from_on: '2025-09-01', until_on: '2026-11-24' }), director)
  expect(over.state).toBe('over')
  expect((await app.refused(consentOps.withdraw, { id: over.id, body: { version: 1, on: '2026-11-25', reason: '不用了' } }, director)).code).toBe('consent_over') // prettier-ignore

  const body = { version: made.version, on: '2026-11-25', reason: '家里不愿意再拍' }
  expect((await app.refused(consentOps.withdraw, { id: made.id, body: { ...body, on: '2026-11-26' } }, director)).code).toBe('consent_days') // prettier-ignore
  expect((await app.refused(consentOps.withdraw, { id: made.id, body: { ...body, version: 9 } }, director)).code).toBe(
    'stale',
  )
  expect(await app.call(consentOps.withdraw, { id: made.id, body }, director)).toMatchObject({
    state: 'withdrawn',
    withdrawn_reason: '家里不愿意再拍',
  })
  expect((await holding()).size).toBe(0)
  const { items } = await app.call(consentOps.list, { child_id: child }, director)
  expect(items.map((each) => each.state)).toEqual(['coming', 'withdrawn', 'over'])
})

test('who agreed is written down; a duty by law needs nobody; days go forward', async () => {
  const { given_by: _nobody, ...rest } = yes().body
  expect((await app.refused(consentOps.add, { body: rest }, director)).code).toBe('consent_giver')
  expect((await app.refused(consentOps.add, yes({ until_on: '2026-10-31' }), director)).code).toBe('consent_days')
  const duty = await app.call(
    consentOps.add,
    { body: { ...rest, id: newId(), purpose: 'personal_data', legal_basis: 'statutory_duty' } },
    director,
  )
  expect(duty.given_by).toBeNull()
})

test('the same consent sent five times is one', async () => {
  const key = newId()
  const body = yes({ purpose: 'screening' })
  for (let n = 0; n < 5; n++) await app.call(consentOps.add, body, director, { key })
  const { items } = await app.call(consentOps.list, { child_id: child }, director)
  expect(items.filter((each) => each.purpose === 'screening')).toHaveLength(1)
  expect(await app.call(consentOps.get, { id: body.body.id }, director)).toMatchObject({ purpose: 'screening' })
})

test('another village, a helper and a subject teacher neither read nor write of it', async () => {
  const strangers = [
    await app.signInAs('child_director', cast.otherVillage),
    await app.signInAs('helper', cast.village),
    await app.signInAs('subject_teacher', cast.class),
  ]
  const { items } = await app.call(consentOps.list, { child_id: child }, director)
  for (const stranger of strangers) {
    const read = await app.send(consentOps.list, { child_id: child }, stranger)
    expect([read.status, read.text.includes('谷春兰')]).toEqual([404, false])
    expect((await app.send(consentOps.get, { id: items[0]!.id }, stranger)).status).toBe(404)
    expect((await app.send(consentOps.add, yes(), stranger)).status).toBeGreaterThanOrEqual(403)
  }
})
