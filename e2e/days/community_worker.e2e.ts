// A community in town: its ledger of everybody left behind, its grids, and a grid worker who sees only the own grid.
import { answerQuestions, ask, countChildren, firstRun, putIn, takeSeat, writeFiles } from '../hands.ts'
import { comesIn, newUnit, test } from '../house.ts'
import { communityGrid } from '../rosters.ts'
import { expect } from '../server.ts'

const social = { name: '叶知秋', username: 'yezhiqiu', password: '楼下的桂花开得正好' }

test('old people and women of the ledger are no children; a grid worker sees the own grid', async ({
  page,
  house,
  browser,
}) => {
  test.setTimeout(150_000)
  const roster = await communityGrid()
  await firstRun(page, house, { kind: '一个村或社区', typed: '春光社区', place: /春光社区/ }, social)
  const id = await putIn(page, roster)
  await answerQuestions(page, id)
  await expect(page.getByText(/行不导入/)).toBeVisible()
  await writeFiles(page)
  expect(await countChildren(page)).toBe(roster.names.length)
  const { items } = await ask<{ items: { id: string; name: string }[] }>(page, '/children?limit=200')
  expect(items.map(({ name }) => name).toSorted()).toEqual(roster.names.toSorted())

  const director = await takeSeat(page, 'administrator')
  const grid = await newUnit(page, 'grid', director.unit_id, '河沿网格')
  const worker = await comesIn(page, browser, house, { name: '邵巡', role: 'grid_worker', unit_id: grid })
  expect(await countChildren(worker)).toBe(0)

  const child = items[0]!
  await takeSeat(page, 'child_director')
  await page.goto(`/children/${child.id}`)
  await page.getByRole('button', { name: '加一个单位' }).click()
  const asked = page.getByRole('dialog')
  await asked.getByText('网格', { exact: true }).click()
  await asked.getByRole('combobox', { name: '哪个单位' }).fill('河沿')
  await asked.getByRole('option').filter({ hasText: '河沿网格' }).click()
  await asked.getByRole('button', { name: '加进河沿网格' }).click()
  await expect(asked).toBeHidden()

  await worker.goto('/children')
  await expect(worker.getByRole('link', { name: child.name }).first()).toBeVisible()
  expect(await countChildren(worker)).toBe(1)
})
