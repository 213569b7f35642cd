// Printing records: what the reader sees of them, opened for a purpose and remembered of each child. See contract/src/records.papers.ts.
import type { PrintedColumn, PrintedValue } from '@nuanyang/contract/documents.printed.ts'
import type { FileAnswer, Input } from '@nuanyang/contract/kernel.ts'
import { ledgers, papers, type LedgerCode } from '@nuanyang/contract/records.papers.ts'
import type { recordOps, RecordRow } from '@nuanyang/contract/records.ts'
import { fieldWords, specOf, yuan } from '@nuanyang/contract/records.fields.ts'
import { isOwnKey, withOwn, type OwnField } from '@nuanyang/contract/records.own.ts'
import type { KindSpec } from '@nuanyang/contract/kinds/kind.ts'
import type { Kind } from '@nuanyang/domain/values/kinds.ts'
import { sql } from 'kysely'
import { visibleChildren } from '../children/children.access.ts'
import { seenFiles } from '../children/children.file.ts'
import { ownFieldsOf } from '../custom_fields/custom_fields.ts'
import { signaturesOf, type Signature } from '../files/signatures.ts'
import { formDocx, formPdf, type FormDocument, type FormPage } from '../documents/form.ts'
import { sheetStream } from '../documents/xlsx.ts'
import { shanghaiMinute } from '../kernel/clock.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'
import { cardPage, childNames, factsLine } from './cards/card.ts'
import { attendancePage, bagPages, receiptPage, seriesPage } from './cards/lists.ts'
import { reportForm } from './cards/report_form.ts'
import { slipPage } from './cards/slip.ts'
import { recordJson, seenRecords, type RecordFilter } from './records.list.ts'
import { childrenSeen } from './records.write.ts'

const limits = { card: 200, series: 2000, ledger: 20_000 }

/** Records whose content the actor sees, the oldest first; their children are remembered as opened. @throws no_records, too_many_records */
async function chosen(
  ctx: Ctx,
  which: { record_ids?: readonly string[] | undefined; filter?: RecordFilter | undefined },
  limit: number,
  operation: string,
  purpose: string,
): Promise<RecordRow[]> {
  const only = which.record_ids ? sql`and r.id = any(${which.record_ids}::uuid[])` : sql``
  const filter: RecordFilter = which.record_ids ? { state: 'all' } : (which.filter ?? {})
  const [row] = await ctx.db.run(sql<{ records: RecordRow[] }>`
    with v as materialized (${visibleChildren(ctx)}), seen as materialized (${seenRecords(ctx, filter, only)}),
    r as (select r.*, seen.state from seen join records r on r.tenant_id = ${ctx.tenant} and r.id = seen.id
           where seen.state = 2 and not r.draft order by r.happened_on, r.id limit ${limit + 1})
    select coalesce(json_agg(${recordJson(ctx)} order by r.happened_on, r.id), '[]') as records from r`)
  const records = row!.records
  if (records.length === 0) throw problem('no_records')
  if (records.length > limit) throw problem('too_many_records', { values: { limit } })
  const children = new Set(records.flatMap((record) => record.children.map((child) => child.id)))
  await ctx.opened([...children], operation, purpose)
  await ctx.audit(operation, which.record_ids?.length === 1 ? which.record_ids[0]! : null, { purpose })
  return records
}

export async function print(ctx: Ctx, { body }: Input<typeof recordOps.print>): Promise<FileAnswer> {
  const limit = body.paper === 'series' ? limits.series : limits.card
  const records = await chosen(ctx, body, limit, 'records.print', body.purpose)
  const pages = pagesOf(ctx, body.paper, records, {
    kinds: await ownKinds(ctx, records),
    signed: ['card', 'receipt'].includes(body.paper) ? await signaturesOf(ctx, records.map((one) => one.id)) : new Map(), // prettier-ignore
  })
  if (pages.length === 0) throw problem('no_records')
  const document: FormDocument = {
    pages,
    landscape: body.paper === 'series' || body.paper === 'receipt',
    foot: `${ctx.actor.account_name} ${ctx.today} 打印，用于${body.purpose}`,
  }
  const pdf = body.format === 'pdf'
  const names = new Set(records.flatMap((record) => record.children.map((child) => child.name)))
  const who = names.size === 1 ? [...names][0]! : ctx.actor.unit_name
  return {
    file_name: `${who}${records.length === 1 ? pages[0]!.title : papers[body.paper].zh} ${ctx.today}.${body.format}`,
    media: pdf ? 'application/pdf' : 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    content: await (pdf ? formPdf : formDocx)(document),
  }
}

interface With {
  kinds: OwnKinds
  signed: ReadonlyMap<string, readonly Signature[]>
}

/** Each record's kind with the county's own fields. */
async function ownKinds(ctx: Ctx, records: readonly RecordRow[]): Promise<OwnKinds> {
  const own = await ownFieldsOf(ctx, records.map((record) => record.kind)) // prettier-ignore
  return { own, of: (record) => withOwn(specOf(record.kind), own.get(record.kind) ?? [], record.fields) }
}
interface OwnKinds {
  own: ReadonlyMap<Kind, readonly OwnField[]>
  of: (record: RecordRow) => KindSpec
}

function pagesOf(
  ctx: Ctx,
  paper: keyof typeof papers,
  records: readonly RecordRow[],
  { kinds, signed }: With,
): FormPage[] {
  const names = [...new Set(records.flatMap((record) => record.children.map((child) => child.name)))]
  const codes = [...new Set(records.map((record) => record.kind))]
  switch (paper) {
    case 'card':
      return records.map((record) => cardPage(record, kinds.of(record), signed.get(record.id) ?? []))
    case 'series': {
      const what = codes.length === 1 ? specOf(codes[0]!).title.zh : '服务记录'
      return [
        seriesPage(records, kinds.of, `${names.length === 1 ? names[0]! : ''}${what}`, ctx.actor.unit_name, ctx.today),
      ]
    }
    case 'slip':
      return records.filter((record) => record.kind === 'visit').map(slipPage)
    case 'receipt':
      return records
        .filter((record) => record.items.length > 0)
        .map((record) => receiptPage(record, ctx.today, signed.get(record.id) ?? []))
    case 'attendance':
      return records.filter((record) => record.kind === 'meeting').map(attendancePage)
    case 'bag':
      return bagPages(records, ctx.actor.unit_name)
  }
}

export async function ledger(ctx: Ctx, { body }: Input<typeof recordOps.ledger>): Promise<FileAnswer> {
  const spec = ledgers[body.ledger]
  const filter: RecordFilter = { ...body.filter, ...(spec.kinds.length ? { kind: [...spec.kinds] } : {}) }
  const all = await chosen(ctx, { filter }, limits.ledger, 'records.ledger', body.purpose)
  const records = body.ledger === 'requests' ? all.filter((one) => ['request', 'answer'].includes(code(one, 'found'))) : all // prettier-ignore
  if (records.length === 0) throw problem('no_records')
  const columns = columnsOf(body.ledger, await ownKinds(ctx, records))
  const title = `${ctx.actor.unit_name}${spec.zh}`
  const rows = records.map((record, n): PrintedValue[] => [n + 1, ...columns.map((one) => one.value(record))])
  const sums = sumsOf(columns, rows)
  return {
    file_name: `${title}${ctx.today}.xlsx`,
    media: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    content: sheetStream({
      title,
      unit: ctx.actor.unit_name,
      as_of: ctx.today,
      issued_by: ctx.actor.account_name,
      issued_at: shanghaiMinute(ctx.now),
      purpose: body.purpose,
      columns: [{ header: '序号', width: 6, kind: 'number' }, ...columns.map((one) => one.column)],
      rows: [...rows, ...(sums ? [sums] : [])],
      signature_lines: ['填表人', '审核人'],
      notes: [],
      sums: sums ? 1 : 0,
      beside: [],
      paper: 'a4',
      pages_across: 1,
      frozen_columns: 2,
    }),
  }
}

/** 合计 under what can be added up; none where nothing can. */
function sumsOf(columns: readonly LedgerColumn[], rows: readonly PrintedValue[][]): PrintedValue[] | null {
  const summed = (one: LedgerColumn) => one.column.kind === 'number' && one.summed !== false
  if (!columns.some(summed)) return null
  const total = (at: number) =>
    Math.round(rows.reduce((sum, row) => sum + (typeof row[at] === 'number' ? row[at] : 0), 0) * 100) / 100
  return [null, ...columns.map((one, at) => (at === 0 ? '合计' : summed(one) ? total(at + 1) : null))]
}

interface LedgerColumn {
  column: PrintedColumn
  /** Left out: numbers are added up under the ledger. */
  summed?: false
  value: (record: RecordRow) => PrintedValue
}
const code = (record: RecordRow, name: string): string => {
  const value = record.fields[name]
  return typeof value === 'string' ? value : ''
}
const text = (header: string, width: number, value: (record: RecordRow) => string | null, wrap = false): LedgerColumn => ({ column: { header, width, kind: 'text', wrap }, value }) // prettier-ignore
/** A field by its code, under its own name, for every kind that has it. */
const fieldColumn = (header: string, width: number, ...codes: string[]): LedgerColumn => ({
  column: { header, width, kind: 'text', wrap: true },
  value: (record) =>
    specOf(record.kind)
      .fields.filter((field) => codes.includes(field.code))
      .map((field) => fieldWords(field, record.fields[field.code]))
      .filter(Boolean)
      .join('；'),
})
const numberColumn = (header: string, name: string): LedgerColumn => ({
  column: { header, width: 10, kind: 'number' },
  value: (record) => (typeof record.fields[name] === 'number' ? record.fields[name] : null),
})

/** The county's own fields of the ledger's kinds, a column each; one of the same name in two kinds shares it. Not added up: a number may be anything. */
function ownColumns({ own, of }: OwnKinds): LedgerColumn[] {
  const names = [...new Set([...own.values()].flat().map((field) => field.name))]
  return names.map((name): LedgerColumn => {
    const numeric = [...own.values()].flat().filter((field) => field.name === name).every((field) => field.type === 'number') // prettier-ignore
    const field = (record: RecordRow) => of(record).fields.find((each) => isOwnKey(each.code) && each.zh === name)
    return {
      column: { header: name, width: 14, kind: numeric ? 'number' : 'text', wrap: true },
      summed: false,
      value(record) {
        const found = field(record)
        const value = found && record.fields[found.code]
        return numeric && typeof value === 'number' ? value : found ? fieldWords(found, value) : ''
      },
    }
  })
}

/** Each ledger asks first what people look for in it, then what the county asks; who wrote it stands at the end. */
function columnsOf(ledger: LedgerCode, kinds: OwnKinds): LedgerColumn[] {
  const columns = firstColumnsOf(ledger, kinds)
  return ledger === 'all' ? columns : columns.toSpliced(-1, 0, ...ownColumns(kinds))
}

function firstColumnsOf(ledger: LedgerCode, kinds: OwnKinds): LedgerColumn[] {
  const day: LedgerColumn = { column: { header: '日期', width: 12, kind: 'date' }, value: (one) => one.happened_on }
  const kind = text('种类', 14, (one) => specOf(one.kind).title.zh)
  const who = text('儿童', 18, childNames, true)
  const place = text('地点', 12, (one) => one.place)
  const words = text('内容', 44, (one) => one.text, true)
  const by = text('记录人', 10, (one) => one.done_by)
  const crowd = [fieldColumn('主题', 20, 'theme', 'film'), fieldColumn('主讲、负责', 12, 'lecturer', 'leader', 'keeper'), numberColumn('到场人次', 'heads_all'), numberColumn('留守儿童', 'heads_left_behind')] // prettier-ignore
  const goods = text('物品', 30, (one) => one.items.map((item) => `${item.name}${item.quantity === null ? '' : ` ${item.quantity}${item.measure_word ?? ''}`}`).join('；'), true) // prettier-ignore
  const money: LedgerColumn = {
    column: { header: '金额（元）', width: 12, kind: 'number' },
    value: (one) => one.items.length ? one.items.reduce((sum, item) => sum + (item.amount_fen ?? 0), 0) / 100 : null,
  } // prettier-ignore
  switch (ledger) {
    case 'visits':
      return [day, who, fieldColumn('见到了谁', 12, 'met', 'found'), fieldColumn('来做什么', 12, 'purpose'), words, fieldColumn('下一步', 24, 'next_step'), by] // prettier-ignore
    case 'talks':
      return [day, who, fieldColumn('方式', 8, 'way'), fieldColumn('类型', 8, 'type'), words, fieldColumn('约定', 24, 'next_step'), by] // prettier-ignore
    case 'calls':
      return [day, text('起止', 12, (one) => [one.from_time, one.to_time].filter(Boolean).join('—')), who, fieldColumn('和谁', 10, 'party'), fieldColumn('方式', 8, 'way'), fieldColumn('通了吗', 8, 'reached'), numberColumn('分钟', 'minutes'), fieldColumn('情绪', 8, 'mood'), text('备注', 24, (one) => one.text, true), by] // prettier-ignore
    case 'activities':
      return [day, kind, ...crowd, place, words, who, by]
    case 'aid':
      return [day, who, fieldColumn('为了', 10, 'occasion'), goods, money, fieldColumn('来源', 16, 'source'), fieldColumn('领取人', 10, 'received_by'), fieldColumn('经办人', 10, 'handled_by'), by] // prettier-ignore
    case 'welfare':
      return [day, who, fieldColumn('哪一项', 14, 'policy'), fieldColumn('办到哪一步', 12, 'state'), fieldColumn('哪里办', 14, 'office'), fieldColumn('每月金额', 12, 'monthly_fen'), text('说明', 30, (one) => one.text, true), by] // prettier-ignore
    case 'meetings':
      return [day, fieldColumn('什么会', 10, 'type'), fieldColumn('主题', 18, 'theme'), fieldColumn('主持人', 10, 'host'), numberColumn('应到', 'invited'), numberColumn('实到', 'attended'), words, fieldColumn('定下的事', 30, 'resolutions'), by] // prettier-ignore
    case 'publicity':
      return [day, fieldColumn('形式', 10, 'form'), numberColumn('份数', 'copies'), numberColumn('户数', 'households'), words, place, by] // prettier-ignore
    case 'guidance':
      return [day, who, fieldColumn('这是', 12, 'form'), fieldColumn('谁发给谁', 10, 'direction'), fieldColumn('怎么送到', 10, 'channel'), words, by] // prettier-ignore
    case 'learning':
      return [day, who, kind, fieldColumn('科目、各科', 24, 'subjects', 'marks'), fieldColumn('和上次比', 12, 'trend'), words, by] // prettier-ignore
    case 'health':
      return [day, who, fieldColumn('哪一种', 8, 'event'), fieldColumn('怎么处理', 12, 'treated'), words, { column: { header: '告诉监护人', width: 12, kind: 'date' }, value: (one) => code(one, 'guardian_told_on') || null }, by] // prettier-ignore
    case 'requests':
      return [day, who, fieldColumn('想要什么', 12, 'request_about'), words, fieldColumn('谁负责', 10, 'owner'), fieldColumn('办得怎么样', 12, 'state'), fieldColumn('答复', 30, 'answer'), by] // prettier-ignore
    case 'all':
      return [day, kind, who, place, words, text('其他', 40, (one) => [factsLine(one, kinds.of(one)), one.items.length ? yuan(one.items.reduce((sum, item) => sum + (item.amount_fen ?? 0), 0)) : ''].filter(Boolean).join('；'), true), by] // prettier-ignore
  }
}

export async function report_form(ctx: Ctx, { body }: Input<typeof recordOps.report_form>): Promise<FileAnswer> {
  const seen = await childrenSeen(ctx, body.child_ids)
  const unseen = body.child_ids.filter((id) => !seen.has(id))
  if (unseen.length) throw problem('record_child_unseen', { values: { count: unseen.length } })
  const files = await seenFiles(ctx, body.child_ids, false)
  await ctx.opened(body.child_ids, 'records.report_form')
  await ctx.audit('records.report_form', null, { child_id: body.child_ids.length === 1 ? body.child_ids[0]! : null })
  const content = await formPdf(
    reportForm({
      children: files.map((file) => ({
        name: file.name,
        sex: file.sex,
        age: file.age,
        school: file.school_name,
        residence: file.address,
        carer: file.carer?.name ?? null,
      })),
      situations: body.situations,
      happened_on: body.happened_on,
      place: body.place ?? null,
      text: body.text ?? null,
      unit: ctx.actor.unit_name,
      reporter: ctx.actor.account_name,
      printed_at: ctx.today,
    }),
  )
  return { file_name: `强制报告表 ${ctx.today}.pdf`, media: 'application/pdf', content }
}
