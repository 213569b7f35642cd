// One story per operation, through HTTP.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Secret, TOTP } from 'otpauth'
import { accountOps, type NewCredentials } from '@nuanyang/contract/accounts.ts'
import { newId } from '../kernel/ids.ts'
import { tokenHash } from '../kernel/secrets.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'
import { resetByHouse } from './accounts.people.ts'

const goodPassword = '槐树下等奶奶回来'

let house: TestApp
let cast: Cast
beforeAll(async () => {
  house = await testApp()
  cast = await house.make.county()
})
afterAll(() => house.close())

/** Signs in with a password and answers the cookie. */
async function signIn(username: string, password: string, shared = false) {
  const answer = await house.send(accountOps.sign_in, { body: { username, password, shared_computer: shared } })
  return { ...answer, cookie: answer.cookie ?? '', body: JSON.parse(answer.text) }
}

function minutesLater(minutes: number): void {
  house.time.now = new Date(house.time.now.getTime() + minutes * 60_000)
}

async function hired(admin: Person, name: string, role: 'child_director' | 'administrator', unit = cast.village) {
  return house.call(accountOps.create, { body: { id: newId(), name, role, unit_id: unit.id } }, admin)
}

/** From the one-time password to a chosen one. */
async function settled(made: NewCredentials): Promise<string> {
  const first = await signIn(made.username, made.one_time_password!)
  const changed = await house.send(
    accountOps.change_own_password,
    { body: { current: made.one_time_password!, password: goodPassword } },
    first.cookie,
  )
  return changed.cookie!
}

describe('signing in', () => {
  test('the name in any case and width, the right password; the session says who, where and with which rights', async () => {
    await house.make.account('child_director', cast.village, {
      name: '林桂兰',
      username: 'LinGL',
      password: 'mountain river tea',
    })
    const { status, body, cookie } = await signIn(' ｌｉｎｇｌ', 'mountain river tea')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      account: { name: '林桂兰' },
      needs_totp: false,
      tenant: { name: '青禾县' },
      today: '2026-11-25',
    })
    expect(body.rights).toContain('children.write')
    const again = await house.call(accountOps.get_session, {}, cookie)
    expect(again.memberships).toMatchObject([{ unit_name: '小暑村', role: 'child_director', unit_kind: 'village' }])
    expect(again.setup_needed).toBe(false)
  })

  test('a wrong password and an unknown name get the same answer', async () => {
    await house.make.account('child_director', cast.village, { username: 'known', password: 'mountain river tea' })
    const wrong = await signIn('known', 'mountain river coffee')
    const unknown = await signIn('unknown-person', 'mountain river coffee')
    expect([wrong.status, wrong.body.detail, wrong.cookie]).toEqual([unknown.status, unknown.body.detail, ''])
    expect(wrong.body.code).toBe('wrong_password')
  })

  test('wrong tries make the next wait, longer each time, for unknown names alike; the right password does not pass meanwhile', async () => {
    await house.make.account('child_director', cast.village, { username: 'slow', password: 'mountain river tea' })
    for (const username of ['slow', 'nobody-there']) {
      for (let n = 0; n < 5; n++) expect((await signIn(username, 'no')).body.code).toBe('wrong_password')
      expect((await signIn(username, 'mountain river tea')).body).toMatchObject({ code: 'locked_out', status: 429 })
    }
    minutesLater(1.1)
    expect((await signIn('slow', 'no')).body.code).toBe('wrong_password')
    const locked = await signIn('slow', 'mountain river tea')
    expect(locked.body.detail).toContain('2 分钟')
    minutesLater(2.1)
    expect((await signIn('slow', 'mountain river tea')).status).toBe(200)
    expect((await signIn('slow', 'no')).body.code).toBe('wrong_password')
  })

  test('fifty tries at once are not fifty guesses', async () => {
    await house.make.account('child_director', cast.village, { username: 'hunted', password: 'mountain river tea' })
    const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => signIn('hunted', `guess ${n}`)))
    expect(answers.filter((one) => one.body.code === 'wrong_password').length).toBeLessThanOrEqual(5)
  })

  test('a disabled account and one without a role are told so, with the right password only', async () => {
    const gone = await house.make.account('child_director', cast.village, {
      username: 'gone',
      password: 'mountain river tea',
    })
    await house.owner.query('update accounts set disabled_at = $2 where id = $1', [gone.id, house.time.now])
    expect((await signIn('gone', 'mountain river tea')).body.code).toBe('account_disabled')
    expect((await signIn('gone', 'something else')).body.code).toBe('wrong_password')
    const idle = await house.make.account('child_director', cast.village, {
      username: 'idle',
      password: 'mountain river tea',
    })
    await house.owner.query('update memberships set until_on = from_on where id = $1', [idle.membership_id])
    expect((await signIn('idle', 'mountain river tea')).body.code).toBe('no_membership')
  })

  test('a session ends without use; on a shared computer sooner, and its cookie with the window', async () => {
    await house.make.account('child_director', cast.village, { username: 'tidy', password: 'mountain river tea' })
    const own = await signIn('tidy', 'mountain river tea')
    const shared = await signIn('tidy', 'mountain river tea', true)
    expect(String(own.headers['set-cookie'])).toMatch(/Max-Age=43200.*HttpOnly.*SameSite=Strict/)
    expect(String(shared.headers['set-cookie'])).not.toContain('Max-Age')
    expect(shared.body).toMatchObject({ shared_computer: true, idle_minutes: 10 })
    const who = async (cookie: string) => (await house.call(accountOps.get_session, {}, cookie)).account?.username
    minutesLater(11)
    expect([await who(own.cookie), await who(shared.cookie)]).toEqual(['tidy', undefined])
    minutesLater(61)
    expect(await who(own.cookie)).toBeUndefined()
  })
})

describe('the first days of an account', () => {
  test('the one-time password opens nothing but its own replacement, ends old sessions, and dies after two weeks', async () => {
    const admin = await house.signInAs('administrator', cast.village)
    const made = await hired(admin, '何春燕', 'child_director')
    expect(made).toMatchObject({ username: 'hechunyan', unit_name: '小暑村' })
    const first = await signIn(made.username, made.one_time_password!)
    expect(first.body).toMatchObject({ account: { must_change_password: true }, rights: [] })
    expect((await house.refused(accountOps.list_sessions, {}, first.cookie)).code).toBe('not_signed_in')
    const elsewhere = await signIn(made.username, made.one_time_password!)
    const refuse = async (password: string) => {
      const problem = await house.refused(
        accountOps.change_own_password,
        { body: { current: made.one_time_password!, password } },
        first.cookie,
      )
      return problem.errors?.[0]?.path
    }
    expect(await refuse('short')).toBe('password')
    expect(await refuse('hechunyan and more')).toBe('password')
    expect(await refuse(made.one_time_password!)).toBe('password')
    const changed = await house.send(
      accountOps.change_own_password,
      { body: { current: made.one_time_password!, password: goodPassword } },
      first.cookie,
    )
    expect(JSON.parse(changed.text).rights).toContain('children.read')
    expect(changed.cookie).not.toBe(first.cookie)
    for (const old of [first.cookie, elsewhere.cookie])
      expect((await house.call(accountOps.get_session, {}, old)).account).toBeNull()
    expect((await signIn(made.username, goodPassword)).status).toBe(200)

    const late = await hired(admin, '姜海涛', 'child_director')
    minutesLater(15 * 24 * 60)
    expect((await signIn(late.username, late.one_time_password!)).body.code).toBe('one_time_password_expired')
  })

  test('a wrong current password is counted, and the same command may be sent again with the right one', async () => {
    const admin = await house.signInAs('administrator', cast.village)
    const made = await hired(admin, '罗文斌', 'child_director')
    const { cookie } = await signIn(made.username, made.one_time_password!)
    const wrong = { body: { current: 'not that', password: goodPassword } }
    expect((await house.refused(accountOps.change_own_password, wrong, cookie)).code).toBe('wrong_password')
    const { rows } = await house.owner.query(`select failures from lockouts where key = $1`, [`u:${made.username}`])
    expect(rows).toEqual([{ failures: 1 }])
    const right = { body: { current: made.one_time_password!, password: goodPassword } }
    await house.call(accountOps.change_own_password, right, cookie)
  })

  test('a pasted sheet becomes accounts, all or none, every fault by its row', async () => {
    const admin = await house.signInAs('administrator', cast.county)
    const row = (name: string, role: string, unit: string, username?: string) => ({
      id: newId(), name, role, unit, ...(username ? { username } : {}),
    }) // prettier-ignore
    const faulty = [
      row('李山', '儿童主任', '小暑村'),
      row('李珊', '村长', '小暑村'),
      row('李杉', '班主任', '小暑村'),
      row('李衫', '儿童主任', '没有这个村'),
      row('李闪', '儿童主任', '小暑村', admin.username),
      row('', '儿童主任', ''),
    ]
    const problem = await house.refused(accountOps.create_many, { body: { rows: faulty } }, admin)
    expect(problem.errors?.map((one) => one.path).toSorted()).toEqual([
      'rows.1.role',
      'rows.2.role',
      'rows.3.unit',
      'rows.4.username',
      'rows.5.name',
      'rows.5.unit',
    ])
    expect((await house.call(accountOps.list, { q: '李山' }, admin)).items).toEqual([])
    const rows = [
      row('李山', '儿童主任', '小暑村'),
      row('李珊', 'child_director', '芦溪镇白露村'),
      row('王小梅', '学校负责人', cast.school.id),
    ]
    const { items } = await house.call(accountOps.create_many, { body: { rows } }, admin)
    expect(items.map((one) => one.username)).toEqual(['lishan', 'lishan2', 'wangxiaomei'])
    expect((await signIn('lishan2', items[1]!.one_time_password!)).body.memberships[0].unit_name).toBe('白露村')
    // The answer was lost and the page asks again: nobody twice, and no password twice.
    const again = await house.call(accountOps.create_many, { body: { rows } }, admin)
    expect(again.items.map((one) => [one.id, one.one_time_password])).toEqual(rows.map((one) => [one.id, null]))
  })

  test('the same account asked for twice under one key is made once; its password is told once', async () => {
    const admin = await house.signInAs('administrator', cast.village)
    const input = { body: { id: newId(), name: '苗桂兰', role: 'child_director' as const, unit_id: cast.village.id } }
    const key = newId()
    const first = await house.call(accountOps.create, input, admin, { key })
    const second = await house.call(accountOps.create, input, admin, { key })
    expect(first.one_time_password).toMatch(/^\w{4}-\w{4}-\w{4}$/)
    expect(second).toEqual({ ...first, one_time_password: null })
    expect(await house.call(accountOps.get_credentials, { id: first.id }, admin)).toEqual(second)
    const taken = { body: { ...input.body, id: newId(), username: first.username.toUpperCase() } }
    expect((await house.refused(accountOps.create, taken, admin)).code).toBe('username_taken')
  })
})

test('one address that tries without end is stopped before passwords are even looked at', async () => {
  const body = { username: 'nobody', password: 'guess after guess', shared_computer: false }
  const codes = []
  for (let n = 0; n < 125; n++)
    codes.push((await house.refused(accountOps.sign_in, { body }, null, { address: '10.9.9.9' })).code)
  expect(codes.slice(-5)).toEqual(Array.from({ length: 5 }, () => 'too_many'))
  expect(codes[20]).not.toBe('too_many')
  expect((await house.refused(accountOps.sign_in, { body }, null, { address: '10.9.9.8' })).code).not.toBe('too_many')
})

test('the only administrator’s lost password is given anew on the computer itself', async () => {
  const lost = await house.make.account('administrator', cast.village, { username: 'lost.one', password: goodPassword })
  const open = await house.sessionOf(lost)
  const made = (await house.system({ tenant: '-' }, (ctx) => resetByHouse(ctx, ' Lost.One ', false)))!
  expect(made.password).toMatch(/^\w{4}-\w{4}-\w{4}$/)
  expect((await house.call(accountOps.get_session, {}, open)).account).toBeNull()
  expect((await signIn('lost.one', made.password)).body.account.must_change_password).toBe(true)
  expect(await house.system({ tenant: '-' }, (ctx) => resetByHouse(ctx, 'nobody.at.all', false))).toBeNull()
})

test('every night what no cookie opens any more is taken away, and commands older than 180 days', async () => {
  const account = await house.make.account('child_director', cast.village, { username: 'tidy.one' })
  const [dead, alive] = [await house.sessionOf(account), await house.sessionOf(account)]
  await house.owner.query(`update sessions set expires_at = $2 where token_hash = $1`, [tokenHash(dead.cookie), new Date(house.time.now.getTime() - 1000)]) // prettier-ignore
  const key = newId()
  for (const [id, days] of [
    [key, 181],
    [newId(), 179],
  ] as const)
    await house.owner.query(
      `insert into commands (tenant_id, account_id, key, operation, body_sha256, at) values ($1, $2, $3, 'x', 'x', $4)`,
      [cast.county.tenant_id, account.id, id, new Date(house.time.now.getTime() - days * 86_400_000)],
    )
  await house.system({ tenant: '-' }, (ctx) => ctx.later('accounts.tidy', {}))
  await house.work()
  const kept = await house.owner.query(`select (select count(*)::int from sessions where account_id = $1) as sessions, (select count(*)::int from commands where account_id = $1) as commands`, [account.id]) // prettier-ignore
  expect(kept.rows[0]).toEqual({ sessions: 1, commands: 1 })
  expect((await house.call(accountOps.get_session, {}, alive)).account).not.toBeNull()
})

describe('the second step', () => {
  async function withCodes() {
    const admin = await house.signInAs('administrator', cast.village)
    const made = await hired(admin, '康志强', 'child_director')
    const cookie = await settled(made)
    const { secret, uri } = await house.call(accountOps.begin_totp, { body: { password: goodPassword } }, cookie)
    expect(uri).toContain('otpauth://totp/')
    const totp = new TOTP({ secret: Secret.fromBase32(secret) })
    const code = () => totp.generate({ timestamp: house.time.now.getTime() })
    const { recovery_codes } = await house.call(accountOps.confirm_totp, { body: { code: code() } }, cookie)
    return { admin, made, cookie, code, recovery_codes }
  }

  test('the password alone sees nothing; a code opens once; a recovery code opens once', async () => {
    const { made, code, recovery_codes } = await withCodes()
    minutesLater(1)
    const half = await signIn(made.username, goodPassword)
    expect(half.body).toMatchObject({ needs_totp: true, memberships: [], rights: [], tenant: null })
    expect((await house.refused(accountOps.list_sessions, {}, half.cookie)).code).toBe('not_signed_in')
    const changing = { body: { current: goodPassword, password: 'another long sentence' } }
    expect((await house.refused(accountOps.change_own_password, changing, half.cookie)).code).toBe('not_signed_in')
    const now = code()
    const opened = await house.send(accountOps.verify_totp, { body: { code: now } }, half.cookie)
    expect(JSON.parse(opened.text).rights).toContain('children.read')
    expect((await house.call(accountOps.get_session, {}, half.cookie)).account).toBeNull()

    const second = await signIn(made.username, goodPassword)
    expect((await house.refused(accountOps.verify_totp, { body: { code: now } }, second.cookie)).code).toBe(
      'wrong_code',
    )
    const spoken = recovery_codes[0]!.toUpperCase().replace('-', ' ')
    const recovered = await house.send(accountOps.verify_totp, { body: { code: spoken } }, second.cookie)
    expect(recovered.status).toBe(200)
    const listed = await house.call(accountOps.list_sessions, {}, recovered.cookie!)
    expect(listed).toMatchObject({ totp_on: true, recovery_left: 9 })
    const third = await signIn(made.username, goodPassword)
    expect((await house.refused(accountOps.verify_totp, { body: { code: spoken } }, third.cookie)).code).toBe(
      'wrong_code',
    )
    for (let n = 0; n < 4; n++) await house.refused(accountOps.verify_totp, { body: { code: '000000' } }, third.cookie)
    expect((await house.refused(accountOps.verify_totp, { body: { code: code() } }, third.cookie)).code).toBe(
      'locked_out',
    )
  })

  test('wrong codes that arrive at once are counted one after the other', async () => {
    const { made } = await withCodes()
    const half = await signIn(made.username, goodPassword)
    const tries = Array.from({ length: 16 }, () =>
      house.refused(accountOps.verify_totp, { body: { code: '000000' } }, half.cookie),
    )
    const codes = (await Promise.all(tries)).map((refusal) => refusal.code)
    expect(codes.filter((one) => one === 'wrong_code')).toHaveLength(5)
  })

  test('renewing the recovery codes and turning it off need the password', async () => {
    const { cookie, made, recovery_codes } = await withCodes()
    const right = { body: { password: goodPassword } }
    expect((await house.refused(accountOps.begin_totp, right, cookie)).code).toBe('totp_already_on')
    const wrong = { body: { password: 'not that one' } }
    expect((await house.refused(accountOps.begin_totp, wrong, cookie)).code).toBe('wrong_password')
    expect((await house.refused(accountOps.new_recovery_codes, wrong, cookie)).code).toBe('wrong_password')
    expect((await house.refused(accountOps.disable_totp, wrong, cookie)).code).toBe('wrong_password')
    const renewed = await house.call(accountOps.new_recovery_codes, { body: { password: goodPassword } }, cookie)
    expect(renewed.recovery_codes).toHaveLength(10)
    expect(renewed.recovery_codes).not.toContain(recovery_codes[0])
    await house.call(accountOps.disable_totp, { body: { password: goodPassword } }, cookie)
    expect((await signIn(made.username, goodPassword)).body.needs_totp).toBe(false)
    expect((await house.refused(accountOps.confirm_totp, { body: { code: '123456' } }, cookie)).code).toBe(
      'totp_not_begun',
    )
  })

  test('the secret is not readable in the database', async () => {
    const { made } = await withCodes()
    const { rows } = await house.owner.query('select totp_secret, recovery_hashes from accounts where id = $1', [
      made.id,
    ])
    expect(rows[0].totp_secret).not.toMatch(/^[A-Z2-7]{32}$/)
    expect(rows[0].recovery_hashes.every((one: string) => /^[0-9a-f]{64}$/.test(one))).toBe(true)
  })

  test('an administrator resets the password of somebody who lost the phone as well', async () => {
    const { admin, made, cookie } = await withCodes()
    const reset = await house.call(accountOps.reset_password, { id: made.id, body: { totp_off: true } }, admin)
    expect((await house.call(accountOps.get_session, {}, cookie)).account).toBeNull()
    const back = await signIn(made.username, reset.one_time_password!)
    expect(back.body).toMatchObject({ needs_totp: false, account: { must_change_password: true } })
  })
})

describe('sessions', () => {
  test('are listed by device, ended one by one or all others at once, and signing out ends the own', async () => {
    const account = await house.make.account('child_director', cast.village, {
      username: 'phones',
      password: 'mountain river tea',
    })
    const phone = await house.send(
      accountOps.sign_in,
      { body: { username: 'phones', password: 'mountain river tea' } },
      null,
      {
        headers: { 'user-agent': 'Mozilla/5.0 (Linux; Android 14) Chrome/140.0 Mobile Safari/537.36' },
        address: '192.168.3.7',
      },
    )
    const office = await signIn('phones', 'mountain river tea')
    const third = await house.sessionOf(account)
    const listed = (await house.call(accountOps.list_sessions, {}, office.cookie)).items
    expect(listed).toHaveLength(3)
    expect(listed.find((one) => one.address === '192.168.3.7')).toMatchObject({
      device: 'Chrome · Android',
      current: false,
    })
    const id = listed.find((one) => one.device === 'Chrome · Android')!.id
    const stranger = await house.signInAs('child_director', cast.village)
    await house.call(accountOps.end_session, { id, body: {} }, stranger)
    expect((await house.call(accountOps.get_session, {}, phone.cookie!)).account).not.toBeNull()
    await house.call(accountOps.end_session, { id, body: {} }, office.cookie)
    expect((await house.call(accountOps.get_session, {}, phone.cookie!)).account).toBeNull()
    await house.call(accountOps.end_other_sessions, { body: {} }, office.cookie)
    expect((await house.call(accountOps.get_session, {}, third)).account).toBeNull()
    const out = await house.send(accountOps.sign_out, { body: {} }, office.cookie)
    expect([out.status, out.cookie]).toEqual([200, ''])
    expect((await house.call(accountOps.get_session, {}, office.cookie)).account).toBeNull()
  })

  test('switching to another membership gives its rights and leaves the others; a foreign membership is not found', async () => {
    const person = await house.signInAs('child_director', cast.village)
    const second = await house.make.membership(person, 'leading_group', cast.township)
    const other = await house.make.account('county_staff', cast.county)
    const switched = await house.send(accountOps.switch_membership, { body: { membership_id: second } }, person)
    const now = JSON.parse(switched.text)
    expect(now).toMatchObject({ active_membership_id: second })
    expect(now.rights).not.toContain('children.write')
    const foreign = { body: { membership_id: other.membership_id } }
    expect((await house.refused(accountOps.switch_membership, foreign, switched.cookie!)).code).toBe('not_found')
  })

  test('the language is kept with the account', async () => {
    const person = await house.signInAs('child_director', cast.village)
    await house.call(accountOps.set_language, { body: { language: 'en' } }, person)
    expect((await house.call(accountOps.get_session, {}, person)).language).toBe('en')
  })
})
