// One thing stated about many files at once. First what it would do is shown, child by child; then the same rules as for one file apply.
import type { childOps } from '@nuanyang/contract/children.ts'
import { fileFields, type FieldPath } from '@nuanyang/contract/children.fields.ts'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import { groupBit } from '@nuanyang/contract/roles.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { mayState, mustSee } from './children.access.ts'
import { changeFiles } from './children.ts'
import { differences, factsOf, flatten, isKnown, type FlatFacts } from './children.facts.ts'
import { wholeFiles } from './children.file.ts'
import { divide, keepersOf } from './children.keepers.ts'

type Effect = Answer<typeof childOps.change_many>['items'][number]

export async function change_many(
  ctx: Ctx,
  { body }: Input<typeof childOps.change_many>,
): Promise<Answer<typeof childOps.change_many>> {
  const ids = [...new Set(body.child_ids)]
  const seen = await mustSee(ctx, ids)
  const stated = flatten(body.facts)
  const [files, keepers] = [await wholeFiles(ctx, ids), await keepersOf(ctx, ids)]
  const items: Effect[] = []
  const write: { id: string; flat: FlatFacts }[] = []
  for (const id of ids) {
    const file = files.get(id)!
    const masks = seen.get(id)!
    const name = masks.open & groupBit('full_name') ? file.name : file.name.slice(-1)
    const closed = (Object.keys(stated) as FieldPath[]).find((path) => !mayState(masks, fileFields[path].group))
    if (closed) {
      items.push({ child_id: id, name, field: closed, old: null, new: null, how: 'closed' })
      continue
    }
    const current = factsOf(file)
    // Filling gaps only leaves alone what somebody knows.
    const flat = Object.fromEntries(
      Object.entries(stated).filter(([path]) => !body.only_unknown || !isKnown(current[path as FieldPath])),
    ) as FlatFacts
    const { applied, proposed } = divide(ctx, keepers.get(id), differences(current, flat))
    for (const [found, how] of [
      [applied, 'changes'],
      [proposed, 'proposes'],
    ] as const)
      // prettier-ignore
      for (const one of found) items.push({ child_id: id, name, field: one.field, old: one.old, new: one.new, how })
    if (applied.length + proposed.length > 0) write.push({ id, flat })
  }
  const count = (how: Effect['how']) => new Set(items.filter((item) => item.how === how).map((item) => item.child_id)).size // prettier-ignore
  const answer = {
    changes: count('changes'),
    proposes: count('proposes'),
    closed: count('closed'),
    same: ids.length - new Set(items.map((item) => item.child_id)).size,
    items: items.slice(0, 200),
  }
  if (body.preview) return answer
  await changeFiles(ctx, write, { type: 'person', id: null })
  for (const { id } of write) await ctx.audit('children.change', id, { child_id: id })
  return answer
}
