// A main day begins with a house of its own: an empty data folder, the real server over it, and people who sign in for the first time.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { accountOps, type NewCredentials } from '@nuanyang/contract/accounts.ts'
import type { Role } from '@nuanyang/contract/roles.ts'
import { unitOps, type UnitKind } from '@nuanyang/contract/units.ts'
import { newId } from '../server/src/kernel/ids.ts'
import { ask, send, signIn, type Person } from './hands.ts'
import { expect, settledDataDir, startServer, test as base, type Server } from './server.ts'

/** `test` with a server for this test alone. */
export const test = base.extend<{ house: Server; now: string | undefined }>({
  /** `test.use({ now })`: the house begins at this moment, and `house.moveTo` goes on. */
  now: [undefined, { option: true }],
  // The first one after a change of the tables loads the places of the country: that is no test's own time.
  house: [
    async ({ now }, use) => {
      const dataDir = await settledDataDir()
      const house = await startServer({ dataDir, ...(now ? { now } : {}) })
      await use(house)
      await house.stop()
      rmSync(join(dataDir, '..'), { recursive: true, force: true })
    },
    { timeout: 240_000 },
  ],
  baseURL: async ({ house }, use) => use(house.url),
  actionTimeout: 15_000,
})

/** Sets the installation up without its pages; the page goes on as that first person. */
export async function settle(
  page: Page,
  house: Server,
  unit: { kind: 'village' | 'community' | 'township' | 'county'; place_code: string },
  person: Person,
): Promise<{ memberships: { id: string; role: string; unit_id: string }[] }> {
  return send(page, accountOps.set_up.path, { code: house.setup_code, ...unit, ...person, separate_admins: false })
}

export async function newUnit(
  page: Page,
  kind: UnitKind,
  parent_id: string,
  name: string,
  division_code?: string,
): Promise<string> {
  // A unit with a division code gets the id that every installation gives that code.
  const made = await send<{ id: string }>(page, unitOps.create.path, {
    id: newId(),
    kind,
    parent_id,
    name,
    ...(division_code ? { division_code } : {}),
  })
  return made.id
}

/** Of everybody who came in by `comesIn`. */
const ownPassword = '廊下的雨伞晾在门后边'

/** Time goes by for the house and for the windows of these people, who sign in again: nobody stays signed in for weeks. */
export async function later(
  house: Server,
  now: string,
  people: readonly (readonly [Page, Person | null])[],
): Promise<void> {
  const names = await Promise.all(people.map(async ([page]) => (await ask<{ account: { username: string } }>(page, '/session')).account.username)) // prettier-ignore
  await house.moveTo(now)
  for (const [at, [page, person]] of people.entries()) {
    await page.context().clock.setSystemTime(now)
    await signIn(page, person ?? { username: names[at]!, password: ownPassword })
  }
}

/** Somebody gets an account from whoever this page is, and comes in with a window and a password of their own. */
export async function comesIn(
  page: Page,
  browser: Browser,
  house: Server,
  somebody: { name: string; role: Role; unit_id: string },
): Promise<Page> {
  const made = await send<NewCredentials>(page, accountOps.create.path, { id: newId(), ...somebody })
  const context = await browser.newContext({ baseURL: house.url, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  const theirs = await context.newPage()
  theirs.setDefaultTimeout(15_000)
  await signIn(theirs, { username: made.username, password: made.one_time_password! })
  await theirs.waitForURL(/new-password/)
  const known = theirs.getByLabel('现在的密码', { exact: true })
  await theirs.getByLabel('新密码').first().waitFor()
  if (await known.isVisible()) await known.fill(made.one_time_password!)
  await theirs.getByLabel('新密码').first().fill(ownPassword)
  await theirs.keyboard.press('Enter')
  await expect(theirs).not.toHaveURL(/new-password|sign-in/)
  return theirs
}
