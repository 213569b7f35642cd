// Measures of the five plans that end in a round of visits, an evaluation or a paper of the unit. One house for all of them, on a
// Wednesday in November.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { APIRequestContext } from '@playwright/test'
import { accountOps, type NewCredentials } from '@nuanyang/contract/accounts.ts'
import { childOps } from '@nuanyang/contract/children.ts'
import { evaluationOps, type Evaluation } from '@nuanyang/contract/evaluations.ts'
import { recordOps, type RecordRow } from '@nuanyang/contract/records.ts'
import { surveyOps, type Visit } from '@nuanyang/contract/surveys.ts'
import { unitOps } from '@nuanyang/contract/units.ts'
import { newId } from '../../server/src/kernel/ids.ts'
import { expect, settledDataDir, startServer, test, type Server } from '../server.ts'

let house: Server
let director: APIRequestContext
let village: string
let seats: { id: string; role: string; unit_id: string }[]
const children: string[] = []

async function send<A>(who: APIRequestContext, path: string, body: object): Promise<A> {
  const answer = await who.post(`${house.url}/api${path}`, {
    headers: { 'x-nuanyang': '1', 'idempotency-key': newId() },
    data: body,
  })
  if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`)
  return (await answer.json()) as A
}
async function ask<A>(who: APIRequestContext, path: string): Promise<A> {
  const answer = await who.get(`${house.url}/api${path}`)
  if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`)
  return (await answer.json()) as A
}
const at = (path: string, id: string) => path.replace(':id', id)
const seat = (role: string) => seats.find((one) => one.role === role)!
const sit = (role: string) => send(director, accountOps.switch_membership.path, { membership_id: seat(role).id })

test.beforeAll(async ({ playwright }) => {
  test.setTimeout(240_000)
  house = await startServer({ dataDir: await settledDataDir(), now: '2026-11-25T02:00:00Z' })
  director = await playwright.request.newContext({ baseURL: house.url })
  const first = { name: '林青禾', username: 'linqinghe', password: '井台边的老槐树开花了' }
  const made = await send<{ memberships: typeof seats }>(director, accountOps.set_up.path, {
    code: house.setup_code, kind: 'village', place_code: '360123104207', ...first, separate_admins: false,
  }) // prettier-ignore
  seats = made.memberships
  village = seat('child_director').unit_id
  await sit('child_director')
  for (const name of ['谷小雪', '苗清明', '桑春分']) {
    const id = newId()
    children.push(id)
    const father = { name: `${name[0]}大山`, state: 'away', work_place: '浙江宁波', phones: ['19800000731'] }
    const carer = { name: '奶奶', relation: 'paternal_grandmother', phones: ['19900000216'] }
    const facts = { name, villager_group: '一组', hobbies: '画画', father, carer }
    await send(director, childOps.create.path, { id, facts })
  }
})
test.afterAll(async () => {
  await house.stop()
  rmSync(join(house.dataDir, '..'), { recursive: true, force: true })
})

const openRound = async (title: string, from_on: string, until_on: string) => {
  const id = newId()
  await send(director, surveyOps.open.path, { id, title, from_on, until_on })
  return id
}
const visitsOf = async (who: APIRequestContext, round: string, query = '') =>
  (await ask<{ items: Visit[] }>(who, `${at(surveyOps.visits.path, round)}?limit=100${query}`)).items
const say = (who: APIRequestContext, round: string, visit: Visit, given: object) =>
  send(who, at(surveyOps.say.path, round), { id: newId(), visit_ids: [visit.id], state: 'no_change', ...given })

test('P1.6 三个月走遍每一户：登记的事都在档案里，谁还没去看得见，见到的孩子数等于名单', async () => {
  const round = await openRound('八至十月走访', '2026-09-01', '2026-11-30')
  const [first, second] = await visitsOf(director, round)
  await say(director, round, first!, { visited_on: '2026-11-20' })
  const words = { note: '成绩有进步，爸爸换了工地', confirmed_by: '奶奶' }
  await say(director, round, second!, { state: 'changed', visited_on: '2026-11-21', ...words })
  const found = await ask<{ counts: Record<string, number>; children: number }>(director, at(surveyOps.get.path, round))
  const seen = await visitsOf(director, round, '&state=seen')
  expect([found.children, found.counts['waiting'], seen.length]).toEqual([3, 1, 2])
  const file = await ask<{ hobbies: string; father: { work_place: string } }>(
    director,
    at(childOps.get.path, first!.child_id),
  )
  expect([file.hobbies, file.father.work_place]).toEqual(['画画', '浙江宁波'])
  const { items } = await ask<{ items: RecordRow[] }>(director, `${recordOps.list.path}?child_id=${second!.child_id}`)
  expect(items.map((each) => [each.kind, each.counts])).toEqual([['survey', true]])
  const report = await director.get(`${house.url}/api${at(surveyOps.report.path, round)}`)
  expect(report.headers()['content-type']).toContain('wordprocessingml')
})

test('P4.2 网格员走自己的网格，诉求有人负责、有答复', async ({ playwright }) => {
  await sit('administrator')
  const grid = newId()
  await send(director, unitOps.create.path, { id: grid, kind: 'grid', parent_id: village, name: '东头网格' })
  const somebody = { id: newId(), name: '莫秋实', role: 'grid_worker', unit_id: grid }
  const account = await send<NewCredentials>(director, accountOps.create.path, somebody)
  await sit('child_director')
  await send(director, at(childOps.place.path, children[0]!), { unit_id: grid, as: 'grid', from_on: '2026-11-01' })
  const round = await openRound('大排查', '2026-11-01', '2026-12-31')

  const worker = await playwright.request.newContext({ baseURL: house.url })
  const { username, one_time_password } = account
  await send(worker, accountOps.sign_in.path, { username, password: one_time_password })
  const password = '廊下的雨伞晾在门后边'
  await send(worker, accountOps.change_own_password.path, { current: one_time_password, password })
  const own = await visitsOf(worker, round)
  expect(own.map((each) => each.name)).toEqual(['谷小雪'])
  const said = await say(worker, round, own[0]!, {
    state: 'changed',
    visited_on: '2026-11-24',
    request_about: 'contact',
    reasons: ['low_income'],
  })
  const request = (said as { id: string }).id
  await send(worker, recordOps.add.path, {
    id: newId(),
    kind: 'survey',
    happened_on: '2026-11-25',
    child_ids: [children[0]],
    thread_id: request,
    fields: { found: 'answer', request_about: 'contact', state: 'done', owner: '莫秋实', answer: '给爸爸装好了视频' },
  })
  const { items } = await ask<{ items: RecordRow[] }>(director, `${recordOps.list.path}?thread_id=${request}`)
  expect(items.map((each) => String(each.fields['state'])).toSorted()).toEqual(['done', 'open'])
  const { cross } = await ask<{ cross: { pairs: object[] } }>(director, at(surveyOps.get.path, round))
  expect(cross.pairs).toEqual([{ reason: 'low_income', request: 'contact', children: 1 }])
})

test('P2.4 先评估需要什么，再帮', async () => {
  const needs = { kind: 'needs', result: 'some', reasons: ['study', 'clothes'], child_heard: true }
  await send(director, evaluationOps.add.path, { id: newId(), child_id: children[1], on_day: '2026-11-24', ...needs })
  const { items } = await ask<{ items: Evaluation[] }>(director, `${evaluationOps.list.path}?child_id=${children[1]}`)
  expect(items).toMatchObject([{ ...needs, by_name: '林青禾' }])
})

test('P2.5 制度和小组文件放在单位里，本单位的人查得到', async () => {
  const buffer = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')
  const file = { name: '关爱工作制度.pdf', mimeType: 'application/pdf', buffer }
  const added = await director.post(`${house.url}/api/files`, {
    headers: { 'x-nuanyang': '1', 'idempotency-key': newId() },
    multipart: { id: newId(), owner_type: 'unit', owner_id: village, file },
  })
  expect(await added.json()).toMatchObject({ form: 'pdf' })
  const { items } = await ask<{ items: { file_name: string }[] }>(
    director,
    `/files?owner_type=unit&owner_id=${village}`,
  )
  expect(items.map((each) => each.file_name)).toEqual(['关爱工作制度.pdf'])
})
