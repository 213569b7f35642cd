// What follows a child into another file. Each feature moves its own rows and can move them back; app.ts lists the steps.
import type { Ctx } from '../kernel/ctx.ts'

/** Moves rows of `from` to `to`; answers their ids. With `ids`: moves exactly these, as far as they are still there. */
export type FollowStep = (ctx: Ctx, from: string, to: string, ids?: readonly string[]) => Promise<string[]>

export const followSteps = new Map<string, FollowStep>()

/** @returns ids of what moved, by step */
export async function follow(ctx: Ctx, from: string, to: string): Promise<Record<string, string[]>> {
  const moved: Record<string, string[]> = {}
  for (const [name, step] of followSteps) moved[name] = await step(ctx, from, to)
  return moved
}

export async function followBack(
  ctx: Ctx,
  moved: Record<string, readonly string[]>,
  from: string,
  to: string,
): Promise<void> {
  for (const [name, ids] of Object.entries(moved)) if (ids.length > 0) await followSteps.get(name)?.(ctx, from, to, ids)
}
