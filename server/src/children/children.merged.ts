// The children's part of a merge: the file that goes is closed and points to the one that stays; its links and what hangs on the child
// alone follow, and come back when the merge is undone.
import type { Ctx } from '../kernel/ctx.ts'
import { keepersOf, onSide } from './children.keepers.ts'
import { refreshCompleteness } from './children.completeness.ts'

/** Of these files, those whose keeper side the actor stands on. */
export async function keepsFile(ctx: Ctx, ids: readonly string[]): Promise<Set<string>> {
  const keepers = await keepersOf(ctx, ids)
  return new Set(
    ids.filter((id) => {
      const side = keepers.get(id)?.residence ?? keepers.get(id)?.class
      return !side || onSide(ctx, side)
    }),
  )
}

/** Closes a file that was merged. Answers what it was before, to be handed to `reopenMerged`. */
export async function closeMerged(ctx: Ctx, id: string, into: string): Promise<Record<string, unknown>> {
  const before = await ctx.db.one<Record<string, unknown>>(
    `select status, exited_on, exit_reason, exit_note, exited_by from children where tenant_id = $1 and id = $2`,
    [ctx.tenant, id],
  )
  await ctx.db.count(
    `update children set status = 'exited', exited_on = coalesce(exited_on, $4), exit_reason = 'merged', exited_by = $5, merged_into_id = $3,
            version = version + 1, updated_at = $6, updated_by = $5 where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, into, ctx.today, ctx.actor.account_id, ctx.now],
  )
  return before
}

export async function reopenMerged(ctx: Ctx, id: string, before: Record<string, unknown>): Promise<void> {
  await ctx.db.count(
    `update children c set status = x.status, exited_on = x.exited_on, exit_reason = x.exit_reason, exit_note = x.exit_note, exited_by = x.exited_by, merged_into_id = null,
            version = c.version + 1, updated_at = $4, updated_by = $5
       from jsonb_to_record($3::jsonb) as x(status text, exited_on date, exit_reason text, exit_note text, exited_by uuid) where c.tenant_id = $1 and c.id = $2`,
    [ctx.tenant, id, JSON.stringify(before), ctx.now, ctx.actor.account_id],
  )
  await refreshCompleteness(ctx, [id])
}

/** Links the other file lacks. Of a kind that may exist once, its own stays. */
export async function followLinks(ctx: Ctx, from: string, to: string, ids?: readonly string[]): Promise<string[]> {
  const rows = await ctx.db.rows<{ id: string }>(
    `update child_units cu set child_id = $3
      where cu.tenant_id = $1 and cu.child_id = $2 and cu.until_on is null and ($4::uuid[] is null or cu.id = any($4::uuid[]))
        and not exists (select from child_units o where o.tenant_id = $1 and o.child_id = $3 and o.until_on is null and o."as" = cu."as"
                          and (o.unit_id = cu.unit_id or cu."as" in ('residence', 'hukou', 'class', 'villager_group', 'grid')))
      returning cu.id`,
    [ctx.tenant, from, to, ids ?? null],
  )
  return rows.map((row) => row.id)
}

export async function followEvaluations(
  ctx: Ctx,
  from: string,
  to: string,
  ids?: readonly string[],
): Promise<string[]> {
  const rows = await ctx.db.rows<{ id: string }>(
    `update evaluations e set child_id = $3 where e.tenant_id = $1 and e.child_id = $2 and ($4::uuid[] is null or e.id = any($4::uuid[])) returning e.id`,
    [ctx.tenant, from, to, ids ?? null],
  )
  return rows.map((row) => row.id)
}
