// What goes wrong on an ordinary day: a session that ends, an answer that is lost, two people at once, a computer that is switched off.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { APIRequestContext } from '@playwright/test'
import { childOps } from '@nuanyang/contract/children.ts'
import { consentOps } from '@nuanyang/contract/consents.ts'
import { importOps } from '@nuanyang/contract/imports.ts'
import { newId } from '../../server/src/kernel/ids.ts'
import { answerQuestions, ask, countChildren, putIn, send, signIn, writeFiles } from '../hands.ts'
import { comesIn, settle, test } from '../house.ts'
import { invented, largeLedger, ownSchoolClasses, ownVillageLedger, type Roster } from '../rosters.ts'
import { expect, settledDataDir, startServer } from '../server.ts'

const village = { kind: 'village', place_code: '360123104207' } as const
const first = { name: '林青禾', username: 'linqinghe', password: '井台边的老槐树开花了' }

test('a session that ends over a filled form loses nothing @phone', async ({ page, house, browser }) => {
  await settle(page, house, village, first)
  await page.goto('/children/new')
  await page.getByLabel('姓名').first().fill('祝小满')
  await page.getByLabel('身份证号').first().fill(invented[1]!.id_no)

  const elsewhere = await (await browser.newContext({ baseURL: house.url, locale: 'zh-CN' })).newPage()
  await signIn(elsewhere, first)
  await send(elsewhere, '/session/end-others', {})
  await elsewhere.context().close()

  await page.getByRole('button', { name: '建档' }).click()
  const asks = page.getByRole('dialog', { name: '登录过期了' })
  await asks.getByLabel('密码', { exact: true }).fill(first.password)
  await asks.getByRole('button', { name: '登录' }).click()
  await expect(asks).toBeHidden()
  await expect.poll(() => countChildren(page)).toBe(1)
  const { items } = await ask<{ items: { name: string; sex: string }[] }>(page, '/children')
  expect(items).toMatchObject([{ name: '祝小满' }])
})

test('an answer lost after the child was written: the same request again makes no second child', async ({
  page,
  house,
}) => {
  await settle(page, house, village, first)
  const keys: string[] = []
  await page.route('**/api/children', async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    keys.push(route.request().headers()['idempotency-key']!)
    // The server has written; its answer never arrives.
    const answer = await route.fetch()
    return keys.length === 1 ? route.abort('connectionreset') : route.fulfill({ response: answer })
  })
  await page.goto('/children/new')
  await page.getByLabel('姓名').first().fill('谷小雪')
  await page.getByRole('button', { name: '建档' }).click()
  await expect.poll(() => keys.length, { timeout: 30_000 }).toBeGreaterThan(1)
  expect(new Set(keys).size).toBe(1)
  await page.goto('/outbox')
  await expect(page.getByRole('heading', { name: '都发出去了' })).toBeVisible()
  expect(await countChildren(page)).toBe(1)
})

test('two people import the same children at once: each child has one file', async ({ page, house, browser }) => {
  test.setTimeout(120_000)
  const { memberships } = await settle(page, house, village, first)
  const unit_id = memberships[0]!.unit_id
  const seats = await ask<{ memberships: { id: string; role: string }[] }>(page, '/session')
  const seat = (role: string) => ({ membership_id: seats.memberships.find((each) => each.role === role)!.id })
  await send(page, '/session/membership', seat('administrator'))
  const other = await comesIn(page, browser, house, { name: '邵念真', role: 'archivist', unit_id })
  await send(page, '/session/membership', seat('child_director'))
  const [mine, theirs] = await Promise.all([
    putIn(page, await ownVillageLedger()),
    putIn(other, await ownSchoolClasses()),
  ])
  await answerQuestions(page, mine)
  await answerQuestions(other, theirs)
  await Promise.all([writeFiles(page), writeFiles(other)])
  const { items } = await ask<{ items: { name: string }[] }>(page, '/children?limit=200')
  // Eleven stand in both tables with their number. The twelfth has none in the ledger, and two files may be merged by a person only.
  const doubled = items.map(({ name }) => name).filter((name, at, all) => all.indexOf(name) !== at)
  expect(doubled.filter((name) => name !== invented[0]!.name)).toEqual([])
})

interface Going {
  state: string
  progress: number
}

/** Looks as often as it can until the import is so far. */
async function until(api: APIRequestContext, url: string, id: string, so: (going: Going) => boolean): Promise<Going> {
  for (;;) {
    const answer = await api.get(`${url}/api/imports/${id}`)
    if (answer.ok()) {
      const going = (await answer.json()) as Going
      if (going.state === 'failed') throw new Error(await answer.text())
      if (so(going)) return going
    }
  }
}

test('the computer is switched off while a roster is read and while it is written: both go on, nothing is doubled', async ({
  page,
}) => {
  test.setTimeout(240_000)
  const dataDir = await settledDataDir()
  let house = await startServer({ dataDir })
  const roster: Roster = await largeLedger(3000)
  await page.goto(house.url)
  await send(page, `${house.url}/api/setup`, { code: house.setup_code, ...village, ...first, separate_admins: false })
  await page.goto(`${house.url}/imports`)
  await page.locator('input[type=file]').setInputFiles(roster.path)
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}/)
  const id = /imports\/([0-9a-f-]{36})/.exec(page.url())![1]!

  const api = page.request
  await until(api, house.url, id, ({ state }) => state === 'reading')
  await house.kill9()
  house = await startServer({ dataDir })
  let since = Date.now()
  await until(api, house.url, id, ({ state, progress }) => state === 'ready' || (state === 'reading' && progress > 0))
  expect(Date.now() - since).toBeLessThan(30_000)
  await until(api, house.url, id, ({ state }) => state === 'ready')

  const { version } = (await (await api.get(`${house.url}/api/imports/${id}`)).json()) as { version: number }
  await send(page, `${house.url}/api${importOps.apply.path.replace(':id', id)}`, { version })
  await until(api, house.url, id, ({ state, progress }) => state === 'applying' && progress > 0)
  await house.kill9()
  house = await startServer({ dataDir })
  since = Date.now()
  await until(
    api,
    house.url,
    id,
    ({ state, progress }) => state === 'applied' || (state === 'applying' && progress > 0),
  )
  expect(Date.now() - since).toBeLessThan(30_000)
  await until(api, house.url, id, ({ state }) => state === 'applied')
  const counted = (await (await api.get(`${house.url}/api/children/count`)).json()) as { count: number }
  expect(counted.count).toBe(roster.names.length)
  await house.stop()
  rmSync(join(dataDir, '..'), { recursive: true, force: true })
})

test('the computer is switched off between a record and its photo, and again while the answer was under way: one record, one photo each @phone', async ({
  page,
  house,
}) => {
  test.setTimeout(150_000)
  await settle(page, house, village, first)
  const child = newId()
  await send(page, childOps.create.path, { id: child, facts: { name: '谷小雪' } })
  const on = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  await send(page, consentOps.add.path, {
    id: newId(),
    child_id: child,
    purpose: 'photo',
    legal_basis: 'consent',
    given_by: '妈妈',
    how: 'paper',
    from_on: on,
  })
  const PORT = new URL(house.url).port
  let running = house
  for (const [kind, box, when] of [
    ['talk', '谈了什么', 'before'],
    ['study', '帮了什么', 'after'],
  ] as const) {
    let struck = false
    await page.route('**/api/files', async (route) => {
      if (route.request().method() !== 'POST' || struck) return route.continue()
      struck = true
      if (when === 'after') await route.fetch()
      await running.kill9()
      await route.abort('connectionreset')
    })
    await page.goto(`/record?kind=${kind}&child=${child}`)
    await page.getByRole('textbox', { name: box }).fill('一起浇了花')
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: '添照片' }).click()
    await (await chooser).setFiles(new URL('../../docs/pictures/file.png', import.meta.url).pathname)
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await expect
      .poll(
        () =>
          page.request.get('/api/session').then(
            () => 'up',
            () => 'down',
          ),
        { timeout: 20_000 },
      )
      .toBe('down')
    running = await startServer({ dataDir: house.dataDir, env: { PORT } })
    await page.unroute('**/api/files')
    await page.goto('/records')
    const records = async () => (await ask<{ items: { id: string }[] }>(page, `/records?kind=${kind}`)).items
    const photos = async () =>
      (
        await Promise.all(
          (await records()).map(({ id }) => ask<{ items: unknown[] }>(page, `/files?owner_type=record&owner_id=${id}`)),
        )
      ).map(({ items }) => items.length)
    await expect.poll(photos, { timeout: 40_000 }).toEqual([1])
    await page.goto('/outbox')
    await expect(page.getByRole('heading', { name: '都发出去了' })).toBeVisible()
    expect(await photos()).toEqual([1])
  }
  await running.stop()
})
