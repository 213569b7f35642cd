// What goes wrong with plans: each ends in a sentence, and nothing that was there is lost.
import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { planOps, type Plan } from '@nuanyang/contract/plans.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

let app: TestApp
let cast: Cast
let director: Person

beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village)
})
afterAll(() => app.close())

async function readOne(text: string): Promise<Plan> {
  const { plans } = await app.call(planOps.read, { body: { id: newId(), text } }, director)
  return app.call(planOps.get, { id: plans[0]!.id }, director)
}
const hindrances = async (plan: Plan) =>
  (await app.call(planOps.adoption, { id: plan.id }, director)).hindrances.map((each) => each.code)
const adopt = async (plan: Plan) => {
  const ready = await app.call(planOps.confirm, { id: plan.id, body: { version: plan.version } }, director)
  return app.send(planOps.adopt, { id: plan.id, body: { version: ready.version, adopted_on: '2026-11-25' } }, director)
}

test('a plan without months or anything to do is read, asked about, and not adopted', async () => {
  const plan = await readOne('小暑村关爱工作计划\n一、工作目标\n1、建档率100%。\n')
  expect(plan).toMatchObject({ period_unread: true, items: { duties: [], tasks: [] } })
  expect(await hindrances(plan)).toEqual(['not_confirmed', 'nothing_to_do', 'period_unread'])
  const refused = await adopt(plan)
  expect([refused.status, refused.text]).toEqual([409, expect.stringContaining('一件要做的事也没有')])
})

test('targets that contradict each other, and every day for every child, are said and can be settled', async () => {
  let plan = await readOne(
    '小暑村2026年工作计划\n一、目标\n1、建档率100%。\n2、建档率达到90%。\n二、措施\n1、每天与每个留守儿童谈心一次。\n三、安排\n十一月：家长会。\n',
  )
  expect(plan.problems.map((each) => each.code)).toEqual(['goals_contradict', 'owed_daily'])
  for (const each of plan.problems)
    expect([each.code, /\p{Script=Han}.*[。？]$/u.test(each.zh)]).toEqual([each.code, true])
  const said = (await app.call(planOps.adoption, { id: plan.id }, director)).hindrances.find(({ code }) => code === 'goals_contradict')! // prettier-ignore
  expect(said.zh).toMatch(/建档率.*。$/)
  expect(await hindrances(plan)).toEqual(['not_confirmed', 'goals_contradict'])
  plan = await app.call(planOps.edit, { id: plan.id, body: { version: plan.version, edits: [{ do: 'drop', type: 'goal', id: plan.items.goals[1]!.id }] } }, director) // prettier-ignore
  expect(plan.items.duties).toMatchObject([{ rhythm: { every: 'day', count: 1 } }])
  expect((await adopt(plan)).status).toBe(200)
})

test('month 13 is complained about and what stands under it is not guessed; the rest is there', async () => {
  const plan = await readOne('小暑村工作安排\n一、安排\n十一月：走访摸底。\n13月：召开家长会。\n十二月：工作总结。\n')
  expect(plan.problems).toMatchObject([{ code: 'month_unknown', zh: expect.stringContaining('1 至 12 月') }])
  expect(plan.items.tasks.map((each) => each.kind)).toEqual(['survey', 'summary'])
})

test('two hundred pages are read to their end; more is cut and said so', async () => {
  const page = '1、班主任每月与留守儿童谈心一次，听他们说学校和家里的事，把说过的话记下来，下次接着说，谁也不许落下。\n'
  const long = `小暑村工作计划\n一、措施\n${page.repeat(1500)}二、安排\n十一月：家长会。\n`
  const plan = await readOne(long)
  expect(plan.items.duties.length).toBeGreaterThan(1000)
  expect(plan.items.tasks).toHaveLength(1)
  expect(plan.text!.slice(...plan.items.duties.at(-1)!.span!)).toBe(plan.items.duties.at(-1)!.quote)
  const book = { name: '书.txt', content: `小暑村工作计划\n一、措施\n${page}${'这里是说明。\n'.repeat(60_000)}` }
  const read = await app.call(planOps.read_file, { body: { id: newId() }, file: book }, director)
  expect(read.notes).toMatchObject([{ code: 'text_cut' }])
})

test('a Word file with a photo is read around it; a photo called .docx and an empty file are refused in words', async () => {
  const w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
  const lines = ['小暑村工作计划', '一、措施', '1、每月走访一次留守儿童家庭。', '二、安排', '十一月：家长会。']
  const body = lines.map((line) => `<w:p><w:r><w:t>${line}</w:t></w:r></w:p>`).join('') + '<w:p><w:r><w:drawing/></w:r></w:p>' // prettier-ignore
  const content = zipSync({ 'word/document.xml': strToU8(`<w:document ${w}><w:body>${body}</w:body></w:document>`) })
  const read = await app.call(
    planOps.read_file,
    { body: { id: newId() }, file: { name: '计划.docx', content } },
    director,
  )
  expect(read.notes).toMatchObject([{ code: 'pictures_ignored' }])
  for (const bytes of [Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2]), Buffer.from('   ')]) {
    const refused = await app.refused(planOps.read_file, { body: { id: newId() }, file: { name: '照片.docx', content: bytes } }, director) // prettier-ignore
    expect(refused).toMatchObject({ code: 'plan_file_unreadable', detail: expect.stringMatching(/请换一个文件/) })
  }
})

test('a plan that is over, somebody who is not there, a definition nobody knows', async () => {
  const over = await readOne('小暑村2025年工作计划\n一、安排\n九月：家长会。\n十二月：工作总结。\n')
  expect(await hindrances(over)).toEqual(['not_confirmed', 'over'])
  const plan = await readOne('小暑村工作计划\n一、安排\n十一月：家长会。\n')
  const task = plan.items.tasks[0]!
  const stranger = await app.signInAs('child_director', cast.otherVillage)
  const named = {
    version: plan.version,
    edits: [{ do: 'change_task' as const, id: task.id, to: { account_id: stranger.id } }],
  }
  expect((await app.refused(planOps.edit, { id: plan.id, body: named }, director)).code).toBe('plan_person')
  const body = { version: plan.version, definition: 'nobody_knows' }
  expect((await app.refused(planOps.change, { id: plan.id, body }, director)).code).toBe('plan_definition')
  expect(await app.call(planOps.get, { id: plan.id }, director)).toEqual(plan)
})

test('a village without a child may adopt: it is told that nobody counts yet', async () => {
  const plan = await readOne('小暑村工作计划\n一、措施\n1、每月走访一次留守儿童。\n二、安排\n十二月：工作总结。\n')
  expect((await app.call(planOps.adoption, { id: plan.id }, director)).members).toMatchObject({ registered: 0, members: 0, cannot_say: 0 }) // prettier-ignore
  expect((await adopt(plan)).status).toBe(200)
})

test('two people at once: the second is told, both edits are not lost', async () => {
  const plan = await readOne('小暑村工作计划\n一、安排\n十一月：家长会。\n十二月：工作总结。\n')
  const send = (n: number) =>
    app.send(planOps.edit, { id: plan.id, body: { version: plan.version, edits: [{ do: 'change_task', id: plan.items.tasks[n]!.id, to: { title: `改${n}` } }] } }, director) // prettier-ignore
  const answers = await Promise.all([send(0), send(1)])
  expect(answers.map((each) => each.status).toSorted((a, b) => a - b)).toEqual([200, 409])
  expect(answers.find((each) => each.status === 409)!.text).toContain('stale')
})
