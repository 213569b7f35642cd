// Making a document: a job in steps, each of which may run twice. First its data is taken in one snapshot and kept; then the pages are
// set outside any transaction; then the file lies in the store and the row says so.
import { documentKinds, type DocumentFormat, type DocumentKind } from '@nuanyang/contract/documents.kinds.ts'
import type { PrintedData } from '@nuanyang/contract/documents.printed.ts'
import type { NewDocument } from '@nuanyang/contract/documents.ts'
import { problemSentence } from '@nuanyang/contract/problems.ts'
import type { Ctx } from '../kernel/ctx.ts'
import type { JobRun } from '../kernel/jobs.ts'
import { Refusal } from '../kernel/problem.ts'
import { collect } from './documents.collect.ts'
import { contactCardDocx, contactCardPdf } from './contact_card.ts'
import { DocumentFailed } from './press.ts'
import { registrationFormDocx, registrationFormPdf } from './registration_form.ts'
import { tableDocx, tablePdf, tableXlsx } from './table.ts'

interface Waiting {
  kind: DocumentKind
  title: string
  state: string
  request: NewDocument
  formats: DocumentFormat[]
  made: DocumentFormat[]
  total: number
}

const unforeseen = '做这份材料时出了没有料到的问题，什么也没有交出去。请再做一次；还不行，请把现在的时间告诉管理员。'

export async function makeDocument(run: JobRun, { id }: Record<string, string>): Promise<void> {
  try {
    const waiting = await run.snapshot((ctx) => takeData(ctx, id!))
    if (!waiting) return
    for (const format of waiting.formats.filter((each) => !waiting.made.includes(each)))
      await setFile(run, id!, waiting, format)
    await run.step((ctx) =>
      ctx.db.count(
        `update documents set state = 'ready', setting_since = null where tenant_id = $1 and id = $2 and state = 'collected'`,
        [ctx.tenant, id],
      ),
    )
  } catch (error) {
    const told = sentenceOf(error)
    // What nobody foresaw ends in a sentence too: tried again for ever, it would be a bar that never moves.
    if (told === unforeseen) run.house.log.error({ err: error, document_id: id }, 'document not made')
    await run.step((ctx) =>
      ctx.db.count(
        `update documents set state = 'failed', failure = $3, setting_since = null where tenant_id = $1 and id = $2 and state in ('waiting', 'collected')`,
        [ctx.tenant, id, told],
      ),
    )
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof Refusal) return problemSentence(error.code, 'zh', error.parts.values)
  return error instanceof DocumentFailed ? error.message : unforeseen
}

/** The data of one moment. Whoever is named in it is remembered as opened for the purpose, in the same transaction. */
async function takeData(ctx: Ctx, id: string): Promise<Waiting | null> {
  const row = await ctx.db.maybe<Waiting>(
    `select kind, title, state, request, formats, total, array(select jsonb_object_keys(files)) as made
       from documents where tenant_id = $1 and id = $2 and state in ('waiting', 'collected') and withdrawn_at is null for update`,
    [ctx.tenant, id],
  )
  if (!row || row.state === 'collected') return row
  const taken = await collect(ctx, row.request)
  const named = taken.child_ids
  await ctx.db.count(
    `update documents set state = 'collected', data = $3, title = $4, child_ids = $5, field_groups = $6, definition = $7, total = $8, progress = $8
      where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, JSON.stringify(taken.data), taken.title, named, taken.field_groups, taken.definition, taken.total],
  )
  await ctx.opened(named, 'documents.issue', row.request.purpose)
  return { ...row, title: taken.title, total: taken.total }
}

async function setFile(run: JobRun, id: string, waiting: Waiting, format: DocumentFormat): Promise<void> {
  const data = await run.step(async (ctx) => {
    const row = await ctx.db.one<{ data: PrintedData }>(
      `update documents set setting_since = $3, expected_ms = $4 where tenant_id = $1 and id = $2 returning data`,
      [ctx.tenant, id, new Date(), expectedMs(waiting, format)],
    )
    return { tenant: ctx.tenant, today: ctx.today, printed: row.data }
  })
  const bytes = await fileOf(data.printed, format)
  const stored = await run.house.store.put(data.tenant, bytes instanceof Uint8Array ? once(bytes) : bytes)
  const name = `${fileName(waiting.title)}${data.today}.${format}`
  await run.step((ctx) =>
    ctx.db.count(
      `update documents set files = files || jsonb_build_object($3::text, $4::jsonb) where tenant_id = $1 and id = $2`,
      [ctx.tenant, id, format, JSON.stringify({ sha256: stored.sha256, bytes: stored.bytes, name })],
    ),
  )
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes)
}

function fileOf(data: PrintedData, format: DocumentFormat): Promise<Uint8Array> | AsyncIterable<Uint8Array> {
  if (data.is === 'table')
    return format === 'xlsx' ? tableXlsx(data.table) : format === 'pdf' ? tablePdf(data.table) : tableDocx(data.table)
  if (data.is === 'forms')
    return (format === 'pdf' ? registrationFormPdf : registrationFormDocx)(data.forms, data.paper)
  return (format === 'pdf' ? contactCardPdf : contactCardDocx)(data.cards, data.layout)
}

/** Milliseconds a child (or a row) takes on two cores, measured; for the bar, nothing else. */
const pace: Record<DocumentFormat, Partial<Record<DocumentKind, number>>> = {
  pdf: { registration_form: 20, contact_cards: 8, ledger: 6, roster: 3, enrolment_extract: 3 },
  docx: { registration_form: 65, contact_cards: 15, ledger: 6, roster: 3, enrolment_extract: 3 },
  xlsx: { ledger: 0.3, roster: 0.2, enrolment_extract: 0.2 },
}
/** Compiler and faces are loaded with the first document. */
const warmUpMs = 1000

function expectedMs({ kind, total }: Waiting, format: DocumentFormat): number {
  return Math.round(warmUpMs + (documentKinds[kind].about === 'children' ? total : 0) * (pace[format][kind] ?? 1))
}

/** What no file system and no mail programme minds. */
function fileName(title: string): string {
  return title.replaceAll(/[\\/:*?"<>|\s]+/g, '').slice(0, 80)
}
