// The county asks one thing more of every talk: it is on the page where a talk is written, on its card, and on the printed one.
import { childOps } from '@nuanyang/contract/children.ts'
import { newId } from '../server/src/kernel/ids.ts'
import { ask, download, readPdf, send, takeSeat } from './hands.ts'
import { settle, test } from './house.ts'
import { expect } from './server.ts'

test('a field of the county’s own on talks: asked, shown, corrected, printed @phone', async ({ page, house }) => {
  test.setTimeout(90_000)
  const director = { name: '林青禾', username: 'linqinghe', password: '井台边的老槐树开花了' }
  await settle(page, house, { kind: 'village', place_code: '360123104207' }, director)
  const id = newId()
  await send(page, childOps.create.path, { id, facts: { name: '谷小雪', born_on: '2017-03-05' } })
  await takeSeat(page, 'administrator')
  await page.goto('/settings/fields')
  await page.getByRole('button', { name: '加一栏' }).first().click()
  const asks = page.getByRole('dialog')
  await asks.getByLabel('加在哪里').selectOption({ label: '谈心记录' })
  await asks.getByLabel('名称').fill('最近睡得好吗')
  await asks.getByRole('button', { name: '选一个' }).click()
  await asks.getByLabel('选项，一行一个').fill('睡得好\n常醒')
  await asks.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('heading', { name: '谈心记录' })).toBeVisible()
  await expect(page.getByText('0 条记录里填了')).toBeVisible()

  await takeSeat(page, 'child_director')
  await page.goto(`/record?kind=talk&child=${id}`)
  await page.getByRole('textbox', { name: '谈了什么' }).fill('说了夜里的雷声')
  await page.locator('details summary').first().click()
  const field = page.getByRole('group', { name: '最近睡得好吗' })
  await field.getByRole('button', { name: '常醒' }).click()
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await expect.poll(async () => (await ask<{ items: unknown[] }>(page, '/records')).items.length).toBe(1)
  await page.goto('/records')
  await page
    .getByRole('link', { name: /谷小雪/ })
    .first()
    .click()
  await expect(page.getByRole('definition').filter({ hasText: '常醒' })).toBeVisible()

  await page.getByRole('link', { name: '更正' }).click()
  await page.locator('details summary').first().click()
  await field.getByRole('button', { name: '睡得好' }).click()
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await expect(page.getByRole('heading', { name: '更正以前写的' })).toBeVisible()
  await expect(page.getByText('最近睡得好吗 常醒')).toBeVisible()
  const card = await download(page, async () => {
    await page.getByRole('button', { name: '打印' }).click()
    await page.getByLabel('做什么用').fill('入档')
    await page.getByRole('button', { name: '生成文件' }).click()
  })
  expect(readPdf(card.path).text.replace(/\s+/g, '')).toContain('最近睡得好吗睡得好')
})
