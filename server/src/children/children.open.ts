// Opening files: one child by hand or a whole roster, the same rules.
import { parseIdentityNumber, isTrustworthy } from '@nuanyang/domain/identity_numbers.ts'
import type { ChildLink } from '@nuanyang/contract/roles.ts'
import type { Source } from '../families/families.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { newId } from '../kernel/ids.ts'
import type { DossierFacts } from '@nuanyang/domain/dossier.ts'
import { completenessOf } from './children.completeness.ts'
import { unflatten, type FlatFacts } from './children.facts.ts'
import { applyFacts, factColumns, newChildRow } from './children.write.ts'

export interface NewFile {
  id: string
  flat: FlatFacts
  links: readonly { unit_id: string; as: ChildLink; from_on: string; stated: boolean }[]
  extra?: Record<string, string>
  /** What is known beside the facts, for completeness: the class a pupil is about to be put into. */
  dossier?: DossierFacts
}

/** From here on a write is large enough to leave the database's statistics behind. */
const manyFiles = 20

/** A valid number speaks for birth and sex that nobody stated. */
function completed(flat: FlatFacts): FlatFacts {
  const number = typeof flat.identity_no === 'string' ? parseIdentityNumber(flat.identity_no) : null
  if (!isTrustworthy(number)) return flat
  return { ...flat, born_on: flat.born_on ?? number.born_on, sex: flat.sex ?? number.sex }
}

/** Writes new files with all their facts and links. The caller has checked rights and likeness. */
export async function openFiles(ctx: Ctx, files: readonly NewFile[], source: Source): Promise<void> {
  const whole = files.map((file) => ({ ...file, flat: completed(file.flat) }))
  const lacks = await completenessOf(
    ctx,
    whole.map((file) => ({
      ...unflatten(file.flat),
      ...file.dossier,
      has_residence: file.links.some((link) => link.as === 'residence'),
    })),
  )
  const rows = whole.map((file, n) => ({
    ...newChildRow(ctx, file.id, file.flat),
    ...lacks[n],
    extra: file.extra ?? {},
  }))
  const facts = Object.keys(factColumns)
  const rest = { registered_on: 'date', card_code: 'text', missing: 'text[]', contradictions: 'text[]', extra: 'jsonb' }
  const columns = [...facts, ...Object.keys(rest)]
  await ctx.db.count(
    `insert into children (tenant_id, id, ${columns.join(', ')}, created_at, created_by, import_id, updated_at, updated_by)
     select $1, x.id, ${columns.map((c) => `x.${c}`).join(', ')}, $2, $3, $4, $2, $3
       from jsonb_to_recordset($5::jsonb) as x(id uuid, ${Object.entries({ ...factColumns, ...rest }).map(([c, type]) => `${c} ${type}`).join(', ')})`, // prettier-ignore
    [ctx.tenant, ctx.now, ctx.actor.account_id, source.type === 'import' ? source.id : null, JSON.stringify(rows)],
  )
  // The checks of foreign keys that follow choose their index by what is known of the tables.
  if (files.length >= manyFiles) await ctx.db.rows('select app_analyze_grown()')
  const links = whole.flatMap((file) =>
    file.links.map((link) => ({ id: newId(), child_id: file.id, ...link, link: link.as })),
  )
  await ctx.db.count(
    `insert into child_units (tenant_id, id, child_id, unit_id, "as", from_on, stated, stated_by)
     select $1, x.id, x.child_id, x.unit_id, x.link, x.from_on, x.stated, $2
       from jsonb_to_recordset($3::jsonb) as x(id uuid, child_id uuid, unit_id uuid, link text, from_on date, stated boolean)`,
    [ctx.tenant, ctx.actor.account_id, JSON.stringify(links)],
  )
  await applyFacts(
    ctx,
    whole.map((file) => ({
      child_id: file.id,
      current: null,
      differences: Object.entries(file.flat)
        .map(([field, value]) => ({ field: field as never, old: null, new: value ?? null }))
        .filter((d) => d.new !== null),
    })),
    source,
  )
  await ctx.db.count(
    `insert into changes (tenant_id, id, entity, entity_id, child_id, field, field_group, source_type, source_id, by_account_id, by_unit_id, at)
     select $1, x.id, 'children', x.child_id, x.child_id, '*', 'full_name', $3, $4, $5, $6, $7 from jsonb_to_recordset($2::jsonb) as x(id uuid, child_id uuid)`,
    [
      ctx.tenant,
      JSON.stringify(whole.map((file) => ({ id: newId(ctx.now.getTime()), child_id: file.id }))),
      source.type,
      source.id,
      ctx.actor.account_id,
      ctx.actor.unit_id,
      ctx.now,
    ],
  )
}
