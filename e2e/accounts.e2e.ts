// Accounts as an administrator and the people they are made for meet them: the slip, the pasted list, the reset, the hand-over,
// and 手机使用.
import type { Browser, Page } from '@playwright/test'
import { accountOps } from '@nuanyang/contract/accounts.ts'
import { newId } from '../server/src/kernel/ids.ts'
import { expect, test, type Server } from './server.ts'

const admin = { name: '赵秋禾', username: 'zhaoqiuhe', password: '河边的老水车还在转' }
const chosen = '枣树今年结得特别多'

async function send(page: Page, op: { method: string; path: string }, body: object): Promise<unknown> {
  return page.evaluate(
    async ({ path, body: said, key }) => {
      const answer = await fetch(`/api${path}`, {
        method: 'POST',
        headers: { 'x-nuanyang': '1', 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(said),
      })
      if (!answer.ok) throw new Error(await answer.text())
      return answer.json()
    },
    { path: op.path, body, key: newId() },
  )
}

/** Sets the installation up over the API once, and comes in as its administrator. */
async function comeIn(page: Page, server: Server): Promise<void> {
  await page.goto('/sign-in')
  const { needed } = (await (await page.request.get('/api/setup')).json()) as { needed: boolean }
  const session = (
    needed
      ? await send(page, accountOps.set_up, {
          code: server.setup_code,
          kind: 'village',
          place_code: '360123104207',
          ...admin,
          separate_admins: false,
        })
      : await send(page, accountOps.sign_in, { username: admin.username, password: admin.password })
  ) as { memberships: { id: string; role: string }[] }
  const seat = session.memberships.find((one) => one.role === 'administrator')!
  await send(page, accountOps.switch_membership, { membership_id: seat.id })
}

async function openAs(browser: Browser, server: Server, username: string, password: string): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: server.url, locale: 'zh-CN' })).newPage()
  await page.goto('/sign-in')
  await page.getByLabel('用户名').fill(username)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByRole('button', { name: '登录' }).click()
  return page
}

async function slipOf(page: Page, name: string): Promise<{ username: string; password: string }> {
  const slip = page.locator('.slips > li', { hasText: name })
  await expect(slip).toBeVisible()
  const [, username, password] = await slip.locator('dd').allTextContents()
  return { username: username!, password: password! }
}

test('an account is made, its slip handed over, and the person chooses a password of their own @phone', async ({
  page,
  server,
  browser,
}) => {
  await comeIn(page, server)
  const name = `李山${newId().slice(-3)}`
  await page.goto('/accounts')
  await page.getByRole('button', { name: '新建账号' }).click()
  await page.getByLabel('姓名').fill(name)
  await page.getByLabel('角色').selectOption({ label: '儿童主任' })
  await page.getByRole('button', { name: '建好' }).click()
  const { username, password } = await slipOf(page, name)
  expect(password).toMatch(/^\w{4}-\w{4}-\w{4}$/)
  await page.getByRole('button', { name: '交好了' }).click()
  await expect(page.getByText(name)).toBeVisible()

  const theirs = await openAs(browser, server, username, password)
  await theirs.waitForURL(/new-password/)
  await theirs.getByLabel('现在的密码').fill(password)
  await theirs.getByLabel('新密码').fill(chosen)
  await theirs.keyboard.press('Enter')
  await expect(theirs).not.toHaveURL(/new-password|sign-in/)
  await theirs.context().close()
})

test('a list copied out of a table: what is wrong stands in its line; then slips for everybody', async ({
  page,
  server,
}) => {
  await comeIn(page, server)
  await page.goto('/accounts/many')
  const list = page.getByLabel('名单').first()
  await list.fill('姓名\t角色\t单位\n王小梅\t儿童主任\t没有这个村\n张明月\t村长\t')
  await page.getByRole('button', { name: '建好这 2 个账号' }).click()
  await expect(page.getByText('你管的范围里没有“没有这个村”')).toBeVisible()
  await expect(page.getByText('没有“村长”这个角色')).toBeVisible()
  const { unit_name: unit } = (
    (await (await page.request.get('/api/session')).json()) as { memberships: { unit_name: string }[] }
  ).memberships[0]!
  await list.fill(`姓名\t角色\t单位\n王小梅\t儿童主任\t${unit}\n张明月\t社工\t${unit}`)
  await page.getByRole('button', { name: '建好这 2 个账号' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '建好了 2 个账号' })).toBeVisible()
  expect((await slipOf(page, '王小梅')).username).toMatch(/^wangxiaomei/)
})

test('a lost password is reset; who leaves hands everything over and cannot come in any more', async ({
  page,
  server,
  browser,
}) => {
  await comeIn(page, server)
  const { id: unit_id } = await page.evaluate(async () => {
    const session = (await (await fetch('/api/session')).json()) as { memberships: { unit_id: string }[] }
    return { id: session.memberships[0]!.unit_id }
  })
  const make = async (name: string) =>
    (await send(page, accountOps.create, { id: newId(), name, role: 'child_director', unit_id })) as {
      id: string
      username: string
    }
  const leaver = await make('秦海涛')
  await make('孟春燕')
  await page.goto(`/accounts/${leaver.id}`)
  await page.getByRole('button', { name: '重设密码' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '重设密码' }).click()
  const { password } = await slipOf(page, '秦海涛')
  await page.getByRole('button', { name: '交好了' }).click()
  await page.getByRole('button', { name: '离任交接' }).click()
  await page.getByRole('combobox', { name: '交给谁' }).fill('孟春燕')
  await page.getByRole('option', { name: /孟春燕/ }).click()
  await page.getByLabel('原因').fill('换届')
  await page.getByRole('button', { name: '交给孟春燕' }).click()
  await expect(page.getByText('没有任何身份')).toBeVisible()
  const theirs = await openAs(browser, server, leaver.username, password)
  await expect(theirs.getByText('已经停用')).toBeVisible()
  await theirs.context().close()
})

test('手机使用 is closed at first, and opens after the risk was read and accepted', async ({ page, server }) => {
  await comeIn(page, server)
  await page.goto('/settings')
  await page.getByRole('main').getByRole('link', { name: '手机使用' }).click()
  await expect(page.getByText('没有开')).toBeVisible()
  await page.getByText('办公室内网，不加密').click()
  const use = page.getByRole('button', { name: '就这样用' })
  await expect(use).toBeDisabled()
  await expect(page.getByText('还有你的密码')).toBeVisible()
  await page.getByText('我知道，并承担').click()
  await use.click()
  await expect(page.getByText(`${admin.name}在`)).toBeVisible()
  // Where this computer has an address in a private network there is one code for each; elsewhere the page says why there is none.
  await expect(
    page.getByRole('img', { name: '暖阳地址的二维码' }).or(page.getByText('没有连上办公室网络')).first(),
  ).toBeVisible()
  await page.getByText('不开：只在这台电脑上用').click()
  await page.getByRole('button', { name: '关掉' }).click()
  await expect(page.getByText('没有开')).toBeVisible()
})
