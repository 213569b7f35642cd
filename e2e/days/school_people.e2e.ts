// A day at school: the leader's meeting resolves something and it becomes a task; what the counsellor writes stays with the counsellor; the
// helping teacher has one child and no other.
import type { Page } from '@playwright/test'
import { pairingOps } from '@nuanyang/contract/pairings.ts'
import { recordOps } from '@nuanyang/contract/records.ts'
import { unitOps } from '@nuanyang/contract/units.ts'
import { schoolYear } from '@nuanyang/domain/grades.ts'
import { newId } from '../../server/src/kernel/ids.ts'
import { ask, send, takeSeat } from '../hands.ts'
import { comesIn, newUnit, settle, test } from '../house.ts'
import { makeChildren } from '../materials.ts'
import { expect } from '../server.ts'

interface Rows {
  items: { kind: string; text: string | null }[]
}
const kinds = async (page: Page) => (await ask<Rows>(page, '/records')).items.map((one) => one.kind).toSorted()

test('leader, counsellor and helping teacher: a resolution becomes a task, each sees what is theirs @phone', async ({
  page,
  house,
  browser,
}) => {
  test.setTimeout(120_000)
  const office = { name: '孟长庚', username: 'mengchanggeng', password: '檐下的燕子又回来了' }
  const { memberships } = await settle(page, house, { kind: 'township', place_code: '360123104' }, office)
  await takeSeat(page, 'administrator')
  const school = await newUnit(page, 'school', memberships[0]!.unit_id, '大水小学')
  const third = newId()
  await send(page, unitOps.create.path, { id: third, kind: 'class', parent_id: school, name: '1班', stage: 'primary', entry_year: 2024, class_number: '1' }) // prettier-ignore
  const comes = async (
    name: string,
    role: 'school_leader' | 'counsellor' | 'help_teacher' | 'class_teacher',
    unit_id = school,
  ) => {
    const theirs = await comesIn(page, browser, house, { name, role, unit_id })
    await theirs.setViewportSize(page.viewportSize()!)
    return theirs
  }
  const leader = await comes('柳校长', 'school_leader')
  const counsellor = await comes('宁老师', 'counsellor')
  const helper = await comes('尹老师', 'help_teacher')
  const [child] = await makeChildren(
    leader,
    [{ name: '谷小雪' }, { name: '桑春分' }],
    [{ unit_id: third, as: 'class' }],
  )
  const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)

  const meeting = { id: newId(), kind: 'meeting', happened_on: day, text: '说了冬天用火用电', child_ids: [], fields: { type: 'work', theme: '冬季安全', resolutions: [{ what: '逐户看一遍用电', who: '班主任' }] } } // prettier-ignore
  await send(leader, recordOps.add.path, meeting)
  await leader.goto(`/records/${meeting.id}`)
  await leader.getByRole('button', { name: '列为任务' }).click()
  const asks = leader.getByRole('dialog')
  await asks.getByLabel('谁来办').selectOption({ label: '班主任' })
  await asks.getByRole('button', { name: '列为任务' }).click()
  await expect(asks).toBeHidden()
  await expect(leader.getByText(/^班主任，.*以前$/)).toBeVisible()
  await expect(leader.getByRole('button', { name: '列为任务' })).toHaveCount(0)

  // Psychological material: the counsellor alone, the leader's list does not even show that it is there.
  await counsellor.goto(`/record?kind=counselling&child=${child}`)
  await counsellor.getByRole('textbox').first().fill('愿意说家里的事了。')
  await counsellor.getByRole('button', { name: '保存', exact: true }).click()
  // Left only when the page says that it is done: until then the words are a draft, and would come back.
  await expect(counsellor.getByRole('button', { name: '保存', exact: true })).toBeHidden()
  await expect.poll(() => kinds(counsellor)).toContain('counselling')
  expect(await kinds(leader)).toEqual(['meeting'])
  await leader.goto('/records')
  await expect(leader.getByText('冬季安全').or(leader.getByText('说了冬天用火用电')).first()).toBeVisible()
  await expect(leader.getByText('愿意说家里的事了')).toHaveCount(0)

  // The plan for the child's mind names the class teacher, who reads it and writes its stages; the leader still does not know of it.
  const teacher = await comes('温老师', 'class_teacher', third)
  await counsellor.goto(`/record?kind=individual_plan&child=${child}`)
  await counsellor.getByRole('textbox', { name: '现在的情况' }).fill('夜里怕黑，想妈妈')
  await counsellor.getByRole('button', { name: '心理帮扶计划' }).click()
  await counsellor.getByRole('button', { name: '方案', exact: true }).click()
  await counsellor
    .getByText(/长处和爱好/)
    .first()
    .click()
  await counsellor.getByRole('combobox', { name: '负责人' }).fill('温')
  await counsellor.getByRole('option', { name: /温老师/ }).click()
  await expect(counsellor.getByText('他看得到这份方案和各个阶段')).toBeVisible()
  await counsellor.getByRole('button', { name: '保存', exact: true }).click()
  await expect.poll(() => kinds(teacher)).toContain('individual_plan')
  await teacher.goto('/records')
  await teacher.getByRole('link', { name: '谷小雪，个别方案' }).click()
  await expect(teacher.getByText('温老师').first()).toBeVisible()
  await teacher.getByRole('link', { name: '接着写' }).first().click()
  await teacher.getByRole('textbox', { name: '现在的情况' }).fill('陪他走回家，睡得好些了')
  await teacher.getByRole('button', { name: '保存', exact: true }).click()
  await expect
    .poll(async () => (await ask<Rows>(counsellor, '/records')).items.map((one) => one.text))
    .toContain('陪他走回家，睡得好些了')
  expect(await kinds(leader)).toEqual(['meeting'])

  const { account } = await ask<{ account: { id: string } }>(helper, '/session')
  const pairing = { id: newId(), child_id: child, helper: { name: '尹老师', kind: 'help_teacher', account_id: account.id, vetted: true }, from_on: day } // prettier-ignore
  await send(leader, pairingOps.create.path, pairing)
  await helper.goto('/children')
  await expect(helper.getByRole('link', { name: /谷小雪/ }).first()).toBeVisible()
  await expect(helper.getByText('桑春分')).toHaveCount(0)
  await helper.goto(`/record?kind=study&child=${child}`)
  await helper.getByRole('textbox', { name: '帮了什么' }).fill('一起做了三道应用题')
  await helper.getByRole('button', { name: '保存', exact: true }).click()
  await expect.poll(() => kinds(leader)).toEqual(['meeting', 'study'])
  expect(await kinds(helper)).not.toContain('counselling')
})

test('a school’s round goes class by class, under the names the classes have today @phone', async ({
  page,
  house,
  browser,
}) => {
  test.setTimeout(120_000)
  const office = { name: '孟长庚', username: 'mengchanggeng', password: '檐下的燕子又回来了' }
  const { memberships } = await settle(page, house, { kind: 'township', place_code: '360123104' }, office)
  await takeSeat(page, 'administrator')
  const school = await newUnit(page, 'school', memberships[0]!.unit_id, '大水小学')
  const leader = await comesIn(page, browser, house, { name: '柳校长', role: 'school_leader', unit_id: school })
  await leader.setViewportSize(page.viewportSize()!)
  const year = schoolYear(new Date(Date.now() + 8 * 3_600_000).toISOString())
  const [first, third] = [newId(), newId()]
  for (const [id, entry_year] of [[third, year - 2], [first, year]] as const)
    await send(page, unitOps.create.path, { id, kind: 'class', parent_id: school, name: '1班', stage: 'primary', entry_year, class_number: '1' }) // prettier-ignore
  await makeChildren(leader, [{ name: '谷小雪' }, { name: '桑春分' }], [{ unit_id: third, as: 'class' }])
  await makeChildren(leader, [{ name: '苗清明' }], [{ unit_id: first, as: 'class' }])

  await leader.goto('/surveys')
  await leader.getByRole('button', { name: '开始一轮' }).click()
  await leader.getByRole('dialog').getByRole('button', { name: '开始', exact: true }).click()
  await expect(leader.getByText('还有 3 个没去')).toBeVisible()
  await leader.getByRole('button', { name: '桑春分：无变化' }).click()
  const board = leader.locator('section').filter({ has: leader.getByRole('heading', { name: '各班进度' }) })
  await expect(board.getByRole('listitem')).toHaveText([/一年级（1）班\s*0\/1/, /三年级（1）班\s*1\/2/])
  await board.getByRole('button', { name: '三年级（1）班' }).click()
  await expect(leader.getByRole('link', { name: '谷小雪' })).toBeVisible()
  await expect(leader.getByRole('link', { name: '苗清明' })).toHaveCount(0)
  await expect(leader.getByRole('link', { name: '桑春分' })).toBeVisible()
})
