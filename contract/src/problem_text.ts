/** A refusal in words: what is wrong and what to do. `{name}` is filled from the problem's data. */
export interface ProblemText {
  readonly status: number
  readonly zh: string
  readonly en: string
}
