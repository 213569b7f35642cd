// Facts by their path: what a person or a roster states, compared with what the file says. Pure.
import type { ChildFile, Facts } from '@nuanyang/contract/children.ts'
import { fieldPaths, isFieldPath, type FieldPath } from '@nuanyang/contract/children.fields.ts'

export type Value = string | number | boolean | readonly string[] | null
export type FlatFacts = Partial<Record<FieldPath, Value>>

/** Every stated path with its value; a key left out says nothing. */
export function flatten(facts: Facts): FlatFacts {
  const out: FlatFacts = {}
  for (const [key, value] of Object.entries(facts as Record<string, unknown>)) {
    if (value === undefined) continue
    if (isFieldPath(key)) out[key] = value as Value
    else if (value && typeof value === 'object')
      for (const [inner, v] of Object.entries(value)) {
        const path = `${key}.${inner}`
        if (v !== undefined && isFieldPath(path)) out[path] = v as Value
      }
  }
  return out
}

/** The same paths read out of a whole file. */
export function factsOf(file: ChildFile): FlatFacts {
  const out: FlatFacts = {}
  for (const path of fieldPaths) {
    const [head, inner] = path.split('.') as [keyof ChildFile, string | undefined]
    const value = inner ? ((file[head] as Record<string, unknown> | null)?.[inner] ?? null) : (file[head] ?? null)
    out[path] = value as Value
  }
  return out
}

export function isKnown(value: Value | undefined): boolean {
  return !(
    value === undefined ||
    value === null ||
    value === '' ||
    value === 'unknown' ||
    (Array.isArray(value) && value.length === 0)
  )
}

export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (!isKnown(a) && !isKnown(b)) return true
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item) => b.includes(item)) && b.every((item) => a.includes(item))
  return a === b
}

export interface Difference {
  field: FieldPath
  old: Value
  new: Value
}

/**
 * What would change. A stated birth that is only less precise than the known one (2016-05 beside 2016-05-14) changes nothing;
 * stated phones are added to by rosters and replaced by people, which the caller has decided already. `exact`: a less precise day is
 * meant, as when something is taken back.
 */
export function differences(current: FlatFacts, stated: FlatFacts, exact = false): Difference[] {
  const out: Difference[] = []
  for (const [field, value] of Object.entries(stated) as [FieldPath, Value][]) {
    const old = current[field] ?? null
    if (sameValue(old, value)) continue
    if (
      !exact &&
      /(born_on|since)$/.test(field) &&
      typeof old === 'string' &&
      typeof value === 'string' &&
      old.startsWith(value)
    )
      continue
    out.push({ field, old, new: value })
  }
  return out
}

/** The nested shape again, for rules that read facts. */
export function unflatten(flat: FlatFacts): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const [path, value] of Object.entries(flat)) {
    const [head, inner] = path.split('.') as [string, string | undefined]
    if (inner) out[head] = { ...(out[head] as object | undefined), [inner]: value }
    else out[head] = value
  }
  return out
}
