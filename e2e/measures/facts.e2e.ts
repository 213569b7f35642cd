// A day of whoever keeps the files: two of one child, a child to look at first, a fact for many, and on the phone the round of families.
// The measures of the five plans that are about files are proved on the way, each by what the page says at its end.
import { childOps } from '@nuanyang/contract/children.ts'
import { newId } from '../../server/src/kernel/ids.ts'
import { answerQuestions, ask, countChildren, putIn, send, takeSeat, writeFiles } from '../hands.ts'
import { comesIn, settle, test } from '../house.ts'
import { ownVillageLedger } from '../rosters.ts'
import { expect } from '../server.ts'

const office = { name: '孟长庚', username: 'mengchanggeng', password: '檐下的燕子又回来了' }
const away = { state: 'away', work_place: '广东东莞', work_place_code: '4419', away_since: '2025-02' }
const home = { household_place: '大水村', household_place_code: '360123104207' }

test('P1.6 P1.18 P2.7 P5.3 the archivist: files in order, on the desk and on the phone', async ({
  page,
  house,
  browser,
}) => {
  test.setTimeout(180_000)
  const { memberships } = await settle(page, house, { kind: 'village', place_code: '360123104207' }, office)
  await takeSeat(page, 'administrator')
  const keeper = await comesIn(page, browser, house, {
    name: '常思齐',
    role: 'archivist',
    unit_id: memberships[0]!.unit_id,
  })
  const add = async (name: string, facts: object) => {
    const id = newId()
    await send(keeper, childOps.create.path, { id, facts: { name, ...facts }, although_similar: true })
    return id
  }
  const born = {
    born_on: '2017-08-21',
    sex: 'female',
    carer: { name: '王桂英', relation: 'paternal_grandmother', age: 72 },
  }
  const one = await add('陈小雨', { ...born, ...home, hobbies: '画画', needs: '想有人教她画画', father: { name: '陈建国', phones: ['19800000731'], ...away }, mother: { name: '李秋萍', ...away } }) // prettier-ignore
  await add('陈晓雨', { ...born, household_place: '大水村' })
  await add('何梓涵', { born_on: '2016-05-12', household_place: '外县', household_place_code: '360124', father: { state: 'home' }, mother: { state: 'home' } }) // prettier-ignore

  // P1.6: what a survey of the household asks stands in the file.
  await keeper.goto(`/children/${one}?tab=family`)
  await expect(keeper.getByText('广东省东莞市')).toHaveCount(2)
  await expect(keeper.getByText('父母双方外出').first()).toBeVisible()

  // Two files of one child become one, and can be parted again.
  await keeper.goto('/duplicates')
  await keeper.getByRole('link', { name: '并排看' }).click()
  await keeper.getByRole('button', { name: '并成一份' }).click()
  await expect(keeper).toHaveURL(new RegExp(`/children/${one}`))
  await keeper.goto('/duplicates')
  await expect(keeper.getByText('没有看着像重复的档案')).toBeVisible()
  await expect(keeper.getByRole('button', { name: '撤回' })).toBeVisible()

  // A rule proposes, a person decides.
  await keeper.goto('/focus')
  const line = keeper.getByRole('listitem').filter({ hasText: '照护人年满七十岁' })
  await line.getByRole('button', { name: '看看' }).click()
  await keeper.getByLabel('写一句：为什么，打算怎么做').fill('奶奶腿脚不便，每周去看一次')
  await keeper.getByRole('button', { name: '确认', exact: true }).click()
  await keeper.getByRole('link', { name: /^已确认/ }).click()
  await expect(keeper.getByText('奶奶腿脚不便，每周去看一次')).toBeVisible()

  // P5.3: left behind and migrant children in one register, told apart by definition.
  await keeper.goto('/children?definition=mca')
  await expect(keeper.getByRole('link', { name: '陈小雨' }).first()).toBeVisible()
  await expect(keeper.getByRole('link', { name: '何梓涵' })).toHaveCount(0)
  await keeper.goto('/children')
  await keeper.getByRole('button', { name: /再加一个条件|加一个条件/ }).click()
  await keeper.getByRole('menuitem', { name: '按口径' }).click()
  await keeper.getByRole('button', { name: '流动儿童', exact: true }).click()
  await keeper.getByRole('button', { name: '说不清，还缺事实' }).click()
  await keeper.getByRole('button', { name: '用这个条件' }).click()
  await expect(keeper).toHaveURL(/definition=migrant&answer=cannot_say/)

  // P1.18: on the phone every family is asked once; what changed has its line with who and when (P2.7).
  await keeper.setViewportSize({ width: 360, height: 780 })
  await keeper.goto('/children/round')
  await keeper.getByRole('button', { name: '陈小雨：无变化' }).click()
  await expect(keeper.getByText(/问过 1 人，一共 2 人/)).toBeVisible()
  await keeper.goto(`/children/${one}?tab=history`)
  await expect(keeper.getByText('问过，没有变化').first()).toBeVisible()
  await expect(keeper.getByText('常思齐').first()).toBeVisible()
  const { items } = await ask<{ items: { field: string; by_name: string }[] }>(keeper, `/children/${one}/history`)
  expect(items.map((item) => item.field)).toContain('confirmed')
})

test('P1.16 the basic files stand after one roster: every child of it, nobody else, with what it said', async ({
  page,
  house,
}) => {
  test.setTimeout(120_000)
  await settle(page, house, { kind: 'village', place_code: '360123104207' }, office)
  const roster = await ownVillageLedger()
  await answerQuestions(page, await putIn(page, roster))
  await writeFiles(page)
  expect(await countChildren(page)).toBe(roster.names.length)
  const { items } = await ask<{ items: { name: string; carer_name: string | null }[] }>(page, '/children?limit=200')
  expect(items.map((row) => row.name).sort()).toEqual([...roster.names].sort())
  expect(items.filter((row) => row.carer_name).length).toBeGreaterThan(0)
})
