import { afterAll, beforeAll, expect, test } from 'vitest'
import { childOps } from '@nuanyang/contract/children.ts'
import { pairingOps } from '@nuanyang/contract/pairings.ts'
import { checkDigit } from '@nuanyang/domain/identity_numbers.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

// A name and a telephone number are easily known. They must not open what another unit keeps about a person.
let app: TestApp
let cast: Cast
let here: Person
let there: Person
const child = newId()
const identity = '99012319850514001' + checkDigit('99012319850514001')

beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  here = await app.signInAs('child_director', cast.village)
  there = await app.signInAs('child_director', cast.otherVillage, { name: '冯海' })
  const father = {
    name: '陈建国',
    phones: ['19800000731', '19800000732'],
    identity_no: identity,
    born_on: '1985-05-14',
  }
  const facts = { name: '陈小雨', born_on: '2017-08-21', father, carer: { name: '王桂英', phones: ['19900000216'] } }
  await app.call(childOps.create, { body: { id: child, facts } }, here)
})
afterAll(() => app.close())

test('the adult of a child out of sight is not joined: neither read by a guess nor changed from elsewhere', async () => {
  for (const father of [
    { name: '陈建国', phones: ['19800000731'] },
    { name: '陈建国', identity_no: identity },
  ]) {
    const id = newId()
    const facts = { name: '赵一一', born_on: '2016-01-01', father }
    await app.call(childOps.create, { body: { id, facts, although_similar: true } }, there)
    const { values } = await app.call(childOps.reveal, { id, body: { purpose: '联系家长' } }, there)
    expect(JSON.stringify(values)).not.toContain('19800000732')
    expect(values['father.identity_no'] ?? null).toBe('identity_no' in father ? identity : null)
    const file = await app.call(childOps.get, { id }, there)
    expect(file.father).toMatchObject({ born_on: null })
    const changed = { version: file.version, facts: { father: { born_on: '1990-01-01' } } }
    await app.call(childOps.change, { id, body: changed }, there)
  }
  expect((await app.call(childOps.get, { id: child }, here)).father).toMatchObject({ born_on: '1985-05-14' })
})

test('in the own village the father of two is typed once', async () => {
  const id = newId()
  const facts = { name: '陈小晨', born_on: '2021-02-10', father: { name: '陈建国', phones: ['19800000731'] } }
  await app.call(childOps.create, { body: { id, facts } }, here)
  const file = await app.call(childOps.get, { id }, here)
  expect(file.siblings.map((one) => one.name)).toEqual(['陈小雨'])
})

test('nobody becomes the helper of other children by registering under that helper’s name and number', async () => {
  const helper = { name: '王秀', kind: 'volunteer' as const, phone: '13800000000', vetted: true }
  await app.call(pairingOps.create, { body: { id: newId(), child_id: child, helper, from_on: '2026-11-01' } }, here)
  const own = newId()
  await app.call(childOps.create, { body: { id: own, facts: { name: '李满', born_on: '2015-03-01' } } }, there)
  const mask = { ...helper, account_id: there.id }
  await app.call(
    pairingOps.create,
    { body: { id: newId(), child_id: own, helper: mask, from_on: '2026-11-01' } },
    there,
  )
  expect((await app.refused(childOps.get, { id: child }, there)).code).toBe('not_found')
})
