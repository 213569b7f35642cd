// Custom fields 自设栏目: their definitions. The values are the child's own (children.custom.ts).
import type { CustomField, CustomValue, customFieldOps } from '@nuanyang/contract/custom_fields.ts'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'

const columns = `f.id, f.code, f.name, f.type, f.options, f.field_group, f.from_on, f.until_on, f.version,
  (select count(*)::int from children c where c.tenant_id = f.tenant_id and c.custom ? f.code) as used`

export async function list(
  ctx: Ctx,
  _input: Input<typeof customFieldOps.list>,
): Promise<Answer<typeof customFieldOps.list>> {
  return {
    items: await ctx.db.rows<CustomField>(
      `select ${columns} from custom_fields f where f.tenant_id = $1 and f.entity = 'children' order by f.until_on is not null, f.position, f.name`,
      [ctx.tenant],
    ),
  }
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
  await refuseName(ctx, body.name, null)
  const { n } = await ctx.db.one<{ n: number }>(
    `select count(*)::int + 1 as n from custom_fields where tenant_id = $1 and entity = 'children'`,
    [ctx.tenant],
  )
  await ctx.db.count(
    `insert into custom_fields (tenant_id, id, entity, code, name, type, options, field_group, position, from_on, created_at, created_by)
     values ($1, $2, 'children', $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [ctx.tenant, body.id, `field_${n}`, body.name, body.type, JSON.stringify(body.options), body.field_group, n, ctx.today, ctx.now, ctx.actor.account_id], // prettier-ignore
  )
  await ctx.audit('custom_fields.add', body.id)
  return get(ctx, { id: body.id })
}

/** A new name or other words to choose from; what stands in files stays as it was written. */
export async function change(ctx: Ctx, { id, body }: Input<typeof customFieldOps.change>): Promise<CustomField> {
  const field = await get(ctx, { id })
  if (field.version !== body.version) throw problem('stale', { current: field })
  if (body.options) checkOptions(field.type, body.options)
  if (body.name) await refuseName(ctx, body.name, id)
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

async function refuseName(ctx: Ctx, name: string, but: string | null): Promise<void> {
  const taken = await ctx.db.maybe(
    `select id from custom_fields where tenant_id = $1 and entity = 'children' and name = $2 and id is distinct from $3::uuid`,
    [ctx.tenant, name, but],
  )
  if (taken) throw problem('custom_name_taken', { values: { name } })
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
