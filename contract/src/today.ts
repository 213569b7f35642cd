// Today 今天: what is asked of this person now. It stores nothing: every number is counted from what the other features keep, by the
// same predicate as the list it opens, so a number and its list can't differ.
//
// 档案待办: facts that files still lack, grouped by what is missing; facts that contradict each other; changes proposed by the other
// side that wait for this one; rosters put in and not finished. 在册: registered children this person sees. 建档率: of those, files
// that lack nothing the county asks for.
import { Codes, Day, Id, operations, Type, Unknown, type Static } from './kernel.ts'
import { importStates } from './imports.ts'
import { roleCodes } from './roles.ts'

/** A number and the query of the list of children behind it. */
const Counted = Type.Object({
  count: Type.Integer({ minimum: 0 }),
  filter: Type.Record(Type.String(), Type.String()),
})

export const Today = Type.Object({
  day: Day,
  /** 农历十月十七 */
  lunar: Type.Object({ zh: Type.String(), en: Type.String() }),
  /** The next one within two weeks. */
  festival: Unknown(
    Type.Object({ zh: Type.String(), en: Type.String(), day: Day, in_days: Type.Integer({ minimum: 0 }) }),
  ),
  /** Null for those who see no children. */
  numbers: Unknown(Type.Object({ registered: Counted, complete: Counted })),
  /** The most frequent first. Empty for those who neither write files nor answer for them. */
  missing: Type.Array(
    Type.Object({
      requirement: Type.String(),
      count: Type.Integer(),
      filter: Type.Record(Type.String(), Type.String()),
    }),
  ),
  contradictory: Unknown(Counted),
  /** Proposals of the other side that this person may decide. */
  proposals: Unknown(Type.Object({ count: Type.Integer() })),
  /** My own rosters on their way, the newest first. */
  imports: Type.Array(
    Type.Object({
      id: Id,
      file_name: Type.String(),
      state: Codes(importStates),
      failure: Unknown(Type.String()),
      /** Children that could be written, once it is read. */
      writes: Type.Integer(),
      questions: Type.Integer(),
    }),
  ),
  /** What waits where this person also works, in the same county. Units with nothing waiting are not named. */
  elsewhere: Type.Array(
    Type.Object({
      membership_id: Id,
      unit_name: Type.String(),
      role: Codes(roleCodes),
      incomplete: Type.Integer(),
      proposals: Type.Integer(),
    }),
  ),
})
export type Today = Static<typeof Today>

export const todayOps = operations('today', {
  get: { get: '/today', may: 'signed_in', ok: Today },
})
