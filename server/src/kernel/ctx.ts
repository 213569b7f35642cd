import type { Role } from '@nuanyang/contract/roles.ts'
import type { Db } from './db.ts'
import type { Log } from './log.ts'
import type { Secrets } from './secrets.ts'
import type { Store } from './store.ts'
import { shanghaiDay } from './clock.ts'
import { newId } from './ids.ts'

/** The person behind a request, in the membership they act under. */
export interface Actor {
  readonly account_id: string
  readonly account_name: string
  readonly membership_id: string
  readonly role: Role
  readonly unit_id: string
  readonly unit_name: string
  readonly unit_kind: string
  readonly unit_path: string
  readonly adult_id: string | null
  /** 三员分立: the administrator holds neither the security officer's nor the auditor's rights. */
  readonly separate_admins: boolean
}

/** The session of whoever is signed in; `actor` is null while no membership is active. */
export interface Session {
  readonly session_id: string
  readonly account_id: string
  readonly account_name: string
  readonly username: string
  readonly language: 'zh' | 'en'
  readonly must_change_password: boolean
  readonly totp_ok: boolean
  readonly totp_on: boolean
  readonly shared_computer: boolean
  readonly seen_at: string
  readonly idle_minutes: number
}

export interface AuditFacts {
  child_id?: string | null
  purpose?: string | null
  import_id?: string | null
}

/** What the house gives to every verb, whichever request or job it runs in. */
export interface House {
  readonly secrets: Secrets
  readonly store: Store
  readonly log: Log
  /** Absolute folder of everything that is not in the database. */
  readonly dataDir: string
  readonly publicUrl: () => string
  /** The virus scanner of the office, see scan.ts; null: none. */
  readonly scanCommand: string | null
  /** Which way the server is reached: decides cookies and what 手机使用 offers. */
  readonly secure: boolean
}

/** Everything a verb needs. One transaction lives exactly as long as its ctx. */
export interface Ctx extends House {
  readonly db: Db
  /** '-' before sign-in. */
  readonly tenant: string
  readonly session: Session | null
  readonly now: Date
  /** YYYY-MM-DD in Asia/Shanghai. */
  readonly today: string
  readonly request_id: string
  /** Where the request came from; '' in jobs. */
  readonly address: string
  readonly device: string
  /** The signed-in person; throws a fault when an operation forgot to ask for a right. */
  readonly actor: Actor
  readonly maybeActor: Actor | null
  /** Audit row in the same transaction. Names and values never go in. */
  audit(operation: string, subject_id?: string | null, facts?: AuditFacts): Promise<void>
  /** Remembers that a child's file was opened: one row per person, child and ten minutes. */
  opened(child_ids: readonly string[], operation: string, purpose?: string | null): Promise<void>
  /** A job in the same transaction: it exists if and only if the data does. Ids only. */
  later(task: string, payload: Record<string, string>, key?: string): Promise<void>
  /** Runs after commit, before the answer leaves: cookies, waking a worker. Never anything that may be lost. */
  afterCommit(act: () => void): void
  /** Set-Cookie of the answer. */
  cookie(token: string | null, seconds?: number): void
}

interface CtxParts {
  house: House
  db: Db
  tenant: string
  session: Session | null
  actor: Actor | null
  now: Date
  request_id: string
  address?: string
  device?: string
  cookie?: (token: string | null, seconds?: number) => void
  afterCommit?: (act: () => void) => void
}

export function makeCtx(parts: CtxParts): Ctx {
  const { db, now, actor } = parts
  // Named one by one: `house` may itself be a ctx, and spreading one would read its `actor`.
  const { secrets, store, log, dataDir, publicUrl, scanCommand, secure } = parts.house
  const insertAudit = `insert into audit (tenant_id, id, at, account_id, membership_id, operation, subject_id, child_id, purpose, request_id, import_id)`
  return {
    secrets,
    store,
    log,
    dataDir,
    publicUrl,
    scanCommand,
    secure,
    db,
    tenant: parts.tenant,
    session: parts.session,
    now,
    today: shanghaiDay(now),
    request_id: parts.request_id,
    address: parts.address ?? '',
    device: parts.device ?? '',
    maybeActor: actor,
    get actor() {
      if (!actor) throw new Error('no actor: the operation must ask for a right')
      return actor
    },
    async audit(operation, subject_id = null, facts = {}) {
      await db.count(`${insertAudit} values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`, [
        parts.tenant,
        newId(),
        now,
        parts.session?.account_id ?? actor?.account_id ?? null,
        actor?.membership_id ?? null,
        operation,
        subject_id,
        facts.child_id ?? null,
        facts.purpose ?? null,
        parts.request_id,
        facts.import_id ?? null,
      ])
    },
    async opened(child_ids, operation, purpose = null) {
      if (!actor || child_ids.length === 0) return
      await db.count(
        `${insertAudit}
         select $1, a.id, $3, $4, $5, $6, a.child_id, a.child_id, $7, $8, null
           from unnest($2::uuid[], $9::uuid[]) as a(id, child_id)
          where not exists (select from audit e where e.tenant_id = $1 and e.child_id = a.child_id and e.account_id = $4
                              and e.operation = $6 and e.purpose is not distinct from $7 and e.at > $3::timestamptz - interval '10 minutes')`,
        [
          parts.tenant,
          child_ids.map(() => newId()),
          now,
          actor.account_id,
          actor.membership_id,
          operation,
          purpose,
          parts.request_id,
          child_ids,
        ],
      )
    },
    async later(task, payload, key) {
      const told = { tenant_id: parts.tenant, membership_id: actor?.membership_id ?? '', ...payload }
      await db.rows('select app_later($1, $2::json, $3)', [task, JSON.stringify(told), key ?? null])
    },
    afterCommit: parts.afterCommit ?? ((act) => act()),
    cookie: parts.cookie ?? (() => undefined),
  }
}

/** The same request, from now on as somebody else or inside another tenant: signing in, switching, the first set-up. */
export function ctxAs(ctx: Ctx, who: { tenant: string; session: Session | null; actor: Actor | null }): Ctx {
  return makeCtx({
    house: ctx,
    db: ctx.db,
    ...who,
    now: ctx.now,
    request_id: ctx.request_id,
    address: ctx.address,
    device: ctx.device,
    cookie: (token, seconds) => ctx.cookie(token, seconds),
    afterCommit: (act) => ctx.afterCommit(act),
  })
}
