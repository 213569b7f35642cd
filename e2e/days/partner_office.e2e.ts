// The partner office: its own paired children by name, whom to call and what they need. Nothing else of anybody.
import ExcelJS from 'exceljs'
import { childOps } from '@nuanyang/contract/children.ts'
import { download, readPdf, send, takeSeat } from '../hands.ts'
import { comesIn, newUnit, settle, test } from '../house.ts'
import { makeChildren } from '../materials.ts'
import { expect } from '../server.ts'

const office = { name: '孟长庚', username: 'mengchanggeng', password: '檐下的燕子又回来了' }

test('cards and the list of the agreement; numbers of papers, birthdays and other children are on neither @phone', async ({
  page,
  house,
  browser,
}, about) => {
  test.setTimeout(180_000)
  const { memberships } = await settle(page, house, { kind: 'township', place_code: '360123104' }, office)
  const township = memberships[0]!.unit_id
  await takeSeat(page, 'administrator')
  const village = await newUnit(page, 'village', township, '大水村')
  const partner = await newUnit(page, 'partner_office', township, '镇供销社')
  const cadre = await comesIn(page, browser, house, { name: '干事小沈', role: 'partner_cadre', unit_id: partner })
  if (about.project.name === 'phone') await cadre.setViewportSize({ width: 360, height: 740 })
  await takeSeat(page, 'child_supervisor')
  const [paired] = await makeChildren(
    page,
    [{ name: '白一舟', facts: { needs: '想要一本新华字典', need_kinds: ['study'] } }, { name: '柳三月' }],
    [{ unit_id: village, as: 'residence' }],
  )
  await send(page, childOps.place.path.replace(':id', paired!), {
    unit_id: partner,
    as: 'partner',
    from_on: '2026-01-01',
  })

  await cadre.goto('/documents')
  await expect(cadre.getByRole('link', { name: /^联系卡/ })).toBeVisible()
  await expect(cadre.getByRole('link', { name: /^基本情况登记表/ })).toHaveCount(0)
  await expect(cadre.getByText('数字')).toHaveCount(0)
  await cadre.goto('/documents/new?kind=registration_form')
  await expect(cadre.getByText('这一样这个身份印不了')).toBeVisible()

  await cadre.goto('/documents/new?kind=contact_cards')
  await cadre.getByRole('button', { name: '走访时带着' }).click()
  const card = readPdf((await download(cadre, () => cadre.getByRole('button', { name: '生成 1 张卡' }).click())).path)
  expect(card.text).toContain('白一舟')
  expect(card.text.replaceAll('-', '')).toContain('19800000731')
  expect(card.text).not.toMatch(/2017-08-21|柳三月/)

  await cadre.goto('/documents/new?kind=ledger')
  await expect(cadre.getByRole('radio', { name: /^结对儿童名单/ })).toBeChecked()
  await cadre.getByRole('button', { name: '准备活动、发放物资' }).click()
  const list = await download(cadre, () => cadre.getByRole('button', { name: '导出 1 人' }).click())
  const book = new ExcelJS.Workbook()
  await book.xlsx.readFile(list.path)
  const cells: string[] = []
  book.worksheets[0]!.eachRow((row) => row.eachCell((cell) => void cells.push(cell.text)))
  for (const words of ['白一舟', '王桂英', '19900000216', '想要一本新华字典', '学习']) expect(cells).toContain(words)
  expect(cells.join('')).not.toMatch(/2017-08-21|柳三月|身份证/)

  // The village sees who took it and what for.
  await page.goto(`/children/${paired}?see=openings`)
  await expect(page.getByText('用途：准备活动、发放物资').first()).toBeVisible()
})
