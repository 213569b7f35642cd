import { afterAll, beforeAll, expect, test } from 'vitest'
import { childOps, type Facts } from '@nuanyang/contract/children.ts'
import { duplicateOps } from '@nuanyang/contract/duplicates.ts'
import { checkDigit } from '@nuanyang/domain/identity_numbers.ts'
import { pairingOps } from '@nuanyang/contract/pairings.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

let app: TestApp
let cast: Cast
let director: Person
let neighbour: Person
let supervisor: Person
beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village)
  neighbour = await app.signInAs('child_director', cast.otherVillage)
  supervisor = await app.signInAs('child_supervisor', cast.township)
})
afterAll(() => app.close())

async function child(name: string, facts: Partial<Facts>, who = director): Promise<string> {
  const id = newId()
  await app.call(childOps.create, { body: { id, facts: { name, ...facts }, although_similar: true } }, who)
  return id
}
const versionOf = async (id: string) =>
  (await app.owner.query<{ version: number }>(`select version from children where id = $1`, [id])).rows[0]!.version
async function mergeBody(kept_id: string, gone_id: string, take: string[] = []) {
  return {
    id: newId(), kept_id, gone_id, take: take as never[], kept_version: await versionOf(kept_id), gone_version: await versionOf(gone_id),
  } // prettier-ignore
}

test('files that may be one child are found with reasons; a sister, a namesake born elsewhere and a pair said to be two are not', async () => {
  const born = { born_on: '2017-08-21', sex: 'female' as const, carer: { name: '王桂英' } }
  const one = await child('陈小雨', born)
  const two = await child('陈晓雨', { ...born, school_name: '镇中心小学' })
  await child('陈小晨', { ...born, born_on: '2019-02-03' })
  await child('陈小雨', { born_on: '2011-01-01', sex: 'male' })
  const found = await app.call(duplicateOps.of_child, { child_id: one }, director)
  expect(found.items.map((item) => [item.other.child_id, item.reasons])).toEqual([
    [two, ['same_sound', 'same_day', 'same_carer', 'same_sex']],
  ])
  const pairs = await app.call(duplicateOps.list, {}, director)
  expect(pairs.items.map((pair) => new Set([pair.one.child_id, pair.other.child_id]))).toEqual([new Set([one, two])])
  await app.call(duplicateOps.different, { body: { id: newId(), child_id: two, other_id: one } }, director)
  expect((await app.call(duplicateOps.list, {}, director)).items).toEqual([])
  expect((await app.refused(duplicateOps.different, { body: { id: newId(), child_id: one, other_id: one } }, director)).code).toBe('merge_same') // prettier-ignore
})

test('a number of a closed file weighs most; who is out of sight is counted, not named', async () => {
  const number = '99012320160512023'
  const closed = await child('罗安安', { identity_no: number + checkDigit(number) }, neighbour)
  await app.call(childOps.exit, { id: closed, body: { version: await versionOf(closed), on: '2026-11-25', reason: 'moved_away' } }, neighbour) // prettier-ignore
  const again = await child('罗平安', { born_on: '2016-05-12' })
  await app.owner.query(
    `insert into identity_numbers (tenant_id, id, child_id, value, lookup, tail, stated_on) select tenant_id, $1, $2, value, lookup, tail, stated_on from identity_numbers where child_id = $3`,
    [newId(), again, closed],
  )
  expect(await app.call(duplicateOps.of_child, { child_id: again }, director)).toEqual({ items: [], hidden: 1 })
  const seen = await app.call(duplicateOps.of_child, { child_id: again }, supervisor)
  expect(seen.items[0]).toMatchObject({ other: { child_id: closed, name: '罗安安', status: 'exited' } })
  expect(seen.items[0]!.reasons[0]).toBe('same_number')
})

test('a merge: the kept file learns what only the other knew, links and helpers follow, the other points to it', async () => {
  const kept = await child('何梓涵', { born_on: '2016-05', father: { name: '何勇', phones: ['19800000011'] } })
  const gone = await child('何梓含', { born_on: '2016-05-12', hobbies: '画画', father: { name: '何永', phones: ['19800000012'] } }) // prettier-ignore
  const helper = { name: '刘芳', kind: 'volunteer' as const, vetted: true }
  await app.call(pairingOps.create, { body: { id: newId(), child_id: gone, helper, from_on: '2026-11-01' } }, director)
  const body = await mergeBody(kept, gone, ['born_on'])
  const key = newId()
  const made = await app.call(duplicateOps.merge, { body }, director, { key })
  expect(await app.call(duplicateOps.merge, { body }, director, { key })).toEqual(made)
  const file = await app.call(childOps.get, { id: kept }, director)
  expect(file).toMatchObject({ born_on: '2016-05-12', hobbies: '画画', father: { name: '何勇' }, helpers: [{ name: '刘芳' }] }) // prettier-ignore
  const { rows } = await app.owner.query(`select status, exit_reason, merged_into_id from children where id = $1`, [
    gone,
  ])
  expect(rows).toEqual([{ status: 'exited', exit_reason: 'merged', merged_into_id: kept }])
  expect((await app.refused(duplicateOps.merge, { body: await mergeBody(kept, gone) }, director)).code).toBe(
    'merge_gone',
  )

  const undone = await app.call(duplicateOps.undo, { id: made.id, body: { version: made.version } }, director)
  expect(undone).toMatchObject({ state: 'undone', can_undo: false })
  expect(await app.call(childOps.get, { id: kept }, director)).toMatchObject({ born_on: '2016-05', hobbies: null, helpers: [] }) // prettier-ignore
  expect(await app.call(childOps.get, { id: gone }, director)).toMatchObject({ status: 'registered', hobbies: '画画', helpers: [{ name: '刘芳' }] }) // prettier-ignore
  expect((await app.refused(duplicateOps.undo, { id: made.id, body: { version: undone.version } }, director)).code).toBe('merge_undone') // prettier-ignore
})

test('undoing after edits names them, and keeps them when told so', async () => {
  const [kept, gone] = [await child('黄天佑', {}), await child('黄天右', { hobbies: '篮球', remark: '怕黑' })]
  const made = await app.call(duplicateOps.merge, { body: await mergeBody(kept, gone) }, director)
  await app.call(childOps.change, { id: kept, body: { version: await versionOf(kept), facts: { hobbies: '足球' } } }, director) // prettier-ignore
  const refused = await app.refused(duplicateOps.undo, { id: made.id, body: { version: 1 } }, director)
  expect([refused.code, refused.detail]).toEqual(['merge_edited', expect.stringContaining('爱好特长')])
  await app.call(duplicateOps.undo, { id: made.id, body: { version: 1, keep_edits: true } }, director)
  expect(await app.call(childOps.get, { id: kept }, director)).toMatchObject({ hobbies: '足球', remark: null })
})

test('a merge of merged files is undone from the last one back, within thirty days, by those who keep both', async () => {
  const [a, b, c] = [await child('宋清和', {}), await child('宋青和', {}), await child('宋清禾', {})]
  const first = await app.call(duplicateOps.merge, { body: await mergeBody(b, a) }, director)
  app.time.now = new Date('2026-11-25T02:01:00Z')
  const second = await app.call(duplicateOps.merge, { body: await mergeBody(c, b) }, director)
  const chain = await app.refused(duplicateOps.undo, { id: first.id, body: { version: 1 } }, director)
  expect([chain.code, chain.detail]).toEqual(['merge_chain', expect.stringContaining('宋清禾')])
  await app.call(duplicateOps.undo, { id: second.id, body: { version: 1 } }, director)
  expect((await app.call(duplicateOps.merges, { child_id: b }, director)).items.map((one) => one.state)).toEqual(['undone', 'merged']) // prettier-ignore
  expect((await app.call(duplicateOps.get, { id: first.id }, director)).can_undo).toBe(true)
  app.time.now = new Date('2026-12-28T02:00:00Z')
  expect((await app.refused(duplicateOps.undo, { id: first.id, body: { version: 1 } }, director)).code).toBe('merge_too_old') // prettier-ignore
  app.time.now = new Date('2026-11-25T02:00:00Z')

  const there = await child('唐一诺', {}, neighbour)
  const here = await child('唐一诺', {})
  expect((await app.refused(duplicateOps.merge, { body: await mergeBody(here, there) }, director)).code).toBe(
    'not_found',
  )
  expect(await app.call(duplicateOps.merge, { body: await mergeBody(here, there) }, supervisor)).toMatchObject({ state: 'merged' }) // prettier-ignore
  const leader = await app.signInAs('school_leader', cast.school)
  const [x, y] = [await child('温如玉', {}), await child('温如雨', {})]
  for (const id of [x, y])
    await app.owner.query(`insert into child_units (tenant_id, id, child_id, unit_id, "as", from_on) values ($1, $2, $3, $4, 'class', '2026-09-01')`, [cast.tenant_id, newId(), id, cast.class.id]) // prettier-ignore
  expect((await app.refused(duplicateOps.merge, { body: await mergeBody(x, y) }, leader)).code).toBe('merge_not_yours')
})
