import type { ProblemCode, ProblemValues } from '@nuanyang/contract/problems.ts'

interface ProblemParts {
  values?: ProblemValues
  /** Field by field, with `invalid`. */
  errors?: { path: string; zh: string; en: string }[]
  /** The row as it stands, with `stale`. */
  current?: unknown
}

/** A refusal on its way to the person. Thrown by verbs; the transaction rolls back, nothing is half-applied. */
export class Refusal extends Error {
  readonly code: ProblemCode
  readonly parts: ProblemParts
  constructor(code: ProblemCode, parts: ProblemParts) {
    super(code)
    this.code = code
    this.parts = parts
  }
}

/** `throw problem('helper_full', { values: { name } })` */
export function problem(code: ProblemCode, parts: ProblemParts = {}): Refusal {
  return new Refusal(code, parts)
}

/** A refusal of one field, found by a rule that no schema can state. */
export function invalid(...errors: { path: string; zh: string; en: string }[]): Refusal {
  return new Refusal('invalid', { values: { count: errors.length }, errors })
}

/** A refusal that keeps what was written: the transaction commits, then the person is refused. */
export class KeptRefusal {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    this.refusal = refusal
  }
}

/**
 * `return refuseAfterCommit('wrong_password')`: for the few refusals that must be remembered (a failed sign-in counts). Everything
 * else throws `problem`, so that nothing half-done stays.
 */
export function refuseAfterCommit(code: ProblemCode, parts: ProblemParts = {}): never {
  return new KeptRefusal(new Refusal(code, parts)) as never
}
