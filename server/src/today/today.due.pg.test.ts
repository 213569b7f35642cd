// 今天 over real plans: what is owed, to whom, why; who lags and is reminded; each number the length of its list.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { childOps } from '@nuanyang/contract/children.ts'
import { noticeOps } from '@nuanyang/contract/notices.ts'
import { dueOps } from '@nuanyang/contract/plans.due.ts'
import { pairingOps } from '@nuanyang/contract/pairings.ts'
import { planOps } from '@nuanyang/contract/plans.ts'
import { roleCan, roleCodes } from '@nuanyang/contract/roles.ts'
import { roleFits } from '@nuanyang/contract/accounts.ts'
import { dueWhen, quietDays, todayOps, type DueChild } from '@nuanyang/contract/today.ts'
import { newId } from '../kernel/ids.ts'
import { mostOwnChildren } from './today.due.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast, MadeUnit } from '../testing/make.ts'

let app: TestApp
let cast: Cast
let director: Person
let supervisor: Person
const ids: Record<string, string> = {}

beforeAll(async () => {
  app = await testApp({ now: '2026-09-01T02:00:00Z' })
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village, { name: '周敏' })
  supervisor = await app.signInAs('child_supervisor', cast.township, { name: '罗督导' })
  const carer = { name: '王桂英', relation: 'paternal_grandmother' as const, phones: ['13800001113'] }
  const away = { father: { state: 'away' as const }, mother: { state: 'away' as const } }
  await file('陈小雨', { ...away, carer })
  await file('陈小晨', { ...away, carer, born_on: '2021-03-02' })
  await file('李想', { ...away, mother: { state: 'away', planned_return_on: '2026-11-28' } })
  await file('吴佳怡', away)
  const leader = await app.signInAs('school_leader', cast.school)
  await file('唐可心', { ...away, grade: '3' }, leader, { links: [{ unit_id: cast.class.id, as: 'class' }] })
  app.time.now = new Date('2026-11-25T02:00:00Z')
})
afterAll(() => app.close())

async function file(name: string, facts: object, who = director, links: object = {}): Promise<void> {
  ids[name] = newId()
  await app.call(
    childOps.create,
    { body: { id: ids[name], facts: { name, born_on: '2017-08-21', ...facts }, ...links } },
    who,
  )
}

interface Wanted {
  title: string
  kind: string
  every: 'week' | 'month'
  responsible: string
  subject?: string
}
async function adopt(who: Person, duties: readonly Wanted[], tasks: readonly object[] = [], on = '2026-09-01'): Promise<Record<string, string>> {
  const id = newId()
  let plan = await app.call(planOps.create, { body: { id, title: '秋季关爱计划', from_on: '2026-09-01', until_on: '2027-01-31' } }, who)
  const made = duties.map((duty) => ({ ...duty, id: newId() }))
  plan = await app.call(planOps.edit, { id, body: { version: plan.version, edits: [
    ...made.map(({ id: duty, every, subject, ...rest }) => ({ do: 'add_duty', id: duty, measure_id: null, account_id: null, pauses_in_holidays: false, subject: subject ?? 'each_child', rhythm: { every, count: 1 }, ...rest })),
    ...tasks.map((task) => ({ do: 'add_task', id: newId(), measure_id: null, account_id: null, festival: null, ...task })),
  ] as never } }, who)
  plan = await app.call(planOps.confirm, { id, body: { version: plan.version } }, who)
  await app.call(planOps.adopt, { id, body: { version: plan.version, adopted_on: on } }, who)
  return Object.fromEntries(made.map((duty) => [duty.title, duty.id]))
} // prettier-ignore

/** An act as it stands in the table. */
async function act(kind: string, name: string, on: string, counts = true): Promise<void> {
  const record = newId()
  await app.owner.query(
    `insert into records (tenant_id, id, kind, happened_on, subject_unit_id, counts, visibility, recorded_at, updated_at) values ($1, $2, $3, $4, $5, $6, 'case_notes', $7, $7)`,
    [cast.tenant_id, record, kind, on, cast.village.id, counts, app.time.now],
  )
  await app.owner.query(
    `insert into record_children (tenant_id, id, record_id, child_id, kind, happened_on, counts) values ($1, $2, $3, $4, $5, $6, $7)`,
    [cast.tenant_id, newId(), record, ids[name], kind, on, counts],
  )
}

const today = async (who = director) => (await app.call(todayOps.get, {}, who)).due
const names = (children: readonly DueChild[]) => children.map((child) => child.name)

test('while no plan is adopted nothing is owed, and the page says nothing of it', async () => {
  expect(await today()).toBeNull()
})

test('children wait in the order of urgency, each with what is owed and why; a record takes the item away', async () => {
  await adopt(
    director,
    [
      { title: '谈心', kind: 'talk', every: 'month', responsible: 'child_director' },
      { title: '和父母视频', kind: 'call', every: 'week', responsible: 'child_director' },
      { title: '放影片', kind: 'film', every: 'month', responsible: 'child_director', subject: 'unit' },
    ],
    [{ title: '开家长会', kind: 'meeting', month: '2026-11', responsible: 'child_director' }],
  )
  for (const name of ['陈小雨', '陈小晨', '吴佳怡']) await act('talk', name, '2026-11-20')
  await act('talk', '李想', '2026-10-09')
  await act('call', '李想', '2026-11-18', false)
  for (const name of ['陈小雨', '吴佳怡']) await act('call', name, '2026-11-24')
  const due = (await today())!
  expect(names(due.children)).toEqual(['李想', '陈小晨'])
  const [first, second] = due.children
  expect(first).toMatchObject({
    quiet_days: 47,
    last_contact: { kind: 'talk', on: '2026-10-09' },
    tried: { kind: 'call', on: '2026-11-18' },
    returns: { parent: 'mother', on: '2026-11-28' },
    items: [
      { title: '和父母视频', kind: 'call', from_on: '2026-11-23', until_on: '2026-11-29', left: 1, overdue: false },
      { title: '谈心', kind: 'talk', until_on: '2026-11-30', left: 1, missed: 0 },
    ],
  })
  expect(first!.items[0]!.missed).toBeGreaterThan(10)
  expect(second).toMatchObject({ home: expect.any(String), carer_relation: 'paternal_grandmother', items: [{ title: '和父母视频' }] }) // prettier-ignore
  expect(due.counts).toEqual({ today: 0, week: 2, all: 2, overdue: 0 })
  expect(due.units).toMatchObject([
    { type: 'task', title: '开家长会', mine: true, until_on: '2026-11-30' },
    { type: 'duty', title: '放影片', mine: true, unit_name: '小暑村' },
  ])
  await act('call', '陈小晨', '2026-11-25')
  expect(names((await today())!.children)).toEqual(['李想'])
  expect((await app.call(todayOps.due, { child_id: ids['陈小晨']! }, director)).items).toEqual([])
})

test('what nobody is assigned to is shown to whoever answers for the unit, and to nobody else', async () => {
  await adopt(director, [{ title: '网格走访', kind: 'visit', every: 'month', responsible: 'grid_worker' }])
  expect((await today())!.nobody).toBe(4)
  const list = await app.call(todayOps.due, { owner: 'nobody' }, director)
  expect(list.items.every((child) => child.items.length === 1 && child.items[0]!.title === '网格走访')).toBe(true)
  const grid = await app.signInAs('grid_worker', cast.village)
  const due = (await today(grid))!
  expect([due.nobody, due.counts.all]).toEqual([null, 4])
  expect((await app.call(todayOps.due, { owner: 'nobody' }, grid)).total).toBe(0)
})

test('what is owed can be let off by whoever writes the plan, from the list, and taken back', async () => {
  const grid = await app.signInAs('grid_worker', cast.village)
  const of = async () => (await app.call(todayOps.due, { child_id: ids['李想']! }, director)).items[0]?.items.find((item) => item.kind === 'talk') // prettier-ignore
  const owed = (await of())!
  expect(owed).toMatchObject({ ordinal: 1, may_waive: true })
  const key = { duty_id: owed.duty_id, subject_type: 'child' as const, subject_id: ids['李想']!, period_from: owed.from_on, ordinal: owed.ordinal } // prettier-ignore
  const body = { id: newId(), ...key, reason: '接到父母身边了' }
  const refused = await app.send(dueOps.waive, { body }, grid)
  expect(refused.status).toBe(403)
  await app.call(dueOps.waive, { body }, director)
  expect(await of()).toBeUndefined()
  await app.call(dueOps.lift_waiver, { id: body.id, body: {} }, director)
  expect(await of()).toEqual(owed)
})

test('a supervisor sees who lags, where and since when, reminds one or all, and nobody twice a day', async () => {
  const { items, total } = await app.call(todayOps.lagging, {}, supervisor)
  expect(total).toBe(items.length)
  const mine = items.find((one) => one.account_id === director.id)!
  expect(mine).toMatchObject({ name: '周敏', unit_name: '小暑村', children: 4, reminded: false })
  expect(mine.items).toBeGreaterThan(4)
  expect(mine.since_on >= '2026-10-25').toBe(true)
  const before = (await app.call(noticeOps.unread, {}, director)).count
  const body = { account_ids: [director.id] }
  expect(await app.call(todayOps.remind, { body }, supervisor)).toMatchObject({ told: ['周敏'], already: [] })
  expect(await app.call(todayOps.remind, { body }, supervisor)).toMatchObject({ told: [], already: ['周敏'] })
  expect((await app.call(noticeOps.unread, {}, director)).count).toBe(before + 1)
  expect((await app.call(noticeOps.list, {}, director)).items[0]).toMatchObject({ kind: 'reminder', from_name: '罗督导', numbers: { children: 4, overdue: mine.items } }) // prettier-ignore
  expect((await app.call(todayOps.lagging, {}, supervisor)).items.find((one) => one.account_id === director.id)).toMatchObject({ reminded: true }) // prettier-ignore
  expect((await app.call(todayOps.remind, { body: { all: true } }, supervisor)).already).toEqual(['周敏'])
  expect(await app.refused(todayOps.lagging, {}, await app.signInAs('help_teacher', cast.school))).toMatchObject({ code: 'forbidden' }) // prettier-ignore
})

test('a reminder about one duty goes to whoever still owes it; where nobody does, it says so', async () => {
  const duties = await adopt(director, [{ title: '送书上门', kind: 'reading', every: 'month', responsible: 'child_director' }]) // prettier-ignore
  app.time.now = new Date('2026-11-26T02:00:00Z')
  expect(await app.call(todayOps.remind, { body: { duty_id: duties['送书上门']! } }, supervisor)).toMatchObject({ told: ['周敏'] }) // prettier-ignore
  expect(await app.refused(todayOps.remind, { body: { duty_id: newId() } }, supervisor)).toMatchObject({ code: 'nobody_owes' }) // prettier-ignore
})

test(
  'the digest comes once a week, at the hour of the county, to those who owe something',
  { timeout: 120_000 },
  async () => {
    const digest = async () => {
      await app.system({ tenant: cast.tenant_id }, (ctx) => ctx.later('today.digest', {}))
      await app.work()
      return (await app.call(noticeOps.list, {}, director)).items.filter((notice) => notice.kind === 'digest')
    }
    app.time.now = new Date('2026-11-29T23:00:00Z')
    expect(await digest()).toHaveLength(0)
    app.time.now = new Date('2026-11-30T00:10:00Z')
    expect(await digest()).toMatchObject([{ from_name: null, numbers: { children: 4, tasks: 2 } }])
    expect(await digest()).toHaveLength(1)
    app.time.now = new Date('2026-12-09T02:00:00Z')
    expect(await digest()).toHaveLength(2)
  },
)

test('the calendar of a telephone fetches what is to do by a secret address, names no child, and is void when its owner says so', async () => {
  await adopt(director, [], [{ title: '慰问陈小雨家', kind: 'aid', month: '2026-12', responsible: 'child_director' }])
  expect(await app.call(todayOps.get_calendar, {}, director)).toEqual({ address: null, made_at: null })
  const made = await app.call(todayOps.make_calendar, {}, director)
  expect(await app.call(todayOps.get_calendar, {}, director)).toEqual(made)
  const asks = (address: string) => {
    const [code, token] = new URL(address).pathname.split('/').slice(-2)
    return { code: code!, token: token! }
  }
  const fetched = await app.send(todayOps.calendar, asks(made.address!))
  expect([fetched.status, fetched.headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8'])
  const feed = fetched.text.replace(/\r\n /g, '')
  const titles = [...feed.matchAll(/^SUMMARY:(.*?)\r?$/gm)].map((line) => line[1]!)
  expect(titles).toEqual(expect.arrayContaining(['开家长会', '元旦', '物资、捐助、助学、慰问金', expect.stringMatching(/^谈心：还有 \d 个孩子$/)])) // prettier-ignore
  expect(feed).toMatch(/DTSTART;VALUE=DATE:20270101\r?\nDTEND;VALUE=DATE:20270102/)
  for (const name of Object.keys(ids)) expect([name, feed]).toEqual([name, expect.not.stringContaining(name.slice(1))])
  const again = await app.call(todayOps.make_calendar, {}, director)
  expect(again.address).not.toBe(made.address)
  expect(await app.refused(todayOps.calendar, asks(made.address!))).toMatchObject({ code: 'not_found' })
  expect(await app.refused(todayOps.calendar, { ...asks(again.address!), code: '990999' })).toMatchObject({ code: 'not_found' }) // prettier-ignore
  expect(await app.call(todayOps.revoke_calendar, {}, director)).toMatchObject({ address: null })
  expect(await app.refused(todayOps.calendar, asks(again.address!))).toMatchObject({ code: 'not_found' })
  const { rows } = await app.owner.query<{ text: string }>(
    "select string_agg(f::text, '') as text from calendar_feeds f",
  )
  expect(rows[0]!.text).not.toContain(asks(again.address!).token.slice(0, 20))
})

test(
  'each number of 等着联系 is the length of its list, for every role that may read children, and shows no more than the role sees',
  { timeout: 120_000 },
  async () => {
    const standing: Record<string, MadeUnit> = { county: cast.county, township: cast.township, village: cast.village, school: cast.school, class: cast.class, partner_office: cast.office } // prettier-ignore
    let some = 0
    for (const role of roleCodes.filter((each) => roleCan(each, 'children.read')))
      for (const kind of roleFits[role]) {
        if (!standing[kind]) continue
        const who = await app.signInAs(role, standing[kind])
        const due = await today(who)
        await app.call(childOps.state_purpose, { body: { purpose: '核对' } }, who)
        for (const when of dueWhen) {
          const list = await app.call(todayOps.due, { when, limit: 200 }, who)
          expect({ role, kind, when, count: due?.counts[when] ?? 0 }).toEqual({ role, kind, when, count: list.total })
          expect(list.items).toHaveLength(list.total)
          some += list.total
        }
        if (due?.nobody !== null && due)
          expect((await app.call(todayOps.due, { owner: 'nobody', limit: 200 }, who)).total).toBe(due.nobody)
        if (!roleCan(role, 'notices.remind')) continue
        const quiet = await app.call(todayOps.quiet, {}, who)
        for (const days of quietDays) {
          const list = await app.call(todayOps.quiet_children, { days, limit: 200 }, who)
          expect({ role, days, count: quiet[`d${days}`] }).toEqual({ role, days, count: list.items.length })
        }
        for (const unit of quiet.units)
        expect((await app.call(todayOps.quiet_children, { days: 14, unit_id: unit.unit_id, limit: 200 }, who)).items).toHaveLength(unit.d14) // prettier-ignore
      }
    expect(some).toBeGreaterThan(0)
  },
)

/** As many more files as these, like one that is there, in the same place. */
async function manyLike(name: string, count: number): Promise<void> {
  for (const [table, by, own] of [
    ['children', 'id', `jsonb_build_object('id', md5('many' || n)::uuid, 'card_code', 'many' || n)`],
    ['child_units', 'child_id', `jsonb_build_object('id', md5('link' || n || (r ->> 'id'))::uuid, 'child_id', md5('many' || n)::uuid)`],
  ] as const) {
    const { rows } = await app.owner.query<{ list: string }>(
      `select string_agg(quote_ident(attname), ', ' order by attnum) as list from pg_attribute where attrelid = $1::regclass and attnum > 0 and attgenerated = '' and not attisdropped`,
      [table],
    )
    const list = rows[0]!.list
    await app.owner.query(
      `insert into ${table} (${list}) select ${list} from (select (jsonb_populate_record(null::${table}, r || ${own})).*
         from (select to_jsonb(t) as r from ${table} t where t.tenant_id = $1 and t.${by} = $2) as one, generate_series(1, $3) as n) as made`,
      [cast.tenant_id, ids[name], count],
    )
  }
} // prettier-ignore

test('whoever sees thousands of children is told so instead of being told that all is done', { timeout: 60_000 }, async () => {
  expect((await today(supervisor))!.beyond).toBeNull()
  await manyLike('吴佳怡', mostOwnChildren)
  const due = (await today(supervisor))!
  expect(due).toMatchObject({ children: [], nobody: null, beyond: expect.any(Number) })
  expect(due.beyond).toBeGreaterThan(mostOwnChildren)
  expect(await app.call(todayOps.due, {}, supervisor)).toEqual({ items: [], total: 0, beyond: due.beyond })
}) // prettier-ignore

test('helpers without an account lag as helpers: they are not “nobody”', async () => {
  await adopt(director, [{ title: '看望结对的孩子', kind: 'visit', every: 'month', responsible: 'volunteer', subject: 'each_pair' }]) // prettier-ignore
  const helper = { name: '莫秋实', kind: 'volunteer' as const, vetted: true }
  const body = { id: newId(), child_id: ids['李想']!, helper, from_on: '2026-10-01' }
  await app.call(pairingOps.create, { body }, director)
  const unnamed = (await app.call(todayOps.lagging, {}, supervisor)).items.filter((one) => one.account_id === null)
  expect(unnamed.find((one) => one.assigned)).toMatchObject({ name: null, unit_name: '小暑村', children: 1, items: 1 })
})
