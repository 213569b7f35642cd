// `nuanyang import FILE --unit UNIT --as USERNAME`: the same reading, matching and writing as the pages do, by the same verbs and
// with that person's rights, in this process. While a server runs, its database is used.
import { basename } from 'node:path'
import { problemSentence } from '@nuanyang/contract/problems.ts'
import { rightsHeld, roles } from '@nuanyang/contract/roles.ts'
import { rosterUnitKinds } from '@nuanyang/contract/imports.ts'
import { readRoster } from '@nuanyang/domain/rosters/read.ts'
import type { ImportReport } from '@nuanyang/domain/rosters/report.ts'
import type { UnitKind } from '@nuanyang/contract/units.ts'
import { readConfig, secretKey } from '../kernel/config.ts'
import type { Ctx, House } from '../kernel/ctx.ts'
import { openDatabase } from '../kernel/database.ts'
import { openPool } from '../kernel/db.ts'
import type { JobRun } from '../kernel/jobs.ts'
import { makeLog } from '../kernel/log.ts'
import { isMigrated } from '../kernel/migrate.ts'
import { Refusal } from '../kernel/problem.ts'
import { makeSecrets } from '../kernel/secrets.ts'
import { Sentence } from '../kernel/sentence.ts'
import { openStore } from '../kernel/store.ts'
import { asSystem, findActor } from '../kernel/tx.ts'
import { findUnitsByName, unitLabel } from '../units/units.ts'
import { applyImport } from './imports.apply.ts'
import { statedBy } from './imports.facts.ts'
import { matchRows, type RowMatch } from './imports.match.ts'
import { actionOf, readImport, rememberedMappings } from './imports.read.ts'
import { confirm, takeIn } from './imports.ts'
import type { ImportArguments } from './command.ts'
import { ReadRefusal } from './refusal.ts'
import { openWorkbook } from './workbook.ts'

/** What a database and a clock have to be, so that tests hand in their own. */
export interface Parts {
  pool: Parameters<typeof asSystem>[0]['pool']
  house: House
  clock: () => Date
}

export interface Imported {
  report: ImportReport
  /** One sentence: what was done. */
  ending: string
  /** 0 written, or nothing to write; 1 questions are open, so nothing was written. */
  code: number
}

export type UnitArguments = ImportArguments & { unit: string }

/** Opens the database that the environment names. @throws Sentence, ReadRefusal */
export async function importIntoUnit(args: UnitArguments): Promise<Imported> {
  const config = readConfig()
  const database = await openDatabase(config, { purpose: 'import', say: (line) => process.stderr.write(`${line}\n`) })
  const log = makeLog(config.logLevel)
  const pool = openPool(database.appUrl, log)
  try {
    if (!(await isMigrated(database.appUrl)))
      throw new Sentence('数据库的结构还不是这个版本的。请先运行 npx nuanyang migrate。')
    const house: House = {
      secrets: makeSecrets(secretKey(config)),
      store: openStore(config.dataDir),
      log,
      dataDir: config.dataDir,
      scanCommand: config.scanCommand,
      publicUrl: () => config.publicUrl ?? `http://${config.host}:${config.port}`,
      secure: config.tls !== null,
    }
    return await importWith({ pool, house, clock: () => new Date() }, args)
  } finally {
    await pool.end()
    await database.close()
  }
}

/** The same over an open database. */
export async function importWith(parts: Parts, args: UnitArguments): Promise<Imported> {
  try {
    const seat = await findSeat(parts, args)
    const as = { tenant: seat.tenant_id, membership_id: seat.membership_id, request_id: 'command' }
    const step: JobRun['step'] = (work) => asSystem(parts, as, work)
    const snapshot: JobRun['step'] = (work) => asSystem(parts, { ...as, snapshot: true }, work)
    const report = await step((ctx) => compare(ctx, args, seat.unit_id))
    if (args.dry_run) return { report, ending: '只对照了档案，什么也没有写入。', code: 0 }
    return await write(
      { house: parts.house, step, snapshot, signal: new AbortController().signal },
      args,
      seat.unit_id,
      report,
    )
  } catch (error) {
    if (error instanceof Refusal) throw new Sentence(problemSentence(error.code, 'zh', error.parts.values))
    throw error
  }
}

interface Seat {
  tenant_id: string
  membership_id: string
  unit_id: string
}

/** The person's membership that reaches the unit and may import; the nearest of several. */
async function findSeat(parts: Parts, args: UnitArguments): Promise<Seat> {
  const username = args.as ?? ''
  const tenants = await asSystem(parts, { tenant: '-' }, (ctx) =>
    ctx.db.rows<{ tenant_id: string; account_id: string }>(
      `select t.tenant_id, a.id as account_id from accounts a join account_tenants t on t.account_id = a.id where lower(a.username) = lower($1) and a.disabled_at is null order by t.tenant_id`,
      [username],
    ),
  )
  if (tenants.length === 0) throw new Sentence(`没有用户名是“${username}”的帐号，或者它已经停用。请核对 --as。`)
  let unitSeen: string | null = null
  for (const { tenant_id, account_id } of tenants) {
    const found = await asSystem(parts, { tenant: tenant_id }, async (ctx) => {
      const unit = await findUnit(ctx, args.unit)
      if (!unit) return null
      unitSeen = unit.name
      const seats = await ctx.db.rows<{ id: string }>(
        `select m.id from memberships m join units u on u.tenant_id = m.tenant_id and u.id = m.unit_id
          where m.tenant_id = $1 and m.account_id = $2 and starts_with($3, u.path) and m.from_on <= $4::date and (m.until_on is null or m.until_on > $4::date)
          order by length(u.path) desc, m.id`,
        [ctx.tenant, account_id, unit.path, ctx.today],
      )
      for (const { id } of seats) {
        const actor = await findActor(ctx.db, ctx.tenant, id, ctx.today)
        if (actor && rightsHeld(actor.role, actor.separate_admins).includes('imports.write'))
          return { tenant_id, membership_id: id, unit_id: unit.id }
      }
      return null
    })
    if (found) return found
  }
  if (unitSeen === null)
    throw new Sentence(`找不到单位“${args.unit}”。可以写编号、区划代码，或名称，如 芦溪镇/小暑村。`)
  const who = Object.values(roles)
    .filter((role) => (role.rights as readonly string[]).includes('imports.write'))
    .map((role) => role.zh)
  throw new Sentence(
    `“${username}”在“${String(unitSeen)}”没有放进花名册的权限。可以请${who.slice(0, 3).join('、')}来做，或请管理员给这个帐号加上身份。`,
  )
}

interface FoundUnit {
  id: string
  name: string
  path: string
}

/** By id, by division code, or by name: the last name of a path, told apart by those before it. @throws Sentence when several fit */
async function findUnit(ctx: Ctx, asked: string): Promise<FoundUnit | null> {
  const exact = await ctx.db.maybe<FoundUnit>(
    `select id, name, path from units where tenant_id = $1 and closed_on is null and (id::text = lower($2) or division_code = $2)`,
    [ctx.tenant, asked.trim()],
  )
  if (exact) return exact
  const names = asked.split(/[/›>＞、\s]+/).filter(Boolean)
  const last = names.at(-1)
  if (!last) return null
  const found = [
    ...(await findUnitsByName(ctx, rosterUnitKinds as readonly UnitKind[], [last])),
    ...(await classesCalled(ctx, last)),
  ]
  const above = await namesAbove(
    ctx,
    found.map(({ id }) => id),
  )
  const fitting = found.filter(({ id }) =>
    names.slice(0, -1).every((name) => (above.get(id) ?? []).some((each) => each.includes(name))),
  )
  if (fitting.length > 1)
    throw new Sentence(
      `有 ${fitting.length} 个“${asked}”：${fitting.map(({ id, name }) => [...(above.get(id) ?? []), name].join('/')).join('、')}。请写全，如 ${[...(above.get(fitting[0]!.id) ?? []), fitting[0]!.name].slice(-2).join('/')}。`,
    )
  return fitting[0] ?? null
}

/** Classes have no name of their own: 三年级2班 is what one is called today. */
async function classesCalled(ctx: Ctx, name: string): Promise<FoundUnit[]> {
  const plain = (text: string) => text.replace(/[（）()\s]/g, '')
  const rows = await ctx.db.rows<FoundUnit & Parameters<typeof unitLabel>[0]>(
    `select id, name, path, kind, stage, entry_year, class_number from units where tenant_id = $1 and kind = 'class' and closed_on is null`,
    [ctx.tenant],
  )
  return rows.filter((row) => plain(unitLabel(row, ctx.today)) === plain(name))
}

async function namesAbove(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await ctx.db.rows<{ id: string; names: string[] }>(
    `select u.id, array_agg(w.name order by w.depth) as names from units u join units w on w.tenant_id = $1 and starts_with(u.path, w.path) and w.id <> u.id
      where u.tenant_id = $1 and u.id = any($2::uuid[]) group by u.id`,
    [ctx.tenant, ids],
  )
  return new Map(rows.map((row) => [row.id, row.names]))
}

const chunkSize = 2000

/** The report with what each row would do to the files this person sees. Writes nothing. */
async function compare(ctx: Ctx, args: UnitArguments, unit_id: string): Promise<ImportReport> {
  const workbook = await openWorkbook(args.file)
  const report = readRoster(workbook, {
    today: ctx.today,
    accept_proposals: args.accept_questions,
    mapping: await rememberedMappings(ctx, unit_id),
    ...(args.as_of === null ? {} : { as_of: args.as_of }),
  })
  if (report.rows.length === 0 && report.sheets.every((sheet) => sheet.tables.length === 0))
    throw new ReadRefusal('no_roster')
  const matches: (RowMatch | null)[] = report.rows.map(() => null)
  const { kind } = await ctx.db.one<{ kind: string }>('select kind from units where tenant_id = $1 and id = $2', [
    ctx.tenant,
    unit_id,
  ])
  const taken = report.rows.flatMap((row, position) => (row.action === 'reject' ? [] : [position]))
  for (let from = 0; from < taken.length; from += chunkSize) {
    const part = taken.slice(from, from + chunkSize)
    const found = await matchRows(
      ctx,
      part.map((at) => statedBy(report.rows[at]!.child, { as_of: report.as_of, today: ctx.today })),
      kind,
    )
    part.forEach((at, n) => (matches[at] = found[n]!))
  }
  const totals = { ...report.totals, create: 0, update: 0, unchanged: 0, duplicate: 0, reject: 0 }
  const rows = report.rows.map((row, at) => ({ ...row, action: actionOf(row, matches[at]!) }))
  for (const { action } of rows) totals[action]++
  return { ...report, rows, totals }
}

/** An import like one of the pages: it is in the list, and can be looked at and taken back there. */
async function write(run: JobRun, args: UnitArguments, unit_id: string, report: ImportReport): Promise<Imported> {
  const open = report.questions.filter((question) => question.answer === undefined)
  if (open.length > 0 && !args.accept_questions)
    return {
      report,
      ending: `还有 ${open.length} 个问题没有回答，什么也没有写入。加 --accept-questions 取建议的答案，或在网页里放进这份表，一个一个答。`,
      code: 1,
    }
  const { id, earlier } = await run.step((ctx) => takeIn(ctx, unit_id, { path: args.file, name: basename(args.file) }))
  const state = await run.step((ctx) => prepare(ctx, id, args, report))
  if (state === 'applied' || state === 'applying')
    return { report, ending: '这份表以前已经导入过，没有再写一遍。', code: 0 }
  await readImport(run, { id })
  if (report.totals.create + report.totals.update === 0)
    return { report, ending: '没有要写进档案的内容：都没有变化，或都不导入。', code: 0 }
  await run.step((ctx) => confirm(ctx, id))
  await applyImport(run, { id })
  const { state: now, failure } = await run.step((ctx) =>
    ctx.db.one<{ state: string; failure: string | null }>(
      `select state, failure from imports where tenant_id = $1 and id = $2`,
      [ctx.tenant, id],
    ),
  )
  if (now !== 'applied') throw new Sentence(failure ?? '没有写进去。请再试一次。')
  const { create, update } = report.totals
  return {
    report,
    ending: `${earlier ? '接着上次放进来的做完了。' : ''}写好了：新建 ${create} 份档案，更新 ${update} 份。要反悔，在网页“放进花名册”里撤回。`,
    code: 0,
  }
}

/** Says beforehand what a person would have answered; proposals that say nothing are put aside. */
async function prepare(ctx: Ctx, id: string, args: UnitArguments, report: ImportReport): Promise<string> {
  const answers = Object.fromEntries(report.questions.map((question) => [question.id, question.answer ?? null]))
  const row = await ctx.db.one<{ state: string }>(
    `update imports set answers = case when state in ('applied', 'applying') then answers else answers || $3::jsonb end,
            as_of = case when state in ('applied', 'applying') then as_of else coalesce($4, as_of) end,
            state = case when state in ('applied', 'applying') then state else 'uploaded' end
      where tenant_id = $1 and id = $2 returning state`,
    [ctx.tenant, id, JSON.stringify(answers), args.as_of],
  )
  return row.state
}
