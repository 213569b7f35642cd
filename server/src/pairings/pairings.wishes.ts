// What a child wishes of a helper: read by whoever may pair, and by the helper.
import type { ChildWish, pairingOps } from '@nuanyang/contract/pairings.ts'
import type { Input } from '@nuanyang/contract/kernel.ts'
import { mustSee } from '../children/children.access.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { newId } from '../kernel/ids.ts'
import { problem } from '../kernel/problem.ts'

export async function wish(ctx: Ctx, { id }: Input<typeof pairingOps.wish>): Promise<ChildWish> {
  await mustSee(ctx, [id])
  const kept = await ctx.db.maybe<ChildWish>(
    'select child_id, goals, subjects, languages, helper_sex, words, stated_on, version from pairing_wishes where tenant_id = $1 and child_id = $2',
    [ctx.tenant, id],
  )
  return (
    kept ?? {
      child_id: id,
      goals: [],
      subjects: [],
      languages: [],
      helper_sex: null,
      words: null,
      stated_on: null,
      version: 0,
    }
  )
}

export async function set_wish(ctx: Ctx, { id, body }: Input<typeof pairingOps.set_wish>): Promise<ChildWish> {
  await mustSee(ctx, [id])
  const written = await ctx.db.count(
    `insert into pairing_wishes as w (tenant_id, id, child_id, goals, subjects, languages, helper_sex, words, stated_on, stated_by, version)
     select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1 where $11 = 0 or exists (select from pairing_wishes k where k.tenant_id = $1 and k.child_id = $3)
     on conflict (tenant_id, child_id) do update set goals = excluded.goals, subjects = excluded.subjects, languages = excluded.languages,
       helper_sex = excluded.helper_sex, words = excluded.words, stated_on = excluded.stated_on, stated_by = excluded.stated_by, version = w.version + 1
       where w.version = $11 returning w.id`,
    [
      ctx.tenant,
      newId(),
      id,
      body.goals,
      body.subjects,
      body.languages,
      body.helper_sex,
      body.words,
      ctx.today,
      ctx.actor.account_id,
      body.version,
    ],
  )
  if (written === 0) throw problem('stale', { current: await wish(ctx, { id }) })
  await ctx.audit('pairings.set_wish', id, { child_id: id })
  return wish(ctx, { id })
}
