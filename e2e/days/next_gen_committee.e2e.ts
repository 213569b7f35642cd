// A day of the committee for the next generation, a retired teacher of the community: its own plan, a helper found and vetted, an activity
// with a roll call written down, the ledger handed in. Children by given name, and nothing of where they live or whom to call.
import type { Page } from '@playwright/test'
import ExcelJS from 'exceljs'
import type { Plan } from '@nuanyang/contract/plans.ts'
import { schoolYear } from '@nuanyang/domain/grades.ts'
import { ask, download, firstRun, takeSeat } from '../hands.ts'
import { comesIn, test } from '../house.ts'
import { makeChildren } from '../materials.ts'
import { expect } from '../server.ts'

const office = { name: '叶知秋', username: 'yezhiqiu', password: '楼下的桂花开得正好' }

const year = schoolYear(new Date(Date.now() + 8 * 3_600_000).toISOString())
const written = `春光社区关工委工作计划\n（${year}年9月—${year + 1}年8月）\n一、工作目标\n1、活动参与率达到100%。\n二、措施\n1、关工委每月组织留守儿童活动一次。\n`

test('a plan adopted, a helper registered, an activity with its roll call, and the ledger of the year @phone', async ({
  page,
  house,
  browser,
}) => {
  test.setTimeout(150_000)
  await firstRun(page, house, { kind: '一个村或社区', typed: '春光社区', place: /春光社区/ }, office)
  const { unit_id } = await takeSeat(page, 'child_director')
  const [snow] = await makeChildren(page, [{ name: '欧阳小雪' }, { name: '苗清明' }], [{ unit_id, as: 'residence' }])
  await takeSeat(page, 'administrator')
  const teacher = await comesIn(page, browser, house, { name: '尹老师', role: 'next_gen_committee', unit_id })
  await teacher.setViewportSize(page.viewportSize()!)

  // The year's plan, pasted as it was written, looked through and adopted.
  const plan = await adoptPlan(teacher)
  expect(plan.items.duties.map((duty) => duty.kind)).toContain('activity')

  // Somebody offers to help: registered, vetted on the four items, listed.
  await teacher.goto('/pairings/helpers')
  const asks = teacher.getByRole('dialog')
  await teacher.getByRole('button', { name: '登记帮扶人' }).first().click()
  await asks.getByLabel('姓名').fill('康乐山')
  await asks.getByLabel('身份', { exact: true }).selectOption({ label: '离退休老同志' })
  await asks.getByRole('button', { name: '纸上签了字' }).click()
  await asks.getByRole('button', { name: '登记', exact: true }).click()
  await expect(asks).toBeHidden()
  await teacher.getByRole('link', { name: /康乐山/ }).click()
  await teacher.getByRole('button', { name: '核查四项' }).click()
  for (const clear of await asks.getByRole('button', { name: '没有问题' }).all()) await clear.click()
  await asks.getByRole('button', { name: '保存' }).click()
  await expect(teacher.getByText('可以结对', { exact: true })).toBeVisible()

  // What the plan asks for is done and written down, with the children who came.
  await teacher.goto(`/record?kind=activity&child=${snow}`)
  await expect(teacher.getByText('小雪', { exact: true }).first()).toBeVisible()
  await teacher.getByRole('textbox').first().fill('一起读了两个故事，画了秋天')
  await teacher.getByRole('textbox', { name: '主题' }).fill('重阳读书会')
  await teacher.getByRole('button', { name: '保存', exact: true }).click()
  await expect
    .poll(async () => (await ask<{ items: unknown[] }>(teacher, '/records?kind=activity')).items.length)
    .toBe(1)
  await teacher.goto(`/plans/${plan.id}?view=progress`)
  // One of the two children was there.
  const rate = teacher.getByRole('listitem').filter({ hasText: '活动参与率' })
  await expect(rate.getByRole('button', { name: '50%' })).toBeVisible()
  await expect(rate).toContainText('差 1 人')

  // The ledger is handed in: the activity with its head, nobody's surname, address or number.
  const sheet = await download(teacher, async () => {
    await teacher.goto('/records')
    await teacher.getByRole('button', { name: '台账' }).click()
    await teacher.getByLabel('哪一本').selectOption({ label: '活动台账' })
    await teacher.getByLabel('做什么用').fill('年终上报')
    await teacher.getByRole('button', { name: '导出 Excel' }).click()
  })
  const book = new ExcelJS.Workbook()
  await book.xlsx.readFile(sheet.path)
  const cells: string[] = []
  book.worksheets[0]!.eachRow((row) => row.eachCell((cell) => void cells.push(cell.text)))
  for (const words of ['重阳读书会', '一起读了两个故事，画了秋天', '尹老师']) expect(cells).toContain(words)
  expect(cells.join('|')).toContain('小雪')
  expect(cells.join('|')).not.toMatch(/欧阳|苗|2017-08-21|大水村三组/)
  expect(await teacher.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
})

/** Pastes the plan, answers what has to be answered, keeps and adopts it. */
async function adoptPlan(page: Page): Promise<Plan> {
  await page.goto('/plans/new')
  await page.getByLabel('计划全文').fill(written)
  await page.getByRole('button', { name: '读一读' }).click()
  await page.waitForURL(/\/plans\/[0-9a-f-]{36}\/check/)
  const card = page.locator('.plan-ask')
  const asked = () =>
    page.locator('.plan-side').evaluate((side) => side.querySelector('.plan-ask')?.getAttribute('data-question') ?? '')
  await expect(page.locator('.plan-item').first()).toBeVisible()
  for (let n = 0; n < 20; n++) {
    const key = await asked()
    if (key === '' || /^(who|remark) /.test(key)) break
    if (key === 'period') {
      await card.getByLabel('第一天').fill(`${year}-09-01`)
      await card.getByLabel('最后一天').fill(`${year + 1}-08-31`)
    } else await card.locator('.chip').first().click()
    await card.getByRole('button', { name: '就这样' }).click()
    await expect.poll(asked).not.toBe(key)
  }
  await page.getByRole('button', { name: '存成草稿' }).click()
  await page.waitForURL(/\/plans\/[0-9a-f-]{36}$/)
  await page.getByRole('button', { name: '通过', exact: true }).click()
  const asks = page.getByRole('dialog')
  await asks.getByRole('button', { name: '通过', exact: true }).click()
  await expect(asks).toBeHidden()
  return ask<Plan>(page, `/plans/${new URL(page.url()).pathname.split('/').at(-1)}`)
}
