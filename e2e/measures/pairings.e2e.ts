// Measures of the five plans about helpers and pairings, each ending at the list, the refusal or the paper that proves it. One server and
// one township for all; set up through the API.
import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import exceljs from 'exceljs'
import { childOps } from '@nuanyang/contract/children.ts'
import type { Board } from '@nuanyang/contract/pairings.boards.ts'
import type { HelperKind, Pairing, PairingDetail } from '@nuanyang/contract/pairings.ts'
import type { Helper } from '@nuanyang/contract/pairings.register.ts'
import { newId } from '../../server/src/kernel/ids.ts'
import { ask, send, takeSeat } from '../hands.ts'
import { comesIn, newUnit, settle } from '../house.ts'
import { expect, settledDataDir, startServer, test, type Server } from '../server.ts'

let house: Server
let page: Page
let leader: Page
let leaderAccount: string
let village: string
let group: string
/** A day so many days from today. */
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
const clear = { offences: 'clear', habits: 'clear', neglect: 'clear', other: 'clear' }

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000)
  house = await startServer({ dataDir: await settledDataDir() })
  const context = await browser.newContext({ baseURL: house.url, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  page = await context.newPage()
  const person = { name: '孟长庚', username: 'mengchanggeng', password: '檐下的燕子又回来了' }
  const { memberships } = await settle(page, house, { kind: 'township', place_code: '360123104' }, person)
  await takeSeat(page, 'administrator')
  const township = memberships[0]!.unit_id
  village = await newUnit(page, 'village', township, '大水村')
  group = await newUnit(page, 'villager_group', village, '三组')
  const school = await newUnit(page, 'school', township, '青石小学')
  leader = await comesIn(page, browser, house, { name: '柳校长', role: 'school_leader', unit_id: school })
  leaderAccount = (await ask<{ account: { id: string } }>(leader, '/session')).account.id
  await takeSeat(page, 'child_supervisor')
})
test.afterAll(async () => {
  await house.stop()
  rmSync(join(house.dataDir, '..'), { recursive: true, force: true })
})

async function newChild(name: string, facts: object = {}): Promise<string> {
  const id = newId()
  const links = [{ unit_id: village, as: 'residence' }]
  await send(page, childOps.create.path, { id, facts: { name, villager_group: '三组', ...facts }, links })
  return id
}

async function register(name: string, kind: HelperKind, extra: object = {}, vetted = true): Promise<Helper> {
  const made = await send<Helper>(page, '/helpers', {
    id: newId(),
    name,
    kind,
    kind_words: null,
    sex: null,
    phones: [],
    occupation: null,
    employer: null,
    villager_group_id: group,
    offer: null,
    subjects: [],
    languages: [],
    skills: [],
    free_times: null,
    max_children: 2,
    consented_on: null,
    consent_how: null,
    applied_on: day(-110),
    ...extra,
  })
  return vetted ? vet(made) : made
}
const vet = (helper: Helper) =>
  send<Helper>(page, `/helpers/${helper.id}/vet`, {
    version: helper.version,
    on: day(-109),
    items: clear,
    until_on: null,
    note: null,
  })

const pair = (child_id: string, helper: { id: string }, extra: object = {}) =>
  send<PairingDetail>(page, '/pairings', {
    id: newId(),
    child_id,
    helper: { helper_id: helper.id },
    from_on: day(-80),
    ...extra,
  })

/** The refusal's code, for what must not go through. */
async function refused(path: string, body: object): Promise<string> {
  const answer = await page.request.post(`/api${path}`, {
    headers: { 'x-nuanyang': '1', 'idempotency-key': newId() },
    data: body,
  })
  expect(answer.ok()).toBe(false)
  return ((await answer.json()) as { code: string }).code
}

async function paper(path: string, body: object, who = page): Promise<Buffer> {
  const answer = await who.request.post(`/api${path}`, {
    headers: { 'x-nuanyang': '1', 'idempotency-key': newId() },
    data: body,
  })
  if (!answer.ok()) throw new Error(await answer.text())
  return answer.body()
}

async function pdfWords(bytes: Buffer): Promise<string> {
  const path = test.info().outputPath('paper.pdf')
  writeFileSync(path, bytes)
  return execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' }).replaceAll(/\s/g, '')
}

/** The row of a printed table that begins with this name. */
async function sheetRow(which: string, name: string): Promise<string> {
  const book = new exceljs.Workbook()
  await book.xlsx.load((await paper('/pairings/sheets', { which, purpose: '上报', format: 'xlsx' })) as never)
  const rows = book.worksheets[0]!.getSheetValues().flatMap((row) =>
    Array.isArray(row) ? [(row.slice(1) as (string | number | null)[]).join(' ')] : [],
  )
  return rows.find((row) => row.includes(name)) ?? ''
}

const pairings = async (query: string) => (await ask<{ items: Pairing[] }>(page, `/pairings?${query}`)).items

test('P1.3 结对写明帮学习还是生活，帮扶记录记在这一对名下', async () => {
  const child = await newChild('柏一舟')
  const made = await pair(child, await register('温如水', 'volunteer'), { goals: ['study', 'life'] })
  await send(page, '/records', {
    id: newId(),
    kind: 'study',
    happened_on: day(-60),
    text: '一起复习了应用题',
    child_ids: [child],
    pairing_id: made.id,
    fields: {},
  })
  expect(await sheetRow('pairings', '柏一舟')).toContain('学习、生活')
  const { items } = await ask<{ items: { text: string }[] }>(page, `/records?pairing_id=${made.id}`)
  expect(items.map((record) => record.text)).toEqual(['一起复习了应用题'])
})

test('P1.8 按村民组找帮扶人，关爱网络图印得出来', async () => {
  const child = await newChild('荣双溪')
  await pair(child, await register('石玉兰', 'party_member'))
  await newChild('蒲三月')
  const words = await pdfWords(await paper('/pairings/network', { purpose: '村务会' }))
  for (const part of ['关爱网络图', '三组', '石玉兰', '荣双溪', '蒲三月', '还没有帮扶人']) expect(words).toContain(part)
  const { items } = await ask<{ items: Helper[] }>(page, `/helpers?villager_group_id=${group}&room=yes`)
  expect(items.map((helper) => helper.name)).toContain('石玉兰')
})

test('P1.13 代理家长、爱心妈妈、临时爸爸：没核查的不能结对，核查后签责任书', async () => {
  for (const [name, kind, words] of [
    ['江望舒', 'proxy_parent', '代理家长'],
    ['何青禾', 'caring_mother', '爱心妈妈'],
    ['陆行远', 'temporary_father', '临时爸爸'],
  ] as const) {
    const child = await newChild(`${name.slice(0, 1)}小满`)
    const helper = await register(name, kind, {}, false)
    const body = { id: newId(), child_id: child, helper: { helper_id: helper.id }, from_on: day(-80) }
    expect(await refused('/pairings', body)).toBe('not_vetted')
    await vet(helper)
    const made = await pair(child, helper)
    const letter = await pdfWords(await paper(`/pairings/${made.id}/letter`, { format: 'pdf' }))
    for (const part of ['结对帮扶责任书', name, words, '监护人签名']) expect(letter).toContain(part)
  }
})

test('P1.17 爱心妈妈等的结对，一张表看得全', async () => {
  const child = await newChild('芦四方')
  const made = await pair(child, await register('文秋水', 'caring_mother'), { planned_until_on: day(270) })
  expect((await pairings('kind=caring_mother&state=current')).map((one) => one.id)).toContain(made.id)
  const row = await sheetRow('pairings', '芦四方')
  for (const part of ['文秋水', '爱心妈妈', day(-80), day(270)]) expect(row).toContain(part)
})

test('P1.21 还缺帮扶人的点得到名字，结对以后名单上就没有了', async () => {
  const child = await newChild('乔五月')
  const names = async () =>
    (await ask<{ items: { name: string }[] }>(page, '/pairings/waiting')).items.map((one) => one.name)
  expect(await names()).toContain('乔五月')
  await pair(child, await register('严冬梅', 'resident'))
  expect(await names()).not.toContain('乔五月')
})

test('P2.3 定期帮扶：约好怎么联系、下次哪天，做过几次数得清', async () => {
  const child = await newChild('范六合')
  const made = await pair(child, await register('郎清平', 'cadre'), { contact_how: '每月第一个周六上午在村小' })
  const set = await send<PairingDetail>(page, `/pairings/${made.id}/next-contact`, {
    version: made.version,
    on: day(7),
  })
  expect(set).toMatchObject({ next_contact_on: day(7), contact_how: '每月第一个周六上午在村小' })
  for (const happened_on of [day(-50), day(-15)]) {
    const body = {
      id: newId(),
      kind: 'talk',
      happened_on,
      text: '聊了聊近况',
      child_ids: [child],
      pairing_id: made.id,
      fields: {},
    }
    await send(page, '/records', body)
  }
  const { items } = await ask<{ items: { happened_on: string }[] }>(
    page,
    `/records?pairing_id=${made.id}&from=${day(-80)}&until=${day(0)}`,
  )
  expect(items.map((record) => record.happened_on).toSorted()).toEqual([day(-50), day(-15)])
})

test('P2.8 心理帮扶落实到每一位干部：负责人写计划和效果，别人只看到谁负责', async () => {
  const child = await newChild('苗七星')
  const start = await send<Board>(page, '/boards', { id: newId(), name: '心理帮扶', sorted: false })
  const mind = { id: newId(), name: '谈心组', need: 'mind', plan: null, content: null, child_ids: [child] }
  const owner = { account_id: leaderAccount, helper_id: null }
  const saved = await send<Board>(page, `/boards/${start.id}/save`, {
    version: start.version,
    name: start.name,
    groups: [{ ...mind, owner, times: '每周四下午' }],
  })
  const applied = await send<Board>(page, `/boards/${start.id}/apply`, { version: saved.version })
  await send(leader, `/boards/${start.id}/note`, {
    version: applied.version,
    group_id: mind.id,
    plan: '先从画画聊起',
    stage: { on: day(-20), effect: '肯说话了' },
  })
  const theirs = await ask<Board>(leader, `/boards/${start.id}`)
  expect(theirs.groups[0]).toMatchObject({ own: true, plan: '先从画画聊起' })
  const printed = await pdfWords(await paper(`/boards/${start.id}/print`, { format: 'pdf', purpose: '开会' }))
  for (const part of ['心理帮扶分工表', '谈心组', '柳校长', '每周四下午']) expect(printed).toContain(part)
  for (const hidden of ['画画', '肯说话']) expect(printed).not.toContain(hidden)
})

test('P2.10 重点帮扶对象配好干部，分工表上有名有姓', async () => {
  const child = await newChild('殷八桂')
  const cadre = await register('方正平', 'cadre', { occupation: '驻村干部' })
  const made = await pair(child, cadre, { goals: ['life', 'safety'] })
  expect((await pairings('kind=cadre')).map((one) => one.id)).toContain(made.id)
  const start = await send<Board>(page, '/boards', { id: newId(), name: '重点帮扶', sorted: false })
  const one = { id: newId(), name: '生活组', need: 'life', times: '每周一次', plan: '入户看看', content: null }
  await send(page, `/boards/${start.id}/save`, {
    version: start.version,
    name: start.name,
    groups: [{ ...one, owner: { account_id: null, helper_id: cadre.id }, child_ids: [child] }],
  })
  const printed = await pdfWords(await paper(`/boards/${start.id}/print`, { format: 'pdf', purpose: '上报' }))
  for (const part of ['重点帮扶分工表', '方正平', '殷八桂', '入户看看']) expect(printed).toContain(part)
})

test('P2.13 更多人愿意当代理家长：申请、核查、名册', async () => {
  const helper = await register('岳长青', 'proxy_parent', { offer: '可以接送上下学' }, false)
  const names = async (state: string) =>
    (await ask<{ items: Helper[] }>(page, `/helpers?kind=proxy_parent&state=${state}`)).items.map((one) => one.name)
  expect(await names('applied')).toContain('岳长青')
  await vet(helper)
  expect(await names('ready')).toContain('岳长青')
  const row = await sheetRow('register', '岳长青')
  for (const part of ['代理家长', '可以接送上下学', day(-109), '可以结对']) expect(row).toContain(part)
})

test('P3.7 每人一个学习小帮手，名单印得出来', async () => {
  const [one, other] = [await newChild('詹九思'), await newChild('贝十全')]
  await send(page, '/pairings/buddies', { id: newId(), child_id: one, buddy_child_id: other, from_on: day(-80) })
  expect(await sheetRow('buddies', '詹九思')).toContain('贝十全')
})

test('P3.13 帮扶教师和别的家长来结对', async () => {
  const child = await newChild('卓思齐')
  await pair(child, await register('夏知远', 'help_teacher', { subjects: ['语文'] }))
  await pair(child, await register('庄美云', 'other_parent'))
  for (const [kind, name] of [
    ['help_teacher', '夏知远'],
    ['other_parent', '庄美云'],
  ])
    expect((await pairings(`kind=${kind}`)).map((one) => one.helper_name)).toContain(name)
  expect(await sheetRow('pairings', '庄美云')).toContain('其他学生家长')
})

test('P3.21 师生结对：推荐会说教得了什么，确认了才算', async () => {
  const child = await newChild('齐明朗')
  const wish = { version: 0, goals: ['study'], subjects: ['物理'], languages: [], helper_sex: null, words: null }
  await send(page, `/children/${child}/helper-wish`, wish)
  const teacher = await register('祝方圆', 'help_teacher', { subjects: ['物理'] })
  const suggested = await send<{
    pairs: { child_id: string; helper_id: string; reasons: { code: string; words: string }[] }[]
  }>(page, '/pairings/suggest', { locked: [], apart: [], left_out: [] })
  const found = suggested.pairs.find((one) => one.child_id === child)!
  expect(found.helper_id).toBe(teacher.id)
  expect(found.reasons).toContainEqual({ code: 'subject', words: '物理' })
  expect(await pairings(`child_id=${child}`)).toEqual([])
  const pairs = [{ id: newId(), child_id: child, helper_id: teacher.id }]
  await send(page, '/pairings/confirm', { pairs, from_on: day(-20) })
  expect(await sheetRow('pairings', '齐明朗')).toContain('帮扶教师')
})

test('P4.6 一帮一，一人最多一两个：第三个拦住，有理由才行，负荷表写着', async () => {
  const helper = await register('古道成', 'cadre')
  for (const name of ['支一鸣', '支二鸣']) await pair(await newChild(name), helper)
  const third = {
    id: newId(),
    child_id: await newChild('支三鸣'),
    helper: { helper_id: helper.id },
    from_on: day(-80),
  }
  expect(await refused('/pairings', third)).toBe('helper_full')
  await send(page, '/pairings', { ...third, over_limit_reason: '三个是亲兄弟' })
  const row = await sheetRow('load', '古道成')
  for (const part of ['支一鸣', '支三鸣', '三个是亲兄弟']) expect(row).toContain(part)
})

test('P5.5 党团员和离退休老同志当代理家长，名册和责任书都有', async () => {
  const child = await newChild('席念恩')
  await register('冉红星', 'party_member')
  const old = await register('尚德厚', 'retired_comrade', { kind_words: '离休老教师' })
  expect(await sheetRow('register', '冉红星')).toContain('党员')
  const made = await pair(child, old)
  const letter = await pdfWords(await paper(`/pairings/${made.id}/letter`, { format: 'pdf' }))
  for (const part of ['尚德厚', '离休老教师', '席念恩']) expect(letter).toContain(part)
})

test('P5.8 一帮一、一带一分得清', async () => {
  const helper = await register('桑榆晚', 'volunteer')
  await pair(await newChild('幸一帆'), helper, { form: 'one_to_one' })
  await pair(await newChild('幸二帆'), helper, { form: 'one_leads_one' })
  expect(await sheetRow('pairings', '幸一帆')).toContain('一帮一')
  expect(await sheetRow('pairings', '幸二帆')).toContain('一带一')
})

test('P5.18 居民愿意帮的登记下来，不帮了孩子马上在名单上', async () => {
  const helper = await register('谈笑生', 'resident', { offer: '周末教下棋', skills: ['下棋'], free_times: '周末' })
  const child = await newChild('易小楼', { hobbies: '下棋' })
  await pair(child, helper)
  const { version } = await ask<Helper>(page, `/helpers/${helper.id}`)
  await send(page, `/helpers/${helper.id}/leave`, { version, reason: '搬走了' })
  const { items } = await ask<{ items: { name: string; why: { code: string } }[] }>(
    page,
    `/pairings/waiting?helper_id=${helper.id}`,
  )
  expect(items).toMatchObject([{ name: '易小楼', why: { code: 'helper_left' } }])
  const { items: left } = await ask<{ items: Helper[] }>(page, '/helpers?state=left')
  expect(left.find((one) => one.id === helper.id)).toMatchObject({ offer: '周末教下棋', ended_reason: '搬走了' })
})
