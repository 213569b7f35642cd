// Saved filters 存起来的筛选: conditions of the list of children under a name, for oneself or for everybody of the unit. What they leave is
// worked out when they are opened, by the eyes of whoever opens them: a condition over something that this person may not read is said
// in words instead of finding nobody.
import { ChildFilter } from './children.ts'
import { Id, Nothing, operations, Text, Type, type Static } from './kernel.ts'

export const SavedFilter = Type.Object({
  id: Id,
  name: Type.String(),
  /** As it stands in the address of the list. */
  filter: Type.Record(Type.String(), Type.String()),
  shared: Type.Boolean(),
  mine: Type.Boolean(),
  by_name: Type.String(),
  /** Conditions over facts that this reader's role does not see, by their key. */
  beyond: Type.Array(Type.String()),
  version: Type.Integer(),
})
export type SavedFilter = Static<typeof SavedFilter>

export const savedFilterOps = operations('saved_filters', {
  list: { get: '/saved_filters', may: 'children.read', ok: Type.Object({ items: Type.Array(SavedFilter) }) },
  save: {
    post: '/saved_filters',
    may: 'children.read',
    body: Type.Object({ id: Id, name: Text(60), filter: Type.Object(ChildFilter, { additionalProperties: false }), shared: Type.Boolean() }),
    ok: Type.Object({ id: Id }),
    errors: ['filter_name_taken', 'filter_empty'],
    replay: 'run',
  },
  remove: { post: '/saved_filters/:id/remove', may: 'children.read', ok: Nothing, replay: 'run' },
}) // prettier-ignore
