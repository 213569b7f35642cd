// The pictures of README and manual: `node_modules/.bin/node scripts/pictures.ts [name …]`. A house of its own, the demonstration in
// it, the real pages in a real browser; nothing in them is drawn by hand, nobody in them exists.
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import config from '../playwright.config.ts'
import { documentOps, type NewDocument } from '@nuanyang/contract/documents.ts'
import { demoOps } from '@nuanyang/contract/demo.ts'
import { pairingOps } from '@nuanyang/contract/pairings.ts'
import { newId } from '../server/src/kernel/ids.ts'
import { answerQuestions, ask, download, firstRun, putIn, send, takeSeat } from '../e2e/hands.ts'
import { ownVillageLedger } from '../e2e/rosters.ts'
import { settledDataDir, startServer } from '../e2e/server.ts'
import { projectFolder } from '../server/src/kernel/config.ts'

const folder = join(projectFolder, 'docs', 'pictures')
const limitBytes = 150_000
const wanted = process.argv.slice(2)
const computer = { width: 1180, height: 740 }
const phone = { width: 390, height: 760 }

async function picture(page: Page, name: string): Promise<void> {
  if (wanted.length > 0 && !wanted.includes(name)) return
  // A page that polls is never idle for long; then the moment below has to do.
  await page
    .waitForLoadState('networkidle', { timeout: 4000 })
    .catch((error: Error) => process.stdout.write(`${name}: ${error.name}\n`))
  // Skeletons and toasts are gone after this.
  await page.waitForTimeout(600)
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
  small(name)
}

/** 256 colours are plenty for pages of paper and ink. */
function small(name: string): void {
  const path = join(folder, `${name}.png`)
  execFileSync('convert', [
    path,
    '+dither',
    '-colors',
    '200',
    '-depth',
    '8',
    '-define',
    'png:compression-level=9',
    path,
  ])
  const bytes = statSync(path).size
  if (bytes > limitBytes) throw new Error(`${name}.png is ${bytes} bytes, more than ${limitBytes}`)
  process.stdout.write(`${name}.png ${Math.round(bytes / 1024)} kB\n`)
}

/** The first page of every table that the manual lists, as it is printed from the demonstration. */
async function papers(page: Page, one: string[]): Promise<void> {
  const ledger = (code: string) => ({ kind: 'ledger', filter: {}, ledger: code }) as const
  const asked: Record<string, Omit<NewDocument, 'id' | 'format' | 'purpose'>> = {
    paper_registration_form: { kind: 'registration_form', child_ids: one },
    paper_village_ledger: ledger('village_ledger'),
    paper_community_ledger: ledger('community_ledger'),
    paper_county_grid: ledger('county_grid'),
    paper_school_roster: ledger('school_roster'),
    paper_official_43: ledger('official_43'),
    paper_partner_list: ledger('partner_list'),
    paper_roster: { kind: 'roster', filter: {}, definition: 'mca' },
    paper_enrolment_extract: { kind: 'enrolment_extract', filter: {} },
    paper_summary: { kind: 'summary' },
    paper_causes: { kind: 'cross_table', rows: 'cause', across: 'age_band' },
    paper_ages: { kind: 'cross_table', rows: 'carer', across: 'age_band' },
    paper_completeness: { kind: 'completeness' },
    paper_cards_a4: { kind: 'contact_cards', filter: {}, layout: 'a4' },
  }
  for (const [name, body] of Object.entries(asked)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    const id = newId()
    await send(page, documentOps.issue.path, { ...body, id, format: 'pdf', purpose: '存档' })
    for (let state = ''; state !== 'ready'; await page.waitForTimeout(300)) {
      state = (await ask<{ state: string }>(page, documentOps.get.path.replace(':id', id))).state
      if (state === 'failed') throw new Error(`${name} was not made`)
    }
    const answer = await page.request.post(`/api${documentOps.download.path.replace(':id', id)}`, {
      headers: { 'x-nuanyang': '1', 'idempotency-key': newId() },
      data: { format: 'pdf' },
    })
    const path = join(dataDir, `${name}.pdf`)
    writeFileSync(path, await answer.body())
    execFileSync('pdftoppm', ['-png', '-l', '1', '-scale-to', '1100', '-singlefile', path, join(folder, name)])
    // The paper ends where its words end.
    const png = join(folder, `${name}.png`)
    execFileSync('convert', [png, '-trim', '-bordercolor', 'white', '-border', '16', '+repage', png])
    small(name)
  }
}

interface Session {
  memberships: { id: string; role: string; unit_name: string; unit_kind: string; demo?: boolean }[]
}

mkdirSync(folder, { recursive: true })
const dataDir = await settledDataDir()
const house = await startServer({ dataDir })
const browser = await chromium.launch(config.use!.launchOptions)
const context = await browser.newContext({
  baseURL: house.url,
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
  viewport: computer,
})
try {
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  await page.goto(`/start#${house.setup_code}`)
  await picture(page, 'first_run')
  await page.getByRole('button', { name: '继续' }).click()
  await page.getByRole('combobox', { name: '地名' }).fill('dashuicun')
  await page.getByRole('option').first().waitFor()
  await picture(page, 'place')
  // The same address with the same code would be no new page.
  await page.goto('about:blank')
  await firstRun(
    page,
    house,
    { kind: '一个村或社区', typed: 'dashuicun', place: /大水村/ },
    { name: '林青禾', username: 'linqinghe', password: '井台边的老槐树开花了' },
  )
  await page.goto('/children')
  await picture(page, 'empty')
  const id = await putIn(page, await ownVillageLedger())
  await picture(page, 'import_review')
  await answerQuestions(page, id)
  await picture(page, 'import_ready')

  await takeSeat(page, 'administrator')
  await send(page, demoOps.load.path, {})
  const { memberships } = await ask<Session>(page, '/session')
  const seat = memberships.find((each) => each.role === 'child_director' && each.unit_name.includes('小暑村'))
  if (!seat) throw new Error(`no seat in the demonstration among ${memberships.map((each) => each.unit_name).join()}`)
  await send(page, '/session/membership', { membership_id: seat.id })
  await page.goto('/today')
  await picture(page, 'today')
  await page.goto('/children')
  await picture(page, 'list')
  const { items } = await ask<{ items: { id: string; name: string }[] }>(page, '/children?limit=20')
  await page.goto(`/children/${items[0]!.id}`)
  await picture(page, 'file')
  for (const [at, name] of ['莫秋实', '栾立春', '柴小满'].entries())
    await send(page, pairingOps.create.path, {
      id: newId(),
      child_id: items[at]!.id,
      helper: { name, kind: (['caring_mother', 'cadre', 'volunteer'] as const)[at], vetted: true },
      goals: ['study', 'mind'],
      from_on: '2026-09-01',
    })
  await page.goto('/pairings')
  await picture(page, 'pairings')

  await page.goto(`/children/${items[0]!.id}`)
  await page.getByRole('button', { name: '更多' }).click()
  await page.getByRole('menuitem', { name: '打印联系卡' }).click()
  await page.getByRole('button', { name: '发给家里，贴在墙上' }).click()
  await picture(page, 'print')
  const card = await download(page, () => page.getByRole('button', { name: '生成 1 张卡' }).click())
  if (wanted.length === 0 || wanted.includes('card')) {
    execFileSync('pdftoppm', ['-png', '-r', '130', '-singlefile', card.path, join(folder, 'card')])
    small('card')
  }

  await papers(
    page,
    items.slice(0, 1).map(({ id }) => id),
  )

  await page.setViewportSize(phone)
  await page.goto('/today')
  await picture(page, 'phone_today')
  await page.goto(`/children/${items[0]!.id}`)
  await picture(page, 'phone_file')
} finally {
  await browser.close()
  await house.stop()
  rmSync(join(dataDir, '..'), { recursive: true, force: true })
}
