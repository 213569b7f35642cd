import { afterAll, beforeAll, expect, test } from 'vitest'
import { planOps } from '@nuanyang/contract/plans.ts'
import { planTemplates, templatePeriod } from '@nuanyang/domain/plans/templates/templates.ts'
import { archetypes } from '@nuanyang/domain/values/archetypes.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

let app: TestApp
let cast: Cast
let director: Person
let county: Person

beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village)
  county = await app.signInAs('county_staff', cast.county)
})
afterAll(() => app.close())

test.each(archetypes)('a plan from the template $zh holds all of it and can be adopted as it is', async ({ code }) => {
  const template = planTemplates[code]
  const body = { id: newId(), title: '从模板来的', template: code, ...templatePeriod(template, '2026-11-25') }
  const plan = await app.call(planOps.create, { body }, director)
  expect(plan).toMatchObject({ template: code, archetype: code, confirmed_at: expect.any(String) })
  const { goals, measures, duties, tasks } = plan.items
  expect([goals.length, measures.length, duties.length, tasks.length]).toEqual([
    template.goals.length,
    template.measures.length,
    template.duties.length,
    template.tasks.length,
  ])
  expect(duties.every((duty) => duty.measure_id !== null)).toBe(true)
  if (code === 'school') expect(tasks.at(-1)!.due_from).toBe('2027-01-01')
  const adopted = await app.call(planOps.adopt, { id: plan.id, body: { version: plan.version, adopted_on: '2026-11-25' } }, director) // prettier-ignore
  expect(adopted.state).toBe('adopted')
})

test('plans.policies is the product’s list until the county has its own by plans.set_policies; its duties go in with their source', async () => {
  const { own, items } = await app.call(planOps.policies, {}, director)
  expect(own).toBe(false)
  const visit = items.find((each) => each.code === 'first_visit')!
  expect(visit).toMatchObject({ rhythm: { within_days: 5, working_days: true, of: 'new_child' } })
  expect((await app.refused(planOps.set_policies, { body: { items: [] } }, director)).code).toBe('plan_policies_county')
  const mine = {
    ...visit,
    rhythm: { within_days: 3, working_days: true, of: 'new_child' as const },
    source: '本县文件',
  }
  await app.call(planOps.set_policies, { body: { items: [mine] } }, county)
  expect(await app.call(planOps.policies, {}, director)).toEqual({ own: true, items: [mine] })
  const plan = await app.call(planOps.create, { body: { id: newId(), title: '加规定', from_on: '2026-11-01', until_on: '2027-01-31' } }, director) // prettier-ignore
  const { code: _code, archetypes: _archetypes, ...duty } = mine
  const edits = [{ do: 'add_duty' as const, id: newId(), ...duty, measure_id: null, account_id: null, pauses_in_holidays: false }] // prettier-ignore
  const changed = await app.call(planOps.edit, { id: plan.id, body: { version: plan.version, edits } }, director)
  expect(changed.items.duties).toMatchObject([{ source: '本县文件', rhythm: mine.rhythm }])
  // What is no longer in force stays in the list with its day.
  const ended = { ...mine, ended_on: '2026-11-25' }
  expect((await app.call(planOps.set_policies, { body: { items: [ended] } }, county)).items).toEqual([ended])
  await app.call(planOps.set_policies, { body: { items: null } }, county)
  expect((await app.call(planOps.policies, {}, director)).own).toBe(false)
})
