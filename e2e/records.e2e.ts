// Everything done for a child is entered once: on the phone in a few taps, kept through a lost network, corrected and withdrawn without
// losing what stood there, asked about where words judge a child or hint at harm, and printed.
import { readFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { childOps } from '@nuanyang/contract/children.ts'
import { consentOps } from '@nuanyang/contract/consents.ts'
import { recordOps } from '@nuanyang/contract/records.ts'
import { newId } from '../server/src/kernel/ids.ts'
import { ask, download, readPdf, send, takeSeat } from './hands.ts'
import { comesIn, settle, test } from './house.ts'
import { expect } from './server.ts'

interface Rows {
  items: { id: string; kind: string; text: string | null; done_by: string }[]
}

/** Taps as a thumb makes them: typing is not counted. */
function counting() {
  let taps = 0
  return {
    tap: async (target: Locator) => {
      await target.click()
      taps += 1
    },
    count: () => taps,
  }
}

const listed = (page: Page, query = '') => ask<Rows>(page, `/records${query}`)

test('a talk in at most six taps from 今天; corrected, withdrawn, restored, found again and printed @phone', async ({
  page,
  house,
}) => {
  await settle(
    page,
    house,
    { kind: 'village', place_code: '360123104207' },
    { name: '林青禾', username: 'linqinghe', password: '井台边的老槐树开花了' },
  )
  const id = newId()
  await send(page, childOps.create.path, { id, facts: { name: '谷小雪', born_on: '2017-03-05' } })
  await page.goto('/today')

  const { tap, count } = counting()
  await tap(page.getByRole('link', { name: '记录', exact: true }))
  await tap(page.getByRole('link', { name: '记一条' }).first())
  await tap(page.getByRole('button', { name: '谈心记录' }))
  await page.getByRole('combobox', { name: '孩子', exact: true }).fill('谷小雪')
  await tap(page.getByRole('option', { name: /谷小雪/ }))
  await page.getByRole('textbox', { name: '谈了什么' }).fill('背书得了小红花，想让妈妈看看。')
  await tap(page.getByRole('button', { name: '平静' }))
  await expect(page.getByText('草稿已存')).toBeVisible()
  await tap(page.getByRole('button', { name: '保存', exact: true }))
  await expect(page.getByText('谷小雪的谈心记录记好了')).toBeVisible()
  expect(count()).toBeLessThanOrEqual(6)
  await expect
    .poll(async () => (await listed(page)).items.map((one) => one.text))
    .toEqual(['背书得了小红花，想让妈妈看看。'])

  // From the file it is three: the tab is open, the kind and the place used last are chosen.
  await page.goto(`/children/${id}?tab=line`)
  const again = counting()
  await again.tap(page.getByRole('link', { name: '亲情联系', exact: true }))
  await again.tap(page.getByRole('button', { name: '没接通' }))
  await again.tap(page.getByRole('button', { name: '保存', exact: true }))
  await expect(page.getByText('谷小雪的亲情联系登记记好了')).toBeVisible()
  expect(again.count()).toBe(3)
  await expect(page.getByText('不算数')).toBeVisible()
  // 撤销 takes it back.
  await page.getByRole('button', { name: '撤销' }).last().click()
  await expect.poll(async () => (await listed(page)).items.length).toBe(1)

  await page.goto('/records')
  await page.getByRole('searchbox', { name: '找记录' }).fill('红花')
  await page
    .getByRole('link', { name: /谷小雪/ })
    .first()
    .click()
  await page.getByRole('link', { name: '更正' }).click()
  await page.getByRole('textbox', { name: '谈了什么' }).fill('背书得了小红花，约好周六给妈妈看。')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await expect(page.getByRole('heading', { name: '更正以前写的' })).toBeVisible()
  await expect(page.getByText('想让妈妈看看。')).toBeVisible()

  const card = await download(page, async () => {
    await page.getByRole('button', { name: '打印' }).click()
    await page.getByLabel('做什么用').fill('入档')
    await page.getByRole('button', { name: '生成文件' }).click()
  })
  expect(card.name).toMatch(/^谷小雪谈心记录卡 .*\.pdf$/)
  expect(readPdf(card.path).text).toContain('约好周六给妈妈看')

  await page.getByRole('main').getByRole('button', { name: '服务记录' }).click()
  await page.getByRole('menuitem', { name: '撤回' }).click()
  await page.getByRole('button', { name: '记重了' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '撤回', exact: true }).click()
  await expect(page.getByText('撤回：记重了')).toBeVisible()
  expect((await listed(page)).items).toHaveLength(0)
  await page.getByRole('button', { name: '恢复' }).click()
  await expect.poll(async () => (await listed(page)).items.length).toBe(1)

  const sheet = await download(page, async () => {
    await page.goto('/records')
    await page.getByRole('button', { name: '台账' }).click()
    await page.getByLabel('哪一本').selectOption({ label: '谈心台账' })
    await page.getByLabel('做什么用').fill('上报')
    await page.getByRole('button', { name: '导出 Excel' }).click()
  })
  expect(sheet.name).toMatch(/谈心台账.*\.xlsx$/)
})

test('nothing is lost and nothing doubled: no network, one record five times, two people and one visit, words that need a second look', async ({
  page,
  house,
  browser,
}) => {
  const { memberships } = await settle(
    page,
    house,
    { kind: 'village', place_code: '360123104207' },
    { name: '林青禾', username: 'linqinghe', password: '井台边的老槐树开花了' },
  )
  const id = newId()
  await send(page, childOps.create.path, { id, facts: { name: '谷小雪', born_on: '2017-03-05' } })
  const village = memberships.find((one) => one.role === 'child_director')!.unit_id

  await page.goto(`/record?kind=talk&child=${id}`)
  const text = page.getByRole('textbox', { name: '谈了什么' })
  await text.fill('他是班里的差生，不肯说话。')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await expect(page.getByRole('dialog', { name: '换个说法好不好' })).toContainText('学习上需要帮助的孩子')
  await page.getByRole('button', { name: '回去改' }).click()
  await text.fill('今天不肯说话，胳膊上有几处淤青。')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  const report = page.getByRole('dialog', { name: '这件事可能要马上报告' })
  await expect(report).toContainText('疑似被打')
  const form = await download(page, () => report.getByRole('button', { name: '打印报告表' }).click())
  const paper = readPdf(form.path)
  for (const words of ['强制报告表', '谷小雪', '淤青']) expect(paper.text).toContain(words)
  await report.getByRole('button', { name: '不是这样的事' }).click()
  await expect.poll(async () => (await listed(page)).items.length).toBe(1)

  // The network is gone: the record waits here and is sent by itself.
  await page.goto(`/record?kind=study&child=${id}`)
  await page.getByRole('textbox', { name: '帮了什么' }).fill('一起做了三道应用题')
  await page.context().setOffline(true)
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await expect(page.getByText('有网就发出去').first()).toBeVisible()
  await page.context().setOffline(false)
  await expect.poll(async () => (await listed(page, '?kind=study')).items.length, { timeout: 30_000 }).toBe(1)

  const once = { id: newId(), kind: 'diary', happened_on: today(), text: '小红花', child_ids: [id], fields: {} }
  await Promise.all([1, 2, 3, 4, 5].map(() => send(page, recordOps.add.path, once)))
  expect((await listed(page, '?kind=diary')).items).toHaveLength(1)
  const next = await page.request.post(`/api${recordOps.add.path}`, {
    headers: { 'x-nuanyang': '1', 'idempotency-key': newId() },
    data: { ...once, id: newId(), happened_on: '2099-01-01' },
  })
  expect([next.status(), await next.text()]).toEqual([422, expect.stringContaining('还没有到')])

  // Two people were at the door; the second is asked, and knows who was first.
  const visit = {
    id: newId(),
    kind: 'visit',
    happened_on: today(),
    text: '奶奶在家',
    child_ids: [id],
    fields: { met: 'carer' },
  }
  await send(page, recordOps.add.path, visit)
  await takeSeat(page, 'administrator')
  const other = await comesIn(page, browser, house, { name: '苗清明', role: 'social_worker', unit_id: village })
  await takeSeat(page, 'child_director')
  await other.goto(`/record?kind=visit&child=${id}`)
  await other.getByRole('textbox', { name: '看到、听到什么' }).fill('和青禾一起去的')
  await other.getByRole('button', { name: '照护人', exact: true }).click()
  await other.getByRole('button', { name: '保存', exact: true }).click()
  await expect(other.getByText(/林青禾已经记过/)).toBeVisible()
  expect((await listed(page, '?kind=visit')).items).toHaveLength(1)
  await other.getByRole('button', { name: '仍然保存' }).click()
  await expect.poll(async () => (await listed(page, '?kind=visit')).items.length).toBe(2)

  // Things for each of two children, by the roll of a festival.
  await send(page, childOps.create.path, { id: newId(), facts: { name: '桑春分' } })
  await page.goto('/record?kind=aid')
  await page.getByRole('button', { name: '点名' }).click()
  await page.getByLabel('全选').check()
  await page.getByRole('button', { name: '就这 2 个孩子' }).click()
  await page.getByRole('button', { name: '钱', exact: true }).click()
  await page.getByLabel('金额（元）').fill('200')
  await expect(page.getByText('共 400元')).toBeVisible()
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await expect.poll(async () => JSON.stringify(await listed(page, '?kind=aid')).match(/20000/g)?.length).toBe(2)
})

test('photos are taken along while it is written: kept with the draft, sent when it is saved, faces covered without a consent @phone', async ({
  page,
  house,
}) => {
  await settle(
    page,
    house,
    { kind: 'village', place_code: '360123104207' },
    { name: '林青禾', username: 'linqinghe', password: '井台边的老槐树开花了' },
  )
  const id = newId()
  await send(page, childOps.create.path, { id, facts: { name: '谷小雪' } })
  const picture = readFileSync(new URL('../docs/pictures/file.png', import.meta.url))
  const photo = (name: string) => ({ name, mimeType: 'image/png', buffer: picture })
  const photos = page.getByRole('group', { name: '照片' })
  const choose = async (name: string) => {
    const chooser = page.waitForEvent('filechooser')
    await tap(photos.getByRole('button', { name: '添照片' }))
    await (await chooser).setFiles(photo(name))
  }
  const save = page.getByRole('button', { name: '保存', exact: true })
  const { tap, count } = counting()

  await page.goto(`/children/${id}?tab=line`)
  await tap(page.getByRole('link', { name: '谈心', exact: true }))
  await page.getByRole('textbox', { name: '谈了什么' }).fill('一起把教室的花浇了。')
  await choose('浇花.png')
  await choose('小雪.png')
  await expect(page.getByText('草稿已存')).toBeVisible()
  // The window was closed: words and photos are there again.
  await page.reload()
  await expect(page.getByRole('textbox', { name: '谈了什么' })).toHaveValue('一起把教室的花浇了。')
  await expect(photos.getByRole('listitem')).toHaveCount(2)
  // Another kind for the same child begins empty; the talk waits under its own.
  await page.goto(`/record?kind=visit&child=${id}`)
  await expect(page.getByRole('textbox', { name: '看到、听到什么' })).toHaveValue('')
  await expect(photos.getByRole('listitem')).toHaveCount(0)
  await page.goto(`/record?kind=talk&child=${id}`)
  await expect(page.getByRole('textbox', { name: '谈了什么' })).toHaveValue('一起把教室的花浇了。')
  await tap(page.getByRole('button', { name: '平静' }))
  await tap(save)
  expect(count()).toBeLessThanOrEqual(6)

  // The record is safe; of each photo it is asked while its writer is here.
  const asks = page.getByRole('dialog')
  await expect(asks.getByText('小雪还没有有效的拍照同意书')).toBeVisible()
  await asks.getByRole('button', { name: '把脸遮住再放' }).click()
  await asks.getByRole('button', { name: '整张都遮' }).click()
  await asks.getByRole('button', { name: '遮好了' }).click()
  await expect(asks.getByText('“小雪.png”还在这里')).toBeVisible()
  await asks.getByRole('button', { name: '这张不放了' }).click()
  await expect(asks).toBeHidden()
  const [record] = (await listed(page)).items
  await page.goto(`/records/${record!.id}`)
  await expect(page.getByRole('button', { name: '打开浇花.jpg' })).toBeVisible()
  await expect(page.getByText('小雪.')).toHaveCount(0)

  // Without a network a photo waits behind its record.
  const consent = {
    id: newId(),
    child_id: id,
    purpose: 'photo',
    legal_basis: 'consent',
    given_by: '妈妈谷春兰',
    how: 'paper',
    from_on: today(),
  }
  await send(page, consentOps.add.path, consent)
  await page.goto(`/record?kind=study&child=${id}`)
  await page.getByRole('textbox', { name: '帮了什么' }).fill('一起量了操场')
  await choose('操场.png')
  await page.context().setOffline(true)
  await save.click()
  await expect(page.getByText('有网就发出去').first()).toBeVisible()
  await page.context().setOffline(false)
  await expect.poll(async () => (await listed(page, '?kind=study')).items.length, { timeout: 30_000 }).toBe(1)
  const [study] = (await listed(page, '?kind=study')).items
  const files = () => ask<{ items: { file_name: string }[] }>(page, `/files?owner_type=record&owner_id=${study!.id}`)
  await expect
    .poll(async () => (await files()).items.map((one) => one.file_name), { timeout: 30_000 })
    .toEqual(['操场.jpg'])
})

test('marks are shown subject by subject against the child’s own past', async ({ page, house }) => {
  await settle(
    page,
    house,
    { kind: 'village', place_code: '360123104207' },
    { name: '林青禾', username: 'linqinghe', password: '井台边的老槐树开花了' },
  )
  const id = newId()
  await send(page, childOps.create.path, { id, facts: { name: '苗立夏' } })
  for (const [happened_on, score] of [['2026-09-20', 71], ['2026-10-20', 83]] as const) // prettier-ignore
    await send(page, recordOps.add.path, { id: newId(), kind: 'progress', happened_on, child_ids: [id], fields: { marks: [{ subject: 'maths', score, full: 100 }] } }) // prettier-ignore
  await page.goto(`/children/${id}?tab=schooling`)
  const maths = page.getByRole('list', { name: '和自己比' }).getByRole('listitem').filter({ hasText: '数学' })
  await expect(maths).toContainText(/71\/100.*83\/100.*比上次好/)
})

const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)

test('from 今天 to a saved talk with its photo in at most six taps; a photo of 40 MB is left out with a sentence @phone', async ({
  page,
  house,
}) => {
  const director = { name: '林青禾', username: 'linqinghe', password: '井台边的老槐树开花了' }
  await settle(page, house, { kind: 'village', place_code: '360123104207' }, director)
  const id = newId()
  await send(page, childOps.create.path, { id, facts: { name: '谷小雪' } })
  await send(page, consentOps.add.path, { id: newId(), child_id: id, purpose: 'photo', legal_basis: 'consent', given_by: '妈妈', how: 'paper', from_on: today() }) // prettier-ignore
  const picture = readFileSync(new URL('../docs/pictures/file.png', import.meta.url))
  await page.goto('/today')
  const { tap, count } = counting()
  await tap(page.getByRole('link', { name: '记录', exact: true }))
  await tap(page.getByRole('link', { name: '记一条' }).first())
  await tap(page.getByRole('button', { name: '谈心记录' }))
  await page.getByRole('combobox', { name: '孩子', exact: true }).fill('谷小雪')
  await tap(page.getByRole('option', { name: /谷小雪/ }))
  await page.getByRole('textbox', { name: '谈了什么' }).fill('一起把教室的花浇了。')
  const chooser = page.waitForEvent('filechooser')
  await tap(page.getByRole('button', { name: '添照片' }))
  await (await chooser).setFiles({ name: '浇花.png', mimeType: 'image/png', buffer: picture })
  await tap(page.getByRole('button', { name: '保存', exact: true }))
  expect(count()).toBeLessThanOrEqual(6)
  const filesOf = async (kind: string) => {
    const [record] = (await listed(page, `?kind=${kind}`)).items
    return record ? (await ask<{ items: { file_name: string }[] }>(page, `/files?owner_type=record&owner_id=${record.id}`)).items.map((one) => one.file_name) : null // prettier-ignore
  }
  await expect.poll(() => filesOf('talk'), { timeout: 20_000 }).toEqual(['浇花.jpg'])

  await page.goto(`/record?kind=study&child=${id}`)
  await page.getByRole('textbox', { name: '帮了什么' }).fill('一起量了操场')
  const again = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: '添照片' }).click()
  await (await again).setFiles({ name: '操场.png', mimeType: 'image/png', buffer: Buffer.concat([picture, Buffer.alloc(40 * 1024 * 1024)]) }) // prettier-ignore
  await expect(page.getByText('没有带上：操场.png。一张最大 20 MB')).toBeVisible()
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await expect.poll(() => filesOf('study')).toEqual([])
})
