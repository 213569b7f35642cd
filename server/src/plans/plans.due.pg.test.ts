// What a plan asks for, followed through an autumn: owed, done, late, let off, counted; and the rates of the unit with their lists.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { calendarOps } from '@nuanyang/contract/calendar.ts'
import { childOps } from '@nuanyang/contract/children.ts'
import { pairingOps } from '@nuanyang/contract/pairings.ts'
import { dueOps, rateParts, type DueItemRow } from '@nuanyang/contract/plans.due.ts'
import type { PlanEdit } from '@nuanyang/contract/plans.items.ts'
import { planOps, type Plan } from '@nuanyang/contract/plans.ts'
import { recordOps } from '@nuanyang/contract/records.ts'
import type { Role } from '@nuanyang/contract/roles.ts'
import { enqueueEverywhere } from '../kernel/jobs.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

let app: TestApp
let cast: Cast
let director: Person
let supervisor: Person
let plan: Plan
const ids: Record<string, string> = {}
const duty: Record<string, string> = {}
const at = (day: string) => {
  app.time.now = new Date(`${day}T02:00:00Z`)
}

async function child(name: string, who = director): Promise<string> {
  const id = newId()
  const parent = { name: '父', state: 'away' as const }
  await app.call(childOps.create, { body: { id, facts: { name, sex: 'female', born_on: '2016-03-02', father: parent, mother: { ...parent, name: '母' } } } }, who) // prettier-ignore
  return id
}

async function act(
  kind: 'talk' | 'visit' | 'meeting' | 'study' | 'aid',
  happened_on: string,
  children: string[],
  more: object = {},
) {
  const fields = kind === 'visit' ? { met: 'carer' } : {}
  await app.call(recordOps.add, { body: { id: newId(), kind, happened_on, text: '说了说近况', child_ids: children.map((name) => ids[name]!), fields, ...more } }, director) // prettier-ignore
}

async function adopt(title: string, edits: Extract<PlanEdit, { do: 'add_duty' | 'add_goal' }>[], span = ['2026-09-01', '2027-01-31'], who = director): Promise<Plan> {
  const made = await app.call(planOps.create, { body: { id: newId(), title, from_on: span[0]!, until_on: span[1]! } }, who)
  const edited = await app.call(planOps.edit, { id: made.id, body: { version: made.version, edits } }, who)
  return app.call(planOps.adopt, { id: made.id, body: { version: edited.version, adopted_on: span[0]! } }, who)
} // prettier-ignore

const add = (name: string, given: Partial<Extract<PlanEdit, { do: 'add_duty' }>>) => {
  duty[name] = newId()
  return { do: 'add_duty' as const, id: duty[name], measure_id: null, title: name, kind: 'talk' as const, subject: 'each_child' as const, rhythm: { every: 'month' as const, count: 1 }, responsible: 'child_director' as const, account_id: null, pauses_in_holidays: false, ...given } // prettier-ignore
}

beforeAll(async () => {
  app = await testApp({ now: '2026-08-20T02:00:00Z' })
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village, { name: '周桂兰' })
  supervisor = await app.signInAs('child_supervisor', cast.township, { name: '吴明月' })
  for (const name of ['陈小雨', '何梓涵', '黄天佑', '李想']) ids[name] = await child(name)
  at('2026-09-01')
  plan = await adopt('秋季计划', [
    add('每月谈心', {}),
    add('中秋走访', { kind: 'visit', rhythm: { festival: 'mid_autumn' } }),
    add('每学期家长会', { kind: 'meeting', subject: 'unit', rhythm: { every: 'quarter', count: 1 } }),
    add('结对学习', { kind: 'study', subject: 'each_pair', rhythm: { every: 'week', count: 1 }, responsible: 'volunteer' }),
    add('随时通话', { kind: 'call', rhythm: { continuous: true } }),
    { do: 'add_goal', id: newId(), text: '谈心率达到 90%', indicator: 'talk_rate', target: 0.9 },
    { do: 'add_goal', id: newId(), text: '乡风更好', indicator: null, target: null },
  ]) // prettier-ignore
  at('2026-11-25')
  await act('talk', '2026-09-10', ['陈小雨', '何梓涵', '黄天佑', '李想'])
  await act('talk', '2026-10-09', ['陈小雨', '何梓涵', '黄天佑'])
  await act('talk', '2026-11-05', ['陈小雨'])
  await act('visit', '2026-09-24', ['陈小雨', '何梓涵'])
  await act('visit', '2026-11-02', ['黄天佑'])
})
afterAll(() => app.close())

const row = (item: DueItemRow) => [item.name, item.state, item.late] as const

test('plans.due names who is behind a number, with who owes it', async () => {
  const october = await app.call(dueOps.due, { plan_id: plan.id, duty_id: duty['每月谈心']!, month: '2026-10' }, director) // prettier-ignore
  expect(october.items.map(row)).toEqual([
    ['陈小雨', 'settled', false],
    ['何梓涵', 'settled', false],
    ['黄天佑', 'settled', false],
    ['李想', 'overdue', false],
  ])
  expect(october.items[3]).toMatchObject({ period_from: '2026-10-01', period_until: '2026-10-31', owner_how: 'role', owners: ['周桂兰'], certain: false, waiver: null }) // prettier-ignore
  const festival = await app.call(dueOps.due, { plan_id: plan.id, duty_id: duty['中秋走访']!, from: '2026-09-25', until: '2026-09-25' }, director) // prettier-ignore
  expect(festival.items.map(row)).toEqual([
    ['陈小雨', 'settled', false],
    ['何梓涵', 'settled', false],
    ['黄天佑', 'settled', true],
    ['李想', 'overdue', false],
  ])
  const open = await app.call(dueOps.due, { child_id: ids['何梓涵']!, state: ['due', 'overdue'] }, director)
  expect(open.items.map((item) => [item.title, item.state])).toEqual([['每月谈心', 'due']])
  const paged = await app.call(dueOps.due, { plan_id: plan.id, month: '2026-10', limit: 2 }, director)
  expect(paged).toMatchObject({ total: 4, others: 0, next: expect.any(String) })
  const rest = await app.call(dueOps.due, { plan_id: plan.id, month: '2026-10', after: paged.next! }, director)
  expect([...paged.items, ...rest.items].map((item) => item.name)).toEqual(['陈小雨', '何梓涵', '黄天佑', '李想'])
  const found = async (q: string) =>
    (await app.call(dueOps.due, { plan_id: plan.id, month: '2026-10', q }, director)).items.map((item) => item.name)
  expect([await found('小雨'), await found('hezi'), await found('没有这个人')]).toEqual([['陈小雨'], ['何梓涵'], []])
  const late = await app.call(dueOps.due, { plan_id: plan.id, from: '2026-09-01', until: '2026-11-25', late: 'yes' }, director) // prettier-ignore
  expect(late.items.map((item) => item.name)).toEqual(['黄天佑'])
  expect((await app.refused(dueOps.due, { plan_id: plan.id, from: '2026-12-01', until: '2026-11-01' }, director)).code).toBe('due_span') // prettier-ignore
  const stranger = await app.signInAs('child_director', cast.otherVillage)
  expect((await app.refused(dueOps.due, { child_id: ids['李想']! }, stranger)).code).toBe('not_found')
})

test('plans.progress counts each duty by month; the unit’s own and what goes on all the time stand beside', async () => {
  await act('meeting', '2026-11-20', [])
  const seen = await app.call(dueOps.progress, { id: plan.id }, director)
  expect(seen.months.map(({ month }) => month)).toEqual(['2026-09', '2026-10', '2026-11', '2026-12', '2027-01'])
  expect(seen.months[0]!.festivals).toEqual([{ festival: 'mid_autumn', on_day: '2026-09-25' }])
  const of = (name: string) => seen.duties.find((each) => each.duty_id === duty[name])!
  expect(of('每月谈心').months).toEqual([
    { month: '2026-09', subjects: 4, owed: 4, on_time: 4, late: 0, waived: 0, due: 0, overdue: 0 },
    { month: '2026-10', subjects: 4, owed: 4, on_time: 3, late: 0, waived: 0, due: 0, overdue: 1 },
    { month: '2026-11', subjects: 4, owed: 4, on_time: 1, late: 0, waived: 0, due: 3, overdue: 0 },
  ])
  expect(of('中秋走访')).toMatchObject({ owed: 4, on_time: 2, late: 1, overdue: 1 })
  expect(of('每学期家长会').months.at(-1)).toMatchObject({ month: '2026-12', owed: 1, on_time: 1 })
  expect(of('随时通话')).toMatchObject({ owed: 0, months: [], last_on: null })
  expect(seen.goals).toMatchObject([
    { target: 0.9, rate: { code: 'talk_rate', numerator: 3, denominator: 4, as_of: '2026-11-25' } },
    { target: null, rate: null },
  ])
})

test('plans.waive lets one item off, once, with a reason; plans.lift_waiver takes it back', async () => {
  const key = { duty_id: duty['每月谈心']!, subject_type: 'child' as const, subject_id: ids['李想']!, period_from: '2026-10-01', ordinal: 1 } // prettier-ignore
  const body = { id: newId(), ...key, reason: '那个月住院' }
  const command = newId()
  const made = await app.call(dueOps.waive, { body }, director, { key: command })
  expect(made).toMatchObject({ reason: '那个月住院', by_name: '周桂兰', lifted_at: null })
  expect(await app.call(dueOps.waive, { body }, director, { key: command })).toEqual(made)
  expect((await app.refused(dueOps.waive, { body: { ...body, id: newId() } }, director)).code).toBe('waived_already')
  const done = { ...body, id: newId(), subject_id: ids['陈小雨']! }
  expect((await app.refused(dueOps.waive, { body: done }, director)).code).toBe('nothing_owed')
  const other = await app.signInAs('child_director', cast.otherVillage)
  expect((await app.refused(dueOps.waive, { body: { ...body, id: newId() } }, other)).code).toBe('not_found')
  const seen = await app.call(dueOps.due, { plan_id: plan.id, month: '2026-10', state: ['waived'] }, supervisor)
  expect(seen.items).toMatchObject([{ name: '李想', waiver: { reason: '那个月住院', by_name: '周桂兰', on: '2026-11-25' } }]) // prettier-ignore
  expect(await app.call(dueOps.waiver, { id: made.id }, supervisor)).toMatchObject({ id: made.id })
  const lifted = await app.call(dueOps.lift_waiver, { id: made.id, body: {} }, supervisor)
  expect(lifted.lifted_at).not.toBeNull()
  expect((await app.refused(dueOps.lift_waiver, { id: made.id, body: {} }, supervisor)).code).toBe('waiver_lifted')
  const again = await app.call(dueOps.due, { plan_id: plan.id, month: '2026-10', state: ['overdue'] }, director)
  expect(again.items.map((item) => item.name)).toEqual(['李想'])
})

test('a pairing is owed to from the day it begins, by the helper', async () => {
  await app.call(pairingOps.create, { body: { id: newId(), child_id: ids['陈小雨']!, helper: { name: '刘芳', kind: 'caring_mother', vetted: true }, from_on: '2026-11-02' } }, director) // prettier-ignore
  const weeks = await app.call(dueOps.due, { plan_id: plan.id, duty_id: duty['结对学习']!, month: '2026-11' }, director) // prettier-ignore
  expect(weeks.items.map((item) => [item.period_from, item.name, item.owner_how, item.owners])).toEqual(
    ['2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23'].map((day) => [day, '陈小雨', 'helper', ['刘芳']]),
  )
})

test('plans.completion: which unit lags, where, since when', async () => {
  const seen = await app.call(dueOps.completion, { from_month: '2026-09', until_month: '2026-11' }, supervisor)
  expect(seen.units).toMatchObject([
    { unit_name: '小暑村', plan_id: plan.id, overdue_since: '2026-10-02', cells: expect.arrayContaining([{ kind: 'talk', owed: 12, on_time: 8, late: 0, waived: 0, due: 3, overdue: 1 }]) }, // prettier-ignore
  ])
  expect((await app.refused(dueOps.completion, { from_month: '2026-11', until_month: '2026-09' }, supervisor)).code).toBe('due_span') // prettier-ignore
})

test(
  'the roll-up of closed months is what the function says, also after a late entry',
  { timeout: 60_000 },
  async () => {
    const kept = async () => {
      await enqueueEverywhere({ ...app.parts, ownerPool: app.owner }, 'plans.keep_months')
      await app.work()
      const { rows } = await app.owner.query(
        `select duty_id, month, subjects, owed, on_time, late, waived, overdue from due_months where tenant_id = $1 and owed > 0 order by month, duty_id`,
        [cast.tenant_id],
      )
      return rows as { duty_id: string; month: string }[]
    }
    const live = async () => {
      const { duties } = await app.call(dueOps.progress, { id: plan.id }, director)
      return duties
        .flatMap(({ duty_id, months }) => months.map(({ due: _open, ...cell }) => ({ duty_id, ...cell })))
        .filter(({ month }) => month <= '2026-10')
        .toSorted((a, b) => (a.month + a.duty_id < b.month + b.duty_id ? -1 : 1))
    }
    expect(await kept()).toEqual(await live())
    await act('talk', '2026-10-30', ['李想'])
    expect(await kept()).toEqual(await live())
    expect((await kept()).find((cell) => cell.duty_id === duty['每月谈心'] && cell.month === '2026-10')).toMatchObject({ on_time: 4, overdue: 0 }) // prettier-ignore
  },
)

test(
  'plans.rates print their definition, and each number is its list, for every role',
  { timeout: 90_000 },
  async () => {
    await act('aid', '2026-10-20', ['陈小雨'], { fields: {}, items: [{ what: 'goods', name: '书包', quantity: 1 }] })
    const roles: [Role, 'village' | 'township' | 'county' | 'class'][] = [
      ['child_director', 'village'],
      ['grid_worker', 'village'],
      ['archivist', 'village'],
      ['child_supervisor', 'township'],
      ['leading_group', 'township'],
      ['county_staff', 'county'],
      ['next_gen_committee', 'village'],
      ['class_teacher', 'class'],
    ]
    for (const [role, where] of roles) {
      const who = await app.signInAs(role, cast[where])
      const query = { from: '2026-09-01', until: '2026-11-25' }
      const { items, children } = await app.call(dueOps.rates, query, who)
      expect(items).toHaveLength(10)
      expect([role, children]).toEqual([role, where === 'class' ? 0 : 4])
      // The rates are there at once; names, for whoever sees counts, after a purpose.
      await app.call(childOps.state_purpose, { body: { purpose: '核对' } }, who)
      for (const rate of items) {
        expect(rate.numerator + rate.denominator - rate.numerator + rate.unknown + rate.outside).toBe(children)
        expect(rate.definition.zh).toContain('÷')
        if (!rate.opens) {
          expect(rate.code).toBe('psych_screening_rate')
          expect((await app.refused(dueOps.rate_children, { ...query, code: rate.code, part: 'no' }, who)).code).toBe('rate_closed') // prettier-ignore
          continue
        }
        const sizes = { yes: rate.numerator, no: rate.denominator - rate.numerator, unknown: rate.unknown, outside: rate.outside } // prettier-ignore
        for (const part of rateParts) {
          const list = await app.call(dueOps.rate_children, { ...query, code: rate.code, part }, who)
          expect([role, rate.code, part, list.items.length, list.total]).toEqual([role, rate.code, part, sizes[part], sizes[part]]) // prettier-ignore
        }
      }
    }
  },
)

test('物质帮助率 is of all children or of those in need, and says which', async () => {
  const of = async (aid_of: 'all' | 'in_need') => {
    const { items } = await app.call(dueOps.rates, { from: '2026-09-01', aid_of }, director)
    return items.find((rate) => rate.code === 'material_aid_rate')!
  }
  const all = await of('all')
  expect(all).toMatchObject({ numerator: 1, denominator: 4, unknown: 0 })
  expect(all.footnote.zh).toContain('全部孩子')
  const needy = await of('in_need')
  expect(needy).toMatchObject({ numerator: 0, denominator: 0, unknown: 4 })
  expect(needy.footnote.zh).toContain('需要帮助')
  const list = await app.call(dueOps.rate_children, { from: '2026-09-01', code: 'material_aid_rate', part: 'yes' }, director) // prettier-ignore
  expect(list.items.map(({ name }) => name)).toEqual(['陈小雨'])
})

test('a goal is counted by its own plan: what another plan of the unit asks changes nothing of it', async () => {
  const goal = async (of: Plan) => (await app.call(dueOps.progress, { id: of.id }, director)).goals[0]!.rate!
  const before = await goal(plan)
  expect(before).toMatchObject({ numerator: 4, denominator: 4 })
  const weekly = await adopt('每周谈心计划', [
    add('每周谈心', { rhythm: { every: 'week', count: 1 } }),
    { do: 'add_goal', id: newId(), text: '谈心率达到 90%', indicator: 'talk_rate', target: 0.9 },
  ], ['2026-11-01', '2027-01-31']) // prettier-ignore
  expect(await goal(plan)).toEqual(before)
  expect(before.footnote.zh).toContain('按这份计划')
  expect(await goal(weekly)).toMatchObject({ numerator: 0, denominator: 4, from_on: '2026-11-01' })
  // The unit’s own rate asks for what all its plans ask; each list is its number.
  const { items } = await app.call(dueOps.rates, { from: '2026-09-01' }, director)
  expect(items.find((rate) => rate.code === 'talk_rate')).toMatchObject({ numerator: 0, denominator: 4 })
  const list = (of: Plan, part: 'yes' | 'no') => app.call(dueOps.rate_children, { plan_id: of.id, code: 'talk_rate', part }, director) // prettier-ignore
  expect([(await list(plan, 'no')).total, (await list(plan, 'yes')).total]).toEqual([0, 4])
  expect((await list(weekly, 'no')).items.map(({ name }) => name)).toEqual(['陈小雨', '何梓涵', '黄天佑', '李想'])
  const stranger = await app.signInAs('child_director', cast.otherVillage)
  expect((await app.refused(dueOps.rate_children, { plan_id: plan.id, code: 'talk_rate', part: 'no' }, stranger)).code).toBe('not_found') // prettier-ignore
  const now = await app.call(planOps.get, { id: weekly.id }, director)
  await app.call(planOps.withdraw, { id: weekly.id, body: { version: now.version, reason: '和大计划重了' } }, director)
})

test('every day, a month of nobody, a term that nobody knows: numbers, or a sentence, and nothing lost', async () => {
  // A cohort that becomes empty: nobody is in focus, so nothing is owed, and the plan stands.
  const odd = await adopt('日日计划', [
    add('每天看一眼', { kind: 'visit', rhythm: { every: 'day', count: 1 } }),
    add('重点孩子每月谈心', { subject: 'each_priority_child', rhythm: { every: 'month', count: 2 } }),
    add('每学期家访', { kind: 'visit', rhythm: { every: 'term', count: 1 }, pauses_in_holidays: true }),
  ], ['2026-11-01', '2027-07-31']) // prettier-ignore
  const seen = await app.call(dueOps.progress, { id: odd.id }, director)
  const of = (name: string) => seen.duties.find((each) => each.duty_id === duty[name])!
  expect(of('每天看一眼').months).toMatchObject([{ month: '2026-11', subjects: 4, owed: 100 }])
  expect(of('重点孩子每月谈心')).toMatchObject({ owed: 0, months: [] })
  expect(of('每学期家访')).toMatchObject({ owed: 0, months: [] })
  // The calendar has no term at all yet: the page says which year is missing.
  expect(seen.calendar_missing).toBe('2026—2027')
  const admin = await app.signInAs('administrator', cast.county)
  const term = { unit_id: null, school_year: 2026, number: 1 as const, from_on: '2026-09-01', until_on: '2027-01-22' }
  await app.call(calendarOps.set_term, { body: { id: newId(), ...term } }, admin)
  const known = await app.call(dueOps.progress, { id: odd.id }, director)
  expect(known.duties.find((each) => each.duty_id === duty['每学期家访'])).toMatchObject({
    owed: 4,
    on_time: 3,
    due: 1,
  })
  expect(known.calendar_missing).toBe('2026—2027')
  await app.call(calendarOps.set_term, { body: { id: newId(), ...term, number: 2, from_on: '2027-02-26', until_on: '2027-07-31' } }, admin) // prettier-ignore
  expect((await app.call(dueOps.progress, { id: odd.id }, director)).calendar_missing).toBeNull()
  // Withdrawn after adoption: it owes nothing any more; what was written down stays.
  const now = await app.call(planOps.get, { id: odd.id }, director)
  await app.call(planOps.withdraw, { id: odd.id, body: { version: now.version, reason: '和大计划重了' } }, director)
  expect((await app.call(dueOps.due, { plan_id: odd.id, month: '2026-11' }, director)).total).toBe(0)
  expect((await app.call(recordOps.list, { child_id: ids['陈小雨']! }, director)).items.length).toBeGreaterThan(3)
})

test('a plan that closes keeps its numbers: a later entry changes them no more', async () => {
  const now = await app.call(planOps.get, { id: plan.id }, director)
  const closed = await app.call(planOps.close, { id: plan.id, body: { version: now.version, closed_on: '2026-11-25' } }, director) // prettier-ignore
  const closing = closed.closing as { duties: { duty_id: string; owed: number; on_time: number; due: number }[]; goals: unknown[] } // prettier-ignore
  expect(closing.duties.find((each) => each.duty_id === duty['每月谈心'])).toMatchObject({ owed: 12, on_time: 9 })
  expect(closing.goals).toMatchObject([{ rate: { code: 'talk_rate' } }, { rate: null }])
  const shown = await app.call(dueOps.progress, { id: plan.id }, director)
  expect(shown.duties.find((each) => each.duty_id === duty['每月谈心'])!.months.at(-1)).toMatchObject({ month: '2026-11', on_time: 1 }) // prettier-ignore
  await act('talk', '2026-11-24', ['何梓涵', '黄天佑', '李想'])
  expect((await app.call(planOps.get, { id: plan.id }, director)).closing).toEqual(closed.closing)
  expect(await app.call(dueOps.progress, { id: plan.id }, director)).toEqual(shown)
  expect(shown.as_of).toBe('2026-11-25')
})
