import { afterAll, beforeAll, expect, test } from 'vitest'
import { childOps } from '@nuanyang/contract/children.ts'
import { planOps, type Plan } from '@nuanyang/contract/plans.ts'
import { recordOps } from '@nuanyang/contract/records.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

let app: TestApp
let cast: Cast
let director: Person
let teacher: Person
let grid: Person

const text = `小暑村留守儿童关爱计划
一、目标
1、建档率达到100%。
2、结对率达到120%。
二、措施
1、儿童主任每月与每名留守儿童谈心一次。
2、村干部定期上门走访。
三、安排
十一月：走访摸底，建立档案；召开家长会。
十二月：开展元旦联欢。
元月：工作总结。
`

beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village)
  teacher = await app.signInAs('class_teacher', cast.class)
  grid = await app.signInAs('grid_worker', cast.village)
  for (const [name, away] of [['陈小雨', true], ['何梓涵', false], ['黄天佑', null]] as const)
    await app.call(
      childOps.create,
      {
        body: {
          id: newId(),
          facts: {
            name, born_on: '2017-08-21',
            ...(away === null ? {} : { father: { name: '父', state: away ? ('away' as const) : ('home' as const) }, mother: { name: '母', state: away ? ('away' as const) : ('home' as const) } }),
          },
        },
      },
      director,
    ) // prettier-ignore
})
afterAll(() => app.close())

async function readOne(given = text, who = director): Promise<Plan> {
  const { plans } = await app.call(planOps.read, { body: { id: newId(), text: given } }, who)
  return app.call(planOps.get, { id: plans[0]!.id }, who)
}

const edit = (plan: Plan, ...edits: Parameters<typeof app.call<typeof planOps.edit>>[1]['body']['edits']) =>
  app.call(planOps.edit, { id: plan.id, body: { version: plan.version, edits } }, director)

/** As the person does on the page of questions: a rhythm for the open duty, a target that can be. */
async function answered(plan: Plan): Promise<Plan> {
  const open = plan.items.duties.find((duty) => 'unspecified' in duty.rhythm)!
  const goal = plan.items.goals.find((each) => each.indicator === 'pairing_rate')!
  const next = await edit(
    plan,
    { do: 'change_duty', id: open.id, to: { rhythm: { every: 'term', count: 2 } } },
    { do: 'change_goal', id: goal.id, to: { target: 1 } },
  )
  return app.call(planOps.confirm, { id: plan.id, body: { version: next.version } }, director)
}

async function adopted(): Promise<Plan> {
  const plan = await answered(await readOne())
  return app.call(planOps.adopt, { id: plan.id, body: { version: plan.version, adopted_on: '2026-11-20' } }, director)
}

test('plans.read makes a draft whose quotes are the very words, sent twice once', async () => {
  const [id, key] = [newId(), newId()]
  const first = await app.call(planOps.read, { body: { id, text } }, director, { key })
  expect(await app.call(planOps.read, { body: { id, text } }, director, { key })).toEqual(first)
  expect(first.plans).toMatchObject([{ title: '小暑村留守儿童关爱计划', state: 'draft' }])
  expect(await app.call(planOps.get_reading, { id }, director)).toEqual(first)
  const plan = await app.call(planOps.get, { id: first.plans[0]!.id }, director)
  expect(plan).toMatchObject({ state: 'draft', archetype: 'village', definition: 'mca', from_on: '2026-11-01', until_on: '2027-01-31', confirmed_at: null }) // prettier-ignore
  for (const item of [...plan.items.goals, ...plan.items.duties, ...plan.items.tasks])
    expect(plan.text!.slice(item.span![0], item.span![1])).toBe(item.quote)
  expect(plan.items.duties.map((d) => [d.kind, d.rhythm, d.responsible])).toEqual([
    ['talk', { every: 'month', count: 1 }, 'child_director'],
    ['visit', { unspecified: true }, expect.anything()],
  ])
  expect(plan.items.tasks.map((t) => [t.kind, t.due_from, t.due_until])).toEqual([
    ['survey', '2026-11-01', '2026-11-30'],
    ['dossier', '2026-11-01', '2026-11-30'],
    ['meeting', '2026-11-01', '2026-11-30'],
    ['activity', '2026-12-18', '2027-01-08'],
    ['summary', '2027-01-01', '2027-01-31'],
  ])
  expect(plan.problems.map((each) => each.code)).toEqual(['target_over_100'])
})

test('plans.read_file takes several plans of one file; what is no plan ends in a sentence', async () => {
  const two = `${text}\n\n荷塘小学留守儿童工作计划\n一、措施\n1、班主任每月谈心一次。\n二、安排\n九月：制定计划。\n`
  const { plans } = await app.call(planOps.read_file, { body: { id: newId() }, file: { name: '计划.txt', content: two } }, director) // prettier-ignore
  expect(plans).toHaveLength(2)
  const photo = { name: '计划.docx', content: Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]) }
  expect(await app.refused(planOps.read_file, { body: { id: newId() }, file: photo }, director)).toMatchObject({ code: 'plan_file_unreadable', detail: expect.stringMatching(/图片|照片/) }) // prettier-ignore
  expect((await app.refused(planOps.read, { body: { id: newId(), text: '见字如面。' } }, director)).code).toBe(
    'plan_unread',
  )
  expect((await app.refused(planOps.read, { body: { id: newId(), text } }, grid)).code).toBe('forbidden')
})

test('plans.adoption says what is in the way and for how many children; plans.adopt refuses until it is settled, and a second time', async () => {
  const plan = await readOne()
  const before = await app.call(planOps.adoption, { id: plan.id }, director)
  expect(before.hindrances.map((each) => each.code)).toEqual(['not_confirmed', 'rhythm_open', 'target_over_100'])
  expect(before.members).toMatchObject({ as: 'residence', registered: 3, members: 0, cannot_say: 2, pairs: 0 })
  const confirmed = await app.call(planOps.confirm, { id: plan.id, body: { version: plan.version } }, director)
  const early = { version: confirmed.version, adopted_on: '2026-11-20' }
  const refusal = await app.refused(planOps.adopt, { id: plan.id, body: early }, director)
  expect(refusal).toMatchObject({ code: 'plan_not_ready', detail: expect.stringContaining('多久一次') })
  const ready = await answered(confirmed)
  expect((await app.call(planOps.adoption, { id: plan.id }, director)).hindrances).toEqual([])
  const body = { version: ready.version, adopted_on: '2026-11-20' }
  expect((await app.refused(planOps.adopt, { id: plan.id, body: { ...body, adopted_on: '2026-12-01' } }, director)).code).toBe('plan_days') // prettier-ignore
  const done = await app.call(planOps.adopt, { id: plan.id, body }, director)
  expect(done).toMatchObject({ state: 'adopted', adoption: { registered: 3, cannot_say: 2 } })
  // Owed from the day it was adopted, not before; counted from the month's first day.
  expect(done.items.duties.map((d) => [d.from_on, d.until_on])).toEqual([
    ['2026-11-20', '2027-01-31'],
    ['2026-11-20', '2027-01-31'],
  ])
  expect((await app.refused(planOps.adopt, { id: plan.id, body }, director)).code).toBe('plan_adopted_already')
  expect((await app.refused(planOps.edit, { id: plan.id, body: { version: done.version, edits: [{ do: 'drop', type: 'duty', id: done.items.duties[0]!.id }] } }, director)).code).toBe('plan_state') // prettier-ignore
})

test('plans.edit: drop and put back, split, merge, link, add; a stale page and another plan’s item are refused', async () => {
  let plan = await readOne()
  const [talk, visit] = plan.items.duties
  plan = await edit(
    plan,
    { do: 'drop', type: 'duty', id: talk!.id },
    { do: 'drop', type: 'measure', id: visit!.measure_id! },
  )
  expect(plan.items.duties).toMatchObject([{ id: visit!.id, measure_id: null }])
  expect(plan.dropped.map((each) => each.type)).toEqual(['duty', 'measure'])
  plan = await edit(plan, { do: 'restore', id: visit!.measure_id! }, { do: 'restore', id: talk!.id })
  expect(plan.items.duties).toEqual([talk, visit])
  const [survey, dossier] = plan.items.tasks
  const part = newId()
  plan = await edit(
    plan,
    { do: 'merge', type: 'task', ids: [survey!.id, dossier!.id] },
    { do: 'split', type: 'duty', id: visit!.id, into: [{ id: visit!.id, title: '走访低龄的' }, { id: part, title: '走访寄宿的' }] },
    { do: 'add_goal', id: newId(), text: '谈心率 95%', indicator: 'talk_rate', target: 0.95 },
    { do: 'add_task', id: newId(), title: '春节慰问', kind: 'aid', month: '2027-01', festival: 'spring_festival', measure_id: null, responsible: null, account_id: director.id },
    { do: 'link', task_id: plan.items.tasks[2]!.id, duty_id: part },
  ) // prettier-ignore
  expect(plan.items.tasks[0]).toMatchObject({ quote: '走访摸底，建立档案' })
  expect(plan.items.duties.map((d) => d.title)).toEqual([talk!.title, '走访低龄的', '走访寄宿的'])
  expect(plan.items.tasks.find((t) => t.duty_id === part)).toMatchObject({ kind: 'meeting' })
  expect(plan.items.tasks.at(-1)).toMatchObject({ festival: 'spring_festival', due_from: '2027-01-23', account_name: director.name }) // prettier-ignore
  const send = (edits: Parameters<typeof edit>[1][], version = plan.version) =>
    app.refused(planOps.edit, { id: plan.id, body: { version, edits } }, director)
  expect((await send([{ do: 'drop', type: 'duty', id: part }], 1)).code).toBe('stale')
  expect((await send([{ do: 'drop', type: 'duty', id: newId() }])).code).toBe('plan_item_gone')
  expect((await send([{ do: 'change_goal', id: plan.items.goals[0]!.id, to: { target: 1.2 } }])).detail).toContain('120%') // prettier-ignore
  expect((await send([{ do: 'change_task', id: plan.items.tasks[0]!.id, to: { month: '2027-09' } }])).code).toBe('plan_month_outside') // prettier-ignore
  const other = await readOne()
  expect((await send([{ do: 'add_goal', id: other.items.goals[0]!.id, text: '抢来的', indicator: null, target: null }])).code).toBe('plan_item_gone') // prettier-ignore
  expect((await app.call(planOps.get, { id: other.id }, director)).items.goals[0]!.text).not.toBe('抢来的')
})

test('plans.change moves days and duties with them; plans.create carries last year over with its months', async () => {
  const plan = await readOne()
  const refusedDays = (body: object) => app.refused(planOps.change, { id: plan.id, body: { version: plan.version, ...body } }, director) // prettier-ignore
  expect((await refusedDays({ until_on: '2026-10-01' })).code).toBe('plan_days')
  expect((await refusedDays({ until_on: '2026-12-31' })).detail).toContain('工作总结')
  const longer = await app.call(planOps.change, { id: plan.id, body: { version: plan.version, title: '改名', until_on: '2027-06-30', definition: 'moe' } }, director) // prettier-ignore
  expect(longer).toMatchObject({ title: '改名', definition: 'moe' })
  expect(new Set(longer.items.duties.map((d) => d.until_on))).toEqual(new Set(['2027-06-30']))
  const next = await app.call(planOps.create, { body: { id: newId(), title: '第二年', from_on: '2027-11-01', until_on: '2028-06-30', carry_from_id: plan.id } }, director) // prettier-ignore
  expect(next).toMatchObject({ replaces_id: plan.id, definition: 'moe', archetype: 'village' })
  expect(next.items.tasks.map((t) => t.due_from)).toEqual(['2027-11-01', '2027-11-01', '2027-11-01', '2027-12-18', '2028-01-01']) // prettier-ignore
  expect(next.items.duties.map((d) => d.from_on)).toEqual(['2027-11-01', '2027-11-01'])
})

test('an adopted duty is never edited: plans.change_duty ends it and opens a successor, plans.stop_duty ends it', async () => {
  const plan = await adopted()
  const talk = plan.items.duties[0]!
  const to = { measure_id: talk.measure_id, title: talk.title, kind: talk.kind, subject: talk.subject, rhythm: { every: 'month' as const, count: 2 }, responsible: talk.responsible, account_id: null, pauses_in_holidays: false } // prettier-ignore
  const body = { version: plan.version, id: newId(), duty_id: talk.id, from_on: '2026-12-01', reason: '一次不够', to }
  expect((await app.refused(planOps.change_duty, { id: plan.id, body: { ...body, to: { ...to, rhythm: { unspecified: true } } } }, director)).code).toBe('plan_rhythm_open') // prettier-ignore
  const changed = await app.call(planOps.change_duty, { id: plan.id, body }, director)
  expect(changed.items.duties.slice(0, 2)).toMatchObject([
    { id: talk.id, until_on: '2026-11-30', ended_reason: '一次不够', rhythm: { every: 'month', count: 1 } },
    { id: body.id, from_on: '2026-12-01', until_on: '2027-01-31', replaces_id: talk.id },
  ])
  expect((await app.refused(planOps.change_duty, { id: plan.id, body: { ...body, id: newId(), version: changed.version } }, director)).code).toBe('plan_item_gone') // prettier-ignore
  const stopped = await app.call(planOps.stop_duty, { id: plan.id, body: { version: changed.version, duty_id: body.id, until_on: '2026-12-31', reason: '并到学校去了' } }, director) // prettier-ignore
  expect(stopped.items.duties[1]).toMatchObject({ until_on: '2026-12-31', ended_reason: '并到学校去了' })
})

test('talking it over: plans.start_discussion, comment, answer_comment, agree; an agreement grows old when items change', async () => {
  const plan = await answered(await readOne())
  const talked = await app.call(planOps.start_discussion, { id: plan.id, body: { version: plan.version } }, director)
  const target = { target_type: 'duty' as const, target_id: talked.items.duties[0]!.id }
  await app.call(planOps.comment, { id: plan.id, body: { id: newId(), ...target, text: '一月一次少了' } }, grid)
  expect((await app.refused(planOps.comment, { id: plan.id, body: { id: newId(), ...target, target_id: newId(), text: '？' } }, grid)).code).toBe('plan_item_gone') // prettier-ignore
  await app.call(planOps.agree, { id: plan.id, body: { id: newId() } }, grid)
  await app.call(planOps.agree, { id: plan.id, body: { id: newId() } }, grid)
  const { items } = await app.call(planOps.comments, { id: plan.id }, director)
  expect(items.map((c) => [c.stance, c.by_name, c.outdated])).toEqual([
    ['comment', grid.name, false],
    ['agree', grid.name, false],
  ])
  await app.call(planOps.answer_comment, { id: items[0]!.id, body: { answer: '改成两次' } }, director)
  app.time.now = new Date(app.time.now.getTime() + 60_000)
  const edited = await edit(talked, { do: 'change_duty', id: target.target_id, to: { rhythm: { every: 'month', count: 2 } } }) // prettier-ignore
  const after = (await app.call(planOps.comments, { id: plan.id }, director)).items
  expect(after.map((c) => [c.answer, c.outdated])).toEqual([
    ['改成两次', false],
    [null, true],
  ])
  const back = await app.call(planOps.return_to_draft, { id: plan.id, body: { version: edited.version } }, director)
  expect(back.state).toBe('draft')
  expect((await app.refused(planOps.agree, { id: plan.id, body: { id: newId() } }, grid)).code).toBe('plan_state')
})

test('plans.tasks_of_record: what became of a meeting’s resolutions, told within the unit', async () => {
  const record_id = newId()
  const meeting = { id: record_id, kind: 'meeting' as const, happened_on: '2026-11-20', text: '说了冬天用电', child_ids: [], fields: { resolutions: [{ what: '逐户看一遍用电' }] } } // prettier-ignore
  await app.call(recordOps.add, { body: meeting }, director)
  expect(await app.call(planOps.tasks_of_record, { id: record_id }, director)).toEqual({ items: [] })
  const task = { id: newId(), title: '逐户看一遍用电', kind: 'organise' as const, due_from: '2026-12-01', due_until: '2026-12-31', responsible: 'child_director' as const, account_id: null } // prettier-ignore
  for (const key of [newId(), newId()])
    await app.call(planOps.add_tasks, { body: { plan_id: null, record_id, tasks: [task] } }, director, { key })
  const made = await app.call(planOps.tasks_of_record, { id: record_id }, director)
  expect(made.items).toMatchObject([{ title: '逐户看一遍用电', record_id, state: 'open', due_until: '2026-12-31' }])
  const far = await app.signInAs('child_director', cast.otherVillage)
  expect(await app.call(planOps.tasks_of_record, { id: record_id }, far)).toEqual({ items: [] })
})

test('tasks: plans.add_tasks, assign_task, finish_task, drop_task, reopen_task', async () => {
  const plan = await adopted()
  const lines = [
    { id: newId(), title: '买两盏台灯', kind: 'aid' as const, due_from: '2026-11-25', due_until: '2026-12-10', responsible: null, account_id: null },
  ] // prettier-ignore
  const made = await app.call(
    planOps.add_tasks,
    { body: { plan_id: plan.id, record_id: null, tasks: lines } },
    director,
  )
  expect(made.items).toMatchObject([{ title: '买两盏台灯', state: 'open' }])
  const bare = await app.call(planOps.add_tasks, { body: { plan_id: null, record_id: null, tasks: [{ ...lines[0]!, id: newId() }] } }, director) // prettier-ignore
  expect(bare.items).toHaveLength(1)
  const someone = (await app.call(planOps.people, { id: plan.id }, director)).items.find(
    (each) => each.account_id === grid.id,
  )!
  expect(someone.name).toBe(grid.name)
  const task = plan.items.tasks[0]!
  const named = await app.call(planOps.assign_task, { id: task.id, body: { version: task.version, responsible: null, account_id: grid.id, due_from: '2026-12-01', due_until: '2026-12-31' } }, director) // prettier-ignore
  expect(named).toMatchObject({ account_name: grid.name, due_until: '2026-12-31' })
  const finish = (version: number, done_on: string) => ({ id: task.id, body: { version, done_on, record_id: null, note: '走完了' } }) // prettier-ignore
  expect((await app.refused(planOps.finish_task, finish(named.version, '2026-12-20'), grid)).code).toBe('task_day')
  const done = await app.call(planOps.finish_task, finish(named.version, '2026-11-24'), grid)
  expect(done).toMatchObject({ state: 'done', done_note: '走完了' })
  expect((await app.refused(planOps.drop_task, { id: task.id, body: { version: done.version, reason: '不用了' } }, director)).code).toBe('task_state') // prettier-ignore
  const open = await app.call(planOps.reopen_task, { id: task.id, body: { version: done.version } }, director)
  const dropped = await app.call(
    planOps.drop_task,
    { id: task.id, body: { version: open.version, reason: '不用了' } },
    director,
  )
  expect(dropped).toMatchObject({ state: 'dropped', dropped_reason: '不用了', done_on: null })
  expect(await app.call(planOps.task, { id: task.id }, grid)).toMatchObject({ state: 'dropped' })
})

test('plans.close keeps its numbers, plans.withdraw its reason; plans.list shows to each what is theirs', async () => {
  const plan = await adopted()
  const closed = await app.call(planOps.close, { id: plan.id, body: { version: plan.version, closed_on: '2026-11-25' } }, director) // prettier-ignore
  expect(closed).toMatchObject({ state: 'closed', closing: { tasks: { done: 0, open: 5 } } })
  expect(closed.items.duties.map((d) => d.until_on)).toEqual(['2026-11-25', '2026-11-25'])
  expect((await app.refused(planOps.withdraw, { id: plan.id, body: { version: closed.version, reason: '试试' } }, director)).code).toBe('plan_state') // prettier-ignore
  const draft = await readOne()
  const gone = await app.call(planOps.withdraw, { id: draft.id, body: { version: draft.version, reason: '放错了' } }, director) // prettier-ignore
  expect(gone).toMatchObject({ state: 'withdrawn', withdrawn_reason: '放错了' })
  const mine = await app.call(planOps.list, { state: 'all', limit: 3 }, director)
  expect(mine.items).toHaveLength(3)
  expect((await app.call(planOps.list, { state: 'all', after: mine.next! }, director)).items.length).toBeGreaterThan(0)
  expect((await app.call(planOps.list, { state: 'closed' }, director)).items.map((p) => p.id)).toEqual([plan.id])
  // The class is no part of the village: nothing of it is seen, not even that it is there.
  expect((await app.call(planOps.list, { state: 'all' }, teacher)).items).toEqual([])
  expect((await app.refused(planOps.get, { id: plan.id }, teacher)).code).toBe('not_found')
})

test('the township’s plan is read by a village once it is talked over, and changed by nobody there', async () => {
  const supervisor = await app.signInAs('child_supervisor', cast.township)
  const plan = await readOne(text.replace('120%', '100%').replace('定期', '每学期'), supervisor)
  expect((await app.refused(planOps.get, { id: plan.id }, director)).code).toBe('not_found')
  const ready = await app.call(planOps.confirm, { id: plan.id, body: { version: plan.version } }, supervisor)
  await app.call(planOps.adopt, { id: plan.id, body: { version: ready.version, adopted_on: '2026-11-25' } }, supervisor)
  expect(await app.call(planOps.get, { id: plan.id }, director)).toMatchObject({ mine: false, state: 'adopted' })
  expect((await app.refused(planOps.close, { id: plan.id, body: { version: 3, closed_on: '2026-11-25' } }, director)).code).toBe('not_found') // prettier-ignore
})
