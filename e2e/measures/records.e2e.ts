// Measures of the five plans that end in a record: each is written through the API and proven by the list, the ledger or the paper it ends in.
// One house for all of them, on a Wednesday in November.
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import exceljs from 'exceljs'
import type { APIRequestContext } from '@playwright/test'
import type { Kind } from '@nuanyang/domain/values/kinds.ts'
import { accountOps, type NewCredentials } from '@nuanyang/contract/accounts.ts'
import { childOps } from '@nuanyang/contract/children.ts'
import type { Answer } from '@nuanyang/contract/kernel.ts'
import type { dueOps } from '@nuanyang/contract/plans.due.ts'
import type { LedgerCode, PaperCode } from '@nuanyang/contract/records.papers.ts'
import { recordOps, type NewRecord, type RecordRow } from '@nuanyang/contract/records.ts'
import { unitOps } from '@nuanyang/contract/units.ts'
import { newId } from '../../server/src/kernel/ids.ts'
import { readPdf } from '../hands.ts'
import { expect, newDataDir, settledDataDir, startServer, test, type Server } from '../server.ts'

let house: Server
let director: APIRequestContext
let teacher: APIRequestContext
let counsellor: APIRequestContext
let leader: APIRequestContext
let rain: string
let dawn: string
const scratch = newDataDir()

async function send<A>(who: APIRequestContext, path: string, body: object): Promise<A> {
  const answer = await who.post(`${house.url}/api${path}`, {
    headers: { 'x-nuanyang': '1', 'idempotency-key': newId() },
    data: body,
  })
  if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`)
  return (await answer.json()) as A
}

test.beforeAll(async ({ playwright }) => {
  test.setTimeout(120_000)
  house = await startServer({ dataDir: await settledDataDir(), now: '2026-11-25T02:00:00Z' })
  const somebody = () => playwright.request.newContext({ baseURL: house.url })
  director = await somebody()
  const first = { name: '林青禾', username: 'linqinghe', password: '井台边的老槐树开花了' }
  const { memberships } = await send<{ memberships: { id: string; role: string; unit_id: string }[] }>(director, accountOps.set_up.path, {
    code: house.setup_code, kind: 'village', place_code: '360123104207', ...first, separate_admins: false,
  }) // prettier-ignore
  const seat = (role: string) => memberships.find((one) => one.role === role)!
  const village = seat('child_director').unit_id
  const child = async (name: string) => {
    const id = newId()
    const facts = { name, born_on: '2017-08-21', sex: 'female' }
    await send(director, childOps.create.path, { id, facts })
    return id
  }
  rain = await child('陈小雨')
  dawn = await child('何梓涵')
  await send(director, accountOps.switch_membership.path, { membership_id: seat('administrator').id })
  const school = newId()
  const room = newId()
  await send(director, unitOps.create.path, { id: school, kind: 'school', parent_id: village, name: '芦溪小学' })
  await send(director, unitOps.create.path, { id: room, kind: 'class', parent_id: school, name: '三年级二班', stage: 'primary', entry_year: 2024, class_number: '2' }) // prettier-ignore
  const comesIn = async (name: string, role: string, unit_id: string) => {
    const made = await send<NewCredentials>(director, accountOps.create.path, { id: newId(), name, role, unit_id })
    const who = await somebody()
    await send(who, accountOps.sign_in.path, { username: made.username, password: made.one_time_password })
    await send(who, accountOps.change_own_password.path, { current: made.one_time_password, password: '廊下的雨伞晾在门后边' }) // prettier-ignore
    return who
  }
  teacher = await comesIn('何静', 'class_teacher', room)
  counsellor = await comesIn('冯雪琴', 'counsellor', school)
  leader = await comesIn('郑海涛', 'leading_group', village)
  await send(director, accountOps.switch_membership.path, { membership_id: seat('child_director').id })
  for (const id of [rain, dawn]) await send(director, childOps.place.path.replace(':id', id), { unit_id: room, as: 'class', from_on: '2026-09-01' }) // prettier-ignore
})
test.afterAll(async () => {
  await house.stop()
  for (const folder of [house.dataDir, scratch]) rmSync(join(folder, '..'), { recursive: true, force: true })
})

async function record(kind: Kind, given: Partial<NewRecord>, who = director): Promise<RecordRow> {
  return send<RecordRow>(who, recordOps.add.path, { id: newId(), kind, happened_on: '2026-11-24', child_ids: [], fields: {}, ...given }) // prettier-ignore
}

async function list(query: string, who = director): Promise<RecordRow[]> {
  const answer = await who.get(`${house.url}/api/records?${query}`)
  return ((await answer.json()) as { items: RecordRow[] }).items
}

/** The words of what is printed of one record, without its spaces. */
async function paper(one: { id: string }, code: PaperCode, who = director): Promise<string> {
  return printed({ record_ids: [one.id], paper: code }, who)
}
async function printed(which: object, who = director): Promise<string> {
  const answer = await who.post(`${house.url}/api${recordOps.print.path}`, {
    headers: { 'x-nuanyang': '1', 'idempotency-key': newId() },
    data: { format: 'pdf', purpose: '检查', ...which },
  })
  expect([answer.status(), answer.ok() ? '' : await answer.text()]).toEqual([200, ''])
  const path = `${scratch}.pdf`
  writeFileSync(path, await answer.body())
  return readPdf(path).text.replaceAll(/\s/g, '')
}

/** The rows of a ledger as they stand in the sheet. */
async function ledger(code: LedgerCode, filter: object = {}, who = director): Promise<unknown[][]> {
  const answer = await who.post(`${house.url}/api${recordOps.ledger.path}`, {
    headers: { 'x-nuanyang': '1', 'idempotency-key': newId() },
    data: { ledger: code, filter, purpose: '检查' },
  })
  expect([answer.status(), answer.ok() ? '' : await answer.text()]).toEqual([200, ''])
  const book = new exceljs.Workbook()
  await book.xlsx.load((await answer.body()) as never)
  return book.worksheets[0]!.getSheetValues().flatMap((row) => (Array.isArray(row) ? [row] : []))
}
const cells = async (code: LedgerCode, filter: object = {}) => (await ledger(code, filter)).flat()
const all = (...words: string[]) => expect.arrayContaining(words)

test('P1.5 leaflets and banners stand in the publicity ledger', async () => {
  await record('publicity', { text: '防溺水', fields: { form: 'leaflet', copies: 120, households: 86 } })
  expect(await cells('publicity')).toEqual(expect.arrayContaining(['宣传单', 120, 86]))
})

test('P1.9 the week’s video calls are in the log; one that nobody answered does not count', async () => {
  await record('call', { child_ids: [rain], happened_on: '2026-11-23', fields: { reached: 'no', party: 'mother', way: 'video' } }) // prettier-ignore
  await record('call', { child_ids: [rain], fields: { reached: 'yes', party: 'mother', way: 'video', minutes: 12 } })
  const week = `child_id=${rain}&kind=call&from=2026-11-23&until=2026-11-29`
  expect(await list(week)).toHaveLength(2)
  expect(await list(`${week}&counts=yes`)).toHaveLength(1)
  expect(await cells('calls')).toEqual(all('妈妈', '视频', '没接通'))
})

test('P1.10 the month’s inspiring film is recorded with its title', async () => {
  await record('film', { child_ids: [rain, dawn], fields: { film: '背起爸爸上学', type: 'inspiring', heads_all: 26, heads_left_behind: 11 } }) // prettier-ignore
  expect(await list('kind=film&from=2026-11-01&until=2026-11-30')).toMatchObject([{ fields: { film: '背起爸爸上学' } }])
  expect(await cells('activities')).toEqual(expect.arrayContaining(['背起爸爸上学', 26, 11]))
})

test('P1.12 the activity room opens on holidays', async () => {
  const one = await record('station', { happened_on: '2026-10-03', place: '活动室', fields: { heads_all: 15, heads_left_behind: 9 } }) // prettier-ignore
  expect(await paper(one, 'card')).toContain('活动室')
})

test('P1.20 National Day is celebrated and printed', async () => {
  const one = await record('activity', { happened_on: '2026-10-01', text: '一起升国旗、画祖国', fields: { type: 'festival', theme: '国庆节' } }) // prettier-ignore
  expect(await paper(one, 'card')).toContain('国庆节')
})

test('P1.22 telephone or video: how the family talked is said', async () => {
  await record('call', { child_ids: [dawn], fields: { reached: 'yes', party: 'father', way: 'phone' } })
  expect(await list(`child_id=${dawn}&kind=call`)).toMatchObject([{ fields: { way: 'phone', party: 'father' } }])
  expect(await cells('calls')).toEqual(all('电话', '爸爸'))
})

test('P1.23 the parents’ meeting has agenda, attendance and minutes', async () => {
  const one = await record('meeting', {
    text: '说了寒假安全。',
    fields: { type: 'parents', theme: '期末家长会', agenda: ['安全', '联系'], invited: 20, attended: 18, attendees: [{ name: '王桂英', of: '小雨奶奶' }] },
  }) // prettier-ignore
  expect(await paper(one, 'attendance')).toContain('家长会签到表')
  const minutes = await paper(one, 'card')
  for (const words of ['1.安全', '王桂英', '说了寒假安全', '18']) expect(minutes).toContain(words)
})

test('P1.24 helpers and children go on meeting', async () => {
  await record('activity', {
    child_ids: [rain],
    text: '和刘芳阿姨包饺子',
    fields: { type: 'pairing', theme: '结对活动' },
  })
  expect(await list(`child_id=${rain}&kind=activity&text=饺子`)).toHaveLength(1)
})

test('P2.11 talk after talk: how the child seemed can be followed', async () => {
  for (const [day, mood] of [['2026-09-20', 'low'], ['2026-10-20', 'calm'], ['2026-11-20', 'cheerful']] as const)
    await record('talk', { child_ids: [dawn], happened_on: day, text: '说了近来的事', fields: { mood } }) // prettier-ignore
  const talks = await list(`child_id=${dawn}&kind=talk`)
  expect(talks.map((one) => one.fields['mood'])).toEqual(['cheerful', 'calm', 'low'])
  const series = await printed({ filter: { child_id: dawn, kind: ['talk'] }, paper: 'series' })
  for (const words of ['共3条', '难过', '开心']) expect(series).toContain(words)
})

test('P2.12 the growth diary is printed as a portfolio', async () => {
  await record('diary', { child_ids: [dawn], text: '亲爱的妈妈：\n我会骑车了。', fields: { entry: 'letter_to', heading: '给妈妈的信' } }) // prettier-ignore
  const bag = await printed({ filter: { child_id: dawn, kind: ['diary'] }, paper: 'bag' })
  for (const words of ['何梓涵成长记录袋', '给妈妈的信', '我会骑车了']) expect(bag).toContain(words)
})

test('P2.14 after the visit a slip goes to the carer and the parents', async () => {
  const one = await record('visit', { child_ids: [rain], text: '奶奶在家', fields: { met: 'carer', advice: '过道留一盏灯', told_parents: true } }) // prettier-ignore
  const slip = await paper(one, 'slip')
  for (const words of ['家访反馈单', '过道留一盏灯', '在外的爸爸妈妈']) expect(slip).toContain(words)
})

test('P2.15 written once, it stands in the file, in its ledger, in the ledger of all and on the card', async () => {
  const one = await record('visit', { child_ids: [dawn], happened_on: '2026-11-10', text: '添了新书桌', fields: { met: 'parent' } }) // prettier-ignore
  expect(await list(`child_id=${dawn}&text=新书桌`)).toHaveLength(1)
  expect(await cells('visits')).toEqual(all('添了新书桌'))
  expect(await cells('all')).toEqual(all('添了新书桌'))
  expect(await paper(one, 'card')).toContain('添了新书桌')
})

test('P2.18 parenting guidance is in its ledger', async () => {
  await record('guidance', { child_ids: [rain], text: '怎么和孩子视频', fields: { form: 'class', audience: 'several', minutes: 60, heads_all: 14 } }) // prettier-ignore
  expect(await cells('guidance')).toEqual(all('家长课堂', '怎么和孩子视频'))
})

test('P3.6 help with learning follows a study plan', async () => {
  const plan = await record('individual_plan', { child_ids: [rain], text: '应用题读不懂', fields: { template: 'study', part: 'plan', goals: ['读懂两步应用题'], measures: [{ what: '每周三辅导', who: '何静' }] } }, teacher) // prettier-ignore
  await record('study', { child_ids: [rain], text: '画线段图', fields: { subjects: ['maths'] } }, teacher)
  const text = await paper(plan, 'card', teacher)
  for (const words of ['学习帮扶计划', '1.读懂两步应用题', '每周三辅导']) expect(text).toContain(words)
  expect((await ledger('learning', {}, teacher)).flat()).toEqual(all('画线段图'))
})

test('P3.8 progress is against the child’s own past; no rank is asked for or printed', async () => {
  const marks = (score: number) => [{ subject: 'maths', score, full: 100 }]
  await record('progress', { child_ids: [rain], happened_on: '2026-10-15', fields: { check: 'unit_test', trend: 'same', marks: marks(71) } }, teacher) // prettier-ignore
  const one = await record('progress', { child_ids: [rain], happened_on: '2026-11-15', fields: { check: 'mid_term', trend: 'up', marks: marks(83) } }, teacher) // prettier-ignore
  const card = await paper(one, 'card', teacher)
  for (const words of ['进步档案', '有进步', '数学', '83']) expect(card).toContain(words)
  expect(card).not.toMatch(/名次|排名/)
  expect((await list(`child_id=${rain}&kind=progress`, teacher)).map((record) => record.fields['trend'])).toEqual(['up', 'same']) // prettier-ignore
})

test('P3.9 the canteen is looked at', async () => {
  const one = await record(
    'meals',
    { text: '有菜有蛋', fields: { balanced: 'good', menu: '米饭、青菜、鸡蛋' } },
    teacher,
  )
  expect(await paper(one, 'card', teacher)).toContain('均衡')
})

test('P3.10 an illness says when the guardian was told', async () => {
  await record('health', { child_ids: [rain], text: '发烧', fields: { event: 'ill', treated: 'clinic', guardian_told_on: '2026-11-24' } }, teacher) // prettier-ignore
  expect((await ledger('health', {}, teacher)).flat()).toEqual(all('生病', '2026-11-24'))
})

test('P3.11 what a boarder can do already is ticked off', async () => {
  const one = await record('self_care', { child_ids: [rain], fields: { can: ['bed', 'wash'], learning: ['clothes'] } }, teacher) // prettier-ignore
  const card = await paper(one, 'card', teacher)
  for (const words of ['整理床铺、洗漱洗澡', '洗衣服']) expect(card).toContain(words)
})

test('P3.12 how often a child took part is a number with its list', async () => {
  await record('activity', { child_ids: [dawn], text: '跳绳比赛', fields: { type: 'sport', theme: '跳绳' } })
  await record('film', { child_ids: [dawn, rain], fields: { film: '山里的孩子' } })
  const part = await list(`child_id=${dawn}&kind=activity&kind=film`)
  expect(part.map((one) => one.kind)).toEqual(expect.arrayContaining(['activity', 'film']))
})

test('P3.14 the home visit brings news from school', async () => {
  const one = await record('visit', { child_ids: [dawn], happened_on: '2026-11-18', text: '在门口聊', fields: { met: 'carer', at_school: '举手多了' } }, teacher) // prettier-ignore
  expect(await paper(one, 'slip', teacher)).toContain('举手多了')
})

test('P3.15 carers sit together: minutes and what was settled', async () => {
  const one = await record('meeting', { text: '说了手机', fields: { type: 'carers', theme: '照护人座谈', resolutions: [{ what: '晚上九点收手机', who: '照护人' }] } }, teacher) // prettier-ignore
  expect(await paper(one, 'card', teacher)).toContain('晚上九点收手机')
})

test('P3.16 the talk’s card has the child’s own words and a place to sign', async () => {
  const one = await record('talk', { child_ids: [rain], text: '说了书法课', fields: { child_words: '我想写给妈妈看', way: 'in_person' } }, teacher) // prettier-ignore
  const card = await paper(one, 'card', teacher)
  for (const words of ['谈心记录卡', '我想写给妈妈看', '学生：']) expect(card).toContain(words)
})

test('P3.17 the individual plan is for those who work with the child; the leading group learns only that it exists', async () => {
  const one = await record('individual_plan', { child_ids: [dawn], text: '上课走神', fields: { template: 'education', part: 'plan', goals: ['坐满二十分钟'] } }, teacher) // prettier-ignore
  expect(await paper(one, 'card', teacher)).toContain('个别教育方案')
  const seen = (await list(`child_id=${dawn}&kind=individual_plan`, leader))[0]!
  expect([seen.state, seen.text, seen.fields]).toEqual(['masked', null, {}])
  const mind = await record('individual_plan', { child_ids: [dawn], text: '夜里怕黑', fields: { template: 'mind', part: 'plan' } }, counsellor) // prettier-ignore
  for (const who of [teacher, leader, director])
    expect((await list(`child_id=${dawn}&kind=individual_plan`, who)).map((plan) => plan.id)).not.toContain(mind.id)
})

test('P3.18 class meeting, team, paintings, speeches: each with its type', async () => {
  for (const type of ['class_meeting', 'team', 'art']) await record('activity', { text: '一起', fields: { type, theme: `主题${type}` } }, teacher) // prettier-ignore
  expect((await ledger('activities', {}, teacher)).flat()).toEqual(all('主题class_meeting', '主题art'))
})

test('P3.20 October’s visits and talks are found by their days', async () => {
  await record('visit', { child_ids: [rain], happened_on: '2026-10-02', text: '中秋送月饼', fields: { met: 'carer', purpose: 'festival' } }) // prettier-ignore
  await record('talk', { child_ids: [rain], happened_on: '2026-10-08', text: '说了假期' })
  const found = await list('from=2026-10-01&until=2026-10-31&kind=visit&kind=talk')
  expect(found.map((one) => one.kind)).toEqual(expect.arrayContaining(['visit', 'talk']))
})

test('P3.24 lessons for parents make up for what is missing at home', async () => {
  const one = await record('guidance', { child_ids: [dawn], text: '怎么夸孩子', fields: { form: 'one_family', audience: 'carer' } }, teacher) // prettier-ignore
  expect(await paper(one, 'card', teacher)).toContain('怎么夸孩子')
})

test('P4.2 what a family asks for has an owner, a state and an answer', async () => {
  const one = await record('survey', { child_ids: [rain], text: '想就近上学', fields: { found: 'request', request_about: 'schooling', state: 'open', owner: '林青禾' } }) // prettier-ignore
  await record('survey', { child_ids: [rain], thread_id: one.id, fields: { found: 'answer', request_about: 'schooling', state: 'done', answer: '已和学校说好' } }) // prettier-ignore
  expect((await list(`thread_id=${one.id}`)).map((step) => step.fields['state'])).toEqual(['done', 'open'])
  expect(await cells('requests')).toEqual(all('已和学校说好', '上学'))
})

test('P4.4 the month’s gathering says what it was about', async () => {
  await record('lecture', { text: '红绿灯和网络安全', fields: { topics: ['law', 'safety'], theme: '家园活动' } })
  expect(await list('kind=lecture&from=2026-11-01&until=2026-11-30')).toMatchObject([
    { fields: { topics: ['law', 'safety'] } },
  ])
})

test('P4.5 the children propose and host', async () => {
  const one = await record('activity', { text: '猜灯谜', fields: { theme: '家园活动', proposed_by: '陈小雨', hosted_by: '何梓涵' } }) // prettier-ignore
  const card = await paper(one, 'card')
  for (const words of ['哪个孩子提议', '陈小雨', '何梓涵']) expect(card).toContain(words)
})

test('P4.7 activities, talks, calls and visits are one line', async () => {
  const third = newId()
  await send(director, childOps.create.path, { id: third, facts: { name: '黄天佑' } })
  const kinds: [Kind, NewRecord['fields']][] = [
    ['activity', {}],
    ['talk', {}],
    ['call', { reached: 'yes' }],
    ['visit', { met: 'carer' }],
  ]
  for (const [at, [kind, fields]] of kinds.entries())
    await record(kind, { child_ids: [third], happened_on: `2026-11-0${at + 1}`, text: '记一句', fields })
  expect((await list(`child_id=${third}`)).map((one) => one.kind)).toEqual(['visit', 'call', 'talk', 'activity'])
})

test('P4.8 gifts for two children, 400 yuan in all, with a list to sign', async () => {
  const money = (child_id: string) => ({ what: 'money' as const, name: '慰问金', amount_fen: 20_000, child_id })
  const one = await record('aid', { child_ids: [rain, dawn], happened_on: '2026-06-01', fields: { occasion: 'festival' }, items: [money(rain), money(dawn)] }) // prettier-ignore
  const receipt = await paper(one, 'receipt')
  for (const words of ['签领表', '领取人签字（手印）', '2人', '400元']) expect(receipt).toContain(words)
  const rows = await ledger('aid', { from: '2026-06-01', until: '2026-06-01' })
  expect(rows.at(-1)?.flat()).not.toContain(200)
  expect(rows.flat()).toEqual(expect.arrayContaining(['合计', 400]))
})

test('P5.6 fees paid at the start of term: who got how much, a list to sign, and the rate moves', async () => {
  const rate = async () => {
    const answer = await director.get(`${house.url}/api/rates`)
    const { items } = (await answer.json()) as Answer<typeof dueOps.rates>
    return items.find(({ code }) => code === 'material_aid_rate')!.numerator
  }
  const helped = newId()
  await send(director, childOps.create.path, { id: helped, facts: { name: '卞知秋' } })
  const before = await rate()
  const fee = { what: 'money' as const, name: '学费', amount_fen: 65_000, child_id: helped }
  const one = await record('aid', { child_ids: [helped], happened_on: '2026-09-01', fields: { occasion: 'school_start', source: '爱心企业' }, items: [fee] }) // prettier-ignore
  expect(await rate()).toBe(before + 1)
  const receipt = await paper(one, 'receipt')
  for (const words of ['签领表', '卞知秋', '学费', '650元', '领取人签字']) expect(receipt).toContain(words)
  expect(await cells('aid', { from: '2026-09-01', until: '2026-09-01' })).toEqual(all('开学', '爱心企业', '学费'))
})

test('P4.9 an application for the living allowance is followed to its answer', async () => {
  const one = await record('welfare', { child_ids: [rain], fields: { policy: 'minimum_living', state: 'applied' } })
  await record('welfare', { child_ids: [rain], thread_id: one.id, fields: { policy: 'minimum_living', state: 'approved', monthly_fen: 45_000 } }) // prettier-ignore
  expect(await cells('welfare')).toEqual(all('最低生活保障', '已申请', '批准', '450元'))
})

test('P4.11 thirty came to the station, twelve of them left behind: two numbers', async () => {
  await record('station', { place: '儿童驿站', fields: { heads_all: 31, heads_left_behind: 12 } })
  expect(await cells('activities', { text: '驿站' })).toEqual(expect.arrayContaining([31, 12]))
})

test('P4.12 now and then a discussion is held', async () => {
  await record('meeting', { text: '怎么陪写作业', fields: { type: 'study', theme: '研讨会', attended: 9 } })
  expect(await cells('meetings')).toEqual(expect.arrayContaining(['研讨会', 9]))
})

test('P4.13 blackboards, banners, leaflets and doors are counted', async () => {
  for (const [form, copies] of [['blackboard', 4], ['banner', 7], ['door', 52]] as const) await record('publicity', { text: '关爱', fields: { form, copies } }) // prettier-ignore
  expect(await cells('publicity')).toEqual(expect.arrayContaining(['黑板报', 4, '横幅', 7, '上门入户', 52]))
})

test('P5.2 the police officer’s lesson is recorded', async () => {
  const one = await record('lecture', { text: '遇到陌生人怎么办', fields: { topics: ['law'], lecturer: '褚志强', lecturer_is: 'police', minutes: 40 } }) // prettier-ignore
  const card = await paper(one, 'card')
  for (const words of ['褚志强', '民警', '40分钟']) expect(card).toContain(words)
})

test('P5.4 letters and messages between community, school and parents are kept', async () => {
  const one = await record('guidance', { child_ids: [rain], text: '孩子这周很好', fields: { form: 'message', direction: 'to_family', channel: 'chat' } }, teacher) // prettier-ignore
  await record('guidance', { child_ids: [rain], thread_id: one.id, text: '谢谢老师', fields: { form: 'message', direction: 'from_family', channel: 'chat' } }, teacher) // prettier-ignore
  expect((await ledger('guidance', {}, teacher)).flat()).toEqual(all('给家里', '家里来的', '谢谢老师'))
})

for (const [number, day, theme] of [
  ['P5.10', '2026-03-08', '关爱女孩'],
  ['P5.11', '2026-05-01', '热爱劳动'],
  ['P5.12', '2026-05-04', '民族精神'],
  ['P5.13', '2026-06-01', '奋发学习'],
  ['P5.14', '2026-07-01', '热爱党'],
  ['P5.15', '2026-10-01', '爱国主义'],
  ['P5.16', '2026-10-18', '尊老敬老'],
] as const)
  test(`${number} ${theme}: the festival’s activity is recorded on its day and printed`, async () => {
    const one = await record('activity', { happened_on: day, text: '一起过节', fields: { type: 'festival', theme } })
    expect(await list(`from=${day}&until=${day}&kind=activity`)).toEqual(
      expect.arrayContaining([expect.objectContaining({ id: one.id })]),
    )
    expect(await paper(one, 'card')).toContain(theme)
  })

test('P5.9 films of the revolution are shown and logged', async () => {
  await record('film', { fields: { film: '小兵张嘎', type: 'patriotic', heads_all: 40 } })
  expect(await cells('activities', { from: '2026-11-24' })).toEqual(expect.arrayContaining(['小兵张嘎', 40]))
})
