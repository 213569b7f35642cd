// The only file that lists features. It holds no logic: what a feature does is in server/src/<feature>.
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import multipart from '@fastify/multipart'
import fixedFiles from '@fastify/static'
import fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { auditOps } from '@nuanyang/contract/audit.ts'
import * as audit from './audit/audit.ts'
import { accountOps } from '@nuanyang/contract/accounts.ts'
import type { Operation } from '@nuanyang/contract/kernel.ts'
import { teamOps, unitOps } from '@nuanyang/contract/units.ts'
import { calendarOps } from '@nuanyang/contract/calendar.ts'
import * as calendar from './calendar/calendar.ts'
import { childOps } from '@nuanyang/contract/children.ts'
import { settingOps } from '@nuanyang/contract/settings.ts'
import * as accounts from './accounts/accounts.ts'
import { accountClock, accountJobs } from './accounts/accounts.jobs.ts'
import { consentOps } from '@nuanyang/contract/consents.ts'
import * as consents from './consents/consents.ts'
import { evaluationOps } from '@nuanyang/contract/evaluations.ts'
import * as evaluations from './children/evaluations.ts'
import { definitionOps } from '@nuanyang/contract/definitions.ts'
import * as definitions from './definitions/definitions.ts'
import { duplicateOps } from '@nuanyang/contract/duplicates.ts'
import * as duplicates from './duplicates/duplicates.ts'
import { followSteps } from './duplicates/duplicates.follow.ts'
import { followEvaluations, followLinks } from './children/children.merged.ts'
import { followItems, followRecords } from './records/records.follow.ts'
import { followPairings } from './pairings/pairings.follow.ts'
import { followConsents } from './consents/consents.follow.ts'
import { familyOps } from '@nuanyang/contract/families.ts'
import * as familyLists from './families/families.lists.ts'
import { choose_place, places } from './families/families.places.ts'
import { focusOps } from '@nuanyang/contract/focus.ts'
import * as focus from './focus/focus.ts'
import { followFocus } from './focus/focus.follow.ts'
import { customFieldOps } from '@nuanyang/contract/custom_fields.ts'
import * as custom_fields from './custom_fields/custom_fields.ts'
import { savedFilterOps } from '@nuanyang/contract/saved_filters.ts'
import * as saved_filters from './saved_filters/saved_filters.ts'
import { demoOps } from '@nuanyang/contract/demo.ts'
import * as demo from './demo/demo.ts'
import { fileOps } from '@nuanyang/contract/files.ts'
import * as files from './files/files.ts'
import { importOps } from '@nuanyang/contract/imports.ts'
import * as imports from './imports/imports.ts'
import { surveyOps } from '@nuanyang/contract/surveys.ts'
import * as surveys from './surveys/surveys.ts'
import { todayOps } from '@nuanyang/contract/today.ts'
import * as today from './today/today.ts'
import { todayClock, todayJobs } from './today/today.jobs.ts'
import { noticeOps } from '@nuanyang/contract/notices.ts'
import * as notices from './notices/notices.ts'
import { noticeClock, noticeJobs } from './notices/notices.jobs.ts'
import { pairingOps } from '@nuanyang/contract/pairings.ts'
import * as pairings from './pairings/pairings.ts'
import { helperOps } from '@nuanyang/contract/pairings.register.ts'
import { passPairings } from './pairings/pairings.hand_over.ts'
import { planOps } from '@nuanyang/contract/plans.ts'
import * as plans from './plans/plans.ts'
import { matchOps } from '@nuanyang/contract/pairings.matching.ts'
import * as matching from './pairings/pairings.matching.ts'
import { pairingPaperOps } from '@nuanyang/contract/pairings.papers.ts'
import * as pairingPapers from './pairings/pairings.papers.ts'
import { boardOps } from '@nuanyang/contract/pairings.boards.ts'
import * as boards from './pairings/pairings.boards.ts'
import * as register from './pairings/pairings.register.ts'
import { dueOps } from '@nuanyang/contract/plans.due.ts'
import * as dues from './plans/plans.due.ts'
import { monthClock, monthJobs } from './plans/plans.months.jobs.ts'
import { completion, progress } from './plans/plans.progress.ts'
import { rate_children, rates } from './plans/plans.rates.ts'
import { recordOps } from '@nuanyang/contract/records.ts'
import * as records from './records/records.ts'
import { documentOps } from '@nuanyang/contract/documents.ts'
import * as documents from './documents/documents.ts'
import * as children from './children/children.ts'
import { change_many } from './children/children.many.ts'
import { bind, requestId, type BindParts } from './kernel/bind.ts'
import * as settings from './settings/settings.ts'
import { presetOps } from '@nuanyang/contract/settings.presets.ts'
import * as presets from './settings/settings.presets.ts'
import { openPhoneDoor } from './settings/settings.phone_door.ts'
import { projectFolder } from './kernel/config.ts'
import type { ClockLine, Jobs } from './kernel/jobs.ts'
import { answerProblems } from './kernel/problems.ts'
import { uploadLimitBytes } from './kernel/upload.ts'
import * as teams from './units/teams.ts'
import * as units from './units/units.ts'

/** What waits in the queue, by task name. */
export const jobs: Jobs = {
  ...accountJobs,
  ...imports.importJobs,
  ...documents.documentJobs,
  ...noticeJobs,
  ...todayJobs,
  ...monthJobs,
}

/** What the clock starts in every county. */
export const clockLines: readonly ClockLine[] = [...accountClock, ...noticeClock, ...todayClock, ...monthClock]

/** What goes to the successor when somebody leaves, besides the memberships. */
accounts.handOverSteps.push(passPairings)

/** What goes with a child into the file it is merged into. Pairings before records: records of a pairing name it. */
for (const [name, step] of Object.entries({
  child_units: followLinks,
  pairings: followPairings,
  record_children: followRecords,
  record_items: followItems,
  consents: followConsents,
  focus: followFocus,
  evaluations: followEvaluations,
}))
  // prettier-ignore
  followSteps.set(name, step)

/** Every feature's operations and the functions behind them. */
function bindFeatures(api: FastifyInstance, parts: BindParts): void {
  bind(api, parts, accountOps, accounts)
  bind(api, parts, auditOps, audit)
  bind(api, parts, settingOps, settings)
  bind(api, parts, presetOps, presets)
  bind(api, parts, calendarOps, calendar)
  bind(api, parts, childOps, { ...children, change_many })
  bind(api, parts, consentOps, consents)
  bind(api, parts, definitionOps, definitions)
  bind(api, parts, duplicateOps, duplicates)
  bind(api, parts, focusOps, focus)
  bind(api, parts, familyOps, { ...familyLists, choose_place, places })
  bind(api, parts, customFieldOps, custom_fields)
  bind(api, parts, savedFilterOps, saved_filters)
  bind(api, parts, demoOps, demo)
  bind(api, parts, evaluationOps, evaluations)
  bind(api, parts, fileOps, files)
  bind(api, parts, importOps, imports)
  bind(api, parts, noticeOps, notices)
  bind(api, parts, pairingOps, pairings)
  bind(api, parts, planOps, plans)
  bind(api, parts, helperOps, register)
  bind(api, parts, dueOps, { ...dues, completion, progress, rates, rate_children })
  bind(api, parts, boardOps, boards)
  bind(api, parts, matchOps, matching)
  bind(api, parts, pairingPaperOps, pairingPapers)
  bind(api, parts, recordOps, records)
  bind(api, parts, documentOps, documents)
  bind(api, parts, surveyOps, surveys)
  bind(api, parts, todayOps, today)
  bind(api, parts, unitOps, units)
  bind(api, parts, teamOps, teams)
}

/** Phones of the office network, while 手机使用 says so. */
export const openDoors = openPhoneDoor

export interface AppParts extends BindParts {
  readonly trustProxy: boolean | number | string[]
  /** PEM texts; null: plain http. */
  readonly tls: { cert: string; key: string } | null
  /** false when the migrations of this build are not applied yet, or the database is away. */
  readonly ready: () => Promise<boolean>
}

export async function buildApp(parts: AppParts): Promise<FastifyInstance> {
  const { log } = parts.house
  const options: FastifyServerOptions = {
    logger: false,
    trustProxy: trusted(parts.trustProxy),
    genReqId: requestId,
    bodyLimit: 1024 * 1024,
  }
  // The types of http and https servers differ; nothing here depends on which it is.
  const app = parts.tls
    ? (fastify({ ...options, https: parts.tls } as never) as unknown as FastifyInstance)
    : fastify(options)
  answerProblems(app, log, parts.strict)
  await app.register(helmet, { ...pageRules(parts.house.secure) })
  await app.register(cookie)
  await app.register(rateLimit, { global: false })
  await app.register(multipart, { limits: { fileSize: uploadLimitBytes, files: 1, fields: 20, fieldSize: 64 * 1024 } })
  await app.register(compress, { threshold: 1400, encodings: ['br', 'gzip'] })
  app.addHook('onResponse', async (request, reply) => {
    const operation: Operation | undefined = request.routeOptions.config.operation
    log.info(
      {
        operation: operation?.name ?? 'page',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        request_id: request.id,
      },
      'answered',
    )
  })
  app.get('/healthz', () => ({ ok: true }))
  app.get('/readyz', async (_request, reply) =>
    (await parts.ready()) ? { ready: true } : reply.status(503).send({ ready: false }),
  )
  await app.register(async (api) => bindFeatures(api, parts), { prefix: '/api' })
  await servePages(app)
  return app
}

/** A number means that many proxies in front. */
function trusted(proxy: AppParts['trustProxy']) {
  return typeof proxy === 'number' ? (_address: string, hop: number) => hop < proxy : proxy
}

/** No foreign host may be asked for anything; without TLS nothing may force it, or an office network could not sign in. */
function pageRules(secure: boolean) {
  return {
    contentSecurityPolicy: {
      directives: {
        'default-src': ["'self'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'style-src': ["'self'", "'unsafe-inline'"],
        'upgrade-insecure-requests': secure ? [] : null,
      },
    },
    strictTransportSecurity: secure ? { maxAge: 31_536_000 } : false,
    crossOriginOpenerPolicy: secure ? { policy: 'same-origin' as const } : false,
    originAgentCluster: secure,
  }
}

async function servePages(app: FastifyInstance): Promise<void> {
  const root = join(projectFolder, 'web', 'dist')
  if (!existsSync(root)) return
  await app.register(fixedFiles, { root, wildcard: false, immutable: true, maxAge: '365d', index: false })
  // Every address without a dot belongs to the browser's own router; the page itself is never cached.
  app.get('/*', (request, reply) =>
    /\.\w+$|^\/api\//.test(request.url.split('?')[0]!)
      ? reply.callNotFound()
      : reply.header('cache-control', 'no-store').sendFile('index.html', root, { maxAge: 0, immutable: false }),
  )
}
