// The school calendar: terms of the county and of a school, days off known, pasted and missing, and what follows for working days.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { calendarOps } from '@nuanyang/contract/calendar.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

let app: TestApp
let cast: Cast
let admin: Person
let leader: Person
beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  admin = await app.signInAs('administrator', cast.county)
  leader = await app.signInAs('school_leader', cast.school)
})
afterAll(() => app.close())

const autumn = { unit_id: null, school_year: 2026, number: 1 as const, from_on: '2026-09-01', until_on: '2027-01-22' }

test('calendar.set_term: the county’s term, changed, and refused when the days can’t be', async () => {
  const id = newId()
  const made = await app.call(calendarOps.set_term, { body: { id, ...autumn } }, admin)
  expect(made).toMatchObject({ id, unit_id: null, from_on: '2026-09-01', version: 1 })
  expect((await app.refused(calendarOps.set_term, { body: { id: newId(), ...autumn } }, admin)).code).toBe('term_there')
  const changed = await app.call(calendarOps.set_term, { body: { ...autumn, id, until_on: '2027-01-20', version: 1 } }, admin) // prettier-ignore
  expect(changed).toMatchObject({ until_on: '2027-01-20', version: 2 })
  expect((await app.refused(calendarOps.set_term, { body: { ...autumn, id, version: 1 } }, admin)).code).toBe('stale')
  const spring = { ...autumn, number: 2 as const }
  const wrong = async (from_on: string, until_on: string) => (await app.refused(calendarOps.set_term, { body: { ...spring, id: newId(), from_on, until_on } }, admin)).detail // prettier-ignore
  expect(await wrong('2027-03-01', '2027-02-01')).toContain('结束的日子在开始以前')
  expect(await wrong('2027-03-01', '2027-03-05')).toContain('太短')
  expect(await wrong('2027-06-20', '2027-09-20')).toContain('学年对不上')
  expect(await wrong('2027-01-18', '2027-06-20')).toContain('重叠')
  expect(await app.call(calendarOps.term, { id }, leader)).toMatchObject({ version: 2 })
  expect((await app.refused(calendarOps.remove_term, { id, body: { version: 2 } }, admin)).code).toBe('term_of_county')
})

test('a school sets its own, which stands above the county’s, and goes back', async () => {
  const own = { ...autumn, id: newId(), unit_id: cast.school.id, from_on: '2026-09-03', until_on: '2027-01-15' }
  const term = await app.call(calendarOps.set_term, { body: own }, leader)
  const seen = await app.call(calendarOps.get, {}, leader)
  expect(seen).toMatchObject({ unit_id: cast.school.id, unit_name: '芦溪镇中心小学', may_county: false, may_own: true })
  expect(seen.school_years.find((y) => y.school_year === 2026)!.terms[0]).toMatchObject({ county: { from_on: '2026-09-01' }, own: { from_on: '2026-09-03' } }) // prettier-ignore
  const { rows } = await app.owner.query(`select unit_id, from_on::text from unit_terms($1, $2) order by from_on`, [
    cast.tenant_id,
    [cast.class.id, cast.village.id],
  ])
  expect(rows).toEqual([
    { unit_id: cast.village.id, from_on: '2026-09-01' },
    { unit_id: cast.class.id, from_on: '2026-09-03' },
  ])
  // Not another's school, not the county's.
  expect((await app.refused(calendarOps.set_term, { body: { ...own, id: newId(), unit_id: cast.village.id } }, admin)).code).toBe('not_found') // prettier-ignore
  expect((await app.refused(calendarOps.set_term, { body: { ...autumn, id: newId() } }, leader)).code).toBe('forbidden')
  const teacher = await app.signInAs('class_teacher', cast.class)
  expect(await app.call(calendarOps.get, {}, teacher)).toMatchObject({ unit_id: cast.school.id, may_own: false })
  expect((await app.refused(calendarOps.set_term, { body: own }, teacher)).code).toBe('forbidden')
  await app.call(calendarOps.remove_term, { id: term.id, body: { version: term.version } }, leader)
  const after = await app.call(calendarOps.get, {}, leader)
  expect(after.school_years.find((y) => y.school_year === 2026)!.terms[0]!.own).toBeNull()
})

test('days off are known this year, missing the next, pasted, and taken back; working days follow', async () => {
  const of = async (year: number) => (await app.call(calendarOps.get, {}, admin)).years.find((each) => each.year === year)! // prettier-ignore
  expect(await of(2026)).toMatchObject({ source: 'official' })
  expect((await of(2026)).festivals.find(({ festival }) => festival === 'mid_autumn')!.on_day).toBe('2026-09-25')
  expect(await of(2027)).toMatchObject({ source: null, days: [] })
  const after = async (day: string, n: number) =>
    (await app.owner.query<{ day: string }>(`select working_day_after($1, $2, $3)::text as day`, [cast.tenant_id, day, n])).rows[0]!.day // prettier-ignore
  // National Day week, and the Saturday on which one works instead.
  expect(await after('2026-09-30', 1)).toBe('2026-10-08')
  expect(await after('2026-09-30', 3)).toBe('2026-10-10')
  // Not announced yet: Monday to Friday.
  expect(await after('2027-02-05', 1)).toBe('2027-02-08')
  const days = ['2027-02-08', '2027-02-09', '2027-02-10'].map((on_day) => ({ on_day, kind: 'holiday' as const, name: '春节' })) // prettier-ignore
  await app.call(calendarOps.set_days, { body: { year: 2027, days } }, admin)
  expect(await of(2027)).toMatchObject({ source: 'county', days })
  expect(await after('2027-02-05', 1)).toBe('2027-02-11')
  expect((await app.refused(calendarOps.set_days, { body: { year: 2028, days } }, admin)).code).toBe('legal_days_year')
  expect((await app.refused(calendarOps.set_days, { body: { year: 2027, days: [...days, days[0]!] } }, admin)).code).toBe('legal_days_year') // prettier-ignore
  expect((await app.refused(calendarOps.set_days, { body: { year: 2027, days } }, leader)).code).toBe('forbidden')
  await app.call(calendarOps.set_days, { body: { year: 2027, days: [] } }, admin)
  expect(await of(2027)).toMatchObject({ source: null })
})
