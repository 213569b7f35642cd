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
import { newId } from '../server/src/kernel/ids.ts'
import { projectFolder } from '../server/src/kernel/config.ts'
import { ask, send, signIn, takeSeat } from './hands.ts'
import { comesIn, newUnit, settle } from './house.ts'
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
  const ours = ['village-prose', 'agency-bullets', 'boarding-school', 'community-quarters', 'committee-old']
  const files = existsSync(shared)
    ? readdirSync(shared).filter((file) => /^[1-5]-.*\.txt$/.test(file)).map((file) => join(shared, file)) // prettier-ignore
    : ours.map((name) => join(own, `${name}.txt`))
  return files.map((path) => readFileSync(path, 'utf8'))
}

/** With a rate that records of two months can be read from. */
const talks =
  '小暑村关爱留守儿童工作计划\n一、工作目标\n1、活动参与率达到100%。\n二、措施\n1、儿童主任每月与每名留守儿童谈心一次。\n三、工作安排\n九月：走访摸底。\n十二月：工作总结。\n'

/** Answers what has to be answered: the days of the plan, how often, a target. Who does it, and remarks, may stay open. */
async function answerAll(page: Page): Promise<void> {
  const card = page.locator('.plan-ask')
  const asked = () =>
    page.locator('.plan-side').evaluate((side) => side.querySelector('.plan-ask')?.getAttribute('data-question') ?? '')
  await expect(page.locator('.plan-item').first()).toBeVisible()
  for (let n = 0; n < 60; n++) {
    const key = await asked()
    if (key === '' || /^(who|remark) /.test(key)) return
    if (key === 'period') {
      await card.getByLabel('第一天').fill('2026-09-01')
      await card.getByLabel('最后一天').fill('2027-06-30')
    } else if (key.startsWith('rhythm ')) await card.getByRole('button', { name: '每月', exact: true }).click()
    else await card.locator('.chip').first().click()
    await card.getByRole('button', { name: '就这样' }).click()
    await expect.poll(asked).not.toBe(key)
  }
}

async function adoptByHand(page: Page, text: string): Promise<Plan> {
  await page.goto('/plans/new')
  await page.getByLabel('计划全文').fill(text)
  await page.getByRole('button', { name: '读一读' }).click()
  await page.waitForURL(/\/plans\/[0-9a-f-]{36}\/check/)
  await answerAll(page)
  await page.getByRole('button', { name: '存成草稿' }).click()
  await page.waitForURL(/\/plans\/[0-9a-f-]{36}$/)
  await page.getByRole('button', { name: '通过', exact: true }).click()
  const asks = page.getByRole('dialog')
  await expect(asks.getByText('在册 3 个')).toBeVisible()
  await asks.getByRole('button', { name: '通过', exact: true }).click()
  await expect(asks).toBeHidden()
  return ask<Plan>(page, `/plans/${new URL(page.url()).pathname.split('/').at(-1)}`)
}

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

test('each kind of plan from pasted text to what is due in its first two months, settled by records @phone', async ({
  page,
  house,
}) => {
  test.setTimeout(180_000)
  await page.clock.setSystemTime(new Date(september))
  await settle(page, house, { kind: 'village', place_code: '360123104207' }, person)
  const children: string[] = []
  for (const name of ['谷小雪', '苗清明', '桑春分']) {
    children.push(newId())
    const facts = { name, born_on: '2017-08-21', father: { state: 'away' }, mother: { state: 'away' } }
    await send(page, childOps.create.path, { id: children.at(-1), facts })
  }
  const plans: Plan[] = []
  for (const text of [...planTexts(), talks]) plans.push(await adoptByHand(page, text))
  expect(plans.map((plan) => plan.state)).toEqual(plans.map(() => 'adopted'))

  // Two months on: what each plan asked for, child by child, as its own rhythm says.
  await house.moveTo(october)
  await page.clock.setSystemTime(new Date(october))
  await signIn(page, person)
  let compared = 0
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
        compared += 1
      }
  expect(compared).toBeGreaterThan(6)

  // Records of the kind settle what is owed, and nothing else.
  const plan = plans.at(-1)!
  const duty = plan.items.duties[0]!
  const record = (child: string, happened_on: string) =>
    send(page, recordOps.add.path, { id: newId(), kind: 'talk', happened_on, text: '说了说学校里的事', child_ids: [child], fields: { way: 'in_person', mood: 'calm' } }) // prettier-ignore
  const rate = async () =>
    (await ask<Answer<typeof dueOps.progress>>(page, `/plans/${plan.id}/progress`)).goals.find(
      (goal) => goal.goal_id === plan.items.goals[0]!.id,
    )!.rate!
  expect(await rate()).toMatchObject({ code: 'activity_rate', numerator: 0 })
  await record(children[0]!, '2026-10-08')
  await record(children[1]!, '2026-10-20')
  const after = await itemsOf(page, plan, '2026-10', duty.id)
  expect(after.map((item) => `${item.child_id} ${item.state}`).toSorted()).toEqual(
    children.map((child, n) => `${child} ${n < 2 ? 'settled' : 'due'}`).toSorted(),
  )
  const states = async (month: string) => (await itemsOf(page, plan, month, duty.id)).map((item) => item.state)
  expect(await states('2026-09')).toEqual(['overdue', 'overdue', 'overdue'])
  // Written down later, on the day it happened: the month is made up for those two.
  await record(children[0]!, '2026-09-15')
  await record(children[1]!, '2026-09-22')
  expect((await states('2026-09')).toSorted()).toEqual(['overdue', 'settled', 'settled'])
  await send(page, recordOps.add.path, { id: newId(), kind: 'activity', happened_on: '2026-10-18', text: '重阳节和老人一起包饺子', child_ids: children.slice(0, 2), fields: {} }) // prettier-ignore
  expect(await rate()).toMatchObject({ code: 'activity_rate', numerator: 2 })
})

async function director(page: Page, browser: Browser, house: Server, unit_id: string): Promise<Page> {
  return comesIn(page, browser, house, { name: '林青禾', role: 'child_director', unit_id })
}

test('a township’s template in two clicks, talked over, adopted, handed down; the village adds and may not take away', async ({
  page,
  browser,
  house,
}) => {
  test.setTimeout(120_000)
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
  await page.goto(`${address}?view=versions`)
  await expect(page.getByRole('table')).toContainText('上门宣传')
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
