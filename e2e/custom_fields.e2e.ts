// A field of the county's own in the list of children: a column one chooses, a filter asked as the field is filled in, kept under a name,
// passed on to what is printed of the list.
import { childOps } from '@nuanyang/contract/children.ts'
import { customFieldOps } from '@nuanyang/contract/custom_fields.ts'
import { newId } from '../server/src/kernel/ids.ts'
import { send, takeSeat } from './hands.ts'
import { settle, test } from './house.ts'
import { expect } from './server.ts'

test('who has no watch: found by the county’s own field, and the same children are printed @phone', async ({
  page,
  house,
}, info) => {
  await settle(
    page,
    house,
    { kind: 'village', place_code: '360123104207' },
    { name: '林青禾', username: 'linqinghe', password: '井台边的老槐树开花了' },
  )
  await takeSeat(page, 'administrator')
  const { code } = await send<{ code: string }>(page, customFieldOps.add.path, { id: newId(), name: '电话手表', type: 'choice', options: ['有', '没有'], field_group: 'family' }) // prettier-ignore
  await takeSeat(page, 'child_director')
  for (const [name, watch] of [
    ['谷小雪', '有'],
    ['罗安安', '没有'],
    ['陈小雨', null],
  ] as const) {
    // prettier-ignore
    const id = newId()
    const { version } = await send<{ version: number }>(page, childOps.create.path, { id, facts: { name } })
    if (watch) await send(page, childOps.set_custom.path.replace(':id', id), { version, values: { [code]: watch } })
  }
  await page.goto('/children')
  if (info.project.name === 'computer') {
    await page.getByRole('button', { name: '选列' }).click()
    await page.getByRole('menuitemradio', { name: '电话手表' }).click()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('row', { name: /罗安安/ })).toContainText('没有')
    await expect(page.getByRole('columnheader', { name: '电话手表' })).toBeVisible()
  }
  const ask = async (value: string) => {
    await page.getByRole('button', { name: '再加一个条件' }).click()
    await page.getByRole('menuitem', { name: '电话手表' }).click()
    await page.getByRole('dialog').getByRole('button', { name: value, exact: true }).click()
  }
  await ask('没有')
  await expect(page.getByRole('button', { name: '去掉条件：电话手表：没有' })).toBeVisible()
  await expect(page.getByText('这里列出 1 人')).toBeVisible()
  await expect(page.getByText('罗安安')).toBeVisible()
  await ask('未采集')
  await expect(page).toHaveURL(new RegExp(`custom=${code}&custom_unknown=yes`))
  await expect(page.getByText('陈小雨')).toBeVisible()
  await expect(page.getByText('罗安安')).toHaveCount(0)

  await page.getByRole('button', { name: '存起来的筛选' }).click()
  await page.getByRole('menuitem', { name: '把这些条件存起来' }).click()
  await page.getByRole('dialog').getByLabel('叫什么').fill('手表没问过')
  await page.getByRole('dialog').getByRole('button', { name: '存起来' }).click()
  await page.goto('/children')
  await page.getByRole('button', { name: '存起来的筛选' }).click()
  await page.getByRole('menuitem', { name: '手表没问过' }).click()
  await expect(page.getByText('这里列出 1 人')).toBeVisible()

  await page.goto(`/documents/new?kind=ledger&custom=${code}&custom_value=有`)
  await expect(page.getByRole('button', { name: '去掉条件：电话手表：有' })).toBeVisible()
  await expect(page.getByText('里符合的 1 人')).toBeVisible()
})
