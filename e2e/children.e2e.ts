// A child director's day with the files: at the door, on the phone, and when two people change the same thing.
import type { Browser, Page } from '@playwright/test'
import { accountOps } from '@nuanyang/contract/accounts.ts'
import { childOps, type ChildFile } from '@nuanyang/contract/children.ts'
import { newId } from '../server/src/kernel/ids.ts'
import { inventedNumber } from './rosters.ts'
import { expect, test, type Server } from './server.ts'

const director = { name: '周敏', username: 'zhoumin', password: '小暑村的早晨有鸟' }

async function send<T>(
  page: Page,
  op: { path: string },
  body: object,
  params: Record<string, string> = {},
): Promise<T> {
  const path = op.path.replace(/:(\w+)/g, (_all, name: string) => params[name]!)
  const answer = await page.request.post(`/api${path}`, {
    headers: { 'x-nuanyang': '1', 'idempotency-key': newId() },
    data: body,
  })
  if (!answer.ok()) throw new Error(await answer.text())
  return (await answer.json()) as T
}

/** Sets the village up once per server, and comes in as its child director. */
async function comeIn(page: Page, server: Server): Promise<void> {
  const { needed } = (await (await page.request.get('/api/setup')).json()) as { needed: boolean }
  if (needed)
    await send(page, accountOps.set_up, {
      code: server.setup_code,
      kind: 'village',
      place_code: '360123104207',
      ...director,
      separate_admins: false,
    })
  const { username, password } = director
  const { memberships } = await send<{ memberships: { id: string; role: string }[] }>(page, accountOps.sign_in, {
    username,
    password,
  })
  const seat = memberships.find(({ role }) => role === 'child_director')!
  await send(page, accountOps.switch_membership, { membership_id: seat.id })
}

async function makeChild(page: Page, facts: object): Promise<ChildFile> {
  return send(page, childOps.create, { id: newId(), facts, although_similar: true })
}

async function anotherSession(browser: Browser, server: Server): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: server.url, locale: 'zh-CN' })).newPage()
  await comeIn(page, server)
  return page
}

test('a child is added at the door, found by initials, and called after the purpose was said @phone', async ({
  page,
  server,
  isMobile,
}) => {
  await comeIn(page, server)
  await page.goto('/children/new')
  await page.getByLabel('姓名', { exact: true }).first().fill('温可遇')
  await page.getByRole('button', { name: '女', exact: true }).click()
  await page.getByLabel('出生日期').fill('2018年5月')
  const carer = page.locator('.section', { hasText: '照护人' }).first()
  await carer.getByLabel('姓名').fill('卢长顺')
  await carer.getByLabel('与孩子的关系').selectOption('外公')
  await carer.getByLabel('电话').fill('199 0000 0618')
  await expect(carer.getByText('认出 199 0000 0618')).toBeVisible()
  await page.getByRole('group', { name: '爸爸在不在家' }).getByRole('button', { name: '外出' }).click()
  await page.getByRole('button', { name: '建档' }).click()
  await expect(page.getByRole('heading', { name: '温可遇', level: 1 })).toBeVisible()
  await expect(page.getByText('2018年5月', { exact: true })).toBeVisible()

  await page.goto('/children')
  await page
    .getByPlaceholder(/姓名、拼音/)
    .last()
    .fill('wky')
  const row = page.getByRole(isMobile ? 'listitem' : 'row').filter({ hasText: '温可遇' })
  await expect(row).toHaveCount(1)
  await expect(page).toHaveURL(/q=wky/)
  await row.getByRole('link').click()
  await expect(page.getByRole('heading', { name: '温可遇', level: 1 })).toBeVisible()
  expect(await page.content()).not.toContain('19900000618')

  await page.getByRole('button', { name: '打电话' }).click()
  await page.getByRole('button', { name: '给家里打电话' }).click()
  await expect(page.getByRole('link', { name: /外公 卢长顺/ })).toHaveAttribute('href', 'tel:19900000618')
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: '谁看过' }).click()
  await expect(page.getByText('用途：给家里打电话')).toBeVisible()

  // Back from the file the search is still there.
  await page.goBack()
  await expect(page).toHaveURL(/q=wky/)
})

test('two people change the same facts: both are shown field by field, what only one changed is kept @phone', async ({
  page,
  server,
  browser,
}) => {
  await comeIn(page, server)
  const file = await makeChild(page, { name: '方亦然', address: '一组 3 号', carer: { name: '方有田', age: 66 } })
  await page.goto(`/children/${file.id}/edit?section=basic`)
  await page.getByLabel('现住址').fill('一组 30 号')
  await page.getByLabel('村民组').fill('一组')

  const other = await anotherSession(browser, server)
  await other.goto(`/children/${file.id}/edit?section=basic&field=address`)
  await expect(other.getByLabel('现住址')).toBeFocused()
  await other.getByLabel('现住址').fill('二组 8 号')
  await other.getByText('更多：', { exact: false }).first().click()
  await other.getByLabel('民族').selectOption('壮族')
  await other.getByRole('button', { name: '保存' }).click()
  await expect(other.getByText('二组 8 号')).toBeVisible()

  await page.getByRole('button', { name: '保存' }).click()
  const conflict = page.getByRole('alert', { name: '别人刚改过' })
  await expect(conflict.getByRole('button', { name: '一组 30 号' })).toBeVisible()
  // Only the fact that both changed is asked about.
  await expect(conflict.getByText('村民组')).toHaveCount(0)
  await expect(conflict.getByRole('button', { name: '按选的保存' })).toHaveCount(0)
  await conflict.getByRole('button', { name: '二组 8 号' }).click()
  await conflict.getByRole('button', { name: '按选的保存' }).click()
  await expect(page.getByRole('heading', { name: '方亦然', level: 1 })).toBeVisible()
  await expect(page.getByText('二组 8 号')).toBeVisible()
  await expect(page.getByText('壮族')).toBeVisible()
  await expect(page.locator('.facts').getByText('一组', { exact: true })).toBeVisible()
  await other.context().close()
})

test('a session that ends under a filled form asks on top of it, and nothing is lost @phone', async ({
  page,
  server,
}) => {
  await comeIn(page, server)
  const file = await makeChild(page, { name: '何以宁' })
  await page.goto(`/children/${file.id}/edit?section=family&field=mother.phones`)
  const phone = page.locator('[data-path="mother.phones"] input')
  await phone.fill('13800005566')
  await page.context().clearCookies()
  await page.getByRole('button', { name: '保存' }).click()
  const door = page.getByRole('dialog')
  await door.getByLabel('密码', { exact: true }).fill(director.password)
  await door.getByRole('button', { name: '登录' }).click()
  await expect(door).toHaveCount(0)
  await expect(phone).toHaveValue('13800005566')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('heading', { name: '何以宁', level: 1 })).toBeVisible()
  await expect(page.getByText('还差', { exact: false }).first()).toBeVisible()
  await expect(page.getByRole('link', { name: '妈妈的电话' })).toHaveCount(0)
})

test('a changed form asks before it is left @phone', async ({ page, server }) => {
  await comeIn(page, server)
  const file = await makeChild(page, { name: '罗一诺' })
  await page.goto(`/children/${file.id}/edit?section=health`)
  await page.getByRole('button', { name: '健康', exact: true }).click()
  await page.getByRole('link', { name: '不改了' }).click()
  await page.getByRole('button', { name: '留下继续填' }).click()
  await expect(page.getByRole('button', { name: '健康', exact: true })).toHaveAttribute('aria-pressed', 'true')
  await page.getByRole('link', { name: '不改了' }).click()
  await page.getByRole('button', { name: '离开', exact: true }).click()
  await expect(page.getByRole('heading', { name: '罗一诺', level: 1 })).toBeVisible()
})

test('a file is closed with a reason and registered again @phone', async ({ page, server }) => {
  await comeIn(page, server)
  const file = await makeChild(page, { name: '马知远' })
  const more = () => page.getByRole('button', { name: '更多' }).click()
  await page.goto(`/children/${file.id}`)
  await more()
  await page.getByRole('menuitem', { name: '退出档案' }).click()
  await page.getByRole('button', { name: '办理退出' }).click()
  await expect(page.getByText('请选一个原因。')).toBeVisible()
  await page.getByRole('button', { name: '父母回来了' }).click()
  await page.getByRole('button', { name: '办理退出' }).click()
  await expect(page.getByText(/退出：父母回来了/)).toBeVisible()
  await page.goto('/children?q=马知远')
  await page.getByRole('button', { name: '连已退出的一起找，有 1 人' }).click()
  await page.getByRole('link', { name: /马知远/ }).click()
  await more()
  await page.getByRole('menuitem', { name: '恢复在册' }).click()
  await page.getByLabel('为什么恢复').fill('父母又外出了')
  await page.getByRole('button', { name: '恢复在册' }).click()
  await expect(page.getByText(/退出：/)).toHaveCount(0)
})

test('a similar child and a wrong number are said where they are, and nothing waits in the outbox', async ({
  page,
  server,
}) => {
  await comeIn(page, server)
  const there = await makeChild(page, { name: '邓小满', born_on: '2016-03-08' })
  await page.goto('/children/new')
  await page.getByLabel('姓名', { exact: true }).first().fill('邓小满')
  await page.getByLabel('身份证号').fill('36012320160308001')
  await page.getByRole('button', { name: '建档' }).click()
  await expect(page.getByText(/身份证号要有 18 位/)).toBeVisible()
  await page.getByLabel('身份证号').fill(inventedNumber('360123', '2016-03-08', 961))
  await page.getByLabel('出生日期').fill('2016-3')
  await page.getByRole('button', { name: '建档' }).click()
  await expect(page.getByRole('heading', { name: '可能已经有这个孩子' })).toBeVisible()
  await expect(page.getByRole('link', { name: /没发出|没有被接收|还没发出/ })).toHaveCount(0)
  await page.getByRole('link', { name: '先看看那一份' }).click()
  await expect(page.getByRole('row').filter({ hasText: '邓小满' })).toHaveCount(1)
  // What was typed is still there on the way back.
  await page.goto('/children/new')
  await page.getByRole('button', { name: '建档' }).click()
  await page.getByRole('button', { name: '仍然建档' }).click()
  await expect(page.getByRole('heading', { name: '邓小满', level: 1 })).toBeVisible()
  expect(page.url()).not.toContain(there.id)
  await expect(page.getByText('居民身份证', { exact: true })).toBeVisible()
})

test('filters stand in the address; a selection prints as many cards as were ticked', async ({ page, server }) => {
  await comeIn(page, server)
  for (const name of ['白一舟', '白一帆'])
    await makeChild(page, { name, grade: '5', school_name: '荷塘小学', sex: 'male' })
  await page.goto('/children')
  await expect(page.getByRole('row')).not.toHaveCount(0)
  await page.keyboard.press('/')
  await expect(page.getByPlaceholder(/姓名、拼音首字母/)).toBeFocused()
  await page.getByRole('button', { name: '再加一个条件' }).click()
  await page.getByRole('menuitem', { name: '年级' }).click()
  await page.getByRole('button', { name: '五年级' }).click()
  await expect(page).toHaveURL(/grade=5/)
  await expect(page.getByRole('row')).toHaveCount(3)
  await page.getByRole('checkbox', { name: '选中这一页' }).check()
  await page.getByRole('button', { name: '打印 2 张联系卡' }).click()
  await page.getByRole('button', { name: '走访时带着' }).click()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '生成 2 张卡' }).click(),
  ])
  expect(file.suggestedFilename()).toMatch(/\.pdf$/)
  await page.goto('/children?grade=5')
  await page.getByRole('button', { name: '去掉条件：五年级' }).click()
  await expect(page).not.toHaveURL(/grade=5/)
})

test('the door behind a card: the file, or who can help', async ({ page, server }) => {
  await comeIn(page, server)
  const file = await makeChild(page, { name: '尹知秋' })
  await page.goto(`/cards/${file.card_code}`)
  await expect(page.getByRole('heading', { name: '尹知秋', level: 1 })).toBeVisible()
  await page.goto('/cards/00000000000000000000')
  await expect(page.getByText('这张卡上的孩子，你现在看不到')).toBeVisible()
  await expect(page.getByText(/卡上印的儿童主任或班主任的电话/)).toBeVisible()
})
