// The width of a small phone: no page is wider than the screen. One that is makes the browser lay everything out wider, and what stays in
// place (the bar of actions, a sheet of choices) then lies elsewhere than where it is seen.
import type { Page } from '@playwright/test'
import { childOps } from '@nuanyang/contract/children.ts'
import { pairingOps } from '@nuanyang/contract/pairings.ts'
import { planOps, type Plan } from '@nuanyang/contract/plans.ts'
import { recordOps, type RecordRow } from '@nuanyang/contract/records.ts'
import { newId } from '../server/src/kernel/ids.ts'
import { paths } from '../web/src/paths.ts'
import { ask, send, takeSeat } from './hands.ts'
import { settle, test } from './house.ts'
import { expect } from './server.ts'

test.use({ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true })

const person = { name: '欧阳长庚', username: 'ouyangchanggeng', password: '檐下的燕子又回来了' }

/** Opens the page and waits for what it shows. @returns how many pixels it is wider than the screen, and what reaches out. */
async function wider(page: Page, path: string): Promise<string | null> {
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeAttached()
  await expect(page.locator('.bones')).toHaveCount(0)
  const found = await page.evaluate<{ beyond: number; out: string[] }>(`({
    beyond: Math.max(document.documentElement.scrollWidth, innerWidth) - 360,
    out: [...document.querySelectorAll('body *')]
      .filter((one) => {
        if (one.getBoundingClientRect().right <= 361) return false
        for (let up = one.parentElement; up; up = up.parentElement) if (getComputedStyle(up).overflowX !== 'visible') return false
        return true
      })
      .slice(0, 6)
      .map((one) => one.tagName + '.' + one.className),
  })`)
  return found.beyond > 0 ? `${path}: ${found.beyond} px, ${found.out.join(' ')}` : null
}

test('no page is wider than a phone of 360 pixels', async ({ page, house }) => {
  test.setTimeout(240_000)
  const { memberships } = await settle(page, house, { kind: 'village', place_code: '360123104207' }, person)
  await takeSeat(page, 'child_director')
  const child = newId()
  const facts = { name: '买买提江·阿不都热合曼', born_on: '2017-08-21', address: '大水村三组 7 号', father: { state: 'away', work_place: '广东东莞' } } // prettier-ignore
  await send(page, childOps.create.path, { id: child, facts })
  const pairing = newId()
  await send(page, pairingOps.create.path, { id: pairing, child_id: child, helper: { name: '上官爱心服务队队长', kind: 'caring_mother', vetted: true }, from_on: '2026-01-01' }) // prettier-ignore
  const record = await send<RecordRow>(page, recordOps.add.path, { id: newId(), kind: 'talk', happened_on: '2026-01-05', text: '说了说学校里的事', child_ids: [child], fields: { way: 'in_person' } }) // prettier-ignore
  const year = Number((await ask<{ today: string }>(page, '/session')).today.slice(0, 4))
  const made = { title: '大水村关爱农村留守儿童和困境儿童全年工作计划', template: 'village', from_on: `${year}-01-01`, until_on: `${year}-12-31` } // prettier-ignore
  const draft = await send<Plan>(page, planOps.create.path, { id: newId(), ...made })
  // Plans say things in whole sentences, goals that nothing computes above all.
  const long =
    '全社会关心留守儿童的氛围更浓，孩子们在学习、生活、心理和安全上都有人管、有人问、有人帮，家里放心，学校安心'
  const edits = [{ do: 'add_goal', id: newId(), text: long, indicator: null, target: null }, { do: 'add_measure', id: newId(), path: '二', title: long, text: long },
    { do: 'add_duty', id: newId(), measure_id: null, title: long, kind: 'talk', subject: 'each_child', rhythm: { every: 'month', count: 1 }, responsible: null, account_id: null, pauses_in_holidays: false },
    { do: 'add_task', id: newId(), measure_id: null, title: long, kind: 'meeting', month: `${year}-05`, festival: null, responsible: null, account_id: null }] // prettier-ignore
  await send(page, `/plans/${draft.id}/edit`, { version: draft.version, edits })
  const plan = await send<Plan>(page, planOps.create.path, { id: newId(), ...made })
  const told = await send<Plan>(page, `/plans/${plan.id}/edit`, { version: plan.version, edits: edits.map((edit) => ({ ...edit, id: newId() })) }) // prettier-ignore
  await send(page, `/plans/${plan.id}/adopt`, { version: told.version, adopted_on: `${year}-01-01` })

  const main = [
    paths.today(), paths.due(), paths.quiet(), paths.children(), paths.newChild(), paths.round(), paths.child(child), `${paths.child(child)}?tab=timeline`,
    `${paths.child(child)}?tab=family`, `${paths.child(child)}?tab=pairing`, `${paths.child(child)}?tab=papers`, paths.childEdit(child), paths.records(), paths.record(),
    paths.oneRecord(record.id), paths.changes(), paths.plans(), paths.newPlan(), paths.planCheck(draft.id), paths.plan(draft.id), `${paths.plan(draft.id)}?view=talk`,
    `${paths.plan(draft.id)}?view=versions`, paths.plan(plan.id), `${paths.plan(plan.id)}?view=tasks`, `${paths.plan(plan.id)}?view=items`, paths.surveys(), paths.pairings(), paths.pairing(pairing), paths.boards(),
    paths.suggestPairings(), paths.helperRegister(), paths.documents(), `${paths.newDocument()}?kind=registration_form`, `${paths.newDocument()}?kind=summary`,
    paths.statistics(), `${paths.statistics()}?tab=completion`, paths.units(), paths.unit(memberships[0]!.unit_id), paths.focus(), paths.duplicates(), paths.notices(), paths.imports(), paths.me(), paths.outbox(),
  ] // prettier-ignore
  const office = [
    paths.people(), paths.manyPeople(), paths.audit(), paths.settings(), paths.definitions(), paths.customFields(), paths.calendar(), paths.noticeSettings(), paths.phones(),
  ] // prettier-ignore
  const found: (string | null)[] = []
  await page.goto(paths.today())
  // English words are longer.
  await page.evaluate(`localStorage.setItem('ny.language', 'en')`)
  const often = [paths.today(), paths.children(), paths.child(child), paths.records(), paths.plans(), paths.plan(draft.id), paths.planCheck(draft.id), paths.plan(plan.id), `${paths.plan(plan.id)}?view=tasks`, paths.pairings(), paths.documents(), paths.statistics()] // prettier-ignore
  for (const path of often) found.push(await wider(page, path))
  await page.evaluate(`localStorage.setItem('ny.language', 'zh')`)
  for (const path of main) found.push(await wider(page, path))
  await takeSeat(page, 'administrator')
  for (const path of office) found.push(await wider(page, path))
  expect(found.filter(Boolean)).toEqual([])
})
