import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditOps } from '@nuanyang/contract/audit.ts'
import { childOps } from '@nuanyang/contract/children.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'

let app: TestApp
let director: Person
let auditor: Person
const id = newId()

beforeAll(async () => {
  app = await testApp()
  const cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village, { name: '周敏' })
  auditor = await app.signInAs('auditor', cast.county, { name: '审计' })
  const facts = { name: '欧阳甲乙', father: { name: '戊己', phones: ['19811110731'] } }
  await app.call(childOps.create, { body: { id, facts } }, director)
  app.time.now = new Date(app.time.now.getTime() + 60_000)
  await app.call(childOps.reveal, { id, body: { purpose: '给爸爸打电话' } }, director)
})
afterAll(() => app.close())

test('audit.list says who did what and why, and never to whom or with which value', async () => {
  const answer = await app.send(auditOps.list, {}, auditor)
  for (const hidden of ['欧阳', '甲乙', '戊己', '0731']) expect(answer.told).not.toContain(hidden)
  expect(answer.text).not.toContain(id)
  const { items } = await app.call(auditOps.list, { group: 'reveal' }, auditor)
  expect(items).toMatchObject([
    { by_name: '周敏', role: 'child_director', operation: 'children.reveal', purpose: '给爸爸打电话', child: true },
  ])
  expect((await app.call(auditOps.list, { group: 'change', q: '周' }, auditor)).items.map((e) => e.operation)).toEqual([
    'children.create',
  ])
  expect((await app.call(auditOps.list, { until: '2026-11-24' }, auditor)).items).toEqual([])
  expect(
    (await app.call(auditOps.list, { from: '2026-11-25', until: '2026-11-25', group: 'reveal' }, auditor)).items,
  ).toHaveLength(1)
})

test('by child: a whole name or number finds what was done with that file, a part finds nothing', async () => {
  const found = async (child: string) => (await app.call(auditOps.list, { child }, auditor)).items
  const all = await found('欧阳甲乙')
  expect(all.map((each) => each.operation)).toContain('children.reveal')
  expect(new Set(all.map((each) => each.child_key)).size).toBe(1)
  expect(JSON.stringify(all)).not.toContain('欧阳')
  expect(await found('欧阳')).toEqual([])
  expect(await found('990123')).toEqual([])
  expect(
    (await app.call(auditOps.list, { child: '欧阳甲乙', group: 'reveal', from: '2026-11-26' }, auditor)).items,
  ).toEqual([])
})

test('the log is the auditor’s: pages follow each other, other roles and other units see nothing', async () => {
  const first = await app.call(auditOps.list, { limit: 1 }, auditor)
  const second = await app.call(auditOps.list, { limit: 1, after: first.next! }, auditor)
  expect(first.items[0]!.id).not.toBe(second.items[0]!.id)
  expect((await app.refused(auditOps.list, {}, director)).code).toBe('forbidden')
  const far = await app.make.county('990456')
  const stranger = await app.signInAs('auditor', far.county)
  expect((await app.call(auditOps.list, { group: 'reveal' }, stranger)).items).toEqual([])
})
