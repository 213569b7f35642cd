// Binds a contract to the functions of the same names: one transaction per operation, who is asking, what they may, the
// body checked, the same command done once, every refusal a declared sentence.
import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type pg from 'pg'
import {
  Type,
  type Answer,
  type FileAnswer,
  type Input,
  type Operation,
  type UploadedFile,
} from '@nuanyang/contract/kernel.ts'
import { rightsHeld, roles, rights, type Right } from '@nuanyang/contract/roles.ts'
import { answerFault, checkBody, checkText, type Check } from './check.ts'
import type { Clock } from './clock.ts'
import { makeCtx, type Actor, type Ctx, type House, type Session } from './ctx.ts'
import { JsonText } from './db.ts'
import { newId } from './ids.ts'
import { KeptRefusal, problem } from './problem.ts'
import { mustStatePurpose } from './purpose.ts'
import { scanFile } from './scan.ts'
import { enterStatement, readEntered, sendCookie } from './session.ts'
import { transact } from './tx.ts'
import { receiveFile } from './upload.ts'

export interface BindParts {
  readonly pool: pg.Pool
  readonly house: House
  readonly clock: Clock
  /** Tests: every answer is compared with its schema, every refusal with the declared codes. */
  readonly strict: boolean
}

type Verbs<Ops> = { [K in keyof Ops]: (ctx: Ctx, input: Input<Ops[K]>) => Promise<Answer<Ops[K]>> }
type AnyVerb = (ctx: Ctx, input: Record<string, unknown>) => Promise<unknown>

/** Does not compile when an operation has no function of its name or the types differ. */
export function bind<Ops extends Record<string, Operation>>(
  app: FastifyInstance,
  parts: BindParts,
  ops: Ops,
  verbs: Verbs<Ops>,
): void {
  for (const [name, op] of Object.entries(ops)) {
    if (op.replay && op.replay !== 'run' && !ops[op.replay])
      throw new Error(`${op.name}: no operation ${op.replay} to replay with`)
    const replay = op.replay && op.replay !== 'run' ? (verbs[op.replay] as unknown as AnyVerb) : null
    bindOne(app, parts, op, verbs[name] as unknown as AnyVerb, replay)
  }
}

function bindOne(app: FastifyInstance, parts: BindParts, op: Operation, verb: AnyVerb, replay: AnyVerb | null): void {
  const checkParams = checkText(paramsSchema(op.path))
  const checkQuery: Check | null = op.query ? checkText(op.query) : null
  const check: Check | null = op.body ? checkBody(op.body) : null
  const fault = parts.strict ? answerFault(op.ok) : null
  const readOnly = op.method === 'get' && !op.logs

  app.route({
    method: op.method === 'get' ? 'GET' : 'POST',
    url: op.path,
    config: { operation: op, ...limitOf(op) },
    async handler(request, reply) {
      if (op.method === 'post' && request.headers['x-nuanyang'] !== '1') throw problem('not_signed_in')
      // A large file must not hold a transaction open: who is asking is settled first, the body comes after. What a verb keeps of it
      // is in the store by then; the arrived file goes whatever became of the request.
      const file = op.upload ? await receive(parts, op, request) : undefined
      const after: (() => void)[] = []
      const begin = enterStatement(request, parts.clock, readOnly)
      const working = transact(parts.pool, begin, async (db, row) => {
        after.length = 0
        const ctx = enter(parts, op, request, reply, db, row, after)
        const params = { ...(request.params as object) }
        checkParams(params)
        const query = { ...(request.query as object) }
        checkQuery?.(query)
        const body = file ? file.fields : request.body
        check?.(body)
        if (op.names) await mustStatePurpose(ctx)
        const input: Record<string, unknown> = { ...query, ...params, body, file: file?.file }
        const told = op.method === 'post' && ctx.session ? await claim(ctx, op, request, input) : null
        if (told?.done) return replay ? replay(ctx, { id: told.result_id }) : null
        const result = await verb(ctx, input)
        if (told) await finish(ctx, told.key, result)
        return result
      })
      const answer = await working.catch(async (error: unknown) => {
        if (file) await rm(file.file.path, { force: true })
        throw error
      })
      if (file) await rm(file.file.path, { force: true })
      for (const act of after) act()
      if (answer instanceof KeptRefusal) throw answer.refusal
      return send(reply, op, answer, fault)
    },
  })
}

/**
 * What strangers may ask, and what costs much to take in, is bounded per address and minute; an office behind one address stays far
 * below. People who are signed in are known, and what they do is in the log.
 */
function limitOf(op: Operation): { rateLimit?: { max: number; timeWindow: number } } {
  const max = op.upload ? 120 : op.may !== 'anyone' ? null : op.method === 'post' ? 120 : 1200
  return max === null ? {} : { rateLimit: { max, timeWindow: 60_000 } }
}

function paramsSchema(path: string) {
  const names = [...path.matchAll(/:(\w+)/g)].map((found) => found[1]!)
  const free = new Set(['code', 'token', 'key'])
  return Type.Object(
    Object.fromEntries(
      names.map((n) => [n, free.has(n) ? Type.String({ maxLength: 200 }) : Type.String({ format: 'uuid' })]),
    ),
  )
}

function enter(
  parts: BindParts,
  op: Operation,
  request: FastifyRequest,
  reply: FastifyReply,
  db: Ctx['db'],
  row: unknown,
  after: (() => void)[],
): Ctx {
  const { session, actor, tenant } = readEntered(row)
  allow(op, session, actor)
  if (session) touch(parts, session.session_id, session.seen_at, after)
  return makeCtx({
    house: parts.house,
    db,
    tenant,
    session,
    actor,
    now: parts.clock(),
    request_id: request.id,
    address: request.ip,
    device: (request.headers['user-agent'] ?? '').slice(0, 200),
    cookie: (token, seconds) =>
      after.push(() => sendCookie(reply, parts.house.secure || request.protocol === 'https', token, seconds)),
    afterCommit: (act) => after.push(act),
  })
}

/** Operations open to somebody who has not yet finished signing in (a second factor, a password to change). */
const whileSigningIn = new Set([
  'accounts.get_session',
  'accounts.sign_out',
  'accounts.verify_totp',
  'accounts.change_own_password',
])

function allow(op: Operation, session: Session | null, actor: Actor | null): void {
  if (op.may === 'anyone') return
  if (!session) throw problem('not_signed_in')
  if (!whileSigningIn.has(op.name) && (!session.totp_ok || session.must_change_password)) throw problem('not_signed_in')
  if (op.may === 'signed_in') return
  if (!actor || !rightsHeld(actor.role, actor.separate_admins).includes(op.may)) throw forbidden(op.may)
}

/** Says which right is missing and who has it: "没有权限" alone would be a defect. */
export function forbidden(right: Right) {
  const who = Object.values(roles)
    .filter((r) => (r.rights as readonly Right[]).includes(right))
    .map((r) => r.zh)
  return problem('forbidden', { values: { right: rights[right].zh, who: who.slice(0, 3).join('、') } })
}

/** The session's last use, at most once a minute, outside the request's own (perhaps read-only) transaction. */
function touch(parts: BindParts, id: string, seenAt: string, after: (() => void)[]): void {
  const now = parts.clock()
  if (now.getTime() - Date.parse(seenAt) < 60_000) return
  after.push(() => {
    parts.pool
      .query('update sessions set seen_at = $2 where id = $1 and seen_at < $2', [id, now])
      .catch((error: unknown) => parts.house.log.warn({ err: error }, 'session not touched'))
  })
}

async function receive(
  parts: BindParts,
  op: Operation,
  request: FastifyRequest,
): Promise<{ file: UploadedFile; fields: unknown }> {
  await transact(parts.pool, enterStatement(request, parts.clock, true), async (_db, row) => {
    const { session, actor } = readEntered(row)
    allow(op, session, actor)
  })
  const arrived = await receiveFile(request, parts.house.dataDir)
  try {
    await scanFile(parts.house.scanCommand, arrived.file.path)
  } catch (error) {
    await rm(arrived.file.path, { force: true })
    throw error
  }
  return arrived
}

interface Told {
  key: string
  done: boolean
  result_id: string | null
}

const keyShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Claims the Idempotency-Key inside the transaction: a twin waits here for the first to end, then reads what it left. */
async function claim(
  ctx: Ctx,
  op: Operation,
  request: FastifyRequest,
  input: Record<string, unknown>,
): Promise<Told | null> {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || !keyShape.test(key) || op.replay === 'run') return null
  const account = ctx.session!.account_id
  const { file: _file, ...plain } = input
  const sha = createHash('sha256').update(JSON.stringify(plain)).digest('base64url')
  const claimed = await ctx.db.count(
    `insert into commands (tenant_id, account_id, key, operation, body_sha256, at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [ctx.tenant, account, key, op.name, sha, ctx.now],
  )
  if (claimed === 1) return { key, done: false, result_id: null }
  const before = await ctx.db.one<{ operation: string; body_sha256: string; result_id: string | null }>(
    `select operation, body_sha256, result_id from commands where account_id = $1 and key = $2`,
    [account, key],
  )
  if (before.operation !== op.name || before.body_sha256 !== sha) throw problem('key_reused')
  return { key, done: true, result_id: before.result_id }
}

async function finish(ctx: Ctx, key: string, result: unknown): Promise<void> {
  if (result instanceof KeptRefusal) {
    // Refused is not done: the same key may be sent again with the right password.
    await ctx.db.count('delete from commands where account_id = $1 and key = $2', [ctx.session!.account_id, key])
    return
  }
  const id = createdId(result)
  await ctx.db.count(`update commands set status = 'done', result_id = $3 where account_id = $1 and key = $2`, [
    ctx.session!.account_id,
    key,
    id,
  ])
}

/** How long a command is remembered: nobody's outbox waits longer. */
const commandDays = 180

export async function sweepCommands(ctx: Ctx): Promise<void> {
  await ctx.db.count(`delete from commands where at < $1::timestamptz - make_interval(days => $2)`, [
    ctx.now,
    commandDays,
  ])
}

/** `id` of the answer: what a replay is read again by. In a text built by PostgreSQL it is the first key. */
function createdId(result: unknown): string | null {
  if (result instanceof JsonText) return /^\s*\{\s*"id"\s*:\s*"([0-9a-f-]{36})"/.exec(result.text)?.[1] ?? null
  return typeof result === 'object' && result !== null && 'id' in result && typeof result.id === 'string'
    ? result.id
    : null
}

function send(reply: FastifyReply, op: Operation, answer: unknown, fault: ((value: unknown) => string | null) | null) {
  // What was shown to somebody who has signed out since must not come back from the browser's own store.
  void reply.header('cache-control', 'no-store')
  if (isFile(op)) {
    const file = answer as FileAnswer
    void reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.file_name)}`)
    void reply.type(file.media)
    return reply.send(file.content instanceof Uint8Array ? Buffer.from(file.content) : file.content)
  }
  const wrong = fault?.(JSON.parse(answer instanceof JsonText ? answer.text : JSON.stringify(answer ?? null)))
  if (wrong) throw new Error(`${op.name} answered something else than its contract: ${wrong}`)
  void reply.type('application/json; charset=utf-8')
  return reply.send(answer instanceof JsonText ? answer.text : JSON.stringify(answer ?? null))
}

function isFile(op: Operation): boolean {
  return 'contentMediaType' in op.ok
}

export function requestId(): string {
  return newId().slice(9, 23).replaceAll('-', '')
}
