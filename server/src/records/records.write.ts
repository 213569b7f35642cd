// Checking what somebody wrote, and storing it: set-based, so that an import's thousand records pass the same rules as one that is typed.
import type { NewRecord, RecordItem } from '@nuanyang/contract/records.ts'
import {
  accountField,
  fieldFaults,
  settles,
  specOf,
  tidyFields,
  visibilityOf,
} from '@nuanyang/contract/records.fields.ts'
import type { KindSpec } from '@nuanyang/contract/kinds/kind.ts'
import { isOwnKey, withOwn } from '@nuanyang/contract/records.own.ts'
import { groupBit, roles, type Role, type RoleSpec } from '@nuanyang/contract/roles.ts'
import type { Kind } from '@nuanyang/domain/values/kinds.ts'
import { sql } from 'kysely'
import { visibleChildren } from '../children/children.access.ts'
import { ownFieldsOf } from '../custom_fields/custom_fields.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { newId } from '../kernel/ids.ts'
import { invalid, problem } from '../kernel/problem.ts'
import type { Responsible } from './records.responsible.ts'

/** A record on its way in; the last fields are for features that write one as part of their own act. */
export interface RecordToAdd extends NewRecord {
  done_by_adult_id?: string | null
  survey_round_id?: string | null
  household_id?: string | null
  import_id?: string | null
}

export type Written = Pick<
  NewRecord,
  'kind' | 'happened_on' | 'from_time' | 'to_time' | 'place' | 'text' | 'child_ids' | 'remarks' | 'fields' | 'items' | 'visibility' | 'done_by_words' | 'responsible_account_id' | 'draft'
> // prettier-ignore

/** The columns that the content decides. */
export interface Tidied {
  happened_on: string
  happened_from: string | null
  happened_to: string | null
  place: string | null
  text: string | null
  fields: Record<string, unknown>
  visibility: string
  draft: boolean
  counts: boolean
  child_count: number
  done_by_words: string | null
  responsible_account_id: string | null
}

interface ChildSeen {
  id: string
  name: string
  open: number
  exited_on: string | null
}
export type ChildrenSeen = ReadonlyMap<string, ChildSeen>

/** Those of the children that the actor sees; for the house itself, all of them. */
export async function childrenSeen(ctx: Ctx, ids: readonly string[]): Promise<ChildrenSeen> {
  if (ids.length === 0) return new Map()
  const all = sql`select id as child_id, -1 as open from children where tenant_id = ${ctx.tenant}`
  const rows = await ctx.db.run(sql<ChildSeen>`
    select c.id, v.open, c.exited_on, case when v.open & ${sql.lit(groupBit('full_name'))} <> 0 then c.name else c.given_name end as name
      from (${ctx.maybeActor ? visibleChildren(ctx) : all}) as v join children c on c.tenant_id = ${ctx.tenant} and c.id = v.child_id
     where v.child_id = any(${ids}::uuid[])`)
  return new Map(rows.map((row) => [row.id, row]))
}

interface Before {
  /** Children it had before, whose place in it is not asked again. */
  kept?: ReadonlySet<string>
  /** Who is responsible for the matter it belongs to. */
  responsible?: Responsible | null
}

/** The county's own fields on a record of this kind, given the fields of the record as it was. */
export type KindOf = (kind: Kind, stands: Record<string, unknown>) => KindSpec

/** Nothing is asked of the database where none is written. A field that ended after the record was sent is still taken: it waited. */
export async function kindsOf(ctx: Ctx, written: readonly Pick<Written, 'kind' | 'fields'>[]): Promise<KindOf> {
  const asked = written.filter(({ fields }) => Object.keys(fields).some(isOwnKey)).map(({ kind }) => kind)
  const own = asked.length > 0 ? await ownFieldsOf(ctx, asked) : null
  return (kind, stands) =>
    withOwn(specOf(kind), (own?.get(kind) ?? []).map((field) => ({ ...field, until_on: null })), stands) // prettier-ignore
}

/** Everything that can be wrong with one record of this kind. */
export function tidy(
  ctx: Ctx,
  spec: KindSpec,
  written: Written,
  seen: ChildrenSeen,
  { kept = new Set(), responsible = null }: Before = {},
): Tidied {
  const draft = written.draft ?? false
  const fields = tidyFields(spec, written.fields)
  const named = accountField(spec, fields)
  if (named && responsible) fields[named.code] = responsible.name
  const text = written.text?.trim() || null
  const faults = fieldFaults(spec, fields, draft)
  if (spec.text.required && !text && !draft)
    faults.push({ path: 'text', zh: '这一项要填。', en: 'Please fill this in.' })
  if (faults.length) throw invalid(...faults)
  checkDay(ctx, written)
  const visibility = visibilityOf(spec, fields, written.visibility)
  checkChildren(written, spec, seen, kept, draft)
  if (!carriesOut(ctx, responsible, named !== undefined)) checkWriter(ctx, written, spec, visibility, seen)
  return {
    happened_on: written.happened_on,
    happened_from: written.from_time ?? null,
    happened_to: written.to_time ?? null,
    place: written.place?.trim() || null,
    text,
    fields,
    visibility,
    draft,
    counts: !draft && settles(spec, fields),
    child_count: written.child_ids.length,
    done_by_words: written.done_by_words?.trim() || null,
    responsible_account_id: responsible?.id ?? null,
  }
}

function checkDay(ctx: Ctx, { happened_on, from_time, to_time }: Written): void {
  const wrong = (why: string) => problem('record_day', { values: { why } })
  if (happened_on > ctx.today) throw problem('record_in_future', { values: { day: happened_on } })
  if (happened_on < '2000-01-01') throw wrong(`${happened_on}太早了`)
  if (to_time && (!from_time || to_time < from_time)) throw wrong('结束的时间要在开始以后')
}

function checkChildren(
  written: Written,
  spec: KindSpec,
  seen: ChildrenSeen,
  kept: ReadonlySet<string>,
  draft: boolean,
): void {
  const ids = written.child_ids
  const wrong = (why: string) => problem('record_children', { values: { kind: spec.title.zh, why } })
  if (spec.children === 'none' && ids.length) throw wrong('是单位的事，不记在孩子名下')
  if (spec.children === 'needed' && ids.length === 0 && kept.size === 0 && !draft) throw wrong('要选孩子')
  const unseen = ids.filter((id) => !seen.has(id) && !kept.has(id))
  if (unseen.length) throw problem('record_child_unseen', { values: { count: unseen.length } })
  const gone = ids.map((id) => seen.get(id)).find((child) => child?.exited_on && written.happened_on > child.exited_on)
  if (gone) throw problem('record_child_exited', { values: { name: gone.name, day: gone.exited_on! } })
  const among = new Set([...ids, ...kept])
  if (written.items?.some((item) => item.child_id && !among.has(item.child_id)))
    throw wrong('里有一份给了没有选上的孩子')
}

/** The stages of a plan are written by whoever is responsible for it; the plan itself is not. */
const carriesOut = (ctx: Ctx, responsible: Responsible | null, isPlan: boolean) =>
  !isPlan && responsible !== null && responsible.id === ctx.maybeActor?.account_id

/** Psychological material is written by those who may read it; a helper of one or two children writes what a helper does. */
function checkWriter(ctx: Ctx, written: Written, spec: KindSpec, visibility: string, seen: ChildrenSeen): void {
  const actor = ctx.maybeActor
  if (!actor) return
  const refuse = (who: string) => problem('record_not_yours_to_write', { values: { kind: spec.title.zh, who } })
  if (spec.writers === 'staff' && actor.role === 'helper') throw refuse('儿童主任、班主任等工作人员')
  if (spec.writers !== 'counselling' && visibility !== 'psychological') return
  const bit = groupBit('psychological')
  const able =
    roleOpens(actor.role) && written.child_ids.every((id) => !seen.has(id) || (seen.get(id)!.open & bit) !== 0)
  if (!able) throw refuse('心理教师')
}

const roleOpens = (role: Role) =>
  Object.values((roles[role] as RoleSpec).sees).some((cells) => cells?.psychological === 'open')

export interface Row extends Tidied {
  id: string
  kind: string
  subject_unit_id: string
  thread_id: string | null
  task_id: string | null
  pairing_id: string | null
  survey_round_id: string | null
  household_id: string | null
  import_id: string | null
  done_by_adult_id: string | null
}

/** Answers the ids that were new; one that stands already is not written twice. */
export async function insertRecords(ctx: Ctx, rows: readonly Row[]): Promise<string[]> {
  const by = ctx.maybeActor?.account_id ?? null
  const made = await ctx.db.rows<{ id: string }>(
    `insert into records (tenant_id, id, kind, happened_on, happened_from, happened_to, place, text, fields, visibility, draft, counts, child_count, done_by_words, responsible_account_id,
        subject_unit_id, thread_id, task_id, pairing_id, survey_round_id, household_id, import_id, done_by_adult_id, recorded_by, recorded_at, updated_at, updated_by)
     select $1, n.id, n.kind, n.happened_on, n.happened_from, n.happened_to, n.place, n.text, n.fields, n.visibility, n.draft, n.counts, n.child_count, n.done_by_words, n.responsible_account_id,
        n.subject_unit_id, n.thread_id, n.task_id, n.pairing_id, n.survey_round_id, n.household_id, n.import_id, n.done_by_adult_id, $3, $4, $4, $3
       from jsonb_to_recordset($2::jsonb) as n(id uuid, kind text, happened_on date, happened_from time, happened_to time, place text, text text, fields jsonb, visibility text,
        draft boolean, counts boolean, child_count smallint, done_by_words text, responsible_account_id uuid, subject_unit_id uuid, thread_id uuid, task_id uuid, pairing_id uuid, survey_round_id uuid,
        household_id uuid, import_id uuid, done_by_adult_id uuid)
     on conflict do nothing returning id`,
    [ctx.tenant, JSON.stringify(rows), by, ctx.now],
  )
  return made.map((row) => row.id)
}

export interface ChildRow {
  id: string
  record_id: string
  child_id: string
  remark: string | null
}

export const childRows = (record: { id: string; child_ids: readonly string[]; remarks?: Record<string, string> }) =>
  record.child_ids.map((child_id): ChildRow => ({
    id: newId(),
    record_id: record.id,
    child_id,
    remark: record.remarks?.[child_id]?.trim() || null,
  }))

/**
 * Kind, day and whether it counts are copied from the record; the pairing is the one named, else that of the helper who did it. After a
 * record changed, the rows that stay follow it too.
 */
export async function insertChildren(ctx: Ctx, rows: readonly ChildRow[]): Promise<void> {
  if (rows.length === 0) return
  await ctx.db.count(
    `insert into record_children (tenant_id, id, record_id, child_id, kind, happened_on, counts, pairing_id, remark)
     select $1, n.id, r.id, n.child_id, r.kind, r.happened_on, r.counts, coalesce(
         (select p.id from pairings p where p.tenant_id = $1 and p.id = r.pairing_id and p.child_id = n.child_id),
         (select p.id from pairings p join helpers h on h.tenant_id = $1 and h.id = p.helper_id
           where p.tenant_id = $1 and p.child_id = n.child_id and h.adult_id = r.done_by_adult_id
             and p.from_on <= r.happened_on and (p.until_on is null or p.until_on > r.happened_on) order by p.from_on desc, p.id limit 1)), n.remark
       from jsonb_to_recordset($2::jsonb) as n(id uuid, record_id uuid, child_id uuid, remark text)
       join records r on r.tenant_id = $1 and r.id = n.record_id
     on conflict (tenant_id, record_id, child_id) do update set happened_on = excluded.happened_on, counts = excluded.counts, remark = excluded.remark`,
    [ctx.tenant, JSON.stringify(rows)],
  )
  await ctx.db.count(
    `update records r set pairing_id = c.pairing_id from record_children c
      where r.tenant_id = $1 and r.id = any($2::uuid[]) and r.child_count = 1 and r.pairing_id is null and c.tenant_id = $1 and c.record_id = r.id and c.pairing_id is not null`,
    [ctx.tenant, [...new Set(rows.map((row) => row.record_id))]],
  )
}

export async function insertItems(
  ctx: Ctx,
  records: readonly { id: string; items?: readonly RecordItem[] }[],
): Promise<void> {
  const rows = records.flatMap((record) =>
    (record.items ?? []).map((item, position) => ({ ...item, id: newId(), record_id: record.id, position })),
  )
  if (rows.length === 0) return
  await ctx.db.count(
    `insert into record_items (tenant_id, id, record_id, child_id, position, what, name, quantity, measure_word, amount_fen, donor_name, received_on)
     select $1, n.id, n.record_id, n.child_id, n.position, n.what, n.name, n.quantity, n.measure_word, n.amount_fen, n.donor_name, n.received_on
       from jsonb_to_recordset($2::jsonb) as n(id uuid, record_id uuid, child_id uuid, position smallint, what text, name text, quantity numeric, measure_word text,
        amount_fen bigint, donor_name text, received_on date)`,
    [ctx.tenant, JSON.stringify(rows)],
  )
}
