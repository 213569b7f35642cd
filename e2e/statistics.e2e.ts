// An autumn in one village, read at its end: the rate of talks with the child behind it, what lags since when, and the calendar that says
// what a term and a working day are.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { childOps } from '@nuanyang/contract/children.ts'
import { planOps, type Plan } from '@nuanyang/contract/plans.ts'
import { recordOps } from '@nuanyang/contract/records.ts'
import { newId } from '../server/src/kernel/ids.ts'
import { send, signIn, takeSeat } from './hands.ts'
import { settle } from './house.ts'
import { expect, settledDataDir, startServer, test as base, type Server } from './server.ts'

const september = '2026-09-01T02:00:00Z'
const november = '2026-11-25T02:00:00Z'
const person = { name: '林青禾', username: 'linqinghe', password: '井台边的老槐树开花了' }

const test = base.extend<{ house: Server }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright demands a destructured first argument
  house: async ({}, use) => {
    const dataDir = await settledDataDir()
    const house = await startServer({ dataDir, now: september })
    await use(house)
    await house.stop()
    rmSync(join(dataDir, '..'), { recursive: true, force: true })
  },
  baseURL: async ({ house }, use) => use(house.url),
  actionTimeout: 15_000,
})

test('a rate opens its children, what lags opens its names, and the calendar takes a term and a notice @phone', async ({
  page,
  house,
}, info) => {
  await page.clock.setFixedTime(new Date(november))
  await settle(page, house, { kind: 'village', place_code: '360123104207' }, person)
  await takeSeat(page, 'child_director')
  const names = ['谷小雪', '苗清明', '桑春分']
  const ids = names.map(() => newId())
  for (const [at, name] of names.entries()) await send(page, childOps.create.path, { id: ids[at], facts: { name, born_on: '2016-05-01' } }) // prettier-ignore
  const plan = await send<Plan>(page, planOps.create.path, { id: newId(), title: '秋季计划', from_on: '2026-09-01', until_on: '2027-01-31' }) // prettier-ignore
  const duty = { do: 'add_duty', id: newId(), measure_id: null, title: '每月谈心一次', kind: 'talk', subject: 'each_child', rhythm: { every: 'month', count: 1 }, responsible: 'child_director', account_id: null, pauses_in_holidays: false } // prettier-ignore
  const edited = await send<Plan>(page, `/plans/${plan.id}/edit`, { version: plan.version, edits: [duty] })
  await send(page, `/plans/${plan.id}/adopt`, { version: edited.version, adopted_on: '2026-09-01' })
  // Two months later the sign-in is over.
  await house.moveTo(november)
  await signIn(page, person)
  await takeSeat(page, 'child_director')
  for (const [day, who] of [
    ['2026-09-10', ids],
    ['2026-10-12', ids.slice(0, 2)],
    ['2026-11-03', ids.slice(0, 1)],
  ] as const)
    await send(page, recordOps.add.path, { id: newId(), kind: 'talk', happened_on: day, text: '说了说近况', child_ids: who, fields: {} }) // prettier-ignore

  await page.goto('/statistics')
  const talk = page.getByRole('listitem').filter({ hasText: '谈心率' })
  await expect(talk).toContainText('66%')
  await talk.getByRole('link', { name: '没做到的 1 人' }).click()
  await expect(page.getByRole('heading', { name: '谈心率：没做到的' })).toBeVisible()
  await expect(page.getByRole('link', { name: '桑春分' })).toBeVisible()
  await expect(page.getByText('1 次没做')).toBeVisible()

  await page.goto('/statistics?tab=completion')
  await page.getByLabel('从').selectOption({ label: '2026年9月' })
  const row = page.getByRole('row').filter({ hasText: /6 \/ 9/ })
  await expect(row).toContainText('10月31日')
  await row
    .getByRole('link', { name: /6 \/ 9/ })
    .first()
    .click()
  await expect(page.getByRole('link', { name: '桑春分' })).toBeVisible()
  await expect(page.getByText('该林青禾做')).toBeVisible()
  expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)

  await takeSeat(page, 'administrator')
  await page.goto('/settings')
  await page.getByRole('link', { name: '校历' }).click()
  await expect(page.getByText('2027 年的通知还没有')).toBeVisible()
  await page.getByRole('button', { name: '改2026 秋季学期' }).click()
  const term = page.getByRole('form', { name: '秋季学期' })
  await term.getByLabel('开学').fill('2026-09-01')
  await term.getByLabel('放假前最后一天').fill('2026-09-03')
  await term.getByRole('button', { name: '保存' }).click()
  await expect(term.getByText('太短')).toBeVisible()
  await term.getByLabel('放假前最后一天').fill('2027年1月22日')
  await term.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('9月1日—2027年1月22日').first()).toBeVisible()
  const next = page.locator('section').filter({ hasText: '2027 放假和调休' })
  await next.getByRole('button', { name: '贴通知' }).click()
  await next.getByLabel('通知的原文').fill('一、元旦：1月1日（周五）至3日（周日）放假，共3天。1月4日没有安排。二、春节：2月5日至11日放假调休。1月31日（周日）上班。') // prettier-ignore
  await expect(next.getByText('读到 10 天放假、1 天上班。')).toBeVisible()
  await next.getByRole('button', { name: '存下 2027 年的 11 天' }).click()
  await expect(next.getByText('本县自己的')).toBeVisible()
  expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
  if (process.env['PICTURES']) await page.screenshot({ path: `${process.env['PICTURES']}/calendar-${info.project.name}.png`, fullPage: true }) // prettier-ignore
})
