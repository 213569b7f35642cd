// The door and the frame, over plain http under a host name that is no secure context, as a village phone meets the office PC.
import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { TOTP } from 'otpauth'
import config from '../playwright.config.ts'
import { expect, test as withServer, type Server } from './server.ts'

const village = 'village.test'
const launch = config.use?.launchOptions ?? {}
const test = withServer.extend({
  baseURL: async ({ server }, use) => use(server.url.replace('127.0.0.1', village)),
})
test.use({
  launchOptions: { ...launch, args: [...(launch.args ?? []), `--host-resolver-rules=MAP ${village} 127.0.0.1`] },
})

const person = { name: '周敏', username: 'zhoumin', password: '小雨爱画画的下午' }

async function answerFirstRun(page: Page, server: Server): Promise<void> {
  await page.goto(`/start#${server.setup_code}`)
  const place = page.getByRole('combobox', { name: '地名' })
  // The page may still be taking its first breath when the button is there.
  await expect(async () => {
    await page.getByRole('button', { name: '继续' }).click({ timeout: 1000 })
    await expect(place).toBeVisible({ timeout: 2000 })
  }).toPass()
  await place.fill('dashuicun')
  await expect(page.getByRole('option').first()).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await page.getByLabel('姓名').fill(person.name)
  await page.getByLabel('用户名').fill(person.username)
  const password = page.getByLabel('密码', { exact: true })
  const finish = page.getByRole('button', { name: /^建好/ })
  await password.fill('123456789012')
  await finish.click()
  const refusal = page.getByText('请换一句只有你知道的话')
  await expect(refusal).toBeVisible()
  // What was refused is said of what was sent, not of what is typed instead.
  await password.fill(person.password)
  await expect(refusal).toBeHidden()
  await finish.click()
}

/** Signs in by the form, setting the installation up first if nobody has. */
async function comeIn(page: Page, server: Server): Promise<void> {
  await page.goto('/sign-in')
  await page.waitForURL(/\/(start|sign-in)/)
  const needsSetUp = await page.evaluate(async () => {
    const answer = await fetch('/api/session')
    return ((await answer.json()) as { setup_needed: boolean }).setup_needed
  })
  if (needsSetUp) await answerFirstRun(page, server)
  else await signIn(page, person.password)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page).not.toHaveURL(/sign-in|start/)
}

async function signIn(page: Page, password: string): Promise<void> {
  await page.getByLabel('用户名').fill(person.username)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByRole('button', { name: '登录' }).click()
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^(周敏|更多)$/ }).click()
  await page.getByRole('menuitem', { name: '退出' }).click()
  await page.waitForURL(/sign-in/)
}

test('every kind of unit finds its place by typing, and is asked for a name where the place is none', async ({
  page,
  server,
}) => {
  await page.goto(`/start#${server.setup_code}`)
  for (const { kind, asked, typed, place, named } of [
    { kind: '一个村或社区', asked: '你在哪个村或社区？', typed: '施秉 石桥', place: '石桥村', named: true },
    { kind: '一所学校', asked: '学校在哪里？', typed: 'luxixian', place: '芦溪县', named: false },
    { kind: '一个乡镇或街道', asked: '你在哪个乡镇？', typed: '芦溪 芦溪镇', place: '芦溪镇', named: true },
    { kind: '一个县、市、区', asked: '你在哪个县？', typed: '萍乡 lxx', place: '芦溪县', named: true },
    { kind: '一个部门或单位', asked: '单位在哪里？', typed: '芦溪县', place: '芦溪县', named: false },
    { kind: '一个关工委', asked: '关工委在哪里？', typed: '360323', place: '芦溪县', named: false },
  ]) {
    await page.getByRole('radio', { name: kind }).check()
    await page.getByRole('button', { name: '继续' }).click()
    await expect(page.getByRole('heading', { level: 1, name: asked })).toBeVisible()
    await page.getByRole('combobox', { name: '地名' }).fill(typed)
    await page.getByRole('option', { name: place }).first().click()
    await page.getByRole('button', { name: `就是${place}，继续` }).click()
    await expect(page.getByLabel('单位名称')).toHaveValue(named ? place : '')
    await page.getByRole('button', { name: '返回' }).click()
    await page.getByRole('button', { name: '返回' }).click()
  }
})

test('a new installation leads to the first run; a wrong code is said, the village is found by pinyin @phone', async ({
  page,
  server,
}) => {
  await page.goto('/')
  await page.waitForURL(/\/start$/)
  expect(await page.evaluate('isSecureContext')).toBe(false)
  await page.getByLabel('设置码').fill('FALSCH')
  await page.getByRole('button', { name: '继续' }).click()
  await expect(page.getByText('设置码不对')).toBeVisible()
  // The link pressed in the same window: only what stands behind the # changes.
  await answerFirstRun(page, server)
  await expect(page).not.toHaveURL(/start/)
  await page.goto('/me')
  await expect(page.getByRole('heading', { level: 1, name: person.name })).toBeVisible()
  await expect(page.getByText('系统管理员').first()).toBeVisible()
  await expect(page.getByText('儿童主任').first()).toBeVisible()
  // Nobody is led to the first run twice.
  await page.goto(`/start#${server.setup_code}`)
  await expect(page).not.toHaveURL(/start/)
})

test('a wrong password is a sentence with its cure; the second step asks for six digits; a recovery code works once', async ({
  page,
  server,
}) => {
  await comeIn(page, server)
  await page.goto('/me')
  await page.getByRole('button', { name: '打开动态码' }).click()
  await page.getByRole('dialog').getByLabel('密码', { exact: true }).fill(person.password)
  await page.getByRole('dialog').getByRole('button', { name: '打开动态码' }).click()
  const secret = (await page.locator('.totp-secret').innerText()).replaceAll(/\s/g, '')
  await page.getByLabel('六位数字').fill(new TOTP({ secret }).generate())
  await page.getByRole('button', { name: '确认打开' }).click()
  await expect(page.getByRole('heading', { name: '把备用码收好' })).toBeVisible()
  const [code] = await page.locator('.recovery li').allInnerTexts()
  await page.getByRole('button', { name: '抄好了' }).click()
  await signOut(page)

  await signIn(page, '不是这个密码')
  await expect(page.getByRole('alert')).toContainText('请单位管理员重设')
  await signIn(page, person.password)
  await page.getByLabel('动态码或备用码').fill('000000')
  await page.getByRole('button', { name: '继续' }).click()
  await expect(page.getByRole('alert')).toContainText('动态码不对')
  // A reload in between does not lose the step, and shows nothing of the inside.
  await page.reload()
  await page.getByLabel('动态码或备用码').fill(code!)
  await page.getByRole('button', { name: '继续' }).click()
  await expect(page).not.toHaveURL(/sign-in/)
  await page.goto('/me')
  await expect(page.getByText('备用码还剩 9 个')).toBeVisible()
  await page.getByRole('button', { name: '关掉动态码' }).click()
  await page.getByRole('dialog').getByLabel('密码', { exact: true }).fill(person.password)
  await page.getByRole('dialog').getByRole('button', { name: '关掉动态码' }).click()
  await expect(page.getByText('动态码关掉了')).toBeVisible()
})

test('a session that ends while a page is open asks on top of it and goes on', async ({ page, server, browser }) => {
  await comeIn(page, server)
  await page.goto('/me')
  const elsewhere = await browser.newContext({ baseURL: server.url.replace('127.0.0.1', village) })
  const other = await elsewhere.newPage()
  await comeIn(other, server)
  await other.goto('/me')
  await other.getByRole('button', { name: '退出它' }).first().click()
  await expect(other.getByText('那里已经退出')).toBeVisible()
  await elsewhere.close()

  await page.getByRole('button', { name: '打开动态码' }).click()
  await page.getByRole('dialog').getByLabel('密码', { exact: true }).fill(person.password)
  await page.getByRole('dialog').getByRole('button', { name: '打开动态码' }).click()
  const asks = page.getByRole('dialog', { name: '登录过期了' })
  await expect(asks).toBeVisible()
  await asks.getByLabel('密码', { exact: true }).fill(person.password)
  await asks.getByRole('button', { name: '登录' }).click()
  await expect(asks).toBeHidden()
  await expect(page).toHaveURL(/\/me$/)
})

test('the settings are found from the other seat too; a page that a seat does not have gives way to 今天', async ({
  page,
  server,
}) => {
  await comeIn(page, server)
  const seat = page.getByRole('button', { name: '换一个身份' })
  await seat.click()
  await page.getByRole('menuitemradio', { name: /儿童主任/ }).click()
  await expect(seat).toContainText('儿童主任')
  await page.getByRole('button', { name: person.name }).click()
  await page.getByRole('menuitem', { name: /设置.*换成系统管理员/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: '设置' })).toBeVisible()
  await expect(seat).toContainText('系统管理员')

  await seat.click()
  await page.getByRole('menuitemradio', { name: /儿童主任/ }).click()
  await expect(seat).toContainText('儿童主任')
  await page.goto('/children')
  await expect(page.getByRole('heading', { name: '还没有孩子的档案' })).toBeVisible()
  await seat.click()
  await page.getByRole('menuitemradio', { name: /系统管理员/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: '今天' })).toBeVisible()
  await seat.click()
  await page.getByRole('menuitemradio', { name: /儿童主任/ }).click()
  await expect(seat).toContainText('儿童主任')
})

test('the bar fits every screen between a tablet and a desk', async ({ page, server }) => {
  await comeIn(page, server)
  // The fullest bar: whoever looks after children.
  await expect(page.getByRole('navigation').getByRole('link', { name: '儿童' })).toBeVisible()
  for (const width of [768, 900, 1023, 1024, 1100, 1199, 1200, 1280]) {
    await page.setViewportSize({ width, height: 700 })
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    expect(await page.evaluate('document.documentElement.scrollWidth'), `${width}`).toBe(width)
  }
})

test('English and dark are kept; keys walk the frame', async ({ page, server }) => {
  await comeIn(page, server)
  await page.goto('/me')
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.getByRole('heading', { name: 'Where you are signed in' })).toBeVisible()
  await page.getByRole('button', { name: 'Dark' }).click()
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.getByRole('button', { name: '中文' }).click()
  await expect(page.getByRole('heading', { name: '登录着的地方' })).toBeVisible()
})

/** Puts a row into the outbox as an earlier visit without a connection has left it. Text, since it runs in the browser. */
async function leaveUnsent(page: Page, label: string, facts: Record<string, unknown>): Promise<void> {
  const id = `0198aaaa-${randomUUID().slice(9, 13)}-7${randomUUID().slice(15)}`
  const row = { id, operation: 'children.create', params: {}, body: { id, facts }, label, parked: null }
  await page.evaluate(`(async () => {
    const session = await (await fetch('/api/session')).json()
    const opening = indexedDB.open('nuanyang', 1)
    await new Promise((resolve) => (opening.onsuccess = resolve))
    const writing = opening.result.transaction('rows', 'readwrite')
    writing.objectStore('rows').add({
      ...${JSON.stringify(row)},
      account_id: session.account.id,
      membership_id: session.active_membership_id,
      written_at: new Date().toISOString(),
    })
    await new Promise((resolve) => (writing.oncomplete = resolve))
    opening.result.close()
  })()`)
}

test('what an earlier visit could not send is sent; what is refused is kept with its reason until it is withdrawn @phone', async ({
  page,
  server,
}) => {
  await comeIn(page, server)
  await page.goto('/outbox')
  await expect(page.getByRole('heading', { name: '都发出去了' })).toBeVisible()
  await leaveUnsent(page, '林小满，建档', { name: '林小满' })
  await leaveUnsent(page, '生日在将来，建档', { name: '林小夏', born_on: '2199-01-01' })
  await page.reload()
  await expect(page.getByText('没收下')).toBeVisible()
  await expect(page.getByText('林小满，建档')).toHaveCount(0)
  const names = await page.evaluate(async () => {
    const answer = (await (await fetch('/api/children')).json()) as { items: { name: string }[] }
    return answer.items.map(({ name }) => name)
  })
  expect(names).toContain('林小满')
  expect(names).not.toContain('林小夏')
  await page.getByRole('button', { name: '撤回' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '撤回' }).click()
  await expect(page.getByRole('heading', { name: '都发出去了' })).toBeVisible()
  // Seven seconds to think again.
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(page.getByText('没收下')).toBeVisible()
  // Signing out with something unsent asks first; a parked row does not hold anybody up, and stays.
  await page.goto('/me')
  await signOut(page)
  await signIn(page, person.password)
  await expect(page).not.toHaveURL(/sign-in/)
  await page.goto('/outbox')
  await expect(page.getByText('没收下')).toBeVisible()
})
