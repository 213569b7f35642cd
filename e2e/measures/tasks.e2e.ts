// Measures that are owed on a day of the year: what a plan sets for a month or a festival comes up in 今天 when it is time, is settled by what
// was done, and shows on the plan’s page. One community, one year from August to July, through the API; the tests follow the calendar.
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { APIRequest, APIRequestContext } from '@playwright/test'
import { accountOps, type NewCredentials } from '@nuanyang/contract/accounts.ts'
import type { Calendar } from '@nuanyang/contract/calendar.ts'
import { childOps } from '@nuanyang/contract/children.ts'
import { documentOps } from '@nuanyang/contract/documents.ts'
import { focusOps } from '@nuanyang/contract/focus.ts'
import type { Answer } from '@nuanyang/contract/kernel.ts'
import type { Board } from '@nuanyang/contract/pairings.boards.ts'
import type { Pairing, PairingDetail } from '@nuanyang/contract/pairings.ts'
import type { dueOps } from '@nuanyang/contract/plans.due.ts'
import type { PlanTask } from '@nuanyang/contract/plans.items.ts'
import { planOps, type Plan } from '@nuanyang/contract/plans.ts'
import { recordOps, type RecordRow } from '@nuanyang/contract/records.ts'
import type { Today, todayOps } from '@nuanyang/contract/today.ts'
import { unitOps } from '@nuanyang/contract/units.ts'
import { newId } from '../../server/src/kernel/ids.ts'
import { readPdf } from '../hands.ts'
import { expect, settledDataDir, startServer, test, type Server } from '../server.ts'

let house: Server
let director: APIRequestContext
let grid: APIRequestContext
let teacher: APIRequestContext
let plan: Plan
let pairing: PairingDetail
const children: string[] = []
const people = new Map<APIRequestContext, { username: string; password: string; role?: string }>()
const first = { name: '林青禾', username: 'linqinghe', password: '井台边的老槐树开花了' }
test.describe.configure({ mode: 'serial' })

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
interface Seat {
  id: string
  role: string
  unit_id: string
}
async function sit(role: string): Promise<Seat> {
  const { memberships } = await ask<{ memberships: Seat[] }>(director, '/session')
  const seat = memberships.find((one) => one.role === role)!
  await send(director, accountOps.switch_membership.path, { membership_id: seat.id })
  return seat
}

/** Another day: everybody signs in again, and the director sits where they work. */
async function on(day: string): Promise<void> {
  await house.moveTo(`${day}T02:00:00Z`)
  for (const [who, { username, password }] of people) await send(who, accountOps.sign_in.path, { username, password })
  await sit('child_director')
}

async function comesIn(api: APIRequest, name: string, role: string, unit_id: string): Promise<{ who: APIRequestContext; id: string }> {
  const made = await send<NewCredentials & { id: string }>(director, accountOps.create.path, { id: newId(), name, role, unit_id })
  const who = await api.newContext({ baseURL: house.url })
  await send(who, accountOps.sign_in.path, { username: made.username, password: made.one_time_password })
  const password = '廊下的雨伞晾在门后边'
  await send(who, accountOps.change_own_password.path, { current: made.one_time_password, password })
  people.set(who, { username: made.username, password })
  const { account } = await ask<{ account: { id: string } }>(who, '/session')
  return { who, id: account.id }
} // prettier-ignore

test.beforeAll(async ({ playwright }) => {
  test.setTimeout(240_000)
  house = await startServer({ dataDir: await settledDataDir(), now: '2026-08-10T02:00:00Z' })
  director = await playwright.request.newContext({ baseURL: house.url })
  await send(director, accountOps.set_up.path, { code: house.setup_code, kind: 'community', place_code: '360123104207', ...first, separate_admins: false }) // prettier-ignore
  people.set(director, first)
  const { unit_id: community } = await sit('administrator')
  const school = newId()
  const room = newId()
  const block = newId()
  await send(director, unitOps.create.path, { id: school, kind: 'school', parent_id: community, name: '芦溪小学' })
  await send(director, unitOps.create.path, { id: room, kind: 'class', parent_id: school, name: '三年级二班', stage: 'primary', entry_year: 2024, class_number: '2' }) // prettier-ignore
  await send(director, unitOps.create.path, { id: block, kind: 'grid', parent_id: community, name: '第一网格' })
  const worker = await comesIn(playwright.request, '罗云山', 'grid_worker', block)
  grid = worker.who
  teacher = (await comesIn(playwright.request, '何静', 'class_teacher', room)).who
  await sit('child_director')
  for (const [n, name] of ['谷小雪', '苗清明', '桑春分'].entries()) {
    const id = newId()
    children.push(id)
    const facts = { name, born_on: '2016-05-01', father: { state: 'away' }, mother: { state: 'away' }, causes: n === 2 ? [] : ['low_income'] } // prettier-ignore
    await send(director, childOps.create.path, { id, facts })
    if (n < 2) await send(director, childOps.place.path.replace(':id', id), { unit_id: room, as: 'class', from_on: '2026-08-10' }) // prettier-ignore
    await send(director, childOps.place.path.replace(':id', id), { unit_id: block, as: 'grid', from_on: '2026-08-10' })
  }
  await send(director, focusOps.decide.path, { id: newId(), child_id: children[1], rule: 'carer_old', confirm: true, note: '奶奶七十多了' }) // prettier-ignore
  pairing = await send<PairingDetail>(director, '/pairings', { id: newId(), child_id: children[0], helper: { name: '莫秋实', kind: 'caring_mother', vetted: true }, from_on: '2026-08-10', planned_until_on: '2026-12-20' }) // prettier-ignore
  const made = await send<Plan>(director, planOps.create.path, { id: newId(), title: '全年关爱工作计划', template: 'committee', from_on: '2026-08-01', until_on: '2027-07-31' }) // prettier-ignore
  const duty = (title: string, kind: string, subject: string, rhythm: object, account_id: string | null = null) => ({ do: 'add_duty', id: newId(), measure_id: null, title, kind, subject, rhythm, responsible: 'child_director', account_id, pauses_in_holidays: false }) // prettier-ignore
  const task = (title: string, kind: string, month: string) => ({ do: 'add_task', id: newId(), measure_id: null, title, kind, month, festival: null, responsible: 'child_director', account_id: null }) // prettier-ignore
  const edits = [
    task('成立领导小组', 'organise', '2026-08'),
    task('走访摸底', 'survey', '2026-08'),
    duty('每月看望结对的孩子', 'visit', 'each_pair', { every: 'month', count: 1 }, worker.id),
    duty('每月一次家园活动', 'lecture', 'unit', { every: 'month', count: 1 }),
    duty('重点孩子的帮扶方案', 'individual_plan', 'each_priority_child', { every: 'quarter', count: 1 }),
  ]
  const edited = await send<Plan>(director, `/plans/${made.id}/edit`, { version: made.version, edits })
  plan = await send<Plan>(director, `/plans/${made.id}/adopt`, { version: edited.version, adopted_on: '2026-08-10' })
})
test.afterAll(async () => {
  await house.stop()
  rmSync(join(house.dataDir, '..'), { recursive: true, force: true })
})

const record = (kind: string, day: string, who: readonly string[], more: object = {}, by = director) =>
  send<RecordRow>(by, recordOps.add.path, { id: newId(), kind, happened_on: day, text: '一起做的', child_ids: who, fields: {}, ...more }) // prettier-ignore
const lines = async () => (await ask<Today>(director, '/today')).due!.units
const line = async (title: string) => (await lines()).find((one) => one.title.startsWith(title))
const dutyCalled = (title: string) => plan.items.duties.find((one) => one.title.startsWith(title))!
async function cell(title: string, month: string) {
  const seen = await ask<Answer<typeof dueOps.progress>>(director, `/plans/${plan.id}/progress`)
  const found = seen.duties.find((one) => one.duty_id === dutyCalled(title).id)!
  return found.months.find((one) => one.month === month)
}
async function pdf(path: string, body: object): Promise<string> {
  const answer = await director.post(`${house.url}/api${path}`, {
    headers: { 'x-nuanyang': '1', 'idempotency-key': newId() },
    data: body,
  })
  expect([answer.status(), answer.ok() ? '' : await answer.text()]).toEqual([200, ''])
  const file = join(house.dataDir, '..', 'paper.pdf')
  writeFileSync(file, await answer.body())
  return readPdf(file).text.replaceAll(/\s/g, '')
}

test('P1.15 八月成立小组、摸底：列在今天，办完有凭据，就不再列着', async () => {
  for (const title of ['成立领导小组', '走访摸底'])
    expect(await line(title)).toMatchObject({ type: 'task', from_on: '2026-08-01', until_on: '2026-08-31', mine: true })
  const task = plan.items.tasks.find((one) => one.title === '成立领导小组')!
  const proof = await record('organise', '2026-08-10', [], { task_id: task.id, fields: { group_name: '关爱领导小组' } })
  await send(director, `/tasks/${task.id}/finish`, {
    version: task.version,
    done_on: '2026-08-10',
    record_id: proof.id,
  })
  expect(await line('成立领导小组')).toBeUndefined()
  expect(await ask<PlanTask>(director, `/tasks/${task.id}`)).toMatchObject({ state: 'done', done_record_id: proof.id })
  await on('2026-09-01')
  // Not done in its month: it stays, as over.
  expect(await line('走访摸底')).toMatchObject({ overdue: true })
})

test('P3.1 班主任看到自己班的留守孩子和外出的原因', async () => {
  const { items } = await ask<{ items: { name: string }[] }>(teacher, '/children?limit=20')
  expect(items.map(({ name }) => name).toSorted()).toEqual(['苗清明', '谷小雪'].toSorted())
  const found = await ask<{ rows: (string | number)[][] }>(teacher, `${documentOps.preview.path}?kind=cross_table&rows=cause&across=sex`) // prettier-ignore
  expect(found.rows.find((cells) => cells[0] === '家庭收入低')?.at(-1)).toBe(2)
  expect(found.rows.at(-1)?.at(-1)).toBe(2)
})

for (const [number, title, days] of [
  ['P5.15', '国庆', { listed: '2026-09-17', day: '2026-10-01', until: '2026-10-08', month: '2026-10' }],
  // The ninth day of the ninth month, 18 October in 2026 and 8 October in 2027.
  ['P5.16', '重阳', { listed: '2026-10-10', day: '2026-10-18', until: '2026-10-25', month: '2026-10' }],
] as const)
  test(`${number} ${title}：节前就列在今天，做了就算，计划的那一格是满的`, async () => festival(title, days))

async function festival(title: string, days: { listed: string; day: string; until: string; month: string }) {
  await on(days.listed)
  expect(await line(`${title}：`)).toMatchObject({ type: 'duty', until_on: days.until, left: 1, overdue: false })
  await on(days.day)
  await record('activity', days.day, [], { fields: { type: 'festival', theme: title } })
  expect(await line(`${title}：`)).toBeUndefined()
  expect(await cell(`${title}：`, days.month)).toMatchObject({ owed: 1, on_time: 1, overdue: 0 })
}

test('P5.16 重阳按农历算：哪一天年年不同', async () => {
  const { years } = await ask<Calendar>(director, '/calendar')
  const day = (year: number) => years.find((one) => one.year === year)?.festivals.find((one) => one.festival === 'double_ninth')?.on_day // prettier-ignore
  expect([day(2026), day(2027)]).toEqual(['2026-10-18', '2027-10-08'])
})

test('P2.3 定期帮扶：每月一次，到期的列在帮扶的人面前，做了就算', async () => {
  const owed = async () => (await ask<Answer<typeof todayOps.due>>(grid, '/today/due')).items.flatMap((child) => child.items).filter((item) => item.pairing_id === pairing.id) // prettier-ignore
  expect(await owed()).toMatchObject([{ title: '每月看望结对的孩子', until_on: '2026-10-31', missed: 2 }])
  await record('visit', '2026-10-18', [children[0]!], { pairing_id: pairing.id, fields: { met: 'carer' } }, grid)
  expect(await owed()).toEqual([])
  expect(await cell('每月看望结对的孩子', '2026-10')).toMatchObject({ owed: 1, on_time: 1 })
})

test('P1.24 十一月继续结对：没去看的提醒得到，铃会响', async () => {
  await on('2026-11-25')
  const duty = dutyCalled('每月看望结对的孩子')
  expect(await send(director, '/today/remind', { duty_id: duty.id })).toMatchObject({
    told: ['罗云山'],
    unreachable: 0,
  })
  const { items } = await ask<{ items: { kind: string; from_name: string; numbers: object }[] }>(grid, '/notices')
  expect(items[0]).toMatchObject({ kind: 'reminder', from_name: '林青禾', numbers: { children: 1 } })
})

test('P4.4 每月一次家园活动：哪个月没办看得见，完成情况里点得到', async () => {
  await record('lecture', '2026-09-12', [], { fields: { topics: ['law'], theme: '家园活动' } })
  await record('lecture', '2026-11-14', [], { fields: { topics: ['safety', 'rules'], theme: '家园活动' } })
  const months = ['2026-09', '2026-10', '2026-11']
  const seen = await Promise.all(months.map((month) => cell('每月一次家园活动', month)))
  expect(seen.map((one) => [one!.on_time, one!.overdue])).toEqual([[1, 0], [0, 1], [1, 0]]) // prettier-ignore
  const late = await ask<Answer<typeof dueOps.due>>(director, `/due_items?plan_id=${plan.id}&duty_id=${dutyCalled('每月一次家园活动').id}&month=2026-10`) // prettier-ignore
  expect(late.items).toMatchObject([{ state: 'overdue', owners: ['林青禾'] }])
})

test('P1.7 重点关爱的孩子各有一份帮扶方案，到期要看，纸上没有标签', async () => {
  const due = async () => (await cell('重点孩子的帮扶方案', '2026-12'))!
  expect(await due()).toMatchObject({ owed: 1, due: 1 })
  const fields = { template: 'support', part: 'plan', goals: ['每周有人陪着写作业'], review_on: '2026-12-20' }
  const made = await record('individual_plan', '2026-11-25', [children[1]!], { text: '奶奶看不清作业本', fields })
  expect(await due()).toMatchObject({ on_time: 1, due: 0 })
  const card = await pdf(recordOps.print.path, { record_ids: [made.id], paper: 'card', format: 'pdf', purpose: '存档' })
  for (const words of ['帮扶方案', '苗清明', '每周有人陪着写作业']) expect(card).toContain(words)
  expect(card).not.toMatch(/问题儿童|困难儿童|重点对象|重点关爱/)
})

test('P5.17 按需要分类，各有帮扶计划，分工表印得出来', async () => {
  const me = (await ask<{ account: { id: string } }>(director, '/session')).account.id
  const start = await send<Board>(director, '/boards', { id: newId(), name: '分类帮扶', sorted: false })
  const group = (name: string, need: string, child: string, words: string) => ({ id: newId(), name, need, owner: { account_id: me, helper_id: null }, times: '每周三', plan: words, content: null, child_ids: [child] }) // prettier-ignore
  const groups = [group('学习', 'study', children[0]!, '补数学'), group('生活', 'life', children[2]!, '学做饭')]
  const saved = await send<Board>(director, `/boards/${start.id}/save`, { version: start.version, name: '分类帮扶', groups }) // prettier-ignore
  await send(director, `/boards/${start.id}/apply`, { version: saved.version })
  const printed = await pdf(`/boards/${start.id}/print`, { format: 'pdf', purpose: '上报' })
  for (const words of ['学习', '补数学', '谷小雪', '生活', '学做饭', '桑春分']) expect(printed).toContain(words)
})

test('P3.22 十二月继续结对：快到期的列得出来，续了就不再列', async () => {
  await on('2026-12-01')
  const ending = async () => (await ask<{ items: Pairing[] }>(director, '/pairings?state=ending')).items.map((one) => one.id) // prettier-ignore
  expect(await ending()).toEqual([pairing.id])
  const { version } = await ask<PairingDetail>(director, `/pairings/${pairing.id}`)
  await send(director, `/pairings/${pairing.id}/renew`, { version, planned_until_on: '2027-12-20' })
  expect(await ending()).toEqual([])
})

for (const [number, title, listed, day, until] of [
  ['P5.10', '三八', '2027-02-25', '2027-03-08', '2027-03-15'],
  ['P5.11', '五一', '2027-04-20', '2027-05-01', '2027-05-08'],
  ['P5.13', '六一', '2027-05-25', '2027-06-01', '2027-06-08'],
  ['P5.14', '七一', '2027-06-20', '2027-07-01', '2027-07-08'],
] as const) {
  // The windows of these two overlap: what the first of May brings stands in both, so the list is read before it.
  if (number === 'P5.11')
    test('P5.12 五四：节前就列在今天', async () => {
      await on('2027-04-20')
      expect(await line('五四')).toMatchObject({ type: 'duty', from_on: '2027-04-20', until_on: '2027-05-11', left: 1 })
    })
  test(`${number} ${title}：节前就列在今天，做了就算，计划的那一格是满的`, async () =>
    festival(title, { listed, day, until, month: day.slice(0, 7) }))
  if (number === 'P5.11')
    test('P5.12 五四：做了就算，计划的那一格是满的', async () => {
      await on('2027-05-04')
      await record('activity', '2027-05-04', [], { fields: { type: 'festival', theme: '民族精神' } })
      expect(await line('五四')).toBeUndefined()
      expect(await cell('五四', '2027-05')).toMatchObject({ owed: 1, on_time: 1, overdue: 0 })
    })
}
