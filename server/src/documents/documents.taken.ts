// What every kind of document is taken from and hands back.
import type { ChildFile } from '@nuanyang/contract/children.ts'
import type { NewDocument } from '@nuanyang/contract/documents.ts'
import { printsGroup } from '@nuanyang/contract/documents.kinds.ts'
import type { FormPaper, PrintedData } from '@nuanyang/contract/documents.printed.ts'
import type { FieldGroup } from '@nuanyang/contract/roles.ts'
import { seenFiles } from '../children/children.file.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'
import { scopeIds, type Scope } from './documents.scope.ts'

export interface Taken {
  readonly title: string
  readonly data: PrintedData
  /** Whom it names, in the order of the paper. */
  readonly child_ids: readonly string[]
  readonly field_groups: readonly FieldGroup[]
  /** The definition in words, where one was used. */
  readonly definition: string | null
  /** Children it is about. */
  readonly total: number
}

/** More than any limit of `issue`: those are what a person is told. */
const most = 20_000

/** Of these groups, those that this role gets in clear on paper. */
export function inClear(ctx: Ctx, groups: readonly FieldGroup[]): FieldGroup[] {
  return [...new Set(groups)].filter((group) => printsGroup(ctx.actor.role, group))
}

export function paperOf(ctx: Ctx, body: NewDocument, scope: Scope): FormPaper {
  return {
    unit: scope.unit.name,
    as_of: ctx.today,
    issued_by: ctx.actor.account_name,
    issued_at: shanghaiMinute(ctx.now),
    purpose: body.purpose,
  }
}

/** YYYY-MM-DD HH:mm where the office is. */
function shanghaiMinute(now: Date): string {
  return now.toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' }).slice(0, 16)
}

/** Files in name order, revealed for the purpose. @throws nobody_chosen */
export async function filesOf(ctx: Ctx, scope: Scope): Promise<ChildFile[]> {
  const files = await seenFiles(ctx, await scopeIds(ctx, scope, most), true)
  if (files.length === 0) throw problem('nobody_chosen')
  return files
}
