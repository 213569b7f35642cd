// A township's administrator arranges the units: a village found in the list, a group with its printed names, a merger.
import type { Page } from '@playwright/test'
import { accountOps } from '@nuanyang/contract/accounts.ts'
import { newId } from '../server/src/kernel/ids.ts'
import { expect, test, type Server } from './server.ts'

const first = { name: '何穗', username: 'hesui', password: '渡口的灯每晚都亮着' }

async function send(page: Page, path: string, body: object): Promise<unknown> {
  const answer = await page.request.post(`/api${path}`, {
    headers: { 'x-nuanyang': '1', 'idempotency-key': newId() },
    data: body,
  })
  if (!answer.ok()) throw new Error(await answer.text())
  return answer.json()
}

/** Sets a township up once, and comes in as its administrator. */
async function comeIn(page: Page, server: Server): Promise<void> {
  const { needed } = (await (await page.request.get('/api/setup')).json()) as { needed: boolean }
  const session = (
    needed
      ? await send(page, accountOps.set_up.path, {
          code: server.setup_code,
          kind: 'township',
          place_code: '360123104',
          ...first,
          separate_admins: false,
        })
      : await send(page, accountOps.sign_in.path, { username: first.username, password: first.password })
  ) as { memberships: { id: string; role: string }[] }
  const seat = session.memberships.find((one) => one.role === 'administrator')!
  await send(page, accountOps.switch_membership.path, { membership_id: seat.id })
}

/** From the list of units, below the own one. */
async function addBelow(page: Page, kind: string, name: string): Promise<void> {
  await page.goto('/units')
  await page.getByRole('button', { name: '新建单位' }).click()
  const asked = page.getByRole('dialog')
  await asked.getByLabel('类别').selectOption({ label: kind })
  await asked.getByLabel('名称').fill(name)
  await asked.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeAttached()
}

test('a village is found in the list with its code, and a second one of that name is refused in words', async ({
  page,
  server,
}) => {
  await comeIn(page, server)
  await page.goto('/units')
  await page.getByRole('button', { name: '新建单位' }).click()
  const asked = page.getByRole('dialog')
  await asked.getByLabel('类别').selectOption({ label: '村' })
  await asked.getByLabel('名称').fill('xi')
  const hit = asked.getByRole('listbox').getByRole('option').first()
  const name = (await hit.locator('b').textContent())!
  await hit.click()
  await expect(asked.getByText('区划代码 360123104')).toBeVisible()
  await asked.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(page.getByText(/^360123104\d{3}$/)).toBeVisible()

  await page.goto('/units')
  await page.getByRole('button', { name: '新建单位' }).click()
  await page.getByRole('dialog').getByLabel('类别').selectOption({ label: '村' })
  await page.getByRole('dialog').getByLabel('名称').fill(name)
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('alert')).toContainText(`已经有“${name}”了`)
})

test('a leading group is founded, gets its people, and its list is printed @phone', async ({ page, server }) => {
  await comeIn(page, server)
  const village = `春分村${newId().slice(-3)}`
  await addBelow(page, '村', village)
  await page.getByRole('button', { name: '新建小组' }).click()
  await page.getByRole('dialog').getByLabel('小组名称').fill(`${village}关爱服务领导小组`)
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  for (const [name, occupation, phone] of [
    ['郑海涛', '村党支部书记', '138-0000-0011'],
    ['王雪琴', '儿童主任', '13800000012'],
  ] as const) {
    await page.getByRole('button', { name: '添加成员' }).click()
    const asked = page.getByRole('dialog')
    await asked.getByLabel('姓名').fill(name)
    await asked.getByLabel('单位及职务').fill(occupation)
    await asked.getByLabel('电话').fill(phone)
    await asked.getByRole('button', { name: '保存' }).click()
    await expect(page.getByRole('listitem').filter({ hasText: name })).toContainText(occupation)
  }
  await expect(page.getByRole('listitem').filter({ hasText: '郑海涛' })).toContainText('组长')
  await expect(page.getByText('13800000011')).toBeVisible()
  await page.getByRole('button', { name: '打印名单' }).click()
  const arriving = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: '名单（Word）' }).click()
  expect((await arriving).suggestedFilename()).toBe(`${village}关爱服务领导小组名单.docx`)
})

test('a village is merged into another: it is gone from the tree, and its groups are told apart @phone', async ({
  page,
  server,
}) => {
  await comeIn(page, server)
  const tail = newId().slice(-3)
  const [old, into] = [`惊蛰村${tail}`, `清明村${tail}`]
  for (const name of [into, old]) {
    await addBelow(page, '村', name)
    await page.getByRole('button', { name: '新建下级' }).click()
    await page.getByRole('dialog').getByLabel('类别').selectOption({ label: '村民组' })
    await page.getByRole('dialog').getByLabel('名称').fill('一组')
    await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
    await expect(page.getByRole('heading', { level: 1, name: '一组' })).toBeAttached()
    await page.getByRole('link', { name, exact: true }).first().click()
  }
  await page.getByRole('button', { name: '更多', exact: true }).click()
  await page.getByRole('menuitem', { name: '撤并' }).click()
  await page.getByRole('combobox', { name: '并入' }).fill(into)
  await page.getByRole('option').filter({ hasText: into }).click()
  await page.getByRole('dialog').getByRole('button', { name: '撤并' }).click()
  await expect(page.getByRole('heading', { level: 1, name: into })).toBeAttached()
  await expect(page.getByRole('link', { name: `一组（原${old}）` })).toBeVisible()
  await page.goto('/units')
  await expect(page.getByRole('link', { name: into, exact: true })).toBeVisible()
  await expect(page.getByRole('link', { name: old, exact: true })).toHaveCount(0)
  await page.getByLabel('也列出已撤销的').check()
  // The closed unit stands under the one that carries on.
  await page.getByRole('button', { name: `展开${into}` }).click()
  await expect(page.getByRole('link', { name: old, exact: true })).toBeVisible()
})

test('a class whose last year is over says so, and where to go on', async ({ page, server }) => {
  await comeIn(page, server)
  const [school, left] = [newId(), newId()]
  const session = (await (await page.request.get('/api/session')).json()) as { memberships: { unit_id: string }[] }
  await send(page, '/units', {
    id: school,
    kind: 'school',
    name: '芦溪小学',
    parent_id: session.memberships[0]!.unit_id,
  })
  await send(page, '/units', { id: left, kind: 'class', parent_id: school, stage: 'primary', entry_year: 2015, class_number: '1' }) // prettier-ignore
  await page.goto(`/units/${left}`)
  await expect(page.getByText('这个班已经毕业')).toBeVisible()
})
