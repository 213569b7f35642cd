// The first run, in every kind of unit. Each story begins with an empty installation.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { accountOps } from '@nuanyang/contract/accounts.ts'
import { unitOps } from '@nuanyang/contract/units.ts'
import { divisionUnitId } from '../kernel/ids.ts'
import { tokenHash } from '../kernel/secrets.ts'
import { testApp, type TestApp } from '../testing/app.ts'

let house: TestApp
const code = 'ABCD2345WXYZ'

beforeAll(async () => {
  house = await testApp()
  // A county of the invented list: the real list takes a minute to load and would prove nothing more here.
  await house.owner.query(`
    insert into divisions (code, name, level, parent_code, path_name, pinyin, initials, rank, grams) values
      ('99', '云江省', 1, null, '', 'yunjiangsheng', 'yjs', 1, '{}'),
      ('9901', '云州市', 2, '99', '云江省', 'yunzhoushi', 'yzs', 2, '{}'),
      ('990123', '青禾县', 3, '9901', '云江省云州市', 'qinghexian', 'qhx', 3, '{}'),
      ('990123104', '芦溪镇', 4, '990123', '云江省云州市青禾县', 'luxizhen', 'lxz', 4, '{}'),
      ('990123104207', '小暑村', 5, '990123104', '云江省云州市青禾县芦溪镇', 'xiaoshucun', 'xsc', 5, '{}'),
      ('990123104016', '荷塘社区', 5, '990123104', '云江省云州市青禾县芦溪镇', 'hetangshequ', 'htsq', 6, '{}')`)
})
afterAll(() => house.close())
beforeEach(async () => {
  await house.owner.query(
    `truncate sessions, memberships, account_tenants, accounts, units, tenants, definitions, lockouts, commands cascade`,
  )
  await house.owner.query(
    `insert into house (key, value) values ('setup_code', $1) on conflict (key) do update set value = excluded.value`,
    [tokenHash(code)],
  )
})

const person = { name: '李山', username: 'lishan', password: '谷雨前要把秧插完', separate_admins: false }
type Body = Parameters<typeof house.call<typeof accountOps.set_up>>[1]['body']
const village: Body = { code, kind: 'village', place_code: '990123104207', ...person, username: 'shan' }

/** Sets up and answers what the first person then sees. */
async function setUp(body: Body) {
  const answer = await house.send(accountOps.set_up, { body })
  if (answer.status !== 200) throw new Error(answer.text)
  const session = JSON.parse(answer.text)
  const work = session.memberships.find((one: { role: string }) => one.role !== 'administrator')
  const units = work
    ? await house.send(accountOps.switch_membership, { body: { membership_id: work.id } }, answer.cookie!)
    : null
  return { session, cookie: units?.cookie ?? answer.cookie! }
}

async function tree(): Promise<string[]> {
  const { rows } = await house.owner.query<{ line: string }>(
    `select repeat('›', depth) || name || ' ' || kind as line from units order by depth, division_code nulls last, name`,
  )
  return rows.map((row) => row.line)
}

describe('the first run', () => {
  test('a village: county, town and village with the ids every installation gives them; one person, two memberships, signed in', async () => {
    expect(await house.call(accountOps.setup_status, { code })).toEqual({ needed: true, code_ok: true })
    expect((await house.call(accountOps.get_session, {})).setup_needed).toBe(true)
    const { session, cookie } = await setUp(village)
    expect(await tree()).toEqual(['青禾县 county', '›芦溪镇 township', '››小暑村 village'])
    expect(session.tenant).toEqual({ id: '990123', name: '青禾县', demo: false })
    expect(session.memberships.map((one: { role: string }) => one.role).toSorted()).toEqual([
      'administrator',
      'child_director',
    ])
    expect(session.memberships[0].unit_id).toBe(divisionUnitId('990123104207'))
    expect((await house.call(unitOps.list, {}, cookie)).root.name).toBe('小暑村')
    expect(await house.call(accountOps.setup_status, { code })).toEqual({ needed: false, code_ok: null })
    expect((await house.refused(accountOps.set_up, { body: village })).code).toBe('already_set_up')
    const signedIn = await house.send(accountOps.sign_in, { body: { username: 'SHAN', password: person.password } })
    expect(signedIn.status).toBe(200)
  })

  test('a community with its grids', async () => {
    await setUp({ ...village, kind: 'community', place_code: '990123104016', grids: ['第一网格', '第二网格'] })
    expect(await tree()).toEqual([
      '青禾县 county',
      '›芦溪镇 township',
      '››荷塘社区 community',
      '›››第一网格 grid',
      '›››第二网格 grid',
    ])
  })

  test('a school, a partner office and a committee stand in the chosen place under their own name', async () => {
    const { session } = await setUp({
      ...village,
      kind: 'school',
      place_code: '990123104',
      unit_name: '芦溪镇中心小学',
    })
    expect(await tree()).toEqual(['青禾县 county', '›芦溪镇 township', '››芦溪镇中心小学 school'])
    expect(session.memberships.map((one: { role: string }) => one.role)).toContain('school_leader')
  })

  test('a partner office of the county', async () => {
    await setUp({ ...village, kind: 'partner_office', place_code: '990123', unit_name: '青禾县粮食局' })
    expect(await tree()).toEqual(['青禾县 county', '›青禾县粮食局 partner_office'])
  })

  test('a committee in a community must say its name', async () => {
    const body: Body = { ...village, kind: 'committee', place_code: '990123104016' }
    expect((await house.refused(accountOps.set_up, { body })).errors?.[0]?.path).toBe('unit_name')
    await setUp({ ...body, unit_name: '荷塘社区关工委' })
    expect((await tree()).at(-1)).toBe('›››荷塘社区关工委 committee')
  })

  test('a township and a county, with separated administrators: the first person is administrator only', async () => {
    const { session } = await setUp({ ...village, kind: 'county', place_code: '990123', separate_admins: true })
    expect(session.memberships.map((one: { role: string }) => one.role)).toEqual(['administrator'])
    expect(session.rights).not.toContain('security.write')
  })

  test('a development zone and a village in it, both written in: the tenant is the zone, its code the city’s with letters', async () => {
    const { session } = await setUp({
      ...village,
      place_code: '9901',
      written_in: [
        { level: 3, name: '高新区' },
        { level: 5, name: '新桥村' },
      ],
    })
    expect(session.tenant).toMatchObject({ id: '9901-gaoxinqu', name: '高新区' })
    expect(await tree()).toEqual(['高新区 county', '›新桥村 village'])
    const { rows } = await house.owner.query(`select division_code from tenants`)
    expect(rows).toEqual([{ division_code: null }])
  })

  test('a new village written in under its town', async () => {
    await setUp({ ...village, place_code: '990123104', written_in: [{ level: 5, name: '新桥村' }] })
    expect(await tree()).toEqual(['青禾县 county', '›芦溪镇 township', '››新桥村 village'])
  })

  test('places that cannot be: no county above, a code the list lacks, a town where a village is asked', async () => {
    const refused = async (change: Partial<Body>) =>
      house.refused(accountOps.set_up, { body: { ...village, ...change } })
    expect((await refused({ place_code: '9901', written_in: [{ level: 5, name: '新桥村' }] })).code).toBe(
      'place_without_county',
    )
    expect((await refused({ place_code: '990199' })).code).toBe('place_not_listed')
    expect((await refused({ place_code: '990123104' })).errors?.[0]?.path).toBe('place_code')
    expect(await tree()).toEqual([])
  })

  test('without the set-up code nothing happens, and guessing is slowed down', async () => {
    const guess = { body: { ...village, code: 'WRONG' } }
    for (let n = 0; n < 5; n++) expect((await house.refused(accountOps.set_up, guess)).code).toBe('wrong_setup_code')
    expect((await house.refused(accountOps.set_up, { body: village })).code).toBe('locked_out')
    expect(await tree()).toEqual([])
    house.time.now = new Date(house.time.now.getTime() + 120_000)
    await setUp({ ...village, code: 'abcd 2345-wxyz' })
  })

  test('a weak password is refused under its field; nothing is left behind', async () => {
    for (const password of [
      'short',
      'lishan123456',
      '123456789012',
      'password2024',
      'qwer1234qwer1234',
      '李山的家乡在哪里',
    ]) {
      const problem = await house.refused(accountOps.set_up, { body: { ...village, password } })
      expect([password, problem.errors?.[0]?.path]).toEqual([password, 'password'])
    }
    expect(await tree()).toEqual([])
  })

  test('two people press the button at once: one becomes the first person', async () => {
    const answers = await Promise.all([
      house.send(accountOps.set_up, { body: village }),
      house.send(accountOps.set_up, { body: { ...village, username: 'other' } }),
    ])
    expect(answers.map((one) => one.status).toSorted((a, b) => a - b)).toEqual([200, 409])
  })
})
