// A day in the county: numbers first; who the children are only with a purpose that is kept; how far the plans are; a reminder to whoever
// lags, which rings where the work is done.
import { childOps } from '@nuanyang/contract/children.ts'
import { planOps, type Plan } from '@nuanyang/contract/plans.ts'
import { recordOps } from '@nuanyang/contract/records.ts'
import { newId } from '../../server/src/kernel/ids.ts'
import { ask, send, takeSeat } from '../hands.ts'
import { comesIn, later, newUnit, settle, test } from '../house.ts'
import { expect } from '../server.ts'

const office = { name: '孟长庚', username: 'mengchanggeng', password: '檐下的燕子又回来了' }
test.use({ now: '2026-09-20T02:00:00Z' })

test('the county counts, says what names are for, sees which plan lags, and reminds @phone', async ({
  page,
  house,
  browser,
}) => {
  test.setTimeout(150_000)
  const { memberships } = await settle(page, house, { kind: 'county', place_code: '360123' }, office)
  await takeSeat(page, 'administrator')
  const township = await newUnit(page, 'township', memberships[0]!.unit_id, '龙津镇', '360123100')
  const village = await newUnit(page, 'village', township, '大水村')
  const director = await comesIn(page, browser, house, { name: '周雨禾', role: 'child_director', unit_id: village })
  await director.setViewportSize(page.viewportSize()!)
  const away = { father: { state: 'away' }, mother: { state: 'away' } }
  const ids = [newId(), newId()]
  for (const [at, name] of ['谷小雪', '苗清明'].entries())
    await send(director, childOps.create.path, { id: ids[at], facts: { name, born_on: '2017-08-21', ...away } })
  const plan = await send<Plan>(director, planOps.create.path, { id: newId(), title: '大水村秋季计划', from_on: '2026-09-01', until_on: '2027-01-31' }) // prettier-ignore
  const duty = { do: 'add_duty', id: newId(), measure_id: null, title: '每月谈心一次', kind: 'talk', subject: 'each_child', rhythm: { every: 'month', count: 1 }, responsible: 'child_director', account_id: null, pauses_in_holidays: false } // prettier-ignore
  const edited = await send<Plan>(director, `/plans/${plan.id}/edit`, { version: plan.version, edits: [duty] })
  await send(director, `/plans/${plan.id}/adopt`, { version: edited.version, adopted_on: '2026-09-01' })
  await later(house, '2026-11-25T02:00:00Z', [[page, office], [director, null]]) // prettier-ignore
  await send(director, recordOps.add.path, { id: newId(), kind: 'talk', happened_on: '2026-11-03', text: '说了说近况', child_ids: [ids[0]], fields: {} }) // prettier-ignore

  // Numbers stand there without anybody's name.
  await takeSeat(page, 'county_staff')
  await page.goto('/today')
  const lag = page.getByRole('listitem').filter({ hasText: '周雨禾' })
  await expect(lag).toContainText('2 个孩子')
  await expect(page.getByText('谷小雪')).toHaveCount(0)
  expect((await page.request.get('/api/children')).status()).toBe(403)
  expect((await ask<{ count: number }>(page, '/children/count')).count).toBe(2)

  // Names with a purpose; it holds for all pages, and the file says who looked at it.
  await page.goto('/children')
  await expect(page.getByRole('heading', { name: '看名单用来做什么' })).toBeVisible()
  await page.getByRole('button', { name: '打开名单' }).click()
  await expect(page.getByText('请选一个用处，或写一句。')).toBeVisible()
  await page.getByText('下去走访、督导').click()
  await page.getByRole('button', { name: '打开名单' }).click()
  await page.getByRole('link', { name: '谷小雪' }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: /谷小雪/ })).toBeVisible()

  // Which plan lags, since when, and whose turn it is.
  await page.goto('/statistics?tab=completion')
  await page.getByLabel('从').selectOption({ label: '2026年10月' })
  const row = page.getByRole('row').or(page.getByRole('listitem')).filter({ hasText: '大水村' }).first()
  await expect(row).toContainText(/1 \/ 4/)
  await row
    .getByRole('link', { name: /1 \/ 4/ })
    .first()
    .click()
  await expect(page.getByRole('link', { name: '苗清明' }).first()).toBeVisible()
  await page.goto('/statistics')
  await expect(page.getByRole('listitem').filter({ hasText: '谈心率' })).toContainText('%')
  expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)

  await page.goto('/today')
  await lag.getByRole('button', { name: '提醒周雨禾' }).click()
  await expect(lag).toContainText('今天提醒过')
  await director.goto('/today')
  await director.getByRole('link', { name: /提醒，\d 条没看/ }).click()
  await expect(director.getByText(/孟长庚提醒你：2 个孩子等着联系/)).toBeVisible()
  await director.goto(`/children/${ids[0]}?see=openings`)
  await expect(
    director
      .getByRole('listitem')
      .filter({ hasText: /孟长庚.*县级工作人员\s*用途：下去走访、督导\s*看过档案/ })
      .first(),
  ).toBeVisible()
})
