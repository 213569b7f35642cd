// Which documents somebody may have: those issued for their unit or one below, of a kind their role prints, holding nothing that the role
// may not have in clear. A document keeps the values its maker saw, so a lesser role of the same office does not get it.
import { documentKindCodes, offersKind, printsGroup } from '@nuanyang/contract/documents.kinds.ts'
import { fieldGroups } from '@nuanyang/contract/roles.ts'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../kernel/ctx.ts'

/** Predicate over `d` (documents) and `u` (the unit it was issued for). */
export function visibleDocuments(ctx: Ctx): RawBuilder<boolean> {
  const { role, unit_path } = ctx.actor
  const groups = fieldGroups.filter((group) => printsGroup(role, group))
  const kinds = documentKindCodes.filter((kind) => offersKind(role, kind))
  return sql<boolean>`(u.path >= ${unit_path} and u.path < ${unit_path + '~'} and d.field_groups <@ ${groups}::text[] and d.kind = any(${kinds}::text[]))`
}
