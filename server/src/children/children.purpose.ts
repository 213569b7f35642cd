// A role that sees counts says what it wants names for; kernel/purpose.ts asks.
import type { childOps } from '@nuanyang/contract/children.ts'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { asksPurpose, purposeOperation, purposeUntil } from '../kernel/purpose.ts'

export async function purpose(
  ctx: Ctx,
  _input: Input<typeof childOps.purpose>,
): Promise<Answer<typeof childOps.purpose>> {
  const needed = asksPurpose(ctx)
  return { needed, until: needed ? await purposeUntil(ctx) : null }
}

export async function state_purpose(
  ctx: Ctx,
  { body }: Input<typeof childOps.state_purpose>,
): Promise<Answer<typeof childOps.state_purpose>> {
  if (asksPurpose(ctx)) await ctx.audit(purposeOperation, null, { purpose: body.purpose })
  return purpose(ctx, {})
}
