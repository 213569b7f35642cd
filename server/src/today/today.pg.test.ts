import { afterAll, beforeAll, expect, test } from 'vitest'
import { roleFits } from '@nuanyang/contract/accounts.ts'
import { childOps } from '@nuanyang/contract/children.ts'
import { importOps } from '@nuanyang/contract/imports.ts'
import { roleCan, roleCodes, type Role } from '@nuanyang/contract/roles.ts'
import { todayOps, type Today } from '@nuanyang/contract/today.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast, MadeUnit } from '../testing/make.ts'

let app: TestApp
let cast: Cast
let director: Person
let leader: Person

const today = (who: Person) => app.call(todayOps.get, {}, who)

beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village, { name: '周敏' })
  leader = await app.signInAs('school_leader', cast.school, { name: '吴校长' })
})
afterAll(() => app.close())

test('on the first day today.get says so in numbers, and knows the day of the lunar calendar', async () => {
  expect(await today(director)).toEqual({
    day: '2026-11-25',
    lunar: { zh: '农历十月十七', en: 'lunar month 10, day 17' },
    festival: null,
    due: null,
    supervises: true,
    numbers: { registered: { count: 0, filter: {} }, complete: { count: 0, filter: { missing: 'none' } } },
    missing: [],
    contradictory: { count: 0, filter: { contradictory: 'yes' } },
    open_places: 0,
    proposals: { count: 0 },
    imports: [],
    elsewhere: [],
  } satisfies Today)
})

async function open(name: string, facts: object = {}, links: object = {}, who = director): Promise<string> {
  const id = newId()
  await app.call(childOps.create, { body: { id, facts: { name, ...facts }, ...links } }, who)
  return id
}

/** A village's children, some of them pupils of the class, one of the community, each lacking something else. */
async function populate(): Promise<void> {
  const inClass = { unit_id: cast.class.id, as: 'class' as const }
  await open('陈小雨', {
    sex: 'female',
    born_on: '2017-08-21',
    health: 'healthy',
    father: { state: 'away', phones: ['13800001111'] },
    mother: { state: 'home', phones: ['13800001112'] },
    carer: { name: '王桂英', relation: 'paternal_grandmother', phones: ['13800001113'] },
  })
  await open('陈小晨', { sex: 'male', carer: { name: '王桂英' } })
  await open('林若溪', { carer: { name: '林春梅', relation: 'father', age: 12 }, father: { state: 'away' } })
  const community = await app.signInAs('child_director', cast.community)
  await open('何梓涵', { sex: 'female', born_on: '2016-05-14' }, {}, community)
  await open('唐可心', {}, { links: [inClass] }, leader)
}

test(
  'each number of today.get is the length of the list it opens, for every role that may read children',
  { timeout: 120_000 },
  async () => {
    await populate()
    const standing: Record<string, MadeUnit> = {
      county: cast.county,
      township: cast.township,
      village: cast.village,
      community: cast.community,
      grid: cast.grid,
      school: cast.school,
      class: cast.class,
      partner_office: cast.office,
    }
    const seen = new Map<Role, number>()
    for (const role of roleCodes.filter((each) => roleCan(each, 'children.read')))
      for (const kind of roleFits[role]) {
        const unit = standing[kind]
        if (!unit) continue
        const who = await app.signInAs(role, unit)
        // The county says what for before it sees names; its numbers need no purpose.
        await app.call(childOps.state_purpose, { body: { purpose: '核对' } }, who)
        const { numbers, missing, contradictory, proposals } = await today(who)
        const counted = [numbers!.registered, numbers!.complete, ...missing, ...(contradictory ? [contradictory] : [])]
        for (const { count, filter } of counted) {
          const list = await app.call(childOps.list, { ...filter, limit: 200 }, who)
          expect({ role, kind, filter, count }).toEqual({ role, kind, filter, count: list.items.length })
          expect(await app.call(childOps.count, filter, who)).toEqual({ count })
        }
        if (proposals)
          expect((await app.call(childOps.waiting, { limit: 200 }, who)).items).toHaveLength(proposals.count)
        seen.set(role, Math.max(seen.get(role) ?? 0, numbers!.registered.count))
      }
    // The comparison is of numbers that are something: the village, the school, the township and the county see children.
    expect(
      ['child_director', 'school_leader', 'child_supervisor', 'county_staff'].map((role) => seen.get(role as Role)),
    ).toEqual([3, expect.any(Number), expect.any(Number), 5])
    expect(seen.get('school_leader')).toBeGreaterThan(0)
    const mine = await today(director)
    expect(mine.missing.length).toBeGreaterThan(3)
    expect(mine.contradictory?.count).toBe(1)
  },
)

test('those who see no children are shown no numbers', async () => {
  const who = await app.signInAs('administrator', cast.village)
  expect(await today(who)).toMatchObject({ numbers: null, missing: [], contradictory: null, proposals: null })
})

test('a roster on its way waits on the page of whoever put it in', async () => {
  const content = new TextEncoder().encode('姓名,性别,年级\n丁一,女,三年级\n丁二,男,四年级\n')
  const { id } = await app.call(importOps.upload, { body: {}, file: { name: '名单.csv', content } }, director)
  expect((await today(director)).imports).toMatchObject([{ id, file_name: '名单.csv', state: 'uploaded' }])
  await app.work()
  // The file says no day, so it asks for one.
  expect((await today(director)).imports).toEqual([
    { id, file_name: '名单.csv', state: 'ready', failure: null, writes: 2, questions: 1 },
  ])
  const other = await app.signInAs('child_director', cast.village)
  expect((await today(other)).imports).toEqual([])
})

test('what waits under the same person’s other membership is named with its unit', async () => {
  const membership_id = await app.make.membership(leader, 'child_director', cast.village)
  const { elsewhere } = await today(leader)
  expect(elsewhere).toMatchObject([{ membership_id, unit_name: '小暑村', role: 'child_director' }])
  const mine = await today(director)
  expect(elsewhere[0]!.incomplete).toBe(mine.numbers!.registered.count - mine.numbers!.complete.count)
})

test('a festival is named when it is near', async () => {
  app.time.now = new Date('2026-10-10T02:00:00Z')
  expect((await today(director)).festival).toEqual({
    zh: '重阳节',
    en: 'Double Ninth Festival',
    day: '2026-10-18',
    in_days: 8,
  })
})
