import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { childOps } from '@nuanyang/contract/children.ts'
import { recordOps } from '@nuanyang/contract/records.ts'
import { surveyOps } from '@nuanyang/contract/surveys.ts'
import { docxParagraphs } from '../documents/testing/read.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

let app: TestApp
let cast: Cast
let director: Person
const round = newId()
const names = ['谷小雪', '谷小满', '苗清明', '桑春分']
const children: string[] = []

beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village)
  for (const name of names) {
    const id = newId()
    children.push(id)
    const facts = { name, villager_group: name.startsWith('谷') ? '一组' : '二组', household_no: name.startsWith('谷') ? 'H7' : null } // prettier-ignore
    await app.call(childOps.create, { body: { id, facts } }, director)
  }
})
afterAll(() => app.close())

const opening = {
  id: round,
  title: '秋季摸底',

  from_on: '2026-11-01',
  until_on: '2026-12-31',
}
const visits = async (who = director, query = {}) =>
  (await app.call(surveyOps.visits, { id: round, ...query }, who)).items
const say = (visit_ids: string[], given: object = {}) => ({
  id: round,
  body: { id: newId(), visit_ids, state: 'no_change' as const, visited_on: '2026-11-20', ...given },
})

describe('a round', () => {
  test('begins with everybody registered in the unit, group by group, household by household', async () => {
    expect((await app.refused(surveyOps.open, { body: { ...opening, until_on: '2026-10-31' } }, director)).code).toBe('survey_days') // prettier-ignore
    const empty = await app.signInAs('child_director', cast.otherVillage)
    expect((await app.refused(surveyOps.open, { body: { ...opening, id: newId() } }, empty)).code).toBe('survey_nobody')
    const made = await app.call(surveyOps.open, { body: opening }, director)
    expect(made).toMatchObject({ children: 4, state: 'open', may_lead: true, counts: { waiting: 4, no_change: 0 } })
    const list = await visits()
    expect(list.map((each) => each.group)).toEqual(['一组', '一组', '二组', '二组'])
    expect(list[0]!.household_id).toBe(list[1]!.household_id)
  })

  test('one tap for a household: both children are seen, and both files have the record', async () => {
    const [first, second] = await visits()
    const answer = await app.call(surveyOps.say, say([first!.id, second!.id]), director)
    expect(answer.items.map((each) => each.state)).toEqual(['no_change', 'no_change'])
    expect((await app.call(surveyOps.said, { id: answer.id }, director)).items).toHaveLength(2)
    const { items } = await app.call(recordOps.list, { child_id: first!.child_id }, director)
    expect(items.map((each) => [each.kind, each.counts, each.children.length])).toEqual([['survey', true, 2]])
    expect((await visits(director, { state: 'waiting' })).length).toBe(2)
    expect((await visits(director, { state: 'seen' })).length).toBe(2)
  })

  test('said anew, the record before is withdrawn; taken back, the household is waited for again', async () => {
    const [waiting] = await visits(director, { state: 'waiting' })
    const away = await app.call(
      surveyOps.say,
      say([waiting!.id], { state: 'not_home', note: '邻居说周末回来' }),
      director,
    )
    const back = await app.call(
      surveyOps.say,
      say([waiting!.id], { state: 'changed', reasons: ['low_income', 'school_cost'], request_about: 'contact', confirmed_by: '奶奶' }),
      director,
    ) // prettier-ignore
    expect((await app.call(recordOps.get, { id: away.id }, director)).withdrawn).not.toBeNull()
    expect(back.items[0]).toMatchObject({ state: 'changed', record_id: back.id })
    const { cross } = await app.call(surveyOps.get, { id: round }, director)
    expect(cross.pairs).toEqual([
      { reason: 'low_income', request: 'contact', children: 1 },
      { reason: 'school_cost', request: 'contact', children: 1 },
    ])
    const again = await app.call(surveyOps.unsay, { id: round, body: { record_id: back.id } }, director)
    expect(again.items[0]).toMatchObject({ state: 'waiting', record_id: null })
    expect((await app.call(surveyOps.get, { id: round }, director)).cross.requests).toEqual([])
  })

  test('the same tap sent five times is one record; a day outside the round is refused', async () => {
    const [waiting] = await visits(director, { state: 'waiting' })
    const [key, tap] = [newId(), say([waiting!.id])]
    for (let n = 0; n < 5; n++) await app.call(surveyOps.say, tap, director, { key })
    expect((await app.call(recordOps.list, { child_id: waiting!.child_id, state: 'all' }, director)).items.filter((each) => each.withdrawn === null)).toHaveLength(1) // prettier-ignore
    for (const visited_on of ['2026-10-30', '2026-11-26', '2027-01-01'])
      expect((await app.refused(surveyOps.say, say([waiting!.id], { visited_on }), director)).code).toBe('survey_day')
  })

  test('two people at one door at once leave one record that stands', async () => {
    const colleague = await app.signInAs('archivist', cast.village)
    const [waiting] = await visits(director, { state: 'waiting' })
    await Promise.all([
      app.send(surveyOps.say, say([waiting!.id]), director),
      app.send(surveyOps.say, say([waiting!.id], { state: 'changed' }), colleague),
    ])
    const { items } = await app.call(recordOps.list, { child_id: waiting!.child_id }, director)
    expect(items.filter((each) => each.kind === 'survey')).toHaveLength(1)
    expect((await visits()).find((each) => each.id === waiting!.id)!.record_id).toBe(items[0]!.id)
  })

  test('a child found at the door gets a file and joins', async () => {
    const id = newId()
    await app.call(childOps.create, { body: { id, facts: { name: '麦芒种', villager_group: '二组' } } }, director)
    expect(await app.call(surveyOps.join, { id: round, body: { child_ids: [id] } }, director)).toEqual({ joined: 1 })
    expect(await app.call(surveyOps.join, { id: round, body: {} }, director)).toEqual({ joined: 0 })
    expect((await app.call(surveyOps.get, { id: round }, director)).counts.waiting).toBe(1)
  })
})

test('a number is the length of its list for everybody; strangers see neither round nor names', async () => {
  for (const [role, unit] of [
    ['child_director', cast.village],
    ['child_supervisor', cast.township],
    ['grid_worker', cast.village],
  ] as const) {
    // prettier-ignore
    const who = await app.signInAs(role, unit)
    const { children, counts } = await app.call(surveyOps.get, { id: round }, who)
    expect([role, (await visits(who)).length]).toEqual([role, children])
    for (const state of ['waiting', 'no_change', 'changed'] as const)
      expect([role, state, (await visits(who, { state })).length]).toEqual([role, state, counts[state]])
  }
  const stranger = await app.signInAs('child_director', cast.otherVillage)
  expect((await app.call(surveyOps.list, {}, stranger)).items).toEqual([])
  expect((await app.send(surveyOps.visits, { id: round }, stranger)).status).toBe(404)
  const helper = await app.signInAs('helper', cast.village)
  expect((await app.send(surveyOps.visits, { id: round }, helper)).text).not.toContain('谷')
})

test('closed, it keeps its numbers, takes nothing more, and prints a report without a name', async () => {
  const { version } = await app.call(surveyOps.get, { id: round }, director)
  const closed = await app.call(surveyOps.close, { id: round, body: { version } }, director)
  expect([closed.state, closed.children]).toEqual(['closed', 5])
  expect((await app.refused(surveyOps.close, { id: round, body: { version: closed.version } }, director)).code).toBe('survey_closed') // prettier-ignore
  const [any] = await visits()
  expect((await app.refused(surveyOps.say, say([any!.id]), director)).code).toBe('survey_closed')
  const words = docxParagraphs((await app.send(surveyOps.report, { id: round }, director)).bytes).join('\n')
  for (const part of ['秋季摸底报告', '应走访儿童 5 人', '二组', '没有可比的']) expect(words).toContain(part)
  for (const name of names) expect(words).not.toContain(name)

  const next = newId()
  await app.call(surveyOps.open, { body: { ...opening, id: next, title: '春季摸底', from_on: '2026-11-20' } }, director)
  expect((await app.call(surveyOps.get, { id: next }, director)).differences).toMatchObject({ before_title: '秋季摸底', joined: 0, left: 0 }) // prettier-ignore
})
