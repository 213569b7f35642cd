import { readdirSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importOps } from '@nuanyang/contract/imports.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import { uploadLimitBytes } from './upload.ts'

let app: TestApp
let director: Person
let port: number

beforeAll(async () => {
  app = await testApp()
  const cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village)
  port = Number(new URL(await app.app.listen({ port: 0, host: '127.0.0.1' })).port)
})
afterAll(() => app.close())

const arrived = () => readdirSync(join(app.parts.house.dataDir, 'uploads'), { withFileTypes: false })
const head = `--x\r\ncontent-disposition: form-data; name="file"; filename="台账.xlsx"\r\ncontent-type: application/octet-stream\r\n\r\n`
const headers = () => ({
  cookie: `nuanyang=${director.cookie}`,
  'x-nuanyang': '1',
  'content-type': 'multipart/form-data; boundary=x',
})

test('a connection cut in the middle of an upload leaves no file and no import', async () => {
  await new Promise<void>((done) => {
    const socket = connect(port, '127.0.0.1', () => {
      const lines = Object.entries({ host: '127.0.0.1', 'content-length': '5000000', ...headers() }).map(
        ([name, value]) => `${name}: ${value}`,
      )
      socket.write(`POST /api/imports HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${head}${'半'.repeat(1000)}`)
      setTimeout(() => socket.destroy(), 200)
    })
    socket.on('close', () => setTimeout(done, 300))
  })
  expect(arrived()).toEqual([])
  expect((await app.call(importOps.list, {}, director)).items).toEqual([])
})

test('a file over the limit is refused in words while it arrives, and nothing of it stays', async () => {
  const answer = await new Promise<{ status: number; text: string }>((done, fail) => {
    const call = request(
      { port, host: '127.0.0.1', method: 'POST', path: '/api/imports', headers: headers() },
      (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('end', () => done({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() }))
      },
    )
    call.on('error', fail)
    call.write(head)
    const block = Buffer.alloc(4 * 1024 * 1024)
    let sent = 0
    const more = () => {
      while (sent <= uploadLimitBytes) {
        sent += block.length
        if (!call.write(block)) return void call.once('drain', more)
      }
      call.end('\r\n--x--\r\n')
    }
    more()
  })
  expect(answer.status).toBe(413)
  expect(JSON.parse(answer.text)).toMatchObject({ code: 'too_large', detail: expect.stringContaining('100 MB') })
  expect(arrived()).toEqual([])
})

test('nobody’s file is taken in before it is known who sends it', async () => {
  const answer = await fetch(`http://127.0.0.1:${port}/api/imports`, {
    method: 'POST',
    headers: { ...headers(), cookie: 'nuanyang=none' },
    body: `${head}x\r\n--x--\r\n`,
  })
  expect(answer.status).toBe(401)
  expect(arrived()).toEqual([])
})

test('a file that is refused, sent again, or one of two leaves nothing behind', async () => {
  const send = (body: string, key = '01890a5d-ac96-774b-bcce-b302099a8057') =>
    fetch(`http://127.0.0.1:${port}/api/imports`, {
      method: 'POST',
      headers: { ...headers(), 'idempotency-key': key },
      body,
    })
  const unit = `--x\r\ncontent-disposition: form-data; name="unit_id"\r\n\r\n01890a5d-ac96-774b-bcce-b302099a8058\r\n`
  const elsewhere = await send(`${unit}${head}x\r\n--x--\r\n`)
  expect(elsewhere.status).toBe(404)
  const two = await send(`${head}x\r\n${head}y\r\n--x--\r\n`)
  expect(two.status).toBe(422)
  expect(((await two.json()) as { code: string }).code).toBe('invalid')
  for (let n = 0; n < 2; n++) expect((await send(`${head}x\r\n--x--\r\n`)).status).toBe(200)
  expect(arrived()).toEqual([])
})
