// Custom fields 自设栏目: their definitions. The values are the child's own (children.custom.ts).
import type { CustomField, CustomValue, customFieldOps } from '@nuanyang/contract/custom_fields.ts'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import { specOf } from '@nuanyang/contract/records.fields.ts'
import type { OwnField } from '@nuanyang/contract/records.own.ts'
import type { Kind } from '@nuanyang/domain/values/kinds.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { invalid, problem } from '../kernel/problem.ts'

const entityOf = (kind: Kind | null) => (kind === null ? 'children' : `records:${kind}`)

const columns = `f.id, nullif(regexp_replace(f.entity, '^(children|records:)', ''), '') as kind, f.code, f.name, f.type, f.options, f.field_group, f.from_on, f.until_on, f.version,
  case when f.entity = 'children' then (select count(*)::int from children c where c.tenant_id = f.tenant_id and c.custom ? f.code)
    else (select count(*)::int from records r where r.tenant_id = f.tenant_id and r.kind = substr(f.entity, 9) and r.amends_id is null
            and r.fields::text like '%"custom.%' and r.fields ? ('custom.' || f.code)) end as used`

export async function list(
  ctx: Ctx,
  { of }: Input<typeof customFieldOps.list>,
): Promise<Answer<typeof customFieldOps.list>> {
  return {
    items: await ctx.db.rows<CustomField>(
      `select ${columns} from custom_fields f where f.tenant_id = $1 and ($2::text is null or f.entity = $2)
        order by f.entity <> 'children', f.entity, f.until_on is not null, f.position, f.name`,
      [ctx.tenant, of === 'all' ? null : entityOf(of ?? null)],
    ),
  }
}

/** The county's fields on these kinds of records, by kind, the ended ones too. */
export async function ownFieldsOf(ctx: Ctx, kinds: readonly Kind[]): Promise<Map<Kind, OwnField[]>> {
  const rows = await ctx.db.rows<OwnField & { kind: Kind }>(
    `select substr(entity, 9) as kind, code, name, type, options, until_on from custom_fields where tenant_id = $1 and entity = any($2::text[]) order by position, name`,
    [ctx.tenant, [...new Set(kinds)].map(entityOf)],
  )
  return Map.groupBy(rows, (row) => row.kind)
}

export async function get(ctx: Ctx, { id }: { id: string }): Promise<CustomField> {
  const row = await ctx.db.maybe<CustomField>(`select ${columns} from custom_fields f where f.tenant_id = $1 and f.id = $2`, [ctx.tenant, id]) // prettier-ignore
  if (!row) throw problem('not_found')
  return row
}

/** Fields of children that are in use, for forms, rosters and sheets. */
export async function fieldsInUse(
  ctx: Ctx,
): Promise<Pick<CustomField, 'code' | 'name' | 'type' | 'options' | 'field_group'>[]> {
  // prettier-ignore
  return ctx.db.rows(
    `select code, name, type, options, field_group from custom_fields where tenant_id = $1 and entity = 'children' and from_on <= $2 and (until_on is null or until_on > $2) order by position, name`,
    [ctx.tenant, ctx.today],
  )
}

export async function add(ctx: Ctx, { body }: Input<typeof customFieldOps.add>): Promise<CustomField> {
  checkOptions(body.type, body.options)
  const kind = body.kind ?? null
  const field_group = kind ? specOf(kind).group : body.field_group
  if (!field_group) throw invalid({ path: 'field_group', zh: '这一项要填。', en: 'Please fill this in.' })
  await refuseName(ctx, body.name, kind, null)
  const { n } = await ctx.db.one<{ n: number }>(
    `select count(*)::int + 1 as n from custom_fields where tenant_id = $1 and entity = $2`,
    [ctx.tenant, entityOf(kind)],
  )
  await ctx.db.count(
    `insert into custom_fields (tenant_id, id, entity, code, name, type, options, field_group, position, from_on, created_at, created_by)
     values ($1, $2, $12, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [ctx.tenant, body.id, `field_${n}`, body.name, body.type, JSON.stringify(body.options), field_group, n, ctx.today, ctx.now, ctx.actor.account_id, entityOf(kind)], // prettier-ignore
  )
  await ctx.audit('custom_fields.add', body.id)
  return get(ctx, { id: body.id })
}

/** A new name or other words to choose from; what stands in files stays as it was written. */
export async function change(ctx: Ctx, { id, body }: Input<typeof customFieldOps.change>): Promise<CustomField> {
  const field = await get(ctx, { id })
  if (field.version !== body.version) throw problem('stale', { current: field })
  if (body.options) checkOptions(field.type, body.options)
  if (body.name) await refuseName(ctx, body.name, field.kind, id)
  await ctx.db.count(
    `update custom_fields set name = coalesce($3, name), options = coalesce($4::jsonb, options), until_on = case when $5::boolean then $6::date when $5::boolean = false then null else until_on end, version = version + 1
      where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, body.name ?? null, body.options ? JSON.stringify(body.options) : null, body.ends ?? null, ctx.today], // prettier-ignore
  )
  await ctx.audit('custom_fields.change', id)
  return get(ctx, { id })
}

function checkOptions(type: CustomField['type'], options: readonly string[]): void {
  const chooses = type === 'choice' || type === 'choices'
  if (chooses !== options.length > 0 || options.length === 1 || new Set(options).size !== options.length)
    throw problem('custom_options')
}

/** One name for one thing: no other field of the county's there, and none that the kind has already. */
async function refuseName(ctx: Ctx, name: string, kind: Kind | null, but: string | null): Promise<void> {
  const taken = await ctx.db.maybe(
    `select id from custom_fields where tenant_id = $1 and entity = $4 and name = $2 and id is distinct from $3::uuid`,
    [ctx.tenant, name, but, entityOf(kind)],
  )
  const built = kind !== null && specOf(kind).fields.some((field) => field.zh === name)
  if (taken || built) throw problem('custom_name_taken', { values: { name } })
}

/** Why a value does not fit its field; null when it does. */
export function misfit(field: Pick<CustomField, 'type' | 'options'>, value: CustomValue): string | null {
  if (value === null) return null
  switch (field.type) {
    case 'number':
      return typeof value === 'number' ? null : '这里要填一个数'
    case 'yes_no':
      return typeof value === 'boolean' ? null : '这里要填是或否'
    case 'day':
      return typeof value === 'string' && /^\d{4}(-\d{2}(-\d{2})?)?$/.test(value) ? null : '这里要填日期'
    case 'choice':
      return typeof value === 'string' && field.options.includes(value) ? null : '请从选项里选一个'
    case 'choices':
      return Array.isArray(value) && value.every((one) => field.options.includes(one)) ? null : '请从选项里选'
    default:
      return typeof value === 'string' ? null : '这里要写字'
  }
}

/** What a cell of a roster says in a field; undefined when it does not fit and stays beside the file as it was. */
export function readCell(field: Pick<CustomField, 'type' | 'options'>, text: string): CustomValue | undefined {
  const words = text.trim()
  if (words === '') return undefined
  const value: CustomValue =
    field.type === 'number'
      ? Number(words)
      : field.type === 'yes_no'
        ? /^(是|有|√|对|1)$/.test(words)
          ? true
          : /^(否|无|没有|×|0)$/.test(words)
            ? false
            : words
        : field.type === 'choices'
          ? words.split(/[、,，;；/\s]+/).filter(Boolean)
          : field.type === 'day'
            ? words
                .replace(/[./年月]/g, '-')
                .replace(/日|-$/g, '')
                .replace(/-(\d)(?!\d)/g, '-0$1')
            : words
  if (typeof value === 'number' && Number.isNaN(value)) return undefined
  return misfit(field, value) === null ? value : undefined
}
