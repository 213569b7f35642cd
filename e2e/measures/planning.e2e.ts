// Measures that are about planning itself: who leads, with whom the school works together, and a plan that was talked over and says of each
// line who does it and when. Each ends at the paper that proves it.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { childOps } from '@nuanyang/contract/children.ts'
import { planOps, type Plan } from '@nuanyang/contract/plans.ts'
import { teamOps, unitOps, type Team, type UnitLink } from '@nuanyang/contract/units.ts'
import { newId } from '../../server/src/kernel/ids.ts'
import { ask, readPdf, send, takeSeat } from '../hands.ts'
import { comesIn, newUnit, settle, test } from '../house.ts'
import { expect, type Server } from '../server.ts'

const director = { name: '林青禾', username: 'linqinghe', password: '井台边的老槐树开花了' }
test.use({ now: '2026-09-05T02:00:00Z' })

async function paper(page: Page, house: Server, path: string): Promise<string> {
  const answer = await page.request.get(`/api${path}`)
  expect([answer.status(), answer.ok() ? '' : await answer.text()]).toEqual([200, ''])
  const file = join(house.dataDir, '..', 'paper.pdf')
  writeFileSync(file, await answer.body())
  return readPdf(file).text.replaceAll(/\s/g, '')
}

test('P5.1 P3.19 P3.3 全年计划九月讨论、同意、通过，印出来每一条有人、有日子', async ({ page, house, browser }) => {
  const { memberships } = await settle(page, house, { kind: 'community', place_code: '360123104207' }, director)
  const community = memberships[0]!.unit_id
  await takeSeat(page, 'administrator')
  const block = await newUnit(page, 'grid', community, '第一网格')
  const grid = await comesIn(page, browser, house, { name: '罗云山', role: 'grid_worker', unit_id: block })
  await takeSeat(page, 'child_director')
  await send(page, childOps.create.path, { id: newId(), facts: { name: '谷小雪' } })
  const made = await send<Plan>(page, planOps.create.path, { id: newId(), title: '全年工作计划', from_on: '2026-09-01', until_on: '2027-08-31' }) // prettier-ignore
  const edits = [
    { do: 'add_duty', id: newId(), measure_id: null, title: '每月上门看留守孩子', kind: 'visit', subject: 'each_child', rhythm: { every: 'month', count: 1 }, responsible: 'grid_worker', account_id: null, pauses_in_holidays: false },
    { do: 'add_task', id: newId(), measure_id: null, title: '元旦联欢', kind: 'activity', month: '2026-12', festival: null, responsible: 'child_director', account_id: null },
  ] // prettier-ignore
  const edited = await send<Plan>(page, `/plans/${made.id}/edit`, { version: made.version, edits })
  const talked = await send<Plan>(page, `/plans/${made.id}/discuss`, { version: edited.version })

  // Whoever will do it reads it on the phone, has a word to say, and agrees.
  await grid.goto(`/plans/${made.id}?view=talk`)
  await send(grid, `/plans/${made.id}/comments`, { id: newId(), target_type: 'plan', target_id: null, text: '月底去，家里才有人' }) // prettier-ignore
  await send(grid, `/plans/${made.id}/agree`, { id: newId() })
  await page.goto(`/plans/${made.id}`)
  await page.getByRole('link', { name: '讨论', exact: true }).click()
  await expect(page.getByText('月底去，家里才有人')).toBeVisible()
  await expect(page.getByText(/罗云山/).first()).toBeVisible()
  await send(page, `/plans/${made.id}/adopt`, { version: talked.version, adopted_on: '2026-09-05' })
  await page.reload()
  await expect(page.getByText(/9月5日/).first()).toBeVisible()

  const division = await paper(page, house, `/plans/${made.id}/print?what=division&format=pdf`)
  for (const words of ['每月上门看留守孩子', '网格员', '每月1次', '元旦联欢', '儿童主任', '十二月'])
    expect(division).toContain(words)
  const whole = await paper(page, house, `/plans/${made.id}/print?what=plan&format=pdf`)
  for (const words of ['全年工作计划', '2026年9月', '每月上门看留守孩子']) expect(whole).toContain(words)
})

test('P4.1 P1.19 小组和专班有名单，村和学校一起看得到的孩子列得出来', async ({ page, house }) => {
  const { memberships } = await settle(page, house, { kind: 'village', place_code: '360123104207' }, director)
  const village = memberships[0]!.unit_id
  const township = (await takeSeat(page, 'administrator')).unit_id
  const school = await newUnit(page, 'school', township, '芦溪小学')
  const room = newId()
  await send(page, unitOps.create.path, { id: room, kind: 'class', parent_id: school, name: '三年级二班', stage: 'primary', entry_year: 2024, class_number: '2' }) // prettier-ignore
  await takeSeat(page, 'child_director')
  const child = newId()
  await send(page, childOps.create.path, { id: child, facts: { name: '谷小雪' } })
  await send(page, childOps.create.path, { id: newId(), facts: { name: '苗清明' } })
  await send(page, childOps.place.path.replace(':id', child), { unit_id: room, as: 'class', from_on: '2026-09-01' })

  await takeSeat(page, 'administrator')
  for (const [kind, name, duties] of [
    ['leading_group', '关爱服务领导小组', '定计划，每季度看一次'],
    ['task_force', '九月家校专班', '开学两周里把人对齐'],
  ] as const) {
    const team = await send<Team>(page, teamOps.create.path, { id: newId(), unit_id: village, kind, name, duties, from_on: '2026-09-01' }) // prettier-ignore
    const led = await send<Team>(page, `/teams/${team.id}/members`, { id: newId(), name: '席念恩', post: 'leader', duties: '总负责', from_on: '2026-09-01', version: team.version }) // prettier-ignore
    await send(page, `/teams/${team.id}/members`, { id: newId(), name: '何静', post: 'liaison', duties: '学校这一头', from_on: '2026-09-01', version: led.version }) // prettier-ignore
    const list = await paper(page, house, `/teams/${team.id}/list.pdf`)
    for (const words of [name, '席念恩', '组长', '何静', '联络员', '学校这一头']) expect(list).toContain(words)
  }
  const link = await send<UnitLink>(page, `/units/${village}/links`, { id: newId(), other_unit_id: school, kind: 'village_school', agreement: '每月对一次名单', from_on: '2026-09-01' }) // prettier-ignore
  await takeSeat(page, 'child_director')
  // What both see together: the one who lives here and learns there, and nobody else.
  const { items } = await ask<{ items: { name: string }[] }>(page, `/unit_links/${link.id}/children`)
  expect(items.map(({ name }) => name)).toEqual(['谷小雪'])
})
