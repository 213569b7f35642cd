// The state of a form over facts: what the file says, what was typed, what of it differs.
import { useMemo, useState } from 'react'
import type { ChildFile } from '@nuanyang/contract/children.ts'
import type { FieldPath } from '@nuanyang/contract/children.fields.ts'
import { parseIdentityNumber } from '@nuanyang/domain/identity_numbers.ts'
import { groupOf } from './child.fields.ts'
import type { Reveal } from './reveal.tsx'
import { readTyped, sameValue, spreadPhones, type Odd, type Value, type Values, type Wrong } from './typed.ts'
import { factAt, spacedPhone } from './words.ts'

export interface FormState {
  /** Chosen values: codes, yes and no. */
  chosen: Values
  /** Texts as typed, read when they are needed. */
  typed: Partial<Record<FieldPath, string>>
  /** Texts that another field filled in: their inputs start anew. */
  given: Partial<Record<FieldPath, number>>
}
export const noFacts: FormState = { chosen: {}, typed: {}, given: {} }

export interface FactForm {
  file: ChildFile | null
  reveal: Reveal | null
  /** What the form shows now. */
  value: (path: FieldPath) => Value
  text: (path: FieldPath) => string
  /** Changes when another field has filled this one. */
  nonce: (path: FieldPath) => number
  choose: (path: FieldPath, value: Value) => void
  type: (path: FieldPath, text: string) => void
  /** A pasted list of several people: true when it was parted among them. */
  spread: (text: string) => Partial<Record<FieldPath, readonly string[]>> | null
  wrong: (path: FieldPath) => Wrong | undefined
  odd: (path: FieldPath) => Odd | undefined
  /** The masked shapes of a number that is there but closed; null when it can be typed over as it is. */
  masked: (path: FieldPath) => readonly string[] | null
  mayWrite: (path: FieldPath) => boolean
  /** What differs from the file. */
  changes: () => Values
  touched: (path: FieldPath) => boolean
  drop: (paths: readonly FieldPath[]) => void
}

type Set = (change: (before: FormState) => FormState) => void

export function useFactForm(file: ChildFile | null, reveal: Reveal | null, held?: [FormState, Set]): FactForm {
  const own = useState<FormState>(noFacts)
  const [state, set] = held ?? (own as [FormState, Set])
  return useMemo(() => makeForm(file, reveal, state, set), [file, reveal, state, set])
}

function makeForm(file: ChildFile | null, reveal: Reveal | null, state: FormState, set: Set): FactForm {
  const closed = (path: FieldPath) => {
    const group = groupOf(path)
    return file !== null && (group === 'phones' || group === 'identity_no') && file.groups[group] !== 'open'
  }
  const base = (path: FieldPath): Value => {
    if (!file) return null
    if (closed(path)) return (reveal?.values?.[path] as Value | undefined) ?? null
    return factAt(file, path) as Value
  }
  const masked = (path: FieldPath): readonly string[] | null => {
    if (!file || !closed(path) || reveal?.values?.[path] !== undefined) return null
    const shape = [factAt(file, path)].flat().filter(Boolean).map(String)
    return shape.length > 0 ? shape : null
  }
  const touched = (path: FieldPath) => path in state.typed || path in state.chosen
  const read = (path: FieldPath) => (path in state.typed ? readTyped(path, state.typed[path]!) : { value: base(path) })
  const value = (path: FieldPath): Value => (path in state.chosen ? state.chosen[path]! : read(path).value)
  const fits = (path: FieldPath) => !(masked(path) && value(path) === null)
  return {
    file,
    reveal,
    value,
    text: (path) => state.typed[path] ?? asText(base(path)),
    nonce: (path) => state.given[path] ?? 0,
    choose: (path, next) => set((before) => ({ ...before, chosen: { ...before.chosen, [path]: next } })),
    type: (path, text) =>
      set((before) => fillFromIdentity({ ...before, typed: { ...before.typed, [path]: text } }, path, text, value)),
    spread: (text) => {
      const parts = spreadPhones(text)
      if (!parts) return null
      const by = Object.fromEntries(Object.entries(parts).map(([owner, phones]) => [`${owner}.phones`, phones]))
      set((before) => ({
        ...before,
        typed: {
          ...before.typed,
          ...Object.fromEntries(Object.entries(by).map(([path, phones]) => [path, phones.map(spacedPhone).join('、')])),
        },
      }))
      return by
    },
    wrong: (path) => (path in state.typed ? readTyped(path, state.typed[path]!).wrong : undefined),
    odd: (path) => (path in state.typed ? readTyped(path, state.typed[path]!).odd : undefined),
    masked,
    mayWrite: (path) =>
      file === null || file.groups[groupOf(path)] === 'open' || file.revealable.includes(groupOf(path)),
    // A masked number left empty says nothing: its shape is all that this form has seen of it.
    changes: () =>
      Object.fromEntries(
        [...Object.keys(state.typed), ...Object.keys(state.chosen)]
          .map((key) => key as FieldPath)
          .filter((path) => fits(path) && !sameValue(value(path), base(path)))
          .map((path) => [path, value(path)]),
      ),
    touched,
    drop: (paths) =>
      set((before) => {
        const without = <T extends object>(from: T) =>
          Object.fromEntries(Object.entries(from).filter(([path]) => !paths.includes(path as FieldPath))) as T
        const given = { ...before.given }
        for (const path of paths) given[path] = (given[path] ?? 0) + 1
        return { chosen: without(before.chosen), typed: without(before.typed), given }
      }),
  }
}

function asText(value: Value): string {
  if (value === null) return ''
  return typeof value === 'object' ? value.map(spacedPhone).join('、') : String(value)
}

/** A good number says sex and birth: they are filled in where nobody has said them. */
function fillFromIdentity(
  next: FormState,
  path: FieldPath,
  text: string,
  value: (path: FieldPath) => Value,
): FormState {
  if (path !== 'identity_no') return next
  const { value: number, wrong } = readTyped(path, text)
  const read = wrong || typeof number !== 'string' ? null : parseIdentityNumber(number)
  if (!read?.born_on) return next
  const chosen = value('sex') === null ? { ...next.chosen, sex: read.sex } : next.chosen
  if (value('born_on') !== null) return { ...next, chosen }
  return {
    chosen,
    typed: { ...next.typed, born_on: read.born_on },
    given: { ...next.given, born_on: (next.given.born_on ?? 0) + 1 },
  }
}
