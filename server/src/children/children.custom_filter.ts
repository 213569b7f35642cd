// The county's own fields in the list of children: what a row shows of them, and the predicate of a filter over one. A field whose
// group is not open for a child is neither: what may not be read is not found by trying, and not as 未采集 either.
import type { ChildListQuery } from '@nuanyang/contract/children.ts'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../kernel/ctx.ts'
import { groupOpen } from './children.access.ts'

type Asked = Pick<ChildListQuery, 'custom_value' | 'custom_from' | 'custom_until' | 'custom_unknown'>

/** By code, over a row `v` that has the child's columns and what is open of it. */
export function customShown(ctx: Ctx): RawBuilder<unknown> {
  return sql`(select coalesce(json_object_agg(f.code, v.custom -> f.code), '{}') from custom_fields f
    where f.tenant_id = ${ctx.tenant} and f.entity = 'children' and v.custom ? f.code and ${groupOpen(sql`f.field_group`)})`
}

/** Over `c` (children) and `v` (what the actor sees of it). */
export function customIs(ctx: Ctx, code: string, asked: Asked): RawBuilder<unknown> {
  const value = sql`(c.custom -> f.code)`
  const words = sql`(c.custom ->> f.code)`
  const parts: RawBuilder<unknown>[] = [asked.custom_unknown ? sql`not c.custom ? f.code` : sql`c.custom ? f.code`]
  if (asked.custom_value !== undefined)
    parts.push(sql`case when f.type in ('text', 'long_text') then position(lower(${asked.custom_value}) in lower(${words})) > 0
      else ${words} = ${asked.custom_value} or ${value} @> to_jsonb(${asked.custom_value}::text) end`)
  if (asked.custom_from !== undefined) parts.push(bound(asked.custom_from, '>=', value, words))
  if (asked.custom_until !== undefined) parts.push(bound(asked.custom_until, '<=', value, words))
  return sql`exists (select from custom_fields f where f.tenant_id = ${ctx.tenant} and f.entity = 'children' and f.code = ${code}
    and ${groupOpen(sql`f.field_group`)} and ${sql.join(parts, sql` and `)})`
}

/** A number is compared as one; a day as far as it is known: 2026-05 may be as late as the 20th. */
function bound(
  limit: string,
  is: '>=' | '<=',
  value: RawBuilder<unknown>,
  words: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const by = sql.raw(is)
  return /^\d{4}-/.test(limit)
    ? sql`f.type = 'day' and ${words} ${by} left(${limit}::text, length(${words}))`
    : sql`case when f.type = 'number' and jsonb_typeof(${value}) = 'number' then ${words}::numeric ${by} ${limit}::numeric else false end`
}
