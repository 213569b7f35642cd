// A long export while two people go on working: the sheet is of one moment, and nobody's work is lost. The regular run is short and goes
// the same way; EXPORT_ROWS=20000 makes it the size of a county.
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import exceljs from 'exceljs'
import { childOps } from '@nuanyang/contract/children.ts'
import { documentOps } from '@nuanyang/contract/documents.ts'
import { insertAccount } from '../accounts/accounts.memberships.ts'
import { seedCounty, type SeededCounty } from '../demo/seed.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const villages = 20
const children = Number(process.env['EXPORT_ROWS'] ?? 1600) / villages
const code = '990321'
let app: TestApp
let county: SeededCounty
const villager = (n: number) => app.signInAs('child_director', { tenant_id: code, ...county.villages[n]! })

beforeAll(async () => {
  app = await testApp()
  county = await app.system({ tenant: '-' }, async (ctx) => {
    const account_id = await insertAccount(ctx, { id: newId(), name: '林青禾', username: 'seed', password_hash: '-', must_change_password: true }) // prettier-ignore
    return seedCounty(
      ctx,
      { code, name: '青禾县', townships: 4, villages: villages / 4, children, seed: 7, demo: false },
      { account_id, account_name: '林青禾' },
    )
  })
})
afterAll(() => app.close())

/** Goes on changing the same two children at once, each time in one act, until told to stop. */
async function goOn(who: Person, ids: string[], until: () => boolean): Promise<string> {
  for (let n = 1; ; n++) {
    const address = `新屋 ${n} 号`
    const body = { child_ids: ids, facts: { address }, only_unknown: false, preview: false }
    await app.call(childOps.change_many, { body }, who)
    if (until()) return address
  }
}

test('an export of a county while two people edit is of one moment, says of which day, and both edits are kept', async () => {
  const archivist = await app.signInAs('archivist', { tenant_id: code, id: county.county_id, name: '青禾县' })
  const editors = await Promise.all([villager(0), villager(villages - 1)])
  const theirs = await Promise.all(
    editors.map(async (who) => (await app.call(childOps.list, { limit: 2 }, who)).items.map((row) => row.id)),
  )
  for (const [n, ids] of theirs.entries())
    for (const id of ids)
      await app.owner.query(`update children set villager_group = $2 where id = $1`, [id, `第${n + 1}位改的`])
  const id = newId()
  await app.call(
    documentOps.issue,
    { body: { id, kind: 'ledger', format: 'xlsx', filter: {}, columns: ['name', 'villager_group', 'residence'], purpose: '全县核对' } }, // prettier-ignore
    archivist,
  )
  let done = false
  const [last] = await Promise.all([
    Promise.all(editors.map((who, n) => goOn(who, theirs[n]!, () => done))),
    app.work().finally(() => (done = true)),
  ])

  const file = await app.send(documentOps.download, { id, body: { format: 'xlsx' } }, archivist)
  const book = new exceljs.Workbook()
  await book.xlsx.load(file.bytes as never)
  const lines = book.worksheets[0]!.getSheetValues().map((row) => (Array.isArray(row) ? row.map(String) : []))
  expect(lines.flat()).toContain('截至日期：2026年11月25日')
  expect(lines.filter((line) => line.includes('序号') || /^\d+$/.test(line[1] ?? ''))).toHaveLength(county.children + 1)
  for (const [n, ids] of theirs.entries()) {
    const printed = lines.filter((line) => line.includes(`第${n + 1}位改的`)).map((line) => line.at(-1))
    expect(printed).toHaveLength(2)
    expect(new Set(printed).size).toBe(1)
    for (const child of ids) expect((await app.call(childOps.get, { id: child }, editors[n])).address).toBe(last[n])
  }
})
