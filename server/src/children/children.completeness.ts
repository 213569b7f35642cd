// Keeps `missing` and `contradictions` of every touched file true: computed from its facts at each write, so lists and 今天 only count.
import type { ChildFile } from '@nuanyang/contract/children.ts'
import {
  contradictionsOf,
  missingOf,
  requirementCodes,
  type DossierFacts,
  type Requirement,
} from '@nuanyang/domain/dossier.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { wholeFiles } from './children.file.ts'

/** Re-reads these files and stores what they lack. */
export async function refreshCompleteness(ctx: Ctx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const files = [...(await wholeFiles(ctx, ids)).values()]
  const found = await completenessOf(ctx, files.map(asDossier))
  await ctx.db.count(
    `update children c set missing = x.missing, contradictions = x.contradictions
       from jsonb_to_recordset($2::jsonb) as x(id uuid, missing text[], contradictions text[])
      where c.tenant_id = $1 and c.id = x.id and (c.missing, c.contradictions) is distinct from (x.missing, x.contradictions)`,
    [ctx.tenant, JSON.stringify(files.map((file, n) => ({ id: file.id, ...found[n] })))],
  )
}

/** What files lack that are about to be opened: stored with the row, so it is written once. One answer for each, in order. */
export async function completenessOf(
  ctx: Ctx,
  files: readonly DossierFacts[],
): Promise<{ missing: string[]; contradictions: string[] }[]> {
  const required = await requirements(ctx)
  return files.map((facts) => ({
    missing: missingOf(facts, required),
    contradictions: contradictionsOf(facts, ctx.today),
  }))
}

/** The county's own list for today, else the default. */
async function requirements(ctx: Ctx): Promise<readonly Requirement[]> {
  const rows = await ctx.db.rows<{ field: string }>(
    `select field from dossier_requirements where tenant_id = $1 and from_on <= $2 and (until_on is null or until_on > $2)`,
    [ctx.tenant, ctx.today],
  )
  return rows.length ? requirementCodes.filter((code) => rows.some((row) => row.field === code)) : requirementCodes
}

export function asDossier(file: ChildFile): DossierFacts {
  return { ...file, has_residence: file.units.some((u) => u.as === 'residence') }
}
