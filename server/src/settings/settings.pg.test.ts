import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { get } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountOps } from '@nuanyang/contract/accounts.ts'
import { plainRisk, settingOps } from '@nuanyang/contract/settings.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'
import { isPrivateAddress, keepPhoneDoor, type PhoneDoor } from './settings.phone_door.ts'

let house: TestApp
let cast: Cast
let admin: Person
beforeAll(async () => {
  house = await testApp()
  cast = await house.make.county()
  admin = await house.signInAs('administrator', cast.village, { name: '钱桂兰' })
})
afterAll(() => house.close())

describe('sign-in rules', () => {
  const rules = { idle_minutes: 20, shared_idle_minutes: 5, session_hours: 8 }

  test('have defaults, are changed by the administrator, and hold for sessions under way', async () => {
    expect(await house.call(settingOps.get_security, {}, admin)).toMatchObject({ idle_minutes: 60, session_hours: 12 })
    const worker = await house.signInAs('child_director', cast.village)
    expect((await house.refused(settingOps.set_security, { body: rules }, worker)).code).toBe('forbidden')
    expect(await house.call(settingOps.set_security, { body: rules }, admin)).toEqual(rules)
    expect((await house.call(accountOps.get_session, {}, worker)).idle_minutes).toBe(20)
    const tooLong = { body: { ...rules, idle_minutes: 1000 } }
    expect((await house.refused(settingOps.set_security, tooLong, admin)).errors?.[0]?.path).toBe('idle_minutes')
  })

  test('where administrators are separated they are the security officer’s', async () => {
    const other = await house.make.county('990124', { separate_admins: true })
    const theirs = await house.signInAs('administrator', other.county)
    const officer = await house.signInAs('security_officer', other.county)
    const refusal = await house.refused(settingOps.set_security, { body: rules }, theirs)
    expect([refusal.code, refusal.detail.includes('安全管理员')]).toEqual(['forbidden', true])
    await house.call(settingOps.set_security, { body: rules }, officer)
    await house.owner.query(`delete from memberships where tenant_id = '990124'`)
    await house.owner.query(`delete from settings where tenant_id = '990124'`)
    await house.owner.query(`delete from account_tenants where tenant_id = '990124'`)
    await house.owner.query(`delete from units where tenant_id = '990124'`)
    await house.owner.query(`delete from tenants where id = '990124'`)
  })
})

test('only addresses of private networks count as the office network', () => {
  const addresses = ['10.1.2.3', '172.31.0.9', '192.168.1.5', '::ffff:192.168.1.5', '172.32.0.1', '8.8.8.8', '2001:db8::1', '127.0.0.1'] // prettier-ignore
  expect(addresses.filter(isPrivateAddress)).toEqual(['10.1.2.3', '172.31.0.9', '192.168.1.5', '::ffff:192.168.1.5'])
})

describe('手机使用', () => {
  let door: PhoneDoor
  let port: number
  const where = '127.0.0.2'
  beforeAll(async () => {
    await house.app.ready()
    port = await freePort()
    door = await keepPhoneDoor({
      app: house.app, pool: house.parts.pool, house: house.parts.house, port, host: '127.0.0.1', everyMs: 60_000, addresses: () => [where],
    }) // prettier-ignore
  })
  afterAll(() => door.close())

  test('is closed until somebody read and accepted the risk; then phones come in, and it is in the log', async () => {
    expect(await house.call(settingOps.phone_access_get, {}, admin)).toMatchObject({
      way: 'off',
      door: 'closed',
      addresses: [],
    })
    await expect(ask(`http://${where}:${port}/healthz`)).rejects.toThrow('ECONNREFUSED')
    const plain = { way: 'plain' as const }
    expect((await house.refused(settingOps.phone_access_set, { body: plain }, admin)).code).toBe('risk_not_accepted')
    const old = { body: { ...plain, accepted_edition: plainRisk.edition - 1 } }
    expect((await house.refused(settingOps.phone_access_set, old, admin)).code).toBe('risk_not_accepted')
    const accepted = { body: { ...plain, accepted_edition: plainRisk.edition } }
    expect((await house.call(settingOps.phone_access_set, accepted, admin)).door).toBe('waiting')
    await door.look()
    const open = await house.call(settingOps.phone_access_get, {}, admin)
    expect(open).toMatchObject({
      door: 'open',
      addresses: [`http://${where}:${port}`],
      accepted: { by_name: '钱桂兰', edition: 1 },
    })
    expect(await ask(`http://${where}:${port}/healthz`)).toBe('{"ok":true}')
    const { rows } = await house.owner.query(
      `select operation from audit where operation like 'phone_access%' order by id`,
    )
    expect(rows.map((row) => row.operation)).toEqual(['phone_access.risk_accepted', 'phone_access.plain'])
  })

  test('closes again, also for who is connected', async () => {
    await house.call(settingOps.phone_access_set, { body: { way: 'off' } }, admin)
    await door.look()
    expect((await house.call(settingOps.phone_access_get, {}, admin)).door).toBe('closed')
    await expect(ask(`http://${where}:${port}/healthz`)).rejects.toThrow('ECONNREFUSED')
  })

  test('a port in use is said, and the door opens when it is free', async () => {
    const squatter = createServer()
    await new Promise<void>((done) => squatter.listen(port, where, done))
    await house.call(
      settingOps.phone_access_set,
      { body: { way: 'plain', accepted_edition: plainRisk.edition } },
      admin,
    )
    await door.look()
    const failed = await house.call(settingOps.phone_access_get, {}, admin)
    expect([failed.door, failed.door_problem?.zh.includes(String(port))]).toEqual(['failed', true])
    await new Promise((done) => squatter.close(done))
    await door.look()
    expect((await house.call(settingOps.phone_access_get, {}, admin)).door).toBe('open')
  })

  test('with the office’s own certificate it speaks https and its cookie is Secure; the key is kept sealed', async () => {
    const { certificate, key, otherKey } = certificates()
    const set = (body: object) => ({ body: { way: 'certificate' as const, ...body } })
    for (const [given, why] of [
      [{}, '一起给'],
      [{ certificate: 'hello', private_key: key }, 'PEM'],
      [{ certificate, private_key: 'hello' }, '读不出来'],
      [{ certificate, private_key: otherKey }, '不是一对'],
    ] as const) {
      const refusal = await house.refused(settingOps.phone_access_set, set(given), admin)
      expect([refusal.code, refusal.detail]).toEqual(['certificate_unusable', expect.stringContaining(why)])
    }
    await house.call(settingOps.phone_access_set, set({ certificate, private_key: key }), admin)
    await door.look()
    const open = await house.call(settingOps.phone_access_get, {}, admin)
    expect(open).toMatchObject({ door: 'open', addresses: [`https://${where}:${port}`], accepted: null })
    expect(open.certificate?.names).toContain('nuanyang.example')
    await house.make.account('child_director', cast.village, { username: 'phone', password: 'mountain river tea' })
    expect(await signInOverTls(where, port, certificate)).toMatch(/Secure/)
    const { rows } = await house.owner.query(`select value from house where key = 'phone_access'`)
    expect(rows[0].value).not.toContain('PRIVATE KEY')
  })

  test('through a proxy: an https address, nothing is opened here', async () => {
    const wrong = { body: { way: 'proxy' as const, proxy_url: 'http://nuanyang.example/x' } }
    expect((await house.refused(settingOps.phone_access_set, wrong, admin)).errors?.[0]?.path).toBe('proxy_url')
    const right = { body: { way: 'proxy' as const, proxy_url: 'https://nuanyang.example/' } }
    expect(await house.call(settingOps.phone_access_set, right, admin)).toMatchObject({
      addresses: ['https://nuanyang.example'],
    })
    await door.look()
    await expect(ask(`http://${where}:${port}/healthz`)).rejects.toThrow('ECONNREFUSED')
  })

  test('one county cannot open a server that others share', async () => {
    await house.make.county('990128')
    expect((await house.refused(settingOps.phone_access_set, { body: { way: 'off' } }, admin)).code).toBe(
      'not_of_this_house',
    )
  })
})

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((done) => probe.listen(0, '127.0.0.2', done))
  const address = probe.address()
  await new Promise((done) => probe.close(done))
  return typeof address === 'object' && address ? address.port : 0
}

function ask(url: string): Promise<string> {
  return new Promise((done, fail) => {
    get(url, { agent: false }, (response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => (text += chunk.toString()))
      response.on('end', () => done(text))
    }).on('error', fail)
  })
}

/** The Set-Cookie of a sign-in over the door's own TLS. */
function signInOverTls(host: string, port: number, ca: string): Promise<string> {
  return new Promise((done, fail) => {
    const request = tlsRequest(
      {
        host, port, ca, servername: 'nuanyang.example', agent: false, method: 'POST', path: `/api${accountOps.sign_in.path}`,
        headers: { 'x-nuanyang': '1', 'content-type': 'application/json' },
      }, // prettier-ignore
      (response) => {
        response.resume()
        done(String(response.headers['set-cookie']))
      },
    )
    request.on('error', fail)
    request.end(JSON.stringify({ username: 'phone', password: 'mountain river tea' }))
  })
}

function certificates(): { certificate: string; key: string; otherKey: string } {
  const folder = mkdtempSync(join(tmpdir(), 'nuanyang-cert-'))
  const file = (name: string) => join(folder, name)
  try {
    execFileSync('openssl', [
      'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '3650',
      '-subj', '/CN=nuanyang.example', '-addext', 'subjectAltName=DNS:nuanyang.example', '-keyout', file('key'), '-out', file('cert'),
    ], { stdio: 'ignore' }) // prettier-ignore
    execFileSync('openssl', ['ecparam', '-genkey', '-name', 'prime256v1', '-noout', '-out', file('other')], {
      stdio: 'ignore',
    })
    const read = (name: string) => readFileSync(file(name), 'utf8')
    return { certificate: read('cert'), key: read('key'), otherKey: read('other') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
