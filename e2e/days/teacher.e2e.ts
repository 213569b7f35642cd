// A term begins: the village has its ledger, the school brings its tables, and each child keeps one file.
import { answerQuestions, ask, countChildren, putIn, takeSeat, writeFiles } from '../hands.ts'
import { comesIn, newUnit, settle, test } from '../house.ts'
import { invented, movedOn, ownSchoolClasses, ownVillageLedger, schoolClasses, schoolRegister } from '../rosters.ts'
import { expect } from '../server.ts'

const office = { name: '孟长庚', username: 'mengchanggeng', password: '檐下的燕子又回来了' }

interface Names {
  items: { name: string }[]
}

test('village and school meet in one file; what the village keeps is proposed, and the village decides', async ({
  page,
  house,
  browser,
}) => {
  test.setTimeout(180_000)
  const { memberships } = await settle(page, house, { kind: 'township', place_code: '360123104' }, office)
  await takeSeat(page, 'administrator')
  const township = memberships[0]!.unit_id
  const village = await newUnit(page, 'village', township, '大水村')
  const school = await newUnit(page, 'school', township, '大水小学')
  const director = await comesIn(page, browser, house, { name: '周雨禾', role: 'child_director', unit_id: village })
  const leader = await comesIn(page, browser, house, { name: '柳校长', role: 'school_leader', unit_id: school })

  const ledger = await ownVillageLedger()
  await answerQuestions(director, await putIn(director, ledger))
  await writeFiles(director)
  expect(await countChildren(director)).toBe(invented.length)

  // The same children, in a sheet for each class.
  const met = await putIn(leader, await ownSchoolClasses())
  await answerQuestions(leader, met)
  // Eleven are told by number and name. The twelfth stood in the ledger without a number: of a child out of sight a name tells the school
  // nothing, so the school opens a file of its own, and whoever sees both finds them under 疑似重复.
  const { writes } = await ask<{ writes: { create: number; update: number } }>(leader, `/imports/${met}`)
  expect(writes).toEqual({ create: 1, update: invented.length - 1 })
  await writeFiles(leader)
  expect(await countChildren(leader)).toBe(invented.length)
  expect(await countChildren(director)).toBe(invented.length)

  // Where a father works is for the village to say.
  await director.goto('/children')
  await director.getByRole('link', { name: /条修改等你确认$/ }).click()
  const proposal = director.getByRole('listitem').filter({ hasText: movedOn.work_place })
  await expect(proposal).toContainText(movedOn.child)
  await proposal.getByRole('button', { name: '确认修改' }).click()
  await expect(proposal).toHaveCount(0)
  await director.goto('/children')
  await director.getByRole('link', { name: movedOn.child }).first().click()
  await expect(director.getByText(movedOn.work_place).first()).toBeVisible()
})

test('the tables of a school: a sheet for each class, and the export of the pupil register', async ({
  page,
  house,
  browser,
}) => {
  test.setTimeout(180_000)
  const { memberships } = await settle(page, house, { kind: 'township', place_code: '360123104' }, office)
  await takeSeat(page, 'administrator')
  const school = await newUnit(page, 'school', memberships[0]!.unit_id, '青石小学')
  const leader = await comesIn(page, browser, house, { name: '柳校长', role: 'school_leader', unit_id: school })
  const expected = new Set<string>()
  for (const roster of [await schoolClasses(), await schoolRegister()]) {
    await answerQuestions(leader, await putIn(leader, roster))
    await writeFiles(leader)
    for (const name of roster.names) expected.add(name)
    const { items } = await ask<Names>(leader, '/children?limit=200')
    expect(new Set(items.map(({ name }) => name))).toEqual(expected)
  }
  // The sheets became classes of the school; a class teacher is given one and sees nobody else's.
  await takeSeat(page, 'administrator')
  const { items: classes } = await ask<{ items: { id: string; label: string }[] }>(
    page,
    `/units/search?kinds=class&under=${school}&limit=50`,
  )
  expect(classes.length).toBeGreaterThan(0)
  const third = classes.find(({ label }) => label.includes('三年级'))!
  const teacher = await comesIn(page, browser, house, { name: '温老师', role: 'class_teacher', unit_id: third.id })
  await teacher.goto('/children')
  await expect(teacher.getByRole('heading', { level: 1 })).toContainText('三年级')
  const own = await countChildren(teacher)
  expect(own).toBeGreaterThan(0)
  expect(own).toBeLessThan(expected.size)
})
