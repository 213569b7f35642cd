// Who owes it: the map of the contract is the one SQL uses, and the owner changes hands on the day the pairing or the post does.
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { helpersOfResponsible, roleOf } from '@nuanyang/contract/plans.owners.ts'
import { responsibles } from '@nuanyang/domain/values/responsible.ts'
import '../kernel/db.ts'
import { newId } from '../kernel/ids.ts'
import { testDatabase, type TestDatabase } from '../testing/database.ts'
import { idOf, unitNames, unitsOf, type UnitName } from '../testing/histories.ts'
import { writeHistory, type DutyRow, type History } from '../testing/history.ts'

let database: TestDatabase
let owner: pg.Client
beforeAll(async () => {
  database = await testDatabase()
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await database.drop()
})

test('responsible → role and kinds of helper are the same in the contract and in SQL', async () => {
  const kinds = ['county', 'township', 'village', 'community', 'villager_group', 'grid', 'school', 'class', 'partner_office', 'committee', 'station'] // prettier-ignore
  const codes = [null, ...responsibles.map(({ code }) => code)]
  const { rows } = await owner.query<{ r: (typeof codes)[number]; k: string; role: string | null; helpers: string[] | null }>(
    `select r, k, duty_role(r, k) as role, duty_helpers(r) as helpers from unnest($1::text[]) as r, unnest($2::text[]) as k`,
    [codes, kinds],
  ) // prettier-ignore
  expect(rows).toHaveLength(codes.length * kinds.length)
  for (const { r, k, role, helpers } of rows) {
    expect([r, k, role]).toEqual([r, k, roleOf(r, k)])
    expect([r, helpers]).toEqual([r, (r && helpersOfResponsible[r]) ?? null])
  }
})

const salt = 900
const unit = (name: UnitName) => idOf(salt, 1, unitNames.indexOf(name))
const child = idOf(salt, 2, 0)
const account = (n: number) => idOf(salt, 3, n)
const duty = (n: number, responsible: DutyRow['responsible'], more: Partial<DutyRow> = {}): DutyRow => ({
  id: idOf(salt, 5, n), plan_id: idOf(salt, 4, 0), kind: 'talk', subject: 'each_child', rhythm: 'period', every: 'month', count: 1, interval_n: null, festival: null, month: null,
  event: null, within_days: null, working_days: null, anchor_on: '2026-09-01', from_on: '2026-09-01', until_on: '2027-06-30', responsible, account_id: null, cohort: null, pauses_in_holidays: false, replaces_id: null, ...more,
}) // prettier-ignore

const link = (as: string, unit_id: string, until_on: string | null = null, from_on = '2026-01-01') => ({ child_id: child, unit_id, as, from_on, until_on, stated: true }) // prettier-ignore
const post = (n: number, role: string, unit_id: string, from_on = '2026-01-01', until_on: string | null = null, adult_id: string | null = null) => ({ account_id: account(n), unit_id, role, adult_id, from_on, until_on }) // prettier-ignore

const history: History = {
  tenant_id: String(100000 + salt),
  units: unitsOf(salt, null),
  children: [{ id: child, born_on: '2016-03-01', sex: 'female', household_division_code: '360123', registered_on: '2026-01-01', exited_on: null }],
  links: [link('residence', unit('village')), link('class', unit('class')), link('hukou', unit('other'))],
  enrolments: [], parents: [], carers: [], focus: [],
  adults: [{ id: idOf(salt, 9, 0) }, { id: idOf(salt, 9, 1) }],
  helpers: [{ id: idOf(salt, 8, 0), adult_id: idOf(salt, 9, 0), unit_id: unit('village'), kind: 'caring_mother' }, { id: idOf(salt, 8, 1), adult_id: idOf(salt, 9, 1), unit_id: unit('school'), kind: 'help_teacher' }],
  pairings: [
    { id: idOf(salt, 7, 0), child_id: child, helper_id: idOf(salt, 8, 0), unit_id: unit('village'), from_on: '2026-09-01', until_on: null },
    { id: idOf(salt, 7, 1), child_id: child, helper_id: idOf(salt, 8, 1), unit_id: unit('school'), from_on: '2026-11-01', until_on: '2026-12-01' },
  ],
  memberships: [
    post(0, 'class_teacher', unit('class'), '2026-01-01', '2026-10-15'),
    post(1, 'class_teacher', unit('class'), '2026-10-15'),
    post(2, 'child_director', unit('village')),
    post(3, 'child_director', unit('other')),
    post(4, 'leading_group', unit('town')),
    post(5, 'leading_group', unit('town')),
    post(6, 'help_teacher', unit('school'), '2026-01-01', null, idOf(salt, 9, 1)),
  ],
  terms: [], holidays: [],
  plans: [{ id: idOf(salt, 4, 0), unit_id: unit('village'), definition: 'mca', state: 'adopted', from_on: '2026-09-01', until_on: '2027-06-30', adopted_on: '2026-09-01', closed_on: null }],
  duties: [duty(0, 'class_teacher'), duty(1, 'help_teacher'), duty(2, 'leading_group'), duty(3, 'child_director'), duty(4, 'counsellor'), duty(5, 'talk' as never, { account_id: account(4) }), duty(6, 'volunteer'), duty(7, 'village_committee', { subject: 'unit' }), duty(8, null)],
  records: [], waivers: [],
} // prettier-ignore

test('the owner on a day: named, helper of the pairing, nearest role, nobody', async () => {
  await writeHistory(owner, history, newId)
  const who = async (n: number, day: string, type = 'child') => {
    const subject = type === 'unit' ? unit('village') : child
    const { rows } = await owner.query<{ how: string; account_ids: string[]; adult_ids: string[] }>(
      'select how, account_ids, adult_ids from due_owners($1, $2, $3, $4, $5)',
      [history.tenant_id, type, [idOf(salt, 5, n)], [subject], [day]],
    )
    expect(rows).toHaveLength(1)
    return [rows[0]!.how, ...rows[0]!.account_ids.map((id) => `account ${Number(id.slice(-3))}`), ...rows[0]!.adult_ids.map((id) => `adult ${Number(id.slice(-3))}`)] // prettier-ignore
  }
  // The post changes hands on 15 October.
  expect(await who(0, '2026-10-14')).toEqual(['role', 'account 0'])
  expect(await who(0, '2026-10-15')).toEqual(['role', 'account 1'])
  // A help teacher's duty: the teacher while paired; before and after, the only helper there is.
  expect(await who(1, '2026-11-30')).toEqual(['helper', 'account 6', 'adult 1'])
  expect(await who(1, '2026-12-01')).toEqual(['helper', 'adult 0'])
  expect(await who(1, '2026-08-31')).toEqual(['role', 'account 6'])
  // A volunteer without an account is somebody all the same.
  expect(await who(6, '2026-11-30')).toEqual(['helper', 'adult 0'])
  // Both leaders of the township stand equally near.
  expect(await who(2, '2026-11-30')).toEqual(['role', 'account 4', 'account 5'])
  // The director of the village the child lives in, not of the one it is registered in.
  expect(await who(3, '2026-11-30')).toEqual(['role', 'account 2'])
  expect(await who(4, '2026-11-30')).toEqual(['nobody'])
  expect(await who(5, '2026-11-30')).toEqual(['named', 'account 4'])
  expect(await who(7, '2026-11-30', 'unit')).toEqual(['role', 'account 2'])
  expect(await who(8, '2026-11-30')).toEqual(['role', 'account 2'])
})
