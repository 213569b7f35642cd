// Is this child here already? Identity number first (closed files too), then the same name with the same birth, school or carer.
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'
import { seenOf } from './children.access.ts'
import type { FlatFacts } from './children.facts.ts'

export interface Similar {
  child_id: string
  /** Which row of the question this answers. */
  row: number
  why: 'identity_no' | 'name_and_birth' | 'name_and_carer' | 'name_alone'
  status: 'registered' | 'exited'
  /** The row names the child as the file does. */
  same_name: boolean
}

/** Candidates for each stated child within the tenant, the strongest reason first. Set-based: 20,000 rows are one statement. */
export async function findSimilar(ctx: Ctx, stated: readonly FlatFacts[]): Promise<Map<number, Similar[]>> {
  const rows = stated.map((flat, row) => ({
    row,
    lookup: typeof flat.identity_no === 'string' ? ctx.secrets.blind(flat.identity_no.toUpperCase()) : null,
    name: flat.name ?? null,
    born_on: flat.born_on ?? null,
    sex: flat.sex ?? null,
    carer: flat['carer.name'] ?? null,
    father: flat['father.name'] ?? null,
    mother: flat['mother.name'] ?? null,
  }))
  const found = await ctx.db.rows<Similar & { other_number: boolean }>(
    `with x as (select * from jsonb_to_recordset($2::jsonb) as x("row" int, lookup text, name text, born_on text, sex text, carer text, father text, mother text)),
     hits as (
       select x."row", n.child_id, 'identity_no' as why, 1 as rank from x join identity_numbers n on n.tenant_id = $1 and n.lookup = x.lookup and n.child_id is not null
       union all
       select x."row", c.id, case
           when c.born_on is not null and x.born_on is not null and (starts_with(c.born_on, x.born_on) or starts_with(x.born_on, c.born_on)) then 'name_and_birth'
           when f.same then 'name_and_carer' else 'name_alone' end,
         case when c.born_on is not null and x.born_on is not null and (starts_with(c.born_on, x.born_on) or starts_with(x.born_on, c.born_on)) then 2 when f.same then 3 else 4 end
         from x join children c on c.tenant_id = $1 and c.name = x.name and c.merged_into_id is null
         cross join lateral (select exists (
             select from care_spells s join adults a on a.tenant_id = $1 and a.id = s.adult_id where s.tenant_id = $1 and s.child_id = c.id and a.name = x.carer
             union all select from parent_spells s join adults a on a.tenant_id = $1 and a.id = s.adult_id
              where s.tenant_id = $1 and s.child_id = c.id and a.name = case s.parent when 'father' then x.father else x.mother end) as same) as f
        where (x.sex is null or c.sex is null or x.sex = c.sex)
          and (c.born_on is null or x.born_on is null or starts_with(c.born_on, x.born_on) or starts_with(x.born_on, c.born_on) or f.same)
     )
     select distinct on (h."row", h.child_id) h."row", h.child_id, h.why, c.status, h.rank,
            exists (select from x where x."row" = h."row" and x.name = c.name) as same_name,
            exists (select from identity_numbers n, x where x."row" = h."row" and n.tenant_id = $1 and n.child_id = h.child_id and x.lookup is not null and n.lookup <> x.lookup) as other_number
       from hits h join children c on c.tenant_id = $1 and c.id = h.child_id
      order by h."row", h.child_id, h.rank`,
    [ctx.tenant, JSON.stringify(rows)],
  )
  const out = new Map<number, Similar[]>()
  const strength = { identity_no: 1, name_and_birth: 2, name_and_carer: 3, name_alone: 4 }
  // Two valid, different numbers are two children, however alike their names are.
  for (const hit of found)
    if (!(hit.other_number && hit.why !== 'identity_no')) out.set(hit.row, [...(out.get(hit.row) ?? []), hit])
  for (const hits of out.values()) hits.sort((a, b) => strength[a.why] - strength[b.why])
  return out
}

/**
 * For one child typed by hand. Of a child out of sight only the full number is answered to: else a guessed birthday or carer could be
 * told from a wrong one. @throws identity_no_taken, similar_child
 */
export async function refuseSimilar(ctx: Ctx, flat: FlatFacts): Promise<void> {
  const hits = ((await findSimilar(ctx, [flat])).get(0) ?? []).filter((h) => h.why !== 'name_alone')
  const seen = await seenOf(
    ctx,
    hits.map((h) => h.child_id),
  )
  const hit = hits.find((h) => h.why === 'identity_no' || seen.has(h.child_id))
  if (!hit) return
  const unit = await placeToSay(ctx, hit.child_id)
  if (hit.why === 'identity_no') throw problem('identity_no_taken', { values: { unit } })
  // The name is the one just typed, so it tells the person nothing new.
  throw problem('similar_child', { values: { unit, name: String(flat.name) } })
}

/** Where a child's file is, for a refusal: the unit's name only for those who see the child. */
export async function placeToSay(ctx: Ctx, child_id: string): Promise<string> {
  if (!(await seenOf(ctx, [child_id])).has(child_id)) return '本县别的单位'
  const row = await ctx.db.maybe<{ unit: string }>(
    `select u.name as unit from child_units cu join units u on u.tenant_id = $1 and u.id = cu.unit_id
      where cu.tenant_id = $1 and cu.child_id = $2 order by cu.until_on nulls first limit 1`,
    [ctx.tenant, child_id],
  )
  return row?.unit ?? '已退出的档案'
}
