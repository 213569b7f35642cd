// A school pairs a class: helpers registered and vetted, the suggestion looked at, one pair moved by hand, confirmed; and the helper's
// day on the phone, which shows a first name and needs, takes a note, and ends the moment the pairing does.
import { childOps } from '@nuanyang/contract/children.ts'
import { pairingOps } from '@nuanyang/contract/pairings.ts'
import { unitOps } from '@nuanyang/contract/units.ts'
import { newId } from '../../server/src/kernel/ids.ts'
import { ask, send, takeSeat } from '../hands.ts'
import { comesIn, newUnit, settle, test } from '../house.ts'
import { expect } from '../server.ts'

const office = { name: '孟长庚', username: 'mengchanggeng', password: '檐下的燕子又回来了' }
const pupils = ['柏一舟', '荣双溪', '蒲三月', '芦四方']

test('a school leader pairs a class; the helper’s day on the phone @phone', async ({
  page,
  house,
  browser,
  isMobile,
}) => {
  test.setTimeout(180_000)
  const { memberships } = await settle(page, house, { kind: 'township', place_code: '360123104' }, office)
  await takeSeat(page, 'administrator')
  const school = await newUnit(page, 'school', memberships[0]!.unit_id, '青石小学')
  const room = newId()
  const year = new Date().getFullYear() - 2
  const of = { kind: 'class', parent_id: school, stage: 'primary', entry_year: year, class_number: '1' }
  await send(page, unitOps.create.path, { id: room, ...of })
  const leader = await comesIn(page, browser, house, { name: '柳校长', role: 'school_leader', unit_id: school })
  const helper = await comesIn(page, browser, house, { name: '温知秋', role: 'helper', unit_id: school })
  await leader.setViewportSize(page.viewportSize()!)
  await helper.setViewportSize({ width: 360, height: 740 })
  const ids = pupils.map(() => newId())
  for (const [at, name] of pupils.entries())
    await send(leader, childOps.create.path, { id: ids[at], facts: { name }, links: [{ unit_id: room, as: 'class' }] })
  await send(leader, pairingOps.set_wish.path.replace(':id', ids[0]!), {
    version: 0,
    goals: ['study'],
    subjects: ['数学'],
    languages: [],
    helper_sex: null,
    words: '想有人一起做算术',
  })

  // The register: somebody applies, is vetted on the four items, and can be paired.
  await leader.goto('/pairings/suggest')
  await expect(leader.getByText('名册里还没有能帮忙的人')).toBeVisible()
  await leader.getByRole('link', { name: '去登记' }).click()
  const asks = leader.getByRole('dialog')
  for (const [name, subject] of [
    ['陶映雪', '数学'],
    ['康乐山', '语文'],
  ] as const) {
    await leader.getByRole('button', { name: '登记帮扶人' }).click()
    await asks.getByLabel('姓名').fill(name)
    await asks.getByLabel('身份', { exact: true }).selectOption({ label: '帮扶教师' })
    await asks.getByText('单位、功课、特长、空闲').click()
    await asks.getByLabel('能辅导的功课').fill(subject)
    await asks.getByRole('button', { name: '纸上签了字' }).click()
    await asks.getByRole('button', { name: '登记', exact: true }).click()
    await expect(asks).toBeHidden()
    await leader.getByRole('link', { name: new RegExp(name) }).click()
    await leader.getByRole('button', { name: '核查四项' }).click()
    for (const clear of await asks.getByRole('button', { name: '没有问题' }).all()) await clear.click()
    await asks.getByRole('button', { name: '保存' }).click()
    await expect(asks).toBeHidden()
    await expect(leader.getByText('可以结对', { exact: true })).toBeVisible()
    await leader.goto('/pairings/helpers')
  }
  await expect(leader.getByRole('main').getByText('可以结对', { exact: true })).toHaveCount(2)

  // The suggestion: the teacher of mathematics for the child who wants it; then one child is moved and locked.
  await leader.goto('/pairings/suggest')
  await expect(leader.getByRole('heading', { level: 1, name: '给 4 个孩子找帮扶人' })).toBeVisible()
  await expect(leader.getByText(/能辅导数学/).first()).toBeVisible()
  expect((await ask<{ items: unknown[] }>(leader, '/pairings')).items).toEqual([])
  if (isMobile) {
    await leader.getByRole('button', { name: `给${pupils[1]}挑一位` }).click()
    await asks.getByRole('button', { name: /陶映雪/ }).click()
  } else {
    // By keyboard: up with space, to the other helper, down with space.
    const handle = leader.getByRole('button', { name: new RegExp(`^给${pupils[1]}换帮扶人`) })
    await handle.focus()
    await leader.keyboard.press('Space')
    await expect(handle).toHaveAttribute('aria-pressed', 'true')
    const rows = leader.locator('.suggest-col').last().getByRole('listitem')
    await expect(async () => {
      await leader.keyboard.press('ArrowUp')
      await expect(rows.filter({ hasText: '陶映雪' })).toHaveClass(/over/, { timeout: 500 })
    }).toPass()
    await leader.keyboard.press('Space')
    await expect(leader.locator('.suggest-label.locked')).toHaveCount(1)
  }
  await leader.getByRole('button', { name: '重新推荐' }).click()
  await leader.getByRole('button', { name: '确认 4 对' }).click()
  await asks.getByRole('button', { name: '确认 4 对' }).click()
  await expect(leader.getByText('每个孩子都有帮扶人了')).toBeVisible()
  const { items } = await ask<{ items: { id: string; child_id: string; helper_name: string; version: number }[] }>(
    leader,
    '/pairings',
  )
  expect(items).toHaveLength(4)
  for (const at of [0, 1]) expect(items.find((one) => one.child_id === ids[at])!.helper_name).toBe('陶映雪')

  // The helper takes a child over and has the own page at once: no family name, nobody else.
  const taken = items.find((one) => one.child_id === ids[0])!
  const { account } = await ask<{ account: { id: string } }>(helper, '/session')
  const over = { name: '温知秋', kind: 'volunteer', vetted: true, account_id: account.id }
  const next = await send<{ id: string; version: number }>(leader, pairingOps.take_over.path.replace(':id', taken.id), {
    id: newId(),
    version: taken.version,
    helper: over,
  })
  await send(leader, pairingOps.arrange.path.replace(':id', next.id), {
    version: next.version,
    form: 'one_to_one',
    term: null,
    goals: ['study'],
    measures: null,
    contact_how: '周三放学后在图书角',
    next_contact_on: null,
  })
  await helper.goto('/pairings')
  await expect(helper).toHaveURL(/pairings\/mine/)
  await expect(helper.getByRole('heading', { name: '一舟' })).toBeVisible()
  await expect(helper.getByText('想有人一起做算术')).toBeVisible()
  await expect(helper.getByText('周三放学后在图书角')).toBeVisible()
  for (const hidden of [pupils[0]!, '双溪', '青石小学', '陶映雪'])
    await expect(helper.getByRole('main').getByText(hidden)).toHaveCount(0)
  await helper.getByRole('button', { name: '记一笔' }).click()
  await helper.getByRole('dialog').getByLabel('写几句').fill('一起算了鸡兔同笼，他自己算出来了。')
  await helper.getByRole('dialog').getByRole('button', { name: '辅导功课' }).click()
  await helper.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await expect(helper.getByRole('dialog')).toBeHidden()
  await expect(helper.getByText('鸡兔同笼')).toBeVisible()
  const { items: records } = await ask<{ items: { kind: string; pairing_id: string; done_by: string }[] }>(
    leader,
    `/records?child_id=${ids[0]}`,
  )
  expect(records).toMatchObject([{ kind: 'study', pairing_id: next.id, done_by: '温知秋' }])

  // It ends, and so does what the helper sees.
  await leader.goto(`/pairings/${next.id}`)
  await leader.getByRole('button', { name: '更多' }).click()
  await leader.getByRole('menuitem', { name: '结束' }).click()
  await asks.getByLabel('为什么结束').selectOption({ label: '帮扶人不能再帮' })
  await asks.getByRole('button', { name: '结束', exact: true }).click()
  await expect(asks).toBeHidden()
  await helper.reload()
  await expect(helper.getByText('现在没有结对的孩子')).toBeVisible()
  await leader.goto('/pairings/suggest')
  await expect(leader.getByText(/温知秋.*不帮了/).first()).toBeVisible()
})
