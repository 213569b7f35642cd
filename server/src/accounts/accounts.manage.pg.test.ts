// What an administrator may do, and to whom; the first run.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountOps } from '@nuanyang/contract/accounts.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'
import { handOverSteps } from './accounts.ts'

let house: TestApp
let cast: Cast
let county: Person
let township: Person
beforeAll(async () => {
  house = await testApp()
  cast = await house.make.county()
  county = await house.signInAs('administrator', cast.county, { name: '管县的' })
  township = await house.signInAs('administrator', cast.township, { name: '管镇的' })
})
afterAll(() => house.close())

describe('an administrator', () => {
  test('sees the accounts of the own unit and below, by pages, and by unit, role and state', async () => {
    const place = await house.make.county('990124')
    const admin = await house.signInAs('administrator', place.township)
    for (let n = 0; n < 5; n++) await house.make.account('child_director', place.village, { name: `第${n}位` })
    await house.make.account('child_director', place.community)
    const first = await house.call(accountOps.list, { limit: 4 }, admin)
    const rest = await house.call(accountOps.list, { limit: 4, after: first.next! }, admin)
    expect([first.items.length, rest.items.length, rest.next]).toEqual([4, 2, null])
    expect(new Set([...first.items, ...rest.items].map((one) => one.id)).size).toBe(6)
    const directors = await house.call(accountOps.list, { role: 'child_director', unit_id: place.village.id }, admin)
    expect(directors.items).toHaveLength(5)
    const [one] = directors.items
    await house.call(accountOps.disable, { id: one!.id, body: {} }, admin)
    expect((await house.call(accountOps.list, { state: 'disabled' }, admin)).items.map((each) => each.id)).toEqual([
      one!.id,
    ])
    expect((await house.call(accountOps.list, { q: '第3' }, admin)).items).toHaveLength(1)
  })

  test('gives roles inside the own units only, and only roles that such a unit has', async () => {
    const body = (unit_id: string, role: 'child_director' | 'class_teacher') => ({
      body: { id: newId(), name: '程明月', role, unit_id },
    })
    expect((await house.refused(accountOps.create, body(cast.community.id, 'child_director'), township)).code).toBe(
      'not_found',
    )
    const wrong = await house.refused(accountOps.create, body(cast.village.id, 'class_teacher'), township)
    expect(wrong.code).toBe('role_not_here')
    expect(wrong.detail).toContain('儿童主任')
    await house.call(accountOps.create, body(cast.class.id, 'class_teacher'), township)
    const director = await house.signInAs('child_director', cast.village)
    expect((await house.refused(accountOps.create, body(cast.village.id, 'child_director'), director)).code).toBe(
      'forbidden',
    )
  })

  test('cannot take over an account that also works above or elsewhere', async () => {
    const both = await house.make.account('child_director', cast.village, { name: '两处任职' })
    await house.make.membership(both, 'county_staff', cast.county)
    for (const op of [accountOps.reset_password, accountOps.disable] as const) {
      const problem = await house.refused(op, { id: both.id, body: {} }, township)
      expect([problem.code, problem.detail.includes('青禾县')]).toEqual(['account_elsewhere', true])
    }
    const other = await house.make.county('990125')
    const guest = await house.make.account('child_director', cast.village)
    await house.make.membership(guest, 'child_director', other.village)
    expect((await house.refused(accountOps.reset_password, { id: guest.id, body: {} }, county)).code).toBe(
      'account_elsewhere',
    )
    const stranger = await house.make.account('child_director', other.village)
    expect((await house.refused(accountOps.reset_password, { id: stranger.id, body: {} }, county)).code).toBe(
      'not_found',
    )
    expect((await house.refused(accountOps.get, { id: stranger.id }, county)).code).toBe('not_found')
  })

  test('disables and enables: the sessions end at once, signing in works again afterwards', async () => {
    const person = await house.signInAs('child_director', cast.village)
    expect((await house.call(accountOps.disable, { id: person.id, body: {} }, township)).disabled_at).not.toBeNull()
    expect((await house.call(accountOps.get_session, {}, person)).account).toBeNull()
    expect((await house.refused(accountOps.reset_password, { id: person.id, body: {} }, township)).code).toBe(
      'account_is_disabled',
    )
    expect((await house.call(accountOps.enable, { id: person.id, body: {} }, township)).disabled_at).toBeNull()
    expect((await house.refused(accountOps.disable, { id: township.id, body: {} }, township)).code).toBe('not_yourself')
  })

  test('renames with the version in hand; an old version gets the row as it stands', async () => {
    const person = await house.make.account('child_director', cast.village)
    const { version } = await house.call(accountOps.get, { id: person.id }, township)
    const renamed = await house.call(accountOps.rename, { id: person.id, body: { name: '改过名', version } }, township)
    expect(renamed.name).toBe('改过名')
    const stale = await house.refused(accountOps.rename, { id: person.id, body: { name: '又改', version } }, township)
    expect([stale.code, (stale.current as { name: string }).name]).toEqual(['stale', '改过名'])
  })

  test('adds a second membership and ends the first, with the reason; its sessions end', async () => {
    const person = await house.signInAs('child_director', cast.village)
    const added = await house.call(
      accountOps.add_membership,
      { id: person.id, body: { role: 'child_director', unit_id: cast.otherVillage.id } },
      township,
    )
    expect(added.memberships.map((one) => one.unit_name).toSorted()).toEqual(['小暑村', '白露村'].toSorted())
    const twice = { id: person.id, body: { role: 'child_director' as const, unit_id: cast.otherVillage.id } }
    expect((await house.refused(accountOps.add_membership, twice, township)).code).toBe('membership_exists')
    const ended = await house.call(
      accountOps.end_membership,
      { id: person.membership_id, body: { reason: '调到白露村' } },
      township,
    )
    expect(ended.memberships.find((one) => one.unit_name === '小暑村')?.until_on).toBe('2026-11-25')
    expect((await house.call(accountOps.get_session, {}, person)).account).toBeNull()
    const again = { id: person.membership_id, body: { reason: '再来' } }
    expect((await house.refused(accountOps.end_membership, again, township)).code).toBe('already_ended')
  })

  test('the last administrator stays, even when two remove each other at the same moment', async () => {
    const place = await house.make.county('990126')
    const one = await house.signInAs('administrator', place.county, { name: '甲' })
    const alone = { id: one.membership_id, body: { reason: '试一试' } }
    expect((await house.refused(accountOps.end_membership, alone, one)).code).toBe('last_administrator')
    const two = await house.signInAs('administrator', place.county, { name: '乙' })
    const answers = await Promise.all([
      house.send(accountOps.end_membership, { id: two.membership_id, body: { reason: '甲撤乙' } }, one),
      house.send(accountOps.end_membership, { id: one.membership_id, body: { reason: '乙撤甲' } }, two),
    ])
    // The second is refused, or signed out already: either way one stays.
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
    const { rows } = await house.owner.query(
      `select count(*)::int as left from memberships where tenant_id = '990126' and role = 'administrator' and until_on is null`,
    )
    expect(rows).toEqual([{ left: 1 }])
    const village = await house.make.account('administrator', place.village)
    const keeper = answers[0].status === 200 ? one : two
    await house.call(accountOps.disable, { id: village.id, body: {} }, keeper)
  })
})

test('where administrators are separated, one person is one of the three and nothing else', async () => {
  const place = await house.make.county('990127', { separate_admins: true })
  const admin = await house.signInAs('administrator', place.county)
  expect((await house.call(accountOps.get_session, {}, admin)).rights).not.toContain('security.write')
  const officer = await house.make.account('security_officer', place.county)
  for (const role of ['auditor', 'county_staff'] as const) {
    const input = { id: officer.id, body: { role, unit_id: place.county.id } }
    expect((await house.refused(accountOps.add_membership, input, admin)).code).toBe('roles_conflict')
  }
  // Nor from tomorrow on.
  const later = await house.make.account('county_staff', place.county)
  const begins = { role: 'child_supervisor' as const, unit_id: place.township.id, from_on: '2026-12-01' }
  await house.call(accountOps.add_membership, { id: later.id, body: begins }, admin)
  await house.owner.query(`update memberships set until_on = '2026-11-01' where id = $1`, [later.membership_id])
  const both = { id: later.id, body: { role: 'auditor' as const, unit_id: place.county.id } }
  expect((await house.refused(accountOps.add_membership, both, admin)).code).toBe('roles_conflict')
  const worker = await house.make.account('county_staff', place.county)
  const input = { id: worker.id, body: { role: 'child_supervisor' as const, unit_id: place.county.id } }
  expect((await house.call(accountOps.add_membership, input, admin)).memberships).toHaveLength(2)
  expect((await house.call(accountOps.get_session, {}, county)).rights).toContain('security.write')
})

describe('handing over', () => {
  test('memberships and what other features keep go to the successor; the leaver cannot sign in any more', async () => {
    const leaver = await house.signInAs('child_director', cast.village, { name: '要走的' })
    await house.make.membership(leaver, 'administrator', cast.village)
    const next = await house.make.account('child_director', cast.otherVillage, { name: '接手的' })
    const seen: string[] = []
    const step: (typeof handOverSteps)[number] = (_ctx, from, to) => {
      seen.push(from.account_id, to.account_id)
      return Promise.resolve(3)
    }
    handOverSteps.push(step)
    const done = await house.call(
      accountOps.hand_over,
      { id: leaver.id, body: { to_account_id: next.id, reason: '调到县里工作' } },
      township,
    )
    handOverSteps.splice(handOverSteps.indexOf(step), 1)
    expect(done).toMatchObject({ id: leaver.id, memberships: 2 })
    expect(done.others).toBeGreaterThanOrEqual(3)
    expect(seen).toEqual([leaver.id, next.id])
    const row = await house.call(accountOps.get, { id: next.id }, township)
    expect(row.memberships.map((one) => `${one.unit_name} ${one.role}`).toSorted()).toEqual(
      ['小暑村 child_director', '小暑村 administrator', '白露村 child_director'].toSorted(),
    )
    const old = await house.call(accountOps.get, { id: leaver.id }, township)
    expect(old.disabled_at).not.toBeNull()
    expect(old.memberships.every((one) => one.until_on === '2026-11-25')).toBe(true)
    expect((await house.call(accountOps.get_session, {}, leaver)).account).toBeNull()
    const { rows } = await house.owner.query('select distinct ended_reason from memberships where account_id = $1', [
      leaver.id,
    ])
    expect(rows).toEqual([{ ended_reason: '调到县里工作' }])
  })

  test('not to oneself, not to a disabled account, not by the leaver', async () => {
    const leaver = await house.make.account('child_director', cast.village)
    const off = await house.make.account('child_director', cast.village)
    await house.call(accountOps.disable, { id: off.id, body: {} }, township)
    const to = (id: string, to_account_id: string) => ({ id, body: { to_account_id, reason: '交接' } })
    expect((await house.refused(accountOps.hand_over, to(leaver.id, leaver.id), township)).errors?.[0]?.path).toBe(
      'to_account_id',
    )
    expect((await house.refused(accountOps.hand_over, to(leaver.id, off.id), township)).code).toBe(
      'account_is_disabled',
    )
    expect((await house.refused(accountOps.hand_over, to(township.id, leaver.id), township)).code).toBe('not_yourself')
  })
})
