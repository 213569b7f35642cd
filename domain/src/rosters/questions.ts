// One question per column and kind of doubt, however many rows have it. Answers given before are applied while reading.

import type { ImportIssue, ImportQuestion, IssueCode, Severity } from './report.ts'

export interface Asked {
  /** The user's choice, the proposal when proposals are accepted, or null while the question is open. */
  readonly choice: string | null
  /** Its place among the question's choices, -1 while open: the choices of one row stand for the same rule in every row. */
  readonly index: number
}

export interface Doubt {
  readonly sheet: string
  readonly column: string | null
  /** Tells tables of one sheet apart, and words of one column. */
  readonly place: string
  readonly code: IssueCode | 'as_of_unknown'
  readonly row: number | null
  readonly raw: string
  readonly proposed: string | null
  readonly choices: readonly string[]
}

interface Open {
  readonly doubt: Doubt
  readonly rows: number[]
  readonly examples: string[]
  readonly answer: string | undefined
}

const MAX_EXAMPLES = 5

export interface Questions {
  ask(doubt: Doubt): Asked
  list(): ImportQuestion[]
}

export function collectQuestions(answers: Readonly<Record<string, string>>, acceptProposals: boolean): Questions {
  const open = new Map<string, Open>()
  return {
    ask(doubt) {
      const id = `${doubt.sheet}!${doubt.column ?? ''}${doubt.place}:${doubt.code}`
      let question = open.get(id)
      if (!question) {
        const given = answers[id]
        question = {
          doubt,
          rows: [],
          examples: [],
          answer:
            given !== undefined && doubt.choices.includes(given)
              ? given
              : acceptProposals
                ? (doubt.proposed ?? undefined)
                : undefined,
        }
        open.set(id, question)
      }
      if (doubt.row !== null && question.rows.at(-1) !== doubt.row) question.rows.push(doubt.row)
      if (doubt.raw !== '' && question.examples.length < MAX_EXAMPLES && !question.examples.includes(doubt.raw))
        question.examples.push(doubt.raw)
      return {
        choice: question.answer ?? null,
        index: question.answer === undefined ? -1 : question.doubt.choices.indexOf(question.answer),
      }
    },
    list: () =>
      [...open].map(([id, { doubt, rows, examples, answer }]) => ({
        id,
        sheet: doubt.sheet,
        column: doubt.column,
        code: doubt.code,
        rows,
        examples,
        proposed: doubt.proposed,
        choices: doubt.choices,
        ...(answer === undefined ? {} : { answer }),
      })),
  }
}

export function issue(field: string | null, code: IssueCode, severity: Severity, raw = ''): ImportIssue {
  return { field, code, severity, raw }
}
