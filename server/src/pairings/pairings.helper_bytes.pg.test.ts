// A helper's account against every operation of pairings, register, suggestion, boards and papers: nothing of the child but first name, age
// band, needs and the agreed contact, and nothing at all of any other child, in bytes.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { childOps } from '@nuanyang/contract/children.ts'
import type { Operation } from '@nuanyang/contract/kernel.ts'
import { boardOps } from '@nuanyang/contract/pairings.boards.ts'
import { matchOps } from '@nuanyang/contract/pairings.matching.ts'
import { pairingPaperOps } from '@nuanyang/contract/pairings.papers.ts'
import { pairingOps, type PairingDetail } from '@nuanyang/contract/pairings.ts'
import { helperOps } from '@nuanyang/contract/pairings.register.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

let app: TestApp
let cast: Cast
let director: Person
let helper: Person
let own: PairingDetail
let other: PairingDetail
let board: string
const ids: string[] = []

beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village)
  helper = await app.signInAs('helper', cast.village, { name: '艾小草' })
  for (const name of ['欧阳甲乙', '司马丙丁']) {
    const id = newId()
    ids.push(id)
    const facts = {
      name,
      born_on: '2017-08-21',
      address: '丙丁巷九十九号',
      villager_group: '三组',
      school_name: '子丑小学',
      grade: '3' as const,
      hobbies: '下棋',
      father: { name: '戊父己', phones: ['19811110731'], state: 'away' as const },
      carer: { name: '庚辛婆', relation: 'paternal_grandmother' as const },
    }
    await app.call(childOps.create, { body: { id, facts } }, director)
    const wish = { version: 0, goals: ['mind' as const], subjects: [], languages: [], helper_sex: null }
    await app.call(pairingOps.set_wish, { id, body: { ...wish, words: `${name.slice(2)}想有人说话` } }, director)
  }
  const pair = (child_id: string, name: string, extra: object = {}) =>
    app.call(
      pairingOps.create,
      {
        body: {
          id: newId(),
          child_id,
          helper: { name, kind: 'volunteer', vetted: true, ...extra },
          from_on: '2026-11-01',
          contact_how: '周六在村小',
        },
      },
      director,
    )
  own = await pair(ids[0]!, '艾小草', { account_id: helper.id })
  // The child has another helper besides, and the other child one of its own: neither is this helper's business.
  await pair(ids[0]!, '别人甲', { phone: '13900001111' })
  other = await pair(ids[1]!, '别人乙', { phone: '13900002222' })
  const voices = [{ voice: 'child' as const, grade: 'poor' as const, words: '他来得太少' }]
  await app.call(pairingOps.review, { id: own.id, body: { version: own.version, on: '2026-11-25', voices } }, director)
  board = newId()
  await app.call(boardOps.create, { body: { id: board, name: '分类', sorted: true } }, director)
})
afterAll(() => app.close())

const hidden = [
  '欧阳', '司马', '丙丁', '2017-08-21', '巷九十九', '三组', '子丑', '下棋', '戊父', '庚辛', '0731', '别人', '1390000', '来得太少', '小暑村',
] // prettier-ignore

test('every operation: what a helper may call shows the own child only, the rest is refused', async () => {
  const all: Operation[] = [pairingOps, helperOps, matchOps, boardOps, pairingPaperOps].flatMap((ops) =>
    Object.values(ops),
  )
  expect(all.length).toBeGreaterThan(30)
  const allowed = new Set<string>()
  for (const op of all) {
    for (const id of [own.id, other.id, ...ids, board, newId()]) {
      const input = { id, child_id: id, helper_id: own.helper_id!, body: {} }
      const answer = await app.send(
        op,
        op.method === 'get' ? { id, child_id: id, helper_id: own.helper_id! } : input,
        helper,
      )
      if (answer.status < 300) allowed.add(op.name)
      for (const word of hidden) expect(answer.told, `${op.name} ${word}`).not.toContain(word)
    }
  }
  // Changing the next contact is theirs too; here it lacks a body.
  expect([...allowed].toSorted()).toEqual([
    'boards.list',
    'pairings.get',
    'pairings.list',
    'pairings.mine',
    'pairings.wish',
  ])
})

test('the own page has what is needed, and the own pairing no more', async () => {
  const mine = await app.send(pairingOps.mine, {}, helper)
  expect(JSON.parse(mine.text)).toMatchObject({
    items: [{ first_name: '甲乙', age_band: '6-13', needs: '甲乙想有人说话', contact_how: '周六在村小' }],
  })
  const list = await app.call(pairingOps.list, { state: 'all' }, helper)
  expect(list.items.map((one) => one.id)).toEqual([own.id])
  expect((await app.send(pairingOps.get, { id: other.id }, helper)).status).toBe(404)
  expect((await app.send(pairingOps.wish, { id: ids[1]! }, helper)).status).toBe(404)
})

test('the file tells a helper of no other helper', async () => {
  for (const answer of [
    await app.send(childOps.get, { id: ids[0]! }, helper),
    await app.send(childOps.list, {}, helper),
  ])
    expect(answer.told).not.toContain('别人')
  expect((await app.call(childOps.get, { id: ids[0]! }, helper)).helpers.map((one) => one.name)).toEqual(['艾小草'])
  expect((await app.call(childOps.get, { id: ids[0]! }, director)).helpers.map((one) => one.name)).toContain('别人甲')
})
