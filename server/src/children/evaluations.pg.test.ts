import { afterAll, beforeAll, expect, test } from 'vitest'
import { childOps } from '@nuanyang/contract/children.ts'
import { evaluationOps } from '@nuanyang/contract/evaluations.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

let app: TestApp
let cast: Cast
let director: Person
const child = newId()

beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village)
  await app.call(childOps.create, { body: { id: child, facts: { name: '桑春分' } } }, director)
})
afterAll(() => app.close())

const evaluation = (given: object = {}) => ({
  body: {
    id: newId(),
    child_id: child,
    kind: 'guardianship' as const,
    on_day: '2026-11-20',
    result: 'fair' as const,
    reasons: ['carer_weak' as const],
    note: '奶奶腿脚不便，夜里没人照应。',
    child_heard: true,
    review_on: '2027-02-20',
    ...given,
  },
})
const refusal = async (given: object) => (await app.refused(evaluationOps.add, evaluation(given), director)).code

test('an evaluation keeps day, result, reasons and who; a wrong one is withdrawn and stays readable', async () => {
  const made = await app.call(evaluationOps.add, evaluation(), director)
  expect(made).toMatchObject({ result: 'fair', reasons: ['carer_weak'], by_name: director.name, child_heard: true })
  const needs = await app.call(
    evaluationOps.add,
    evaluation({ kind: 'needs', result: 'urgent', reasons: ['clothes', 'company'] }),
    director,
  )
  expect(needs.reasons).toEqual(['clothes', 'company'])
  const gone = await app.call(
    evaluationOps.withdraw,
    { id: made.id, body: { version: made.version, reason: '记错了孩子' } },
    director,
  )
  expect(gone.withdrawn_reason).toBe('记错了孩子')
  expect((await app.refused(evaluationOps.withdraw, { id: made.id, body: { version: gone.version, reason: '再来' } }, director)).code).toBe('evaluation_withdrawn') // prettier-ignore
  expect((await app.call(evaluationOps.list, { child_id: child }, director)).items).toHaveLength(2)
  expect((await app.call(evaluationOps.get, { id: needs.id }, director)).kind).toBe('needs')
})

test('the result fits the kind, rests on a reason, and is not milder than the law lets it be', async () => {
  expect(await refusal({ result: 'urgent' })).toBe('evaluation_result')
  expect(await refusal({ kind: 'needs', result: 'some', reasons: ['lives_alone'] })).toBe('evaluation_result')
  expect(await refusal({ reasons: [], note: undefined })).toBe('evaluation_reasons')
  expect(await refusal({ reasons: ['lives_alone'] })).toBe('evaluation_mild')
  expect(await refusal({ result: 'good', reasons: ['out_of_school'] })).toBe('evaluation_mild')
  expect(await refusal({ on_day: '2026-11-26' })).toBe('evaluation_days')
  expect(await refusal({ review_on: '2026-11-20' })).toBe('evaluation_days')
  expect((await app.call(evaluationOps.add, evaluation({ result: 'poor', reasons: ['lives_alone'] }), director)).result).toBe('poor') // prettier-ignore
  expect((await app.call(evaluationOps.add, evaluation({ result: 'good', reasons: [] }), director)).result).toBe('good')
})

test('no word of it reaches those who may not read notes of the case, nor a list or a file page', async () => {
  const { items } = await app.call(evaluationOps.list, { child_id: child }, director)
  for (const [role, unit] of [
    ['helper', cast.village],
    ['leading_group', cast.township],
    ['child_director', cast.otherVillage],
  ] as const) {
    // prettier-ignore
    const who = await app.signInAs(role, unit)
    for (const answer of [
      await app.send(evaluationOps.list, { child_id: child }, who),
      await app.send(evaluationOps.get, { id: items[0]!.id }, who),
    ])
      expect([role, answer.status, answer.text.includes('腿脚')]).toEqual([role, 404, false])
  }
  const list = await app.send(childOps.list, {}, director)
  expect(list.text).not.toContain('poor')
})
