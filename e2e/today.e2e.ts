// 今天 on the main days: a child director and a class teacher find whom to be in touch with, record it in a few taps, and it is off the
// list; a supervisor sees who lags and reminds them. The calendar of the house stands still: September, then a day in November.
import type { Locator, Page } from '@playwright/test'
import { childOps } from '@nuanyang/contract/children.ts'
import { planOps, type Plan } from '@nuanyang/contract/plans.ts'
import { unitOps } from '@nuanyang/contract/units.ts'
import { newId } from '../server/src/kernel/ids.ts'
import { send, takeSeat } from './hands.ts'
import { comesIn, later, newUnit, settle, test } from './house.ts'
import { expect } from './server.ts'

const september = '2026-09-20T02:00:00Z'
const november = '2026-11-25T02:00:00Z'
const first = { name: '林青禾', username: 'linqinghe', password: '井台边的老槐树开花了' }
test.use({ now: september })

async function putFile(page: Page, name: string, facts: object = {}): Promise<string> {
  const id = newId()
  const away = { father: { state: 'away' }, mother: { state: 'away' } }
  await send(page, childOps.create.path, { id, facts: { name, born_on: '2017-08-21', ...away, ...facts } })
  return id
}

/** A plan with these monthly duties, adopted in September. */
async function adoptPlan(page: Page, duties: readonly { title: string; kind: string; responsible: string; subject?: string }[]): Promise<string> {
  const id = newId()
  const at = (path: string) => path.replace(':id', id)
  let plan = await send<Plan>(page, planOps.create.path, { id, title: '秋季关爱计划', from_on: '2026-09-20', until_on: '2027-01-31' })
  const edits = duties.map((duty) => ({
    do: 'add_duty', id: newId(), measure_id: null, account_id: null, pauses_in_holidays: false, subject: 'each_child', rhythm: { every: 'month', count: 1 }, ...duty,
  }))
  plan = await send<Plan>(page, at(planOps.edit.path), { version: plan.version, edits })
  plan = await send<Plan>(page, at(planOps.confirm.path), { version: plan.version })
  await send(page, at(planOps.adopt.path), { version: plan.version, adopted_on: '2026-09-20' })
  return id
} // prettier-ignore

/** Counts what a finger does. */
function counting() {
  let taps = 0
  return {
    tap: async (target: Locator) => {
      taps += 1
      await target.click()
    },
    taps: () => taps,
  }
}

const waits = (page: Page, name: string) =>
  page.getByRole('region', { name: '要做的' }).locator('.today-group').filter({ hasText: name })

/** From the list to a saved talk; returns how many taps it took. */
async function recordTalk(page: Page, name: string): Promise<number> {
  const { tap, taps } = counting()
  await tap(waits(page, name).getByRole('link', { name: '谈心' }))
  await page.getByLabel('谈了什么').fill('这周学会了骑车，想让妈妈看看。')
  await tap(page.getByRole('button', { name: '面谈' }).first())
  await tap(page.getByRole('button', { name: '保存' }))
  return taps()
}

test('a child director finds who waits and why, records in a few taps, and the child is off the list @phone', async ({
  page,
  house,
}) => {
  test.setTimeout(120_000)
  await settle(page, house, { kind: 'village', place_code: '360123104207' }, first)
  const carer = { name: '王桂英', relation: 'paternal_grandmother', phones: ['13800001113'] }
  await putFile(page, '陈小雨', { carer })
  await putFile(page, '陈小晨', { carer })
  await putFile(page, '李想', { father: { state: 'away', planned_return_on: '2026-11-29' } })
  await page.goto('/today')
  await expect(page.getByRole('link', { name: '谈心' })).toHaveCount(0)
  const plan = await adoptPlan(page, [
    { title: '谈心', kind: 'talk', responsible: 'child_director' },
    { title: '走访', kind: 'visit', responsible: 'grid_worker' },
    { title: '放影片', kind: 'film', responsible: 'child_director', subject: 'unit' },
  ])
  await later(house, november, [[page, first]])
  await page.goto('/today')
  await expect(page.getByRole('region', { name: '要做的' })).toContainText('还有3 个孩子可以慢慢来')
  await expect(waits(page, '陈家')).toContainText('2 个孩子，奶奶照护')
  await expect(waits(page, '李想')).toContainText('爸爸11月29日回来，可以一起见')
  await expect(page.getByText('3 个孩子的事还没有人负责')).toBeVisible()
  await expect(page.getByRole('link', { name: /放影片/ })).toContainText('本月内')

  expect(await recordTalk(page, '李想')).toBeLessThanOrEqual(6)
  await expect(waits(page, '李想')).toHaveCount(0)
  await page.getByRole('link', { name: '2 个孩子', exact: true }).click()
  await expect(page).toHaveURL(/today\/due/)
  await expect(page.getByRole('heading', { name: '陈家' })).toBeVisible()
  await page.goto('/today/due?owner=nobody')
  await expect(page.getByText('请管理员在“账号”里给人安排身份')).toBeVisible()

  // The plan's page says the same, by month, and a number opens its names.
  await page.goto(`/plans/${plan}?view=progress`)
  await page.getByRole('button', { name: /1 \/ 3 人/ }).click()
  const names = page.getByRole('dialog')
  await expect(names).toContainText('11月谈心，还差 2')
  await expect(names.getByRole('link', { name: '陈小雨' })).toBeVisible()
  await expect(names.getByRole('link', { name: '李想' })).toHaveCount(0)
  await names.getByRole('button', { name: '10月' }).click()
  await expect(names).toContainText('10月谈心，还差 3')

  // One item is let off where it stands, with the reason, and owed again.
  await names.getByRole('button', { name: '免做', exact: true }).click()
  await names.getByRole('button', { name: '免做 李想' }).click()
  await letOff(page)
  await expect(names).toContainText('10月谈心，还差 2')
  await expect(names.getByText('生病住院（林青禾，11月25日）')).toBeVisible()
  await names.getByRole('button', { name: '不免了' }).click()
  await expect(names).toContainText('10月谈心，还差 3')
  await page.goto('/today')
  if (page.viewportSize()!.width < 768) {
    await waits(page, '陈家').getByRole('button', { name: '陈小雨，更多' }).click()
    await page.getByRole('menuitem', { name: '免做这次谈心' }).click()
  } else {
    await waits(page, '陈家').getByRole('link', { name: '谈心' }).first().click()
    await page.getByRole('button', { name: '免做：谈心' }).click()
  }
  await letOff(page)
  await expect(page.getByRole('region', { name: '要做的' })).toContainText('还有1 个孩子')
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(page.getByRole('region', { name: '要做的' })).toContainText('还有2 个孩子')
})

async function letOff(page: Page): Promise<void> {
  const asks = page.getByRole('dialog', { name: '这一次免做？' })
  await asks.getByRole('button', { name: '生病住院' }).click()
  await asks.getByRole('button', { name: '免做', exact: true }).click()
  await expect(asks).toBeHidden()
}

test('a class teacher records from 今天; a supervisor sees who lags, reminds, and the bell rings @phone', async ({
  page,
  house,
  browser,
}) => {
  test.setTimeout(150_000)
  const { memberships } = await settle(page, house, { kind: 'township', place_code: '360123104' }, first)
  await takeSeat(page, 'administrator')
  const school = await newUnit(page, 'school', memberships[0]!.unit_id, '大水小学')
  const third = newId()
  await send(page, unitOps.create.path, { id: third, kind: 'class', parent_id: school, name: '2班', stage: 'primary', entry_year: 2024, class_number: '2' }) // prettier-ignore
  const leader = await comesIn(page, browser, house, { name: '柳校长', role: 'school_leader', unit_id: school })
  const teacher = await comesIn(page, browser, house, { name: '温老师', role: 'class_teacher', unit_id: third })
  await teacher.setViewportSize(page.viewportSize()!)
  await putFile(teacher, '谷小雪')
  await putFile(teacher, '苗清明')
  await adoptPlan(leader, [{ title: '谈心', kind: 'talk', responsible: 'class_teacher' }])
  await later(house, november, [[page, first], [teacher, null]]) // prettier-ignore

  await teacher.goto('/today')
  expect(await recordTalk(teacher, '谷小雪')).toBeLessThanOrEqual(6)
  await expect(waits(teacher, '谷小雪')).toHaveCount(0)
  await expect(waits(teacher, '苗清明')).toBeVisible()

  await takeSeat(page, 'child_supervisor')
  await page.goto('/today')
  const lag = page.getByRole('listitem').filter({ hasText: '温老师' })
  await expect(lag).toContainText('2 个孩子，2 件')
  await expect(lag).toContainText('从10月31日起')
  await lag.getByRole('button', { name: '提醒温老师' }).click()
  await expect(lag).toContainText('今天提醒过')
  await page.getByRole('link', { name: '1', exact: true }).first().click()
  await expect(page.getByRole('link', { name: /苗清明/ })).toBeVisible()

  await teacher.goto('/today')
  await teacher.getByRole('link', { name: /提醒，\d 条没看/ }).click()
  await expect(teacher.getByText('林青禾提醒你：2 个孩子等着联系，2 件已经过期。')).toBeVisible()
  await teacher.goto('/today')
  await expect(teacher.getByRole('link', { name: '提醒', exact: true })).toBeVisible()
})
