// Somebody is named as responsible for a plan about a child's mind: they read it and carry it on, nobody beside them does.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { childOps } from '@nuanyang/contract/children.ts'
import { fileOps } from '@nuanyang/contract/files.ts'
import { planOps } from '@nuanyang/contract/plans.ts'
import { dueOps } from '@nuanyang/contract/plans.due.ts'
import { recordOps, type NewRecord } from '@nuanyang/contract/records.ts'
import type { Role } from '@nuanyang/contract/roles.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

let app: TestApp
let cast: Cast
let child: string
const pupil = newId()
let counsellor: Person

beforeAll(async () => {
  app = await testApp({ now: '2026-09-01T02:00:00Z' })
  cast = await app.make.county()
  const leader = await app.signInAs('school_leader', cast.school)
  counsellor = await app.signInAs('counsellor', cast.school, { name: '宁老师' })
  child = newId()
  const links = [{ unit_id: cast.class.id, as: 'class' as const }]
  await app.call(childOps.create, { body: { id: child, facts: { name: '欧阳春水' }, links } }, leader)
  await app.call(childOps.create, { body: { id: pupil, facts: { name: '欧阳秋分' }, links } }, leader)
  app.time.now = new Date('2026-11-26T02:00:00Z')
  await app.owner.query(
    `insert into child_units (tenant_id, id, child_id, unit_id, "as", from_on) values ($1, $2, $3, $4, 'partner', '2026-01-01')`,
    [cast.tenant_id, newId(), child, cast.office.id],
  )
})
afterAll(() => app.close())

const plan = (given: Partial<NewRecord> = {}): NewRecord => ({
  id: newId(),
  kind: 'individual_plan',
  happened_on: '2026-11-20',
  text: '夜里怕黑睡不着',
  child_ids: [child],
  fields: { template: 'mind', part: 'plan', needs: '有人听他说' },
  ...given,
})
const secrets = ['夜里怕黑睡不着', '有人听他说']

describe.each([
  ['class_teacher', 'class'],
  ['subject_teacher', 'class'],
  ['school_leader', 'school'],
  ['partner_cadre', 'office'],
] as const)('%s', (role: Role, unit) => {
  test('the one who is named reads the plan and its stages; a colleague of the same role at the same place finds nothing', async () => {
    const named = await app.signInAs(role, cast[unit], { name: `负责${role}` })
    const colleague = await app.signInAs(role, cast[unit])
    const { items } = await app.call(recordOps.people, { child_id: child, q: '负责' }, counsellor)
    expect(items.find((each) => each.account_id === named.id)).toMatchObject({ role, name: `负责${role}` })

    const made = await app.call(recordOps.add, { body: plan({ responsible_account_id: named.id }) }, counsellor)
    expect(made).toMatchObject({ visibility: 'psychological', responsible_account_id: named.id })
    expect(made.fields['responsible']).toBe(`负责${role}`)
    const stage = plan({ thread_id: made.id, text: '这周睡得好些', fields: { template: 'mind', part: 'stage' } })
    await app.call(recordOps.add, { body: stage }, counsellor)

    const own = await app.send(recordOps.list, { child_id: child, limit: 200 }, named)
    for (const secret of [...secrets, '这周睡得好些']) expect([role, own.text.includes(secret)]).toEqual([role, true])
    expect((await app.call(recordOps.get, { id: made.id }, named)).state).toBe('open')
    expect((await app.send(fileOps.list, { owner_type: 'record', owner_id: made.id }, named)).status).toBe(200)

    for (const answer of [
      await app.send(recordOps.list, { child_id: child, limit: 200 }, colleague),
      await app.send(recordOps.list, { text: '睡' }, colleague),
      await app.send(recordOps.list, { thread_id: made.id }, colleague),
    ])
      for (const part of [made.id, stage.id, ...secrets]) expect([role, answer.told.includes(part)]).toEqual([role, false]) // prettier-ignore
    expect((await app.send(recordOps.get, { id: made.id }, colleague)).status).toBe(404)
    expect((await app.send(fileOps.list, { owner_type: 'record', owner_id: made.id }, colleague)).status).toBe(404)
  })
})

test('whoever is responsible writes the stages, and neither a plan nor a stage of another’s plan', async () => {
  const named = await app.signInAs('class_teacher', cast.class, { name: '温老师' })
  const other = await app.signInAs('class_teacher', cast.class)
  const made = await app.call(recordOps.add, { body: plan({ responsible_account_id: named.id }) }, counsellor)
  const stage = () => plan({ thread_id: made.id, text: '晚上陪他走回家', fields: { template: 'mind', part: 'stage' } })
  const written = await app.call(recordOps.add, { body: stage() }, named)
  expect(written).toMatchObject({ responsible_account_id: named.id, visibility: 'psychological' })
  const better = { ...stage(), version: written.version, text: '每天晚上陪他走回家' }
  const { id: _, kind: _k, thread_id: _t, ...content } = better
  expect((await app.call(recordOps.correct, { id: written.id, body: content }, named)).text).toBe('每天晚上陪他走回家')
  expect((await app.refused(recordOps.add, { body: plan() }, named)).code).toBe('record_not_yours_to_write')
  expect((await app.refused(recordOps.add, { body: stage() }, other)).code).toBe('record_not_yours_to_write')
})

test('another one is named: the whole matter goes over to them; nobody named: it is the counsellor’s alone again', async () => {
  const [first, second] = [await app.signInAs('class_teacher', cast.class), await app.signInAs('class_teacher', cast.class)] // prettier-ignore
  const made = await app.call(recordOps.add, { body: plan({ responsible_account_id: first.id }) }, counsellor)
  const stage = plan({ thread_id: made.id, fields: { template: 'mind', part: 'stage' } })
  await app.call(recordOps.add, { body: stage }, counsellor)
  const states = async (who: Person) =>
    Promise.all([made.id, stage.id].map(async (id) => (await app.send(recordOps.get, { id }, who)).status))
  const name = async (responsible_account_id: string | null, version: number) => {
    const { id: _, kind: _k, ...content } = plan()
    const body = { ...content, version, responsible_account_id }
    return app.call(recordOps.correct, { id: made.id, body }, counsellor)
  }
  expect([await states(first), await states(second)]).toEqual([[200, 200], [404, 404]]) // prettier-ignore
  const { version } = await name(second.id, made.version)
  expect([await states(first), await states(second)]).toEqual([[404, 404], [200, 200]]) // prettier-ignore
  await name(null, version)
  expect([await states(first), await states(second)]).toEqual([[404, 404], [404, 404]]) // prettier-ignore
})

test('a colleague learns from the work plan whether it is settled, and no word more', async () => {
  const leader = await app.signInAs('school_leader', cast.school)
  const [named, colleague] = [await app.signInAs('class_teacher', cast.class), await app.signInAs('class_teacher', cast.class)] // prettier-ignore
  const id = newId()
  const duty = { do: 'add_duty', id: newId(), measure_id: null, account_id: null, pauses_in_holidays: false, subject: 'each_child', rhythm: { every: 'month', count: 1 }, title: '个别方案', kind: 'individual_plan', responsible: 'class_teacher' } // prettier-ignore
  let { version } = await app.call(planOps.create, { body: { id, title: '学校计划', from_on: '2026-09-01', until_on: '2027-01-31' } }, leader) // prettier-ignore
  ;({ version } = await app.call(planOps.edit, { id, body: { version, edits: [duty] as never } }, leader))
  ;({ version } = await app.call(planOps.confirm, { id, body: { version } }, leader))
  await app.call(planOps.adopt, { id, body: { version, adopted_on: '2026-09-01' } }, leader)
  const settled = async () => {
    const answer = await app.send(dueOps.due, { child_id: pupil, month: '2026-11' }, colleague)
    for (const secret of secrets) expect(answer.told).not.toContain(secret)
    return (JSON.parse(answer.text) as { items: { state: string }[] }).items.map((each) => each.state)
  }
  expect(await settled()).toEqual(['due'])
  const made = await app.call(recordOps.add, { body: plan({ child_ids: [pupil], responsible_account_id: named.id }) }, counsellor) // prettier-ignore
  expect(await settled()).toEqual(['settled'])
  expect((await app.send(recordOps.get, { id: made.id }, colleague)).status).toBe(404)
})

test('strangers, administrators and helpers cannot be named; a name opens no child that was not seen', async () => {
  const far = await app.signInAs('child_director', cast.otherVillage, { name: '远处主任' })
  const administrator = await app.signInAs('administrator', cast.school)
  for (const who of [far, administrator]) {
    const body = plan({ responsible_account_id: who.id })
    expect((await app.refused(recordOps.add, { body }, counsellor)).code).toBe('record_responsible')
  }
  const { items } = await app.call(recordOps.people, { child_id: child }, counsellor)
  expect(items.map((each) => each.name)).not.toContain('远处主任')
  // In the same school, of another class: may be named, but does not see the child.
  const nextDoor = await app.signInAs('class_teacher', await app.make.unit(cast.school, { kind: 'class', name: '', stage: 'primary', entry_year: 2023, class_number: '1' })) // prettier-ignore
  const made = await app.call(recordOps.add, { body: plan({ responsible_account_id: nextDoor.id }) }, counsellor)
  expect((await app.send(recordOps.get, { id: made.id }, nextDoor)).status).toBe(404)
})
