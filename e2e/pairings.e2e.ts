// A child gets a helper, from the button in the file; a third child is refused in words; ending says why.
import { childOps } from '@nuanyang/contract/children.ts'
import { newId } from '../server/src/kernel/ids.ts'
import { send } from './hands.ts'
import { settle, test } from './house.ts'
import { expect } from './server.ts'

test('a new helper needs the four checks, helps at most two, and is let go with a reason @phone', async ({
  page,
  house,
}) => {
  await settle(
    page,
    house,
    { kind: 'village', place_code: '360123104207' },
    { name: '林青禾', username: 'linqinghe', password: '井台边的老槐树开花了' },
  )
  const children = ['谷小雪', '苗清明', '桑春分']
  const ids = children.map(() => newId())
  for (const [at, name] of children.entries()) await send(page, childOps.create.path, { id: ids[at], facts: { name } })

  await page.goto(`/children/${ids[0]}?tab=pairing`)
  await page.getByRole('main').getByRole('link', { name: '结对', exact: true }).last().click()
  const asks = page.getByRole('dialog')
  await expect(asks.getByText(children[0]!)).toBeVisible()
  await asks.getByRole('combobox', { name: '帮扶人' }).fill('莫秋实')
  await asks.getByRole('option', { name: /登记“莫秋实”/ }).click()
  await asks.getByLabel('身份').selectOption({ label: '爱心妈妈' })
  await asks.getByRole('button', { name: '学习' }).click()
  await asks.getByRole('button', { name: '结对' }).click()
  await expect(asks.getByText('还没有做过资格核查')).toBeVisible()
  await asks.getByLabel('四项核查都没有问题').check()
  await asks.getByRole('button', { name: '结对' }).click()
  await expect(asks).toBeHidden()
  await expect(page.getByText('莫秋实').first()).toBeVisible()
  await page.goto(`/children/${ids[0]}`)
  await expect(page.getByText('爱心妈妈').first()).toBeVisible()

  for (const [at, refused] of [
    [1, false],
    [2, true],
  ] as const) {
    await page.goto(`/pairings?child_id=${ids[at]}&new=yes`)
    await asks.getByRole('combobox', { name: '帮扶人' }).fill('莫秋实')
    await asks
      .getByRole('option', { name: /莫秋实/ })
      .first()
      .click()
    await asks.getByRole('button', { name: '结对' }).click()
    if (refused) await expect(asks.getByText('已经帮着 2 个孩子')).toBeVisible()
    else await expect(asks).toBeHidden()
  }

  await page.goto('/pairings')
  await expect(page.getByText('莫秋实').first()).toBeVisible()
  await page.getByRole('link', { name: new RegExp(children[0]!) }).click()
  await page.getByRole('button', { name: '更多' }).click()
  await page.getByRole('menuitem', { name: '结束' }).click()
  await asks.getByLabel('为什么结束').selectOption({ label: '约定的时间到了' })
  await asks.getByRole('button', { name: '结束', exact: true }).click()
  await expect(asks).toBeHidden()
  await expect(page.getByText('约定的时间到了').first()).toBeVisible()
  await page.goto('/pairings')
  await expect(page.getByText(children[1]!)).toBeVisible()
  await expect(page.getByText(children[0]!)).toHaveCount(0)
  await page.goto('/pairings?state=ended')
  await expect(page.getByText('约定的时间到了')).toBeVisible()
  const { items } = (await (await page.request.get('/api/pairings?state=all')).json()) as { items: unknown[] }
  expect(items).toHaveLength(2)
})
