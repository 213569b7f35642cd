// 材料 of a child: a photo needs a consent, or covered faces; a withdrawn consent hides it; the care is judged with reasons of the law.
import { readFileSync } from 'node:fs'
import { childOps } from '@nuanyang/contract/children.ts'
import { newId } from '../server/src/kernel/ids.ts'
import { ask, send } from './hands.ts'
import { settle, test } from './house.ts'
import { expect } from './server.ts'

test('no consent, no photo: faces are covered on the device, a consent opens the way, its end closes it @phone', async ({
  page,
  house,
}) => {
  await settle(
    page,
    house,
    { kind: 'village', place_code: '360123104207' },
    { name: '林青禾', username: 'linqinghe', password: '井台边的老槐树开花了' },
  )
  const id = newId()
  await send(page, childOps.create.path, { id, facts: { name: '谷小雪' } })
  await page.goto(`/children/${id}?tab=papers`)
  const asks = page.getByRole('dialog')
  const face = readFileSync(new URL('../docs/pictures/file.png', import.meta.url))
  const addPhoto = async (name: string) => {
    await page.getByRole('button', { name: '放一份' }).click()
    await asks.getByLabel('是什么').selectOption({ label: '照片' })
    await asks.locator('input[type=file]').setInputFiles({ name, mimeType: 'image/png', buffer: face })
  }

  await addPhoto('小雪画画.png')
  await expect(asks.getByText('小雪还没有有效的拍照同意书')).toBeVisible()
  await asks.getByRole('button', { name: '把脸遮住再放' }).click()
  await asks.getByRole('button', { name: '遮好了' }).click()
  await expect(asks.getByText('还没有遮')).toBeVisible()
  await asks.getByRole('button', { name: '整张都遮' }).click()
  await asks.getByRole('button', { name: '遮好了' }).click()
  await expect(asks).toBeHidden()
  await expect(page.getByRole('button', { name: '打开小雪画画.jpg' })).toBeVisible()

  await page.getByRole('button', { name: '记一份同意' }).click()
  await asks.getByLabel('谁同意的').fill('妈妈谷春兰')
  await asks.getByRole('button', { name: '存下' }).click()
  await expect(asks).toBeHidden()
  await addPhoto('小雪的奖状.png')
  await expect(asks).toBeHidden()
  await expect(page.getByText('1 张照片')).toBeVisible()

  await page.getByRole('button', { name: '撤回' }).click()
  await asks.getByLabel('为什么').fill('家里不愿意再放照片')
  await asks.getByRole('button', { name: '撤回' }).click()
  await expect(asks).toBeHidden()
  await expect(page.getByRole('button', { name: '打开小雪的奖状.jpg' })).toBeDisabled()
  await expect(page.getByRole('button', { name: '打开小雪画画.jpg' })).toBeEnabled()

  await page.getByRole('button', { name: '移走小雪画画.jpg' }).click()
  await expect(page.getByRole('button', { name: '打开小雪画画.jpg' })).toHaveCount(0)
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(page.getByRole('button', { name: '打开小雪画画.jpg' })).toBeVisible()

  await page.getByRole('button', { name: '做一次评估' }).click()
  await asks.getByRole('button', { name: '较好' }).click()
  await asks.getByLabel('未满 16 周岁独自生活').check()
  await asks.getByRole('button', { name: '存下' }).click()
  await expect(asks.getByText('未成年人保护法第二十一条')).toBeVisible()
  await asks.getByRole('button', { name: '差', exact: true }).click()
  await asks.getByRole('button', { name: '存下' }).click()
  await expect(page.getByText('监护评估 差')).toBeVisible()
})

test('once through the village: a tap a household, what was learnt in a file, the report without a name @phone', async ({
  page,
  house,
}) => {
  await settle(
    page,
    house,
    { kind: 'village', place_code: '360123104207' },
    { name: '林青禾', username: 'linqinghe', password: '井台边的老槐树开花了' },
  )
  const facts = { villager_group: '一组', household_no: '7' }
  for (const name of ['谷小雪', '谷小满'])
    await send(page, childOps.create.path, { id: newId(), facts: { name, ...facts } })
  const other = newId()
  await send(page, childOps.create.path, { id: other, facts: { name: '苗清明', villager_group: '二组' } })
  await page.goto('/surveys')
  await page.getByRole('button', { name: '开始一轮' }).click()
  const asks = page.getByRole('dialog')
  await asks.getByRole('button', { name: '开始', exact: true }).click()
  await expect(page.getByText('还有 3 个没去')).toBeVisible()

  await page.getByRole('button', { name: '谷小满，谷小雪：无变化' }).click()
  await expect(page.getByText('还有 1 个没去')).toBeVisible()
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(page.getByText('还有 3 个没去')).toBeVisible()
  await page.getByRole('button', { name: '谷小满，谷小雪：无变化' }).click()
  await expect(page.getByText('还有 1 个没去')).toBeVisible()

  await page.getByRole('button', { name: '苗清明：有变化' }).click()
  await asks.getByLabel('了解到什么').fill('爸爸上个月去了南昌，奶奶想让他每周打个电话')
  await asks.getByLabel('有什么诉求').selectOption({ label: '联系父母' })
  await asks.getByLabel('家里收入低').check()
  await asks.getByLabel('家里谁确认的').fill('奶奶')
  await asks.getByRole('button', { name: '存下' }).click()
  await expect(asks).toBeHidden()
  await expect(page.getByText('都去过了')).toBeVisible()
  await expect(page.getByText('联系父母')).toBeVisible()
  const { items } = await ask<{ items: { kind: string; text: string }[] }>(page, `/records?child_id=${other}`)
  expect(items).toMatchObject([{ kind: 'survey', text: '爸爸上个月去了南昌，奶奶想让他每周打个电话' }])

  const report = page.waitForEvent('download')
  await page.getByRole('button', { name: '报告' }).click()
  expect((await report).suggestedFilename()).toContain('报告.docx')
  await page.getByRole('button', { name: '结束这一轮' }).click()
  await asks.getByRole('button', { name: '结束这一轮' }).click()
  await expect(page.getByText('结束了').first()).toBeVisible()
})
