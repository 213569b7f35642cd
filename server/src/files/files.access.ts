// Who sees and who may add a file: asked of what it belongs to.
import { papers, type FileOwner, type Paper } from '@nuanyang/contract/files.ts'
import { rightsHeld, type FieldGroup, type Right } from '@nuanyang/contract/roles.ts'
import { sql } from 'kysely'
import { mayState, mustSee } from '../children/children.access.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'
import { mustStatePurpose } from '../kernel/purpose.ts'
import { openRecord } from '../records/records.ts'
import { isMine, visibleUnits } from '../units/units.access.ts'

export interface Owner {
  owner_type: FileOwner
  owner_id: string
}

export interface Standing {
  /** Field groups whose files the actor sees; null: all of them (papers of units and records know no groups). */
  groups: ReadonlySet<FieldGroup> | null
  /** Groups to which the actor may add; null as above. */
  adds: ReadonlySet<FieldGroup> | null
  /** Children in the picture: each needs a consent. */
  children: readonly string[]
}

const nobody: ReadonlySet<FieldGroup> = new Set()

/** @throws not_found for what is not there or not to be seen; both look the same; names_need_purpose for papers of children */
export async function standing(ctx: Ctx, { owner_type, owner_id }: Owner): Promise<Standing> {
  if (owner_type !== 'unit') await mustStatePurpose(ctx)
  if (owner_type === 'child') return ofChild(ctx, owner_id)
  if (owner_type === 'record') {
    const { writes, child_ids } = await openRecord(ctx, owner_id)
    return { groups: null, adds: writes && holds(ctx, 'records.write') ? null : nobody, children: child_ids }
  }
  return ofUnit(ctx, owner_id)
}

async function ofChild(ctx: Ctx, id: string): Promise<Standing> {
  const seen = (await mustSee(ctx, [id])).get(id)!
  const all = Object.values(papers).map((paper) => paper.group)
  const writes = holds(ctx, 'children.write')
  return {
    // What is opened one by one for a purpose (numbers) is opened as a paper too, and each opening is remembered.
    groups: new Set(all.filter((group) => mayState(seen, group))),
    adds: writes ? new Set(all.filter((group) => mayState(seen, group))) : nobody,
    children: [id],
  }
}

/** Rules, appointments and papers of a unit are read where the unit is seen, and kept by whoever manages it or its groups. */
async function ofUnit(ctx: Ctx, id: string): Promise<Standing> {
  const [unit] = await ctx.db.run(
    sql<{
      path: string
    }>`select u.path from units u where u.tenant_id = ${ctx.tenant} and u.id = ${id}::uuid and ${visibleUnits(ctx)}`,
  )
  if (!unit) throw problem('not_found')
  const keeps = isMine(ctx, unit.path) && (holds(ctx, 'units.write') || holds(ctx, 'teams.write'))
  return { groups: null, adds: keeps ? null : nobody, children: [] }
}

export const groupOf = (owner: FileOwner, paper: Paper | undefined): FieldGroup =>
  owner === 'child' ? papers[paper ?? 'other'].group : 'case_notes'

export const holds = (ctx: Ctx, right: Right) => rightsHeld(ctx.actor.role, ctx.actor.separate_admins).includes(right)
export const within = (groups: ReadonlySet<FieldGroup> | null, group: FieldGroup) =>
  groups === null || groups.has(group)
