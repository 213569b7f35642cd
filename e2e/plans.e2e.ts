// A work plan from pasted text to what is owed: every kind of unit's plan is read, looked through, adopted; what it asks for in its first
// two months is due for the right children, is settled by records, and shows in its numbers. The calendar of the house stands still.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { childOps } from '@nuanyang/contract/children.ts'
import type { Answer } from '@nuanyang/contract/kernel.ts'
import type { DueItemRow, dueOps } from '@nuanyang/contract/plans.due.ts'
import { planOps, type Plan } from '@nuanyang/contract/plans.ts'
import { recordOps } from '@nuanyang/contract/records.ts'
import { indicators } from '@nuanyang/domain/values/indicators.ts'
import { newId } from '../server/src/kernel/ids.ts'
import { projectFolder } from '../server/src/kernel/config.ts'
import { ask, send, signIn, takeSeat } from './hands.ts'
import { comesIn, newUnit, settle } from './house.ts'
import { makeChildren } from './materials.ts'
import { expect, settledDataDir, startServer, test as base, type Server } from './server.ts'

const person = { name: '周敏', username: 'zhoumin', password: '井台边的老槐树开花了' }
const september = '2026-09-01T02:00:00Z'
const october = '2026-10-31T02:00:00Z'

const test = base.extend<{ house: Server }>({
  house: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright demands a destructured first argument
    async ({}, use) => {
      const dataDir = await settledDataDir()
      const house = await startServer({ dataDir, now: september })
      await use(house)
      await house.stop()
      rmSync(join(dataDir, '..'), { recursive: true, force: true })
    },
    { timeout: 240_000 },
  ],
  baseURL: async ({ house }, use) => use(house.url),
  actionTimeout: 15_000,
})

/** The plans that the reader is scored on, where they lie beside the project; else plans of our own, one for each kind of unit. */
function planTexts(): string[] {
  const shared = join(projectFolder, '..', 'shared', 'samples', 'plans')
  const own = join(projectFolder, 'domain', 'src', 'plans', 'fixtures')
  const ours = ['village-prose', 'county-bureau', 'boarding-school', 'community-quarters', 'committee-old']
  const files = existsSync(shared)
    ? readdirSync(shared).filter((file) => /^[1-5]-.*\.txt$/.test(file)).map((file) => join(shared, file)) // prettier-ignore
    : ours.map((name) => join(own, `${name}.txt`))
  // Two of our own are of the year after: here they are of the year that the house lives in.
  return files.map((path) => readFileSync(path, 'utf8').replace('2027年度', '2026年度').replace('二〇二七', '二〇二六'))
}

/** With a rate that records of two months can be read from. */
const talks =
  '小暑村关爱留守儿童工作计划\n一、工作目标\n1、活动参与率达到100%。\n二、措施\n1、儿童主任每月与每名留守儿童谈心一次。\n三、工作安排\n九月：走访摸底。\n十二月：工作总结。\n'

const words = {
  zh: { text: '计划全文', read: '读一读', first: '第一天', last: '最后一天', monthly: '每月', go: '就这样', keep: '存成草稿', adopt: '通过', registered: '在册 3 个' },
  en: { text: 'Text of the plan', read: 'Read it', first: 'First day', last: 'Last day', monthly: 'a month', go: 'That is it', keep: 'Keep as a draft', adopt: 'Adopt', registered: 'of 3 registered' },
} // prettier-ignore
type Language = keyof typeof words

async function speak(page: Page, language: Language): Promise<void> {
  await page.evaluate(`localStorage.setItem('ny.language', '${language}')`)
}

/** Answers what has to be answered: the days of the plan, how often, a target. Who does it, and remarks, may stay open. */
async function answerAll(page: Page, say: (typeof words)[Language]): Promise<void> {
  const card = page.locator('.plan-ask')
  const asked = () =>
    page.locator('.plan-side').evaluate((side) => side.querySelector('.plan-ask')?.getAttribute('data-question') ?? '')
  await expect(page.locator('.plan-item').first()).toBeVisible()
  for (let n = 0; n < 60; n++) {
    const key = await asked()
    if (key === '' || /^(who|remark) /.test(key)) return
    if (key === 'period') {
      await card.getByLabel(say.first).fill('2026-09-01')
      await card.getByLabel(say.last).fill('2027-06-30')
    } else if (key.startsWith('rhythm ')) await card.getByRole('button', { name: say.monthly, exact: true }).click()
    else await card.locator('.chip').first().click()
    await card.getByRole('button', { name: say.go }).click()
    await expect.poll(asked).not.toBe(key)
  }
}

/** A plan whose goals are sentences alone gets one that is computed, as somebody looking it through would add it. */
async function withRate(page: Page): Promise<void> {
  const plan = await ask<Plan>(page, `/plans/${/plans\/([0-9a-f-]{36})/.exec(page.url())![1]}`)
  if (plan.items.goals.some((goal) => goal.indicator !== null)) return
  const goal = { do: 'add_goal', id: newId(), text: '每个孩子都参加过活动', indicator: 'activity_rate', target: 1 }
  await send(page, `/plans/${plan.id}/edit`, { version: plan.version, edits: [goal] })
  await page.reload()
}

async function adoptByHand(page: Page, text: string, language: Language): Promise<Plan> {
  const say = words[language]
  await speak(page, language)
  await page.goto('/plans/new')
  await page.getByLabel(say.text).fill(text)
  await page.getByRole('button', { name: say.read }).click()
  await page.waitForURL(/\/plans\/[0-9a-f-]{36}\/check/)
  await withRate(page)
  await answerAll(page, say)
  await page.getByRole('button', { name: say.keep }).click()
  await page.waitForURL(/\/plans\/[0-9a-f-]{36}$/)
  await page.getByRole('button', { name: say.adopt, exact: true }).click()
  const asks = page.getByRole('dialog')
  await expect(asks.getByText(say.registered)).toBeVisible()
  await asks.getByRole('button', { name: say.adopt, exact: true }).click()
  await expect(asks).toBeHidden()
  return ask<Plan>(page, `/plans/${new URL(page.url()).pathname.split('/').at(-1)}`)
}

type Progress = Answer<typeof dueOps.progress>
const progressOf = (page: Page, plan: Plan) => ask<Progress>(page, `/plans/${plan.id}/progress`)

/** The goals' rates as they stand on the plan's page. */
async function ratesOn(page: Page, plan: Plan, language: Language): Promise<Record<string, string>> {
  await speak(page, language)
  await page.goto(`/plans/${plan.id}`)
  const lines = page.locator('.progress-goals > li')
  await expect(lines.first()).toBeVisible()
  const found: Record<string, string> = {}
  // A rate of nobody has no number.
  for (const line of await lines.filter({ has: page.locator('.progress-rate') }).all())
    found[(await line.locator('span').first().textContent())!] = (await line.locator('.progress-rate').textContent())!
  return found
}

/** What a record of the kind must say to count. */
const counting: Record<string, object> = { call: { reached: 'yes' }, visit: { met: 'carer' } }

async function itemsOf(page: Page, plan: Plan, month: string, duty_id: string): Promise<DueItemRow[]> {
  return (await ask<{ items: DueItemRow[] }>(page, `/due_items?plan_id=${plan.id}&month=${month}&duty_id=${duty_id}&limit=200`)).items // prettier-ignore
}

/** Weeks whose Thursday lies in the month. */
const weeksOf: Record<string, number> = { '2026-09': 4, '2026-10': 5 }

/** What the rhythm of a duty asks of each subject in a month that it covers whole; null: not said by the month alone. */
function owedIn(rhythm: Plan['items']['duties'][number]['rhythm'], month: string): number | null {
  if (!('every' in rhythm) || rhythm.interval) return null
  if (rhythm.every === 'month') return rhythm.count
  return rhythm.every === 'week' ? rhythm.count * weeksOf[month]! : null
}

test('each kind of plan from pasted text to what is due in its first two months, settled by records, read as its goal’s rate @phone', async ({
  page,
  house,
}, info) => {
  test.setTimeout(240_000)
  await page.clock.setSystemTime(new Date(september))
  await settle(page, house, { kind: 'village', place_code: '360123104207' }, person)
  await page.goto('/plans')
  const children: string[] = []
  for (const name of ['谷小雪', '苗清明', '桑春分']) {
    children.push(newId())
    const facts = { name, born_on: '2017-08-21', father: { state: 'away' }, mother: { state: 'away' } }
    await send(page, childOps.create.path, { id: children.at(-1), facts })
  }
  // Three of them on the computer and two on the phone, and at each size in both languages.
  const phone = info.project.name === 'phone'
  const languageOf = (n: number): Language => ((n % 2 === 0) === phone ? 'en' : 'zh')
  const texts = phone ? planTexts().slice(3) : planTexts().slice(0, 3)
  const plans: Plan[] = []
  for (const [n, text] of [...texts, talks].entries()) plans.push(await adoptByHand(page, text, languageOf(n)))
  expect(plans.map((plan) => plan.state)).toEqual(plans.map(() => 'adopted'))

  // Two months on: what each plan asked for, child by child, as its own rhythm says.
  await speak(page, 'zh')
  await house.moveTo(october)
  await page.clock.setSystemTime(new Date(october))
  await signIn(page, person)
  const compared: { plan: Plan; duty: Plan['items']['duties'][number] }[] = []
  for (const plan of plans)
    for (const duty of plan.items.duties)
      for (const month of ['2026-09', '2026-10']) {
        const owed = owedIn(duty.rhythm, month)
        const whole = duty.from_on <= `${month}-01` && duty.until_on >= `${month}-31`
        if (owed === null || !whole || !['each_child', 'unit'].includes(duty.subject)) continue
        const items = await itemsOf(page, plan, month, duty.id)
        const subjects = duty.subject === 'unit' ? 1 : children.length
        expect([duty.title, month, items.length]).toEqual([duty.title, month, owed * subjects])
        if (duty.subject === 'each_child')
          expect(new Set(items.map((item) => item.child_id))).toEqual(new Set(children))
        compared.push({ plan, duty })
      }
  for (const plan of plans) expect([plan.title, compared.some((one) => one.plan === plan)]).toEqual([plan.title, true])

  // Records of the kind settle what is owed, and nothing else.
  const record = (kind: string, who: readonly string[], happened_on: string, more: object = {}) =>
    send(page, recordOps.add.path, { id: newId(), kind, happened_on, text: '说了说学校里的事', child_ids: who, fields: counting[kind] ?? {}, ...more }) // prettier-ignore
  const plan = plans.at(-1)!
  const duty = plan.items.duties[0]!
  const before = await progressOf(page, plan)
  expect(before.goals[0]!.rate).toMatchObject({ code: 'activity_rate', numerator: 0 })
  await record('talk', [children[0]!], '2026-10-08')
  await record('talk', [children[1]!], '2026-10-20')
  const after = await itemsOf(page, plan, '2026-10', duty.id)
  expect(after.map((item) => `${item.child_id} ${item.state}`).toSorted()).toEqual(
    children.map((child, n) => `${child} ${n < 2 ? 'settled' : 'due'}`).toSorted(),
  )
  const states = async (month: string) => (await itemsOf(page, plan, month, duty.id)).map((item) => item.state)
  expect(await states('2026-09')).toEqual(['overdue', 'overdue', 'overdue'])
  // Written down later, on the day it happened: the month is made up for those two.
  await record('talk', [children[0]!], '2026-09-15')
  await record('talk', [children[1]!], '2026-09-22')
  expect((await states('2026-09')).toSorted()).toEqual(['overdue', 'settled', 'settled'])
  // Of each plan what is still open, by a record of its kind; one record may have settled what several plans ask.
  const inOctober = async (each: Plan) => {
    const own = compared.filter((one) => one.plan === each).map((one) => one.duty)
    return (await Promise.all(own.map((one) => itemsOf(page, each, '2026-10', one.id)))).flat()
  }
  const key = ({ duty_id, child_id, period_from, ordinal }: DueItemRow) => `${duty_id} ${child_id} ${period_from} ${ordinal}` // prettier-ignore
  for (const each of plans.slice(0, -1)) {
    const kinds = ['call', 'film', 'activity', 'visit', 'talk', 'lecture', 'study', 'meeting', 'aid']
    const open = (await inOctober(each)).find((item) => item.state !== 'settled' && kinds.includes(item.kind) && (item.child_id ?? children[2]) === children[2]) // prettier-ignore
    const things = open?.kind === 'aid' ? { items: [{ what: 'goods', name: '书包', quantity: 1 }] } : {}
    if (open) await record(open.kind, open.child_id ? [open.child_id] : [], open.period_from, things)
    const done = (await inOctober(each)).filter((item) => item.state === 'settled')
    if (open) expect(done.map(key)).toContain(key(open))
    expect([each.title, done.length > 0]).toEqual([each.title, true])
  }
  await record('activity', children.slice(0, 2), '2026-10-18')

  // The goals’ rates, read where people read them.
  for (const [n, each] of plans.entries()) {
    const language = languageOf(n)
    const { goals } = await progressOf(page, each)
    const rates = goals.flatMap(({ rate }) => (rate && rate.denominator > 0 ? [rate] : []))
    const shown = await ratesOn(page, each, language)
    expect(rates.length).toBeGreaterThan(0)
    for (const { code, numerator, denominator } of rates)
      expect([code, shown[indicators.find((one) => one.code === code)![language]]]).toEqual([code, `${Math.floor((numerator / denominator) * 100)}%`]) // prettier-ignore
    const activity = rates.find(({ code }) => code === 'activity_rate')
    if (activity) expect([activity.numerator, activity.denominator]).toEqual([2, 3])
  }
})

async function director(page: Page, browser: Browser, house: Server, unit_id: string): Promise<Page> {
  return comesIn(page, browser, house, { name: '林青禾', role: 'child_director', unit_id })
}

test('a township’s template in two clicks, talked over, adopted, handed down; the village adds and may not take away', async ({
  page,
  browser,
  house,
}) => {
  test.setTimeout(240_000)
  await page.clock.setSystemTime(new Date(september))
  await settle(page, house, { kind: 'township', place_code: '360123104' }, person)
  const seat = await takeSeat(page, 'child_supervisor')
  const village = await newUnit(page, 'village', seat.unit_id, '小暑村')
  await page.goto('/plans/new')
  await page.getByRole('button', { name: '社区的模板' }).click()
  await page.waitForURL(/\/plans\/[0-9a-f-]{36}$/)
  const address = page.url()
  await page.getByRole('button', { name: '交讨论' }).click()
  await page.getByRole('link', { name: '讨论', exact: true }).click()
  await page.getByLabel('意见').fill('九月的助学能不能早一点？')
  await page.getByRole('button', { name: '提意见' }).click()
  await expect(page.getByText('九月的助学能不能早一点？').first()).toBeVisible()
  await page.getByRole('button', { name: '回应' }).click()
  await page.getByRole('textbox', { name: '回应' }).fill('改到八月底')
  await page.getByRole('button', { name: '回应' }).last().click()
  await expect(page.getByText('回应：改到八月底')).toBeVisible()
  await page.getByRole('button', { name: '同意这一稿' }).click()
  await expect(page.getByText('1 人同意')).toBeVisible()

  // Items are changed where they stand: dropped and taken back, split, added from the rules.
  await page.getByRole('link', { name: '改条目' }).click()
  const line = (title: string) => page.locator('.plan-item').filter({ hasText: title })
  await line('台账更新').getByRole('button', { name: /^去掉/ }).click()
  await expect(line('台账更新')).toHaveCount(0)
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(line('台账更新')).toHaveCount(1)
  const asks = page.getByRole('dialog')
  await line('黑板报、横幅').getByRole('button', { name: /^修改/ }).click()
  await asks.getByRole('button', { name: '拆成几条' }).click()
  await asks.getByRole('textbox').fill('出黑板报\n上门宣传')
  await asks.getByRole('button', { name: '拆成 2 条' }).click()
  await expect(line('上门宣传')).toHaveCount(1)
  await page.getByRole('button', { name: '加一条' }).click()
  await page.getByRole('menuitem', { name: '从规定里加' }).click()
  await asks.getByLabel(/新登记的孩子 5 个工作日内/).check()
  await asks.getByRole('button', { name: '加 1 件' }).click()
  await expect(line('DB3301')).toHaveCount(1)
  // The plan’s own page takes them too: a goal, a measure and a duty, beside what was there before.
  await page.goto(address)
  await page.getByRole('button', { name: '加一条' }).click()
  await page.getByRole('menuitem', { name: '加一条措施' }).click()
  await asks.getByLabel('编号').fill('九')
  await asks.getByLabel('名称').fill('楼道里有人问')
  await asks.getByRole('button', { name: '保存' }).click()
  await page.getByRole('button', { name: '修改 楼道里有人问' }).click()
  await asks.getByLabel('怎么做').fill('每栋楼请一位邻居，见到孩子问一句。')
  await asks.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('每栋楼请一位邻居，见到孩子问一句。')).toBeVisible()
  await page.getByRole('button', { name: '修改 出黑板报' }).click()
  await asks.getByLabel('多久一次').selectOption({ label: '每季度 1 次' })
  await asks.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('row').filter({ hasText: '出黑板报' })).toContainText('每季度 1 次')
  await page.getByRole('button', { name: '去掉 建档率' }).click()
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(page.getByRole('button', { name: '去掉 建档率' })).toBeVisible()
  await page.goto(`${address}?view=versions`)
  await expect(page.getByRole('table')).toContainText('上门宣传')
  await expect(page.getByRole('table')).toContainText('楼道里有人问')
  await page.getByRole('link', { name: '讨论', exact: true }).click()
  await expect(page.getByText('同意的是改之前的')).toBeVisible()

  await page.getByRole('button', { name: '通过', exact: true }).click()
  await asks.getByRole('button', { name: '通过', exact: true }).click()
  await expect(asks).toBeHidden()
  for (const [paper, ending] of [
    ['计划 · Word', 'docx'],
    ['责任分工表 · PDF', 'pdf'],
  ] as const) {
    await page.getByRole('button', { name: '打印' }).click()
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: paper }).click()]) // prettier-ignore
    expect(file.suggestedFilename()).toMatch(new RegExp(`\\.${ending}$`))
  }
  // The board of what is done once: given to another month, dropped with a reason, done by what was written for it.
  await page.goto(`${address}?view=tasks`)
  const card = (title: string) => page.getByRole('listitem').filter({ hasText: title })
  const choose = async (title: string, what: string) => {
    await card(title).getByRole('button', { name: /更多$/ }).click()
    await page.getByRole('menuitem', { name: what }).click()
  }
  await page.getByRole('button', { name: '加一件' }).click()
  await asks.getByLabel('办什么').fill('请书法老师来上课')
  await asks.getByLabel('哪天以前办完').fill('2026-09-20')
  await asks.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('region', { name: '这阵子要办' })).toContainText('请书法老师来上课')
  await choose('请书法老师来上课', '换人、改时间')
  await asks.getByLabel('从哪天起').fill('2026-10-01')
  await asks.getByLabel('哪天以前办完').fill('2026-10-20')
  await asks.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('region', { name: '还没到' })).toContainText('请书法老师来上课')
  await choose('请书法老师来上课', '不办了')
  await asks.getByLabel('为什么').fill('老师没有空')
  await asks.getByRole('button', { name: '不办了' }).click()
  await expect(page.getByRole('region', { name: '不办了' })).toContainText('老师没有空')
  await choose('请书法老师来上课', '还没办完')
  await expect(page.getByRole('region', { name: '不办了' })).toHaveCount(0)
  await choose('请书法老师来上课', '记下来')
  await page.getByLabel('做了什么').or(page.getByRole('textbox').first()).first().fill('三十个孩子写了春联')
  await page.getByRole('button', { name: '保存' }).click()
  await page
    .getByRole('dialog', { name: '“请书法老师来上课”办完了吗？' })
    .getByRole('button', { name: '办完了' })
    .click()
  await expect(page).toHaveURL(/view=tasks/)
  await expect(page.getByRole('region', { name: '办完了' })).toContainText('请书法老师来上课')
  await card('请书法老师来上课').getByRole('link', { name: '看凭据' }).click()
  await expect(page.getByText('三十个孩子写了春联').first()).toBeVisible()
  await page.goto(address)

  await page.getByRole('button', { name: '更多' }).click()
  await page.getByRole('menuitem', { name: '下发' }).click()
  await asks.getByLabel('小暑村').check()
  await asks.getByRole('button', { name: '下发给 1 个单位' }).click()
  await expect(page.getByText('下发给了 1 个单位。')).toBeVisible()

  await takeSeat(page, 'administrator')
  const theirs = await director(page, browser, house, village)
  await takeSeat(page, 'child_supervisor')
  await theirs.goto('/plans')
  await theirs.getByRole('button', { name: '接下' }).click()
  await theirs.waitForURL(/\/plans\/[0-9a-f-]{36}$/)
  await theirs.getByRole('link', { name: '改条目' }).click()
  const issued = theirs.locator('.plan-item').filter({ hasText: '上门宣传' })
  await expect(issued).toContainText('上级下发')
  await expect(issued.getByRole('button', { name: /^去掉/ })).toHaveCount(0)

  // The same pages in English.
  const id = new URL(address).pathname.split('/').at(-1)!
  await page.evaluate(() => localStorage.setItem('ny.language', 'en'))
  await page.goto(`${address}?view=items`)
  await expect(page.getByRole('columnheader', { name: 'How often' })).toBeVisible()
  await expect(page.getByText('once a month').first()).toBeVisible()
  await page.goto('/plans')
  await expect(page.getByRole('link', { name: 'New plan' })).toBeVisible()
  await send(page, planOps.withdraw.path.replace(':id', id), { version: (await ask<Plan>(page, `/plans/${id}`)).version, reason: '县里统一安排' }) // prettier-ignore
  await theirs.goto(theirs.url().replace('/check', ''))
  await expect(theirs.getByText('已经撤回：县里统一安排')).toBeVisible()
})

test('a county keeps its own list of what rules ask for: changed, added to, ended and put back, each with its source', async ({
  page,
  house,
}) => {
  await page.clock.setSystemTime(new Date(september))
  await settle(page, house, { kind: 'county', place_code: '360123' }, person)
  await takeSeat(page, 'county_staff')
  await page.goto('/plans')
  await page.getByRole('link', { name: '规定要求的事' }).click()
  const asks = page.getByRole('dialog')
  const line = (title: string) => page.getByRole('listitem').filter({ hasText: title })
  await page.getByRole('button', { name: /^改“新登记的孩子/ }).click()
  await asks.getByLabel('要做什么').fill('新登记的孩子 3 天内上门看一次')
  await asks.getByLabel('出处').fill('万载县〔2026〕12号第四条')
  await asks.getByLabel('几天以内').fill('3')
  await asks.getByLabel('只算工作日').uncheck()
  await asks.getByRole('button', { name: '保存' }).click()
  await expect(line('新登记的孩子 3 天内')).toContainText('新登记的孩子后 3 天内')
  await expect(line('新登记的孩子 3 天内')).toContainText('万载县〔2026〕12号第四条')
  await page.getByRole('button', { name: '加一条' }).click()
  await asks.getByLabel('要做什么').fill('清明前走访没有亲人照看的孩子')
  await asks.getByRole('button', { name: '保存' }).click()
  await expect(asks.getByText('要做什么、出处、哪些单位用，都要写。')).toBeVisible()
  await asks.getByLabel('出处').fill('万载县〔2026〕12号第七条')
  await asks.getByRole('button', { name: '跟着节日' }).click()
  await asks.getByLabel('哪个节日').selectOption({ label: '清明节' })
  await asks.getByRole('button', { name: '保存' }).click()
  await expect(line('清明前走访')).toContainText('清明节')
  await page.getByRole('button', { name: /^停用“乡镇每月巡查/ }).click()
  await expect(page.getByRole('heading', { name: '停用了的' })).toBeVisible()
  await expect(line('乡镇每月巡查')).toContainText('9月1日停用')
  const { own, items } = await ask<Answer<typeof planOps.policies>>(page, '/plan_policies')
  expect([own, items.find((one) => one.title.startsWith('乡镇每月'))?.ended_on]).toEqual([true, '2026-09-01'])
  // What has ended is not offered to a plan any more.
  await page.goto('/plans/new')
  await page.getByRole('button', { name: '村的模板' }).click()
  await page.waitForURL(/\/plans\/[0-9a-f-]{36}$/)
  await page.getByRole('button', { name: '加一条' }).click()
  await page.getByRole('menuitem', { name: '从规定里加' }).click()
  await expect(asks.getByLabel(/清明前走访/)).toBeVisible()
  await expect(asks.getByLabel(/乡镇每月巡查/)).toHaveCount(0)
  await asks.getByRole('link', { name: '看清单' }).click()
  await page.getByRole('button', { name: /^恢复“乡镇每月巡查/ }).click()
  await expect(page.getByRole('heading', { name: '停用了的' })).toHaveCount(0)
})

test('a cell of seventy names is paged and searched; a duty owed to nobody says so', async ({ page, house }) => {
  test.setTimeout(120_000)
  await page.clock.setSystemTime(new Date(september))
  const { memberships } = await settle(page, house, { kind: 'village', place_code: '360123104207' }, person)
  const village = memberships.find((one) => one.role === 'child_director')!.unit_id
  await takeSeat(page, 'child_director')
  const names = Array.from({ length: 70 }, (_, n) => `童${String.fromCodePoint(0x4e00 + n * 7)}`)
  const away = { father: { state: 'away' }, mother: { state: 'away' } } as const
  await makeChildren(page, names.map((name) => ({ name, facts: { ...away, carer: {} } })), [{ unit_id: village, as: 'residence' }]) // prettier-ignore
  const made = await send<Plan>(page, planOps.create.path, { id: newId(), title: '秋季计划', from_on: '2026-09-01', until_on: '2027-01-31' }) // prettier-ignore
  const duty = (title: string, subject: string) => ({ do: 'add_duty', id: newId(), measure_id: null, title, kind: 'talk', subject, rhythm: { every: 'month', count: 1 }, responsible: 'child_director', account_id: null, pauses_in_holidays: false }) // prettier-ignore
  const edits = [duty('谈心', 'each_child'), duty('重点谈心', 'each_priority_child'), duty('看望', 'each_pair')]
  const edited = await send<Plan>(page, `/plans/${made.id}/edit`, { version: made.version, edits })
  await send(page, `/plans/${made.id}/adopt`, { version: edited.version, adopted_on: '2026-09-01' })
  await page.goto(`/plans/${made.id}`)
  await expect(page.getByRole('row').filter({ hasText: '重点谈心' })).toContainText('现在没有这样的孩子')
  await expect(page.getByRole('row').filter({ hasText: '看望' })).toContainText('还没有结对')
  await page.getByRole('button', { name: /0 \/ 70 人/ }).click()
  const asks = page.getByRole('dialog')
  await expect(asks.getByText('第 1 到 60 条，共 70 条')).toBeVisible()
  await expect(asks.getByRole('link')).toHaveCount(60)
  await asks.getByRole('button', { name: '下一页' }).click()
  await expect(asks.getByRole('link')).toHaveCount(10)
  await asks.getByRole('searchbox', { name: '按姓名找' }).fill(names[33]!)
  await expect(asks.getByRole('link')).toHaveText([names[33]!])
})
