// Documents 材料: made by a job, kept with the data as of issue, had again in any format. See contract/src/documents.ts.
import { documentCan, type documentOps, type IssuedDocument, type NewDocument } from '@nuanyang/contract/documents.ts'
import {
  documentKinds,
  offersKind,
  type DocumentFormat,
  type DocumentKind,
  type DocumentKindSpec,
} from '@nuanyang/contract/documents.kinds.ts'
import type { Answer, FileAnswer, Input } from '@nuanyang/contract/kernel.ts'
import { roleCodes, roles } from '@nuanyang/contract/roles.ts'
import { sql } from 'kysely'
import type { Ctx } from '../kernel/ctx.ts'
import { passed } from '../kernel/db.ts'
import type { Jobs } from '../kernel/jobs.ts'
import { problem } from '../kernel/problem.ts'
import { visibleDocuments } from './documents.access.ts'
import { countScope, scopeOf } from './documents.scope.ts'
import { checkColumns } from './documents.columns.ts'
import { makeDocument } from './documents.jobs.ts'
import { checkNumbers } from './documents.numbers.ts'

export { preview } from './documents.numbers.ts'

export const documentJobs: Jobs = { 'documents.make': makeDocument }

const media: Record<DocumentFormat, string> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** How many children one document bears: beyond that a page takes longer than anybody waits, or Word does not open it. */
const limits: Record<DocumentKind, Partial<Record<DocumentFormat, number>>> = {
  registration_form: { pdf: 2000, docx: 400 },
  contact_cards: { pdf: 2000, docx: 400 },
  ledger: { pdf: 2000, docx: 2000, xlsx: 20_000 },
  roster: { pdf: 2000, docx: 2000, xlsx: 20_000 },
  enrolment_extract: { pdf: 2000, docx: 2000, xlsx: 20_000 },
  summary: {},
  cross_table: {},
  completeness: {},
}

/** Refuses at once what no waiting would make; the rest is a job's. */
export async function issue(ctx: Ctx, { body }: Input<typeof documentOps.issue>): Promise<IssuedDocument> {
  checkKind(ctx, body.kind, body.format)
  await checkColumns(ctx, body)
  const scope = await scopeOf(ctx, body)
  await checkNumbers(ctx, body, scope)
  const total = await countScope(ctx, scope)
  if (total === 0) throw problem('nobody_chosen')
  const limit = limits[body.kind][body.format] ?? Infinity
  if (total > limit) throw problem('too_many_chosen', { values: { limit, count: total } })
  await ctx.db.count(
    `insert into documents (tenant_id, id, kind, title, unit_id, child_id, request, purpose, as_of, counted_by, for_public, formats, total, state, issued_on, issued_at, issued_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'waiting', $14, $15, $16)`,
    [
      ctx.tenant,
      body.id,
      body.kind,
      body.title ?? documentKinds[body.kind].zh,
      scope.unit.id,
      body.child_ids?.length === 1 ? body.child_ids[0] : null,
      JSON.stringify(body),
      body.purpose,
      body.as_of ?? ctx.today,
      scope.counted_by,
      body.for_public ?? false,
      [body.format],
      total,
      ctx.today,
      ctx.now,
      ctx.actor.account_id,
    ],
  )
  await ctx.audit('documents.issue', body.id, { purpose: body.purpose })
  await ctx.later('documents.make', { id: body.id }, `documents.make:${body.id}`)
  return get(ctx, { id: body.id })
}

function checkKind(ctx: Ctx, kind: DocumentKind, format: DocumentFormat): void {
  const spec: DocumentKindSpec = documentKinds[kind]
  if (!offersKind(ctx.actor.role, kind)) {
    const who = roleCodes
      .filter((role) => offersKind(role, kind) && (roles[role].rights as readonly string[]).includes('children.export'))
      .slice(0, 3)
      .map((role) => roles[role].zh)
    throw problem('kind_not_yours', { values: { kind: spec.zh, who: who.join('、') } })
  }
  checkFormat(spec, format)
}

const formatWords: Record<DocumentFormat, string> = { pdf: 'PDF', docx: 'Word', xlsx: 'Excel' }
function checkFormat(spec: DocumentKindSpec, format: DocumentFormat): void {
  if (spec.formats.includes(format)) return
  const formats = spec.formats.map((each) => formatWords[each]).join('、')
  throw problem('wrong_format', { values: { kind: spec.zh, formats } })
}

/** The row as a page shows it, over `d` and `u`. */
const shown = (
  ctx: Ctx,
) => sql`json_build_object('id', d.id, 'kind', d.kind, 'title', d.title, 'unit_name', u.name, 'purpose', d.purpose, 'as_of', d.as_of,
  'counted_by', d.counted_by, 'definition', d.definition, 'for_public', d.for_public, 'children', greatest(cardinality(d.child_ids), d.total), 'state', d.state,
  'progress', d.progress, 'total', d.total, 'setting_since', d.setting_since, 'expected_ms', d.expected_ms, 'failure', d.failure, 'formats', d.formats,
  'files', (select coalesce(json_object_agg(f.key, (f.value ->> 'bytes')::int), '{}') from jsonb_each(d.files) as f),
  'issued_at', d.issued_at, 'issued_by_name', (select a.name from accounts a where a.id = d.issued_by), 'mine', d.issued_by = ${ctx.actor.account_id}::uuid,
  'withdrawn_at', d.withdrawn_at, 'withdrawn_reason', d.withdrawn_reason)`

export async function list(ctx: Ctx, query: Input<typeof documentOps.list>): Promise<Answer<typeof documentOps.list>> {
  const limit = query.limit ?? 50
  const words = query.q?.trim()
  const [row] = await ctx.db.run(sql<{ page: string }>`
    with found as materialized (
      select d.id, d.issued_at from documents d join units u on u.tenant_id = d.tenant_id and u.id = d.unit_id
       where d.tenant_id = ${ctx.tenant} and d.request <> '{}' and ${visibleDocuments(ctx)}
         ${query.kind ? sql`and d.kind = ${query.kind}` : sql``}
         ${words ? sql`and (position(${words} in d.title) > 0 or position(${words} in d.purpose) > 0)` : sql``}
         ${query.child_id ? sql`and ${query.child_id}::uuid = any(d.child_ids)` : sql``}
         ${query.after ? sql`and (d.issued_at, d.id) < (select b.issued_at, b.id from documents b where b.tenant_id = ${ctx.tenant} and b.id = ${query.after}::uuid)` : sql``}
       order by d.issued_at desc, d.id desc limit ${limit + 1}),
    kept as (select * from found order by issued_at desc, id desc limit ${limit})
    select json_build_object(
      'items', coalesce((select json_agg(${shown(ctx)} order by d.issued_at desc, d.id desc) from kept k join documents d on d.tenant_id = ${ctx.tenant} and d.id = k.id
                          join units u on u.tenant_id = ${ctx.tenant} and u.id = d.unit_id), '[]'),
      'next', case when (select count(*) from found) > ${limit} then (select id from kept order by issued_at, id limit 1) end)::text as page`)
  return passed(row!.page)
}

export async function get(ctx: Ctx, { id }: Input<typeof documentOps.get>): Promise<IssuedDocument> {
  const [row] = await ctx.db.run(sql<{ document: IssuedDocument }>`
    select ${shown(ctx)} as document from documents d join units u on u.tenant_id = d.tenant_id and u.id = d.unit_id
     where d.tenant_id = ${ctx.tenant} and d.id = ${id}::uuid and d.request <> '{}' and ${visibleDocuments(ctx)}`)
  if (!row) throw problem('not_found')
  return row.document
}

/** The document locked, not withdrawn and made. @throws not_found, document_withdrawn, document_not_ready */
async function ready(ctx: Ctx, id: string): Promise<IssuedDocument> {
  await ctx.db.rows(`select from documents where tenant_id = $1 and id = $2 for no key update`, [ctx.tenant, id])
  const document = await get(ctx, { id })
  if (document.withdrawn_at !== null)
    throw problem('document_withdrawn', { values: { reason: document.withdrawn_reason ?? '' } })
  if (!documentCan.download(document)) throw problem('document_not_ready')
  return document
}

export async function make(ctx: Ctx, { id, body }: Input<typeof documentOps.make>): Promise<IssuedDocument> {
  const document = await ready(ctx, id)
  checkFormat(documentKinds[document.kind], body.format)
  if (document.files[body.format] !== undefined) return document
  await ctx.db.count(
    `update documents set state = 'collected', formats = array_append(formats, $3), setting_since = null where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, body.format],
  )
  await ctx.audit('documents.make', id)
  await ctx.later('documents.make', { id }, `documents.make:${id}`)
  return get(ctx, { id })
}

/** Each child in it is remembered as opened, for the purpose. */
export async function download(ctx: Ctx, { id, body }: Input<typeof documentOps.download>): Promise<FileAnswer> {
  const document = await ready(ctx, id)
  const purpose = body.purpose ?? (document.mine ? document.purpose : null)
  if (!purpose) throw problem('purpose_needed')
  const kept = await ctx.db.one<{ file: { sha256: string; name: string } | null; child_ids: string[] }>(
    `select files -> $3::text as file, child_ids from documents where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, body.format],
  )
  if (!kept.file) throw problem('document_not_ready')
  await ctx.opened(kept.child_ids, 'documents.download', purpose)
  await ctx.audit('documents.download', id, { purpose })
  return {
    file_name: kept.file.name,
    media: media[body.format],
    content: ctx.store.read(ctx.tenant, kept.file.sha256),
  }
}

export async function withdraw(ctx: Ctx, { id, body }: Input<typeof documentOps.withdraw>): Promise<IssuedDocument> {
  await ctx.db.rows(`select from documents where tenant_id = $1 and id = $2 for no key update`, [ctx.tenant, id])
  const document = await get(ctx, { id })
  if (document.withdrawn_at !== null)
    throw problem('document_withdrawn', { values: { reason: document.withdrawn_reason ?? '' } })
  if (!documentCan.withdraw(document)) throw problem('document_not_ready')
  await ctx.db.count(
    `update documents set withdrawn_at = $3, withdrawn_by = $4, withdrawn_reason = $5 where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, ctx.now, ctx.actor.account_id, body.reason],
  )
  await ctx.audit('documents.withdraw', id, { purpose: body.reason })
  return get(ctx, { id })
}

export type { NewDocument }
