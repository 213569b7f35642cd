import { afterAll, beforeAll, expect, test } from 'vitest'
import { childOps } from '@nuanyang/contract/children.ts'
import { testApp, type TestApp } from './app.ts'

let house: TestApp
beforeAll(async () => {
  house = await testApp()
})
afterAll(() => house.close())

test('somebody signed in is answered, somebody else is asked to sign in', async () => {
  const { village } = await house.make.county()
  const director = await house.signInAs('child_director', village)
  expect((await house.call(childOps.list, {}, director)).items).toEqual([])
  expect((await house.refused(childOps.list, {})).code).toBe('not_signed_in')
  expect((await house.refused(childOps.list, {}, 'forged')).code).toBe('not_signed_in')
})
