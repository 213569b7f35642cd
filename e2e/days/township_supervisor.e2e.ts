// The township supervisor before the half-year report: who has no file yet, does the summary add up, and everything that is handed in.
import { ask, download, readPdf, takeSeat } from '../hands.ts'
import { newUnit, settle, test } from '../house.ts'
import { makeChildren } from '../materials.ts'
import { expect } from '../server.ts'

const office = { name: '孟长庚', username: 'mengchanggeng', password: '檐下的燕子又回来了' }

test('completeness, the summary with its rules checked, forms of a village: looked at, made, kept, withdrawn @phone', async ({
  page,
  house,
}) => {
  test.setTimeout(180_000)
  const { memberships } = await settle(page, house, { kind: 'township', place_code: '360123104' }, office)
  const township = memberships[0]!.unit_id
  await takeSeat(page, 'administrator')
  const one = await newUnit(page, 'village', township, '大水村', '360123104207')
  const two = await newUnit(page, 'village', township, '小溪村', '360123104208')
  await takeSeat(page, 'child_supervisor')
  const names = ['白一舟', '白一帆', '柳三月', '欧阳一鸣', '买买提·艾力', '𠮷小满']
  await makeChildren(page, names.map((name) => ({ name })), [{ unit_id: one, as: 'residence' }]) // prettier-ignore
  await makeChildren(page, [{ name: '谷雨生', facts: { sex: null } }, { name: '方小寒', facts: { carer: {} } }], [{ unit_id: two, as: 'residence' }]) // prettier-ignore

  // How far the villages are.
  await page.goto('/documents')
  await expect(page.getByRole('heading', { level: 1, name: /的材料$/ })).toBeVisible()
  await expect(page.getByText('还没有印过什么')).toBeVisible()
  await page.getByRole('link', { name: /^建档情况表/ }).click()
  const table = page.getByRole('table')
  await expect(table.getByRole('row', { name: /^大水村 6 6 100%/ })).toBeVisible()
  await expect(table.getByRole('row', { name: /^小溪村 2 0 0%/ })).toBeVisible()

  // The summary: what does not add up is said before it is made, the names come with the paper.
  await page.goto('/documents')
  await page.getByRole('link', { name: /^摸底排查汇总表/ }).click()
  await expect(table.getByRole('row', { name: /^合计 8/ })).toBeVisible()
  await expect(page.getByText('勾稽对不上的')).toBeVisible()
  await expect(page.getByText('性别：1 人')).toBeVisible()
  await page.getByRole('button', { name: '直接打印' }).click()
  await page.getByRole('button', { name: '按要求上报' }).click()
  const summary = readPdf((await download(page, () => page.getByRole('button', { name: '生成表' }).click())).path)
  for (const words of ['摸底排查汇总表', '大水村', '小溪村', '谷雨生', '方小寒', '民政口径'])
    expect(summary.text).toContain(words)

  // One form a child for the whole township.
  await page.goto('/documents/new?kind=registration_form')
  await expect(page.getByText('在册的 8 人')).toBeVisible()
  await page.getByRole('button', { name: '按要求上报' }).click()
  const forms = readPdf(
    (await download(page, () => page.getByRole('button', { name: '生成 8 张登记表' }).click())).path,
  )
  expect(forms.pages).toBe(8)
  for (const name of [...names, '谷雨生']) expect(forms.text).toContain(name)

  // What was made stays, with what it was for, until it is withdrawn with a reason.
  await page.goto('/documents')
  const row = page.getByRole('row').or(page.getByRole('listitem')).filter({ hasText: '基本情况登记表（8人）' }).first()
  await row.getByRole('button', { name: /^取/ }).click()
  await page.getByRole('menuitem', { name: '收回' }).click()
  const asking = page.getByRole('dialog')
  await asking.getByLabel('为什么收回').fill('小溪村的性别还没问清')
  await asking.getByRole('button', { name: '收回' }).click()
  await expect(page.getByText('收回了：小溪村的性别还没问清')).toBeVisible()
  const { items } = await ask<{ items: { kind: string; purpose: string }[] }>(page, '/documents')
  expect(items.map(({ kind, purpose }) => [kind, purpose])).toEqual([
    ['registration_form', '按要求上报'],
    ['summary', '按要求上报'],
  ])
})
