// The first day of a village official: from an empty folder and last year's roster to printed cards.
import ExcelJS from 'exceljs'
import { answerQuestions, ask, countChildren, download, firstRun, putIn, readPdf, writeFiles } from '../hands.ts'
import { invented, ownVillageLedger, villageLedger } from '../rosters.ts'
import { test } from '../house.ts'
import { expect } from '../server.ts'

const official = { name: '林青禾', username: 'linqinghe', password: '井台边的老槐树开花了' }

test('last year’s roster becomes files, the files become cards and a ledger @phone', async ({ page, house }, about) => {
  test.setTimeout(120_000)
  const phone = about.project.name === 'phone'
  // The phone's day is always that of the invented village, so that both kinds of roster are walked.
  const roster = phone ? await ownVillageLedger() : await villageLedger()
  await firstRun(page, house, { kind: '一个村或社区', typed: 'dashuicun', place: /大水村/ }, official)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()

  await page.goto('/children')
  await expect(page.getByRole('heading', { name: '还没有孩子的档案' })).toBeVisible()
  const id = await putIn(page, roster)
  const asked = await answerQuestions(page, id)
  // The invented table holds one doubt: 2014.1 may be January or October.
  if (phone) expect(asked).toBe(1)
  await writeFiles(page)

  // Every child of the table has a file, and nobody else.
  expect(await countChildren(page)).toBe(roster.names.length)
  await page.getByRole('link', { name: new RegExp(`^看这 ${roster.names.length} 个孩子$`) }).click()
  await expect(page.getByText(`在册 ${roster.names.length} 人`)).toBeVisible()
  const { items } = await ask<{ items: { name: string }[] }>(page, '/children?limit=200')
  expect(items.map(({ name }) => name).toSorted()).toEqual(roster.names.toSorted())

  // Who is who: the own ledger says it, and 同上 was understood.
  if (phone) {
    const second = invented[1]!
    await page.getByRole('link', { name: second.name }).first().click()
    await expect(page.getByRole('heading', { level: 1, name: second.name })).toBeVisible()
    await page.goto('/children')
    await page.getByRole('button', { name: '选几个' }).click()
  } else await page.goto('/children')

  await page.getByRole('checkbox').nth(1).check()
  if (roster.names.length > 1) await page.getByRole('button', { name: `选中全部 ${roster.names.length} 人` }).click()
  await page.getByRole('button', { name: `打印 ${roster.names.length} 张联系卡` }).click()
  await page.getByRole('button', { name: '发给家里，贴在墙上' }).click()
  const cards = await download(page, () =>
    page.getByRole('button', { name: `生成 ${roster.names.length} 张卡` }).click(),
  )
  const printed = readPdf(cards.path)
  expect(printed.pages).toBe(Math.ceil(roster.names.length / 4))
  for (const name of roster.names) expect(printed.text).toContain(name)

  // What was made stays on the page of materials, with what it was for.
  await expect(page.getByRole('heading', { name: '印过的' })).toBeVisible()
  await expect(page.getByText('发给家里，贴在墙上').first()).toBeVisible()
  await page.getByRole('link', { name: /^台账和花名册/ }).click()
  await page.getByRole('radio', { name: /^留守儿童台账/ }).check()
  await page.getByRole('button', { name: '按要求上报' }).click()
  const ledger = await download(page, () =>
    page.getByRole('button', { name: `导出 ${roster.names.length} 人` }).click(),
  )
  expect(ledger.name).toMatch(/\.xlsx$/)
  const book = new ExcelJS.Workbook()
  await book.xlsx.readFile(ledger.path)
  const cells = new Set<string>()
  book.worksheets[0]!.eachRow((row) => row.eachCell((cell) => void cells.add(cell.text.trim())))
  for (const name of roster.names) expect(cells).toContain(name)

  // Each printed file remembers for what.
  await page.goto(`/children/${(items as { id?: string; name: string }[])[0]!.id}?see=openings`)
  await expect(page.getByText('用途：发给家里，贴在墙上').first()).toBeVisible()
})
