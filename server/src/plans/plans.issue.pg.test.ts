import { afterAll, beforeAll, expect, test } from 'vitest'
import { planOps, type Plan } from '@nuanyang/contract/plans.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

let app: TestApp
let cast: Cast
let supervisor: Person
let director: Person
let above: Plan

beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  supervisor = await app.signInAs('child_supervisor', cast.township)
  director = await app.signInAs('child_director', cast.village)
  const body = { id: newId(), title: '芦溪镇关爱工作计划', template: 'village' as const, from_on: '2026-09-01', until_on: '2027-01-31' }
  const draft = await app.call(planOps.create, { body }, supervisor)
  above = await app.call(planOps.adopt, { id: draft.id, body: { version: draft.version, adopted_on: '2026-11-20' } }, supervisor)
}) // prettier-ignore
afterAll(() => app.close())

const edit = (plan: Plan, edits: Parameters<typeof app.call<typeof planOps.edit>>[1]['body']['edits']) => ({
  id: plan.id,
  body: { version: plan.version, edits },
})

test('plans.issue goes to units below, once; plans.take_up makes a draft that may be added to and not taken from', async () => {
  expect((await app.refused(planOps.issue, { id: above.id, body: { unit_ids: [cast.office.id] } }, supervisor)).code).toBe('plan_issue_unit') // prettier-ignore
  const unit_ids = [cast.village.id, cast.school.id]
  await app.call(planOps.issue, { id: above.id, body: { unit_ids } }, supervisor)
  const { items } = await app.call(planOps.issue, { id: above.id, body: { unit_ids } }, supervisor)
  expect(items.map((each) => [each.unit_name, each.taken_plan_id])).toEqual([
    ['芦溪镇中心小学', null],
    ['小暑村', null],
  ])
  const [waits] = (await app.call(planOps.waiting, {}, director)).items
  expect(waits).toMatchObject({ title: '芦溪镇关爱工作计划', from_name: '芦溪镇', unit_name: '小暑村' })
  let plan = await app.call(planOps.take_up, { id: waits!.id, body: { id: newId() } }, director)
  expect((await app.refused(planOps.take_up, { id: waits!.id, body: { id: newId() } }, director)).code).toBe('plan_issue_taken') // prettier-ignore
  expect(plan).toMatchObject({ state: 'draft', mine: true, issued_from: { unit_name: '芦溪镇', state: 'adopted' } })
  expect(plan.items.duties).toHaveLength(above.items.duties.length)
  expect(plan.items.duties.every((each) => each.issued && each.measure_id !== null)).toBe(true)
  const [duty, task] = [plan.items.duties[0]!, plan.items.tasks[0]!]
  const no = async (edits: Parameters<typeof edit>[1]) =>
    (await app.refused(planOps.edit, edit(plan, edits), director)).code
  expect(await no([{ do: 'drop', type: 'duty', id: duty.id }])).toBe('plan_item_issued')
  expect(await no([{ do: 'change_duty', id: duty.id, to: { rhythm: { every: 'year', count: 1 } } }])).toBe('plan_item_issued') // prettier-ignore
  expect(await no([{ do: 'change_task', id: task.id, to: { month: '2027-01' } }])).toBe('plan_item_issued')
  plan = await app.call(planOps.edit, edit(plan, [
    { do: 'change_duty', id: duty.id, to: { responsible: 'child_director', account_id: director.id } },
    { do: 'add_task', id: newId(), title: '村里自己加的', kind: 'activity', month: '2026-12', festival: null, measure_id: null, responsible: null, account_id: null },
  ]), director) // prettier-ignore
  expect(plan.items.tasks.at(-1)).toMatchObject({ title: '村里自己加的', issued: false })
  plan = await app.call(planOps.adopt, { id: plan.id, body: { version: plan.version, adopted_on: '2026-11-25' } }, director) // prettier-ignore
  const stop = {
    id: plan.id,
    body: { version: plan.version, duty_id: duty.id, until_on: '2026-12-01', reason: '太多' },
  }
  expect((await app.refused(planOps.stop_duty, stop, director)).code).toBe('plan_item_issued')
  expect((await app.refused(planOps.withdraw, { id: plan.id, body: { version: plan.version, reason: '不想做' } }, director)).code).toBe('plan_item_issued') // prettier-ignore
  expect((await app.call(planOps.issues, { id: above.id }, supervisor)).items[1]).toMatchObject({ taken_plan_id: plan.id, taken_state: 'adopted' }) // prettier-ignore

  // The township takes its plan back: the village's stays and becomes its own.
  await app.call(
    planOps.withdraw,
    { id: above.id, body: { version: above.version, reason: '县里统一安排' } },
    supervisor,
  )
  const after = await app.call(planOps.get, { id: plan.id }, director)
  expect(after).toMatchObject({
    state: 'adopted',
    issued_from: { state: 'withdrawn', withdrawn_reason: '县里统一安排' },
  })
  expect(after.items.duties).toEqual(plan.items.duties)
  const free = await app.call(planOps.stop_duty, stop, director)
  expect(free.items.duties[0]!.ended_reason).toBe('太多')
  const school = await app.signInAs('school_leader', cast.school)
  expect((await app.call(planOps.waiting, {}, school)).items).toEqual([])
  const late = (await app.call(planOps.issues, { id: above.id }, supervisor)).items[0]!
  expect((await app.refused(planOps.take_up, { id: late.id, body: { id: newId() } }, school)).code).toBe('plan_state')
})

test('plans.versions keeps every state, plans.version one of them, plans.save_version one more', async () => {
  const body = {
    id: newId(),
    title: '几稿',
    template: 'village' as const,
    from_on: '2026-09-01',
    until_on: '2027-01-31',
  }
  let plan = await app.call(planOps.create, { body }, director)
  plan = await app.call(planOps.start_discussion, { id: plan.id, body: { version: plan.version } }, director)
  const gone = plan.items.goals[0]!
  plan = await app.call(planOps.edit, edit(plan, [{ do: 'drop', type: 'goal', id: gone.id }]), director)
  await app.call(planOps.save_version, { id: plan.id }, director)
  await app.call(planOps.adopt, { id: plan.id, body: { version: plan.version, adopted_on: '2026-11-25' } }, director)
  const { items } = await app.call(planOps.versions, { id: plan.id }, director)
  expect(items.map((each) => [each.number, each.why])).toEqual([
    [3, 'adopted'],
    [2, 'saved'],
    [1, 'discussed'],
  ])
  const [newest, , oldest] = await Promise.all(items.map(({ id }) => app.call(planOps.version, { id }, director)))
  expect(oldest!.items.goals.map((each) => each.id)).toContain(gone.id)
  expect(newest!.items.goals.map((each) => each.id)).not.toContain(gone.id)
  const stranger = await app.signInAs('child_director', cast.otherVillage)
  expect((await app.refused(planOps.version, { id: items[0]!.id }, stranger)).code).toBe('not_found')
})

test('plans.print: Word and PDF of the plan, its text and who does what', async () => {
  const body = { id: newId(), title: '小暑村2026年下半年关爱留守儿童工作计划', template: 'village' as const, from_on: '2026-08-01', until_on: '2027-01-31' } // prettier-ignore
  const plan = await app.call(planOps.create, { body }, director)
  for (const what of ['plan', 'division', 'text'] as const) {
    const pdf = await app.send(planOps.print, { id: plan.id, what, format: 'pdf' }, director)
    expect([pdf.status, pdf.bytes.subarray(0, 5).toString()]).toEqual([200, '%PDF-'])
    const docx = await app.send(planOps.print, { id: plan.id, what, format: 'docx' }, director)
    expect(docx.bytes.subarray(0, 2).toString()).toBe('PK')
  }
})
