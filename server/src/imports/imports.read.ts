// Reading a roster: a job. The sheet as typed and what was understood of it go into import_rows; nothing touches a file.
import { isFieldPath } from '@nuanyang/contract/children.fields.ts'
import type { ImportReport, ImportedRow } from '@nuanyang/domain/rosters/report.ts'
import { columnLetters, type Row, type Workbook } from '@nuanyang/domain/rosters/workbook.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { newId } from '../kernel/ids.ts'
import type { JobRun } from '../kernel/jobs.ts'
import { statedBy } from './imports.facts.ts'
import { matchRows, type RowMatch } from './imports.match.ts'
import { ReadRefusal } from './refusal.ts'

interface Waiting {
  id: string
  file_name: string
  file_sha256: string
  unit_id: string
  kind: string
  state: string
  as_of: string | null
  answers: Record<string, string>
  mapping: Record<string, Record<string, string | null>>
  version: number
}

const unforeseen = '读这份表时出了没有料到的问题，什么也没有写入。请再放一次；还不行，请把这份表交给管理员看看。'

/** Reads (or reads again) one import. Runs twice without harm: the rows are replaced in the transaction that makes them ready. */
export async function readImport(run: JobRun, { id }: Record<string, string>): Promise<void> {
  const waiting = await run.step((ctx) =>
    ctx.db.maybe<Waiting>(
      `update imports set state = 'reading', progress = 0 where tenant_id = $1 and id = $2 and state in ('uploaded', 'reading')
       returning id, file_name, file_sha256, unit_id, state, as_of, answers, mapping, version,
                 (select u.kind from units u where u.tenant_id = $1 and u.id = unit_id) as kind`,
      [ctx.tenant, id],
    ),
  )
  if (!waiting) return
  try {
    await run.step((ctx) => read(ctx, waiting, run))
  } catch (error) {
    // What nobody foresaw ends in a sentence too: tried again for ever, it would be a bar that never moves.
    if (!(error instanceof ReadRefusal)) run.house.log.error({ err: error, import_id: waiting.id }, 'roster not read')
    const failure = error instanceof ReadRefusal ? error.message : unforeseen
    await run.step((ctx) =>
      ctx.db.count(`update imports set state = 'failed', failure = $3 where tenant_id = $1 and id = $2`, [
        ctx.tenant,
        waiting.id,
        failure,
      ]),
    )
  }
}

async function read(ctx: Ctx, waiting: Waiting, run: JobRun): Promise<void> {
  // The readers come with the first roster: a server that reads none does not carry them.
  const { openWorkbook } = await import('./workbook.ts')
  const { readRoster } = await import('@nuanyang/domain/rosters/read.ts')
  const workbook = await openWorkbook(ctx.store.path(ctx.tenant, waiting.file_sha256), waiting.file_name)
  const remembered = await rememberedMappings(ctx, waiting.unit_id)
  const mapping = { ...remembered, ...mergeBySignature(remembered, waiting.mapping) }
  const report = readRoster(workbook, {
    today: ctx.today,
    answers: waiting.answers,
    mapping,
    ...(waiting.as_of ? { as_of: waiting.as_of } : {}),
  })
  const matches = await matchReport(ctx, report, run, waiting)
  // Should the step have been begun a second time, one writes after the other.
  await ctx.db.rows(`select id from imports where tenant_id = $1 and id = $2 for update`, [ctx.tenant, waiting.id])
  await ctx.db.count(`delete from import_rows where tenant_id = $1 and import_id = $2`, [ctx.tenant, waiting.id])
  await storeRows(ctx, waiting.id, workbook, report, matches)
  const totals = countActions(report, matches)
  const { rows: _rows, skipped: _skipped, ...head } = report
  const kept = {
    ...head,
    totals,
    sheets: report.sheets.map((s) => ({
      ...s,
      rows: workbook.sheets.find((w) => w.name === s.name)?.rows.length ?? 0,
    })),
  }
  // A second answer given meanwhile has put the import back to `uploaded`; then this reading is already out of date.
  await ctx.db.count(
    `update imports set state = 'ready', format = $3, report = $4, totals = $5, as_of = coalesce(as_of, $6), progress = $7, version = version + 1
      where tenant_id = $1 and id = $2 and state = 'reading'`,
    [
      ctx.tenant,
      waiting.id,
      report.file.format,
      JSON.stringify(kept),
      JSON.stringify(totals),
      report.as_of,
      report.rows.length,
    ],
  )
}

const chunkSize = 2000

async function matchReport(
  ctx: Ctx,
  report: ImportReport,
  run: JobRun,
  { id, kind }: Waiting,
): Promise<(RowMatch | null)[]> {
  const out: (RowMatch | null)[] = report.rows.map(() => null)
  // What is known of the length is told before the slow part, so that the bar has an end.
  await run.step((other) =>
    other.db.count(
      `update imports set report = coalesce(report, '{}') || jsonb_build_object('rows_total', $3::int) where tenant_id = $1 and id = $2`,
      [other.tenant, id, report.rows.length],
    ),
  )
  const taken = report.rows.flatMap((row, position) => (row.action === 'reject' ? [] : [position]))
  for (let from = 0; from < taken.length; from += chunkSize) {
    const positions = taken.slice(from, from + chunkSize)
    const facts = positions.map((p) => statedBy(report.rows[p]!.child, { as_of: report.as_of, today: ctx.today }))
    const matches = await matchRows(ctx, facts, kind)
    positions.forEach((p, n) => (out[p] = matches[n]!))
    if (taken.length > chunkSize)
      await run.step((other) =>
        other.db.count(`update imports set progress = $3 where tenant_id = $1 and id = $2`, [
          other.tenant,
          id,
          from + positions.length,
        ]),
      )
  }
  return out
}

/** The row's own action (rejected, repeated in the file) is stronger than what the files say. */
export function actionOf(row: ImportedRow, match: RowMatch | null): ImportedRow['action'] {
  return row.action === 'reject' || row.action === 'duplicate' || !match ? row.action : match.action
}

function countActions(report: ImportReport, matches: readonly (RowMatch | null)[]) {
  const totals = { ...report.totals, create: 0, update: 0, unchanged: 0, duplicate: 0, reject: 0 }
  report.rows.forEach((row, position) => totals[actionOf(row, matches[position]!)]++)
  return totals
}

/** One line of the sheet: a child of the report, or what was left out and why. */
interface StoredLine {
  sheet: string
  row: number
  position: number | null
  skipped: string | null
}

/** Every line as typed and as understood, in the order of the file. Built piece by piece: a county's roster is held in memory once. */
async function storeRows(
  ctx: Ctx,
  id: string,
  workbook: Workbook,
  report: ImportReport,
  matches: readonly (RowMatch | null)[],
): Promise<void> {
  const typed = new Map<string, Row>()
  for (const sheet of workbook.sheets) for (const row of sheet.rows) typed.set(`${sheet.name}\n${row.number}`, row)
  const told = new Set(report.rows.map((row) => `${row.sheet}\n${row.row}`))
  const lines: StoredLine[] = report.rows.map(({ sheet, row }, position) => ({ sheet, row, position, skipped: null }))
  for (const { sheet, row, reason } of report.skipped)
    if (!told.has(`${sheet}\n${row}`)) lines.push({ sheet, row, position: null, skipped: reason })
  const order = new Map(workbook.sheets.map((sheet, n) => [sheet.name, n]))
  lines.sort((a, b) => (order.get(a.sheet) ?? 0) - (order.get(b.sheet) ?? 0) || a.row - b.row)
  for (let from = 0; from < lines.length; from += chunkSize) {
    const part = lines.slice(from, from + chunkSize).map((line, n) => ({
      id: newId(ctx.now.getTime()),
      position: from + n,
      sheet: line.sheet,
      row: line.row,
      raw: cellsOf(typed.get(`${line.sheet}\n${line.row}`)),
      ...(line.position === null
        ? { action: null, parsed: { skipped: line.skipped }, issues: [], child_id: null, differences: null }
        : understood(report.rows[line.position]!, matches[line.position]!)),
    }))
    await ctx.db.count(
      `insert into import_rows (tenant_id, id, import_id, sheet, row, position, raw, parsed, issues, action, child_id, differences)
       select $1, x.id, $2, x.sheet, x."row", x.position, x.raw, x.parsed, x.issues, x.action, x.child_id, x.differences
         from jsonb_to_recordset($3::jsonb) as x(id uuid, sheet text, "row" int, position int, raw jsonb, parsed jsonb, issues jsonb, action text, child_id uuid, differences jsonb)`,
      [ctx.tenant, id, JSON.stringify(part)],
    )
  }
}

function understood(row: ImportedRow, match: RowMatch | null) {
  return {
    action: actionOf(row, match),
    parsed: row.child,
    issues: row.issues.filter((i) => i.field === null || !isFieldPath(i.field) || i.raw !== undefined),
    child_id: match?.child_id ?? null,
    differences:
      match && match.differences.length + (match.why ? 1 : 0) > 0
        ? { why: match.why, fields: match.differences }
        : null,
  }
}

function cellsOf(row: Row | undefined): Record<string, string> {
  return row
    ? Object.fromEntries([...row.cells].map(([column, cell]) => [columnLetters(column), cell.text.slice(0, 500)]))
    : {}
}

type Mappings = Record<string, Record<string, string | null>>

/** What people said about heads of this unit before, by signature and column. */
export async function rememberedMappings(ctx: Ctx, unitId: string): Promise<Mappings> {
  const rows = await ctx.db.rows<{ signature: string; mapping: Record<string, string | null> }>(
    `select signature, mapping from import_mappings where tenant_id = $1 and unit_id = $2`,
    [ctx.tenant, unitId],
  )
  return Object.fromEntries(rows.map((row) => [row.signature, row.mapping]))
}

function mergeBySignature(remembered: Mappings, stated: Mappings): Mappings {
  return Object.fromEntries(
    Object.entries(stated).map(([signature, columns]) => [signature, { ...remembered[signature], ...columns }]),
  )
}
