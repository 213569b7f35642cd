// Main days of those who walk the grid, serve families and teach a subject; and of those who watch over the work and over the house itself.
import { childOps } from '@nuanyang/contract/children.ts'
import { planOps, type Plan } from '@nuanyang/contract/plans.ts'
import { unitOps } from '@nuanyang/contract/units.ts'
import { newId } from '../../server/src/kernel/ids.ts'
import { send, takeSeat } from '../hands.ts'
import { comesIn, later, newUnit, settle, test } from '../house.ts'
import { expect } from '../server.ts'

const director = { name: '林青禾', username: 'linqinghe', password: '井台边的老槐树开花了' }
// Early in the month: whoever joins late in it owes nothing for it.
test.use({ now: '2026-11-02T02:00:00Z' })

test('grid worker, social worker and subject teacher: each writes what was done where it is owed, and sees what is theirs @phone', async ({
  page,
  house,
  browser,
}) => {
  test.setTimeout(150_000)
  const { memberships } = await settle(page, house, { kind: 'community', place_code: '360123104207' }, director)
  const community = memberships[0]!.unit_id
  await takeSeat(page, 'administrator')
  const block = await newUnit(page, 'grid', community, '第一网格')
  const school = await newUnit(page, 'school', community, '芦溪小学')
  const room = newId()
  await send(page, unitOps.create.path, { id: room, kind: 'class', parent_id: school, name: '三年级二班', stage: 'primary', entry_year: 2024, class_number: '2' }) // prettier-ignore
  const come = (name: string, role: 'grid_worker' | 'social_worker' | 'subject_teacher', unit_id: string) =>
    comesIn(page, browser, house, { name, role, unit_id })
  const grid = await come('罗云山', 'grid_worker', block)
  const social = await come('苗清明', 'social_worker', community)
  const teacher = await come('何静', 'subject_teacher', room)
  await takeSeat(page, 'child_director')
  const ids: string[] = []
  for (const name of ['谷小雪', '桑春分']) {
    const id = newId()
    ids.push(id)
    await send(page, childOps.create.path, { id, facts: { name, born_on: '2017-08-21', identity_no: name === '谷小雪' ? '110101201708210029' : null, father: { state: 'away' }, mother: { state: 'away', name: '谷春兰', phones: ['13800001113'] } } }) // prettier-ignore
  }
  for (const [unit_id, as] of [
    [block, 'grid'],
    [room, 'class'],
  ])
    await send(page, childOps.place.path.replace(':id', ids[0]!), { unit_id, as, from_on: '2026-09-01' })
  const made = await send<Plan>(page, planOps.create.path, { id: newId(), title: '秋季关爱计划', from_on: '2026-09-20', until_on: '2027-01-31' }) // prettier-ignore
  const edited = await send<Plan>(page, `/plans/${made.id}/edit`, {
    version: made.version,
    edits: [
      { do: 'add_duty', id: newId(), measure_id: null, title: '每月走访', kind: 'visit', subject: 'each_child', rhythm: { every: 'month', count: 1 }, responsible: 'grid_worker', account_id: null, pauses_in_holidays: false },
    ],
  }) // prettier-ignore
  await send(page, `/plans/${made.id}/adopt`, { version: edited.version, adopted_on: '2026-09-20' })

  await later(house, '2026-11-24T02:00:00Z', [[page, director], [grid, null], [social, null], [teacher, null]]) // prettier-ignore

  // The grid worker sees the own grid, and a visit takes the child off the list.
  await grid.goto('/today')
  const waits = grid.getByRole('region', { name: '要做的' }).getByRole('link', { name: /走访|家访/ })
  await expect(waits).toHaveCount(1)
  await waits.click()
  await grid.getByLabel('看到、听到什么').fill('奶奶在院里剥豆子，作业写完了。')
  await grid.getByRole('button', { name: '照护人' }).first().click()
  await grid.getByRole('button', { name: '保存', exact: true }).click()
  await expect(waits).toHaveCount(0)
  await grid.goto('/children')
  await expect(grid.getByText('谷小雪').first()).toBeVisible()
  await expect(grid.getByText('桑春分')).toHaveCount(0)

  // The social worker reads what serving needs; the number of a paper stays hidden, and what was said to the family is kept.
  await social.goto(`/children/${ids[0]}`)
  await expect(social.getByText('谷小雪').first()).toBeVisible()
  expect(await social.content()).not.toContain('110101201708210029')
  await social.goto(`/record?kind=guidance&child=${ids[0]}`)
  await social.getByLabel('说了什么').fill('说好每晚睡前和妈妈通十分钟话。')
  await social.getByRole('button', { name: '保存', exact: true }).click()
  await social.goto(`/children/${ids[0]}?tab=line`)
  await expect(social.getByText('说好每晚睡前和妈妈通十分钟话。')).toBeVisible()

  // The subject teacher knows the class and how learning goes, and nothing of the family.
  await teacher.goto('/children')
  await expect(teacher.getByText('谷小雪').first()).toBeVisible()
  await expect(teacher.getByText('桑春分')).toHaveCount(0)
  await teacher.goto(`/record?kind=study&child=${ids[0]}`)
  await teacher.getByLabel('帮了什么').fill('把应用题画成了图。')
  await teacher.getByRole('button', { name: '保存', exact: true }).click()
  await teacher.goto(`/children/${ids[0]}?tab=line`)
  await expect(teacher.getByText('把应用题画成了图。')).toBeVisible()
  for (const hidden of ['谷春兰', '13800001113', '说好每晚睡前', '奶奶在院里'])
    expect(await teacher.content()).not.toContain(hidden)
})

test('leading group, security officer and auditor: who lags, when one is signed out, and who opened a file @phone', async ({
  page,
  house,
  browser,
}) => {
  test.setTimeout(120_000)
  const { memberships } = await settle(page, house, { kind: 'village', place_code: '360123104207' }, director)
  const village = memberships.find((seat) => seat.role === 'child_director')!.unit_id
  const township = (await takeSeat(page, 'administrator')).unit_id
  const come = (name: string, role: 'leading_group' | 'security_officer' | 'auditor', unit_id: string) =>
    comesIn(page, browser, house, { name, role, unit_id })
  const leader = await come('郑海涛', 'leading_group', village)
  const guard = await come('莫秋实', 'security_officer', township)
  const auditor = await come('席念恩', 'auditor', township)
  await takeSeat(page, 'child_director')
  const child = newId()
  await send(page, childOps.create.path, { id: child, facts: { name: '谷小雪', born_on: '2017-08-21', father: { state: 'away' }, mother: { state: 'away', name: '谷春兰', phones: ['13800001113'] } } }) // prettier-ignore
  const made = await send<Plan>(page, planOps.create.path, { id: newId(), title: '秋季关爱计划', from_on: '2026-09-20', until_on: '2027-01-31' }) // prettier-ignore
  const edited = await send<Plan>(page, `/plans/${made.id}/edit`, {
    version: made.version,
    edits: [
      { do: 'add_duty', id: newId(), measure_id: null, title: '每月谈心', kind: 'talk', subject: 'each_child', rhythm: { every: 'month', count: 1 }, responsible: 'child_director', account_id: null, pauses_in_holidays: false },
    ],
  }) // prettier-ignore
  await send(page, `/plans/${made.id}/adopt`, { version: edited.version, adopted_on: '2026-09-20' })
  await page.goto(`/children/${child}`)
  await expect(page.getByText('谷小雪').first()).toBeVisible()

  // The leading group sees how far the plan is, and no number of anybody.
  await leader.goto(`/plans/${made.id}?view=progress`)
  await expect(leader.getByRole('button', { name: /0 \/ 1 人/ }).first()).toBeVisible()
  await leader.goto(`/children/${child}`)
  await expect(leader.getByText('谷小雪').first()).toBeVisible()
  expect(await leader.content()).not.toContain('13800001113')

  // The security officer keeps the rules of signing in, and comes to no child.
  await guard.goto('/settings')
  await guard.getByLabel('不用多久就退出', { exact: true }).selectOption('15')
  await guard.getByRole('button', { name: '保存', exact: true }).first().click()
  await guard.reload()
  await expect(guard.getByLabel('不用多久就退出', { exact: true })).toHaveValue('15')
  expect((await guard.request.get('/api/children')).status()).toBe(403)

  // The auditor finds who opened a file, without the child's name on the page.
  await auditor.goto('/audit')
  await auditor.getByLabel('找人：姓名').fill('林青禾')
  await expect(auditor.getByText('看了一份档案').first()).toBeVisible()
  await expect(auditor.getByText('谷小雪')).toHaveCount(0)
  await auditor.getByLabel('哪个孩子').fill('谷小雪')
  await expect(auditor.getByText('看了一份档案').first()).toBeVisible()
  expect((await auditor.request.get('/api/children')).status()).toBe(403)
})
