// Somebody signs with a finger: the carer for what was received, the guardian at the door; paper and camera do as well.
import type { Locator, Page } from '@playwright/test'
import { childOps } from '@nuanyang/contract/children.ts'
import { newId } from '../server/src/kernel/ids.ts'
import { ask, download, readPdf, send } from './hands.ts'
import { settle, test } from './house.ts'
import { expect } from './server.ts'

/** A line through the middle of the frame. */
async function draw(page: Page, area: Locator): Promise<void> {
  const { x, y, width, height } = (await area.boundingBox())!
  await page.mouse.move(x + width * 0.2, y + height * 0.5)
  await page.mouse.down()
  for (let n = 1; n <= 12; n++)
    await page.mouse.move(x + width * (0.2 + n * 0.05), y + height * (0.5 + (n % 2 ? 0.2 : -0.2)))
  await page.mouse.up()
}

interface Signed {
  items: { signed_by: string | null; form: string }[]
}
const signedOn = async (page: Page, kind: string) => {
  const { items } = await ask<{ items: { id: string }[] }>(page, `/records?kind=${kind}`)
  if (!items[0]) return []
  return (await ask<Signed>(page, `/files?owner_type=record&owner_id=${items[0].id}`)).items.map((one) => one.signed_by)
}

test('who receives signs on the screen, the guardian confirms at the door: on the card, on paper, without a network @phone', async ({
  page,
  house,
}) => {
  test.setTimeout(120_000)
  const director = { name: '林青禾', username: 'linqinghe', password: '井台边的老槐树开花了' }
  await settle(page, house, { kind: 'village', place_code: '360123104207' }, director)
  const id = newId()
  await send(page, childOps.create.path, { id, facts: { name: '谷小雪', born_on: '2017-03-05' } })

  await page.goto(`/record?kind=aid&child=${id}`)
  await page.getByRole('textbox', { name: '说明' }).fill('过冬的棉衣')
  const row = page.getByRole('group', { name: '领取人签字' })
  await row.getByRole('button', { name: '请他签字' }).click()
  const pad = page.getByRole('dialog', { name: '领取人签字' })
  await pad.getByRole('button', { name: '用这个签字' }).click()
  await expect(pad.getByText('写上谁签的。')).toBeVisible()
  await pad.getByLabel('谁签的').fill('王桂英')
  await pad.getByRole('button', { name: '用这个签字' }).click()
  await expect(pad.getByText('框里还没有签。')).toBeVisible()
  await draw(page, pad.getByLabel('用手指在框里签'))
  await pad.getByRole('button', { name: '用这个签字' }).click()
  await expect(row.getByRole('figure', { name: '王桂英的签字' })).toBeVisible()
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await expect.poll(() => signedOn(page, 'aid')).toEqual(['王桂英'])

  await page.goto('/records')
  await page
    .getByRole('link', { name: /谷小雪/ })
    .first()
    .click()
  await expect(page.getByText('王桂英的签字')).toBeVisible()
  // Signing said who received it.
  await expect(page.getByRole('definition').filter({ hasText: '王桂英' })).toBeVisible()
  // A neighbour who fetched it for her signs later, on the saved record.
  await page.getByRole('button', { name: '请他签字' }).click()
  await expect(pad.getByLabel('谁签的')).toHaveValue('王桂英')
  await pad.getByLabel('谁签的').fill('邻居赵婶')
  await draw(page, pad.getByLabel('用手指在框里签'))
  await pad.getByRole('button', { name: '用这个签字' }).click()
  await expect(page.getByText('邻居赵婶的签字')).toBeVisible()
  const card = await download(page, async () => {
    await page.getByRole('button', { name: '打印' }).click()
    await page.getByLabel('做什么用').fill('入档')
    await page.getByRole('button', { name: '生成文件' }).click()
  })
  expect(readPdf(card.path).text.replaceAll(/\s/g, '')).toMatch(/王桂英签字：.*邻居赵婶签字：/)

  // At the door, out of reach of the network: what was said and its signature wait on the telephone and go out together.
  await page.goto('/surveys')
  await page.getByRole('button', { name: '开始一轮' }).click()
  const asks = page.getByRole('dialog')
  await asks.getByRole('button', { name: '开始', exact: true }).click()
  await page.getByRole('button', { name: '谷小雪：有变化' }).click()
  await asks.getByLabel('了解到什么').fill('妈妈腊月回来')
  await asks.getByRole('button', { name: '请他签字' }).click()
  const guardian = page.getByRole('dialog', { name: '监护人签字' })
  await guardian.getByLabel('谁签的').fill('奶奶')
  await draw(page, guardian.getByLabel('用手指在框里签'))
  await guardian.getByRole('button', { name: '用这个签字' }).click()
  await expect(asks.getByLabel('家里谁确认的')).toHaveValue('奶奶')
  await page.context().setOffline(true)
  await asks.getByRole('button', { name: '存下' }).click()
  await expect(asks).toBeHidden()
  await page.context().setOffline(false)
  await expect.poll(() => signedOn(page, 'survey'), { timeout: 30_000 }).toEqual(['奶奶'])
})
