// What may stand in a field of the county's own: a file of its own, so that a page of children does not fetch the settings of fields.
import { Type, Unknown, type Static } from './kernel.ts'

/** As written: words, a number, a day, yes or no, or several of the words. null clears. */
export const CustomValue = Unknown(
  Type.Union([Type.String({ minLength: 1, maxLength: 1000 }), Type.Number(), Type.Boolean(), Type.Array(Type.String({ minLength: 1, maxLength: 60 }), { maxItems: 20 })]),
) // prettier-ignore
export type CustomValue = Static<typeof CustomValue>
export const CustomValues = Type.Record(Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}$' }), CustomValue)
