// The whole server over a database of its own, called through HTTP without a socket. Answers are compared with the contract
// (`strict`), so every story is also a test of the contract.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import type { FastifyInstance, InjectOptions } from 'fastify'
import type pg from 'pg'
import type { Answer, Input, Operation } from '@nuanyang/contract/kernel.ts'
import type { Problem } from '@nuanyang/contract/problems.ts'
import type { Role } from '@nuanyang/contract/roles.ts'
import { buildApp, jobs, type AppParts } from '../app.ts'
import { drainJobs } from '../kernel/jobs.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { openPool } from '../kernel/db.ts'
import { newId } from '../kernel/ids.ts'
import { makeLog } from '../kernel/log.ts'
import { makeSecrets, tokenHash } from '../kernel/secrets.ts'
import { cookieName } from '../kernel/session.ts'
import { openStore } from '../kernel/store.ts'
import { asSystem } from '../kernel/tx.ts'
import { testDatabase } from './database.ts'
import { maker, type Make, type MadeAccount, type MadeUnit } from './make.ts'

export interface Person extends MadeAccount {
  /** Hand it to `call`. */
  readonly cookie: string
}

export interface Called {
  readonly status: number
  readonly text: string
  /** The text without ids and times, whose digits are chance: what a test holds against four digits that must not be told. */
  readonly told: string
  readonly bytes: Buffer
  readonly headers: Record<string, string | string[] | number | undefined>
  /** The session cookie that this answer set; '' when it cleared one; null when it said nothing of it. */
  readonly cookie: string | null
}

export interface CallOptions {
  /** Idempotency-Key; without one every call has a new key. */
  key?: string
  address?: string
  headers?: Record<string, string>
}

export interface TestApp {
  readonly app: FastifyInstance
  readonly parts: AppParts
  /** As nuanyang_owner, past row security: for arranging and for looking, never instead of an operation. */
  readonly owner: pg.Pool
  readonly make: Make
  /** The server's clock: set it to move time. Starts at 2026-11-25 10:00 in Shanghai. */
  readonly time: { now: Date }
  /** The answer of an operation; throws with the problem's text when it is refused. */
  call<O extends Operation>(op: O, input: TestInput<O>, who?: Who, options?: CallOptions): Promise<Answer<O>>
  /** The refusal of an operation; throws when it was allowed. */
  refused<O extends Operation>(op: O, input: TestInput<O>, who?: Who, options?: CallOptions): Promise<Problem>
  /** Status, headers and bytes: for files, cookies and odd input. */
  send(op: Operation, input: object, who?: Who, options?: CallOptions): Promise<Called>
  /** A new account with this membership, signed in without a password. */
  signInAs(role: Role, unit: MadeUnit, given?: { name?: string; username?: string }): Promise<Person>
  /** Another session of an account made before. */
  sessionOf(account: MadeAccount): Promise<Person>
  /** Does every waiting job, as the worker would. */
  work(): Promise<void>
  /** Work of the house itself in one transaction (jobs, imports). */
  system<T>(who: { tenant: string; membership_id?: string }, work: (ctx: Ctx) => Promise<T>): Promise<T>
  close(): Promise<void>
}

type Who = string | { readonly cookie: string } | null
/** What the web sends; a file of an upload is given as name and bytes. */
export type TestInput<O> = Omit<Input<O>, 'file'> &
  (Input<O> extends { file: unknown } ? { file: { name: string; content: Uint8Array | string } } : unknown)

/** One per test file, closed in `afterAll`. */
export async function testApp(
  options: { now?: string; secure?: boolean; scanCommand?: string } = {},
): Promise<TestApp> {
  const database = await testDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'nuanyang-data-'))
  // What answers 500 is printed with its cause.
  const log = makeLog('error')
  const pool = openPool(database.appUrl, log, 8)
  const owner = openPool(database.ownerUrl, log, 4)
  const time = { now: new Date(options.now ?? '2026-11-25T02:00:00Z') }
  const secure = options.secure ?? false
  const house = {
    secrets: makeSecrets(randomBytes(32)),
    store: openStore(dataDir),
    log,
    dataDir,
    publicUrl: () => 'http://127.0.0.1:8080',
    scanCommand: options.scanCommand ?? null,
    secure,
  }
  const parts: AppParts = {
    pool,
    house,
    clock: () => new Date(time.now),
    strict: true,
    trustProxy: false,
    tls: null,
    ready: () => Promise.resolve(true),
  }
  const app = await buildApp(parts)
  const make = maker(parts, owner)

  async function sessionOf(account: MadeAccount): Promise<Person> {
    const token = randomBytes(32).toString('base64url')
    await owner.query(
      `insert into sessions (id, token_hash, account_id, tenant_id, membership_id, created_at, seen_at, expires_at, idle_minutes)
       values ($1, $2, $3, $4, $5, $6, $6, $6::timestamptz + interval '400 days', 576000)`,
      [newId(), tokenHash(token), account.id, account.tenant_id, account.membership_id, time.now],
    )
    return { ...account, cookie: token }
  }

  const send: TestApp['send'] = (op, input, who = null, given = {}) => inject(app, op, input, who, given)
  return {
    app,
    parts,
    owner,
    make,
    time,
    send,
    async call(op, input, who, given) {
      const answer = await send(op, input, who, given)
      if (answer.status >= 400) throw new Error(`${op.name} was refused: ${answer.status} ${answer.text}`)
      return 'contentMediaType' in op.ok ? (answer.bytes as never) : JSON.parse(answer.text)
    },
    async refused(op, input, who, given) {
      const answer = await send(op, input, who, given)
      if (answer.status < 400) throw new Error(`${op.name} was not refused: ${answer.text.slice(0, 500)}`)
      return JSON.parse(answer.text) as Problem
    },
    signInAs: async (role, unit, given) => sessionOf(await make.account(role, unit, given)),
    sessionOf,
    work: () => drainJobs({ ...parts, ownerPool: owner }, jobs),
    system: (who, work) => asSystem(parts, who, work),
    async close() {
      await app.close()
      await pool.end()
      await owner.end()
      await database.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function inject(app: FastifyInstance, op: Operation, input: object, who: Who, given: CallOptions) {
  const { body, file, ...rest } = input as {
    body?: unknown
    file?: { name: string; content: Uint8Array | string }
    [name: string]: unknown
  }
  const url = addressOf(op, rest)
  const token = who === null ? '' : typeof who === 'string' ? who : who.cookie
  const headers: Record<string, string> = { 'x-nuanyang': '1', ...given.headers }
  if (op.method === 'post') headers['idempotency-key'] = given.key ?? newId()
  const request: InjectOptions = { method: op.method === 'get' ? 'GET' : 'POST', url, headers }
  if (token) request.cookies = { [cookieName]: token }
  if (given.address) request.remoteAddress = given.address
  if (op.upload) {
    const form = multipart((body ?? {}) as Record<string, unknown>, file ?? { name: 'empty', content: '' })
    headers['content-type'] = form.type
    request.payload = form.bytes
  } else if (body !== undefined) {
    headers['content-type'] = 'application/json'
    request.payload = JSON.stringify(body)
  }
  const response = await app.inject(request)
  const set = response.cookies.find((each) => each.name === cookieName)
  return {
    status: response.statusCode,
    text: response.body,
    told: response.body.replaceAll(
      /"request_id":"[0-9a-f]+"|\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\.\d{3}Z/g,
      '',
    ),
    bytes: response.rawPayload,
    headers: response.headers,
    cookie: set?.value ?? null,
  }
}

/** As the browser builds it: parameters into the path, the rest into the query, lists as repeated keys. */
function addressOf(op: Operation, input: Record<string, unknown>): string {
  const rest = new Map(Object.entries(input))
  const path = op.path.replace(/:(\w+)/g, (_whole, name: string) => {
    const value = rest.get(name)
    rest.delete(name)
    return encodeURIComponent(asText(value))
  })
  const query = new URLSearchParams()
  for (const [name, value] of rest)
    for (const each of Array.isArray(value) ? (value as unknown[]) : [value])
      if (each !== undefined && each !== null && each !== '') query.append(name, asText(each))
  const tail = query.toString()
  return `/api${path}${tail ? `?${tail}` : ''}`
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function multipart(fields: Record<string, unknown>, file: { name: string; content: Uint8Array | string }) {
  const edge = `----nuanyang${randomBytes(12).toString('hex')}`
  const parts: Buffer[] = []
  for (const [name, value] of Object.entries(fields))
    if (value !== undefined && value !== null)
      parts.push(
        Buffer.from(`--${edge}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n`),
        Buffer.from(asText(value)),
        Buffer.from('\r\n'),
      )
  parts.push(
    Buffer.from(
      `--${edge}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: application/octet-stream\r\n\r\n`,
    ),
    Buffer.from(file.content),
    Buffer.from(`\r\n--${edge}--\r\n`),
  )
  return { type: `multipart/form-data; boundary=${edge}`, bytes: Buffer.concat(parts) }
}
