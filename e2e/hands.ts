// What people do on their main days, in the words of the pages: the first run, a roster put in and its questions answered, signing in.
import { execFileSync } from 'node:child_process'
import type { Download, Page } from '@playwright/test'
import { accountOps } from '@nuanyang/contract/accounts.ts'
import { newId } from '../server/src/kernel/ids.ts'
import { expect, type Server } from './server.ts'
import type { Roster } from './rosters.ts'

export interface Person {
  name: string
  username: string
  password: string
}

/** The first run by hand: kind of unit, the place found by typing, the first person. */
export async function firstRun(
  page: Page,
  server: Server,
  unit: { kind: string; typed: string; place: RegExp; name?: string },
  person: Person,
): Promise<void> {
  await page.goto(`/start#${server.setup_code}`)
  await page.getByRole('radio', { name: unit.kind }).check()
  await page.getByRole('button', { name: '继续' }).click()
  await page.getByRole('combobox', { name: '地名' }).fill(unit.typed)
  await page.getByRole('option', { name: unit.place }).first().click()
  await page.getByRole('button', { name: /^就是/ }).click()
  if (unit.name) await page.getByLabel('单位名称').fill(unit.name)
  await page.getByLabel('姓名').fill(person.name)
  await page.getByLabel('用户名').fill(person.username)
  await page.getByLabel('密码', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: /^建好/ }).click()
  await expect(page).not.toHaveURL(/start/)
}

export async function signIn(page: Page, person: { username: string; password: string }): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('用户名').fill(person.username)
  await page.getByLabel('密码', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: '登录' }).click()
  await expect(page).not.toHaveURL(/sign-in/)
}

/** A write over the API with this page's session, for what a test only needs to stand there. */
export async function send<A>(page: Page, path: string, body: object, key = newId()): Promise<A> {
  const answer = await page.request.post(path.startsWith('http') ? path : `/api${path}`, {
    headers: { 'x-nuanyang': '1', 'idempotency-key': key },
    data: body,
  })
  if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`)
  return (await answer.json()) as A
}

export async function ask<A>(page: Page, path: string): Promise<A> {
  const answer = await page.request.get(`/api${path}`)
  if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`)
  return (await answer.json()) as A
}

export interface Seat {
  id: string
  role: string
  unit_id: string
  unit_name: string
}

/** Goes on in the seat of that role, as 换个身份 does. */
export async function takeSeat(page: Page, role: string): Promise<Seat> {
  const { memberships } = await ask<{ memberships: Seat[] }>(page, '/session')
  const seat = memberships.find((each) => each.role === role)!
  await send(page, accountOps.switch_membership.path, { membership_id: seat.id })
  return seat
}

/** Puts a roster in and waits for its sheet. The unit is the own one, or found by typing. */
export async function putIn(
  page: Page,
  roster: Pick<Roster, 'path'>,
  unit?: { typed: string; name: string },
): Promise<string> {
  await page.goto('/imports')
  if (unit) {
    const find = page.getByRole('combobox')
    // One's own school stands there already; another unit is asked for.
    await expect(find.or(page.getByRole('button', { name: '换一个' }))).toBeVisible()
    if (!(await find.isVisible())) await page.getByRole('button', { name: '换一个' }).click()
    await find.fill(unit.typed)
    await page.getByRole('option').filter({ hasText: unit.name }).first().click()
  }
  await page.locator('input[type=file]').setInputFiles(roster.path)
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}/)
  await expect(page.getByRole('heading', { level: 1, name: '核对花名册' })).toBeVisible({ timeout: 30_000 })
  return /imports\/([0-9a-f-]{36})/.exec(page.url())![1]!
}

interface Reading {
  state: string
  questions: { id: string; code: string; answer?: string; aside: boolean }[]
  writes: { create: number; update: number }
}

/** Answers every question as proposed; what has no proposal is left for later. @returns how many there were */
export async function answerQuestions(page: Page, import_id: string): Promise<number> {
  const about = page.getByText(/^第 \d+ 个问题，共 \d+ 个$/)
  const openOnes = async () => {
    const found = await ask<Reading>(page, `/imports/${import_id}`)
    return found.state === 'ready' ? found.questions.filter((each) => each.answer === undefined && !each.aside) : null
  }
  let asked = 0
  for (;;) {
    const open = await openOnes()
    if (open?.length === 0) return asked
    const first = open?.[0]
    if (!first) {
      await page.waitForTimeout(100)
      continue
    }
    await expect(about).toBeVisible()
    const chosen = page.getByRole('radio', { checked: true })
    const go = page.getByRole('button', { name: /^就这样/ })
    if ((await chosen.count()) > 0) await go.click()
    else await page.getByRole('button', { name: '先放着' }).click()
    asked += 1
    await expect
      .poll(async () => (await openOnes())?.some(({ id }) => id === first.id) ?? true, { timeout: 15_000 })
      .toBe(false)
  }
}

/** Presses 导入 and waits until everything is written. */
export async function writeFiles(page: Page): Promise<void> {
  // Right after the last answer the roster is compared anew; the press waits for that.
  await page.getByRole('button', { name: /^导入 \d+ 个孩子$/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: '导入好了' })).toBeVisible({ timeout: 45_000 })
}

export async function countChildren(page: Page): Promise<number> {
  return (await ask<{ count: number }>(page, '/children/count')).count
}

export async function download(page: Page, press: () => Promise<void>): Promise<{ path: string; name: string }> {
  const [arrived] = await Promise.all<Download | void>([page.waitForEvent('download'), press()])
  const file = arrived as Download
  return { path: await file.path(), name: file.suggestedFilename() }
}

/** Pages of a PDF and the words on it, read by poppler. */
export function readPdf(path: string): { pages: number; text: string } {
  const about = execFileSync('pdfinfo', [path], { encoding: 'utf8' })
  return {
    pages: Number(/^Pages:\s+(\d+)/m.exec(about)![1]),
    text: execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' }).replaceAll(/[ \t]+/g, ' '),
  }
}
