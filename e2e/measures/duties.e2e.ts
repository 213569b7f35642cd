// Measures that end at a rate or at what is owed: set up through the API in one house, read where people read them.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Answer } from '@nuanyang/contract/kernel.ts'
import { childOps } from '@nuanyang/contract/children.ts'
import { pairingOps } from '@nuanyang/contract/pairings.ts'
import type { dueOps } from '@nuanyang/contract/plans.due.ts'
import { planOps, type Plan } from '@nuanyang/contract/plans.ts'
import { recordOps } from '@nuanyang/contract/records.ts'
import type { Page } from '@playwright/test'
import { newId } from '../../server/src/kernel/ids.ts'
import { ask, send, signIn, takeSeat } from '../hands.ts'
import { settle } from '../house.ts'
import { expect, settledDataDir, startServer, test as base, type Server } from '../server.ts'

const september = '2026-09-01T02:00:00Z'
const november = '2026-11-25T02:00:00Z'
const person = { name: '林青禾', username: 'linqinghe', password: '井台边的老槐树开花了' }
const names = ['谷小雪', '苗清明', '桑春分']
const ids = names.map(() => newId())
let plan: Plan

const test = base.extend<object, { house: Server }>({
  house: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright demands a destructured first argument
    async ({}, use) => {
      const dataDir = await settledDataDir()
      const house = await startServer({ dataDir, now: september })
      await use(house)
      await house.stop()
      rmSync(join(dataDir, '..'), { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  baseURL: async ({ house }, use) => use(house.url),
  actionTimeout: 15_000,
})
test.describe.configure({ mode: 'serial' })

const duty = (title: string, kind: string, rhythm: object, subject = 'each_child') => ({ do: 'add_duty', id: newId(), measure_id: null, title, kind, subject, rhythm, responsible: 'child_director', account_id: null, pauses_in_holidays: false }) // prettier-ignore
const act = (page: Page, kind: string, day: string, who: readonly string[], fields: object = {}) =>
  send(page, recordOps.add.path, { id: newId(), kind, happened_on: day, text: '说了说近况', child_ids: who, fields })

async function comeIn(page: Page): Promise<void> {
  await page.clock.setFixedTime(new Date(november))
  await signIn(page, person)
  await takeSeat(page, 'child_director')
}

test.beforeAll(async ({ browser, house }) => {
  const page = await (await browser.newContext({ baseURL: house.url })).newPage()
  await settle(page, house, { kind: 'village', place_code: '360123104207' }, person)
  await takeSeat(page, 'child_director')
  for (const [at, name] of names.entries())
    await send(page, childOps.create.path, { id: ids[at], facts: { name, born_on: '2016-05-01', enrolment_status: at === 2 ? 'dropped_out' : 'in_school', grade: '4' } }) // prettier-ignore
  const made = await send<Plan>(page, planOps.create.path, { id: newId(), title: '秋季计划', from_on: '2026-09-01', until_on: '2027-01-31' }) // prettier-ignore
  const edits = [
    duty('每周亲情视频一次', 'call', { every: 'week', count: 1 }),
    duty('每月谈心一次', 'talk', { every: 'month', count: 1 }),
    duty('国庆家访', 'visit', { festival: 'national_day' }),
  ]
  const edited = await send<Plan>(page, `/plans/${made.id}/edit`, { version: made.version, edits })
  plan = await send<Plan>(page, `/plans/${made.id}/adopt`, { version: edited.version, adopted_on: '2026-09-01' })
  await house.moveTo(november)
  await signIn(page, person)
  await takeSeat(page, 'child_director')
  for (const day of ['2026-11-03', '2026-11-10', '2026-11-17']) await act(page, 'call', day, ids.slice(0, 1), { reached: 'yes' }) // prettier-ignore
  await act(page, 'call', '2026-11-18', ids.slice(1, 2), { reached: 'no' })
  for (const day of ['2026-09-10', '2026-10-12', '2026-11-03']) await act(page, 'talk', day, ids.slice(0, 2))
  await act(page, 'visit', '2026-10-02', ids.slice(0, 1), { met: 'carer' })
  await send(page, recordOps.add.path, { id: newId(), kind: 'aid', happened_on: '2026-10-20', text: '开学用品', child_ids: ids.slice(0, 1), fields: {}, items: [{ what: 'goods', name: '书包', quantity: 1 }] }) // prettier-ignore
  await send(page, pairingOps.create.path, { id: newId(), child_id: ids[0], helper: { name: '莫秋实', kind: 'caring_mother', vetted: true }, from_on: '2026-11-01' }) // prettier-ignore
  await page.context().close()
})

/** Opens one part of a rate on the page of statistics and says which names stand there. */
async function behind(page: Page, rate: string, percent: string, link: RegExp, name: string): Promise<void> {
  await page.goto('/statistics')
  const row = page.locator('.rates > li').filter({ has: page.getByText(rate, { exact: true }) })
  await expect(row).toContainText(percent)
  await row.getByRole('link', { name: link }).click()
  await expect(page.locator('.rate-names').getByRole('link', { name })).toBeVisible()
}

test('P1.1 建档率有数，没填齐的点得到名字', async ({ page }) => {
  await comeIn(page)
  await behind(page, '建档率', '0%', /没做到的 3 人/, '谷小雪')
})

test('P1.2 入学率、巩固率有数，辍学的点得到名字', async ({ page }) => {
  await comeIn(page)
  await behind(page, '入学率', '66%', /没做到的 1 人/, '桑春分')
  await expect(page.locator('.rate-names').getByText('辍学')).toBeVisible()
  await behind(page, '巩固率', '100%', /做到的 2 人/, '谷小雪')
})

test('P2.2 物质帮助率印得出分子分母，分母可以选', async ({ page }) => {
  await comeIn(page)
  await behind(page, '物质帮助率', '33%', /做到的 1 人/, '谷小雪')
  await page.getByRole('button', { name: '需要帮助的孩子' }).click()
  const row = page.locator('.rates > li').filter({ has: page.getByText('物质帮助率', { exact: true }) })
  await expect(row.getByRole('link', { name: /没有采集的 3 人/ })).toBeVisible()
})

test('P1.9 每周视频一次，没打的看得见，没接通的不算', async ({ page }) => {
  await comeIn(page)
  await behind(page, '亲情联系率', '0%', /没做到的 3 人/, '苗清明')
  const list = await ask<Answer<typeof dueOps.due>>(page, `/due_items?plan_id=${plan.id}&kind=call&from=2026-11-16&until=2026-11-16`) // prettier-ignore
  expect(list.items.map((item) => [item.name, item.state])).toEqual([
    ['谷小雪', 'settled'],
    ['苗清明', 'overdue'],
    ['桑春分', 'overdue'],
  ])
})

test('P3.20 国庆前后该家访谁、家访了谁', async ({ page }) => {
  await comeIn(page)
  await behind(page, '走访率', '33%', /没做到的 2 人/, '苗清明')
})

test('P3.16 每月谈心一次，完成率和落下的人', async ({ page }) => {
  await comeIn(page)
  await behind(page, '谈心率', '66%', /没做到的 1 人/, '桑春分')
  await page.goto('/statistics?tab=completion&from=2026-09&until=2026-11')
  await expect(page.getByRole('row').filter({ hasText: '6 / 9' })).toContainText('2 项没做')
})

test('P4.6 一帮一的结对率', async ({ page }) => {
  await comeIn(page)
  await behind(page, '结对率', '33%', /没做到的 2 人/, '桑春分')
})
